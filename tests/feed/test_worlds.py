"""A dozen people befriend, part, block, sort each other into lists, come into groups and change
whom they show what; and whatever they did, no post, count, frame, replay, notice, push or search
brings anything outside its audience."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server.accounts import distance, following
from server.accounts import lists as friend_lists
from server.accounts import services as accounts
from server.accounts.schemas import MeChange
from server.errors import Refused
from server.feed import editing, services
from server.feed.schemas import NewWords, PostBody, ToList, Wanted
from server.realtime.models import LoggedEvent
from tests import factories
from tests.feed.beyond import Beyond, Talking
from tests.feed.clubs import Told
from tests.feed.watched import Said
from tests.realtime.conftest import Remembering

PEOPLE = 12
STEPS = 48


@dataclass
class World(Talking):
    """Who is what to whom, told as simply as possible, beside the real thing."""

    # What happens ----------------------------------------------------------------------------

    def step(self) -> None:
        one, other = self.chance.sample(self.people, 2)
        verbs: list[Callable[[int, int], None]] = [
            self.befriend,
            self.part,
            self.block,
            self.unblock,
            self.list_one,
            self.list_one,
            self.unlist,
            self.open_up,
            self.follow,
            self.follow,
            self.unfollow,
            self.delete_list,
            self.post,
            self.post,
            self.post,
            self.vote,
            self.comment,
            self.readdress,
            self.readdress,
            self.delete,
            self.edit,
            self.edit,
            self.react,
            self.share,
            self.share,
            self.come,
            self.come,
            self.come,
            self.go,
            self.ban,
            self.archive,
            self.post_in_group,
            self.post_in_group,
            self.post_in_group,
            self.hold,
            self.mute,
            self.restrict,
            self.restrict,
            self.approve,
        ]
        self.chance.choice(verbs)(one, other)

    def befriend(self, one: int, other: int) -> None:
        if not {(one, other), (other, one)} & self.blocks:
            accounts.ask_friend(one, other)
            accounts.ask_friend(other, one)
            self.friends.add(frozenset((one, other)))

    def _apart(self, one: int, other: int) -> None:
        self.friends.discard(frozenset((one, other)))
        for owner, members in self.lists.values():
            members -= {other} if owner == one else {one} if owner == other else set()

    def part(self, one: int, other: int) -> None:
        accounts.end_tie(one, other)
        if (one, other) not in self.blocks:
            self._apart(one, other)

    def block(self, one: int, other: int) -> None:
        accounts.block(one, other)
        self.blocks.add((one, other))
        self._apart(one, other)
        self.follows -= {(one, other), (other, one)}

    def unblock(self, one: int, other: int) -> None:
        accounts.unblock(one, other)
        self.blocks.discard((one, other))

    def open_up(self, one: int, _: int) -> None:
        wanted = one not in self.open or self.chance.random() < 0.6
        accounts.change_me(one, MeChange(followable=wanted))
        (self.open.add if wanted else self.open.discard)(one)

    def follow(self, one: int, other: int) -> None:
        allowed = other in self.open and not {(one, other), (other, one)} & self.blocks
        with suppress(Refused):
            following.follow(one, other)
            assert allowed
        if allowed:
            self.follows.add((one, other))

    def unfollow(self, one: int, other: int) -> None:
        following.unfollow(one, other)
        self.follows.discard((one, other))

    def _list_of(self, owner: int) -> int:
        mine = [pk for pk, (who, _) in self.lists.items() if who == owner]
        if mine and self.chance.random() < 0.8:
            return self.chance.choice(mine)
        made = friend_lists.make(owner, f"List {self.chance.random()}").id
        self.lists[made] = (owner, set())
        return made

    def list_one(self, one: int, other: int) -> None:
        to = self._list_of(one)
        near = frozenset((one, other)) in self.friends
        with suppress(Refused):
            friend_lists.add(one, to, other)
            assert near
        if near:
            self.lists[to][1].add(other)

    def unlist(self, one: int, other: int) -> None:
        to = self._list_of(one)
        friend_lists.remove(one, to, other)
        self.lists[to][1].discard(other)

    def delete_list(self, one: int, _: int) -> None:
        to = self._list_of(one)
        friend_lists.delete(one, to)
        del self.lists[to]
        for post in self.posts.values():
            if post.to == to:
                post.audience, post.to = "me", None

    def _audience(self, owner: int) -> tuple[Wanted, str, int | None]:
        kinds = ["me", "list", "list", "friends", "everyone"]
        kinds += ["followers"] * 2 if owner in self.open else []
        kind = self.chance.choice(kinds)
        if kind == "list":
            to = self._list_of(owner)
            return ToList(list_id=to), "list", to
        return kind, kind, None  # type: ignore[return-value]

    def _words(self, other: int) -> str:
        """Now and then they name somebody, who may see them or not."""
        named = f" @{self.names[other]}" if self.chance.random() < 0.6 else ""
        return f"words-{factories.client_id()}{named}"

    def post(self, one: int, other: int) -> None:
        wanted, kind, to = self._audience(one)
        words = self._words(other)
        made = services.publish(
            one,
            services.schemas.PostDraft(
                client_id=factories.client_id(), text=words, audience=wanted
            ),
        )
        self.posts[made.post.id] = Told(one, kind, to, words, None)

    def share(self, one: int, other: int) -> None:
        """Whoever sees a post may show it on, to others than its author would."""
        if (pk := self._some_post()) is not None:
            self.share_on(one, other, pk)

    def share_on(self, one: int, other: int, pk: int) -> None:
        wanted, kind, to = self._audience(one)
        words = self._words(other)
        draft = PostBody(client_id=factories.client_id(), text=words, audience=wanted)
        original = self.posts[pk].of or pk
        with suppress(Refused):
            made = services.publish(one, draft, of=pk)
            assert self.sees(one, self.posts[pk]) and self.sees(one, self.posts[original])
            assert made.post.of_id == original
            self.posts[made.post.id] = Told(one, kind, to, words, None, of=original)

    def vote(self, one: int, _: int) -> None:
        wanted, kind, to = self._audience(one)
        words = f"words-{factories.client_id()}"
        who = accounts.User.objects.get(pk=one)
        made = factories.vote_in_feed(who, wanted, question=words)
        assert made.poll.post_id is not None
        self.posts[made.poll.post_id] = Told(one, kind, to, words, made.poll.id)

    def _some_post(self) -> int | None:
        return self.chance.choice(list(self.posts)) if self.posts else None

    def comment(self, one: int, other: int) -> None:
        if (pk := self._some_post()) is not None:
            self.comment_on(one, other, pk)

    def comment_on(self, one: int, other: int, pk: int) -> None:
        post = self.posts[pk]
        who = accounts.User.objects.get(pk=one)
        with suppress(Refused):
            words = self._words(other)
            made = factories.comment(who, pk, words)
            assert self.sees(one, post) and not made.held
            if post.group is not None:
                assert one in self.groups[post.group][1], "who is out of a group speaks there"
                assert post.group not in self.archived
            self.said[made.id] = Said(one, pk, words, (post.author, one) in self.restricts)

    def approve(self, *_: int) -> None:
        waiting = [pk for pk, one in self.said.items() if one.waits and one.post in self.posts]
        if waiting:
            pk = self.chance.choice(waiting)
            with suppress(Refused):  # a block stands between
                services.approve(self.posts[self.said[pk].post].author, pk)
                self.said[pk].waits = False

    def mute(self, one: int, other: int) -> None:
        self._keep_away(distance.mute, self.mutes, one, other)

    def restrict(self, one: int, other: int) -> None:
        if near := [pair for pair in self.friends if self.chance.random() < 0.2]:
            one, other = self.chance.sample(sorted(near[0]), 2)
        self._keep_away(distance.restrict, self.restricts, one, other)

    def _keep_away(self, verb: Any, known: set[tuple[int, int]], one: int, other: int) -> None:
        wanted = (one, other) not in known or self.chance.random() < 0.4
        with suppress(Refused):
            verb(one, other, wanted=wanted)
            assert (other, one) not in self.blocks
            (known.add if wanted else known.discard)((one, other))

    def readdress(self, *_: int) -> None:
        if (pk := self._some_post()) is None:
            return
        post = self.posts[pk]
        if post.group is not None:
            self.in_its_group(pk, post)
            return
        wanted, post.audience, post.to = self._audience(post.author)
        services.change_audience(post.author, pk, wanted)

    def keep(self, pk: int) -> None:
        """A post is its author's alone from now on."""
        if (post := self.posts.get(pk)) and post.group is None:
            post.audience, post.to = "me", None
            services.change_audience(post.author, pk, "me")

    def delete(self, *_: int) -> None:
        if (pk := self._some_post()) is not None and self.chance.random() < 0.3:
            services.delete_post(self.posts.pop(pk).author, pk)
            for post in self.posts.values():
                post.of = -1 if post.of == pk else post.of

    def edit(self, *_: int) -> None:
        if (pk := self._some_post()) is None or self.posts[pk].poll:
            return
        post = self.posts[pk]
        words, edition = f"words-{factories.client_id()}", len(post.before)
        if post.group is not None and not self.may_speak(post.author, post.group):
            with pytest.raises(Refused):
                editing.edit(post.author, pk, NewWords(text=words, edition=edition))
            return
        editing.edit(post.author, pk, NewWords(text=words, edition=edition))
        post.before.append(post.words)
        post.words = words

    def react(self, one: int, _: int) -> None:
        if (pk := self._some_post()) is None:
            return
        with suppress(Refused):
            services.react(one, pk, "👍", on=True)
            assert self.sees(one, self.posts[pk])
            self.posts[pk].pressed.add(one)


@pytest.mark.timeout(600)  # a world is half a minute of work, and machines are busy
@pytest.mark.django_db
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller seed is no smaller world
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_nothing_is_seen_outside_its_audience(
    seed: int, transport: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(Random(seed), transport)
    there = [factories.person() for _ in range(PEOPLE)]
    world.people = [who.pk for who in there]
    world.names = {who.pk: who.username for who in there}
    beyond = Beyond(world, there, monkeypatch)
    for _ in range(3 * PEOPLE):
        world.befriend(*world.chance.sample(world.people, 2))
    LoggedEvent.objects.all().delete()
    for step in range(STEPS):
        transport.published.clear()
        world.step()
        world.check_frames(transport.published)
        if step % 12 == 11:
            world.check()
            beyond.check() if step % 24 == 23 else None
