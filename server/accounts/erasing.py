"""What becomes of somebody whose 30 days are over.

Their row stays, as the author of what they said in chats and the voter of what was counted: without
name, address or face. Their words in chats stay. All else goes, a batch at a time, each in its own
transaction, so that whoever works on goes on; the row of Leaving goes last.

Of a model that refers to people `on_delete=CASCADE` says that the row goes with its person and
`PROTECT` that it stays under nobody's name. Whatever needs more than that is in `erasers`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django_tasks import task

from server.accounts.models import Leaving, User
from server.accounts.names import ERASED
from server.jobs.runs import give_way, hold
from server.media.models import Picture
from server.media.services import discard
from server.realtime import presence
from server.realtime.clock import now
from server.realtime.log import wipe
from server.realtime.redaction import rewrite_after
from server.realtime.topics import author, user

log = structlog.get_logger(__name__)

BATCH = 100
EVENTS = 1_000
"""Of the log so many are read at once."""

erasers: list[Callable[[int], bool]] = []
"""What the apps above have of a person: each is called with the person in a transaction, does away
with one batch and says whether it found any. Their AppConfig.ready() adds to it."""

kept_pictures: list[Callable[[Collection[int]], set[int]]] = []
"""Which of these pictures belong to something else than the person who brought them (a store)."""


@task()
def erase(person_id: int) -> None:
    """Do away with everything of somebody who is to be.

    Idempotent: each batch looks for what is still there. Taken back meanwhile, or done, there is
    nothing to do.
    """
    while _one_batch(person_id):
        give_way()


def _one_batch(person_id: int) -> bool:
    """Whether there may be more."""
    with transaction.atomic():
        hold()
        person = User.objects.select_for_update(no_key=True).filter(pk=person_id).first()
        rows = Leaving.objects.select_for_update(no_key=True).filter(pk=person_id)
        row = rows.first()
        if person is None or row is None or row.due_at > now() or person.is_active:
            return False
        if person.username != nobody(person_id):
            _take_name(person)
            return True
        steps = (*erasers, _cascade, _pictures, _own_topics)
        if any(step(person_id) for step in steps) or _scrub(row):
            return True
        rows.delete()
        log.info("person_erased", person=person_id)
    return False


def nobody(person_id: int) -> str:
    """The username of whoever was erased."""
    return f"{ERASED}{person_id}"


def _take_name(person: User) -> None:
    person.username, person.name, person.email, person.bio = nobody(person.pk), "", "", ""
    person.face, person.last_login, person.birth_year = None, None, None
    person.is_staff = person.is_superuser = person.show_presence = False
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
    presence.forget(person.pk)
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=kind, object_id=str(person.pk)).update(
        object_repr=str(person)
    )


def _cascade(person_id: int) -> bool:
    """The rows that go with their person, of whatever app."""
    for model, field in _that_go():
        rows = model._default_manager.filter(**{field: person_id})
        if ids := list(rows.values_list("pk", flat=True)[:BATCH]):
            model._default_manager.filter(pk__in=ids).delete()
            return True
    return False


def _that_go() -> list[tuple[type[models.Model], str]]:
    """Pictures have files too, and what an operator did is not theirs to take away."""
    return [
        (relation.related_model, relation.field.name)
        for relation in User._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
        and relation.on_delete is models.CASCADE
        and relation.related_model not in {Picture, LogEntry}
    ]


def _pictures(person_id: int) -> bool:
    after = 0
    mine = Picture.objects.filter(owner=person_id, state="ready").order_by("pk")
    while ids := list(mine.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        kept = {picture for keep in kept_pictures for picture in keep(ids)}
        if going := [picture for picture in ids if picture not in kept]:
            discard(going)
            return True
        after = ids[-1]
    return False


def _own_topics(person_id: int) -> bool:
    """What was told to them, and what their friends were told of them."""
    return any(wipe(topic, EVENTS) for topic in (user(person_id), author(person_id)))


# The log -------------------------------------------------------------------------------------


def _scrub(row: Leaving) -> bool:
    """Take the person out of what was told to others. They may stand in any event, so all of the
    log is read, once, a part at a time. Nothing new names them: their card is that of nobody."""
    place = (row.scrubbed_topic, row.scrubbed_number)
    theirs = Picture.objects.filter(owner=row.pk, state="gone").values_list("pk", flat=True)
    without = Without(row.pk, frozenset(theirs))
    last = rewrite_after(*place, EVENTS, without)
    if last is None:
        return False
    row.scrubbed_topic, row.scrubbed_number = last
    row.save(update_fields=["scrubbed_topic", "scrubbed_number"])
    return True


@dataclass(frozen=True, slots=True)
class Without:
    """Called with an event as text: without this person's name and face, and these pictures."""

    person_id: int
    pictures: frozenset[int]

    def __call__(self, encoded: str) -> str:
        named = f'"id":{self.person_id},"username":' in encoded
        shown = self.pictures and '"placeholder":' in encoded
        if not named and not shown:
            return encoded
        event = orjson.loads(encoded)
        if not self._blank(event):
            return encoded
        return orjson.dumps(event).decode()

    def _blank(self, value: Any) -> bool:
        """Whether anything was changed, in place."""
        if isinstance(value, list):
            kept = [one for one in value if not self._is_picture(one)]
            changed = len(kept) != len(value)
            value[:] = kept
            return sum(map(self._blank, kept)) > 0 or changed
        if not isinstance(value, dict):
            return False
        changed = False
        if value.get("id") == self.person_id and "username" in value:
            value.update(username=nobody(self.person_id), name="", face=None)
            changed = True
        for key, one in value.items():
            if self._is_picture(one):
                value[key] = None
                changed = True
        return sum(map(self._blank, value.values())) > 0 or changed

    def _is_picture(self, value: Any) -> bool:
        return isinstance(value, dict) and "placeholder" in value and value["id"] in self.pictures
