"""A worker that dies between commit and reply, every so often. For tests only.

DIE_EVERY=50: when this process has committed its 50th send, it is gone before the reply leaves,
as if somebody had pulled the plug.
"""

from __future__ import annotations

import os
import signal
from itertools import count
from typing import Any

from consumers.wire import server as worker


def make_mortal(every: int) -> None:
    """Wrap the one command; everything around it is the product's own."""
    from consumers.socket import ALL_COMMANDS

    command = ALL_COMMANDS["message.send"]
    send, committed = command.many, count(1)
    assert send is not None

    def send_and_perhaps_die(sends: Any) -> Any:
        results = send(sends)
        if max(next(committed) for _ in sends) >= every:
            os.kill(os.getpid(), signal.SIGKILL)
        return results

    object.__setattr__(command, "many", send_and_perhaps_die)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
    import server.asgi  # noqa: F401  sets Django up, and the commands with it

    make_mortal(int(os.environ["DIE_EVERY"]))
    worker.main()
