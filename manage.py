#!/usr/bin/env python
"""Django's command line for Jianghu: `manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("Django is not installed here. Use .venv/bin/python manage.py, or `make run`.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
