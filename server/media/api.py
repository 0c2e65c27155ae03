"""Uploading a picture, and the addresses of its files."""

from collections.abc import Callable
from typing import Annotated

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from ninja import File, Form, Router
from ninja.files import UploadedFile

from server.errors import Refused
from server.http import person_id
from server.media import files, services
from server.media.models import Picture
from server.media.pixels import MAX_BYTES, SQUARE
from server.media.policies import MayWatch, may_see
from server.media.schemas import PictureView
from server.schema import ClientId

router = Router(tags=["pictures"])

UPLOADS_A_MINUTE = 40
"""Of one person. Refused uploads count: they cost decoding too."""

PictureEndpoint = Callable[[HttpRequest, str, int], HttpResponse]


@router.post("/pictures", response=PictureView, summary="Upload a picture")
def upload(
    request: HttpRequest,
    file: Annotated[UploadedFile, File()],
    client_id: Annotated[ClientId, Form()],
    alt: Annotated[str, Form(max_length=services.ALT_LENGTH)] = "",
) -> PictureView:
    """JPEG, PNG, WebP, GIF or HEIC up to 10 MB and 40 megapixels; only its pixels are kept.

    Nobody else sees it until it is attached to something. Repeating a client_id is safe.
    """
    person = person_id(request)
    _check_rate(person)
    if (file.size or 0) > MAX_BYTES:
        raise Refused("too_large", f"A picture may have at most {MAX_BYTES >> 20} MB.")
    return services.upload(person, file.read(), alt, client_id)


def _check_rate(person: int) -> None:
    key = f"uploads:{person}"
    cache.add(key, 0, timeout=60)
    if cache.incr(key) > UPLOADS_A_MINUTE:
        raise Refused("too_fast", "Too many pictures at once.", retry_after=60)


def picture_view(may_watch: MayWatch) -> PictureEndpoint:
    """The view behind /media/<token>/<width>.webp. may_watch: who may watch which topic."""

    def view(request: HttpRequest, token: str, width: int) -> HttpResponse:
        # Only what can be a token is looked for: PostgreSQL fails at a NUL.
        picture = Picture.objects.filter(token=token).first() if token.isalnum() else None
        if picture is None or (width != SQUARE and width not in picture.widths):
            return _nothing()
        # A public picture must not touch the session: caches share it between people.
        viewer = None if picture.public else request.user.pk
        if not may_see(picture, viewer, may_watch):
            return _nothing()
        return _file(request, picture, width)

    return view


def _file(request: HttpRequest, picture: Picture, width: int) -> HttpResponse:
    tag = f'"{picture.token[:8]}-{width}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        try:
            data = files.read(picture.token, width)
        except FileNotFoundError:
            return _nothing()
        response = HttpResponse(data, content_type="image/webp")
    response["ETag"] = tag
    response["Cache-Control"] = (
        "public, max-age=31536000, immutable" if picture.public else "private, max-age=600"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _nothing() -> HttpResponse:
    """The same answer for what is not there and what is not yours."""
    return HttpResponse(status=404, headers={"Cache-Control": "no-store"})
