"""Browsers that take pushes, and what is pushed to them."""

from hashlib import sha256

import orjson
import structlog
from django.db import transaction

from server.accounts.models import Session
from server.errors import Refused
from server.notices import push
from server.notices.letters import excerpt, path, sentence
from server.notices.models import PushTarget
from server.notices.schemas import NoticeView, PushDraft
from server.realtime.clock import now

log = structlog.get_logger(__name__)

TARGETS = 10
"""Browsers of one person: of more, the oldest is forgotten."""


def add(person_id: int, session_key: str | None, draft: PushDraft) -> None:
    """Push to this browser, as long as it is signed in. Whoever was reached by it before is not
    any more. Raises Refused: bad_field (no address of a push service, no keys), signed_out."""
    try:
        push.check_endpoint(draft.endpoint)
        push.check_keys(draft.key, draft.secret)
    except push.Refusal as refusal:
        raise Refused("bad_field", fields={"endpoint": str(refusal)}) from refusal
    with transaction.atomic():
        if not Session.objects.filter(pk=session_key or "", person=person_id).exists():
            raise Refused("signed_out")
        fields = {"person_id": person_id, "session_id": session_key, **draft.model_dump()}
        PushTarget.objects.update_or_create(mark=_mark(draft.endpoint), defaults=fields)
        mine = PushTarget.objects.filter(person=person_id).order_by("-pk")
        PushTarget.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[TARGETS:])).delete()


def remove(person_id: int, endpoint: str) -> None:
    """Push to this browser no more."""
    PushTarget.objects.filter(person=person_id, mark=_mark(endpoint)).delete()


def _mark(endpoint: str) -> str:
    return sha256(endpoint.encode()).hexdigest()


def reach(person_id: int, language: str, view: NoticeView) -> None:
    """Push one line to all browsers of a person. A browser that is gone is forgotten. Raises
    push.Failed when every one of them certainly did not take it."""
    content = orjson.dumps(
        {
            "title": sentence(view, language)[:200],
            "body": excerpt(view),
            "path": path(view),
            "tag": f"notice-{view.id}",
        }
    )
    failures = []
    rows = list(PushTarget.objects.filter(person=person_id).order_by("-pk"))
    for row in rows:
        target = push.Target(row.endpoint, row.key, row.secret)
        try:
            push.deliver(target, content, int(now().timestamp()), f"notice-{view.id}")
        except (push.Gone, push.Refusal):
            PushTarget.objects.filter(pk=row.pk).delete()
        except push.Failed as failure:
            log.warning("push_failed", person=person_id, why=str(failure))
            if failure.certain:
                failures.append(failure)
    if failures and len(failures) == len(rows):
        raise failures[0]
