"""Letters that a change asks for: a job sends them, so that a mail server that is away delays the
letter and not the change."""

from datetime import date

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django_tasks import task

from server.accounts.letters import LETTERS
from server.accounts.models import User

log = structlog.get_logger(__name__)

PAGES = {"leaving/asked": "/sign-in", "leaving/undone": "/sign-in"}
"""Where letters lead, but for one's own page."""


@task()
def send_letter(person_id: int, letter: str, day: str = "", address: str = "") -> None:
    """Send somebody one of our letters. day: what it says about time, as an ISO date. address: a
    former one of theirs, else it goes to the present one.

    Idempotent but for a moment: when the process dies after the mail server took the letter, it is
    sent twice. The address is read here, so that no job keeps one that is in use.
    """
    person = User.objects.filter(pk=person_id).first()
    to = address or (person.email if person else "")
    if person is None or not to or not settings.CAN_MAIL:
        return
    words = LETTERS[letter]["zh" if person.language == "zh" else "en"]
    body = words.body.format(
        link=f"{settings.ORIGINS[0]}{PAGES.get(letter, '/me')}",
        username=person.username,
        day=_day(day, person.language),
    )
    EmailMessage(words.subject, body, to=[to]).send()


def _day(text: str, language: str) -> str:
    if not text:
        return ""
    day = date.fromisoformat(text)
    if language == "zh":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {day:%B} {day.year}"
