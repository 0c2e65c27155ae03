"""Proposing, changing, cancelling and answering; who may, and what everybody sees of it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from server.accounts.models import User
from server.accounts.services import block
from server.errors import Refused
from server.gatherings import queries, services
from server.gatherings.models import Gathering
from server.gatherings.schemas import GatheringChange, GatheringDraft
from server.groups import services as groups
from tests.factories import friends, person
from tests.factories import wall as clock
from tests.gatherings.hands import (
    ZONE,
    begin,
    check_counts,
    cost,
    draft,
    group_of,
    line,
    propose,
    words,
)
from tests.groups.hands import refusal

pytestmark = pytest.mark.django_db


def wall(hours: float) -> str:
    return clock(hours, ZONE)


def wrong(call: Any) -> list[str]:
    """The fields that are refused."""
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.code.name == "bad_field"
    return sorted(caught.value.fields)


def test_any_member_proposes_and_everybody_in_it_sees_it(mei: User, bo: User, liu: User) -> None:
    group = group_of(mei, bo, liu)
    made = propose(bo, group, title="  Lantern \n walk ", about="Bring\na light", places=3)
    assert (made.gathering.title, made.gathering.about) == ("Lantern walk", "Bring\na light")
    assert made.made_by and made.made_by.id == bo.pk and made.may_change and made.mine is None
    for who, may in ((mei, True), (liu, False)):
        [entry] = queries.page(who.pk, group).entries
        assert entry.gathering == made.gathering and entry.may_change is may
    assert queries.page(mei.pk, group, past=True).entries == []


def test_who_is_not_in_the_group_is_answered_like_for_nothing(
    mei: User, bo: User, stranger: User
) -> None:
    hidden = group_of(mei, bo, entry="hidden")
    pk = propose(bo, hidden).gathering.id
    invited = person()
    friends(mei, invited)
    groups.invite(mei.pk, hidden, invited.pk)
    nothing = pk + 1 if pk < 2**49 else pk - 1
    bodies = []
    for who in (stranger, invited):
        for one in (pk, nothing):
            for call in (
                partial(queries.entry, who.pk, one),
                partial(queries.seen, who.pk, one),
                partial(queries.comers, who.pk, one, "going"),
                partial(services.answer, who.pk, one, "going"),
                partial(services.cancel, who.pk, one),
                partial(services.change, who.pk, one, GatheringChange(title="Mine")),
            ):
                with pytest.raises(Refused) as caught:
                    call()
                bodies.append(caught.value.body())
        for where in (hidden, nothing):
            with pytest.raises(Refused) as caught:
                queries.page(who.pk, where)
            bodies.append(caught.value.body())
            assert refusal(partial(propose, who, where)) == "not_found"
    assert all(body == bodies[0] for body in bodies) and bodies[0]["code"] == "not_found"
    assert cost(lambda: refusal(partial(queries.entry, stranger.pk, pk))) == cost(
        lambda: refusal(partial(queries.entry, stranger.pk, nothing))
    )


def test_what_cannot_be_is_said_at_its_field(mei: User) -> None:
    group = group_of(mei)
    for fields, field in (
        ({"title": " \u200b "}, ["title"]),
        ({"title": "x" * 121}, ["title"]),
        ({"begins": wall(-1)}, ["begins"]),
        ({"begins": wall(24 * 800)}, ["begins"]),
        ({"begins": "2027-02-30T10:00"}, ["begins"]),
        ({"begins": "2027-03-28T02:30", "zone": "Europe/Berlin"}, ["begins"]),
        ({"ends": wall(71)}, ["ends"]),
        ({"ends": wall(72 + 24 * 40)}, ["ends"]),
        ({"zone": "Asia/Nowhere"}, ["zone"]),
        ({"zone": "../../etc/passwd"}, ["zone"]),
        ({"place": "", "link": ""}, ["place"]),
        ({"link": "javascript:alert(1)"}, ["link"]),
        ({"link": "https://"}, ["link"]),
        ({"link": "not a link"}, ["link"]),
    ):
        assert wrong(partial(propose, mei, group, **fields)) == field, fields
    assert Gathering.objects.count() == 0
    assert propose(mei, group, place="", link="https://meet.example/1").gathering.place == ""


def test_the_same_draft_again_is_the_same_and_another_is_refused(mei: User, bo: User) -> None:
    group, other = group_of(mei, bo), group_of(mei, bo)
    said = draft()
    first = services.propose(mei.pk, group, said)
    assert services.propose(mei.pk, group, said) == first
    changed = GatheringDraft(**said.model_dump() | {"title": "Other"})
    assert refusal(partial(services.propose, mei.pk, group, changed)) == "altered_replay"
    assert refusal(partial(services.propose, mei.pk, other, said)) == "altered_replay"
    assert Gathering.objects.count() == 1


def test_its_clocks_stay_when_the_zone_is_another(mei: User) -> None:
    made = propose(mei, group_of(mei), begins=wall(96), ends=wall(98)).gathering
    moved = services.change(mei.pk, made.id, GatheringChange(zone="Europe/Berlin")).gathering
    assert (moved.begins, moved.ends) == (made.begins, made.ends)
    assert moved.begins_at - made.begins_at in (6 * 3_600_000, 7 * 3_600_000)
    assert moved.zone == "Europe/Berlin" and moved.version > made.version
    endless = services.change(mei.pk, made.id, GatheringChange(ends=None)).gathering
    assert endless.ends is None and endless.begins == made.begins


def test_its_maker_and_those_who_decide_change_and_cancel_it(
    mei: User, bo: User, liu: User
) -> None:
    group = group_of(mei, bo, liu)
    pk = propose(bo, group).gathering.id
    new = GatheringChange(title="Another")
    assert refusal(partial(services.change, liu.pk, pk, new)) == "forbidden"
    assert refusal(partial(services.cancel, liu.pk, pk)) == "forbidden"
    assert services.change(bo.pk, pk, new).gathering.title == "Another"
    groups.give_role(mei.pk, group, liu.pk, "moderator")
    assert services.change(liu.pk, pk, GatheringChange(about="x")).gathering.about == "x"
    before = Gathering.objects.get(pk=pk)
    services.change(liu.pk, pk, GatheringChange(about="x", title="Another"))
    assert Gathering.objects.get(pk=pk).version == before.version, "nothing is other than before"
    services.answer(mei.pk, pk, "going")
    gone = services.cancel(bo.pk, pk).gathering
    assert gone.cancelled and services.cancel(mei.pk, pk).gathering.version == gone.version
    [entry] = queries.page(liu.pk, group).entries
    assert entry.gathering.cancelled and entry.gathering.going == 1
    assert refusal(partial(services.change, bo.pk, pk, new)) == "closed"
    assert refusal(partial(services.answer, bo.pk, pk, "going")) == "closed"
    assert Gathering.objects.get(pk=pk).sequence == before.sequence + 1


def test_who_left_the_group_changes_nothing_of_what_they_made(mei: User, bo: User) -> None:
    group = group_of(mei, bo)
    pk = propose(bo, group).gathering.id
    groups.leave(bo.pk, group)
    assert refusal(partial(services.change, bo.pk, pk, GatheringChange(title="x"))) == "not_found"
    assert refusal(partial(services.cancel, bo.pk, pk)) == "not_found"
    assert queries.entry(mei.pk, pk).made_by is not None


def test_an_answer_may_change_until_it_begins(mei: User, bo: User) -> None:
    pk = propose(mei, group_of(mei, bo)).gathering.id
    for said in ("going", "perhaps", "not", "going"):
        entry = services.answer(bo.pk, pk, said)
        row = check_counts(pk)
        assert entry.mine == said and row.going + row.perhaps + row.declined == 1
    version = Gathering.objects.get(pk=pk).version
    assert services.answer(bo.pk, pk, "going").gathering.version == version
    begin(pk)
    assert refusal(partial(services.answer, bo.pk, pk, "not")) == "closed"
    assert refusal(partial(services.answer, mei.pk, pk, "going")) == "closed"
    assert refusal(partial(services.cancel, mei.pk, pk)) == "closed"
    assert services.answer(bo.pk, pk, "going").mine == "going", "a retry is not a change"


def test_beyond_the_places_one_stands_in_line_and_moves_up_in_order(mei: User) -> None:
    people = [person() for _ in range(5)]
    friends(mei, *people)
    group = group_of(mei, *people)
    pk = propose(mei, group, places=2).gathering.id
    said = [services.answer(who.pk, pk, "going").mine for who in people]
    assert said == ["going", "going", "waiting", "waiting", "waiting"]
    services.answer(people[2].pk, pk, "going")
    assert line(pk) == [who.pk for who in people[2:]], "asking again keeps one's place in line"
    services.answer(people[0].pk, pk, "perhaps")
    assert line(pk, "going") == [people[1].pk, people[2].pk]
    services.answer(people[3].pk, pk, "not")
    assert line(pk) == [people[4].pk]
    groups.leave(people[1].pk, group)
    assert line(pk, "going") == [people[2].pk, people[4].pk] and line(pk) == []
    services.answer(people[0].pk, pk, "going")
    services.answer(people[3].pk, pk, "going")
    assert line(pk) == [people[0].pk, people[3].pk]
    check_counts(pk)


def test_more_places_are_filled_in_order_and_fewer_send_nobody_away(mei: User) -> None:
    people = [person() for _ in range(5)]
    friends(mei, *people)
    pk = propose(mei, group_of(mei, *people), places=1).gathering.id
    for who in people:
        services.answer(who.pk, pk, "going")
    services.change(mei.pk, pk, GatheringChange(places=3))
    assert line(pk, "going") == [who.pk for who in people[:3]]
    services.change(mei.pk, pk, GatheringChange(places=1))
    assert len(line(pk, "going")) == 3
    services.answer(people[0].pk, pk, "not")
    assert line(pk, "going") == [people[1].pk, people[2].pk], "still more than there are places"
    sequence = Gathering.objects.get(pk=pk).sequence
    services.change(mei.pk, pk, GatheringChange(places=None))
    assert len(line(pk, "going")) == 4 and line(pk) == []
    assert Gathering.objects.get(pk=pk).sequence == sequence == 0, "a calendar knows no places"
    check_counts(pk)


def test_going_out_of_the_group_takes_all_answers(mei: User, bo: User, liu: User) -> None:
    group, other = group_of(mei, bo, liu), group_of(mei, bo)
    begun, ahead = (propose(mei, group, places=1).gathering.id for _ in range(2))
    elsewhere = propose(mei, other).gathering.id
    for pk in (begun, ahead):
        services.answer(bo.pk, pk, "going")
        services.answer(liu.pk, pk, "going")
    services.answer(bo.pk, elsewhere, "perhaps")
    begin(begun)
    groups.ban(mei.pk, group, bo.pk)
    assert words(ahead) == {liu.pk: "going"}
    assert words(begun) == {liu.pk: "waiting"}, "nobody comes to what has begun"
    assert words(elsewhere) == {bo.pk: "perhaps"}
    for pk in (begun, ahead, elsewhere):
        check_counts(pk)


def test_an_archived_group_is_read_and_nothing_changes(mei: User, bo: User) -> None:
    group = group_of(mei, bo)
    pk = propose(bo, group).gathering.id
    groups.archive(mei.pk, group)
    assert queries.entry(bo.pk, pk).gathering.id == pk
    for call in (
        partial(propose, bo, group),
        partial(services.answer, bo.pk, pk, "going"),
        partial(services.cancel, bo.pk, pk),
        partial(services.change, bo.pk, pk, GatheringChange(title="x")),
    ):
        assert refusal(call) == "closed"


def test_newcomers_see_what_is_not_over_where_they_do_not_read_the_past(
    mei: User, bo: User
) -> None:
    group = group_of(mei, history="joined")
    over, ahead = (propose(mei, group).gathering.id for _ in range(2))
    begin(over, 0)
    groups.join(bo.pk, group, [])
    assert [one.gathering.id for one in queries.page(bo.pk, group).entries] == [ahead]
    assert queries.page(bo.pk, group, past=True).entries == []
    assert refusal(partial(queries.entry, bo.pk, over)) == "not_found"
    assert queries.page(mei.pk, group, past=True).entries[0].gathering.id == over


def test_the_next_come_first_and_the_past_latest_first_page_by_page(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "A_PAGE", 2)
    group = group_of(mei)
    ahead = [propose(mei, group, begins=wall(24 * n)).gathering.id for n in (5, 3, 4, 2, 1)]
    past = [propose(mei, group).gathering.id for _ in range(3)]
    for hours, pk in enumerate(past, 1):
        begin(pk, hours)

    def walk(**fields: Any) -> list[int]:
        found, cursor = [], None
        while True:
            read = queries.page(mei.pk, group, cursor=cursor, **fields)
            found += [one.gathering.id for one in read.entries]
            if (cursor := read.next) is None:
                return found

    assert walk() == [ahead[4], ahead[3], ahead[1], ahead[2], ahead[0]]
    assert walk(past=True) == past


def test_friends_who_come_are_named_and_a_block_hides_people(
    mei: User, bo: User, liu: User
) -> None:
    far = person("far")
    friends(mei, far)
    group = group_of(mei, bo, liu, far)
    pk = propose(far, group).gathering.id
    for who in (liu, far, bo):
        services.answer(who.pk, pk, "going")
    assert [one.id for one in queries.entry(bo.pk, pk).friends] == [liu.pk]
    block(bo.pk, far.pk)
    for who, other in ((bo, far), (far, bo)):
        shown = {one.id for one in queries.comers(who.pk, pk, "going").people}
        assert shown == {liu.pk, bo.pk, far.pk} - {other.pk}
    assert (
        queries.entry(bo.pk, pk).made_by is None and queries.entry(bo.pk, pk).gathering.going == 3
    )
    assert len(queries.comers(mei.pk, pk, "going").people) == 3


def test_who_comes_is_paged_in_order(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "COMERS_A_PAGE", 2)
    people = [person() for _ in range(5)]
    friends(mei, *people)
    pk = propose(mei, group_of(mei, *people)).gathering.id
    for who in people[::-1]:
        services.answer(who.pk, pk, "going")
    found, cursor = [], None
    while True:
        read = queries.comers(mei.pk, pk, "going", cursor)
        found += [one.id for one in read.people]
        if (cursor := read.next) is None:
            break
    assert found == [who.pk for who in people[::-1]]


def test_a_page_costs_the_same_however_many_and_however_many_come(mei: User, bo: User) -> None:
    group = group_of(mei, bo)
    services.answer(bo.pk, propose(mei, group).gathering.id, "going")
    few = cost(partial(queries.page, mei.pk, group))
    for _ in range(6):
        services.answer(bo.pk, propose(bo, group).gathering.id, "going")
    assert cost(partial(queries.page, mei.pk, group)) == few <= 12


def test_so_many_may_be_to_come(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.gatherings.services.making.COMING", 2)
    group = group_of(mei)
    first = propose(mei, group).gathering.id
    propose(mei, group)
    assert refusal(partial(propose, mei, group)) == "full"
    services.cancel(mei.pk, first)
    propose(mei, group)
