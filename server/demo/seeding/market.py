"""The stores and everything they sell; what has become cheaper did so at its moment."""

from collections import defaultdict
from datetime import timedelta
from functools import partial
from itertools import zip_longest

from server.catalogue.schemas import ItemChange, ItemDraft, Money, StoreDraft
from server.catalogue.services import add_item, change_item, open_store
from server.demo.art.catalogue import STORES, THINGS
from server.demo.art.kinds import Store, Thing
from server.demo.script import chance, span
from server.demo.seeding.world import HOST, Acts, World, language_of

_CURRENCY = "CNY"
_FELL = {
    # Where a story speaks of it: how long ago the price fell.
    "cloud-step": "4h30m",
    "slow-hour-watch": "50m",
    "kestrel-half-frame": "2d12h",
    "ridge-14": "1d9h",
    "celadon-tea-set": "6d20h",
    "cinnabar-lipstick": "15d",
    "rain-jacket": "20d",
    "camel-coat": "40d",
    "cable-jumper": "53d",
    "winter-plaid": "64d",
    "wren-5": "150d",
}


def market(world: World) -> Acts:
    """The stores open, list their things, and change some prices."""
    for place, store in enumerate(STORES):
        yield world.ago(days=322 - place), partial(_open, world, store)
    things = _mixed()
    for place, thing in enumerate(things):
        listed = world.ago(days=310) + timedelta(days=50) * place / len(things)
        yield listed, partial(_list, world, thing)
        if thing.was is not None:
            fell = _FELL.get(thing.slug)
            since = span(fell) if fell else timedelta(hours=60 + chance(thing.slug, 400))
            yield world.now - since, partial(_lower, world, thing)


def _mixed() -> list[Thing]:
    """The categories take turns, so that the newest page of the market has some of each; the
    first of each category is the newest."""
    shelves: dict[str, list[Thing]] = defaultdict(list)
    for thing in THINGS:
        shelves[thing.category].append(thing)
    rows = zip_longest(*shelves.values())
    return [thing for row in rows for thing in row if thing is not None][::-1]


def _open(world: World, store: Store) -> None:
    host = HOST[store.slug]
    owner, language = world.people[host], language_of(host)
    draft = StoreDraft(
        name=store.name.en,
        name_zh=store.name.zh,
        about=f"{store.about.en}\n{store.area.en}",
        about_zh=f"{store.about.zh}\n{store.area.zh}",
        mark_id=world.drawings.hang(owner, ("marks", store.mark), language, "mark"),
        cover_id=world.drawings.hang(owner, ("covers", store.cover), language, "cover"),
    )
    world.stores[store.slug] = open_store(owner, draft).store.id


def _list(world: World, thing: Thing) -> None:
    host = HOST[thing.store]
    price = thing.price if thing.was is None else thing.was
    draft = ItemDraft(
        title=thing.title.en,
        title_zh=thing.title.zh,
        about=thing.about.en,
        about_zh=thing.about.zh,
        category=thing.category,  # type: ignore[arg-type]  # checked by the draft itself
        price=Money(minor=price, currency=_CURRENCY),
        stock=thing.stock,
        picture_ids=world.pictures(host, tuple(s.file for s in thing.shots), f"sells {thing.slug}"),
    )
    view = add_item(world.people[host], world.stores[thing.store], draft)
    world.items[thing.slug] = view.item.id


def _lower(world: World, thing: Thing) -> None:
    host = world.people[HOST[thing.store]]
    change_item(host, world.items[thing.slug], ItemChange(version=1, price_minor=thing.price))
