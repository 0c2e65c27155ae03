"""Groups between two browsers on two workers: made, found, asked, decided and left, seen live."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import Trouble
from tests.browser.test_looks import serious, troubles
from tests.browser.two import SOON, Browse, live, meet
from tests.fleet.harness import Fleet


async def make(page: Page, name: str, entry: str, *, question: str = "") -> str:
    """Through the dialog, with the keyboard; returns its path."""
    await page.goto("/groups")
    await live(page)
    await page.get_by_role("button", name="New", exact=True).press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=True).fill(name)
    await dialog.get_by_role("radio", name=re.compile(entry)).press("Space")
    if question:
        await dialog.get_by_label(re.compile("Questions")).fill(question)
    assert await serious(page) == []
    await dialog.get_by_label("Name", exact=True).press("Enter")
    await page.wait_for_url(re.compile(r"/groups/\d+$"))
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    return "/" + page.url.split("/", 3)[3]


async def test_asked_decided_counted_and_left(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    name = f"Lenses {two.room}"
    path = await make(two.ann, name, "By request", question="Why?")

    await two.bo.set_viewport_size({"width": 390, "height": 844})
    await two.bo.goto("/groups")
    await two.bo.get_by_label("Find groups").fill(name.lower())
    await two.bo.get_by_role("link", name=re.compile(name)).click()
    await two.bo.get_by_role("button", name="Ask to join").press("Enter")
    await two.bo.get_by_label("Why?").fill("For the light")
    assert await troubles(two.bo, path) == []
    await two.bo.get_by_role("dialog").get_by_role("button", name="Ask to join").press("Enter")
    await expect(two.bo.get_by_text("You asked to join.")).to_be_visible(timeout=SOON)

    await expect(two.ann.get_by_text("For the light")).to_be_visible(timeout=SOON)
    assert await troubles(two.ann, path) == []
    await two.ann.get_by_role("button", name=re.compile("^Let in")).press("Enter")
    for page in (two.ann, two.bo):
        status = page.get_by_role("main").get_by_role("status").first
        await expect(status).to_contain_text("2 members", timeout=SOON)
    await expect(two.bo.get_by_role("heading", name=re.compile("^People"))).to_be_visible()
    assert await troubles(two.bo, path) == []

    await two.bo.get_by_role("main").get_by_role("button", name="More", exact=True).click()
    await two.bo.get_by_role("menuitem", name="Leave").click()
    await two.bo.get_by_role("dialog").get_by_role("button", name="Leave", exact=True).click()
    await expect(two.bo.get_by_role("button", name="Ask to join")).to_be_visible(timeout=SOON)
    status = two.ann.get_by_role("main").get_by_role("status").first
    await expect(status).to_contain_text("1 member", timeout=SOON)


async def test_a_hidden_one_is_nothing_until_one_is_invited(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["404 "]
    two = await meet(site, browse)
    name = f"Nobody hears {two.room}"
    path = await make(two.ann, name, "Hidden")
    await two.bo.goto(path)
    await expect(two.bo.get_by_text("This is not here")).to_be_visible(timeout=SOON)
    await two.bo.goto("/groups?q=nobody+hears")
    await expect(two.bo.get_by_text("No group found")).to_be_visible(timeout=SOON)

    await two.ann.get_by_role("button", name="Invite a friend").press("Enter")
    friend = two.ann.get_by_role("dialog").get_by_role("listitem").get_by_role("button")
    await friend.first.press("Enter")
    told = two.bo.get_by_text(f"You are invited to {name}")
    await expect(told).to_be_visible(timeout=SOON)
    await two.bo.goto("/groups")
    await two.bo.get_by_role("button", name=f"Join {name}").press("Enter")
    await two.bo.get_by_role("link", name=re.compile(name)).click()
    await expect(two.bo.get_by_role("heading", name=re.compile("^People"))).to_be_visible()

    await two.ann.goto(path)
    bo = two.people[1]["username"]
    await two.ann.get_by_role("button", name=f"More about {bo}").press("Enter")
    await two.ann.get_by_role("menuitem", name="Remove").press("Enter")
    await expect(two.bo.get_by_text("This is not here")).to_be_visible(timeout=SOON)
    assert name not in await two.bo.get_by_role("main").inner_text()
