"""What may go wrong between a right that ends and everything else that happens at that moment."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from consumers.registry import CHANNELS
from consumers.wire.hub import Hub
from consumers.wire.keeper import Keeper
from consumers.wire.outlet import Outlet
from consumers.worker import the_worker
from server.accounts import presence
from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.schemas import MeChange
from server.chat import services as chat
from server.realtime import replay, topics
from server.realtime.publish import Envelope
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]


def after_the_reading(
    monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object], times: int = 1
) -> list[int]:
    """Have something happen when a join has read the database but has not answered yet."""
    reader = the_worker().joiner._reader
    read, done = reader._run, []

    def reading(questions: Any) -> Any:
        found = read(questions)
        if len(done) < times:
            done.append(1)
            deed()
        return found

    monkeypatch.setattr(reader, "_run", reading)
    return done


async def test_a_first_joiner_removed_during_the_join_hears_nothing_later(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody here watches the room yet, so this hub knows no version of its rules."""
    mei, bo, yu = people
    await in_database(factories.befriend, mei, yu)
    room = await in_database(factories.group_room, mei, bo, yu)
    head = await in_database(lambda: replay.positions([f"room:{room}"])[f"room:{room}"].head)
    yus = await tab(yu)

    def removed_then_said() -> None:
        chat.remove_member(mei.pk, room, yu.pk)
        factories.say(mei, room, "a secret")

    done = after_the_reading(monkeypatch, removed_then_said)
    answer = await yus.join((f"room:{room}", head))
    assert done
    assert answer["data"]["refused"] == [{"topic": f"room:{room}", "code": "not_found"}]
    assert "a secret" not in str(answer) + str(await yus.quiet(0.5)) + str(yus.heard)


class Silent(Outlet):
    """A socket that only remembers what was written to it."""

    __slots__ = ("texts",)

    def __init__(self, person_id: int):
        super().__init__("socket", person_id, "key", {}, None)  # type: ignore[arg-type]
        self.texts: list[str] = []

    def write(self, frame: Any) -> None:
        self.texts.append(frame.text)


def logged(topic: topics.Topic, number: int, authority: topics.Topic, version: int) -> Envelope:
    return Envelope(
        kind="logged",
        topic=str(topic),
        text=f'"{topic} number {number}"',
        position=number,
        authority=str(authority),
        auth_version=version,
    )


async def test_two_topics_of_one_authority_wait_for_the_second_check_too() -> None:
    """While the first check runs a second revocation is committed and its broadcast is lost: the
    version on an event that waited tells of it, and holds back what waits on the other topic."""
    hub, author = Hub("w"), topics.author(7)
    post, poll = topics.post(1), topics.poll(2)
    outlet = Silent(5)
    for topic in (post, poll):
        watched = hub.watch(topic, author)
        watched.outlets.add(outlet)
        watched.number = 0
    hub.auth[str(author)] = 1
    hub.check_again(str(author), None, 2)
    hub.take(logged(post, 1, author, 3))
    hub.take(logged(poll, 1, author, 3))
    hub.take(logged(post, 2, author, 3))
    hub.recheck.clear()
    hub.resume(str(author))
    assert hub.recheck == {str(author): None}, "a third version asks for another check"
    assert outlet.texts == []
    hub.recheck.clear()
    hub.resume(str(author))
    await asyncio.sleep(0)
    assert sorted(text.count("number") for text in outlet.texts) == [1, 2]


async def test_a_check_that_fails_leaves_nothing_paused_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever goes wrong while what waited is let through, the next round goes on with it."""
    hub, author = Hub("w"), topics.author(7)
    keeper = Keeper(hub, {})
    for topic in (topics.post(1), topics.poll(2)):
        hub.watch(topic, author).number = 0
    hub.auth[str(author)] = 1
    hub.check_again(str(author), None, 2)
    resume = hub.resume
    monkeypatch.setattr(hub, "resume", lambda authority: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await keeper._check_rights()
    monkeypatch.setattr(hub, "resume", resume)
    await keeper._check_rights()
    assert [one.paused for one in hub.watched.values()] == [None, None]


async def test_a_state_read_by_the_keeper_is_not_shown_to_who_lost_the_right(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every broadcast is lost: what the keeper reads later is from after the revocation."""
    mei, bo, _ = people
    bos = await tab(bo)
    topic = f"presence:{mei.pk}"
    assert (await bos.join(topic))["data"]["joined"]
    monkeypatch.setattr("consumers.wire.keeper.CHECK_SECONDS", 3600)
    keeper = Keeper(worker.hub, CHANNELS)
    monkeypatch.setattr(worker.hub, "_revoked", lambda envelope: None)
    await in_database(accounts.end_tie, mei.pk, bo.pk)
    monkeypatch.setattr(presence, "publish_on_commit", lambda *envelopes: None)
    await in_database(presence.report, "elsewhere", {mei.pk: False}, [])
    await keeper._compare_snapshots()
    seen = str(await bos.quiet(0.5)) + str(bos.heard)
    assert "presence.changed" not in seen
    assert '"dropped"' in seen.replace("'", '"')


async def test_a_thing_joined_before_it_exists_is_governed_by_its_owner(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A join of the next post's id is kept under way while the post is published: whoever joins
    meanwhile must come under its author's rules, or an unfriended person would go on listening."""
    mei, bo, _ = people
    first = (await in_database(factories.post, mei, "one")).post.id
    topic = f"post:{first + 1}"
    early, late = await tab(bo), await tab(bo)
    under_way, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        under_way.set()
        go_on.wait(10)

    after_the_reading(monkeypatch, wait)
    await early.say("join", topics=[{"topic": topic}])
    if not await asyncio.to_thread(under_way.wait, 1):
        go_on.set()  # refused without waiting: just as well
    made = (await in_database(factories.post, mei, "two")).post.id
    assert topic == f"post:{made}"
    assert (await late.join((topic, 0)))["data"]["joined"]
    go_on.set()
    assert (await early.until(lambda one: one.get("op") == "reply"))["data"]["refused"]

    monkeypatch.setattr(worker.hub, "_revoked", lambda envelope: None)
    await in_database(accounts.end_tie, mei.pk, bo.pk)
    await in_database(factories.comment, mei, made, "a secret")
    assert "a secret" not in str(await late.quiet(0.6)) + str(late.heard)


async def test_presence_that_is_shown_again_reaches_friends_who_show_theirs_and_nobody_else(
    people: People, tab: OpenTab
) -> None:
    """Told on the author's topic, and allowed by the one rule for presence."""
    mei, bo, _ = people
    hidden, stranger = [await in_database(factories.person) for _ in range(2)]
    await in_database(factories.befriend, mei, hidden)
    await in_database(accounts.change_me, hidden.pk, MeChange(show_presence=False))
    seen, writes = f"presence:{mei.pk}", f"author:{mei.pk}"
    tabs = [await tab(who) for who in (bo, hidden, stranger)]
    bos, hiddens, strangers = tabs
    assert len((await bos.join(seen, (writes, 0)))["data"]["joined"]) == 2
    for one in (hiddens, strangers):
        await one.join((writes, 0))
    await in_database(accounts.change_me, mei.pk, MeChange(show_presence=False))
    assert (await bos.until(lambda one: one.get("op") == "dropped"))["topics"] == [seen]
    assert (await bos.join(seen))["data"]["refused"]

    await in_database(accounts.change_me, mei.pk, MeChange(show_presence=True))
    for one in (bos, hiddens):
        await one.until(lambda event: (event.get("topic"), event.get("number")) == (writes, 2))
    assert "person.changed" not in str(await strangers.quiet(0.6)) + str(strangers.heard)
    answers = [await one.join(seen) for one in tabs]
    assert [bool(answer["data"]["joined"]) for answer in answers] == [True, False, False]
    await in_database(presence.report, "elsewhere", {mei.pk: True}, [])
    assert (await bos.event("presence.changed"))["data"]["state"] == "away"
    for one in (hiddens, strangers):
        assert "presence.changed" not in str(await one.quiet(0.6)) + str(one.heard)
