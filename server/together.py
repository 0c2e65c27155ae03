"""Many people's wishes in one transaction, without one of them being the end of all."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import structlog
from django.db import DataError, InterfaceError, OperationalError

from server.errors import Refused

log = structlog.get_logger(__name__)

Wish = TypeVar("Wish")
Result = TypeVar("Result")


def together_or_each(
    wishes: Sequence[Wish],
    together: Callable[[Sequence[Wish]], Sequence[Result | Refused]],
    alone: Callable[[Wish], Result | Refused],
) -> Sequence[Result | Refused]:
    """All at once; if that fails as a whole, each by itself, and what is wrong with one is only its
    own answer. Raises OperationalError or InterfaceError: the database is away for everybody."""
    if len(wishes) > 1:
        try:
            return together(wishes)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.info("one_by_one", count=len(wishes), why=repr(error))
    return [_apart(wish, alone) for wish in wishes]


def _apart(wish: Wish, alone: Callable[[Wish], Result | Refused]) -> Result | Refused:
    try:
        return alone(wish)
    except (OperationalError, InterfaceError):
        raise
    except DataError:
        return Refused("bad_field", "No database can hold that.")
    except Exception:
        log.exception("wish_failed")
        return Refused("internal")


def answer(outcome: Result | Refused) -> Result:
    """The result. Raises the refusal."""
    if isinstance(outcome, Refused):
        raise outcome
    return outcome
