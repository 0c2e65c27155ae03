"""What becomes of the answers of somebody who goes out of a group."""

from django.db.models import F

from server.gatherings.models import Answer, Gathering
from server.gatherings.services.holding import (
    COUNTED,
    count,
    fill,
    is_open,
    save,
    seated,
    tell_answers,
)
from server.realtime.clock import now


def take_answers(group_id: int, person_id: int) -> None:
    """Somebody is in a locked group no more: they come to none of its gatherings, and whoever waits
    for their place has it. One query when they answered nothing; else a few for each word, and for
    each gathering that has not begun."""
    mine = dict(
        Answer.objects.filter(person=person_id, gathering__group=group_id).values_list(
            "gathering_id", "word"
        )
    )
    if not mine:
        return
    rows = Gathering.objects.filter(pk__among=sorted(mine)).order_by("pk")
    locked = list(rows.select_for_update(no_key=True))
    # Read with the locks in hand: meanwhile a place may have come free for them.
    answers = Answer.objects.filter(person=person_id, gathering__among=sorted(mine))
    words = dict(answers.values_list("gathering_id", "word"))
    answers.delete()
    present = now()
    still = [row for row in locked if is_open(row, present)]
    over = {row.pk for row in locked} - {row.pk for row in still}
    for word, column in COUNTED.items():
        if ids := sorted(pk for pk in over if words.get(pk) == word):
            gone = {column: F(column) - 1, "version": F("version") + 1}
            Gathering.objects.filter(pk__among=ids).update(**gone)
    for row in still:
        count(row, words.get(row.pk), -1)
        lucky = fill(row)
        save(row)
        tell_answers(row, [person_id])
        seated(row, lucky)
