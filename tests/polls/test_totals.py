"""Whatever sequence of votes, changes and withdrawals: totals equal the ballots and the model."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.errors import Refused
from server.polls import queries, services
from server.polls.models import Ballot, Poll
from server.polls.schemas import BallotDraft
from tests.factories import person, vote_in_feed
from tests.polls.tally import exact

STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.one_of(st.none(), st.sets(st.integers(0, 3), min_size=1))),
    max_size=20,
)
"""(who, places chosen, or None to withdraw)"""


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(
    choice=st.sampled_from(["single", "multiple"]),
    names=st.sampled_from(["named", "secret"]),
    steps=STEPS,
    close_after=st.integers(0, 30),
)
def test_totals_follow_the_ballots(
    choice: str, names: str, steps: list[tuple[int, set[int] | None]], close_after: int
) -> None:
    asker, *people = [person() for _ in range(5)]
    entry = vote_in_feed(asker, "everyone", list("abcd"), choice=choice, names=names)
    poll_id, options = entry.poll.id, [option.id for option in entry.poll.options]
    expected: dict[int, set[int]] = {}
    revisions: Counter[int] = Counter()
    version, closed = entry.poll.version, False
    for step, (who, places) in enumerate(steps):
        if step == close_after:
            services.close(asker.pk, poll_id)
            version, closed = version + 1, True
        voter = people[who].pk
        wanted = {options[place] for place in places or ()}
        changes = wanted != expected.get(voter, set())
        fits = choice == "multiple" or len(wanted) <= 1
        try:
            if places is None:
                mine = services.withdraw(voter, poll_id)
            else:
                draft = BallotDraft(poll_id=poll_id, choices=sorted(wanted))
                mine = services.vote(voter, draft)
        except Refused as refusal:
            assert refusal.code.name == ("closed" if fits else "bad_field")
            assert not fits or (closed and changes)
        else:
            assert fits and not (closed and changes)
            expected[voter] = wanted
            revisions[voter] += changes
            version += changes
            assert (set(mine.choices), mine.revision) == (wanted, revisions[voter])
            assert (mine.at is None) == (not wanted)
    assert exact(poll_id) == Counter(option for chosen in expected.values() for option in chosen)
    row = Poll.objects.get(pk=poll_id)
    assert (row.version, row.voted) == (version, sum(map(bool, expected.values())))
    assert Ballot.objects.filter(poll=poll_id).count() == sum(map(bool, revisions.values()))
    before = queries.poll_states([poll_id])[0]
    assert services.recount(poll_id) == before
