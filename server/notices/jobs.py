"""What is told to many: in pieces, in the background."""

from django.db import transaction
from django_tasks import task

from server.happenings import Happening
from server.jobs.runs import give_way, hold
from server.notices.services import note
from server.polls.models import Poll
from server.polls.queries import voters

AT_ONCE = 200


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
