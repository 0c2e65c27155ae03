"""Reads of the demo world."""

from server.accounts.models import User
from server.accounts.queries import cards
from server.demo.schemas import DemoPeople, DemoPerson

PASSWORD = "teahouse-9"  # noqa: S105  (printed on the sign-in page of the demo, and only there)


def demo_people() -> DemoPeople:
    """Everybody whom seed_demo made, in the order they were made."""
    from server.demo.art.people import PEOPLE

    names = [person.username for person in PEOPLE]
    ids = list(User.objects.filter(username__in=names).order_by("pk").values_list("pk", flat=True))
    found = cards(ids)
    people = [found[person] for person in ids]
    return DemoPeople(
        people=[DemoPerson(username=p.username, name=p.name, face=p.face) for p in people],
        password=PASSWORD,
    )
