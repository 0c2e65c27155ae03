"""How a takeout is read: a few hundred rows at a time, each lot by the rules of that moment."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from server.accounts.policies import separated_from
from server.accounts.queries import cards
from server.catalogue.models import Item
from server.media.models import Picture
from server.realtime.clock import millis
from server.takeout.records import ItemLine, Who

Row = TypeVar("Row", bound=Model)

LOT = 300


def lots(rows: QuerySet[Row], key: str = "pk") -> Iterator[list[Row]]:
    """All of the rows in the order of a unique column. Memory holds one lot, and no lock or
    snapshot is held between two."""
    after: Any = None
    while True:
        left = rows if after is None else rows.filter(**{f"{key}__gt": after})
        found = list(left.order_by(key)[:LOT])
        if not found:
            return
        yield found
        after = getattr(found[-1], key)


def others(person_id: int, ids: Collection[int]) -> dict[int, Who]:
    """People by id as their cards show them, less those whom a block separates from me, whoever set
    it. Two queries."""
    shown = set(ids) - separated_from(person_id)
    return {
        pk: Who(id=pk, username=card.username, name=card.name) for pk, card in cards(shown).items()
    }


def my_pictures(person_id: int, ids: Collection[int | None]) -> set[int]:
    """Those of the pictures that are mine and still there: these are in the archive. One query."""
    wanted = [pk for pk in ids if pk is not None]
    mine = Picture.objects.filter(owner=person_id, state="ready", pk__among=wanted)
    return set(mine.values_list("pk", flat=True)) if wanted else set()


def item_lines(ids: Collection[int | None]) -> dict[int, ItemLine]:
    """Items by id: they are public. One query."""
    wanted = [pk for pk in ids if pk is not None]
    rows = Item.objects.filter(pk__among=wanted) if wanted else []
    return {row.pk: item_line(row) for row in rows}


def item_line(row: Item) -> ItemLine:
    """A loaded item in a line."""
    return ItemLine(id=row.pk, title=row.title, price_minor=row.price_minor, currency=row.currency)


def moment(at: datetime | None) -> int | None:
    """Milliseconds, or nothing."""
    return millis(at) if at else None
