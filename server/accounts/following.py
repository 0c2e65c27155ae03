"""Following: what a person shows beyond friends comes to whoever wants it. Every verb may be
repeated."""

from django.db import transaction

from server.accounts import follows
from server.accounts.ages import minors
from server.accounts.events import FollowChanged, PublicOpened
from server.accounts.models import Follow, User
from server.accounts.queries import card_of
from server.accounts.schemas import Follows, FollowView
from server.accounts.ties import Between, lock_pair
from server.errors import Refused
from server.happenings import Happening, happened
from server.realtime import log
from server.realtime.clock import millis, now
from server.realtime.instant import one_instant
from server.realtime.log import record
from server.realtime.revoke import revoke
from server.realtime.topics import author, user

FOLLOWS = 300
"""People whom one person may follow: each is a topic of their socket."""


def mine(person_id: int) -> Follows:
    """Whom I follow, the latest first, with the head of my topic at the same instant."""
    epoch = log.epoch()  # before the instant: the first reading of all has to make it
    with one_instant():
        head = log.head(user(person_id))
        rows = follows.counted().filter(follower=person_id).order_by("-at", "-pk")
        views = [
            FollowView(person=card_of(row.followed), at=millis(row.at))
            for row in rows.select_related("followed__face")
        ]
        return Follows(people=views, head=head, epoch=epoch)


def follow(person_id: int, other_id: int) -> FollowView:
    """See what this person shows to followers and to everyone; they are told who follows.

    Both rows are locked, as a block does it: of the two, the later one wins. Raises Refused:
    not_found (also when they blocked me), forbidden (myself, somebody I blocked or who lets nobody
    follow them), full.
    """
    with transaction.atomic():
        other = _locked(person_id, other_id)
        moment = now()
        row, new = Follow.objects.get_or_create(
            follower_id=person_id, followed_id=other_id, defaults={"at": moment}
        )
        view = FollowView(person=card_of(other), at=millis(row.at))
        if new:
            if Follow.objects.filter(follower=person_id).count() > FOLLOWS:
                raise Refused("full", f"You follow {FOLLOWS} people already.")
            happened(Happening("follow", other_id, other_id, person_id, person_id))
            record(user(person_id), FollowChanged(person=view.person, following=True, at=view.at))
    return view


def _locked(person_id: int, other_id: int) -> User:
    if person_id == other_id:
        raise Refused("forbidden", "This is yourself.")
    other = lock_pair(person_id, other_id)[other_id]
    blocks = Between.read(person_id, other_id).blocks
    if other_id in blocks:
        raise Refused("not_found")
    if person_id in blocks:
        raise Refused("forbidden", "You have blocked this person. Unblock them first.")
    if not other.followable or minors([other_id]):
        raise Refused("forbidden", "This person lets nobody follow them.")
    return other


def unfollow(person_id: int, other_id: int) -> None:
    """Follow them no more; they are not told."""
    with transaction.atomic():
        rows = Follow.objects.filter(follower=person_id, followed=other_id)
        if not rows.exists():
            return
        people = lock_pair(person_id, other_id)
        if rows.delete()[0]:
            revoke(author(other_id), person_id)
            _tell_gone(person_id, people[other_id])


def _tell_gone(person_id: int, other: User) -> None:
    card, at = card_of(other), millis(now())
    record(user(person_id), FollowChanged(person=card, following=False, at=at))


def part(one: int, other: int) -> None:
    """A block: neither follows the other any more, and their pages know it. Call it inside its
    transaction, with both people locked and their topics revoked."""
    gone = follows.part(one, other)
    people = User.objects.select_related("face").in_bulk({followed for _, followed in gone})
    for follower, followed in sorted(gone):
        _tell_gone(follower, people[followed])


def let_follow(person: User, wanted: bool) -> None:
    """Let anyone follow this person, who is locked, or nobody any more. The first time, what they
    show beyond friends gets a topic of its own: their friends are told to follow it too.

    Raises Refused(forbidden) for a minor.
    """
    if not wanted:
        revoke(author(person.pk))
    elif minors([person.pk]):
        raise Refused("forbidden", "Whoever is under 18 is not followed.")
    elif not person.has_public_topic:
        person.has_public_topic = True
        person.save(update_fields=["has_public_topic"])
        record(author(person.pk), PublicOpened(person_id=person.pk))
