"""Everything of mine as a file: asked for in one tab, watched in another, opened, removed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.async_api import expect

from tests.browser.test_looks import troubles
from tests.browser.two import SOON, Browse, live
from tests.fleet.harness import ROOT, Fleet
from tests.services.process import end, spawn

WORDS = {
    "en-GB": ("Pack it", "It is being packed", "Download", "Remove it now", "Everything of"),
    "zh-CN": ("打包", "正在打包", "下载", "现在就删掉", "的全部内容"),
}


@contextmanager
def jobs(site: Fleet) -> Iterator[None]:
    """A process that does what waits."""
    command = [sys.executable, "-m", "server.ops.run_jobs"]
    process = spawn(command, log=site.folder / "jobs.log", env=site.env, cwd=ROOT)
    try:
        yield
    finally:
        end(process, signal.SIGTERM)


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
async def test_from_asking_to_removing(
    site: Fleet, browse: Browse, tmp_path: Path, language: str, phone: bool
) -> None:
    pack, working, download, remove, title = WORDS[language]
    world = site.provision(people=2, messages=3)
    who = world["people"][0]
    page, other = [
        await browse(cookie=who["cookie"], path="/me", language=language, phone=phone)
        for _ in range(2)
    ]
    for one in (page, other):
        await live(one)
    if language == "zh-CN":
        await page.get_by_role("button", name="中文", exact=True).click()
    ask = page.get_by_role("button", name=pack, exact=True)
    await expect(ask).to_be_enabled(timeout=SOON)
    found = await troubles(page, "none")
    await ask.click()
    for one in (page, other):
        await expect(one.get_by_role("progressbar", name=working)).to_be_visible(timeout=SOON)
    found += await troubles(page, "working")
    with jobs(site):
        for one in (page, other):
            await expect(one.get_by_role("link", name=download)).to_be_visible(timeout=20_000)
    found += await troubles(page, "ready")
    async with page.expect_download() as coming:
        await page.get_by_role("link", name=download).click()
    got = await coming.value
    assert got.suggested_filename.endswith(".zip")
    await got.save_as(tmp_path / "mine.zip")
    with ZipFile(tmp_path / "mine.zip") as mine:
        mine.extractall(tmp_path / "mine")
    await expect(page).to_have_url(f"{site.url}/me")

    reading = await page.context.new_page()
    await reading.goto((tmp_path / "mine" / "index.html").as_uri())
    await expect(reading.get_by_role("heading", level=1)).to_contain_text(title)
    found += await troubles(reading, "index.html")
    await reading.locator("#chats ~ article a").first.click()
    await expect(reading.get_by_text("message 1", exact=False).first).to_be_visible()
    found += await troubles(reading, "the chat")
    assert found == []

    await page.get_by_role("button", name=remove).click()
    for one in (page, other):
        await expect(one.get_by_role("button", name=pack, exact=True)).to_be_disabled(timeout=SOON)
