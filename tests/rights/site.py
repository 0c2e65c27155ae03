"""What is there for everybody, signed in or not."""

from tests.rights.cast import ROLES
from tests.rights.table import row

ALL = " ".join(ROLES)

ROWS = [
    row("GET /healthz", ALL),
    row("GET /readyz", ALL),
    # Whom it is for is asked in tests/ops/test_metrics.py: nobody who is here.
    row("GET /metrics", "", anonymous="not_found"),
    row("GET /api/asyncapi.json", ALL),
    row("GET /api/openapi.json", ALL),
    row("GET /api/docs", ALL),
    row("GET /api/door", ALL, shows={'"mail":true': ALL}),
    row("GET /api/demo/people", ALL, shows={'"people":[]': ALL}),
    row("GET /api/", "", anonymous="not_found"),
    row("GET /api/nowhere", "", anonymous="not_found"),
    row("GET /", ALL),
    row("GET /chats/1", ALL),
]
