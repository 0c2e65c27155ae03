"""What could not be had comes by itself: nobody reloads anything."""

from __future__ import annotations

import re

from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Trouble
from tests.browser.two import SOON, Browse, live, meet, message, say, sees
from tests.fleet.harness import Fleet

NO_NETWORK = ["ERR_INTERNET_DISCONNECTED", "WebSocket connection", "Failed to fetch"]
RESTART = 40_000


async def offline(page: Page) -> None:
    await page.context.set_offline(True)
    await page.evaluate("dispatchEvent(new Event('offline'))")
    await expect(page.locator("[data-truth=offline]")).to_have_count(1, timeout=SOON)


async def online(page: Page) -> None:
    await page.context.set_offline(False)
    await page.evaluate("dispatchEvent(new Event('online'))")


async def test_a_chat_and_a_place_first_opened_offline(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += NO_NETWORK
    two = await meet(site, browse)
    await two.bo.goto(two.room_path)
    await live(two.bo)
    await say(two.bo, "said before the tunnel")
    await two.ann.goto("/chats")
    await live(two.ann)
    await expect(two.ann.get_by_role("link", name="said before the tunnel")).to_be_visible()

    await offline(two.ann)
    await say(two.bo, "said meanwhile")
    await two.ann.locator(f'a[href="{two.room_path}"]').first.click()
    await expect(two.ann.get_by_role("alert")).to_contain_text("No connection", timeout=SOON)
    assert await message(two.ann, "said before the tunnel").count() == 0
    await online(two.ann)
    await sees(two.ann, "said before the tunnel", within=15_000)
    await sees(two.ann, "said meanwhile", within=15_000)

    await offline(two.ann)
    await two.ann.locator('nav.rail a[href="/votes"]').click()
    alone = two.ann.locator("main.alone")
    await expect(alone.get_by_role("alert")).to_be_visible(timeout=SOON)
    await online(two.ann)
    await expect(two.ann.get_by_role("button", name="Start a vote").first).to_be_visible(
        timeout=15_000
    )


async def test_a_page_opened_while_the_server_restarts_comes_alive(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["WebSocket connection", "ERR_CONNECTION", "ERR_EMPTY_RESPONSE"]
    who = site.provision(people=2)["people"][0]
    page = await browse(cookie=who["cookie"], path="/healthz")
    fallen = []

    async def fall(route: Route) -> None:
        if not fallen:
            fallen.append(True)
            for index in range(site.workers):
                site.kill_worker(index)
            await route.abort("connectionrefused")
        else:
            await route.continue_()

    await page.route("**/api/me", fall)
    await page.goto("/")
    await expect(page.get_by_role("alert")).to_be_visible(timeout=SOON)
    await expect(page.locator("[data-truth=live]").first).to_be_attached(timeout=RESTART)
    await expect(page.get_by_text("Found something?").first).to_be_visible()


async def test_brought_back_into_a_group_with_its_chat_open(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    await say(two.ann, "first words")
    await say(two.ann, "words to be taken back")
    await sees(two.bo, "words to be taken back")
    name = two.people[1]["username"]
    await two.ann.get_by_role("button", name=f"Remove {name}").click()
    await two.ann.get_by_role("dialog").get_by_role("button", name=f"Remove {name}").click()
    await expect(two.bo.get_by_text("You are not in this group any more. What")).to_be_visible(
        timeout=SOON
    )

    await message(two.ann, "words to be taken back").hover()
    await message(two.ann, "words to be taken back").get_by_role("button", name="More").click()
    await two.ann.get_by_role("menuitem", name="Delete").click()
    await expect(message(two.ann, "words to be taken back")).to_have_count(0, timeout=SOON)
    await say(two.ann, "said without Bo")
    # Deleting may be undone for five seconds.
    await two.ann.wait_for_timeout(6_000)
    await expect(message(two.bo, "words to be taken back")).to_have_count(1)

    await two.ann.get_by_role("button", name="Add friends").click()
    dialog = two.ann.get_by_role("dialog")
    await dialog.get_by_text(name).first.click()
    await dialog.get_by_role("button", name=re.compile("Add$")).click()
    await sees(two.bo, "said without Bo")
    await sees(two.bo, "first words")
    await expect(message(two.bo, "words to be taken back")).to_have_count(0)
