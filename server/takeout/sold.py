"""What I sell, in a takeout."""

from server.schema import Shape


class StoreRecord(Shape):
    """A store that I work for."""

    id: int
    role: str
    name: str
    name_zh: str | None
    about: str
    about_zh: str | None
    opened_at: int


class ItemRecord(Shape):
    """A thing that such a store sells. pictures: mine."""

    id: int
    store_id: int
    title: str
    title_zh: str | None
    about: str
    about_zh: str | None
    category: str
    price_minor: int
    currency: str
    was_minor: int | None
    stock: int
    state: str
    pictures: list[int]
    listed_at: int
