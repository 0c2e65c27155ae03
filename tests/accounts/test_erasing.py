"""After the 30 days: a tombstone, and no trace of the person in any column of any table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.models.functions import Now

from server.accounts import erasing, invitations, leaving, phones, queries, suggestions
from server.accounts import services as accounts
from server.accounts.erasing import erase
from server.accounts.models import Friendship, Leaving, Phone, PhoneCode, PhonePace, User
from server.accounts.schemas import InvitationDraft, MeChange, PhoneDraft
from server.bookmarks import services as bookmarks
from server.bookmarks.schemas import BookmarkDraft, FolderDraft
from server.catalogue import services as catalogue
from server.chat import queries as chat_queries
from server.chat import services as chat
from server.chat.models import Message, Room
from server.feed import drafts, place
from server.feed import services as feed
from server.feed.draft_schemas import DraftBody
from server.feed.models import Draft, Place, Post
from server.jobs.runs import PutOff
from server.jobs.work import work
from server.media.models import Picture
from server.media.services import upload
from server.polls.models import Ballot
from server.takeout import services as takeout
from server.takeout.models import Takeout
from server.takeout.schemas import TakeoutDraft
from tests import factories
from tests.factories import befriend, person, say

pytestmark = pytest.mark.django_db

PHONE, NEXT_PHONE = "+8613800138000", "+447400123456"
MARKS = (
    *("meilin_u", "Mei-of-the-lanterns", "mei@secret.example", "bio-of-the-lanterns"),
    *(PHONE, NEXT_PHONE),
)
WORDS = ("posted-by-her", "commented-by-her", "alt-of-her", "asked-in-her-post", "option-of-her")
SAID = "said-in-the-group"


class World:
    """Mei, her friends and everything she did."""

    def __init__(self) -> None:
        self.mei = person(MARKS[0], name=MARKS[1], email=MARKS[2], bio=MARKS[3], is_staff=True)
        self.bo, self.cy, self.di = (person(name) for name in ("bo", "cy", "di"))
        mei, bo, cy = self.mei, self.bo, self.cy
        befriend(mei, bo)
        befriend(bo, cy)
        accounts.ask_friend(mei.pk, cy.pk)
        accounts.ask_friend(self.di.pk, mei.pk)
        accounts.block(mei.pk, person().pk)
        befriend(mei, former := person("former"))
        accounts.end_tie(former.pk, mei.pk)
        suggestions.dismiss(mei.pk, person().pk)
        EmailAddress.objects.create(user=mei, email=MARKS[2], verified=True, primary=True)
        Phone.objects.create(person=mei, number=PHONE)
        phones.ask(mei.pk, PhoneDraft(client_id=factories.client_id(), number=NEXT_PHONE))
        invitations.make(mei.pk, InvitationDraft(days=7, uses=5))
        accounts.change_me(mei.pk, MeChange(face_id=factories.picture(mei).id))
        Authenticator.objects.create(user=mei, type="totp", data={"secret": "s", "step": 0})
        factories.session_key(mei)
        self._chats()
        self._feed()
        self._store()
        takeout.ask(mei.pk, TakeoutDraft(client_id=factories.client_id()))
        while work("test"):
            pass
        LogEntry.objects.create(
            user=person(is_staff=True),
            content_type=ContentType.objects.get_for_model(User),
            object_id=str(mei.pk),
            object_repr=str(mei),
            action_flag=CHANGE,
        )

    def _chats(self) -> None:
        mei, bo = self.mei, self.bo
        self.group = factories.group_room(bo, mei, self.cy)
        self.direct = factories.direct_room(mei, bo)
        picture = upload(mei.pk, factories.pixels(), WORDS[2], factories.client_id())
        said = say(mei, self.group, SAID, picture_ids=[picture.id])
        chat.react(mei.pk, said.message_id, "👍")
        say(bo, self.group, "an answer", reply_to=said.message_id)
        self.owned = factories.group_room(mei, bo, title="once hers")
        say(mei, self.owned, "first")
        whispered = say(mei, self.direct, "whispered")
        say(bo, self.direct, "heard", reply_to=whispered.message_id)
        self.vote = factories.vote_in_room(bo, self.group)
        factories.ballot(mei, self.vote, 1)
        chat.leave(mei.pk, self.owned)

    def _feed(self) -> None:
        mei, bo = self.mei, self.bo
        picture = upload(mei.pk, factories.pixels(), WORDS[2], factories.client_id())
        factories.post(mei, WORDS[0], "everyone", picture_ids=[picture.id])
        factories.vote_in_feed(mei, options=(WORDS[4], "other"), question=WORDS[3])
        self.post = factories.post(bo, "of bo").post.id
        factories.comment(mei, self.post, WORDS[1])
        feed.like(mei.pk, self.post)
        begun = {"spare": factories.client_id(), "audience": "me", "of_id": self.post}
        body = DraftBody(version=0, text=WORDS[1], picture_ids=[factories.picture(mei).id], **begun)
        drafts.keep(mei.pk, factories.client_id(), body)
        place.reach(mei.pk, self.post)

    def _store(self) -> None:
        shop = factories.store(self.bo)
        catalogue.hire(self.bo.pk, shop.store.id, self.mei.pk)
        shown = factories.picture(self.mei)
        self.item = factories.item(self.mei, shop, picture_ids=[shown.id]).item.id
        folder = bookmarks.make_folder(self.mei.pk, FolderDraft(name=WORDS[0]))
        kept = BookmarkDraft(note=WORDS[1], tags=[WORDS[2]], folder_id=folder.id)
        bookmarks.keep(self.mei.pk, self.item, kept)
        self.shop_room = chat.open_store_chat(self.cy.pk, shop.store.id).id
        say(self.cy, self.shop_room, "do you have it?")
        say(self.mei, self.shop_room, "we do")
        other = factories.store(self.cy, "Other")
        self.bought_at = chat.open_store_chat(self.mei.pk, other.store.id).id
        say(self.mei, self.bought_at, "and you?")

    def leave(self) -> None:
        leaving.ask(self.mei.pk)
        while work("test"):
            pass

    def end(self) -> None:
        """The 30 days go by."""
        Leaving.objects.filter(pk=self.mei.pk).update(due_at=Now())
        assert leaving.have_due_erased() == 1
        while work("test"):
            pass


@pytest.fixture
def world() -> World:
    return World()


def traces(words: tuple[str, ...]) -> set[str]:
    """Every column of every table that holds one of the words, however it is stored."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                for word in words:
                    # Everything as text: nobody has to know which types may hold words.
                    cursor.execute(
                        f'SELECT count(*) FROM "{table}"'
                        f' WHERE CAST("{column.name}" AS text) LIKE %s',
                        [f"%{word}%"],
                    )
                    if cursor.fetchone()[0]:
                        found.add(f"{table}.{column.name}: {word}")
    return found


def test_no_column_of_any_table_has_a_trace(world: World) -> None:
    assert len({one.split(": ")[1] for one in traces(MARKS + WORDS)}) == len(MARKS + WORDS)
    assert {"realtime_loggedevent.encoded", "django_admin_log.object_repr"} <= {
        one.split(":")[0] for one in traces(MARKS)
    }
    world.leave()
    world.end()
    assert traces(MARKS + WORDS) == set()
    assert not Leaving.objects.exists()


def test_what_stays_and_what_went(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    files = [
        f"{token[:2]}/{token}"
        for token in Picture.objects.filter(owner=world.mei).values_list("token", flat=True)
    ]
    kept = Picture.objects.get(
        pk__in=Picture.objects.filter(
            pk__in=apps.get_model("catalogue", "ItemPicture").objects.values("picture")
        )
    )
    packed = Takeout.objects.get(pk=world.mei.pk).file
    assert packed and default_storage.exists(packed)
    world.leave()
    assert {one.split(":")[0] for one in traces((MARKS[2],))}, "for 30 days all of it is there"
    with django_capture_on_commit_callbacks(execute=True):
        world.end()
    row = User.objects.get(pk=world.mei.pk)
    assert (row.name, row.email, row.bio, row.face_id) == ("", "", "", None)
    assert not row.is_active and not row.is_staff and not row.has_usable_password()
    for model, field in (
        (Friendship, "low"),
        (Friendship, "high"),
        (Takeout, "person"),
        (EmailAddress, "user"),
        (Authenticator, "user"),
        (Draft, "person"),
        (Place, "person"),
        (Phone, "person"),
        (PhoneCode, "person"),
        (PhonePace, "person"),
    ):
        assert not model._default_manager.filter(**{field: row.pk}).exists(), (model, field)
    assert not default_storage.exists(packed)
    there = [
        path
        for path in files
        if default_storage.exists(path) and any(default_storage.listdir(path))
    ]
    assert there == [f"{kept.token[:2]}/{kept.token}"], "the store keeps what shows its thing"
    assert not Post.objects.filter(author=row, deleted_at=None).exists()
    said = Message.objects.get(text=SAID)
    view = chat_queries.messages(world.bo.pk, world.group).messages
    assert [one.author.name for one in view if one.id == said.pk] == [""]
    assert [one.reply_to.author for one in view if one.reply_to] == [""]
    [ballot] = Ballot.objects.filter(poll=world.vote.poll.id)
    assert ballot.at is not None
    told = factories.signed_in(world.bo).get(f"/api/polls/{world.vote.poll.id}").json()["poll"]
    assert [one["votes"] for one in told["options"]] == [0, 1]
    assert told["options"][1]["voters"] == []
    assert "meilin_u" not in str(told)
    likes = factories.signed_in(world.bo).get(f"/api/posts/{world.post}").json()["counts"]
    assert (likes["likes"], likes["comments"]) == (1, 0)


def test_chats_of_two_keep_their_other_side_and_are_closed(world: World) -> None:
    world.leave()
    world.end()
    rooms = {room.id: room for room in chat_queries.room_list(world.bo.pk).rooms}
    direct = rooms[world.direct]
    assert [one.id for one in direct.people] == [world.mei.pk]
    assert (direct.people[0].name, direct.people[0].face, direct.writable) == ("", None, False)
    with pytest.raises(Exception, match="forbidden"):
        say(world.bo, world.direct, "are you there?")
    assert world.mei.pk not in {one.id for one in rooms[world.group].people}
    assert Room.objects.get(pk=world.group).member_count == 2
    store_side = {room.id: room for room in chat_queries.room_list(world.cy.pk).rooms}
    assert store_side[world.bought_at].people[0].id == world.mei.pk
    assert world.mei.pk not in {one.id for one in store_side[world.shop_room].people}


def test_the_name_is_free_again_and_never_taken_from_somebody(world: World) -> None:
    world.leave()
    world.end()
    other = person(MARKS[0], name=MARKS[1], email=MARKS[2])
    assert queries.card_of(other).name == MARKS[1]
    leaving.ask(other.pk)


def test_not_before_the_30_days_and_not_when_taken_back(world: World) -> None:
    world.leave()
    assert leaving.have_due_erased() == 0
    erase.call(world.mei.pk)
    assert traces((MARKS[2],))
    leaving.undo(world.mei.pk)
    erase.call(world.mei.pk)
    row = User.objects.get(pk=world.mei.pk)
    assert row.is_active and row.email == MARKS[2]
    with pytest.raises(Exception, match=r"duplicate|UNIQUE|unique"):
        person(MARKS[0])


def test_killed_at_every_batch_it_is_done_once_by_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after each batch, or in the middle of it, and another one goes on."""
    world.leave()
    monkeypatch.setattr(erasing, "BATCH", 1)
    monkeypatch.setattr(erasing, "EVENTS", 3)
    Leaving.objects.update(due_at=Now())
    assert leaving.have_due_erased() == 1
    assert leaving.have_due_erased() == 0, "asked for once"
    deaths = 0

    def die() -> None:
        nonlocal deaths
        deaths += 1
        raise PutOff("test")

    real: Callable[..., bool] = erasing._scrub

    def die_in_the_middle(row: Leaving) -> bool:
        nonlocal deaths
        done = real(row)
        deaths += 1
        if deaths % 2:
            raise RuntimeError("in the middle")
        return done

    monkeypatch.setattr(erasing, "give_way", die)
    monkeypatch.setattr(erasing, "_scrub", die_in_the_middle)
    for _ in range(2_000):
        if not Leaving.objects.exists():
            break
        try:
            erase.call(world.mei.pk)
        except (PutOff, RuntimeError):
            continue
    assert not Leaving.objects.exists() and deaths > 20
    assert traces(MARKS + WORDS) == set()
    erase.call(world.mei.pk)


def test_a_job_that_was_given_up_is_asked_for_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.leave()
    Leaving.objects.update(due_at=Now() - timedelta(days=1))
    assert leaving.have_due_erased() == 1
    job = Leaving.objects.get().job
    monkeypatch.setattr(leaving.queue, "over", lambda jobs: set(jobs))
    assert leaving.have_due_erased() == 1
    assert Leaving.objects.get().job != job


def test_every_way_in_which_a_row_can_be_of_a_person_is_known() -> None:
    """A model that refers to people with another rule than these two would be left over."""
    rules = {
        (relation.related_model._meta.label, relation.field.name): relation.on_delete
        for relation in User._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    }
    assert {one for one, rule in rules.items() if rule not in {models.CASCADE, models.PROTECT}} == (
        set()
    )
    stays = {one for one, rule in rules.items() if rule is models.PROTECT}
    assert stays == {
        ("accounts.Leaving", "person"),
        ("chat.Membership", "person"),
        ("chat.Message", "author"),
        ("chat.Reaction", "person"),
        ("chat.Room", "buyer"),
        ("chat.Room", "created_by"),
        ("chat.Room", "direct_high"),
        ("chat.Room", "direct_low"),
        ("feed.Comment", "author"),
        ("feed.Like", "person"),
        ("feed.Post", "author"),
        ("feed.Reaction", "person"),
        ("gatherings.Gathering", "made_by"),
        ("groups.Group", "created_by"),
        ("polls.Ballot", "voter"),
        ("polls.Poll", "author"),
        ("takeout.Takeout", "person"),
    }, "one that is new here needs an eraser, or a reason to stay"


def test_no_batch_grows_with_what_there_is(world: World) -> None:
    """Each transaction of the erasure touches at most so many rows of a kind."""
    for _ in range(3 * erasing.BATCH):
        Friendship.objects.create(
            low=world.mei, high=(other := person()), state="friends", asked_by=other
        )
    world.leave()
    Leaving.objects.update(due_at=Now())
    counted = [Friendship.objects.count()]
    while erasing._one_batch(world.mei.pk):
        counted.append(Friendship.objects.count())
    assert max(one - other for one, other in pairwise(counted)) == erasing.BATCH
