"""Small worlds for tests, made through the services, as a person would make them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from io import BytesIO
from itertools import combinations
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.test.client import ClientHandler
from PIL import Image

from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.sessions import SessionStore
from server.catalogue import services as catalogue
from server.catalogue.schemas import ItemDraft, ItemView, Money, StoreDraft, StoreView
from server.chat import services as chat
from server.chat.schemas import GroupDraft, MessageDraft, Sent
from server.feed import services as feed
from server.feed.schemas import Comment as CommentView
from server.feed.schemas import CommentDraft, PostDraft, PostEntry, Wanted
from server.gatherings import services as gatherings
from server.gatherings.schemas import Gathering, GatheringDraft
from server.gatherings.services.times import wall_of
from server.groups import services as groups
from server.groups.schemas import GroupPage, InterestDraft
from server.media import services as media
from server.media.schemas import PictureView
from server.polls import services as polls
from server.polls.schemas import (
    Ballot,
    BallotDraft,
    InFeed,
    InRoom,
    OptionDraft,
    PollDraft,
    PollEntry,
)
from server.realtime.clock import now

PASSWORD = "a-Lantern-on-the-river"


def client_id() -> str:
    """What a browser makes for everything it sends."""
    return token_hex(16)


def person(username: str = "", **fields: Any) -> User:
    """Somebody who can sign in with PASSWORD only when asked so: hashing is slow."""
    username = username or f"p{token_hex(5)}"
    password = fields.pop("password", None)
    return User.objects.create_user(username, password, **fields)


def befriend(one: User, other: User) -> None:
    """One asks, the other accepts."""
    accounts.ask_friend(one.pk, other.pk)
    accounts.accept(other.pk, one.pk)


def session_key(who: User) -> str:
    """The key of a new signed-in session, as the cookie would carry it."""
    store = SessionStore()
    store[SESSION_KEY] = str(who.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = who.get_session_auth_hash()
    store.save()
    assert store.session_key
    return store.session_key


@cache
def _served(csrf: bool, middleware: tuple[str, ...]) -> ClientHandler:
    """One for all browsers: each new one looks through all static files again, at 30 ms."""
    return ClientHandler(enforce_csrf_checks=csrf)


def browser(key: str | None = None, *, csrf: bool = False) -> Client:
    """A browser with this session; what a page raises is answered as in production."""
    made = Client(raise_request_exception=False)
    made.handler = _served(csrf, tuple(settings.MIDDLEWARE))
    if key is not None:
        made.cookies["sessionid"] = key
    return made


def signed_in(who: User) -> Client:
    """A browser signed in as this person; CSRF is not enforced."""
    made = browser(session_key(who))
    made.raise_request_exception = True
    return made


def pixels(width: int = 64, height: int = 48, colour: str = "teal", form: str = "PNG") -> bytes:
    """The bytes of a small picture."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, form)
    return file.getvalue()


def picture(owner: User, **kw: Any) -> PictureView:
    """An uploaded picture that is not used yet."""
    return media.upload(owner.pk, pixels(**kw), "", client_id())


def store(owner: User, name: str = "Lantern & Lens") -> StoreView:
    """A store with one owner."""
    return catalogue.open_store(owner.pk, StoreDraft(name=name, name_zh="灯与镜"))


def item(owner: User, shop: StoreView, **fields: Any) -> ItemView:
    """A camera for ¥1,999.00, three in stock, unless told otherwise."""
    return item_of(owner, shop.store.id, **fields)


def item_of(owner: User, store_id: int, **fields: Any) -> ItemView:
    """The same, of a store by its number."""
    draft: dict[str, Any] = {
        "title": "Rangefinder",
        "title_zh": "旁轴相机",
        "category": "cameras",
        "price": Money(minor=199_900, currency="CNY"),
        "stock": 3,
    }
    return catalogue.add_item(owner.pk, store_id, ItemDraft(**draft | fields))


def post(
    author: User, text: str = "Look at this", audience: Wanted = "friends", **fields: Any
) -> PostEntry:
    """A post with words only, unless told otherwise."""
    draft: dict[str, Any] = {"client_id": client_id(), "text": text, "audience": audience}
    return feed.publish(author.pk, PostDraft(**draft | fields))


def comment(author: User, post_id: int, text: str = "Nice", to: int | None = None) -> CommentView:
    """Something said under a post, perhaps in answer to a comment there."""
    draft = CommentDraft(client_id=client_id(), post_id=post_id, text=text, to_id=to)
    return feed.comment(author.pk, draft)


def friends(*people: User) -> None:
    """Everybody is everybody's friend."""
    for one, other in combinations(people, 2):
        befriend(one, other)


def group_room(owner: User, *members: User, title: str = "Dumplings") -> int:
    """A group of the owner's friends; returns its id."""
    draft = GroupDraft(
        client_id=client_id(), title=title, member_ids=[member.pk for member in members]
    )
    return chat.create_group(owner.pk, draft).id


def interest(
    owner: User, name: str = "Old lenses", entry: str = "open", **fields: Any
) -> GroupPage:
    """A group of an interest, open unless told otherwise."""
    draft: dict[str, Any] = {"client_id": client_id(), "name": name, "entry": entry}
    return groups.create(owner.pk, InterestDraft(**draft | fields))


def wall(hours: float, zone: str = "UTC") -> str:
    """What clocks show there in so many hours."""
    return wall_of(now() + timedelta(hours=hours), zone)


def gathering(who: User, group: int, **fields: Any) -> Gathering:
    """One of a group, at the mill in three days."""
    said = {"title": "Lanterns", "begins": wall(72), "zone": "UTC", "place": "The mill"} | fields
    draft = GatheringDraft(client_id=client_id(), **said)
    return gatherings.propose(who.pk, group, draft).gathering


def direct_room(one: User, other: User) -> int:
    """The chat of two friends; returns its id."""
    return chat.open_direct(one.pk, other.pk).id


def say(who: User, room_id: int, text: str = "你好", **fields: Any) -> Sent:
    """One message."""
    draft: dict[str, Any] = {"client_id": client_id(), "room_id": room_id, "text": text}
    return chat.send(who.pk, MessageDraft(**draft | fields))


def vote_in_room(
    asker: User, room_id: int, options: Sequence[str] = ("Tea", "Coffee"), **fields: Any
) -> PollEntry:
    """A named vote for one of two, put to a chat, unless told otherwise."""
    return _vote(asker, InRoom(room_id=room_id), options, fields)


def vote_in_feed(
    asker: User,
    audience: Wanted = "friends",
    options: Sequence[str] = ("Tea", "Coffee"),
    **fields: Any,
) -> PollEntry:
    """The same as a post."""
    return _vote(asker, InFeed(audience=audience), options, fields)


def _vote(
    asker: User, place: InRoom | InFeed, options: Sequence[str], fields: dict[str, Any]
) -> PollEntry:
    draft: dict[str, Any] = {
        "client_id": client_id(),
        "place": place,
        "question": "Which one?",
        "options": [OptionDraft(text=text) for text in options],
    }
    return polls.ask(asker.pk, PollDraft(**draft | fields))


def ballot(voter: User, entry: PollEntry, *places: int) -> Ballot:
    """Vote for the options at these places, 0 being the first."""
    choices = [entry.poll.options[place].id for place in places]
    return polls.vote(voter.pk, BallotDraft(poll_id=entry.poll.id, choices=choices))
