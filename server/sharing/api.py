"""What I share by itself, over HTTP: everybody's own."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from server.http import person_id
from server.sharing import examples, ledger, queries
from server.sharing.kinds import Kind
from server.sharing.schemas import (
    ConsentDraft,
    ConsentPage,
    SharedKind,
    SharingExample,
    SharingView,
)

router = Router(tags=["sharing"])

Cursor = Annotated[str | None, Query(), Field(max_length=200)]


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
