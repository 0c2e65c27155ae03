"""Votes: asked, answered, and some of them closed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from server.demo.script import span
from server.demo.seeding.drawings import client_id
from server.demo.seeding.world import LAST, Acts, World
from server.demo.stories.shapes import Choice, Vote
from server.demo.stories.votes import VOTES
from server.polls import services as polls
from server.polls.schemas import BallotDraft, InFeed, InRoom, OptionDraft, Poll, PollDraft

BY_KEY = {vote.key: vote for vote in VOTES}

Where = Callable[[], InRoom | InFeed]
"""The place, known only when the vote is asked."""


def vote_acts(world: World, vote: Vote, who: str, asked: datetime, where: Where) -> Acts:
    """A question and all its ballots, spread over the time it was open until now."""
    put: list[Poll] = []
    end = _deadline(world, vote, asked)
    yield asked, lambda: put.append(_ask(world, vote, who, where(), asked, end))
    closed = asked + span(vote.ended) if vote.ended else end
    until = min(closed or world.now, world.now) - LAST
    ballots = [ballot.split(":") for ballot in vote.ballots.split()]
    for place, (voter, places) in enumerate(ballots, 1):
        at = asked + (until - asked) * place / (len(ballots) + 1)
        yield at, partial(_vote, world.people[voter], put, places)
    if vote.ended:
        yield until + LAST, lambda: polls.close(world.people[who], put[0].id)


def _deadline(world: World, vote: Vote, asked: datetime) -> datetime | None:
    if vote.left:
        return world.now + span(vote.left)
    return asked + span(vote.lasted) if vote.lasted else None


def _ask(
    world: World,
    vote: Vote,
    who: str,
    place: InRoom | InFeed,
    asked: datetime,
    end: datetime | None,
) -> Poll:
    draft = PollDraft(
        client_id=client_id("vote", vote.key),
        place=place,
        question=vote.question,
        choice="multiple" if vote.multiple else "single",
        names="secret" if vote.secret else "named",
        options=[_option(world, who, choice, vote.key) for choice in vote.choices],
        closes_in=(end - asked) // timedelta(seconds=1) if end else None,
    )
    return polls.ask(world.people[who], draft).poll


def _option(world: World, who: str, choice: Choice, key: str) -> OptionDraft:
    pictures = (choice.picture,) if choice.picture else ()
    ids = world.pictures(who, pictures, f"option of {key}")
    return OptionDraft(
        text=choice.words,
        picture_id=ids[0] if ids else None,
        item_id=world.items[choice.item] if choice.item else None,
    )


def _vote(voter: int, put: list[Poll], places: str) -> None:
    [poll] = put
    chosen = [poll.options[int(place) - 1].id for place in places.split("+")]
    polls.vote(voter, BallotDraft(poll_id=poll.id, choices=chosen))
