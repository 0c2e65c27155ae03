"""People over HTTP. Sign-up, sign-in and sign-out are allauth's, below /_allauth/browser/v1."""

from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from server.accounts import (
    contacts,
    distance,
    following,
    invitations,
    leaving,
    lists,
    queries,
    services,
    suggestions,
)
from server.accounts.schemas import (
    ContactsAsked,
    ContactsFound,
    Distance,
    Door,
    Follows,
    FollowView,
    FriendListDraft,
    FriendLists,
    FriendListView,
    InvitationDraft,
    InvitationMade,
    InvitationToken,
    InvitationView,
    LeavingView,
    Me,
    MeChange,
    PeoplePage,
    PersonView,
    SessionView,
    Suggestion,
    Ties,
    TieView,
)
from server.http import person_id
from server.schema import Id

router = Router(tags=["people"])


@router.get("/door", response=Door, auth=None, summary="What the sign-in page may offer")
def get_door(request: HttpRequest) -> Door:
    """The same for everybody."""
    return Door(mail=settings.CAN_MAIL)


@router.get("/me", response=Me, summary="Myself")
def get_me(request: HttpRequest) -> Me:
    """401 tells the page to show the sign-in form."""
    return queries.me(person_id(request))


@router.patch("/me", response=Me, summary="Change my profile")
def change_me(request: HttpRequest, change: MeChange) -> Me:
    """Absent fields stay; `face_id: null` removes the face."""
    return services.change_me(person_id(request), change)


@router.put("/me/checkup", response=Me, summary="I have looked through who sees what, or not now")
def end_checkup(request: HttpRequest) -> Me:
    """It is offered again in a quarter."""
    return services.end_checkup(person_id(request))


@router.get("/me/sessions", response=list[SessionView], summary="My signed-in browsers")
def get_sessions(request: HttpRequest) -> list[SessionView]:
    """The most recently used first."""
    return queries.my_sessions(person_id(request), request.session.session_key)


@router.delete("/me/sessions", response={204: None}, summary="Sign out everywhere else")
def end_other_sessions(request: HttpRequest) -> Status[None]:
    """Every browser of mine but this one; their sockets close."""
    services.end_other_sessions(person_id(request), request.session.session_key)
    return Status(204, None)


@router.delete("/me/sessions/{session_id}", response={204: None}, summary="Sign a browser out")
def end_session(request: HttpRequest, session_id: str) -> Status[None]:
    """Its sockets close and it shows the sign-in page."""
    services.end_session(person_id(request), session_id)
    return Status(204, None)


@router.get("/me/leaving", response=LeavingView, summary="What stands in the way of leaving")
def get_leaving(request: HttpRequest) -> LeavingView:
    """Asking for it is POST /_allauth/browser/v1/account/leaving, for whoever gave the password a
    moment ago; with a code where the second step is on."""
    return leaving.standing(person_id(request))


@router.get("/people", response=PeoplePage, summary="Find people")
def find_people(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=queries.SEARCH_LENGTH)] = "",
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> PeoplePage:
    """By part of the username or name; without words everybody."""
    return queries.people_page(person_id(request), q, cursor)


@router.get("/people/{other_id}", response=PersonView, summary="A person")
def get_person(request: HttpRequest, other_id: Id) -> PersonView:
    """Their page as I see it."""
    return queries.person_view(person_id(request), other_id)


@router.get("/names/{username}", response=PersonView, summary="Whom an @ before this name means")
def get_named(request: HttpRequest, username: Annotated[str, Path(max_length=30)]) -> PersonView:
    """Their page as I see it; 404 for whoever a search does not find either."""
    return queries.person_named(person_id(request), username)


@router.get("/friends", response=Ties, summary="My ties")
def get_ties(request: HttpRequest) -> Ties:
    """Friends, requests in both directions, and whom I blocked."""
    return queries.ties(person_id(request))


@router.post("/contacts/match", response=ContactsFound, summary="Who of my contacts is here")
def match_contacts(request: HttpRequest, asked: ContactsAsked) -> ContactsFound:
    """Of those who want to be found so. What is asked for is not kept; 5,000 a day."""
    return contacts.match(person_id(request), asked.digests)


@router.get("/suggestions", response=list[Suggestion], summary="People I may know")
def get_suggestions(request: HttpRequest) -> list[Suggestion]:
    """Each with why; the likeliest first."""
    return suggestions.of(person_id(request))


@router.delete("/suggestions/{other_id}", response={204: None}, summary="Not this person")
def dismiss_suggestion(request: HttpRequest, other_id: Id) -> Status[None]:
    """They are not suggested to me any more, and not told."""
    suggestions.dismiss(person_id(request), other_id)
    return Status(204, None)


@router.get("/lists", response=FriendLists, summary="My friend lists")
def get_lists(request: HttpRequest) -> FriendLists:
    """Mine alone: nobody learns that they are in one."""
    return lists.mine(person_id(request))


@router.post("/lists", response=FriendListView, summary="Make a friend list")
def make_list(request: HttpRequest, draft: FriendListDraft) -> FriendListView:
    """Empty at first."""
    return lists.make(person_id(request), draft.name)


@router.patch("/lists/{list_id}", response=FriendListView, summary="Rename a list")
def rename_list(request: HttpRequest, list_id: Id, draft: FriendListDraft) -> FriendListView:
    """Its friends stay in it."""
    return lists.rename(person_id(request), list_id, draft.name)


@router.delete("/lists/{list_id}", response={204: None}, summary="Delete a list")
def delete_list(request: HttpRequest, list_id: Id) -> Status[None]:
    """The friendships stay."""
    lists.delete(person_id(request), list_id)
    return Status(204, None)


@router.put("/lists/{list_id}/members/{other_id}", response=FriendListView, summary="Add a friend")
def add_to_list(request: HttpRequest, list_id: Id, other_id: Id) -> FriendListView:
    """They are not told."""
    return lists.add(person_id(request), list_id, other_id)


@router.delete(
    "/lists/{list_id}/members/{other_id}", response=FriendListView, summary="Take a friend out"
)
def take_off_list(request: HttpRequest, list_id: Id, other_id: Id) -> FriendListView:
    """They are not told, and stay a friend."""
    return lists.remove(person_id(request), list_id, other_id)


@router.get("/invitations", response=list[InvitationView], summary="My invitations")
def get_invitations(request: HttpRequest) -> list[InvitationView]:
    """Those that can still be used, the newest first."""
    return invitations.mine(person_id(request))


@router.post("/invitations", response=InvitationMade, summary="Make an invitation")
def invite(request: HttpRequest, draft: InvitationDraft) -> InvitationMade:
    """A link for anybody who gets it. Its token is told this once."""
    return invitations.make(person_id(request), draft)


@router.delete("/invitations/{invitation_id}", response={204: None}, summary="Withdraw one")
def withdraw_invitation(request: HttpRequest, invitation_id: Id) -> Status[None]:
    """Its link is good for nothing any more; who came by it stays a friend."""
    invitations.withdraw(person_id(request), invitation_id)
    return Status(204, None)


@router.post("/invite/open", response=TieView, summary="Who invites me")
def open_invitation(request: HttpRequest, link: InvitationToken) -> TieView:
    """Changes nothing. 404 for every reason why it cannot be used."""
    return invitations.look(person_id(request), link.token)


@router.post("/invite/accept", response=TieView, summary="Accept an invitation")
def accept_invitation(request: HttpRequest, link: InvitationToken) -> TieView:
    """The two are friends at once. 404 for every reason why it cannot be used."""
    return invitations.accept(person_id(request), link.token)


@router.post("/people/{other_id}/friendship", response=TieView, summary="Ask for friendship")
def ask_friend(request: HttpRequest, other_id: Id) -> TieView:
    """Accepts when they have asked me."""
    return services.ask_friend(person_id(request), other_id)


@router.put("/people/{other_id}/friendship", response=TieView, summary="Accept a request")
def accept(request: HttpRequest, other_id: Id) -> TieView:
    """404 when the request was taken back meanwhile; nothing is asked then."""
    return services.accept(person_id(request), other_id)


@router.delete("/people/{other_id}/friendship", response=TieView, summary="End a tie")
def end_tie(request: HttpRequest, other_id: Id) -> TieView:
    """Decline, take back, or end the friendship."""
    return services.end_tie(person_id(request), other_id)


@router.get("/follows", response=Follows, summary="Whom I follow")
def get_follows(request: HttpRequest) -> Follows:
    """The latest first."""
    return following.mine(person_id(request))


@router.put("/people/{other_id}/follow", response=FollowView, summary="Follow a person")
def follow(request: HttpRequest, other_id: Id) -> FollowView:
    """403 when they let nobody follow them."""
    return following.follow(person_id(request), other_id)


@router.delete("/people/{other_id}/follow", response={204: None}, summary="Follow no more")
def unfollow(request: HttpRequest, other_id: Id) -> Status[None]:
    """They are not told."""
    following.unfollow(person_id(request), other_id)
    return Status(204, None)


@router.put("/people/{other_id}/mute", response=Distance, summary="Mute a person")
def mute(request: HttpRequest, other_id: Id) -> Distance:
    """They are not told, and stay what they are to me."""
    return distance.mute(person_id(request), other_id, wanted=True)


@router.delete("/people/{other_id}/mute", response=Distance, summary="Hear them again")
def unmute(request: HttpRequest, other_id: Id) -> Distance:
    """They are not told."""
    return distance.mute(person_id(request), other_id, wanted=False)


@router.put("/people/{other_id}/restriction", response=Distance, summary="Restrict a person")
def restrict(request: HttpRequest, other_id: Id) -> Distance:
    """They are not told, and see only what everyone sees."""
    return distance.restrict(person_id(request), other_id, wanted=True)


@router.delete("/people/{other_id}/restriction", response=Distance, summary="Restrict them no more")
def unrestrict(request: HttpRequest, other_id: Id) -> Distance:
    """They are not told why they see more."""
    return distance.restrict(person_id(request), other_id, wanted=False)


@router.post("/people/{other_id}/block", response=TieView, summary="Block a person")
def block(request: HttpRequest, other_id: Id) -> TieView:
    """They are not told."""
    return services.block(person_id(request), other_id)


@router.delete("/people/{other_id}/block", response=TieView, summary="Lift a block")
def unblock(request: HttpRequest, other_id: Id) -> TieView:
    """A request they made meanwhile appears."""
    return services.unblock(person_id(request), other_id)
