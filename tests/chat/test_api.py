"""Chats over HTTP: the same rules, codes a program can read, pictures that follow the room."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from server.accounts.models import User
from server.catalogue.schemas import StoreView
from server.chat import queries, services
from tests.factories import client_id, direct_room, person, picture, say, signed_in, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def hers(mei: User) -> Client:
    return signed_in(mei)


@pytest.fixture
def his(bo: User) -> Client:
    return signed_in(bo)


@pytest.fixture
def theirs(stranger: User) -> Client:
    return signed_in(stranger)


def ask(browser: Client, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    """The answer's JSON; the status must be this one."""
    answer = getattr(browser, method)(f"/api{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def code(answer: Any) -> str:
    name: str = answer["error"]["code"]
    return name


def test_a_group_from_its_making_to_its_end(hers: Client, his: Client, mei: User, bo: User) -> None:
    draft = {"client_id": client_id(), "title": "Dumplings", "member_ids": [bo.pk]}
    room = ask(hers, "post", "/rooms", draft)["id"]
    assert ask(hers, "post", "/rooms", draft)["id"] == room
    message = {"client_id": client_id(), "room_id": room, "text": "hi"}
    sent = ask(hers, "post", f"/rooms/{room}/messages", message)
    assert ask(hers, "post", f"/rooms/{room}/messages", message) == sent
    [card] = ask(his, "get", "/rooms")["rooms"]
    assert (card["last_ordinal"], card["read_ordinal"], card["head"]) == (1, 0, 1)
    ask(his, "post", f"/rooms/{room}/read", {"ordinal": 1}, 204)
    page = ask(his, "get", f"/rooms/{room}")
    assert page["room"]["read_ordinal"] == 1
    assert [one["text"] for one in page["page"]["messages"]] == ["hi"]
    assert ask(hers, "patch", f"/rooms/{room}", {"title": "饺子"})["title"] == "饺子"
    ask(his, "delete", f"/rooms/{room}/members/{bo.pk}", None, 204)
    assert code(ask(his, "get", f"/rooms/{room}", None, 404)) == "not_found"
    ask(hers, "post", f"/rooms/{room}/members", {"person_ids": [bo.pk]}, 204)
    ask(hers, "delete", f"/rooms/{room}/members/{bo.pk}", None, 204)
    assert ask(his, "get", "/rooms")["rooms"] == []


def test_a_message_is_changed_and_deleted(hers: Client, his: Client, bo: User, room: int) -> None:
    sent = say(bo, room, "first").message_id
    heart = quote("#️⃣")
    ask(his, "patch", f"/messages/{sent}", {"text": "second"}, 204)
    assert [e["text"] for e in ask(hers, "get", f"/messages/{sent}/edits")["edits"]] == ["first"]
    ask(hers, "put", f"/messages/{sent}/reactions/{heart}", None, 204)
    [shown] = ask(his, "get", f"/rooms/{room}/messages?around=1&limit=1")["messages"]
    assert (shown["text"], shown["reactions"][0]["emoji"]) == ("second", "#️⃣")
    ask(hers, "delete", f"/messages/{sent}/reactions/{heart}", None, 204)
    assert code(ask(hers, "patch", f"/messages/{sent}", {"text": "x"}, 403)) == "forbidden"
    ask(hers, "delete", f"/messages/{sent}", None, 204)
    [gone] = ask(his, "get", f"/rooms/{room}/messages")["messages"]
    assert (gone["deleted"], gone["text"], gone["reactions"]) == (True, "", [])


def test_direct_and_store_chats(hers: Client, his: Client, mei: User, bo: User) -> None:
    shop: StoreView = store(person())
    card = ask(hers, "post", "/rooms/direct", {"person_id": bo.pk})
    assert ask(his, "post", "/rooms/direct", {"person_id": mei.pk})["id"] == card["id"]
    assert ask(hers, "post", "/rooms/store", {"store_id": shop.store.id})["kind"] == "store"
    assert code(ask(hers, "post", "/rooms/store", {"store_id": 10**9}, 404)) == "not_found"


def test_strangers_get_nothing(theirs: Client, mei: User, room: int) -> None:
    sent = say(mei, room).message_id
    message = {"client_id": client_id(), "room_id": room, "text": "hi"}
    for method, path, body in [
        ("get", f"/rooms/{room}", None),
        ("patch", f"/rooms/{room}", {"title": "x"}),
        ("get", f"/rooms/{room}/messages", None),
        ("post", f"/rooms/{room}/messages", message),
        ("post", f"/rooms/{room}/read", {"ordinal": 1}),
        ("post", f"/rooms/{room}/members", {"person_ids": [mei.pk]}),
        ("delete", f"/rooms/{room}/members/{mei.pk}", None),
        ("patch", f"/messages/{sent}", {"text": "x"}),
        ("delete", f"/messages/{sent}", None),
        ("get", f"/messages/{sent}/edits", None),
        ("put", f"/messages/{sent}/reactions/%F0%9F%91%8D", None),
        ("delete", f"/messages/{sent}/reactions/%F0%9F%91%8D", None),
    ]:
        assert code(ask(theirs, method, path, body, 404)) == "not_found", (method, path)
    assert ask(theirs, "get", "/rooms")["rooms"] == []
    assert [view.text for view in queries.messages(mei.pk, room).messages] == ["你好"]


def test_signed_out_gets_the_sign_in_page(db: None) -> None:
    assert code(ask(Client(), "get", "/rooms", None, 401)) == "signed_out"


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "short"},
        {"client_id": None},
        {"text": 5},
        {"text": " "},
        {"text": "字" * 4_001},
        {"picture_ids": [1] * 10},
        {"picture_ids": ["1"]},
        {"item_id": 0},
        {"mentions": list(range(1, 60))},
        {"colour": "red"},
        {"room_id": 2**53},
    ],
)
def test_malformed_messages_get_a_clear_answer(
    hers: Client, mei: User, room: int, change: dict[str, Any]
) -> None:
    draft = {"client_id": client_id(), "room_id": room, "text": "hi"} | change
    answer = ask(hers, "post", f"/rooms/{room}/messages", draft, 422)
    assert code(answer) == "bad_field" and answer["error"]["fields"]
    assert queries.messages(mei.pk, room).messages == []


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "limit=0", "limit=101", "before=1&after=2", "around=1e3"]
)
def test_malformed_pages_get_a_clear_answer(hers: Client, room: int, query: str) -> None:
    assert code(ask(hers, "get", f"/rooms/{room}/messages?{query}", None, 422)) == "bad_field"


def test_the_path_and_the_draft_name_one_room(hers: Client, mei: User, bo: User, room: int) -> None:
    other = direct_room(mei, bo)
    draft = {"client_id": client_id(), "room_id": other, "text": "hi"}
    assert code(ask(hers, "post", f"/rooms/{room}/messages", draft, 422)) == "bad_field"
    assert queries.messages(mei.pk, other).messages == []


def test_pictures_follow_the_room(
    hers: Client, his: Client, theirs: Client, mei: User, bo: User, room: int
) -> None:
    hung = picture(mei)
    address = hung.sources[0].url

    def seen() -> list[int]:
        return [browser.get(address).status_code for browser in (hers, his, theirs, Client())]

    assert seen() == [200, 404, 404, 404]
    sent = say(mei, room, picture_ids=[hung.id])
    assert seen() == [200, 200, 404, 404]
    services.remove_member(mei.pk, room, bo.pk)
    assert seen() == [200, 404, 404, 404]
    services.delete(mei.pk, sent.message_id)
    assert seen() == [404, 404, 404, 404]
