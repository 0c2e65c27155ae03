"""What I posted or began to, said under posts, liked, asked and decided."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from server.feed.drafts import drafts_of
from server.feed.models import (
    Comment,
    DraftPicture,
    Like,
    Pin,
    Post,
    PostEdit,
    PostPicture,
    Reaction,
)
from server.feed.policies import visible_posts
from server.groups.models import Group
from server.polls.models import Ballot, BallotChoice, Option, Poll
from server.polls.policies import standing, watchable
from server.realtime.clock import millis
from server.takeout import begun, records
from server.takeout.reading import item_lines, lots, moment, my_pictures, others


def posts(person_id: int) -> Iterator[records.PostRecord]:
    """My posts that are still there."""
    first = Pin.objects.filter(person=person_id).values_list("post_id", flat=True).first()
    for rows in lots(Post.objects.filter(author=person_id, deleted_at=None)):
        hung = PostPicture.objects.filter(post__in=rows).order_by("post", "place")
        pictures = list(hung.values_list("post_id", "picture_id"))
        ours = my_pictures(person_id, [picture for _, picture in pictures])
        items = item_lines([row.item_id for row in rows])
        earlier: dict[int, list[records.Wording]] = defaultdict(list)
        for edit in PostEdit.objects.filter(post__in=rows).order_by("post", "edition"):
            wording = records.Wording(text=edit.text, at=millis(edit.at))
            earlier[edit.post_id].append(wording)
        named = Group.objects.only("name").in_bulk([row.group_id for row in rows if row.group_id])
        for row in rows:
            yield records.PostRecord(
                id=row.pk,
                text=row.text,
                audience=row.audience,
                group=named[row.group_id].name if row.group_id else None,
                pictures=[pic for post, pic in pictures if post == row.pk and pic in ours],
                item=items.get(row.item_id or 0),
                vote_id=row.poll_id,
                shows=row.of_id,
                pinned=row.pk == first,
                likes=row.likes,
                comments=row.comments,
                shares=row.shares,
                earlier=earlier[row.pk],
                at=millis(row.at),
                edited_at=moment(row.edited_at),
            )


def drafts(person_id: int) -> Iterator[begun.DraftRecord]:
    """What I have not posted yet."""
    for rows in lots(drafts_of(person_id)):
        hung = DraftPicture.objects.filter(draft__in=rows).order_by("draft", "place")
        pictures = list(hung.values_list("draft_id", "picture_id"))
        items = item_lines([row.item_id for row in rows])
        for row in rows:
            item = items.get(row.item_id or 0)
            yield begun.DraftRecord(
                text=row.text,
                audience=row.audience if isinstance(row.audience, str) else "some",
                pictures=[picture for draft, picture in pictures if draft == row.pk],
                item_id=item.id if item else None,
                item=item.title if item else None,
                shows=row.of_id,
                at=millis(row.at),
                due_at=millis(row.due_at) if row.due_at else None,
            )


def comments(person_id: int) -> Iterator[records.CommentRecord]:
    """What I said under posts, and whose they are while I may see them."""
    for rows in lots(Comment.objects.filter(author=person_id, deleted_at=None)):
        authors = _authors(person_id, {row.post_id for row in rows})
        for row in rows:
            yield records.CommentRecord(
                id=row.pk,
                post_id=row.post_id,
                post_by=authors.get(row.post_id),
                text=row.text,
                at=millis(row.at),
            )


def likes(person_id: int) -> Iterator[records.LikeRecord]:
    """The posts I like."""
    for rows in lots(Like.objects.filter(person=person_id, on=True, post__deleted_at=None)):
        authors = _authors(person_id, {row.post_id for row in rows})
        for row in rows:
            yield records.LikeRecord(post_id=row.post_id, post_by=authors.get(row.post_id))


def post_reactions(person_id: int) -> Iterator[records.PostReactionRecord]:
    """The emoji I pressed on posts."""
    for rows in lots(Reaction.objects.filter(person=person_id, post__deleted_at=None)):
        authors = _authors(person_id, {row.post_id for row in rows})
        for row in rows:
            yield records.PostReactionRecord(
                post_id=row.post_id, post_by=authors.get(row.post_id), emoji=row.emoji
            )


def _authors(person_id: int, post_ids: Iterable[int]) -> dict[int, records.Who]:
    """Whose posts these are, of those that I may see now."""
    seen = visible_posts(person_id).filter(pk__among=list(post_ids))
    authors = dict(seen.values_list("pk", "author_id"))
    people = others(person_id, authors.values())
    return {post: people[author] for post, author in authors.items() if author in people}


def votes(person_id: int) -> Iterator[records.VoteRecord]:
    """The votes I asked that still stand: what was counted, never who decided what."""
    for rows in lots(standing().filter(author=person_id)):
        by_vote: dict[int, list[Option]] = defaultdict(list)
        for option in Option.objects.filter(poll__in=rows).order_by("poll", "place"):
            by_vote[option.poll_id].append(option)
        options = [option for some in by_vote.values() for option in some]
        ours = my_pictures(person_id, [option.picture_id for option in options])
        items = item_lines([option.item_id for option in options])
        for row in rows:
            yield records.VoteRecord(
                id=row.pk,
                chat_id=row.room_id,
                post_id=row.post_id,
                question=row.question,
                choice=row.choice,
                names=row.names,
                options=[
                    records.OptionRecord(
                        id=option.pk,
                        text=option.text,
                        picture=option.picture_id if option.picture_id in ours else None,
                        item=items.get(option.item_id or 0),
                        votes=option.votes,
                    )
                    for option in by_vote[row.pk]
                ],
                voted=row.voted,
                created_at=millis(row.created_at),
                deadline=moment(row.deadline),
                closed_at=moment(row.closed_at),
            )


def ballots(person_id: int) -> Iterator[records.BallotRecord]:
    """My own choices that are in: nobody else's are ever read here, as in every secret vote."""
    for rows in lots(Ballot.objects.filter(voter=person_id, at__isnull=False)):
        chosen: dict[int, list[int]] = defaultdict(list)
        choices = BallotChoice.objects.filter(ballot__in=rows).order_by("option")
        for ballot, option in choices.values_list("ballot_id", "option_id"):
            chosen[ballot].append(option)
        readable = _readable(person_id, {row.poll_id for row in rows})
        words = _option_words({option for some in chosen.values() for option in some})
        for row in rows:
            if row.at is not None:
                question = readable.get(row.poll_id)
                known = [words[option] for option in chosen[row.pk]]
                yield records.BallotRecord(
                    vote_id=row.poll_id,
                    question=question,
                    chosen=known if question is not None else [],
                    option_ids=chosen[row.pk],
                    at=millis(row.at),
                )


def _readable(person_id: int, ids: Iterable[int]) -> dict[int, str]:
    """The questions of those votes that I may see now and whose asker no block hides from me."""
    seen = [vote for _, vote in watchable([person_id], list(ids))]
    rows = Poll.objects.filter(pk__among=seen).values_list("pk", "author_id", "question")
    found = list(rows)
    people = others(person_id, {author for _, author, _ in found})
    return {vote: question for vote, author, question in found if author in people}


def _option_words(ids: Iterable[int]) -> dict[int, str]:
    """What an option is called: its words, its item's title, or its place."""
    rows = Option.objects.filter(pk__among=list(ids)).select_related("item")
    return {
        row.pk: row.text or (row.item.title if row.item else f"#{row.place + 1}") for row in rows
    }
