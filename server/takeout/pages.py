"""The pages for people: no script, nothing from elsewhere, and whatever somebody wrote is text."""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from django.utils.html import format_html, format_html_join

from server.accounts.models import User
from server.takeout import records, sold
from server.takeout.begun import DraftRecord
from server.takeout.consented import ActivityRecord, ConsentRecord
from server.takeout.met import GatheringRecord
from server.takeout.page import Page, clock, hour, money
from server.takeout.reached import DeliveryRecord, SilenceRecord, WishRecord
from server.takeout.records import SECTIONS
from server.takeout.words import WORDS


class Chat(Page):
    """One chat from its first message to its last."""

    up = "../"

    def __init__(self, out: TextIO, language: str, name: str):
        super().__init__(out, language, name)
        self.write('<p><a href="../index.html#chats">{}</a></p>\n', self.say("back"))

    def add(self, message: records.MessageRecord) -> None:
        """The next message."""
        if message.withheld:
            self.entry(self.say("message.withheld"), clock(message.at))
            return
        author = message.author.name if message.author else ""
        about = " · ".join(
            [author, clock(message.at), *([self.say("message.store")] if message.as_store else [])]
            + [f"{one.emoji} {one.count}" for one in message.reactions]
        )
        quote = message.reply_to
        more = format_html(
            "{}{}{}{}{}",
            format_html("<blockquote>{}: {}</blockquote>", quote.author, quote.excerpt)
            if quote
            else "",
            self.images(message.pictures),
            self.item(message.item),
            format_html("<blockquote>{}</blockquote>", self.say("message.vote"))
            if message.vote_id
            else "",
            self.earlier(message.earlier),
        )
        self.entry(message.text, about, more, "mine" if message.mine else "")


class Index(Page):
    """index.html: myself, and every list but the messages, which have a page for each chat."""

    def __init__(self, out: TextIO, me: records.Profile, made_at: int):
        words = WORDS[me.language]
        super().__init__(out, me.language, words["title"].format(name=me.name or me.username))
        self.write('<p class="dim">{}</p>', self.say("made", at=clock(made_at)))
        links = [(name, self.say(name)) for name in SECTIONS if name != "messages"]
        self.write(
            '<nav aria-label="{}"><ul>{}</ul></nav>\n',
            self.say("contents"),
            format_html_join("", '<li><a href="#{}">{}</a></li>', links),
        )
        self._profile(me)

    def _profile(self, me: records.Profile) -> None:
        kept = [
            f"{one.email} ({self.say('confirmed' if one.verified else 'unconfirmed')})"
            for one in me.addresses
        ]
        phones = [
            f"{one.number} ({self.say('confirmed' if one.verified else 'unconfirmed')})"
            for one in me.phones
        ]
        facts = (
            ("username", f"@{me.username}"),
            ("name", me.name),
            ("bio", me.bio),
            ("email", "\n".join(kept) or me.email),
            ("phone", "\n".join(phones)),
            ("language", dict(User.LANGUAGES)[me.language]),
            ("presence", self.say("yes" if me.show_presence else "no")),
            ("birth", str(me.birth_year or "")),
            ("followable", self.say("yes" if me.followable else "no")),
            ("found_by_contacts", self.say("yes" if me.found_by_contacts else "no")),
            ("joined", clock(me.joined_at)),
            ("read", str(me.read_up_to or "")),
        )
        self.write(
            '<h2 id="profile">{}</h2>{}<dl>{}</dl>\n',
            self.say("profile"),
            self.image(me.face, me.name) if me.face else "",
            format_html_join(
                "",
                "<dt>{}</dt><dd>{}</dd>",
                ((self.say(f"profile.{name}"), value) for name, value in facts if value),
            ),
        )

    def section(self, name: str, found: Iterable[Any]) -> None:
        """A heading, and an entry for each record."""
        self.write('<h2 id="{}">{}</h2>\n', name, self.say(name))
        show = getattr(self, f"_{name}")
        empty = True
        for record in found:
            show(record)
            empty = False
        if empty:
            self.write('<p class="dim">{}</p>\n', self.say("nothing"))

    def chats(self, found: Iterable[records.ChatRecord]) -> Mapping[int, str]:
        """The list of chats. Returns what each is called."""
        names: dict[int, str] = {}

        def named() -> Iterable[records.ChatRecord]:
            for chat in found:
                names[chat.id] = self._chat_name(chat)
                yield chat

        self.section("chats", named())
        return names

    def _chat_name(self, chat: records.ChatRecord) -> str:
        people = ", ".join(who.name for who in chat.people)
        alone = people if chat.kind == "direct" else ""
        return chat.title or chat.store or alone or f"{self.say(f'chat.{chat.kind}')} {chat.id}"

    def _chats(self, chat: records.ChatRecord) -> None:
        link = format_html('<p><a href="chats/{}.html">{}</a></p>', chat.id, self._chat_name(chat))
        people = ", ".join(who.name for who in chat.people)
        left = self.say("chat.left", at=clock(chat.left_at)) if chat.left_at else people
        self.entry("", f"{self.say(f'chat.{chat.kind}')} · {left}", link)

    def _sessions(self, one: records.SessionRecord) -> None:
        seen = self.say("session.seen", at=clock(one.seen_at))
        self.entry(one.browser, " · ".join(filter(None, (one.address, seen))))

    def _ties(self, one: records.TieRecord) -> None:
        tie = self.say(f"tie.{one.tie}")
        name = f"{one.person.name} (@{one.person.username}): {tie}" if one.person else tie
        self.entry(name, clock(one.at))

    def _follows(self, one: records.FollowRecord) -> None:
        name = f"{one.person.name} (@{one.person.username})" if one.person else one.store or ""
        self.entry(name, clock(one.at))

    def _lists(self, one: records.ListRecord) -> None:
        self.entry(one.name, ", ".join(who.name for who in one.people) or self.say("nothing"))

    def _invitations(self, one: records.InvitationRecord) -> None:
        used = self.say("invitation.used", used=one.used, uses=one.uses, at=clock(one.expires_at))
        self.entry(used, clock(one.made_at))

    def _posts(self, one: records.PostRecord) -> None:
        counts = self.say("post.counts", likes=one.likes, comments=one.comments)
        to = self.say(f"post.{one.audience}", group=one.group or "")
        about = " · ".join((clock(one.at), to, counts))
        vote = self.say("message.vote") if one.vote_id and not one.text else ""
        shown = self.images(one.pictures), self.item(one.item), self.earlier(one.earlier)
        more = format_html("{}{}{}", *shown)
        self.entry(one.text or vote, about, more)

    def _drafts(self, one: DraftRecord) -> None:
        about = f"{clock(one.at)} · {self.say(f'post.{one.audience}')}"
        self.entry(one.text or one.item or "", about, self.images(one.pictures))

    def _comments(self, one: records.CommentRecord) -> None:
        whose = one.post_by
        under = self.say("comment.under", name=whose.name) if whose else self.say("comment.unseen")
        self.entry(one.text, f"{clock(one.at)} · {under}")

    def _likes(self, one: records.LikeRecord) -> None:
        whose = one.post_by
        self.entry(self.say("like.of", name=whose.name) if whose else self.say("like.unseen"), "")

    def _post_reactions(self, one: records.PostReactionRecord) -> None:
        whose = one.post_by
        of = self.say("like.of", name=whose.name) if whose else self.say("like.unseen")
        self.entry(f"{one.emoji} {of}", "")

    def _votes(self, one: records.VoteRecord) -> None:
        options = format_html_join(
            "",
            "<li>{}{}{} · {}</li>",
            (
                (
                    option.text,
                    self.item(option.item),
                    self.image(option.picture) if option.picture else "",
                    option.votes,
                )
                for option in one.options
            ),
        )
        about = (clock(one.created_at), self.say(f"vote.{one.names}"))
        voted = self.say("vote.voted", n=one.voted)
        self.entry(one.question, " · ".join((*about, voted)), format_html("<ul>{}</ul>", options))

    def _ballots(self, one: records.BallotRecord) -> None:
        question = one.question if one.question is not None else self.say("ballot.unseen")
        chosen = format_html_join("", "<li>{}</li>", ((words,) for words in one.chosen))
        self.entry(question, clock(one.at), format_html("<ul>{}</ul>", chosen))

    def _stores(self, one: sold.StoreRecord) -> None:
        name = " · ".join(filter(None, (one.name, one.name_zh)))
        about = "\n".join(filter(None, (one.about, one.about_zh)))
        self.entry(name, self.say(f"store.{one.role}"), format_html("<p>{}</p>", about))

    def _items(self, one: sold.ItemRecord) -> None:
        title = " · ".join(filter(None, (one.title, one.title_zh)))
        state = [self.say("item.withdrawn")] if one.state == "withdrawn" else []
        facts = (money(one.price_minor, one.currency), self.say("item.stock", n=one.stock))
        about = format_html(
            "<p>{}</p>{}",
            "\n".join(filter(None, (one.about, one.about_zh))),
            self.images(one.pictures),
        )
        self.entry(title, " · ".join((*facts, *state, clock(one.listed_at))), about)

    def _folders(self, one: records.FolderRecord) -> None:
        self.entry(one.name, clock(one.made_at))

    def _bookmarks(self, one: records.BookmarkRecord) -> None:
        then = self.say("bookmark.then", price=money(one.then_minor, one.then_currency))
        facts = [one.folder or "", then, *(f"#{word}" for word in one.tags), clock(one.at)]
        if one.desired_minor is not None:
            price = money(one.desired_minor, one.then_currency)
            facts.insert(2, self.say("bookmark.desired", price=price))
        self.entry(one.note, " · ".join(filter(None, facts)), self.item(one.item))

    def _groups(self, one: records.GroupRecord) -> None:
        stands = self.say(f"group.{one.role or one.standing}")
        self.entry(one.name, " · ".join((stands, *one.answers, clock(one.since))))

    def _gatherings(self, one: GatheringRecord) -> None:
        when = " – ".join(filter(None, (one.begins, one.ends))).replace("T", " ")
        stands = [self.say("gathering.mine")] if one.mine else []
        stands += [self.say(f"gathering.{one.answer}")] if one.answer else []
        stands += [self.say("gathering.cancelled")] if one.cancelled else []
        facts = (one.group, f"{when} {one.zone}", one.place, one.link, *stands)
        about = format_html("<p>{}</p>", one.about) if one.about else ""
        self.entry(one.title, " · ".join(filter(None, facts)), about)

    def _consents(self, one: ConsentRecord) -> None:
        whom = one.list or self.say(f"post.{one.audience}")
        self.entry(self.say(f"shares.{one.kind}"), f"{whom} · {clock(one.at)}")

    def _activities(self, one: ActivityRecord) -> None:
        whom, state = self.say(f"post.{one.audience}"), self.say(f"shared.{one.state}")
        about = f"{whom} · {state} · {clock(one.shown_at or one.at)}"
        self.entry(self.say(f"shares.{one.kind}"), about)

    def _silences(self, one: SilenceRecord) -> None:
        self.entry(self.say(f"notice.{one.kind}"), self.say("notice.one" if one.about else "all"))

    def _delivery(self, one: DeliveryRecord) -> None:
        facts = [self.say("delivery.mail" if one.mail else "delivery.none"), one.zone]
        if one.quiet_from is not None and one.quiet_to is not None:
            quiet = hour(one.quiet_from), hour(one.quiet_to)
            facts.append(self.say("delivery.quiet", start=quiet[0], end=quiet[1]))
        if one.digest_at is not None:
            facts.append(self.say("delivery.digest", at=hour(one.digest_at)))
        self.entry("", " · ".join(facts))

    def _wishes(self, one: WishRecord) -> None:
        way = self.say(f"way.{one.way}")
        self.entry(
            self.say(f"notice.{one.kind}"), f"{way}: {self.say('yes' if one.wanted else 'no')}"
        )

    def _pictures(self, one: records.PictureRecord) -> None:
        about = f"{self.say(f'seen.{one.seen_by}')} · {clock(one.created_at)}"
        self.entry(one.alt, about, self.image(one.id, one.alt))
