"""Pictures as shapes, many at a time."""

from collections.abc import Collection

from django.conf import settings

from server.media.models import Picture
from server.media.pixels import SQUARE
from server.media.schemas import PictureView, Source


def url(token: str, width: int) -> str:
    """The address of one file of a picture."""
    return f"{settings.MEDIA_URL}{token}/{width}.webp"


def face_url(token: str | None) -> str | None:
    """The address of the small square of a face or a store's mark, when there is one."""
    return url(token, SQUARE) if token else None


def view_of(picture: Picture) -> PictureView:
    """One picture already loaded. No query."""
    return PictureView(
        id=picture.pk,
        width=picture.width,
        height=picture.height,
        alt=picture.alt,
        placeholder=picture.placeholder,
        sources=[Source(url=url(picture.token, width), width=width) for width in picture.widths],
    )


def picture_views(ids: Collection[int]) -> dict[int, PictureView]:
    """Views by id; pictures that are gone or never were are absent. One query, none for no ids."""
    if not ids:
        return {}
    rows = Picture.objects.filter(pk__in=ids, state="ready")
    return {picture.pk: view_of(picture) for picture in rows}
