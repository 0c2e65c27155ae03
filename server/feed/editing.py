"""Other words for a post of mine. What it said before stays to be read by whoever may read it.

A vote that hangs on a post is not touched: its question and options never change.
"""

from django.db import transaction

from server.errors import Refused
from server.feed import audience, policies, queries, schemas, tags
from server.feed.events import PostEdited
from server.feed.held import record_on_post
from server.feed.models import PostEdit, PostPicture
from server.feed.naming import tell_named
from server.groups import services as groups
from server.realtime.clock import millis, now
from server.text import clean_words

EDITIONS = 50


def edit(person_id: int, post_id: int, change: schemas.NewWords) -> schemas.PostEntry:
    """Give one's own post other words, if it still reads as the author knew it. Giving it the words
    it has changes nothing, so an unanswered change may be repeated.

    Raises Refused: forbidden (somebody else's), not_found, conflict (it was changed elsewhere
    meanwhile), full (changed fifty times), bad_field, closed (in an archived group).
    """
    with transaction.atomic():
        audience.keep_its_group(person_id, post_id)
        row = audience.locked_own(person_id, post_id)
        if row.deleted_at is not None:
            raise Refused("not_found")
        if row.group_id is not None:
            groups.heard(person_id, row.group_id)
        shown = PostPicture.objects.filter(post=row).exists()
        anything_else = bool(row.item_id or row.poll_id or row.of_id or shown)
        words = clean_words(change.text, schemas.POST_LENGTH, optional=anything_else)
        if words == row.text:
            return queries.own_entry(person_id, post_id)
        if row.edition != change.edition:
            raise Refused("conflict", "It was changed elsewhere meanwhile.")
        if row.edition >= EDITIONS:
            raise Refused("full", f"A post is changed at most {EDITIONS} times.")
        before, row.text = row.text, words
        row.edition, row.edited_at = row.edition + 1, now()
        row.save(update_fields=["text", "edition", "edited_at"])
        event = PostEdited(
            post_id=row.pk, text=words, edition=row.edition, edited_at=millis(row.edited_at)
        )
        home = policies.home(row)
        PostEdit.objects.create(
            post=row,
            edition=row.edition,
            text=before,
            at=row.edited_at,
            topic=str(home),
            number=audience.tell(row, home, audience.withheld(row, home) or event),
            number_on_post=record_on_post(row, event),
        )
        tell_named(row)
        tags.keep(row, before)
        return queries.own_entry(person_id, post_id)
