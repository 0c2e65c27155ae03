"""Bookmarks over HTTP: everybody's own, and nobody else's."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from server.bookmarks import queries, services
from server.bookmarks.schemas import (
    WORD_LENGTH,
    BookmarkDraft,
    BookmarkIndex,
    BookmarkPage,
    BookmarkView,
    Dropping,
    FolderDraft,
    FolderView,
    Moving,
)
from server.http import person_id
from server.schema import Id

router = Router(tags=["bookmarks"])


@router.get("/bookmarks", response=BookmarkPage, summary="My bookmarks")
def get_bookmarks(
    request: HttpRequest,
    folder_id: Annotated[Id | None, Query()] = None,
    tag: Annotated[str | None, Query(max_length=WORD_LENGTH)] = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> BookmarkPage:
    """Newest first, of all, of a folder, or with a word on them."""
    return queries.page(person_id(request), folder_id=folder_id, word=tag, cursor=cursor)


@router.get("/bookmarks/index", response=BookmarkIndex, summary="Which items I keep, and where")
def get_index(request: HttpRequest) -> BookmarkIndex:
    """`bookmarks.changed` on my own topic tells what comes and goes after `head`."""
    return queries.index(person_id(request))


@router.post("/bookmarks/move", response={204: None}, summary="Move several bookmarks")
def move(request: HttpRequest, moving: Moving) -> Status[None]:
    """Into a folder, or out of any."""
    services.move(person_id(request), moving.item_ids, moving.folder_id)
    return Status(204, None)


@router.post("/bookmarks/drop", response={204: None}, summary="Drop several bookmarks")
def drop_many(request: HttpRequest, dropping: Dropping) -> Status[None]:
    """All that are kept of them."""
    services.drop(person_id(request), dropping.item_ids)
    return Status(204, None)


@router.post("/bookmarks/folders", response=FolderView, summary="Make a folder")
def make_folder(request: HttpRequest, draft: FolderDraft) -> FolderView:
    """Or find mine of that name."""
    return services.make_folder(person_id(request), draft)


@router.patch("/bookmarks/folders/{folder_id}", response=FolderView, summary="Rename a folder")
def rename_folder(request: HttpRequest, folder_id: Id, draft: FolderDraft) -> FolderView:
    """409 when another of mine has that name."""
    return services.rename_folder(person_id(request), folder_id, draft)


@router.delete("/bookmarks/folders/{folder_id}", response={204: None}, summary="Delete a folder")
def delete_folder(request: HttpRequest, folder_id: Id) -> Status[None]:
    """Its bookmarks stay."""
    services.delete_folder(person_id(request), folder_id)
    return Status(204, None)


@router.get("/bookmarks/{item_id}", response=BookmarkView, summary="My bookmark of an item")
def get_bookmark(request: HttpRequest, item_id: Id) -> BookmarkView:
    """404 when I do not keep it."""
    return queries.one(person_id(request), item_id)


@router.put("/bookmarks/{item_id}", response=BookmarkView, summary="Keep an item")
def keep(request: HttpRequest, item_id: Id, draft: BookmarkDraft) -> BookmarkView:
    """Or change what is kept with it: absent fields stay, null takes away."""
    return services.keep(person_id(request), item_id, draft)


@router.delete("/bookmarks/{item_id}", response={204: None}, summary="Keep it no more")
def drop(request: HttpRequest, item_id: Id) -> Status[None]:
    """Repeating it changes nothing."""
    services.drop(person_id(request), [item_id])
    return Status(204, None)
