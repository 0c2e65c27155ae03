"""Uploading pictures and deciding where they may be seen."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from server.errors import Refused
from server.media import files, pixels
from server.media.models import Picture, new_token
from server.media.queries import view_of
from server.media.schemas import PictureView
from server.realtime.topics import Topic

UNUSED_A_DAY = 60
UNUSED_KEPT = timedelta(days=7)
ALT_LENGTH = 300

meant: list[Callable[[], QuerySet[Any, Any]]] = []
"""The ids of pictures that somebody still means to use, however old they are: each app that knows
of some appends a query for them when it starts."""


def upload(person_id: int, data: bytes, alt: str, client_id: str) -> PictureView:
    """Keep a picture that only its owner sees until it is attached.

    A retry with the same client_id returns the first result. Raises Refused: too_large,
    not_a_picture, unavailable (see pixels.encode), too_fast (quota), altered_replay, bad_field.
    """
    alt = " ".join(alt.split())
    if len(alt) > ALT_LENGTH:
        raise Refused("bad_field", fields={"alt": f"at most {ALT_LENGTH} characters"})
    digest = sha256(alt.encode() + b"\0" + data).hexdigest()
    if earlier := Picture.objects.filter(owner=person_id, client_id=client_id).first():
        return _same(earlier, digest)
    _check_quota(person_id)
    encoded = pixels.encode(data)
    return _keep(_row(person_id, encoded, alt, client_id, digest), encoded)


def bring(person_id: int, encoded: pixels.Encoded, alt: str, client_id: str) -> PictureView:
    """Keep a picture that our own code brings along, encoded already (`pixels.encode_own`).

    For commands that make a whole world: the same drawing is then encoded once, however often it
    is shown. Otherwise like `upload`.
    """
    digest = sha256(alt.encode() + b"\0" + encoded.files[encoded.width]).hexdigest()
    return _keep(_row(person_id, encoded, alt, client_id, digest), encoded)


def _row(person_id: int, encoded: pixels.Encoded, alt: str, client_id: str, digest: str) -> Picture:
    return Picture(
        owner_id=person_id,
        client_id=client_id,
        digest=digest,
        token=new_token(),
        width=encoded.width,
        height=encoded.height,
        widths=encoded.widths,
        alt=alt,
        placeholder=encoded.placeholder,
        size=sum(map(len, encoded.files.values())),
    )


def _keep(picture: Picture, encoded: pixels.Encoded) -> PictureView:
    """Files before the row: whoever can read the row finds its files."""
    files.write(picture.token, encoded.files)
    kept = picture
    try:
        with transaction.atomic():
            # The person's row serialises their uploads, so the quota holds and the client_id is
            # used once; NO KEY, or every insert that refers to the person would wait as well.
            get_user_model().objects.select_for_update(no_key=True).get(pk=picture.owner_id)
            earlier = Picture.objects.filter(
                owner=picture.owner_id, client_id=picture.client_id
            ).first()
            if earlier is None:
                _check_quota(picture.owner_id)
                picture.save(force_insert=True)
            kept = earlier or picture
    finally:
        if kept is not picture or picture.pk is None:
            files.remove(picture.token, encoded.files)
    return _same(kept, picture.digest)


def _same(picture: Picture, digest: str) -> PictureView:
    if picture.digest != digest:
        raise Refused("altered_replay")
    return view_of(picture)


def _check_quota(person_id: int) -> None:
    unused = Picture.objects.filter(
        owner=person_id,
        state="ready",
        public=False,
        guard=None,
        created_at__gt=Now() - timedelta(days=1),
    )
    if unused.count() >= UNUSED_A_DAY:
        raise Refused("too_fast", "Too many uploaded pictures wait to be used.", retry_after=3600)


def attach(person_id: int, picture_ids: Sequence[int], guard: Topic) -> list[Picture]:
    """Show one's own unused pictures to whoever may watch `guard`; returns them in the order given.

    Runs inside the transaction of the thing they are attached to. Raises Refused(bad_field) when
    one of them is not the person's, or is in use already: then nothing is attached.
    """
    return _use(person_id, picture_ids, guard=str(guard))


def make_public(person_id: int, picture_ids: Sequence[int]) -> list[Picture]:
    """Show one's own unused pictures to everybody (faces, items, stores); like `attach`."""
    return _use(person_id, picture_ids, public=True)


def _use(person_id: int, picture_ids: Sequence[int], **scope: str | bool) -> list[Picture]:
    if not picture_ids:
        return []
    wanted = set(picture_ids)
    with transaction.atomic():
        used = Picture.objects.filter(
            pk__in=wanted, owner=person_id, state="ready", public=False, guard=None
        ).update(**scope)
        if used != len(wanted) or len(wanted) != len(picture_ids):
            raise Refused(
                "bad_field",
                "A picture is not yours, is used elsewhere, or is given twice.",
                fields={"picture_ids": "not your own unused pictures"},
            )
    rows = Picture.objects.in_bulk(wanted)
    return [rows[picture_id] for picture_id in picture_ids]


def discard(picture_ids: Sequence[int]) -> None:
    """The thing they hung on was deleted: nobody sees them any more, and the files go.

    Call it inside the deleting transaction, whose service has checked the right to delete.
    """
    if not picture_ids:
        return
    with transaction.atomic():
        ready = Picture.objects.filter(pk__in=picture_ids, state="ready")
        rows = list(ready.select_for_update().order_by("pk"))
        ready.update(state="gone", alt="", placeholder="")
    for picture in rows:
        remove = partial(files.remove, picture.token, [*picture.widths, pixels.SQUARE])
        transaction.on_commit(remove, robust=True)


def forget_unused(at_most: int = 200) -> int:
    """Discard pictures that were uploaded a week ago, never used and meant for nothing. Returns how
    many.

    Safe beside an attachment: whoever locks the row first has it.
    """
    with transaction.atomic():
        stale = Picture.objects.filter(
            state="ready", public=False, guard=None, created_at__lt=Now() - UNUSED_KEPT
        )
        for wanted in meant:
            stale = stale.exclude(pk__in=wanted())
        ids = [row.pk for row in stale.select_for_update().order_by("pk")[:at_most]]
        discard(ids)
    return len(ids)
