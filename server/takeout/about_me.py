"""Who I am, and where I sell: the parts of a takeout that are not things I said."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery, Value

from server.accounts.lists import members_of
from server.accounts.models import (
    Block,
    Follow,
    FriendList,
    Friendship,
    Invitation,
    Muting,
    Phone,
    PhoneCode,
    Restriction,
    Session,
    User,
)
from server.accounts.sessions import live
from server.catalogue.models import Item, ItemPicture, StoreFollow, StoreStaff
from server.feed.models import Place
from server.media.files import path
from server.media.models import Picture
from server.realtime.clock import millis
from server.takeout import reached, records, sold
from server.takeout.reading import lots, my_pictures, others


def profile(person_id: int) -> records.Profile:
    """Myself. Four queries."""
    place = Place.objects.filter(person=OuterRef("pk")).values("post")
    rows = User.objects.annotate(read_up_to=Subquery(place))
    row = rows.get(pk=person_id)
    addresses = EmailAddress.objects.filter(user=person_id).order_by("pk")
    return records.Profile(
        id=row.pk,
        username=row.username,
        name=row.name,
        bio=row.bio,
        email=row.email,
        addresses=[
            reached.Address(email=email, verified=verified)
            for email, verified in addresses.values_list("email", "verified")
        ],
        phones=_phones(person_id),
        language=row.language,
        show_presence=row.show_presence,
        birth_year=row.birth_year,
        followable=row.followable,
        found_by_contacts=row.found_by_contacts,
        joined_at=millis(row.joined_at),
        face=next(iter(my_pictures(person_id, [row.face_id])), None),
        read_up_to=row.read_up_to,
    )


def _phones(person_id: int) -> list[reached.PhoneNumber]:
    def of(rows: QuerySet[Any], verified: bool) -> QuerySet[Any, Any]:
        said = Value(verified, output_field=BooleanField())
        return rows.filter(pk=person_id).values_list("number", said)

    both = of(Phone.objects.all(), True).union(of(PhoneCode.objects.all(), False), all=True)
    said = sorted(both, key=lambda one: not one[1])
    return [reached.PhoneNumber(number=number, verified=bool(yes)) for number, yes in said]


def sessions(person_id: int) -> Iterator[records.SessionRecord]:
    """Where I am signed in, the oldest first."""
    for row in live(Session.objects.filter(person=person_id).order_by("started_at")):
        yield records.SessionRecord(
            browser=row.browser,
            address=row.address,
            started_at=millis(row.started_at),
            seen_at=millis(row.seen_at),
        )


def ties(person_id: int) -> Iterator[records.TieRecord]:
    """Friends, requests both ways, and that I blocked somebody. Being blocked is never told."""
    for rows in lots(Friendship.objects.filter(Q(low=person_id) | Q(high=person_id))):
        other = {row.pk: row.high_id if row.low_id == person_id else row.low_id for row in rows}
        people = others(person_id, other.values())
        for row in rows:
            if who := people.get(other[row.pk]):
                asked = "asked" if row.asked_by_id == person_id else "asking"
                tie = "friends" if row.state == "friends" else asked
                yield records.TieRecord(person=who, tie=tie, at=millis(row.at))
    for blocks in lots(Block.objects.filter(blocker=person_id)):
        for block in blocks:
            yield records.TieRecord(person=None, tie="blocked", at=millis(block.at))
    for mutings in lots(Muting.objects.filter(person=person_id)):
        kept = [(row.other_id, row.at) for row in mutings]
        yield from _kept_away(person_id, kept, "muted")
    for restrictions in lots(Restriction.objects.filter(person=person_id)):
        kept = [(row.other_id, row.at) for row in restrictions]
        yield from _kept_away(person_id, kept, "restricted")


def _kept_away(
    person_id: int, kept: list[tuple[int, datetime]], tie: str
) -> Iterator[records.TieRecord]:
    people = others(person_id, [other for other, _ in kept])
    for other, at in kept:
        if who := people.get(other):
            yield records.TieRecord(person=who, tie=tie, at=millis(at))


def follows(person_id: int) -> Iterator[records.FollowRecord]:
    """People and stores that I follow."""
    for rows in lots(Follow.objects.filter(follower=person_id)):
        people = others(person_id, [row.followed_id for row in rows])
        for row in rows:
            if who := people.get(row.followed_id):
                yield records.FollowRecord(person=who, store=None, at=millis(row.at))
    for stores in lots(StoreFollow.objects.filter(person=person_id).select_related("store")):
        for one in stores:
            yield records.FollowRecord(person=None, store=one.store.name, at=millis(one.at))


def lists(person_id: int) -> Iterator[records.ListRecord]:
    """My friend lists: nobody else has them."""
    for rows in lots(FriendList.objects.filter(owner=person_id)):
        members = members_of(person_id, [row.pk for row in rows])
        people = others(person_id, set().union(*members.values()))
        for row in rows:
            inside = [people[pk] for pk in members[row.pk] if pk in people]
            yield records.ListRecord(name=row.name, people=inside)


def invitations(person_id: int) -> Iterator[records.InvitationRecord]:
    """Links of mine, used up or not."""
    for rows in lots(Invitation.objects.filter(inviter=person_id)):
        for row in rows:
            yield records.InvitationRecord(
                uses=row.uses,
                used=row.used,
                made_at=millis(row.made_at),
                expires_at=millis(row.expires_at),
            )


def stores(person_id: int) -> Iterator[sold.StoreRecord]:
    """The stores I work for."""
    work = StoreStaff.objects.filter(person=person_id).select_related("store")
    for row in work.order_by("store"):
        yield sold.StoreRecord(
            id=row.store_id,
            role=row.role,
            name=row.store.name,
            name_zh=row.store.name_zh,
            about=row.store.about,
            about_zh=row.store.about_zh,
            opened_at=millis(row.store.opened_at),
        )


def items(person_id: int) -> Iterator[sold.ItemRecord]:
    """What these stores sell."""
    mine = StoreStaff.objects.filter(person=person_id).values("store")
    for rows in lots(Item.objects.filter(store__in=mine)):
        hung = ItemPicture.objects.filter(item__in=rows).order_by("item", "place")
        pictures = list(hung.values_list("item_id", "picture_id"))
        ours = my_pictures(person_id, [picture for _, picture in pictures])
        for row in rows:
            yield sold.ItemRecord(
                id=row.pk,
                store_id=row.store_id,
                title=row.title,
                title_zh=row.title_zh,
                about=row.about,
                about_zh=row.about_zh,
                category=row.category,
                price_minor=row.price_minor,
                currency=row.currency,
                was_minor=row.was_minor,
                stock=row.stock,
                state=row.state,
                pictures=[pic for item, pic in pictures if item == row.pk and pic in ours],
                listed_at=millis(row.listed_at),
            )


def pictures(person_id: int) -> Iterator[tuple[records.PictureRecord, str]]:
    """My pictures, each with the name of its largest file in the storage."""
    for rows in lots(Picture.objects.filter(owner=person_id, state="ready")):
        for row in rows:
            record = records.PictureRecord(
                id=row.pk,
                file=picture_name(row.pk),
                alt=row.alt,
                width=row.width,
                height=row.height,
                seen_by="everyone" if row.public else "some" if row.guard else "me",
                created_at=millis(row.created_at),
            )
            yield record, path(row.token, max(row.widths))


def picture_name(picture_id: int) -> str:
    """Its name in the archive."""
    return f"pictures/{picture_id}.webp"
