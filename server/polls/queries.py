"""Reading votes. A secret vote's ballots are only ever read for the voter who asks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from server.accounts.policies import muted_by, visible_people
from server.accounts.queries import cards, friend_ids
from server.accounts.schemas import PersonCard
from server.catalogue.queries import item_cards
from server.chat.policies import rooms_of
from server.errors import Refused
from server.feed.policies import visible_posts
from server.groups.policies import mine
from server.http import from_cursor, from_micros, to_cursor, to_micros
from server.lookups import FirstOfEach
from server.media.queries import picture_views
from server.polls import schemas
from server.polls.models import Ballot, BallotChoice, Option, Poll
from server.polls.policies import may_watch, owners, standing, unshown, watchable
from server.realtime.clock import millis

OPEN_A_PAGE = 20
BALLOTS_A_PAGE = 100

# Votes ---------------------------------------------------------------------------------------


def poll_states(ids: Collection[int]) -> list[schemas.Poll]:
    """The present state of those votes that still stand, without a reader. At most nine queries.

    The row with its version is read first, so a state is never older than its version says.
    """
    return _poll_views(list(standing().filter(pk__in=ids).select_related("room")))


def poll_entries(person_id: int, ids: Sequence[int]) -> list[schemas.PollEntry]:
    """Votes by id, in the order asked for; what the person may not see is left out.

    At most seventeen queries, whatever the number of votes.
    """
    allowed = {poll_id for _, poll_id in watchable([person_id], ids)}
    found = standing().select_related("room").in_bulk(allowed)
    return _entries(person_id, [found[poll_id] for poll_id in ids if poll_id in found])


def poll_entry(person_id: int, poll_id: int) -> schemas.PollEntry:
    """One vote. Raises Refused(not_found)."""
    if found := poll_entries(person_id, [poll_id]):
        return found[0]
    raise Refused("not_found")


def has_asked(person_id: int) -> schemas.Asked:
    """Whether somebody ever asked for a vote. One query."""
    return schemas.Asked(ever=Poll.objects.filter(author=person_id).exists())


def own_entry(person_id: int, poll_id: int) -> schemas.PollEntry:
    """One's own vote, whatever became of it: the answer to a repeated question."""
    rows = Poll.objects.filter(pk=poll_id, author=person_id).select_related("room")
    return _entries(person_id, list(rows))[0]


def open_votes(person_id: int, cursor: str | None = None) -> schemas.PollList:
    """The open votes of my chats, of my friends' and my posts and of my groups, those ending first
    first; then those without an end, the newest first. Raises Refused(bad_field) for a bad
    cursor."""
    still_open = standing().filter(Q(deadline=None) | Q(deadline__gt=Now()), closed_at=None)
    if after := from_cursor(cursor, int, int):
        still_open = still_open.filter(_beyond(*after))
    muted = set(muted_by(person_id).values_list("other", flat=True))
    people = [person_id, *(one for one in friend_ids(person_id) if one not in muted)]
    seen = visible_posts(person_id).filter(pk=OuterRef("post"))
    places = [
        Q(room__in=rooms_of(person_id)),
        Q(Exists(seen), Q(group=None) | Q(author=person_id), author__in=people),
        Q(
            Exists(seen.filter(audience="group")),
            ~Q(author__in=muted),
            group__in=mine(person_id).values("group"),
        ),
    ]
    # Three short lists by their own indexes instead of one walk over everybody's votes.
    found: dict[int, Poll] = {}
    for place in places:
        rows = still_open.filter(place).select_related("room")
        ending = rows.order_by("deadline", "-pk").filter(deadline__isnull=False)
        endless = rows.order_by("-pk").filter(deadline=None)
        for some in (ending, endless):
            found |= {row.pk: row for row in some[: OPEN_A_PAGE + 1]}
    far = datetime.max.replace(tzinfo=UTC)
    first = sorted(found.values(), key=lambda row: (row.deadline or far, -row.pk))
    more, shown = len(first) > OPEN_A_PAGE, first[:OPEN_A_PAGE]
    following = None
    if more:
        last = shown[-1]
        following = to_cursor(to_micros(last.deadline) if last.deadline else 0, last.pk)
    return schemas.PollList(polls=_entries(person_id, shown), next=following)


def _beyond(micros: int, poll_id: int) -> Q:
    """What comes after (deadline, id) in the order of open_votes; 0 = no deadline."""
    endless = Q(deadline=None)
    if micros == 0:
        return endless & Q(pk__lt=poll_id)
    moment = from_micros(micros)
    return Q(deadline__gt=moment) | Q(deadline=moment, pk__lt=poll_id) | endless


# Ballots -------------------------------------------------------------------------------------


def ballots_of(person_id: int, ids: Collection[int]) -> dict[int, schemas.Ballot]:
    """One person's own ballots by vote, an empty one where they never voted. Two queries."""
    pairs = [(person_id, poll_id) for poll_id in ids]
    return {poll_id: ballot for (_, poll_id), ballot in ballots(pairs).items()}


def ballots(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], schemas.Ballot]:
    """Own ballots by (person, vote), an empty one where they never voted. Two queries."""
    people, ids = {person for person, _ in pairs}, {poll_id for _, poll_id in pairs}
    rows = Ballot.objects.filter(voter__in=people, poll__in=ids)
    chosen = _choices(rows)
    found = {(row.voter_id, row.poll_id): ballot_view(row, chosen[row.pk]) for row in rows}
    return {
        (person, poll_id): found.get((person, poll_id))
        or schemas.Ballot(poll_id=poll_id, choices=[], revision=0, at=None)
        for person, poll_id in pairs
    }


def ballot_view(row: Ballot, choices: list[int]) -> schemas.Ballot:
    """A loaded ballot as its voter sees it."""
    return schemas.Ballot(
        poll_id=row.poll_id,
        choices=choices,
        revision=row.revision,
        at=millis(row.at) if row.at else None,
    )


def ballots_page(person_id: int, poll_id: int, cursor: str | None = None) -> schemas.BallotList:
    """Who decided what in a named vote, in the order they first voted.

    Raises Refused: not_found, forbidden (the vote is secret), bad_field (cursor).
    """
    if not may_watch(person_id, poll_id):
        raise Refused("not_found")
    if not Poll.objects.filter(pk=poll_id, names="named").exists():
        raise Refused("forbidden", "This vote is secret.")
    rows = Ballot.objects.filter(poll=poll_id, at__isnull=False, voter__is_active=True)
    # In a chat everybody sees everybody; under a post a block hides people from each other.
    seen = visible_people(person_id).filter(pk=OuterRef("voter"))
    rows = rows.filter(Exists(seen) | Q(poll__post=None))
    if after := from_cursor(cursor, int):
        rows = rows.filter(pk__gt=after[0])
    found = list(rows.order_by("pk")[: BALLOTS_A_PAGE + 1])
    more, found = len(found) > BALLOTS_A_PAGE, found[:BALLOTS_A_PAGE]
    chosen = _choices(found)
    people = cards({row.voter_id for row in found})
    return schemas.BallotList(
        ballots=[
            schemas.VoterChoice(
                person=people[row.voter_id], choices=chosen[row.pk], at=millis(row.at)
            )
            for row in found
            if row.at is not None
        ],
        next=to_cursor(found[-1].pk) if more else None,
    )


def voters(poll_id: int, after: int, limit: int) -> list[int]:
    """Some of those who have a ballot in, in id order, after this one. For telling each of them
    alone; who else is among them is nobody's business."""
    rows = Ballot.objects.filter(poll=poll_id, at__isnull=False, voter__gt=after)
    return list(rows.order_by("voter").values_list("voter_id", flat=True)[:limit])


def _choices(ballots: Iterable[Ballot]) -> dict[int, list[int]]:
    """The options on each ballot, in the vote's order. One query."""
    chosen: dict[int, list[int]] = defaultdict(list)
    rows = BallotChoice.objects.filter(ballot__in=[row.pk for row in ballots])
    for ballot_id, option_id in rows.order_by("option").values_list("ballot_id", "option_id"):
        chosen[ballot_id].append(option_id)
    return chosen


# Many rows as shapes -------------------------------------------------------------------------


def _entries(person_id: int, rows: Sequence[Poll]) -> list[schemas.PollEntry]:
    mine = ballots_of(person_id, [row.pk for row in rows])
    hosts = owners({row.room_id for row in rows if row.room_id is not None})
    return [
        schemas.PollEntry(
            poll=view,
            mine=mine[row.pk],
            may_close=row.closed_at is None
            and person_id in {row.author_id, hosts.get(row.room_id or 0)},
        )
        for row, view in zip(rows, _poll_views(rows), strict=True)
    ]


def _poll_views(rows: Sequence[Poll]) -> list[schemas.Poll]:
    """Loaded votes (with their rooms) as shapes. At most eight queries."""
    by_poll: dict[int, list[Option]] = defaultdict(list)
    options = list(Option.objects.filter(poll__in=[row.pk for row in rows]).order_by("place"))
    for option in options:
        by_poll[option.poll_id].append(option)
    voters = _first_voters([row for row in rows if row.names == "named"])
    people = cards({row.author_id for row in rows}.union(*voters.values()))
    pictures = picture_views({one.picture_id for one in options if one.picture_id})
    items = item_cards({one.item_id for one in options if one.item_id})
    return [
        _poll_view(
            row,
            people[row.author_id],
            [
                schemas.OptionView(
                    id=one.pk,
                    text=one.text,
                    picture=pictures.get(one.picture_id or 0),
                    item=items.get(one.item_id or 0),
                    votes=one.votes,
                    voters=[people[voter] for voter in voters.get(one.pk, [])],
                )
                for one in by_poll[row.pk]
            ],
        )
        for row in rows
    ]


def _poll_view(row: Poll, asker: PersonCard, options: list[schemas.OptionView]) -> schemas.Poll:
    return schemas.Poll(
        id=row.pk,
        version=row.version,
        author=asker,
        room_id=row.room_id,
        post_id=row.post_id,
        question=row.question,
        choice=cast(schemas.Choice, row.choice),
        names=cast(schemas.Names, row.names),
        options=options,
        voted=row.voted,
        eligible=row.room.member_count if row.room else None,
        deadline=millis(row.deadline) if row.deadline else None,
        closed_at=millis(row.closed_at) if row.closed_at else None,
        closed_by=cast(schemas.Hand | None, row.closed_by),
        created_at=millis(row.created_at),
    )


def _first_voters(named: Collection[Poll]) -> dict[int, list[int]]:
    """The first voters of each option of these votes, which must not be secret, less those who
    must not be named there. One query, and in the feed those of `unshown`."""
    chosen: QuerySet[BallotChoice] = BallotChoice.objects.filter(
        option=OuterRef("pk"), ballot__voter__is_active=True
    )
    first = chosen.order_by("pk").values(value=F("ballot__voter_id"))[: schemas.VOTERS_SHOWN]
    options = Option.objects.filter(
        poll__in=[row.pk for row in named], poll__names="named", votes__gt=0
    )
    rows = options.annotate(voters=FirstOfEach(first)).values_list("pk", "poll_id", "voters")
    found = [(option, poll, voters or []) for option, poll, voters in rows]
    posts = {row.pk: row.post_id for row in named if row.post_id is not None}
    in_feed: dict[int, set[int]] = defaultdict(set)
    for _, poll, voters in found:
        if poll in posts:
            in_feed[posts[poll]] |= set(voters)
    hidden = unshown(in_feed)
    return {
        option: [voter for voter in voters if voter not in hidden.get(posts.get(poll, 0), ())]
        for option, poll, voters in found
    }
