"""Invitations by link: exact uses, nothing kept that opens one, and no word about a block."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from time import sleep

import pytest
from django.db import transaction
from django.db.models.functions import Now

from server.accounts import invitations, policies, queries, services
from server.accounts.models import Friendship, Invitation, InvitationUse, User
from server.accounts.schemas import InvitationDraft, TieView
from server.errors import Refused
from server.realtime.topics import user
from tests.accounts.apply import apply_to_ties, logged
from tests.factories import befriend, person
from tests.threads import at_once

pytestmark = pytest.mark.django_db

LIES = "a-token-that-nobody-was-given-xx"


def made(who: User, uses: int = 5, days: int = 7) -> tuple[int, str]:
    """(id, token) of a new invitation."""
    new = invitations.make(who.pk, InvitationDraft(days=days, uses=uses))
    return new.invitation.id, new.token


def expire(invitation_id: int, ago: timedelta = timedelta(milliseconds=5)) -> None:
    Invitation.objects.filter(pk=invitation_id).update(expires_at=Now() - ago)


def refusal(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code.name, refused.value.message


@pytest.fixture
def mei() -> User:
    return person("mei", name="Mei")


@pytest.fixture
def bo() -> User:
    return person("bo", name="Bo")


def test_whoever_has_the_link_sees_who_invites_and_is_a_friend_at_once(mei: User, bo: User) -> None:
    before = {who.pk: queries.ties(who.pk) for who in (mei, bo)}
    _, token = made(mei)
    seen = invitations.look(bo.pk, token)
    assert (seen.person.id, seen.tie) == (mei.pk, "none")
    assert InvitationUse.objects.count() == 0, "looking uses nothing"
    assert invitations.accept(bo.pk, token).tie == "friends"
    assert policies.are_friends(mei.pk, bo.pk)
    assert invitations.look(bo.pk, token).tie == "friends"
    for who in (mei, bo):
        events = logged(user(who.pk), before[who.pk].head)
        assert [event["data"]["tie"] for event in events] == ["friends"]
        assert apply_to_ties(before[who.pk], events) == apply_to_ties(queries.ties(who.pk), [])


def test_the_token_is_long_and_only_its_hash_is_kept(mei: User) -> None:
    _, token = made(mei)
    assert len(token) >= 32, "six bits a letter: at least 128 of them, and some"
    row = Invitation.objects.values().get()
    assert token not in str(row)
    assert made(mei)[1] != token


def test_accepting_twice_uses_one(mei: User, bo: User) -> None:
    _, token = made(mei)
    invitations.accept(bo.pk, token)
    assert invitations.accept(bo.pk, token).tie == "friends"
    assert [view.left for view in invitations.mine(mei.pk)] == [4]


def test_a_friend_by_another_way_uses_none_and_one_who_asked_is_answered(
    mei: User, bo: User
) -> None:
    cy, dee = person(), person()
    befriend(mei, bo)
    services.ask_friend(mei.pk, cy.pk)
    services.ask_friend(dee.pk, mei.pk)
    _, token = made(mei)
    assert invitations.look(cy.pk, token).tie == "asking"
    for who in (bo, cy, dee):
        assert invitations.accept(who.pk, token).tie == "friends"
    assert [view.left for view in invitations.mine(mei.pk)] == [3]


def test_who_came_by_it_sees_that_also_when_it_is_over(mei: User, bo: User) -> None:
    number, token = made(mei, uses=1)
    invitations.accept(bo.pk, token)
    expire(number)
    assert invitations.look(bo.pk, token).tie == "friends"
    assert invitations.accept(bo.pk, token).tie == "friends"


def test_an_ended_friendship_does_not_come_back_by_the_old_link(mei: User, bo: User) -> None:
    _, token = made(mei)
    invitations.accept(bo.pk, token)
    services.end_tie(mei.pk, bo.pk)
    for verb in (invitations.look, invitations.accept):
        assert refusal(partial(verb, bo.pk, token))[0] == "not_found"
    assert not policies.are_friends(mei.pk, bo.pk)


def test_every_reason_against_it_is_one_answer_and_changes_nothing(mei: User) -> None:
    """Among them a block, whoever set it: nobody learns of one by opening a link."""
    blocked, blocker, late, friend = (person(f"who_{n}") for n in range(4))
    services.block(mei.pk, blocked.pk)
    services.block(blocker.pk, mei.pk)
    befriend(mei, friend)
    _, good = made(mei)
    over, expired = made(mei)
    expire(over)
    _, full = made(mei, uses=1)
    invitations.accept(person().pk, full)
    gone, withdrawn = made(mei)
    invitations.withdraw(mei.pk, gone)
    banned = person(is_active=False)
    _, banned_token = made(person("leaves"))
    User.objects.filter(username="leaves").update(is_active=False)
    used = Invitation.objects.order_by("pk").values_list("used", flat=True)
    before = list(used)
    cases = [(blocked, good), (blocker, good), (late, LIES), (banned, good), (late, banned_token)]
    cases += [(who, token) for who in (late, friend) for token in (expired, full, withdrawn)]
    answers = {
        refusal(partial(verb, who.pk, token))
        for who, token in cases
        for verb in (invitations.accept, invitations.look)
        if who is not banned or verb is invitations.accept
    }
    assert answers == {("not_found", "There is no such thing, or not for you.")}
    assert list(used) == before
    assert Friendship.objects.filter(state="friends").count() == 2


def test_my_own_link_says_so_and_cannot_be_accepted(mei: User) -> None:
    _, token = made(mei)
    assert invitations.look(mei.pk, token).tie == "self"
    assert refusal(lambda: invitations.accept(mei.pk, token))[0] == "forbidden"
    assert [view.left for view in invitations.mine(mei.pk)] == [5]


def test_mine_are_those_that_can_be_used_and_nobody_elses(mei: User, bo: User) -> None:
    first, _ = made(mei, uses=100, days=30)
    _, token = made(mei, uses=1)
    over, _ = made(mei)
    second, _ = made(mei, uses=3, days=1)
    made(bo)
    invitations.accept(bo.pk, token)
    expire(over)
    views = invitations.mine(mei.pk)
    assert [(view.id, view.uses, view.left) for view in views] == [
        (second, 3, 3),
        (first, 100, 100),
    ]
    lasts = [round((view.expires_at - view.made_at) / 86_400_000, 3) for view in views]
    assert lasts == [1, 30]
    assert refusal(lambda: invitations.withdraw(bo.pk, first))[0] == "not_found"
    assert len(invitations.mine(mei.pk)) == 2


def test_only_so_many_are_open(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "OPEN_AT_ONCE", 2)
    first, _ = made(mei)
    second, _ = made(mei)
    assert refusal(lambda: made(mei))[0] == "full"
    invitations.withdraw(mei.pk, first)
    made(mei)
    assert refusal(lambda: made(mei))[0] == "full"
    expire(second)
    made(mei)


def test_what_ended_long_ago_is_forgotten_and_the_friendship_stays(mei: User, bo: User) -> None:
    number, token = made(mei)
    invitations.accept(bo.pk, token)
    expire(number, invitations.KEPT + timedelta(minutes=1))
    made(mei)
    assert not Invitation.objects.filter(pk=number).exists()
    assert policies.are_friends(mei.pk, bo.pk)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_on_a_link_for_five_are_five_friends() -> None:
    mei, crowd = person(), [person() for _ in range(20)]
    number, token = made(mei, uses=5)
    results = at_once([partial(invitations.accept, who.pk, token) for who in crowd])
    came = [result for result in results if isinstance(result, TieView)]
    refused = [result for result in results if isinstance(result, Refused)]
    assert (len(came), len(refused)) == (5, 15)
    assert {error.code.name for error in refused} == {"not_found"}
    assert len(queries.friend_ids(mei.pk)) == 5
    assert Invitation.objects.get(pk=number).used == 5
    assert InvitationUse.objects.filter(invitation=number).count() == 5


@pytest.mark.django_db(transaction=True)
def test_the_count_alone_is_exact_without_the_lock_on_people() -> None:
    """`accept` stands in line for its inviter; the count must not depend on that."""
    mei, crowd = person(), [person() for _ in range(12)]
    number, _ = made(mei, uses=5)
    results = at_once([partial(invitations.use_up, number, who.pk) for who in crowd])
    assert sum(result is None for result in results) == 5
    assert Invitation.objects.get(pk=number).used == 5


@pytest.mark.django_db(transaction=True)
def test_one_person_in_ten_tabs_uses_one() -> None:
    mei, bo = person(), person()
    number, token = made(mei)
    results = at_once([partial(invitations.accept, bo.pk, token) for _ in range(10)])
    assert [result.tie for result in results if isinstance(result, TieView)] == ["friends"] * 10
    assert Invitation.objects.get(pk=number).used == 1


@pytest.mark.django_db(transaction=True)
def test_a_block_and_a_withdrawal_against_acceptances() -> None:
    for _ in range(4):
        mei, bo, cy = person(), person(), person()
        number, token = made(mei)
        results = at_once(
            [
                partial(services.block, mei.pk, bo.pk),
                partial(invitations.accept, bo.pk, token),
                partial(invitations.accept, cy.pk, token),
                partial(invitations.withdraw, mei.pk, number),
            ]
        )
        assert all(isinstance(r, Refused | TieView) or r is None for r in results), results
        assert not policies.are_friends(mei.pk, bo.pk)
        assert policies.are_friends(mei.pk, cy.pk) == isinstance(results[2], TieView)
        assert not Invitation.objects.filter(pk=number).exists()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_open_no_more_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "OPEN_AT_ONCE", 3)
    mei = person()
    at_once([partial(made, mei) for _ in range(10)])
    assert len(invitations.mine(mei.pk)) == 3


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_waits_for_an_acceptance_under_way() -> None:
    """Else it deletes the uses it knows of, then an invitation that has one more."""
    mei, bo = person(), person()
    number, token = made(mei)
    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            invitations.accept(bo.pk, token)
            withdrawal = beside.submit(at_once, [partial(invitations.withdraw, mei.pk, number)])
            sleep(0.3)
        assert withdrawal.result(30) == [None]
    assert policies.are_friends(mei.pk, bo.pk)
    assert not Invitation.objects.filter(pk=number).exists()
