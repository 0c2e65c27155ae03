"""Migrate an empty database, make Mei and Bo with chats of theirs, and print who they are."""

import json

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from tests import factories

    mei, bo = factories.person("mei"), factories.person("bo")
    factories.befriend(mei, bo)
    rooms = [factories.group_room(mei, bo) for _ in range(4)]
    keys = {"mei": factories.session_key(mei), "bo": factories.session_key(bo)}
    print(json.dumps({"keys": keys, "ids": {"mei": mei.pk, "bo": bo.pk}, "rooms": rooms}))


if __name__ == "__main__":
    main()
