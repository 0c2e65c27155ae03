"""A zip that is written part by part: several texts may be open at once, none is held in memory."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, Self, TextIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings

PART = 64 * 1024


class Archive:
    """Writes to an open file. made_at: what its members are dated, as zip dates are."""

    def __init__(self, file: IO[bytes], made_at: tuple[int, int, int, int, int, int]):
        self._zip = ZipFile(file, "w", allowZip64=True)
        self._made_at = made_at

    @contextmanager
    def text(self, name: str) -> Iterator[TextIO]:
        """A text to be written; it becomes a member when the block ends well."""
        with TemporaryFile(dir=settings.DATA_DIR) as scratch:
            writer = TextIOWrapper(scratch, encoding="utf-8", newline="\n")
            try:
                yield writer
            finally:
                writer.detach()  # what it holds is written; it must not close the file
            scratch.seek(0)
            with self._member(name, ZIP_DEFLATED) as member:
                shutil.copyfileobj(scratch, member, PART)

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """A member that is compressed already. Nothing is added when the first part cannot be
        had."""
        coming = iter(parts)
        first = next(coming, b"")
        with self._member(name, ZIP_STORED) as member:
            member.write(first)
            for part in coming:
                member.write(part)

    def _member(self, name: str, how: int) -> IO[bytes]:
        info = ZipInfo(name, self._made_at)
        info.compress_type, info.external_attr = how, 0o644 << 16
        return self._zip.open(info, "w", force_zip64=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Writes the list of members, without which it is no zip."""
        self._zip.close()
