"""What a world's model says that each may see, beside everything that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from server import access
from server.accounts import following, follows
from server.errors import Refused
from server.feed import policies, queries, reactions
from server.feed.models import Post
from server.polls import policies as polls
from server.polls import queries as votes
from server.realtime import topics
from server.realtime.models import LoggedEvent
from server.realtime.publish import Envelope
from server.realtime.topics import Topic
from tests.feed.clubs import InGroups, Told
from tests.realtime.conftest import Remembering

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
class Watched(InGroups):
    """The part of a world that is looked at."""

    transport: Remembering
    people: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
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
            mine = [(topic, event) for topic, event in told if (reader, topic) in watched]
            # A replay of these is refused: their past shows more than a page would.
            kept = access.withheld(reader, {str(topic): 0 for topic, _ in mine})
            past = "".join(event for topic, event in mine if str(topic) not in kept)
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
        told = [queries.wordings, lambda me, one: reactions.reacted_page(me, one, "👍")]
        if pk not in seen:
            for ask in told:
                with pytest.raises(Refused, match="not_found"):
                    ask(reader, pk)
            return
        said = queries.wordings(reader, pk).edits
        assert [one.text for one in said] == post.before
        near = {other for other in post.pressed if not self.apart(reader, other)}
        assert {one.id for one in reactions.reacted_page(reader, pk, "👍").people} == near

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
