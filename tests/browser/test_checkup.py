"""Once in a quarter: a look through who sees what of me, and silence again."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet

LONG_AGO = """
from datetime import timedelta
from django.db.models.functions import Now
from server.accounts.models import User
User.objects.filter(username="{name}").update(joined_at=Now() - timedelta(days=92))
"""


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
async def test_home_offers_a_look_once(site: Fleet, browse: Browse, phone: bool) -> None:
    ann, bo = site.provision(people=2)["people"]
    at_bo = await browse(cookie=bo["cookie"], phone=phone)
    await live(at_bo)
    await expect(at_bo.get_by_role("link", name="Look", exact=True)).to_have_count(0)
    site.manage("shell", "-c", LONG_AGO.format(name=ann["username"]))
    page = await browse(cookie=ann["cookie"], phone=phone)
    other = await browse(cookie=ann["cookie"], dark=True)
    await expect(other.get_by_role("button", name="Not now")).to_be_visible(timeout=SOON)
    assert await troubles(other, "/ with the check-up, in the dark") == []
    look = page.get_by_role("link", name="Look", exact=True)
    await look.focus(timeout=SOON)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Privacy check-up")).to_be_visible(timeout=SOON)
    for part in ("Who knows that you are here", "What is shared by itself", "Who is let in"):
        await expect(page.get_by_role("heading", name=part)).to_be_visible(timeout=SOON)
    await expect(page.get_by_text("1 list of friends")).to_have_count(0)
    await expect(page.get_by_text("0 open invitations by link")).to_be_visible(timeout=SOON)
    assert await troubles(page, "/me/checkup") == []
    end = page.get_by_role("button", name="All is as I want it")
    await end.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You are asked again in three months")).to_be_visible(
        timeout=SOON
    )
    # On the other device it goes at once, and it does not come back with a new page.
    await expect(other.get_by_role("button", name="Not now")).to_have_count(0, timeout=SOON)
    await page.reload()
    await live(page)
    await expect(page.get_by_role("link", name="Look", exact=True)).to_have_count(0)
