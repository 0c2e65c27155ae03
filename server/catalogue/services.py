"""Opening stores, listing things for sale and changing them. Staff only."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Case, F, When

from server.catalogue.events import ItemChanged
from server.catalogue.models import Item, ItemPicture, Store, StoreFollow, StoreStaff
from server.catalogue.policies import is_staff, staff_ids
from server.catalogue.queries import item_cards, item_snapshot, item_view, store_view
from server.catalogue.schemas import (
    ItemCard,
    ItemChange,
    ItemDraft,
    ItemView,
    StoreDraft,
    StoreView,
)
from server.errors import Refused
from server.media.services import make_public
from server.realtime.snapshots import refresh
from server.realtime.topics import item as item_topic

staff_effects: list[Callable[[int], None]] = []
"""What the apps above do, in its transaction, when somebody begins or ceases to work at a store:
called with the store's id. Their AppConfig.ready() adds to it."""


def open_store(person_id: int, draft: StoreDraft) -> StoreView:
    """A new store owned by this person. Raises Refused(bad_field) for pictures that are not."""
    with transaction.atomic():
        pictures = [picture for picture in (draft.mark_id, draft.cover_id) if picture is not None]
        make_public(person_id, pictures)
        store = Store.objects.create(**draft.model_dump())
        StoreStaff.objects.create(store=store, person_id=person_id, role="owner")
    return store_view(person_id, store.pk)


def hire(person_id: int, store_id: int, other_id: int) -> None:
    """The store's owner lets another person work there; repeating it changes nothing.

    Raises Refused: not_found, forbidden.
    """
    with transaction.atomic():
        _locked_store(store_id)
        owners = StoreStaff.objects.filter(store=store_id, person=person_id, role="owner")
        if not owners.exists():
            raise Refused("forbidden", "Only the store's owner may do this.")
        _, new = StoreStaff.objects.get_or_create(
            store_id=store_id, person_id=other_id, defaults={"role": "seller"}
        )
        if new:
            staff_changed(store_id)


def follow_store(person_id: int, store_id: int, *, wanted: bool) -> StoreView:
    """Follow a store, or no more. Raises Refused(not_found)."""
    with transaction.atomic():
        view = store_view(person_id, store_id)
        if view.following is wanted:
            return view
        mine = StoreFollow(store_id=store_id, person_id=person_id)
        if wanted:
            StoreFollow.objects.bulk_create([mine], ignore_conflicts=True)
        else:
            StoreFollow.objects.filter(store=store_id, person=person_id).delete()
        return store_view(person_id, store_id)


def staff_changed(store_id: int) -> None:
    """Whoever works at the store now is in its chats, and nobody else of them. Call it inside the
    transaction that changed the rows, after it."""
    _locked_store(store_id)
    for effect in staff_effects:
        effect(store_id)


def hold_staff(store_id: int) -> set[int]:
    """Everybody who works at the store; nobody is hired until the transaction ends.

    Raises Refused(not_found).
    """
    _locked_store(store_id)
    return staff_ids(store_id)


def _locked_store(store_id: int) -> Store:
    store = Store.objects.select_for_update(no_key=True).filter(pk=store_id).first()
    if store is None:
        raise Refused("not_found")
    return store


def add_item(person_id: int, store_id: int, draft: ItemDraft) -> ItemView:
    """A new thing for sale. Raises Refused: not_found, forbidden, bad_field (pictures)."""
    with transaction.atomic():
        _locked_store(store_id)
        _check_staff(person_id, store_id)
        pictures = make_public(person_id, draft.picture_ids)
        item = Item.objects.create(
            store_id=store_id,
            price_minor=draft.price.minor,
            currency=draft.price.currency,
            **draft.model_dump(exclude={"price", "picture_ids"}),
        )
        ItemPicture.objects.bulk_create(
            ItemPicture(item=item, picture=picture, place=place)
            for place, picture in enumerate(pictures)
        )
    return item_view(person_id, item.pk)


def change_item(person_id: int, item_id: int, change: ItemChange) -> ItemCard:
    """New price, stock or state; everybody who watches the item sees it.

    Raises Refused: not_found, forbidden, conflict (somebody changed it since `version`).
    """
    with transaction.atomic():
        item = Item.objects.filter(pk=item_id).first()
        if item is None:
            raise Refused("not_found")
        _check_staff(person_id, item.store_id)
        # The version in the condition, not a check before: of two changes one wins, one reloads.
        guarded = Item.objects.filter(pk=item_id, version=change.version)
        if not guarded.update(version=F("version") + 1, **_new_values(change)):
            raise Refused("conflict")
        refresh(item_topic(item_id), ItemChanged, partial(item_snapshot, item_id))
        return item_cards([item_id])[item_id]


def _new_values(change: ItemChange) -> dict[str, Any]:
    values: dict[str, Any] = change.model_dump(exclude={"version"}, exclude_none=True)
    if not values:
        raise Refused("bad_field", "There is nothing to change.")
    if change.price_minor is not None:
        same = When(price_minor=change.price_minor, then=F("was_minor"))
        values["was_minor"] = Case(same, default=F("price_minor"))
    return values


def _check_staff(person_id: int, store_id: int) -> None:
    if not is_staff(person_id, store_id):
        raise Refused("forbidden", "Only the store's staff may do this.")
