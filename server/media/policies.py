"""Who may see a picture: the public, its owner until it is used, or the watchers of its topic."""

from collections.abc import Callable

from server.media.models import Picture

MayWatch = Callable[[int | None, str], bool]
"""(person or None, topic text) -> whether that person may watch the topic now."""


def may_see(picture: Picture, person_id: int | None, may_watch: MayWatch) -> bool:
    """The same predicate as watching the topic the picture hangs on."""
    if picture.state != "ready":
        return False
    if picture.public:
        return True
    if picture.guard is None:
        return person_id == picture.owner_id
    return may_watch(person_id, picture.guard)
