"""Which words name somebody; who is told of it is tests/notices/test_kinds.py."""

from __future__ import annotations

import pytest

from server.feed import naming


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("@Mei, look: @bo_2! @mei", ["mei", "bo_2"]),
        ("问@mei吧，@bo。", ["mei", "bo"]),
        ("mei@example.org x.@bo @ @b", []),
        ("@" + "x" * 30 + " @" + "y" * 31, ["x" * 30]),
        (" ".join(f"@p{n}" for n in range(12)), [f"p{n}" for n in range(10)]),
    ],
)
def test_what_is_a_name(words: str, named: list[str]) -> None:
    assert naming.names(words) == named
