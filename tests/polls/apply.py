"""What a browser does with the events of votes: a page at N + events = a fresh page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.polls import queries
from server.polls.schemas import Ballot, Poll, PollEntry
from tests.feed.apply import received

__all__ = ["Votes", "received"]


@dataclass
class Votes:
    """Open votes on one person's page; what they may not see any more is not compared."""

    person_id: int
    entries: dict[int, PollEntry]

    @classmethod
    def load(cls, person_id: int, ids: list[int]) -> Votes:
        entries = queries.poll_entries(person_id, ids)
        return cls(person_id, {entry.poll.id: entry for entry in entries})

    def apply(self, events: list[dict[str, Any]]) -> Votes:
        for event in events:
            if event["type"] == "poll.changed":
                self._poll(event["version"], Poll.model_validate(event["data"]["poll"]))
            elif event["type"] == "ballot.changed":
                self._ballot(event["version"], Ballot.model_validate(event["data"]["ballot"]))
        return self

    def _poll(self, version: int, poll: Poll) -> None:
        entry = self.entries.get(poll.id)
        assert version == poll.version
        if entry and version > entry.poll.version:
            may_close = entry.may_close and poll.closed_at is None
            self._keep(entry, poll=poll, may_close=may_close)

    def _ballot(self, version: int, ballot: Ballot) -> None:
        entry = self.entries.get(ballot.poll_id)
        assert version == ballot.revision
        if entry and version > entry.mine.revision:
            self._keep(entry, mine=ballot)

    def _keep(self, entry: PollEntry, **changes: Any) -> None:
        self.entries[entry.poll.id] = entry.model_copy(update=changes)
