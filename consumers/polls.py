"""Votes: the running tally, and my own ballot."""

from collections.abc import Collection

from consumers.channel import Channel, Command, Current, Pair
from server.polls import queries, services
from server.polls.events import BallotChanged, PollChanged
from server.polls.schemas import Ballot, BallotDraft
from server.realtime import topics
from server.schema import Id, Shape


class PollBody(Shape):
    """One vote."""

    poll_id: Id


def _withdraw(person_id: int, body: PollBody) -> Ballot:
    return services.withdraw(person_id, body.poll_id)


def _close(person_id: int, body: PollBody) -> None:
    services.close(person_id, body.poll_id)


def _states(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.poll(poll.id), poll.version, PollChanged(poll=poll))
        for poll in queries.poll_states(ids)
    ]


def _my_ballots(pairs: Collection[Pair]) -> list[Current]:
    return [
        Current(
            topics.user(person),
            ballot.revision,
            BallotChanged(ballot=ballot),
            key=str(ballot.poll_id),
        )
        for (person, _), ballot in queries.ballots(pairs).items()
    ]


channels = (
    Channel(
        "poll",
        commands=(
            Command("poll.vote", BallotDraft, Ballot, services.vote, services.vote_all),
            Command("poll.withdraw", PollBody, Ballot, _withdraw),
            Command("poll.close", PollBody, None, _close),
        ),
        shared=_states,
        mine=_my_ballots,
    ),
)
