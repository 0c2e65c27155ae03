"""Notices: live on the bell, read in one tab and so in all, why, no more of it, on every screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Trouble
from tests.browser.test_looks import tab_until, troubles
from tests.browser.two import SOON, Browse, live
from tests.factories import client_id
from tests.fleet.harness import Fleet

ALL_TABS = 2_000


async def ask(page: Page, path: str, body: dict[str, Any], method: str = "POST") -> Any:
    """What a page of this person's asks the server for."""
    return await page.evaluate(
        """async ([path, body, method]) => {
            const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
            const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
            const answer = await fetch(path, {method, headers, body: JSON.stringify(body)});
            if (!answer.ok) throw new Error(`${answer.status} ${path}`);
            return answer.status === 204 ? null : await answer.json();
        }""",
        [path, body, method],
    )


async def post(page: Page, text: str) -> int:
    draft = {"client_id": client_id(), "text": text, "audience": "friends"}
    made = await ask(page, "/api/posts", draft)
    return int(made["post"]["id"])


async def comment(page: Page, post_id: int, text: str) -> None:
    draft = {"client_id": client_id(), "post_id": post_id, "text": text}
    await ask(page, f"/api/posts/{post_id}/comments", draft)


def bell(page: Page) -> Any:
    """The number on the bell."""
    return page.locator('nav.rail a[href="/notices"] .badge')


async def test_live_on_the_bell_and_read_in_all_tabs(site: Fleet, browse: Browse) -> None:
    ann, bo = site.provision(people=2)["people"]
    one, other = [await browse(cookie=ann["cookie"]) for _ in range(2)]
    theirs = await browse(cookie=bo["cookie"])
    for page in (one, other, theirs):
        await live(page)
    before = await bell(one).all_inner_texts()
    mine = await post(one, "A lantern by the river")
    await comment(theirs, mine, "Where is that?")
    new = str(int(before[0] if before else 0) + 1)
    for page in (one, other):
        await expect(bell(page)).to_have_text(new, timeout=SOON)

    await one.locator('nav.rail a[href="/notices"]').click()
    line = one.get_by_role("link").filter(has_text="commented on your post").first
    await expect(line).to_contain_text(f"{bo['username']} commented on your post", timeout=SOON)
    await expect(line).to_contain_text("Where is that?")
    for page in (one, other):
        await expect(bell(page)).to_have_count(0, timeout=ALL_TABS)

    # The page is open: what comes now appears in it, marked as new, and is read at once.
    await comment(theirs, mine, "And when?")
    await expect(line).to_contain_text("And when?", timeout=SOON)
    for page in (one, other):
        await expect(bell(page)).to_have_count(0, timeout=SOON)
    await line.click()
    await one.wait_for_url(f"**/posts/{mine}")


async def test_why_and_no_more_of_it_by_keyboard(site: Fleet, browse: Browse) -> None:
    ann, bo = site.provision(people=2)["people"]
    page, theirs = await browse(cookie=ann["cookie"]), await browse(cookie=bo["cookie"])
    for one in (page, theirs):
        await live(one)
    mine = await post(page, "A quiet post")
    await comment(theirs, mine, "first")
    await page.goto("/notices")
    await live(page)
    about = page.get_by_role("button", name="commented on your post").first
    await expect(about).to_be_visible(timeout=SOON)
    await tab_until(page, "document.activeElement.ariaLabel?.includes('commented on your post')")
    await page.keyboard.press("Enter")
    why = page.get_by_role("dialog", name="Why do I get this?")
    await expect(why).to_contain_text("This is your post")
    await tab_until(page, "document.activeElement.innerText?.includes('about this post')")
    await page.keyboard.press("Enter")
    await expect(about).to_have_count(0, timeout=SOON)
    await comment(theirs, mine, "second")
    await page.wait_for_timeout(1_000)
    await expect(bell(page)).to_have_count(0)
    await page.goto("/notices/settings")
    await live(page)
    again = page.get_by_role("button", name="Hear of it again A quiet post")
    await again.click()
    await expect(again).to_have_count(0, timeout=SOON)
    likes = page.get_by_role("checkbox", name="Likes of my posts: Here")
    await likes.uncheck()
    await page.get_by_role("checkbox", name="Quiet hours").check()
    await expect(page.get_by_label("From")).to_have_value("22:00")
    await page.reload()
    await expect(likes).not_to_be_checked()
    await expect(page.get_by_label("To", exact=True)).to_have_value("07:00")


async def test_the_states_that_are_no_list(site: Fleet, browse: Browse, trouble: Trouble) -> None:
    trouble.forgiven += ["/api/notices", "503 "]
    [ann] = site.provision(people=1)["people"]
    page = await browse(cookie=ann["cookie"], path="/notices")
    await expect(page.get_by_text("Nothing yet")).to_be_visible(timeout=SOON)
    # Not one that the page tries again by itself: the button would go before it is pressed.
    refuse = '{"error":{"code":"internal","message":"","retry":false}}'

    async def fail(route: Any) -> None:
        await route.fulfill(status=500, content_type="application/json", body=refuse)

    await page.route("**/api/notices", fail)
    await page.goto("/notices")
    await expect(page.get_by_text("This did not load")).to_be_visible(timeout=SOON)
    await page.unroute("**/api/notices", fail)
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_text("Nothing yet")).to_be_visible(timeout=SOON)


async def test_a_link_in_a_letter_asks_before_it_ends_them(
    browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["401 ", "404 "]
    page = await browse(path="/unsubscribe/1~not-ours")
    await page.get_by_role("button", name="No more letters").click()
    await expect(page.get_by_text("This link is not known")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
async def test_notices_are_in_order_on_every_screen(
    site: Fleet, browse: Browse, language: str, phone: bool, dark: bool
) -> None:
    ann, bo = site.provision(people=2)["people"]
    theirs = await browse(cookie=bo["cookie"])
    page = await browse(cookie=ann["cookie"], language=language, phone=phone, dark=dark)
    for one in (page, theirs):
        await live(one)
    mine = await post(page, "A lantern by the river, and the boat that carries it home at night")
    await comment(theirs, mine, "Where is that? " * 12)
    await ask(theirs, f"/api/posts/{mine}/like", {}, "PUT")
    if language == "zh-CN":
        await ask(page, "/api/me", {"language": "zh"}, "PATCH")
    if phone:
        await page.goto("/")
        await live(page)
        await page.locator('.topbar a[href="/notices"]').click()
    else:
        await page.locator('nav.rail a[href="/notices"]').click()
    await expect(page.locator("li.line")).not_to_have_count(0, timeout=SOON)
    found = await troubles(page, "/notices")
    await page.locator("li.line button.tool").first.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.wait_for_timeout(400)
    found += await troubles(page, "why")
    await page.goto("/notices/settings")
    await live(page)
    await page.wait_for_timeout(400)
    found += await troubles(page, "/notices/settings")
    assert found == []
