"""Frames as bytes: built once, handed to every socket of a topic."""


def text_frame(text: str) -> bytes:
    """A whole unmasked text frame (RFC 6455 section 5.2)."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class Frame:
    """Text that goes to many sockets; its wire form is built at most once."""

    __slots__ = ("_size", "_wire", "text")

    def __init__(self, text: str):
        self.text = text
        self._wire: bytes | None = None
        self._size: int | None = None

    @property
    def size(self) -> int:
        """Bytes of its text."""
        if self._size is None:
            self._size = len(self.text.encode())
        return self._size

    @property
    def wire(self) -> bytes:
        """A ready RFC 6455 frame."""
        if self._wire is None:
            self._wire = text_frame(self.text)
        return self._wire
