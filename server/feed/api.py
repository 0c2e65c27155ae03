"""The feed over HTTP."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router, Status
from pydantic import Field

from server.errors import Refused
from server.feed import (
    drafts,
    editing,
    for_you,
    later,
    moderating,
    pinning,
    place,
    preview,
    queries,
    reactions,
    services,
    tags,
)
from server.feed.draft_schemas import DraftBody, DraftList, DraftView, Plan
from server.feed.readers import Reader
from server.feed.schemas import (
    AudienceChange,
    Comment,
    CommentDraft,
    CommentPage,
    FeedPage,
    ForYouPage,
    Liked,
    NewWords,
    PlaceView,
    PostBody,
    PostDraft,
    PostEntry,
    PostList,
    PostPreview,
    Press,
    PreviewDraft,
    PreviewPage,
    Reached,
    ReactedPage,
    Wordings,
)
from server.http import person_id
from server.schema import ClientId, Id

router = Router(tags=["feed"])

Cursor = Annotated[str | None, Query(), Field(max_length=200)]
Ids = Annotated[str, Query(), Field(pattern=r"^[1-9][0-9]{0,14}(,[1-9][0-9]{0,14}){0,49}$")]
"""At most 50 ids with commas between them."""
Tag = Annotated[str, Path(), Field(min_length=1, max_length=120)]
Order = Annotated[str | None, Query(), Field(max_length=for_you.CURSOR_LENGTH)]
DraftVersion = Annotated[int, Query(), Field(ge=1, lt=2**53)]
Pressed = Annotated[str, Query(), Field(min_length=1, max_length=32)]
AsReader = Annotated[Reader, Path()]


@router.get("/feed", response=FeedPage, summary="My feed")
def get_feed(request: HttpRequest, cursor: Cursor = None) -> FeedPage:
    """Friends' posts and mine, the newest first; the first page says where to join."""
    return queries.feed_page(person_id(request), cursor)


@router.get("/feed/for-you", response=ForYouPage, summary="For me")
def get_for_you(request: HttpRequest, cursor: Order = None) -> ForYouPage:
    """The same people's posts and those for everyone, of a week, in another order than the newest
    first, and why each stands there."""
    return for_you.page(person_id(request), cursor)


@router.get("/feed/place", response=PlaceView, summary="How far I have read")
def get_place(request: HttpRequest) -> PlaceView:
    """In my feed, on whatever device."""
    return place.place(person_id(request))


@router.put("/feed/place", response={204: None}, summary="I have read as far as this")
def reach_place(request: HttpRequest, reached: Reached) -> Status[None]:
    """Forward only: an older one changes nothing."""
    place.reach(person_id(request), reached.post_id)
    return Status(204, None)


@router.get("/feed/everyone", response=FeedPage, summary="Posts for everyone")
def get_everyone(request: HttpRequest, cursor: Cursor = None) -> FeedPage:
    """What people show to everyone, the newest first: something to read without friends."""
    return queries.everyone_page(person_id(request), cursor)


@router.get("/tags/{tag}", response=FeedPage, summary="Posts with a tag")
def get_tagged(request: HttpRequest, tag: Tag, cursor: Cursor = None) -> FeedPage:
    """Those for everyone, and of the others those of my feed, the newest first."""
    return tags.page(person_id(request), tag, cursor)


@router.get("/groups/{group_id}/posts", response=FeedPage, summary="Posts of a group")
def get_group_feed(request: HttpRequest, group_id: Id, cursor: Cursor = None) -> FeedPage:
    """For its members, the newest first."""
    return queries.group_feed(person_id(request), group_id, cursor)


@router.get("/people/{other_id}/posts", response=FeedPage, summary="A person's posts")
def get_posts_of(request: HttpRequest, other_id: Id, cursor: Cursor = None) -> FeedPage:
    """Those of them that I may see."""
    return queries.person_page(person_id(request), other_id, cursor)


@router.post("/posts", response={201: PostEntry}, summary="Post")
def publish(request: HttpRequest, draft: PostDraft) -> Status[PostEntry]:
    """A post with a vote in it is made by POST /polls."""
    return Status(201, services.publish(person_id(request), draft))


@router.get("/drafts", response=DraftList, summary="My drafts")
def get_drafts(request: HttpRequest) -> DraftList:
    """What I have begun to write, on whatever device."""
    return drafts.mine(person_id(request))


@router.put("/drafts/{client_id}", response=DraftView, summary="Keep a draft")
def keep_draft(request: HttpRequest, client_id: ClientId, draft: DraftBody) -> DraftView:
    """In place of the version that it names. Under its spare client_id when another device was
    first: the answer says under which one it is."""
    return drafts.keep(person_id(request), client_id, draft)


@router.put("/drafts/{client_id}/plan", response=DraftView, summary="When a draft goes out")
def plan_draft(request: HttpRequest, client_id: ClientId, wanted: Plan) -> DraftView:
    """It is posted at that time as if I did it then; where it may not be, it stays and says why."""
    return later.plan(person_id(request), client_id, wanted)


@router.delete("/drafts/{client_id}", response={204: None}, summary="Throw a draft away")
def drop_draft(request: HttpRequest, client_id: ClientId, version: DraftVersion) -> Status[None]:
    """As it was before me: 409 when another device has changed it since."""
    drafts.drop(person_id(request), client_id, version)
    return Status(204, None)


@router.get("/posts", response=PostList, summary="Posts by id")
def get_posts(request: HttpRequest, ids: Ids) -> PostList:
    """In the order asked for; those that I may not see are left out, whatever the reason."""
    wanted = list(dict.fromkeys(int(part) for part in ids.split(",")))
    return queries.post_list(person_id(request), wanted)


@router.post("/posts/{post_id}/reshares", response={201: PostEntry}, summary="Show a post on")
def reshare(request: HttpRequest, post_id: Id, draft: PostBody) -> Status[PostEntry]:
    """With words of mine or without. Nothing of it is copied: whoever may not see it sees nothing
    of it there."""
    return Status(201, services.publish(person_id(request), draft, of=post_id))


@router.post("/posts/preview", response=PostPreview, summary="What they would see of it")
def preview_draft(request: HttpRequest, looked: PreviewDraft) -> PostPreview:
    """Before it is posted. Nothing is kept of it and nobody is told."""
    return preview.draft(person_id(request), looked)


@router.get("/posts/{post_id}", response=PostEntry, summary="A post")
def get_post(request: HttpRequest, post_id: Id) -> PostEntry:
    """With its counts and whether I like it."""
    return queries.post_entry(person_id(request), post_id)


@router.get("/me/posts/seen-by/{reader}", response=PreviewPage, summary="My page as they see it")
def preview_page(request: HttpRequest, reader: AsReader, cursor: Cursor = None) -> PreviewPage:
    """404 when there is no such person for me, or list of mine."""
    return preview.page(person_id(request), reader, cursor)


@router.get(
    "/posts/{post_id}/seen-by/{reader}", response=PostPreview, summary="My post as they see it"
)
def preview_post(request: HttpRequest, post_id: Id, reader: AsReader) -> PostPreview:
    """My own only."""
    return preview.post(person_id(request), reader, post_id)


@router.put("/posts/{post_id}/audience", response=PostEntry, summary="Show my post to others")
def change_audience(request: HttpRequest, post_id: Id, change: AudienceChange) -> PostEntry:
    """Whoever may not see it any more loses it at once, from open pages too."""
    return services.change_audience(person_id(request), post_id, change.audience)


@router.put("/posts/{post_id}/text", response=PostEntry, summary="Change what my post says")
def edit(request: HttpRequest, post_id: Id, change: NewWords) -> PostEntry:
    """409 when it was changed elsewhere meanwhile: nothing is lost, load it and decide. What it
    said before stays to be read by whoever may see it; a vote in it stays as it was asked."""
    return editing.edit(person_id(request), post_id, change)


@router.get("/posts/{post_id}/edits", response=Wordings, summary="What a post said before")
def get_edits(request: HttpRequest, post_id: Id) -> Wordings:
    """For whoever may see the post."""
    return queries.wordings(person_id(request), post_id)


@router.put("/posts/{post_id}/pin", response={204: None}, summary="Put my post first on my page")
def pin(request: HttpRequest, post_id: Id) -> Status[None]:
    """One at a time: the one that stood there goes back to its place."""
    pinning.pin(person_id(request), post_id)
    return Status(204, None)


@router.delete("/posts/{post_id}/pin", response={204: None}, summary="Not first any more")
def unpin(request: HttpRequest, post_id: Id) -> Status[None]:
    """Back to its place."""
    pinning.unpin(person_id(request), post_id)
    return Status(204, None)


@router.put("/posts/{post_id}/hold", response={204: None}, summary="Hide a post in its group")
def hold_post(request: HttpRequest, post_id: Id) -> Status[None]:
    """For those who decide there; its author sees that it is hidden."""
    moderating.hold(person_id(request), post_id)
    return Status(204, None)


@router.delete("/posts/{post_id}/hold", response={204: None}, summary="Show it there again")
def release_post(request: HttpRequest, post_id: Id) -> Status[None]:
    """For those who decide there."""
    moderating.release(person_id(request), post_id)
    return Status(204, None)


@router.delete("/posts/{post_id}", response={204: None}, summary="Delete my post")
def delete_post(request: HttpRequest, post_id: Id) -> Status[None]:
    """It disappears from every open page; its pictures are destroyed."""
    services.delete_post(person_id(request), post_id)
    return Status(204, None)


@router.put("/posts/{post_id}/like", response=Liked, summary="Like a post")
def like(request: HttpRequest, post_id: Id) -> Liked:
    """Once however often it is asked."""
    return reactions.like(person_id(request), post_id)


@router.delete("/posts/{post_id}/like", response=Liked, summary="Withdraw my like")
def unlike(request: HttpRequest, post_id: Id) -> Liked:
    """Once however often it is asked."""
    return reactions.unlike(person_id(request), post_id)


@router.put("/posts/{post_id}/reactions", response=Liked, summary="React to a post")
def react(request: HttpRequest, post_id: Id, press: Press) -> Liked:
    """Any emoji, pressed or taken back; once however often it is asked. A heart is a like."""
    return reactions.react(person_id(request), post_id, press.emoji, on=press.on)


@router.get("/posts/{post_id}/reactions", response=ReactedPage, summary="Who reacted")
def get_reacted(
    request: HttpRequest, post_id: Id, emoji: Pressed, cursor: Cursor = None
) -> ReactedPage:
    """With one emoji, the latest first; people whom a block separates from me are left out."""
    return reactions.reacted_page(person_id(request), post_id, emoji, cursor)


@router.get("/posts/{post_id}/comments", response=CommentPage, summary="Comments")
def get_comments(request: HttpRequest, post_id: Id, cursor: Cursor = None) -> CommentPage:
    """The oldest first; `head` says where to join `post:<id>`."""
    return queries.comments_page(person_id(request), post_id, cursor)


@router.post("/posts/{post_id}/comments", response={201: Comment}, summary="Comment")
def comment(request: HttpRequest, post_id: Id, draft: CommentDraft) -> Status[Comment]:
    """The post is named twice, in the path and in the draft; they must agree."""
    if draft.post_id != post_id:
        raise Refused("bad_field", fields={"post_id": "not the post of the path"})
    return Status(201, services.comment(person_id(request), draft))


@router.get("/comments/{comment_id}", response=Comment, summary="A comment")
def get_comment(request: HttpRequest, comment_id: Id) -> Comment:
    """For a `comment.withheld` event; 404 when it is not for me."""
    return queries.comment_view(person_id(request), comment_id)


@router.put("/comments/{comment_id}/approval", response=Comment, summary="Let others see it")
def approve_comment(request: HttpRequest, comment_id: Id) -> Comment:
    """A comment that is held under a post of mine."""
    return services.approve(person_id(request), comment_id)


@router.delete("/comments/{comment_id}", response={204: None}, summary="Delete a comment")
def delete_comment(request: HttpRequest, comment_id: Id) -> Status[None]:
    """My own, or any under my own post."""
    services.delete_comment(person_id(request), comment_id)
    return Status(204, None)
