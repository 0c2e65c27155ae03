"""Reading whole frames: the same as taking them apart byte by byte, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consumers.wire.inbound import unmask, whole_text
from tests.fuzz.raw import MASK, frame, said


@given(some.binary(max_size=300), some.binary(min_size=4, max_size=4))
def test_the_mask_comes_off_byte_by_byte(payload: bytes, key: bytes) -> None:
    turned = bytes(byte ^ key[place % 4] for place, byte in enumerate(payload))
    assert unmask(turned, key) == payload


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535])
def test_a_whole_frame_is_read_wherever_it_stands(size: int) -> None:
    before, payload, after = said("first"), b"x" * size, b"\x81"
    data = before + said(payload) + after
    assert whole_text(data, 0) == (b"first", len(before))
    assert whole_text(data, len(before)) == (payload, len(data) - 1)
    assert whole_text(data, len(data) - 1) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        said("x")[:-1],
        said("x" * 126)[:-1],
        said("x" * 126)[:3],
        said("x" * 65_536),
        said("x", masked=False),
        said("x", fin=False),
        said("x", rsv=4),
        said("x", wide=2),
        said("x", wide=8),
        frame(b"x", 2),
        frame(b"x", 0),
        frame(b"", 8),
        frame(b"x", 9),
        b"\x81\x80" + MASK[:3],
    ],
    ids=range(15),
)
def test_everything_else_is_left_alone(data: bytes) -> None:
    assert whole_text(data, 0) is None
