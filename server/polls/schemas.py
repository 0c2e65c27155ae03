"""Votes as the wire shows them, and what a person may ask and answer."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from server.accounts.schemas import PersonCard
from server.catalogue.schemas import ItemCard
from server.feed.schemas import PostText, Wanted
from server.media.schemas import PictureView
from server.schema import ClientId, Id, Milliseconds, Shape

VOTERS_SHOWN = 12

Choice = Literal["single", "multiple"]
Names = Literal["named", "secret"]
Hand = Literal["deadline", "author", "owner"]
"""What closed a vote; owner: the owner of the chat ended somebody else's vote."""

QUESTION_LENGTH = 300
OPTION_LENGTH = 200
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=OPTION_LENGTH)]


class OptionView(Shape):
    """One option and its count. `voters` is empty for a secret vote, else the first twelve."""

    id: Id
    text: str
    picture: PictureView | None
    item: ItemCard | None
    votes: int
    voters: list[PersonCard]


class Poll(Shape):
    """A vote as everyone who may see it sees it; version only grows."""

    id: Id
    version: int
    author: PersonCard
    room_id: Id | None
    post_id: Id | None
    question: str
    choice: Choice
    names: Names
    options: list[OptionView]
    voted: int
    """How many people have a ballot in."""
    eligible: int | None
    """How many may vote, when that is known (a chat's members)."""
    deadline: Milliseconds | None
    closed_at: Milliseconds | None
    closed_by: Hand | None
    created_at: Milliseconds


class Ballot(Shape):
    """My own choice; revision only grows, choices are empty when withdrawn or never given."""

    poll_id: Id
    choices: list[Id]
    revision: int
    at: Milliseconds | None


class PollEntry(Shape):
    """A vote with what is mine in it."""

    poll: Poll
    mine: Ballot
    may_close: bool


class Asked(Shape):
    """Whether I ever asked for a vote, be it closed or taken back by now."""

    ever: bool


class PollList(Shape):
    """Votes by id, or the open votes I may take part in, those ending first first."""

    polls: list[PollEntry]
    next: str | None = None


class VoterChoice(Shape):
    """Who decided what, in a named vote."""

    person: PersonCard
    choices: list[Id]
    at: Milliseconds


class BallotList(Shape):
    """All ballots of a named vote, in the order they came."""

    ballots: list[VoterChoice]
    next: str | None


class OptionDraft(Shape):
    """An option: a picture, an item or words."""

    text: Words = ""
    picture_id: Id | None = None
    item_id: Id | None = None

    @model_validator(mode="after")
    def something(self) -> Self:
        """An option without anything cannot be told from the others."""
        if not self.text and self.picture_id is None and self.item_id is None:
            raise ValueError("an option needs words, a picture or an item")
        if self.picture_id is not None and self.item_id is not None:
            raise ValueError("an option shows a picture or an item, not both")
        return self


class InRoom(Shape):
    """Ask in a chat."""

    kind: Literal["room"] = "room"
    room_id: Id


class InFeed(Shape):
    """Ask in a post."""

    kind: Literal["feed"] = "feed"
    text: PostText = ""
    audience: Wanted


class PollDraft(Shape):
    """A new vote. `closes_in` is seconds from now, by the database's clock; null = until closed."""

    client_id: ClientId
    place: Annotated[InRoom | InFeed, Field(discriminator="kind")]
    question: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=QUESTION_LENGTH),
    ]
    choice: Choice = "single"
    names: Names = "named"
    options: Annotated[list[OptionDraft], Field(min_length=2, max_length=20)]
    closes_in: Annotated[int, Field(ge=10, le=32 * 86_400)] | None = None


class BallotDraft(Shape):
    """My choice: one option for a single vote, at least one for a multiple vote."""

    poll_id: Id
    choices: Annotated[list[Id], Field(min_length=1, max_length=20)]
