"""The demo world's pictures, encoded once however often they are shown."""

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

from server.demo.art import READY, ready
from server.demo.art.catalogue import SCENES, THINGS
from server.media.pixels import Encoded, encode_own
from server.media.services import bring

_ITEMS = {shot.file: shot.alt for thing in THINGS for shot in thing.shots}

Name = tuple[str, str]
"""Kind (items, faces, scenes, marks, covers) and name of a drawing."""


def client_id(*parts: object) -> str:
    """The name of one act, the same in every making of the world."""
    return blake2b("/".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def shown(name: str) -> Name:
    """A picture of a story: one of a scene or one of an item."""
    return ("scenes", name) if name in SCENES else ("items", name)


def words_for(name: Name, language: str) -> str:
    """What a picture shows; faces, marks and covers have their owner's name beside them."""
    text = (SCENES | _ITEMS).get(name[1])
    return "" if text is None else text.zh if language == "zh" else text.en


class Drawings:
    """All drawings, encoded at once by as many threads as there are cores (Pillow lets go of the
    interpreter while it works)."""

    def __init__(self) -> None:
        files = sorted(READY.glob("*/*.webp"))
        names = [(file.parent.name, file.stem) for file in files]
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            self._encoded = dict(zip(names, pool.map(_encoded, names), strict=True))

    def hang(self, owner: int, name: Name, language: str, use: str) -> int:
        """A new unused picture of this person's; use: what for, which makes it one of its kind.

        Raises KeyError for a drawing that is not there.
        """
        alt = words_for(name, language)
        return bring(owner, self._encoded[name], alt, client_id(*name, use)).id


def _encoded(name: Name) -> Encoded:
    return encode_own(ready(*name).read_bytes())
