"""Who of the people in my address book is here: found by fingerprints that my device makes.

Only whoever wants to be found so is, by those who have an address that was confirmed to be theirs,
and only where a search would find them too: not across a block, nor a minor by strangers. What is
asked for is compared and forgotten: nobody's contacts are kept, nor who asked for whom (adr/0028).
A fingerprint hides an address from whoever reads a log or a copy of the table, not from somebody
who tries all there are: so what one person may ask for in a day is bounded, and what they would
learn of a guessed address is what its owner agreed to.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.db.models import Case, F, Value, When
from django.db.models.functions import Now

from server.accounts import ages
from server.accounts.contact_models import ContactKey, ContactPace
from server.accounts.models import User
from server.accounts.queries import tie_view
from server.accounts.schemas import ContactFound, ContactsFound
from server.accounts.ties import ties_of
from server.errors import Refused
from server.realtime.clock import now

A_DAY = 5_000
DAY = timedelta(days=1)
PREFIX = "jianghu-contact:1:"
"""In front of what is hashed, here and in frontend/src/people/contacts.ts: no table that was made
for something else fits."""


def fingerprint(address: str) -> str:
    """Of an address in small letters, or a telephone number as E.164; 64 hexadecimal digits."""
    return sha256((PREFIX + address).encode()).hexdigest()


def match(person_id: int, asked: Collection[str]) -> ContactsFound:
    """Those of my contacts who are here and want to be found so. Eight queries, whatever there is.

    asked: fingerprints, at most 500 (schemas.ContactsAsked). Raises Refused(too_fast) past 5,000 in
    a day.
    """
    wanted = set(asked)
    _take(person_id, len(wanted))
    rows = ContactKey.objects.filter(digest__among=wanted).exclude(person=person_id)
    keys = list(rows.values_list("digest", "person_id"))
    standing = _standing({owner for _, owner in keys})
    keys = [(digest, owner) for digest, owner in keys if digest in standing.get(owner, ())]
    found = ages.findable_people(person_id).filter(pk__among={owner for _, owner in keys})
    people = {row.pk: row for row in found.select_related("face")}
    between = ties_of(person_id, list(people))
    return ContactsFound(
        found=[
            ContactFound(digest=digest, view=tie_view(person_id, people[owner], between[owner]))
            for digest, owner in sorted(keys)
            if owner in people
        ]
    )


def renew(person_id: int) -> None:
    """Keep the fingerprints in step with what was confirmed and what is wanted. Call it in the
    transaction that changes either, with the person's row locked."""
    ContactKey.objects.filter(person=person_id).delete()
    wanted = _standing([person_id]).get(person_id, set())
    ContactKey.objects.bulk_create(
        ContactKey(person_id=person_id, digest=digest) for digest in sorted(wanted)
    )


def _standing(people: Collection[int]) -> dict[int, set[str]]:
    """What each of them is to be found by now. Whoever calls renew() late does no harm: match()
    asks here too."""
    willing = User.objects.filter(pk__among=people, is_active=True, found_by_contacts=True)
    ids = set(willing.values_list("pk", flat=True))
    found: dict[int, set[str]] = {}
    for owner, address in _addresses(ids):
        found.setdefault(owner, set()).add(fingerprint(address))
    return found


def _addresses(people: Collection[int]) -> Iterable[tuple[int, str]]:
    rows = EmailAddress.objects.filter(user__among=people, verified=True)
    return [(owner, email.lower()) for owner, email in rows.values_list("user_id", "email")]


def _take(person_id: int, many: int) -> None:
    """Count what a person asks for, by the database's clock: a day begins with the first."""
    ContactPace.objects.bulk_create([ContactPace(person_id=person_id)], ignore_conflicts=True)
    over = When(since__lte=Now() - DAY, then=Value(0))
    mine = ContactPace.objects.filter(person=person_id).annotate(
        before=Case(over, default=F("asked"))
    )
    taken = mine.filter(before__lte=A_DAY - many).update(
        asked=Case(over, default=F("asked")) + many,
        since=Case(When(since__lte=Now() - DAY, then=Now()), default=F("since")),
    )
    if not taken:
        since = ContactPace.objects.values_list("since", flat=True).get(person=person_id)
        left = (since + DAY - now()).total_seconds()
        raise Refused("too_fast", "Enough contacts for a day.", retry_after=max(left, 1))
