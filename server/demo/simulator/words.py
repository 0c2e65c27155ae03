"""Choosing words: scenes to play, answers that fit, the language somebody writes in."""

import re
from collections.abc import Callable, Iterable, Sequence
from secrets import SystemRandom
from typing import Generic, TypeVar

from server.demo.script import Line, read_chat
from server.demo.stories.answers import COUNTER, FRIEND
from server.demo.stories.remarks import REMARKS
from server.demo.stories.smalltalk import TALK

dice = SystemRandom()
_CHINESE = re.compile("[\u3400-\u9fff]")

Scene = tuple[Line, ...]
Card = TypeVar("Card")


class Deck(Generic[Card]):
    """Things drawn in a random order, none twice before all have been drawn."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards = list(cards)
        dice.shuffle(self._cards)

    def draw(self, fits: Callable[[Card], bool]) -> Card | None:
        """The first that fits, which goes to the bottom; None when none does."""
        for place, card in enumerate(self._cards):
            if fits(card):
                self._cards.append(self._cards.pop(place))
                return card
        return None


def is_chinese(words: str) -> bool:
    """Whether somebody wrote Chinese, if only a little."""
    return bool(_CHINESE.search(words))


def scenes() -> list[tuple[str, Scene]]:
    """The short scenes, each with the title of its chat."""
    return [(title, _lines(text)) for title, texts in TALK.items() for text in texts]


def _lines(text: str) -> Scene:
    [scene] = read_chat(f"== 1m\n{text}")
    return tuple(scene.lines)


def answer(words: str, *, counter: bool, lately: Iterable[str]) -> str:
    """What to answer: by the first rule that fits, in the language of the words, and if it can
    be not what was said lately. counter: across a shop's counter."""
    rules = COUNTER if counter else FRIEND
    rule = next(rule for rule in rules if re.search(rule.pattern, words, re.IGNORECASE))
    return fresh(rule.zh if is_chinese(words) else rule.en, lately)


def remark(about: str, words: str, lately: Iterable[str]) -> str:
    """What to say under a post. about: a key of REMARKS."""
    english, chinese = REMARKS[about]
    return fresh(chinese if is_chinese(words) else english, lately)


def fresh(choices: Sequence[str], lately: Iterable[str]) -> str:
    """One of the choices, if it can be none of those said lately."""
    said = set(lately)
    return dice.choice([choice for choice in choices if choice not in said] or list(choices))


def typing_time(words: str) -> float:
    """Seconds a person needs to write this on a phone, within reason."""
    length = sum(3 if is_chinese(character) else 1 for character in words)
    return min(7.0, 1.2 + 0.055 * length)
