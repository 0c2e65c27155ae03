"""Everything of a person's into one zip, in one pass over what there is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC
from typing import IO, TextIO, TypeVar

import orjson
from django.db.models import Sum

from server.accounts.models import User
from server.bookmarks.policies import bookmarks_of
from server.chat.models import Membership, Message
from server.chat.policies import present
from server.feed.models import Comment, Like, Post, Reaction
from server.lookups import CountOf
from server.media import files
from server.media.models import Picture
from server.polls.models import Ballot, Poll
from server.realtime.clock import millis, now
from server.schema import Shape
from server.takeout import about_me, joined, kept, said, sharing, shown, telling
from server.takeout.archive import Archive
from server.takeout.pages import Chat, Index
from server.takeout.records import FORMAT, VERSION

R = TypeVar("R", bound=Shape)

Report = Callable[[float], None]
"""Told the share that is done, 0 to 1; may raise to end it all."""

PICTURE = 10
"""What one weighs beside a row: its file is copied."""


class Json:
    """data.json as it grows: one list after the other, record by record."""

    def __init__(self, out: TextIO, made_at: int, profile: Shape):
        self._out = out
        head = {"format": FORMAT, "version": VERSION, "made_at": made_at}
        out.write(f'{orjson.dumps(head).decode()[:-1]},\n"profile":{profile.model_dump_json()}')

    def section(self, name: str, records: Iterable[R]) -> Iterator[R]:
        """Write a list, and hand each record on."""
        self._out.write(f',\n"{name}":[')
        for number, record in enumerate(records):
            self._out.write((",\n" if number else "\n") + record.model_dump_json())
            yield record
        self._out.write("]")

    def end(self) -> None:
        self._out.write("}\n")


class Scale:
    """How far it is, by rows."""

    def __init__(self, person_id: int, report: Report):
        self._report = report
        self._all = max(1, _weight(person_id))
        self._done = 0

    def count(self, records: Iterable[R], weight: int = 1) -> Iterator[R]:
        """Hand records on, and tell. Estimates may be wrong: it never says more than all."""
        for record in records:
            yield record
            self._done += weight
            self._report(min(1.0, self._done / self._all))


def _weight(person_id: int) -> int:
    """About how many rows there are to be read. Two queries, however many kinds there are."""
    here = present().filter(person=person_id).aggregate(rows=Sum("room__last_ordinal"))["rows"]
    left = Membership.objects.filter(person=person_id, left_at__isnull=False).values("room")
    rows = (
        Message.objects.filter(author=person_id, room__in=left),
        Post.objects.filter(author=person_id),
        Comment.objects.filter(author=person_id),
        Like.objects.filter(person=person_id),
        Reaction.objects.filter(person=person_id),
        Poll.objects.filter(author=person_id),
        Ballot.objects.filter(voter=person_id),
        bookmarks_of(person_id),
    )
    pictures = Picture.objects.filter(owner=person_id, state="ready")
    counts = [CountOf(some.order_by().values("pk")) for some in (*rows, pictures)]
    me = User.objects.filter(pk=person_id).values_list(*counts)
    *others, drawn = next(iter(me), [0] * len(counts))
    return (here or 0) + sum(others) + drawn * PICTURE


def pack(person_id: int, file: IO[bytes], report: Report) -> None:
    """Write the zip. However much there is, memory holds a few hundred rows and a part of a file.

    Raises what `report` raises.
    """
    moment, scale = now().astimezone(UTC), Scale(person_id, report)
    profile = about_me.profile(person_id)
    with (
        Archive(file, moment.timetuple()[:6]) as archive,
        archive.text("data.json") as data,
        archive.text("index.html") as page,
    ):
        json = Json(data, millis(moment), profile)
        index = Index(page, profile, millis(moment))
        for name, rows in (
            ("sessions", about_me.sessions(person_id)),
            ("ties", about_me.ties(person_id)),
            ("follows", about_me.follows(person_id)),
            ("lists", about_me.lists(person_id)),
            ("invitations", about_me.invitations(person_id)),
        ):
            index.section(name, scale.count(json.section(name, rows)))
        chats = index.chats(json.section("chats", said.chats(person_id)))
        for _ in json.section("messages", _talk(person_id, chats, archive, index, scale)):
            pass
        for name, more in (
            ("posts", shown.posts(person_id)),
            ("drafts", shown.drafts(person_id)),
            ("comments", shown.comments(person_id)),
            ("likes", shown.likes(person_id)),
            ("post_reactions", shown.post_reactions(person_id)),
            ("votes", shown.votes(person_id)),
            ("ballots", shown.ballots(person_id)),
            ("stores", about_me.stores(person_id)),
            ("items", about_me.items(person_id)),
            ("folders", kept.folders(person_id)),
            ("bookmarks", kept.bookmarks(person_id)),
            ("groups", joined.groups(person_id)),
            ("gatherings", joined.gatherings(person_id)),
            ("consents", sharing.consents(person_id)),
            ("activities", sharing.activities(person_id)),
            ("silences", telling.silences(person_id)),
            ("delivery", telling.delivery(person_id)),
            ("wishes", telling.wishes(person_id)),
        ):
            index.section(name, scale.count(json.section(name, more)))
        mine = json.section("pictures", _pictures(person_id, archive))
        index.section("pictures", scale.count(mine, PICTURE))
        index.end()
        json.end()


def _talk(
    person_id: int, chats: Mapping[int, str], archive: Archive, index: Index, scale: Scale
) -> Iterator[Shape]:
    """The messages of all chats, each chat on a page of its own as well. chats: their names."""
    for chat_id, name in chats.items():
        with archive.text(f"chats/{chat_id}.html") as out:
            page = Chat(out, index.language, name)
            for message in scale.count(said.messages(person_id, chat_id)):
                page.add(message)
                yield message
            page.end()


def _pictures(person_id: int, archive: Archive) -> Iterator[Shape]:
    """Copies each picture into the archive; one that was deleted meanwhile is left out."""
    for record, name in about_me.pictures(person_id):
        try:
            archive.add(record.file, files.parts(name))
        except FileNotFoundError:
            continue
        yield record
