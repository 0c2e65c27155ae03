"""Votes over HTTP."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from server.errors import Refused
from server.http import person_id
from server.polls import queries, services
from server.polls.schemas import (
    Asked,
    Ballot,
    BallotDraft,
    BallotList,
    PollDraft,
    PollEntry,
    PollList,
)
from server.schema import Id

router = Router(tags=["votes"])

Cursor = Annotated[str | None, Query(), Field(max_length=200)]
Ids = Annotated[str, Query(), Field(pattern=r"^[1-9][0-9]{0,14}(,[1-9][0-9]{0,14}){0,49}$")]
"""At most 50 ids with commas between them."""


@router.post("/polls", response={201: PollEntry}, summary="Ask for a vote")
def ask(request: HttpRequest, draft: PollDraft) -> Status[PollEntry]:
    """In a chat it becomes a message, in the feed a post."""
    return Status(201, services.ask(person_id(request), draft))


@router.get("/polls", response=PollList, summary="Votes by id")
def get_polls(request: HttpRequest, ids: Ids) -> PollList:
    """In the order asked for; those I may not see are left out."""
    wanted = list(dict.fromkeys(int(part) for part in ids.split(",")))
    return PollList(polls=queries.poll_entries(person_id(request), wanted))


@router.get("/polls/open", response=PollList, summary="Votes I may take part in")
def get_open(request: HttpRequest, cursor: Cursor = None) -> PollList:
    """Of my chats and my friends, those ending first first."""
    return queries.open_votes(person_id(request), cursor)


@router.get("/polls/asked", response=Asked, summary="Whether I ever asked for a vote")
def get_asked(request: HttpRequest) -> Asked:
    """For the first steps of somebody who is new here."""
    return queries.has_asked(person_id(request))


@router.get("/polls/{poll_id}", response=PollEntry, summary="A vote")
def get_poll(request: HttpRequest, poll_id: Id) -> PollEntry:
    """With my own ballot."""
    return queries.poll_entry(person_id(request), poll_id)


@router.put("/polls/{poll_id}/ballot", response=Ballot, summary="Vote, or change my vote")
def vote(request: HttpRequest, poll_id: Id, draft: BallotDraft) -> Ballot:
    """The vote is named twice, in the path and in the draft; they must agree."""
    if draft.poll_id != poll_id:
        raise Refused("bad_field", fields={"poll_id": "not the vote of the path"})
    return services.vote(person_id(request), draft)


@router.delete("/polls/{poll_id}/ballot", response=Ballot, summary="Withdraw my vote")
def withdraw(request: HttpRequest, poll_id: Id) -> Ballot:
    """Until the vote is closed."""
    return services.withdraw(person_id(request), poll_id)


@router.post("/polls/{poll_id}/close", response=PollEntry, summary="Close a vote")
def close(request: HttpRequest, poll_id: Id) -> PollEntry:
    """My own, or any in a chat I own. It cannot be opened again."""
    return services.close(person_id(request), poll_id)


@router.get("/polls/{poll_id}/ballots", response=BallotList, summary="Who decided what")
def get_ballots(request: HttpRequest, poll_id: Id, cursor: Cursor = None) -> BallotList:
    """Named votes only; a secret vote answers 403 to everyone."""
    return queries.ballots_page(person_id(request), poll_id, cursor)
