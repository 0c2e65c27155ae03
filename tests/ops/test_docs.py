"""Documents name what exists: tests, files, settings, commands."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from consumers.asyncapi import describe
from consumers.socket import ALL_COMMANDS
from server.ops.management.commands.export_contract import with_tables

ROOT = Path(__file__).resolve().parents[2]
PROTOCOL = ROOT / "docs" / "protocol.md"
PROMISES = ROOT / "docs" / "promises.md"
PAGES = [*sorted(ROOT.glob("docs/**/*.md")), ROOT / "README.md"]


def rows(text: str) -> list[list[str]]:
    """The cells of every table row that names who holds it."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells for cells in found if set("".join(cells)) - set("-") and "held by" not in cells]


def named_in(path: Path) -> set[str]:
    """Names of the tests of a file, Python's or the browser's."""
    text = path.read_text()
    if path.suffix == ".py":
        return {
            node.name
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
    return set(re.findall(r"\b(?:it|test)(?:\.each\([^)]*\))?\(\s*\"((?:[^\"\\]|\\.)*)\"", text))


def missing(names: list[str]) -> list[str]:
    """Of `file::test` those that are not there."""
    gone = []
    for name in names:
        file, _, test = name.partition("::")
        path = ROOT / file
        if not path.is_file() or test not in named_in(path):
            gone.append(name)
    return gone


def test_every_promise_names_tests_that_exist() -> None:
    found = rows(PROMISES.read_text())
    assert len(found) > 20
    for cells in found:
        named = re.findall(r"`([^`]+)`", cells[-1])
        assert named, f"nothing holds: {cells[0]}"
        others = [name for name in named if "::" not in name]
        assert all(name == "make bench" for name in others), f"{others}: say file::test"
        assert not missing([name for name in named if "::" in name]), cells[0]


def test_a_test_that_is_not_there_is_noticed() -> None:
    here = "tests/ops/test_docs.py::test_a_test_that_is_not_there_is_noticed"
    browser = "frontend/src/socket/positions.test.ts::"
    assert not missing([here, browser + "next is applied, seen is dropped"])
    wrong = [here + "_twice", "tests/nowhere.py::test_x", browser + "next is lost"]
    assert missing(wrong) == wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text()
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / target).exists(), target
    folders = "consumers|deploy|docs|frontend|scripts|server|tests"
    for name in re.findall(rf"`((?:{folders})/[\w./-]+\.\w+)`", text):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("`typing` | `room_id, on`", "`typing` | `room_id`"),
        ("| `heads` |", "| `head` |"),
        ("`poll.close` | `poll_id` | `{}`", "`poll.close` | `poll_id` | `Ballot`"),
        ("| `too_fast` | 429 |", "| `too_fast` | 428 |"),
        ("| 4430 | at once |", "| 4430 | never |"),
    ],
)
def test_a_table_of_the_protocol_that_drifts_is_noticed(was: str, becomes: str) -> None:
    text, socket = PROTOCOL.read_text(), describe()
    assert with_tables(text, socket) == text
    assert text.count(was) == 1
    assert with_tables(text.replace(was, becomes), socket) == text


def test_every_command_is_in_the_protocol() -> None:
    text = PROTOCOL.read_text()
    assert [op for op in ALL_COMMANDS if f"`{op}`" not in text] == []


def test_every_setting_is_listed() -> None:
    read = re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "server/environment.py").read_text())
    [table] = re.findall(r"## Settings\n(.*?)\n## ", (ROOT / "docs/operating.md").read_text(), re.S)
    listed = [
        name for row in table.split("\n| ") for name in re.findall("`([A-Z_]+)`", row.split("|")[0])
    ]
    assert sorted(listed) == sorted(read) and len(read) > 15


SOURCES = [*sorted((ROOT / "server").rglob("*.py")), *sorted((ROOT / "consumers").rglob("*.py"))]


def test_every_make_command_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in [*PAGES, *SOURCES]:
        for line in re.findall(r"`((?:[A-Z]+=\S+ )*make [a-z-]+)", page.read_text()):
            assert line.split()[-1] in targets, f"{page.name}: {line}"
