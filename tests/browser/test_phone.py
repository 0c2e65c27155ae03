"""A telephone number: given by keyboard, its code read on the terminal, removed on a phone."""

from __future__ import annotations

import asyncio
import re
from time import monotonic

from playwright.async_api import Page, expect

from tests import factories
from tests.browser.conftest import Trouble
from tests.browser.test_looks import troubles, troubles_day_and_night
from tests.browser.test_takeout import jobs
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet

NUMBER = "+86 138 0013 8000"


def codes(site: Fleet) -> list[str]:
    """What the console provider has written so far."""
    log = site.folder / "jobs.log"
    text = log.read_text(errors="replace") if log.exists() else ""
    return re.findall(r"^@\S+ #(\d{6})$", text, re.M)


async def next_code(site: Fleet, before: int) -> str:
    deadline = monotonic() + 20
    while len(found := codes(site)) <= before:
        assert monotonic() < deadline, "no code was sent"
        await asyncio.sleep(0.1)
    return found[-1]


async def password(page: Page, label: str = "Password") -> None:
    field = page.get_by_role("dialog").get_by_label(label, exact=True)
    await expect(field).to_be_focused()
    await field.fill(factories.PASSWORD)
    await field.press("Enter")


async def test_given_by_keyboard_and_removed_on_a_phone(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["401 ", "403", "409 ", "422 ", "429 "]
    first, second = site.provision(people=2, password=True)["people"]
    here = await browse(cookie=first["cookie"], path="/me")
    phone = await browse(cookie=first["cookie"], path="/me", phone=True, dark=True)
    for page in (here, phone):
        await live(page)
        await expect(page.get_by_text("You have given none. Nobody else is shown")).to_be_visible()
    found = await troubles(here, "no number")

    await here.get_by_role("button", name="Give a number").press("Enter")
    dialog = here.get_by_role("dialog")
    number = dialog.get_by_label("Mobile number")
    await expect(number).to_be_focused()
    await dialog.get_by_label("Country or region").select_option("DE")
    await expect(number).to_have_value("+49 ")
    await number.fill("+49 30 901820")
    await number.press("Enter")
    await password(here)
    await expect(dialog.get_by_role("alert")).to_contain_text("mobile numbers only")
    found += await troubles_day_and_night(here, "a number of no mobile")
    await number.fill(NUMBER)
    await expect(dialog.get_by_label("Country or region")).to_have_value("CN")
    before = len(codes(site))
    await number.press("Enter")
    code = dialog.get_by_label("The code from the text")
    await expect(code).to_be_focused()
    await expect(code).to_have_attribute("autocomplete", "one-time-code")
    await expect(dialog.get_by_text(f"The code for {NUMBER} is on its way.")).to_be_visible()
    await expect(
        dialog.get_by_role("button", name=re.compile("Another code in 0:"))
    ).to_be_disabled()
    with jobs(site):
        sent = await next_code(site, before)
        await expect(dialog.get_by_text(f"A code went to {NUMBER}.")).to_be_visible(timeout=20_000)
    await code.fill(f"{(int(sent) + 1) % 1_000_000:06}")
    await code.press("Enter")
    await expect(dialog.get_by_role("alert")).to_contain_text("This is not the code")
    await expect(dialog.get_by_text("4 tries are left")).to_be_visible()
    await expect(code).to_be_focused()
    found += await troubles_day_and_night(here, "a wrong code")
    await here.reload()  # as after a look into another app
    await expect(here.get_by_text(f"A code went to {NUMBER}. It is good for")).to_be_visible()
    await here.get_by_role("button", name="Enter the code").press("Enter")
    await expect(dialog.get_by_text("4 tries are left")).to_be_visible()
    await code.fill(f"{sent[:3]} {sent[3:]}")
    await code.press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(here.get_by_text(NUMBER)).to_be_visible()
    await expect(here.get_by_role("button", name="Change the number")).to_be_focused()

    await expect(phone.get_by_text(NUMBER)).to_be_visible(timeout=SOON)
    found += await troubles(phone, "a number on a phone")
    await somebody_else(site, browse, second["cookie"])

    await phone.get_by_role("button", name="Remove the number").tap()
    await expect(phone.get_by_text("is then nobody's here")).to_be_visible()
    found += await troubles(phone, "to remove it")
    sheet = phone.get_by_role("dialog")
    # The password was given in this session, minutes ago.
    await sheet.get_by_role("button", name="Remove the number").tap()
    for page in (phone, here):
        await expect(page.get_by_text("You have given none. Nobody else")).to_be_visible(
            timeout=SOON
        )
    assert found == []


async def somebody_else(site: Fleet, browse: Browse, cookie: str) -> None:
    """In Chinese, on a phone: the same number is asked for like any other, and only the code of it
    tells that it is taken."""
    page = await browse(cookie=cookie, path="/me", language="zh-CN", phone=True)
    await live(page)
    await page.get_by_role("button", name="中文", exact=True).click()
    await page.get_by_role("button", name="填手机号").tap()
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_label("国家或地区")).to_have_value("CN")
    await sheet.get_by_label("手机号码").fill(NUMBER)
    before = len(codes(site))
    await sheet.get_by_role("button", name="发送验证码").tap()
    await password(page, "密码")
    await expect(sheet.get_by_text(f"给 {NUMBER} 的验证码正在发送")).to_be_visible()
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await troubles(page, "the code on a narrow phone") == []
    with jobs(site):
        sent = await next_code(site, before)
    await sheet.get_by_label("短信里的验证码").fill(sent)
    await sheet.get_by_role("button", name="确认").tap()
    await expect(sheet.get_by_role("alert")).to_contain_text("另一个账号用着这个号码")
    assert await troubles(page, "a number that is taken") == []
