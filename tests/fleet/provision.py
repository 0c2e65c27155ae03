"""Makes a small world straight in a fleet's database, through the services.

`python -m tests.fleet.provision '{"people": 20, "password": true}'` prints
{"people": [{"id", "username", "cookie"}], "room_id", "poll"}: the first person is everybody's
friend and owns one group chat of all. With `password` the first two can also sign in with PASSWORD.
With `vote` the first person asks their friends, {"id", "options"}; it closes after `closes_in`
seconds, when that is given.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")


def provision(
    people: int, password: bool = False, vote: bool = False, closes_in: int | None = None
) -> dict[str, Any]:
    from server.chat.schemas import GroupDraft
    from server.chat.services import create_group
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
    return {
        "people": [
            {"id": who.pk, "username": who.username, "cookie": factories.session_key(who)}
            for who in hers
        ],
        "room_id": room.id,
        "poll": _poll(owner, closes_in) if vote else None,
    }


def _poll(owner: Any, closes_in: int | None) -> dict[str, Any]:
    from tests import factories

    poll = factories.vote_in_feed(owner, closes_in=closes_in).poll
    return {"id": poll.id, "options": [option.id for option in poll.options]}


def main() -> None:
    import django

    django.setup()
    print(json.dumps(provision(**json.loads(sys.argv[1]))))


if __name__ == "__main__":
    main()
