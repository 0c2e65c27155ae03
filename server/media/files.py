"""Where the files of pictures are: MEDIA_ROOT/<two letters>/<token>/<width>.webp."""

from collections.abc import Iterable, Iterator, Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def path(token: str, width: int) -> str:
    """Relative path in the storage. Tokens are ours, hexadecimal: nothing to traverse with."""
    return f"{token[:2]}/{token}/{width}.webp"


def write(token: str, files: Mapping[int, bytes]) -> None:
    """Store the files of a picture."""
    for width, data in files.items():
        default_storage.save(path(token, width), ContentFile(data))


def read(token: str, width: int) -> bytes:
    """The bytes of one file. Raises FileNotFoundError."""
    with default_storage.open(path(token, width)) as file:
        data: bytes = file.read()
    return data


def parts(name: str) -> Iterator[bytes]:
    """A file of a picture, given by its path, part by part. Raises FileNotFoundError."""
    with default_storage.open(name) as file:
        yield from file.chunks()


def remove(token: str, widths: Iterable[int]) -> None:
    """Delete the files of a picture; missing ones are no error."""
    for width in widths:
        default_storage.delete(path(token, width))
