"""Every error a client can meet, in one list. A code is an API: it says what to do next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """status: HTTP status of the same error; retry: whether the same request may succeed later."""

    name: str
    status: int
    retry: bool
    meaning: str


_ALL = (
    Code("bad_frame", 400, False, "Not a JSON object with a known `op`."),
    Code("bad_field", 422, False, "A field is missing, mistyped, too long or unknown; see fields."),
    Code("signed_out", 401, False, "Sign in first."),
    Code("forbidden", 403, False, "You may not do this."),
    Code("password", 403, False, "Give your password once more, then ask again."),
    Code("not_found", 404, False, "There is no such thing, or not for you."),
    Code("conflict", 409, False, "Somebody changed it first; load it again."),
    Code("altered_replay", 409, False, "This client_id was used for something else."),
    Code("closed", 409, False, "It has ended: a closed vote, an archived group."),
    Code("full", 409, False, "No more room: a limit of people, topics or pictures is reached."),
    Code("too_large", 413, False, "The upload or frame is larger than allowed."),
    Code("not_a_picture", 415, False, "This is not a picture we can read."),
    Code("too_fast", 429, True, "Slow down; try again after `retry_after` seconds."),
    Code(
        "slow_mode", 429, False, "One waits here between two messages; `retry_after` says how long."
    ),
    Code("unavailable", 503, True, "The database is busy or away; try again."),
    Code("internal", 500, True, "Our fault; it has been noted."),
)
CODES: dict[str, Code] = {code.name: code for code in _ALL}


class Refused(Exception):
    """A service says no. Every edge turns it into the same code: HTTP body or error frame.

    code: a name from CODES; message: plain words for a developer;
    fields: {field path: what is wrong}; retry_after: seconds.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        fields: dict[str, str] | None = None,
        retry_after: float | None = None,
    ):
        self.code = CODES[code]
        self.message = message or self.code.meaning
        self.fields = fields or {}
        self.retry_after = retry_after
        super().__init__(f"{code}: {self.message}")

    def body(self) -> dict[str, object]:
        """What the client reads: code, message, retry and, where there are any, the details."""
        body: dict[str, object] = {
            "code": self.code.name,
            "message": self.message,
            "retry": self.code.retry,
        }
        if self.fields:
            body["fields"] = self.fields
        if self.retry_after is not None:
            body["retry_after"] = self.retry_after
        return body


@dataclass(frozen=True, slots=True)
class Close:
    """Why a socket was closed. reconnect: never, at once (with jitter), or later (back off)."""

    code: int
    reconnect: str
    meaning: str


RESTARTING = Close(1012, "later", "This worker is restarting; come back after the hint.")
SIGNED_OUT = Close(4401, "never", "The session has ended; show the sign-in page.")
TOO_LARGE = Close(4413, "later", "A frame was larger than 64 KiB.")
FLOODING = Close(4429, "later", "Too many frames after being told to slow down.")
TOO_SLOW = Close(4430, "at once", "More than 1 MB waited unread; come back and resume by number.")
OVERLOADED = Close(4503, "later", "The server cannot take this socket now.")
CLOSES = (RESTARTING, SIGNED_OUT, TOO_LARGE, FLOODING, TOO_SLOW, OVERLOADED)
