"""Web push: the standard's own example, a push service of ours whose browser reads what comes, and
addresses that lead where nobody may be sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.db.models import F

from server.accounts import services as accounts
from server.accounts.models import Session, User
from server.errors import Refused
from server.feed import services as feed
from server.notices import jobs, push, sending, targets
from server.notices.models import Errand, PushTarget
from server.notices.schemas import PushDraft
from tests import factories
from tests.factories import comment, post
from tests.notices.conftest import all_jobs, read_all
from tests.notices.pushed import CURVE, Browser, Service
from tests.threads import at_once

KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.PUSH_ANYWHERE = True
    running = Service()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def bo(bo: User) -> User:
    Errand.objects.all().delete()  # of the friendship
    return bo


@pytest.fixture
def browser(mei: User, service: Service) -> Browser:
    made = Browser()
    targets.add(mei.pk, factories.session_key(mei), made.draft(service.endpoint))
    return made


def due() -> None:
    Errand.objects.filter(state="waiting").update(due_at=F("due_at") - timedelta(hours=1))
    sending.send_due()
    all_jobs()


def states() -> list[str]:
    return list(Errand.objects.order_by("pk").values_list("state", flat=True))


def test_the_example_of_the_standard() -> None:
    """RFC 8291, section 5."""
    own = ec.derive_private_key(
        int.from_bytes(push.bytes64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), CURVE
    )
    target = push.Target("", KEY, SECRET)
    body = push.encrypt(
        b"When I grow up, I want to be a watermelon",
        target,
        own,
        push.bytes64("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert push.text64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
        "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
        "WGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_push_that_only_the_browser_can_read(
    mei: User, bo: User, browser: Browser, service: Service
) -> None:
    mine = post(mei, "A lantern").post.id
    comment(bo, mine, "where is that?")
    due()
    [(path, headers, body)] = service.taken
    told = orjson.loads(browser.read(body))
    assert told["title"] == "Bo commented on your post" and told["body"] == "where is that?"
    assert told["path"] == f"/posts/{mine}" and b"lantern" not in body
    assert path == "/push/abc?x=1" and headers["Content-Encoding"] == "aes128gcm"
    assert headers["TTL"] == "86400" and len(headers["Topic"]) <= 32
    assert states() == ["sent"]
    due()
    assert len(service.taken) == 1
    _check_authorization(headers["Authorization"], service)


def _check_authorization(header: str, service: Service) -> None:
    token, key = header.removeprefix("vapid t=").split(", k=")
    assert key == push.public_key()
    said, _, signature = token.rpartition(".")
    raw = push.bytes64(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, push.bytes64(key))
    r, s = (int.from_bytes(part, "big") for part in (raw[:32], raw[32:]))
    public.verify(encode_dss_signature(r, s), said.encode(), ec.ECDSA(SHA256()))
    claims = json.loads(push.bytes64(said.split(".")[1]))
    assert claims["aud"] == f"http://127.0.0.1:{service.server_port}"


def test_our_key_stays_as_long_as_the_secret_key(settings: Any) -> None:
    before = push.public_key()
    assert push.public_key() == before and len(push.bytes64(before)) == 65
    settings.SECRET_KEY = "another"
    assert push.public_key() != before


def test_what_was_read_or_may_not_be_seen_is_not_pushed(
    mei: User, bo: User, browser: Browser, service: Service
) -> None:
    comment(bo, post(mei).post.id)
    read_all(mei)
    due()
    said = comment(bo, post(mei).post.id)
    feed.delete_comment(bo.pk, said.id)
    due()
    comment(bo, post(mei).post.id)
    accounts.block(bo.pk, mei.pk)
    due()
    assert service.taken == [] and states() == ["dropped"] * 3


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    mei: User, bo: User, browser: Browser, service: Service, status: int
) -> None:
    service.status = status
    comment(bo, post(mei).post.id)
    due()
    assert len(service.taken) == 1 and not PushTarget.objects.exists()
    comment(bo, post(mei).post.id)
    assert len(states()) == 1, "nothing is planned where nothing can be reached"


def test_what_is_refused_for_now_is_tried_again_and_no_redirect_is_followed(
    mei: User, bo: User, browser: Browser, service: Service
) -> None:
    for service.status in (503, 429, 302):
        comment(bo, post(mei).post.id)
        due()
        assert states()[-1] == "given"
    service.status = 201
    ids = list(Errand.objects.values_list("pk", flat=True))
    jobs.send_push.call(mei.pk, ids)
    jobs.send_push.call(mei.pk, ids)
    assert set(states()) == {"sent"} and len(service.taken) == 6


def test_a_job_that_runs_twice_pushes_once(
    mei: User, bo: User, browser: Browser, service: Service
) -> None:
    comment(bo, post(mei).post.id)
    Errand.objects.update(due_at=F("due_at") - timedelta(hours=1))
    sending.send_due()
    ids = list(Errand.objects.values_list("pk", flat=True))
    at_once([partial(jobs.send_push.call, mei.pk, ids)] * 5)
    assert len(service.taken) == 1


def test_signed_out_a_browser_is_not_reached(
    mei: User, bo: User, browser: Browser, service: Service
) -> None:
    assert accounts.end_other_sessions(mei.pk, None) >= 1
    comment(bo, post(mei).post.id)
    due()
    assert service.taken == [] and not PushTarget.objects.exists()
    assert not Session.objects.filter(person=mei).exists()


def test_one_browser_is_one_person_s(
    mei: User, bo: User, browser: Browser, service: Service
) -> None:
    targets.add(bo.pk, factories.session_key(bo), browser.draft(service.endpoint))
    assert PushTarget.objects.get().person_id == bo.pk


def test_no_more_than_so_many_browsers(mei: User, service: Service) -> None:
    key = factories.session_key(mei)
    for n in range(targets.TARGETS + 3):
        targets.add(mei.pk, key, Browser().draft(f"{service.endpoint}&n={n}"))
    assert PushTarget.objects.count() == targets.TARGETS
    targets.remove(mei.pk, f"{service.endpoint}&n=12")
    assert PushTarget.objects.count() == targets.TARGETS - 1


def test_the_worker_stands_at_the_root() -> None:
    answer = factories.browser().get("/sw.js")
    assert answer.status_code == 200 and answer["Content-Type"] == "text/javascript"
    assert b"showNotification" in answer.content and answer["Cache-Control"] == "no-cache"


# Where nobody may be sent ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/a",
        "ftp://push.example/a",
        "file:///etc/passwd",
        "https:///a",
        "https://user:pw@push.example/a",
        "https://push.example:22/a",
        "https://push.example:99999/a",
        "https://push.example/a#b",
        "https://push.example/a b",
        "https://push.example/\r\nHost: x",
        "https://[::1/a",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "",
    ],
)
def test_what_is_no_address_of_a_push_service_is_refused(mei: User, endpoint: str) -> None:
    with pytest.raises(Refused, match="bad_field"):
        targets.add(mei.pk, factories.session_key(mei), Browser().draft(endpoint))
    assert not PushTarget.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "ff02::1",
    ],
)
def test_no_private_address_is_spoken_to_whatever_it_is_called(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(*_: Any, **__: Any) -> Any:
        return [(0, 0, 0, "", ("93.184.215.14", 443)), (0, 0, 0, "", (address, 443))]

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("spoken to")

    monkeypatch.setattr(push.socket, "getaddrinfo", answers)
    monkeypatch.setattr(push.socket, "create_connection", never)
    made = Browser().draft("https://push.example/a")
    target = push.Target(made.endpoint, made.key, made.secret)
    with pytest.raises(push.Refusal):
        push.deliver(target, b"{}", 0, "t")


def test_the_address_that_was_looked_at_is_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked a second time, the name could lead home."""
    asked, spoken = [], []

    def answers(host: str, port: int, **_: Any) -> Any:
        asked.append(host)
        return [(0, 0, 0, "", ("93.184.215.14", port))]

    def connect(to: Any, *_: Any, **__: Any) -> Any:
        spoken.append(to)
        raise ConnectionRefusedError

    monkeypatch.setattr(push.socket, "getaddrinfo", answers)
    monkeypatch.setattr(push.socket, "create_connection", connect)
    made = Browser().draft("https://push.example/a")
    with pytest.raises(push.Failed) as failure:
        push.deliver(push.Target(made.endpoint, made.key, made.secret), b"{}", 0, "t")
    assert failure.value.certain and asked == ["push.example"]
    assert spoken == [("93.184.215.14", 443)]


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("AAAA", "MDEyMzQ1Njc4OWFiY2RlZg"),
        ("!", "!"),
        ("", ""),
        ("\u4f60", "MDEyMzQ1Njc4OWFiY2RlZg"),
    ],
)
def test_what_are_no_keys_is_refused(mei: User, key: str, secret: str) -> None:
    draft = PushDraft(endpoint="https://push.example/a", key=key, secret=secret)
    with pytest.raises(Refused, match="bad_field"):
        targets.add(mei.pk, factories.session_key(mei), draft)
