"""A look through who sees what of me, at most once in a quarter unless I ask for it.

Nobody is hurried: until it is looked at or put off, home offers it; then it is silent again.
"""

from django.db import transaction
from django.db.models.functions import Now

from server.accounts.events import ProfileChanged
from server.accounts.models import User
from server.accounts.queries import me_of
from server.accounts.schemas import Me
from server.errors import Refused
from server.realtime.log import lock_next, record
from server.realtime.topics import user


def done(person_id: int) -> Me:
    """I have looked, or do not want to now: silent for a quarter, on all my devices.

    Raises Refused: signed_out.
    """
    with transaction.atomic():
        mine = User.objects.select_for_update(no_key=True, of=("self",)).select_related("face")
        if not mine.filter(pk=person_id, is_active=True).update(checked_at=Now()):
            raise Refused("signed_out")
        changed = me_of(mine.get(pk=person_id), lock_next(user(person_id)))
        record(user(person_id), ProfileChanged(me=changed))
    return changed
