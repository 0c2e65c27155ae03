"""The end of a vote, by hand or by its deadline; and its totals, made true again."""

from django.db import transaction
from django.db.models import Count, F
from django.db.models.functions import Now

from server.errors import Refused
from server.polls import policies, queries, schemas
from server.polls.models import BallotChoice, Option, Poll
from server.polls.services.standing import check_seen, is_due, tell, tell_closed
from server.realtime.clock import now

DUE_AT_ONCE = 500
"""Votes announced in one round; the next round is a second later."""


def close(person_id: int, poll_id: int) -> schemas.PollEntry:
    """End a vote of one's own or in one's own chat, for good; closing twice is closing once.

    Raises Refused: not_found, forbidden.
    """
    check_seen(person_id, poll_id)
    with transaction.atomic():
        row = Poll.objects.select_for_update(no_key=True).get(pk=poll_id)
        hand = policies.closing_hand(person_id, row)
        if hand is None:
            raise Refused("forbidden", "Only who asked, or the chat's owner, may close the vote.")
        moment = now()
        if row.closed_at is None:
            if is_due(row, moment):
                moment, hand = row.deadline or moment, "deadline"
            Poll.objects.filter(pk=poll_id).update(
                closed_at=moment, closed_by=hand, version=F("version") + 1
            )
            tell(row)
            tell_closed(row, person_id if hand != "deadline" else None)
    return queries.poll_entry(person_id, poll_id)


def announce_due() -> int:
    """Tell everyone of the votes whose deadline has come; returns how many were told now.

    They take no ballots already: this only says so. Many workers may run it at once: each vote
    is closed by whoever comes first.
    """
    due = Poll.objects.filter(closed_at=None, deadline__lte=Now(), published=True)
    told = 0
    rows = list(due.order_by("deadline")[:DUE_AT_ONCE])
    there = set(
        policies.standing().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    for row in rows:
        with transaction.atomic():
            closed = due.filter(pk=row.pk).update(
                closed_at=F("deadline"), closed_by="deadline", version=F("version") + 1
            )
            if closed:
                tell(row)
                if row.pk in there:  # of one that was taken back nobody is told
                    tell_closed(row, None)
        told += closed
    return told


def recount(poll_id: int) -> schemas.Poll:
    """Make a vote's totals equal its ballots again, whatever happened to them; returns it."""
    with transaction.atomic():
        row = Poll.objects.select_for_update(no_key=True).get(pk=poll_id)
        options = Option.objects.filter(poll=poll_id)
        kept = dict(options.values_list("pk", "votes"))
        chosen = BallotChoice.objects.filter(option__poll=poll_id)
        counted = dict.fromkeys(kept, 0) | dict(
            chosen.values_list("option").annotate(Count("pk")).order_by()
        )
        voted = chosen.values("ballot").distinct().count()
        if counted != kept or voted != row.voted:
            for option, votes in counted.items():
                options.filter(pk=option).update(votes=votes)
            Poll.objects.filter(pk=poll_id).update(version=F("version") + 1, voted=voted)
            tell(row)
    [view] = queries.poll_states([poll_id])
    return view
