"""The people, their faces, and who knows whom."""

from datetime import datetime, timedelta
from functools import partial
from itertools import combinations

from django.contrib.auth.hashers import make_password
from django.db.models import Max

from server.accounts import presence
from server.accounts.models import User
from server.accounts.schemas import MeChange
from server.accounts.services import accept, ask_friend, change_me
from server.chat.models import Message
from server.demo.art.kinds import Person
from server.demo.art.people import PEOPLE
from server.demo.past import past
from server.demo.queries import PASSWORD
from server.demo.script import chance
from server.demo.seeding.world import Acts, World, language_of
from server.demo.stories.ties import ASKED, CIRCLES, PAIRS
from server.feed.models import Comment, Post


def make_people(world: World) -> None:
    """Everybody signs up, a day after the other, and shows a face."""
    for place, person in enumerate(PEOPLE):
        with past(world.ago(days=360 - place)):
            world.people[person.username] = _sign_up(world, person)
    # One hash for all: the password is printed on the sign-in page of the demo, and to make a
    # slow hash for everyone takes seconds.
    people = User.objects.filter(pk__in=world.people.values())
    people.update(password=make_password(PASSWORD))


def _sign_up(world: World, person: Person) -> int:
    language = language_of(person.username)
    chinese = language == "zh"
    user = User.objects.create_user(
        person.username,
        name=person.name_zh if chinese else person.name,
        bio=person.bio.zh if chinese else person.bio.en,
        language=language,
    )
    face = world.drawings.hang(user.pk, ("faces", person.face), language, "face")
    change_me(user.pk, MeChange(face_id=face))
    return user.pk


def friends() -> set[tuple[str, str]]:
    """All pairs of friends, in alphabetical order."""
    pairs = {pair for circle in CIRCLES for pair in combinations(circle.split(), 2)}
    pairs |= {_pair(text) for text in PAIRS.split()}
    return {(min(pair), max(pair)) for pair in pairs}


def _pair(text: str) -> tuple[str, str]:
    one, other = text.split("-")
    return one, other


def ties(world: World) -> Acts:
    """Friends became friends long ago; a few have asked and wait."""
    for one, other in sorted(friends()):
        first, second = world.people[one], world.people[other]
        asked = world.ago(days=320, minutes=-chance(one + other, 60 * 24 * 60))
        yield asked, partial(ask_friend, first, second)
        yield asked, partial(accept, second, first)
    for text in ASKED.split():
        one, other = _pair(text)
        asked = world.ago(minutes=40 + chance(text, 3 * 24 * 60))
        yield asked, partial(ask_friend, world.people[one], world.people[other])


def were_here(world: World) -> Acts:
    """Everybody was last seen some time today, and not before they last said something."""
    spoke = _last_words()
    for who, person in world.people.items():
        left = world.ago(minutes=6 + chance(who, 700))
        if person in spoke:
            left = max(left, spoke[person] + timedelta(minutes=2))
        yield left, partial(presence.report, "demo", {person: False}, [])
        yield left, partial(presence.report, "demo", {}, [person])


def _last_words() -> dict[int, datetime]:
    """When each person last said something anywhere."""
    last: dict[int, datetime] = {}
    for model in (Message, Post, Comment):
        rows = model.objects.values("author").annotate(last=Max("at"))
        for author, at in rows.values_list("author", "last"):
            last[author] = max(at, last.get(author, at))
    return last
