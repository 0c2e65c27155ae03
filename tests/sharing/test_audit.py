"""The audit finds nothing on a day in order, and bites when something was shown otherwise."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from server.accounts.models import User
from server.sharing import services
from server.sharing.models import Activity
from tests import factories
from tests.sharing.world import keep, pass_time, say, seen


def run() -> str:
    out = StringIO()
    call_command("audit_consent", stdout=out)
    return out.getvalue()


def test_a_day_is_in_order_and_a_broken_release_is_found(
    mei: User, bo: User, lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = factories.store(lin)
    say(mei, "bookmark", "friends")
    keep(mei, factories.item(lin, shop).item.id)
    pass_time()
    seen(bo)
    assert run() == "2 looked at, 0 not allowed\n"
    keep(mei, factories.item(lin, shop).item.id)
    row = Activity.objects.order_by("pk").last()
    say(mei, "bookmark", "me")
    Activity.objects.filter(pk=row and row.pk).update(state="waiting")
    monkeypatch.setattr(services, "_allowed", lambda _: True)
    assert pass_time() == 1
    seen(bo)
    with pytest.raises(CommandError, match="nobody consented"):
        run()
