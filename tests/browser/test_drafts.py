"""Begun at the desk, finished on the phone: drafts of one person in two browsers."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Trouble
from tests.browser.test_looks import troubles
from tests.browser.test_return import NO_NETWORK, offline, online
from tests.browser.two import SOON, Browse, live, meet
from tests.fleet.harness import Fleet


def words(page: Page) -> Locator:
    return page.get_by_label("What do you want to say?")


async def begin(page: Page, text: str) -> None:
    await page.get_by_text("Found something?").first.click()
    await words(page).fill(text)


async def saved(page: Page) -> None:
    await expect(page.locator(".composer .kept")).to_have_text("Saved", timeout=SOON)


async def look_again(page: Page) -> None:
    """As if one came back to this device."""
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def drafts(page: Page, count: int) -> Locator:
    name = "1 draft" if count == 1 else f"{count} drafts"
    return page.get_by_role("button", name=name, exact=True)


async def test_what_is_begun_at_the_desk_is_posted_from_the_phone(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += NO_NETWORK
    cookie = site.provision(people=1)["people"][0]["cookie"]
    desk = await browse(cookie=cookie)
    phone = await browse(cookie=cookie, phone=True, dark=True)
    for page in (desk, phone):
        await live(page)
    await begin(desk, "A lamp of rice paper")
    await saved(desk)
    assert await troubles(desk, "a draft, saved") == []

    # Offered on the phone, by keyboard; what follows is told on the desk.
    await look_again(phone)
    await expect(drafts(phone, 1)).to_be_visible(timeout=SOON)
    await drafts(phone, 1).press("Enter")
    dialog = phone.get_by_role("dialog", name="Drafts")
    await expect(dialog.get_by_text("A lamp of rice paper")).to_be_visible(timeout=SOON)
    assert await troubles(phone, "drafts") == []
    await dialog.get_by_role("button", name=re.compile("^A lamp of rice paper")).press("Enter")
    await expect(words(phone)).to_have_value("A lamp of rice paper")
    await words(phone).fill("A lamp of rice paper, from the phone")
    await saved(phone)
    assert await troubles(phone, "a draft on the phone") == []
    await look_again(desk)
    await expect(words(desk)).to_have_value("A lamp of rice paper, from the phone", timeout=SOON)

    # Written on both without a network between them: two drafts, and it is said.
    await offline(desk)
    await words(desk).fill("A lamp of rice paper, from the desk")
    kept = desk.locator(".composer .kept")
    await expect(kept).to_have_text("Saved on this device only, for now", timeout=SOON)
    await words(phone).fill("A lamp, from the phone")
    await saved(phone)
    await phone.wait_for_timeout(2_000)
    await online(desk)
    told = desk.get_by_text("You wrote this draft on another device too.")
    await expect(told).to_be_visible(timeout=20_000)
    await expect(words(desk)).to_have_value("A lamp of rice paper, from the desk")

    # Posted from the phone: it is no draft any more, anywhere.
    await phone.get_by_role("button", name="Post", exact=True).click()
    await expect(phone.locator("article").filter(has_text="A lamp, from the phone")).to_have_count(
        1, timeout=SOON
    )
    await look_again(phone)
    await expect(drafts(phone, 1)).to_be_visible(timeout=SOON)
    await look_again(desk)
    await expect(drafts(desk, 1)).to_have_count(0)

    # Deleted with a change of mind, then for good.
    await drafts(phone, 1).click()
    delete = dialog.get_by_role("button", name="Delete this draft")
    await delete.click()
    await expect(dialog.get_by_text("No other drafts.")).to_be_visible()
    await phone.get_by_role("button", name="Undo").click()
    await expect(delete).to_be_visible()
    await delete.press("Enter")
    await phone.keyboard.press("Escape")
    await phone.wait_for_timeout(6_000)
    await look_again(desk)
    await expect(words(desk)).to_have_value("", timeout=SOON)


DUE = """
from datetime import timedelta
from django.db.models.functions import Now
from server.feed.models import Draft
Draft.objects.filter(due_at__isnull=False).update(due_at=Now() - timedelta(seconds=1))
"""


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_what_is_planned_goes_out_by_itself(site: Fleet, browse: Browse, phone: bool) -> None:
    two = await meet(site, browse, phone=phone)
    await begin(two.ann, "Lanterns at dusk")
    await two.ann.get_by_role("button", name="Post later").press("Enter")
    dialog = two.ann.get_by_role("dialog", name="Post later")
    await expect(dialog.get_by_label("Date and time")).to_be_visible(timeout=SOON)
    assert await troubles(two.ann, "post later") == []
    await dialog.get_by_label("Date and time").fill("2020-01-01T10:00")
    await expect(dialog.get_by_role("alert")).to_contain_text("from now")
    await expect(dialog.get_by_role("button", name="Post then")).to_be_disabled()
    await dialog.get_by_role("group", name="Soon").get_by_role("button").first.press("Enter")
    await dialog.get_by_role("button", name="Post then").press("Enter")
    await expect(two.ann.get_by_text("Until then it is among your drafts")).to_be_visible(
        timeout=SOON
    )
    # Among the drafts it says when.
    await drafts(two.ann, 1).press("Enter")
    listed = two.ann.get_by_role("dialog", name="Drafts")
    await expect(listed.get_by_text("Goes out")).to_be_visible(timeout=SOON)
    assert await troubles(two.ann, "a planned draft") == []
    await listed.get_by_role("button", name="Close").press("Enter")
    site.manage("shell", "-c", DUE)
    pill = two.bo.get_by_role("button", name=re.compile("new post"))
    await expect(pill).to_be_visible(timeout=30_000)
    await pill.click()
    await expect(two.bo.get_by_role("article").first).to_contain_text("Lanterns at dusk")
