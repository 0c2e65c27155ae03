"""What a browser does with an item's snapshots: of two states of one item the newer one stays."""

from __future__ import annotations

import orjson

from server.catalogue.schemas import ItemCard
from server.realtime.publish import Envelope


def apply_to_card(card: ItemCard, envelopes: list[Envelope]) -> ItemCard:
    """The card after these frames, in whatever order they came."""
    for envelope in envelopes:
        event = orjson.loads(envelope.text)
        if event["topic"] == f"item:{card.id}" and event["version"] > card.version:
            card = ItemCard.model_validate(event["data"]["item"])
            assert card.version == event["version"]
    return card
