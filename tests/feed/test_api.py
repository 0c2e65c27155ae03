"""The feed over HTTP: codes, shapes, sign-in, and hostile input."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from server.accounts.models import User
from server.feed.models import Comment, Post
from server.feed.schemas import Comment as CommentView
from server.feed.schemas import CommentPage, FeedPage, Liked, PostEntry
from tests.factories import client_id, comment, post, session_key, signed_in

JSON = "application/json"


def draft(**fields: Any) -> dict[str, Any]:
    return {"client_id": client_id(), "text": "Hello", "audience": "friends"} | fields


def test_a_round(mei: User, bo: User) -> None:
    author, reader = signed_in(mei), signed_in(bo)
    made = author.post("/api/posts", draft(), content_type=JSON)
    assert made.status_code == 201
    entry = PostEntry.model_validate_json(made.content)
    post_id = entry.post.id
    page = FeedPage.model_validate_json(reader.get("/api/feed").content)
    assert page.entries == [entry]
    assert reader.get(f"/api/posts/{post_id}").json() == entry.model_dump(mode="json")
    liked = Liked.model_validate_json(reader.put(f"/api/posts/{post_id}/like").content)
    assert (liked.liked, liked.counts.likes) == (True, 1)
    assert reader.delete(f"/api/posts/{post_id}/like").json()["counts"]["likes"] == 0
    said = reader.post(
        f"/api/posts/{post_id}/comments",
        {"client_id": client_id(), "post_id": post_id, "text": "Hi"},
        content_type=JSON,
    )
    assert said.status_code == 201
    view = CommentView.model_validate_json(said.content)
    comments = author.get(f"/api/posts/{post_id}/comments")
    assert CommentPage.model_validate_json(comments.content).comments == [view]
    assert author.get(f"/api/comments/{view.id}").json() == view.model_dump(mode="json")
    assert author.delete(f"/api/comments/{view.id}").status_code == 204
    assert FeedPage.model_validate_json(author.get("/api/feed/everyone").content).entries == []
    assert len(reader.get(f"/api/people/{mei.pk}/posts").json()["entries"]) == 1
    assert author.delete(f"/api/posts/{post_id}").status_code == 204
    assert reader.get(f"/api/posts/{post_id}").status_code == 404


def test_a_stranger_meets_404_everywhere(mei: User, lin: User) -> None:
    made, said = post(mei).post.id, None
    said = comment(mei, made).id
    stranger = signed_in(lin)
    words = {"client_id": client_id(), "post_id": made, "text": "Hi"}
    answers = [
        stranger.get(f"/api/posts/{made}"),
        stranger.delete(f"/api/posts/{made}"),
        stranger.put(f"/api/posts/{made}/like"),
        stranger.delete(f"/api/posts/{made}/like"),
        stranger.get(f"/api/posts/{made}/comments"),
        stranger.post(f"/api/posts/{made}/comments", words, content_type=JSON),
        stranger.get(f"/api/comments/{said}"),
        stranger.delete(f"/api/comments/{said}"),
    ]
    absent = signed_in(lin).get("/api/posts/999999")
    for answer in answers:
        assert (answer.status_code, answer.json()) == (404, absent.json())
    assert Post.objects.count() == Comment.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["feed", "feed/everyone", "people/1/posts", "posts/1", "posts/1/comments", "comments/1"]
)
def test_signed_out(transactional_db: None, path: str) -> None:
    answer = Client().get(f"/api/{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")


def test_writing_needs_the_csrf_token(mei: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["sessionid"] = session_key(mei)
    assert browser.post("/api/posts", draft(), content_type=JSON).status_code == 403
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": "x" * 2001},
        {"text": 7},
        {"text": "\x00"},
        {"audience": "nobody"},
        {"client_id": "x"},
        {"client_id": None},
        {"picture_ids": list(range(1, 11))},
        {"picture_ids": [0]},
        {"item_id": 2**53},
        {"item_id": 10**30},
        {"item_id": 999},
        {"poll_id": 1},
        {"extra": 1},
    ],
)
def test_bad_posts_say_what_is_wrong(mei: User, fields: dict[str, Any]) -> None:
    answer = signed_in(mei).post("/api/posts", draft(**fields), content_type=JSON)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "bad_field")
    assert error["fields"]
    assert not Post.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"text": NaN}'])
def test_no_body_is_a_fault_of_ours(mei: User, body: bytes) -> None:
    answer = signed_in(mei).post("/api/posts", body, content_type=JSON)
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize(
    "path",
    [
        "feed?cursor=x",
        "feed?cursor=" + "x" * 300,
        "feed?cursor=WzE4NDQ2NzQ0MDczNzA5NTUxNjE1XQ",  # 2**64 - 1
        "feed?cursor=Wy0xXQ",
        "posts/0",
        "posts/x",
        "posts/99999999999999999999",
        "posts/-1",
        "comments/9007199254740992",
    ],
)
def test_hostile_paths(mei: User, path: str) -> None:
    assert signed_in(mei).get(f"/api/{path}").status_code in {200, 404, 422}


def test_path_and_draft_must_agree(mei: User) -> None:
    one, other = post(mei).post.id, post(mei).post.id
    words = {"client_id": client_id(), "post_id": other, "text": "Hi"}
    answer = signed_in(mei).post(f"/api/posts/{one}/comments", words, content_type=JSON)
    assert answer.json()["error"]["fields"] == {"post_id": "not the post of the path"}


def test_words_with_nul_are_cleaned(mei: User) -> None:
    answer = signed_in(mei).post("/api/posts", draft(text="a\x00b"), content_type=JSON)
    assert answer.json()["post"]["text"] == "ab"
