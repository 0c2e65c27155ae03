"""A vote moves for everyone while it runs; a post arrives behind its pill and can be taken back."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.two import SOON, Browse, meet
from tests.fleet.harness import Fleet


async def test_a_vote_in_a_chat_moves_for_everyone(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    await two.ann.get_by_role("button", name="Start a vote").first.click()
    dialog = two.ann.get_by_role("dialog")
    await dialog.get_by_label("What do you want to know?").fill("Which colour?")
    await dialog.get_by_label("Choice 1", exact=True).fill("Pine")
    await dialog.get_by_label("Choice 2", exact=True).fill("Clay")
    await dialog.get_by_role("button", name="Ask", exact=True).click()
    await expect(dialog).to_be_hidden()

    polls = [page.get_by_role("log").locator(".poll") for page in (two.ann, two.bo)]
    for poll in polls:
        await expect(poll).to_contain_text("Which colour?", timeout=SOON)
        await expect(poll).to_contain_text("No votes yet")
    at_ann, at_bo = polls
    await at_bo.get_by_role("radio", name="Clay").check(force=True)
    await expect(at_ann).to_contain_text("1 of 2 have voted", timeout=SOON)
    await at_ann.get_by_role("radio", name="Pine").check(force=True)
    for poll in polls:
        await expect(poll).to_contain_text("2 of 2 have voted", timeout=SOON)
    await at_bo.get_by_role("radio", name="Pine").check(force=True)
    for poll in polls:
        tally = poll.locator(".opt, label, li").filter(has_text="Pine").first
        await expect(tally).to_contain_text("2", timeout=SOON)
    await expect(at_ann.get_by_role("radio", name="Pine")).to_be_checked()


async def test_a_post_arrives_is_answered_and_is_taken_back(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    ann, bo = two.ann, two.bo
    await ann.get_by_text("Found something?").first.click()
    await ann.get_by_label("What do you want to say?").fill("A teapot that pours without a drop")
    await ann.get_by_role("button", name="Post", exact=True).click()
    await expect(ann.locator("article")).to_contain_text("A teapot that pours", timeout=SOON)

    pill = bo.get_by_role("button", name=re.compile("1 new"))
    nothing_yet = bo.locator("article").filter(has_text="A teapot that pours")
    if await pill.count() or not await nothing_yet.count():
        await expect(pill).to_be_visible(timeout=SOON)
        await pill.click()
    post = bo.locator("article").filter(has_text="A teapot that pours")
    await expect(post).to_have_count(1, timeout=SOON)

    await post.get_by_role("button", name=re.compile("^Like")).click()
    await expect(ann.locator("article").first).to_contain_text("1", timeout=SOON)
    await post.get_by_role("button", name=re.compile("^Comment")).click()
    await post.get_by_label("Write a comment").fill("Where is it sold?")
    await post.get_by_label("Write a comment").press("Enter")
    await ann.locator("article").get_by_role("button", name=re.compile("^Comment")).first.click()
    await expect(ann.locator("article").first).to_contain_text("Where is it sold?", timeout=SOON)

    # She answers it, by the keyboard; what she answers is one tap away.
    await ann.get_by_role("button", name=re.compile("^Answer ")).focus()
    await ann.keyboard.press("Enter")
    await ann.keyboard.type("At the market")
    await ann.keyboard.press("Enter")
    answer = post.locator("li").filter(has_text="At the market")
    await answer.get_by_role("link", name=re.compile("^Answers ")).click(timeout=SOON)
    await expect(post.locator("li").filter(has_text="Where is it sold?").first).to_be_focused()

    await ann.get_by_role("button", name="More about this post").first.click()
    await ann.get_by_role("menuitem", name="Delete post").click()
    await expect(post).to_have_count(0, timeout=15_000)
