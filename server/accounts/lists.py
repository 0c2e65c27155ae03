"""Friend lists: some of my friends under a name. They are mine alone: nobody knows of being in one.

Who is in a list is asked of the friendships too, each time: whoever stops being a friend is out of
all lists with that commit. Their rows go in the same transaction, so that a friendship which comes
back does not bring its lists back.
"""

from collections.abc import Callable, Collection
from secrets import randbelow

from django.db import transaction
from django.db.models import Q

from server.accounts.events import ListChanged, ListDeleted, MoreShown
from server.accounts.models import FriendList, ListMember, User
from server.accounts.names import clean_name
from server.accounts.policies import friends_of, restricted_pairs
from server.accounts.schemas import FriendLists, FriendListView
from server.errors import Refused
from server.realtime import log
from server.realtime.events import Logged
from server.realtime.instant import one_instant
from server.realtime.revoke import revoke
from server.realtime.topics import Topic, author, friend_list, user

LISTS = 30
MEMBERS = 500

TOPICS = 10**15
"""Numbers that a list's topic is drawn from."""

delete_effects: list[Callable[[int], None]] = []
"""What the apps above do in the transaction that deletes a list, while it is still there. Their
AppConfig.ready() adds to it."""


def mine(person_id: int) -> FriendLists:
    """All my lists. Four queries."""
    epoch = log.epoch()  # before the instant: the first reading of all has to make it
    with one_instant():
        head = log.head(user(person_id))
        rows = list(FriendList.objects.filter(owner=person_id).order_by("pk"))
        return FriendLists(lists=_views(person_id, rows), head=head, epoch=epoch)


def make(person_id: int, name: str) -> FriendListView:
    """A new, empty list.

    Raises Refused: bad_field (a name that cannot be shown, or that another list of mine has), full,
    signed_out.
    """
    with transaction.atomic():
        hold(person_id)
        clean = _free_name(person_id, name)
        if FriendList.objects.filter(owner=person_id).count() >= LISTS:
            raise Refused("full", f"You have {LISTS} lists already.")
        return _tell(FriendList.objects.create(owner_id=person_id, name=clean))


def rename(person_id: int, list_id: int, name: str) -> FriendListView:
    """Call a list of mine otherwise. Raises Refused: not_found, bad_field, signed_out."""

    def change(row: FriendList) -> bool:
        clean = _free_name(person_id, name, row)
        changed = clean != row.name
        row.name = clean
        row.save(update_fields=["name"])
        return changed

    return _change(person_id, list_id, change)


def add(person_id: int, list_id: int, other_id: int) -> FriendListView:
    """Put a friend into a list of mine. They are not told, but see what I showed to it.

    Raises Refused: not_found (no list of mine, or no friend of mine), full, signed_out.
    """

    def change(row: FriendList) -> bool:
        if not friends_of(person_id).filter(pk=other_id).exists():
            raise Refused("not_found")
        members = ListMember.objects.filter(list=row)
        if members.filter(person=other_id).exists():
            return False
        if members.count() >= MEMBERS:
            raise Refused("full", f"{MEMBERS} friends are in this list already.")
        ListMember.objects.create(list=row, person_id=other_id)
        return True

    return _change(person_id, list_id, change, shown_to=[other_id])


def remove(person_id: int, list_id: int, other_id: int) -> FriendListView:
    """Take somebody out of a list of mine. They are not told; what I showed to it is not theirs to
    see any more. Raises Refused: not_found (no list of mine), signed_out."""

    def change(row: FriendList) -> bool:
        deleted, _ = ListMember.objects.filter(list=row, person=other_id).delete()
        if deleted and row.topic is not None:
            revoke(author(person_id), other_id)
        return bool(deleted)

    return _change(person_id, list_id, change)


def delete(person_id: int, list_id: int) -> None:
    """Forget a list of mine; what was shown to it is mine alone now. Raises Refused: not_found,
    signed_out."""
    with transaction.atomic():
        hold(person_id)
        row = _mine(person_id, list_id)
        for effect in delete_effects:
            effect(list_id)
        row.delete()
        if row.topic is not None:
            revoke(author(person_id))
        log.record(user(person_id), ListDeleted(list_id=list_id))


def hold(person_id: int) -> None:
    """What a person does with their lists goes one after the other until the transaction ends, and
    after or before whatever ends one of their friendships: that locks the same row. Raises
    Refused(signed_out)."""
    rows = User.objects.select_for_update(no_key=True).filter(pk=person_id, is_active=True)
    if not rows.values_list("pk", flat=True).first():
        raise Refused("signed_out")


def held(person_id: int, list_id: int) -> FriendList | None:
    """A list of mine, not to be changed or deleted before the transaction ends. Raises
    Refused(signed_out)."""
    hold(person_id)
    return FriendList.objects.filter(pk=list_id, owner=person_id).first()


def open_topic(row: FriendList) -> Topic:
    """The topic of a list that is `held`. The first time it is made, and those in the list are told
    that there is something of its owner's to see: they have no other reason to look."""
    if row.topic is None:
        row.topic = 1 + randbelow(TOPICS - 1)
        row.save(update_fields=["topic"])
        members = members_of(row.owner_id, [row.pk])[row.pk]
        _tell(row, members)
    return friend_list(row.topic)


def _change(
    person_id: int,
    list_id: int,
    change: Callable[[FriendList], bool],
    shown_to: Collection[int] = (),
) -> FriendListView:
    """One change of a list, told to my other tabs when it was one: repeating it is silent.
    shown_to: who sees by it what I showed to the list."""
    with transaction.atomic():
        hold(person_id)
        row = _mine(person_id, list_id)
        if not change(row):
            return _views(person_id, [row])[0]
        return _tell(row, shown_to if row.topic is not None else ())


def _tell(row: FriendList, shown_to: Collection[int] = ()) -> FriendListView:
    [view] = _views(row.owner_id, [row])
    more = MoreShown(person_id=row.owner_id)
    apart = {other for other, _ in restricted_pairs(shown_to, [row.owner_id])}
    told: dict[Topic, Logged] = {user(other): more for other in shown_to if other not in apart}
    log.record_each({**told, user(row.owner_id): ListChanged(list=view)})
    return view


def _mine(person_id: int, list_id: int) -> FriendList:
    row = FriendList.objects.filter(pk=list_id, owner=person_id).first()
    if row is None:
        raise Refused("not_found")
    return row


def _free_name(person_id: int, name: str, row: FriendList | None = None) -> str:
    """The name as it is kept. Capitals make no difference between two lists."""
    try:
        clean = clean_name(name)
    except ValueError as error:
        raise Refused("bad_field", fields={"name": str(error)}) from error
    others = FriendList.objects.filter(owner=person_id)
    if row is not None:
        others = others.exclude(pk=row.pk)
    if clean.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
        raise Refused("bad_field", fields={"name": "another list of yours has this name"})
    return clean


def members_of(person_id: int, ids: Collection[int]) -> dict[int, list[int]]:
    """Who is in these lists of this person's, in order. One query."""
    members: dict[int, list[int]] = {list_id: [] for list_id in ids}
    friends = friends_of(person_id).values("pk")
    found = ListMember.objects.filter(list__in=ids, list__owner=person_id, person__in=friends)
    for list_id, member in found.order_by("person").values_list("list_id", "person_id"):
        members[list_id].append(member)
    return members


def _views(person_id: int, rows: Collection[FriendList]) -> list[FriendListView]:
    members = members_of(person_id, [row.pk for row in rows])
    return [
        FriendListView(
            id=row.pk,
            name=row.name,
            members=members[row.pk],
            topic=None if row.topic is None else str(friend_list(row.topic)),
        )
        for row in rows
    ]


def part(one: int, other: int) -> None:
    """The two are no friends any more: neither stays in a list of the other. One query.

    Call it inside the transaction that ends the friendship, with both people locked.
    """
    ListMember.objects.filter(
        Q(list__owner=one, person=other) | Q(list__owner=other, person=one)
    ).delete()


def back(person_id: int) -> None:
    """This person is here again, and so in the lists they were in: their owners are told.

    Call it inside the transaction in which they come back.
    """
    holding = ListMember.objects.filter(person=person_id).values("list")
    for row in FriendList.objects.filter(pk__in=holding).order_by("pk"):
        _tell(row)
