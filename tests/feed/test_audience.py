"""Whatever people do to each other, nobody sees a post outside its audience, however they ask."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.accounts import services as accounts
from server.errors import Refused
from server.feed import policies, queries
from tests.factories import person, post

Act = tuple[Literal["ask", "end", "block", "unblock"], int, int]

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "end", "block", "unblock"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=25,
)
VERBS = {
    "ask": accounts.ask_friend,
    "end": accounts.end_tie,
    "block": accounts.block,
    "unblock": accounts.unblock,
}


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_filter_and_pairs_are_one_rule_and_it_is_the_rule(acts: list[Act]) -> None:
    people = [person() for _ in range(4)]
    posts = {
        (writer.pk, audience): post(writer, audience=audience).post.id
        for writer in people
        for audience in ("friends", "everyone")
    }
    friends: set[frozenset[int]] = set()
    asked: set[tuple[int, int]] = set()
    blocks: set[tuple[int, int]] = set()
    for verb, one, other in acts:
        a, b = people[one].pk, people[other].pk
        try:
            VERBS[verb](a, b)
        except Refused:
            continue
        remember(verb, a, b, friends, asked, blocks)
    everybody = [who.pk for who in people]
    pairs = policies.watchable(everybody, list(posts.values()))
    for reader in everybody:
        expected = {
            post_id
            for (writer, audience), post_id in posts.items()
            if may_see(reader, writer, audience, friends, blocks)
        }
        assert {post_id for who, post_id in pairs if who == reader} == expected
        visible = policies.visible_posts(reader).filter(author__in=everybody)
        assert set(visible.values_list("pk", flat=True)) == expected
        near = {reader, *(who for pair in friends if reader in pair for who in pair)}
        feed = {entry.post.id for entry in queries.feed_page(reader).entries}
        assert feed == {posts[writer, kind] for writer in near for kind in ("friends", "everyone")}


def remember(
    verb: str,
    a: int,
    b: int,
    friends: set[frozenset[int]],
    asked: set[tuple[int, int]],
    blocks: set[tuple[int, int]],
) -> None:
    """What each verb means, told as simply as possible."""
    pair = frozenset((a, b))
    if verb == "ask" and pair not in friends:
        if (b, a) in asked:
            friends.add(pair)
            asked.discard((b, a))
        else:
            asked.add((a, b))
    elif verb == "block" and (a, b) not in blocks:
        blocks.add((a, b))
    elif verb == "unblock":
        blocks.discard((a, b))
    if verb == "block" or (verb == "end" and (a, b) not in blocks):
        friends.discard(pair)
        asked.difference_update({(a, b), (b, a)})


def may_see(
    reader: int,
    writer: int,
    audience: str,
    friends: set[frozenset[int]],
    blocks: set[tuple[int, int]],
) -> bool:
    if reader == writer or frozenset((reader, writer)) in friends:
        return True
    apart = (reader, writer) in blocks or (writer, reader) in blocks
    return audience == "everyone" and not apart
