"""My notices over HTTP."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from server.happenings import Kind
from server.http import person_id
from server.notices import queries, services
from server.notices.schemas import MuteList, NoticePage, NoticesRead, Unread

router = Router(tags=["notices"])

Cursor = Annotated[str | None, Query(), Field(max_length=200)]
Subject = Annotated[int, Field(ge=0, lt=2**53)]


@router.get("/notices", response=NoticePage, summary="What concerns me")
def get_notices(request: HttpRequest, cursor: Cursor = None) -> NoticePage:
    """The newest first; only what I may see at this moment."""
    return queries.page(person_id(request), cursor)


@router.get("/notices/unread", response=Unread, summary="How much of it is unread")
def get_unread(request: HttpRequest) -> Unread:
    """`notices.changed` on my own topic says when to ask again."""
    return queries.unread(person_id(request))


@router.post("/notices/read", response=Unread, summary="I have read up to here")
def read(request: HttpRequest, draft: NoticesRead) -> Unread:
    """In all tabs and devices; the mark never goes back."""
    services.mark_read(person_id(request), draft.number)
    return queries.unread(person_id(request))


@router.get("/notices/mutes", response=MuteList, summary="What I want to hear no more of")
def get_mutes(request: HttpRequest) -> MuteList:
    """Kinds, and single things."""
    return queries.mutes(person_id(request))


@router.put("/notices/mutes/{kind}/{subject}", response={204: None}, summary="Mute")
def mute(request: HttpRequest, kind: Kind, subject: Subject) -> Status[None]:
    """Tell me no more of this kind (subject 0), or of it about one thing that I was told of."""
    services.mute(person_id(request), kind, subject)
    return Status(204, None)


@router.delete("/notices/mutes/{kind}/{subject}", response={204: None}, summary="Lift a mute")
def unmute(request: HttpRequest, kind: Kind, subject: Subject) -> Status[None]:
    """Once however often it is asked."""
    services.unmute(person_id(request), kind, subject)
    return Status(204, None)
