"""Putting a question to a chat or to the readers of a post."""

from datetime import timedelta

from django.db import transaction

from server.catalogue.queries import item_cards
from server.chat.services import post_poll
from server.errors import Refused
from server.feed.schemas import PostBody
from server.feed.services import publish
from server.media.services import attach
from server.polls import queries, schemas
from server.polls.models import Option, Poll
from server.realtime import topics
from server.realtime.clock import now
from server.schema import digest
from server.text import clean_words


def ask(person_id: int, draft: schemas.PollDraft) -> schemas.PollEntry:
    """Put a vote into a chat (as a message) or into the feed (as a post), in one transaction.

    A retry returns the same vote. Raises Refused: bad_field (no such item, not own unused
    pictures), altered_replay, and what the chat says to somebody who may not write there.
    """
    content = digest(draft)
    with transaction.atomic():
        row, created = Poll.objects.get_or_create(
            author_id=person_id,
            client_id=draft.client_id,
            defaults={
                "digest": content,
                "question": clean_words(draft.question, schemas.QUESTION_LENGTH, field="question"),
                "choice": draft.choice,
                "names": draft.names,
                "deadline": now() + timedelta(seconds=draft.closes_in) if draft.closes_in else None,
            },
        )
        if created:
            _add_options(person_id, row, draft.options)
            _place(person_id, row, draft)
    if row.digest != content:
        raise Refused("altered_replay")
    return queries.own_entry(person_id, row.pk)


def _add_options(person_id: int, row: Poll, drafts: list[schemas.OptionDraft]) -> None:
    items = {one.item_id for one in drafts if one.item_id is not None}
    if items - item_cards(items).keys():
        raise Refused("bad_field", fields={"options": "no such item"})
    pictures = [one.picture_id for one in drafts if one.picture_id is not None]
    attach(person_id, pictures, topics.poll(row.pk))
    Option.objects.bulk_create(
        Option(
            poll=row,
            place=place,
            text=_words(one),
            picture_id=one.picture_id,
            item_id=one.item_id,
        )
        for place, one in enumerate(drafts)
    )


def _words(one: schemas.OptionDraft) -> str:
    anything_else = one.picture_id is not None or one.item_id is not None
    return clean_words(one.text, schemas.OPTION_LENGTH, field="options", optional=anything_else)


def _place(person_id: int, row: Poll, draft: schemas.PollDraft) -> None:
    place = draft.place
    where: dict[str, int | None]
    if isinstance(place, schemas.InRoom):
        sent = post_poll(person_id, place.room_id, row.pk, draft.client_id)
        where = {"room_id": place.room_id, "message_id": sent.message_id}
    else:
        body = PostBody(client_id=draft.client_id, text=place.text, audience=place.audience)
        made = publish(person_id, body, poll_id=row.pk).post
        where = {"post_id": made.id, "group_id": made.group.id if made.group else None}
    Poll.objects.filter(pk=row.pk).update(published=True, **where)
