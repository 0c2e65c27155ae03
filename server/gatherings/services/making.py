"""Proposing a gathering, changing what it says, and calling it off. None is ever deleted: whoever
meant to come finds that it is cancelled."""

from datetime import datetime
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from server.accounts.policies import separated_from
from server.errors import Refused
from server.feed.naming import names
from server.gatherings import jobs, queries
from server.gatherings.models import Gathering
from server.gatherings.schemas import (
    ABOUT_LENGTH,
    COMING,
    LINK_LENGTH,
    PLACE_LENGTH,
    TITLE_LENGTH,
    GatheringChange,
    GatheringDraft,
    GatheringEntry,
)
from server.gatherings.services.holding import check_open, fill, hold, save, seated
from server.gatherings.services.times import DAY, HOUR, check_order, moment_of, wall_of
from server.groups import services as groups
from server.groups.policies import inside
from server.happenings import Happening, happened
from server.realtime.clock import now
from server.schema import digest
from server.text import clean_line, clean_words, visible

SAYS = ("title", "about", "begins_at", "ends_at", "zone", "place", "link")
WHEN_AND_WHERE = ("begins_at", "ends_at", "zone", "place", "link")


def propose(person_id: int, group_id: int, draft: GatheringDraft) -> GatheringEntry:
    """A new gathering of a group that I am in. Repeating the client_id returns the first.

    Raises Refused: not_found (also when I am not in it), closed (archived), full (so many that are
    not over), bad_field, altered_replay.
    """
    used_for = digest(draft)
    with transaction.atomic():
        groups.speak(person_id, group_id)
        row = Gathering.objects.filter(made_by=person_id, client_id=draft.client_id).first()
        if row is None:
            row = Gathering(
                group_id=group_id, made_by_id=person_id, client_id=draft.client_id, digest=used_for
            )
            _make(row, draft)
        elif row.digest != used_for or row.group_id != group_id:
            raise Refused("altered_replay")
    return queries.entry(person_id, row.pk)


def _make(row: Gathering, draft: GatheringDraft) -> None:
    """Under the group's lock: nobody else makes one more than there may be."""
    present = now()
    coming = Gathering.objects.filter(group=row.group_id, over_at__gt=present, cancelled_at=None)
    if coming.count() >= COMING:
        raise Refused("full", f"At most {COMING} that are still to come.")
    _put(row, draft, present)
    try:
        save(row)
    except IntegrityError as error:  # the same client_id at the same moment, for another group
        raise Refused("altered_replay") from error
    _tell_named(row, row.made_by_id)


def change(person_id: int, gathering_id: int, draft: GatheringChange) -> GatheringEntry:
    """Say otherwise what a gathering is. Who comes is told when its time or place is another. With
    more places those who wait come in their order; with fewer nobody is sent away.

    Raises Refused: not_found, forbidden, closed (begun, cancelled or archived), bad_field.
    """
    with transaction.atomic():
        _change(person_id, hold(person_id, gathering_id), draft)
    return queries.entry(person_id, gathering_id)


def _change(person_id: int, row: Gathering, draft: GatheringChange) -> None:
    present = check_open(row)
    before = {name: getattr(row, name) for name in (*SAYS, "places")}
    _put(row, draft, present)
    changed = {name for name, value in before.items() if getattr(row, name) != value}
    if not changed:
        return
    if changed & set(SAYS):
        row.sequence += 1
        row.changed_at = present
    lucky = fill(row)
    save(row)
    seated(row, lucky)
    if "about" in changed:
        _tell_named(row, person_id)
    if changed & set(WHEN_AND_WHERE):
        jobs.tell_comers.enqueue(row.pk, "gathering.moved", row.version, person_id)


def cancel(person_id: int, gathering_id: int) -> GatheringEntry:
    """Call a gathering off, for good; it stays to be seen as cancelled. Twice is once.

    Raises Refused: not_found, forbidden, closed (begun, or its group is archived).
    """
    with transaction.atomic():
        row = hold(person_id, gathering_id)
        if row.cancelled_at is None:
            row.cancelled_at = row.changed_at = check_open(row)
            row.sequence += 1
            save(row)
            jobs.tell_comers.enqueue(row.pk, "gathering.off", row.version, person_id)
    return queries.entry(person_id, gathering_id)


def _put(row: Gathering, draft: GatheringDraft | GatheringChange, present: datetime) -> None:
    """What a draft says into a row, cleaned and checked; of a change only what it names."""
    named = draft.model_fields_set if isinstance(draft, GatheringChange) else set(SAYS_OF_DRAFT)
    if draft.title is not None:
        row.title = clean_line(clean_words(draft.title, TITLE_LENGTH, field="title"))
    if draft.about is not None:
        row.about = clean_words(draft.about, ABOUT_LENGTH, field="about", optional=True)
    if draft.place is not None:
        row.place = clean_line(clean_words(draft.place, PLACE_LENGTH, field="place", optional=True))
    if draft.link is not None:
        row.link = _link(draft.link)
    if not row.place and not row.link:
        raise Refused("bad_field", fields={"place": "a place or a link"})
    if "places" in named:
        row.places = draft.places
    if named & {"begins", "ends", "zone"}:
        _set_times(row, draft, named, present)


SAYS_OF_DRAFT = tuple(GatheringChange.model_fields)


def _set_times(
    row: Gathering, draft: GatheringDraft | GatheringChange, named: set[str], present: datetime
) -> None:
    """Clocks stay as they are said when the zone is another one: eight o'clock there."""
    old = _walls(row)
    zone = draft.zone or row.zone
    begins = moment_of(draft.begins or old["begins"] or "", zone, "begins")
    said = draft.ends if "ends" in named else old["ends"]
    ends = moment_of(said, zone, "ends") if said else None
    moved = row.begins_at != begins
    check_order(begins, ends, present)
    row.zone, row.begins_at, row.ends_at, row.over_at = zone, begins, ends, ends or begins
    if moved:
        # What is nearer than that already needs no word of it.
        row.day_told, row.hour_told = begins <= present + DAY, begins <= present + HOUR


def _walls(row: Gathering) -> dict[str, str | None]:
    if row._state.adding:
        return {"begins": None, "ends": None}
    return {
        "begins": wall_of(row.begins_at, row.zone),
        "ends": wall_of(row.ends_at, row.zone) if row.ends_at else None,
    }


def _link(text: str) -> str:
    """A web address as it can be followed: no other scheme runs anything on anybody's page."""
    link = clean_words(text, LINK_LENGTH, field="link", optional=True)
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or any(character.isspace() for character in link) or not visible(link):
        raise Refused("bad_field", fields={"link": "not a web address"})
    return link


def _tell_named(row: Gathering, actor_id: int) -> None:
    """Members who stand in its words after an @ are told, each once for ever. A group may have
    fifty thousand members: the others find it on the group's page."""
    asked = names(row.about)
    if not asked:
        return
    people = get_user_model().objects.filter(username__in=asked, is_active=True)
    found = set(people.values_list("pk", flat=True)) - {actor_id} - separated_from(actor_id)
    there = sorted(person for person, _ in inside(found, [row.group_id]))
    happened(*(Happening("gathering.named", person, row.pk, row.pk, actor_id) for person in there))
