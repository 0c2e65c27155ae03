"""The job that makes a takeout."""

from tempfile import TemporaryFile
from time import monotonic

import structlog
from django.conf import settings
from django_tasks import task

from server.jobs.runs import give_way
from server.takeout import services
from server.takeout.pack import pack

log = structlog.get_logger(__name__)

STEP, PACE = 5, 1.0
"""Told after so many per cent more, and seconds."""


class Progress:
    """Tells the person how far it is, now and then."""

    def __init__(self, person_id: int, token: str):
        self._who = person_id, token
        self._told = 0
        self._at = monotonic()

    def __call__(self, share: float) -> None:
        """share: of the whole, 0 to 1. Raises Unwanted, Lost, PutOff."""
        give_way()
        percent = min(99, int(share * 100))
        if percent >= self._told + STEP and monotonic() >= self._at + PACE:
            self._told, self._at = percent, monotonic()
            services.advance(*self._who, percent)


@task()
def make(person_id: int, token: str) -> None:
    """Write the takeout of that name.

    Idempotent: each attempt begins anew in a file of its own, and only one of them becomes the
    takeout; done or taken back, there is nothing to do.
    """
    try:
        services.begin(person_id, token)
        # Beside the pictures, for there is room; without a name, so that a death leaves nothing.
        with TemporaryFile(dir=settings.DATA_DIR) as file:
            pack(person_id, file, Progress(person_id, token))
            services.finish(person_id, token, file)
    except services.Unwanted:
        log.info("takeout_unwanted", person=person_id)
