"""What others learn live about people."""

from server.accounts.schemas import Distance, FriendListView, Me, PersonCard, PresenceState, Tie
from server.realtime.events import Logged, Snapshot
from server.schema import Id, Milliseconds


class TieChanged(Logged, type="tie.changed", topic="user"):
    """My tie to one person is now this; also sent to the other person's own topic, mirrored.

    Being blocked is not told: the blocked side sees `none`.
    """

    person: PersonCard
    tie: Tie
    at: Milliseconds


class PersonChanged(Logged, type="person.changed", topic="author"):
    """A friend is called, looks or describes themselves otherwise now, or shows or hides whether
    they are here: which of these is not told, so that nobody learns of a choice about presence who
    may not see it. Their page and the right to watch their presence are worth asking for again."""

    person: PersonCard


class ProfileChanged(Logged, type="profile.changed", topic="user"):
    """I changed my profile in another tab or device (`me.head` is this event's own number)."""

    me: Me


class ListChanged(Logged, type="list.changed", topic="user"):
    """A list of mine is new, renamed or of other friends now; this is all of it. That somebody left
    it by ceasing to be a friend is told by `tie.changed` alone."""

    list: FriendListView


class ListDeleted(Logged, type="list.deleted", topic="user"):
    """A list of mine is gone; what was shown to it is shown to nobody but me now."""

    list_id: Id


class MoreShown(Logged, type="more.shown", topic="user"):
    """Somebody shows me posts that I could not see before: their page says which. By what they are
    shown to me is not told."""

    person_id: Id


class FollowChanged(Logged, type="follow.changed", topic="user"):
    """I follow this person now, or no more. Who is followed is told by a notice, not by this."""

    person: PersonCard
    following: bool
    at: Milliseconds


class PublicOpened(Logged, type="public.opened", topic="author"):
    """This person lets anyone follow them for the first time. What they show beyond friends is told
    on `public:<id>` from now on, from its beginning; friends watch it too."""

    person_id: Id


class DistanceChanged(Logged, type="distance.changed", topic="user"):
    """I mute or restrict this person now, or no more. They are not told."""

    distance: Distance


class PresenceChanged(Snapshot, type="presence.changed", topic="presence"):
    """A friend came, went or is away; last_seen is null while online."""

    person_id: Id
    state: PresenceState
    last_seen: Milliseconds | None
