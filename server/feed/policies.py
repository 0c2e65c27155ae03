"""Who may see a post: its author, the author's friends, or everyone whom no block separates.

The rule is written twice, as a filter and for sets of people; tests hold the two together.
"""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from server.accounts.policies import (
    blocked_pairs,
    friends_of,
    separated_from,
    visible_people,
    watchable_author,
)
from server.feed.models import Comment, Post
from server.realtime.topics import Topic, author


def published() -> QuerySet[Post]:
    """Posts that are still there, of people who are."""
    return Post.objects.filter(deleted_at=None, author__is_active=True)


def visible_posts(person_id: int) -> QuerySet[Post]:
    """Every post this person may see. Unfriending and blocks count from the moment they commit."""
    the_author = OuterRef("author")
    return published().filter(
        Q(author=person_id)
        | Exists(friends_of(person_id).filter(pk=the_author))
        | Q(Exists(visible_people(person_id).filter(pk=the_author)), audience="everyone")
    )


def watchable(people: Collection[int], ids: Collection[int]) -> set[tuple[int, int]]:
    """Those (person, post) of which the person may see the post. At most three queries."""
    if not people or not ids:
        return set()
    posts = list(published().filter(pk__in=ids).values_list("pk", "author_id", "audience"))
    authors = {author_id for _, author_id, _ in posts}
    near = watchable_author(people, authors)
    open_to_all = {author_id for _, author_id, audience in posts if audience == "everyone"}
    apart = blocked_pairs(people, open_to_all)
    return {
        (person, post_id)
        for post_id, author_id, audience in posts
        for person in people
        if (person, author_id) in near
        or (audience == "everyone" and (person, author_id) not in apart)
    }


def authorities(ids: Collection[int]) -> dict[int, Topic]:
    """A post is governed by its author's topic, deleted or not. One query."""
    rows = Post.objects.filter(pk__in=ids).values_list("pk", "author_id")
    return {post_id: author(author_id) for post_id, author_id in rows}


def withheld(person_id: int, after: Mapping[int, int]) -> set[int]:
    """The posts with a logged comment after that number whose author a block separates from this
    person by now: a page hides it, so it must not come by replay. At most two queries."""
    apart = separated_from(person_id)
    if not apart:
        return set()
    rows = Comment.objects.filter(
        post__in=after.keys(), author__in=apart, number__gt=0, deleted_at=None
    )
    return {post for post, number in rows.values_list("post_id", "number") if number > after[post]}


def visible_comments(person_id: int) -> QuerySet[Comment]:
    """Comments that are still there, of people whom no block separates from this person.

    The caller has made sure that the person may see the post.
    """
    seen = visible_people(person_id).filter(pk=OuterRef("author"))
    return Comment.objects.filter(Exists(seen), deleted_at=None)
