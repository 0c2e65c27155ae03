"""Ends rights, as another process of the product would: one JSON line in, one out.

The limits in the answer are read inside the transaction of the deed, after it has locked what it
revokes: whatever has a higher number was committed later. MUTE=1: nothing of it is broadcast.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")

Limits = dict[str, int]

_blinks = count()


class Mute:
    """As if Redis had lost everything this process said."""

    def publish(self, envelope: Any) -> None:
        """Said to nobody."""

    def refresh(self, topic: Any, key: str, load: Any) -> None:
        """Likewise."""

    def hold(self, *envelopes: Any) -> None:
        """Likewise."""


def kick(victim: int, world: dict[str, Any]) -> None:
    from server.chat import services as chat

    chat.remove_member(world["owner"], world["room"], victim)


def leave(victim: int, world: dict[str, Any]) -> None:
    from server.chat import services as chat

    chat.leave(victim, world["room"])


def unfriend(victim: int, world: dict[str, Any]) -> None:
    from server.accounts import services as accounts

    accounts.end_tie(world["owner"], victim)


def block(victim: int, world: dict[str, Any]) -> None:
    from server.accounts import services as accounts

    accounts.block(world["owner"], victim)


def hide_presence(victim: int, world: dict[str, Any]) -> None:
    """Nobody sees theirs any more, and so they see nobody's."""
    from server.accounts import services as accounts
    from server.accounts.schemas import MeChange

    accounts.change_me(victim, MeChange(show_presence=False))


def blink(victim: int, world: dict[str, Any]) -> None:
    """No deed: somebody looks at their page, or away from it, as another worker sees it."""
    from server.accounts import presence

    presence.report("another", {victim: next(_blinks) % 2 == 0}, [])


def sign_out(victim: int, world: dict[str, Any]) -> None:
    from server.accounts import services as accounts
    from server.accounts.models import Session

    session = Session.objects.get(person=victim)
    accounts.end_session(victim, session.public_id)


def password(victim: int, world: dict[str, Any]) -> None:
    """Changed on another device."""
    from server.accounts import services as accounts
    from server.accounts.models import User

    accounts.set_password(User.objects.get(pk=victim), "a-new-Lantern-now", None)


def ban(victim: int, world: dict[str, Any]) -> None:
    """As an administrator does it."""
    from django.contrib import admin

    from server.accounts.models import User

    person = User.objects.get(pk=victim)
    person.is_active = False
    admin.site.get_model_admin(User).save_model(None, person, None, True)


DEEDS: dict[str, Callable[[int, dict[str, Any]], None]] = {
    deed.__name__: deed
    for deed in (kick, leave, unfriend, block, hide_presence, blink, sign_out, password, ban)
}


def do(deed: str, victim: int, world: dict[str, Any]) -> dict[str, Any]:
    from django.db import transaction

    from server.realtime.clock import millis, now

    with transaction.atomic():
        DEEDS[deed](victim, world)
        limits = _limits(world)
    return {"limits": limits, "at": millis(now())}


def _limits(world: dict[str, Any]) -> Limits:
    from server.accounts.presence import states
    from server.feed.models import Post
    from server.polls.models import Poll
    from server.realtime.log import heads
    from server.realtime.topics import Topic

    found = heads([Topic.parse(name) for name in world["topics"]])
    [poll] = Poll.objects.filter(pk=world["poll"])
    found[f"poll:{poll.pk} poll.changed"] = poll.version
    [post] = Post.objects.filter(pk=poll.post_id)
    found[f"post:{post.pk} post.counts"] = post.counts_version
    owner = world["owner"]
    version, _ = states([owner]).get(owner, (0, None))
    found[f"presence:{owner} presence.changed"] = version
    return found


def main() -> None:
    import django

    django.setup()
    from server.realtime import publish

    if os.environ.get("MUTE"):
        publish.install(Mute())
    for line in sys.stdin:
        print(json.dumps(do(**json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
