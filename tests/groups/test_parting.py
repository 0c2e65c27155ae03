"""Somebody who leaves for good: groups are handed over, and nothing of them is left in any."""

from __future__ import annotations

import pytest

from server.accounts import leaving
from server.accounts.models import User
from server.groups import queries, services
from server.groups.models import Group, Member
from tests.factories import interest
from tests.groups.hands import check_counts, let_in, standing

pytestmark = pytest.mark.django_db


def test_groups_of_others_are_handed_over_first(mei: User, bo: User) -> None:
    alone, shared = interest(mei, "Alone").group.id, interest(mei, "Shared").group.id
    let_in(mei, shared, bo)
    held = [(one.kind, one.id, one.title) for one in leaving.standing(mei.pk).holdings]
    assert held == [("interest", shared, "Shared")]
    services.transfer(mei.pk, shared, bo.pk)
    assert leaving.standing(mei.pk).holdings == []
    assert standing(alone, mei) == "owner"


def test_whoever_is_erased_stands_to_no_group(mei: User, bo: User, liu: User) -> None:
    owned = interest(mei).group.id
    let_in(mei, owned, bo, liu)
    services.give_role(mei.pk, owned, bo.pk, "moderator")
    asked, banned = interest(bo, entry="request").group.id, interest(bo).group.id
    services.join(mei.pk, asked, [])
    let_in(bo, banned, mei)
    services.ban(bo.pk, banned, mei.pk)
    rounds = 0
    while services.erase_standing(mei.pk):
        rounds += 1
    assert rounds == 3 and not Member.objects.filter(person=mei).exists()
    assert standing(owned, bo) == "owner" and Group.objects.get(pk=owned).archived_at is None
    for group in (owned, asked, banned):
        check_counts(group)


def test_whoever_is_leaving_is_shown_to_nobody(mei: User, bo: User, liu: User) -> None:
    pk = interest(mei, entry="request").group.id
    let_in(mei, pk, bo)
    services.join(liu.pk, pk, [])
    User.objects.filter(pk__in=[bo.pk, liu.pk]).update(is_active=False)
    assert [one.person.id for one in queries.members_page(mei.pk, pk).members] == [mei.pk]
    assert queries.requests_page(mei.pk, pk).requests == []
