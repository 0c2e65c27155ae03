"""The smallest worker a supervisor can run: answers every connection with its name and pid."""

from __future__ import annotations

import argparse
import os
import select
import signal
import socket
import sys
import time


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fd", type=int)
    parser.add_argument("--worker")
    parser.add_argument("--ready-fd", type=int)
    options = parser.parse_args()
    if os.environ.get("WORKER_BREAKS") == "1":
        sys.exit(3)

    # A signal only wakes the loop, so it never cuts an answer in two.
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    signal.set_wakeup_fd(waker.fileno())
    signal.signal(signal.SIGTERM, lambda *_: None)
    listener = socket.socket(fileno=options.fd)
    listener.setblocking(False)
    os.write(options.ready_fd, b"1")
    while woken not in select.select([listener, woken], [], [])[0]:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:  # another worker was quicker
            continue
        with connection:
            connection.sendall(f"{options.worker} {os.getpid()}".encode())
    time.sleep(float(os.environ.get("WORKER_DRAINS", "0")))


if __name__ == "__main__":
    main()
