"""Real people in a real browser: headless Chromium against two workers, PostgreSQL and Redis.

Only Playwright's async API: its sync one leaves a loop running in the thread, after which neither
the ORM nor any other async test works.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.fleet.harness import Fleet
from tests.services.install import CHROMIUM, FONTS, ensure, path_of
from tests.services.plugin import services

ROOMY = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# Loopback only, no sandbox inside containers, and the same pixels on every machine.
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"]


@pytest_asyncio.fixture(scope="session")
async def site() -> AsyncIterator[Fleet]:
    """A running Jianghu with two workers; all browser tests share it."""
    async with Fleet(services.subfolder("site"), workers=2) as running:
        yield running


@pytest_asyncio.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    ensure([FONTS])
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(path_of(CHROMIUM)), args=SWITCHES
        )
        yield browser
        await browser.close()


@dataclass
class Trouble:
    """What a page complained about: errors thrown, broken resources, violated policies."""

    said: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("console", lambda line: self._console(line.type, line.text))
        page.on("response", lambda answer: self._answer(answer.status, answer.url))

    def _console(self, kind: str, text: str) -> None:
        # The same as an answer below, but without saying of what.
        if kind == "error" and "Failed to load resource" not in text:
            self._note(f"console: {text}")

    def _answer(self, status: int, url: str) -> None:
        if status >= 400:
            self._note(f"{status} {url}")

    def _note(self, text: str) -> None:
        if not any(part in text for part in self.forgiven):
            self.said.append(text)


Browse = Callable[..., Awaitable[Page]]


@pytest.fixture
def trouble() -> Trouble:
    """Add to `forgiven` what a test provokes on purpose."""
    return Trouble()


@pytest_asyncio.fixture
async def browse(site: Fleet, chromium: Browser, trouble: Trouble) -> AsyncIterator[Browse]:
    """`page = await browse(cookie=…, path="/", language="zh-CN", phone=True, dark=True)`.

    Every call is a browser of its own. The test fails when any page complained.
    """
    contexts: list[BrowserContext] = []

    async def open_page(
        *,
        cookie: str | None = None,
        path: str = "/",
        language: str = "en-US",
        phone: bool = False,
        dark: bool = False,
    ) -> Page:
        options: dict[str, Any] = {
            "base_url": site.url,
            "locale": language,
            "viewport": PHONE if phone else ROOMY,
            "has_touch": phone,
            "color_scheme": "dark" if dark else "light",
        }
        context = await chromium.new_context(**options)
        contexts.append(context)
        if cookie is not None:
            await context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
        page = await context.new_page()
        trouble.watch(page)
        await page.goto(path)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert not trouble.said, "\n".join(trouble.said)
