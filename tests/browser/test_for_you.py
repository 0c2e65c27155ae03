"""The other order of home: chosen by keyboard, said why, kept; the newest first unless wanted."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_looks import troubles
from tests.browser.test_place import write
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


async def first_words(page: Page, words: str) -> None:
    await expect(page.locator(".slot article").first).to_contain_text(words, timeout=SOON)


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_the_other_order_says_why_and_is_kept(
    site: Fleet, browse: Browse, phone: bool
) -> None:
    people = site.provision(people=3)["people"]
    bo = await browse(cookie=people[1]["cookie"])
    await live(bo)
    # Bo and Cy do not know each other; both are friends of Ann's.
    await write(bo, "A lamp that many like", to="Everyone")
    await write(bo, "The last word", to="Friends")
    cy = await browse(cookie=people[2]["cookie"], path="/?see=everyone")
    await live(cy)
    liked = cy.locator("article").filter(has_text="A lamp that many like").first
    await liked.get_by_role("button", name=re.compile("^Like, ")).press("Enter")
    await expect(liked.get_by_role("button", pressed=True).first).to_be_visible(timeout=SOON)

    ann = await browse(cookie=people[0]["cookie"], phone=phone, dark=phone)
    await live(ann)
    order = ann.get_by_role("group", name="Order of the posts")
    latest, other = (order.get_by_role("button", name=name) for name in ("Latest", "For you"))
    await expect(latest).to_have_attribute("aria-pressed", "true")
    await first_words(ann, "The last word")
    await other.press("Enter")
    await first_words(ann, "A lamp that many like")
    name = people[2]["username"]
    why = ann.locator(".slot .why")
    await expect(why.first).to_contain_text("liked this")
    await expect(why.first).to_contain_text(name)
    await expect(why.nth(1)).to_have_text("From a friend")
    assert await troubles(ann, "home, for you") == []

    # Kept; and back to the newest first, with what is new behind its button.
    await ann.reload()
    await live(ann)
    await expect(other).to_have_attribute("aria-pressed", "true")
    await first_words(ann, "A lamp that many like")
    await latest.press("Enter")
    await first_words(ann, "The last word")
    await expect(why).to_have_count(0)
    await write(bo, "Newer still")
    await expect(ann.get_by_role("button", name="1 new post")).to_be_visible(timeout=SOON)
    await first_words(ann, "The last word")
    assert await troubles(ann, "home, latest, with something new") == []
