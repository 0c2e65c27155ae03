"""Whether everything that left was allowed at that moment: every frame in the log, every notice,
every letter and push, and everybody who was shown an activity. Each was somebody's own deed for
those it went to, or their own business, or there is a line of the ledger that was in force.

It trusts nothing that the code which told it asked; it reads what that left behind. Snapshots and
whispers are kept nowhere, so they are not here: who may watch those is what joins are tested for.
Beside that, whether what is counted is what is there, where places are given by a count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import orjson

from server.accounts.models import FriendList, User
from server.notices.models import Cause, Errand
from server.realtime.models import LoggedEvent
from server.realtime.topics import Topic
from server.sharing.models import Activity, Consent, Showing

Why = Literal["own", "deed", "ledger"]
"""own: it goes to the person it is about, and to nobody else. deed: somebody did it by hand, for
those who see that place. ledger: nobody did; a line of the ledger must allow it."""

FRAMES: Mapping[str, Why] = {
    "activity.shown": "ledger",
    "activity.withdrawn": "ledger",
    "bookmarks.changed": "own",
    "comment.added": "deed",
    "comment.deleted": "deed",
    "comment.withheld": "deed",
    "distance.changed": "own",
    "follow.changed": "own",
    "group.tied": "own",
    "list.changed": "own",
    "list.deleted": "own",
    "member.joined": "deed",
    "member.left": "deed",
    "message.deleted": "deed",
    "message.edited": "deed",
    "message.sent": "deed",
    "more.shown": "own",
    "notices.changed": "own",
    "person.changed": "deed",
    "pin.moved": "deed",
    "post.deleted": "deed",
    "post.edited": "deed",
    "post.gone": "deed",
    "post.published": "deed",
    "post.shown": "deed",
    "post.withdrawn": "deed",
    "post.withheld": "deed",
    "profile.changed": "own",
    "public.opened": "deed",
    "reaction.added": "deed",
    "reaction.removed": "deed",
    "room.closed": "own",
    "room.frozen": "deed",
    "room.opened": "own",
    "room.renamed": "deed",
    "room.slowed": "deed",
    "room.writable": "own",
    "sharing.changed": "own",
    "takeout.changed": "own",
    "tie.changed": "own",
}
"""A kind of frame that is not here may not leave: whoever adds one says why it may."""

NOTICES: Mapping[str, Why] = {
    "comment": "deed",
    "comment.reply": "deed",
    "follow": "deed",
    "friend.accepted": "deed",
    "friend.asked": "deed",
    "gathering.moved": "deed",
    "gathering.named": "deed",
    "gathering.off": "deed",
    "gathering.seat": "deed",
    "gathering.soon": "deed",
    "group.asked": "deed",
    "group.invited": "deed",
    "group.let_in": "deed",
    "group.role": "deed",
    "like": "deed",
    "mention": "deed",
    "post.held": "deed",
    "post.mention": "deed",
    "post.reaction": "deed",
    "reaction": "deed",
    "reshare": "deed",
    "room.mention": "deed",
    "room.reply": "deed",
    "vote": "deed",
    "vote.closed": "deed",
}
"""The same for what people are told of, on whatever way (happenings.py)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked at, and what is wrong with it; nothing, when it was allowed. line: of the
    ledger, by which it was, where it needs one."""

    what: str
    wrong: str | None
    line: int | None = None


def audit(since: datetime, until: datetime) -> Iterator[Found]:
    """Everything of that time, one after the other."""
    span = (since, until)
    events = LoggedEvent.objects.filter(recorded_at__gte=since, recorded_at__lt=until)
    for topic, number, text, at in events.values_list(
        "topic", "number", "encoded", "recorded_at"
    ).iterator():
        event = orjson.loads(text)
        what = f"{event['type']}, number {number} on {topic}"
        yield Found(what, *_frame(event, Topic.parse(topic), at))
    causes = Cause.objects.filter(at__range=span).select_related("notice")
    for cause in causes.iterator():
        yield Found(f"{cause.notice}, cause {cause.cause}", _notice(cause))
    errands = Errand.objects.filter(state__in=("sending", "sent"), due_at__range=span)
    for errand in errands.select_related("notice").iterator():
        yield Found(str(errand), _errand(errand))
    for one in (
        Showing.objects.filter(at__range=span).select_related("activity__consent").iterator()
    ):
        what = f"activity {one.activity_id} shown to {one.viewer_id}"
        yield Found(what, _showing(one.activity, one.at), one.activity.consent_id)


def _frame(event: dict[str, object], topic: Topic, at: datetime) -> tuple[str | None, int | None]:
    """What is wrong with it, and its line of the ledger."""
    why = FRAMES.get(str(event["type"]))
    if why is None:
        return "nobody says why it may be told", None
    if why == "own" and topic.kind != "user":
        return "told to others", None
    if why != "ledger":
        return None, None
    data = event["data"]
    number = data["activity_id"] if isinstance(data, dict) else 0
    row = Activity.objects.filter(pk=number).select_related("consent").first()
    if row is None:
        return (None if _erased(topic) else "no such activity"), None
    if not _belongs(row.consent, topic):
        return "told elsewhere than where its audience is", None
    # To take it back needs no consent, but nobody takes back what was not shown.
    since = at if event["type"] == "activity.shown" else row.shown_at or at
    return _allowed(row, since), row.consent_id


def _belongs(line: Consent, topic: Topic) -> bool:
    """Whether it may be told there, by the line as it was said: the list may be gone since, and
    what was shown to it is its author's alone now."""
    if line.audience != "list":
        return topic == Topic("author", line.person_id)
    number = FriendList.objects.values_list("topic", flat=True).filter(pk=line.list_id or 0).first()
    return topic.kind == "list" and number in {topic.id, None}


def _erased(topic: Topic) -> bool:
    """Whether they have left for good whose topic it is: their ledger went with them."""
    if topic.kind == "list":
        return not FriendList.objects.filter(topic=topic.id).exists()
    return not User.objects.filter(pk=topic.id, is_active=True).exists()


def _notice(cause: Cause) -> str | None:
    if cause.notice.kind not in NOTICES:
        return "nobody says why they may be told"
    if cause.actor_id == cause.notice.person_id:
        return "tells somebody of what they did themselves"
    return None


def _errand(errand: Errand) -> str | None:
    if errand.person_id != errand.notice.person_id:
        return "sent to somebody else"
    return None if errand.notice.kind in NOTICES else "nobody says why it may be sent"


def _showing(row: Activity, at: datetime) -> str | None:
    if row.shown_at is None or at < row.shown_at:
        return "seen before it was shown"
    if row.undone_at is not None and at > row.undone_at:
        return "seen after it was taken back"
    return _allowed(row, row.shown_at)


def _allowed(row: Activity, at: datetime) -> str | None:
    """The line by which it was shown: its own, said before the deed, in force until then."""
    line = row.consent
    if (line.person_id, line.kind) != (row.author_id, row.kind) or line.audience == "me":
        return "its line of the ledger allows no such thing"
    if row.audience != "me" and (line.audience, line.list_id) != (row.audience, row.list_id):
        return "shown to others than its line of the ledger says"
    if line.at > row.at:
        return "done before it was consented to"
    later = Consent.objects.filter(person=row.author_id, kind=row.kind, turn__gt=line.turn)
    first = later.order_by("turn").values_list("at", flat=True).first()
    return "consent had ended" if first is not None and first < at else None
