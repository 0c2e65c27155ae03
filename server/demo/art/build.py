"""Draw what changed: ``python -m server.demo.art.build`` (with ``--all``, everything again).

Writes ready/<kind>/<name>.webp and ready/manifest.json, which keeps a checksum of every
drawing: it says what changed, and a test fails while it is behind.
"""

import json
import sys
from collections.abc import Callable, Iterator
from zlib import crc32

from . import READY, faces, items, ready, scenes, stores
from .render import render

MANIFEST = READY / "manifest.json"

KINDS: dict[str, tuple[dict[str, Callable[[], str]], int]] = {
    "items": (items.PICTURES, 1000),
    "faces": (faces.PICTURES, 528),
    "scenes": (scenes.PICTURES, 1440),
    "marks": (stores.MARKS, 480),
    "covers": (stores.COVERS, 1500),
}


def drawings() -> Iterator[tuple[str, str, str, int]]:
    """Every picture there is: kind, name, SVG text, width of its file in pixels."""
    for kind, (pictures, width) in KINDS.items():
        for name, draw in pictures.items():
            yield kind, name, draw(), width


def checksum(svg: str) -> str:
    return f"{crc32(svg.encode()):08x}"


def build(everything: bool = False) -> int:
    """Write the files that are missing or behind, remove the strange; returns how many."""
    old: dict[str, str] = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {}
    new: dict[str, str] = {}
    count = 0
    for kind, name, svg, width in drawings():
        file, key = ready(kind, name), f"{kind}/{name}"
        new[key] = checksum(svg)
        if everything or old.get(key) != new[key] or not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(render(svg, width))
            count += 1
    for file in READY.glob("*/*.webp"):
        if f"{file.parent.name}/{file.stem}" not in new:
            file.unlink()
    MANIFEST.write_text(json.dumps(dict(sorted(new.items())), indent=0) + "\n")
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{build(everything='--all' in sys.argv)} pictures\n")
