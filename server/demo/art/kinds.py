"""The shapes of the demo world's data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """The same words in English and in Simplified Chinese."""

    en: str
    zh: str


@dataclass(frozen=True)
class Shot:
    """One picture of a thing: the name of its file in ready/items, and what it shows."""

    file: str
    alt: Text


@dataclass(frozen=True)
class Store:
    """A seller. `mark` and `cover` name files in ready/marks and ready/covers."""

    slug: str
    name: Text
    about: Text
    area: Text
    mark: str
    cover: str


@dataclass(frozen=True)
class Thing:
    """Something for sale. Money is integer fen (CNY minor units); `was` is the price before."""

    slug: str
    store: str
    category: str
    title: Text
    about: Text
    price: int
    stock: int
    shots: tuple[Shot, ...]
    was: int | None = None


@dataclass(frozen=True)
class Person:
    """Somebody of the demo world. `face` names a file in ready/faces.

    `store` is the slug of the store this person speaks for, if any.
    """

    username: str
    name: str
    name_zh: str
    bio: Text
    face: str
    store: str | None = None


def thing(
    slug: str,
    store: str,
    category: str,
    title: tuple[str, str],
    yuan: float,
    stock: int,
    about: tuple[str, str],
    *alts: tuple[str, str],
    was: float | None = None,
) -> Thing:
    """A `Thing` from plain pairs; its pictures are slug-1, slug-2 and so on, one per alt text."""
    shots = tuple(Shot(f"{slug}-{k}", Text(*alt)) for k, alt in enumerate(alts, 1))
    before = None if was is None else round(was * 100)
    return Thing(
        slug, store, category, Text(*title), Text(*about), round(yuan * 100), stock, shots, before
    )
