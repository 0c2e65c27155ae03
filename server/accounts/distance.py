"""Keeping somebody at a distance, silently: to hear nothing of them (mute), and to show them only
what everyone sees (restrict). Friendship and follows stay. Every verb may be repeated."""

from collections.abc import Callable

from django.db import transaction

from server.accounts.events import DistanceChanged, MoreShown
from server.accounts.follows import watchable_public
from server.accounts.models import Block, Muting, Restriction
from server.accounts.queries import card_of
from server.accounts.schemas import Distance
from server.accounts.ties import lock_pair
from server.errors import Refused
from server.realtime.events import Logged
from server.realtime.log import record_each
from server.realtime.revoke import revoke
from server.realtime.topics import Topic, author, presence, user

AT_MOST = 500
"""People whom one person mutes or restricts."""

restrict_effects: list[Callable[[int, int], None]] = []
"""What the apps above do in the transaction in which somebody restricts another or does so no more:
called with (person, other). Their AppConfig.ready() adds to it."""


def mute(person_id: int, other_id: int, *, wanted: bool) -> Distance:
    """Hear this person, or not: their posts are in no feed of mine and no notice names them; what
    is theirs alone to show, their page, stays. They learn nothing.

    Raises Refused: not_found (also when they blocked me), forbidden (myself), full.
    """
    return _change(person_id, other_id, Muting, wanted)


def restrict(person_id: int, other_id: int, *, wanted: bool) -> Distance:
    """Show this person what I show to others of their kind, or only what everyone sees: not my
    presence and read marks either, and what they say under my posts from now on waits for me.

    Open pages of theirs are asked anew at once. Raises Refused like `mute`.
    """
    return _change(person_id, other_id, Restriction, wanted)


def _change(
    person_id: int, other_id: int, model: type[Muting] | type[Restriction], wanted: bool
) -> Distance:
    """Both people are locked, as for every tie: what the other does at this moment comes before or
    after as a whole."""
    if person_id == other_id:
        raise Refused("forbidden", "This is yourself.")
    with transaction.atomic():
        other = lock_pair(person_id, other_id)[other_id]
        if Block.objects.filter(blocker=other_id, blocked=person_id).exists():
            raise Refused("not_found")
        rows = model.objects.filter(person=person_id)
        if changed := rows.filter(other=other_id).exists() is not wanted:
            if wanted and rows.count() >= AT_MOST:
                raise Refused("full", f"{AT_MOST} people are kept at a distance already.")
            if wanted:
                model.objects.create(person_id=person_id, other_id=other_id)
            else:
                rows.filter(other=other_id).delete()
        view = Distance(
            person=card_of(other),
            muted=Muting.objects.filter(person=person_id, other=other_id).exists(),
            restricted=Restriction.objects.filter(person=person_id, other=other_id).exists(),
        )
        if changed:
            _tell(person_id, other_id, view, model is Restriction, wanted)
    return view


def _tell(person_id: int, other_id: int, view: Distance, shown: bool, wanted: bool) -> None:
    told: dict[Topic, Logged] = {user(person_id): DistanceChanged(distance=view)}
    if shown:
        for effect in restrict_effects:
            effect(person_id, other_id)
        if wanted:
            revoke(author(person_id), other_id)
            revoke(presence(person_id), other_id)
        elif watchable_public([other_id], [person_id]):  # a stranger sees what they saw
            told[user(other_id)] = MoreShown(person_id=person_id)
    record_each(told)
