"""What is done with a post, by two people in two browsers, with the keyboard."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.test_looks import serious
from tests.browser.two import SOON, Browse, Two, meet
from tests.fleet.harness import Fleet


async def posted(two: Two, words: str) -> tuple[Locator, Locator]:
    """Ann posts; the post on her page and on Bo's."""
    await two.ann.get_by_text("Found something?").first.click()
    await two.ann.get_by_label("What do you want to say?").fill(words)
    await two.ann.get_by_role("button", name="Post", exact=True).click()
    for page in (two.ann, two.bo):
        pill = page.get_by_role("button", name=re.compile("1 new"))
        await expect(pill.or_(card(page, words)).first).to_be_visible(timeout=SOON)
        if await pill.count():
            await pill.click()
        await expect(card(page, words)).to_have_count(1, timeout=SOON)
    return card(two.ann, words), card(two.bo, words)


def card(page: Page, words: str) -> Locator:
    return page.locator("article").filter(has_text=words)


async def choose(page: Page, post: Locator, act: str) -> None:
    """From the menu of a post, by the keyboard."""
    await post.get_by_role("button", name="More about this post").first.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name=act).focus()
    await page.keyboard.press("Enter")


async def test_emoji_on_a_post_are_seen_by_both(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    at_ann, at_bo = await posted(two, "A lamp of rice paper")
    await at_bo.get_by_role("button", name="React").focus()
    await two.bo.keyboard.press("Enter")
    await two.bo.get_by_role("button", name="React with 🎉").focus()
    await two.bo.keyboard.press("Enter")
    for post in (at_ann, at_bo):
        await expect(post.get_by_role("button", name="🎉 1 person")).to_be_visible(timeout=SOON)
    joined = at_ann.get_by_role("button", name="🎉 1 person")
    await joined.focus()
    await two.ann.keyboard.press("Space")
    await expect(at_bo.get_by_role("button", name="🎉 2 people")).to_be_visible(timeout=SOON)
    await choose(two.ann, at_ann, "Who reacted")
    dialog = two.ann.get_by_role("dialog")
    await expect(dialog.get_by_role("listitem")).to_have_count(2, timeout=SOON)
    assert await serious(two.ann) == []
    await two.ann.keyboard.press("Escape")
    await at_bo.get_by_role("button", name="🎉 2 people").click()
    await expect(at_ann.get_by_role("button", name="🎉 1 person")).to_be_visible(timeout=SOON)


async def test_new_words_reach_both_and_the_old_ones_stay(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    at_ann, _ = await posted(two, "A lamb of rice paper")
    await choose(two.ann, at_ann, "Change the words")
    dialog = two.ann.get_by_role("dialog")
    assert await serious(two.ann) == []
    await dialog.get_by_role("textbox").fill("A lamp of rice paper")
    await two.ann.keyboard.press("Control+Enter")
    for page in (two.ann, two.bo):
        await expect(card(page, "A lamp of rice paper")).to_have_count(1, timeout=SOON)
    post = card(two.bo, "A lamp of rice paper")
    await post.get_by_role("button", name=re.compile("^Edited")).focus()
    await two.bo.keyboard.press("Enter")
    before = two.bo.get_by_role("dialog")
    await expect(before).to_contain_text("A lamb of rice paper", timeout=SOON)
    assert await serious(two.bo) == []


async def test_a_tag_leads_to_what_bears_it(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    tag = f"river{two.room}"
    _, at_bo = await posted(two, f"Lanterns on the water, #{tag.title()} at dusk")
    link = at_bo.get_by_role("link", name=f"#{tag.title()}")
    await link.focus()
    await two.bo.keyboard.press("Enter")
    await two.bo.wait_for_url(f"**/tags/{tag}")
    await expect(two.bo.get_by_role("heading", level=1)).to_have_text(f"#{tag}")
    await expect(two.bo.locator("article")).to_have_count(1, timeout=SOON)
    assert await serious(two.bo) == []
    # What comes meanwhile waits above, as in every list.
    await two.ann.get_by_text("Found something?").first.click()
    await two.ann.get_by_label("What do you want to say?").fill(f"And at dawn #{tag}")
    await two.ann.get_by_role("button", name="Post", exact=True).click()
    pill = two.bo.get_by_role("button", name=re.compile("1 new"))
    await pill.focus(timeout=SOON)
    await two.bo.keyboard.press("Enter")
    await expect(two.bo.locator("article")).to_have_count(2, timeout=SOON)
    await two.bo.goto("/tags/2026")
    await expect(two.bo.get_by_text("This is not here")).to_be_visible(timeout=SOON)


async def test_a_post_shown_on_is_counted_and_goes_with_the_original(
    site: Fleet, browse: Browse
) -> None:
    two = await meet(site, browse)
    at_ann, at_bo = await posted(two, "A kettle that sings")
    await at_bo.get_by_role("button", name=re.compile("^Show it to others")).focus()
    await two.bo.keyboard.press("Enter")
    dialog = two.bo.get_by_role("dialog")
    await expect(dialog).to_contain_text("A kettle that sings")
    assert await serious(two.bo) == []
    await dialog.get_by_role("textbox").fill("Listen to this")
    await two.bo.keyboard.press("Control+Enter")
    again = card(two.bo, "Listen to this")
    await expect(again.locator("blockquote")).to_contain_text("A kettle that sings", timeout=SOON)
    counted = at_ann.get_by_role("button", name="Show it to others, shown on by 1").first
    await expect(counted).to_be_visible(timeout=SOON)
    await choose(two.ann, at_ann.first, "Delete post")
    await expect(again.locator("blockquote")).to_have_text(
        "This post is not shown to you.", timeout=15_000
    )
    await expect(again).to_contain_text("Listen to this")


async def test_a_pinned_post_stands_first(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    at_ann, _ = await posted(two, "The first find of all")
    await posted(two, "A later find")
    await choose(two.ann, at_ann, "Put it first on my page")
    await expect(two.ann.get_by_text("It stands first on your page")).to_be_visible(timeout=SOON)
    await two.bo.goto(f"/people/{two.people[0]['id']}")
    first = two.bo.locator("article").first
    await expect(first).to_contain_text("Stands first here", timeout=SOON)
    await expect(first).to_contain_text("The first find of all")
    assert await serious(two.bo) == []
    # Another is put first, and taken back, while Bo reads.
    await two.ann.goto(f"/people/{two.people[0]['id']}")
    await choose(two.ann, card(two.ann, "A later find"), "Put it first on my page")
    await expect(first).to_contain_text("A later find", timeout=SOON)
    await expect(two.bo.get_by_text("Stands first here")).to_have_count(1)
    later = card(two.ann, "A later find")
    await choose(two.ann, later, "Not first any more")
    await expect(two.bo.get_by_text("Stands first here")).to_have_count(0, timeout=SOON)
