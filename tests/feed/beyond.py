"""What a world's people hear of outside of pages and sockets, and what they find: notices, what is
pushed of them to a locked screen, and the searches for people and groups."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from datetime import timedelta

import orjson
import pytest
from django.db.models import F

from server.accounts.models import User
from server.accounts.queries import people_page
from server.groups import queries as groups
from server.notices import jobs, push, queries, sending, services, targets
from server.notices.models import Cause, Errand, Wish
from server.notices.policies import KINDS
from server.notices.schemas import PushDraft
from tests import factories
from tests.feed.watched import LOOKING, Watched
from tests.notices.test_push import KEY, SECRET

POSTS = 4
"""Of which something is said before each check."""


class Talking(Watched):
    """A world in which somebody may be made to do what others hear of."""

    @abstractmethod
    def comment_on(self, one: int, other: int, pk: int) -> None: ...
    @abstractmethod
    def share_on(self, one: int, other: int, pk: int) -> None: ...
    @abstractmethod
    def keep(self, pk: int) -> None: ...
    @abstractmethod
    def mute(self, one: int, other: int) -> None: ...
    @abstractmethod
    def block(self, one: int, other: int) -> None: ...


class Beyond:
    """Everybody has a browser to which every kind of notice is pushed, and reads nothing before."""

    def __init__(self, world: Talking, people: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.pushed: dict[int, list[dict[str, str]]] = defaultdict(list)
        for who in people:
            draft = PushDraft(endpoint=f"https://push.example/{who.pk}", key=KEY, secret=SECRET)
            targets.add(who.pk, factories.session_key(who), draft)
        Wish.objects.bulk_create(
            Wish(person=who, kind=kind, way="push", wanted=True) for who in people for kind in KINDS
        )
        monkeypatch.setattr(push, "deliver", self._deliver)

    def _deliver(self, target: push.Target, content: bytes, *_: object) -> None:
        reader = int(target.endpoint.rpartition("/")[2])
        self.pushed[reader].append(orjson.loads(content))

    def check(self) -> None:
        """What is pushed now, of all that happened since the last time, and what is found now."""
        self.pushed.clear()
        self.world.transport.published.clear()
        self._talk()
        for reader in self.world.people:
            services.settle(reader)
        self._meanwhile()
        self.world.check_frames(self.world.transport.published)
        Errand.objects.filter(state="waiting").update(due_at=F("due_at") - timedelta(hours=1))
        sending.send_due()
        for reader in self.world.people:
            given = dict(
                Errand.objects.filter(person=reader, state="given").values_list("pk", "notice")
            )
            if given:
                jobs.send_push.call(reader, list(given))
            self._check_pushed(reader, set(given.values()))
        for reader in self.world.chance.sample(self.world.people, LOOKING):
            self._check_found(reader)
        for one, other in self.world.blocks:
            assert not people_page(one, self.world.names[other]).people
            assert not people_page(other, self.world.names[one]).people

    def _talk(self) -> None:
        """Those who see a post speak under it and show it on, and name one another."""
        world = self.world
        for pk in world.chance.sample(sorted(world.posts), min(POSTS, len(world.posts))):
            near = [who for who in world.people if world.sees(who, world.posts[pk])]
            for say in (world.comment_on, world.comment_on, world.share_on):
                say(*world.chance.sample(near, 2), pk) if len(near) > 1 else None

    def _meanwhile(self) -> None:
        """A push waits ten seconds; in them people turn away from those whom it is of, and take
        back what it is about."""
        waiting = Errand.objects.filter(state="waiting").values("notice")
        rows = Cause.objects.filter(notice__in=waiting).order_by("pk")
        told = rows.values_list(
            "notice__kind", "notice__person", "actor", "notice__subject", "cause"
        )
        world, happened = self.world, defaultdict(list)
        for kind, reader, actor, subject, cause in told:
            happened[kind].append((reader, actor, subject, cause))
        for kind, turn in (
            ("comment", lambda reader, actor, *_: world.mute(reader, actor)),
            ("comment", lambda reader, actor, *_: world.block(actor, reader)),
            ("mention", lambda _reader, _actor, subject, _: world.keep(subject)),
            ("post.mention", lambda _reader, _actor, subject, _: world.keep(subject)),
            ("reshare", lambda _reader, _actor, _subject, cause: world.keep(cause)),
        ):
            if happened[kind]:
                reader, actor, subject, cause = world.chance.choice(happened[kind])
                happened[kind] = [one for one in happened[kind] if one[:2] != (reader, actor)]
                turn(reader, actor, subject, cause)

    def _check_pushed(self, reader: int, lines: set[int]) -> None:
        """As much as the page of notices shows of it, and nothing that is not theirs to see."""
        page = queries.page(reader)
        shown = {f"notice-{one.id}" for one in page.notices if one.id in lines}
        pushed = self.pushed[reader]
        assert len(pushed) == len({one["tag"] for one in pushed})
        assert shown <= {one["tag"] for one in pushed}
        strangers = {
            self.world.names[other]
            for other in self.world.people
            if self.world.apart(reader, other) or (reader, other) in self.world.mutes
        }
        told = [(one["title"], one["body"]) for one in pushed]
        told += [(" ".join(p.username for p in one.people), one.said) for one in page.notices]
        for title, body in told:
            assert not strangers & set(title.split()), title
            assert not self._unsaid(reader) & {body}, body
        text = page.model_dump_json() + orjson.dumps(pushed).decode()
        assert not self.world.leaks(reader, text), (reader, text)

    def _unsaid(self, reader: int) -> set[str]:
        """The words of comments by people with whom this reader has nothing to do."""
        return {
            one.words
            for one in self.world.said.values()
            if self.world.apart(reader, one.author) or (reader, one.author) in self.world.mutes
        }

    def _check_found(self, reader: int) -> None:
        """Nobody across a block, whatever is asked, and no hidden group by its own members."""
        world = self.world
        others = {who for who in world.people if who != reader and not world.apart(reader, who)}
        everybody = {one.person.id for one in people_page(reader).people}
        assert everybody & set(world.people) <= others
        for other in world.chance.sample(world.people, LOOKING):
            by_name = people_page(reader, f"@{world.names[other]}").people
            assert {one.person.id for one in by_name} == {other} & others
        open_ones = world.groups.keys() - world.hidden - world.archived
        found = {one.group.id: one.group.member_count for one in groups.find(reader, "lens").groups}
        assert found.keys() & world.groups.keys() <= open_ones
        for group in found.keys() & open_ones:
            assert found[group] == len(world.groups[group][1])
