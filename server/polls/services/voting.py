"""Ballots: any number, of any people, in one transaction.

A busy worker hands over what arrived meanwhile, everybody else one ballot: the same road. Ten
thousand people who answer one question within seconds take its lock a few hundred times.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from server.chat.services import hold_seats
from server.deeds import Deed, did, undid
from server.errors import Refused
from server.happenings import Happening, happened
from server.polls import policies, queries, schemas
from server.polls.events import BallotChanged
from server.polls.models import Ballot, BallotChoice, Option, Poll
from server.polls.services.standing import is_over, tell
from server.realtime import topics
from server.realtime.clock import now
from server.realtime.log import current_auths
from server.realtime.snapshots import publish_state
from server.rows import run_with_rows
from server.together import answer, together_or_each

Outcome = schemas.Ballot | Refused

_COUNT = """
    UPDATE polls_option SET votes = votes + given.more
    FROM {given} WHERE polls_option.id = given.id
"""
_COUNTED = (("id", "bigint"), ("more", "bigint"))

_TURN = """
    UPDATE polls_poll SET version = version + given.turns, voted = voted + given.more
    FROM {given} WHERE polls_poll.id = given.id
"""
_TURNED = (("id", "bigint"), ("turns", "bigint"), ("more", "bigint"))


@dataclass(frozen=True, slots=True)
class Change:
    """Whose ballot shall say what; no options: it is taken back."""

    person_id: int
    poll_id: int
    choices: Sequence[int]


@dataclass(slots=True)
class Box:
    """A locked vote, and what becomes of its totals."""

    row: Poll
    turns: int = 0
    voted: int = 0
    votes: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Paper:
    """A ballot being changed: the row, what the tables say, and what it shall say."""

    row: Ballot
    had: dict[int, int]
    """option -> row of BallotChoice"""
    wants: list[int]
    touched: bool = False


def vote(person_id: int, draft: schemas.BallotDraft) -> schemas.Ballot:
    """Give or change one's ballot. The same choices again change nothing, also after the close.

    Raises Refused: not_found, forbidden (across a block), bad_field (options of another vote,
    several in a single vote), closed (by hand, or its deadline has come by the database's clock).
    """
    return answer(_alone(_of_draft(person_id, draft)))


def vote_all(said: Sequence[tuple[int, schemas.BallotDraft]]) -> Sequence[Outcome]:
    """Ballots with the people who give them, in the order they came: for each what `vote` would
    return or raise. One transaction, and as many queries as for one."""
    changes = [_of_draft(person_id, draft) for person_id, draft in said]
    return together_or_each(changes, _together, _alone)


def withdraw(person_id: int, poll_id: int) -> schemas.Ballot:
    """Take one's ballot back. Raises Refused: not_found, forbidden, closed."""
    return answer(_alone(Change(person_id, poll_id, ())))


def _of_draft(person_id: int, draft: schemas.BallotDraft) -> Change:
    return Change(person_id, draft.poll_id, tuple(draft.choices))


def _alone(change: Change) -> Outcome:
    [outcome] = _together([change])
    return outcome


def _together(changes: Sequence[Change]) -> list[Outcome]:
    outcomes: list[Outcome | None] = list(_refusals(changes))
    open_ = [at for at, refused in enumerate(outcomes) if refused is None]
    if open_:
        with transaction.atomic():
            _change([(at, changes[at]) for at in open_], outcomes)
    return [outcome or Refused("internal") for outcome in outcomes]


def _refusals(changes: Sequence[Change]) -> list[Refused | None]:
    """What can be said before the lock, so that strangers never make voters wait."""
    people, ids = {one.person_id for one in changes}, {one.poll_id for one in changes}
    seen = policies.watchable(people, ids)
    wanted = {option for one in changes for option in one.choices}
    rows = Option.objects.filter(pk__among=wanted).values_list("pk", "poll_id", "poll__choice")
    known = {option: (poll_id, kind) for option, poll_id, kind in rows} if wanted else {}
    barred = policies.barred(people, ids)

    def refused(one: Change) -> Refused | None:
        if (one.person_id, one.poll_id) not in seen:
            return Refused("not_found")
        if one.poll_id in barred:
            return Refused("forbidden", "You cannot vote with this person.")
        return _wrong_options(one, known)

    return [refused(one) for one in changes]


def _wrong_options(change: Change, known: Mapping[int, tuple[int, str]]) -> Refused | None:
    chosen = change.choices
    kinds = {kind for option in chosen for poll_id, kind in [known.get(option, (0, ""))]}
    strange = any(known.get(option, (0, ""))[0] != change.poll_id for option in chosen)
    if strange or len(set(chosen)) != len(chosen):
        return Refused("bad_field", fields={"choices": "not options of this vote, each once"})
    if len(chosen) > 1 and "single" in kinds:
        return Refused("bad_field", fields={"choices": "choose exactly one"})
    return None


def _change(changes: Sequence[tuple[int, Change]], outcomes: list[Outcome | None]) -> None:
    """Under the votes' locks: no ballot slips in behind a close, and the counts go with the rows.
    They are taken in one order, or two workers could wait for each other."""
    ids = {one.poll_id for _, one in changes}
    locked = Poll.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    boxes = {row.pk: Box(row) for row in locked}
    rooms = {pk: box.row.room_id for pk, box in boxes.items() if box.row.room_id is not None}
    seated = [(one.person_id, rooms[one.poll_id]) for _, one in changes if one.poll_id in rooms]
    held = hold_seats(set(seated)) if seated else set()
    moment = now()  # read with the locks in hand, not when we began to wait for them
    voters = {one.person_id for _, one in changes}
    papers = _papers(Ballot.objects.filter(voter__among=voters, poll__among=ids))
    for at, one in changes:
        box = boxes.get(one.poll_id)
        room = rooms.get(one.poll_id)
        if box is None or (room is not None and (one.person_id, room) not in held):
            outcomes[at] = Refused("not_found")  # removed while we waited
            continue
        key = (one.poll_id, one.person_id)
        row = Ballot(poll_id=one.poll_id, voter_id=one.person_id, revision=0)
        paper = papers.setdefault(key, Paper(row, {}, []))
        if set(paper.wants) != set(one.choices):
            if is_over(box.row, moment):
                outcomes[at] = Refused("closed")
                continue
            _mark(box, paper, one.choices, moment)
        outcomes[at] = queries.ballot_view(paper.row, sorted(paper.wants))
    touched = [paper for paper in papers.values() if paper.touched]
    if touched:
        first = [paper.row for paper in touched if paper.row._state.adding]
        _save(touched)
        _count([box for box in boxes.values() if box.turns])
        happened(*(one for row in first for one in _given(row, boxes[row.poll_id].row)))
        open_votes = {pk for pk, box in boxes.items() if _may_be_told(box.row)}
        did(*(_deed(row) for row in first if row.poll_id in open_votes))
        back = [paper.row for paper in touched if paper.row.at is None]
        undid(*(_deed(row) for row in back if row.poll_id in open_votes))
        _tell(touched, boxes.values())


def _papers(rows: QuerySet[Ballot]) -> dict[tuple[int, int], Paper]:
    """The ballots as they are, by (vote, voter). Two queries."""
    found = {row.pk: row for row in rows}
    had: dict[int, dict[int, int]] = defaultdict(dict)
    if found:
        chosen = BallotChoice.objects.filter(ballot__among=found).values_list(
            "pk", "ballot", "option"
        )
        for pk, ballot, option in chosen:
            had[ballot][option] = pk
    return {
        (row.poll_id, row.voter_id): Paper(row, had[pk], list(had[pk])) for pk, row in found.items()
    }


def _mark(box: Box, paper: Paper, choices: Sequence[int], moment: datetime) -> None:
    before, after = set(paper.wants), set(choices)
    box.votes.update(after - before)
    box.votes.subtract(before - after)
    box.voted += bool(after) - bool(before)
    box.turns += 1
    paper.wants, paper.touched = list(choices), True
    paper.row.revision += 1
    paper.row.at = moment if after else None


def _save(papers: Sequence[Paper]) -> None:
    new = [paper.row for paper in papers if paper.row._state.adding]
    old = [paper.row for paper in papers if not paper.row._state.adding]
    Ballot.objects.bulk_create(new)
    Ballot.objects.bulk_update(old, ["revision", "at"])
    gone = [pk for paper in papers for option, pk in paper.had.items() if option not in paper.wants]
    if gone:
        BallotChoice.objects.filter(pk__in=gone).delete()
    BallotChoice.objects.bulk_create(
        BallotChoice(ballot=paper.row, option_id=option)
        for paper in papers
        for option in sorted(paper.wants)
        if option not in paper.had
    )


def _count(boxes: Collection[Box]) -> None:
    votes = [
        {"id": option, "more": more} for box in boxes for option, more in box.votes.items() if more
    ]
    if votes:
        run_with_rows(_COUNT, _COUNTED, votes)
    turns = [{"id": box.row.pk, "turns": box.turns, "more": box.voted} for box in boxes]
    run_with_rows(_TURN, _TURNED, turns)


def _given(row: Ballot, poll: Poll) -> list[Happening]:
    """Whoever asked is told of somebody's first ballot; in a secret vote not whose it is."""
    if row.voter_id == poll.author_id:
        return []
    if poll.names == "secret":
        return [Happening("vote", poll.author_id, poll.pk, row.pk, None)]
    return [Happening("vote", poll.author_id, poll.pk, row.voter_id, row.voter_id)]


def _may_be_told(poll: Poll) -> bool:
    """Of a secret vote nobody is told who took part, and what is in a chat stays there."""
    return poll.names == "named" and poll.post_id is not None


def _deed(row: Ballot) -> Deed:
    return Deed("vote", row.voter_id, row.poll_id)


def _tell(papers: Sequence[Paper], boxes: Collection[Box]) -> None:
    """The running tally soon, and to each voter's other devices the ballot itself: it is known
    here, and reading it again would cost a query for every vote."""
    for box in boxes:
        if box.turns:
            tell(box.row)
    mine = {paper.row.pk: topics.user(paper.row.voter_id) for paper in papers}
    versions = current_auths(set(mine.values()))
    for paper in papers:
        topic, row = mine[paper.row.pk], paper.row
        view = queries.ballot_view(row, sorted(paper.wants))
        publish_state(
            topic,
            row.revision,
            BallotChanged(ballot=view),
            key=str(row.poll_id),
            auth_version=versions[topic],
        )
