"""What one writes, changes and takes back, the other sees, on another worker, without reloading."""

from __future__ import annotations

import asyncio

from playwright.async_api import expect

from tests.browser.conftest import Trouble
from tests.browser.two import SOON, Browse, box, live, meet, message, say, sees
from tests.factories import pixels
from tests.fleet.harness import Fleet


async def test_two_people_talk_across_workers(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    # Said again every 2.5 s of writing: the first time may find Bo's page on its way into the room.
    await box(two.ann).press_sequentially("Which tent is lighter, now", delay=130)
    await expect(two.bo.locator(".typing")).to_be_visible(timeout=SOON)
    await say(two.ann, "Which tent is lighter? 哪顶更轻 🎒")
    for page in (two.ann, two.bo):
        await sees(page, "Which tent is lighter? 哪顶更轻 🎒")
    await expect(two.bo.locator(".typing .dots")).to_be_hidden(timeout=SOON)
    await say(two.bo, "The green one")
    await sees(two.ann, "The green one")
    await expect(message(two.bo, "The green one").locator(".st")).to_contain_text(
        "Read", timeout=SOON
    )


async def test_a_message_is_sent_then_delivered_then_read(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.ann.goto(two.room_path)
    await two.bo.goto("about:blank")
    await say(two.ann, "Are you there?")
    state = message(two.ann, "Are you there?").locator(".st")
    await expect(state).to_contain_text("Sent", timeout=SOON)
    await two.bo.goto("/")
    await expect(state).to_contain_text("Delivered", timeout=SOON)
    await say(two.ann, "There you are")
    state = message(two.ann, "There you are").locator(".st")
    await expect(state).to_contain_text("Delivered", timeout=SOON)
    await two.bo.goto(two.room_path)
    await expect(state).to_contain_text("Read", timeout=SOON)


async def test_a_change_a_reaction_and_a_deletion_arrive(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    await say(two.ann, "four hundred yuan")
    await sees(two.bo, "four hundred yuan")

    await box(two.ann).press("ArrowUp")
    await box(two.ann).fill("five hundred yuan")
    await box(two.ann).press("Enter")
    await sees(two.bo, "five hundred yuan")
    await expect(message(two.bo, "four hundred yuan")).to_have_count(0)

    row = message(two.bo, "five hundred yuan")
    await row.hover()
    await row.get_by_role("button", name="React", exact=True).click()
    await two.bo.get_by_role("button", name="React with 👍").first.click()
    await expect(message(two.ann, "five hundred yuan").locator(".react")).to_contain_text(
        "👍", timeout=SOON
    )

    await message(two.ann, "five hundred yuan").hover()
    await message(two.ann, "five hundred yuan").get_by_role("button", name="More").click()
    await two.ann.get_by_role("menuitem", name="Delete").click()
    await expect(message(two.bo, "five hundred yuan")).to_have_count(0, timeout=15_000)
    await expect(two.bo.get_by_role("log")).to_contain_text("Deleted message")


async def test_words_never_run(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    for page in (two.ann, two.bo):
        await page.evaluate("window.ran = 0")
    hostile = [
        "<img src=x onerror=window.ran=1>",
        "<script>window.ran=1</script>",
        "javascript:window.ran=1",
        "[x](javascript:window.ran=1)",
        '"><svg onload=window.ran=1>',
        'https://evil.example/"onmouseover=window.ran=1',
    ]
    for words in hostile:
        await say(two.ann, words)
    for page in (two.ann, two.bo):
        await sees(page, "<script>window.ran=1</script>")
        await sees(page, '"><svg onload=window.ran=1>')
        links = page.get_by_role("log").locator("a")
        for link in await links.all():
            href = await link.get_attribute("href") or ""
            assert href.startswith(("https://", "http://", "mailto:", "/")), href
            await link.hover()
        assert await page.evaluate("window.ran") == 0
        assert (
            await page.get_by_role("log").locator("script, svg[onload], img[onerror]").count() == 0
        )


async def test_a_draft_survives_a_reload(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    await box(two.ann).fill("not finished yet")
    await asyncio.sleep(1)
    await two.ann.reload()
    await live(two.ann)
    await expect(box(two.ann)).to_have_value("not finished yet")


async def test_the_truth_about_the_connection_and_the_outbox(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    """Offline: said plainly, what is written waits; back: it goes by itself, once."""
    trouble.forgiven += ["ERR_INTERNET_DISCONNECTED", "WebSocket connection"]
    two = await meet(site, browse)
    await two.both(two.room_path)
    await two.ann.context.set_offline(True)
    await two.ann.evaluate("dispatchEvent(new Event('offline'))")
    await expect(two.ann.locator("[data-truth=offline]")).to_have_count(1, timeout=SOON)
    await say(two.ann, "written in the tunnel")
    await say(two.bo, "said meanwhile")
    await expect(two.ann.locator(".conn.off")).to_contain_text("One thing waits", timeout=SOON)
    assert await message(two.bo, "written in the tunnel").count() == 0

    await two.ann.context.set_offline(False)
    await two.ann.evaluate("dispatchEvent(new Event('online'))")
    for page in (two.ann, two.bo):
        await sees(page, "written in the tunnel", within=15_000)
        await sees(page, "said meanwhile", within=15_000)
    await expect(two.ann.locator("[data-truth=live]")).to_have_count(1, timeout=SOON)


async def test_a_killed_worker_is_a_blink(site: Fleet, browse: Browse, trouble: Trouble) -> None:
    trouble.forgiven += ["WebSocket connection", "ERR_CONNECTION", "Failed to load resource"]
    two = await meet(site, browse)
    await two.both(two.room_path)
    await say(two.ann, "before the fall")
    await sees(two.bo, "before the fall")
    for index in range(site.workers):
        site.kill_worker(index)
    await say(two.ann, "during the fall")
    for page in (two.ann, two.bo):
        await sees(page, "during the fall", within=40_000)
        await sees(page, "before the fall", within=SOON)


async def test_a_picture_arrives_without_its_secrets(site: Fleet, browse: Browse) -> None:
    """Chosen, sent, shown on the other side; and nobody outside the chat can open its address."""
    two = await meet(site, browse)
    await two.both(two.room_path)
    file = {"name": "tent.png", "mimeType": "image/png", "buffer": pixels(900, 600, "seagreen")}
    await two.ann.locator("main input[type=file]").first.set_input_files([file])
    await two.ann.get_by_role("button", name="Send", exact=True).click()
    picture = two.bo.get_by_role("log").locator(".msg img[src*='/media/']").first
    await expect(picture).to_be_visible(timeout=15_000)
    address = await picture.get_attribute("src")
    assert address
    stranger = site.provision(people=1)["people"][0]
    for who, status in ((two.people[1], 200), (stranger, 404)):
        answer = await two.ann.context.browser.new_context(base_url=site.url)  # type: ignore[union-attr]
        cookie = {"name": "sessionid", "value": who["cookie"], "url": site.url}
        await answer.add_cookies([cookie])  # type: ignore[list-item]
        assert (await answer.request.get(address)).status == status
        await answer.close()
