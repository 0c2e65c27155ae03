"""Mei asks for everything of hers; a jobs process of the test packs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import orjson
import pytest
from django.core.files.storage import default_storage

from server.accounts.models import User
from server.jobs.work import work
from server.takeout import files, queries, services
from server.takeout.schemas import TakeoutDraft, TakeoutView
from tests.factories import client_id, friends, person
from tests.realtime.conftest import Remembering, transport

__all__ = ["transport"]

Packed = Callable[[User], "Archive"]


class Archive:
    """An opened takeout."""

    def __init__(self, content: bytes):
        self.zip = ZipFile(BytesIO(content))
        assert self.zip.testzip() is None
        self.data: dict[str, Any] = orjson.loads(self.read("data.json"))

    def read(self, name: str) -> bytes:
        return self.zip.read(name)

    def page(self, name: str = "index.html") -> str:
        return self.read(name).decode()

    def everything(self) -> str:
        """All texts of it, one after the other."""
        texts = [name for name in self.zip.namelist() if not name.endswith(".webp")]
        return "\n".join(self.page(name) for name in texts)


def ask(who: User) -> TakeoutView:
    return services.ask(who.pk, TakeoutDraft(client_id=client_id()))


def content(who: User) -> bytes:
    found = queries.ready_file(who.pk)
    assert found is not None
    with files.open_(found[0]) as file:
        read: bytes = file.read()
    return read


def stored() -> list[str]:
    """The takeouts that lie in the storage."""
    if not default_storage.exists("takeouts"):
        return []
    folders, _ = default_storage.listdir("takeouts")
    return [name for folder in folders for name in default_storage.listdir(f"takeouts/{folder}")[1]]


def all_jobs(process: str = "p") -> None:
    while work(process):
        pass


@pytest.fixture(autouse=True)
def remembered(transport: Remembering, settings: Any, tmp_path: Any) -> Iterator[Remembering]:
    """Nothing goes over a bus, and no file outlives its test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    yield transport


@pytest.fixture
def mei(transactional_db: None) -> User:
    return person("mei", name="小美", email="mei@example.org")


@pytest.fixture
def bo(mei: User) -> User:
    bo = person("bo", name="Bo", email="bo@example.org")
    friends(mei, bo)
    return bo


@pytest.fixture
def packed() -> Packed:
    """Ask, pack, open."""

    def pack(who: User) -> Archive:
        ask(who)
        all_jobs()
        return Archive(content(who))

    return pack
