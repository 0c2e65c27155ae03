"""Making a group, changing what it says of itself, and putting it away."""

from typing import Any

from django.db import transaction

from server.errors import Refused
from server.groups import queries
from server.groups.models import Group
from server.groups.schemas import (
    ABOUT_LENGTH,
    NAME_LENGTH,
    QUESTION_LENGTH,
    RULES_LENGTH,
    TOPIC_LENGTH,
    GroupPage,
    InterestChange,
    InterestDraft,
)
from server.groups.services.holding import moment, own, put_away, seat, tell
from server.media.services import attach, discard
from server.realtime import topics
from server.realtime.revoke import revoke
from server.schema import digest
from server.text import clean_words


def create(person_id: int, draft: InterestDraft) -> GroupPage:
    """A new group of mine. Repeating the client_id returns the first.

    Raises Refused: bad_field, altered_replay.
    """
    said = _said(draft)
    with transaction.atomic():
        group, created = Group.objects.get_or_create(
            created_by_id=person_id,
            client_id=draft.client_id,
            defaults={**said, "digest": digest(draft)},
        )
        if created:
            _cover(person_id, group, draft.cover_id)
            seat(group, person_id, moment(group), "owner")
            tell(group, person_id)
        elif group.digest != digest(draft):
            raise Refused("altered_replay")
    return queries.group_page(person_id, group.pk)


def change(person_id: int, group_id: int, draft: InterestChange) -> GroupPage:
    """Its owner says otherwise what a group is. Raises Refused: not_found, forbidden, closed,
    bad_field."""
    said = _said(draft)
    with transaction.atomic():
        group, _ = own(person_id, group_id)
        hides = said.get("entry", group.entry) == "hidden" and group.entry != "hidden"
        for name, value in said.items():
            setattr(group, name, value)
        group.words = _words(group.name, group.topics)
        if "cover_id" in draft.model_fields_set:
            _cover(person_id, group, draft.cover_id)
        if hides:
            revoke(topics.group(group.pk))
        tell(group)
    return queries.group_page(person_id, group_id)


def archive(person_id: int, group_id: int) -> None:
    """Its owner puts a group away: everything can be read, nothing changes any more but that people
    leave. Raises Refused: not_found, forbidden."""
    with transaction.atomic():
        group, _ = own(person_id, group_id, archived=True)
        if group.archived_at is None:
            put_away(group, moment(group))
            tell(group)


def reopen(person_id: int, group_id: int) -> None:
    """Its owner takes an archived group out again. Raises Refused: not_found, forbidden."""
    with transaction.atomic():
        group, _ = own(person_id, group_id, archived=True)
        if group.archived_at is not None:
            put_away(group, None)
            tell(group)


def _said(draft: InterestDraft | InterestChange) -> dict[str, Any]:
    """The columns of what a draft says, cleaned; of a change only what it names."""
    said: dict[str, Any] = {}
    if draft.name is not None:
        said["name"] = _line(draft.name, NAME_LENGTH, "name")
    if draft.about is not None:
        said["about"] = clean_words(draft.about, ABOUT_LENGTH, field="about", optional=True)
    if draft.rules is not None:
        said["rules"] = clean_words(draft.rules, RULES_LENGTH, field="rules", optional=True)
    if draft.topics is not None:
        spoken = [_line(one.lstrip("# "), TOPIC_LENGTH, "topics") for one in draft.topics]
        said["topics"] = list(dict.fromkeys(one.lower() for one in spoken))
    if draft.questions is not None:
        said["questions"] = [_line(one, QUESTION_LENGTH, "questions") for one in draft.questions]
    if draft.entry is not None:
        said["entry"] = draft.entry
    if draft.history is not None:
        said["history"] = draft.history
    if isinstance(draft, InterestDraft):
        said["words"] = _words(said["name"], said["topics"])
    return said


def _line(text: str, length: int, field: str) -> str:
    return " ".join(clean_words(text, length, field=field).split())


def _words(name: str, about: list[str]) -> str:
    return " ".join([name, *about]).lower()


def _cover(person_id: int, group: Group, picture_id: int | None) -> None:
    """Hang up one's own unused picture, seen by whoever sees the group; the former one goes."""
    if picture_id == group.cover_id:
        return
    if group.cover_id is not None:
        discard([group.cover_id])
    group.cover = None
    if picture_id is not None:
        [group.cover] = attach(person_id, [picture_id], topics.group(group.pk))
