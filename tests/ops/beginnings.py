"""Reads the settings anew, each time in a process of its own that starts in milliseconds.

A line of JSON comes in: the environment and what to run. A child of this process, which has loaded
the libraries but none of our modules, does it; a line with its exit code and its words goes out.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback

import csp.constants
import django.conf
import django_stubs_ext
import environs
import prometheus_client
import psycopg_pool
import redis.asyncio
import structlog

LOADED = (
    csp,
    django,
    django_stubs_ext,
    environs,
    prometheus_client,
    psycopg_pool,
    redis,
    structlog,
)


def run(say: str) -> int:
    try:
        exec(say, {})
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def child(environment: dict[str, str], say: str, out: int, err: int) -> None:
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.environ.clear()
    os.environ.update(environment)
    code = run(say)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        asked = json.loads(line)
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            pid = os.fork()
            if pid == 0:
                child(asked["environment"], asked["say"], out.fileno(), err.fileno())
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            out.seek(0)
            err.seek(0)
            answers.write(json.dumps([code, out.read(), err.read()]) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
