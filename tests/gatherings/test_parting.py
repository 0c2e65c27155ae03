"""What stays of a gathering when somebody is erased, and what a download holds."""

from __future__ import annotations

import pytest
from django.db.models.functions import Now

from server.accounts import leaving
from server.accounts.models import Leaving, User
from server.gatherings import queries, services
from server.gatherings.models import Answer, Gathering
from server.groups import services as groups
from server.jobs.work import work
from server.takeout.joined import gatherings
from tests.gatherings.hands import check_counts, group_of, propose
from tests.groups.hands import cost

pytestmark = pytest.mark.django_db


def erase(who: User) -> None:
    leaving.ask(who.pk)
    while work("test"):
        pass
    Leaving.objects.filter(pk=who.pk).update(due_at=Now())
    assert leaving.have_due_erased() == 1
    while work("test"):
        pass
    assert not Leaving.objects.exists()


def test_erased_their_place_is_free_and_what_they_made_goes_on(
    mei: User, bo: User, liu: User
) -> None:
    group = group_of(mei, bo, liu)
    pk = propose(bo, group, places=1).gathering.id
    services.answer(bo.pk, pk, "going")
    services.answer(liu.pk, pk, "going")
    erase(bo)
    assert check_counts(pk).going == 1
    assert list(Answer.objects.values_list("person_id", "word")) == [(liu.pk, "going")]
    entry = queries.entry(liu.pk, pk)
    assert entry.gathering.title == "Lanterns" and Gathering.objects.count() == 1
    assert entry.made_by is not None and (entry.made_by.name, entry.made_by.face) == ("", None)


def test_a_download_holds_mine_and_what_i_answered_and_nothing_of_a_group_that_i_left(
    mei: User, bo: User
) -> None:
    group, other = group_of(mei, bo), group_of(mei, bo)
    made = propose(bo, group, title="Mine").gathering.id
    for title, where in (("Here", other), ("There", group)):
        services.answer(bo.pk, propose(mei, where, title=title).gathering.id, "perhaps")
    propose(mei, other, title="Unanswered")
    services.answer(bo.pk, made, "going")
    found = {one.title: (one.mine, one.answer) for one in gatherings(bo.pk)}
    assert found == {
        "Mine": (True, "going"),
        "Here": (False, "perhaps"),
        "There": (False, "perhaps"),
    }
    groups.leave(bo.pk, group)
    found = {one.title: (one.mine, one.answer) for one in gatherings(bo.pk)}
    assert found == {"Mine": (True, None), "Here": (False, "perhaps")}
    assert cost(lambda: list(gatherings(bo.pk))) <= 3
