"""Somebody leaves for good: the stores that depend on them, and what a store keeps."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from server.accounts.schemas import Holding
from server.catalogue.models import ItemPicture, Store, StoreStaff
from server.catalogue.services import staff_changed


def stores_held(person_id: int) -> list[Holding]:
    """The stores that this person alone owns. One query."""
    others = StoreStaff.objects.filter(store=OuterRef("store"), role="owner")
    rows = (
        StoreStaff.objects.filter(person=person_id, role="owner")
        .exclude(Exists(others.exclude(person=person_id)))
        .order_by("store__name", "store")
    )
    return [
        Holding(kind="store", id=pk, title=name, title_zh=name_zh)
        for pk, name, name_zh in rows.values_list("store", "store__name", "store__name_zh")
    ]


def erase_jobs(person_id: int) -> bool:
    """They work at one store less, if they work at any."""
    row = StoreStaff.objects.filter(person=person_id).order_by("store").first()
    if row is None:
        return False
    row.delete()
    staff_changed(row.store_id)
    return True


def pictures_of_stores(ids: Collection[int]) -> set[int]:
    """Those of the pictures that show a store or its things: they are the store's. Two queries."""
    kept = set(ItemPicture.objects.filter(picture__in=ids).values_list("picture", flat=True))
    stores = Store.objects.filter(Q(mark__in=ids) | Q(cover__in=ids))
    return kept | {pk for pair in stores.values_list("mark", "cover") for pk in pair if pk in ids}
