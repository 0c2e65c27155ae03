"""Records of what I met others for."""

from server.schema import Shape


class GatheringRecord(Shape):
    """An event of a group that I made or answered. answer: going, perhaps, not or waiting (for a
    place). begins, ends: by the clocks of its zone."""

    id: int
    group: str
    title: str
    about: str
    begins: str
    ends: str | None
    zone: str
    place: str
    link: str
    mine: bool
    answer: str | None
    cancelled: bool
    made_at: int
