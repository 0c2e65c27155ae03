"""Who may watch which topic: the one table that joins, resumes, pictures and replays all ask."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from server.accounts import follows
from server.accounts import policies as accounts
from server.catalogue import policies as catalogue
from server.chat import policies as chat
from server.feed import policies as feed
from server.groups import policies as groups
from server.polls import policies as polls
from server.realtime.topics import Topic

Watchable = Callable[[Collection[int], Collection[int]], set[tuple[int, int]]]
Authorities = Callable[[Collection[int]], dict[int, Topic]]


@dataclass(frozen=True, slots=True)
class Rule:
    """watchable: the (person, thing) pairs that are allowed, whatever their number in O(1)
    queries. authorities: whose revocations govern the thing, when not its own topic's. withheld:
    the things after whose number something is logged that this person may not read any more."""

    watchable: Watchable
    authorities: Authorities | None = None
    withheld: Callable[[int, Mapping[int, int]], set[int]] | None = None


RULES: dict[str, Rule] = {
    "user": Rule(accounts.watchable_user),
    "presence": Rule(accounts.watchable_presence),
    "author": Rule(accounts.watchable_author),
    "public": Rule(follows.watchable_public, follows.public_authorities),
    "list": Rule(accounts.watchable_list, accounts.list_authorities),
    "item": Rule(catalogue.watchable),
    "room": Rule(chat.watchable, withheld=chat.withheld),
    "group": Rule(groups.watchable),
    "members": Rule(groups.inside, withheld=feed.withheld_posts),
    "post": Rule(feed.watchable, feed.authorities, feed.withheld),
    "poll": Rule(polls.watchable, polls.authorities),
}


def watchable(person_id: int, topics: Collection[Topic]) -> set[Topic]:
    """Those of the topics that this person may watch now."""
    return {topic for _, topic in allowed({(person_id, topic) for topic in topics})}


def allowed(asked: Collection[tuple[int, Topic]]) -> set[tuple[int, Topic]]:
    """Those of the (person, topic) of whom the person may watch the topic now. The number of
    queries grows with the kinds of topics only."""
    people: dict[str, set[int]] = defaultdict(set)
    things: dict[str, set[int]] = defaultdict(set)
    for person, topic in asked:
        people[topic.kind].add(person)
        things[topic.kind].add(topic.id)
    may = {kind: RULES[kind].watchable(people[kind], things[kind]) for kind in people}
    return {(person, topic) for person, topic in asked if (person, topic.id) in may[topic.kind]}


def watchers(topic: Topic, people: Collection[int]) -> set[int]:
    """Those of the people who may watch this topic now."""
    return {person for person, _ in RULES[topic.kind].watchable(people, [topic.id])}


def withheld(person_id: int, cursors: Mapping[str, int]) -> set[str]:
    """Those of the topics whose past after the cursor shows this person more than a page would."""
    by_kind: dict[str, dict[int, int]] = defaultdict(dict)
    for name, after in cursors.items():
        topic = Topic.parse(name)
        by_kind[topic.kind][topic.id] = after
    return {
        str(Topic(kind, thing))
        for kind, after in by_kind.items()
        if (rule := RULES[kind].withheld) is not None
        for thing in rule(person_id, after)
    }


def authorities(topics: Collection[Topic]) -> dict[Topic, Topic]:
    """For each topic the one whose rules govern it. Left out are things that do not exist: one that
    governed itself until it is made would go on without its owner's revocations."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for topic in topics:
        by_kind[topic.kind].add(topic.id)
    found: dict[Topic, Topic] = {}
    for kind, ids in by_kind.items():
        if rule := RULES[kind].authorities:
            found |= {Topic(kind, thing): owner for thing, owner in rule(ids).items()}
        else:
            found |= {Topic(kind, thing): Topic(kind, thing) for thing in ids}
    return found


def may_watch(person_id: int | None, topic: str) -> bool:
    """The same question for one topic in text form; nobody watches anything signed out."""
    return person_id is not None and bool(watchable(person_id, [Topic.parse(topic)]))
