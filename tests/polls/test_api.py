"""Votes over HTTP: codes, shapes, sign-in, and hostile input."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from server.accounts.models import User
from server.polls.models import Poll
from server.polls.schemas import Ballot, BallotList, PollEntry, PollList
from tests.factories import client_id, session_key, signed_in, vote_in_feed, vote_in_room

JSON = "application/json"


def draft(**fields: Any) -> dict[str, Any]:
    return {
        "client_id": client_id(),
        "place": {"kind": "feed", "audience": "friends"},
        "question": "Which?",
        "options": [{"text": "a"}, {"text": "b"}],
    } | fields


def test_a_round(mei: User, bo: User, room: int) -> None:
    asker, voter = signed_in(mei), signed_in(bo)
    place = {"kind": "room", "room_id": room}
    made = asker.post("/api/polls", draft(place=place, closes_in=60), content_type=JSON)
    assert made.status_code == 201
    poll = PollEntry.model_validate_json(made.content).poll
    path = f"/api/polls/{poll.id}"
    body = {"poll_id": poll.id, "choices": [poll.options[0].id]}
    given = voter.put(f"{path}/ballot", body, content_type=JSON)
    assert Ballot.model_validate_json(given.content).choices == body["choices"]
    assert PollEntry.model_validate_json(voter.get(path).content).poll.options[0].votes == 1
    listed = voter.get(f"/api/polls?ids=999,{poll.id},{poll.id}")
    assert [e.poll.id for e in PollList.model_validate_json(listed.content).polls] == [poll.id]
    opened = PollList.model_validate_json(voter.get("/api/polls/open").content)
    assert [entry.mine.choices for entry in opened.polls] == [body["choices"]]
    [decided] = BallotList.model_validate_json(asker.get(f"{path}/ballots").content).ballots
    assert decided.person.id == bo.pk
    assert voter.delete(f"{path}/ballot").json()["choices"] == []
    assert voter.post(f"{path}/close").status_code == 403
    assert asker.post(f"{path}/close").json()["poll"]["closed_by"] == "author"
    late = voter.put(f"{path}/ballot", body, content_type=JSON)
    assert (late.status_code, late.json()["error"]["code"]) == (409, "closed")


def test_a_stranger_meets_404_everywhere(mei: User, bo: User, lin: User, room: int) -> None:
    stranger = signed_in(lin)
    for entry in (vote_in_room(mei, room), vote_in_feed(mei), vote_in_feed(mei, names="secret")):
        path = f"/api/polls/{entry.poll.id}"
        body = {"poll_id": entry.poll.id, "choices": [entry.poll.options[0].id]}
        answers = [
            stranger.get(path),
            stranger.put(f"{path}/ballot", body, content_type=JSON),
            stranger.delete(f"{path}/ballot"),
            stranger.post(f"{path}/close"),
            stranger.get(f"{path}/ballots"),
        ]
        absent = stranger.get("/api/polls/999999")
        for answer in answers:
            assert (answer.status_code, answer.json()) == (404, absent.json())
        assert stranger.get(f"/api/polls?ids={entry.poll.id}").json()["polls"] == []
    assert stranger.get("/api/polls/open").json()["polls"] == []


@pytest.mark.parametrize("path", ["polls/1", "polls/open", "polls?ids=1", "polls/1/ballots"])
def test_signed_out(transactional_db: None, path: str) -> None:
    answer = Client().get(f"/api/{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")


def test_writing_needs_the_csrf_token(mei: User) -> None:
    entry = vote_in_feed(mei)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["sessionid"] = session_key(mei)
    assert browser.post("/api/polls", draft(), content_type=JSON).status_code == 403
    assert browser.post(f"/api/polls/{entry.poll.id}/close").status_code == 403
    assert Poll.objects.get().closed_at is None


@pytest.mark.parametrize(
    "fields",
    [
        {"question": " "},
        {"question": "x" * 301},
        {"options": [{"text": "a"}]},
        {"options": [{"text": "a"}] * 21},
        {"options": [{"text": "a"}, {"text": ""}]},
        {"options": [{"text": "a"}, {}]},
        {"options": [{"text": "a"}, {"picture_id": 1, "item_id": 1}]},
        {"options": [{"text": "a"}, {"item_id": 999}]},
        {"options": [{"text": "a"}, {"text": "x" * 201}]},
        {"choice": "ranked"},
        {"names": "public"},
        {"closes_in": 9},
        {"closes_in": 32 * 86_400 + 1},
        {"closes_in": "60"},
        {"place": {"kind": "wall"}},
        {"place": {"kind": "room"}},
        {"place": {"kind": "feed", "audience": "friends", "room_id": 1}},
        {"client_id": "A" * 32},
        {"voters": []},
    ],
)
def test_bad_votes_say_what_is_wrong(mei: User, fields: dict[str, Any]) -> None:
    answer = signed_in(mei).post("/api/polls", draft(**fields), content_type=JSON)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "bad_field")
    assert error["fields"]
    assert not Poll.objects.exists()


@pytest.mark.parametrize(
    "choices", [[], [0], ["1"], [1.5], [2**53], [10**30], [999], list(range(1, 22)), None, "1", {}]
)
def test_bad_ballots(mei: User, choices: Any) -> None:
    poll_id = vote_in_feed(mei).poll.id
    body = {"poll_id": poll_id, "choices": choices}
    answer = signed_in(mei).put(f"/api/polls/{poll_id}/ballot", body, content_type=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_field")


def test_path_and_draft_must_agree(mei: User) -> None:
    one, other = vote_in_feed(mei).poll, vote_in_feed(mei).poll
    body = {"poll_id": other.id, "choices": [other.options[0].id]}
    answer = signed_in(mei).put(f"/api/polls/{one.id}/ballot", body, content_type=JSON)
    assert answer.json()["error"]["fields"] == {"poll_id": "not the vote of the path"}


@pytest.mark.parametrize(
    "path",
    [
        "polls",
        "polls?ids=",
        "polls?ids=0",
        "polls?ids=a",
        "polls?ids=1,",
        "polls?ids=" + ",".join(map(str, range(1, 52))),
        "polls?ids=9999999999999999",
        "polls/0",
        "polls/x",
        "polls/99999999999999999999",
        "polls/open?cursor=x",
        "polls/open?cursor=WzEsMTg0NDY3NDQwNzM3MDk1NTE2MTVd",  # [1, 2**64 - 1]
    ],
)
def test_hostile_paths(mei: User, path: str) -> None:
    assert signed_in(mei).get(f"/api/{path}").status_code in {200, 404, 422}


def test_fifty_ids_are_allowed(mei: User) -> None:
    ids = ",".join(map(str, range(1, 51)))
    assert signed_in(mei).get(f"/api/polls?ids={ids}").status_code == 200
