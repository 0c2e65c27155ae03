"""All of mine is in it, in the shape that is documented; and it can be read."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import orjson
import pytest
from allauth.account.models import EmailAddress

from server.accounts import distance, following, invitations, lists, phones
from server.accounts import services as accounts
from server.accounts.models import Phone, User
from server.accounts.schemas import InvitationDraft, MeChange, PhoneDraft
from server.bookmarks import services as bookmarks
from server.bookmarks.schemas import BookmarkDraft, FolderDraft
from server.catalogue.services import follow_store
from server.chat import services as chat
from server.chat.models import Message, Room
from server.feed import drafts, editing, place
from server.feed import services as feed
from server.feed.draft_schemas import DraftBody
from server.feed.schemas import NewWords, PostBody
from server.gatherings import services as gatherings
from server.groups import services as groups
from server.groups.schemas import GroupRoomDraft
from server.happenings import Kind
from server.media.files import path, read
from server.media.models import Picture
from server.notices import services as notices
from server.notices import wishes
from server.notices.schemas import DeliveryChange
from server.ops.management.commands.export_contract import with_table
from server.sharing import ledger
from server.sharing.schemas import ConsentDraft
from server.takeout import document, records
from server.takeout.words import EN, WORDS, ZH
from tests import factories
from tests.factories import group_room, person, say
from tests.takeout.conftest import Packed

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "takeout.md"
NASTY = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&{}"


def everything(mei: User, bo: User, words: str = "words-of") -> dict[str, Any]:
    """Mei does one of each thing there is. Returns what has to be found again."""
    face, shown, posted = (factories.picture(mei, colour=c) for c in ("red", "green", "blue"))
    EmailAddress.objects.create(user=mei, email=mei.email, verified=True, primary=True)
    Phone.objects.create(person=mei, number="+8613800138000")
    phones.ask(mei.pk, PhoneDraft(client_id=factories.client_id(), number="+447400123456"))
    accounts.change_me(mei.pk, MeChange(name="小美", bio=f"{words}-bio", face_id=face.id))
    factories.session_key(mei)
    invitations.make(mei.pk, InvitationDraft(days=7, uses=3))
    lists.add(mei.pk, lists.make(mei.pk, f"{words}-list").id, bo.pk)
    accounts.ask_friend(mei.pk, person("asked").pk)
    accounts.ask_friend(person("asking").pk, mei.pk)
    shop = factories.store(mei, name=f"{words}-store")
    accounts.change_me(bo.pk, MeChange(followable=True))
    following.follow(mei.pk, bo.pk)
    distance.mute(mei.pk, bo.pk, wanted=True)
    distance.restrict(mei.pk, bo.pk, wanted=True)
    follow_store(mei.pk, shop.store.id, wanted=True)
    item = factories.item(mei, shop, title=f"{words}-item")
    folder = bookmarks.make_folder(mei.pk, FolderDraft(name=f"{words}-folder"))
    keep = BookmarkDraft(folder_id=folder.id, note=f"{words}-note", tags=["zh"], desired_minor=1)
    bookmarks.keep(mei.pk, item.item.id, keep)
    walks = factories.interest(mei, f"{words}-interest").group.id
    met = factories.gathering(mei, walks, title=f"{words}-walk", about=f"{words}-by-night")
    gatherings.answer(mei.pk, met.id, "perhaps")
    asks = factories.interest(bo, f"{words}-asks", "request", questions=["Why?"]).group.id
    groups.join(mei.pk, asks, [f"{words}-because"])
    group = group_room(mei, bo, title=f"{words}-group")
    mine = say(mei, group, f"{words}-first", picture_ids=[shown.id])
    chat.edit(mei.pk, mine.message_id, f"{words}-second")
    say(bo, group, f"{words}-answer", reply_to=mine.message_id, item_id=item.item.id)
    chat.react(bo.pk, mine.message_id, "👍")
    chat.react(mei.pk, mine.message_id, "👍")
    post = factories.post(mei, f"{words}-post", picture_ids=[posted.id], item_id=item.item.id)
    editing.edit(mei.pk, post.post.id, NewWords(text=f"{words}-post-anew", edition=0))
    of_bo = factories.post(bo, f"{words}-post-of-bo")
    again = PostBody(client_id=factories.client_id(), text="", audience="me")
    feed.delete_post(mei.pk, feed.publish(mei.pk, again, of=of_bo.post.id).post.id)
    factories.comment(mei, of_bo.post.id, f"{words}-comment")
    feed.like(mei.pk, of_bo.post.id)
    feed.react(mei.pk, of_bo.post.id, "🎉", on=True)
    asked = factories.vote_in_room(mei, group, (f"{words}-a", "b"), question=f"{words}-vote")
    factories.ballot(bo, asked, 0)
    answered = factories.vote_in_feed(bo, options=("x", f"{words}-y"), question=f"{words}-of-bo")
    factories.ballot(mei, answered, 1)
    begun = {"spare": factories.client_id(), "audience": "friends", "item_id": item.item.id}
    body = DraftBody(version=0, text=f"{words}-draft", **begun)
    drafts.keep(mei.pk, factories.client_id(), body)
    place.reach(mei.pk, of_bo.post.id)
    notices.mute(mei.pk, "like", 0)
    wishes.wish(mei.pk, "vote", "mail", wanted=True)
    night = {"quiet_from": 22 * 60 + 30, "quiet_to": 7 * 60, "digest_at": 8 * 60}
    wishes.change(mei.pk, DeliveryChange(mail=True, zone="Asia/Shanghai", **night))
    ledger.consent(mei.pk, "vote", ConsentDraft(audience="friends", text=1))
    factories.ballot(mei, factories.vote_in_feed(bo, "everyone", question="Which?"), 0)
    return {"group": group, "post": post.post.id, "item": item.item.id, "shown": shown.id}


def test_one_of_each_is_in_data_json(mei: User, bo: User, packed: Packed) -> None:
    made = everything(mei, bo)
    archive = packed(mei)
    data = archive.data
    assert (data["format"], data["version"]) == ("jianghu-takeout", 1)
    me = data["profile"]
    assert (me["username"], me["name"], me["bio"]) == ("mei", "小美", "words-of-bio")
    assert me["addresses"] == [{"email": "mei@example.org", "verified": True}]
    assert me["phones"] == [
        {"number": "+8613800138000", "verified": True},
        {"number": "+447400123456", "verified": False},
    ]
    assert sorted(tie["tie"] for tie in data["ties"]) == [
        "asked",
        "asking",
        "friends",
        "muted",
        "restricted",
    ]
    person_followed, store_followed = data["follows"]
    assert person_followed["person"]["username"] == "bo"
    assert store_followed["store"] == "words-of-store"
    [listed], [invitation] = data["lists"], data["invitations"]
    assert listed["name"] == "words-of-list" and listed["people"][0]["username"] == "bo"
    assert (invitation["used"], invitation["uses"]) == (0, 3)
    assert len(data["sessions"]) == 1
    [group] = data["chats"]
    assert group["title"] == "words-of-group" and group["people"][0]["username"] == "bo"
    first, answer, vote = data["messages"]
    assert first["text"] == "words-of-second" and first["earlier"][0]["text"] == "words-of-first"
    assert first["mine"] and first["pictures"] == [made["shown"]]
    assert first["reactions"] == [{"emoji": "👍", "count": 2, "mine": True}]
    assert answer["text"] == "words-of-answer" and answer["author"]["username"] == "bo"
    assert answer["reply_to"]["excerpt"] == "words-of-second"
    assert answer["item"]["price_minor"] == 199_900
    [asked] = data["votes"]
    assert vote["vote_id"] == asked["id"] and asked["question"] == "words-of-vote"
    assert [option["votes"] for option in asked["options"]] == [1, 0]
    [post] = data["posts"]
    assert post["text"] == "words-of-post-anew" and post["edited_at"]
    assert [one["text"] for one in post["earlier"]] == ["words-of-post"] and post["item"][
        "title"
    ] == "words-of-item"
    [draft] = data["drafts"]
    assert (draft["text"], draft["audience"]) == ("words-of-draft", "friends")
    assert draft["item"] == "words-of-item" and draft["shows"] is None
    assert me["read_up_to"] == data["comments"][0]["post_id"]
    [comment], [like] = data["comments"], data["likes"]
    assert comment["text"] == "words-of-comment"
    assert comment["post_by"]["username"] == like["post_by"]["username"] == "bo"
    [pressed] = data["post_reactions"]
    assert pressed["emoji"] == "🎉" and pressed["post_by"]["username"] == "bo"
    ballot, _ = data["ballots"]
    assert ballot["question"] == "words-of-of-bo" and ballot["chosen"] == ["words-of-y"]
    [store], [item] = data["stores"], data["items"]
    assert store["name"] == "words-of-store" and item["id"] == made["item"]
    assert [
        (one["name"], one["standing"], one["role"], one["answers"]) for one in data["groups"]
    ] == [
        ("words-of-interest", "member", "owner", []),
        ("words-of-asks", "asked", None, ["words-of-because"]),
    ]
    [met] = data["gatherings"]
    assert (met["title"], met["group"]) == ("words-of-walk", "words-of-interest")
    assert (met["mine"], met["answer"], met["place"]) == (True, "perhaps", "The mill")
    [folder], [bookmark] = data["folders"], data["bookmarks"]
    assert bookmark["folder"] == folder["name"] == "words-of-folder"
    assert bookmark["note"] == "words-of-note" and bookmark["tags"] == ["zh"]
    assert bookmark["item"]["id"] == made["item"] and bookmark["then_minor"] == 199_900
    assert len(data["pictures"]) == 3
    assert data["silences"] == [{"kind": "like", "about": 0}]
    assert data["wishes"] == [{"kind": "vote", "way": "mail", "wanted": True}]
    assert [(one["zone"], one["quiet_from"]) for one in data["delivery"]] == [
        ("Asia/Shanghai", 1350)
    ]
    assert "22:30" in archive.page()


def test_each_record_has_the_documented_shape_and_no_list_is_missing(
    mei: User, bo: User, packed: Packed
) -> None:
    everything(mei, bo)
    data = packed(mei).data
    assert list(data) == ["format", "version", "made_at", "profile", *records.SECTIONS]
    records.Profile.model_validate_json(orjson.dumps(data["profile"]))
    for name, shape in records.SECTIONS.items():
        assert data[name], f"nothing in {name}"
        for record in data[name]:
            shape.model_validate_json(orjson.dumps(record))


def test_the_document_says_what_the_records_are() -> None:
    text = DOCUMENT.read_text()
    assert with_table(text, "records", document.tables()) == text
    for name in records.SECTIONS:
        assert f"| `{name}` |" in text


def test_somebody_who_did_nothing_gets_theirs_too(mei: User, packed: Packed) -> None:
    made = packed(mei)
    assert all(made.data[name] == [] for name in records.SECTIONS)
    assert made.page().count(EN["nothing"]) == len(records.SECTIONS) - 1


def test_pictures_are_there_in_their_largest_size(mei: User, bo: User, packed: Packed) -> None:
    everything(mei, bo)
    made = packed(mei)
    for record in made.data["pictures"]:
        row = Picture.objects.get(pk=record["id"])
        assert made.read(record["file"]) == read(row.token, max(row.widths))
    seen = sorted(record["seen_by"] for record in made.data["pictures"])
    assert seen == ["everyone", "some", "some"]


def test_a_picture_whose_file_is_gone_is_left_out(mei: User, packed: Packed) -> None:
    kept, lost = factories.picture(mei), factories.picture(mei)
    from django.core.files.storage import default_storage

    row = Picture.objects.get(pk=lost.id)
    default_storage.delete(path(row.token, max(row.widths)))
    made = packed(mei)
    assert [record["id"] for record in made.data["pictures"]] == [kept.id]
    assert [name for name in made.zip.namelist() if name.endswith(".webp")] == [
        f"pictures/{kept.id}.webp"
    ]


class Looker(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attributes}
        self.links += [value for name, value in attributes if name in {"href", "src"}]


def test_whatever_was_written_is_text_on_the_pages(
    mei: User, bo: User, packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything(mei, bo, NASTY[:30])
    User.objects.update(name=NASTY[:40])
    User.objects.filter(pk=mei.pk).update(bio=NASTY)
    Picture.objects.update(alt=NASTY)
    Message.objects.update(text=NASTY, quote_author=NASTY[:80], quote_excerpt=NASTY)
    Room.objects.update(title=NASTY[:80])
    made = packed(mei)
    pages = [name for name in made.zip.namelist() if name.endswith(".html")]
    assert len(pages) == 2
    for name in pages:
        looked = Looker(made.page(name))
        assert looked.tags <= {
            *("html", "head", "meta", "title", "style", "body", "nav", "article", "blockquote"),
            *("h1", "h2", "p", "a", "ul", "li", "dl", "dt", "dd", "img"),
        }
        assert not {one for one in looked.names if one.startswith("on")} | (
            looked.names & {"style"}
        )
        assert all(":" not in link and not link.startswith("/") for link in looked.links)
        assert "&lt;script&gt;" in made.page(name)


def test_every_link_of_a_page_leads_somewhere(mei: User, bo: User, packed: Packed) -> None:
    everything(mei, bo)
    made = packed(mei)
    names, checked = set(made.zip.namelist()), 0
    for page in [name for name in names if name.endswith(".html")]:
        for link in Looker(made.page(page)).links:
            target, _, place = link.partition("#")
            whole = target.removeprefix("../") or page
            assert whole in names, link
            assert not place or f'id="{place}"' in made.page(whole), link
            checked += 1
    assert checked > 15


def test_the_pages_speak_the_persons_language(mei: User, bo: User, packed: Packed) -> None:
    User.objects.filter(pk=mei.pk).update(language="zh")
    made = packed(mei)
    assert '<html lang="zh-Hans">' in made.page() and ZH["ties"] in made.page()
    of_bo = packed(bo)
    assert '<html lang="en">' in of_bo.page() and EN["ties"] in of_bo.page()


def test_both_languages_say_the_same_things() -> None:
    def holes(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert EN.keys() == ZH.keys()
    assert {f"notice.{kind}" for kind in get_args(Kind)} <= EN.keys()
    for key in EN:
        assert ZH[key] and holes(EN[key]) == holes(ZH[key]), key
    assert WORDS.keys() == dict(User.LANGUAGES).keys()


@pytest.mark.parametrize("minor", [0, 5, 199_900])
def test_money_is_exact(minor: int) -> None:
    from server.takeout.page import money

    assert money(minor, "CNY") == {0: "0.00", 5: "0.05", 199_900: "1999.00"}[minor] + " CNY"
    assert money(minor, "JPY") == f"{minor} JPY"


def test_of_a_room_only_what_was_said_since_is_in_it(mei: User, bo: User, packed: Packed) -> None:
    group = factories.interest(bo, history="joined").group.id
    room = groups.make_room(
        bo.pk, group, GroupRoomDraft(client_id=factories.client_id(), title="Talk")
    ).id
    say(bo, room, "before her time")
    groups.join(mei.pk, group, [])
    groups.enter_room(mei.pk, group, room)
    say(bo, room, "in her time")
    made = packed(mei)
    assert [one["text"] for one in made.data["messages"]] == ["in her time"]
    assert [(one["kind"], one["title"]) for one in made.data["chats"]] == [("club", "Talk")]
