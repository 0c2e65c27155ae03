"""What the API says of itself."""

from __future__ import annotations

from functools import cache
from typing import Any

from server.urls import api


@cache
def described() -> dict[str, Any]:
    """Its OpenAPI document, made once: that takes half a second, and routes are many."""
    made: dict[str, Any] = api.get_openapi_schema()
    return made
