"""Pictures as the wire shows them."""

from server.schema import Id, Shape


class Source(Shape):
    """One size of a picture."""

    url: str
    width: int


class PictureView(Shape):
    """A re-encoded picture in several widths, smallest first.

    width, height: pixels of the largest; placeholder: a data URI of some 70 bytes.
    """

    id: Id
    width: int
    height: int
    alt: str
    placeholder: str
    sources: list[Source]
