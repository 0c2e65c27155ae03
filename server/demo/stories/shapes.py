"""The shapes of the stories. People, items and pictures are named as in server/demo/art."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Group:
    """A group chat; the first of `people` owns it. unread: how many last lines one has not seen.

    script: see server/demo/script.py.
    """

    key: str
    title: str
    people: str
    script: str
    unread: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Direct:
    """A chat of two friends."""

    one: str
    other: str
    script: str
    unread: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names it."""
        return f"{self.one}-{self.other}"


@dataclass(frozen=True)
class Counter:
    """A buyer's chat with a store."""

    buyer: str
    store: str
    script: str
    unread: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names it."""
        return f"{self.buyer}@{self.store}"


@dataclass(frozen=True)
class Choice:
    """One option: words, an item's slug, or a picture's name with words."""

    words: str = ""
    item: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Vote:
    """A question. It is asked where a chat or a post shows it by [vote key].

    ballots: `mei:1 yu:2 mei:3`, in order, options counted from 1, `1+3` for several; a second
    ballot of somebody is a change of mind. Durations as in scripts: left: how long it is still
    open when the world is made; lasted: from question to deadline; ended: when who asked closed
    it. None of them: open until closed.
    """

    key: str
    question: str
    choices: tuple[Choice, ...]
    ballots: str = ""
    multiple: bool = False
    secret: bool = False
    left: str = ""
    lasted: str = ""
    ended: str = ""
