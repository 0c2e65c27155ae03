"""More than plain words in a chat: earlier wordings, mentions, replies, items, and rich choices."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.two import SOON, Browse, Two, box, live, meet, message, say, sees
from tests.factories import pixels
from tests.fleet.harness import Fleet


async def test_the_earlier_wording_can_be_read_by_the_other(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    await say(two.ann, "at seven")
    await sees(two.bo, "at seven")
    await expect(two.bo.get_by_role("button", name=re.compile("^Edited"))).to_have_count(0)
    for words in ("at eight", "at nine"):
        await box(two.ann).press("ArrowUp")
        await box(two.ann).fill(words)
        await box(two.ann).press("Enter")
        await sees(two.bo, words)
    await two.bo.get_by_role("button", name=re.compile("^Edited")).click()
    history = two.bo.get_by_role("dialog").get_by_role("listitem")
    await expect(history).to_have_count(3)
    for entry, words in zip(await history.all(), ("at nine", "at eight", "at seven"), strict=True):
        await expect(entry).to_contain_text(words)


async def test_a_mention_is_picked_by_keyboard_and_stands_out_for_whom_it_means(
    site: Fleet, browse: Browse
) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    name = two.people[1]["username"]
    await box(two.ann).press_sequentially(f"Ask @{name[:4]}", delay=20)
    option = two.ann.get_by_role("option", name=name)
    await expect(option).to_be_visible()
    await expect(option).to_have_attribute("aria-selected", "true")
    await box(two.ann).press("Enter")
    await expect(box(two.ann)).to_have_value(f"Ask @{name} ")
    await box(two.ann).press_sequentially("first")
    await box(two.ann).press("Enter")
    await sees(two.bo, "first")
    for page, mine in ((two.bo, True), (two.ann, False)):
        mention = page.get_by_role("log").locator("a.mention")
        await expect(mention).to_have_text(f"@{name}")
        await expect(mention).to_have_attribute("href", f"/people/{two.people[1]['id']}")
        assert ("me" in (await mention.get_attribute("class") or "").split()) is mine
    plain, marked = [
        await page.get_by_role("log")
        .locator("a.mention")
        .evaluate("one => getComputedStyle(one).backgroundColor")
        for page in (two.ann, two.bo)
    ]
    assert plain != marked
    # The sign alone, or a name nobody has, means nobody.
    await say(two.ann, "mail me @home or @nobody-here")
    await sees(two.bo, "mail me")
    await expect(message(two.bo, "mail me").locator("a.mention")).to_have_count(0)


async def test_a_reply_carries_what_it_answers_and_leads_there(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    await say(two.ann, "Which colour?")
    for number in range(30):
        await say(two.ann, f"line {number}")
    await sees(two.bo, "line 29")
    await two.bo.get_by_role("log").evaluate("log => log.scrollTo(0, 0)")
    row = message(two.bo, "Which colour?")
    await row.hover()
    await row.get_by_role("button", name="Reply", exact=True).click()
    await expect(two.bo.get_by_text(re.compile("^Replying to"))).to_be_visible()
    await say(two.bo, "The green one")
    await sees(two.ann, "The green one")
    quote = two.ann.get_by_role("log").locator(".quote")
    await expect(quote).to_contain_text("Which colour?")
    await quote.click()
    # The answer quotes it, so two rows have the words: the one without a quote is the question.
    question = two.ann.get_by_role("log").locator(".msg:not(:has(.quote))")
    question = question.filter(has_text="Which colour?")
    await expect(question).to_be_in_viewport(timeout=SOON)
    await say(two.bo, "and no reply")
    await sees(two.bo, "and no reply")
    await expect(message(two.bo, "and no reply").locator(".quote")).to_have_count(0)


async def shopping(site: Fleet, browse: Browse) -> tuple[Two, dict[str, str]]:
    world = site.provision(people=2, shop=True)
    ann, bo = [await browse(cookie=who["cookie"]) for who in world["people"]]
    two = Two(ann, bo, people=world["people"], room=world["room_id"])
    await two.both(two.room_path)
    return two, world["shop"]


async def test_an_item_is_shown_as_a_card(site: Fleet, browse: Browse) -> None:
    two, shop = await shopping(site, browse)
    await two.ann.get_by_role("button", name="Add an item").first.click()
    dialog = two.ann.get_by_role("dialog")
    await dialog.get_by_role("searchbox").fill(shop["title"])
    await dialog.get_by_role("list", name="Items found").get_by_role("button").first.click()
    await box(two.ann).fill("What about this?")
    await box(two.ann).press("Enter")
    for page in (two.ann, two.bo):
        row = message(page, "What about this?")
        await expect(row).to_have_count(1, timeout=SOON)
        card = row.get_by_role("link", name=re.compile(shop["title"]))
        await expect(card).to_be_visible()
        await expect(row).to_contain_text("1,999")
    await message(two.bo, "What about this?").get_by_role("link").last.click()
    await expect(two.bo).to_have_url(re.compile(r"/items/\d+$"))
    await live(two.bo)


async def test_choices_with_a_picture_and_an_item(site: Fleet, browse: Browse) -> None:
    two, shop = await shopping(site, browse)
    await two.ann.get_by_role("button", name="Start a vote").first.click()
    dialog = two.ann.get_by_role("dialog", name="Start a vote")
    await dialog.get_by_label("What do you want to know?").fill("Which of these?")
    await dialog.get_by_label("Choice 1", exact=True).fill("The green one")
    file = {"name": "tent.png", "mimeType": "image/png", "buffer": pixels(900, 600, "seagreen")}
    await dialog.get_by_label("Picture for choice 1").set_input_files([file])
    await dialog.get_by_role("button", name="Item for choice 2").click()
    picker = two.ann.get_by_role("dialog", name="Choose an item")
    await picker.get_by_role("searchbox").fill(shop["title"])
    await picker.get_by_role("list", name="Items found").get_by_role("button").first.click()
    await dialog.get_by_role("button", name="Ask", exact=True).click()
    await expect(dialog).to_be_hidden(timeout=15_000)
    for page in (two.ann, two.bo):
        poll = page.get_by_role("log").locator(".poll")
        await expect(poll).to_contain_text("Which of these?", timeout=SOON)
        picture = poll.locator("img[src*='/media/']").first
        await expect(picture).to_be_visible()
        assert await picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
        await expect(poll).to_contain_text(shop["title"])
    at_ann = two.ann.get_by_role("log").locator(".poll")
    await two.bo.get_by_role("radio", name=re.compile(shop["title"])).check(force=True)
    await expect(at_ann).to_contain_text("1 of 2 have voted", timeout=SOON)
