"""Somebody is muted and restricted from their page, and let go again in the settings."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_following import post
from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


async def choose(page: Page, name: str, item: str) -> None:
    await page.get_by_role("button", name=f"More about {name}").press("Enter")
    await page.get_by_role("menuitem", name=item).press("Enter")


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_muted_restricted_and_let_go(site: Fleet, browse: Browse, phone: bool) -> None:
    mei, bo = site.provision(people=2)["people"]
    at_mei = await browse(cookie=mei["cookie"], phone=phone, dark=phone)
    at_bo = await browse(cookie=bo["cookie"], phone=phone, dark=phone)
    await live(at_mei)
    await post(at_bo, "a word of the muted", "Friends")
    await post(at_mei, "a lantern for friends", "Friends")
    theirs = at_bo.get_by_role("main").get_by_text("a lantern for friends")
    await expect(at_bo.get_by_role("button", name="1 new post")).to_be_visible(timeout=SOON)
    await at_bo.get_by_role("button", name="1 new post").click()
    await expect(theirs).to_be_visible()

    await at_mei.goto(f"/people/{bo['id']}")
    await live(at_mei)
    await choose(at_mei, bo["username"], "Mute")
    await expect(at_mei.get_by_text(f"You hear no more of {bo['username']}")).to_be_visible()
    await choose(at_mei, bo["username"], "Restrict")
    dialog = at_mei.get_by_role("dialog")
    assert await troubles(at_mei, "before somebody is restricted") == []
    await dialog.get_by_role("button", name="Restrict").press("Enter")
    await expect(theirs).to_have_count(0, timeout=SOON)

    await at_mei.goto("/")
    await live(at_mei)
    await expect(at_mei.get_by_role("main").get_by_text("a lantern for friends")).to_be_visible()
    await expect(at_mei.get_by_text("a word of the muted")).to_have_count(0)
    await at_mei.goto("/me")
    await live(at_mei)
    assert await troubles(at_mei, "whom I keep at a distance") == []
    await at_mei.get_by_role("button", name=f"Hear again {bo['username']}").press("Enter")
    await at_mei.get_by_role("button", name=f"Restrict no more {bo['username']}").press("Enter")
    await expect(at_mei.get_by_text("Nobody at present.")).to_be_visible(timeout=SOON)
    await at_mei.goto("/")
    await expect(at_mei.get_by_text("a word of the muted")).to_be_visible(timeout=SOON)
