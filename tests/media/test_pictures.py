"""Who sees a picture, and for how long: the same rule as watching the thing it hangs on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test import Client

from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.media import api, files, pixels, queries, services
from server.media.models import Picture
from server.media.schemas import PictureView
from server.realtime import topics
from tests import factories
from tests.accounts.test_sign_in import NO_REDIS
from tests.factories import befriend, client_id, person, picture, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def status(view: PictureView, browser: Client, width: int | None = None) -> int:
    url = view.sources[-1].url if width is None else view.sources[-1].url.rsplit("/", 1)[0]
    return browser.get(url if width is None else f"{url}/{width}.webp").status_code


def post(browser: Client, data: bytes, **fields: Any) -> Any:
    fields.setdefault("client_id", client_id())
    return browser.post(
        "/api/pictures", {"file": SimpleUploadedFile("x.exe", data, "text/html"), **fields}
    )


# Uploading -----------------------------------------------------------------------------------


def test_an_upload_over_http() -> None:
    mei = person()
    answer = post(signed_in(mei), factories.pixels(700, 500), alt="  A  lantern ")
    assert answer.status_code == 200, answer.content
    view = PictureView.model_validate(answer.json())
    row = Picture.objects.get(pk=view.id)
    assert (view.alt, view.width, view.height) == ("A lantern", 700, 500)
    assert [source.width for source in view.sources] == [320, 640, 700]
    assert (row.owner_id, row.public, row.guard) == (mei.pk, False, None)
    assert len(row.token) == 32
    assert row.size == sum(len(files.read(row.token, w)) for w in (96, 320, 640, 700))


def test_what_an_upload_is_refused_for() -> None:
    browser = signed_in(person())
    good = factories.pixels()
    for answer, code in (
        (post(browser, b"<html><script>alert(1)</script>"), "not_a_picture"),
        (post(browser, b"\0" * (pixels.MAX_BYTES + 1)), "too_large"),
        (post(browser, good, client_id="short"), "bad_field"),
        (post(browser, good, alt="x" * 301), "bad_field"),
        (browser.post("/api/pictures", {"client_id": client_id()}), "bad_field"),
        (post(Client(), good), "signed_out"),
    ):
        error = answer.json()["error"]
        assert (error["code"], bool(error["message"])) == (code, True), answer.content
    assert Picture.objects.count() == 0


def test_a_retry_returns_the_first_picture_and_keeps_no_second_file(tmp_path: Path) -> None:
    mei, name, data = person(), client_id(), factories.pixels()
    first = services.upload(mei.pk, data, "tea", name)
    kept = stored(tmp_path)
    assert services.upload(mei.pk, data, "tea", name) == first
    assert stored(tmp_path) == kept
    for altered in ((factories.pixels(colour="red"), "tea"), (data, "coffee")):
        with pytest.raises(Refused) as refused:
            services.upload(mei.pk, *altered, name)
        assert refused.value.code.name == "altered_replay"
    assert services.upload(person().pk, data, "tea", name).id != first.id


@pytest.mark.django_db(transaction=True)
def test_the_same_upload_several_times_at_once_is_one_picture(tmp_path: Path) -> None:
    mei, name, data = person(), client_id(), factories.pixels()
    found: list[PictureView] = []

    def upload() -> None:
        try:
            found.append(services.upload(mei.pk, data, "", name))
        finally:
            connection.close()

    _together([upload] * 4)
    assert len(found) == 4
    assert all(view == found[0] for view in found)
    assert Picture.objects.count() == 1
    assert len(stored(tmp_path)) == 2


def _together(calls: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_unused_pictures_are_counted_and_used_ones_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "UNUSED_A_DAY", 2)
    mei = person()
    first, _ = picture(mei), picture(mei)
    with pytest.raises(Refused) as refused:
        picture(mei)
    assert refused.value.code.name == "too_fast"
    assert refused.value.retry_after
    picture(person())
    services.attach(mei.pk, [first.id], topics.room(1))
    picture(mei)
    Picture.objects.update(created_at=Now() - timedelta(days=2))
    picture(mei)


def test_attempts_are_limited_and_refused_ones_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "UPLOADS_A_MINUTE", 3)
    mei = signed_in(person())
    codes = [post(mei, b"junk").status_code for _ in range(4)]
    assert codes == [415, 415, 415, 429]
    assert post(mei, factories.pixels()).headers["Retry-After"] == "60"
    assert post(signed_in(person()), factories.pixels()).status_code == 200


def test_without_the_cache_uploads_go_on(settings: Any) -> None:
    settings.CACHES = NO_REDIS
    assert post(signed_in(person()), factories.pixels()).status_code == 200


# Using ---------------------------------------------------------------------------------------


def test_pictures_are_attached_once_in_the_order_given() -> None:
    mei = person()
    one, two = picture(mei), picture(mei)
    rows = services.attach(mei.pk, [two.id, one.id], topics.room(7))
    assert [(row.pk, row.guard, row.public) for row in rows] == [
        (two.id, "room:7", False),
        (one.id, "room:7", False),
    ]
    assert services.attach(mei.pk, [], topics.room(7)) == []


@pytest.mark.parametrize("problem", ["foreign", "attached", "public", "gone", "twice", "unknown"])
@pytest.mark.parametrize("public", [True, False])
def test_a_picture_that_may_not_be_used_leaves_the_others_unused(
    problem: str, public: bool
) -> None:
    mei, bo = person(), person()
    good, bad = picture(mei), picture(bo if problem == "foreign" else mei)
    bad_id = {"twice": good.id, "unknown": 10**9}.get(problem, bad.id)
    if problem == "attached":
        services.attach(mei.pk, [bad.id], topics.room(1))
    elif problem == "public":
        services.make_public(mei.pk, [bad.id])
    elif problem == "gone":
        services.discard([bad.id])
    with pytest.raises(Refused) as refused, transaction.atomic():
        if public:
            services.make_public(mei.pk, [good.id, bad_id])
        else:
            services.attach(mei.pk, [good.id, bad_id], topics.room(2))
    assert refused.value.code.name == "bad_field"
    row = Picture.objects.get(pk=good.id)
    assert (row.guard, row.public) == (None, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_a_picture_at_once_one_does() -> None:
    mei = person()
    view = picture(mei)
    used: list[int] = []

    def use(room: int) -> None:
        try:
            services.attach(mei.pk, [view.id], topics.room(room))
            used.append(room)
        except Refused:
            pass
        finally:
            connection.close()

    _together([lambda n=n: use(n) for n in range(1, 5)])  # type: ignore[misc]
    assert len(used) == 1
    assert Picture.objects.get(pk=view.id).guard == f"room:{used[0]}"


# Seeing --------------------------------------------------------------------------------------


def test_an_unused_picture_is_its_owners_alone() -> None:
    mei = person()
    view = picture(mei)
    assert status(view, signed_in(mei)) == 200
    assert status(view, signed_in(person())) == 404
    assert status(view, Client()) == 404


def test_an_attached_picture_is_seen_by_the_watchers_of_its_topic() -> None:
    mei, bo, eve = person(), person(), person()
    befriend(mei, bo)
    view = picture(mei)
    services.attach(mei.pk, [view.id], topics.author(mei.pk))
    friend, owner, stranger = signed_in(bo), signed_in(mei), signed_in(eve)
    assert [status(view, who) for who in (owner, friend, stranger, Client())] == [
        200,
        200,
        404,
        404,
    ]
    accounts.end_tie(mei.pk, bo.pk)
    assert [status(view, who) for who in (owner, friend)] == [200, 404]


def test_a_public_picture_is_for_everyone_and_for_caches(django_assert_num_queries: Any) -> None:
    mei = person()
    view = picture(mei)
    services.make_public(mei.pk, [view.id])
    browser = signed_in(mei)
    with django_assert_num_queries(1):
        answer = browser.get(view.sources[0].url)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert status(view, Client()) == 200
    assert status(view, Client(), 96) == 200


def test_a_guarded_picture_is_for_nobody_elses_cache() -> None:
    mei = person()
    answer = signed_in(mei).get(picture(mei).sources[0].url)
    assert answer.headers["Cache-Control"].startswith("private")
    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


def test_asking_again_with_the_tag_asks_the_rule_again() -> None:
    mei, bo = person(), person()
    befriend(mei, bo)
    view = picture(mei)
    services.attach(mei.pk, [view.id], topics.author(mei.pk))
    browser, url = signed_in(bo), view.sources[0].url
    tag = browser.get(url).headers["ETag"]
    again = browser.get(url, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    accounts.block(mei.pk, bo.pk)
    assert browser.get(url, headers={"if-none-match": tag}).status_code == 404


def test_there_is_nothing_at_other_addresses(tmp_path: Path) -> None:
    mei = person()
    view = picture(mei)
    services.make_public(mei.pk, [view.id])
    token = Picture.objects.get(pk=view.id).token
    (tmp_path / "secret.webp").write_bytes(b"secret")
    browser = signed_in(mei)
    for path in (
        f"{token}/95.webp",
        f"{token}/97.webp",
        f"{token}/-1.webp",
        f"{token}/096.png",
        f"{token.upper()}x/96.webp",
        f"{token[:-1]}/96.webp",
        "../secret.webp",
        "%2e%2e/secret.webp",
        f"{token}/../../../secret.webp",
        f"{token}/%2e%2e%2fsecret.webp",
    ):
        assert browser.get(f"/media/{path}").status_code == 404, path


# Deleting ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_discarded_picture_is_gone_with_its_files(tmp_path: Path) -> None:
    mei = person()
    view, other = picture(mei), picture(mei)
    services.make_public(mei.pk, [view.id])
    browser = signed_in(mei)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.discard([view.id])
        raise ZeroDivisionError
    assert status(view, browser) == 200, "what was rolled back deletes nothing"
    services.discard([view.id])
    services.discard([view.id])
    services.discard([])
    assert status(view, browser) == 404
    assert status(other, browser) == 200
    assert len(stored(tmp_path)) == 2
    assert queries.picture_views([view.id, other.id]) == {other.id: other}


def test_pictures_that_were_never_used_are_forgotten_after_a_week(tmp_path: Path) -> None:
    mei = person()
    old, attached, public, young = (picture(mei) for _ in range(4))
    services.attach(mei.pk, [attached.id], topics.room(1))
    services.make_public(mei.pk, [public.id])
    Picture.objects.exclude(pk=young.id).update(created_at=Now() - timedelta(days=8))
    assert services.forget_unused() == 1
    assert services.forget_unused() == 0
    assert list(Picture.objects.filter(state="gone").values_list("pk", flat=True)) == [old.id]


def test_views_of_many_cost_one_query(django_assert_num_queries: Any) -> None:
    mei: User = person()
    ids = [picture(mei).id for _ in range(5)]
    with django_assert_num_queries(1):
        assert set(queries.picture_views(ids)) == set(ids)
    with django_assert_num_queries(0):
        assert queries.picture_views([]) == {}
