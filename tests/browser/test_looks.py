"""Every place: nothing serious for axe-core, no sideways scroll, in both themes and languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser.conftest import Trouble
from tests.browser.two import Browse, live, meet, say
from tests.fleet.harness import ROOT, Fleet

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SETTLED = 400
"""Milliseconds after which nothing glides or fades any more."""

PLACES = ["/", "/chats", "/market", "/kept", "/votes", "/groups", "/people", "/tags/tea", "/me"]


STILL = """() => {
  const ends = (one) => Number.isFinite(one.effect.getComputedTiming().endTime);
  const moving = document.getAnimations().filter(ends).map((one) => one.finished);
  const enough = new Promise((over) => setTimeout(over, 3000));
  return Promise.race([enough, Promise.allSettled(moving).then(() => null)]);
}"""
"""Until everything that moves and comes to an end has."""


async def serious(page: Page) -> list[str]:
    """What axe-core calls serious or critical. Run from the test, so the page's policy holds."""
    await page.evaluate(Path(AXE).read_text())
    # What is still coming in is half transparent, and no colour of ours.
    await page.evaluate(STILL)
    found = await page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations"
        ".filter((v) => ['serious', 'critical'].includes(v.impact))"
        ".map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`))"
    )
    return list(found)


async def sideways(page: Page) -> int:
    return int(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))


async def troubles(page: Page, path: str) -> list[str]:
    found = [f"{path} {words}" for words in await serious(page)]
    if (over := await sideways(page)) > 0:
        found.append(f"{path} scrolls sideways by {over} px")
    return found


async def troubles_day_and_night(page: Page, path: str) -> list[str]:
    """The colours are the stylesheet's: one page shows both, the one it was opened in first."""
    found = await troubles(page, path)
    dark: bool = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    await page.emulate_media(color_scheme="light" if dark else "dark")
    await page.wait_for_timeout(SETTLED)
    return found + [f"by {'day' if dark else 'night'} {one}" for one in await troubles(page, path)]


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
async def test_every_place_is_in_order(
    site: Fleet, browse: Browse, language: str, phone: bool
) -> None:
    world = site.provision(people=2, vote=True, shop=True)
    page = await browse(cookie=world["people"][0]["cookie"], language=language, phone=phone)
    await live(page)
    ids = {
        "chats": world["room_id"],
        "votes": world["poll"]["id"],
        "posts": world["poll"]["post_id"],
        "items": world["shop"]["item_id"],
        "stores": world["shop"]["store_id"],
        "people": world["people"][1]["id"],
    }
    found = []
    for path in [*PLACES, *(f"/{place}/{one}" for place, one in ids.items())]:
        await page.goto(path)
        await live(page)
        await page.wait_for_timeout(SETTLED)
        found += await troubles_day_and_night(page, path)
    assert found == []


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
async def test_the_door_is_in_order(
    browse: Browse, trouble: Trouble, language: str, phone: bool, dark: bool
) -> None:
    trouble.forgiven += ["401 ", "/api/demo/people"]
    page = await browse(path="/sign-in", language=language, phone=phone, dark=dark)
    await page.locator("input[type=password]").wait_for()
    await page.wait_for_timeout(SETTLED)
    assert await troubles(page, "/sign-in") == []


async def test_narrow_phones_do_not_scroll_sideways(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse, phone=True)
    await two.ann.set_viewport_size({"width": 320, "height": 640})
    await two.ann.goto(two.room_path)
    await live(two.ann)
    await say(two.ann, "a" * 300 + " https://example.com/" + "b" * 200)
    for path in [*PLACES, two.room_path]:
        await two.ann.goto(path)
        await live(two.ann)
        await two.ann.wait_for_timeout(300)
        assert await sideways(two.ann) <= 0, path


async def tab_until(page: Page, true: str) -> None:
    """Press Tab until this holds; every stop on the way shows where it is."""
    for _ in range(160):
        if await page.evaluate(true):
            return
        await page.keyboard.press("Tab")
        if await page.evaluate(
            "['', 'main'].includes(document.activeElement.tabIndex < 0 ? "
            "document.activeElement.id : 'stop')"
        ):
            continue  # the page itself or its beginning: no stop, only where reading starts
        style = "getComputedStyle(document.activeElement)"
        for _ in range(20):  # a ring, or a field's border, which glides in
            ring = await page.evaluate(f"{style}.outlineStyle + {style}.boxShadow")
            edge = await page.evaluate(f"{style}.borderTopColor + {style}.borderTopStyle")
            if ring != "nonenone" or edge not in ("rgba(0, 0, 0, 0)solid", f"{edge[:-4]}none"):
                break
            await page.wait_for_timeout(50)
        else:
            where = await page.evaluate("document.activeElement.outerHTML")
            raise AssertionError(f"no visible focus: {where}")
    raise AssertionError(f"never: {true}")


async def test_everything_by_keyboard(site: Fleet, browse: Browse) -> None:
    """From the top of the page to a sent message without a mouse; focus is always visible."""
    two = await meet(site, browse)
    page = two.ann
    await page.keyboard.press("Tab")
    assert "skip" in (await page.evaluate("document.activeElement.className"))
    await tab_until(page, "document.activeElement.getAttribute('href') === '/chats'")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/chats")
    # Focus that arrives before the list would go past where it will stand.
    await page.locator(f'a[href="{two.room_path}"]').first.wait_for()
    await tab_until(page, f"document.activeElement.getAttribute('href') === '{two.room_path}'")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**{two.room_path}")
    await tab_until(page, "document.activeElement.tagName === 'TEXTAREA'")
    await page.keyboard.type("by keyboard")
    await page.keyboard.press("Enter")
    await two.bo.goto(two.room_path)
    await two.bo.get_by_text("by keyboard").first.wait_for()
