"""Every HTTP path."""

from collections.abc import Callable

from allauth.headless.account.views import RequestPasswordResetView
from allauth.headless.constants import Client
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie

from server import access, health
from server.accounts import addresses_api, leaving_api, second_step_api
from server.accounts.api import router as accounts
from server.accounts.phones_api import router as phones
from server.bookmarks.api import router as bookmarks
from server.catalogue.api import router as catalogue
from server.chat.api import router as chat
from server.demo.api import router as demo
from server.feed.api import router as feed
from server.gatherings.api import router as gatherings
from server.groups.api import router as groups
from server.http import make_api
from server.media.api import picture_view
from server.media.api import router as media
from server.notices.api import router as notices
from server.notices.api import unsubscribe
from server.polls.api import router as polls
from server.sharing.api import router as sharing
from server.takeout.api import router as takeout

api = make_api()
for router in (
    accounts,
    phones,
    media,
    catalogue,
    bookmarks,
    chat,
    groups,
    feed,
    polls,
    gatherings,
    sharing,
    notices,
    takeout,
    demo,
):
    api.add_router("", router)


@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """The browser app: one page for every place; its own router takes over."""
    index = settings.FRONTEND_DIST / "index.html"
    if not index.exists():
        how = "`make run`, or `python3 scripts/setup.py runtime frontend`"
        return HttpResponse(f"The browser app is not built. This does: {how}.", status=503)
    response = HttpResponse(index.read_bytes())
    response["Cache-Control"] = "no-cache"
    return response


def nothing(request: HttpRequest) -> HttpResponse:
    """An unknown path below /api: an error a program can read."""
    body = {"code": "not_found", "message": "No such path.", "retry": False}
    return JsonResponse({"error": body}, status=404)


def ask_for_password(request: HttpRequest) -> HttpResponse:
    """allauth's, where letters reach people; elsewhere nobody is told that one is on its way."""
    return _ask_for_password(request) if settings.CAN_MAIL else nothing(request)


_ask_for_password = RequestPasswordResetView.as_api_view(client=Client.BROWSER)


def push_worker(request: HttpRequest) -> HttpResponse:
    """What shows pushes: at the root, or it could not speak for all pages. It is the same built or
    not."""
    built = settings.FRONTEND_DIST / "sw.js"
    worker = built if built.exists() else settings.ROOT / "frontend" / "public" / "sw.js"
    response = HttpResponse(worker.read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@csrf_exempt
def letters(request: HttpRequest, ticket: str) -> HttpResponse:
    """The end of letters: a page for whoever looks, and for RFC 8058 the act itself."""
    looks = request.method in {"GET", "HEAD"}
    return page(request) if looks else unsubscribe(request, ticket)


_views: list[tuple[str, Callable[..., HttpResponse]]] = [
    ("healthz", health.alive),
    ("readyz", health.ready),
    ("api/asyncapi.json", health.asyncapi),
]
urlpatterns = [
    *(path(route, view, name=route) for route, view in _views),
    path("api/", api.urls),
    re_path(r"^api/", nothing, name="nothing"),
    # Telephone numbers are ours (accounts/phones_api.py); allauth's pages for them fail.
    re_path(r"^_allauth/browser/v1/(?:auth|account)/phone", nothing),
    path("_allauth/browser/v1/auth/password/request", ask_for_password),
    *second_step_api.paths("_allauth/browser/v1/"),
    *leaving_api.paths("_allauth/browser/v1/"),
    *addresses_api.paths("_allauth/browser/v1/"),
    path("_allauth/", include("allauth.headless.urls")),
    path("accounts/", include("allauth.urls")),
    path("sw.js", push_worker, name="push_worker"),
    path("unsubscribe/<str:ticket>", letters, name="unsubscribe"),
    path("media/<str:token>/<int:width>.webp", picture_view(access.may_watch), name="picture"),
    path("admin/", admin.site.urls),
    re_path(r"^(?!static/|media/|admin/|_allauth/|accounts/).*$", page, name="page"),
]
