"""Friend lists: made by keyboard, filled from two places, and the same in all tabs."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet

ONE_IN_IT = "1 friend"


async def make(page: Page, name: str) -> None:
    """With the keyboard alone; the new list opens."""
    field = page.get_by_label("Name of a new list")
    await field.focus()
    await page.keyboard.type(name)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name=name)).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_a_list_from_its_making_to_its_end(site: Fleet, browse: Browse, phone: bool) -> None:
    mei, bo = site.provision(people=2)["people"]
    page = await browse(cookie=mei["cookie"], path="/people", phone=phone, dark=phone)
    other = await browse(cookie=mei["cookie"], path="/people")
    for one in (page, other):
        await live(one)
        await expect(one.get_by_text("None yet. Name one")).to_be_visible()
    await make(page, "Family")
    sheet = page.get_by_role("dialog")
    friend = sheet.get_by_role("button", name=bo["username"])
    await friend.focus()
    await page.keyboard.press("Enter")
    await expect(friend).to_have_attribute("aria-pressed", "true")
    assert await troubles(page, "the list") == []
    await page.keyboard.press("Escape")
    row = other.get_by_role("button", name="Family")
    await expect(row).to_contain_text(ONE_IN_IT, timeout=SOON)

    # From the friend's page they are taken out again.
    await page.goto(f"/people/{bo['id']}")
    await live(page)
    await page.get_by_role("button", name=f"More about {bo['username']}").press("Enter")
    await page.get_by_role("menuitem", name="Friend lists").press("Enter")
    inside = page.get_by_role("dialog").get_by_label("Family")
    await expect(inside).to_be_checked()
    assert await troubles(page, "the lists of a person") == []
    await inside.focus()
    await page.keyboard.press("Space")
    await expect(row).to_contain_text("0 friends", timeout=SOON)

    await row.press("Enter")
    await other.get_by_role("button", name="Delete the list").press("Enter")
    await other.keyboard.press("Enter")
    await expect(other.get_by_text("None yet. Name one")).to_be_visible(timeout=SOON)
    await expect(page.get_by_role("dialog").get_by_text("None yet. Name one")).to_be_visible()
