"""A notice in words, outside of a page: for letters and for what a browser shows by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer

from server.notices.schemas import NoticeView

LINES_A_LETTER = 20


@dataclass(frozen=True, slots=True)
class Words:
    """{who}, {about} and {said} are of the notice."""

    kinds: Mapping[str, str]
    two: str
    others: str
    many: str
    people: str
    chat: str
    subject: str
    subject_more: str
    more: str
    all: str
    why: str


WORDS = {
    "en": Words(
        kinds={
            "friend.asked": "{who} asks for your friendship",
            "friend.accepted": "{who} and you are friends now",
            "follow": "{who} follows you now",
            "comment": "{who} commented on your post",
            "comment.reply": "{who} answered your comment",
            "mention": "{who} mentioned you under a post",
            "post.mention": "{who} mentioned you in a post",
            "like": "{who} liked your post",
            "post.reaction": "{who} reacted to your post",
            "reshare": "{who} showed your post to others",
            "post.held": "Your post was hidden in its group",
            "group.invited": "{who} invites you to {about}",
            "group.asked": "{who} asks to join {about}",
            "group.let_in": "You are in {about} now",
            "group.role": "You decide in {about} now",
            "gathering.named": "{who} mentioned you in the event “{about}”",
            "gathering.seat": "A place came free: you are going to “{about}”",
            "gathering.soon": "“{about}” begins soon",
            "gathering.moved": "“{about}” has another time or place",
            "gathering.off": "“{about}” was cancelled",
            "room.mention": "{who} mentioned you in {about}",
            "room.reply": "{who} answered you in {about}",
            "reaction": "{who} reacted to your message",
            "vote": "{who} took part in your vote",
            "vote.closed": "The vote is over",
        },
        two="{name} and {other}",
        others="{name} and {n} others",
        many="{name} and {n} or more others",
        people="{n} people",
        chat="a chat",
        subject="{first}",
        subject_more="{first}, and {n} more",
        more="and {n} more",
        all="All of it:",
        why="You get this letter because you want notices by e-mail. What kinds, and when, you "
        "choose here:",
    ),
    "zh": Words(
        kinds={
            "friend.asked": "{who} 想加你为朋友",
            "friend.accepted": "你和 {who} 现在是朋友了",
            "follow": "{who} 关注了你",
            "comment": "{who} 评论了你的动态",
            "comment.reply": "{who} 回复了你的评论",
            "mention": "{who} 在动态下提到了你",
            "post.mention": "{who} 在动态里提到了你",
            "like": "{who} 赞了你的动态",
            "post.reaction": "{who} 回应了你的动态",
            "reshare": "{who} 转发了你的动态",
            "post.held": "你的动态在小组里被隐藏了",
            "group.invited": "{who} 邀请你加入“{about}”",
            "group.asked": "{who} 想加入“{about}”",
            "group.let_in": "你已加入“{about}”",
            "group.role": "“{about}”现在由你管理",
            "gathering.named": "{who} 在活动“{about}”里提到了你",
            "gathering.seat": "有空位了：你可以参加“{about}”",
            "gathering.soon": "“{about}”快开始了",
            "gathering.moved": "“{about}”改了时间或地点",
            "gathering.off": "“{about}”已取消",
            "room.mention": "{who} 在{about}里提到了你",
            "room.reply": "{who} 在{about}里回复了你",
            "reaction": "{who} 回应了你的消息",
            "vote": "{who} 参与了你的投票",
            "vote.closed": "投票结束了",
        },
        two="{name} 和 {other}",
        others="{name} 和另外 {n} 人",
        many="{name} 和另外至少 {n} 人",
        people="{n} 人",
        chat="聊天",
        subject="{first}",
        subject_more="{first}，还有 {n} 条",
        more="还有 {n} 条",
        all="全部通知：",
        why="你选择了用邮件接收通知，所以收到这封信。在这里选择收哪些、什么时候收：",
    ),
}
_STOP = {
    "en": "No more letters of this kind, with one click and without signing in:",
    "zh": "不再收这类邮件，一键退订，无需登录：",
}


def sentence(view: NoticeView, language: str) -> str:
    """Who did what."""
    words = WORDS[language]
    about = view.about or words.chat
    return words.kinds[view.kind].format(who=_who(view, words), about=about)


def _who(view: NoticeView, words: Words) -> str:
    names = [person.name for person in view.people]
    if not names:
        return words.people.format(n=view.others)
    rest = len(names) - 1 + view.others
    if view.more:
        return words.many.format(name=names[0], n=rest)
    if rest == 1 and len(names) > 1:
        return words.two.format(name=names[0], other=names[1])
    return words.others.format(name=names[0], n=rest) if rest else names[0]


def excerpt(view: NoticeView) -> str:
    """What was said, or what it is about."""
    if view.kind in {"reaction", "post.reaction"}:
        return f"{view.said} {view.about}".strip()
    named = view.kind.startswith(("room.", "group."))
    return view.said or ("" if named else view.about)


def path(view: NoticeView) -> str:
    """Where it leads."""
    if view.kind == "follow" and view.people:
        return f"/people/{view.people[0].id}"
    if view.kind.startswith("friend."):
        return f"/people/{view.subject}"
    if view.kind.startswith("vote"):
        return f"/votes/{view.subject}"
    if view.kind.startswith("gathering."):
        return f"/gatherings/{view.subject}"
    if view.kind.startswith("group."):
        return f"/groups/{view.subject}"
    return f"/posts/{view.subject}" if view.room_id is None else f"/chats/{view.room_id}"


def letter(
    views: Sequence[NoticeView], person_id: int, address: str, language: str
) -> EmailMessage:
    """Some notices as one letter, the newest first, with the way to stop them (RFC 8058)."""
    words, origin = WORDS[language], settings.ORIGINS[0]
    first = sentence(views[0], language)
    subject = words.subject if len(views) == 1 else words.subject_more
    stop = f"{origin}/unsubscribe/{ticket(person_id)}"
    parts = []
    for view in views[:LINES_A_LETTER]:
        said = excerpt(view)
        lines = [sentence(view, language), *([f"“{said}”"] if said else []), origin + path(view)]
        parts.append("\n".join(lines))
    if len(views) > LINES_A_LETTER:
        parts.append(words.more.format(n=len(views) - LINES_A_LETTER))
    parts += [
        f"{words.all} {origin}/notices",
        f"--\n{words.why} {origin}/notices/settings\n{_STOP[language]} {stop}",
    ]
    return EmailMessage(
        " ".join(subject.format(first=first, n=len(views) - 1).split()),
        "\n\n".join(parts) + "\n",
        to=[address],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


_signer = Signer(salt="notices.unsubscribe")


def ticket(person_id: int) -> str:
    """Whoever has it may stop this person's letters, and nothing else."""
    return _signer.sign(str(person_id)).replace(":", "~")


def holder(given: str) -> int | None:
    """Whose ticket it is; None for one that we did not make."""
    try:
        return int(_signer.unsign(given.replace("~", ":")))
    except (BadSignature, ValueError):
        return None
