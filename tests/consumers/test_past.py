"""What a join brings of the past must not be more than a page would show, nor from after a right
ended."""

from typing import Any

import pytest

from consumers.wire import joining
from server.accounts import services as accounts
from server.accounts.models import User
from server.chat import services as chat
from server.feed import services as feed
from server.realtime import replay
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]


async def test_removed_while_the_past_is_read_they_hear_nothing_later(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positions and rights were read, then what was missed: the first joiner of a room here knows
    no version of its rules, and only what it hears meanwhile can tell."""
    mei, bo, yu = people
    await in_database(factories.befriend, mei, yu)
    room = await in_database(factories.group_room, mei, bo, yu)
    await in_database(factories.say, mei, room, "known")
    yus = await tab(yu)
    read, done = joining.missed, []

    def reading(*args: Any) -> Any:
        found = read(*args)
        if not done:
            done.append(1)
            chat.remove_member(mei.pk, room, yu.pk)
            factories.say(mei, room, "a secret")
        return found

    monkeypatch.setattr(joining, "missed", reading)
    answer = await yus.join((f"room:{room}", 0))
    assert done
    assert "a secret" not in str(answer) + str(await yus.quiet(0.5)) + str(yus.heard)
    assert answer["data"]["refused"] == [{"topic": f"room:{room}", "code": "not_found"}]


def conversation(mei: User, bo: User, yu: User) -> int:
    """Yu said something under Mei's post, then Bo blocked Yu."""
    post = factories.post(mei, "for everyone", "everyone").post.id
    factories.comment(yu, post, "yu-before-the-block")
    factories.comment(mei, post, "mei-in-between")
    accounts.block(bo.pk, yu.pk)
    factories.comment(yu, post, "yu-after-the-block")
    return post


async def test_comments_from_before_a_block_do_not_come_back_by_replay(
    people: People, tab: OpenTab
) -> None:
    """A fresh page hides them: the past is a reset for those two, and whole for everybody else."""
    mei, bo, yu = people
    post = await in_database(conversation, mei, bo, yu)
    topic = f"post:{post}"
    for who, hidden in ((bo, "yu-before"), (yu, None), (mei, None)):
        one = await tab(who)
        answer = await one.join((topic, 0))
        assert "yu-after" not in str(answer)
        if hidden:
            assert answer["data"]["resets"] == [topic]
            assert hidden not in str(answer)
            head = answer["data"]["joined"][0]["head"]
            assert (await one.join((topic, head)))["data"]["resets"] == [], "and not for ever"
        else:
            assert answer["data"]["resets"] == []
            assert "yu-before" in str(answer)


async def test_comments_from_before_they_were_a_friend_do_not_come_by_replay_either(
    people: People, tab: OpenTab
) -> None:
    """Bo could not see the post when Yu, whom he had blocked, spoke: nothing was withheld then."""
    mei, bo, yu = people

    def make() -> int:
        accounts.end_tie(mei.pk, bo.pk)
        factories.befriend(mei, yu)
        accounts.block(bo.pk, yu.pk)
        post = factories.post(mei).post.id
        factories.comment(yu, post, "yu-among-friends")
        factories.befriend(mei, bo)
        return post

    topic = f"post:{await in_database(make)}"
    answer = await (await tab(bo)).join((topic, 0))
    assert answer["data"]["resets"] == [topic]
    assert "yu-among-friends" not in str(answer)


async def test_deleted_words_do_not_come_back_in_any_log(people: People, tab: OpenTab) -> None:
    """Nor in the excerpt of an answer to them, nor in the card of the room that was opened."""
    mei, bo, _ = people

    def make() -> tuple[int, int]:
        room = factories.direct_room(mei, bo)
        first = factories.say(mei, room, "said-and-taken-back")
        factories.say(bo, room, "an answer", reply_to=first.message_id)
        group = factories.group_room(mei)
        said = factories.say(mei, group, "said-and-taken-back")
        chat.add_members(mei.pk, group, [bo.pk])
        chat.edit(mei.pk, said.message_id, "reworded-and-taken-back")
        post = factories.post(mei, "posted-and-taken-back").post.id
        told = factories.comment(bo, post, "told-and-taken-back")
        feed.delete_comment(bo.pk, told.id)
        chat.delete(mei.pk, first.message_id)
        chat.delete(mei.pk, said.message_id)
        feed.delete_post(mei.pk, post)
        return room, group

    room, group = await in_database(make)
    bos = await tab(bo)
    topics = [f"room:{room}", f"room:{group}", f"user:{bo.pk}", f"author:{mei.pk}"]
    answer = await bos.join(*[(topic, 0) for topic in topics])
    assert answer["data"]["resets"] == []
    assert "taken-back" not in str(answer)
    assert "an answer" in str(answer)
    numbers = await in_database(replay.positions, topics)
    for topic in topics:
        found = [e["number"] for e in answer["events"] if e["topic"] == topic and "number" in e]
        assert found == list(range(1, numbers[topic].head + 1)), "and none is missing"
