"""As whom one looks at what is one's own: somebody by name, the friends in a list, a stranger who
is signed in, somebody who is not.

None of them has a rule of their own here. A stranger is whoever no row names: number 0, which
nobody has, asked of the same filters as everybody else. Who is not signed in gets as far as the
door of the routes lets them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from pydantic import Field

from server.accounts import lists
from server.accounts.models import FriendList
from server.accounts.policies import may_see_person
from server.accounts.queries import cards
from server.accounts.schemas import PersonCard
from server.errors import Refused
from server.http import signed_in

Reader = Annotated[
    str, Field(pattern=r"^([1-9][0-9]{0,15}|list-[1-9][0-9]{0,15}|stranger|signed-out)$")
]
"""A person by number, a list of mine, or one of two whom nobody knows."""

NOBODY = 0
"""No person has this number."""


@dataclass(frozen=True, slots=True)
class Looking:
    """ids: those as whom one looks; none of them gets in who is not signed in, and nobody does in
    an empty list. person: the one, when it is one by name. several: it is a list."""

    ids: Sequence[int]
    person: PersonCard | None = None
    several: bool = False


def looking(person_id: int, reader: str) -> Looking:
    """Whoever blocked me is nobody for me: what they see would tell that they did.

    Raises Refused(not_found): no such person for me, no such list of mine.
    """
    if reader == "stranger":
        return Looking([NOBODY])
    if reader == "signed-out":
        return Looking([NOBODY] if _let_in() else [])
    if reader.startswith("list-"):
        return Looking(_members(person_id, int(reader.removeprefix("list-"))), several=True)
    other = int(reader)
    if not may_see_person(person_id, other):
        raise Refused("not_found")
    return Looking([other], cards([other])[other])


def _let_in() -> bool:
    """Whether the door of every route lets in who is not signed in."""
    request = HttpRequest()
    request.user = AnonymousUser()
    return bool(signed_in.authenticate(request, None))


def _members(person_id: int, list_id: int) -> list[int]:
    """Those who count: they are friends still."""
    if not FriendList.objects.filter(pk=list_id, owner=person_id).exists():
        raise Refused("not_found")
    return lists.members_of(person_id, [list_id])[list_id]
