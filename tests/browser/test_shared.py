"""What I shared this week: all of it with who sees it now, taken back by keyboard from open pages;
what waits stands apart; looked at as a stranger, as somebody signed out, as friends in a list."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.test_looks import tab_until, troubles, troubles_day_and_night
from tests.browser.test_notices import ask, comment, post
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_what_i_shared_and_the_way_back(site: Fleet, browse: Browse, phone: bool) -> None:
    world = site.provision(people=2, shop=True)
    ann, bo = world["people"]
    item = world["shop"]["item_id"]
    page = await browse(cookie=ann["cookie"], path="/me", phone=phone)
    theirs = await browse(cookie=bo["cookie"])
    for one in (page, theirs):
        await live(one)
    mine = await post(page, "A lantern by the river")
    await comment(page, await post(theirs, "Which lantern?"), "the red one")
    family = (await ask(page, "/api/lists", {"name": "Family"}))["id"]
    await ask(page, f"/api/lists/{family}/members/{bo['id']}", {}, "PUT")
    await theirs.goto(f"/posts/{mine}")
    await live(theirs)

    await page.get_by_role("link", name="What I shared").press("Enter")
    week = page.get_by_role("region", name="The last seven days")
    lantern = week.get_by_role("listitem").filter(has_text="A lantern by the river")
    await expect(lantern).to_contain_text("Seen by: Friends", timeout=SOON)
    said = week.get_by_role("listitem").filter(has_text="the red one")
    await expect(said).to_contain_text(f"Seen by: Friends of {bo['username']}")
    assert await troubles_day_and_night(page, "/me/shared") == []

    # As whom one likes, of old and on a phone too.
    await tab_until(
        page,
        "document.activeElement.ariaLabel?.startsWith('See it as somebody else – I posted: A lan')",
    )
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="As somebody else")
    await dialog.get_by_role("button", name="A stranger who is signed in").press("Enter")
    await expect(dialog).to_contain_text("A stranger sees nothing of it.", timeout=SOON)
    await dialog.get_by_role("button", name="Somebody else").press("Enter")
    assert await troubles(page, "/me/shared, as whom to look") == []
    await dialog.get_by_role("button", name="Somebody signed out").press("Enter")
    await expect(dialog).to_contain_text("Whoever is not signed in sees nothing", timeout=SOON)
    await dialog.get_by_role("button", name="Somebody else").press("Enter")
    await dialog.get_by_role("button", name="Family").press("Enter")
    await expect(dialog.get_by_role("article")).to_contain_text("A lantern", timeout=SOON)
    assert await troubles(page, "/me/shared, as the friends in a list") == []
    await page.keyboard.press("Escape")

    # Another audience, then away from every page.
    await lantern.get_by_role("button", name="Change who sees it").press("Enter")
    change = page.get_by_role("dialog", name="Who sees it")
    await change.get_by_role("radio", name="Only me").press("Space")
    await change.get_by_role("button", name="Save").press("Enter")
    await expect(lantern).to_contain_text("Seen by: Only me", timeout=SOON)
    await expect(theirs.get_by_text("A lantern by the river")).to_have_count(0, timeout=SOON)
    await said.get_by_role("button", name="Delete").press("Enter")
    await expect(said).to_have_count(0)
    await page.get_by_role("button", name="Undo").press("Enter")
    await expect(said).to_be_visible()

    # What waits is no part of what was told.
    friends = {"audience": "friends", "text": 1}
    await ask(page, "/api/me/sharing/bookmark", friends, "PUT")
    await ask(page, f"/api/bookmarks/{item}", {}, "PUT")
    queue = page.get_by_role("region", name="Not told yet")
    await expect(queue).to_contain_text("Friends will see it in", timeout=SOON)
    assert await troubles_day_and_night(page, "/me/shared, with something that waits") == []
    await queue.get_by_role("button", name="Stop it").press("Enter")
    await expect(queue).to_have_count(0, timeout=SOON)
    await expect(week.get_by_text("bookmarked this")).to_have_count(0)


async def test_it_reads_in_chinese_and_begins_empty(site: Fleet, browse: Browse) -> None:
    [ann] = site.provision(people=1)["people"]
    page = await browse(cookie=ann["cookie"], path="/me/shared", phone=True)
    await live(page)
    await expect(page.get_by_text("Nothing in this week")).to_be_visible(timeout=SOON)
    await ask(page, "/api/me", {"language": "zh"}, "PATCH")
    await page.reload()
    await live(page)
    await expect(page.get_by_role("heading", name="我分享过的内容")).to_be_visible(timeout=SOON)
    assert await troubles(page, "/me/shared, in Chinese") == []
