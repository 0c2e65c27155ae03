"""Whether a line may still be seen, and what of it: asked of the things themselves, each time.

A rule for each kind of thing. It gets lines with their latest causes and leaves those causes that
the person may see now, by the policies that pages and joins ask; a line without any is not shown
and not counted. The number of queries grows with the kinds of things only.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from server.accounts.follows import follower_pairs
from server.accounts.models import Friendship
from server.accounts.policies import muted_by, visible_people
from server.chat.models import Message, Reaction
from server.chat.policies import rooms_of
from server.feed.models import Like
from server.feed.models import Reaction as PostReaction
from server.feed.policies import visible_comments, visible_posts
from server.gatherings.jobs import reminder_of
from server.gatherings.models import Answer, Gathering
from server.gatherings.policies import visible_gatherings
from server.gatherings.services.times import wall_of
from server.groups.models import Member
from server.groups.policies import decides
from server.happenings import Kind
from server.notices.models import Cause, Notice
from server.polls.models import Ballot, Poll
from server.polls.policies import watchable


@dataclass(slots=True)
class Line:
    """causes: the latest, the newest first; what may not be seen is taken out. total: how many
    there are where nobody is named, or more precisely than causes tell. about, said, room_id: see
    schemas.NoticeView."""

    row: Notice
    causes: list[Cause]
    total: int | None = None
    about: str = ""
    said: str = ""
    room_id: int | None = None
    shown: bool = False
    more: bool = False
    """There are causes older than these."""

    @property
    def subject(self) -> int:
        return self.row.subject

    def keep(self, causes: Iterable[Cause], about: str, said: str = "") -> None:
        """Show these of its causes, if there are any."""
        self.causes = list(causes)
        self.shown = bool(self.causes)
        self.about, self.said = about, said


Rule = Callable[[int, Sequence[Line], set[int]], None]
"""Called with the person, lines of its kinds and those actors whom no block separates."""


def look(person_id: int, lines: Sequence[Line]) -> list[Line]:
    """Those of the lines that the person may see now."""
    near: set[int] = set()
    if actors := _actors(lines):
        unheard = muted_by(person_id).filter(other__among=actors)
        muted = set(unheard.values_list("other", flat=True))
        for line in lines:
            line.causes = [cause for cause in line.causes if cause.actor_id not in muted]
        rows = visible_people(person_id).filter(pk__among=actors)
        near = set(rows.values_list("pk", flat=True)) - muted
    for kinds, rule in RULES.items():
        if mine := [line for line in lines if line.row.kind in kinds]:
            rule(person_id, mine, near)
    return [line for line in lines if line.shown]


def _causes(lines: Sequence[Line], *kinds: Kind) -> list[int]:
    found = {cause.cause for line in lines if line.row.kind in kinds for cause in line.causes}
    return sorted(found)


def _friends(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    rows = Friendship.objects.filter(pk__among=_causes(lines, "friend.asked", "friend.accepted"))
    states = dict(rows.values_list("pk", "state"))
    for line in lines:
        state = "asked" if line.row.kind == "friend.asked" else "friends"
        standing = [cause for cause in line.causes if states.get(cause.cause) == state]
        line.keep((cause for cause in standing if cause.actor_id in near), "")


def _followers(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    follow = {one for one, _ in follower_pairs(_actors(lines), [person_id])}
    for line in lines:
        line.keep((cause for cause in line.causes if cause.actor_id in near & follow), "")


def _posts(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    ids = sorted({line.subject for line in lines})
    rows = list(visible_posts(person_id).filter(pk__among=ids).only("text", "audience", "turn"))
    posts = {row.pk: row.text for row in rows}
    held = {(row.pk, row.turn) for row in rows if row.audience == "held"}
    comments: dict[int, str] = {}
    if said := _causes(lines, "comment", "comment.reply", "mention"):
        found = visible_comments(person_id).filter(pk__among=said)
        comments = dict(found.values_list("pk", "text"))
    liked = _liked([line for line in lines if line.row.kind == "like"])
    pressed = _pressed([line for line in lines if line.row.kind == "post.reaction"])
    for line in lines:
        if line.subject not in posts:
            continue
        if line.row.kind == "post.mention":
            line.keep(
                (cause for cause in line.causes if cause.actor_id in near), posts[line.subject]
            )
        elif line.row.kind == "post.held":
            kept = [one for one in line.causes if (line.subject, one.cause) in held]
            line.keep(kept, posts[line.subject])
        elif line.row.kind in {"like", "post.reaction"}:
            there = liked if line.row.kind == "like" else pressed
            near_ones = [cause for cause in line.causes if cause.actor_id in near]
            kept = [cause for cause in near_ones if (line.subject, cause.actor_id) in there]
            emoji = (pressed.get((line.subject, cause.actor_id), "") for cause in kept)
            told = "" if line.row.kind == "like" else "".join(list(dict.fromkeys(emoji))[:3])
            line.keep(kept, posts[line.subject], told)
        else:
            kept = [cause for cause in line.causes if cause.cause in comments]
            line.keep(kept, posts[line.subject], comments[kept[0].cause] if kept else "")


def _reshares(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    """Those of them that may be seen: somebody may have shown it to a list, or to nobody else."""
    posts = visible_posts(person_id)
    mine = dict(
        posts.filter(pk__among=sorted({line.subject for line in lines})).values_list("pk", "text")
    )
    shown = dict(posts.filter(pk__among=_causes(lines, "reshare")).values_list("pk", "text"))
    for line in lines:
        if line.subject in mine:
            kept = [
                cause for cause in line.causes if cause.cause in shown and cause.actor_id in near
            ]
            line.keep(kept, mine[line.subject], shown[kept[0].cause] if kept else "")


def _actors(lines: Sequence[Line]) -> list[int]:
    return sorted({cause.actor_id for line in lines for cause in line.causes if cause.actor_id})


def _liked(lines: Sequence[Line]) -> set[tuple[int, int | None]]:
    if not lines:
        return set()
    posts = sorted({line.subject for line in lines})
    rows = Like.objects.filter(post__among=posts, person__among=_actors(lines), on=True)
    return set(rows.values_list("post_id", "person_id"))


def _pressed(lines: Sequence[Line]) -> dict[tuple[int, int | None], str]:
    """The last emoji of each person on each post. One query, none without lines."""
    if not lines:
        return {}
    posts = sorted({line.subject for line in lines})
    rows = PostReaction.objects.filter(post__among=posts, person__among=_actors(lines))
    told = rows.order_by("pk").values_list("post_id", "person_id", "emoji")
    return {(post, person): emoji for post, person, emoji in told}


def _polls(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    ids = {line.subject for line in lines}
    seen = [poll for _, poll in watchable([person_id], ids)]
    polls = Poll.objects.in_bulk(seen)
    votes = [line for line in lines if line.row.kind == "vote"]
    ballots: set[tuple[int, int | None]] = set()
    if votes:
        voters = [person_id, *_actors(votes)]
        rows = Ballot.objects.filter(poll__among=sorted(ids), voter__among=voters)
        ballots = set(rows.filter(at__isnull=False).values_list("poll_id", "voter_id"))
    for line in lines:
        poll = polls.get(line.subject)
        if poll is None:
            continue
        if line.row.kind == "vote":
            _votes(person_id, line, poll, ballots, near)
        elif poll.closed_at is not None:
            line.keep(line.causes, poll.question)


def _votes(
    person_id: int,
    line: Line,
    poll: Poll,
    ballots: Collection[tuple[int, int | None]],
    near: set[int],
) -> None:
    """Of a secret vote only how many: its tally says so too, and whose they are nobody may know."""
    if poll.names == "secret":
        line.total = poll.voted - ((poll.pk, person_id) in ballots)
        line.causes, line.about, line.shown = [], poll.question, line.total > 0
        return
    given = [cause for cause in line.causes if (poll.pk, cause.actor_id) in ballots]
    line.keep((cause for cause in given if cause.actor_id in near), poll.question)


def _rooms(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    titles = dict(
        rooms_of(person_id)
        .filter(pk__among=sorted({line.subject for line in lines}))
        .values_list("pk", "title")
    )
    rows = Message.objects.filter(
        pk__among=_causes(lines, "room.mention", "room.reply"), deleted_at=None
    )
    messages = rows.only("room_id", "text", "mentions").in_bulk()
    for line in lines:
        if line.subject not in titles:
            continue
        kept = [
            cause
            for cause in line.causes
            if cause.actor_id in near
            and (message := messages.get(cause.cause)) is not None
            and message.room_id == line.subject
            and (line.row.kind == "room.reply" or person_id in message.mentions)
        ]
        line.keep(kept, titles[line.subject], messages[kept[0].cause].text if kept else "")
        line.room_id = line.subject


def _groups(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    ids = sorted({line.subject for line in lines})
    rows = Member.objects.filter(person=person_id, group__among=ids).select_related("group")
    mine = {row.group_id: row for row in rows}
    asked = Member.objects.filter(pk__among=_causes(lines, "group.asked"), state="asked")
    waiting = set(asked.values_list("pk", flat=True))
    for line in lines:
        if (me := mine.get(line.subject)) is None:
            continue
        kept = [one for one in line.causes if one.actor_id is None or one.actor_id in near]
        if line.row.kind == "group.asked":
            kept = [one for one in kept if decides(me) and one.cause in waiting]
        elif line.row.kind == "group.role":
            kept = kept if decides(me) else []
        else:
            state = "invited" if line.row.kind == "group.invited" else "member"
            kept = [one for one in kept if (one.cause, state) == (me.pk, me.state)]
        line.keep(kept, me.group.name)


def _gatherings(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    """What is true no more is not shown: a reminder of a time that was moved, a place given up."""
    ids = sorted({line.subject for line in lines})
    rows = visible_gatherings(person_id).filter(pk__among=ids).in_bulk()
    answers = Answer.objects.filter(gathering__among=ids, person=person_id)
    mine = dict(answers.values_list("gathering_id", "word"))
    for line in lines:
        if (row := rows.get(line.subject)) is None:
            continue
        kept = [one for one in line.causes if one.actor_id is None or one.actor_id in near]
        when = wall_of(row.begins_at, row.zone).replace("T", " ")
        line.keep(_true_of(row, mine.get(row.pk), line, kept), row.title, f"{when} {row.zone}")


def _true_of(row: Gathering, mine: str | None, line: Line, kept: list[Cause]) -> list[Cause]:
    kind = line.row.kind
    if kind == "gathering.named":
        return kept
    if kind == "gathering.off":
        return kept if row.cancelled_at is not None and mine is not None else []
    if row.cancelled_at is not None:
        return []
    if kind == "gathering.moved":
        return kept if mine in {"going", "perhaps", "waiting"} else []
    if kind == "gathering.soon":
        kept = [one for one in kept if reminder_of(row.begins_at, one.cause)]
    return kept if mine == "going" else []


def _reactions(person_id: int, lines: Sequence[Line], near: set[int]) -> None:
    ids = sorted({line.subject for line in lines})
    rows = Message.objects.filter(
        pk__among=ids, room__in=rooms_of(person_id), author=person_id, deleted_at=None
    )
    messages = rows.only("room_id", "text").in_bulk()
    pressed: dict[tuple[int, int | None], str] = {}
    reactions = Reaction.objects.filter(message__among=ids, person__among=_actors(lines))
    for message, person, emoji in reactions.order_by("pk").values_list(
        "message_id", "person_id", "emoji"
    ):
        pressed[message, person] = emoji
    for line in lines:
        if (mine := messages.get(line.subject)) is None:
            continue
        kept = [
            cause
            for cause in line.causes
            if cause.actor_id in near and (line.subject, cause.actor_id) in pressed
        ]
        each = dict.fromkeys(pressed[line.subject, cause.actor_id] for cause in kept)
        line.keep(kept, mine.text, "".join(list(each)[:3]))
        line.room_id = mine.room_id


RULES: Mapping[tuple[Kind, ...], Rule] = {
    ("friend.asked", "friend.accepted"): _friends,
    ("follow",): _followers,
    (
        "comment",
        "comment.reply",
        "mention",
        "post.mention",
        "like",
        "post.reaction",
        "post.held",
    ): _posts,
    ("reshare",): _reshares,
    ("group.invited", "group.asked", "group.let_in", "group.role"): _groups,
    (
        "gathering.named",
        "gathering.seat",
        "gathering.soon",
        "gathering.moved",
        "gathering.off",
    ): _gatherings,
    ("vote", "vote.closed"): _polls,
    ("room.mention", "room.reply"): _rooms,
    ("reaction",): _reactions,
}
KINDS: tuple[Kind, ...] = tuple(chain.from_iterable(RULES))
