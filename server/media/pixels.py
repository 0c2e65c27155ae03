"""Turning hostile bytes into our own pictures: small, upright, without any metadata.

Nothing of the upload is kept but its pixels. What a file says it is (name, type, size) is not
believed; the decoder decides, within limits that are checked before it starts.
"""

import os
import warnings
from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from server.errors import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
SQUARE = 96
WIDTHS = (320, 640, 1280)
MAX_HEIGHT = 4 * WIDTHS[-1]
QUALITY = 82
EFFORT = 4
"""How hard the encoder tries, 0 to 6."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
JPEG_SCANS = 200
"""A progressive JPEG decodes every scan over the whole picture; real ones have about ten."""

register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_decoders = BoundedSemaphore(max(1, min(4, (os.cpu_count() or 2) // 2)))
"""Decoding is CPU and up to 160 MB of memory each: few at a time, the others wait a little."""
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as we keep it. files: {width: WebP bytes}, the square one under SQUARE.

    widths: of the uncropped files, smallest first; width, height: of the largest.
    """

    width: int
    height: int
    widths: list[int]
    files: dict[int, bytes]
    placeholder: str


def encode(data: bytes) -> Encoded:
    """Decode, upright, convert and scale one upload.

    Raises Refused: too_large (bytes or pixels), not_a_picture (anything that does not decode),
    unavailable (too many uploads are being worked on).
    """
    if len(data) > MAX_BYTES:
        raise Refused("too_large", f"A picture may have at most {MAX_BYTES >> 20} MB.")
    if not _decoders.acquire(timeout=_PATIENCE):
        raise Refused("unavailable", "Many pictures are being uploaded.", retry_after=5)
    try:
        return _variants(_decode(data))
    finally:
        _decoders.release()


def encode_own(data: bytes) -> Encoded:
    """A finished WebP picture that comes with our own code: unless it is too wide its bytes stay
    as they are, beside one small size (drawings are small files anyway). Never for what somebody
    uploaded: nothing is checked or cleaned."""
    with Image.open(BytesIO(data), formats=("WEBP",)) as opened:
        return _variants(_flat(opened), whole=data, widths=(WIDTHS[0], WIDTHS[-1]), effort=2)


def _decode(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise _too_many_pixels()
            if opened.format in {"JPEG", "MPO"}:
                _check_scans(data)
                opened.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
            opened.seek(0)
            return _flat(_to_srgb(ImageOps.exif_transpose(opened)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Refused:
        raise
    except UnidentifiedImageError as error:
        raise Refused(
            "not_a_picture", "Only JPEG, PNG, WebP, GIF and HEIC pictures can be read."
        ) from error
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        MemoryError,
        OverflowError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
    ) as error:
        # Decoders raise nearly anything on crafted files; all of it means the same to a person.
        raise Refused("not_a_picture", "The picture is damaged and cannot be read.") from error


def _too_many_pixels() -> Refused:
    return Refused("too_large", f"A picture may have at most {MAX_PIXELS // 10**6} megapixels.")


def _check_scans(data: bytes) -> None:
    if data.count(b"\xff\xda") > JPEG_SCANS:
        raise Refused("not_a_picture", "The picture is damaged and cannot be read.")


def _to_srgb(image: Image.Image) -> Image.Image:
    """Phones write wide-gamut colours; without the profile, which we drop, they would look dull."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        return image
    try:
        return (
            ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if image.mode == "RGBA" else "RGB",
            )
            or image
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _flat(image: Image.Image) -> Image.Image:
    """A fresh RGB or RGBA picture that carries pixels and nothing else."""
    seen_through = image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info
    if image.mode.startswith(("I", "F")):
        image = image.point(lambda value: value / 256).convert("L")
    plain = image.convert("RGBA" if seen_through else "RGB")
    plain.info.clear()
    return plain


def _variants(
    image: Image.Image,
    *,
    whole: bytes | None = None,
    widths: tuple[int, ...] = WIDTHS,
    effort: int = EFFORT,
) -> Encoded:
    """whole: the picture's file, kept when the picture need not be scaled down."""
    largest = _scaled(image, widths[-1])
    smaller = [width for width in widths if width < largest.width]
    files = {width: _webp(_scaled(largest, width), effort=effort) for width in smaller}
    untouched = whole if largest is image else None
    files[largest.width] = untouched or _webp(largest, effort=effort)
    side = min(SQUARE, *image.size)
    square = ImageOps.fit(largest, (side, side), Image.Resampling.LANCZOS)
    files[SQUARE] = _webp(square, effort=effort)
    tiny = largest.copy()
    tiny.thumbnail((20, 20), Image.Resampling.BOX)
    placeholder = b64encode(_webp(tiny, quality=20)).decode()
    return Encoded(
        width=largest.width,
        height=largest.height,
        widths=[*smaller, largest.width],
        files=files,
        placeholder=f"data:image/webp;base64,{placeholder}",
    )


def _scaled(image: Image.Image, width: int) -> Image.Image:
    """At most this wide, in proportion, never larger than it is, and no endless strip.

    No width equals SQUARE: that file name belongs to the cropped one.
    """
    factor = min(1.0, width / image.width, MAX_HEIGHT / image.height)
    target = max(1, round(image.width * factor))
    if target == SQUARE:
        target -= 1
    if target == image.width:
        return image
    height = min(MAX_HEIGHT, max(1, round(image.height * target / image.width)))
    return image.resize((target, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _webp(image: Image.Image, quality: int = QUALITY, effort: int = EFFORT) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", quality=quality, method=effort, exif=b"", xmp=b"", icc_profile=None)
    return file.getvalue()
