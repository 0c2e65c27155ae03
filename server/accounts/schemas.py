"""People, ties and presence as the wire shows them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.accounts.phone_numbers import LONGEST
from server.media.schemas import PictureView
from server.schema import ClientId, Id, Milliseconds, Shape

Tie = Literal["none", "asked", "asking", "friends", "blocked", "self"]
"""Mine to them: asked = I asked, asking = they ask me, blocked = I blocked them."""

PresenceState = Literal["online", "away", "offline"]

Language = Literal["en", "zh"]


class PersonCard(Shape):
    """As much of a person as stands beside a message."""

    id: Id
    username: str
    name: str
    face: str | None
    """URL of a small square picture."""


class PersonView(Shape):
    """A person's page, as one other person sees it."""

    person: PersonCard
    bio: str
    face: PictureView | None
    tie: Tie
    friends: int
    since: Milliseconds
    followable: bool
    """I may follow them."""
    following: bool
    followers: int
    """10,001 for all beyond 10,000."""


class Door(Shape):
    """What the sign-in page may offer. mail: letters reach people, a new password can be had."""

    mail: bool


class Me(Shape):
    """The signed-in person; `head` is the number of the last event on the own user topic."""

    person: PersonCard
    face: PictureView | None
    bio: str
    email: str
    language: Language
    show_presence: bool
    birth_year: int | None
    minor: bool
    followable: bool
    found_by_contacts: bool
    checkup: bool
    """It is time to look through who sees what of me: a quarter since I did, or put it off."""
    head: int
    epoch: str


class MeChange(Shape):
    """What a person may change about themselves; absent fields stay."""

    name: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    bio: Annotated[str, Field(max_length=300)] | None = None
    face_id: Id | None = None
    language: Language | None = None
    show_presence: bool | None = None
    birth_year: int | None = None
    followable: bool | None = None
    found_by_contacts: bool | None = None


class SessionView(Shape):
    """One signed-in browser of mine."""

    id: str
    browser: str
    address: str
    started_at: Milliseconds
    seen_at: Milliseconds
    current: bool


class Holding(Shape):
    """Something of mine that others depend on: I hand it over or close it before I leave. id: of
    the chat, the group of an interest or the store."""

    kind: Literal["group", "interest", "store"]
    id: Id
    title: str
    title_zh: str | None


class LeavingView(Shape):
    """What stands in the way of leaving, and how long it can be undone."""

    holdings: list[Holding]
    days: int


class TieView(Shape):
    """One person and how I stand to them."""

    person: PersonCard
    tie: Tie
    at: Milliseconds


class Ties(Shape):
    """All my ties, newest first, with the head of my user topic at the same instant, and in `heads`
    those of my friends' author topics."""

    friends: list[TieView]
    asking: list[TieView]
    asked: list[TieView]
    blocked: list[TieView]
    muted: list[PersonCard]
    restricted: list[PersonCard]
    head: int
    heads: dict[str, int]
    epoch: str


class Distance(Shape):
    """How I keep a person at a distance. muted: I do not hear them. restricted: they see only what
    everyone sees."""

    person: PersonCard
    muted: bool
    restricted: bool


class PeoplePage(Shape):
    """Search results; pass `next` back as `cursor` for more."""

    people: list[TieView]
    next: str | None


class InvitationDraft(Shape):
    """How long a new invitation is good for, and for how many people."""

    days: Literal[1, 7, 30]
    uses: Annotated[int, Field(ge=1, le=100)]


class InvitationView(Shape):
    """One of my invitations that can still be used."""

    id: Id
    uses: int
    left: int
    made_at: Milliseconds
    expires_at: Milliseconds


class InvitationMade(Shape):
    """A new invitation; its link is /invite/{token}. The token is said this once, kept nowhere."""

    invitation: InvitationView
    token: str


class InvitationToken(Shape):
    """What stood in the link. In a body, so that no log of addresses holds it."""

    token: Annotated[str, Field(min_length=1, max_length=100)]


class Suggestion(Shape):
    """Somebody I may know, and why: `friends` of mine are theirs too, one of them `known_by`; we
    are in `groups` chats together, one of them called `group`."""

    person: PersonCard
    friends: int
    known_by: PersonCard | None
    groups: int
    group: str | None


class FollowView(Shape):
    """Somebody I follow, and since when."""

    person: PersonCard
    at: Milliseconds


class Follows(Shape):
    """Whom I follow, the latest first, with the head of my user topic at the same instant."""

    people: list[FollowView]
    head: int
    epoch: str


class FriendListView(Shape):
    """One of my lists, with the ids of the friends in it, in order. topic: where what I show to it
    is told, when I ever showed it anything."""

    id: Id
    name: str
    members: list[Id]
    topic: str | None


class FriendLists(Shape):
    """All my lists, the oldest first, with the head of my user topic at the same instant."""

    lists: list[FriendListView]
    head: int
    epoch: str


class FriendListDraft(Shape):
    """What a list is called."""

    name: Annotated[str, Field(min_length=1, max_length=40)]


class ContactsAsked(Shape):
    """Fingerprints of addresses among my contacts, made on my device: SHA-256 of
    `jianghu-contact:1:` and the address in small letters."""

    digests: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]],
        Field(min_length=1, max_length=500),
    ]


class ContactFound(Shape):
    """Somebody whose address is among my contacts, and which of those asked for it is."""

    digest: str
    view: TieView


class ContactsFound(Shape):
    """Those who are here and want to be found so."""

    found: list[ContactFound]


class PhoneComing(Shape):
    """A number that is to be mine, and the code that went there. state: whether it left; failed:
    nothing can be sent to that number."""

    number: str
    state: Literal["asked", "sent", "failed"]
    expires_at: Milliseconds
    tries_left: int


class PhoneStanding(Shape):
    """My telephone number. sends: codes are sent from here."""

    sends: bool
    number: str | None
    """As one writes it."""
    coming: PhoneComing | None
    again_at: Milliseconds | None
    """From then on another code may be had; null: now."""


class PhoneDraft(Shape):
    """A number with its country code, as people write it. Repeating a client_id sends nothing."""

    client_id: ClientId
    number: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class PhoneAgain(Shape):
    """Another code. Repeating a client_id sends nothing."""

    client_id: ClientId


class PhoneCheck(Shape):
    """The code that was read."""

    code: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
