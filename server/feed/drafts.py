"""What a person has begun to write, kept so that any device of theirs can go on with it.

The person's row is the lock: of two devices that keep the same draft at once the second one sees
what the first has made of it, and twenty are twenty. Nobody else ever asks for a draft: every query
here begins with the person.
"""

from secrets import token_hex
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from server.accounts.models import User
from server.catalogue.queries import item_cards
from server.errors import Refused
from server.feed import draft_schemas, schemas
from server.feed.models import Draft, DraftPicture, Post
from server.feed.policies import visible_posts
from server.media.models import Picture
from server.media.queries import picture_views
from server.realtime.clock import millis
from server.realtime.instant import one_instant
from server.text import clean

DRAFTS = 20
"""Of one person."""


def drafts_of(person_id: int) -> QuerySet[Draft]:
    """Those that this person may see and change: their own."""
    return Draft.objects.filter(person=person_id)


def mine(person_id: int) -> draft_schemas.DraftList:
    """My drafts, the last one written first. Five queries at most."""
    with one_instant():
        rows = list(drafts_of(person_id).order_by("-at", "-pk"))
        return draft_schemas.DraftList(drafts=_views(rows))


def keep(person_id: int, client_id: str, body: draft_schemas.DraftBody) -> draft_schemas.DraftView:
    """Keep a draft in place of the version that the body names.

    Where that is not what is there any more, since another device has changed, posted or deleted
    it, nothing is overwritten: this one is kept under its spare client_id. Keeping the same again
    changes nothing, so an unanswered request may be repeated.

    Raises Refused: full (twenty drafts), bad_field (no such item), signed_out.
    """
    with transaction.atomic():
        lock(person_id)
        fields = _fields(person_id, body)
        pictures = _pictures(person_id, body.picture_ids)
        row = drafts_of(person_id).filter(client_id=client_id).first()
        if row is not None and _same(row, fields, pictures):
            return _views([row])[0]
        known = row.version if row is not None else 0
        if known == body.version and (row is not None or not _posted(person_id, client_id)):
            return _put(person_id, client_id, row, fields, pictures)
        spare = drafts_of(person_id).filter(client_id=body.spare).first()
        if spare is not None and _same(spare, fields, pictures):
            return _views([spare])[0]
        if spare is not None or _posted(person_id, body.spare):
            raise Refused("conflict", "The spare client_id is in use.")
        return _put(person_id, body.spare, None, fields, pictures)


def drop(person_id: int, client_id: str, version: int) -> None:
    """Throw a draft away as the person has seen it. Raises Refused: not_found, conflict (another
    device has changed it since)."""
    with transaction.atomic():
        row = drafts_of(person_id).select_for_update(no_key=True).filter(client_id=client_id)
        found = row.first()
        if found is None:
            raise Refused("not_found")
        if found.version != version:
            raise Refused("conflict", "It was changed elsewhere meanwhile.")
        found.delete()


def posted(person_id: int, body: schemas.PostBody) -> None:
    """A draft has become a post, in the same transaction. What another device has made of it since
    stays a draft, under another client_id. One query for a post that was none."""
    if body.draft is None:
        return
    rows = drafts_of(person_id).select_for_update(no_key=True)
    row = rows.filter(client_id=body.client_id).first()
    if row is None:
        return
    if row.version <= body.draft or row.text == clean(body.text):
        row.delete()
    else:
        row.client_id, row.due_at = token_hex(16), None
        row.save(update_fields=["client_id", "due_at"])


def view(draft_id: int) -> draft_schemas.DraftView:
    """One as its owner sees it. Five queries at most."""
    return _views([Draft.objects.get(pk=draft_id)])[0]


def pictures_meant() -> QuerySet[DraftPicture, Any]:
    """The pictures of all drafts, by id."""
    return DraftPicture.objects.values("picture")


def lock(person_id: int) -> None:
    """Nobody else changes this person's drafts until the transaction ends. Raises
    Refused(signed_out)."""
    if not User.objects.select_for_update(no_key=True).filter(pk=person_id, is_active=True):
        raise Refused("signed_out")


def _posted(person_id: int, client_id: str) -> bool:
    """A request that comes late must not bring back what was posted since."""
    return Post.objects.filter(author=person_id, client_id=client_id).exists()


def _fields(person_id: int, body: draft_schemas.DraftBody) -> dict[str, Any]:
    if body.item_id is not None and body.item_id not in item_cards([body.item_id]):
        raise Refused("bad_field", fields={"item_id": "no such item"})
    of_id = body.of_id
    if of_id is not None and not visible_posts(person_id).filter(pk=of_id).exists():
        of_id = None  # taken back, or not for me any more: the words are worth keeping all the same
    return {
        "text": clean(body.text),
        "audience": body.model_dump(mode="json", include={"audience"})["audience"],
        "item_id": body.item_id,
        "of_id": of_id,
    }


def _usable(person_id: int) -> QuerySet[Picture]:
    """Pictures that this person can still post. Those that were posted meanwhile, with another
    draft, go out of this one in silence: it could never be kept again else."""
    return Picture.objects.filter(owner=person_id, state="ready", public=False, guard=None)


def _pictures(person_id: int, ids: list[int]) -> list[int]:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    found = set(_usable(person_id).filter(pk__in=wanted).values_list("pk", flat=True))
    return [one for one in wanted if one in found]


def _same(row: Draft, fields: dict[str, Any], pictures: list[int]) -> bool:
    hung = DraftPicture.objects.filter(draft=row).order_by("place")
    return all(getattr(row, name) == value for name, value in fields.items()) and (
        list(hung.values_list("picture_id", flat=True)) == pictures
    )


def _put(
    person_id: int, client_id: str, row: Draft | None, fields: dict[str, Any], pictures: list[int]
) -> draft_schemas.DraftView:
    """Write it. The row is held by the lock, but not against the one that posts it: so the version
    is asked for once more in the statement that changes it."""
    if row is None:
        if drafts_of(person_id).count() >= DRAFTS:
            raise Refused("full", f"You keep {DRAFTS} drafts already.")
        row = Draft.objects.create(person_id=person_id, client_id=client_id, **fields)
    else:
        held = drafts_of(person_id).filter(client_id=client_id, version=row.version)
        if not held.update(**fields, version=row.version + 1, at=Now(), problem=""):
            raise Refused("unavailable", "It was posted at this moment.", retry_after=1)
        DraftPicture.objects.filter(draft=row).delete()
    DraftPicture.objects.bulk_create(
        DraftPicture(draft=row, place=place, picture_id=picture)
        for place, picture in enumerate(pictures)
    )
    row.refresh_from_db()
    return _views([row])[0]


def _views(rows: list[Draft]) -> list[draft_schemas.DraftView]:
    """As their owner sees them. Four queries, none for no rows."""
    if not rows:
        return []
    items = item_cards({row.item_id for row in rows if row.item_id is not None})
    hung = list(
        DraftPicture.objects.filter(draft__in=rows, picture__public=False, picture__guard=None)
        .order_by("draft", "place")
        .values_list("draft_id", "picture_id")
    )
    pictures = picture_views({picture for _, picture in hung})
    return [
        draft_schemas.DraftView(
            client_id=row.client_id,
            version=row.version,
            text=row.text,
            pictures=[pictures[pic] for draft, pic in hung if draft == row.pk and pic in pictures],
            item=items.get(row.item_id or 0),
            of_id=row.of_id,
            audience=_audience(row.audience),
            at=millis(row.at),
            due_at=millis(row.due_at) if row.due_at else None,
            problem=row.problem or None,
        )
        for row in rows
    ]


def _audience(kept: Any) -> schemas.Wanted:
    if isinstance(kept, dict):
        shape = schemas.ToList if "list_id" in kept else schemas.ToGroup
        return shape.model_validate(kept)
    return cast(schemas.Wanted, kept)
