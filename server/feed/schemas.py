"""Posts and comments as the wire shows them, and what a person may write."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from server.accounts.schemas import PersonCard
from server.catalogue.schemas import ItemCard, StoreCard
from server.chat.schemas import Emoji
from server.feed.readers import Reader
from server.media.schemas import PictureView
from server.schema import ClientId, Id, Milliseconds, Shape

OfMine = Literal["me", "list", "friends", "followers", "everyone"]
"""An audience by how people stand to me."""
Audience = Literal["me", "held", "group", "list", "friends", "followers", "everyone"]
"""Who sees a post: its author alone, they and those who decide in the group that hid it, the
members of a group, some of their friends, their friends, those and whoever follows them, whoever
is signed in."""


class ToList(Shape):
    """The friends in one of my lists."""

    list_id: Id


WantedOfMine = Literal["me", "friends", "followers", "everyone"] | ToList
"""An audience by how people stand to me, as I ask for it."""


class ToGroup(Shape):
    """The members of a group that I am in."""

    group_id: Id


Wanted = WantedOfMine | ToGroup
"""The audience that an author asks for."""

POST_LENGTH = 2_000
COMMENT_LENGTH = 1_000
PostText = Annotated[str, StringConstraints(max_length=POST_LENGTH)]


class PostGroup(Shape):
    """The group in which a post was made, for those who see the post."""

    id: Id
    name: str


class Post(Shape):
    """A post as all who may see it see it; counts live on `post:<id>`. turn: how often its audience
    was changed; edition: how often its words were. The higher one is the newer. of_id: the post
    that it shows on: GET /api/posts?ids= has it for those who may see it, and for them alone."""

    id: Id
    client_id: ClientId
    author: PersonCard
    text: str
    pictures: list[PictureView]
    item: ItemCard | None
    poll_id: Id | None
    of_id: Id | None
    audience: Audience
    group: PostGroup | None
    turn: int
    edition: int
    at: Milliseconds
    edited_at: Milliseconds | None


HEART = "❤️"
"""The emoji that is a like: it has a count of its own."""


class Pressed(Shape):
    """How many people pressed an emoji on a post."""

    emoji: str
    n: int


class Counts(Shape):
    """Running counts of a post; version only grows. shares: posts that show it on. reactions:
    beside the likes, in the order in which each emoji was first pressed."""

    likes: int
    comments: int
    shares: int
    reactions: list[Pressed]
    version: int


class PostEntry(Shape):
    """A post in a list, with what is mine in it; `head` is the number of `post:<id>`. mine: the
    emoji I pressed, beside the heart. list_id: the list that I show it to, when it is my own."""

    post: Post
    counts: Counts
    liked: bool
    mine: list[str]
    list_id: Id | None
    head: int


class FeedPage(Shape):
    """Posts, newest first. `heads` holds the numbers of all topics that tell of posts of this page
    to this reader: of authors, of lists, of groups, and their own.

    The first page carries the heads; later pages carry an empty map. pinned: what stands first on
    this person's page; it also comes in its place. On the first page only.
    """

    entries: list[PostEntry]
    pinned: PostEntry | None
    next: str | None
    heads: dict[str, int]
    epoch: str


WhyKind = Literal[
    "kept", "liked", "said", "store", "talk", "friend", "followed", "group", "everyone"
]


class Why(Shape):
    """What speaks most for a post, of what I may see myself: I keep the thing in it; friends (this
    person and so many others) liked it or spoke under it; I follow the store of its thing; a group
    of mine talks about it; or only whose it is: a friend's, of somebody I follow, in my group, for
    everyone."""

    kind: WhyKind
    person: PersonCard | None
    others: int
    group: PostGroup | None
    store: StoreCard | None


class ForYouPage(Shape):
    """Posts in the order in which they may matter to me; why: of each, in the same order. next:
    what is left of that order, cut when it was made."""

    entries: list[PostEntry]
    why: list[Why]
    next: str | None
    epoch: str


class Reached(Shape):
    """The newest post of my feed that I have read."""

    post_id: Id


class PlaceView(Shape):
    """How far I have read in my feed, on whatever device, and when; null: nothing yet."""

    post_id: Id | None
    at: Milliseconds | None


class Comment(Shape):
    """A comment on a post. to_id: the one it answers, under the same post: GET /api/comments/{id}
    has it for those who may see it, and for them alone."""

    id: Id
    post_id: Id
    to_id: Id | None
    client_id: ClientId
    author: PersonCard
    text: str
    held: bool
    """It waits for me, the post's author, to let others see it."""
    at: Milliseconds


class CommentPage(Shape):
    """Comments, oldest first; `head` is the number of `post:<id>` at the same instant."""

    comments: list[Comment]
    next: str | None
    head: int
    epoch: str


class PostList(Shape):
    """Posts by id."""

    entries: list[PostEntry]


Version = Annotated[int, Field(ge=0, lt=2**53)]


class PostBody(Shape):
    """The words, pictures and item of a post; all may be empty only when a vote hangs on it, or
    another post that it shows on. draft: the version of my draft with the same client_id that is
    posted: that one goes, and what another device made of it since stays a draft."""

    client_id: ClientId
    text: PostText = ""
    picture_ids: Annotated[list[Id], Field(max_length=9)] = []
    item_id: Id | None = None
    audience: Wanted
    draft: Version | None = None


class PostDraft(PostBody):
    """What a person posts. Something must be in it."""

    @model_validator(mode="after")
    def something(self) -> Self:
        """An empty post is an error the author can see."""
        if not self.text.strip() and not self.picture_ids and self.item_id is None:
            raise ValueError("a post needs text, a picture or an item")
        return self


class NewWords(Shape):
    """What a post of mine shall say. edition: of the words that these take the place of."""

    text: PostText
    edition: Annotated[int, Field(ge=0)]


class Wording(Shape):
    """How a post read, until then."""

    text: str
    at: Milliseconds


class Wordings(Shape):
    """Everything a post said before, the oldest first."""

    edits: list[Wording]


class AudienceChange(Shape):
    """Who shall see a post from now on."""

    audience: Wanted


class PreviewDraft(Shape):
    """A post that is not posted yet, and as whom I want to look at it. of_id: the post that it
    would show on; without one something must be in it."""

    reader: Reader
    post: PostBody
    of_id: Id | None = None

    @model_validator(mode="after")
    def something(self) -> Self:
        """As for what is posted."""
        if self.of_id is None:
            PostDraft.model_validate(self.post.model_dump())
        return self


class PostPreview(Shape):
    """A post of mine as others get it; null: they do not. reader: the one, when it is one by name.
    unseen: of a list, those who do not get it."""

    reader: PersonCard | None
    post: Post | None
    counts: Counts | None
    unseen: list[PersonCard]


class PreviewPage(Shape):
    """My page as others get it, the newest first: what any of them gets."""

    reader: PersonCard | None
    posts: list[PostPreview]
    next: str | None


class CommentBody(Shape):
    """What a person says under a post."""

    client_id: ClientId
    post_id: Id
    text: Annotated[
        str,
        StringConstraints(min_length=1, max_length=COMMENT_LENGTH, strip_whitespace=True),
    ]


class CommentDraft(CommentBody):
    """The same, and what it answers: another comment there that others see, or one's own."""

    to_id: Id | None = None


class Liked(Shape):
    """The acknowledgement of a like, another emoji or the withdrawal of one."""

    post_id: Id
    liked: bool
    mine: list[str]
    counts: Counts


class Press(Shape):
    """An emoji on a post, pressed or taken back."""

    emoji: Emoji
    on: bool


class ReactedPage(Shape):
    """Who pressed an emoji on a post, as far as I may see them, the latest first."""

    people: list[PersonCard]
    next: str | None
