"""Becoming somebody: through the sign-in form's API, or with a session made beforehand."""

from __future__ import annotations

import aiohttp
from yarl import URL


async def sign_in(http: aiohttp.ClientSession, url: str, username: str, password: str) -> None:
    """As the browser does, through allauth; the cookies stay in the session's jar."""
    base = f"{url}/_allauth/browser/v1"
    async with http.get(f"{base}/config") as response:
        response.raise_for_status()
    async with http.post(
        f"{base}/auth/login",
        json={"username": username, "password": password},
        headers=csrf(http, url),
    ) as response:
        assert response.status == 200, await response.text()


def csrf(http: aiohttp.ClientSession, url: str) -> dict[str, str]:
    """The headers an unsafe HTTP request needs."""
    cookie = http.cookie_jar.filter_cookies(URL(url)).get("csrftoken")
    token = cookie.value if cookie else ""
    return {"X-CSRFToken": token, "Origin": url, "Referer": f"{url}/"}


def session_with(cookie: str) -> aiohttp.ClientSession:
    """An HTTP session already signed in with this session key."""
    jar = aiohttp.CookieJar(unsafe=True)  # unsafe: loopback is an address, not a name
    return aiohttp.ClientSession(cookies={"sessionid": cookie}, cookie_jar=jar)
