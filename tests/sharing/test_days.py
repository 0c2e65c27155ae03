"""A day of several people who switch sharing on and off at random: for all that left, the audit
finds what allowed it at that moment, and finds it missing where the line is taken out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

import orjson
import pytest
from django.core import mail
from django.db import transaction

from server.accounts import distance, lists
from server.accounts.models import User
from server.bookmarks import services as bookmarks
from server.errors import Refused
from server.feed import reactions
from server.feed import services as feed
from server.feed.schemas import ToList, Wanted
from server.groups import services as groups
from server.notices.models import Cause, Errand
from server.ops.audit import Found, audit
from server.polls import services as polls
from server.polls.schemas import PollEntry
from server.realtime.clock import now
from server.realtime.models import LoggedEvent
from server.sharing import services
from server.sharing.kinds import Kind
from server.sharing.models import Activity, Consent, Showing
from tests import factories
from tests.notices.pushed import Service
from tests.sharing.outside import all_leaves, outside, reach
from tests.sharing.world import keep, pass_time, say, seen

__all__ = ["outside"]

STEPS = 120
AUDIENCES: list[Wanted] = ["me", "friends", "everyone"]
KINDS: tuple[Kind, ...] = ("bookmark", "vote", "group")


class Day:
    """Four friends, one of them restricted by another, a seller whom nobody knows, and chance."""

    def __init__(self, seed: int, service: Service) -> None:
        self.chance = Random(seed)
        self.people = [factories.person(name) for name in ("mei", "bo", "yu", "wu")]
        factories.friends(*self.people)
        self.seller = factories.person("seller")
        reach(service, *self.people, self.seller)
        distance.restrict(self.people[0].pk, self.people[3].pk, wanted=True)
        self.lists = {who.pk: self._list(who) for who in self.people}
        shop = factories.store(self.seller)
        self.items = [factories.item(self.seller, shop).item.id for _ in range(4)]
        self.votes: list[PollEntry] = [
            factories.vote_in_feed(who, "everyone") for who in (self.seller, *self.people[:2])
        ]
        self.clubs = [factories.interest(self.seller, f"Club {n}").group.id for n in range(3)]
        self.posts = [factories.post(who, audience="everyone").post.id for who in self.people]
        self.said: dict[tuple[int, str], tuple[Wanted, int]] = {}
        """Whom each kind is for now, as its person has said, and by which line."""
        self.shown: dict[int, int] = {}
        """By which line each activity was shown."""

    def _list(self, who: User) -> ToList:
        made = lists.make(who.pk, "Close").id
        for other in self.chance.sample([one for one in self.people if one != who], 2):
            lists.add(who.pk, made, other.pk)
        return ToList(list_id=made)

    def go(self) -> None:
        deeds: list[Callable[[User], None]] = [
            *[self.switch] * 3,
            *[self.bookmark] * 3,
            *[self.vote] * 3,
            *[self.club] * 2,
            *[self.look] * 3,
            self.undo,
            self.speak,
            self.time,
        ]
        for _ in range(STEPS):
            with suppress(Refused):
                self.chance.choice(deeds)(self.chance.choice(self.people))
        self.time(self.people[0])
        for who in self.people:
            self.look(who)
        all_leaves([*self.people, self.seller])

    def switch(self, who: User) -> None:
        kind = self.chance.choice(KINDS)
        wanted: Wanted = self.chance.choice(
            ["me", "friends", "friends", "everyone", self.lists[who.pk]]
        )
        say(who, kind, wanted)
        newest = Consent.objects.filter(person=who, kind=kind).order_by("-turn").first()
        if newest is not None:
            self.said[who.pk, kind] = wanted, newest.pk

    def bookmark(self, who: User) -> None:
        item = self.chance.choice(self.items)
        if self.chance.random() < 0.5:
            bookmarks.drop(who.pk, [item])
        keep(who, item)

    def vote(self, who: User) -> None:
        entry = self.chance.choice(self.votes)
        if self.chance.random() < 0.4:
            polls.withdraw(who.pk, entry.poll.id)
        else:
            factories.ballot(who, entry, self.chance.randrange(2))

    def club(self, who: User) -> None:
        club = self.chance.choice(self.clubs)
        groups.leave(who.pk, club)
        groups.join(who.pk, club, [])

    def look(self, who: User) -> None:
        seen(who)

    def undo(self, who: User) -> None:
        rows = Activity.objects.filter(author=who, state__in=["waiting", "shown"])
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        if ids:
            services.undo(who.pk, self.chance.choice(ids))

    def speak(self, who: User) -> None:
        post = self.chance.choice(self.posts)
        factories.comment(who, post)
        reactions.like(who.pk, post)
        mine = factories.post(who, audience=self.chance.choice(AUDIENCES))
        if self.chance.random() < 0.5:
            feed.delete_post(who.pk, mine.post.id)

    def time(self, who: User) -> None:
        """A minute goes by: what is shown in it was allowed by what is said at this moment."""
        before = set(Activity.objects.filter(state="shown").values_list("pk", flat=True))
        pass_time()
        for row in Activity.objects.filter(state="shown").exclude(pk__in=before):
            wanted, line = self.said[row.author_id, row.kind]
            assert wanted != "me" and row.consent_id == line
            assert row.list_id == (wanted.list_id if isinstance(wanted, ToList) else None)
            self.shown[row.pk] = line


def found() -> list[Found]:
    until = now() + timedelta(seconds=1)
    return list(audit(until - timedelta(days=1), until))


def about(kind: str = "activity.") -> list[int]:
    """The activities of the frames in the log, one after the other."""
    rows = LoggedEvent.objects.filter(encoded__contains=f'"type":"{kind}')
    return [orjson.loads(row.encoded)["data"]["activity_id"] for row in rows]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_for_all_that_left_there_was_a_line_at_that_moment(
    transactional_db: None, outside: Service, seed: int
) -> None:
    day = Day(seed, outside)
    day.go()
    sent = Errand.objects.filter(state__in=["sending", "sent"])
    assert mail.outbox and outside.taken and sent.exists()
    assert len(about("activity.shown")) > 5 and len(about("activity.withdrawn")) > 1
    all_found = found()
    assert [one for one in all_found if one.wrong] == []
    everything = (LoggedEvent, Cause, Showing)
    assert len(all_found) == sum(one.objects.count() for one in everything) + sent.count()
    # For each frame of an activity and everybody who was shown one: the line that allowed it.
    lines = {one.what: one.line for one in all_found if one.line is not None}
    assert len(lines) == len(about()) + Showing.objects.count()
    for row in Showing.objects.all():
        what = f"activity {row.activity_id} shown to {row.viewer_id}"
        assert lines[what] == day.shown[row.activity_id]
    for one in all_found:
        assert (one.line is not None) == one.what.startswith("activity"), one.what


def test_a_line_that_is_missing_is_found(transactional_db: None, outside: Service) -> None:
    """Each line by which something was shown, taken out of the ledger and put back again."""
    day = Day(4, outside)
    day.go()
    assert [one for one in found() if one.wrong] == []
    lines = sorted(set(day.shown.values()))
    assert len(lines) > 2
    for line in lines:
        by_it = {number for number, one in day.shown.items() if one == line}
        frames = [number for number in about() if number in by_it]
        with transaction.atomic():
            Consent.objects.filter(pk=line).delete()
            wrong = [one for one in found() if one.wrong]
            transaction.set_rollback(True)
        assert len(wrong) == len(frames)
        assert {one.wrong for one in wrong} <= {"no such activity"}
    assert sum(len([n for n in about() if day.shown.get(n) == line]) for line in lines) > 5
    # A line that was said in between and is not there any more hides nothing: what was shown after
    # it was shown against what was said last.
    row = Activity.objects.filter(state="shown").first()
    assert row is not None
    newest = Consent.objects.filter(person=row.author_id, kind=row.kind).order_by("-turn")[0]
    earlier = row.shown_at
    with transaction.atomic():
        Consent.objects.create(
            person_id=row.author_id,
            kind=row.kind,
            turn=newest.turn + 1,
            audience="me",
            text=1,
            at=(earlier or now()) - timedelta(seconds=1),
        )
        wrong = [one for one in found() if one.wrong == "consent had ended"]
        transaction.set_rollback(True)
    assert bool(wrong) == (newest.pk == row.consent_id)
