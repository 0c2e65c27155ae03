"""Of groups one is told who asks whom in, who was let in and who decides, as long as it is so."""

from __future__ import annotations

from server.accounts import services as accounts
from server.accounts.models import User
from server.groups import services as groups
from server.notices.letters import excerpt, path, sentence
from tests.factories import interest
from tests.notices.conftest import causes, seen, unread


def test_an_invitation_stands_as_long_as_it_holds(mei: User, bo: User) -> None:
    hidden = interest(mei, "Lanterns", "hidden").group.id
    for _ in range(2):
        groups.invite(mei.pk, hidden, bo.pk)
    [view] = seen(bo, "group.invited")
    assert (view.subject, view.about, view.said) == (hidden, "Lanterns", "")
    assert [one.username for one in view.people] == ["mei"] and causes(bo, "group.invited") == 1
    assert sentence(view, "en") == "Mei invites you to Lanterns" and excerpt(view) == ""
    assert path(view) == f"/groups/{hidden}"
    groups.remove(mei.pk, hidden, bo.pk)
    assert seen(bo, "group.invited") == [], "and of a hidden group not its name either"
    groups.invite(mei.pk, hidden, bo.pk)
    assert len(seen(bo, "group.invited")) == 1 and causes(bo, "group.invited") == 2
    accounts.block(mei.pk, bo.pk)
    assert seen(bo, "group.invited") == []
    accounts.unblock(mei.pk, bo.pk)
    groups.join(bo.pk, hidden, [])
    assert seen(bo, "group.invited") == [], "it was accepted"


def test_those_who_decide_are_told_who_asks_and_who_asked_that_they_are_in(
    mei: User, bo: User, wen: User, lin: User
) -> None:
    club = interest(mei, "Tea", "request").group.id
    for who in (bo, wen):
        groups.invite(mei.pk, club, who.pk)
        groups.join(who.pk, club, [])
    groups.give_role(mei.pk, club, bo.pk, "moderator")
    groups.join(lin.pk, club, [])
    for who in (mei, bo):
        [view] = seen(who, "group.asked")
        assert (view.people[0].username, view.about) == ("lin", "Tea")
    assert seen(wen, "group.asked") == [] and causes(wen, "group.asked") == 0
    groups.give_role(mei.pk, club, bo.pk, "member")
    assert seen(bo, "group.asked") == [], "who decides no more is told no more"
    groups.approve(mei.pk, club, lin.pk)
    assert seen(mei, "group.asked") == [] and unread(mei) == 0
    [view] = seen(lin, "group.let_in")
    assert (view.subject, view.people, view.about) == (club, [], "Tea")
    groups.remove(mei.pk, club, lin.pk)
    assert seen(lin, "group.let_in") == []
    groups.join(lin.pk, club, [])
    groups.decline(mei.pk, club, lin.pk)
    assert seen(lin, "group.let_in") == [] and seen(mei, "group.asked") == []


def test_who_decides_from_now_on_is_told_each_time(mei: User, bo: User, wen: User) -> None:
    club = interest(mei, "Tea").group.id
    for who in (bo, wen):
        groups.join(who.pk, club, [])
    groups.give_role(mei.pk, club, bo.pk, "moderator")
    [view] = seen(bo, "group.role")
    assert (view.people, view.about) == ([], "Tea") and unread(bo) == 1
    groups.give_role(mei.pk, club, bo.pk, "member")
    assert seen(bo, "group.role") == [] and unread(bo) == 0
    groups.transfer(mei.pk, club, bo.pk)
    assert len(seen(bo, "group.role")) == 1 and causes(bo, "group.role") == 2
    assert seen(mei, "group.role") == [], "what they did themselves"
    groups.leave(bo.pk, club)
    assert len(seen(mei, "group.role")) == 1, "it fell to them"
