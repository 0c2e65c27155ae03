"""The whole demo world, made at once or not at all."""

from collections.abc import Callable

from django.db import transaction

from server.accounts.models import User
from server.demo.art.people import PEOPLE
from server.demo.seeding.chats import chats
from server.demo.seeding.drawings import Drawings
from server.demo.seeding.feed import posts
from server.demo.seeding.market import market
from server.demo.seeding.people import make_people, ties, were_here
from server.demo.seeding.world import World
from server.polls.services import announce_due
from server.realtime import publish
from server.realtime.clock import now
from server.realtime.publish import Envelope
from server.realtime.topics import Topic

Report = Callable[[str], None]
"""Told, in a few words, what is being done."""


class Occupied(Exception):
    """Somebody who is not of the demo world has one of its usernames."""


class _Silence:
    """Publishes nothing: of a world that is only being made nobody has seen anything, and a
    worker that runs already notices by the heads."""

    def publish(self, *envelopes: Envelope) -> None:
        """Into the void."""

    def refresh(self, topic: Topic, key: str, load: Callable[[], Envelope | None]) -> None:
        """Into the void."""

    def hold(self, *envelopes: Envelope) -> None:
        """Nobody is connected."""


def planted() -> bool:
    """Whether the world is there. Raises Occupied when only some of its usernames are taken:
    it is made in one transaction, so those are somebody else's."""
    names = [person.username for person in PEOPLE]
    taken = User.objects.filter(username__in=names).order_by("pk")
    if not taken.exists():
        return False
    if len(taken) < len(names):
        raise Occupied(", ".join(taken.values_list("username", flat=True)))
    return True


def plant(report: Report) -> bool:
    """Make the demo world unless it is there. Returns whether it was made. Raises Occupied."""
    if planted():
        return False
    report("drawing pictures")
    drawings = Drawings()
    before = publish.install(_Silence())
    try:
        with transaction.atomic():
            world = World(now().astimezone(), drawings)
            report("people and faces")
            make_people(world)
            report("stores, chats, votes and posts, a year of them in their order")
            acts = world.play(ties(world), market(world), chats(world), posts(world))
            world.play(were_here(world))
            announce_due()
            report(f"{acts} things happened")
    finally:
        publish.install(before)
    return True
