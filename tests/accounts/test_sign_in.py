"""Signing up, in and out through the real HTTP routes, with their limits."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from server.accounts.models import Session, User
from server.accounts.sessions import session_person
from tests.factories import PASSWORD, person

pytestmark = pytest.mark.django_db
AUTH = "/_allauth/browser/v1/auth"
NO_REDIS = {
    "default": {"BACKEND": "server.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1"}
}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def browser() -> Client:
    return Client(headers={"user-agent": FIREFOX})


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"{AUTH}/{path}", body, content_type="application/json")


def sign_up(client: Client, **body: Any) -> Any:
    return post(client, "signup", **{"username": "mei", "password": PASSWORD} | body)


def problems(response: Any) -> dict[str, str]:
    assert response.status_code in {400, 409}, response.content
    return {error.get("param", ""): error["code"] for error in response.json()["errors"]}


def test_signing_up_signs_in_and_hashes_with_argon2() -> None:
    client = browser()
    done = sign_up(client, username="Mei", name="梅 Mei", email="Mei@Example.org", language="zh")
    assert done.status_code == 200, done.content
    mei = User.objects.get()
    assert (mei.username, mei.name, mei.email) == ("mei", "梅 Mei", "mei@example.org")
    assert mei.password.startswith("argon2$argon2id$")
    me = client.get("/api/me").json()
    assert me["person"] == {"id": mei.pk, "username": "mei", "name": "梅 Mei", "face": None}
    assert (me["language"], me["show_presence"], me["head"]) == ("zh", True, 0)


def test_without_a_name_the_username_stands_in_and_no_address_is_needed() -> None:
    for number in range(2):
        assert sign_up(browser(), username=f"bo_{number}").status_code == 200
    assert set(User.objects.values_list("name", "email")) == {("bo_0", ""), ("bo_1", "")}


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"username": "MEI"}, "username"),
        ({"username": "méi"}, "username"),
        ({"username": "a"}, "username"),
        ({"username": "admin"}, "username"),
        ({"username": "new", "email": "TAKEN@example.org"}, "email"),
        ({"username": "new", "email": "not an address"}, "email"),
        ({"username": "new", "password": "password"}, "password"),
        ({"username": "new", "password": "short"}, "password"),
        ({"username": "new", "name": "evil\u202egnp"}, "name"),
        ({"username": "new", "name": "x" * 41}, "name"),
        ({"username": "new", "language": "tlh"}, "language"),
    ],
)
def test_what_cannot_be_signed_up_with(body: dict[str, str], param: str) -> None:
    person("mei", email="taken@example.org")
    assert param in problems(sign_up(browser(), **body))
    assert User.objects.count() == 1


@pytest.mark.parametrize("how", [{"username": "MEI"}, {"email": "Mei@example.org"}])
def test_signing_in_by_username_or_address_in_any_case(how: dict[str, str]) -> None:
    person("mei", email="mei@example.org", password=PASSWORD)
    client = browser()
    assert post(client, "login", password=PASSWORD, **how).status_code == 200
    assert client.get("/api/me").json()["person"]["username"] == "mei"


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer() -> None:
    person("mei", password=PASSWORD)
    wrong = post(browser(), "login", username="mei", password="not it")
    unknown = post(browser(), "login", username="nobody", password="not it")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json()


def test_the_inactive_do_not_get_in() -> None:
    mei = person("mei", password=PASSWORD)
    client = browser()
    post(client, "login", username="mei", password=PASSWORD)
    User.objects.filter(pk=mei.pk).update(is_active=False)
    assert client.get("/api/me").status_code == 401
    assert post(browser(), "login", username="mei", password=PASSWORD).status_code != 200


def test_guessing_passwords_is_slowed_down_even_with_the_right_one() -> None:
    person("mei", password=PASSWORD)
    codes = [
        post(browser(), "login", username="mei", password=f"guess {n}").status_code
        for n in range(6)
    ]
    assert codes[:5] == [400] * 5
    late = post(browser(), "login", username="mei", password=PASSWORD)
    assert problems(late) == {"": "too_many_login_attempts"}


def test_signing_out_ends_the_session() -> None:
    client = browser()
    sign_up(client)
    key = client.cookies["sessionid"].value
    assert session_person(key) is not None
    client.delete(f"{AUTH}/session")
    assert session_person(key) is None
    assert not Session.objects.filter(pk=key).exists()
    assert client.get("/api/me").status_code == 401


def test_unsafe_routes_need_the_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_up(client).status_code == 403
    client.get("/_allauth/browser/v1/config")
    token = client.cookies["csrftoken"].value
    body = {"username": "mei", "password": PASSWORD}
    done = client.post(
        f"{AUTH}/signup", body, content_type="application/json", headers={"x-csrftoken": token}
    )
    assert done.status_code == 200
    change = {"data": {"bio": "Hello"}, "content_type": "application/json"}
    assert client.patch("/api/me", **change).status_code == 403
    token = client.cookies["csrftoken"].value
    assert client.patch("/api/me", **change, headers={"x-csrftoken": token}).status_code == 200


def test_the_session_knows_its_browser_and_starts_anew_at_sign_in() -> None:
    person("mei", password=PASSWORD)
    client = browser()
    client.get("/_allauth/browser/v1/config")
    post(client, "login", username="mei", password=PASSWORD)
    [view] = client.get("/api/me/sessions").json()
    assert (view["browser"], view["address"], view["current"]) == (
        "Firefox · Linux",
        "127.0.0.1",
        True,
    )
    assert view["id"] not in client.cookies["sessionid"].value


def test_the_admin_has_no_sign_in_form_of_its_own() -> None:
    answer = browser().get("/admin/", follow=False)
    assert answer.status_code == 302
    answer = browser().get("/admin/login/")
    assert (answer.status_code, answer["Location"]) == (302, "/?next=%2Fadmin%2F")


def test_the_loser_of_a_race_for_a_username_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from server.accounts.adapter import Adapter

    person("mei")
    monkeypatch.setattr(Adapter, "clean_username", lambda self, name, shallow=False: name)
    assert problems(sign_up(browser())) == {"username": "username_taken"}


def test_people_sign_up_and_in_while_redis_is_away(settings: Any) -> None:
    settings.CACHES = NO_REDIS
    client = browser()
    assert sign_up(client).status_code == 200
    client.delete(f"{AUTH}/session")
    assert post(browser(), "login", username="mei", password="not it").status_code == 400
    assert post(client, "login", username="mei", password=PASSWORD).status_code == 200
