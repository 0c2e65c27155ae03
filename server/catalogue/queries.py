"""Reading stores and items, many at a time."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from server.accounts.follows import COUNTED
from server.catalogue.events import ItemChanged
from server.catalogue.models import Item, ItemPicture, Store, StoreFollow, StoreStaff
from server.catalogue.policies import is_staff
from server.catalogue.schemas import (
    Category,
    ItemCard,
    ItemPage,
    ItemState,
    ItemView,
    Money,
    StoreCard,
    StoreList,
    StoreView,
)
from server.errors import Refused
from server.http import from_cursor, to_cursor
from server.lookups import CountOf
from server.media.models import Picture
from server.media.queries import face_url, view_of
from server.realtime.clock import millis

ITEMS_A_PAGE = 24
STORES = 200
SEARCH_LENGTH = 80


def store_card(store: Store) -> StoreCard:
    """The card of a store loaded with its mark. No query then."""
    return StoreCard(
        id=store.pk,
        name=store.name,
        name_zh=store.name_zh,
        mark=face_url(store.mark.token) if store.mark else None,
    )


def store_cards(ids: Collection[int]) -> dict[int, StoreCard]:
    """Cards by id. One query, none for no ids."""
    if not ids:
        return {}
    rows = Store.objects.filter(pk__in=set(ids)).select_related("mark")
    return {store.pk: store_card(store) for store in rows}


def item_cards(ids: Collection[int]) -> dict[int, ItemCard]:
    """The living cards by id, withdrawn items included. Two queries, none for no ids."""
    if not ids:
        return {}
    return {card.id: card for card in _cards(Item.objects.filter(pk__in=set(ids)))}


def _cards(items: QuerySet[Item]) -> list[ItemCard]:
    rows = list(items.select_related("store__mark"))
    faces = ItemPicture.objects.filter(item__in=rows, place=0).select_related("picture")
    pictures = {row.item_id: row.picture for row in faces} if rows else {}
    return [_card(item, pictures.get(item.pk)) for item in rows]


def _card(item: Item, picture: Picture | None) -> ItemCard:
    return ItemCard(
        id=item.pk,
        version=item.version,
        store=store_card(item.store),
        title=item.title,
        title_zh=item.title_zh,
        category=_category(item),
        price=Money(minor=item.price_minor, currency=item.currency),
        was=item.was_minor,
        stock=item.stock,
        state=_state(item),
        picture=view_of(picture) if picture else None,
    )


def _category(item: Item) -> Category:
    category: Category = item.category  # type: ignore[assignment]
    return category


def _state(item: Item) -> ItemState:
    if item.state == "withdrawn":
        return "withdrawn"
    return "live" if item.stock else "sold_out"


def item_snapshot(item_id: int) -> tuple[int, ItemChanged] | None:
    """(version, event) of an item's present state, or None when there is no such item."""
    card = item_cards([item_id]).get(item_id)
    return (card.version, ItemChanged(item=card)) if card else None


def item_view(person_id: int, item_id: int) -> ItemView:
    """An item's page. Raises Refused(not_found). Three queries."""
    item = Item.objects.select_related("store__mark").filter(pk=item_id).first()
    if item is None:
        raise Refused("not_found")
    rows = ItemPicture.objects.filter(item=item).select_related("picture")
    pictures = [row.picture for row in rows if row.picture.state == "ready"]
    return ItemView(
        item=_card(item, pictures[0] if pictures else None),
        about=item.about,
        about_zh=item.about_zh,
        pictures=[view_of(picture) for picture in pictures],
        listed_at=millis(item.listed_at),
        staff=is_staff(person_id, item.store_id),
    )


def item_page(
    person_id: int,
    *,
    search: str = "",
    category: Category | None = None,
    store_id: int | None = None,
    cursor: str | None = None,
) -> ItemPage:
    """Items, newest first. search: words that must all stand in the title, in either language.

    Withdrawn items are listed only to the staff of their store. Two queries, three for a store.
    Raises Refused(bad_field) for a cursor of another list.
    """
    items = Item.objects.all()
    if store_id is None or not is_staff(person_id, store_id):
        items = items.filter(state="live")
    if store_id is not None:
        items = items.filter(store=store_id)
    if category is not None:
        items = items.filter(category=category)
    for word in search[:SEARCH_LENGTH].split():
        items = items.filter(Q(title__icontains=word) | Q(title_zh__icontains=word))
    if after := from_cursor(cursor, int):
        items = items.filter(pk__lt=after[0])
    found = _cards(items.order_by("-pk")[: ITEMS_A_PAGE + 1])
    more, found = len(found) > ITEMS_A_PAGE, found[:ITEMS_A_PAGE]
    return ItemPage(items=found, next=to_cursor(found[-1].id) if more else None)


def store_list(person_id: int, *, followed: bool = False) -> StoreList:
    """All stores, or those I follow, by name. Two queries."""
    rows = _stores(person_id)
    if followed:
        rows = rows.filter(follows__person=person_id)
    mine = set(StoreStaff.objects.filter(person=person_id).values_list("store_id", flat=True))
    ordered = rows.order_by("name", "pk")[:STORES]
    return StoreList(stores=[_store_view(store, store.pk in mine) for store in ordered])


def store_view(person_id: int, store_id: int) -> StoreView:
    """A store's page. Raises Refused(not_found). Two queries."""
    store = _stores(person_id).filter(pk=store_id).first()
    if store is None:
        raise Refused("not_found")
    return _store_view(store, is_staff(person_id, store_id))


def _stores(person_id: int) -> QuerySet[Store]:
    """With how many things are for sale and how many people follow: of the rows themselves."""
    live = Count("items", filter=Q(items__state="live"))
    follows = StoreFollow.objects.filter(store=OuterRef("pk"))
    here = follows.filter(person__is_active=True).values("pk")[: COUNTED + 1]
    return Store.objects.select_related("mark", "cover").annotate(
        item_count=live,
        follower_count=CountOf(here),
        following=Exists(follows.filter(person=person_id)),
    )


def _store_view(store: Store, staff: bool) -> StoreView:
    count: int = store.item_count  # type: ignore[attr-defined]
    return StoreView(
        store=store_card(store),
        about=store.about,
        about_zh=store.about_zh,
        cover=view_of(store.cover) if store.cover else None,
        items=count,
        staff=staff,
        following=store.following,  # type: ignore[attr-defined]
        followers=store.follower_count,  # type: ignore[attr-defined]
    )
