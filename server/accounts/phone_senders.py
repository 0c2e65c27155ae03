"""How a code reaches a telephone: the interface that a provider is put behind, and the one that
needs no provider. The setting PHONE_SENDER names the class; docs/operating.md says how to write
one."""

import sys
import threading
from typing import Protocol, TextIO

from django.conf import settings
from django.utils.module_loading import import_string

from server.accounts.phone_numbers import masked


class Unreachable(Exception):
    """No text will ever get to this number: trying again helps nothing."""


class Sender(Protocol):
    """Made without arguments, once for each text."""

    def send(self, number: str, text: str, key: str) -> None:
        """Have a text sent, and return when the provider has taken it.

        number: E.164. key: the same for the same text. A process that dies after the provider took
        it does not know that, and the next one sends it again: a provider that is given this key
        lets the second one fall. Raises Unreachable; after anything else it is tried again.
        """


_writing = threading.Lock()


class Console:
    """Writes to the terminal, as Django's mail backend of that name: for trying us out."""

    stream: TextIO | None = None

    def send(self, number: str, text: str, key: str) -> None:
        """The number is masked: whoever tries it knows it, and a terminal may be kept."""
        out = self.stream or sys.stdout
        with _writing:
            out.write(f"Text to {masked(number)} ({key}):\n{text}\n{'-' * 79}\n")
            out.flush()


def sender() -> Sender:
    """The configured one. Raises ImportError when it cannot be imported."""
    made: Sender = import_string(settings.PHONE_SENDER)()
    return made
