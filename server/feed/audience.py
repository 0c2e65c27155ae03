"""To whom a post is shown: said when it is made, and changed later."""

from django.db.models import F

from server.accounts import lists
from server.accounts.ages import check_public
from server.accounts.follows import check_followable
from server.accounts.models import FriendList
from server.errors import Refused
from server.feed import policies, queries, schemas
from server.feed.events import PostPublished, PostShown, PostWithdrawn
from server.feed.held import forget_wordings
from server.feed.models import Post
from server.realtime import topics
from server.realtime.events import Logged
from server.realtime.log import current_auth, record, redact
from server.realtime.revoke import revoke
from server.realtime.topics import Topic

WIDTH = {audience: width for width, audience in enumerate(policies.AUDIENCES)}


def addressed(person_id: int, wanted: schemas.Wanted) -> tuple[str, FriendList | None]:
    """The audience and the list it names, held until the transaction ends: it has its topic then.

    Raises Refused: bad_field (no list of mine), forbidden (a minor, for everyone; for followers,
    whoever lets nobody follow them), signed_out.
    """
    if wanted == "everyone":
        check_public(person_id)
    if wanted == "followers":
        check_followable(person_id)
    if not isinstance(wanted, schemas.ToList):
        return wanted, None
    row = lists.held(person_id, wanted.list_id)
    if row is None:
        raise Refused("bad_field", fields={"audience": "no such list of yours"})
    lists.open_topic(row)
    return "list", row


def tell(row: Post, topic: Topic, event: Logged) -> int:
    """Record an event about a post on a topic that its author governs.

    The author's rules first: a change of the audience holds them while it waits for the others.
    """
    governing = topics.author(row.author_id)
    if topic.kind == "user":
        return record(topic, event)
    if topic != governing:
        current_auth(governing)
    return record(topic, event, authority=governing)


def put_up(row: Post) -> schemas.Post:
    """Tell of a post where its readers are, and remember where that was."""
    [view] = queries.post_views([row])
    topic = policies.new_home(row)
    row.topic, row.number = str(topic), tell(row, topic, PostPublished(post=view))
    row.save(update_fields=["topic", "number"])
    return view


def change(person_id: int, post_id: int, wanted: schemas.Wanted) -> schemas.PostEntry:
    """Show one's own post to others than before. Who may not see it any more loses it at once, in
    open pages and in the log; comments stay for those who may.

    Raises Refused: forbidden (somebody else's), not_found, bad_field, signed_out.
    """
    row = locked_own(person_id, post_id)
    if row.deleted_at is not None:
        raise Refused("not_found")
    audience, to = addressed(person_id, wanted)
    if (row.audience, row.list_id) == (audience, to.pk if to else None):
        return queries.own_entry(person_id, post_id)
    wider = WIDTH[audience] > WIDTH[row.audience]
    before = policies.home(row)
    row.audience, row.list, row.turn = audience, to, row.turn + 1
    row.save(update_fields=["audience", "list", "turn"])
    if not wider:
        revoke(topics.author(person_id))
    shown = PostShown(post_id=row.pk, audience=queries.audience_of(row), turn=row.turn)
    if policies.new_home(row) == before:  # whoever hears of it there heard of it before
        tell(row, before, shown)
    else:
        _take_down(row, before)
        put_up(row)
    tell(row, topics.post(row.pk), shown)
    return queries.own_entry(person_id, post_id)


def _take_down(row: Post, before: Topic) -> None:
    """Its readers there are not its readers any more. Its words must not come by replay."""
    gone = PostWithdrawn(post_id=row.pk, turn=row.turn)
    redact(Topic.parse(row.topic), row.number, gone)
    forget_wordings(row, gone)
    tell(row, before, gone)


def locked_own(person_id: int, post_id: int) -> Post:
    """One's own post, deleted or not, held until the transaction ends.

    Raises Refused: forbidden (somebody else's), not_found.
    """
    row = Post.objects.select_for_update(no_key=True).filter(pk=post_id).first()
    if row is None or row.author_id != person_id:
        raise _not_mine(person_id, post_id)
    return row


def check_own(person_id: int, post_id: int) -> None:
    """One's own post that is still there, not held. Raises Refused: forbidden, not_found."""
    row = Post.objects.filter(pk=post_id, deleted_at=None).first()
    if row is None or row.author_id != person_id:
        raise _not_mine(person_id, post_id)


def _not_mine(person_id: int, post_id: int) -> Refused:
    seen = policies.visible_posts(person_id).filter(pk=post_id).exists()
    return Refused("forbidden" if seen else "not_found")


def close_list(list_id: int) -> None:
    """What was shown to a list that is about to be deleted is its author's alone: nobody may watch
    that list's topic any more, and so nothing there needs to be redacted. One statement."""
    posts = Post.objects.filter(list=list_id)
    posts.update(audience="me", list=None, turn=F("turn") + 1)
