"""The chats of a group between two browsers: come in, speak, wait, and be out with the group."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.conftest import Trouble
from tests.browser.test_groups import make
from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live, meet, say, sees
from tests.fleet.harness import Fleet


async def test_a_slow_room_is_entered_spoken_in_and_left_with_the_group(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["403 "]
    two = await meet(site, browse)
    name = f"Talkers {two.room}"
    path = await make(two.ann, name, "Open")
    await two.bo.goto(path)
    await live(two.bo)
    await two.bo.get_by_role("button", name="Join", exact=True).press("Enter")
    await expect(two.bo.get_by_text("No chats yet.")).to_be_visible(timeout=SOON)

    await two.ann.get_by_role("button", name="New chat").press("Enter")
    dialog = two.ann.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("Slow talk")
    await dialog.get_by_label("Pace").select_option("60")
    assert await troubles(two.ann, path) == []
    await dialog.get_by_role("button", name="Make a chat").press("Enter")

    # It stands there at once for whoever is in the group, who comes in by themselves.
    await two.bo.get_by_role("button", name="Come in Slow talk").press("Enter", timeout=SOON)
    docked = two.bo.get_by_role("complementary", name="Chat")
    await docked.locator("textarea").fill("the first thing")
    await docked.locator("textarea").press("Enter")
    await two.ann.goto("/chats")
    await live(two.ann)
    await two.ann.get_by_role("link", name=re.compile("Slow talk")).first.click()
    await sees(two.ann, "the first thing")
    assert await troubles(two.ann, "the room") == []
    await docked.locator("textarea").fill("too soon")
    await docked.locator("textarea").press("Enter")
    await expect(docked.get_by_text("One waits here").first).to_be_visible(timeout=SOON)
    await say(two.ann, "at my own pace")
    await expect(docked.get_by_text("at my own pace")).to_be_visible(timeout=SOON)

    # Sent out of the group, one hears nothing more of its rooms.
    await two.ann.goto(path)
    await live(two.ann)
    bo = two.people[1]["username"]
    await two.ann.get_by_role("button", name=f"More about {bo}").press("Enter")
    await two.ann.get_by_role("menuitem", name="Remove").press("Enter")
    await expect(docked.locator("textarea")).to_have_count(0, timeout=SOON)
    await expect(two.bo.get_by_role("button", name="Join", exact=True)).to_be_visible(timeout=SOON)
