"""A socket is opened by our own pages alone: the session cookie comes from anywhere."""

from typing import Any

import pytest
from django.conf import settings

from server.accounts.models import User
from tests import factories
from tests.consumers.conftest import Tab, in_database

ORIGINS = [
    "",
    "null",
    "http://localhost:8000.evil.example",
    "http://localhost:8000@evil.example",
    "http://evil.example/http://localhost:8000",
    "http://evil.example#http://localhost:8000",
    "http://evil-localhost:8000",
    "http://localhost.:8000",
    "http://localhost:80000",
    "https://localhost:8000",
    "http://localhost",
    "http://LOCALHOST.evil.example:8000",
    "http://[::1]:8000",
    "file://",
    "http://localhost:8000, http://evil.example",
    "\x00http://localhost:8000",
]


async def test_no_other_site_opens_a_socket(people: list[User], worker: Any) -> None:
    key = await in_database(factories.session_key, people[0])
    for origin in ORIGINS:
        assert not await Tab(key, origin).open(), origin
    assert await Tab(key, settings.ORIGINS[0]).open(), "the twin: our own page does"


@pytest.mark.parametrize(
    ("setting", "browser"),
    [
        ("https://shop.example:443", "https://shop.example"),
        ("http://Shop.Example:80", "http://shop.example"),
        ("https://shop.example:80", "https://shop.example:80"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_setting_is_compared_as_browsers_write_it(setting: str, browser: str) -> None:
    from server.asgi import OurPages

    assert OurPages(None, [setting])._origins == {browser}
