"""Events of a group between two browsers: proposed, answered, moved up and cancelled, seen live."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.test_groups import make
from tests.browser.test_looks import serious, troubles
from tests.browser.two import SOON, Browse, live, meet
from tests.fleet.harness import Fleet


async def propose(page: Page, title: str, places: str) -> None:
    """Through the dialog, with the keyboard; what is missing is said before it is asked for."""
    await page.get_by_role("button", name="New event").press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("What it is called").fill(title)
    await dialog.get_by_label("What it is called").press("Enter")
    await expect(dialog.get_by_text("A place or a link, so that people can come.")).to_be_visible()
    await expect(dialog.get_by_label("Place", exact=True)).to_be_focused()
    assert await serious(page) == []
    await dialog.get_by_label("Place", exact=True).fill("The mill by the river")
    await dialog.get_by_label("How many can come").fill(places)
    await dialog.get_by_label("What it is called").press("Enter")
    await expect(dialog).to_have_count(0, timeout=SOON)


async def test_one_answers_and_the_other_sees_the_count_move(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    path = await make(two.ann, f"Walkers {two.room}", "Open")
    await two.bo.set_viewport_size({"width": 390, "height": 844})
    await two.bo.goto(path)
    await live(two.bo)
    await two.bo.get_by_role("button", name="Join", exact=True).press("Enter")
    await expect(two.bo.get_by_text("No events to come.", exact=False)).to_be_visible(timeout=SOON)

    title = f"Lantern walk {two.room}"
    await propose(two.ann, title, "1")
    ann, bo = (page.get_by_role("article", name=title) for page in (two.ann, two.bo))
    await expect(ann.get_by_text("0 going · 1 place left")).to_be_visible(timeout=SOON)
    await expect(bo.get_by_text("0 going · 1 place left")).to_be_visible(timeout=SOON)

    # The only place is taken on a phone; the other page counts, and offers the line.
    await bo.get_by_role("button", name="Going", exact=True).press("Enter")
    await expect(ann.get_by_text("1 going · no place left")).to_be_visible(timeout=SOON)
    await ann.get_by_role("button", name="Wait for a place").press("Enter")
    await expect(ann.get_by_text("You wait for a place.", exact=False)).to_be_visible(timeout=SOON)
    await expect(bo.get_by_text("1 going · 1 waiting · no place left")).to_be_visible(timeout=SOON)
    for page in (two.ann, two.bo):
        assert await troubles(page, path) == []

    # It comes free: whoever waited goes, without asking again.
    bo = two.bo.get_by_role("article", name=title)
    await bo.get_by_role("button", name="Perhaps").press("Enter")
    ann = two.ann.get_by_role("article", name=title)
    await expect(ann.get_by_role("button", name="Going", exact=True)).to_have_attribute(
        "aria-pressed", "true", timeout=SOON
    )
    await expect(ann.get_by_text("1 going · 1 perhaps · no place left")).to_be_visible(timeout=SOON)

    await ann.get_by_role("button", name=re.compile("^1 going")).press("Enter")
    people = two.ann.get_by_role("dialog")
    await expect(people.get_by_role("listitem")).to_have_count(1, timeout=SOON)
    assert await serious(two.ann) == []
    await two.ann.keyboard.press("Escape")
    async with two.bo.expect_download() as taken:
        await bo.get_by_role("link", name="Add to calendar").click()
    assert (await taken.value).suggested_filename.endswith(".ics")

    # Called off, it stays to be seen, on its own page too.
    await bo.get_by_role("link", name=title).click()
    await expect(two.bo.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=SOON)
    await ann.get_by_role("button", name=f"What can be done with {title}").press("Enter")
    await two.ann.get_by_role("menuitem", name="Cancel the event").press("Enter")
    sure = two.ann.get_by_role("dialog")
    await sure.get_by_role("button", name="Cancel the event").press("Enter")
    for page in (two.ann, two.bo):
        card = page.get_by_role("article", name=title)
        await expect(card.get_by_text("Cancelled")).to_be_visible(timeout=SOON)
        await expect(card.get_by_role("button", name="Going", exact=True)).to_have_count(0)
    assert await troubles(two.bo, "/gatherings") == []
