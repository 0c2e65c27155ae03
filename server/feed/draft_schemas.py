"""Drafts as the wire shows them to whoever writes them."""

from typing import Annotated

from pydantic import Field

from server.catalogue.schemas import ItemCard
from server.feed.schemas import PostText, Version, Wanted
from server.media.schemas import PictureView
from server.schema import ClientId, Id, Milliseconds, Shape


class DraftBody(Shape):
    """A draft as it shall be kept. version: of the one that this takes the place of, 0: of none.
    spare: a client_id for the case that another device was first: then nothing is overwritten, and
    this is kept under it as a draft of its own."""

    version: Version
    spare: ClientId
    text: PostText = ""
    picture_ids: Annotated[list[Id], Field(max_length=9)] = []
    item_id: Id | None = None
    of_id: Id | None = None
    audience: Wanted


class DraftView(Shape):
    """A draft of mine. client_id: that of the post it becomes. of_id: the post that it shows on;
    whether I may still see that, GET /api/posts?ids= says."""

    client_id: ClientId
    version: Version
    text: str
    pictures: list[PictureView]
    item: ItemCard | None
    of_id: Id | None
    audience: Wanted
    at: Milliseconds
    due_at: Milliseconds | None
    """When it goes out by itself."""
    problem: str | None
    """Why it did not go out at its time, an error code; until it is changed or planned again."""


class DraftList(Shape):
    """All my drafts, the last one written first."""

    drafts: list[DraftView]


class Plan(Shape):
    """When a draft goes out by itself; null: not any more. version: of the draft as I know it."""

    version: Version
    due_at: Milliseconds | None
