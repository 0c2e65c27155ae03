"""The posts, with what was said under them."""

from datetime import timedelta
from functools import partial

from server.demo.script import Entry, chance, read_posts
from server.demo.seeding.drawings import client_id
from server.demo.seeding.votes import BY_KEY, vote_acts
from server.demo.seeding.world import Acts, World
from server.demo.stories.posts_far import FAR
from server.demo.stories.posts_near import NEAR
from server.feed import services as feed
from server.feed.models import Post
from server.feed.schemas import CommentDraft, PostDraft, Wanted
from server.polls.schemas import InFeed


def entries() -> list[Entry]:
    """Every post of the stories."""
    return [*read_posts(NEAR), *read_posts(FAR)]


def posts(world: World) -> Acts:
    """All posts, comments and likes."""
    for place, entry in enumerate(entries()):
        yield from _post(world, str(place), entry)


def _post(world: World, key: str, entry: Entry) -> Acts:
    at = entry.when.before(world.now)
    audience: Wanted = "everyone" if entry.audience == "everyone" else "friends"
    if entry.marks.vote:
        vote = BY_KEY[entry.marks.vote]
        made = client_id("vote", vote.key)
        place = InFeed(text=entry.words, audience=audience)
        yield from vote_acts(world, vote, entry.who, at, lambda: place)
    else:
        made = client_id("post", key)
        yield at, partial(_publish, world, key, entry, audience)
    # Whoever answers does so within two days, and before now.
    span = min(world.now - at, timedelta(days=2))
    answers = len(entry.comments) + 1
    for place_, (who, words) in enumerate(entry.comments):
        delay = span * (place_ + 0.4 + chance(words, 50) / 100) / answers / 1.2
        yield at + delay, partial(_comment, world, entry.who, made, who, words)
    for who in entry.likes:
        delay = span * (2 + chance(key + who, 90)) / 100
        yield at + delay, partial(_like, world, entry.who, made, who)


def _publish(world: World, key: str, entry: Entry, audience: Wanted) -> None:
    draft = PostDraft(
        client_id=client_id("post", key),
        text=entry.words,
        picture_ids=world.pictures(entry.who, entry.marks.pictures, f"post {key}"),
        item_id=world.items[entry.marks.item] if entry.marks.item else None,
        audience=audience,
    )
    feed.publish(world.people[entry.who], draft)


def _post_id(world: World, author: str, made: str) -> int:
    return Post.objects.values_list("pk", flat=True).get(
        author=world.people[author], client_id=made
    )


def _comment(world: World, author: str, made: str, who: str, words: str) -> None:
    draft = CommentDraft(
        client_id=client_id("comment", made, who, words),
        post_id=_post_id(world, author, made),
        text=words,
    )
    feed.comment(world.people[who], draft)


def _like(world: World, author: str, made: str, who: str) -> None:
    feed.like(world.people[who], _post_id(world, author, made))
