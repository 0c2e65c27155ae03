"""A post for some friends only, and for others later: on the cards of all of them, at once."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


def card(page: Page, words: str) -> Locator:
    return page.get_by_role("main").get_by_role("article").filter(has_text=words)


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_a_post_goes_to_whom_it_is_for(site: Fleet, browse: Browse, phone: bool) -> None:
    mei, bo = site.provision(people=2)["people"]
    at_mei = await browse(cookie=mei["cookie"], path="/people", phone=phone, dark=phone)
    at_bo = await browse(cookie=bo["cookie"])
    for one in (at_mei, at_bo):
        await live(one)
    await at_mei.get_by_label("Name of a new list").fill("Family")
    await at_mei.keyboard.press("Enter")
    await at_mei.get_by_role("dialog").get_by_role("button", name=bo["username"]).click()
    await at_mei.keyboard.press("Escape")

    await at_mei.goto("/")
    await live(at_mei)
    await at_mei.get_by_role("button", name="Found something?").press("Enter")
    await at_mei.get_by_label("What do you want to say?").fill("for the family")
    # Until my lists have come there is none to choose.
    await expect(at_mei.get_by_label("A list")).to_be_enabled(timeout=SOON)
    await at_mei.get_by_label("A list").focus()
    await at_mei.keyboard.press("Space")
    assert await troubles(at_mei, "the composer") == []
    await at_mei.get_by_role("button", name="Post", exact=True).press("Enter")
    mine, theirs = card(at_mei, "for the family"), card(at_bo, "for the family")
    await expect(mine).to_contain_text("Family", timeout=SOON)

    # Bo hears of the first post to the list although nothing told of it before.
    await at_bo.get_by_role("button", name="1 new post").click(timeout=SOON)
    await expect(theirs).to_contain_text("Some friends")
    assert "Family" not in await at_bo.get_by_role("main").inner_text()

    await change(at_mei, "Only me")
    await expect(theirs).to_have_count(0, timeout=SOON)
    await expect(mine).to_contain_text("Only me")
    await change(at_mei, "Friends")
    await at_bo.get_by_role("button", name="1 new post").click(timeout=SOON)
    await expect(theirs).to_contain_text("Friends")


async def change(page: Page, audience: str) -> None:
    """By keyboard."""
    await page.get_by_role("button", name="More about this post").first.press("Enter")
    await page.get_by_role("menuitem", name="Who sees it").press("Enter")
    dialog = page.get_by_role("dialog")
    assert await troubles(page, "the audience") == []
    await dialog.get_by_label(audience, exact=True).focus()
    await page.keyboard.press("Space")
    await dialog.get_by_role("button", name="Save").press("Enter")
    await expect(dialog).to_have_count(0, timeout=SOON)


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_it_is_shown_beforehand_who_will_see_what(
    site: Fleet, browse: Browse, phone: bool
) -> None:
    """By keyboard: of a draft, of a post, and of one's page."""
    mei, bo = site.provision(people=2)["people"]
    page = await browse(cookie=mei["cookie"], phone=phone, dark=phone)
    await live(page)
    await page.get_by_role("button", name="Found something?").press("Enter")
    await page.get_by_label("What do you want to say?").fill("a secret of mine")
    await page.get_by_label("Only me").focus()
    await page.keyboard.press("Space")
    await page.get_by_role("button", name="See it as somebody else").press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name=bo["username"]).press("Enter")
    await expect(dialog.get_by_text("sees nothing of it")).to_be_visible(timeout=SOON)
    assert await troubles(page, "nothing is seen") == []
    await page.keyboard.press("Escape")
    await page.get_by_label("Friends", exact=True).focus()
    await page.keyboard.press("Space")
    await page.get_by_role("button", name="See it as somebody else").press("Enter")
    await dialog.get_by_role("button", name=bo["username"]).press("Enter")
    seen = dialog.get_by_role("article")
    await expect(seen).to_contain_text("a secret of mine", timeout=SOON)
    assert await seen.get_by_role("button").count() == 0, "to be looked at only"
    assert await troubles(page, "a draft is seen") == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Post", exact=True).press("Enter")
    await expect(card(page, "a secret of mine")).to_have_count(1, timeout=SOON)

    await page.get_by_role("button", name="More about this post").first.press("Enter")
    await page.get_by_role("menuitem", name="See it as somebody else").press("Enter")
    await dialog.get_by_role("button", name=bo["username"]).press("Enter")
    await expect(seen).to_contain_text("a secret of mine", timeout=SOON)
    await page.goto(f"/people/{mei['id']}")
    await live(page)
    await page.get_by_role("button", name="See as somebody else").press("Enter")
    await dialog.get_by_role("button", name=bo["username"]).press("Enter")
    await expect(seen).to_contain_text("a secret of mine", timeout=SOON)
    assert await troubles(page, "my page as they see it") == []
