"""Migrate an empty shop, make one person, and print that person's session cookie."""

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from django.conf import settings

    from server.accounts.models import User
    from tests import factories

    person = User.objects.filter(username="bench").first()
    if person is None:
        person = factories.person("bench")
        factories.item(person, factories.store(person))
    print(f"{settings.SESSION_COOKIE_NAME}={factories.session_key(person)}")


if __name__ == "__main__":
    main()
