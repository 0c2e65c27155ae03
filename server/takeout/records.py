"""What stands in data.json, record by record. docs/takeout.md is written from here.

A stable shape for programs that others write: fields are added, never renamed or given another
meaning; anything else is another `version`. Moments are milliseconds since 1970 UTC.
"""

from server.schema import Shape
from server.takeout.begun import DraftRecord
from server.takeout.consented import ActivityRecord, ConsentRecord
from server.takeout.met import GatheringRecord
from server.takeout.reached import (
    Address,
    DeliveryRecord,
    PhoneNumber,
    SilenceRecord,
    WishRecord,
)
from server.takeout.sold import ItemRecord, StoreRecord

FORMAT, VERSION = "jianghu-takeout", 1


class Who(Shape):
    """Somebody else, as their card shows them. Never their address."""

    id: int
    username: str
    name: str


class Profile(Shape):
    """Myself. face: the id of a picture. read_up_to: how far I have read in my feed, by post."""

    id: int
    username: str
    name: str
    bio: str
    email: str
    addresses: list[Address]
    phones: list[PhoneNumber]
    language: str
    show_presence: bool
    birth_year: int | None
    followable: bool
    found_by_contacts: bool
    joined_at: int
    face: int | None
    read_up_to: int | None


class SessionRecord(Shape):
    """A browser in which I am signed in."""

    browser: str
    address: str
    started_at: int
    seen_at: int


class TieRecord(Shape):
    """How I stand to somebody: friends, asked (by me), asking (me), blocked, muted or restricted
    (by me).

    Whom I blocked is not named.
    """

    person: Who | None
    tie: str
    at: int


class FollowRecord(Shape):
    """Somebody or a store that I follow. Who follows me is theirs."""

    person: Who | None
    store: str | None
    at: int


class ListRecord(Shape):
    """A list of mine, with the friends in it."""

    name: str
    people: list[Who]


class InvitationRecord(Shape):
    """A link that I made. Its secret is kept nowhere."""

    uses: int
    used: int
    made_at: int
    expires_at: int


class ChatRecord(Shape):
    """A chat that I am in, or was. Of one that I left only my own words are here."""

    id: int
    kind: str
    title: str | None
    store: str | None
    people: list[Who]
    role: str
    joined_at: int
    left_at: int | None


class ItemLine(Shape):
    """An item as a message or post names it."""

    id: int
    title: str
    price_minor: int
    currency: str


class QuoteRecord(Shape):
    """What a message answers."""

    ordinal: int
    author: str
    excerpt: str


class ReactionRecord(Shape):
    """An emoji on a message."""

    emoji: str
    count: int
    mine: bool


class Wording(Shape):
    """An earlier wording of a message or post of mine, and when it was replaced."""

    text: str
    at: int


class MessageRecord(Shape):
    """Something said in a chat; `ordinal` is its place there.

    withheld: a block stands between its author and me, so neither is shown. pictures: mine, by id;
    other people's pictures are theirs.
    """

    id: int
    chat_id: int
    ordinal: int
    author: Who | None
    mine: bool
    as_store: bool
    withheld: bool
    text: str
    pictures: list[int]
    item: ItemLine | None
    vote_id: int | None
    reply_to: QuoteRecord | None
    reactions: list[ReactionRecord]
    earlier: list[Wording]
    at: int
    edited_at: int | None


class PostRecord(Shape):
    """A post of mine. group: the name of that it was made in. earlier: what it said before. shows:
    another post, by id. pinned: it stands first on my page."""

    id: int
    text: str
    audience: str
    group: str | None
    pictures: list[int]
    item: ItemLine | None
    vote_id: int | None
    shows: int | None
    pinned: bool
    likes: int
    comments: int
    shares: int
    earlier: list[Wording]
    at: int
    edited_at: int | None


class CommentRecord(Shape):
    """A comment of mine. post_by: whose post it is under, when I may still see that."""

    id: int
    post_id: int
    post_by: Who | None
    text: str
    at: int


class PostReactionRecord(Shape):
    """An emoji that I pressed on a post. post_by: whose, when I may still see it."""

    post_id: int
    post_by: Who | None
    emoji: str


class LikeRecord(Shape):
    """A post that I like. post_by: whose, when I may still see it."""

    post_id: int
    post_by: Who | None


class OptionRecord(Shape):
    """One thing to choose. picture: mine."""

    id: int
    text: str
    picture: int | None
    item: ItemLine | None
    votes: int


class VoteRecord(Shape):
    """A vote that I asked. Who decided what is theirs: only counts are here."""

    id: int
    chat_id: int | None
    post_id: int | None
    question: str
    choice: str
    names: str
    options: list[OptionRecord]
    voted: int
    created_at: int
    deadline: int | None
    closed_at: int | None


class BallotRecord(Shape):
    """My own choice in a vote. question, chosen: when I may still see the vote."""

    vote_id: int
    question: str | None
    chosen: list[str]
    option_ids: list[int]
    at: int


class BookmarkRecord(Shape):
    """An item that I keep. then_minor: what it cost at the time, in then_currency; desired_minor:
    the price I would buy at, in the same."""

    item: ItemLine
    folder: str | None
    note: str
    tags: list[str]
    then_minor: int
    then_currency: str
    desired_minor: int | None
    at: int


class FolderRecord(Shape):
    """A folder of mine for bookmarks."""

    name: str
    made_at: int


class GroupRecord(Shape):
    """A group of an interest and how I stand to it: member, asked, invited or banned. answers: mine
    to its questions, while I ask."""

    name: str
    standing: str
    role: str | None
    answers: list[str]
    since: int


class PictureRecord(Shape):
    """A picture of mine: `file` in this archive. seen_by: me, everyone, or some (who may see what
    it hangs on)."""

    id: int
    file: str
    alt: str
    width: int
    height: int
    seen_by: str
    created_at: int


SECTIONS: dict[str, type[Shape]] = {
    "sessions": SessionRecord,
    "ties": TieRecord,
    "follows": FollowRecord,
    "lists": ListRecord,
    "invitations": InvitationRecord,
    "chats": ChatRecord,
    "messages": MessageRecord,
    "posts": PostRecord,
    "drafts": DraftRecord,
    "comments": CommentRecord,
    "likes": LikeRecord,
    "post_reactions": PostReactionRecord,
    "votes": VoteRecord,
    "ballots": BallotRecord,
    "stores": StoreRecord,
    "items": ItemRecord,
    "folders": FolderRecord,
    "bookmarks": BookmarkRecord,
    "groups": GroupRecord,
    "gatherings": GatheringRecord,
    "consents": ConsentRecord,
    "activities": ActivityRecord,
    "silences": SilenceRecord,
    "delivery": DeliveryRecord,
    "wishes": WishRecord,
    "pictures": PictureRecord,
}
"""The lists of data.json in their order; beside them `format`, `version`, `made_at`, `profile`."""
