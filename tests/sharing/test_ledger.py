"""The ledger: nothing by itself, each line said after its words were read, none ever changed."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from server.accounts import lists
from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.schemas import MeChange
from server.errors import Refused
from server.feed.schemas import ToList
from server.sharing import ledger, queries, texts
from server.sharing.kinds import KINDS, MONEY
from server.sharing.models import Consent
from server.sharing.schemas import ConsentDraft, SharedKind
from tests.factories import person
from tests.sharing.world import say
from tests.threads import at_once

PUBLISHED = {
    ("bookmark", 1): "09d09594b35637a2",
    ("vote", 1): "1996b0876b1fd4d1",
    ("group", 1): "70270404cb5b17a7",
    ("presence", 1): "f3d0ab3042e589fa",
}
"""What was once shown to somebody is what they consented to, for ever."""


def lines(who: User) -> list[tuple[str, str, int]]:
    rows = Consent.objects.filter(person=who).order_by("pk")
    return list(rows.values_list("kind", "audience", "text"))


def test_nothing_is_shared_by_itself_until_it_is_said(mei: User) -> None:
    kinds = {one.kind: one for one in queries.sharing(mei.pk).kinds}
    assert set(kinds) == set(KINDS)
    for kind, view in kinds.items():
        if kind == "presence":  # mutual, and there before the ledger: its switch is on Me
            assert (view.audience, view.here) == ("friends", True)
        else:
            assert (view.audience, view.list_id, view.since) == ("me", None, None)
        assert view.here == (view.text is not None)
    assert not Consent.objects.exists()


def test_money_is_never_immediate_and_never_shown_at_first(mei: User) -> None:
    kinds = {one.kind: one for one in queries.sharing(mei.pk).kinds}
    assert {"purchase", "bid", "booking"} <= MONEY
    for kind in MONEY:
        assert not KINDS[kind].immediate
        assert kinds[kind].audience == "me" and kinds[kind].delay >= 60
        with pytest.raises(Refused, match="forbidden"):
            ledger.consent(mei.pk, kind, ConsentDraft(audience="friends", text=1))


def test_the_newest_line_counts_and_the_same_again_adds_none(mei: User) -> None:
    close = lists.make(mei.pk, "close")
    assert say(mei, "bookmark", "me").since is None
    assert say(mei, "bookmark", "friends").audience == "friends"
    say(mei, "bookmark", "friends")
    say(mei, "vote", "everyone")
    view = say(mei, "bookmark", ToList(list_id=close.id))
    assert (view.audience, view.list_id) == ("list", close.id)
    say(mei, "bookmark", "me")
    assert lines(mei) == [
        ("bookmark", "friends", 1),
        ("vote", "everyone", 1),
        ("bookmark", "list", 1),
        ("bookmark", "me", 1),
    ]
    page = queries.history(mei.pk)
    assert [one.audience for one in page.consents] == ["me", "list", "everyone", "friends"]
    assert page.consents[1].list_name == "close"


def test_other_words_than_todays_consent_to_nothing(mei: User) -> None:
    with pytest.raises(Refused, match="conflict"):
        say(mei, "bookmark", "friends", text=7)
    assert lines(mei) == []


def test_the_words_that_were_shown_once_never_change() -> None:
    shown = {
        (kind, version): sha256(f"{text.en}\n{text.zh}".encode()).hexdigest()[:16]
        for kind, versions in texts.TEXTS.items()
        for version, text in versions.items()
    }
    assert shown == PUBLISHED
    assert set(texts.TEXTS) == {kind for kind, sort in KINDS.items() if sort.here}


def test_whom_it_cannot_be_for(mei: User, bo: User) -> None:
    theirs = lists.make(bo.pk, "of bo")
    with pytest.raises(Refused, match="bad_field"):
        say(mei, "bookmark", ToList(list_id=theirs.id))
    with pytest.raises(Refused, match="bad_field"):
        say(mei, "presence", "everyone")
    young = person("young", birth_year=2015)
    with pytest.raises(Refused, match="forbidden"):
        say(young, "vote", "everyone")
    assert not Consent.objects.exists()


def test_the_database_refuses_to_change_a_line(mei: User) -> None:
    say(mei, "bookmark", "friends")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Consent.objects.filter(person=mei).update(audience="everyone")
    assert lines(mei) == [("bookmark", "friends", 1)]


def test_presence_is_one_switch_in_two_places(mei: User) -> None:
    say(mei, "presence", "me")
    assert User.objects.get(pk=mei.pk).show_presence is False
    accounts.change_me(mei.pk, MeChange(show_presence=True))
    assert queries.kind_view(mei.pk, "presence").audience == "friends"
    assert lines(mei) == [("presence", "me", 1), ("presence", "friends", texts.ELSEWHERE)]
    accounts.change_me(mei.pk, MeChange(bio="nothing to do with it"))
    assert len(lines(mei)) == 2


def test_a_deleted_list_is_nobody(mei: User) -> None:
    close = lists.make(mei.pk, "close")
    say(mei, "bookmark", ToList(list_id=close.id))
    say(mei, "vote", ToList(list_id=close.id))
    say(mei, "vote", "friends")
    lists.delete(mei.pk, close.id)
    assert queries.kind_view(mei.pk, "bookmark").audience == "me"
    assert queries.kind_view(mei.pk, "vote").audience == "friends"
    assert lines(mei)[-1] == ("bookmark", "me", texts.LIST_GONE)
    assert queries.history(mei.pk).consents[-1].list_name is None


def test_what_is_said_at_once_is_said_one_after_the_other(mei: User) -> None:
    def say_it(audience: Any) -> SharedKind:
        return say(mei, "bookmark", audience)

    wanted = ("friends", "everyone", "me", "friends")
    said = at_once([partial(say_it, one) for one in wanted])
    assert all(isinstance(one, SharedKind) for one in said)
    rows = list(Consent.objects.filter(person=mei).order_by("turn"))
    assert [row.turn for row in rows] == list(range(1, len(rows) + 1))
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    assert all(one.audience != other.audience for one, other in pairwise(rows))
    last = rows[-1].audience if rows else "me"
    assert queries.kind_view(mei.pk, "bookmark").audience == last
