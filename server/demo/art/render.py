"""From a drawing to pixels. Needs the renderer from requirements-dev.txt; the product does not."""

from io import BytesIO

import resvg_py
from PIL import Image


def pixels(svg: str, width: int) -> Image.Image:
    """The drawing as an opaque RGB picture `width` pixels wide."""
    png = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
    return Image.open(BytesIO(bytes(png))).convert("RGB")


def render(svg: str, width: int) -> bytes:
    """The drawing as the bytes of a WebP file `width` pixels wide, without metadata."""
    out = BytesIO()
    pixels(svg, width).save(out, "WEBP", quality=84, method=6)
    return out.getvalue()
