"""The pictures of the demo world: drawn by pure functions, kept ready as WebP files.

The product only reads `ready`. The drawing modules and the renderer are for whoever draws:
change a drawing, run ``python -m server.demo.art.build``, look, commit both.
"""

from pathlib import Path

READY = Path(__file__).parent / "ready"


def ready(kind: str, name: str) -> Path:
    """The finished picture of a kind (items, faces, scenes, marks, covers), as a WebP file."""
    return READY / kind / f"{name}.webp"
