"""The stories can be told: every name, picture and moment in them means something."""

from __future__ import annotations

import re
from collections import Counter as Count
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from server.demo.art import READY
from server.demo.art.catalogue import STORES, THINGS
from server.demo.art.people import PEOPLE
from server.demo.script import Marks, Misprint, moment, read_chat, read_posts, span, tell
from server.demo.seeding.chats import GROUPS, Story, people_of, read_chat_lines
from server.demo.seeding.drawings import words_for
from server.demo.seeding.feed import entries
from server.demo.seeding.people import friends
from server.demo.seeding.votes import BY_KEY
from server.demo.stories.answers import COUNTER, FRIEND
from server.demo.stories.counters import COUNTERS
from server.demo.stories.directs import DIRECTS
from server.demo.stories.remarks import QUESTIONS, REMARKS, THOUGHTS
from server.demo.stories.shapes import Group
from server.demo.stories.smalltalk import TALK
from server.demo.stories.ties import ASKED

NAMES = {person.username for person in PEOPLE}
ITEMS = {thing.slug for thing in THINGS}
PICTURES = {file.stem for kind in ("items", "scenes") for file in (READY / kind).glob("*.webp")}
STORIES: tuple[Story, ...] = (*GROUPS, *DIRECTS, *COUNTERS)
NOWS = [datetime(2026, 3, 7, hour, 7, tzinfo=UTC) for hour in range(0, 24, 3)]


def named(story: Story) -> str:
    return story.key


def check_marks(marks: Marks) -> None:
    assert not marks.item or marks.item in ITEMS
    assert set(marks.pictures) <= PICTURES
    assert not marks.vote or marks.vote in BY_KEY


def ballots(key: str) -> list[tuple[str, str]]:
    found = (ballot.split(":") for ballot in BY_KEY[key].ballots.split())
    return [(who, places) for who, places in found]


# Chats ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_a_chat_is_told_by_those_who_are_in_it(story: Story) -> None:
    there, labels = people_of(story), set()
    assert len(set(there)) == len(there) and set(there) <= NAMES
    assert set(story.unread) <= set(there)
    for line in read_chat_lines(story):
        assert line.who in there, line
        assert line.words.strip() or line.marks != Marks(), line
        assert not line.answers or line.answers in labels, line
        assert all(set(people) <= set(there) and people for _, people in line.reactions), line
        check_marks(line.marks)
        if line.marks.vote:
            assert {who for who, _ in ballots(line.marks.vote)} <= set(there)
        labels.add(line.label)


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_nothing_is_unread_that_one_wrote_oneself(story: Story) -> None:
    lines = read_chat_lines(story)
    for who, count in story.unread.items():
        assert who not in {line.who for line in lines[len(lines) - count :]}, who


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_a_chat_goes_forward_and_ends_before_now_at_any_time_of_day(story: Story) -> None:
    for now in NOWS:
        times = [at for at, _ in tell(read_chat(story.script), now)]
        assert all(one < other for one, other in pairwise(times))
        assert times[-1] < now - timedelta(minutes=1)


def test_only_friends_share_a_chat_with_the_one_who_opens_it() -> None:
    known = friends()
    for story in (*GROUPS, *DIRECTS):
        first, *others = people_of(story)
        for other in others:
            assert (min(first, other), max(first, other)) in known, (story.key, other)


def test_one_chat_is_long_and_both_languages_are_spoken() -> None:
    lengths = {story.key: len(read_chat_lines(story)) for story in STORIES}
    assert max(lengths.values()) >= 600
    assert len(lengths) >= 8
    for story in (story for story in GROUPS if isinstance(story, Group)):
        assert story.title
    chinese = [s for s in STORIES if re.search("[\u4e00-\u9fff]{4}", s.script)]
    english = [s for s in STORIES if re.search(r"[a-z]{3} [a-z]{3}", s.script)]
    assert len(chinese) >= 6 and len(english) >= 6


def test_people_do_not_shout() -> None:
    words = [line.words for story in STORIES for line in read_chat_lines(story)]
    words += [entry.words for entry in entries()]
    words += [text for entry in entries() for _, text in entry.comments]
    loud = [text for text in words if "!" in text or "！" in text]
    assert len(loud) <= len(words) / 100, loud


# Posts, votes, ties --------------------------------------------------------------------------


def test_posts_are_for_those_who_answer_them() -> None:
    known = friends()
    for entry in entries():
        check_marks(entry.marks)
        answered = [*(who for who, _ in entry.comments), *entry.likes]
        answered += [who for who, _ in ballots(entry.marks.vote)] if entry.marks.vote else []
        assert {entry.who, *answered} <= NAMES, entry
        assert entry.who not in entry.likes and len(set(entry.likes)) == len(entry.likes), entry
        assert entry.words and all(text for _, text in entry.comments)
        if entry.audience == "friends":
            near = {entry.who} | {p for pair in known if entry.who in pair for p in pair}
            assert set(answered) <= near, (entry.who, entry.words, set(answered) - near)


def test_there_are_many_posts_of_many_people_over_two_weeks() -> None:
    now = NOWS[3]
    times = sorted(now - entry.when.before(now) for entry in entries())
    assert len(times) >= 60
    assert times[0] < timedelta(hours=1) and times[-1] > timedelta(days=13)
    assert len({entry.who for entry in entries()}) >= 25


def test_every_vote_is_asked_once_and_its_ballots_name_its_options() -> None:
    asked = [line.marks.vote for story in STORIES for line in read_chat_lines(story)]
    asked += [entry.marks.vote for entry in entries()]
    assert Count(key for key in asked if key) == Count(list(BY_KEY))
    for vote in BY_KEY.values():
        places = [place for _, chosen in ballots(vote.key) for place in chosen.split("+")]
        assert all(1 <= int(place) <= len(vote.choices) for place in places)
        assert vote.multiple or all("+" not in chosen for _, chosen in ballots(vote.key))
        assert sum(map(bool, (vote.left, vote.lasted, vote.ended))) <= 1
        for choice in vote.choices:
            assert choice.words or choice.item
            assert not choice.item or choice.item in ITEMS
            assert not choice.picture or choice.picture in PICTURES


def test_everybody_has_six_to_fifteen_friends_and_some_have_asked() -> None:
    known = friends()
    counts = Count(person for pair in known for person in pair)
    assert counts.keys() == NAMES
    assert min(counts.values()) >= 6 and max(counts.values()) <= 15
    for text in ASKED.split():
        one, other = text.split("-")
        assert {one, other} <= NAMES
        assert (min(one, other), max(one, other)) not in known


def test_what_is_bilingual_says_something_in_both_languages() -> None:
    texts = [text for store in STORES for text in (store.name, store.about, store.area)]
    texts += [text for thing in THINGS for text in (thing.title, thing.about)]
    texts += [shot.alt for thing in THINGS for shot in thing.shots]
    texts += [person.bio for person in PEOPLE]
    assert all(text.en.strip() and text.zh.strip() for text in texts)
    assert all(person.name and person.name_zh for person in PEOPLE)
    for name in READY.glob("scenes/*.webp"):
        english, chinese = (words_for(("scenes", name.stem), lang) for lang in ("en", "zh"))
        assert english and chinese and english != chinese
    for rule in (*COUNTER, *FRIEND):
        assert all(rule.en) and all(rule.zh) and rule.en and rule.zh
    assert all(english and chinese for english, chinese in REMARKS.values())


def test_the_small_talk_can_be_played() -> None:
    titles = {story.title: people_of(story) for story in GROUPS}
    for title, texts in TALK.items():
        for text in texts:
            [scene] = read_chat(f"== 1m\n{text}")
            assert {line.who for line in scene.lines} <= set(titles[title])
            for line in scene.lines:
                check_marks(line.marks)
    for question in QUESTIONS:
        assert question.who in titles[question.room] and len(question.choices) >= 2
        slugs = {choice[1:-1] for choice in question.choices if choice.startswith("[")}
        assert slugs <= ITEMS
    for thought in THOUGHTS:
        assert thought.who in NAMES and thought.item in {"", *ITEMS}


# The reader ----------------------------------------------------------------------------------


def test_a_script_is_read_as_written() -> None:
    [scene] = read_chat(
        """
== 2d 20:31
bo#shoes: Look. [item cloud-step] [picture lane tea]
  And down.
  + 👍 mei yu
  ~ Look here.
mei>shoes: [vote colour]
  x
"""
    )
    first, second = scene.lines
    assert (first.who, first.words, first.label) == ("bo", "Look.\nAnd down.", "shoes")
    assert first.marks == Marks(item="cloud-step", pictures=("lane", "tea"))
    assert first.reactions == (("👍", ("mei", "yu")),) and first.corrected == "Look here."
    assert (second.answers, second.marks.vote, second.taken_back) == ("shoes", "colour", True)
    now = datetime(2026, 3, 7, 12, tzinfo=UTC)
    assert scene.begin.before(now) == datetime(2026, 3, 5, 20, 31, tzinfo=UTC)


def test_late_yesterday_is_over_just_after_midnight() -> None:
    now = datetime(2026, 3, 7, 0, 10, tzinfo=UTC)
    assert moment("1d 23:50").before(now) == datetime(2026, 3, 5, 23, 50, tzinfo=UTC)
    assert moment("1h5m").before(now) == datetime(2026, 3, 6, 23, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "script", ["bo: no scene", "== soon\nbo: hi", "== 1m\njust words", "== 5x\nbo: hi"]
)
def test_a_misprint_is_named(script: str) -> None:
    with pytest.raises(Misprint):
        read_chat(script)


@pytest.mark.parametrize(
    "script", ["words", "== mei 5m strangers\nhi", "== mei 5m friends\nhi\nbo: oh\nmore words"]
)
def test_a_misprinted_post_is_named(script: str) -> None:
    with pytest.raises(Misprint):
        read_posts(script)


def test_durations() -> None:
    assert span("2d3h") == timedelta(days=2, hours=3)
    with pytest.raises(Misprint):
        span("")
