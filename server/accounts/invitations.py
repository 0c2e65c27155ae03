"""Invitations by link: whoever has the secret in it becomes the friend of whoever made it.

Unknown, expired, used up, withdrawn, of somebody who is gone or whom a block separates from me: all
of these are one answer, so that nobody learns of a block by opening a link.
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from server.accounts.addresses import check_confirmed
from server.accounts.models import Friendship, Invitation, InvitationUse, User
from server.accounts.policies import pair_of, visible_people
from server.accounts.queries import tie_view
from server.accounts.schemas import InvitationDraft, InvitationMade, InvitationView, TieView
from server.accounts.services import befriend, change_tie, tell_accepted
from server.accounts.ties import Between
from server.errors import Refused
from server.realtime.clock import millis, now

OPEN_AT_ONCE = 20
"""Invitations of one person that can be used."""

TOKEN_BYTES = 24
KEPT = timedelta(days=30)
"""How long after its end a row stays: until then whoever came by it sees whose friend they are."""


def mine(person_id: int) -> list[InvitationView]:
    """My invitations that can still be used, the newest first. One query."""
    return [_view(row) for row in _usable(_of(person_id)).order_by("-pk")]


def make(person_id: int, draft: InvitationDraft) -> InvitationMade:
    """A new one. Raises Refused: full (too many are open), forbidden (an address that nobody has
    confirmed), signed_out."""
    check_confirmed(person_id)
    token = token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        _lock(person_id)
        _of(person_id).filter(expires_at__lt=Now() - KEPT).delete()
        if _usable(_of(person_id)).count() >= OPEN_AT_ONCE:
            raise Refused("full", f"{OPEN_AT_ONCE} of your invitations are open already.")
        moment = now()
        row = Invitation.objects.create(
            inviter_id=person_id,
            token_hash=_hash(token),
            uses=draft.uses,
            made_at=moment,
            expires_at=moment + timedelta(days=draft.days),
        )
    return InvitationMade(invitation=_view(row), token=token)


def withdraw(person_id: int, invitation_id: int) -> None:
    """End one of mine. Raises Refused: not_found, signed_out."""
    with transaction.atomic():
        _lock(person_id)  # or somebody accepts between the deletion of its uses and its own
        _, deleted = _of(person_id).filter(pk=invitation_id).delete()
    if not deleted:
        raise Refused("not_found")


def look(person_id: int, token: str) -> TieView:
    """Whose invitation it is and how I stand to them (`self`: it is my own). Nothing changes.

    Raises Refused(not_found) whenever `accept` would.
    """
    used = InvitationUse.objects.filter(invitation=OuterRef("pk"), person=person_id)
    row = (
        Invitation.objects.filter(
            token_hash=_hash(token), inviter__in=visible_people(person_id).values("pk")
        )
        .annotate(by_me=Exists(used), usable=_still_usable())
        .select_related("inviter__face")
        .first()
    )
    if row is None or not (row.by_me or row.usable):
        raise Refused("not_found")
    if row.inviter_id == person_id:
        return tie_view(person_id, row.inviter, Between()).model_copy(update={"tie": "self"})
    between = Between.read(person_id, row.inviter_id)
    if row.by_me and between.tie(person_id) != "friends":
        raise Refused("not_found")
    return tie_view(person_id, row.inviter, between)


def accept(person_id: int, token: str) -> TieView:
    """Become the friend of whoever made it, whatever either had asked for before.

    It is good for one friendship with each person: one that was ended does not come back by the old
    link. Whoever is a friend already uses nothing up, so a repeated call does no harm.

    Raises Refused: not_found (see above), forbidden (my own).
    """
    row = Invitation.objects.filter(token_hash=_hash(token)).first()
    if row is None:
        raise Refused("not_found")

    def join(between: Between) -> None:
        if between.blocks:
            raise Refused("not_found")
        if between.tie(person_id) == "friends":
            _refuse_stranger(row, person_id)
            return
        use_up(row.pk, person_id)
        _unite(between, person_id, row.inviter_id)

    return change_tie(person_id, row.inviter_id, join)


def use_up(invitation_id: int, person_id: int) -> None:
    """Count one use, if there is one left at this moment of the database and not by this person.

    One statement asks and counts, so that many at once are never more than allowed.
    """
    if InvitationUse.objects.filter(invitation=invitation_id, person=person_id).exists():
        raise Refused("not_found")
    if not _usable(Invitation.objects.filter(pk=invitation_id)).update(used=F("used") + 1):
        raise Refused("not_found")
    InvitationUse.objects.create(invitation_id=invitation_id, person_id=person_id)


def _refuse_stranger(row: Invitation, person_id: int) -> None:
    """A friend may open a link that is good, or by which they came; another says nothing."""
    usable = _usable(Invitation.objects.filter(pk=row.pk)).exists()
    if not usable and not InvitationUse.objects.filter(invitation=row, person=person_id).exists():
        raise Refused("not_found")


def _unite(between: Between, person_id: int, inviter_id: int) -> None:
    if between.friendship is not None:
        befriend(between.friendship, person_id)
        return
    low, high = pair_of(person_id, inviter_id)
    row = Friendship.objects.create(
        low_id=low, high_id=high, state="friends", asked_by_id=person_id, at=now()
    )
    tell_accepted(row, person_id)


def _of(person_id: int) -> QuerySet[Invitation]:
    return Invitation.objects.filter(inviter=person_id)


def _still_usable() -> Q:
    return Q(used__lt=F("uses"), expires_at__gt=Now())


def _usable(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return rows.filter(_still_usable())


def _lock(person_id: int) -> None:
    """What a person does with their invitations, and who accepts one, go one after the other."""
    rows = User.objects.select_for_update(no_key=True).filter(pk=person_id, is_active=True)
    if not rows.values_list("pk", flat=True).first():
        raise Refused("signed_out")


def _view(row: Invitation) -> InvitationView:
    return InvitationView(
        id=row.pk,
        uses=row.uses,
        left=row.uses - row.used,
        made_at=millis(row.made_at),
        expires_at=millis(row.expires_at),
    )


def _hash(token: str) -> str:
    """Plain, because the token is as long as a key: there is nothing to guess."""
    return sha256(token.encode()).hexdigest()
