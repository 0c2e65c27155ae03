"""Migrate an empty shop, make one person, and print that person's session cookie."""

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    people = get_user_model()
    person = people.objects.filter(username="bench").first()
    person = person or people.objects.create_user(username="bench", password="bench")
    assert not isinstance(person, AnonymousUser)
    browser = Client()
    browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    print(f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}")


if __name__ == "__main__":
    main()
