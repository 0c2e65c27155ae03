"""Notices as the wire shows them."""

from typing import Annotated

from pydantic import Field

from server.accounts.schemas import PersonCard
from server.happenings import Kind
from server.schema import Id, Milliseconds, Shape


class NoticeView(Shape):
    """One line: these people, and so many others, did this to that. Unread while `number` is above
    the mark `read`."""

    id: Id
    number: int
    kind: Kind
    subject: Id
    """By kind: the person, post, group, gathering, chat, message or vote."""
    room_id: Id | None
    """Of a message: its chat."""
    people: list[PersonCard]
    """The latest, at most three; nobody where nobody may be named."""
    others: int
    more: bool
    """There may be more others than are counted."""
    about: str
    """What the thing is called or how it begins."""
    said: str
    """The latest words, or emoji."""
    at: Milliseconds


class Unread(Shape):
    """How many unread lines I may still see. `more`: at least as many. `last`: the newest number;
    `read`: up to where I have read."""

    unread: int
    more: bool
    last: int
    read: int


class NoticePage(Shape):
    """Lines, the newest first; `next` as `cursor` gives more. A page may be short although more
    follows: what may not be seen any more is left out of it."""

    notices: list[NoticeView]
    next: str | None
    last: int
    read: int


class NoticesRead(Shape):
    """I have read up to here."""

    number: Annotated[int, Field(ge=0, lt=2**53)]


class MuteView(Shape):
    """What I want to hear no more of; subject 0: everything of that kind. `about` is empty when I
    may not see the thing any more."""

    kind: Kind
    subject: int
    about: str


class MuteList(Shape):
    """All of them."""

    mutes: list[MuteView]


Minute = Annotated[int, Field(ge=0, lt=24 * 60)]
"""Of a day in the person's zone."""


class KindView(Shape):
    """Whether I am told of a kind on the page, by letter, and by push."""

    kind: Kind
    page: bool
    mail: bool
    push: bool


class DeliveryChange(Shape):
    """How I want to be reached beyond the page: letters at all, in which zone I live, when nothing
    may leave, and when everything of a day leaves as one letter (null: each by itself)."""

    mail: bool
    zone: Annotated[str, Field(min_length=1, max_length=64)]
    quiet_from: Minute | None
    quiet_to: Minute | None
    digest_at: Minute | None


class DeliveryView(DeliveryChange):
    """How I am reached. can_mail: letters leave this server. address: the confirmed one they go
    to; null: there is none, and so no letters."""

    can_mail: bool
    address: str | None
    push_key: str
    """What a browser subscribes with."""
    kinds: list[KindView]


class Wanted(Shape):
    """Whether I want it."""

    wanted: bool


class PushAddress(Shape):
    """Where a browser's push service takes what is for it."""

    endpoint: Annotated[str, Field(max_length=1000)]


class PushDraft(PushAddress):
    """A browser's subscription: key is its p256dh, secret its auth, both as it says them."""

    key: Annotated[str, Field(max_length=100)]
    secret: Annotated[str, Field(max_length=40)]
