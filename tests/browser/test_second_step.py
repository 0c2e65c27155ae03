"""The second step of signing in: turned on by keyboard, asked for on a phone, turned off again."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from tests import factories
from tests.accounts.second_step import app_code, wrong_code_near
from tests.browser.conftest import Trouble
from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet

STEP_SECONDS = 30


def step_now() -> int:
    return int(time.time()) // STEP_SECONDS


async def turn_on(page: Page) -> tuple[str, list[str]]:
    """On my page, with the keyboard alone; returns the key and the recovery codes, as a file."""
    await page.get_by_role("button", name="Turn on the second step").press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Password", exact=True)).to_be_focused()
    await dialog.get_by_label("Password", exact=True).fill("wrong-password-1")
    await dialog.get_by_label("Password", exact=True).press("Enter")
    await expect(dialog.get_by_role("alert")).to_contain_text("This is not your password")
    await dialog.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    await dialog.get_by_label("Password", exact=True).press("Enter")
    await expect(dialog.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    assert await troubles(page, "the dialog with the QR code") == []
    secret = (await dialog.locator("[data-secret]").inner_text()).replace(" ", "")
    code = dialog.get_by_label("The code it shows now")
    await code.fill(wrong_code_near(secret, step_now()))
    await code.press("Enter")
    await expect(dialog.get_by_role("alert")).to_contain_text("This code is not right")
    await code.fill(app_code(secret, step_now() - 1))
    await code.press("Enter")
    shown = dialog.get_by_role("listitem")
    await expect(shown).to_have_count(10)
    assert await troubles(page, "the recovery codes") == []
    async with page.expect_download() as downloading:
        await dialog.get_by_role("button", name="Download").press("Enter")
    file = await (await downloading.value).path()
    codes = re.findall(r"^\d{4} \d{4}$", Path(file).read_text(), re.M)
    assert codes == [text.strip() for text in await shown.all_inner_texts()]
    await dialog.get_by_role("button", name="I have kept them").press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text("10 recovery codes are left.")).to_be_visible()
    return secret, codes


async def give_password(page: Page, who: dict[str, Any], login: str, password: str) -> None:
    await page.get_by_label(login).fill(who["username"])
    await page.get_by_label(password, exact=True).fill(factories.PASSWORD)
    await page.get_by_label(password, exact=True).press("Enter")


async def test_on_by_keyboard_then_in_by_code_on_a_phone_and_off_again(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["401 ", "400 ", "403", "404 ", "WebSocket connection"]
    [who] = site.provision(people=1, password=True)["people"]
    here = await browse(path="/sign-in")
    await give_password(here, who, "Username or email", "Password")
    await live(here)
    there = await browse(cookie=who["cookie"])
    await live(there)
    await here.goto("/me")
    await live(here)
    secret, codes = await turn_on(here)
    await expect(here.get_by_role("button", name="New recovery codes")).to_be_focused()
    await there.wait_for_url("**/sign-in", timeout=SOON)
    await expect(here.get_by_role("button", name="Sign out there")).to_have_count(0)
    await live(here)

    phone = await browse(path="/sign-in?next=%2Fme", language="zh-CN", phone=True, dark=True)
    await give_password(phone, who, "用户名或邮箱", "密码")
    code = phone.get_by_label("验证码")
    await expect(code).to_be_focused()
    assert await troubles(phone, "the door of the second step") == []
    await phone.set_viewport_size({"width": 320, "height": 640})
    assert await troubles(phone, "the same on a narrow phone") == []
    await code.fill(wrong_code_near(secret, step_now()))
    await code.press("Enter")
    await expect(phone.get_by_role("alert")).to_contain_text("验证码不对")
    await phone.reload()  # as after a look into the other app
    await code.fill(app_code(secret, step_now()))
    await code.press("Enter")
    await live(phone)
    await expect(phone.get_by_text("10 recovery codes are left.")).to_be_visible()  # their language

    await give_password(there, who, "Username or email", "Password")
    for used in (app_code(secret, step_now()), app_code(secret, step_now() - 1)):
        await there.get_by_label("Code", exact=True).fill(used)
        await there.get_by_label("Code", exact=True).press("Enter")
        await expect(there.get_by_role("alert")).to_contain_text("was used already")
    await there.get_by_label("Code", exact=True).fill(codes[0])
    await there.get_by_label("Code", exact=True).press("Enter")
    await live(there)

    await here.get_by_role("button", name="Turn off the second step").press("Enter")
    dialog = here.get_by_role("dialog")
    await dialog.get_by_role("button", name="Turn off the second step").press("Enter")
    await expect(here.get_by_role("button", name="Turn on the second step")).to_be_visible()
    await phone.wait_for_url("**/sign-in", timeout=SOON)
    await give_password(phone, who, "Username or email", "Password")
    await live(phone)
