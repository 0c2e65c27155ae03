"""What is shared by itself: said by keyboard after its words and an exact example, seen on every
screen."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.test_looks import tab_until, troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_nothing_by_itself_until_it_is_said(site: Fleet, browse: Browse, phone: bool) -> None:
    [ann] = site.provision(people=1, shop=True)["people"]
    page = await browse(cookie=ann["cookie"], path="/me", phone=phone)
    other = await browse(cookie=ann["cookie"], path="/me/sharing", dark=True)
    for one in (page, other):
        await live(one)
    await page.get_by_role("link", name="What is shared by itself").click()
    row = page.get_by_role("listitem").filter(has_text="What I bookmark").first
    await expect(row).to_contain_text("Only me", timeout=SOON)
    bought = page.get_by_role("listitem").filter(has_text="What I buy")
    await expect(bought).to_contain_text("Not here yet")
    await expect(bought.get_by_role("button")).to_have_count(0)
    assert await troubles(page, "/me/sharing") == []

    await tab_until(page, "document.activeElement.ariaLabel === 'Change: What I bookmark'")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="What I bookmark")
    await expect(dialog).to_contain_text("a minute later")
    example = dialog.get_by_role("region", name="This is what others would see")
    await expect(example).to_contain_text(f"{ann['username']} bookmarked this", timeout=SOON)
    save = dialog.get_by_role("button", name="Save")
    await expect(save).to_be_disabled()
    assert await troubles(page, "/me/sharing, before it is said") == []
    await dialog.get_by_role("radio", name="Friends").press("Space")
    await save.press("Enter")
    await expect(dialog).to_be_hidden(timeout=SOON)
    await expect(row).to_contain_text("Friends · since")
    await expect(page.get_by_text("What I bookmark: Friends")).to_be_visible()
    said = other.get_by_text("What I bookmark: Friends")
    await expect(said).to_be_visible(timeout=SOON)
    assert await troubles(other, "/me/sharing, in the dark") == []
