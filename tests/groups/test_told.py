"""What is published when a group changes: to whom, and once."""

from __future__ import annotations

import pytest

from server.accounts.models import User
from server.groups import services
from server.groups.schemas import InterestChange
from server.realtime.topics import group as group_topic
from server.realtime.topics import user
from tests.factories import interest
from tests.groups.hands import let_in
from tests.realtime.conftest import Remembering

pytestmark = pytest.mark.django_db(transaction=True)


def test_everybody_who_may_see_it_is_told_the_count(
    mei: User, bo: User, transport: Remembering
) -> None:
    pk = interest(mei).group.id
    transport.published.clear()
    let_in(mei, pk, bo)
    told = [one for one in transport.published if one.topic == str(group_topic(pk))]
    assert len(told) == 1 and '"member_count":2' in (told[0].text or "")


def test_those_who_decide_are_told_how_many_ask(
    mei: User, bo: User, liu: User, transport: Remembering
) -> None:
    pk = interest(mei, entry="request").group.id
    let_in(mei, pk, bo)
    services.give_role(mei.pk, pk, bo.pk, "moderator")
    transport.published.clear()
    services.join(liu.pk, pk, [])
    told = {one.topic for one in transport.published if '"waiting":1' in (one.text or "")}
    assert told == {str(user(mei.pk)), str(user(bo.pk))}


def test_whoever_may_not_see_it_any_more_is_revoked_before_anything_is_told(
    mei: User, bo: User, liu: User, transport: Remembering
) -> None:
    pk = interest(mei, entry="hidden").group.id
    let_in(mei, pk, bo, liu)
    transport.published.clear()
    services.remove(mei.pk, pk, bo.pk)
    about = [one for one in transport.published if one.topic == str(group_topic(pk))]
    assert [(one.kind, one.person_id) for one in about] == [("revoke", bo.pk), ("snapshot", None)]
    assert about[1].auth_version == about[0].auth_version


def test_when_it_is_hidden_everybody_is_looked_at_again(
    mei: User, bo: User, transport: Remembering
) -> None:
    pk = interest(mei).group.id
    let_in(mei, pk, bo)
    transport.published.clear()
    services.change(mei.pk, pk, InterestChange(entry="hidden"))
    about = [one for one in transport.published if one.topic == str(group_topic(pk))]
    assert [(one.kind, one.person_id) for one in about] == [("revoke", None), ("snapshot", None)]
