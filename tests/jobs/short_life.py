"""A process that holds a job and never lets go of the interpreter for long.

Its life is a second. Argument: `renews` (the database answers) or `cannot`.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")


def main() -> None:
    import django

    django.setup()
    from server.jobs import life, queue

    def cannot(process: str) -> None:
        raise OSError("no database")

    queue.renew = cannot if sys.argv[1] == "cannot" else lambda process: None
    life.LIFE_SECONDS, life.RENEW_SECONDS = 1.0, 0.2
    ours = life.Life("short")
    ours.start()
    ours.begin()
    print("begun", flush=True)
    give_up = time.monotonic() + 3
    while time.monotonic() < give_up:
        sum(range(1_000))
    ours.end()
    time.sleep(1.5)  # nothing is held: nothing ends us
    print("ended", flush=True)


if __name__ == "__main__":
    main()
