"""What others will see of what is shown by itself is what they get, whoever they are."""

from __future__ import annotations

from typing import Any

import pytest

from server.accounts import distance, lists
from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed.schemas import ToList
from server.groups import services as groups
from server.groups.policies import mine
from server.realtime.models import LoggedEvent
from server.sharing import preview, queries, services
from server.sharing.kinds import Kind
from server.sharing.models import Activity, Consent, Showing
from server.sharing.policies import seers
from tests import factories
from tests.factories import befriend, browser, person, signed_in
from tests.realtime.conftest import Remembering
from tests.sharing.world import keep, pass_time, say, seen


@pytest.fixture
def family(mei: User, bo: User) -> ToList:
    made = lists.make(mei.pk, "Family")
    lists.add(mei.pk, made.id, bo.pk)
    return ToList(list_id=made.id)


def do(who: User, kind: Kind, lin: User) -> None:
    if kind == "bookmark":
        keep(who, factories.item(lin, factories.store(lin)).item.id)
    elif kind == "vote":
        factories.ballot(who, factories.vote_in_feed(lin, "everyone"), 0)
    else:
        groups.join(who.pk, factories.interest(lin).group.id, [])


def over_http(reader: str, people: dict[str, User]) -> list[Any]:
    client = browser() if reader == "signed-out" else signed_in(people[reader])
    answer = client.get("/api/activity")
    assert answer.status_code == (401 if reader == "signed-out" else 200)
    return answer.json()["activities"] if answer.status_code == 200 else []


@pytest.mark.parametrize("kind", ["bookmark", "vote", "group"])
def test_it_is_what_everybody_really_gets_whoever_they_are(
    mei: User, bo: User, lin: User, family: ToList, kind: Kind
) -> None:
    """For each audience and kind of reader: before it is said, while it waits, and when it is told.
    Yu is restricted, Wu is a friend whom the author of the vote has blocked."""
    yu, wu, zhu = person("yu", name="Yu"), person("wu", name="Wu"), person("zhu")
    for who in (yu, wu):
        befriend(mei, who)
        lists.add(mei.pk, family.list_id, who.pk)
    distance.restrict(mei.pk, yu.pk, wanted=True)
    accounts.block(lin.pk, wu.pk)
    people = {str(who.pk): who for who in (mei, bo, yu, wu)} | {"stranger": zhu}
    several = f"list-{family.list_id}"
    here = signed_in(mei)
    for wanted in ("me", "friends", "everyone", family):
        audience = wanted if isinstance(wanted, str) else wanted.model_dump()
        say(mei, kind, wanted)
        Activity.objects.all().delete()
        do(mei, kind, lin)
        order = {"audience": audience}
        before = {
            reader: here.post(
                f"/api/me/sharing/{kind}/preview", {**order, "reader": reader}, "application/json"
            ).json()
            for reader in (*people, "signed-out", several)
        }
        if wanted == "me":
            assert not Activity.objects.exists()
            assert {one["activity"] for one in before.values()} == {None}
            continue
        row = Activity.objects.get()
        path = f"/api/me/activity/{row.pk}/seen-by/"
        waits = {reader: here.get(path + reader).json() for reader in before}
        assert pass_time() == 1
        row.refresh_from_db()
        told = {reader: here.get(path + reader).json() for reader in before}
        got = {reader: over_http(reader, people) for reader in (*people, "signed-out")}
        for reader, theirs in got.items():
            assert told[reader]["activity"] == next(iter(theirs), None), (wanted, reader)
            for asked in (before, waits):
                one = asked[reader]["activity"]
                assert (one is None) == (not theirs), (wanted, reader)
                if one is not None:
                    same = {"id": 0, "at": 0}
                    assert {**one, **same} == {**theirs[0], **same}
        without = {who.pk for who in (bo, yu, wu) if not got[str(who.pk)]}
        for asked in (before, waits, told):
            assert {one["id"] for one in asked[several]["unseen"]} == without, wanted
            assert asked[several]["activity"] is not None
        friends = [bo.pk, yu.pk, wu.pk]
        one_by_one = {who for who in friends if queries.offered(who).filter(pk=row.pk).exists()}
        assert seers(friends, row) == one_by_one == set(friends) - without
        expected = {yu.pk} if wanted != "everyone" else set()
        assert without == expected | ({wu.pk} if kind == "vote" else set())
        services.undo(mei.pk, row.pk)
        assert here.get(path + str(bo.pk)).json()["activity"] is None


def test_looking_keeps_nothing_and_tells_nobody(
    mei: User, bo: User, lin: User, family: ToList, transport: Remembering
) -> None:
    do(mei, "bookmark", lin)
    factories.interest(lin)  # that Mei is not in
    transport.published.clear()
    events = LoggedEvent.objects.count()
    for kind in ("bookmark", "group"):
        for reader in (str(bo.pk), f"list-{family.list_id}"):
            looked = preview.ActivityPreviewDraft(reader=reader, audience="friends")
            assert preview.before(mei.pk, kind, looked).activity is not None
    assert transport.published == [] and LoggedEvent.objects.count() == events
    assert not Activity.objects.exists() and not Consent.objects.exists()
    assert not Showing.objects.exists() and not mine(mei.pk).exists()
    say(mei, "bookmark", "friends")
    do(mei, "bookmark", lin)
    row = Activity.objects.get()
    assert preview.activity(mei.pk, str(bo.pk), row.pk).activity is not None
    row.refresh_from_db()
    assert row.state == "waiting" and row.shown_at is None
    assert not Showing.objects.exists() and seen(bo) == []


def test_it_is_the_persons_alone_and_no_oracle(mei: User, bo: User, lin: User) -> None:
    say(mei, "bookmark", "friends")
    do(mei, "bookmark", lin)
    pass_time()
    row = Activity.objects.get()
    with pytest.raises(Refused, match="not_found"):
        preview.activity(bo.pk, "stranger", row.pk)
    distance.mute(bo.pk, mei.pk, wanted=True)  # not hers to learn
    assert preview.activity(mei.pk, str(bo.pk), row.pk).activity is not None
    accounts.block(bo.pk, mei.pk)
    with pytest.raises(Refused, match="not_found"):
        preview.activity(mei.pk, str(bo.pk), row.pk)
    with pytest.raises(Refused, match="forbidden"):
        draft = preview.ActivityPreviewDraft(reader="stranger", audience="friends")
        preview.before(mei.pk, "purchase", draft)
