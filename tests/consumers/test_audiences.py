"""Open pages lose at once what is not shown to them any more, and hear nothing later of it."""

import pytest

from server.accounts import lists
from server.accounts.models import User
from server.feed import queries, services
from server.feed.schemas import ToList
from server.realtime import publish
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]


def family(mei: User, bo: User) -> tuple[ToList, str, int]:
    """A list with Bo in it, its topic, and a post to it."""
    made = lists.make(mei.pk, "Family").id
    lists.add(mei.pk, made, bo.pk)
    post = factories.post(mei, "first", ToList(list_id=made)).post.id
    [view] = lists.mine(mei.pk).lists
    return ToList(list_id=made), view.topic or "", post


async def test_who_is_taken_out_of_a_list_is_dropped_and_hears_nothing_later(
    people: People, tab: OpenTab
) -> None:
    mei, bo, _ = people
    to, topic, post = await in_database(family, mei, bo)
    heads = (await in_database(queries.feed_page, bo.pk)).heads
    assert topic in heads
    bos = await tab(bo)
    await bos.join((topic, heads[topic]), f"post:{post}")
    await in_database(factories.post, mei, "second", to)
    assert (await bos.event("post.published"))["data"]["post"]["text"] == "second"
    await in_database(lists.remove, mei.pk, to.list_id, bo.pk)
    await in_database(factories.post, mei, "third", to)
    await in_database(factories.comment, mei, post, "nobody hears this")
    frames = [bos.heard, await bos.quiet(1)]
    assert "third" not in str(frames) and "nobody hears" not in str(frames)
    dropped = {name for one in bos.heard if one.get("op") == "dropped" for name in one["topics"]}
    assert dropped == {topic, f"post:{post}"}
    answer = await bos.join((topic, 0), (f"post:{post}", 0))
    assert {one["topic"] for one in answer["data"]["refused"]} == {topic, f"post:{post}"}
    assert not answer.get("events")


@pytest.mark.parametrize("told", [True, False], ids=["told", "lost"])
async def test_a_narrower_audience_takes_the_post_from_open_pages(
    people: People, tab: OpenTab, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the news of it is lost: what is said later carries the newer rules."""
    mei, bo, _ = people
    made = await in_database(factories.post, mei, "for friends")
    bos, meis = await tab(bo), await tab(mei)
    for one in (bos, meis):
        await one.join((f"author:{mei.pk}", 0), f"post:{made.post.id}")
    if not told:
        publish_on_commit = publish.publish_on_commit
        monkeypatch.setattr(
            "server.realtime.revoke.publish_on_commit",
            lambda *them: publish_on_commit(*(e for e in them if e.kind != "revoke")),
        )
    await in_database(services.change_audience, mei.pk, made.post.id, "me")
    await in_database(factories.comment, mei, made.post.id, "nobody hears this")
    gone = await bos.event("post.withdrawn")
    assert gone["data"] == {"post_id": made.post.id, "turn": 1}
    assert (await meis.event("post.shown"))["data"]["audience"] == "me"
    heard = str([bos.heard, await bos.quiet(1)])
    assert "nobody hears" not in heard and "post.shown" not in heard
    again = await bos.join((f"author:{mei.pk}", 0))
    assert "for friends" not in str(again)
