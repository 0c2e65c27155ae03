"""Two strangers find each other, become friends, see each other come, and part."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import Trouble
from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live, meet, say, sees
from tests.fleet.harness import Fleet


async def test_a_friendship_from_the_first_word_to_the_last(
    site: Fleet, browse: Browse, trouble: Trouble
) -> None:
    trouble.forgiven += ["404 "]  # the page of somebody who blocked me
    cy = site.provision(people=1)["people"][0]
    dee = site.provision(people=1)["people"][0]
    at_cy, at_dee = await browse(cookie=cy["cookie"]), await browse(cookie=dee["cookie"])
    for page in (at_cy, at_dee):
        await page.goto("/people")
        await live(page)

    await at_cy.get_by_role("searchbox").first.fill(dee["username"])
    await at_cy.get_by_role("button", name=f"Add friend {dee['username']}").first.click()
    accept = at_dee.get_by_role("button", name=f"Accept {cy['username']}").first
    await expect(accept).to_be_visible(timeout=SOON)
    await accept.click()

    await at_cy.goto("/")
    await live(at_cy)
    here = at_cy.get_by_role("complementary").get_by_text(dee["username"])
    await expect(here.first).to_be_visible(timeout=SOON)

    await at_dee.goto(f"/people/{cy['id']}")
    await live(at_dee)
    await at_dee.get_by_role("button", name=f"More about {cy['username']}").click()
    await at_dee.get_by_role("menuitem", name="Block").click()
    await at_dee.get_by_role("dialog").get_by_role("button", name="Block").click()
    await expect(here).to_have_count(0, timeout=SOON)
    await at_cy.goto(f"/people/{dee['id']}")
    await expect(at_cy.get_by_text("This is not here")).to_be_visible(timeout=SOON)


async def test_presence_that_is_hidden_and_shown_again(site: Fleet, browse: Browse) -> None:
    """Nobody reloads: not the friend, who forgets and finds, nor the one who hides and is alone."""
    two = await meet(site, browse)
    ann, bo = two.people
    seen = two.ann.get_by_role("complementary").get_by_text(bo["username"])
    await expect(seen.first).to_be_visible(timeout=SOON)
    await two.bo.locator('nav.rail a[href="/me"]').click()
    switch = two.bo.get_by_role("checkbox", name="Friends see when I am here")
    await switch.click()
    await expect(seen).to_have_count(0, timeout=SOON)
    await switch.click()
    await expect(seen.first).to_be_visible(timeout=SOON)
    await two.bo.locator('nav.rail a[href="/"]').first.click()
    theirs = two.bo.get_by_role("complementary").get_by_text(ann["username"])
    await expect(theirs.first).to_be_visible(timeout=SOON)


async def test_a_friends_new_name_stands_on_open_pages(site: Fleet, browse: Browse) -> None:
    two = await meet(site, browse)
    await two.both(two.room_path)
    await say(two.bo, "who am I")
    await sees(two.ann, "who am I")
    old = two.people[1]["username"]
    await expect(two.ann.locator(".msg .who, main").first).to_contain_text(old)
    await two.bo.goto("/me")
    await live(two.bo)
    await two.bo.get_by_label("Your name").fill("Bodhi Renamed")
    await two.bo.get_by_role("button", name="Save").first.click()
    await expect(two.ann.locator("main")).to_contain_text("Bodhi Renamed", timeout=SOON)
    await expect(two.ann.locator("main").get_by_text(old, exact=True)).to_have_count(0)


async def test_a_friend_of_a_friend_is_suggested_with_why(site: Fleet, browse: Browse) -> None:
    """On a phone, by touch: put away they stay away; somebody else is asked."""
    world = site.provision(people=4)["people"]
    ann, bo, cy, dee = world
    page = await browse(cookie=bo["cookie"], path="/people", phone=True)
    await live(page)
    for other in (cy, dee):
        row = page.get_by_role("listitem").filter(has_text=other["username"]).first
        await expect(row).to_contain_text(f"{ann['username']} knows them", timeout=SOON)
        await expect(row).to_contain_text("With you in Fleet")
    assert await troubles(page, "/people") == []
    no = page.get_by_role("button", name=f"Do not suggest {cy['username']}")
    await no.tap()
    await expect(no).to_have_count(0)
    await page.reload()
    await live(page)
    yes = page.get_by_role("button", name=f"Do not suggest {dee['username']}")
    await expect(yes).to_be_visible()
    await expect(no).to_have_count(0)
    await page.get_by_role("button", name=f"Add friend {dee['username']}").first.tap()
    await expect(yes).to_have_count(0)
