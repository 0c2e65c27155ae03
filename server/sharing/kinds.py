"""What can be shared by itself, and what is the least one may ask of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from server.feed.schemas import OfMine as Audience

Kind = Literal[
    "bookmark",
    "vote",
    "group",
    "review",
    "expert",
    "auction",
    "purchase",
    "bid",
    "booking",
    "presence",
]

ALL: tuple[Audience, ...] = ("me", "list", "friends", "everyone")


@dataclass(frozen=True, slots=True)
class Sort:
    """here: whether there is anything of the kind in the product yet; what is not there cannot be
    shown beforehand, so nobody can consent to it. audiences: to whom it may be shown at all.
    immediate: shown the moment it happens; else somebody can take it back before anybody sees it.
    """

    here: bool
    audiences: tuple[Audience, ...] = ALL
    immediate: bool = False


KINDS: Mapping[Kind, Sort] = {
    "bookmark": Sort(here=True),
    "vote": Sort(here=True),
    "group": Sort(here=True),
    "review": Sort(here=False),
    "expert": Sort(here=False),
    "auction": Sort(here=False),
    "purchase": Sort(here=False),
    "bid": Sort(here=False),
    "booking": Sort(here=False),
    "presence": Sort(here=True, audiences=("me", "friends"), immediate=True),
}

MONEY: frozenset[Kind] = frozenset({"auction", "purchase", "bid", "booking"})
"""Never immediate, and for nobody else unless somebody says otherwise: this was Beacon."""


def named(name: str) -> Kind:
    """The kind that a row names."""
    return next(kind for kind in KINDS if kind == name)
