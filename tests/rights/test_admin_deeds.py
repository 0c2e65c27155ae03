"""What staff do in the admin ends rights as surely as what people do themselves."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import reverse

from server.accounts.models import Phone, Session, User
from server.catalogue import services as catalogue
from server.catalogue.models import StoreStaff
from server.chat import services as chat
from server.chat.policies import watchable
from server.jobs.work import work
from tests import factories
from tests.accounts.second_step import ask, turn_on
from tests.realtime.conftest import Remembering, transport

__all__ = ["transport"]


@pytest.fixture
def staff(transactional_db: None) -> Client:
    return factories.signed_in(factories.person("staff", is_staff=True, is_superuser=True))


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would send back unchanged."""
    context = page.context
    fields = dict(context["adminform"].form.initial)
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        fields |= {f"{formset.prefix}-{k}": v for k, v in formset.management_form.initial.items()}
        for form in formset.forms:
            fields |= {form.add_prefix(name): value for name, value in form.initial.items()}
    return {name: value for name, value in fields.items() if value not in (None, [])}


def test_who_is_made_inactive_is_signed_out_everywhere(
    staff: Client, transport: Remembering
) -> None:
    bo = factories.person("bo")
    keys = {factories.session_key(bo) for _ in range(2)}
    path = reverse("admin:accounts_user_change", args=[bo.pk])
    sent = form_of(staff.get(path)) | {"is_active": ""}
    assert staff.post(path, sent).status_code == 302
    assert not User.objects.get(pk=bo.pk).is_active
    assert not Session.objects.filter(pk__in=keys).exists()
    [told] = [one for one in transport.published if one.kind == "sessions"]
    assert told.person_id == bo.pk and len(told.sessions) == 2


@pytest.mark.parametrize("many", [False, True])
def test_a_session_that_is_deleted_closes_its_sockets(
    many: bool, staff: Client, transport: Remembering
) -> None:
    bo = factories.person("bo")
    key = factories.session_key(bo)
    if many:
        path = reverse("admin:accounts_session_changelist")
        sent = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    else:
        path = reverse("admin:accounts_session_delete", args=[key])
        sent = {"post": "yes"}
    assert staff.post(path, sent).status_code == 302
    assert not Session.objects.filter(pk=key).exists()
    assert [one.person_id for one in transport.published if one.kind == "sessions"] == [bo.pk]


@pytest.mark.parametrize("many", [False, True])
def test_who_lost_their_second_step_comes_in_without_it(
    many: bool, staff: Client, transport: Remembering
) -> None:
    bo = factories.person("bo", password=factories.PASSWORD)
    here = factories.signed_in(bo)
    turn_on(here)
    row = Authenticator.objects.get(type="recovery_codes").pk
    if many:
        path = reverse("admin:mfa_authenticator_changelist")
        sent = {"action": "delete_selected", "_selected_action": [row], "post": "yes"}
    else:
        path = reverse("admin:mfa_authenticator_delete", args=[row])
        sent = {"post": "yes"}
    transport.published.clear()
    assert staff.post(path, sent).status_code == 302
    assert not Authenticator.objects.exists()
    assert [one.person_id for one in transport.published if one.kind == "sessions"] == [bo.pk]
    assert here.get("/api/me").status_code == 401
    new = factories.browser()
    answer = ask(new, "POST", "auth/login", username="bo", password=factories.PASSWORD)
    assert answer.status_code == 200


def test_the_admin_shows_no_secret_of_the_second_step(staff: Client) -> None:
    secret, codes = turn_on(
        factories.signed_in(factories.person("bo", password=factories.PASSWORD))
    )
    for row in Authenticator.objects.all():
        page = staff.get(reverse("admin:mfa_authenticator_change", args=[row.pk]))
        assert page.status_code == 200
        text = page.content.decode()
        hidden = [secret, *codes, *(str(v) for v in row.data.values() if isinstance(v, str))]
        assert not [one for one in hidden if one in text]


@pytest.mark.parametrize("many", [False, True])
def test_a_number_is_masked_and_whose_is_taken_is_told(many: bool, staff: Client) -> None:
    bo = factories.person("bo", email="bo@example.org")
    Phone.objects.create(person=bo, number="+8613800138000")
    shown = [
        staff.get(reverse("admin:accounts_phone_changelist")),
        staff.get(reverse("admin:accounts_phone_change", args=[bo.pk])),
        staff.get(reverse("admin:accounts_phone_delete", args=[bo.pk])),
    ]
    for page in shown:
        text = page.content.decode()
        assert "+86 ••• 00" in text and "0013" not in text
    if many:
        path = reverse("admin:accounts_phone_changelist")
        sent = {"action": "delete_selected", "_selected_action": [bo.pk], "post": "yes"}
    else:
        path = reverse("admin:accounts_phone_delete", args=[bo.pk])
        sent = {"post": "yes"}
    assert staff.post(path, sent).status_code == 302
    assert not Phone.objects.exists()
    assert not LogEntry.objects.filter(object_repr__contains="0013").exists()
    while work("test"):
        pass
    assert [letter.subject for letter in mail.outbox] == ["Your telephone number was removed"]


def test_who_is_taken_off_a_store_leaves_its_chats(staff: Client, transport: Remembering) -> None:
    owner, seller, mei = (factories.person(name) for name in ("owner", "seller", "mei"))
    store = factories.store(owner).store.id
    catalogue.hire(owner.pk, store, seller.pk)
    room = chat.open_store_chat(mei.pk, store).id
    assert watchable([seller.pk], [room])
    path = reverse("admin:catalogue_store_change", args=[store])
    sent = form_of(staff.get(path))
    place = next(k for k, v in sent.items() if k.endswith("-person") and v == seller.pk)
    row = StoreStaff.objects.get(store=store, person=seller).pk
    sent |= {place.replace("-person", "-id"): row, place.replace("-person", "-DELETE"): "on"}
    owners = StoreStaff.objects.get(store=store, person=owner).pk
    other = next(k for k, v in sent.items() if k.endswith("-person") and v == owner.pk)
    sent |= {other.replace("-person", "-id"): owners}
    sent |= {"opened_at_0": "2026-01-01", "opened_at_1": "08:00:00"}
    assert staff.post(path, sent).status_code == 302
    assert watchable([owner.pk, seller.pk], [room]) == {(owner.pk, room)}
    assert (room, seller.pk) in {
        (int(one.topic.partition(":")[2]), one.person_id)
        for one in transport.published
        if one.kind == "revoke"
    }


@pytest.mark.parametrize("name", ["accounts_user", "accounts_friendship", "accounts_block"])
def test_ties_and_people_are_not_deleted_behind_their_back(name: str, staff: Client) -> None:
    mei, bo, liu = (factories.person(one) for one in ("mei", "bo", "liu"))
    factories.befriend(mei, bo)
    from server.accounts import services as accounts
    from server.accounts.models import Block, Friendship

    accounts.block(mei.pk, liu.pk)
    [model] = [one for one in (User, Friendship, Block) if one.__name__.lower() in name]
    first = model.objects.order_by("-pk").first()
    assert first
    answer = staff.post(reverse(f"admin:{name}_delete", args=[first.pk]), {"post": "yes"})
    assert answer.status_code == 403
    assert model.objects.filter(pk=first.pk).exists()
