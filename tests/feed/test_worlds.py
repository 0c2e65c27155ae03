"""A dozen people befriend, part, block, sort each other into lists, come into groups and change
whom they show what; and whatever they did, no post, count, frame or replay is seen outside its
audience."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server import access
from server.accounts import distance, following, follows
from server.accounts import lists as friend_lists
from server.accounts import services as accounts
from server.accounts.schemas import MeChange
from server.errors import Refused
from server.feed import editing, policies, queries, services
from server.feed.models import Post
from server.feed.schemas import NewWords, PostBody, ToList, Wanted
from server.polls import policies as polls
from server.polls import queries as votes
from server.realtime import topics
from server.realtime.models import LoggedEvent
from server.realtime.publish import Envelope
from server.realtime.topics import Topic
from tests import factories
from tests.feed.clubs import InGroups, Told
from tests.realtime.conftest import Remembering

PEOPLE = 12
STEPS = 48
LOOKING = 4
"""Of whom all pages are loaded at a check."""


@dataclass
class Said:
    """A comment as the model knows it. waits: only its author and the post's see it."""

    author: int
    post: int
    words: str
    waits: bool


@dataclass
class World(InGroups):
    """Who is what to whom, told as simply as possible, beside the real thing."""

    transport: Remembering
    people: list[int] = field(default_factory=list)
    friends: set[frozenset[int]] = field(default_factory=set)
    open: set[int] = field(default_factory=set)
    """Those whom anyone may follow."""
    follows: set[tuple[int, int]] = field(default_factory=set)
    mutes: set[tuple[int, int]] = field(default_factory=set)
    restricts: set[tuple[int, int]] = field(default_factory=set)
    said: dict[int, Said] = field(default_factory=dict)
    lists: dict[int, tuple[int, set[int]]] = field(default_factory=dict)
    """list -> (owner, members)"""

    def sees(self, reader: int, post: Told) -> bool:
        if reader == post.author:
            return True
        near = frozenset((reader, post.author)) in self.friends
        if post.group is not None:
            return self.sees_in_group(reader, post)
        if (post.author, reader) in self.restricts and post.audience != "everyone":
            return False
        if post.audience == "list":
            return near and reader in self.lists[post.to or 0][1]
        apart = {(reader, post.author), (post.author, reader)} & self.blocks
        if post.audience == "everyone":
            return not apart
        follows = post.audience == "followers" and self.followed(reader, post.author)
        return post.audience != "me" and (near or follows)

    def followed(self, reader: int, author: int) -> bool:
        return (reader, author) in self.follows and author in self.open

    def seen_by(self, reader: int) -> set[int]:
        return {pk for pk, post in self.posts.items() if self.sees(reader, post)}

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

    def post(self, one: int, _: int) -> None:
        wanted, kind, to = self._audience(one)
        words = f"words-{factories.client_id()}"
        made = services.publish(
            one,
            services.schemas.PostDraft(
                client_id=factories.client_id(), text=words, audience=wanted
            ),
        )
        self.posts[made.post.id] = Told(one, kind, to, words, None)

    def share(self, one: int, _: int) -> None:
        """Whoever sees a post may show it on, to others than its author would."""
        if (pk := self._some_post()) is None:
            return
        wanted, kind, to = self._audience(one)
        words = f"words-{factories.client_id()}"
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

    def comment(self, one: int, _: int) -> None:
        if (pk := self._some_post()) is None:
            return
        post = self.posts[pk]
        who = accounts.User.objects.get(pk=one)
        with suppress(Refused):
            words = f"words-{factories.client_id()}"
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

    # What is seen ----------------------------------------------------------------------------

    def leaks(self, reader: int, text: str) -> set[str]:
        """Words of posts that are not this reader's to see, or are gone."""
        seen = self.seen_by(reader)
        gone = [post for pk, post in self.posts.items() if pk not in seen]
        hidden = {words for post in gone for words in (post.words, *post.before)}
        hidden |= {
            one.words
            for one in self.said.values()
            if one.post not in seen
            or (one.waits and reader not in {one.author, self.posts[one.post].author})
        }
        return {words for words in hidden if words in text}

    def check_frames(self, envelopes: list[Envelope]) -> None:
        """All readers are asked about at once, as a hub does."""
        told = [one for one in envelopes if one.text and one.kind in {"logged", "snapshot"}]
        asked = {(who, Topic.parse(one.topic)) for who in self.people for one in told}
        for reader, topic in access.allowed(asked) if asked else ():
            text = "".join(one.text for one in told if one.topic == str(topic))
            assert not self.leaks(reader, text), (reader, text)

    def check(self) -> None:
        posts = list(self.posts)
        pairs = policies.watchable(self.people, posts)
        ballots = {post.poll: pk for pk, post in self.posts.items() if post.poll}
        may_vote = polls.watchable(self.people, list(ballots))
        told = [(Topic.parse(t), e) for t, e in LoggedEvent.objects.values_list("topic", "encoded")]
        watched = access.allowed({(who, topic) for who in self.people for topic, _ in told})
        homes = {row.pk: str(policies.home(row)) for row in Post.objects.filter(pk__in=posts)}
        looking = self.chance.sample(self.people, LOOKING)
        for reader in self.people:
            seen = self.seen_by(reader)
            assert {pk for who, pk in pairs if who == reader} == seen
            visible = policies.visible_posts(reader).filter(pk__in=posts)
            assert set(visible.values_list("pk", flat=True)) == seen
            assert {pk for who, poll in may_vote if who == reader for pk in [ballots[poll]]} == {
                pk for pk in seen if self.posts[pk].poll
            }
            if reader in looking:
                self._check_pages(reader, seen, homes)
                self._check_by_id(reader, posts, seen)
            past = "".join(event for topic, event in told if (reader, topic) in watched)
            assert not self.leaks(reader, past)

    def _check_by_id(self, reader: int, posts: list[int], seen: set[int]) -> None:
        if posts:
            self._check_post(reader, self.chance.choice(posts), seen)
        by_id = queries.post_list(reader, posts).entries
        assert {one.post.id for one in by_id} == seen
        for one in by_id:
            shares = [post for post in self.posts.values() if post.of == one.post.id]
            assert one.counts.shares == len(shares)

    def _check_post(self, reader: int, pk: int, seen: set[int]) -> None:
        """What hangs on one post is asked for by its id."""
        post = self.posts[pk]
        told = [queries.wordings, lambda me, one: queries.reacted_page(me, one, "👍")]
        if pk not in seen:
            for ask in told:
                with pytest.raises(Refused, match="not_found"):
                    ask(reader, pk)
            return
        said = queries.wordings(reader, pk).edits
        assert [one.text for one in said] == post.before
        near = {other for other in post.pressed if not self.apart(reader, other)}
        assert {one.id for one in queries.reacted_page(reader, pk, "👍").people} == near

    def apart(self, one: int, other: int) -> bool:
        return bool({(one, other), (other, one)} & self.blocks)

    def _is_fed(self, reader: int, pk: int, near: set[int]) -> bool:
        post = self.posts[pk]
        if post.group is None or post.author == reader:
            return post.author in near
        return post.audience == "group" and reader in self.groups[post.group][1]

    def _check_pages(self, reader: int, seen: set[int], homes: dict[int, str]) -> None:
        near = {reader, *(who for pair in self.friends if reader in pair for who in pair)}
        followed = {who for who in self.open if (reader, who) in self.follows}
        assert {one.person.id for one in following.mine(reader).people} == followed
        assert follows.followers(reader) == sum(self.followed(who, reader) for who in self.people)
        page = queries.feed_page(reader)
        authors = {who for who in near | followed if (reader, who) not in self.mutes}
        in_feed = [
            pk
            for pk in sorted(seen, reverse=True)
            if self._is_fed(reader, pk, authors)
            and (reader, self.posts[pk].author) not in self.mutes
        ]
        assert [entry.post.id for entry in page.entries] == in_feed[: queries.POSTS_A_PAGE]
        # What was shown to everyone before its author had followers is told to friends alone.
        close = {who for who in authors if (who, reader) not in self.restricts}
        live = {
            pk
            for pk in in_feed
            if homes[pk][0] == "m"
            or ((who := self.posts[pk].author) in close and (who in near or homes[pk][0] == "p"))
        }
        assert {homes[pk] for pk in live} <= page.heads.keys(), "a page that is not followed"
        assert access.watchable(reader, [Topic.parse(name) for name in page.heads]) == {
            Topic.parse(name) for name in page.heads
        }
        for group in self.groups:
            self.check_group(reader, group, seen)
        open_to_all = {
            pk
            for pk in seen
            if self.posts[pk].audience == "everyone"
            and (reader, self.posts[pk].author) not in self.mutes
        }
        everyones = {one.post.id for one in queries.everyone_page(reader).entries}
        assert everyones & self.posts.keys() <= open_to_all
        for entry in page.entries:
            to = self.posts[entry.post.id].to if entry.post.author.id == reader else None
            assert (entry.post.audience, entry.list_id) == (self.posts[entry.post.id].audience, to)
        open_votes = {one.poll.post_id for one in votes.open_votes(reader).polls}
        assert open_votes <= set(in_feed)
        hidden = [topics.post(pk) for pk in self.posts.keys() - seen]
        assert access.watchable(reader, hidden) == set()
        for pk in self.chance.sample(sorted(seen), min(1, len(seen))):
            text = queries.comments_page(reader, pk).model_dump_json()
            assert not self.leaks(reader, text)
            for one in self.said.values():
                mine = one.waits and reader in {one.author, self.posts[pk].author}
                apart = {(reader, one.author), (one.author, reader)} & self.blocks
                assert not (one.post == pk and mine and not apart) or one.words in text
        text = page.model_dump_json() + queries.everyone_page(reader).model_dump_json()
        assert not self.leaks(reader, text)


@pytest.mark.django_db
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller seed is no smaller world
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_nothing_is_seen_outside_its_audience(seed: int, transport: Remembering) -> None:
    world = World(Random(seed), transport)
    world.people = [factories.person().pk for _ in range(PEOPLE)]
    for _ in range(3 * PEOPLE):
        world.befriend(*world.chance.sample(world.people, 2))
    LoggedEvent.objects.all().delete()
    for step in range(STEPS):
        transport.published.clear()
        world.step()
        world.check_frames(transport.published)
        if step % 12 == 11:
            world.check()
