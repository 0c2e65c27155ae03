"""Who may see and answer a vote: whoever may see its chat or its post. The same people may vote."""

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet

from server.accounts.policies import separations
from server.chat import policies as chat
from server.feed import policies as feed
from server.polls.models import Poll
from server.realtime.topics import Topic, author, members, room


def standing() -> QuerySet[Poll]:
    """Votes whose message or post is still there."""
    return Poll.objects.filter(
        Q(message__isnull=False, message__deleted_at=None)
        | Q(post__isnull=False, post__deleted_at=None),
        published=True,
    )


def watchable(people: Collection[int], ids: Collection[int]) -> set[tuple[int, int]]:
    """Those (person, poll) of which the person may see the vote. At most five queries."""
    if not people or not ids:
        return set()
    rows = list(standing().filter(pk__in=ids).values_list("pk", "room_id", "post_id"))
    in_rooms = chat.watchable(people, {room_id for _, room_id, _ in rows if room_id})
    in_posts = feed.watchable(people, {post_id for _, _, post_id in rows if post_id})
    return {
        (person, poll_id)
        for poll_id, room_id, post_id in rows
        for person in people
        if (person, room_id) in in_rooms or (person, post_id) in in_posts
    }


def unshown(voters: Mapping[int, Collection[int]]) -> dict[int, set[int]]:
    """voters: of votes in the feed, by post. Those of them whom a block separates from somebody
    who may see the post: everybody there gets the same bytes, so their names stay out of them.

    One query where nobody has blocked anybody, at most four.
    """
    apart = separations({person for people in voters.values() for person in people})
    others = {other for people in apart.values() for other in people}
    near = feed.watchable(others, voters.keys()) if others else set()
    return {
        post: {p for p in people if any((other, post) in near for other in apart.get(p, ()))}
        for post, people in voters.items()
    }


def may_watch(person_id: int, poll_id: int) -> bool:
    """The same for one person and one vote."""
    return bool(watchable([person_id], [poll_id]))


def barred(people: Collection[int], ids: Collection[int]) -> set[int]:
    """Those votes in direct chats across a block: nothing said there reaches the other any more,
    and neither does a ballot. At most three queries, one when there is no direct chat among them.
    """
    rooms = dict(Poll.objects.filter(pk__in=ids, room__kind="direct").values_list("pk", "room_id"))
    if not rooms:
        return set()
    seats = chat.present().filter(person__in=people, room__in=rooms.values())
    parted = chat.parted(list(seats.select_related("room")))
    return {poll_id for poll_id, room_id in rooms.items() if room_id in parted}


def authority(row: Poll) -> Topic:
    """Whose rules govern a vote: its chat's, its group's or else its author's. No query."""
    if row.room_id is not None:
        return room(row.room_id)
    return author(row.author_id) if row.group_id is None else members(row.group_id)


def authorities(ids: Collection[int]) -> dict[int, Topic]:
    """The same for many. One query."""
    rows = Poll.objects.filter(pk__in=ids).only("author_id", "room_id", "group_id")
    return {row.pk: authority(row) for row in rows}


def owners(room_ids: Collection[int]) -> dict[int, int]:
    """The owner of each chat that has one. One query."""
    rows = chat.present().filter(room__in=room_ids, role="owner")
    return dict(rows.values_list("room_id", "person_id"))


def closing_hand(person_id: int, row: Poll) -> str | None:
    """As what this person may close the vote: "author", "owner" (of the chat), or not at all."""
    if person_id == row.author_id:
        return "author"
    if row.room_id is not None and owners([row.room_id]).get(row.room_id) == person_id:
        return "owner"
    return None
