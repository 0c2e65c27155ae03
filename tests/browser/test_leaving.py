"""Leaving for good on my page, turning round at the door, and what friends see of it."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests import factories
from tests.browser.conftest import Trouble
from tests.browser.test_looks import troubles
from tests.browser.test_second_step import give_password
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


async def test_leaving_by_keyboard_and_coming_back_on_a_phone(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["401 ", "400 ", "403", "404 ", "409 ", "WebSocket connection"]
    friend, who = site.provision(people=2, password=True)["people"]
    here = await browse(path="/sign-in")
    await give_password(here, who, "Username or email", "Password")
    await live(here)
    beside = await browse(cookie=who["cookie"])
    await live(beside)
    theirs = await browse(cookie=friend["cookie"], path="/people")
    await live(theirs)
    row = theirs.get_by_role("link", name=re.compile(re.escape(who["username"])))
    await expect(row.first).to_be_visible()
    there = await browse(cookie=friend["cookie"], path="/me")
    await live(there)
    await there.get_by_role("button", name="Delete my account").click()
    first = there.get_by_role("dialog")
    await expect(first.get_by_text("Something has to be handed over first")).to_be_visible()
    await expect(first.get_by_role("link", name="Fleet")).to_be_visible()
    assert await troubles(there, "what has to be handed over") == []

    await here.goto("/me")
    await live(here)
    await here.get_by_role("button", name="Delete my account").press("Enter")
    dialog = here.get_by_role("dialog")
    await expect(dialog.get_by_text("For 30 days you can come in")).to_be_visible()
    assert await troubles(here, "what leaving means") == []
    await dialog.get_by_role("button", name="Delete my account").press("Enter")
    await dialog.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    await dialog.get_by_label("Password", exact=True).press("Enter")
    await here.wait_for_url("**/sign-in", timeout=SOON)
    await expect(here.get_by_text("Your account will be deleted on")).to_be_visible()
    assert await troubles(here, "the door after leaving") == []
    await beside.wait_for_url("**/sign-in", timeout=SOON)
    await expect(row).to_have_count(0, timeout=SOON)

    phone = await browse(path="/sign-in", language="zh-CN", phone=True, dark=True)
    await give_password(phone, who, "用户名或邮箱", "密码")
    await expect(phone.get_by_role("heading", name="你正要离开。")).to_be_visible()
    await phone.get_by_role("button", name="撤销并进门").wait_for()
    assert await troubles(phone, "the way back on a phone") == []
    await phone.reload()
    await phone.get_by_role("button", name="就这样离开").click()
    await give_password(phone, who, "用户名或邮箱", "密码")
    await phone.get_by_role("button", name="撤销并进门").click()
    await live(phone)
    await expect(row.first).to_be_visible(timeout=SOON)
