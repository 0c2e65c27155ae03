"""The admin: each of its pages is there for Django's staff alone, and even they read no chats."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.urls import get_resolver

from tests import factories
from tests.rights.cast import DIRECT, PHONE, PHONE_KEPT, REWORDED, ROLES, SAID, SHOP, Cast
from tests.rights.state import changed, writes
from tests.rights.table import leaked
from tests.rights.test_http import patterns

MAY = {
    "auth.group": {"view", "add", "change", "delete"},
    "account.emailaddress": {"view", "add", "change", "delete"},
    "mfa.authenticator": {"view", "delete"},
    "media.picture": {"view", "change", "delete"},
    "django_tasks_database.dbtaskresult": {"view"},
    "accounts.user": {"view", "add", "change"},
    "accounts.friendship": {"view", "change"},
    "accounts.block": {"view", "change"},
    "accounts.phone": {"view", "delete"},
    "accounts.session": {"view", "change", "delete"},
    "catalogue.store": {"view", "add", "change", "delete"},
    "catalogue.item": {"view", "change", "delete"},
    "chat.room": {"view"},
    "feed.post": {"view"},
    "feed.comment": {"view"},
    "polls.poll": {"view"},
}
"""What staff may do to each kind of thing; a change of one that is only to be read is in readonly
fields. Whatever is registered later needs a line here."""

NEVER = (DIRECT, SAID, REWORDED, SHOP, PHONE, PHONE_KEPT)
OUTSIDE = [role for role in ROLES if role != "staff"]


def pages(cast: Cast) -> list[str]:
    """Every path of the admin, at a thing that exists."""
    found = []
    for path, _ in patterns(get_resolver().url_patterns):
        if not path.startswith("admin/"):
            continue
        kind = re.match(r"admin/(\w+)/(\w+)/", path)
        thing: Any = 1
        if kind and (kind[1], kind[2]) in {tuple(name.split(".")) for name in MAY}:
            thing = apps.get_model(*kind.groups())._default_manager.values_list("pk").first()
            thing = thing[0] if thing else 1
        path = re.sub(r"<path:object_id>", str(thing), path)
        path = re.sub(r"<path:content_type_id>", "1", path)
        path = path.replace(
            "^(?P<app_label>auth|account|mfa|django_tasks_database|media|accounts|catalogue|chat"
            "|feed|polls)/$",
            "chat/",
        )
        found.append("/" + path.replace("(?P<url>.*)$", "nowhere"))
    return found


def test_whatever_is_registered_is_listed() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == set(MAY)


@pytest.mark.django_db
@pytest.mark.parametrize("role", OUTSIDE)
def test_the_admin_is_closed(role: str, cast: Cast) -> None:
    browser = factories.browser(cast.keys.get(role))
    wrong = []
    for path in pages(cast):
        for method in ("GET", "POST"):
            with transaction.atomic(), writes() as said:
                answer = browser.generic(method, path)
                moved = changed(cast.state) if said else set()
                transaction.set_rollback(True)
            text = answer.content.decode()
            closed = answer.status_code in {403, 404} or (
                answer.status_code == 302
                and answer.headers["Location"].startswith(("/?next=", "/admin/"))
            )
            # Signing out is for everybody, and only of oneself.
            if path == "/admin/logout/" and method == "POST":
                continue
            if not closed or moved or leaked(text, role, refused=True):
                wrong.append((method, path, answer.status_code, moved))
    assert wrong == []


@pytest.mark.django_db
def test_staff_see_what_is_listed_and_no_words_of_chats(cast: Cast) -> None:
    browser = factories.browser(cast.keys["staff"])
    for path in pages(cast):
        answer = browser.get(path, follow=True)
        assert answer.status_code < 500, path
        assert not [words for words in NEVER if words in answer.content.decode()], path


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAY)
def test_staff_may_do_what_is_listed(name: str, cast: Cast, rf: Any) -> None:
    request = rf.get("/admin/")
    request.user = cast.person("staff")
    registered = admin.site._registry[apps.get_model(name)]
    may = {verb for verb, yes in registered.get_model_perms(request).items() if yes}
    assert may == MAY[name]
