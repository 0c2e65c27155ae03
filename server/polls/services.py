"""Asking, voting and closing. Every verb may be repeated and then changes nothing."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Case, Count, F, When
from django.db.models.functions import Now

from server.catalogue.queries import item_cards
from server.chat.services import post_poll
from server.errors import Refused
from server.feed.schemas import PostBody
from server.feed.services import publish
from server.media.services import attach
from server.polls import policies, queries, schemas
from server.polls.events import BallotChanged, PollChanged
from server.polls.models import Ballot, BallotChoice, Option, Poll
from server.realtime import topics
from server.realtime.clock import now
from server.realtime.snapshots import refresh
from server.schema import digest
from server.text import clean_words

DUE_AT_ONCE = 500
"""Votes announced in one round; the next round is a second later."""

# Asking --------------------------------------------------------------------------------------


def ask(person_id: int, draft: schemas.PollDraft) -> schemas.PollEntry:
    """Put a vote into a chat (as a message) or into the feed (as a post), in one transaction.

    A retry returns the same vote. Raises Refused: bad_field (no such item, not own unused
    pictures), altered_replay, and what the chat says to somebody who may not write there.
    """
    content = digest(draft)
    with transaction.atomic():
        row, created = Poll.objects.get_or_create(
            author_id=person_id,
            client_id=draft.client_id,
            defaults={
                "digest": content,
                "question": clean_words(draft.question, schemas.QUESTION_LENGTH, field="question"),
                "choice": draft.choice,
                "names": draft.names,
                "deadline": now() + timedelta(seconds=draft.closes_in) if draft.closes_in else None,
            },
        )
        if created:
            _add_options(person_id, row, draft.options)
            _place(person_id, row, draft)
    if row.digest != content:
        raise Refused("altered_replay")
    return queries.own_entry(person_id, row.pk)


def _add_options(person_id: int, row: Poll, drafts: list[schemas.OptionDraft]) -> None:
    items = {one.item_id for one in drafts if one.item_id is not None}
    if items - item_cards(items).keys():
        raise Refused("bad_field", fields={"options": "no such item"})
    pictures = [one.picture_id for one in drafts if one.picture_id is not None]
    attach(person_id, pictures, topics.poll(row.pk))
    Option.objects.bulk_create(
        Option(
            poll=row,
            place=place,
            text=_words(one),
            picture_id=one.picture_id,
            item_id=one.item_id,
        )
        for place, one in enumerate(drafts)
    )


def _words(one: schemas.OptionDraft) -> str:
    anything_else = one.picture_id is not None or one.item_id is not None
    return clean_words(one.text, schemas.OPTION_LENGTH, field="options", optional=anything_else)


def _place(person_id: int, row: Poll, draft: schemas.PollDraft) -> None:
    place = draft.place
    if isinstance(place, schemas.InRoom):
        sent = post_poll(person_id, place.room_id, row.pk, draft.client_id)
        where = {"room_id": place.room_id, "message_id": sent.message_id}
    else:
        body = PostBody(client_id=draft.client_id, text=place.text, audience=place.audience)
        where = {"post_id": publish(person_id, body, poll_id=row.pk).post.id}
    Poll.objects.filter(pk=row.pk).update(published=True, **where)


# Voting --------------------------------------------------------------------------------------


def vote(person_id: int, draft: schemas.BallotDraft) -> schemas.Ballot:
    """Give or change one's ballot. The same choices again change nothing, also after the close.

    Raises Refused: not_found, bad_field (options of another vote, several in a single vote),
    closed (by hand, or its deadline has come by the database's clock).
    """
    _check_seen(person_id, draft.poll_id)
    wanted = _known_options(draft)
    return _change_ballot(person_id, draft.poll_id, wanted)


def withdraw(person_id: int, poll_id: int) -> schemas.Ballot:
    """Take one's ballot back. Raises Refused: not_found, closed."""
    _check_seen(person_id, poll_id)
    return _change_ballot(person_id, poll_id, set())


def _check_seen(person_id: int, poll_id: int) -> None:
    """Before the lock, so that strangers never make voters wait."""
    if not policies.may_watch(person_id, poll_id):
        raise Refused("not_found")


def _known_options(draft: schemas.BallotDraft) -> set[int]:
    wanted = set(draft.choices)
    options = Option.objects.filter(poll=draft.poll_id, pk__in=wanted)
    known = list(options.values_list("pk", "poll__choice"))
    if len(known) != len(draft.choices):
        raise Refused("bad_field", fields={"choices": "not options of this vote, each once"})
    if len(known) > 1 and known[0][1] == "single":
        raise Refused("bad_field", fields={"choices": "choose exactly one"})
    return wanted


def _change_ballot(person_id: int, poll_id: int, wanted: set[int]) -> schemas.Ballot:
    """Under the poll's lock: no ballot slips in behind a close, and the counts go with the rows."""
    with transaction.atomic():
        row = Poll.objects.select_for_update(no_key=True).get(pk=poll_id)
        moment = now()  # read with the lock in hand, not when we began to wait for it
        mine = Ballot.objects.filter(poll=row, voter=person_id).first()
        had = _choices(mine) if mine else set()
        mine = mine or Ballot(poll=row, voter_id=person_id, revision=0)
        if wanted != had:
            if _is_over(row, moment):
                raise Refused("closed")
            mine.revision, mine.at = mine.revision + 1, moment if wanted else None
            mine.save()
            _move(row, mine, had, wanted)
            _tell(row)
            load = partial(_ballot_now, person_id, poll_id)
            refresh(topics.user(person_id), BallotChanged, load, key=str(poll_id))
        return queries.ballot_view(mine, sorted(wanted))


def _choices(mine: Ballot) -> set[int]:
    return set(BallotChoice.objects.filter(ballot=mine).values_list("option_id", flat=True))


def _move(row: Poll, mine: Ballot, had: set[int], wanted: set[int]) -> None:
    if gone := had - wanted:
        BallotChoice.objects.filter(ballot=mine, option__in=gone).delete()
    BallotChoice.objects.bulk_create(
        BallotChoice(ballot=mine, option_id=option) for option in sorted(wanted - had)
    )
    Option.objects.filter(pk__in=had ^ wanted).update(
        votes=Case(When(pk__in=wanted, then=F("votes") + 1), default=F("votes") - 1)
    )
    Poll.objects.filter(pk=row.pk).update(
        version=F("version") + 1, voted=F("voted") + (bool(wanted) - bool(had))
    )


def _is_over(row: Poll, moment: datetime) -> bool:
    return row.closed_at is not None or _is_due(row, moment)


def _is_due(row: Poll, moment: datetime) -> bool:
    return row.deadline is not None and row.deadline <= moment


# Closing -------------------------------------------------------------------------------------


def close(person_id: int, poll_id: int) -> schemas.PollEntry:
    """End a vote of one's own or in one's own chat, for good; closing twice is closing once.

    Raises Refused: not_found, forbidden.
    """
    _check_seen(person_id, poll_id)
    with transaction.atomic():
        row = Poll.objects.select_for_update(no_key=True).get(pk=poll_id)
        hand = policies.closing_hand(person_id, row)
        if hand is None:
            raise Refused("forbidden", "Only who asked, or the chat's owner, may close the vote.")
        moment = now()
        if row.closed_at is None:
            if _is_due(row, moment):
                moment, hand = row.deadline or moment, "deadline"
            Poll.objects.filter(pk=poll_id).update(
                closed_at=moment, closed_by=hand, version=F("version") + 1
            )
            _tell(row)
    return queries.poll_entry(person_id, poll_id)


def announce_due() -> int:
    """Tell everyone of the votes whose deadline has come; returns how many were told now.

    They take no ballots already: this only says so. Many workers may run it at once: each vote
    is closed by whoever comes first.
    """
    due = Poll.objects.filter(closed_at=None, deadline__lte=Now(), published=True)
    told = 0
    for row in list(due.order_by("deadline")[:DUE_AT_ONCE]):
        with transaction.atomic():
            closed = due.filter(pk=row.pk).update(
                closed_at=F("deadline"), closed_by="deadline", version=F("version") + 1
            )
            if closed:
                _tell(row)
        told += closed
    return told


# Shared --------------------------------------------------------------------------------------


def _tell(row: Poll) -> None:
    refresh(
        topics.poll(row.pk),
        PollChanged,
        partial(_poll_now, row.pk),
        authority=policies.authority(row),
    )


def _poll_now(poll_id: int) -> tuple[int, PollChanged] | None:
    for view in queries.poll_states([poll_id]):
        return view.version, PollChanged(poll=view)
    return None


def _ballot_now(person_id: int, poll_id: int) -> tuple[int, BallotChanged]:
    mine = queries.ballots_of(person_id, [poll_id])[poll_id]
    return mine.revision, BallotChanged(ballot=mine)


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
            _tell(row)
    [view] = queries.poll_states([poll_id])
    return view
