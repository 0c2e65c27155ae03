"""Home for somebody who is new, and from home to a vote about two things in five taps at most."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.test_looks import sideways, troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import Fleet

SMALL = {"width": 360, "height": 740}


class Taps:
    """Counts what a thumb does."""

    def __init__(self, page: Page):
        self._page, self.count = page, 0

    async def on(self, name: str, *, among: str = "body", place: int = 0) -> None:
        button = self._page.locator(among).get_by_role("button", name=name)
        await button.nth(place).tap()
        self.count += 1


async def test_three_things_lead_somebody_who_is_new_and_a_vote_takes_five_taps(
    site: Fleet, browse: Browse
) -> None:
    site.provision(people=1, shop=True)  # another thing to choose
    world = site.provision(people=1, shop=True)
    page = await browse(cookie=world["people"][0]["cookie"], phone=True)
    await page.set_viewport_size(SMALL)
    await live(page)
    await expect(page.get_by_role("heading", name="Three things to begin with")).to_be_visible()
    await expect(page.get_by_text("0 of 3")).to_be_visible()
    assert await troubles(page, "/, first steps") == []

    # Looked at, and so at hand; kept, and so a step done.
    await page.goto(f"/items/{world['shop']['item_id']}")
    await live(page)
    await page.locator(".topbar .keep").tap()
    await expect(page.locator(".topbar .keep")).to_have_attribute("aria-pressed", "true")
    await page.goto("/")
    await live(page)
    await expect(page.get_by_text("1 of 3")).to_be_visible(timeout=SOON)
    going_on = page.get_by_role("region", name="Continue deciding")
    await expect(going_on.get_by_role("listitem")).to_have_count(1)

    taps = Taps(page)
    await taps.on("Vote", among=".composer")
    shelf = page.get_by_role("dialog").get_by_role("list", name="Tap what it is about")
    await expect(shelf.get_by_role("button").nth(1)).to_be_visible(timeout=SOON)
    for place in (0, 1):
        await shelf.get_by_role("button").nth(place).tap()
        taps.count += 1
    assert await troubles(page, "/, a vote about two things") == []
    send = await page.locator("[role=dialog] form .send").bounding_box()
    assert send and send["x"] + send["width"] <= SMALL["width"]
    await taps.on("Ask", among="[role=dialog] form .send")
    assert taps.count <= 5
    await expect(page.get_by_role("dialog")).to_be_hidden(timeout=SOON)
    question = page.get_by_role("main").get_by_text("Which one?")
    await expect(question.first).to_be_visible(timeout=SOON)
    await expect(page.get_by_text("2 of 3")).to_be_visible(timeout=SOON)
    assert await sideways(page) <= 0

    # The vote is what there is to decide now; its thing stands there no more beside it.
    await page.reload()
    await live(page)
    await expect(going_on.get_by_text("Which one?")).to_be_visible(timeout=SOON)
    await page.get_by_role("button", name="Put this away").tap()
    await page.reload()
    await live(page)
    await expect(going_on.get_by_text("Which one?")).to_be_visible(timeout=SOON)
    await expect(page.get_by_text("of 3")).to_have_count(0)


async def test_by_keyboard_alone_on_a_wide_screen_at_night_in_chinese(
    site: Fleet, browse: Browse
) -> None:
    site.provision(people=1, shop=True)  # another thing to choose
    world = site.provision(people=1, shop=True)
    page = await browse(cookie=world["people"][0]["cookie"], dark=True)
    await live(page)
    await page.get_by_role("button", name="中文 / English").press("Enter")
    await expect(page.get_by_role("heading", name="先来三件小事")).to_be_visible()
    # By keyboard alone: to the vote, two things, and ask.
    await page.get_by_role("button", name="问问大家").press("Enter")
    shelf = page.get_by_role("dialog").get_by_role("list", name="点一点要比的东西")
    for place in (0, 1):
        await shelf.get_by_role("button").nth(place).press("Space")
    await expect(shelf.locator('[aria-pressed="true"]')).to_have_count(2)
    assert await troubles(page, "/, 投票") == []
    await page.get_by_role("dialog").locator(".send button").first.press("Enter")
    await expect(page.get_by_text("1/3")).to_be_visible(timeout=SOON)
