"""What people do that may be shared by itself, if they said so: the door between the apps where it
is done and the one that shares it, which they do not know. See happenings.py for what concerns
somebody else in any case."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal["bookmark", "vote", "group"]


@dataclass(frozen=True, slots=True)
class Deed:
    """kind: what was done. subject: the item, vote or group it was done to."""

    kind: Kind
    person_id: int
    subject: int


Hearer = Callable[[Collection[Deed]], None]

done: list[Hearer] = []
undone: list[Hearer] = []
"""Called in the transaction of the change. An app above adds to them in its AppConfig.ready()."""


def did(*deeds: Deed) -> None:
    """Say so, in the transaction in which it is done. All are of one kind."""
    _tell(done, deeds)


def undid(*deeds: Deed) -> None:
    """It is so no more, or is nobody's business any more. Also said of what was never shared."""
    _tell(undone, deeds)


def _tell(hearers: Collection[Hearer], deeds: Collection[Deed]) -> None:
    if deeds:
        for hearer in hearers:
            hearer(deeds)
