"""Read on one device, gone on with on the other: the place in the feed is kept."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


async def write(page: Page, text: str, to: str = "Friends") -> None:
    await page.get_by_text("Found something?").first.click()
    await page.get_by_role("radio", name=to).check(force=True)
    await page.get_by_label("What do you want to say?").fill(text)
    await page.get_by_role("button", name="Post", exact=True).click()
    await expect(page.locator(".slot article").filter(has_text=text)).to_have_count(1, timeout=SOON)


async def test_the_place_is_offered_on_the_other_device(site: Fleet, browse: Browse) -> None:
    people = site.provision(people=2)["people"]
    bo = await browse(cookie=people[1]["cookie"])
    await live(bo)
    for n in range(3):
        await write(bo, f"Lantern {n}")
    desk = await browse(cookie=people[0]["cookie"])
    await live(desk)
    told = desk.expect_response(
        lambda answer: answer.url.endswith("/api/feed/place") and answer.request.method == "PUT"
    )
    async with told as answer:
        await expect(desk.locator(".slot article").first).to_contain_text("Lantern 2")
    assert (await answer.value).status == 204
    for n in range(3, 28):
        await write(bo, f"Lantern {n}")

    # What is new waits at the desk, where nothing moves; on the phone the way back is offered.
    await expect(desk.get_by_role("button", name=re.compile("new posts")).first).to_be_visible()
    await expect(desk.get_by_text("You were here")).to_have_count(0)
    phone = await browse(cookie=people[0]["cookie"], phone=True, dark=True)
    await live(phone)
    first = phone.locator(".slot article").first
    await expect(first).to_contain_text("Lantern 27", timeout=SOON)
    resume = phone.get_by_role("button", name="Continue where you stopped")
    await expect(resume).to_be_visible(timeout=SOON)
    assert await phone.evaluate("scrollY") == 0, "what is read is not moved"
    assert await troubles(phone, "home, with a place") == []
    await resume.press("Enter")
    here = phone.get_by_text("You were here")
    await expect(here).to_be_in_viewport(timeout=SOON)
    focused = phone.locator(".slot:focus")
    await expect(focused).to_contain_text("Lantern 2")
    await expect(resume).to_have_count(0)
    assert await troubles(phone, "home, where one was") == []
