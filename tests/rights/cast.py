"""The people of the matrix and Mei's things. Built once; every cell runs in a savepoint of its own.

Mei owns what is asked for. The others stand to her as the columns of the tables say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from server.accounts import contacts, distance, following, invitations, lists, phones
from server.accounts import services as accounts
from server.accounts.models import Phone, PhoneCode, Session, User
from server.accounts.schemas import InvitationDraft, MeChange
from server.bookmarks import services as bookmarks
from server.bookmarks.schemas import BookmarkDraft, FolderDraft
from server.catalogue import services as catalogue
from server.catalogue.models import StoreStaff
from server.chat import services as chat
from server.chat.models import Message
from server.feed import drafts, editing, moderating, reactions
from server.feed.draft_schemas import DraftBody
from server.feed.schemas import NewWords, ToGroup, ToList
from server.gatherings import services as gatherings
from server.groups import services as groups
from server.groups.schemas import GroupRoomDraft
from server.jobs.work import work
from server.media.models import Picture
from server.media.services import upload
from server.notices import services as notices
from server.realtime.clock import millis, now
from server.sharing.models import Activity
from server.takeout import services as takeout
from server.takeout.schemas import TakeoutDraft
from tests import factories
from tests.sharing import world as sharing

ROLES = (
    "anonymous",  # nobody
    "stranger",  # signed in, knows nobody
    "former",  # was Mei's friend, in her group and in her store's staff room: all of it ended
    "blocked",  # was Mei's friend, shares a direct chat with her; she has blocked them
    "member",  # Mei's friend, in her group
    "owner",  # owns the store that Mei has asked something
    "seller",  # works there
    "staff",  # may do everything in the admin, and is nobody here otherwise
    "mei",  # herself
)

BROWSER_KEY = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
"""A public key as a browser says it (of RFC 8291)."""

HIDDEN = "those-who-know-of-the-well"
GROUP, DIRECT, SHOP, POST, OPEN, VOTE, SECRET, COMMENT = (
    "Zongzi conspiracy",
    "whispered-to-the-blocked",
    "asked-of-the-store",
    "a-lantern-for-friends",
    "a-lantern-for-everyone",
    "which-lantern-is-it",
    "which-lantern-is-it-secretly",
    "commented-on-the-lantern",
)
BEFORE = "said-of-the-lantern-before"
KEPT, FOLDER = "kept-for-the-well", "folder-of-lanterns"
SAID, REWORDED, ALT = "meet-me-at-the-well", "meet-me-at-the-mill", "picture-of-the-well"
LIST = "those-who-know-the-well"
LISTED, ALONE = "told-some-of-the-well", "told-nobody-of-the-well"
FOLLOWED = "told-those-who-follow-the-well"
WITHIN, TAKEN = "told-within-of-the-well", "hidden-within-of-the-well"
HELD = "said-by-whom-mei-restricts"
BEGUN = "begun-of-the-well-and-not-posted"
MET = "met-by-the-well-at-dusk"
PHONE, PHONE_KEPT = "138 0013 8000", "13800138000"
ENTITLED = {
    GROUP: {"member", "mei"},
    HIDDEN: {"member", "mei"},
    SAID: {"member", "mei"},
    REWORDED: {"member", "mei"},
    SECRET: {"member", "mei"},
    POST: {"member", "mei"},
    BEFORE: {"member", "mei"},
    COMMENT: {"member", "mei"},
    VOTE: {"member", "mei", "blocked"},
    DIRECT: {"blocked", "mei"},
    SHOP: {"owner", "seller", "mei"},
    KEPT: {"mei"},
    FOLDER: {"mei"},
    ALT: {"member", "blocked", "owner", "seller", "mei"},
    LIST: {"mei"},
    LISTED: {"member", "mei"},
    ALONE: {"mei"},
    FOLLOWED: {"member", "seller", "mei"},
    WITHIN: {"member", "mei"},
    TAKEN: {"mei"},
    HELD: {"owner", "mei"},
    BEGUN: {"mei"},
    MET: {"member", "mei"},
    PHONE: {"mei"},
    PHONE_KEPT: set(),  # in her takeout alone
}
"""Words of Mei's guarded things, and who may read them at all: for everybody else they stand in no
answer whatever; for these in none that is a refusal."""


@dataclass
class Cast:
    """people: by role. ids: what stands for {name} in a path or a body. state: see state.py."""

    people: dict[str, User] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)

    def person(self, role: str) -> User:
        return self.people[role]


def build() -> Cast:
    cast = Cast()
    for role in ROLES[1:]:
        flags = {"is_staff": True, "is_superuser": True} if role == "staff" else {}
        cast.people[role] = factories.person(f"{role}_x", name=f"name-of-{role}", **flags)
        cast.keys[role] = factories.session_key(cast.people[role])
        factories.session_key(cast.people[role])  # a second browser, to be signed out
    for name in ("other", "late"):
        cast.people[name] = factories.person(f"{name}_x")
    mei = cast.people["mei"]
    for role in ("former", "blocked", "member", "other", "late"):
        factories.befriend(mei, cast.people[role])
    # Somebody to be asked, accepted and blocked, for rows about ties.
    for role in ROLES[1:]:
        accounts.ask_friend(cast.people["other"].pk, cast.people[role].pk)
    cast.ids |= {f"{role}_id": who.pk for role, who in cast.people.items()}
    cast.ids |= {
        "anonymous_id": mei.pk,
        "nobody": 999_999_999,
        "client_id": "c" * 32,
        "comment_kind": "comment",
        "shared_kind": "bookmark",
        "shared_vote": "vote",
        "mail": "mail",
        "endpoint": "https://push.example/of-a-browser",
        "push_key": BROWSER_KEY,
        "push_secret": "BTBZMqHH6r4Tts7J_aSIgg",
        "new": "d" * 32,
    }
    _rooms(cast)
    _store(cast)
    _phone(cast)
    _kept(cast)
    _feed(cast)
    _votes(cast)
    _pictures(cast)
    cast.ids |= {"thumb": "👍", "cheer": "🎉"}
    cast.ids["three_polls"] = ",".join(str(cast.ids[n]) for n in ("poll", "secret", "feed_poll"))
    [elsewhere] = Session.objects.filter(person=mei).exclude(pk=cast.keys["mei"])
    cast.ids["session"] = elsewhere.public_id
    invited = invitations.make(mei.pk, InvitationDraft(days=7, uses=9))
    cast.ids |= {"invitation": invited.invitation.id, "invitation_token": invited.token}
    listed = lists.make(mei.pk, LIST)
    for role in ("member", "former"):
        lists.add(mei.pk, listed.id, cast.people[role].pk)
    cast.ids |= {"list": listed.id, "as_list": f"list-{listed.id}", "as_mei": str(mei.pk)}
    _groups(cast)
    told = factories.post(mei, f"{LISTED} #well", ToList(list_id=listed.id))
    [mine] = lists.mine(mei.pk).lists
    cast.ids |= {
        "listed_post": told.post.id,
        "list_topic": (mine.topic or "").partition(":")[2],
        "tag": "well",
        "mei_name": mei.username,
        "kept_post": factories.post(mei, f"{ALONE} #well", "me").post.id,
    }
    _sharing(cast)
    accounts.end_tie(mei.pk, cast.people["former"].pk)
    accounts.block(mei.pk, cast.people["blocked"].pk)
    accounts.change_me(mei.pk, MeChange(followable=True))
    EmailAddress.objects.create(user=mei, email="mei@well.example", primary=True, verified=True)
    accounts.change_me(mei.pk, MeChange(found_by_contacts=True))
    cast.ids["mei_digest"] = contacts.fingerprint("mei@well.example")
    following.follow(cast.people["seller"].pk, mei.pk)
    # A follower who is muted, and one who is kept at a distance as well: the owner of the store.
    distance.mute(mei.pk, cast.people["seller"].pk, wanted=True)
    following.follow(cast.people["owner"].pk, mei.pk)
    distance.restrict(mei.pk, cast.people["owner"].pk, wanted=True)
    waits = factories.comment(cast.people["owner"], cast.ids["open_post"], HELD)
    cast.ids["held_comment"] = waits.id
    cast.ids["followed_post"] = factories.post(mei, FOLLOWED, "followers").post.id
    takeout.ask(mei.pk, TakeoutDraft(client_id=factories.client_id()))
    assert work("cast")
    for who in cast.people.values():
        notices.settle(who.pk)  # nothing is committed here
    return cast


def _sharing(cast: Cast) -> None:
    """Friends are shown what Mei bookmarks, and her latest bookmark was shown by itself."""
    mei, owner = cast.people["mei"], cast.people["owner"]
    sharing.say(mei, "bookmark", "friends")
    sharing.keep(mei, factories.item_of(owner, cast.ids["store"]).item.id)
    assert sharing.pass_time() == 1
    cast.ids["activity"] = Activity.objects.get().pk


def _rooms(cast: Cast) -> None:
    mei, member, former, blocked = (
        cast.people[role] for role in ("mei", "member", "former", "blocked")
    )
    group = factories.group_room(mei, member, former, cast.people["other"], title=GROUP)
    said = factories.say(mei, group, SAID, mentions=[member.pk])
    chat.edit(mei.pk, said.message_id, REWORDED)
    theirs = factories.say(member, group, "of-the-member", reply_to=said.message_id)
    chat.react(member.pk, said.message_id, "👍")
    chat.remove_member(mei.pk, group, former.pk)
    direct = factories.direct_room(mei, blocked)
    in_direct = factories.say(mei, direct, DIRECT)
    cast.ids |= {
        "group": group,
        "said": said.message_id,
        "theirs": theirs.message_id,
        "direct": direct,
        "in_direct": in_direct.message_id,
    }


def _groups(cast: Cast) -> None:
    """One by request, in which the blocked is banned and somebody asks, and a hidden one."""
    mei = cast.people["mei"]
    listed = factories.interest(mei, "Lantern makers", "request", questions=["Why?"]).group.id
    hidden = factories.interest(mei, HIDDEN, "hidden").group.id
    for name in ("member", "former", "blocked", "other"):
        for group in (listed, hidden):
            groups.invite(mei.pk, group, cast.people[name].pk)
            if name != "other" or group == listed:
                groups.join(cast.people[name].pk, group, [])
    groups.join(cast.people["late"].pk, listed, ["why not"])
    groups.ban(mei.pk, listed, cast.people["blocked"].pk)
    groups.remove(mei.pk, hidden, cast.people["blocked"].pk)
    for group in (listed, hidden):
        groups.leave(cast.people["former"].pk, group)
    within = factories.post(mei, f"{WITHIN} #well", ToGroup(group_id=hidden)).post.id
    taken = factories.post(mei, f"{TAKEN} #well", ToGroup(group_id=hidden)).post.id
    moderating.hold(mei.pk, taken)
    cast.ids |= {"within": within, "taken": taken}
    talk = GroupRoomDraft(client_id=factories.client_id(), title="Lantern talk")
    club = groups.make_room(mei.pk, listed, talk).id
    cast.ids |= {"listed": listed, "hidden": hidden, "club": club}
    met = factories.gathering(mei, hidden, title=MET, about=MET).id
    gatherings.answer(cast.people["member"].pk, met, "going")
    theirs = factories.gathering(cast.people["member"], listed).id
    cast.ids |= {
        "gathering": met,
        "members_gathering": theirs,
        "ahead": factories.wall(72),
    }


def _store(cast: Cast) -> None:
    mei, owner, seller = (cast.people[role] for role in ("mei", "owner", "seller"))
    shop = factories.store(owner)
    catalogue.hire(owner.pk, shop.store.id, seller.pk)
    catalogue.hire(owner.pk, shop.store.id, cast.people["former"].pk)
    item = factories.item(owner, shop)
    room = chat.open_store_chat(mei.pk, shop.store.id).id
    asked = factories.say(mei, room, SHOP)
    with transaction.atomic():  # as the admin does it
        StoreStaff.objects.filter(store=shop.store.id, person=cast.people["former"]).delete()
        catalogue.staff_changed(shop.store.id)
    cast.ids |= {
        "store": shop.store.id,
        "item": item.item.id,
        "version": item.item.version,
        "shop_room": room,
        "asked": asked.message_id,
    }


def _phone(cast: Cast) -> None:
    """Mei has a number and is about to have another one."""
    mei = cast.people["mei"]
    Phone.objects.create(person=mei, number=f"+86{PHONE_KEPT}")
    waits = PhoneCode.objects.create(
        person=mei,
        number="+447400123456",
        salt="a" * 32,
        client_id="e" * 32,
        expires_at=now() + phones.VALID,
    )
    cast.ids["phone_code"] = phones._code(waits, settings.SECRET_KEY)


def _kept(cast: Cast) -> None:
    mei = cast.people["mei"].pk
    cast.ids["folder"] = bookmarks.make_folder(mei, FolderDraft(name=FOLDER)).id
    bookmarks.keep(mei, cast.ids["item"], BookmarkDraft(note=KEPT, tags=["well"]))


def _feed(cast: Cast) -> None:
    mei, member = cast.people["mei"], cast.people["member"]
    before, shown = factories.post(mei, BEFORE), factories.post(mei, f"{OPEN} #well", "everyone")
    editing.edit(mei.pk, before.post.id, NewWords(text=f"{POST} #well", edition=0))
    hidden = before
    said = factories.comment(member, hidden.post.id, COMMENT)
    reactions.react(member.pk, hidden.post.id, "🎉", on=True)
    own = factories.comment(mei, hidden.post.id, f"{COMMENT}-by-mei")
    in_public = factories.comment(mei, shown.post.id, "said in public")
    spare = factories.client_id()
    begun = DraftBody(version=0, spare=spare, text=BEGUN, audience="friends", of_id=shown.post.id)
    cast.ids["soon"] = millis(now()) + 3_600_000
    cast.ids["begun"] = drafts.keep(mei.pk, "b" * 32, begun).client_id
    cast.ids |= {
        "post": hidden.post.id,
        "open_post": shown.post.id,
        "comment": said.id,
        "own_comment": own.id,
        "open_comment": in_public.id,
    }


def _votes(cast: Cast) -> None:
    mei, member = cast.people["mei"], cast.people["member"]
    options = (f"{VOTE}-red", f"{VOTE}-blue")
    named = factories.vote_in_room(mei, cast.ids["group"], options, question=VOTE)
    secret = factories.vote_in_room(
        mei, cast.ids["group"], (f"{SECRET}-red", f"{SECRET}-blue"), question=SECRET, names="secret"
    )
    posted = factories.vote_in_feed(mei, options=options, question=VOTE)
    across = factories.vote_in_room(mei, cast.ids["direct"], options, question=VOTE)
    for entry in (named, secret, posted):
        factories.ballot(member, entry, 0)
    for name, entry in (
        ("poll", named),
        ("secret", secret),
        ("feed_poll", posted),
        ("direct_poll", across),
    ):
        cast.ids |= {
            name: entry.poll.id,
            f"{name}_option": entry.poll.options[1].id,
        }


def _pictures(cast: Cast) -> None:
    """One for each place a picture can hang on, and one that is not used yet."""
    mei = cast.people["mei"]

    def one(name: str, alt: str = ALT) -> int:
        made = upload(mei.pk, factories.pixels(), alt, factories.client_id())
        cast.ids[f"{name}_token"] = Picture.objects.get(pk=made.id).token
        cast.ids[f"{name}_picture"] = made.id
        return made.id

    factories.say(mei, cast.ids["group"], picture_ids=[one("room")])
    factories.say(mei, cast.ids["direct"], picture_ids=[one("direct")])
    factories.say(mei, cast.ids["shop_room"], picture_ids=[one("shop")])
    factories.post(mei, picture_ids=[one("post")])
    factories.post(mei, "shown", "everyone", picture_ids=[one("open_post", "")])
    gone = factories.say(mei, cast.ids["group"], picture_ids=[one("deleted")])
    chat.delete(mei.pk, gone.message_id)
    one("unused")
    accounts.change_me(mei.pk, MeChange(face_id=one("face", "")))
    cast.ids["deleted"] = Message.objects.get(pk=gone.message_id).pk
