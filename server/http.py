"""The HTTP edge: one API object, one error shape, session sign-in with CSRF, keyset cursors."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import structlog
from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.security import SessionAuth
from pydantic import ValidationError as ShapeError

from server.errors import Refused

log = structlog.get_logger(__name__)


class _Renderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class _Parser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return orjson.loads(request.body)
        except orjson.JSONDecodeError as error:
            raise Refused("bad_frame", "The body is not JSON.") from error


class _SignedIn(SessionAuth):
    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated and request.user.is_active else None


signed_in = _SignedIn(csrf=True)
"""Session cookie, and the CSRF token on every unsafe method."""


def make_api() -> NinjaAPI:
    """The API with its error handling; every route needs a signed-in person unless it says not."""
    api = NinjaAPI(
        title="Jianghu",
        version="1",
        description="Shop together, live. Errors are listed in docs/protocol.md.",
        openapi_url="/openapi.json",
        docs_url="/docs",
        auth=signed_in,
        renderer=_Renderer(),
        parser=_Parser(),
        urls_namespace="api",
    )

    def refuse(request: HttpRequest, refusal: Refused) -> HttpResponse:
        response = api.create_response(
            request, {"error": refusal.body()}, status=refusal.code.status
        )
        if refusal.retry_after is not None:
            response["Retry-After"] = str(max(1, round(refusal.retry_after)))
        return response

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return refuse(request, error)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return refuse(request, Refused("bad_field", fields=_fields(error.errors)))

    @api.exception_handler(ShapeError)
    def misshapen(request: HttpRequest, error: ShapeError) -> HttpResponse:
        return refuse(request, Refused("bad_field", fields=_fields(error.errors())))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return refuse(request, Refused("signed_out"))

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        code = {401: "signed_out", 403: "forbidden", 404: "not_found", 413: "too_large"}
        return refuse(request, Refused(code.get(error.status_code, "bad_frame"), str(error)))

    @api.exception_handler(Exception)
    def failed(request: HttpRequest, error: Exception) -> HttpResponse:
        log.exception("request_failed", path=request.path)
        return refuse(request, Refused("internal"))

    _refuse_for_the_platform(api, refuse)
    return api


def _refuse_for_the_platform(
    api: NinjaAPI, refuse: Callable[[HttpRequest, Refused], HttpResponse]
) -> None:
    """What Django and the database raise themselves, in the shape of every other error."""

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return refuse(request, Refused("too_large"))

    @api.exception_handler(MultiPartParserError)
    @api.exception_handler(SuspiciousOperation)
    @api.exception_handler(BadRequest)
    def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
        return refuse(request, Refused("bad_frame", "The request cannot be read."))

    @api.exception_handler(DataError)
    def unstorable(request: HttpRequest, error: DataError) -> HttpResponse:
        log.warning("database_cannot_hold_it", path=request.path, error=str(error))
        return refuse(request, Refused("bad_field", "No database can hold or look for that."))

    @api.exception_handler(OperationalError)
    @api.exception_handler(InterfaceError)
    def away(request: HttpRequest, error: Exception) -> HttpResponse:
        log.warning("database_unavailable", error=type(error).__name__)
        return refuse(request, Refused("unavailable", retry_after=1))


class ReadableBodies:
    """allauth reads JSON with a parser that fails at great depth and lets lone surrogates through,
    at which the database fails: what ours cannot read does not get that far."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        if iscoroutinefunction(self.get_response):
            return self._async(request)
        response: HttpResponse = _unreadable(request) or self.get_response(request)
        return response

    async def _async(self, request: HttpRequest) -> HttpResponse:
        return _unreadable(request) or await self.get_response(request)


def _unreadable(request: HttpRequest) -> HttpResponse | None:
    if not request.path.startswith("/_allauth/"):
        return None
    try:
        if request.body:
            orjson.loads(request.body)
    except RequestDataTooBig:
        return JsonResponse({"status": 413, "errors": []}, status=413)
    except (OSError, ValueError):
        return JsonResponse({"status": 400, "errors": []}, status=400)
    return None


def _fields(errors: list[Any]) -> dict[str, str]:
    """{path: what is wrong}; `body.draft.text` and `text` are the same field to a client."""
    skip = {"body", "query", "path", "form", "draft", "change", "payload"}
    return {
        ".".join(str(part) for part in error["loc"] if part not in skip) or "body": error["msg"]
        for error in errors
    }


def person_id(request: HttpRequest) -> int:
    """Who is asking; only in routes that need sign-in."""
    key = request.user.pk
    if not isinstance(key, int):
        raise Refused("signed_out")
    return key


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_cursor(*key: int | str) -> str:
    """An opaque keyset position: the sort key of the last row given."""
    return urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def from_cursor(cursor: str | None, *types: type) -> list[Any] | None:
    """Read a cursor back, None for the first page. Raises Refused(bad_field) on any other text."""
    if not cursor:
        return None
    try:
        key = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (Base64Error, ValueError):
        key = None
    if not isinstance(key, list) or [type(part) for part in key] != list(types):
        raise Refused("bad_field", fields={"cursor": "not a cursor of this list"})
    return key


def to_micros(moment: datetime) -> int:
    """A moment as a cursor holds it: microseconds since 1970, as exact as the database has it."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """The moment again. Raises Refused(bad_field) for a number that is none."""
    try:
        return _EPOCH + timedelta(microseconds=micros)
    except OverflowError as error:
        raise Refused("bad_field", fields={"cursor": "not a cursor of this list"}) from error
