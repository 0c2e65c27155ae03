"""The chats, line by line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from server.accounts.queries import cards
from server.chat import services as chat
from server.chat.mentions import mentioned
from server.chat.schemas import GroupDraft, MessageDraft, Sent
from server.demo.script import Line, chance, read_chat, tell
from server.demo.seeding.drawings import client_id
from server.demo.seeding.votes import BY_KEY, vote_acts
from server.demo.seeding.world import HOST, Acts, World
from server.demo.stories.circles import CAMERAS, CERAMICS, DESKS, RUNNERS
from server.demo.stories.counters import COUNTERS
from server.demo.stories.directs import DIRECTS
from server.demo.stories.family import BIRTHDAY, FAMILY
from server.demo.stories.huangshan import HUANGSHAN
from server.demo.stories.pinzhuo import POOL
from server.demo.stories.shapes import Counter, Direct, Group
from server.demo.stories.window_now import WINDOW
from server.polls.schemas import InRoom

GROUPS = (WINDOW, HUANGSHAN, FAMILY, BIRTHDAY, CERAMICS, CAMERAS, DESKS, RUNNERS, POOL)

Story = Group | Direct | Counter


@dataclass(slots=True)
class Room:
    """A chat while it is being told. sent: every line's answer, and those with a label by it."""

    story: Story
    id: int = 0
    sent: list[Sent] = field(default_factory=list)
    labels: dict[str, Sent] = field(default_factory=dict)


def people_of(story: Story) -> list[str]:
    """Everybody in the chat; who opens it first."""
    if isinstance(story, Group):
        return story.people.split()
    if isinstance(story, Direct):
        return [story.one, story.other]
    return [story.buyer, HOST[story.store]]


def chats(world: World) -> Acts:
    """All chats, and afterwards how far everybody has read."""
    for story in (*GROUPS, *DIRECTS, *COUNTERS):
        yield from _chat(world, Room(story))


def _chat(world: World, room: Room) -> Acts:
    lines = list(tell(read_chat(room.story.script), world.now))
    yield lines[0][0] - timedelta(minutes=2), partial(_open, world, room)
    for place, (at, line) in enumerate(lines):
        if line.marks.vote:
            where = partial(_here, room)
            yield from vote_acts(world, BY_KEY[line.marks.vote], line.who, at, where)
        else:
            yield from _line(world, room, place, at, line)
    for who in people_of(room.story):
        yield lines[-1][0] + timedelta(minutes=1), partial(_read, world, room, who)


def _here(room: Room) -> InRoom:
    return InRoom(room_id=room.id)


def _open(world: World, room: Room) -> None:
    story = room.story
    first, *others = (world.people[who] for who in people_of(story))
    if isinstance(story, Group):
        made = client_id("group", story.key)
        draft = GroupDraft(client_id=made, title=story.title, member_ids=others)
        room.id = chat.create_group(first, draft).id
    elif isinstance(story, Direct):
        room.id = chat.open_direct(first, others[0]).id
    else:
        room.id = chat.open_store_chat(first, world.stores[story.store]).id


def _line(world: World, room: Room, place: int, at: datetime, line: Line) -> Acts:
    """The line and what became of it before long."""
    said: list[Sent] = []
    yield at, partial(_say, world, room, place, line, said)
    key = f"{room.story.key} {place}"
    for emoji, people in line.reactions:
        for who in people:
            at += timedelta(seconds=4 + chance(key + emoji + who, 50))
            yield at, _on(said, partial(_react, world.people[who], emoji))
    author = world.people[line.who]
    if line.corrected:
        yield at + timedelta(seconds=25), _on(said, partial(_edit, author, line.corrected))
    if line.taken_back:
        yield at + timedelta(seconds=15), _on(said, partial(chat.delete, author))


def _on(said: list[Sent], act: Callable[[int], None]) -> Callable[[], None]:
    """An act on a message whose id is known only once it has been sent."""
    return lambda: act(said[0].message_id)


def _react(person: int, emoji: str, message: int) -> None:
    chat.react(person, message, emoji)


def _edit(person: int, words: str, message: int) -> None:
    chat.edit(person, message, words)


def _say(world: World, room: Room, place: int, line: Line, said: list[Sent]) -> None:
    use = f"{room.story.key} {place}"
    draft = MessageDraft(
        client_id=client_id("line", use),
        room_id=room.id,
        text=line.words,
        picture_ids=world.pictures(line.who, line.marks.pictures, use),
        item_id=world.items[line.marks.item] if line.marks.item else None,
        reply_to=room.labels[line.answers].message_id if line.answers else None,
        mentions=_meant(world, room, line.words),
    )
    sent = chat.send(world.people[line.who], draft)
    said.append(sent)
    if line.label:
        room.labels[line.label] = sent


def _meant(world: World, room: Room, words: str) -> list[int]:
    if "@" not in words:
        return []
    people = cards([world.people[who] for who in people_of(room.story)])
    return mentioned(words, {pk: [card.username, card.name] for pk, card in people.items()})


def _read(world: World, room: Room, who: str) -> None:
    """Up to the end, less what the story leaves unread for them."""
    last = len(read_chat_lines(room.story))
    chat.mark_read(world.people[who], room.id, last - room.story.unread.get(who, 0))


def read_chat_lines(story: Story) -> list[Line]:
    """Every line of a chat."""
    return [line for scene in read_chat(story.script) for line in scene.lines]
