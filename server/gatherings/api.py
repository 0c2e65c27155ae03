"""Gatherings over HTTP."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from server.gatherings import queries, services
from server.gatherings.ics import calendar
from server.gatherings.schemas import (
    AnswerDraft,
    ComersPage,
    GatheringChange,
    GatheringDraft,
    GatheringEntry,
    GatheringsPage,
    Word,
)
from server.http import person_id
from server.schema import Id

router = Router(tags=["gatherings"])

Cursor = Annotated[str | None, Query(), Field(max_length=200)]


@router.get(
    "/groups/{group_id}/gatherings", response=GatheringsPage, summary="Gatherings of a group"
)
def get_gatherings(
    request: HttpRequest,
    group_id: Id,
    when: Annotated[Literal["next", "past"], Query()] = "next",
    cursor: Cursor = None,
) -> GatheringsPage:
    """For its members: what is still to come, the next first; or what is over, the latest first."""
    past = when == "past"
    return queries.page(person_id(request), group_id, past=past, cursor=cursor)


@router.post(
    "/groups/{group_id}/gatherings", response={201: GatheringEntry}, summary="Propose a gathering"
)
def propose(request: HttpRequest, group_id: Id, draft: GatheringDraft) -> Status[GatheringEntry]:
    """Any of its members. Repeating a client_id is safe."""
    return Status(201, services.propose(person_id(request), group_id, draft))


@router.get("/gatherings/{gathering_id}", response=GatheringEntry, summary="A gathering")
def get_gathering(request: HttpRequest, gathering_id: Id) -> GatheringEntry:
    """404 for one of a group that I am not in, as for one that is not there."""
    return queries.entry(person_id(request), gathering_id)


@router.patch("/gatherings/{gathering_id}", response=GatheringEntry, summary="Change a gathering")
def change(request: HttpRequest, gathering_id: Id, change: GatheringChange) -> GatheringEntry:
    """Who made it, and those who decide in its group, until it begins; absent fields stay."""
    return services.change(person_id(request), gathering_id, change)


@router.put(
    "/gatherings/{gathering_id}/cancelled", response=GatheringEntry, summary="Cancel a gathering"
)
def cancel(request: HttpRequest, gathering_id: Id) -> GatheringEntry:
    """The same people, until it begins; it stays to be seen as cancelled."""
    return services.cancel(person_id(request), gathering_id)


@router.put("/gatherings/{gathering_id}/answer", response=GatheringEntry, summary="Answer")
def answer(request: HttpRequest, gathering_id: Id, draft: AnswerDraft) -> GatheringEntry:
    """Whether I come, until it begins; without a free place I stand in line for one."""
    return services.answer(person_id(request), gathering_id, draft.answer)


@router.get("/gatherings/{gathering_id}/people", response=ComersPage, summary="Who comes")
def get_people(
    request: HttpRequest,
    gathering_id: Id,
    answer: Annotated[Word, Query()] = "going",
    cursor: Cursor = None,
) -> ComersPage:
    """Or may come, or stands in line, in the order they said so."""
    return queries.comers(person_id(request), gathering_id, answer, cursor)


@router.get("/gatherings/{gathering_id}/calendar.ics", summary="For calendars")
def get_calendar(request: HttpRequest, gathering_id: Id) -> HttpResponse:
    """A file of RFC 5545; taken again after a change it replaces the former."""
    row = queries.seen(person_id(request), gathering_id)
    address = request.build_absolute_uri(f"/gatherings/{row.pk}")
    answer = HttpResponse(calendar(row, address), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="gathering-{row.pk}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
