"""Sharing as the wire shows it, and what a person may say about it."""

from typing import Annotated, Literal

from pydantic import Field

from server.accounts.schemas import PersonCard
from server.catalogue.schemas import ItemCard
from server.chat.schemas import RoomCard
from server.feed.readers import Reader
from server.feed.schemas import Audience as OfPost
from server.feed.schemas import OfMine as Audience
from server.feed.schemas import PostEntry
from server.feed.schemas import WantedOfMine as Wanted
from server.groups.schemas import GroupCard
from server.schema import Id, Milliseconds, Shape
from server.sharing.kinds import Kind

__all__ = ["Audience", "Kind"]


class ConsentText(Shape):
    """What one reads before saying so, in both languages."""

    version: int
    en: str
    zh: str


class SharedKind(Shape):
    """A kind of sharing and whom it is for now. here: it can be chosen; what the product does not
    have yet is for nobody. delay: seconds in which it can be taken back before anybody sees it.
    since: when I last said so."""

    kind: Kind
    here: bool
    audience: Audience
    list_id: Id | None
    audiences: list[Audience]
    delay: int
    text: ConsentText | None
    since: Milliseconds | None


class SharingView(Shape):
    """What is shared by itself, kind by kind."""

    kinds: list[SharedKind]


class ConsentDraft(Shape):
    """Whom a kind is for from now on; text: the version of the words that were shown."""

    audience: Wanted
    text: Annotated[int, Field(ge=1, lt=1_000)]


class ConsentView(Shape):
    """One line of my ledger. list_name: while that list is there. text: the version of the words; 0
    when it was said by a switch elsewhere, -1 when the list was deleted."""

    kind: Kind
    audience: Audience
    list_name: str | None
    text: int
    at: Milliseconds


class PollLine(Shape):
    """A vote that somebody took part in; what they chose is not said."""

    id: Id
    question: str


class ActivityView(Shape):
    """Something a person did that is shown by itself, as those see it whom it is for. id: 0 for an
    example. One of item, poll and group is there, by kind. audience: as the person chose it; at:
    when others could first see it."""

    id: Annotated[int, Field(ge=0, lt=2**53)]
    kind: Kind
    person: PersonCard
    item: ItemCard | None
    poll: PollLine | None
    group: GroupCard | None
    audience: Audience
    at: Milliseconds


class ActivityPage(Shape):
    """What my friends and I did that is shown by itself, the newest first."""

    activities: list[ActivityView]
    next: str | None


class OwnActivity(Shape):
    """Something of mine: as others see it, how it stands, when it will be shown, and how many were
    shown it so far."""

    activity: ActivityView
    state: Literal["waiting", "shown", "undone", "dropped"]
    list_name: str | None
    due_at: Milliseconds
    seen_by: int


class OwnPage(Shape):
    """Mine, the newest first, taken back or not."""

    activities: list[OwnActivity]
    next: str | None


SharedSort = Literal["post", "reshare", "vote", "comment", "ballot", "activity", "group"]
"""What I posted, showed on, asked, commented, voted for by name, did that is shown by itself, and
groups that I am in."""


class SharedThing(Shape):
    """Something of mine that others could see. id: of the post, the comment, the vote (also of a
    ballot), the activity or the membership. audience: who sees it now; room: who is in that chat;
    null: who sees a place that I do not see any more. post: it, or what it stands under, is asked
    or voted on in. message_id: with the vote, in a chat. undo: it can be taken back here."""

    kind: SharedSort
    id: Id
    at: Milliseconds
    text: str
    audience: OfPost | Literal["room"] | None
    list_name: str | None
    post: PostEntry | None
    poll: PollLine | None
    room: RoomCard | None
    message_id: Id | None
    group: GroupCard | None
    activity: OwnActivity | None
    undo: bool


class SharedPage(Shape):
    """A week of mine that others could see, the newest first. since: where the week begins;
    earlier: where the one before it ends, null when I was not here then."""

    things: list[SharedThing]
    since: Milliseconds
    earlier: Milliseconds | None
    next: str | None


class Viewer(Shape):
    """Somebody who was shown it, and when first."""

    person: PersonCard
    at: Milliseconds


class ViewerPage(Shape):
    """Who was shown something of mine, the first one first."""

    viewers: list[Viewer]
    next: str | None


class SharingExample(Shape):
    """What others would see of a kind; null: there is nothing yet to show it with."""

    activity: ActivityView | None


class ActivityPreviewDraft(Shape):
    """An audience that I think of for a kind, and as whom I want to look at it."""

    reader: Reader
    audience: Wanted


class ActivityPreview(Shape):
    """Something of mine that is shown by itself, as others get it; null: they do not. reader: the
    one, when it is one by name. unseen: of a list, those who do not get it."""

    reader: PersonCard | None
    activity: ActivityView | None
    unseen: list[PersonCard]


class ConsentPage(Shape):
    """My ledger, the newest line first."""

    consents: list[ConsentView]
    next: str | None
