"""Bookmarks: one's own, exact under races, bounded, and told to one's own devices only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from server.accounts.models import User
from server.bookmarks import queries, services
from server.bookmarks.models import Bookmark, Folder, Tag
from server.bookmarks.schemas import BookmarkDraft, FolderDraft
from server.catalogue import services as catalogue
from server.catalogue.models import Item
from server.catalogue.schemas import ItemChange
from server.errors import Refused
from server.realtime.models import LoggedEvent
from server.realtime.topics import user
from tests.accounts.apply import logged
from tests.factories import item, person, signed_in, store
from tests.threads import at_once

pytestmark = pytest.mark.django_db

NOTHING = BookmarkDraft()


@pytest.fixture
def mei() -> User:
    return person("mei")


@pytest.fixture
def things() -> list[int]:
    """Three items of somebody's store."""
    owner = person("owner")
    shop = store(owner)
    return [item(owner, shop, title=title).item.id for title in ("lamp", "lens", "loom")]


def refusal(call: Callable[..., object], *arguments: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code.name


def folder(who: User, name: str = "Autumn") -> int:
    return services.make_folder(who.pk, FolderDraft(name=name)).id


def kept(who: User, **question: Any) -> list[int]:
    return [row.item.id for row in queries.page(who.pk, **question).bookmarks]


def told(who: User) -> list[dict[str, Any]]:
    return [one["data"] for one in logged(user(who.pk)) if one["type"] == "bookmarks.changed"]


def test_one_tap_keeps_an_item_and_another_drops_it(mei: User, things: list[int]) -> None:
    view = services.keep(mei.pk, things[0], NOTHING)
    assert (view.item.id, view.note, view.tags, view.folder_id) == (things[0], "", [], None)
    assert view.then == view.item.price and not view.other_thing
    assert services.keep(mei.pk, things[0], NOTHING) == view, "twice is once"
    services.keep(mei.pk, things[2], NOTHING)
    assert kept(mei) == [things[2], things[0]] == queries.index(mei.pk).item_ids
    services.drop(mei.pk, [things[0]])
    services.drop(mei.pk, [things[0]])
    assert kept(mei) == [things[2]]
    assert told(mei) == [
        {"kept": [things[0]], "dropped": []},
        {"kept": [things[2]], "dropped": []},
        {"kept": [], "dropped": [things[0]]},
    ], "what changed nothing is not told"
    assert queries.index(mei.pk).head == len(logged(user(mei.pk)))


def test_what_it_cost_then_stays_when_the_price_moves(mei: User, things: list[int]) -> None:
    services.keep(mei.pk, things[0], NOTHING)
    owner = User.objects.get(username="owner")
    catalogue.change_item(owner.pk, things[0], ItemChange(version=1, price_minor=99_900))
    view = queries.one(mei.pk, things[0])
    assert (view.then.minor, view.item.price.minor) == (199_900, 99_900)
    Item.objects.filter(pk=things[0]).update(title="A different thing")
    view = queries.one(mei.pk, things[0])
    assert view.other_thing and view.titled == "lamp"


def test_what_is_absent_stays_and_null_takes_away(mei: User, things: list[int]) -> None:
    place = folder(mei)
    everything: dict[str, Any] = {
        "note": "for  the\u202e balcony ",
        "folder_id": place,
        "desired_minor": 150_000,
        "tags": [" Gift", "gift", "  ", "秋天"],
    }
    view = services.keep(mei.pk, things[0], BookmarkDraft(**everything))
    assert (view.note, view.folder_id, view.desired_minor) == ("for  the balcony", place, 150_000)
    assert view.tags == ["gift", "秋天"]
    assert services.keep(mei.pk, things[0], BookmarkDraft(note="x")).tags == ["gift", "秋天"]
    bare = BookmarkDraft(note=None, folder_id=None, desired_minor=None, tags=None)
    view = services.keep(mei.pk, things[0], bare)
    assert (view.note, view.folder_id, view.desired_minor, view.tags) == ("", None, None, [])
    before = len(told(mei))
    services.keep(mei.pk, things[0], bare)
    assert len(told(mei)) == before and Tag.objects.count() == 0


def test_of_a_folder_and_of_a_word(mei: User, things: list[int]) -> None:
    place = folder(mei)
    services.keep(mei.pk, things[0], BookmarkDraft(folder_id=place, tags=["gift"]))
    services.keep(mei.pk, things[1], BookmarkDraft(tags=["gift", "now"]))
    services.keep(mei.pk, things[2], NOTHING)
    assert kept(mei, folder_id=place) == [things[0]]
    assert kept(mei, word="gift") == [things[1], things[0]]
    assert kept(mei, folder_id=10**9) == kept(mei, word="nothing") == []
    found = queries.index(mei.pk)
    assert [(one.word, one.count) for one in found.tags] == [("gift", 2), ("now", 1)]
    assert [(one.name, one.count) for one in found.folders] == [("Autumn", 1)]


def test_folders_are_named_once_and_what_is_in_them_outlives_them(
    mei: User, things: list[int]
) -> None:
    place = folder(mei)
    assert folder(mei, "  Autumn ") == place
    other = folder(mei, "Winter")
    rename = FolderDraft(name="Autumn")
    assert refusal(services.rename_folder, mei.pk, other, rename) == "conflict"
    assert services.rename_folder(mei.pk, other, FolderDraft(name="Spring")).name == "Spring"
    assert refusal(services.make_folder, mei.pk, FolderDraft(name="\u200b")) == "bad_field"
    for thing in things:
        services.keep(mei.pk, thing, NOTHING)
    services.move(mei.pk, [*things[:2], 10**9], place)
    assert kept(mei, folder_id=place) == [things[1], things[0]]
    before = len(told(mei))
    services.move(mei.pk, things[:2], place)
    assert len(told(mei)) == before
    services.move(mei.pk, things[:1], None)
    assert kept(mei, folder_id=place) == [things[1]]
    services.delete_folder(mei.pk, place)
    assert refusal(services.delete_folder, mei.pk, place) == "not_found"
    assert len(kept(mei)) == 3 and queries.one(mei.pk, things[1]).folder_id is None


def test_nobody_puts_anything_into_somebody_elses_folder(mei: User, things: list[int]) -> None:
    bo = person("bo")
    theirs = folder(bo)
    services.keep(mei.pk, things[0], NOTHING)
    into = BookmarkDraft(folder_id=theirs, note="lost?")
    assert refusal(services.keep, mei.pk, things[0], into) == "not_found"
    assert refusal(services.keep, mei.pk, things[1], into) == "not_found"
    assert refusal(services.move, mei.pk, things, theirs) == "not_found"
    assert refusal(services.rename_folder, mei.pk, theirs, FolderDraft(name="x")) == "not_found"
    assert kept(mei) == [things[0]] and queries.one(mei.pk, things[0]).note == ""
    assert told(bo) == [{"kept": [], "dropped": []}]


def test_no_more_than_so_many(
    mei: User, things: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BOOKMARKS", 2)
    monkeypatch.setattr(services, "FOLDERS", 1)
    for thing in things[:2]:
        services.keep(mei.pk, thing, NOTHING)
    assert refusal(services.keep, mei.pk, things[2], NOTHING) == "full"
    services.keep(mei.pk, things[1], BookmarkDraft(note="still mine to change"))
    folder(mei)
    assert refusal(services.make_folder, mei.pk, FolderDraft(name="Winter")) == "full"
    assert refusal(services.keep, mei.pk, 10**9, NOTHING) == "not_found"
    assert refusal(queries.one, mei.pk, things[2]) == "not_found"


def test_page_after_page_none_twice_and_none_missed(mei: User) -> None:
    owner = person("owner")
    shop = store(owner)
    many = [item(owner, shop).item.id for _ in range(queries.A_PAGE + 2)]
    for one in many:
        services.keep(mei.pk, one, NOTHING)
    first = queries.page(mei.pk)
    second = queries.page(mei.pk, cursor=first.next)
    seen = [row.item.id for row in (*first.bookmarks, *second.bookmarks)]
    assert seen == many[::-1] and second.next is None
    assert refusal(partial(queries.page, mei.pk, cursor="WyJ4Il0")) == "bad_field"


def test_a_page_costs_the_same_however_much_is_kept(mei: User, things: list[int]) -> None:
    def cost(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    services.keep(mei.pk, things[0], BookmarkDraft(tags=["a"], folder_id=folder(mei)))
    few = [cost(partial(call, mei.pk)) for call in (queries.page, queries.index)]
    for thing in things[1:]:
        services.keep(mei.pk, thing, BookmarkDraft(tags=["a", str(thing)]))
    folder(mei, "Winter")
    many = [cost(partial(call, mei.pk)) for call in (queries.page, queries.index)]
    assert few == many == [4, 4]


@pytest.mark.django_db(transaction=True)
def test_taps_at_once_make_one_bookmark_and_a_race_for_the_last_place_has_one_winner(
    mei: User, things: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    taps = [partial(services.keep, mei.pk, things[0], NOTHING) for _ in range(4)]
    assert len({str(one) for one in at_once(taps)}) == 1
    assert Bookmark.objects.count() == 1 and len(told(mei)) == 1
    monkeypatch.setattr(services, "BOOKMARKS", 2)
    outcomes = at_once([partial(services.keep, mei.pk, thing, NOTHING) for thing in things[1:]])
    assert sorted(isinstance(one, Refused) for one in outcomes) == [False, True]
    assert Bookmark.objects.count() == 2
    made = at_once([partial(folder, mei) for _ in range(4)])
    assert len(set(made)) == 1 and Folder.objects.count() == 1


def test_over_http(mei: User, things: list[int]) -> None:
    browser = signed_in(mei)

    def send(method: str, path: str, body: object = None) -> Any:
        return getattr(browser, method)(
            f"/api/bookmarks{path}", body, content_type="application/json"
        )

    made = send("post", "/folders", {"name": "Autumn"}).json()
    answer = send("put", f"/{things[0]}", {"folder_id": made["id"], "tags": ["gift"]})
    assert answer.status_code == 200 and answer.json()["tags"] == ["gift"]
    assert browser.get(f"/api/bookmarks?folder_id={made['id']}").json()["bookmarks"] == [
        browser.get(f"/api/bookmarks/{things[0]}").json()
    ]
    assert send("patch", f"/folders/{made['id']}", {"name": "Winter"}).json()["count"] == 1
    body = {"item_ids": [things[0]], "folder_id": None}
    assert send("post", "/move", body).status_code == 204
    assert browser.get("/api/bookmarks/index").json()["item_ids"] == [things[0]]
    assert send("post", "/drop", {"item_ids": [things[0]]}).status_code == 204
    assert send("delete", f"/{things[0]}").status_code == 204
    assert send("delete", f"/folders/{made['id']}").status_code == 204
    too_many = {"item_ids": list(range(1, 202))}
    assert send("post", "/drop", too_many).json()["error"]["code"] == "bad_field"
    assert send("put", f"/{things[0]}", {"desired_minor": 0}).status_code == 422
    assert LoggedEvent.objects.filter(topic=str(user(mei.pk))).count() == len(told(mei)) == 6
