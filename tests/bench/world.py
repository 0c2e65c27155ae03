"""Makes the people and rooms of the benchmark in an empty database and says what they are.

`python -m tests.bench.world` migrates, then prints one line of JSON. Rows whose making is not what
is measured are written in bulk; rooms and the vote are made by the services.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from secrets import token_hex
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")

PEOPLE = 10_000
SMALL_ROOMS, SMALL_ROOM = 50, 10
ITEMS = 100


def _people() -> list[Any]:
    from server.accounts.models import User

    rows = [User(username=f"bench{n}", name=f"Bench {n}", password="!") for n in range(PEOPLE)]
    return User.objects.bulk_create(rows, batch_size=2_000)


def _cookies(people: Sequence[Any]) -> list[str]:
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from server.accounts.models import Session
    from server.accounts.sessions import SessionStore

    store = SessionStore()
    until = timezone.now() + timedelta(days=1)
    rows = [
        Session(
            session_key=token_hex(16),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=until,
            person=person,
        )
        for person in people
    ]
    Session.objects.bulk_create(rows, batch_size=2_000)
    return [f"{settings.SESSION_COOKIE_NAME}={row.session_key}" for row in rows]


def _room(people: Sequence[Any], title: str) -> int:
    from server.accounts.models import Friendship
    from tests import factories

    owner, *others = people
    Friendship.objects.bulk_create(
        Friendship(low=owner, high=other, state="friends", asked_by=owner) for other in others
    )
    return factories.group_room(owner, *others, title=title)


def make() -> dict[str, Any]:
    """The world: cookies and ids by person, rooms by their people in order, a vote, an item."""
    from tests import factories

    people = _people()
    cookies = _cookies(people)
    # Socket i of a run is person i: person i of the small rooms is in room i % SMALL_ROOMS.
    crowd = people[: SMALL_ROOMS * SMALL_ROOM]
    small = [_room(crowd[n::SMALL_ROOMS], f"Small {n}") for n in range(SMALL_ROOMS)]
    asker = people[-1]
    poll = factories.vote_in_feed(asker, "everyone", names="secret").poll
    store = factories.store(asker)
    items = [factories.item(asker, store).item.id for _ in range(ITEMS)]
    return {
        "people": [person.pk for person in people],
        "cookies": cookies,
        "small_rooms": small,
        "post": factories.post(asker, audience="everyone").post.id,
        "poll": poll.id,
        "options": [option.id for option in poll.options],
        "item": items[0],
        "items": items,
    }


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(make()))


if __name__ == "__main__":
    main()
