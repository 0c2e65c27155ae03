"""To whom a post is shown: said when it is made, and changed later."""

from dataclasses import dataclass

from django.db.models import F

from server.accounts import lists
from server.accounts.ages import check_public
from server.accounts.follows import check_followable
from server.accounts.models import FriendList, User
from server.accounts.policies import separated_from
from server.errors import Refused
from server.feed import policies, queries, schemas, tags
from server.feed.events import PostPublished, PostShown, PostWithdrawn, PostWithheld
from server.feed.held import forget_wordings
from server.feed.models import Post
from server.groups import services as groups
from server.groups.models import Group, Member
from server.groups.policies import inside as in_group
from server.realtime import topics
from server.realtime.events import Logged
from server.realtime.log import current_auth, record, redact
from server.realtime.revoke import revoke
from server.realtime.topics import Topic

WIDTH = {audience: width for width, audience in enumerate(policies.AUDIENCES)}


@dataclass(frozen=True, slots=True)
class Addressed:
    """An audience, and the list or group that it is."""

    audience: str
    list: FriendList | None = None
    group: Group | None = None


def addressed(person_id: int, wanted: schemas.Wanted) -> Addressed:
    """The audience and the list or group it names, held until the transaction ends: a list has its
    topic then, and nobody leaves the group meanwhile.

    Raises Refused: bad_field (no list or group of mine), forbidden (a minor, for everyone; for
    followers, whoever lets nobody follow them), closed (an archived group), signed_out.
    """
    if wanted == "everyone":
        check_public(person_id)
    if wanted == "followers":
        check_followable(person_id)
    if isinstance(wanted, schemas.ToGroup):
        return Addressed("group", group=_group(person_id, wanted.group_id))
    if not isinstance(wanted, schemas.ToList):
        return Addressed(wanted)
    row = lists.held(person_id, wanted.list_id)
    if row is None:
        raise Refused("bad_field", fields={"audience": "no such list of yours"})
    lists.open_topic(row)
    return Addressed("list", row)


def _group(person_id: int, group_id: int) -> Group:
    no_block(person_id)
    try:
        return groups.speak(person_id, group_id)
    except Refused as refused:
        if refused.code.name != "not_found":
            raise
        raise Refused("bad_field", fields={"audience": "no such group of yours"}) from None


def no_block(author_id: int) -> None:
    """Until the transaction ends no block comes between this author and anybody: who parts at this
    moment would else hear words that withheld() let out.

    Call it before a group or a post is locked, as whoever comments does.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=author_id).values("pk"))


def keep_its_group(person_id: int, post_id: int) -> None:
    """Before one's own post is locked: if it was made in a group, no block comes either, and nobody
    into the group, to whom its words might not be told. One query where there is none."""
    mine = Post.objects.filter(pk=post_id, author=person_id, group__isnull=False)
    for group_id in mine.values_list("group_id", flat=True):
        no_block(person_id)
        groups.keep(group_id or 0)


def tell(row: Post, topic: Topic, event: Logged) -> int:
    """Record an event about a post on a topic that its authority governs.

    Its rules first: a change of the audience holds them while it waits for the others.
    """
    governing = policies.authority(row)
    if topic.kind == "user":
        return record(topic, event)
    if topic != governing:
        current_auth(governing)
    return record(topic, event, authority=governing)


def put_up(row: Post) -> schemas.Post:
    """Tell of a post where its readers are, and remember where that was."""
    topic = policies.new_home(row)
    alone = row.author_id if topic.kind == "user" else None
    [view] = queries.post_views([row], alone)
    row.topic, row.number = str(topic), tell(row, topic, _told(row, topic, view))
    row.save(update_fields=["topic", "number"])
    return view


def _told(row: Post, topic: Topic, view: schemas.Post) -> Logged:
    return withheld(row, topic) or PostPublished(post=view)


def withheld(row: Post, topic: Topic) -> PostWithheld | None:
    """Everyone in a group gets the same bytes. So when a block stands between the author and
    anybody there, or somebody came who does not read what is as old as this, the words stay out of
    them and are read one by one. Three queries."""
    if topic.kind != "members":
        return None
    late = Member.objects.filter(group=topic.id, state="member", reads_from__gt=row.at)
    if late.exists() or in_group(separated_from(row.author_id), [topic.id]):
        return PostWithheld(post_id=row.pk, turn=row.turn)
    return None


def change(person_id: int, post_id: int, wanted: schemas.Wanted) -> schemas.PostEntry:
    """Show one's own post to others than before. Who may not see it any more loses it at once, in
    open pages and in the log; comments stay for those who may.

    A post of a group is for that group or for nobody: what its members said under it is nobody
    else's. Raises Refused: forbidden (somebody else's; of a group, or hidden there), not_found,
    bad_field, closed, signed_out.
    """
    if isinstance(wanted, schemas.ToGroup):
        check_own(person_id, post_id)
        # The group first, as for whoever hides a post in it: else the two wait for each other.
        to = addressed(person_id, wanted)
        row = locked_own(person_id, post_id)
    else:
        row = locked_own(person_id, post_id)
        to = addressed(person_id, wanted)
    if row.deleted_at is not None:
        raise Refused("not_found")
    if row.audience == "held":
        raise Refused("forbidden", "Those who decide in the group have hidden this post.")
    if row.group_id != (to.group.pk if to.group else row.group_id) or (
        row.group_id is not None and to.audience not in ("me", "group")
    ):
        raise Refused("forbidden", "A post made in a group is for that group, no other one is.")
    if (row.audience, row.list_id) == (to.audience, to.list.pk if to.list else None):
        return queries.own_entry(person_id, post_id)
    readdress(row, to)
    return queries.own_entry(person_id, post_id)


def readdress(row: Post, to: Addressed) -> None:
    """A locked post is shown to others from now on."""
    wider = WIDTH[to.audience] > WIDTH[row.audience]
    before = policies.home(row)
    row.audience, row.list, row.turn = to.audience, to.list, row.turn + 1
    row.save(update_fields=["audience", "list", "turn"])
    tags.keep(row)
    if not wider:
        revoke(policies.authority(row))
    shown = PostShown(post_id=row.pk, audience=queries.audience_of(row), turn=row.turn)
    if policies.new_home(row) == before:  # whoever hears of it there heard of it before
        tell(row, before, shown)
    else:
        _take_down(row, before)
        put_up(row)
    tell(row, topics.post(row.pk), shown)


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
