"""Keeping what one may want: two tabs of one person, and the price that moves meanwhile."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_kept_in_one_tab_is_kept_in_the_other(
    site: Fleet, browse: Browse, phone: bool
) -> None:
    world = site.provision(people=1, shop=True)
    cookie, item = world["people"][0]["cookie"], world["shop"]["item_id"]
    at_item = await browse(cookie=cookie, path=f"/items/{item}", phone=phone)
    at_kept = await browse(cookie=cookie, path="/kept", phone=phone, dark=True)
    for page in (at_item, at_kept):
        await live(page)
    await expect(at_kept.get_by_text("Nothing kept yet")).to_be_visible()
    assert await troubles(at_kept, "/kept, empty") == []

    keep = at_item.locator(".topbar .keep")
    await keep.press("Enter")
    await expect(keep).to_have_attribute("aria-pressed", "true")
    row = at_kept.get_by_role("main").get_by_role("listitem")
    await expect(row).to_have_count(1, timeout=SOON)

    # A note, a folder that is new, a word and a price, all by keyboard.
    await row.get_by_role("button", name="Note, folder and price").press("Enter")
    dialog = at_kept.get_by_role("dialog")
    await dialog.get_by_label("Folder").select_option(label="A new folder…")
    await dialog.get_by_label("The folder's name").fill("Autumn")
    await dialog.get_by_label("Note").fill("for the balcony")
    await dialog.get_by_label("I would buy at").fill("12,x")
    await dialog.get_by_label("Words").fill("Gift, 秋天")
    await dialog.get_by_label("Words").press("Enter")
    await expect(dialog.get_by_text("Write an amount such as")).to_be_visible()
    assert await troubles(at_kept, "/kept, a wrong amount") == []
    await dialog.get_by_label("I would buy at").fill("1")
    await dialog.get_by_label("I would buy at").press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(row.get_by_text("for the balcony")).to_be_visible(timeout=SOON)
    for words in ("#gift", "#秋天", "Autumn"):
        await expect(row.get_by_role("link", name=words, exact=True)).to_be_visible()
    assert await troubles(at_kept, "/kept") == []

    await row.get_by_role("link", name="Autumn", exact=True).click()
    await expect(at_kept.get_by_role("heading", level=1, name="Autumn")).to_be_visible()
    await expect(row).to_have_count(1)

    # Dropped in the other tab; it goes here. Taken back, with everything that stood with it.
    await keep.press("Enter")
    await expect(row).to_have_count(0, timeout=SOON)
    await expect(at_kept.get_by_text("Nothing here")).to_be_visible()
    await at_item.get_by_role("button", name="Undo").click()
    await expect(row.get_by_text("for the balcony")).to_be_visible(timeout=SOON)
    await at_item.reload()
    await live(at_item)
    await expect(keep).to_have_attribute("aria-pressed", "true")
