"""Living items: price, stock and state."""

from collections.abc import Collection

from consumers.channel import Channel, Current
from server.catalogue.events import ItemChanged
from server.catalogue.queries import item_cards
from server.realtime import topics


def _cards(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.item(card.id), card.version, ItemChanged(item=card))
        for card in item_cards(ids).values()
    ]


channels = (Channel("item", shared=_cards),)
