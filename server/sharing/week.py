"""Everything of mine that others could see, of one week, the newest first.

Each kind of thing is one query, by its time and number; they are put together in one strict order:
(time, kind, number). A page begins after the last thing of the one before it, so nothing stands on
two pages, whatever comes or goes meanwhile.

What was for nobody else from the start is not here, nor are ballots of secret votes. Neither are
likes, other emoji and what is said in chats: they stand where they were made.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Q, QuerySet

from server.accounts.models import FriendList, User
from server.chat.policies import present
from server.chat.schemas import RoomCard
from server.chat.shapes import room_cards
from server.feed.models import Comment, Post
from server.feed.queries import post_list
from server.feed.schemas import PostEntry
from server.groups.models import Group
from server.groups.policies import mine
from server.groups.queries import group_cards
from server.http import from_cursor, from_micros, to_cursor, to_micros
from server.polls.models import Ballot, Poll
from server.polls.policies import standing, watchable
from server.realtime.clock import millis, now
from server.sharing.models import Activity
from server.sharing.queries import own_views
from server.sharing.schemas import OwnActivity, PollLine, SharedPage, SharedSort, SharedThing

WEEK = timedelta(days=7)
INSTANT = timedelta(microseconds=1)
"""No two moments are closer. SQLite compares them as texts, in which the same one may have three or
six digits: nothing here asks whether one equals another."""
THINGS_A_PAGE = 30
Key = tuple[int, int, int]
"""(time in microseconds, kind, number): where a thing stands."""


def _ballots(me: int) -> QuerySet[Any]:
    named = standing().filter(names="named")
    rows = Ballot.objects.filter(voter=me, at__isnull=False, poll__in=named)
    alone = Q(poll__post__author=me, poll__post__audience="me", poll__post__turn=0)
    return rows.exclude(alone).select_related("poll")


def _activities(me: int) -> QuerySet[Any]:
    ever = Q(state__in=["waiting", "shown"]) | Q(shown_at__isnull=False)
    return Activity.objects.filter(ever, author=me)


def _comments(me: int) -> QuerySet[Any]:
    rows = Comment.objects.filter(author=me, deleted_at=None)
    rows = rows.filter(post__deleted_at=None, post__author__is_active=True)
    return rows.exclude(post__author=me, post__audience="me", post__turn=0)


def _asked(me: int) -> QuerySet[Any]:
    return standing().filter(author=me, room__isnull=False)


def _posts(me: int) -> QuerySet[Any]:
    rows = Post.objects.filter(author=me, deleted_at=None)
    return rows.exclude(audience="me", turn=0)


_SOURCES: Sequence[tuple[Callable[[int], QuerySet[Any]], str]] = (
    (mine, "since"),
    (_ballots, "at"),
    (_activities, "at"),
    (_comments, "at"),
    (_asked, "created_at"),
    (_posts, "at"),
)
"""Each kind, and what says when. Of one moment the later kind comes first."""


def week(person_id: int, until: int | None = None, cursor: str | None = None) -> SharedPage:
    """A page of the seven days before a moment (milliseconds), or before now.

    The next pages of a week go by the cursor alone; the week before begins at `earlier`. Six
    queries, and at most forty for what hangs on the rows. Raises Refused(bad_field) for a moment
    that is none and for a cursor of another list.
    """
    before: Key | None = None
    if place := from_cursor(cursor, int, int, int, int):
        since, before = from_micros(place[0]), (place[1], place[2], place[3])
        for micros in (place[0] - 1, place[1] - 1, place[1] + 1):
            from_micros(micros)
    elif until is not None:
        since, before = from_micros(until * 1_000) - WEEK, (until * 1_000, -1, 0)
    else:
        since = from_micros(millis(now()) * 1_000) - WEEK
    found = _found(person_id, since, before)
    more, found = len(found) > THINGS_A_PAGE, found[:THINGS_A_PAGE]
    joined = User.objects.values_list("joined_at", flat=True).get(pk=person_id)
    return SharedPage(
        things=_Things(person_id, [row for _, row in found]).views(),
        since=max(0, millis(since)),
        earlier=millis(since) if since > joined else None,
        next=to_cursor(to_micros(since), *found[-1][0]) if more else None,
    )


def _found(me: int, since: datetime, before: Key | None) -> list[tuple[Key, Any]]:
    """One more than a page of what stands after that place, back to a moment. A query a kind."""
    found: list[tuple[Key, Any]] = []
    for rank, (source, moment) in enumerate(_SOURCES):
        rows = source(me).filter(**{f"{moment}__gt": since - INSTANT})
        if before is not None:
            rows = rows.filter(_after(before, rank, moment))
        newest = rows.order_by(f"-{moment}", "-pk")[: THINGS_A_PAGE + 1]
        found += [((to_micros(getattr(row, moment)), rank, row.pk), row) for row in newest]
    return sorted(found, key=lambda one: one[0], reverse=True)[: THINGS_A_PAGE + 1]


def _after(before: Key, rank: int, moment: str) -> Q:
    micros, kind, number = before
    at = from_micros(micros)
    earlier = Q(**{f"{moment}__lte": at - INSTANT})
    same = Q(**{f"{moment}__gt": at - INSTANT, f"{moment}__lt": at + INSTANT})
    if rank < kind:
        return earlier | same
    return earlier | (same & Q(pk__lt=number)) if rank == kind else earlier


@dataclass(frozen=True, slots=True)
class _Hanging:
    """What hangs on the rows of a page, each read once for all of them."""

    posts: Mapping[int, PostEntry]
    rooms: Mapping[int, RoomCard]
    questions: Mapping[int, str]
    seen: Collection[int]
    activities: Mapping[int, OwnActivity]
    groups: Mapping[int, Any]
    lists: Mapping[int, str]


class _Things:
    """The rows of a page as their person sees them."""

    def __init__(self, me: int, rows: Sequence[Any]):
        self.me = me
        self.rows = rows
        self.on = self._read()

    def views(self) -> list[SharedThing]:
        """In the order given; without what was taken away at this moment."""
        made: Mapping[type, Callable[[Any], SharedThing | None]] = {
            Post: self._post,
            Comment: self._comment,
            Poll: self._asked,
            Ballot: self._ballot,
            Activity: self._activity,
        }
        views = (made.get(type(row), self._member)(row) for row in self.rows)
        return [view for view in views if view is not None]

    def _of(self, kind: type) -> list[Any]:
        return [row for row in self.rows if isinstance(row, kind)]

    def _read(self) -> _Hanging:
        posts, polls = self._of(Post), self._of(Poll) + [row.poll for row in self._of(Ballot)]
        ids = [row.pk for row in posts] + [row.post_id for row in self._of(Comment)]
        ids += [row.post_id for row in polls if row.post_id is not None]
        entries = post_list(self.me, list(dict.fromkeys(ids))).entries if ids else []
        asked = {row.poll_id for row in posts if row.poll_id is not None}
        questions = {row.pk: row.question for row in polls}
        if asked:
            questions |= dict(Poll.objects.filter(pk__in=asked).values_list("pk", "question"))
        groups = {row.group_id for row in self.rows if hasattr(row, "role")}
        lists = {entry.list_id for entry in entries if entry.list_id is not None}
        return _Hanging(
            posts={entry.post.id: entry for entry in entries},
            rooms=self._rooms({row.room_id for row in polls if row.room_id is not None}),
            questions=questions,
            seen={poll for _, poll in watchable([self.me], [row.pk for row in polls])},
            activities={one.activity.id: one for one in own_views(self._of(Activity))},
            groups=group_cards(list(Group.objects.filter(pk__in=groups))) if groups else {},
            lists=_names(lists),
        )

    def _rooms(self, ids: Collection[int]) -> dict[int, RoomCard]:
        """Of those that I am in still."""
        if not ids:
            return {}
        seats = present().filter(person=self.me, room__in=ids).select_related("room")
        return {card.id: card for card in room_cards(list(seats))}

    def _post(self, row: Post) -> SharedThing | None:
        entry = self.on.posts.get(row.pk)
        if entry is None:
            return None
        question = self.on.questions.get(row.poll_id or 0)
        if question is not None:
            return self._thing(
                "vote", row.poll_id or 0, row.at, entry=entry, question=question, undo=True
            )
        kind: SharedSort = "post" if row.of_id is None else "reshare"
        return self._thing(kind, row.pk, row.at, row.text, entry=entry, undo=True)

    def _comment(self, row: Comment) -> SharedThing:
        entry = self.on.posts.get(row.post_id)
        return self._thing("comment", row.pk, row.at, row.text, entry=entry, undo=True)

    def _asked(self, row: Poll) -> SharedThing:
        room = self.on.rooms.get(row.room_id or 0)
        return self._thing(
            "vote",
            row.pk,
            row.created_at,
            room=room,
            question=row.question,
            message_id=row.message_id,
            undo=room is not None,
        )

    def _ballot(self, row: Ballot) -> SharedThing:
        """What was voted on is said while I may see it."""
        seen = row.poll_id in self.on.seen
        return self._thing(
            "ballot",
            row.poll_id,
            cast(datetime, row.at),
            entry=self.on.posts.get(row.poll.post_id or 0),
            room=self.on.rooms.get(row.poll.room_id or 0),
            question=row.poll.question if seen else None,
            undo=seen and row.poll.closed_at is None,
        )

    def _activity(self, row: Activity) -> SharedThing | None:
        own = self.on.activities.get(row.pk)
        if own is None:
            return None
        undo = own.state in ("waiting", "shown")
        return self._thing("activity", row.pk, row.at, own=own, undo=undo)

    def _member(self, row: Any) -> SharedThing | None:
        card = self.on.groups.get(row.group_id)
        if card is None:
            return None
        # When its owner goes somebody else owns it, or it is archived: no matter of one tap.
        return self._thing("group", row.pk, row.since, group=card, undo=row.role != "owner")

    def _thing(
        self,
        kind: SharedSort,
        number: int,
        at: datetime,
        text: str = "",
        *,
        entry: PostEntry | None = None,
        room: RoomCard | None = None,
        question: str | None = None,
        message_id: int | None = None,
        own: OwnActivity | None = None,
        group: Any = None,
        undo: bool,
    ) -> SharedThing:
        list_id = entry.list_id if entry else None
        listed = own.list_name if own else self.on.lists.get(list_id or 0)
        line = None if question is None else PollLine(id=number, question=question)
        return SharedThing(
            kind=kind,
            id=number,
            at=millis(at),
            text=text,
            audience=_audience(entry, room, own, group),
            list_name=listed,
            post=entry,
            poll=line,
            room=room,
            message_id=message_id,
            group=group,
            activity=own,
            undo=undo,
        )


def _audience(
    entry: PostEntry | None, room: RoomCard | None, own: OwnActivity | None, group: Any
) -> Any:
    """Whose it is to see now; None: theirs who see a place that I do not see any more."""
    if own is not None:
        return own.activity.audience if own.state in ("waiting", "shown") else "me"
    if entry is not None:
        return entry.post.audience
    if room is not None:
        return "room"
    return "group" if group is not None else None


def _names(ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    return dict(FriendList.objects.filter(pk__in=ids).values_list("pk", "name"))
