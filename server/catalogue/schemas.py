"""Stores and things for sale as the wire shows them."""

from typing import Annotated, Literal

from pydantic import Field

from server.media.schemas import PictureView
from server.schema import Id, Milliseconds, Shape

Category = Literal["phones", "laptops", "clothing", "makeup", "cameras", "audio", "home"]
ItemState = Literal["live", "sold_out", "withdrawn"]
Minor = Annotated[int, Field(ge=0, lt=10**13)]
"""Money in the currency's smallest unit (fen, cent)."""


class Money(Shape):
    """An exact amount."""

    minor: Minor
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class StoreCard(Shape):
    """As much of a store as stands beside an item or a chat."""

    id: Id
    name: str
    name_zh: str | None
    mark: str | None
    """URL of the square logo."""


class StoreView(Shape):
    """A store's page; `staff` says whether I work there. followers: 10,001 for all beyond
    10,000."""

    store: StoreCard
    about: str
    about_zh: str | None
    cover: PictureView | None
    items: int
    staff: bool
    following: bool
    followers: int


class ItemCard(Shape):
    """The living card of an item: the same in a feed, a chat, a vote. `version` only grows."""

    id: Id
    version: int
    store: StoreCard
    title: str
    title_zh: str | None
    category: Category
    price: Money
    was: Minor | None
    """Price before the last change in the same currency, or null."""
    stock: int
    state: ItemState
    picture: PictureView | None


class ItemView(Shape):
    """An item's page."""

    item: ItemCard
    about: str
    about_zh: str | None
    pictures: list[PictureView]
    listed_at: Milliseconds
    staff: bool


class ItemPage(Shape):
    """One page of items; pass `next` back as `cursor`."""

    items: list[ItemCard]
    next: str | None


class StoreList(Shape):
    """All stores (a small catalogue, bounded at 200)."""

    stores: list[StoreView]


class ItemChange(Shape):
    """What store staff may change; absent fields stay. `version` guards against lost updates."""

    version: int
    price_minor: Minor | None = None
    stock: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    state: Literal["live", "withdrawn"] | None = None


class StoreDraft(Shape):
    """A new store; pictures are unused ones of the person who opens it."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    name_zh: Annotated[str, Field(max_length=80)] | None = None
    about: Annotated[str, Field(max_length=1_000)] = ""
    about_zh: Annotated[str, Field(max_length=1_000)] | None = None
    mark_id: Id | None = None
    cover_id: Id | None = None


class ItemDraft(Shape):
    """A new thing for sale; the first picture is its face."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    title_zh: Annotated[str, Field(max_length=120)] | None = None
    about: Annotated[str, Field(max_length=4_000)] = ""
    about_zh: Annotated[str, Field(max_length=4_000)] | None = None
    category: Category
    price: Money
    stock: Annotated[int, Field(ge=0, le=1_000_000)]
    picture_ids: Annotated[list[Id], Field(max_length=9)] = []
