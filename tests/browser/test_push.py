"""A push on its whole road: switched on by keyboard, sent by a job to a push service of ours, read
with the browser's own key, shown by the service worker, and opened.

Chromium's own push service is somewhere on the internet: what it would say of a subscription is
said here instead, and what it would bring is handed to the service worker through DevTools. Without
a screen it shows no notifications: one of each tag is kept here, as the standard has it.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from server.notices import push
from tests.browser.conftest import ROOMY, Trouble
from tests.browser.test_looks import tab_until
from tests.browser.test_notices import ask, comment, post
from tests.browser.two import SOON, live
from tests.fleet.harness import Fleet
from tests.notices.pushed import Browser, Service
from tests.services.plugin import services

SUBSCRIBED = """
([endpoint, p256dh, auth]) => {
    // A Chromium without a screen says "denied" here whatever it was granted.
    Object.defineProperty(Notification, "permission", {get: () => "granted"});
    const made = {endpoint, toJSON: () => ({endpoint, keys: {p256dh, auth}})};
    made.unsubscribe = async () => { localStorage.removeItem("pushed"); return true; };
    PushManager.prototype.getSubscription = async () => localStorage.pushed ? made : null;
    PushManager.prototype.subscribe = async (options) => {
        if (!options.userVisibleOnly) throw new Error("it would be silent");
        localStorage.pushed = options.applicationServerKey;
        return made;
    };
}
"""

SCREEN = """() => {
    self.screen = new Map();
    registration.showNotification = async (title, {body, tag, data}) => {
        const close = () => self.screen.delete(tag);
        self.screen.set(tag, {title, body, data, close});
    };
}"""
TAPPED = """() => {
    const [notification] = self.screen.values();
    dispatchEvent(Object.assign(new ExtendableEvent("notificationclick"), {notification}));
}"""
SHOWN = "() => [...self.screen.values()].map(({title, body, data}) => ({title, body, data}))"


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


async def brought(page: Page, content: str) -> None:
    """The browser's push service brings this to the site's service worker."""
    line = await page.context.new_cdp_session(page)
    seen: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def updated(told: dict[str, Any]) -> None:
        for one in told["registrations"]:
            if not one["isDeleted"] and not seen.done():
                seen.set_result(one["registrationId"])

    line.on("ServiceWorker.workerRegistrationUpdated", updated)
    await line.send("ServiceWorker.enable")
    origin = "/".join(page.url.split("/")[:3])
    what = {"origin": origin, "registrationId": await asyncio.wait_for(seen, 10), "data": content}
    await line.send("ServiceWorker.deliverPushMessage", what)
    await line.detach()


async def shown(page: Page, count: int) -> list[dict[str, Any]]:
    """What is on the screen, when it is so many."""
    [worker] = page.context.service_workers
    for _ in range(100):
        found: list[dict[str, Any]] = await worker.evaluate(SHOWN)
        if len(found) == count:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(found)


async def switch(page: Page) -> None:
    """Press the switch by keyboard."""
    await page.locator("#main").focus()
    await tab_until(
        page,
        "document.activeElement.closest('label')?.innerText.startsWith('Push to this browser')",
    )
    await page.keyboard.press("Space")


async def test_from_a_comment_to_the_lock_screen(
    chromium: Chromium, trouble: Trouble, service: Service
) -> None:
    browser = Browser()
    keys = [service.endpoint, push.text64(browser.key), push.text64(browser.secret)]
    extra = {"DJANGO_SETTINGS_MODULE": "tests.browser.push_settings"}
    async with Fleet(services.subfolder("push"), workers=1, jobs=1, extra=extra) as site:
        ann, bo = site.provision(people=2)["people"]
        pages = []
        for who in (ann, bo):
            context = await chromium.new_context(base_url=site.url, viewport=ROOMY)
            await context.add_cookies(
                [{"name": "sessionid", "value": who["cookie"], "url": site.url}]
            )
            await context.grant_permissions(["notifications"])
            await context.add_init_script(f"({SUBSCRIBED})({json.dumps(keys)})")
            page = await context.new_page()
            trouble.watch(page)
            await page.goto("/notices/settings")
            await live(page)
            pages.append(page)
        page, theirs = pages
        mine = await post(page, "A lantern by the river")
        async with page.expect_response("**/api/notices/push") as answer:
            await switch(page)
        assert (await answer.value).status == 204
        box = page.get_by_role("checkbox", name="Push to this browser")
        await expect(box).to_be_checked(timeout=SOON)
        await page.reload()
        await expect(box).to_be_checked(timeout=SOON)

        await comment(theirs, mine, "Where is that?")
        for _ in range(300):
            if service.taken:
                break
            await asyncio.sleep(0.1)
        [(_, headers, body)] = service.taken
        assert headers["Authorization"].startswith("vapid t=")
        assert b"Where is that?" not in body
        content = browser.read(body).decode()
        [worker] = page.context.service_workers
        await worker.evaluate(SCREEN)
        await brought(page, content)
        [there] = await shown(page, 1)
        assert bo["username"] in there["title"] + there["body"]
        assert "Where is that?" in there["body"]

        # The same again, as a push service may: it takes the place of the first.
        await brought(page, content)
        await asyncio.sleep(0.3)
        await shown(page, 1)
        await worker.evaluate(TAPPED)
        await page.wait_for_url(f"**/posts/{mine}*", timeout=SOON)
        await shown(page, 0)

        # What is not ours is shown as well, and leads nowhere else.
        await brought(page, "no JSON")
        [there] = await shown(page, 1)
        assert there["data"]["path"] == "/notices"

        await page.goto("/notices/settings")
        await live(page)
        await switch(page)
        await expect(box).not_to_be_checked(timeout=SOON)
        assert await ask(page, "/api/notices/push/end", {"endpoint": service.endpoint}) is None
        for one in pages:
            await one.context.close()
    assert not trouble.said, trouble.said
