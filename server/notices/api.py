"""My notices over HTTP."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt
from ninja import Query, Router, Status
from pydantic import Field

from server.happenings import Kind
from server.http import person_id
from server.notices import queries, services, targets, wishes
from server.notices.letters import holder
from server.notices.schemas import (
    DeliveryChange,
    DeliveryView,
    MuteList,
    NoticePage,
    NoticesRead,
    PushAddress,
    PushDraft,
    Unread,
    Wanted,
)
from server.notices.sending import Way

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


@router.get("/notices/settings", response=DeliveryView, summary="How I am reached")
def get_settings(request: HttpRequest) -> DeliveryView:
    """On the page and by letter, kind by kind, and when not."""
    return wishes.read(person_id(request))


@router.put("/notices/settings", response=DeliveryView, summary="Be reached so")
def change_settings(request: HttpRequest, draft: DeliveryChange) -> DeliveryView:
    """Letters, zone, quiet hours and digest."""
    return wishes.change(person_id(request), draft)


@router.put("/notices/settings/{kind}/{way}", response={204: None}, summary="Want a kind on a way")
def wish(request: HttpRequest, kind: Kind, way: Way, draft: Wanted) -> Status[None]:
    """Or want it no more there. On the page that is a mute."""
    wishes.wish(person_id(request), kind, way, draft.wanted)
    return Status(204, None)


@router.post("/notices/push", response={204: None}, summary="Push to this browser")
def push_here(request: HttpRequest, draft: PushDraft) -> Status[None]:
    """As long as it is signed in. Saying it again is saying it once."""
    targets.add(person_id(request), request.session.session_key, draft)
    return Status(204, None)


@router.post("/notices/push/end", response={204: None}, summary="Push to this browser no more")
def push_no_more(request: HttpRequest, draft: PushAddress) -> Status[None]:
    """Once however often it is asked."""
    targets.remove(person_id(request), draft.endpoint)
    return Status(204, None)


@csrf_exempt  # the letter's reader is not signed in: the ticket says who may do what
def unsubscribe(request: HttpRequest, ticket: str) -> HttpResponse:
    """POST: no more letters, as a mail program asks by RFC 8058. 404 for a ticket that is not ours,
    405 for anything else: a link that is only looked at stops nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    whose = holder(ticket)
    if whose is None:
        return HttpResponse(status=404)
    wishes.stop_letters(whose)
    return HttpResponse(status=204)
