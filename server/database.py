"""A database that does not answer costs whoever asked seconds, not for ever.

A server that is away refuses; one that is frozen, or behind a broken network, says nothing at all,
and its machine may go on acknowledging our packets: no timeout of TCP's helps. So a request that
somebody waits for is hurried: when an answer takes too long the connection is given up.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import psycopg
import structlog
from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from psycopg.pq import TransactionStatus

from server.errors import Refused

log = structlog.get_logger(__name__)

ANSWER_SECONDS = 4.0
"""How long a hurried caller waits for one answer, or for a connection."""

_hurried: ContextVar[bool] = ContextVar("hurried", default=False)


def hurry(yes: bool = True) -> None:
    """Whether database answers are waited for only so long, from here on in this context."""
    _hurried.set(yes)


class Connection(psycopg.Connection[Any]):
    """Raises OperationalError instead of waiting for ever, and is closed then: what the server
    makes of the last command is unknown."""

    def wait(self, *arguments: Any, **options: Any) -> Any:
        """See psycopg: every wait for the server passes here, except that of connecting."""
        if _hurried.get():
            options.setdefault("timeout", ANSWER_SECONDS)
        try:
            return super().wait(*arguments, **options)
        except psycopg.OperationalError:
            # Without an answer to the last command there is none to the next: it would wait too.
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


class HurriedRequests:
    """Every HTTP request is hurried, and a database that is away is 503 on every path."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        hurry()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """For pages that are not the API's (see server/http.py): sign-in, pictures, admin."""
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        log.warning("database_unavailable", path=request.path, error=type(error).__name__)
        refusal = Refused("unavailable", retry_after=1)
        answer = JsonResponse({"error": refusal.body()}, status=refusal.code.status)
        answer["Retry-After"] = "1"
        return answer
