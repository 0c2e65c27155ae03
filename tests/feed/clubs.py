"""Groups in a random world: what people do to them, and what is posted there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import pytest

from server.accounts.models import User
from server.errors import Refused
from server.feed import moderating, queries, services
from server.feed.schemas import ToGroup, Wanted
from server.groups import services as groups
from tests import factories


@dataclass
class Told:
    """A post as the model knows it. to: the list that it is for. group: where it was made."""

    author: int
    audience: str
    to: int | None
    words: str
    poll: int | None
    group: int | None = None
    before: list[str] = field(default_factory=list)
    """What it said before."""
    of: int | None = None
    pressed: set[int] = field(default_factory=set)


@dataclass
class InGroups(ABC):
    """The part of a world that is in groups."""

    chance: Random
    blocks: set[tuple[int, int]] = field(default_factory=set, kw_only=True)
    posts: dict[int, Told] = field(default_factory=dict, kw_only=True)
    groups: dict[int, tuple[int, set[int]]] = field(default_factory=dict, kw_only=True)
    """group -> (owner, who is in it)"""
    archived: set[int] = field(default_factory=set, kw_only=True)
    hidden: set[int] = field(default_factory=set, kw_only=True)

    @abstractmethod
    def befriend(self, one: int, other: int) -> None: ...

    def may_speak(self, person: int, group: int) -> bool:
        return person in self.groups[group][1] and group not in self.archived

    def sees_in_group(self, reader: int, post: Told) -> bool:
        """Somebody else's post of a group."""
        owner, members = self.groups[post.group or 0]
        if reader == owner:
            return post.audience != "me"
        apart = {(reader, post.author), (post.author, reader)} & self.blocks
        return post.audience == "group" and reader in members and not apart

    def _some_group(self, one: int) -> int:
        """One that this person is in, if there is any; else a new one."""
        mine = [pk for pk, (_, members) in self.groups.items() if one in members]
        if mine and self.chance.random() < 0.9:
            return self.chance.choice(mine)
        entry = self.chance.choice(["open", "hidden"])
        made = factories.interest(User.objects.get(pk=one), entry=entry)
        self.groups[made.group.id] = (one, {one})
        if entry == "hidden":
            self.hidden.add(made.group.id)
        return made.group.id

    def come(self, one: int, other: int) -> None:
        """The owner of a group befriends and invites somebody, who comes in."""
        owner, members = self.groups[group := self._some_group(one)]
        self.befriend(owner, other) if owner != other else None
        with suppress(Refused):
            if owner != other:
                groups.invite(owner, group, other)
            groups.join(other, group, [])
            members.add(other)

    def go(self, one: int, _: int) -> None:
        group = self._some_group(one)
        if self.groups[group][0] != one:
            groups.leave(one, group)
            self.groups[group][1].discard(one)

    def ban(self, one: int, other: int) -> None:
        owner, members = self.groups[group := self._some_group(one)]
        if other in members and other != owner:
            groups.ban(owner, group, other)
            members.discard(other)

    def archive(self, one: int, _: int) -> None:
        owner, _members = self.groups[group := self._some_group(one)]
        if self.chance.random() < 0.3:
            (groups.reopen if group in self.archived else groups.archive)(owner, group)
            self.archived ^= {group}

    def post_in_group(self, one: int, _: int) -> None:
        group = self._some_group(one)
        words = f"words-{factories.client_id()}"
        who = User.objects.get(pk=one)
        try:
            if self.chance.random() < 0.3:
                vote = factories.vote_in_feed(who, ToGroup(group_id=group), question=words).poll
                made, poll = vote.post_id, vote.id
            else:
                made, poll = factories.post(who, words, ToGroup(group_id=group)).post.id, None
        except Refused:
            assert group in self.archived
            return
        assert group not in self.archived
        assert made is not None
        self.posts[made] = Told(one, "group", None, words, poll, group)

    def hold(self, one: int, other: int) -> None:
        """Whoever does not decide cannot; the owner hides it, or shows it again."""
        there = [pk for pk, post in self.posts.items() if post.group and post.audience != "me"]
        if not there:
            return
        pk = self.chance.choice(there)
        post = self.posts[pk]
        owner, _ = self.groups[post.group or 0]
        if one != owner:
            with pytest.raises(Refused):
                moderating.hold(one, pk)
        if post.audience == "group":
            moderating.hold(owner, pk)
            post.audience = "held"
        else:
            moderating.release(owner, pk)
            post.audience = "group"

    def in_its_group(self, pk: int, post: Told) -> None:
        group = post.group or 0
        with pytest.raises(Refused):
            services.change_audience(post.author, pk, "friends")
        kind = "group" if post.audience == "me" else "me"
        with suppress(Refused):
            wanted: Wanted = ToGroup(group_id=group) if kind == "group" else "me"
            services.change_audience(post.author, pk, wanted)
            assert post.audience != "held"
            post.audience = kind

    def check_group(self, reader: int, group: int, seen: set[int]) -> None:
        if reader not in self.groups[group][1]:
            with pytest.raises(Refused):
                queries.group_feed(reader, group)
            return
        there = [pk for pk in seen if self.posts[pk].group == group]
        expected = [pk for pk in sorted(there, reverse=True) if self.posts[pk].audience != "me"]
        shown = [entry.post.id for entry in queries.group_feed(reader, group).entries]
        assert shown == expected[: queries.POSTS_A_PAGE]
