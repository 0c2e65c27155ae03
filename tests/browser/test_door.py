"""Coming in, going out, and being shown out from elsewhere."""

from __future__ import annotations

import secrets
import time

from playwright.async_api import expect

from tests import factories
from tests.browser.conftest import Trouble
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet

PASSWORD = factories.PASSWORD


async def test_sign_up_out_and_in(site: Fleet, browse: Browse, trouble: Trouble) -> None:
    trouble.forgiven += ["401 ", "400 "]
    page = await browse(path="/chats")
    await expect(page).to_have_url(f"{site.url}/sign-in?next=%2Fchats")
    await page.get_by_role("link", name="Make an account").click()
    name = f"new{secrets.token_hex(4)}"
    await page.get_by_label("Username", exact=True).fill(name)
    await page.get_by_label("Password", exact=True).fill("short")
    await page.get_by_role("button", name="Make my account").click()
    await expect(page.get_by_role("alert")).to_contain_text("At least eight characters")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Make my account").click()
    await live(page)

    await page.goto("/me")
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await expect(page).to_have_url(f"{site.url}/sign-in")
    await page.get_by_label("Username or email").fill(name)
    await page.get_by_label("Password", exact=True).fill("wrong-password-1")
    await page.get_by_role("button", name="Come in").click()
    await expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Come in").click()
    await live(page)


async def test_a_session_ended_elsewhere_leads_to_the_door(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    """Within two seconds, without a reload, and without coming back."""
    trouble.forgiven += ["401 ", "403", "WebSocket connection"]
    world = site.provision(people=2, password=True)
    who = world["people"][0]
    here = await browse(cookie=who["cookie"])
    await live(here)
    there = await browse(path="/sign-in")
    await there.get_by_label("Username or email").fill(who["username"])
    await there.get_by_label("Password", exact=True).fill(PASSWORD)
    await there.get_by_role("button", name="Come in").click()
    await live(there)

    await there.goto("/me")
    await there.get_by_role("button", name="Sign out there").first.click()
    started = time.monotonic()
    await here.wait_for_url("**/sign-in", timeout=SOON)
    assert time.monotonic() - started < 5
    await expect(here.get_by_text("You were signed out on this browser")).to_be_visible()
    await expect(there.get_by_text("this browser")).to_be_visible()
