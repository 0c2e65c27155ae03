"""One product worker on a port, without the supervisor, so that its CPU is one process's."""

import socket
import sys

from consumers.wire.server import run


def main() -> None:
    listening = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=4096)
    run(listening.fileno(), worker="bench")


if __name__ == "__main__":
    main()
