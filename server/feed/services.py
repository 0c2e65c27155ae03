"""What people do in the feed. Every verb may be repeated and then changes nothing."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from server.accounts import lists
from server.accounts.policies import restricted_pairs, separated_from
from server.catalogue.queries import item_cards
from server.errors import Refused
from server.feed import audience, drafts, policies, queries, schemas, tags
from server.feed.events import (
    CommentAdded,
    CommentDeleted,
    CommentWithheld,
    PostDeleted,
    PostGone,
    PostPublished,
)
from server.feed.held import count, forget_wordings, hold, record_on_post
from server.feed.models import Comment, Pin, Post, PostEdit, PostPicture
from server.feed.naming import named, tell_named
from server.feed.reactions import like as like
from server.feed.reactions import react as react
from server.feed.reactions import recount as recount
from server.feed.reactions import unlike as unlike
from server.happenings import Happening, happened
from server.media.services import attach, discard
from server.realtime import topics
from server.realtime.clock import now
from server.realtime.log import redact
from server.realtime.topics import Topic
from server.schema import digest
from server.text import clean_words

# Posts ---------------------------------------------------------------------------------------


def publish(
    person_id: int, draft: schemas.PostBody, poll_id: int | None = None, of: int | None = None
) -> schemas.PostEntry:
    """Post to whom the draft says: one event on one topic, whatever their number.

    poll_id: the vote that hangs on it. of: the post that it shows on, or what that one shows on. A
    retry returns the first result. Raises Refused: bad_field (no such item, list or group, not own
    unused pictures), not_found (no such post to show on), closed, altered_replay.
    """
    content = digest(draft, "draft") if poll_id is None else f"poll {poll_id}"
    if of is not None:
        content += f" of {of}"
    with transaction.atomic():
        row = _posted_before(person_id, draft)
        if row is None:
            # The group before the post that is shown on, as for whoever hides that in it.
            to = audience.addressed(person_id, draft.audience)
            original = _original(person_id, of)
            row, created = _write(person_id, draft, content, poll_id, original, to)
            if created:
                if original is not None:
                    _shown_on(original, row)
                _pin(person_id, row, draft.picture_ids)
                view = audience.put_up(row)
                tell_named(row)
                tags.keep(row)
                drafts.posted(person_id, draft)
                return schemas.PostEntry(
                    post=view,
                    counts=queries.counts_of(row),
                    liked=False,
                    mine=[],
                    list_id=row.list_id,
                    head=0,
                )
    if row.digest != content:
        raise Refused("altered_replay")
    return queries.own_entry(person_id, row.pk)


def _posted_before(person_id: int, draft: schemas.PostBody) -> Post | None:
    return Post.objects.filter(author=person_id, client_id=draft.client_id).first()


def _original(person_id: int, of: int | None) -> Post | None:
    """What is shown on, held: of a post that shows another one on, that other one. So there is
    never a chain, and each of them is asked for by whoever wants to see it."""
    if of is None:
        return None
    row = hold(person_id, of)
    return row if row.of_id is None else hold(person_id, row.of_id)


def _shown_on(original: Post, row: Post) -> None:
    """The author of the original is told, and sees who it was if they may see that post."""
    count(original, shares=1)
    happened(Happening("reshare", original.author_id, original.pk, row.pk, row.author_id))


def _write(
    person_id: int,
    draft: schemas.PostBody,
    content: str,
    poll_id: int | None,
    original: Post | None,
    to: audience.Addressed,
) -> tuple[Post, bool]:
    """The row, and whether it is new: the same draft may come twice at once."""
    anything_else = bool(draft.picture_ids or draft.item_id or poll_id or original)
    return Post.objects.get_or_create(
        author_id=person_id,
        client_id=draft.client_id,
        defaults={
            "digest": content,
            "text": clean_words(draft.text, schemas.POST_LENGTH, optional=anything_else),
            "audience": to.audience,
            "list": to.list,
            "group": to.group,
            "item_id": _known_item(draft.item_id),
            "poll_id": poll_id,
            "of": original,
        },
    )


def change_audience(person_id: int, post_id: int, wanted: schemas.Wanted) -> schemas.PostEntry:
    """Show one's own post to others than before.

    Raises Refused: forbidden (somebody else's), not_found, bad_field (no such list), signed_out.
    """
    with transaction.atomic():
        # A list that is deleted meanwhile waits for us, or we for it.
        lists.hold(person_id)
        return audience.change(person_id, post_id, wanted)


def _known_item(item_id: int | None) -> int | None:
    if item_id is not None and item_id not in item_cards([item_id]):
        raise Refused("bad_field", fields={"item_id": "no such item"})
    return item_id


def _pin(person_id: int, row: Post, picture_ids: list[int]) -> None:
    pictures = attach(person_id, picture_ids, topics.post(row.pk))
    PostPicture.objects.bulk_create(
        PostPicture(post=row, place=place, picture=picture)
        for place, picture in enumerate(pictures)
    )


def delete_post(person_id: int, post_id: int) -> None:
    """Take one's own post back; its words and pictures are gone for good.

    Raises Refused: forbidden (somebody else's), not_found.
    """
    with transaction.atomic():
        row = audience.locked_own(person_id, post_id)
        if row.deleted_at is not None:
            return
        if row.of_id is not None:
            count(Post.objects.select_for_update(no_key=True).get(pk=row.of_id), shares=-1)
        pinned = PostPicture.objects.filter(post=post_id)
        discard(list(pinned.values_list("picture_id", flat=True)))
        pinned.delete()
        shown, before = policies.home(row), row.text
        row.deleted_at, row.text, row.item = now(), "", None
        row.audience, row.list, row.of = "me", None, None
        row.save(update_fields=["deleted_at", "text", "item", "audience", "list", "of"])
        gone = PostDeleted(post_id=post_id)
        redact(Topic.parse(row.topic), row.number, _blank(row) or gone)
        forget_wordings(row, gone, PostGone(post_id=post_id))
        PostEdit.objects.filter(post=row).delete()
        tags.keep(row, before)
        Pin.objects.filter(post=row).delete()
        # Where it was told first: its lock then covers that of the post's authority.
        audience.tell(row, shown, gone)
        record_on_post(row, PostGone(post_id=post_id))


def _blank(row: Post) -> PostPublished | None:
    """Of a post in a group nothing: a block may hide from a member even who wrote it."""
    if row.group_id is not None:
        return None
    [blank] = queries.post_views([row])
    return PostPublished(post=blank)


# Comments ------------------------------------------------------------------------------------


def comment(person_id: int, draft: schemas.CommentDraft) -> schemas.Comment:
    """Say something under a post one may see. A retry returns the first result.

    Raises Refused: not_found, altered_replay, bad_field (no such comment to answer), forbidden (no
    more in its group), closed.
    """
    with transaction.atomic():
        row = _said_before(person_id, draft) or _say(person_id, draft)
        if row.digest != _content(draft):
            raise Refused("altered_replay")
        return queries.comment_views([row])[0]


def _content(draft: schemas.CommentDraft) -> str:
    body = schemas.CommentBody(**draft.model_dump(exclude={"to_id"}))
    return digest(body) + (f" to {draft.to_id}" if draft.to_id is not None else "")


def _answered(person_id: int, draft: schemas.CommentDraft) -> Comment | None:
    """The comment that this one answers. Not one that is held: others would see that there is one.
    Its own author may not learn that it is, and what they add is held too."""
    if draft.to_id is None:
        return None
    seen = policies.visible_comments(person_id).filter(post=draft.post_id, pk=draft.to_id)
    row = seen.filter(Q(held=False) | Q(author=person_id)).first()
    if row is None:
        raise Refused("bad_field", fields={"to_id": "no comment here that can be answered"})
    return row


def _said_before(person_id: int, draft: schemas.CommentDraft) -> Comment | None:
    return Comment.objects.filter(author=person_id, client_id=draft.client_id).first()


def _say(person_id: int, draft: schemas.CommentDraft) -> Comment:
    # A block locks both people's rows first: one that commits later than we do starts after us,
    # one that was earlier is seen below. It also makes the same frame sent twice at once wait.
    get_user_model().objects.select_for_update(no_key=True).get(pk=person_id)
    if earlier := _said_before(person_id, draft):
        return earlier
    post = hold(person_id, draft.post_id)
    row = Comment.objects.create(
        post=post,
        author_id=person_id,
        client_id=draft.client_id,
        digest=_content(draft),
        text=clean_words(draft.text, schemas.COMMENT_LENGTH),
        to=_answered(person_id, draft),
        held=bool(restricted_pairs([person_id], [post.author_id])),
    )
    _tell_comment(post, row)
    count(post, comments=1)
    told = [Happening("comment", post.author_id, post.pk, row.pk, person_id)]
    happened(*told, *([] if row.held else _spoken_to(post, row)))
    return row


def approve(person_id: int, comment_id: int) -> schemas.Comment:
    """Let everybody who sees one's post see a comment that is held. Its author learns nothing.

    Raises Refused: forbidden (somebody else's post, or no more in its group), not_found, closed.
    """
    with transaction.atomic():
        seen = queries.comment_view(person_id, comment_id)
        # As when it was said: a block of its author comes before us or after us as a whole.
        get_user_model().objects.select_for_update(no_key=True).get(pk=seen.author.id)
        post = hold(person_id, seen.post_id)
        if post.author_id != person_id:
            raise Refused("forbidden")
        row = Comment.objects.get(pk=comment_id)  # as it is now that the post is held
        if row.held and row.deleted_at is None:
            row.held = False
            row.save(update_fields=["held"])
            _tell_comment(post, row)
            happened(*_spoken_to(post, row))
    return queries.comment_view(person_id, comment_id)


def _tell_comment(post: Post, row: Comment) -> None:
    # Everyone on the topic gets the same bytes. So when a block stands between the speaker and
    # anybody who may watch, or not all may read it, the words stay out of them and are read one by
    # one.
    if row.held or policies.watchable(separated_from(row.author_id), [post.pk]):
        record_on_post(post, CommentWithheld(post_id=post.pk, comment_id=row.pk))
    else:
        [view] = queries.comment_views([row])
        row.number = record_on_post(post, CommentAdded(comment=view))
        row.save(update_fields=["number"])


def _spoken_to(post: Post, row: Comment) -> list[Happening]:
    """Whom it answers and whom it names: each is told once, and the post's author is already."""
    answered = [row.to.author_id] if row.to is not None else []
    if answered and not policies.watchable(answered, [post.pk]):
        answered = []  # they do not see the post any more
    told = [Happening("comment.reply", whom, post.pk, row.pk, row.author_id) for whom in answered]
    others = (whom for whom in named(post, row.text) if whom not in answered)
    told += [Happening("mention", whom, post.pk, row.pk, row.author_id) for whom in others]
    return [one for one in told if one.person_id not in (post.author_id, row.author_id)]


def delete_comment(person_id: int, comment_id: int) -> None:
    """Take one's own comment back, or remove one from one's own post. The words are gone.

    Raises Refused: forbidden (somebody else's), not_found.
    """
    with transaction.atomic():
        row = Comment.objects.filter(pk=comment_id).first()
        if row is None:
            raise Refused("not_found")
        post = Post.objects.select_for_update(no_key=True).get(pk=row.post_id)
        if person_id not in {row.author_id, post.author_id}:
            queries.comment_view(person_id, comment_id)  # or not_found
            raise Refused("forbidden")
        row.refresh_from_db()  # as it is now that the post is held
        if row.deleted_at is None:
            row.deleted_at, row.text = now(), ""
            row.save(update_fields=["deleted_at", "text"])
            _redact(row)
            record_on_post(post, CommentDeleted(post_id=post.pk, comment_id=comment_id))
            count(post, comments=-1)


def _redact(row: Comment) -> None:
    """Replaying the log must not bring back what was deleted."""
    if row.number:
        [blank] = queries.comment_views([row])
        redact(topics.post(row.post_id), row.number, CommentAdded(comment=blank))
