"""Mei and Bo are friends, Lin is a stranger; what leaves is remembered."""

from __future__ import annotations

from tests.feed.conftest import bo, lin, mei, transport

__all__ = ["bo", "lin", "mei", "transport"]
