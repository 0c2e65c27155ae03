"""Draw everything again: ``python -m server.demo.art.build`` (or with names, only those).

Writes ready/<kind>/<name>.webp and ready/manifest.json, which keeps a checksum of every
drawing, so that a test can tell a drawing that was changed without building.
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


def build(only: frozenset[str] = frozenset()) -> int:
    """Write the files (all, or those whose name is in `only`); returns how many."""
    sums: dict[str, str] = json.loads(MANIFEST.read_text()) if only and MANIFEST.exists() else {}
    count = 0
    for kind, name, svg, width in drawings():
        if only and name not in only:
            continue
        file = ready(kind, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(render(svg, width))
        sums[f"{kind}/{name}"] = checksum(svg)
        count += 1
    MANIFEST.write_text(json.dumps(dict(sorted(sums.items())), indent=0) + "\n")
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{build(frozenset(sys.argv[1:]))} pictures\n")
