"""What is shared by itself: said by keyboard after its words and an exact example, seen on every
screen."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.test_looks import tab_until, troubles
from tests.browser.test_notices import ask
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


DUE = """
from django.db.models.functions import Now
from server.sharing.models import Activity
Activity.objects.filter(state="waiting").update(due_at=Now())
"""


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_shown_later_taken_back_at_once(site: Fleet, browse: Browse, phone: bool) -> None:
    world = site.provision(people=2, shop=True)
    ann, bo = world["people"]
    item = world["shop"]["item_id"]
    page = await browse(cookie=ann["cookie"], path=f"/items/{item}", phone=phone)
    theirs = await browse(cookie=bo["cookie"], phone=phone, dark=True)
    for one in (page, theirs):
        await live(one)
    friends = {"audience": "friends", "text": 1}
    await ask(page, "/api/me/sharing/bookmark", friends, "PUT")

    # Taken back before anybody saw it.
    keep = page.locator(".topbar .keep")
    await keep.press("Enter")
    soon = page.get_by_role("status").filter(has_text="What I bookmark → Friends")
    await expect(soon).to_contain_text("shown in", timeout=SOON)
    assert await troubles(page, "an item, with something that waits") == []
    await soon.get_by_role("button", name="Take back").press("Enter")
    await expect(soon).to_have_count(0)
    await ask(page, f"/api/bookmarks/{item}", {}, "DELETE")

    # Shown, live; who was shown it is written down; taken back, it goes from the open page.
    await ask(page, f"/api/bookmarks/{item}", {}, "PUT")
    await expect(soon).to_contain_text("shown in", timeout=SOON)
    await page.reload()
    await expect(soon).to_contain_text("shown in", timeout=SOON)
    site.manage("shell", "-c", DUE)
    line = theirs.get_by_role("article").filter(has_text=f"{ann['username']} bookmarked this")
    await expect(line).to_be_visible(timeout=SOON)
    assert await troubles(theirs, "home, with an activity") == []
    await page.goto("/me/sharing")
    await live(page)
    mine = page.get_by_role("listitem").filter(has_text="1 person was shown this")
    await mine.get_by_role("button", name="1 person was shown this").press("Enter")
    viewers = page.get_by_role("dialog", name="Who was shown this")
    await expect(viewers).to_contain_text(bo["username"], timeout=SOON)
    await page.keyboard.press("Escape")
    await mine.get_by_role("button", name="Take back").press("Enter")
    await expect(line).to_have_count(0, timeout=SOON)
    await expect(page.get_by_text("Friends · taken back").first).to_be_visible(timeout=SOON)
