"""Mei owns a group that Bo and Liu are in and each other's; a stranger is nobody's."""

from __future__ import annotations

from tests.chat.conftest import bo, liu, mei, remembered, stranger
from tests.realtime.conftest import transport

__all__ = ["bo", "liu", "mei", "remembered", "stranger", "transport"]
