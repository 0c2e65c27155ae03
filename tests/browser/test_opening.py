"""The first thing anybody sees: the page opens without complaint, signed in or not."""

from __future__ import annotations

from tests.browser.conftest import Browse, Trouble
from tests.fleet.harness import Fleet


async def test_a_stranger_is_asked_to_sign_in(browse: Browse, trouble: Trouble) -> None:
    # How the page learns that it must ask, and that there are no demo people here.
    trouble.forgiven += ["401 ", "/api/demo/people"]
    page = await browse()
    await page.locator("input[type=password]").wait_for(timeout=10_000)


async def test_a_person_comes_in_and_hears_the_server(browse: Browse, site: Fleet) -> None:
    who = site.provision(people=2)["people"][0]
    page = await browse(cookie=who["cookie"], path="/healthz")
    async with page.expect_websocket(timeout=10_000) as opening:
        await page.goto("/")
    socket = await opening.value
    hello = await socket.wait_for_event("framereceived", timeout=10_000)
    assert '"op":"hello"' in hello and f'"person_id":{who["id"]}' in hello
