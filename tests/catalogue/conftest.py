"""The transport that only remembers, as in the tests of the log."""

from tests.realtime.conftest import transport

__all__ = ["transport"]
