"""What comes from outside is checked at start: a line for each bad value, all at once.

Each in a process of its own that reads the whole settings, as every command of ours does.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAY = "import server.settings as s; print(s.DEBUG, s.SECRET_KEY, s.EMAIL_BACKEND, s.CAN_MAIL)"
KEY = "a-long-random-text-that-all-workers-share"
POSTGRES = "postgresql://jianghu:pw@127.0.0.1/jianghu"


@dataclass(frozen=True)
class Done:
    code: int
    said: str
    complained: str


Start = Callable[..., Done]


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    """The settings read in an environment that holds nothing but what is given."""
    command = [sys.executable, "-m", "tests.ops.beginnings"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as beginnings:
        assert beginnings.stdin and beginnings.stdout
        asked, answers = beginnings.stdin, beginnings.stdout

        def begin(data_dir: Path, say: str = SAY, **given: str) -> Done:
            environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **given}
            asked.write(json.dumps({"environment": environment, "say": say}) + "\n")
            asked.flush()
            return Done(*json.loads(answers.readline()))

        yield begin


def complaints(done: Done) -> list[str]:
    assert (done.code, done.said) == (2, ""), done
    return done.complained.splitlines()


BAD = [
    ("PORT", "abc"),
    ("PORT", "0"),
    ("DEBUG", "perhaps"),
    ("DATA_DIR", "/dev/null/below"),
    ("DATA_DIR", "/dev/null"),
    ("DATABASE_URL", "mysql://h/x"),
    ("DATABASE_URL", "postgresql://h:abc/x"),
    ("DATABASE_URL", "postgresql://[::1/x"),
    ("DATABASE_URL", "postgresql://h:99999/x"),
    ("DATABASE_URL", "postgresql://u:pa/ss@h/x"),
    ("DATABASE_URL", "postgresql://h/x?sslmodus=require"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:////dev/null/x.sqlite3"),
    ("DATABASE_URL", "sqlite:////tmp/%00/x.sqlite3"),
    ("DATABASE_POOL", "many"),
    ("REDIS_URL", "http://h"),
    ("REDIS_URL", "redis://h:abc"),
    ("REDIS_URL", "redis://[::1"),
    ("REDIS_URL", "redis://h?socket_timeout=soon"),
    ("EMAIL_URL", "mailto:me@example.org"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "smtp://h:abc"),
    ("EMAIL_URL", "smtp://h/?ssl=1"),
    ("EMAIL_URL", "smtp://h/?tls=yes"),
    ("EMAIL_URL", "smtps://h/?tls=1"),
    ("EMAIL_URL", "smtp://h/?from=nobody"),
    ("PHONE_SENDER", "console"),
    ("PHONE_SENDER", "server.accounts.phone-senders.Console"),
    ("PHONE_SENDER", "server.nowhere.Provider"),
    ("PHONE_SENDER", "nowhere.at.all.Provider"),
    ("PUBLIC_ORIGINS", "shop.example"),
    ("PUBLIC_ORIGINS", "https://shop.example/"),
    ("PUBLIC_ORIGINS", "https://shop.example:abc"),
    ("PUBLIC_ORIGINS", "https://[::1"),
    ("PUBLIC_ORIGINS", "https://me@shop.example"),
    ("LOG_LEVEL", "LOUD"),
    ("LOG_FORMAT", "xml"),
    ("METRICS_TOKEN", "short"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://[::1"),
    ("TRUSTED_PROXIES", "-1"),
]


@pytest.mark.parametrize(("name", "value"), BAD, ids=[f"{n}={v}" for n, v in BAD])
def test_a_bad_value_is_one_line(start: Start, name: str, value: str, tmp_path: Path) -> None:
    [line] = complaints(start(tmp_path, **{"SECRET_KEY": KEY, name: value}))
    assert line.startswith(f"{name}: ")
    assert "pa/ss" not in line and "ss@h" not in line, "a part of the password"


def test_all_bad_values_are_told_together(start: Start, tmp_path: Path) -> None:
    lines = complaints(
        start(
            tmp_path,
            PORT="abc",
            DATA_DIR="/dev/null/below",
            DATABASE_URL="postgresql://h:abc/x",
            PUBLIC_ORIGINS="https://shop.example,shop.example,ftp://shop.example",
        )
    )
    names = [line.split(":")[0] for line in lines]
    assert sorted(names) == [
        "DATABASE_URL",
        "DATA_DIR",
        "PORT",
        "PUBLIC_ORIGINS",
        "PUBLIC_ORIGINS",
        "SECRET_KEY",
    ]


@pytest.mark.parametrize("named", [{"DATABASE_URL": POSTGRES}, {"REDIS_URL": "redis://127.0.0.1"}])
def test_several_workers_need_a_secret_key_that_is_given(
    start: Start, named: dict[str, str], tmp_path: Path
) -> None:
    [line] = complaints(start(tmp_path, **named))
    assert line.startswith("SECRET_KEY: is required")
    assert not (tmp_path / "secret_key").exists()


def test_the_embedded_mode_makes_a_secret_key_and_keeps_it(start: Start, tmp_path: Path) -> None:
    first, again = start(tmp_path), start(tmp_path)
    assert first.said == again.said != start(tmp_path / "elsewhere").said
    kept = tmp_path / "secret_key"
    assert kept.read_text() in first.said and len(kept.read_text()) > 40
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert KEY in start(tmp_path, SECRET_KEY=KEY).said


def test_debug_is_off_unless_asked(start: Start, tmp_path: Path) -> None:
    assert start(tmp_path).said.startswith("False ")
    assert start(tmp_path, DEBUG="1").said.startswith("True ")


@pytest.mark.parametrize(
    ("given", "sender"),
    [
        ({}, "server.accounts.phone_senders.Console"),
        ({"REDIS_URL": "redis://127.0.0.1"}, ""),
        ({"REDIS_URL": "redis://127.0.0.1", "DEBUG": "1"}, "server.accounts.phone_senders.Console"),
        ({"PHONE_SENDER": "json.JSONEncoder"}, "json.JSONEncoder"),
    ],
)
def test_codes_are_never_written_to_the_log_of_a_server(
    start: Start, given: dict[str, str], sender: str, tmp_path: Path
) -> None:
    say = "import server.settings as s; print(s.PHONE_SENDER)"
    assert start(tmp_path, say, SECRET_KEY=KEY, **given).said == f"{sender}\n"


@pytest.mark.parametrize(
    ("given", "backend", "sends"),
    [
        ({}, "console", True),
        ({"DATABASE_URL": POSTGRES}, "dummy", False),
        ({"REDIS_URL": "redis://127.0.0.1"}, "dummy", False),
        ({"DATABASE_URL": POSTGRES, "DEBUG": "1"}, "console", True),
        ({"DATABASE_URL": POSTGRES, "EMAIL_URL": "smtp://mail.example"}, "smtp", True),
        ({"EMAIL_URL": "smtp://mail.example"}, "smtp", True),
    ],
)
def test_mail_is_never_written_to_the_log_of_a_server(
    start: Start, given: dict[str, str], backend: str, sends: bool, tmp_path: Path
) -> None:
    done = start(tmp_path, SECRET_KEY=KEY, **given)
    said = done.said.split()
    assert said[2:] == [f"django.core.mail.backends.{backend}.EmailBackend", str(sends)], (
        done.complained
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://me%40here:p%2Fw@mail.example:2525/?tls=1&from=Shop+%3Cshop@example.org%3E",
            ("mail.example", 2525, "me@here", "p/w", True, False, "Shop <shop@example.org>"),
        ),
        (
            "smtps://mail.example",
            ("mail.example", 465, "", "", False, True, "Jianghu <jianghu@shop.example>"),
        ),
        (
            "smtp://mail.example?tls=1",
            ("mail.example", 587, "", "", True, False, "Jianghu <jianghu@shop.example>"),
        ),
    ],
)
def test_a_mail_url_says_it_all(
    start: Start, url: str, expected: tuple[object, ...], tmp_path: Path
) -> None:
    say = (
        "import server.settings as s; print((s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, "
        "s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.DEFAULT_FROM_EMAIL))"
    )
    given = {"EMAIL_URL": url, "PUBLIC_ORIGINS": "https://shop.example:8443"}
    done = start(tmp_path, say, **given)
    assert done.said == f"{expected}\n", done.complained
