"""Reading the stories: chats and posts are written like plays, because that is how they read.

A chat:                                     A post:

    == 13d 20:31        a scene begins          == mei 25m friends [picture lane]
    bo: My shoes leak.                          Ceramics lane stays open until ten.
    yu#these: These? [item cloud-step]          bo: The one with the blue waves.
      + 👍 mei bo       pressed by              ♥ wen bo hao
    mei>these: I own them.
      ~ I own these.    corrected to
      x                 taken back

Moments: `13d 20:31` is that many days before today by the clock on the wall; `25m`, `2h10m` are
that long ago; `2h10m..1h40m` spreads a scene between two of them. Marks at the end of a line:
[item slug], [picture name …], [vote key].
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zlib import crc32

MORNING = timedelta(hours=6)
"""A day of the stories begins at six: what happened "1d 23:50" is over, whenever it is told."""


class Misprint(ValueError):
    """A line of a story that cannot be read."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment before the world is made: days and a time of day, or simply how long ago."""

    ago: timedelta | None = None
    days: int = 0
    clock: timedelta = timedelta()

    def before(self, now: datetime) -> datetime:
        """The moment itself; `now` is aware and in the zone whose wall clock is meant."""
        if self.ago is not None:
            return now - self.ago
        today = (now - MORNING).replace(hour=0, minute=0, second=0, microsecond=0)
        return today - timedelta(days=self.days) + self.clock


@dataclass(frozen=True, slots=True)
class Marks:
    """What hangs on a line: an item, pictures by name, or a vote."""

    item: str = ""
    pictures: tuple[str, ...] = ()
    vote: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Something said in a chat, and what became of it."""

    who: str
    words: str
    marks: Marks
    label: str = ""
    answers: str = ""
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    corrected: str = ""
    taken_back: bool = False


@dataclass(slots=True)
class Scene:
    """Lines said one after the other, from `begin` on, or spread until `end`."""

    begin: When
    end: When | None
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A post with what was said under it and who liked it."""

    who: str
    when: When
    audience: str
    marks: Marks
    words: str = ""
    comments: list[tuple[str, str]] = field(default_factory=list)
    likes: tuple[str, ...] = ()


_SAID = re.compile(r"([a-z0-9_]+)(?:#(\w+))?(?:>(\w+))?:(?: (.*))?")
_MARK = re.compile(r"\s*\[(item|picture|vote) ([^]]+)\]$")
_SPAN = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_WALL = re.compile(r"(\d+)d (\d\d):(\d\d)")


def span(text: str) -> timedelta:
    """`2d`, `1h42m`, `25m` as a duration. Raises Misprint."""
    found = _SPAN.fullmatch(text)
    if not text or not found:
        raise Misprint(f"not a duration: {text!r}")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def moment(text: str) -> When:
    """`13d 20:31` or `25m`. Raises Misprint."""
    if wall := _WALL.fullmatch(text):
        days, hours, minutes = map(int, wall.groups())
        return When(days=days, clock=timedelta(hours=hours, minutes=minutes))
    return When(ago=span(text))


def take_marks(words: str) -> tuple[str, Marks]:
    """The words without the marks at their end, and the marks."""
    marks = Marks()
    while found := _MARK.search(words):
        words, (kind, value) = words[: found.start()], found.groups()
        match kind:
            case "item":
                marks = replace(marks, item=value)
            case "picture":
                marks = replace(marks, pictures=tuple(value.split()))
            case _:
                marks = replace(marks, vote=value)
    return words, marks


# Chats ---------------------------------------------------------------------------------------


def read_chat(text: str) -> list[Scene]:
    """The scenes of a chat. Raises Misprint with the line that cannot be read."""
    scenes: list[Scene] = []
    for raw in filter(str.strip, text.splitlines()):
        if raw.startswith("== "):
            begin, dots, end = raw[3:].partition("..")
            scenes.append(Scene(moment(begin), moment(end) if dots else None))
        elif not scenes:
            raise Misprint(f"before the first scene: {raw!r}")
        elif raw.startswith("  "):
            scenes[-1].lines[-1] = _after(scenes[-1].lines[-1], raw.strip())
        else:
            scenes[-1].lines.append(_said(raw))
    return scenes


def _said(raw: str) -> Line:
    found = _SAID.fullmatch(raw)
    if not found:
        raise Misprint(f"nobody says: {raw!r}")
    who, label, answers, rest = found.groups()
    words, marks = take_marks(rest or "")
    return Line(who, words, marks, label or "", answers or "")


def _after(line: Line, note: str) -> Line:
    """What became of the line above."""
    if note == "x":
        return replace(line, taken_back=True)
    if note.startswith("~ "):
        return replace(line, corrected=note[2:])
    if note.startswith("+ "):
        emoji, *people = note[2:].split()
        return replace(line, reactions=(*line.reactions, (emoji, tuple(people))))
    return replace(line, words=f"{line.words}\n{note}")


def tell(scenes: list[Scene], now: datetime) -> Iterator[tuple[datetime, Line]]:
    """Every line with its moment, in order, none of them in the future."""
    last = datetime.min.replace(tzinfo=now.tzinfo)
    for scene in scenes:
        for at, line in zip(_moments(scene, now), scene.lines, strict=True):
            last = max(at, last + timedelta(seconds=3))
            yield last, line


def _moments(scene: Scene, now: datetime) -> Iterator[datetime]:
    begin = scene.begin.before(now)
    if scene.end is not None:
        step = (scene.end.before(now) - begin) / max(1, len(scene.lines) - 1)
        yield from (begin + n * step for n in range(len(scene.lines)))
        return
    at = begin
    for line in scene.lines:
        yield at
        at += timedelta(seconds=_pause(line))


def _pause(line: Line) -> float:
    """Seconds until the next line: reading, thinking, and something else in between."""
    length = sum(1 if character.isascii() else 3 for character in line.words)
    return 7 + min(60, 0.35 * length) + chance(line.who + line.words, 45)


def chance(key: str, sides: int) -> int:
    """A throw of the dice that falls the same way every time: 0 to sides - 1."""
    return crc32(key.encode()) % sides


# Posts ---------------------------------------------------------------------------------------


def read_posts(text: str) -> list[Entry]:
    """The posts in the order written. Raises Misprint."""
    entries: list[Entry] = []
    for raw in filter(str.strip, text.splitlines()):
        if raw.startswith("== "):
            entries.append(_heading(raw[3:]))
        elif not entries:
            raise Misprint(f"before the first post: {raw!r}")
        else:
            _add(entries[-1], raw)
    return entries


def _heading(raw: str) -> Entry:
    words, marks = take_marks(raw)
    who, _, rest = words.partition(" ")
    when, _, audience = rest.rpartition(" ")
    if audience not in {"friends", "everyone"}:
        raise Misprint(f"for whom? {raw!r}")
    return Entry(who, moment(when), audience, marks)


def _add(entry: Entry, raw: str) -> None:
    if raw.startswith("♥ "):
        entry.likes = tuple(raw[2:].split())
    elif found := _SAID.fullmatch(raw):
        entry.comments.append((found[1], found[4]))
    elif entry.comments or entry.likes:
        raise Misprint(f"words after comments: {raw!r}")
    else:
        entry.words = f"{entry.words}\n{raw}".strip()
