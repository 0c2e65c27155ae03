"""Two friends in two browsers, on two worker processes, with a group chat of theirs."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.fleet.harness import Fleet

Browse = Callable[..., Awaitable[Page]]
SOON = 5_000
"""Milliseconds for the other side to see it; the fleet tests hold us to one second."""


@dataclass
class Two:
    """Ann owns the group, Bo is in it; `cy` is nobody's friend."""

    ann: Page
    bo: Page
    people: list[dict[str, Any]]
    room: int

    @property
    def room_path(self) -> str:
        return f"/chats/{self.room}"

    async def both(self, path: str) -> None:
        for page in (self.ann, self.bo):
            await page.goto(path)
            await live(page)


async def live(page: Page) -> str:
    """Wait until the page is connected and current; returns its worker."""
    await page.wait_for_selector('[data-truth="live"][data-worker^="w"]', state="attached")
    worker = await page.locator("[data-truth]").first.get_attribute("data-worker")
    return worker or ""


async def meet(site: Fleet, browse: Browse, path: str = "/", **options: Any) -> Two:
    """Sign both in by session and reload one of them until they are on different workers."""
    world = site.provision(people=2)
    pages = []
    for who in world["people"]:
        pages.append(await browse(cookie=who["cookie"], path=path, **options))
    two = Two(*pages, people=world["people"], room=world["room_id"])
    for _ in range(40):
        if await live(two.ann) != await live(two.bo):
            return two
        await two.bo.reload()
    raise AssertionError("both pages stayed on one worker")


def box(page: Page) -> Locator:
    """Where a message is written."""
    return page.locator("main textarea.in, main .compose textarea").first


async def say(page: Page, words: str) -> None:
    await box(page).fill(words)
    await box(page).press("Enter")


def message(page: Page, words: str) -> Locator:
    """A message in the log with exactly these words in it."""
    return page.get_by_role("log").locator(".msg").filter(has_text=re.compile(re.escape(words)))


async def sees(page: Page, words: str, *, within: int = SOON) -> None:
    await expect(message(page, words)).to_have_count(1, timeout=within)
