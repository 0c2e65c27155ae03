"""What a browser does with the events of its own user topic."""

from __future__ import annotations

from typing import Any

import orjson

from server.accounts.schemas import Me, PersonCard, Ties, TieView
from server.realtime.models import LoggedEvent
from server.realtime.topics import Topic

LISTS = {"friends": "friends", "asked": "asked", "asking": "asking", "blocked": "blocked"}


def logged(topic: Topic, after: int = 0) -> list[dict[str, Any]]:
    """The events of a topic after a number, as they go over the wire."""
    rows = LoggedEvent.objects.filter(topic=str(topic), number__gt=after).order_by("number")
    return [orjson.loads(text) for text in rows.values_list("encoded", flat=True)]


def apply_to_ties(ties: Ties, events: list[dict[str, Any]]) -> Ties:
    """Move each person to the list that the newest event names, and show them by their newest card.

    `heads` is dropped: a new friend is followed from the present on.
    """
    lists = {name: list(getattr(ties, name)) for name in LISTS}
    head = ties.head
    for event in events:
        head = event["number"] if event["topic"].startswith("user:") else head
        if event["type"] == "person.changed":
            lists["friends"] = [
                _renamed(view, event["data"]["person"]) for view in lists["friends"]
            ]
        if event["type"] != "tie.changed":
            continue
        view = TieView.model_validate(event["data"])
        for name in lists:
            lists[name] = [old for old in lists[name] if old.person.id != view.person.id]
        if view.tie in lists:
            lists[view.tie].append(view)
    for views in lists.values():
        views.sort(key=lambda view: (view.at, view.person.id), reverse=True)
    return ties.model_copy(update={**lists, "head": head, "heads": {}})


def _renamed(view: TieView, card: dict[str, Any]) -> TieView:
    person = PersonCard.model_validate(card)
    return view.model_copy(update={"person": person}) if view.person.id == person.id else view


def apply_to_me(me: Me, events: list[dict[str, Any]]) -> Me:
    """The newest profile wins; every event moves the head."""
    for event in events:
        if event["type"] == "profile.changed":
            me = Me.model_validate(event["data"]["me"])
        me = me.model_copy(update={"head": event["number"]})
    return me
