"""A secret vote: nothing that leaves the server says who voted, but one's own ballot to oneself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import StringIO
from secrets import token_hex
from typing import Any

import orjson
import pytest
from django.contrib import admin
from django.db import IntegrityError

from server.accounts.models import User
from server.chat.models import Message
from server.errors import Refused
from server.polls import models, queries, services
from server.polls.models import Ballot, Poll
from server.polls.schemas import BallotDraft, PollEntry
from server.realtime.models import LoggedEvent
from tests.factories import (
    ballot,
    befriend,
    group_room,
    person,
    signed_in,
    vote_in_feed,
    vote_in_room,
)
from tests.feed.together import in_threads
from tests.polls.tally import exact
from tests.realtime.conftest import Remembering

Asked = Callable[..., PollEntry]


@pytest.fixture
def voters(mei: User) -> list[User]:
    """People whose every name is unmistakable in a text."""
    people = []
    for _ in range(5):
        marker = token_hex(6)
        people.append(person(f"voter_{marker}", name=f"Name{marker}"))
        # Ids too: nothing else is numbered like this, so a search for the digits finds only them.
        User.objects.filter(pk=people[-1].pk).delete()
        people[-1].pk = 7_700_000_000 + len(people) * 1_111
        people[-1].save(force_insert=True)
        befriend(mei, people[-1])
    return people


@pytest.fixture(params=["room", "feed", "everyone"])
def secret(request: pytest.FixtureRequest, mei: User, bo: User, voters: list[User]) -> PollEntry:
    if request.param == "room":
        room = group_room(mei, bo, *voters)
        Message.objects.all().delete()
        return vote_in_room(mei, room, list("abc"), names="secret", choice="multiple")
    audience = "everyone" if request.param == "everyone" else "friends"
    return vote_in_feed(mei, audience, list("abc"), names="secret", choice="multiple")


@pytest.fixture
def printed() -> Iterator[StringIO]:
    """Every log line of whatever level."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    # Statements with their parameters are printed with DEBUG settings only, never in service.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def marks(who: User) -> tuple[str, ...]:
    return str(who.pk), who.username, who.name


def names_nobody(text: str, people: list[User]) -> None:
    assert text
    for who in people:
        for mark in marks(who):
            assert mark not in text


def vote_change_withdraw(secret: PollEntry, voters: list[User]) -> None:
    for n, who in enumerate(voters):
        ballot(who, secret, n % 3)
    ballot(voters[0], secret, 1, 2)
    services.withdraw(voters[1].pk, secret.poll.id)


def logged_but_notices() -> int:
    """That there is a new notice is logged for whoever asked, and names nobody (see below)."""
    return LoggedEvent.objects.exclude(encoded__contains='"notices.changed"').count()


def test_no_frame_names_a_voter(
    voters: list[User], secret: PollEntry, transport: Remembering
) -> None:
    transport.published.clear()
    recorded = logged_but_notices()
    vote_change_withdraw(secret, voters)
    services.close(secret.poll.author.id, secret.poll.id)
    services.recount(secret.poll.id)
    own = {f"user:{who.pk}" for who in voters}
    shared = [one for one in transport.published if one.topic not in own]
    assert sum(one.topic == f"poll:{secret.poll.id}" for one in shared) == 8
    for envelope in shared:
        names_nobody(str(envelope._asdict()), voters)
    for envelope in transport.published:
        if envelope.topic in own:
            others = [who for who in voters if envelope.topic != f"user:{who.pk}"]
            names_nobody(str(envelope._asdict()), others)
            assert orjson.loads(envelope.text)["type"] == "ballot.changed"
    assert logged_but_notices() == recorded  # a vote is in no log
    exact(secret.poll.id)


def test_a_named_vote_does_name_them(mei: User, voters: list[User], transport: Remembering) -> None:
    """The twin: the search above would find them."""
    entry = vote_in_feed(mei, "friends", list("abc"), choice="multiple")
    transport.published.clear()
    vote_change_withdraw(entry, voters)
    shared = "".join(
        one.text for one in transport.published if one.topic == f"poll:{entry.poll.id}"
    )
    for who in voters:
        assert all(mark in shared for mark in marks(who))


def test_no_answer_names_a_voter(
    mei: User, bo: User, voters: list[User], secret: PollEntry
) -> None:
    poll_id = secret.poll.id
    vote_change_withdraw(secret, voters)
    for reader in (mei, bo):
        browser = signed_in(reader)
        for path in (f"polls/{poll_id}", f"polls?ids={poll_id}", "polls/open"):
            answer = browser.get(f"/api/{path}")
            assert answer.status_code == 200
            names_nobody(answer.content.decode(), voters)
            assert [o["voters"] for o in _poll(answer.json())["options"]] == [[], [], []]
    closed = signed_in(mei).post(f"/api/polls/{poll_id}/close")
    assert closed.status_code == 200
    names_nobody(closed.content.decode(), voters)


def _poll(body: dict[str, Any]) -> dict[str, Any]:
    poll: dict[str, Any] = (body["polls"][0] if "polls" in body else body)["poll"]
    return poll


@pytest.mark.parametrize("who", ["author", "owner", "voter", "stranger"])
def test_the_ballots_are_refused_to_everyone(
    mei: User, lin: User, voters: list[User], who: str
) -> None:
    room = group_room(mei, *voters)
    secret = vote_in_room(voters[0], room, names="secret")
    ballot(voters[1], secret, 0)
    reader = {"author": voters[0], "owner": mei, "voter": voters[1], "stranger": lin}[who]
    code = 404 if who == "stranger" else 403
    answer = signed_in(reader).get(f"/api/polls/{secret.poll.id}/ballots")
    assert answer.status_code == code
    names_nobody(answer.content.decode(), [v for v in voters if v != reader])
    with pytest.raises(Refused) as refused:
        queries.ballots_page(reader.pk, secret.poll.id)
    assert refused.value.code.status == code


def test_no_refusal_and_no_log_line_names_a_voter(
    mei: User, voters: list[User], secret: PollEntry, printed: StringIO
) -> None:
    poll_id = secret.poll.id
    vote_change_withdraw(secret, voters)
    a = secret.poll.options[0].id
    services.close(mei.pk, poll_id)
    for who in voters:
        browser = signed_in(who)
        answers = [
            browser.put(
                f"/api/polls/{poll_id}/ballot",
                {"poll_id": poll_id, "choices": choices},
                content_type="application/json",
            )
            for choices in ([a, a], [999], [a, a + 1, a + 2])
        ]
        answers += [browser.delete(f"/api/polls/{poll_id}/ballot")] if who != voters[1] else []
        assert {answer.status_code for answer in answers} <= {409, 422}
        for answer in answers:
            names_nobody(answer.content.decode(), voters)
    assert f"polls/{poll_id}/ballot" in printed.getvalue()  # requests are logged
    names_nobody(printed.getvalue(), voters)


def test_not_even_the_same_vote_at_once_ends_in_an_error_of_the_database(
    voters: list[User], secret: PollEntry
) -> None:
    """Its text would carry the voter's id; the poll's lock keeps it from arising."""
    draft = BallotDraft(poll_id=secret.poll.id, choices=[secret.poll.options[0].id])
    assert in_threads(*[lambda: services.vote(voters[0].pk, draft)] * 16) == []
    with pytest.raises(IntegrityError):
        Ballot.objects.create(poll_id=secret.poll.id, voter=voters[0])
    assert str(voters[0].pk) not in str(Ballot.objects.get())


def test_the_admin_has_no_ballots(secret: PollEntry) -> None:
    assert Poll in admin.site._registry
    assert Ballot not in admin.site._registry
    assert models.BallotChoice not in admin.site._registry
