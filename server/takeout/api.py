"""My takeout over HTTP."""

from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import FileResponse, HttpRequest
from ninja import Router

from server.errors import Refused
from server.http import person_id
from server.takeout import files, queries, services
from server.takeout.schemas import TakeoutDraft, TakeoutView

router = Router(tags=["takeout"])

PART = 64 * 1024


class Download(FileResponse):
    """A file that leaves part by part: Django's own reads all of it before the first byte when an
    ASGI server asks."""

    block_size = PART

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert self.file_to_stream is not None
        read = sync_to_async(self.file_to_stream.read, thread_sensitive=False)
        while part := await read(PART):
            yield part


@router.get("/me/takeout", response=TakeoutView, summary="My download of everything of mine")
def get_takeout(request: HttpRequest) -> TakeoutView:
    """How it stands; `takeout.changed` on my own topic tells what becomes of it."""
    return queries.mine(person_id(request))


@router.post("/me/takeout", response=TakeoutView, summary="Have everything of mine packed")
def ask_takeout(request: HttpRequest, draft: TakeoutDraft) -> TakeoutView:
    """One at a time, one an hour. It takes a while and is kept for a week."""
    return services.ask(person_id(request), draft)


@router.delete("/me/takeout", response=TakeoutView, summary="Remove it")
def remove_takeout(request: HttpRequest) -> TakeoutView:
    """At once, ready or still being made."""
    return services.take_back(person_id(request))


@router.get("/me/takeout/file", summary="The file", include_in_schema=False)
def get_file(request: HttpRequest) -> Download:
    """A zip: index.html to read, data.json for programs (docs/takeout.md), my pictures."""
    found = queries.ready_file(person_id(request))
    if found is None:
        raise Refused("not_found", "There is none, or not any more.")
    name, made_at = found
    try:
        file = files.open_(name)
    except FileNotFoundError as error:
        raise Refused("not_found", "There is none, or not any more.") from error
    filename = f"jianghu-{made_at:%Y-%m-%d}.zip"
    response = Download(file, as_attachment=True, filename=filename, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
