"""What everyone sees live about an item."""

from server.catalogue.schemas import ItemCard
from server.realtime.events import Snapshot


class ItemChanged(Snapshot, type="item.changed", topic="item"):
    """Price, stock, state or words changed; version is the item's own."""

    item: ItemCard
