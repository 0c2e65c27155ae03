"""What is posted in a group, between two browsers: live, hidden by its owner, gone with it."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import Trouble
from tests.browser.test_groups import make
from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live, meet
from tests.fleet.harness import Fleet


async def test_posted_heard_hidden_and_gone(site: Fleet, browse: Browse, trouble: Trouble) -> None:
    trouble.forgiven += ["403 ", "404 "]
    two = await meet(site, browse)
    path = await make(two.ann, f"Readers {two.room}", "Open")
    await two.bo.set_viewport_size({"width": 390, "height": 844})
    await two.bo.goto(path)
    await live(two.bo)
    await two.bo.get_by_role("button", name="Join", exact=True).press("Enter")
    await expect(two.bo.get_by_text("Nothing here yet.")).to_be_visible(timeout=SOON)
    await two.ann.goto("/")
    await live(two.ann)

    posts = two.bo.get_by_role("region", name="Posts")
    await posts.get_by_role("button", name="Found something?").press("Enter")
    await posts.locator("textarea").fill("a book for all of us")
    await posts.locator("textarea").press("Control+Enter")
    await expect(posts.get_by_text("a book for all of us")).to_be_visible(timeout=SOON)
    assert await troubles(two.bo, path) == []

    # Ann hears of it at home without asking, and hides it on the group's page.
    await two.ann.get_by_role("button", name="1 new post").press("Enter", timeout=SOON)
    await expect(two.ann.get_by_text("a book for all of us")).to_be_visible(timeout=SOON)
    await two.ann.goto(path)
    await live(two.ann)
    await (
        two.ann.get_by_role("article")
        .get_by_role("button", name="More about this post")
        .press("Enter")
    )
    await two.ann.get_by_role("menuitem", name="Hide it in the group").press("Enter")
    await expect(two.bo.get_by_text("Hidden in its group").first).to_be_visible(timeout=SOON)
    assert await troubles(two.ann, path) == []

    # Sent out of the group, one sees nothing of it.
    bo = two.people[1]["username"]
    await two.ann.get_by_role("button", name=f"More about {bo}").press("Enter")
    await two.ann.get_by_role("menuitem", name="Remove").press("Enter")
    await expect(two.bo.get_by_role("button", name="Join", exact=True)).to_be_visible(timeout=SOON)
    await expect(posts).to_have_count(0)
