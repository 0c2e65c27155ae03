"""What only a demo world has: anybody may come in as one of its people."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from server.demo import queries
from server.demo.schemas import DemoPeople
from server.errors import Refused

router = Router(tags=["demo"])


@router.get("/demo/people", response=DemoPeople, auth=None, summary="People to come in as")
def get_people(request: HttpRequest) -> DemoPeople:
    """404 wherever real people are: only `make run` and a deliberate DEMO=1 have it."""
    if not settings.DEMO:
        raise Refused("not_found")
    return queries.demo_people()
