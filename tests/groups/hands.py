"""What the tests of groups ask again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from server.accounts.models import User
from server.errors import Refused
from server.groups import services
from server.groups.models import Group, Member

BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET TRANSACTION")


def refusal(call: Callable[[], object]) -> str:
    """The code of the refusal; "ok" when there was none."""
    try:
        call()
    except Refused as refused:
        return refused.code.name
    return "ok"


def codes(results: list[Any]) -> Counter[str]:
    """How often each refusal; "ok" for what was done."""
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, Refused):
            raise result
    return Counter(one.code.name if isinstance(one, Refused) else "ok" for one in results)


def standing(group: int, who: User) -> str:
    """How somebody stands to a group: their role when they are in it."""
    row = Member.objects.filter(group=group, person=who.pk).first()
    if row is None:
        return "none"
    return row.role if row.state == "member" else row.state


def let_in(owner: User, group: int, *people: User) -> None:
    """They are in, however one comes in; each is a friend of the owner."""
    for who in people:
        if Group.objects.get(pk=group).entry != "open":
            services.invite(owner.pk, group, who.pk)
        services.join(who.pk, group, [])


def check_counts(group: int) -> None:
    """What is counted is what is there, and there is one owner or nothing goes on."""
    row, rows = Group.objects.get(pk=group), list(Member.objects.filter(group=group))
    inside = [one for one in rows if one.state == "member"]
    assert row.member_count == len(inside)
    assert row.moderator_count == sum(one.role == "moderator" for one in inside)
    assert row.waiting == sum(one.state == "asked" for one in rows)
    assert sorted({one.place for one in inside}) == sorted(one.place for one in inside)
    owners = sum(one.role == "owner" for one in inside)
    assert owners == 1 or (owners == 0 and row.archived_at is not None)


def cost(call: Callable[[], Any]) -> int:
    """How many queries it makes, not counting those that only begin and end transactions."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(not query["sql"].startswith(BOOKKEEPING) for query in captured.captured_queries)
