"""The product's own worker, which says what it runs on once it accepts connections."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct

from consumers.wire import server as worker

PLACES = struct.Struct("28xI")
"""In the kernel's TCP_INFO of a listening socket, how many connections may wait for accept()."""


def main() -> None:
    ready = worker.Server._tell_ready

    def tell(server: worker.Server) -> None:
        with socket.socket(fileno=os.dup(server._fd)) as listening:
            info = listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, PLACES.size)
        running = asyncio.get_running_loop()
        (places,) = PLACES.unpack(info)
        print(json.dumps({"loop": type(running).__module__, "places": places}), flush=True)
        ready(server)

    worker.Server._tell_ready = tell  # type: ignore[method-assign]
    worker.main()


if __name__ == "__main__":
    main()
