"""A link from one person to another, who may not have an account yet."""

from __future__ import annotations

import secrets

from playwright.async_api import Page, expect

from tests import factories
from tests.browser.conftest import Trouble
from tests.browser.test_looks import serious, troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet


async def make_link(page: Page, uses: int) -> str:
    """Through the dialog, with the keyboard; returns the path of the link."""
    await page.goto("/people")
    await live(page)
    await page.get_by_role("button", name="Invite", exact=True).press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("For how many people").fill(str(uses))
    await dialog.get_by_label("For how many people").press("Enter")
    await expect(dialog.get_by_role("img", name="QR code of the invitation")).to_be_visible()
    assert await serious(page) == []
    link = await dialog.get_by_label("Link", exact=True).input_value()
    return "/" + link.split("/", 3)[3]


async def test_a_link_survives_the_making_of_an_account(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["401 ", "404 "]
    mei = site.provision(people=1)["people"][0]
    at_mei = await browse(cookie=mei["cookie"])
    path = await make_link(at_mei, 1)
    assert path.startswith("/invite/") and len(path) > len("/invite/") + 22

    new = await browse(path=path, phone=True, dark=True)
    await expect(new.get_by_text("Somebody invites you")).to_be_visible()
    assert mei["username"] not in await new.content(), "signed out, nobody is told who invites"
    await new.get_by_role("link", name="Make an account").click()
    await expect(new.get_by_text("Somebody invites you")).to_be_visible()
    name = f"new{secrets.token_hex(4)}"
    await new.get_by_label("Username", exact=True).fill(name)
    await new.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    await new.get_by_role("button", name="Make my account").click()
    await expect(new.get_by_role("heading", name=f"{mei['username']} invites you")).to_be_visible()
    assert await troubles(new, path) == []
    await new.get_by_role("button", name="Become friends").click()
    await expect(new.get_by_role("link", name="See their page")).to_be_visible(timeout=SOON)

    # Her dialog is still open: the link is used up and stands there no more; the friend does.
    await expect(at_mei.get_by_text("None. A link you make shows here")).to_be_visible(timeout=SOON)
    await at_mei.keyboard.press("Escape")
    await expect(at_mei.get_by_role("main").get_by_text(name).first).to_be_visible()

    late = site.provision(people=1)["people"][0]
    at_late = await browse(cookie=late["cookie"], path=path)
    shown = at_late.get_by_text("This invitation is no longer valid").last
    await expect(shown).to_be_visible(timeout=SOON)
