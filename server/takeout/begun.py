"""What stands in data.json about what I have not finished."""

from server.schema import Shape


class DraftRecord(Shape):
    """A post that I began. audience: me, friends, followers, everyone, or some (a list or a group).
    item: the title of the thing in it. shows: another post, by id. due_at: when it
    goes out by itself."""

    text: str
    audience: str
    pictures: list[int]
    item_id: int | None
    item: str | None
    shows: int | None
    at: int
    due_at: int | None
