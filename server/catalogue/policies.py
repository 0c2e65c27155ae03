"""Items and stores are public; changing them is for the store's staff."""

from collections.abc import Collection
from itertools import product

from server.catalogue.models import Item, StoreStaff


def watchable(people: Collection[int], ids: Collection[int]) -> set[tuple[int, int]]:
    """Everyone signed in may watch any item there is. One query."""
    known = Item.objects.filter(pk__in=ids).values_list("pk", flat=True) if ids else ()
    return set(product(people, known))


def is_staff(person_id: int, store_id: int) -> bool:
    """Whether the person works at the store. One query."""
    return StoreStaff.objects.filter(store=store_id, person=person_id).exists()


def staff_ids(store_id: int) -> set[int]:
    """Everybody who works at the store. One query."""
    return set(StoreStaff.objects.filter(store=store_id).values_list("person_id", flat=True))
