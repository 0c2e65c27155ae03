"""Who is named in a post or under it: people who may see it, and nobody else hears of it."""

import re

from django.contrib.auth import get_user_model

from server.feed import policies
from server.feed.models import Post
from server.happenings import Happening, happened

NAMED_AT_MOST = 10
_NAMED = re.compile(r"(?<![a-z0-9_.])@([a-z0-9_]{2,30})(?![a-z0-9_])")


def tell_named(row: Post) -> None:
    """Tell those who stand in a post's words, each once for ever, however often they change."""
    people = [person for person in named(row, row.text) if person != row.author_id]
    happened(
        *(Happening("post.mention", person, row.pk, row.pk, row.author_id) for person in people)
    )


def named(post: Post, words: str) -> list[int]:
    """Who stands in these words after an @, as far as they may see the post."""
    asked = names(words)
    if not asked:
        return []
    people = get_user_model().objects.filter(username__in=asked, is_active=True)
    found = list(people.values_list("pk", flat=True))
    return [person for person, _ in policies.watchable(found, [post.pk])]


def names(words: str) -> list[str]:
    """The usernames in these words, each once, as they are kept; the first ten."""
    return list(dict.fromkeys(_NAMED.findall(words.casefold())))[:NAMED_AT_MOST]
