"""What I share by itself, over HTTP: everybody's own."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router, Status
from pydantic import Field

from server.feed.readers import Reader
from server.http import person_id
from server.schema import Id
from server.sharing import examples, ledger, preview, queries, services
from server.sharing import week as weeks
from server.sharing.kinds import Kind
from server.sharing.schemas import (
    ActivityPage,
    ActivityPreview,
    ActivityPreviewDraft,
    ConsentDraft,
    ConsentPage,
    OwnPage,
    SharedKind,
    SharedPage,
    SharingExample,
    SharingView,
    ViewerPage,
)

router = Router(tags=["sharing"])

Cursor = Annotated[str | None, Query(), Field(max_length=200)]
AsReader = Annotated[Reader, Path()]
Until = Annotated[int | None, Query(), Field(ge=0, lt=2**53)]


@router.get("/me/sharing", response=SharingView, summary="What I share by itself")
def get_sharing(request: HttpRequest) -> SharingView:
    """Every kind, with the words that one reads before consenting."""
    return queries.sharing(person_id(request))


@router.get("/me/sharing/history", response=ConsentPage, summary="What I have consented to")
def get_history(request: HttpRequest, cursor: Cursor = None) -> ConsentPage:
    """Line by line, the newest first."""
    return queries.history(person_id(request), cursor)


@router.put("/me/sharing/{kind}", response=SharedKind, summary="Say whom a kind is for")
def consent(request: HttpRequest, kind: Kind, draft: ConsentDraft) -> SharedKind:
    """From now on. 409 when the words that were shown are not today's."""
    return ledger.consent(person_id(request), kind, draft)


@router.get(
    "/me/sharing/{kind}/example", response=SharingExample, summary="What others would see of it"
)
def get_example(request: HttpRequest, kind: Kind) -> SharingExample:
    """Made as the real ones are, of the last thing of mine or else of anybody's. Nobody is told."""
    return examples.example(person_id(request), kind)


@router.post(
    "/me/sharing/{kind}/preview", response=ActivityPreview, summary="What they would see of a kind"
)
def preview_kind(request: HttpRequest, kind: Kind, draft: ActivityPreviewDraft) -> ActivityPreview:
    """Before I say whom it is for. Nothing is kept of it and nobody is told."""
    return preview.before(person_id(request), kind, draft)


@router.get("/me/shared", response=SharedPage, summary="What others could see of me in a week")
def get_shared(request: HttpRequest, until: Until = None, cursor: Cursor = None) -> SharedPage:
    """Posts, comments, votes, ballots, what is shown by itself, groups: the newest first. Of the
    last seven days, or of the seven before `until`; its next pages go by the cursor alone."""
    return weeks.week(person_id(request), until, cursor)


@router.get("/activity", response=ActivityPage, summary="What friends did that is shown by itself")
def get_activity(request: HttpRequest, cursor: Cursor = None) -> ActivityPage:
    """The newest first. Those who did it can see that I was shown it."""
    return queries.page(person_id(request), cursor)


@router.get("/me/activity", response=OwnPage, summary="What was shown of me by itself")
def get_mine(request: HttpRequest, cursor: Cursor = None) -> OwnPage:
    """The newest first, with what waits and what was taken back."""
    return queries.mine(person_id(request), cursor)


@router.get("/me/activity/{activity_id}/viewers", response=ViewerPage, summary="Who was shown this")
def get_viewers(request: HttpRequest, activity_id: Id, cursor: Cursor = None) -> ViewerPage:
    """Whoever got it in an answer."""
    return queries.viewers(person_id(request), activity_id, cursor)


@router.get(
    "/me/activity/{activity_id}/seen-by/{reader}",
    response=ActivityPreview,
    summary="What they see of it",
)
def preview_activity(request: HttpRequest, activity_id: Id, reader: AsReader) -> ActivityPreview:
    """My own only; while it waits, what they will see."""
    return preview.activity(person_id(request), reader, activity_id)


@router.delete("/me/activity/{activity_id}", response={204: None}, summary="Take it back")
def undo(request: HttpRequest, activity_id: Id) -> Status[None]:
    """Before or after anybody has seen it."""
    services.undo(person_id(request), activity_id)
    return Status(204, None)
