"""How two people stand to each other: one row between them, and the blocks either has set."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.db.models import Q

from server.accounts.models import Block, Friendship, User
from server.accounts.policies import pair_of
from server.accounts.schemas import Tie
from server.errors import Refused


@dataclass(slots=True)
class Between:
    """The rows between two people. blocks: {who blocked the other: when}."""

    friendship: Friendship | None = None
    blocks: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def read(cls, one: int, other: int) -> Self:
        """Two queries."""
        low, high = pair_of(one, other)
        blocks = Block.objects.filter(blocker__in=(low, high), blocked__in=(low, high))
        return cls(
            Friendship.objects.filter(low=low, high=high).first(),
            dict(blocks.values_list("blocker_id", "at")),
        )

    def tie(self, me: int) -> Tie:
        """As I see it. Whoever is blocked sees their own request unanswered, nothing else."""
        if me in self.blocks:
            return "blocked"
        if self.friendship is None:
            return "none"
        if self.friendship.state == "friends":
            return "friends"
        return "asked" if self.friendship.asked_by_id == me else "asking"

    def at(self, me: int) -> datetime | None:
        """Since when it is so; None for `none`."""
        if me in self.blocks:
            return self.blocks[me]
        return self.friendship.at if self.friendship else None


def ties_of(me: int, others: Collection[int]) -> dict[int, Between]:
    """What lies between me and each of the others, everyone included. Two queries."""
    found = {other: Between() for other in others}
    rows = Friendship.objects.filter(Q(low=me, high__in=others) | Q(high=me, low__in=others))
    for row in rows:
        found[row.high_id if row.low_id == me else row.low_id].friendship = row
    for blocked, at in Block.objects.filter(blocker=me, blocked__in=others).values_list(
        "blocked_id", "at"
    ):
        found[blocked].blocks[me] = at
    return found


def lock_pair(person_id: int, other_id: int) -> dict[int, User]:
    """Both people with their faces, held until the transaction ends, in the order of their ids.
    Raises Refused(not_found) when one is not there."""
    rows = (
        User.objects.select_for_update(no_key=True, of=("self",))
        .select_related("face")
        .filter(pk__in=(person_id, other_id), is_active=True)
        .order_by("pk")
    )
    people = {row.pk: row for row in rows}
    if len(people) != 2:
        raise Refused("not_found")
    return people
