"""What somebody else will see of me: asked of the very pages they get, by me alone.

Everyone who sees a post sees the same of it. What is a reader's own in it (whether they like it)
and the comments, of which blocks hide some from some people, are not mine to learn and not shown.
"""

from django.db import transaction

from server.accounts.policies import may_see_person
from server.accounts.queries import cards
from server.accounts.schemas import PersonCard
from server.errors import Refused
from server.feed import audience, queries, schemas, services


def draft(person_id: int, reader_id: int, body: schemas.PostDraft) -> schemas.PostPreview:
    """What this reader would see of a post if it were posted now. It is posted, read as they would
    read it, and never was: nothing is kept and nobody is told.

    Raises Refused: not_found (no such reader for me), and what posting it raises.
    """
    reader = _reader(person_id, reader_id)
    with transaction.atomic():
        made = services.publish(person_id, body)
        shown = _as_seen(reader, made.post.id)
        transaction.set_rollback(True)
    return shown


def post(person_id: int, reader_id: int, post_id: int) -> schemas.PostPreview:
    """What this reader sees of a post of mine.

    Raises Refused: forbidden (somebody else's post), not_found (no such post or reader for me).
    """
    reader = _reader(person_id, reader_id)
    audience.check_own(person_id, post_id)
    return _as_seen(reader, post_id)


def page(person_id: int, reader_id: int, cursor: str | None = None) -> schemas.PreviewPage:
    """What this reader sees on my page, the newest first.

    Raises Refused: not_found (no such reader for me), bad_field (cursor).
    """
    reader = _reader(person_id, reader_id)
    try:
        found = queries.person_page(reader_id, person_id, cursor)
    except Refused as refused:
        if refused.code.name != "not_found":
            raise
        return schemas.PreviewPage(reader=reader, posts=[], next=None)  # I blocked them
    posts = [_preview(reader, entry) for entry in found.entries]
    return schemas.PreviewPage(reader=reader, posts=posts, next=found.next)


def _reader(person_id: int, reader_id: int) -> PersonCard:
    """Whoever blocked me is nobody for me: what they see would tell that they did."""
    if not may_see_person(person_id, reader_id):
        raise Refused("not_found")
    return cards([reader_id])[reader_id]


def _as_seen(reader: PersonCard, post_id: int) -> schemas.PostPreview:
    try:
        return _preview(reader, queries.post_entry(reader.id, post_id))
    except Refused:
        return schemas.PostPreview(reader=reader, post=None, counts=None)


def _preview(reader: PersonCard, entry: schemas.PostEntry) -> schemas.PostPreview:
    return schemas.PostPreview(reader=reader, post=entry.post, counts=entry.counts)
