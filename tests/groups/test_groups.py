"""Making a group, coming in, being decided about, going: what each verb does and to whom."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest

from server.accounts.models import User
from server.errors import Refused
from server.groups import queries, services
from server.groups.models import Group, Member
from server.groups.schemas import (
    GROUP_PEOPLE,
    MODERATORS,
    InterestChange,
    InterestDraft,
)
from server.media.models import Picture
from server.realtime.topics import group as group_topic
from server.realtime.topics import user
from tests import factories
from tests.chat.apply import logged
from tests.factories import client_id, interest, person
from tests.groups.hands import check_counts, cost, let_in, refusal, standing

pytestmark = pytest.mark.django_db


def ties(who: User) -> list[str]:
    """What somebody was told of how they stand, in order."""
    told = [event for _, event in logged(user(who.pk)) if event.type == "group.tied"]
    return [event.line.role or event.line.standing if event.line else "gone" for event in told]


def test_a_new_group_is_its_makers_and_is_made_once(mei: User) -> None:
    draft = InterestDraft(
        client_id=client_id(),
        name="  Old \n lenses ",
        entry="request",
        rules="Be kind.",
        topics=["#Leica", "leica", "Film cameras"],
        questions=["Why?"],
    )
    page = services.create(mei.pk, draft)
    assert services.create(mei.pk, draft).group.id == page.group.id
    assert (page.group.name, page.group.topics) == ("Old lenses", ["leica", "film cameras"])
    assert (page.role, page.standing, page.group.member_count) == ("owner", "member", 1)
    assert page.owner and page.owner.id == mei.pk
    other = draft.model_copy(update={"name": "Other"})
    assert refusal(partial(services.create, mei.pk, other)) == "altered_replay"
    assert ties(mei) == ["owner"]


@pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 81])
def test_a_group_has_a_name_that_can_be_seen(mei: User, name: str) -> None:
    assert refusal(partial(interest, mei, name)) == "bad_field"


def test_ids_tell_nothing_of_how_many_there_are(mei: User) -> None:
    ids = [interest(mei).group.id for _ in range(3)]
    assert min(ids) > 2**20 and max(ids) < 2**49
    assert len({b - a for a, b in pairwise(ids)}) == 2


def test_an_open_group_is_entered_by_whoever_wants(mei: User, stranger: User) -> None:
    pk = interest(mei).group.id
    line = services.join(stranger.pk, pk, [])
    assert (line.standing, line.role, line.group.member_count) == ("member", "member", 2)
    assert services.join(stranger.pk, pk, []).group.member_count == 2
    assert ties(stranger) == ["member"]
    check_counts(pk)


def test_by_request_the_questions_are_answered_and_somebody_decides(
    mei: User, bo: User, stranger: User
) -> None:
    pk = interest(mei, entry="request", questions=["Why?", "Since when?"]).group.id
    for answers in ([], ["One"], ["One", " "], ["One", "x" * 501]):
        assert refusal(partial(services.join, stranger.pk, pk, answers)) == "bad_field"
    assert services.join(stranger.pk, pk, ["Love", "2009"]).standing == "asked"
    assert services.join(stranger.pk, pk, []).standing == "asked", "asking again asks nothing new"
    [asks] = queries.requests_page(mei.pk, pk).requests
    assert (asks.person.id, asks.answers) == (stranger.pk, ["Love", "2009"])
    assert queries.group_page(mei.pk, pk).waiting == 1
    assert queries.group_page(stranger.pk, pk).waiting == 0, "that is for those who decide"
    services.approve(mei.pk, pk, stranger.pk)
    services.approve(mei.pk, pk, stranger.pk)
    assert standing(pk, stranger) == "member"
    services.join(bo.pk, pk, ["a", "b"])
    services.decline(mei.pk, pk, bo.pk)
    assert refusal(partial(services.decline, mei.pk, pk, bo.pk)) == "not_found"
    assert refusal(partial(services.approve, mei.pk, pk, bo.pk)) == "not_found"
    assert ties(bo) == ["asked", "none"] and ties(stranger) == ["asked", "member"]
    services.join(bo.pk, pk, ["a", "b"])
    services.leave(bo.pk, pk)
    assert standing(pk, bo) == "none"
    check_counts(pk)


@pytest.mark.parametrize("entry", ["request", "invite", "hidden"])
def test_whoever_is_invited_comes_in_at_once(mei: User, bo: User, liu: User, entry: str) -> None:
    pk = interest(mei, entry=entry, questions=["Why?"]).group.id
    services.invite(mei.pk, pk, bo.pk)
    services.invite(mei.pk, pk, bo.pk)
    assert ties(bo) == ["invited"]
    page = queries.group_page(bo.pk, pk)
    assert page.invited_by and page.invited_by.id == mei.pk
    assert services.join(bo.pk, pk, []).role == "member"
    services.invite(mei.pk, pk, liu.pk)
    services.leave(liu.pk, pk)
    assert standing(pk, liu) == "none"
    assert ties(liu) == ["invited", "gone" if entry == "hidden" else "none"]
    check_counts(pk)


def test_without_an_invitation_nobody_comes_in(mei: User, bo: User) -> None:
    pk = interest(mei, entry="invite").group.id
    assert refusal(partial(services.join, bo.pk, pk, [])) == "forbidden"
    pk = interest(mei, entry="hidden").group.id
    assert refusal(partial(services.join, bo.pk, pk, [])) == "not_found"


def test_who_may_invite_and_whom(mei: User, bo: User, liu: User, stranger: User) -> None:
    pk = interest(mei).group.id
    assert refusal(partial(services.invite, bo.pk, pk, liu.pk)) == "forbidden"
    assert refusal(partial(services.invite, mei.pk, pk, stranger.pk)) == "forbidden"
    let_in(mei, pk, bo)
    services.invite(bo.pk, pk, liu.pk)
    assert standing(pk, liu) == "invited"
    closed = interest(mei, entry="invite").group.id
    let_in(mei, closed, bo)
    assert refusal(partial(services.invite, bo.pk, closed, liu.pk)) == "forbidden"
    services.give_role(mei.pk, closed, bo.pk, "moderator")
    services.invite(bo.pk, closed, liu.pk)
    assert standing(closed, liu) == "invited"


def test_an_invitation_to_somebody_who_asks_lets_them_in(mei: User, bo: User) -> None:
    pk = interest(mei, entry="request").group.id
    services.join(bo.pk, pk, [])
    services.invite(mei.pk, pk, bo.pk)
    assert standing(pk, bo) == "member"
    check_counts(pk)


def test_of_a_ban_only_those_who_decide_are_told(mei: User, bo: User, liu: User) -> None:
    pk = interest(mei).group.id
    let_in(mei, pk, bo, liu)
    services.ban(mei.pk, pk, liu.pk)
    services.ban(mei.pk, pk, liu.pk)
    assert refusal(partial(services.join, liu.pk, pk, [])) == "forbidden"
    with pytest.raises(Refused, match="banned from this group"):
        services.invite(mei.pk, pk, liu.pk)
    services.invite(bo.pk, pk, liu.pk)
    assert standing(pk, liu) == "banned", "it only looks as if he were invited"
    assert ties(liu) == ["member", "banned"]
    assert [one.id for one in queries.banned(mei.pk, pk).people] == [liu.pk]
    services.leave(liu.pk, pk)
    assert standing(pk, liu) == "banned", "he does not come free by leaving"
    services.unban(mei.pk, pk, liu.pk)
    services.unban(mei.pk, pk, liu.pk)
    services.join(liu.pk, pk, [])
    check_counts(pk)


def test_who_decides_over_whom(mei: User, bo: User, liu: User, stranger: User) -> None:
    pk = interest(mei).group.id
    let_in(mei, pk, bo, liu, stranger)
    for verb in (services.remove, services.ban):
        assert refusal(partial(verb, stranger.pk, pk, bo.pk)) == "forbidden"
    services.give_role(mei.pk, pk, bo.pk, "moderator")
    services.give_role(mei.pk, pk, liu.pk, "moderator")
    for verb in (services.remove, services.ban):
        for other in (mei, liu, bo):
            assert refusal(partial(verb, bo.pk, pk, other.pk)) == "forbidden"
    assert refusal(partial(services.give_role, bo.pk, pk, stranger.pk, "moderator")) == "forbidden"
    services.remove(bo.pk, pk, stranger.pk)
    assert refusal(partial(services.remove, bo.pk, pk, stranger.pk)) == "not_found"
    services.ban(mei.pk, pk, liu.pk)
    assert (standing(pk, stranger), standing(pk, liu)) == ("none", "banned")
    check_counts(pk)


def test_there_are_only_so_many_moderators(mei: User, bo: User, liu: User) -> None:
    pk = interest(mei).group.id
    let_in(mei, pk, bo, liu)
    Group.objects.filter(pk=pk).update(moderator_count=MODERATORS)
    assert refusal(partial(services.give_role, mei.pk, pk, bo.pk, "moderator")) == "full"
    services.transfer(mei.pk, pk, bo.pk)
    assert (standing(pk, mei), standing(pk, bo)) == ("member", "owner")


def test_handing_over(mei: User, bo: User, stranger: User) -> None:
    pk = interest(mei).group.id
    let_in(mei, pk, bo)
    assert refusal(partial(services.transfer, mei.pk, pk, stranger.pk)) == "not_found"
    assert refusal(partial(services.transfer, mei.pk, pk, mei.pk)) == "forbidden"
    services.transfer(mei.pk, pk, bo.pk)
    assert (standing(pk, mei), standing(pk, bo)) == ("moderator", "owner")
    assert refusal(partial(services.transfer, mei.pk, pk, bo.pk)) == "forbidden"
    check_counts(pk)


def test_when_its_owner_goes_the_oldest_moderator_owns_it(mei: User, bo: User, liu: User) -> None:
    pk = interest(mei).group.id
    let_in(mei, pk, liu, bo)
    for who in (bo, liu):
        services.give_role(mei.pk, pk, who.pk, "moderator")
    services.leave(mei.pk, pk)
    assert (standing(pk, liu), standing(pk, bo)) == ("owner", "moderator")
    assert ties(liu)[-1] == "owner"
    services.leave(liu.pk, pk)
    assert standing(pk, bo) == "owner"
    check_counts(pk)


def test_without_a_moderator_it_is_archived(mei: User, bo: User, stranger: User) -> None:
    pk = interest(mei, entry="open").group.id
    let_in(mei, pk, bo)
    services.leave(mei.pk, pk)
    assert queries.group_page(bo.pk, pk).group.archived
    check_counts(pk)
    assert refusal(partial(services.join, stranger.pk, pk, [])) == "closed"
    services.leave(bo.pk, pk)
    check_counts(pk)


def test_nothing_goes_on_in_an_archived_group_until_it_is_opened_again(
    mei: User, bo: User, liu: User
) -> None:
    pk = interest(mei, entry="request").group.id
    let_in(mei, pk, bo)
    services.join(liu.pk, pk, [])
    services.archive(mei.pk, pk)
    services.archive(mei.pk, pk)
    verbs = [
        partial(services.approve, mei.pk, pk, liu.pk),
        partial(services.invite, mei.pk, pk, liu.pk),
        partial(services.change, mei.pk, pk, InterestChange(name="Other")),
        partial(services.give_role, mei.pk, pk, bo.pk, "moderator"),
        partial(services.transfer, mei.pk, pk, bo.pk),
    ]
    assert {refusal(verb) for verb in verbs} == {"closed"}
    assert refusal(partial(services.archive, bo.pk, pk)) == "forbidden"
    assert queries.find(bo.pk).groups == []
    services.leave(bo.pk, pk)
    services.reopen(mei.pk, pk)
    services.approve(mei.pk, pk, liu.pk)
    check_counts(pk)


def test_only_its_owner_changes_it(mei: User, bo: User, stranger: User) -> None:
    pk = interest(mei, about="Glass").group.id
    let_in(mei, pk, bo)
    services.give_role(mei.pk, pk, bo.pk, "moderator")
    for who in (bo, stranger):
        change = InterestChange(name="Mine now")
        assert refusal(partial(services.change, who.pk, pk, change)) == "forbidden"
    page = services.change(mei.pk, pk, InterestChange(name="New lenses", topics=["zeiss"]))
    assert (page.group.name, page.group.about, page.group.topics) == (
        "New lenses",
        "Glass",
        ["zeiss"],
    )
    assert [one.group.id for one in queries.find(stranger.pk, "#Zeiss new").groups] == [pk]


def test_a_cover_is_seen_by_whoever_sees_the_group_and_goes_with_the_next(mei: User) -> None:
    first, second = factories.picture(mei), factories.picture(mei, colour="red")
    page = interest(mei, entry="hidden", cover_id=first.id)
    assert page.group.cover and page.group.cover.id == first.id
    assert Picture.objects.get(pk=first.id).guard == str(group_topic(page.group.id))
    services.change(mei.pk, page.group.id, InterestChange(cover_id=second.id))
    assert Picture.objects.get(pk=first.id).state == "gone"
    services.change(mei.pk, page.group.id, InterestChange(name="The cover stays"))
    assert queries.group_page(mei.pk, page.group.id).group.cover
    services.change(mei.pk, page.group.id, InterestChange(cover_id=None))
    assert queries.group_page(mei.pk, page.group.id).group.cover is None


def test_a_cover_is_ones_own_unused_picture(mei: User, bo: User) -> None:
    theirs = factories.picture(bo)
    assert refusal(partial(interest, mei, cover_id=theirs.id)) == "bad_field"
    assert not Group.objects.exists()


def test_searching_and_paging(mei: User, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "GROUPS_A_PAGE", 2)
    made = [interest(mei, name).group.id for name in ("Tea A", "茶 Tea B", "Tea C", "Coffee")]
    services.join(stranger.pk, made[2], [])
    found, cursor = [], None
    while True:
        page = queries.find(stranger.pk, "tea", cursor)
        found += page.groups
        if (cursor := page.next) is None:
            break
    assert found[0].group.id == made[2]
    assert sorted(line.group.id for line in found) == sorted(made[:3])
    assert [line.standing for line in found] == ["member", "none", "none"]
    assert [line.group.id for line in queries.find(mei.pk, "茶").groups] == [made[1]]


def test_members_see_members_but_for_those_behind_a_block(
    mei: User, bo: User, liu: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.accounts.services import block

    monkeypatch.setattr(queries, "MEMBERS_A_PAGE", 2)
    pk = interest(mei).group.id
    assert refusal(partial(queries.members_page, bo.pk, pk)) == "forbidden"
    let_in(mei, pk, bo, liu, stranger)
    first = queries.members_page(bo.pk, pk)
    rest = queries.members_page(bo.pk, pk, first.next)
    assert [one.person.id for one in first.members + rest.members] == [
        mei.pk,
        bo.pk,
        liu.pk,
        stranger.pk,
    ]
    block(liu.pk, bo.pk)
    seen = [one.person.id for one in queries.members_page(bo.pk, pk).members]
    assert seen == [mei.pk, bo.pk] and queries.members_page(bo.pk, pk).next


def test_it_costs_the_same_however_many_are_in_it(mei: User, bo: User, liu: User) -> None:
    pk = interest(mei).group.id
    let_in(mei, pk, bo)
    few = (cost(partial(services.join, liu.pk, pk, [])), cost(partial(services.leave, liu.pk, pk)))
    crowd = [person() for _ in range(60)]
    Member.objects.bulk_create(
        Member(group_id=pk, person=who, state="member", place=100 + n)
        for n, who in enumerate(crowd)
    )
    Group.objects.filter(pk=pk).update(member_count=62, last_place=200)
    many = (cost(partial(services.join, liu.pk, pk, [])), cost(partial(services.leave, liu.pk, pk)))
    assert few == many
    pages = [cost(partial(queries.group_page, bo.pk, pk)), cost(partial(queries.find, bo.pk))]
    assert max(pages) <= 6


def test_a_full_group_takes_nobody(mei: User, bo: User) -> None:
    pk = interest(mei).group.id
    Group.objects.filter(pk=pk).update(member_count=GROUP_PEOPLE)
    assert refusal(partial(services.join, bo.pk, pk, [])) == "full"
