"""Asking, voting and closing. Every verb may be repeated and then changes nothing."""

from server.polls.services.asking import ask
from server.polls.services.clearing import erase_votes, forget_deleted
from server.polls.services.closing import announce_due, close, recount
from server.polls.services.voting import vote, vote_all, withdraw

__all__ = [
    "announce_due",
    "ask",
    "close",
    "erase_votes",
    "forget_deleted",
    "recount",
    "vote",
    "vote_all",
    "withdraw",
]
