"""Migrate an empty database, make Mei and Bo with a chat of theirs, and print who they are."""

import json

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from tests import factories

    mei, bo = factories.person("mei"), factories.person("bo")
    factories.befriend(mei, bo)
    room = factories.group_room(mei, bo)
    keys = {"mei": factories.session_key(mei), "bo": factories.session_key(bo)}
    print(json.dumps({"keys": keys, "ids": {"mei": mei.pk, "bo": bo.pk}, "room": room}))


if __name__ == "__main__":
    main()
