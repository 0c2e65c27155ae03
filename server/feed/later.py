"""Posts that go out at a time one has named.

A draft with a time becomes the post that bears its client_id: once, whatever worker takes it and
however often. Whether it still may be posted, and to whom, is asked at that time as of any post;
where it may not, it stays a draft and says why.
"""

from datetime import UTC, datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from pydantic import ValidationError

from server.errors import Refused
from server.feed import drafts, schemas, services
from server.feed.draft_schemas import DraftView, Plan
from server.feed.models import Draft, DraftPicture
from server.realtime.clock import now

log = structlog.get_logger(__name__)

SOONEST, LATEST = timedelta(seconds=30), timedelta(days=366)
AT_ONCE = 50


def plan(person_id: int, client_id: str, wanted: Plan) -> DraftView:
    """Have a draft of mine posted at a time, or at none; asking for the same again changes nothing.

    Raises Refused: not_found, conflict (another device has changed it), bad_field (`due_at`: past
    or too far; the draft: nothing to post in it), signed_out.
    """
    with transaction.atomic():
        drafts.lock(person_id)
        row = drafts.drafts_of(person_id).filter(client_id=client_id).first()
        if row is None:
            raise Refused("not_found")
        if row.version != wanted.version:
            raise Refused("conflict", "It was changed elsewhere meanwhile.")
        due = None
        if wanted.due_at is not None:
            due = datetime.fromtimestamp(wanted.due_at / 1000, UTC)
            if due != row.due_at and not SOONEST <= due - now() <= LATEST:
                raise Refused("bad_field", fields={"due_at": "within a year from now"})
            post_of(row)
        mine = drafts.drafts_of(person_id).filter(pk=row.pk, version=row.version)
        if not mine.update(due_at=due, problem=""):
            raise Refused("unavailable", "It was posted at this moment.", retry_after=1)
        return drafts.view(row.pk)


def post_due() -> int:
    """Post what is due. Safe on many workers at once; returns how many were posted."""
    due = _due().order_by("due_at").values_list("pk", "person_id")[:AT_ONCE]
    return sum(_post(draft, person) for draft, person in list(due))


def _due() -> QuerySet[Draft]:
    return Draft.objects.filter(due_at__lte=Now(), person__is_active=True)


def _post(draft_id: int, person_id: int) -> bool:
    row = None
    try:
        with transaction.atomic():
            drafts.lock(person_id)  # as whoever keeps a draft: the person before the draft
            row = _due().filter(pk=draft_id).first()
            if row is None:
                return False  # posted, put off or deleted while we waited
            services.publish(person_id, post_of(row), of=row.of_id)
            return True
    except Refused as refused:
        if refused.code.retry or row is None:
            return False  # in five seconds again
        same = Draft.objects.filter(pk=draft_id, version=row.version, due_at=row.due_at)
        same.update(due_at=None, problem=refused.code.name)
        log.info("post_not_posted", draft=draft_id, why=refused.code.name)
        return False


def post_of(row: Draft) -> schemas.PostBody:
    """The post that a draft becomes. Raises Refused(bad_field) for one with nothing in it."""
    hung = DraftPicture.objects.filter(draft=row).order_by("place")
    shape = schemas.PostDraft if row.of_id is None else schemas.PostBody
    try:
        return shape(
            client_id=row.client_id,
            text=row.text,
            picture_ids=list(hung.values_list("picture_id", flat=True)),
            item_id=row.item_id,
            audience=row.audience,
            draft=row.version,
        )
    except ValidationError:
        raise Refused("bad_field", fields={"draft": "nothing to post in it"}) from None
