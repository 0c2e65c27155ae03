"""Hostile bytes in, our own pictures out."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode
from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from server.errors import Refused
from server.media import pixels
from server.media.pixels import SQUARE, encode

GPS = 0x8825
ORIENTATION = 0x0112


def saved(image: Image.Image, form: str, **kw: Any) -> bytes:
    file = BytesIO()
    image.save(file, form, **kw)
    return file.getvalue()


def photo(width: int = 800, height: int = 600) -> Image.Image:
    """Red on the left, blue on the right, white above: every turn and flip shows."""
    image = Image.new("RGB", (width, height), "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height), fill="blue")
    draw.rectangle((0, 0, width, height // 4), fill="white")
    return image


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def near(colour: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(colour[:3], wanted, strict=True))


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        encode(data)
    assert refusal.value.message, "a person is told why"
    return refusal.value.code.name


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_every_format_becomes_webp(form: str) -> None:
    encoded = encode(saved(photo(), form))
    assert (encoded.width, encoded.height, encoded.widths) == (800, 600, [320, 640, 800])
    assert set(encoded.files) == {SQUARE, 320, 640, 800}
    for width, data in encoded.files.items():
        image = opened(data)
        assert (image.format, image.width) == ("WEBP", width)
        assert near(image.convert("RGB").getpixel((5, image.height - 5)), (255, 0, 0))


def test_pixels_are_scaled_down_and_never_up() -> None:
    assert encode(saved(photo(3000, 1500), "JPEG")).widths == [320, 640, 1280]
    assert encode(saved(photo(3000, 1500), "JPEG")).height == 640
    assert encode(saved(photo(640, 480), "PNG")).widths == [320, 640]
    small = encode(saved(photo(40, 20), "PNG"))
    assert (small.widths, set(small.files)) == ([40], {40, SQUARE})
    assert opened(small.files[SQUARE]).size == (20, 20)
    assert encode(saved(photo(1, 1), "PNG")).widths == [1]


def test_the_square_keeps_its_name_to_itself() -> None:
    encoded = encode(saved(photo(96, 300), "PNG"))
    assert SQUARE not in encoded.widths
    assert opened(encoded.files[SQUARE]).size == (96, 96)


@pytest.mark.parametrize("size", [(100, 20_000), (20_000, 10), (10, 16_384)])
def test_endless_strips_are_bounded(size: tuple[int, int]) -> None:
    encoded = encode(saved(Image.new("RGB", size, "green"), "PNG"))
    assert 1 <= encoded.width <= 1280
    assert 1 <= encoded.height <= pixels.MAX_HEIGHT
    assert opened(encoded.files[encoded.width]).size == (encoded.width, encoded.height)


def test_the_placeholder_is_a_tiny_picture_in_a_data_uri() -> None:
    placeholder = encode(saved(photo(), "JPEG")).placeholder
    head, data = placeholder.split(",")
    assert head == "data:image/webp;base64"
    assert max(opened(b64decode(data)).size) <= 24
    assert len(placeholder) < 400


def test_the_picture_is_upright_and_its_metadata_gone() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turned a quarter to the right by the viewer
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(GPS)[2] = (31.0, 14.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(
        photo(), "JPEG", exif=exif, icc_profile=profile, comment=b"SecretComment", quality=95
    )
    assert b"SecretCamera" in data
    encoded = encode(data)
    assert (encoded.width, encoded.height) == (600, 800)
    image = opened(encoded.files[600])
    assert near(image.getpixel((590, 400)), (255, 255, 255)), "the top is on the right now"
    assert near(image.getpixel((100, 100)), (255, 0, 0))
    for kept in encoded.files.values():
        assert not {b"EXIF", b"XMP ", b"ICCP"} & set(_chunks(kept))
        assert b"Secret" not in kept
        assert len(opened(kept).getexif()) == 0


def _chunks(webp: bytes) -> list[bytes]:
    names, at = [], 12
    while at < len(webp):
        name, size = struct.unpack("<4sI", webp[at : at + 8])
        names.append(name)
        at += 8 + size + size % 2
    return names


def test_texts_in_a_png_are_gone() -> None:
    info = PngInfo()
    info.add_text("Author", "SecretAuthor", zip=False)
    info.add_itxt("XML:com.adobe.xmp", "<x>SecretXmp</x>")
    for data in encode(saved(photo(), "PNG", pnginfo=info)).files.values():
        assert b"Secret" not in data
        assert not {b"EXIF", b"XMP ", b"ICCP"} & set(_chunks(data))


def test_metadata_of_a_phone_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    heif = pillow_heif.from_pillow(photo())
    file = BytesIO()
    heif.save(file, exif=exif.tobytes())
    assert b"SecretCamera" in file.getvalue()
    assert all(b"Secret" not in data for data in encode(file.getvalue()).files.values())


def swapped_profile() -> bytes:
    """A colour space whose red is everybody else's green, to see that profiles are followed."""

    def fixed(*values: float) -> bytes:
        return struct.pack(f">{len(values)}i", *(round(value * 65_536) for value in values))

    def point(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + fixed(*values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 0x0233) + b"\0\0"
    tags = {
        b"wtpt": point(0.9642, 1.0, 0.8249),
        b"rXYZ": point(0.3851, 0.7169, 0.0971),
        b"gXYZ": point(0.4360, 0.2225, 0.0139),
        b"bXYZ": point(0.1431, 0.0606, 0.7141),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Swap\0" + b"\0" * 79,
        b"cprt": b"text\0\0\0\0None\0\0\0\0",
    }
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(
        ">I4sI4s4s4s12s4s",
        at + len(body),
        b"",
        0x02400000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        b"\x07\xe8\0\1\0\1\0\0\0\0\0\0",
        b"acsp",
    )
    head += b"\0" * 28 + fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + table + body


def test_colours_are_converted_before_their_profile_is_dropped() -> None:
    red = Image.new("RGB", (50, 50), "red")
    plain = opened(encode(saved(red, "PNG")).files[50])
    profiled = opened(encode(saved(red, "PNG", icc_profile=swapped_profile())).files[50])
    assert near(plain.getpixel((25, 25)), (255, 0, 0))
    assert near(profiled.getpixel((25, 25)), (0, 255, 0))


@pytest.mark.parametrize("profile", ["LAB", "XYZ", None])
def test_a_profile_that_does_not_fit_is_ignored(profile: Any) -> None:
    data = b"not a profile"
    if profile:
        data = ImageCms.ImageCmsProfile(ImageCms.createProfile(profile)).tobytes()
    image = opened(encode(saved(photo(), "PNG", icc_profile=data)).files[320])
    assert near(image.getpixel((20, 200)), (255, 0, 0))


def test_transparency_stays() -> None:
    clear = Image.new("RGBA", (200, 200), (255, 0, 0, 0))
    for data in (
        saved(clear, "PNG"),
        saved(clear, "GIF"),
        saved(clear.convert("LA"), "PNG"),
        saved(clear, "WEBP", lossless=True),
    ):
        assert opened(encode(data).files[200]).convert("RGBA").getpixel((100, 100))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "YCbCr"])
def test_every_kind_of_pixel_is_understood(mode: str) -> None:
    image = photo().convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.new("I;16", (800, 600), 65_535)
    data = saved(image, "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG")
    pixel = opened(encode(data).files[320]).getpixel((160, 5))
    assert near(pixel, (255, 255, 255)), "what was white is white"


def test_of_an_animation_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("red", "blue", "green")]
    for form in ("GIF", "WEBP", "PNG"):
        data = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=50)
        image = opened(encode(data).files[300])
        assert getattr(image, "n_frames", 1) == 1
        assert near(image.convert("RGB").getpixel((150, 100)), (255, 0, 0))


def png_header(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = zlib.compress(b"\0" * 4096)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(pixels, "_flat", decode)
    for size in ((8_000, 5_001), (9_500, 9_500), (60_000, 60_000), (2**31 - 1, 2**31 - 1)):
        assert refused(png_header(*size)) in {"too_large", "not_a_picture"}
    assert refused(png_header(8_000, 5_001)) == "too_large"
    real = saved(Image.new("1", (8_000, 5_100)), "PNG")
    assert len(real) < 20_000
    assert refused(real) == "too_large"


def test_the_largest_allowed_picture_is_taken() -> None:
    data = saved(Image.new("1", (8_000, 5_000)), "PNG")
    assert encode(data).widths == [320, 640, 1280]


def test_too_many_bytes_are_refused_unread() -> None:
    assert refused(b"\xff\xd8" + b"\0" * pixels.MAX_BYTES) == "too_large"


def test_a_progressive_picture_of_endless_scans_is_refused() -> None:
    data = saved(photo(), "JPEG", progressive=True)
    start = data.index(b"\xff\xda")
    assert encode(data)
    assert refused(data[:start] + data[start:-2] * 60 + b"\xff\xd9") == "not_a_picture"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture at all",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        png_header(100, 100),
        saved(Image.new("RGB", (50, 50)), "BMP"),
        saved(Image.new("RGB", (50, 50)), "TIFF"),
        saved(Image.new("RGB", (50, 50)), "ICO"),
        saved(Image.new("RGB", (50, 50)), "PPM"),
        saved(Image.new("RGB", (50, 50)), "PDF"),
    ],
    ids=range(12),
)
def test_what_is_not_one_of_our_formats_is_refused(data: bytes) -> None:
    assert refused(data) == "not_a_picture"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_damaged_files_are_refused_or_read_and_never_break_us(form: str) -> None:
    whole = saved(photo(320, 240), form)
    assert refused(whole[: len(whole) // 2]) == "not_a_picture"
    step = max(1, len(whole) // 60)
    for at in range(8, len(whole), step):
        harmed = bytearray(whole)
        harmed[at] ^= 0xFF
        try:
            encode(bytes(harmed))
        except Refused as refusal:
            assert refusal.code.name in {"not_a_picture", "too_large"}


def test_when_the_decoders_are_busy_the_answer_is_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pixels, "_PATIENCE", 0.01)
    taken = 0
    while pixels._decoders.acquire(blocking=False):
        taken += 1
    try:
        assert refused(saved(photo(), "PNG")) == "unavailable"
    finally:
        for _ in range(taken):
            pixels._decoders.release()
    assert encode(saved(photo(), "PNG"))
