"""What a browser does with the feed's events: a page after N + events = a fresh page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from server import access
from server.accounts import lists
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
            if event["topic"] in self.feed.heads and "number" in event:
                heads = {**self.feed.heads, event["topic"]: event["number"]}
                self.feed = self.feed.model_copy(update={"heads": heads})
            getattr(self, event["type"].replace(".", "_"), lambda _: None)(event)
        # Told by `dropped` frames.
        still = access.watchable(self.person_id, list(map(Topic.parse, self.feed.heads)))
        kept = {name: at for name, at in self.feed.heads.items() if Topic.parse(name) in still}
        self.feed = self.feed.model_copy(update={"heads": kept})
        return self

    def post_published(self, event: Wire) -> None:
        view = Post.model_validate(event["data"]["post"])
        known = self._by_id().get(view.id)
        if event["topic"] not in self.feed.heads or (known and known.post.turn >= view.turn):
            return
        if known:
            self._change(known, post=view, list_id=self._list(event["topic"], view))
            return
        entry = PostEntry(
            post=view,
            counts=Counts(likes=0, comments=0, shares=0, reactions=[], version=0),
            liked=False,
            mine=[],
            list_id=self._list(event["topic"], view),
            head=0,
        )
        if view.turn:  # not a new one: what hangs on it is loaded
            entry = queries.post_entry(self.person_id, view.id)
            if entry.post.audience == "held" and entry.post.author.id != self.person_id:
                return  # hidden meanwhile: for those who decide it stands on the group's page only
            self.threads[view.id] = queries.comments_page(self.person_id, view.id)
        else:
            self.threads[view.id] = CommentPage(
                comments=[], next=None, head=0, epoch=self.feed.epoch
            )
        self._entries({**self._by_id(), view.id: entry})

    def _list(self, topic: str, view: Post) -> int | None:
        """Which of my lists a post of mine is shown to."""
        if view.author.id != self.person_id:
            return None
        mine = lists.mine(self.person_id).lists
        return next((one.id for one in mine if one.topic == topic), None)

    def post_withdrawn(self, event: Wire) -> None:
        entry = self._by_id().get(event["data"]["post_id"])
        if entry and entry.post.turn < event["data"]["turn"]:
            self._forget(entry.post.id)

    def post_shown(self, event: Wire) -> None:
        data = event["data"]
        entry = self._by_id().get(data["post_id"])
        if entry is None:
            return
        if event["topic"] == f"post:{entry.post.id}":
            self._change(entry, head=event["number"])
            self._move_thread(entry.post.id, event["number"])
            entry = self._by_id()[entry.post.id]
        if entry.post.turn < data["turn"]:
            fields = {"audience": data["audience"], "turn": data["turn"]}
            self._change(entry, post=entry.post.model_copy(update=fields))

    def post_edited(self, event: Wire) -> None:
        data = event["data"]
        entry = self._by_id().get(data["post_id"])
        if entry is None:
            return
        if event["topic"] == f"post:{entry.post.id}":
            self._change(entry, head=event["number"])
            self._move_thread(entry.post.id, event["number"])
            entry = self._by_id()[entry.post.id]
        if entry.post.edition < data["edition"]:
            words = {key: data[key] for key in ("text", "edition", "edited_at")}
            self._change(entry, post=entry.post.model_copy(update=words))

    def list_changed(self, event: Wire) -> None:
        """The first thing is being shown to a list of mine: followed from its beginning."""
        if topic := event["data"]["list"]["topic"]:
            heads = {topic: 0, **self.feed.heads}
            self.feed = self.feed.model_copy(update={"heads": heads})

    def list_deleted(self, event: Wire) -> None:
        for entry in self._by_id().values():
            if entry.list_id == event["data"]["list_id"]:
                fields = {"audience": "me", "turn": entry.post.turn + 1}
                self._change(entry, post=entry.post.model_copy(update=fields), list_id=None)

    def more_shown(self, event: Wire) -> None:
        """Their page, and where to follow."""
        page = queries.person_page(self.person_id, event["data"]["person_id"])
        fresh = {entry.post.id: entry for entry in page.entries}
        for post_id in fresh.keys() - self._by_id().keys():
            self.threads[post_id] = queries.comments_page(self.person_id, post_id)
        self._entries({**fresh, **self._by_id()})
        self.feed = self.feed.model_copy(update={"heads": {**page.heads, **self.feed.heads}})

    def public_opened(self, event: Wire) -> None:
        """What is shown beyond friends is told on a topic of its own, followed from its start."""
        heads = {f"public:{event['data']['person_id']}": 0, **self.feed.heads}
        self.feed = self.feed.model_copy(update={"heads": heads})

    def follow_changed(self, event: Wire) -> None:
        """Their page, and where to follow; or what they wrote leaves."""
        if event["data"]["following"]:
            self.more_shown({"data": {"person_id": event["data"]["person"]["id"]}})
            return
        author = event["data"]["person"]["id"]
        kept = {pk: one for pk, one in self._by_id().items() if one.post.author.id != author}
        for post_id in self._by_id().keys() - kept.keys():
            self.threads.pop(post_id, None)
        self._entries(kept)

    def post_deleted(self, event: Wire) -> None:
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
            counts = Counts(**{k: v for k, v in data.items() if k != "post_id"}, version=version)
            self._change(entry, counts=counts)

    def post_liked(self, event: Wire) -> None:
        if entry := self._by_id().get(event["data"]["post_id"]):
            self._change(entry, liked=event["data"]["liked"], mine=event["data"]["mine"])

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

    def _move_thread(self, post_id: int, number: int) -> None:
        if page := self.threads.get(post_id):
            self.threads[post_id] = page.model_copy(update={"head": number})

    def _thread(
        self, post_id: int, number: int, *, add: Comment | None = None, remove: int = 0
    ) -> None:
        if post_id not in self.threads:
            return
        page = self.threads[post_id]
        gone = {remove, add.id if add else 0}
        comments = [one for one in page.comments if one.id not in gone]
        comments = sorted([*comments, *([add] if add else [])], key=lambda one: one.id)
        self.threads[post_id] = page.model_copy(update={"comments": comments})
        self._move_thread(post_id, number)
        self._change(self._by_id()[post_id], head=number)
