"""`python -m server.ops.run_jobs` is one jobs process: `manage.py serve` starts it beside its
workers."""

import argparse
import os
import socket


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worker", default=f"jobs-{socket.gethostname()}-{os.getpid()}")
    parser.add_argument("--ready-fd", type=int)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
    import django

    django.setup()
    from server.ops.jobs import Jobs

    Jobs(arguments.worker).run(arguments.ready_fd)


if __name__ == "__main__":
    main()
