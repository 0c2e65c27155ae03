"""What a browser does with the feed's events: a page after N + events = a fresh page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from server import access
from server.errors import Refused
from server.feed import queries
from server.feed.schemas import Comment, CommentPage, Counts, FeedPage, Post, PostEntry
from server.realtime.publish import Envelope
from server.realtime.topics import Topic

Wire = dict[str, Any]


def received(person_id: int, published: list[Envelope]) -> list[Wire]:
    """What a person's sockets get of this, having joined everything they may watch now."""
    topics = {one.topic for one in published if one.kind in {"logged", "snapshot"}}
    mine = {str(topic) for topic in access.watchable(person_id, [*map(Topic.parse, topics)])}
    return [orjson.loads(one.text) for one in published if one.text and one.topic in mine]


@dataclass
class Screen:
    """An open feed with the conversation under every post."""

    person_id: int
    feed: FeedPage
    threads: dict[int, CommentPage]

    @classmethod
    def load(cls, person_id: int) -> Screen:
        feed = queries.feed_page(person_id)
        assert feed.next is None
        shown = [entry.post.id for entry in feed.entries]
        threads = {post_id: queries.comments_page(person_id, post_id) for post_id in shown}
        return cls(person_id, feed, threads)

    def apply(self, events: list[Wire]) -> Screen:
        for event in events:
            getattr(self, event["type"].replace(".", "_"), lambda _: None)(event)
        return self

    def post_published(self, event: Wire) -> None:
        if event["topic"] not in self.feed.heads:
            return
        self._move_author(event)
        view = Post.model_validate(event["data"]["post"])
        counts = Counts(likes=0, comments=0, version=0)
        entry = PostEntry(post=view, counts=counts, liked=False, head=0)
        self._entries({**self._by_id(), view.id: entry})
        self.threads[view.id] = CommentPage(comments=[], next=None, head=0, epoch=self.feed.epoch)

    def post_deleted(self, event: Wire) -> None:
        self._move_author(event)
        self._forget(event["data"]["post_id"])

    def post_gone(self, event: Wire) -> None:
        self._forget(event["data"]["post_id"])

    def comment_added(self, event: Wire) -> None:
        comment = Comment.model_validate(event["data"]["comment"])
        self._thread(comment.post_id, event["number"], add=comment)

    def comment_withheld(self, event: Wire) -> None:
        data = event["data"]
        try:
            comment = queries.comment_view(self.person_id, data["comment_id"])
        except Refused:
            comment = None
        self._thread(data["post_id"], event["number"], add=comment)

    def comment_deleted(self, event: Wire) -> None:
        data = event["data"]
        self._thread(data["post_id"], event["number"], remove=data["comment_id"])

    def post_counts(self, event: Wire) -> None:
        data, version = event["data"], event["version"]
        entry = self._by_id().get(data["post_id"])
        if entry and version > entry.counts.version:
            counts = Counts(likes=data["likes"], comments=data["comments"], version=version)
            self._change(entry, counts=counts)

    def post_liked(self, event: Wire) -> None:
        if entry := self._by_id().get(event["data"]["post_id"]):
            self._change(entry, liked=event["data"]["liked"])

    def _by_id(self) -> dict[int, PostEntry]:
        return {entry.post.id: entry for entry in self.feed.entries}

    def _entries(self, entries: dict[int, PostEntry]) -> None:
        newest_first = [entries[post_id] for post_id in sorted(entries, reverse=True)]
        self.feed = self.feed.model_copy(update={"entries": newest_first})

    def _change(self, entry: PostEntry, **changes: Any) -> None:
        changed = entry.model_copy(update=changes)
        self._entries({**self._by_id(), entry.post.id: changed})

    def _forget(self, post_id: int) -> None:
        self._entries({pk: entry for pk, entry in self._by_id().items() if pk != post_id})
        self.threads.pop(post_id, None)

    def _move_author(self, event: Wire) -> None:
        heads = {**self.feed.heads, event["topic"]: event["number"]}
        self.feed = self.feed.model_copy(update={"heads": heads})

    def _thread(
        self, post_id: int, number: int, *, add: Comment | None = None, remove: int = 0
    ) -> None:
        if post_id not in self.threads:
            return
        page = self.threads[post_id]
        comments = [one for one in page.comments if one.id != remove]
        comments += [add] if add else []
        self.threads[post_id] = page.model_copy(update={"comments": comments, "head": number})
        self._change(self._by_id()[post_id], head=number)
