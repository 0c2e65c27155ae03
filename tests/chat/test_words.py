"""What becomes of what people type: text, emoji and mentions, without a database."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.chat.emoji import spelled
from server.chat.mentions import mentioned
from server.text import clean, clean_words, visible


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(
        unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n"
        for character in once
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("\ufeffhello\x00 \x1b[31mred", "hello [31mred"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("\u2066\u2067\u2068\u2069x\u202a\u202b\u202c\u202d", "x"),
        ("e\u0301", "é"),
        ("\tindented\t", "indented"),
        ("👨\u200d👩\u200d👧 می\u200cخواهم", "👨\u200d👩\u200d👧 می\u200cخواهم"),
        ("مرحبا \u200fabc", "مرحبا \u200fabc"),
    ],
)
def test_cleaning_takes_what_hides_and_keeps_what_is_said(text: str, kept: str) -> None:
    assert clean(text) == kept


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        *[("a", True), ("👍", True), ("।", True), ("中", True), ("", False)],
        *[(" \n\u200b", False), ("\u2800\u3164", False), ("\u0301", False)],
        ("\U000e0061", False),
    ],
)
def test_what_can_be_seen(text: str, seen: bool) -> None:
    assert visible(text) is seen
    assert clean_words(text, 10, optional=True) == (text if seen else "")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@mei", [1]),
        ("@MEI, @Bo!", [1, 2]),
        ("@bo @mei @bo", [2, 1]),
        ("@meilin", [3]),
        ("@mei_lin @meix", []),
        ("@小美好 @小", [1]),
        ("write to a@mei or x.@bo", []),
        ("(@bo)", [2]),
        ("@", []),
        ("@ann bee", [4]),
        ("@ann", []),
        ("@(.*)", [5]),
        ("看@bo", [2]),
    ],
)
def test_who_is_meant(text: str, people: list[int]) -> None:
    names = {
        1: ["mei", "小美"],
        2: ["bo", "Mei"],
        3: ["meilin", "L"],
        4: ["a4", "Ann Bee"],
        5: ["e5", "(.*)"],
    }
    assert mentioned(text, names) == people


def test_nobody_is_meant_among_nobody() -> None:
    assert mentioned("@mei", {}) == []


def test_an_emoji_has_one_spelling() -> None:
    assert spelled("❤") == spelled("❤️") == "❤️"
    assert spelled("👁️‍🗨️") == spelled("👁‍🗨") == "👁️‍🗨️"
    assert spelled("\ufe0f") is None
