"""allauth's routes of one's own address: whoever changes it gives the password first, or an open
browser would be enough to take an account over."""

from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from allauth.headless.account.views import ManageEmailView
from allauth.headless.constants import Client
from django.http import HttpRequest
from django.urls import URLPattern, path


class _Addresses(ManageEmailView):  # type: ignore[misc]
    """GET: mine. POST: another one, which counts once its letter was answered. PUT: that letter
    again. DELETE: never mind."""

    http_method_names = ["get", "post", "put", "delete"]

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        asked = request.user.is_authenticated and request.method in {"POST", "DELETE"}
        if asked and not did_recently_reauthenticate(request):
            raise ReauthenticationRequired
        return super().handle(request, *args, **kwargs)


def paths(below: str) -> list[URLPattern]:
    """To stand before allauth's own."""
    return [path(f"{below}account/email", _Addresses.as_api_view(client=Client.BROWSER))]
