"""A whole shopping journey with the settings that everybody begins with, while others watch with
open sockets: they get what was done for them by hand, and nothing else, on any way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.test import Client

from server.accounts import following
from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.schemas import MeChange
from server.groups import services as groups
from server.groups.schemas import GroupRoomDraft
from server.notices.models import Errand, Notice
from server.realtime.models import LoggedEvent
from server.sharing.models import Activity, Consent, Showing
from tests import factories
from tests.consumers.conftest import OpenTab, Tab, in_database, tab, worker
from tests.notices.pushed import Service
from tests.sharing.outside import all_leaves, outside, reach
from tests.sharing.test_audit import run
from tests.sharing.world import pass_time, say

__all__ = ["outside", "tab", "worker"]

Json = dict[str, Any]


@dataclass
class Town:
    """Mei, with default settings, and how the others stand to her. ids: of the things they have."""

    mei: User
    others: dict[str, User]
    ids: dict[str, int]
    option: int

    @property
    def everyone(self) -> list[User]:
        return [self.mei, *self.others.values()]


def town(service: Service) -> Town:
    mei = factories.person("mei", name="Mei-of-the-mill")
    names = ("friend", "follower", "member", "stranger", "seller")
    others = {name: factories.person(name) for name in names}
    factories.befriend(mei, others["friend"])
    accounts.change_me(mei.pk, MeChange(followable=True))
    following.follow(others["follower"].pk, mei.pk)
    accounts.change_me(mei.pk, MeChange(followable=False))  # as everybody begins
    reach(service, mei, *others.values())
    shop = factories.store(others["seller"])
    club = factories.interest(others["member"]).group.id
    talk = GroupRoomDraft(client_id=factories.client_id(), title="Lens talk")
    room = groups.make_room(others["member"].pk, club, talk).id
    vote = factories.vote_in_feed(others["friend"], "everyone")
    made = Town(
        mei,
        others,
        {
            "store": shop.store.id,
            "item": factories.item(others["seller"], shop).item.id,
            "other": factories.item(others["seller"], shop).item.id,
            "club": club,
            "club_room": room,
            "poll": vote.poll.id,
            "post": vote.poll.post_id or 0,
        },
        vote.poll.options[0].id,
    )
    all_leaves(made.everyone)
    mail.outbox.clear()
    service.taken.clear()
    return made


async def watch(town: Town, tab: OpenTab) -> dict[str, Tab]:
    """Each has a page open on whatever of all this they may watch, and is told nothing more."""
    mei, ids = town.mei.pk, town.ids
    public = [f"item:{ids['item']}", f"item:{ids['other']}", f"group:{ids['club']}"]
    public += [f"poll:{ids['poll']}", f"post:{ids['post']}"]
    near = [f"author:{mei}", f"public:{mei}", f"presence:{mei}", f"user:{mei}"]
    inside = [f"members:{ids['club']}", f"room:{ids['club_room']}"]
    tabs = {}
    allowed: dict[str, set[str]] = {}
    for name, who in town.others.items():
        tabs[name] = await tab(who)
        wanted = [f"user:{who.pk}", *public, *near, *inside]
        answer = await tabs[name].join(*wanted)
        refused = {one["topic"] for one in answer["data"]["refused"]}
        allowed[name] = set(near + inside) - refused
    assert allowed == {
        "friend": {f"author:{mei}", f"presence:{mei}", f"public:{mei}"},
        "follower": set(),
        "member": set(inside),
        "stranger": set(),
        "seller": set(),
    }
    return tabs


async def heard(tabs: dict[str, Tab], seconds: float = 0.5) -> dict[str, list[Json]]:
    """What each of them got since the last time."""
    await asyncio.gather(*(one.quiet(seconds) for one in tabs.values()))
    found = {name: list(one.heard) for name, one in tabs.items()}
    for one in tabs.values():
        one.heard.clear()
    return found


async def settled(tabs: dict[str, Tab]) -> None:
    """Nothing of what was done before is on its way any more."""
    quiet = 0
    while quiet < 2:
        quiet = 0 if any((await heard(tabs)).values()) else quiet + 1


def done(answer: Any) -> Any:
    assert answer.status_code < 300, answer.content
    return answer.json() if answer.content else None


JSON = "application/json"


@dataclass
class Journey:
    """What Mei does, in her browser."""

    browser: Client
    town: Town

    def steps(self) -> list[tuple[Callable[[], None], dict[str, set[str]]]]:
        """In order; and which frames are for whom because she did it for them."""
        tally = {name: {"poll.changed"} for name in self.town.others}
        grown = {name: {"group.changed"} for name in self.town.others}
        return [
            (self.look_around, {}),
            (self.bookmark, {}),
            (self.ask_the_seller, {"seller": {"room.opened", "message.sent", "room.read"}}),
            (self.vote_by_name, {**tally, "friend": {"poll.changed", "notices.changed"}}),
            (self.post_to_herself, {}),
            (self.join_an_open_group, grown),
            (self.follow_a_store, {}),
            (self.change_settings, {}),
        ]

    def look_around(self) -> None:
        for path in ("items?q=Rangefinder", "stores", "groups", "feed/everyone", "activity"):
            done(self.browser.get(f"/api/{path}"))
        for name in ("item", "other"):
            done(self.browser.get(f"/api/items/{self.town.ids[name]}"))

    def bookmark(self) -> None:
        item, other = self.town.ids["item"], self.town.ids["other"]
        done(self.browser.put(f"/api/bookmarks/{item}", {"note": "for the mill"}, JSON))
        folder = done(self.browser.post("/api/bookmarks/folders", {"name": "Mill"}, JSON))["id"]
        moving = {"item_ids": [item], "folder_id": folder}
        done(self.browser.post("/api/bookmarks/move", moving, JSON))
        done(self.browser.put(f"/api/bookmarks/{other}", {}, JSON))

    def ask_the_seller(self) -> None:
        store = {"store_id": self.town.ids["store"]}
        room = done(self.browser.post("/api/rooms/store", store, JSON))["id"]
        words = {"client_id": factories.client_id(), "text": "Is it still there?"}
        path = f"/api/rooms/{room}/messages"
        done(self.browser.post(path, {**words, "room_id": room}, JSON))

    def vote_by_name(self) -> None:
        poll = self.town.ids["poll"]
        ballot = {"poll_id": poll, "choices": [self.town.option]}
        done(self.browser.put(f"/api/polls/{poll}/ballot", ballot, JSON))

    def post_to_herself(self) -> None:
        body = {"text": "What I think", "item_id": self.town.ids["item"], "audience": "me"}
        done(self.browser.post("/api/posts", {"client_id": factories.client_id(), **body}, JSON))

    def join_an_open_group(self) -> None:
        club = self.town.ids["club"]
        done(self.browser.post(f"/api/groups/{club}/join", {"answers": []}, JSON))

    def follow_a_store(self) -> None:
        done(self.browser.put(f"/api/stores/{self.town.ids['store']}/follow"))

    def change_settings(self) -> None:
        done(self.browser.patch("/api/me", {"language": "zh"}, JSON))
        said = {"audience": "me", "text": 1}
        done(self.browser.put("/api/me/sharing/bookmark", said, JSON))
        done(self.browser.get("/api/me/shared"))


async def test_with_default_settings_a_whole_journey_tells_nobody_of_itself(
    outside: Service, tab: OpenTab
) -> None:
    here = await in_database(town, outside)
    browser = await in_database(factories.signed_in, here.mei)
    mine = await tab(here.mei)
    await mine.join(f"user:{here.mei.pk}", f"item:{here.ids['item']}")
    tabs = await watch(here, tab)
    # That she is here is the one thing friends see without her saying so, if they show it too: a
    # switch of its own, in the ledger. It is told before the journey, and the journey adds nothing.
    await tabs["friend"].event("presence.changed")
    await settled(tabs)
    before = await in_database(lambda: set(LoggedEvent.objects.values_list("topic", "number")))
    told: dict[str, list[Json]] = {name: [] for name in tabs}
    for act, may in Journey(browser, here).steps():
        await in_database(act)
        await in_database(all_leaves, here.everyone)
        for name, frames in (await heard(tabs)).items():
            kinds = {str(one.get("type") or one["op"]) for one in frames}
            assert kinds <= may.get(name, set()), f"{name}, by {act.__name__}: {frames}"
            told[name] += frames
    # What was done for somebody did arrive: silence proves nothing on a socket that is deaf.
    arrived = {name: {one["type"] for one in frames} for name, frames in told.items()}
    assert "message.sent" in arrived["seller"] or "room.opened" in arrived["seller"]
    assert "notices.changed" in arrived["friend"]
    assert all({"poll.changed", "group.changed"} <= kinds for kinds in arrived.values())
    # They learn that the group grew, not by whom; who voted stands in a vote by name.
    for name in tabs:
        grew = [one for one in told[name] if one["type"] == "group.changed"]
        assert grew and here.mei.name not in str(grew)
    # A minute later nothing was waiting, and nothing leaves the page.
    assert await in_database(pass_time) == 0
    await in_database(all_leaves, here.everyone)
    assert not [one for frames in (await heard(tabs)).values() for one in frames]
    await in_database(nothing_else, here, outside, before)


async def test_with_consent_the_same_deed_is_heard_by_those_it_is_for(
    outside: Service, tab: OpenTab
) -> None:
    """The silence above is the default's, and not the sockets'."""
    here = await in_database(town, outside)
    browser = await in_database(factories.signed_in, here.mei)
    await in_database(say, here.mei, "bookmark", "friends")
    tabs = await watch(here, tab)
    await settled(tabs)
    await in_database(Journey(browser, here).bookmark)
    assert not [one for frames in (await heard(tabs)).values() for one in frames]
    assert await in_database(pass_time) == 1
    await tabs["friend"].event("activity.shown")
    assert {name for name, frames in (await heard(tabs)).items() if frames} == {"friend"}


def nothing_else(here: Town, outside: Service, before: set[tuple[str, int]]) -> None:
    """Of the log, the notices and what left: only what stands in the journey."""
    assert mail.outbox == [] and outside.taken == []
    others = {who.pk: name for name, who in here.others.items()}
    told = Notice.objects.filter(person__in=others, causes__actor=here.mei)
    kinds = {(others[one.person_id], one.kind) for one in told}
    assert kinds - {("friend", "friend.asked")} == {("friend", "vote")}
    assert not Errand.objects.filter(notice__kind="vote").exists()
    logged = {
        (row.topic.partition(":")[0], row.encoded.partition('"type":"')[2].partition('"')[0])
        for row in LoggedEvent.objects.exclude(topic=f"user:{here.mei.pk}")
        if (row.topic, row.number) not in before
    }
    assert logged <= {
        ("room", "message.sent"),
        ("user", "room.opened"),
        ("user", "notices.changed"),
    }
    assert not Activity.objects.exists() and not Showing.objects.exists()
    assert not Consent.objects.exclude(kind="presence").exists()
    assert run() == []
