"""What others will see of me: asked of the very pages they get, by me alone.

Everyone who sees a post sees the same of it. What is a reader's own in it (whether they like it)
and the comments, of which blocks hide some from some people, are not mine to learn and not shown.
As whom one looks: readers.py.
"""

from collections.abc import Collection, Sequence

from django.db import transaction

from server.accounts.queries import cards
from server.errors import Refused
from server.feed import audience, policies, queries, schemas, services
from server.feed.readers import Looking, looking


def draft(person_id: int, looked: schemas.PreviewDraft) -> schemas.PostPreview:
    """What this reader would see of a post if it were posted now. It is posted, read as they would
    read it, and never was: nothing is kept and nobody is told.

    Raises Refused: not_found (no such reader for me), and what posting it raises.
    """
    reader = looking(person_id, looked.reader)
    with transaction.atomic():
        made = services.publish(person_id, looked.post, of=looked.of_id)
        [shown] = _as_seen(reader, [made.post.id])
        transaction.set_rollback(True)
    return shown


def post(person_id: int, reader: str, post_id: int) -> schemas.PostPreview:
    """What this reader sees of a post of mine.

    Raises Refused: forbidden (somebody else's post), not_found (no such post or reader for me).
    """
    found = looking(person_id, reader)
    audience.check_own(person_id, post_id)
    [shown] = _as_seen(found, [post_id])
    return shown


def page(person_id: int, reader: str, cursor: str | None = None) -> schemas.PreviewPage:
    """What this reader sees on my page, the newest first; of a list, what any of them does. A page
    of a list may be short, or empty, and go on.

    Raises Refused: not_found (no such reader for me), bad_field (cursor).
    """
    found = looking(person_id, reader)
    if not found.ids:
        return schemas.PreviewPage(reader=None, posts=[], next=None)
    whose = person_id if found.several else found.ids[0]
    try:
        theirs = queries.person_page(whose, person_id, cursor)
    except Refused as refused:
        if refused.code.name != "not_found":
            raise
        return schemas.PreviewPage(reader=found.person, posts=[], next=None)  # I blocked them
    ids = [entry.post.id for entry in theirs.entries]
    seen = [one for one in _as_seen(found, ids, theirs.entries) if one.post is not None]
    return schemas.PreviewPage(reader=found.person, posts=seen, next=theirs.next)


def _as_seen(
    reader: Looking, ids: Sequence[int], theirs: Collection[schemas.PostEntry] = ()
) -> list[schemas.PostPreview]:
    """Each of these posts as the reader gets it, in that order. theirs: what was read as them."""
    if not reader.several:
        entries = {entry.post.id: entry for entry in theirs or _read(reader.ids, ids)}
        return [_preview(reader, entries.get(one), ()) for one in ids]
    pairs = policies.watchable(reader.ids, ids)
    first: dict[int, list[int]] = {}
    for one in ids:
        for who in reader.ids:
            if (who, one) in pairs:
                first.setdefault(who, []).append(one)
                break
    entries = {entry.post.id: entry for who, some in first.items() for entry in _read([who], some)}
    return [
        _preview(reader, entries.get(one), [who for who in reader.ids if (who, one) not in pairs])
        for one in ids
    ]


def _read(readers: Sequence[int], ids: Sequence[int]) -> list[schemas.PostEntry]:
    return queries.post_list(readers[0], ids).entries if readers else []


def _preview(
    reader: Looking, entry: schemas.PostEntry | None, unseen: Collection[int]
) -> schemas.PostPreview:
    people = cards(unseen) if unseen else {}
    return schemas.PostPreview(
        reader=reader.person,
        post=entry.post if entry else None,
        counts=entry.counts if entry else None,
        unseen=[people[who] for who in unseen],
    )
