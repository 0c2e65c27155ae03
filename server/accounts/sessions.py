"""Sessions in the database that know whose they are and end their sockets when they end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from asgiref.sync import sync_to_async
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from server.accounts.browsers import browser_words
from server.accounts.models import Session
from server.realtime.revoke import end_sockets, hold_sockets

SEEN_EVERY = timedelta(minutes=1)


class Origin(NamedTuple):
    """Where a session is used from: browser in short words, network address."""

    browser: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class SessionPerson:
    """Who is behind a session key. session_id: its public name."""

    person_id: int
    username: str
    session_id: str
    language: str


class SessionStore(DatabaseStore):
    """Django's database sessions, with the person and the browser beside the data."""

    origin = Origin()

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of sessions."""
        return Session

    def _validate_session_key(self, key: str | None) -> bool:
        """A cookie may hold anything, quoted NULs included, at which PostgreSQL fails."""
        return key is not None and key.isascii() and key.isalnum() and 8 <= len(key) <= 40

    def load(self) -> dict[str, Any]:
        """The session's data; notes, at most once a minute, that it is in use."""
        row = Session.objects.filter(pk=self.session_key, expire_date__gt=Now()).first()
        if row is None:
            self._session_key = None
            return {}
        if row.person_id is not None and timezone.now() - row.seen_at >= SEEN_EVERY:
            self._touch(row)
        data: dict[str, Any] = self.decode(row.session_data)
        return data

    async def aload(self) -> dict[str, Any]:
        """See load()."""
        return await sync_to_async(self.load)()

    def _touch(self, row: Session) -> None:
        stale = Session.objects.filter(pk=row.pk, seen_at__lte=Now() - SEEN_EVERY)
        known = {name: text for name, text in self.origin._asdict().items() if text}
        stale.update(seen_at=Now(), **known)

    def save(self, must_create: bool = False) -> None:
        """Write the data. Raises CreateError for a key in use, UpdateError for an ended session.

        Only these columns: rewriting the row would forget when it began and was last seen.
        """
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        person = data.get(SESSION_KEY)
        row = {
            "session_data": self.encode(data),
            "expire_date": self.get_expiry_date(),
            "person_id": int(person) if person else None,
        }
        if not must_create:
            if not Session.objects.filter(pk=self.session_key).update(**row):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                Session.objects.create(session_key=self.session_key, **self.origin._asdict(), **row)
        except IntegrityError as error:
            raise CreateError from error

    async def asave(self, must_create: bool = False) -> None:
        """See save()."""
        await sync_to_async(self.save)(must_create)

    def delete(self, session_key: str | None = None) -> None:
        """End the session; its sockets close everywhere."""
        if key := session_key or self.session_key:
            end(Session.objects.filter(pk=key))

    async def adelete(self, session_key: str | None = None) -> None:
        """See delete()."""
        await sync_to_async(self.delete)(session_key)


class Sessions(SessionMiddleware):
    """Django's middleware; the store also learns where the request comes from."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the request its session, not loaded yet."""
        super().process_request(request)
        if isinstance(request.session, SessionStore):
            request.session.origin = _origin(request)


def _origin(request: HttpRequest) -> Origin:
    # allauth settles whose word is taken for the address when there is a proxy before us.
    from allauth.account.adapter import get_adapter

    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a Unix socket has no address
        address = ""
    return Origin(browser_words(request.headers.get("User-Agent", "")), address[:45])


def end(sessions: QuerySet[Session]) -> int:
    """Delete these sessions and close their sockets on every worker. Returns how many."""
    with transaction.atomic():
        rows = list(sessions.select_for_update().order_by("pk"))
        keys: dict[int, list[str]] = {}
        for row in rows:
            if row.person_id is not None:
                keys.setdefault(row.person_id, []).append(row.session_key)
        hold_sockets(keys)
        Session.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for person_id, ours in sorted(keys.items()):  # in the order every topic is locked in
            end_sockets(person_id, ours)
    return len(rows)


def live(sessions: QuerySet[Session]) -> list[Session]:
    """Those in which an active person is signed in now. One query.

    A session made before the password changed is dead, although its row may still be there.
    """
    rows = sessions.filter(expire_date__gt=Now(), person__is_active=True).select_related("person")
    return [row for row in rows if _vouched(row)]


def _vouched(row: Session) -> bool:
    person = row.person
    data = SessionStore().decode(row.session_data)
    if person is None or data.get(SESSION_KEY) != str(person.pk) or BACKEND_SESSION_KEY not in data:
        return False
    told = data.get(HASH_SESSION_KEY, "")
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return any(constant_time_compare(told, known) for known in hashes)


def session_person(session_key: str | None) -> SessionPerson | None:
    """Who is signed in with this key, or None. One query."""
    return session_people([session_key]).get(session_key) if session_key else None


def session_people(keys: Collection[str]) -> dict[str, SessionPerson]:
    """Who is signed in with each of the keys; the others sign nobody in. One query."""
    return {
        row.session_key: SessionPerson(
            row.person.pk, row.person.username, row.public_id, row.person.language
        )
        for row in live(Session.objects.filter(pk__among=set(keys)))
        if row.person is not None
    }


def settled_sessions(keys: Collection[str]) -> set[str]:
    """As live_sessions, but waits for a transaction that is about to end one of them."""
    with transaction.atomic():
        list(Session.objects.filter(pk__among=keys).select_for_update().order_by("pk"))
        return live_sessions(keys)


def live_sessions(keys: Collection[str]) -> set[str]:
    """Those of the keys that still sign somebody in. One query, none for no keys."""
    if not keys:
        return set()
    return {row.session_key for row in live(Session.objects.filter(pk__among=keys))}
