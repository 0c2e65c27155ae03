"""Many ballots at once: each with the answer it would have had alone, and totals that are exact."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Any

import orjson
import pytest

from server.accounts.models import User
from server.errors import Refused
from server.polls import services
from server.polls.models import Ballot as Row
from server.polls.schemas import Ballot, BallotDraft, PollEntry
from server.polls.services import voting
from server.realtime.topics import user
from tests.factories import friends, group_room, person, vote_in_room
from tests.polls.tally import exact, votes
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def house(size: int) -> tuple[list[User], int]:
    owner, *others = [person() for _ in range(size)]
    for other in others:
        friends(owner, other)
    return [owner, *others], group_room(owner, *others)


def draft(entry: PollEntry, *places: int) -> BallotDraft:
    return BallotDraft(
        poll_id=entry.poll.id, choices=[entry.poll.options[place].id for place in places]
    )


def code(outcome: Ballot | Refused) -> str:
    return outcome.code.name if isinstance(outcome, Refused) else "ok"


def test_each_gets_the_answer_it_would_have_had_alone() -> None:
    people, room = house(4)
    one, many = vote_in_room(people[0], room), vote_in_room(people[1], room, choice="multiple")
    over = vote_in_room(people[2], room)
    services.vote(people[0].pk, draft(over, 0))
    services.close(people[2].pk, over.poll.id)
    a, b, c, d = [one.pk for one in people]
    stranger = person().pk
    said = [
        (a, draft(one, 0)),
        (b, draft(one, 1)),
        (c, draft(many, 0, 1)),
        (stranger, draft(one, 0)),
        (
            a,
            BallotDraft(
                poll_id=one.poll.id, choices=[one.poll.options[0].id, one.poll.options[1].id]
            ),
        ),
        (a, BallotDraft(poll_id=one.poll.id, choices=[many.poll.options[0].id])),
        (a, BallotDraft(poll_id=10**9, choices=[one.poll.options[0].id])),
        (b, draft(over, 0)),
        (a, draft(over, 0)),
        (b, draft(one, 0)),
        (b, draft(one, 0)),
        (d, draft(many, 1)),
    ]
    outcomes = services.vote_all(said)
    assert [code(outcome) for outcome in outcomes] == [
        *["ok", "ok", "ok", "not_found", "bad_field", "bad_field", "not_found"],
        *["closed", "ok", "ok", "ok", "ok"],
    ]
    shown = [(o.choices, o.revision) for o in outcomes if isinstance(o, Ballot)]
    options, others = [o.id for o in one.poll.options], [o.id for o in many.poll.options]
    assert shown == [
        ([options[0]], 1),
        ([options[1]], 1),
        (others[:2], 1),
        ([over.poll.options[0].id], 1),
        ([options[0]], 2),
        ([options[0]], 2),
        ([others[1]], 1),
    ]
    assert votes(one)[:2] == [2, 0] and votes(many)[:2] == [1, 2] and votes(over)[0] == 1
    for entry in (one, many, over):
        exact(entry.poll.id)


def test_together_and_one_by_one_come_to_the_same() -> None:
    people, room = house(6)
    three = ("Tea", "Coffee", "Water")
    first = vote_in_room(people[0], room, three, choice="multiple")
    second = vote_in_room(people[0], room, three, choice="multiple")
    dice = Random(7)
    said = [(dice.choice(people), dice.sample(range(3), dice.randint(1, 3))) for _ in range(60)]
    services.vote_all([(who.pk, draft(first, *places)) for who, places in said])
    for who, places in said:
        services.vote(who.pk, draft(second, *places))
    assert votes(first) == votes(second)
    rows = [
        list(Row.objects.filter(poll=e.poll.id).order_by("voter").values_list("voter", "revision"))
        for e in (first, second)
    ]
    assert rows[0] == rows[1]
    for entry in (first, second):
        exact(entry.poll.id)


def test_many_workers_count_exactly() -> None:
    people, room = house(24)
    entries = [vote_in_room(people[0], room) for _ in range(3)]
    calls = []
    for turn in range(8):
        order = entries if turn % 2 else entries[::-1]
        said = [(who.pk, draft(e, (n + turn) % 2)) for e in order for n, who in enumerate(people)]
        calls.append(partial(services.vote_all, said))
    for result in at_once(calls):
        assert {code(outcome) for outcome in result} == {"ok"}
    for entry in entries:
        assert sum(votes(entry)) == 24
        exact(entry.poll.id)


def test_one_that_cannot_be_counted_takes_nobody_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    people, room = house(3)
    entry = vote_in_room(people[0], room)
    save = voting._save

    def poisoned(papers: Any) -> None:
        if any(paper.row.voter_id == people[1].pk for paper in papers):
            raise ZeroDivisionError
        save(papers)

    monkeypatch.setattr(voting, "_save", poisoned)
    outcomes = services.vote_all([(who.pk, draft(entry, 0)) for who in people])
    assert [code(outcome) for outcome in outcomes] == ["ok", "internal", "ok"]
    assert votes(entry)[0] == 2
    exact(entry.poll.id)


def test_each_voter_hears_of_their_own_ballot_and_all_of_the_tally_once(transport: Any) -> None:
    people, room = house(5)
    entry = vote_in_room(people[0], room)
    transport.published.clear()
    services.vote_all([(who.pk, draft(entry, 1)) for who in people])
    told = [(one.topic, orjson.loads(one.text)) for one in transport.published]
    tally = [event for topic, event in told if topic == f"poll:{entry.poll.id}"]
    assert [event["data"]["poll"]["voted"] for event in tally] == [5]
    mine = {t: e for t, e in told if t != f"poll:{entry.poll.id}"}
    assert mine.keys() == {str(user(who.pk)) for who in people}
    for event in mine.values():
        assert (event["type"], event["version"]) == ("ballot.changed", 1)
        assert event["data"]["ballot"]["choices"] == [entry.poll.options[1].id]


def test_fifty_ballots_cost_as_many_queries_as_a_few(
    django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asked is told of it after the commit, of many votes together: that is not counted."""
    monkeypatch.setattr("server.notices.services.refresh_on_commit", lambda *_: None)
    people, room = house(50)
    few, many = vote_in_room(people[0], room), vote_in_room(people[0], room)
    with django_assert_max_num_queries(25) as cost:
        services.vote_all([(who.pk, draft(few, n % 2)) for n, who in enumerate(people[:2])])
    with django_assert_max_num_queries(len(cost)):
        services.vote_all([(who.pk, draft(many, n % 2)) for n, who in enumerate(people)])
