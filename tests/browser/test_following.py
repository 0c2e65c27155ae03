"""Somebody lets anyone follow them; a stranger does, sees what is for followers live, and stops."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


async def post(page: Page, words: str, audience: str) -> None:
    await page.goto("/")
    await live(page)
    await page.get_by_role("button", name="Found something?").press("Enter")
    await page.get_by_label("What do you want to say?").fill(words)
    await page.get_by_label(audience, exact=True).focus()
    await page.keyboard.press("Space")
    await page.get_by_role("button", name="Post", exact=True).press("Enter")
    await expect(page.get_by_role("main").get_by_text(words)).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_from_following_to_following_no_more(
    site: Fleet, browse: Browse, phone: bool
) -> None:
    mei = site.provision(people=1)["people"][0]
    lin = site.provision(people=1)["people"][0]
    at_mei = await browse(cookie=mei["cookie"], path="/me", phone=phone, dark=phone)
    at_lin = await browse(cookie=lin["cookie"], phone=phone, dark=phone)
    await live(at_mei)
    await at_mei.get_by_role("checkbox", name="Anyone may follow me").press("Space")
    await expect(at_mei.get_by_text("Saved")).to_be_visible(timeout=SOON)

    await at_lin.goto(f"/people/{mei['id']}")
    await live(at_lin)
    button = at_lin.get_by_role("button", name=f"Follow {mei['username']}")
    await button.press("Enter")
    on = at_lin.get_by_role("button", name=f"Following {mei['username']}")
    await expect(on).to_have_attribute("aria-pressed", "true")
    await expect(at_lin.get_by_text("1 follower")).to_be_visible()
    assert await troubles(at_lin, "a person who is followed") == []

    await at_lin.goto("/")
    await live(at_lin)
    await post(at_mei, "a lantern for followers", "Followers")
    await at_lin.get_by_role("button", name="1 new post").click(timeout=SOON)
    seen = at_lin.get_by_role("main").get_by_text("a lantern for followers")
    await expect(seen).to_be_visible(timeout=SOON)
    await at_mei.goto("/notices")
    await expect(at_mei.get_by_text(f"{lin['username']} follows you now")).to_be_visible(
        timeout=SOON
    )

    await at_lin.goto("/people")
    await live(at_lin)
    await on.press("Enter")
    await at_lin.goto("/")
    await live(at_lin)
    await expect(at_lin.get_by_role("main")).to_be_visible()
    await expect(seen).to_have_count(0)
