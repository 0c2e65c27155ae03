"""A second order of the home feed: what may matter most to somebody first, and why.

The order is made once, of the newest posts that they may see, and cut at that moment: what is left
of it goes with the cursor. So it stays what it was while somebody reads on, whatever is liked
meanwhile, and nothing about them is kept here. Every page asks anew who may see what.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet

from server.errors import Refused
from server.feed import queries, schemas, signals
from server.feed.models import Post
from server.feed.policies import published, visible_posts
from server.realtime import log
from server.realtime.clock import now
from server.realtime.instant import one_instant

NEWEST = 500
"""Posts that are looked at: no more of anybody's friends, groups and of everyone's together."""

DAYS = timedelta(days=7)
IN_A_ROW = 2
"""Posts of one author, as long as there is anybody else."""

CURSOR_LENGTH = 6_000


def page(person_id: int, cursor: str | None = None) -> schemas.ForYouPage:
    """What may matter most to me first; my own posts, and those of whom I mute, are not in it. The
    cost does not depend on how much there is. Raises Refused(bad_field) for a cursor of another
    list."""
    rest = _unpacked(cursor) if cursor else None
    epoch = log.epoch()
    with one_instant():
        circle = signals.Circle.of(person_id)
        if rest is None:
            rows = _window(circle)
            found = signals.read(circle, rows)
            rows = _order(rows, found)
        else:
            there = _mine(circle).in_bulk(rest)
            rows = [there[pk] for pk in rest if pk in there]
        shown, rest = rows[: queries.POSTS_A_PAGE], [row.pk for row in rows[queries.POSTS_A_PAGE :]]
        if cursor:
            found = signals.read(circle, shown)
        return schemas.ForYouPage(
            entries=queries.entries(person_id, shown),
            why=signals.reasons(shown, found),
            next=_packed(rest) if rest else None,
            epoch=epoch,
        )


def _mine(circle: signals.Circle) -> QuerySet[Post]:
    """What may stand there at all: the audience's rule, and nobody this person does not want to
    hear of. Nothing that is hidden in its group: that is work, and stands there."""
    posts = visible_posts(circle.person).exclude(author__in={circle.person, *circle.muted})
    return posts.exclude(audience="held")


def _window(circle: signals.Circle) -> list[Post]:
    """The newest of them. Each of the three lists is read along its own index, and together they
    hold whatever this person may see; then the rule is asked. Four queries, and the time."""
    near = {*circle.friends, *circle.followed}
    lists = (
        published().filter(author__in=near),
        published().filter(group__in=circle.groups),
        published().filter(audience="everyone"),
    )
    ids: set[int] = set()
    for rows in lists:
        ids.update(rows.order_by("-pk").values_list("pk", flat=True)[:NEWEST])
    newest = sorted(ids, reverse=True)[:NEWEST]
    return list(_mine(circle).filter(pk__in=newest, at__gt=now() - DAYS).order_by("-pk"))


def _order(rows: Sequence[Post], found: signals.Signals) -> list[Post]:
    """The highest first, of equals the newer; nobody thrice in a row while others are left."""
    cut = max((row.at for row in rows), default=None)
    if cut is None:
        return []
    ranked = sorted(rows, key=lambda row: (-signals.score(row, found, cut), -row.pk))
    ordered: list[Post] = []
    while ranked:
        last = {row.author_id for row in ordered[-IN_A_ROW:]}
        full = len(ordered) >= IN_A_ROW and len(last) == 1
        others = (n for n, row in enumerate(ranked) if not full or row.author_id not in last)
        ordered.append(ranked.pop(next(others, 0)))
    return ordered


def _packed(ids: Sequence[int]) -> str:
    """Numbers as the way from each to the next, in sevens of bits: two or three bytes each."""
    out, last = bytearray(), 0
    for pk in ids:
        way = (pk - last) * 2 if pk >= last else (last - pk) * 2 - 1
        while way > 0x7F:
            out.append(way & 0x7F | 0x80)
            way >>= 7
        out.append(way)
        last = pk
    return urlsafe_b64encode(out).decode().rstrip("=")


def _unpacked(cursor: str) -> list[int]:
    """The numbers again; whether they may be seen is asked of each. Raises Refused(bad_field)."""
    ids, last, way, shift = list[int](), 0, 0, 0
    try:
        content = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (Base64Error, ValueError):
        content = b"\x80"
    for byte in content:
        way |= (byte & 0x7F) << shift
        shift += 7
        if byte & 0x80:
            continue
        last += way // 2 if way % 2 == 0 else -(way + 1) // 2
        ids.append(last)
        way = shift = 0
    if shift or not 0 < len(ids) <= NEWEST or not all(0 < one < 2**53 for one in ids):
        raise Refused("bad_field", fields={"cursor": "not a cursor of this list"})
    return ids
