"""A hidden group is nothing to whoever is not in it: no route, search, list, topic or picture
differs from a world without it, by a byte or by a query. The routes are those configured.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from server import access
from server.accounts import sessions
from server.accounts.models import User
from server.groups import services
from server.groups.models import new_id
from server.groups.schemas import InterestChange
from server.media.models import Picture
from server.realtime import log, topics
from tests import factories
from tests.described import described
from tests.factories import interest, person
from tests.groups.hands import let_in, refusal

pytestmark = pytest.mark.django_db
NAME = "a-name-that-nobody-hears"

OUTSIDE = ("stranger", "former", "removed", "banned", "declined", "asked")
"""Who stands outside of it: never knew of it, or knew of it once."""

BODIES: dict[str, Any] = {
    "PUT /api/groups/{group_id}/owner": {"person_id": "{other_id}"},
    "POST /api/groups/{group_id}/join": {"answers": ["because"]},
    "POST /api/groups/{group_id}/invitations": {"person_id": "{other_id}"},
    "PATCH /api/groups/{group_id}/members/{other_id}": {"role": "moderator"},
    "PATCH /api/groups/{group_id}": {"name": "Mine"},
    "POST /api/groups/{group_id}/rooms": {"client_id": "a" * 32, "title": "Talk"},
    "PATCH /api/groups/{group_id}/rooms/{room_id}": {"title": "Other"},
    "POST /api/groups/{group_id}/gatherings": {
        "client_id": "b" * 32,
        "title": "Walk",
        "begins": f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%dT%H:%M}",
        "zone": "UTC",
        "place": "The mill",
    },
}


def operations() -> list[tuple[str, str]]:
    paths = described()["paths"]
    return [(method.upper(), path) for path, found in paths.items() for method in found]


OF_A_GROUP = [one for one in operations() if "{group_id}" in one[1]]
OTHERS = [path for method, path in operations() if method == "GET" and "{group_id}" not in path]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What changes by itself between two questions stands still."""
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(days=1))
    cache.clear()
    log.epoch()
    yield


@pytest.fixture
def people(mei: User, bo: User) -> dict[str, User]:
    return {name: person(f"{name}_x") for name in OUTSIDE} | {"mei": mei, "bo": bo}


@pytest.fixture
def hidden(people: dict[str, User]) -> int:
    """Mei's, and Bo's; each of the others stands outside in their own way."""
    mei = people["mei"]
    pk = interest(mei, NAME, "request", questions=["Why?"]).group.id
    for name in ("former", "removed", "banned", "declined"):
        factories.befriend(mei, people[name])
        services.invite(mei.pk, pk, people[name].pk)
        if name != "declined":
            services.join(people[name].pk, pk, [])
    let_in(mei, pk, people["bo"])
    services.join(people["asked"].pk, pk, ["because"])
    cover = factories.picture(mei)
    services.change(mei.pk, pk, InterestChange(entry="hidden", cover_id=cover.id))
    services.leave(people["former"].pk, pk)
    services.leave(people["declined"].pk, pk)
    services.remove(mei.pk, pk, people["removed"].pk)
    services.ban(mei.pk, pk, people["banned"].pk)
    return pk


Answer = tuple[int, bytes, list[str]]


def ask(browser: Client, method: str, url: str, body: Any = None) -> Answer:
    """Status, body and the statements that it took; nothing of it stays."""
    said = b"" if body is None else json.dumps(body)
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        answer = browser.generic(method, url, said, "application/json")
        content = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, content, [shape(one["sql"]) for one in captured.captured_queries]


def shape(sql: str) -> str:
    """A statement without the values in it."""
    return re.sub(r"'[^']*'|\b\d+\b|\"s\d+_x\d+\"", "?", sql)


def filled(path: str, group: int, other: int) -> str:
    path = path.replace("{group_id}", str(group)).replace("{other_id}", str(other))
    return re.sub(r"\{\w+\}", "1", path)


def body_of(method: str, path: str, other: int) -> Any:
    body = BODIES.get(f"{method} {path}")
    return json.loads(json.dumps(body).replace('"{other_id}"', str(other)))


def test_the_routes_of_groups_are_walked() -> None:
    assert len(OF_A_GROUP) >= 20 and len(OTHERS) > 20
    assert BODIES.keys() <= {" ".join(one) for one in OF_A_GROUP}


@pytest.mark.parametrize("who", OUTSIDE)
def test_every_route_answers_as_for_a_group_that_is_not_there(
    who: str, people: dict[str, User], hidden: int
) -> None:
    browser = factories.signed_in(people[who])
    for method, path in OF_A_GROUP:
        for other in (people["mei"].pk, people["bo"].pk, people[who].pk, 999_999):
            body = body_of(method, path, other)
            there = ask(browser, method, filled(path, hidden, other), body)
            nowhere = ask(browser, method, filled(path, new_id(), other), body)
            assert nowhere[0] == 404, f"{method} {path} never asked for the group: {nowhere[1]!r}"
            assert there == nowhere, f"{method} {path} tells {who}"


def test_whoever_is_in_it_or_invited_is_answered(people: dict[str, User], hidden: int) -> None:
    """The twin: the routes do find it."""
    services.invite(people["mei"].pk, hidden, friend_of(people["mei"]).pk)
    for who in (people["mei"], people["bo"]):
        browser = factories.signed_in(who)
        for method, path in OF_A_GROUP:
            body = body_of(method, path, people["bo"].pk)
            status, content, _ = ask(browser, method, filled(path, hidden, people["bo"].pk), body)
            found = status in {200, 201, 204, 403} or b"not ask" in content or b"room" in content
            assert found, (method, path, content)


def friend_of(who: User) -> User:
    other = person()
    factories.befriend(who, other)
    return other


def timeless(answer: Answer) -> Answer:
    """Without the time from which a page of the last week on lists things: it is that of asking."""
    status, content, queries = answer
    return status, re.sub(rb'"since":\d+', b'"since":0', content), queries


def test_no_other_route_differs_from_a_world_without_it(
    people: dict[str, User], stranger: User
) -> None:
    browser = factories.signed_in(stranger)
    mei = people["mei"].pk

    def everything() -> dict[str, Answer]:
        urls = {path: filled(path, 0, mei) for path in OTHERS}
        urls |= {f"{path} searched": f"{url}?q={NAME}" for path, url in urls.items()}
        return {path: timeless(ask(browser, "GET", url)) for path, url in urls.items()}

    everything()
    before = everything()
    pk = interest(people["mei"], NAME, "hidden", topics=["secret"]).group.id
    let_in(people["mei"], pk, people["bo"])
    after = everything()
    assert sum(answer[0] == 200 for answer in before.values()) > 20
    for path, answer in before.items():
        assert after[path] == answer, f"{path} tells"
    listed = interest(people["mei"], NAME).group.id
    assert str(listed).encode() in everything()["/api/groups searched"][1], (
        "one that is listed does"
    )


@pytest.mark.parametrize("who", OUTSIDE)
def test_its_topic_is_one_that_is_not_there(who: str, people: dict[str, User], hidden: int) -> None:
    def watch(group: int) -> tuple[Any, Any, list[str]]:
        topic = topics.group(group)
        with CaptureQueriesContext(connection) as captured:
            may = access.allowed({(people[who].pk, topic)})
            of = access.authorities([topic])
        return may, of == {topic: topic}, [shape(one["sql"]) for one in captured.captured_queries]

    assert watch(hidden) == watch(new_id())
    assert access.watchable(people["bo"].pk, [topics.group(hidden)])


@pytest.mark.parametrize("who", OUTSIDE)
def test_its_cover_is_a_picture_that_is_not_there(
    who: str, people: dict[str, User], hidden: int
) -> None:
    [picture] = Picture.objects.filter(guard=str(topics.group(hidden)))
    url = f"/media/{picture.token}/{picture.widths[0]}.webp"
    assert ask(factories.signed_in(people[who]), "GET", url)[:2] == (404, b"")
    assert ask(factories.signed_in(people["bo"]), "GET", url)[0] == 200


@pytest.mark.parametrize("who", OUTSIDE)
def test_it_is_in_no_list_of_theirs(who: str, people: dict[str, User], hidden: int) -> None:
    browser = factories.signed_in(people[who])
    for url in ("/api/me/groups", f"/api/groups?q={NAME}", "/api/groups", "/api/suggestions"):
        content = ask(browser, "GET", url)[1]
        assert NAME.encode() not in content and str(hidden).encode() not in content


def test_whoever_may_not_see_it_changes_nothing(people: dict[str, User], hidden: int) -> None:
    for who in OUTSIDE:
        assert refusal(partial(services.join, people[who].pk, hidden, ["x"])) == "not_found"
        assert refusal(partial(services.leave, people[who].pk, hidden)) == "not_found"
