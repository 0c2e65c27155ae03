"""What only a demo world has: anybody may come in as one of its people."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from server.demo import queries
from server.demo.schemas import DemoPeople

router = Router(tags=["demo"])


@router.get("/demo/people", response=DemoPeople, auth=None, summary="People to come in as")
def get_people(request: HttpRequest) -> DemoPeople:
    """Nobody wherever real people are: only `make run` and a deliberate DEMO=1 have some."""
    if not settings.DEMO:
        return DemoPeople(people=[], password="")
    return queries.demo_people()
