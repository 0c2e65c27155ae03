"""A long chat: where reading starts, what does not move, the way back down, and what it costs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.two import SOON, Browse, live, say
from tests.fleet.harness import Fleet

STILL = 2.0
"""Pixels by which what one looks at may move when a page of history comes in above it."""

NODES = 1_500
SCRIPT_MS_A_FRAME = 30.0
"""Bounds of a chat of 10,000 messages; 370 nodes and 7 ms where this was written."""


@dataclass
class Reader:
    page: Page
    other: dict[str, Any]
    path: str

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def said(self, number: int) -> Locator:
        return self.log.locator(".msg").filter(has_text=re.compile(rf"message {number}\b"))

    async def shown(self, one: Locator) -> bool:
        """Whether it is within what the log shows, and not only drawn."""
        await expect(one).to_have_count(1, timeout=SOON)
        return bool(
            await one.evaluate(
                "one => { const at = one.getBoundingClientRect();"
                " const log = one.closest('[role=log]').getBoundingClientRect();"
                " return at.top >= log.top - 1 && at.bottom <= log.bottom + 1; }"
            )
        )

    async def wheel(self, by: int) -> None:
        box = await self.log.bounding_box()
        assert box
        await self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await self.page.mouse.wheel(0, by)


async def reader(site: Fleet, browse: Browse, messages: int, read: int) -> Reader:
    world = site.provision(people=2, messages=messages, read=read)
    path = f"/chats/{world['room_id']}"
    page = await browse(cookie=world["people"][0]["cookie"], path=path)
    await live(page)
    one = Reader(page, world["people"][1], path)
    await expect(one.log).to_be_visible()
    return one


async def test_reading_starts_at_the_first_unread(site: Fleet, browse: Browse) -> None:
    one = await reader(site, browse, messages=160, read=60)
    rule = one.log.locator(".rule.new")
    await expect(rule).to_have_text("100 new messages")
    await one.page.wait_for_timeout(1_000)
    assert await one.shown(rule)
    assert await one.shown(one.said(61))
    assert await one.said(160).count() == 0
    await expect(one.page.get_by_role("button", name="new messages below")).to_be_visible()


async def test_a_chat_that_was_read_opens_at_its_end_without_a_rule(
    site: Fleet, browse: Browse
) -> None:
    one = await reader(site, browse, messages=160, read=160)
    assert await one.shown(one.said(160))
    await expect(one.log.locator(".rule.new")).to_have_count(0)


async def test_history_is_endless_upwards_and_nothing_jumps(site: Fleet, browse: Browse) -> None:
    one = await reader(site, browse, messages=320, read=320)
    step = """async () => {
        const log = document.querySelector('[role=log]');
        const top = words => [...log.querySelectorAll('.msg')]
            .find(one => one.textContent === words)?.getBoundingClientRect().top;
        log.scrollBy(0, -1600);
        for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
        const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
        const words = [...log.querySelectorAll('.msg')]
            .find(one => one.getBoundingClientRect().bottom > middle).textContent;
        const before = top(words);
        await new Promise(done => setTimeout(done, 350));  // what was asked for has come meanwhile
        return Math.abs((top(words) ?? 9999) - before);
    }"""
    moved = []
    for _ in range(120):
        moved.append(await one.page.evaluate(step))
        if await one.said(1).count() and await one.shown(one.said(1)):
            break
    assert await one.shown(one.said(1))
    print(f"history: {len(moved)} steps to the first message, moved by at most {max(moved):.1f} px")
    assert max(moved) <= STILL
    await expect(one.log).to_contain_text("This is the beginning of")


async def test_the_way_down_to_where_the_unread_begins(site: Fleet, browse: Browse) -> None:
    one = await reader(site, browse, messages=320, read=320)
    bo = await browse(cookie=one.other["cookie"], path=one.path)
    await live(bo)
    for _ in range(12):
        await one.wheel(-1_600)
        await one.page.wait_for_timeout(100)
    pill = one.page.get_by_role("button", name="To the first of")
    await expect(one.page.get_by_role("button", name="To the latest message")).to_be_visible()
    await expect(pill).to_have_count(0)
    for number in range(321, 361):
        await say(bo, f"message {number}")
    await expect(pill).to_have_text("To the first of 40 new", timeout=15_000)
    await pill.click()
    rule = one.log.locator(".rule.new")
    await expect(rule).to_have_text("40 new messages")
    assert await one.shown(rule)
    assert await one.shown(one.said(321))
    await expect(pill).to_have_count(0)
    down = one.page.get_by_role("button", name=re.compile("below|latest"))
    await one.page.wait_for_timeout(500)  # the list settles where it was sent
    await down.last.click()
    await expect(one.said(360)).to_be_visible()
    assert await one.shown(one.said(360))


async def test_ten_thousand_messages_stay_light(site: Fleet, browse: Browse) -> None:
    one = await reader(site, browse, messages=10_000, read=10_000)
    session = await one.page.context.new_cdp_session(one.page)
    await session.send("Performance.enable")

    async def scripted() -> float:
        found = await session.send("Performance.getMetrics")
        return float({m["name"]: m["value"] for m in found["metrics"]}["ScriptDuration"])

    before = await scripted()
    seen = await one.page.evaluate(
        """async () => {
            const log = document.querySelector('[role=log]');
            let [nodes, frames, longest] = [0, 0, 0];
            new PerformanceObserver(list => {
                for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
            }).observe({ entryTypes: ['longtask'] });
            const first = () => log.textContent.includes('This is the beginning of');
            const started = performance.now();
            while (!first() && performance.now() - started < 150_000) {
                log.scrollTop = Math.max(0, log.scrollTop - 900);
                await new Promise(requestAnimationFrame);
                frames += 1;
                if (frames % 5 === 0)
                    nodes = Math.max(nodes, document.getElementsByTagName('*').length);
            }
            return { nodes, frames, longest, first: first(), took: performance.now() - started };
        }"""
    )
    each = (await scripted() - before) * 1000 / seen["frames"]
    print(
        f"10,000 messages in {seen['took'] / 1000:.0f} s and {seen['frames']} frames:"
        f" at most {seen['nodes']} nodes, {each:.1f} ms of script a frame,"
        f" longest task {seen['longest']:.0f} ms"
    )
    assert seen["first"]
    assert seen["nodes"] <= NODES
    assert each <= SCRIPT_MS_A_FRAME
    await one.log.press("End")
    await expect(one.said(10_000)).to_have_count(1, timeout=SOON)
    await one.page.wait_for_timeout(500)
    assert await one.shown(one.said(10_000))
