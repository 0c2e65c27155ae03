"""What a person reads before they consent. The ledger names the version they were shown, so a
version that was ever published stays as it is: other words are another version."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.sharing.kinds import Kind


@dataclass(frozen=True, slots=True)
class Text:
    """The words in both languages."""

    en: str
    zh: str


TEXTS: Mapping[Kind, Mapping[int, Text]] = {
    "bookmark": {
        1: Text(
            en="When you bookmark an item outside of your folders, those you choose see that you "
            "did, and which item. They see it a minute later; until then you can take it back, and "
            "afterwards too. Your notes, tags and the price you wish for are shown to nobody, nor "
            "is anything that lies in a folder.",
            zh="当你收藏一件不在收藏夹里的商品时，你选择的人会看到你收藏了它，以及是哪件商品。一分钟后他们才会看到；在那之前你可以撤回，之后也可以。"
            "你的备注、标签和期望价格谁也看不到，放在收藏夹里的东西也一样。",
        )
    },
    "vote": {
        1: Text(
            en="When you vote for the first time in a vote that is open to everyone and shows "
            "names, those you choose see that you took part; never what you chose. They see it a "
            "minute later; until then you can take it back, and afterwards too. Taking part in a "
            "secret vote, or in a chat, is shown to nobody.",
            zh="当你第一次参加一个对所有人开放且显示姓名的投票时，你选择的人会看到你参与了，但看不到你选了什么。一分钟后他们才会看到；在那之前你可以撤回，"
            "之后也可以。匿名投票和聊天里的投票谁也看不到。",
        )
    },
    "group": {
        1: Text(
            en="When you join a group that is open to everyone, those you choose see that you did. "
            "They see it a minute later; until then you can take it back, and afterwards too. "
            "Leaving the group takes it back. Any other group is shown to nobody.",
            zh="当你加入一个对所有人开放的小组时，你选择的人会看到你加入了。一分钟后他们才会看到；在那之前你可以撤回，之后也可以。退出小组就会撤回。"
            "其他小组谁也看不到。",
        )
    },
    "presence": {
        1: Text(
            en="Friends who show theirs too see whether you are here. Whoever hides theirs sees "
            "nobody's.",
            zh="同样公开在线状态的朋友能看到你是否在线。隐藏自己状态的人也看不到别人的。",
        )
    },
}

ELSEWHERE = 0
"""The version of what was said by a switch with words of its own: the one on one's own page."""

LIST_GONE = -1
"""Of a row that nobody said: the list it was for is no more, so it is for nobody else."""


def current(kind: Kind) -> int:
    """The version that is shown today."""
    return max(TEXTS[kind])
