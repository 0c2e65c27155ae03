"""Everything that may be done with gatherings. One verb, one transaction, every caller."""

from server.gatherings.services.answering import answer
from server.gatherings.services.making import cancel, change, propose
from server.gatherings.services.parting import take_answers
from server.gatherings.services.reminding import remind_due

__all__ = ["answer", "cancel", "change", "propose", "remind_due", "take_answers"]
