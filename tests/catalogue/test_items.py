"""Stores and items: read by everyone, changed by staff, never over somebody's head."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from server.accounts.models import User
from server.catalogue import policies, queries, services
from server.catalogue.models import Item
from server.catalogue.schemas import ItemChange, ItemDraft, Money, StoreDraft
from server.errors import Refused
from server.media.models import Picture
from tests.catalogue.apply import apply_to_card
from tests.factories import item, person, picture, signed_in, store
from tests.realtime.conftest import Remembering

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return person("mei")


def titles(me: User, **kw: Any) -> list[str]:
    return [card.title for card in queries.item_page(me.pk, **kw).items]


def code(call: Any, *args: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args)
    return refused.value.code.name


# Stores --------------------------------------------------------------------------------------


def test_whoever_opens_a_store_works_there(mei: User) -> None:
    bo = person()
    mark, cover = picture(mei), picture(mei)
    shop = services.open_store(
        mei.pk, StoreDraft(name="Lantern", name_zh="灯", mark_id=mark.id, cover_id=cover.id)
    )
    token = Picture.objects.get(pk=mark.id).token
    assert shop.store.mark == f"/media/{token}/96.webp"
    assert shop.cover == cover
    assert shop.staff
    assert Picture.objects.filter(public=True).count() == 2
    assert not queries.store_view(bo.pk, shop.store.id).staff
    assert queries.store_list(mei.pk).stores == [shop]
    assert code(queries.store_view, mei.pk, 10**9) == "not_found"


def test_a_store_does_not_open_with_somebody_elses_picture(mei: User) -> None:
    theirs = picture(person())
    assert code(services.open_store, mei.pk, StoreDraft(name="x", mark_id=theirs.id)) == "bad_field"
    assert queries.store_list(mei.pk).stores == []


def test_the_owner_hires_and_a_seller_does_not(mei: User) -> None:
    shop, bo, eve = store(mei), person(), person()
    for _ in range(2):
        services.hire(mei.pk, shop.store.id, bo.pk)
    assert policies.staff_ids(shop.store.id) == {mei.pk, bo.pk}
    assert item(bo, shop).staff
    assert code(services.hire, bo.pk, shop.store.id, eve.pk) == "forbidden"
    assert code(services.hire, mei.pk, 10**9, eve.pk) == "not_found"


# Items ---------------------------------------------------------------------------------------


def test_an_item_with_its_pictures(mei: User) -> None:
    shop = store(mei)
    one, two = picture(mei), picture(mei, colour="red")
    view = item(mei, shop, picture_ids=[two.id, one.id], about="A camera.")
    assert view.pictures == [two, one]
    assert view.item.picture == two
    assert view.item == queries.item_cards([view.item.id])[view.item.id]
    assert (view.item.version, view.item.state, view.item.was) == (1, "live", None)
    assert not queries.item_view(person().pk, view.item.id).staff
    assert code(queries.item_view, mei.pk, 10**9) == "not_found"


def test_only_staff_list_and_only_own_pictures(mei: User) -> None:
    shop, bo = store(mei), person()
    draft = ItemDraft(title="x", category="home", price=Money(minor=1, currency="EUR"), stock=1)
    assert code(services.add_item, bo.pk, shop.store.id, draft) == "forbidden"
    assert code(services.add_item, mei.pk, 10**9, draft) == "not_found"
    theirs = draft.model_copy(update={"picture_ids": [picture(bo).id]})
    assert code(services.add_item, mei.pk, shop.store.id, theirs) == "bad_field"
    assert Item.objects.count() == 0


def test_a_new_price_remembers_the_old_one(mei: User) -> None:
    card = item(mei, store(mei)).item

    def change(**fields: Any) -> None:
        nonlocal card
        card = services.change_item(mei.pk, card.id, ItemChange(version=card.version, **fields))

    change(price_minor=150_000)
    assert (card.price.minor, card.was, card.version) == (150_000, 199_900, 2)
    change(price_minor=150_000, stock=1)
    assert (card.was, card.stock, card.version) == (199_900, 1, 3)
    change(stock=0)
    assert card.state == "sold_out"
    change(state="withdrawn")
    assert card.state == "withdrawn"
    change(state="live", stock=2, price_minor=0)
    assert (card.state, card.price.minor, card.was) == ("live", 0, 150_000)


def test_a_change_over_somebodys_head_is_a_conflict(mei: User) -> None:
    view = item(mei, store(mei))
    services.change_item(mei.pk, view.item.id, ItemChange(version=1, stock=5))
    stale = ItemChange(version=1, stock=9)
    assert code(services.change_item, mei.pk, view.item.id, stale) == "conflict"
    assert queries.item_cards([view.item.id])[view.item.id].stock == 5


def test_only_staff_change_an_item_and_there_must_be_something_to_change(mei: User) -> None:
    view, bo = item(mei, store(mei)), person()
    store(bo)
    change = ItemChange(version=1, price_minor=1)
    assert code(services.change_item, bo.pk, view.item.id, change) == "forbidden"
    assert code(services.change_item, mei.pk, 10**9, change) == "not_found"
    assert code(services.change_item, mei.pk, view.item.id, ItemChange(version=1)) == "bad_field"
    assert queries.item_view(mei.pk, view.item.id).item == view.item


@pytest.mark.django_db(transaction=True)
def test_of_changes_at_once_one_wins_and_the_watchers_see_it(
    mei: User, transport: Remembering
) -> None:
    card = item(mei, store(mei)).item
    outcomes: list[str] = []

    def change(stock: int) -> None:
        try:
            services.change_item(mei.pk, card.id, ItemChange(version=1, stock=stock))
            outcomes.append("changed")
        except Refused as refusal:
            outcomes.append(refusal.code.name)
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(n,)) for n in range(10, 15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["changed"] + ["conflict"] * 4
    assert apply_to_card(card, transport.published) == queries.item_cards([card.id])[card.id]


@pytest.mark.django_db(transaction=True)
def test_state_before_plus_snapshots_in_any_order_is_state_now(
    mei: User, transport: Remembering
) -> None:
    shop = store(mei)
    first, other = item(mei, shop).item, item(mei, shop).item
    card = first
    for stock in (7, 0, 4):
        change = ItemChange(version=card.version, stock=stock, price_minor=stock * 100)
        card = services.change_item(mei.pk, card.id, change)
    told = transport.published[:]
    assert [envelope.position for envelope in told] == [2, 3, 4]
    for _ in range(5):
        random.shuffle(told)
        assert apply_to_card(first, told) == queries.item_cards([first.id])[first.id]
    assert apply_to_card(other, told) == other


@pytest.mark.django_db(transaction=True)
def test_a_refused_change_is_told_to_nobody(mei: User, transport: Remembering) -> None:
    card = item(mei, store(mei)).item
    stale = ItemChange(version=9, stock=1)
    assert code(services.change_item, mei.pk, card.id, stale) == "conflict"
    assert transport.published == []


def test_the_database_itself_keeps_stock_and_price_sane(mei: User) -> None:
    card = item(mei, store(mei)).item
    for field, value in (("stock", -1), ("price_minor", -1), ("price_minor", 10**13)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.filter(pk=card.id).update(**{field: value})


# Finding -------------------------------------------------------------------------------------


def test_finding_by_words_in_both_languages_category_and_store(mei: User) -> None:
    shop, other = store(mei, "One"), store(mei, "Two")
    item(mei, shop, title="Red silk scarf", title_zh="红丝巾", category="clothing")
    item(mei, other, title="Silk lamp", title_zh=None, category="home")
    assert titles(mei) == ["Silk lamp", "Red silk scarf"]
    assert titles(mei, search="SILK") == ["Silk lamp", "Red silk scarf"]
    assert titles(mei, search="scarf red") == ["Red silk scarf"]
    assert titles(mei, search="丝巾") == ["Red silk scarf"]
    assert titles(mei, search="100%") == []
    assert titles(mei, category="home") == ["Silk lamp"]
    assert titles(mei, store_id=shop.store.id) == ["Red silk scarf"]
    assert titles(mei, store_id=shop.store.id, search="lamp") == []


def test_withdrawn_items_are_listed_to_their_staff_only(mei: User) -> None:
    shop, bo = store(mei), person()
    store(bo)
    card = item(mei, shop).item
    services.change_item(mei.pk, card.id, ItemChange(version=1, state="withdrawn"))
    assert titles(mei) == titles(bo) == []
    assert len(titles(mei, store_id=shop.store.id)) == 1
    assert titles(bo, store_id=shop.store.id) == []
    assert queries.item_view(bo.pk, card.id).item.state == "withdrawn", "its link still answers"
    assert queries.store_view(bo.pk, shop.store.id).items == 0


def test_pages_follow_each_other_without_holes_while_items_are_added(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "ITEMS_A_PAGE", 3)
    shop = store(mei)
    wanted = [item(mei, shop, title=f"no {n}").item.title for n in range(7)][::-1]
    found: list[str] = []
    cursor = None
    while True:
        page = queries.item_page(mei.pk, cursor=cursor)
        found += [card.title for card in page.items]
        item(mei, shop, title="added meanwhile")
        if (cursor := page.next) is None:
            break
    assert found == wanted


def test_everyone_may_watch_any_item_there_is(mei: User) -> None:
    card = item(mei, store(mei)).item
    bo = person()
    assert policies.watchable([mei.pk, bo.pk], [card.id, 10**9]) == {
        (mei.pk, card.id),
        (bo.pk, card.id),
    }


def test_reading_costs_the_same_for_many(mei: User, django_assert_num_queries: Any) -> None:
    shop = store(mei)
    for count in (1, 9):
        for _ in range(count):
            item(mei, shop, picture_ids=[picture(mei).id])
        ids = list(Item.objects.values_list("pk", flat=True))
        with django_assert_num_queries(2):
            assert len(queries.item_cards(ids)) == len(ids)
        with django_assert_num_queries(2):
            queries.item_page(mei.pk, search="range")
        with django_assert_num_queries(2):
            queries.store_list(mei.pk)
        with django_assert_num_queries(3):
            queries.item_view(mei.pk, ids[0])
        with django_assert_num_queries(1):
            policies.watchable([mei.pk], ids)
        with django_assert_num_queries(0):
            queries.item_cards([])


# Over HTTP -----------------------------------------------------------------------------------


def test_over_http(mei: User) -> None:
    shop = store(mei)
    card = item(mei, shop).item
    staff, guest = signed_in(mei), signed_in(person())

    def get(browser: Client, path: str) -> Any:
        return browser.get(f"/api{path}")

    def patch(browser: Client, body: dict[str, Any]) -> Any:
        answer = browser.patch(f"/api/items/{card.id}", body, content_type="application/json")
        return answer.status_code, answer.json()

    assert get(guest, "/items?q=rangefinder&category=cameras").json()["items"][0]["id"] == card.id
    assert get(guest, f"/items/{card.id}").json()["staff"] is False
    assert (
        get(guest, f"/stores/{shop.store.id}").json() == get(guest, "/stores").json()["stores"][0]
    )
    for path in ("/items?category=cars", "/items?cursor=x", f"/items?q={'x' * 81}", "/items/0"):
        assert get(guest, path).json()["error"]["code"] == "bad_field", path
    assert get(guest, "/items/999999").status_code == 404
    assert get(Client(), "/items").status_code == 401
    assert patch(guest, {"version": 1, "stock": 1})[0] == 403
    assert patch(staff, {"version": 1, "stock": 8})[1]["stock"] == 8
    assert patch(staff, {"version": 1, "stock": 9})[0] == 409
    for body in ({"version": 2, "stock": -1}, {"version": 2, "title": "x"}, {"stock": 1}):
        status, answer = patch(staff, body)
        assert (status, answer["error"]["code"]) == (422, "bad_field")
        assert list(answer["error"]["fields"]) in (["stock"], ["title"], ["version"])
