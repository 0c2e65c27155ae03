"""Whether one comes. The row of the gathering is the lock: however many press at once, no more come
than there are places, and the others stand in line as they came."""

from django.db import transaction

from server.errors import Refused
from server.gatherings import queries
from server.gatherings.models import Answer, Gathering
from server.gatherings.schemas import GatheringEntry, Said, Word
from server.gatherings.services.holding import (
    check_open,
    count,
    fill,
    group_of,
    lock,
    save,
    seated,
    tell_answers,
)
from server.groups import services as groups


def answer(person_id: int, gathering_id: int, said: Said) -> GatheringEntry:
    """Say whether I come, until it begins. "Going" without a free place is a place in the line. The
    same again changes nothing, not the place in the line either.

    Raises Refused: not_found (also when I left its group at that moment), closed (begun, cancelled,
    or the group is archived).
    """
    group_id = group_of(person_id, gathering_id)
    with transaction.atomic():
        _stay(person_id, group_id)
        _answer(lock(gathering_id), person_id, said)
    return queries.entry(person_id, gathering_id)  # not while others wait for the lock


def _answer(row: Gathering, person_id: int, said: Said) -> None:
    mine = Answer.objects.filter(gathering=row, person=person_id).first()
    before = mine.word if mine else None
    if before == said or (before == "waiting" and said == "going"):
        return
    present = check_open(row)
    full = row.places is not None and row.going >= row.places
    word: Word = "waiting" if said == "going" and full else said
    row.last_turn += 1
    Answer.objects.update_or_create(
        gathering=row,
        person_id=person_id,
        defaults={"word": word, "turn": row.last_turn, "at": present},
    )
    count(row, before, -1)
    count(row, word, 1)
    lucky = fill(row) if before == "going" else []
    save(row)
    tell_answers(row, [person_id])
    seated(row, lucky)


def _stay(person_id: int, group_id: int) -> None:
    """Hold my place in the group: I leave it before this or after."""
    try:
        groups.heard(person_id, group_id)
    except Refused as refused:
        if refused.code.name == "forbidden":
            raise Refused("not_found") from refused
        raise
