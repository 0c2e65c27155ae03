"""The REST side of one person: signed in through the same door as a browser."""

import asyncio
from contextlib import suppress
from typing import Any

import aiohttp
from yarl import URL

TIMEOUT = aiohttp.ClientTimeout(total=15)
AGENT = "Jianghu-demo"
"""Names no browser, so that a demo person's own sessions are told from a visitor's."""


class No(Exception):
    """The server's answer is no. error: `{code, message, retry, …}` of docs/protocol.md."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error.get('code')}: {error.get('message')}")
        self.error = error


class SignedOut(Exception):
    """The server does not know this session any more."""


class Locked(Exception):
    """Nobody can sign in with this name and password."""

    def __init__(self, username: str, answer: str = "no answer") -> None:
        super().__init__(username)
        self.username, self.answer = username, answer


class Api:
    """`await sign_in()` first; then `call`. Unsafe requests carry the CSRF token and our origin."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self.username = username
        self._url = url.rstrip("/")
        self._password = password
        self._http: aiohttp.ClientSession | None = None
        self._signed_in = False

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(
                cookie_jar=aiohttp.CookieJar(unsafe=True),  # 127.0.0.1 has no name
                headers={"User-Agent": AGENT},
                timeout=TIMEOUT,
            )
        return self._http

    def _headers(self) -> dict[str, str]:
        cookie = self._session().cookie_jar.filter_cookies(URL(self._url)).get("csrftoken")
        token = cookie.value if cookie else ""
        return {"X-CSRFToken": token, "Origin": self._url, "Referer": f"{self._url}/"}

    async def sign_in(self) -> None:
        """Unless signed in already. Raises Locked; No when told to wait; aiohttp.ClientError."""
        if self._signed_in:
            return
        base = f"{self._url}/_allauth/browser/v1"
        async with self._session().get(f"{base}/config") as response:
            response.raise_for_status()
        credentials = {"username": self.username, "password": self._password}
        async with self._session().post(
            f"{base}/auth/login", json=credentials, headers=self._headers()
        ) as response:
            said = await response.text()
            wait = response.status == 429 or "too_many_login_attempts" in said
            if response.status in {400, 401} and not wait:
                raise Locked(self.username, f"HTTP {response.status}: {said}")
            if wait:
                await asyncio.sleep(5)
            if response.status not in {200, 409}:  # 409: signed in already
                raise No({"code": "too_fast", "message": f"HTTP {response.status}", "retry": True})
        self._signed_in = True

    def forget(self) -> None:
        """The session has ended; the next sign_in makes another."""
        self._signed_in = False
        if self._http is not None:
            self._http.cookie_jar.clear()

    async def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request below /api; its JSON, or None for an empty answer.

        Raises No, SignedOut, aiohttp.ClientError, TimeoutError.
        """
        async with self._session().request(
            method, f"{self._url}/api{path}", json=body, headers=self._headers()
        ) as response:
            if response.status == 401:
                raise SignedOut
            if response.status == 204:
                return None
            if response.content_type != "application/json":
                response.raise_for_status()
                raise No({"code": "internal", "message": f"HTTP {response.status}", "retry": True})
            answer = await response.json()
            if response.status >= 400:
                raise No(answer["error"])
            return answer

    async def socket(self) -> aiohttp.ClientWebSocketResponse:
        """Open the live socket. Raises aiohttp.WSServerHandshakeError and other ClientErrors."""
        async with asyncio.timeout(10):
            return await self._session().ws_connect(
                f"{self._url}/ws", headers={"Origin": self._url}, max_msg_size=0
            )

    async def leave(self) -> None:
        """Sign out, if the server still answers, and close everything."""
        if self._http is None:
            return
        with suppress(aiohttp.ClientError, OSError, TimeoutError):
            if self._signed_in:
                address = f"{self._url}/_allauth/browser/v1/auth/session"
                async with (
                    asyncio.timeout(1),
                    self._http.delete(address, headers=self._headers()),
                ):
                    pass
        await self._http.close()
        self._http = None
