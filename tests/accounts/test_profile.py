"""Changing oneself: shown to one's other tabs, refused when it would deceive."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from server.accounts import queries, services
from server.accounts.models import User
from server.accounts.names import clean_bio, clean_name
from server.accounts.schemas import MeChange
from server.errors import Refused
from server.media.models import Picture
from server.realtime.topics import author, user
from tests.accounts.apply import apply_to_me, apply_to_ties, logged
from tests.factories import befriend, person, picture, signed_in
from tests.realtime.conftest import Remembering

pytestmark = pytest.mark.django_db


def test_a_change_reaches_the_other_tabs_and_carries_its_own_number() -> None:
    mei = person("mei")
    befriend(mei, person())
    before = queries.me(mei.pk)
    change = MeChange(name="Méi", bio="Cameras\nand tea.", language="zh", show_presence=False)
    after = services.change_me(mei.pk, change)
    assert after == queries.me(mei.pk)
    assert after.head == before.head + 2  # of presence the ledger of sharing tells too
    assert apply_to_me(before, logged(user(mei.pk), before.head)) == after
    assert (after.person.name, after.bio, after.language) == ("Méi", "Cameras\nand tea.", "zh")


def test_repeating_a_change_tells_nobody_again() -> None:
    mei = person()
    first = services.change_me(mei.pk, MeChange(bio="Tea."))
    assert services.change_me(mei.pk, MeChange(bio="Tea.")) == first
    assert services.change_me(mei.pk, MeChange()) == first
    assert len(logged(user(mei.pk))) == 1


def test_absent_fields_stay() -> None:
    mei = person(bio="Tea.", language="zh")
    after = services.change_me(mei.pk, MeChange(name="Mei"))
    assert (after.bio, after.language, after.show_presence) == ("Tea.", "zh", True)


def test_a_face_becomes_public_and_the_old_one_goes() -> None:
    mei = person()
    first, second = picture(mei), picture(mei, colour="red")
    after = services.change_me(mei.pk, MeChange(face_id=first.id))
    token = Picture.objects.get(pk=first.id).token
    assert after.person.face == f"/media/{token}/96.webp"
    assert after.face == first
    assert services.change_me(mei.pk, MeChange(face_id=first.id)) == after
    services.change_me(mei.pk, MeChange(face_id=second.id))
    assert Picture.objects.get(pk=first.id).state == "gone"
    assert Picture.objects.get(pk=second.id).public
    assert queries.cards([mei.pk])[mei.pk] == queries.me(mei.pk).person
    assert services.change_me(mei.pk, MeChange(bio="x")).face == second
    assert services.change_me(mei.pk, MeChange(face_id=None)).face is None
    assert Picture.objects.get(pk=second.id).state == "gone"


def test_only_an_own_unused_picture_becomes_a_face() -> None:
    mei, bo = person(), person()
    theirs = picture(bo)
    for picture_id in (theirs.id, 10**9):
        with pytest.raises(Refused) as refused:
            services.change_me(mei.pk, MeChange(name="Changed", face_id=picture_id))
        assert (refused.value.code.name, list(refused.value.fields)) == ("bad_field", ["face_id"])
    assert User.objects.get(pk=mei.pk).name == mei.name
    assert not Picture.objects.get(pk=theirs.id).public


@pytest.mark.django_db(transaction=True)
def test_hiding_presence_takes_it_from_the_friends_and_theirs_from_me(
    transport: Remembering,
) -> None:
    mei, bo = person(), person()
    befriend(mei, bo)
    transport.published.clear()
    services.change_me(mei.pk, MeChange(show_presence=False))
    revoked = {(e.topic, e.person_id) for e in transport.published if e.kind == "revoke"}
    assert revoked == {(f"presence:{mei.pk}", None), (f"presence:{bo.pk}", mei.pk)}
    transport.published.clear()
    services.change_me(mei.pk, MeChange(show_presence=True))
    assert [(e.kind, e.topic) for e in transport.published] == [
        ("logged", f"user:{mei.pk}"),  # the ledger of sharing
        ("logged", f"author:{mei.pk}"),
        ("logged", f"user:{mei.pk}"),
    ]


def test_what_friends_see_of_me_is_told_once_to_them_and_nothing_else_of_me() -> None:
    mei, bo = person("mei", bio="Tea."), person("bo")
    befriend(mei, bo)
    before = queries.ties(bo.pk)
    changes = [MeChange(show_presence=False), MeChange(show_presence=True), MeChange(name="Mei L")]
    for change in [*changes, MeChange(face_id=picture(mei).id), MeChange(bio="Coffee.")]:
        services.change_me(mei.pk, change)
    told = logged(author(mei.pk))
    assert [list(event["data"]) for event in told] == [["person"]] * 5
    assert [event["type"] for event in told] == ["person.changed"] * 5
    assert before.heads == {f"author:{mei.pk}": 0}
    assert queries.ties(bo.pk).heads == {f"author:{mei.pk}": 5}
    assert apply_to_ties(before, told) == apply_to_ties(queries.ties(bo.pk), [])

    services.change_me(mei.pk, MeChange(language="zh"))
    services.change_me(mei.pk, MeChange(bio="Coffee."))
    assert len(logged(author(mei.pk))) == 5
    assert logged(user(bo.pk), before.head) == []


def test_being_seen_again_costs_the_same_however_many_friends() -> None:
    def cost(friends: int) -> int:
        mei = person(show_presence=False)
        for _ in range(friends):
            befriend(mei, person())
        with CaptureQueriesContext(connection) as captured:
            services.change_me(mei.pk, MeChange(show_presence=True))
        return len(captured)

    assert cost(1) == cost(12)


@pytest.mark.parametrize("name", ["梅花", "Zoë", "👩‍👩‍👧", "O'Neil", "علی‌رضا", "x" * 40])
def test_names_of_any_script_are_kept(name: str) -> None:
    assert clean_name(name) == name


def test_names_are_composed_and_their_spaces_single() -> None:
    assert clean_name("  Zoe\u0308   Lin ") == "Zoë Lin"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "a\u202eb",
        "a\u2066b",
        "a\u200bb",
        "a\x00b",
        "a\x1bb",
        "\u200d",
        "\ue000",
        "x" * 41,
        "a\ufeffb",
        "a\u200eb",
        "a\ud800b",
        "\u0301",
    ],
)
def test_names_that_hide_or_turn_around_are_refused(name: str) -> None:
    with pytest.raises(ValueError):
        clean_name(name)
    if 0 < len(name) <= 40 and name.isprintable():
        with pytest.raises(Refused):
            services.change_me(person().pk, MeChange(name=name))


def test_a_bio_keeps_its_lines_and_nothing_invisible() -> None:
    assert clean_bio(" one\r\ntwo\u202e\x07 \t") == "one\ntwo"


def test_over_http_unknown_fields_and_long_texts_are_errors() -> None:
    browser = signed_in(person())

    def change(body: object) -> dict[str, object]:
        answer = browser.patch("/api/me", body, content_type="application/json")
        return {"status": answer.status_code, **answer.json().get("error", {})}

    assert change({"bio": "Tea."})["status"] == 200
    for body, field in (
        ({"is_staff": True}, "is_staff"),
        ({"bio": "x" * 301}, "bio"),
        ({"name": "\u202e evil"}, "name"),
        ({"show_presence": "yes"}, "show_presence"),
        ({"face_id": "1"}, "face_id"),
    ):
        refused = change(body)
        assert (refused["status"], refused["code"]) == (422, "bad_field")
        assert list(refused["fields"]) == [field]  # type: ignore[call-overload]
