"""Makes small worlds straight in a fleet's database, through the services.

`python -m tests.fleet.provision` reads orders, one a line, and answers each with a line. To
{"people": 20, "password": true} that is {"made": {"people": [{"id", "username", "cookie"}],
"room_id", "poll", "shop"}}, or {"failed": why}: the first person is
everybody's friend and owns one group chat of all. With `password` the first two can also sign in
with PASSWORD. With `vote` the first person asks their friends, {"id", "options", "post_id"}; it
closes after `closes_in` seconds, when that is given. With `messages` the second person has said so
many, "message 1" and so on, of which the first has read `read`. With `shop` the first sells
something, {"store_id", "item_id", "title"}.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from importlib import import_module
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")


SAID_AT_ONCE = 200


def provision(
    people: int,
    password: bool = False,
    vote: bool = False,
    closes_in: int | None = None,
    messages: int = 0,
    read: int = 0,
    shop: bool = False,
) -> dict[str, Any]:
    from server.chat.schemas import GroupDraft
    from server.chat.services import create_group, mark_read
    from tests import factories

    hers = [
        factories.person(password=factories.PASSWORD if password and index < 2 else None)
        for index in range(people)
    ]
    owner, *others = hers
    for other in others:
        factories.befriend(owner, other)
    draft = GroupDraft(
        client_id=factories.client_id(),
        title="Fleet",
        member_ids=[other.pk for other in others],
    )
    room = create_group(owner.pk, draft)
    if messages:
        _say(others[0].pk, room.id, messages)
        mark_read(owner.pk, room.id, read)
    return {
        "people": [
            {"id": who.pk, "username": who.username, "cookie": factories.session_key(who)}
            for who in hers
        ],
        "room_id": room.id,
        "poll": _poll(owner, closes_in) if vote else None,
        "shop": _shop(owner) if shop else None,
    }


def _say(author: int, room_id: int, count: int) -> None:
    from server.chat.schemas import MessageDraft
    from server.chat.services import send_all
    from server.errors import Refused
    from tests import factories

    for start in range(1, count + 1, SAID_AT_ONCE):
        numbers = range(start, min(start + SAID_AT_ONCE, count + 1))
        drafts = [
            MessageDraft(
                client_id=factories.client_id(),
                room_id=room_id,
                # Of different heights, as people's words are.
                text=f"message {number}" + " and more of it" * (number * 7 % 40),
            )
            for number in numbers
        ]
        for outcome in send_all([(author, draft) for draft in drafts]):
            if isinstance(outcome, Refused):
                raise outcome


def _shop(owner: Any) -> dict[str, Any]:
    from tests import factories

    view = factories.store(owner)
    item = factories.item(owner, view).item
    return {"store_id": view.store.id, "item_id": item.id, "title": item.title}


def _poll(owner: Any, closes_in: int | None) -> dict[str, Any]:
    from tests import factories

    poll = factories.vote_in_feed(owner, closes_in=closes_in).poll
    options = [option.id for option in poll.options]
    return {"id": poll.id, "options": options, "post_id": poll.post_id}


def main() -> None:
    """What takes seconds is done once. Each order has a process of its own: it knows nothing of the
    orders before it, and has no connection from before an outage."""
    import django

    django.setup()
    import_module("tests.factories")  # and all that it brings

    for order in sys.stdin:
        child = os.fork()
        if not child:
            _carry_out(order)
        _, status = os.waitpid(child, 0)
        if status:
            _answer({"failed": f"it ended with {status}"})


def _carry_out(order: str) -> None:
    """In a process of its own, which ends here."""
    try:
        answer = {"made": provision(**json.loads(order))}
    except Exception:
        answer = {"failed": traceback.format_exc()}
    _answer(answer)
    os._exit(0)


def _answer(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
