"""Logs: one line per happening, whose it is, how loud, in which form, and never a secret."""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
import structlog
from allauth.mfa.models import Authenticator
from django.db import OperationalError

from consumers.socket import ALL_COMMANDS
from consumers.wire.batch import Batcher
from consumers.wire.bridge import on_database_thread
from server import environment, health, logs
from server.accounts import queries
from server.accounts.models import User
from server.errors import Refused
from tests import factories
from tests.accounts.second_step import ask, half_way, second, turn_on, wrong_code
from tests.consumers.conftest import OpenTab, people, tab, worker

__all__ = ["people", "tab", "worker"]

log = structlog.get_logger("tests.logs")
Line = dict[str, Any]
Lines = Callable[[], list[Line]]
Configure = Callable[..., io.StringIO]


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """Logs as a worker has them, into a text; afterwards as they were."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    known = list(logs._known)

    def begin(level: str = "DEBUG", form: str = "json", *secrets: str) -> io.StringIO:
        text = io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", text)
            logs.configure(level, form, secrets)
        return text

    yield begin
    logs.configure("WARNING", "text", known)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def lines(configure: Configure) -> Lines:
    """What has been logged, each line read as JSON."""
    text = configure()
    return lambda: [orjson.loads(line) for line in text.getvalue().splitlines()]


def named(lines: Lines, event: str) -> list[Line]:
    return [line for line in lines() if line["event"] == event]


# Whose it is ---------------------------------------------------------------------------------


def test_a_request_and_all_it_logs_carry_the_id_that_is_answered(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr(health.connection, "cursor", away)
    browser = factories.browser()
    answers = [browser.get("/readyz"), browser.get("/healthz")]
    ids = [answer["X-Request-Id"] for answer in answers]
    assert len(set(ids)) == 2
    [inside] = named(lines, "not_ready")
    requests = {line["path"]: line for line in named(lines, "request")}
    assert inside["request"] == requests["/readyz"]["request"] == ids[0]
    assert requests["/healthz"]["request"] == ids[1]
    assert (requests["/readyz"]["level"], requests["/healthz"]["level"]) == ("warning", "debug")


@pytest.mark.django_db
def test_our_fault_is_a_line_with_its_traceback_and_the_browser_sees_none(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "me", lambda person_id: 1 // 0)
    browser = factories.browser(factories.session_key(factories.person()))
    answer = browser.get("/api/me")
    assert answer.status_code == 500
    [line] = named(lines, "request_failed")
    assert line["request"] == answer["X-Request-Id"]
    assert "ZeroDivisionError" in line["exception"]
    assert "ZeroDivisionError" not in answer.content.decode()


async def test_what_a_socket_asks_for_is_logged_with_its_id_on_every_thread(
    lines: Lines, people: list[User], tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(person_id: int, body: Any) -> None:
        log.info("inside", thread=threading.current_thread().name)
        raise ZeroDivisionError

    failing = replace(ALL_COMMANDS["post.like"], run=fail)
    monkeypatch.setitem(ALL_COMMANDS, "post.like", failing)
    tabs = [await tab(one) for one in people[:2]]
    for one in (*tabs, tabs[0]):
        answer = await one.ask("post.like", post_id=1)
        assert answer["error"]["code"] == "internal"
        assert "ZeroDivision" not in str(answer)
    ids = [one.hello["socket"] for one in (*tabs, tabs[0])]
    assert [line["socket"] for line in named(lines, "inside")] == ids
    assert [line["socket"] for line in named(lines, "command_failed")] == ids
    assert all(line["thread"].startswith("database") for line in named(lines, "inside"))


async def test_what_is_done_together_carries_the_id_of_none(lines: Lines) -> None:
    go_on = threading.Event()

    def run(items: Any) -> list[int | Refused]:
        assert go_on.wait(5)
        log.info("together", items=list(items))
        return list(items)

    batcher: Batcher[int, int] = Batcher(run)

    async def socket(name: str, item: int) -> None:
        structlog.contextvars.bind_contextvars(socket=name)
        await batcher.do(item)
        log.info("done", item=item)

    first = asyncio.create_task(socket("first", 1))
    await asyncio.sleep(0.05)
    others = [asyncio.create_task(socket(f"other{n}", n)) for n in (2, 3)]
    await asyncio.sleep(0.05)
    go_on.set()
    await asyncio.gather(first, *others)
    assert [line["items"] for line in named(lines, "together")] == [[1], [2, 3]]
    assert not any("socket" in line for line in named(lines, "together"))
    done = {line["item"]: line["socket"] for line in named(lines, "done")}
    assert done == {1: "first", 2: "other2", 3: "other3"}


async def test_a_thread_keeps_nobodys_id_for_the_next(lines: Lines) -> None:
    async def socket() -> None:
        structlog.contextvars.bind_contextvars(socket="gone")
        await on_database_thread(lambda: log.info("mine"))

    await asyncio.create_task(socket())
    await on_database_thread(lambda: log.info("later"))
    assert named(lines, "mine")[0]["socket"] == "gone"
    assert "socket" not in named(lines, "later")[0]


# How loud, in which form ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        ("DEBUG", {"debug", "info", "warning", "error"}),
        ("INFO", {"info", "warning", "error"}),
        ("WARNING", {"warning", "error"}),
        ("ERROR", {"error"}),
    ],
)
def test_the_level_is_the_least_that_is_told(
    level: str, heard: set[str], configure: Configure
) -> None:
    text = configure(level)
    ours, others = structlog.get_logger("ours"), logging.getLogger("somebody.elses")
    for name in ("debug", "info", "warning", "error"):
        getattr(ours, name)("ours")
        getattr(others, name)("others")
    told = [orjson.loads(line) for line in text.getvalue().splitlines()]
    for whose in ("ours", "others"):
        assert {line["level"] for line in told if line["event"] == whose} == heard


def test_json_is_one_object_a_line_whoever_logs_and_whatever_is_said(lines: Lines) -> None:
    logging.getLogger("somebody.elses").warning("%s lines\nof %d", "two", 2)
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        logging.getLogger("somebody.elses").exception("it failed")
        log.exception("ours_failed", people={7, 8}, nested={"a": (1, "x")})
    told = lines()
    assert [line["event"] for line in told] == ["two lines\nof 2", "it failed", "ours_failed"]
    assert all("first\nsecond" in line["exception"] for line in told[1:])
    assert all(line["timestamp"].endswith("Z") for line in told)


def test_text_is_for_people(configure: Configure) -> None:
    text = configure("INFO", "text")
    log.info("worker_started", worker="w1")
    [line] = text.getvalue().splitlines()
    assert "worker_started" in line and "worker=w1" in line and not line.startswith("{")


# Never a secret ------------------------------------------------------------------------------

KEY = "q7fkz3hsm1c0xw9t"


@pytest.mark.parametrize(
    "text",
    [
        f"cannot connect to postgresql://jianghu:{KEY}@db/jianghu",
        f"cannot connect to redis://:{KEY}@redis:6379/0",
        f"cannot connect to rediss://user:{KEY}/{KEY}@redis",
        f"smtp://me%40here:{KEY}@mail.example:587 said no",
        f'connection failed: "host=db password={KEY} user=jianghu"',
        f"Cookie: csrftoken=abc; sessionid={KEY}",
        f"{{'sessionid': '{KEY}'}}",
        f"session_key={KEY!r}",
        f'{{"password": "{KEY}", "username": "mei"}}',
        f"Authorization: Bearer {KEY}",
        f"X-CSRFToken: {KEY}",
        f"secret_key={KEY}",
        f"GET /reset-password/1-d0abc-{KEY}?x",
        f"GET /confirm-email/Mw:1abc:{KEY}",
    ],
)
def test_what_looks_like_a_secret_is_masked_wherever_it_stands(text: str, lines: Lines) -> None:
    log.warning(text)
    log.warning("field", why=text, nested={"deep": [text]}, error=OSError(text))
    logging.getLogger("somebody.elses").warning("%s", text)
    try:
        raise ConnectionError(text)
    except ConnectionError as error:
        log.exception("failed")
        log.error("given", exc_info=error)
        logging.getLogger("somebody.elses").exception("failed")
    told = lines()
    assert len(told) == 6
    assert KEY not in str(told)
    assert all("***" in str(line) for line in told)


@pytest.mark.parametrize(
    "field",
    ["password", "new_password", "csrf", "session_key", "sessionid", "Cookie", "token", "SECRET"],
)
def test_a_field_named_like_a_secret_is_masked(field: str, lines: Lines) -> None:
    log.info("something", **{field: KEY, "headers": {field: KEY}})
    assert KEY not in str(lines()) and named(lines, "something")[0][field] == "***"


def test_the_secrets_of_the_settings_are_masked_as_they_are_and_as_urls_spell_them(
    configure: Configure,
) -> None:
    values = {
        "secret_key": "kept-in-the-data-dir",
        "metrics_token": "prometheus-knows-it",
        "database_url": "postgresql://jianghu:one%2Fword@db/jianghu",
        "redis_url": "redis://redis",
        "email_url": "smtp://me:mail-password@mail.example",
    }
    found = environment.secrets(values)
    text = configure("INFO", "text", *found)
    known = ["kept-in-the-data-dir", "prometheus-knows-it", "one/word", "one%2Fword"]
    for secret in (*known, "mail-password"):
        log.info(f"the server said: {secret}!")
        assert secret not in text.getvalue()
    assert text.getvalue().count("the server said: ***!") == 5


def test_what_is_no_secret_is_told_as_it_is(lines: Lines) -> None:
    log.warning(
        "password authentication failed",
        url="https://shop.example:8443/items/7",
        path="/reset-password",
        count=3,
        none=None,
    )
    [line] = lines()
    assert line["event"] == "password authentication failed"
    assert (line["url"], line["path"]) == ("https://shop.example:8443/items/7", "/reset-password")
    assert (line["count"], line["none"]) == (3, None)


@pytest.mark.django_db
def test_signing_in_and_asking_for_letters_tells_the_log_nothing(lines: Lines) -> None:
    """At the loudest level, with everything that Django, allauth and the server say of it."""
    from django.core import mail

    mei = factories.person("mei", email="mei@example.org", password=factories.PASSWORD)
    auth = "/_allauth/browser/v1/auth"
    browser = factories.browser()
    json = {"content_type": "application/json"}
    browser.post(f"{auth}/login", {"username": "mei", "password": factories.PASSWORD}, **json)
    browser.post(f"{auth}/password/request", {"email": "mei@example.org"}, **json)
    link = next(word for word in mail.outbox[0].body.split() if "/reset-password/" in word)
    key = link.rsplit("/", 1)[1]
    browser.get(f"/reset-password/{key}")
    browser.get(f"{auth}/password/reset", headers={"x-password-reset-key": key})
    told = str(lines())
    assert "/reset-password/***" in told
    cookies = [morsel.value for morsel in browser.cookies.values()]
    assert len(cookies) == 2
    for secret in (key, factories.PASSWORD, mei.password, *cookies):
        assert secret not in told


@pytest.mark.django_db
def test_the_second_step_tells_the_log_nothing(lines: Lines) -> None:
    factories.person("mei", password=factories.PASSWORD)
    browser = factories.browser()
    ask(browser, "POST", "auth/login", username="mei", password=factories.PASSWORD)
    secret, codes = turn_on(browser)
    wrong, right = wrong_code(secret), codes[0]
    for code in (wrong, right):
        second(half_way(), code)
    told = str(lines())
    assert "2fa/authenticate" in told
    rows = Authenticator.objects.all()
    kept = [text for row in rows for text in row.data.values() if isinstance(text, str)]
    assert len(kept) == 2
    for one in (secret, wrong, *codes, *kept):
        assert one not in told
