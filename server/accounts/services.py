"""What people do with each other and with their own account. Every verb may be repeated."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from server.accounts import ages, contacts, following, lists, sessions
from server.accounts.events import PersonChanged, ProfileChanged, TieChanged
from server.accounts.models import Block, Friendship, Session, User
from server.accounts.names import clean_bio, clean_name
from server.accounts.policies import pair_of
from server.accounts.queries import card_of, friend_ids, me, me_of, tie_view
from server.accounts.schemas import Me, MeChange, TieView
from server.accounts.ties import Between, lock_pair
from server.errors import Refused
from server.happenings import Happening, happened
from server.media.services import discard, make_public
from server.realtime.clock import now
from server.realtime.log import lock_next, record
from server.realtime.revoke import revoke
from server.realtime.topics import author, presence, user

ASKED_AT_ONCE = 200
"""Requests of one person that wait for an answer."""

SEEN_BY_FRIENDS = frozenset({"name", "bio", "face", "show_presence"})
"""What of a profile concerns those who follow its person."""

block_effects: list[Callable[[int, int, bool], None]] = []
"""What the apps above do in the transaction that sets the first block between two people or lifts
the last: called with (one, other, whether none is left). Their AppConfig.ready() adds to it."""

profile_effects: list[Callable[[int, Mapping[str, Any]], None]] = []
"""What they do in the transaction that changes a profile: called with the person, whose row is
held, and what changed."""

# Ties ----------------------------------------------------------------------------------------


def ask_friend(person_id: int, other_id: int) -> TieView:
    """Ask for friendship, or accept when they have asked me: two crossing requests are one tie.

    Somebody who blocked me is not told, and I see my request wait for ever. Raises Refused:
    not_found, forbidden (myself, or I blocked them), full (too many requests are waiting).
    """

    def ask(between: Between) -> None:
        if person_id in between.blocks:
            raise Refused("forbidden", "You have blocked this person. Unblock them first.")
        row = between.friendship
        if row is None:
            _create_request(person_id, other_id)
        elif row.state == "asked" and row.asked_by_id == other_id:
            befriend(row, person_id)

    return change_tie(person_id, other_id, ask)


def accept(person_id: int, other_id: int) -> TieView:
    """Accept their request. Raises Refused(not_found) when there is none any more."""

    def agree(between: Between) -> None:
        tie = between.tie(person_id)
        if tie not in {"asking", "friends"} or between.friendship is None:
            raise Refused("not_found", "This request was taken back.")
        if tie == "asking":
            befriend(between.friendship, person_id)

    return change_tie(person_id, other_id, agree)


def end_tie(person_id: int, other_id: int) -> TieView:
    """Decline their request, take mine back, or end the friendship: afterwards there is none.

    Raises Refused: not_found, forbidden (myself).
    """

    def end(between: Between) -> None:
        if between.friendship is None or person_id in between.blocks:
            return
        between.friendship.delete()
        if between.friendship.state == "friends":
            _part(person_id, other_id)
            if ages.minors([person_id, other_id]):
                _tell_apps(person_id, other_id, none_left=False)

    return change_tie(person_id, other_id, end)


def block(person_id: int, other_id: int) -> TieView:
    """Want nothing from this person any more; any tie ends. They see `none`, as if declined.

    Raises Refused: not_found, forbidden (myself).
    """

    def shut(between: Between) -> None:
        if person_id in between.blocks:
            return
        Block.objects.create(blocker_id=person_id, blocked_id=other_id)
        if not between.blocks:
            _tell_apps(person_id, other_id, none_left=False)
        if between.friendship:
            between.friendship.delete()
        _part(person_id, other_id)
        following.part(person_id, other_id)

    return change_tie(person_id, other_id, shut)


def unblock(person_id: int, other_id: int) -> TieView:
    """Lift my block. A request they made meanwhile appears. Raises Refused like `block`."""

    def open_again(between: Between) -> None:
        if person_id in between.blocks:
            Block.objects.filter(blocker=person_id, blocked=other_id).delete()
            # A block ended their friendship: to a minor they stay a stranger.
            if len(between.blocks) == 1 and not ages.minors([person_id, other_id]):
                _tell_apps(person_id, other_id, none_left=True)

    return change_tie(person_id, other_id, open_again)


def _tell_apps(one: int, other: int, *, none_left: bool) -> None:
    for effect in block_effects:
        effect(one, other, none_left)


def change_tie(person_id: int, other_id: int, change: Callable[[Between], None]) -> TieView:
    """Make one change between two people and tell each of them what is new to them.

    Both people's rows are locked first, in id order, so whatever two people do to each other at
    the same moment happens one after the other.
    """
    if person_id == other_id:
        raise Refused("forbidden", "This is yourself.")
    with transaction.atomic():
        people = lock_pair(person_id, other_id)
        before = Between.read(person_id, other_id)
        seen = {person: before.tie(person) for person in people}
        change(before)
        after = Between.read(person_id, other_id)
        moment = now()
        for mine, theirs in ((one, other) for one in people for other in people if one != other):
            view = tie_view(mine, people[theirs], after, moment)
            if mine == person_id:
                result = view
            if view.tie != seen[mine]:
                record(user(mine), TieChanged(person=view.person, tie=view.tie, at=view.at))
    return result


def _create_request(person_id: int, other_id: int) -> None:
    waiting = Friendship.objects.filter(asked_by=person_id, state="asked")
    if waiting.count() >= ASKED_AT_ONCE:
        raise Refused("full", f"{ASKED_AT_ONCE} of your requests wait for an answer already.")
    low, high = pair_of(person_id, other_id)
    row = Friendship.objects.create(low_id=low, high_id=high, state="asked", asked_by_id=person_id)
    happened(Happening("friend.asked", other_id, person_id, row.pk, person_id))


def befriend(row: Friendship, by: int) -> None:
    """Make friends of a request, inside `change_tie`. by: who makes it a friendship."""
    Friendship.objects.filter(pk=row.pk).update(state="friends", at=now())
    if ages.minors([row.low_id, row.high_id]):  # who could not talk alone may now
        _tell_apps(row.low_id, row.high_id, none_left=True)
    tell_accepted(row, by)


def tell_accepted(row: Friendship, by: int) -> None:
    """The other one is told that they have a friend."""
    other_id = row.high_id if row.low_id == by else row.low_id
    happened(Happening("friend.accepted", other_id, by, row.pk, by))


def _part(one: int, other: int) -> None:
    """Neither may watch the other's posts or presence any more, nor stays in the other's lists."""
    lists.part(one, other)
    low, high = pair_of(one, other)
    revoke(author(low), high)
    revoke(author(high), low)
    revoke(presence(low), high)
    revoke(presence(high), low)


# The own account -----------------------------------------------------------------------------


def change_me(person_id: int, change: MeChange) -> Me:
    """Change one's own profile; fields that are absent stay, `face_id: null` removes the face.

    One event for oneself and one for all friends, whatever their number; only hiding one's presence
    costs a revocation for each friend.

    Raises Refused: bad_field (a name that cannot be shown, a picture that is not an own unused
    one), signed_out.
    """
    with transaction.atomic():
        person = (
            User.objects.select_for_update(no_key=True, of=("self",))
            .select_related("face")
            .filter(pk=person_id, is_active=True)
            .first()
        )
        if person is None:
            raise Refused("signed_out")
        fields = _new_fields(person, change)
        if not fields:
            return me(person_id)
        shown_before = person.show_presence
        for name, value in fields.items():
            setattr(person, name, value)
        person.save(update_fields=list(fields))
        if shown_before and not person.show_presence:
            _hide_presence(person_id)
        if "birth_year" in fields:
            revoke(author(person_id))  # what was for everyone may be for friends from now on
        if "found_by_contacts" in fields:
            contacts.renew(person_id)
        if "followable" in fields:
            following.let_follow(person, fields["followable"])
        for effect in profile_effects:
            effect(person_id, fields)
        if fields.keys() & SEEN_BY_FRIENDS:
            record(author(person_id), PersonChanged(person=card_of(person)))
        changed = me_of(person, lock_next(user(person_id)))
        record(user(person_id), ProfileChanged(me=changed))
    return changed


def end_checkup(person_id: int) -> Me:
    """I have looked, or do not want to now: silent for a quarter, on all my devices.

    Raises Refused: signed_out.
    """
    with transaction.atomic():
        mine = User.objects.select_for_update(no_key=True, of=("self",)).select_related("face")
        if not mine.filter(pk=person_id, is_active=True).update(checked_at=Now()):
            raise Refused("signed_out")
        changed = me_of(mine.get(pk=person_id), lock_next(user(person_id)))
        record(user(person_id), ProfileChanged(me=changed))
    return changed


def _new_fields(person: User, change: MeChange) -> dict[str, Any]:
    """Only what differs, so that repeating a change is silent."""
    wanted: dict[str, Any] = {}
    if change.name is not None:
        try:
            wanted["name"] = clean_name(change.name)
        except ValueError as error:
            raise Refused("bad_field", fields={"name": str(error)}) from error
    if change.bio is not None:
        wanted["bio"] = clean_bio(change.bio)
    if change.language is not None:
        wanted["language"] = change.language
    if change.birth_year is not None and change.birth_year != person.birth_year:
        wanted["birth_year"] = _first_year(person, change.birth_year)
    if change.show_presence is not None:
        wanted["show_presence"] = change.show_presence
    if change.followable is not None:
        wanted["followable"] = change.followable
    if change.found_by_contacts is not None:
        wanted["found_by_contacts"] = change.found_by_contacts
    if "face_id" in change.model_fields_set and change.face_id != person.face_id:
        wanted["face"] = _change_face(person, change.face_id)
    return {name: value for name, value in wanted.items() if getattr(person, name) != value}


def _first_year(person: User, year: int) -> int:
    """It is given once: or whoever is protected would not be for long."""
    if person.birth_year is not None:
        raise Refused("bad_field", fields={"birth_year": "was given before"})
    try:
        return ages.clean_year(year)
    except ValueError as error:
        raise Refused("bad_field", fields={"birth_year": str(error)}) from error


def _change_face(person: User, picture_id: int | None) -> Any:
    """The new face, shown to everybody; the old one is gone for good."""
    face = None
    if picture_id is not None:
        try:
            [face] = make_public(person.pk, [picture_id])
        except Refused as refusal:
            problem = refusal.fields.get("picture_ids", str(refusal))
            raise Refused("bad_field", fields={"face_id": problem}) from refusal
    if person.face_id is not None:
        discard([person.face_id])
    return face


def _hide_presence(person_id: int) -> None:
    """Nobody sees mine, and so I see nobody's. In id order: two friends may hide at once."""
    for other in sorted([person_id, *friend_ids(person_id)]):
        revoke(presence(other), None if other == person_id else person_id)


# Sessions ------------------------------------------------------------------------------------


def end_session(person_id: int, public_id: str) -> None:
    """Sign one of my browsers out. Raises Refused(not_found)."""
    if not sessions.end(Session.objects.filter(person=person_id, public_id=public_id)):
        raise Refused("not_found")


def end_other_sessions(person_id: int, session_key: str | None) -> int:
    """Sign all my browsers out but the one with this key (None: all). Returns how many."""
    return sessions.end(Session.objects.filter(person=person_id).exclude(pk=session_key or ""))


def set_password(person: User, password: str, session_key: str | None) -> None:
    """Change the password and sign out every browser but the one that asked (None: all)."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        end_other_sessions(person.pk, session_key)
