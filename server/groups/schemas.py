"""Groups as the wire shows them, and what a person may write."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.accounts.schemas import PersonCard
from server.media.schemas import PictureView
from server.schema import ClientId, Id, Milliseconds, Shape

NAME_LENGTH, ABOUT_LENGTH, RULES_LENGTH = 80, 1_000, 2_000
TOPICS, TOPIC_LENGTH = 5, 30
QUESTIONS, QUESTION_LENGTH, ANSWER_LENGTH = 3, 200, 500
GROUP_PEOPLE = 50_000
ROOMS = 20
SLOWEST = 3_600
MODERATORS = 20
SEARCH_LENGTH = 64

Entry = Literal["open", "request", "invite", "hidden"]
History = Literal["whole", "joined"]
Standing = Literal["none", "asked", "invited", "member", "banned"]
GroupRole = Literal["owner", "moderator", "member"]

Name = Annotated[str, StringConstraints(max_length=4 * NAME_LENGTH)]
About = Annotated[str, StringConstraints(max_length=4 * ABOUT_LENGTH)]
Rules = Annotated[str, StringConstraints(max_length=4 * RULES_LENGTH)]
Topics = Annotated[
    list[Annotated[str, StringConstraints(max_length=4 * TOPIC_LENGTH)]], Field(max_length=TOPICS)
]
Questions = Annotated[
    list[Annotated[str, StringConstraints(max_length=4 * QUESTION_LENGTH)]],
    Field(max_length=QUESTIONS),
]
Answers = Annotated[
    list[Annotated[str, StringConstraints(max_length=4 * ANSWER_LENGTH)]],
    Field(max_length=QUESTIONS),
]
"""Lengths are code points, counted by the service after cleaning (see server/text.py)."""


class GroupCard(Shape):
    """A group as everybody sees it who may see it at all."""

    id: Id
    name: str
    about: str
    entry: Entry
    topics: list[str]
    cover: PictureView | None
    member_count: int
    archived: bool
    version: int


class GroupLine(Shape):
    """A group in a list, and how I stand to it. role: when I am in it."""

    group: GroupCard
    standing: Standing
    role: GroupRole | None


class GroupPage(Shape):
    """A group's page as I see it.

    waiting: how many ask to come in, for those who decide. invited_by: who asked me in. head,
    epoch: of my own topic, on which `group.tied` tells of a change of my standing.
    """

    group: GroupCard
    rules: str
    questions: list[str]
    history: History
    since: Milliseconds
    owner: PersonCard | None
    standing: Standing
    role: GroupRole | None
    invited_by: PersonCard | None
    waiting: int
    head: int
    epoch: str


class GroupList(Shape):
    """My groups: those I am in, am invited to or have asked, the newest first."""

    groups: list[GroupLine]
    head: int
    epoch: str


class GroupsFound(Shape):
    """Groups that anybody may find; pass `next` back as `cursor` for more."""

    groups: list[GroupLine]
    next: str | None


class GroupMember(Shape):
    """Somebody in a group."""

    person: PersonCard
    role: GroupRole
    since: Milliseconds


class MembersPage(Shape):
    """Who is in a group, in the order they came; pass `next` back as `cursor` for more."""

    members: list[GroupMember]
    next: str | None


class JoinRequest(Shape):
    """Somebody asks to come in, with their answers to the group's questions."""

    person: PersonCard
    answers: list[str]
    since: Milliseconds


class RequestsPage(Shape):
    """Who asks, those who have waited longest first."""

    requests: list[JoinRequest]
    waiting: int


class GroupRoom(Shape):
    """A chat of a group, as its members see it. mine: I am in it."""

    id: Id
    title: str
    member_count: int
    slow_seconds: int
    mine: bool
    active_at: Milliseconds


class GroupRooms(Shape):
    """The chats of a group, the first made first."""

    rooms: list[GroupRoom]


class BannedPeople(Shape):
    """Who may not come in, the latest first."""

    people: list[PersonCard]


class InterestDraft(Shape):
    """A new group of mine."""

    client_id: ClientId
    name: Name
    entry: Entry
    about: About = ""
    rules: Rules = ""
    topics: Topics = []
    questions: Questions = []
    history: History = "whole"
    cover_id: Id | None = None


class InterestChange(Shape):
    """What its owner changes; absent fields stay, `cover_id: null` removes the cover."""

    name: Name | None = None
    entry: Entry | None = None
    about: About | None = None
    rules: Rules | None = None
    topics: Topics | None = None
    questions: Questions | None = None
    history: History | None = None
    cover_id: Id | None = None


Slowness = Annotated[int, Field(ge=0, le=SLOWEST)]
"""Seconds that everybody waits between two messages of theirs."""


class GroupRoomDraft(Shape):
    """A new chat of a group."""

    client_id: ClientId
    title: Name
    slow_seconds: Slowness = 0


class GroupRoomChange(Shape):
    """What of a group's chat changes; absent fields stay."""

    title: Name | None = None
    slow_seconds: Slowness | None = None


class JoinDraft(Shape):
    """Answers to the group's questions, one each, where it has some and one has to ask."""

    answers: Answers = []


class GroupPerson(Shape):
    """Somebody, by id."""

    person_id: Id


class RoleChange(Shape):
    """What a member is from now on."""

    role: Literal["moderator", "member"]
