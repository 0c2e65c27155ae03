"""What is told to many, and what leaves the page: in the background."""

from smtplib import SMTPRecipientsRefused, SMTPResponseException
from socket import gaierror

import structlog
from django.db import transaction
from django_tasks import task

from server.happenings import Happening
from server.jobs.runs import give_way, hold
from server.notices import push, sending, targets
from server.notices.letters import letter
from server.notices.services import note
from server.polls.models import Poll
from server.polls.queries import voters

log = structlog.get_logger(__name__)

AT_ONCE = 200

REFUSED = (SMTPResponseException, SMTPRecipientsRefused, ConnectionRefusedError, gaierror)
"""Then no letter was taken. After anything else nobody knows."""


@task()
def tell_voters(poll_id: int) -> None:
    """Everybody who voted learns that the vote is over, one row each: no more than they gave.

    Idempotent: what somebody was told already is not told again. Begun anew it walks through all
    of them anew.
    """
    closed = Poll.objects.filter(pk=poll_id, closed_at__isnull=False)
    author_id = closed.values_list("author_id", flat=True).first()
    if author_id is None:
        return
    after = 0
    while people := voters(poll_id, after, AT_ONCE):
        give_way()
        with transaction.atomic():
            hold()
            others = [person for person in people if person != author_id]
            note([Happening("vote.closed", person, poll_id, 0, None) for person in others])
        after = people[-1]


@task()
def send_letter(person_id: int, ids: list[int]) -> None:
    """One letter with what a person has not read on the page meanwhile and may see now.

    At most once: errands are taken before the letter leaves, so a second run finds none. A process
    that dies between that and the word that it was sent leaves them taken: nobody knows whether it
    left, and it does not leave again; the lines stand on the page all the same. What the mail
    server certainly refused is given back, and tried again with the pauses of jobs.
    """
    to, views = sending.letter_of(person_id, ids)
    taken = sending.take(person_id, "mail", ids, [view.id for view in views])
    if not taken or to is None:
        return
    views = [view for view in views if view.id in taken.values()]
    try:
        letter(views, person_id, to.address, to.language).send()
    except REFUSED:
        sending.move(taken, "given")
        raise
    except Exception as error:
        log.warning("letter_unknown", person=person_id, error=type(error).__name__)
        return
    sending.move(taken, "sent")


@task()
def send_push(person_id: int, ids: list[int]) -> None:
    """Push what a person has not read on the page meanwhile and may see now, each line to all
    browsers of theirs.

    At most once, as a letter. A line that no browser's push service took, for certain, is given
    back and tried again; the others of its job are not held up by it.
    """
    language = sending.language_of(person_id)
    views = sending.still_wanted(person_id, "push", ids) if language else []
    taken = sending.take(person_id, "push", ids, [view.id for view in views])
    failed: push.Failed | None = None
    for view in views:
        errands = {pk: line for pk, line in taken.items() if line == view.id}
        if not errands or language is None:
            continue
        try:
            targets.reach(person_id, language, view)
        except push.Failed as failure:
            failed = failure
            sending.move(errands, "given")
        else:
            sending.move(errands, "sent")
    if failed:
        raise failed
