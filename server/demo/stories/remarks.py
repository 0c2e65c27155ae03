# ruff: noqa: E501
"""What the demo people say under posts, post themselves and ask, while somebody watches."""

from dataclasses import dataclass

REMARKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # About what hangs on a post: answers in English and in Chinese.
    "phones": (
        (
            "Does it survive being sat on? I ask for a friend.",
            "How is it in the evening, without a lamp?",
        ),
        ("电能撑两天吗？", "字能放多大？给长辈用的。"),
    ),
    "laptops": (
        ("How loud is it when it thinks?", "Can it be opened with one screwdriver?"),
        ("风扇响不响？", "画画延迟大吗？"),
    ),
    "clothing": (
        (
            "How does it sit when you sit?",
            "I would borrow that without asking.",
            "That colour forgives everything.",
        ),
        ("坐下来勒不勒？", "这颜色衬你。", "能借我穿一天吗？"),
    ),
    "makeup": (
        (
            "The noodle test, please, and then report.",
            "Which shade, for somebody who is mostly ink?",
        ),
        ("吃面掉不掉？", "黄皮能驾驭吗？"),
    ),
    "cameras": (
        (
            "Show us the first roll, also the bad ones.",
            "I would stand closer before I bought anything.",
        ),
        ("第一卷洗出来给我们看看。", "这支手上有吗？想摸摸。"),
    ),
    "audio": (
        ("Does it fold the world down enough for a train?", "One whole side, then tell me."),
        ("戴久了耳朵疼吗？", "听完一整面再跟我说。"),
    ),
    "home": (
        ("Put it where the afternoon comes in.", "I have one. It has outlived two flats."),
        ("放在下午有太阳的地方。", "这个我有，越用越顺手。"),
    ),
    "poll": (
        (
            "Voted. I may regret it by evening.",
            "The third one is underrated and I will say no more.",
        ),
        ("投了，可能晚上改。", "投好了，理由不说。"),
    ),
    "pictures": (
        (
            "I would like to be in the left third of this.",
            "The light.",
            "Who took this, and were they hungry?",
        ),
        ("这光真好。", "想去。", "这张存了。"),
    ),
    "words": (
        (
            "This is the best thing I have read today, and I read the instructions of a kettle.",
            "Same. Exactly the same.",
            "I needed this at half past two.",
        ),
        ("说到心里去了。", "同感。", "看完把手机放下坐了一会儿。"),
    ),
}


@dataclass(frozen=True)
class Thought:
    """A post somebody may write. item: a slug or nothing."""

    who: str
    words: str
    item: str = ""
    audience: str = "friends"


THOUGHTS = (
    Thought(
        "mei",
        "The lane at closing time: they switch the lanterns off one by one, and the last one is always above the cat.",
        "paper-lantern",
    ),
    Thought(
        "mei", "I only went in to be warm. They have a new shelf.", "running-glaze-cups", "everyone"
    ),
    Thought("mei", "Voted on four things before breakfast. None of them were mine. I feel rested."),
    Thought(
        "bo",
        "Climbed to the sixth floor with the full rucksack. A neighbour asked if I was moving out. In a way.",
        "terrace-rucksack",
    ),
    Thought(
        "bo",
        "New rule: one chestnut per kilometre. I have run eleven chestnuts.",
        "cloud-step",
        "everyone",
    ),
    Thought(
        "bo",
        "Somebody has mended the first hole in my sock and put a small cross-stitch mountain on it. I did not ask for this. I will never take them off.",
        "three-socks",
        "everyone",
    ),
    Thought(
        "yu",
        "Two frames side by side: a door opening, a door shut. I do not know which way round to hang it.",
        "three-rolls",
    ),
    Thought(
        "yu",
        "The weather is flat and perfect and I am indoors comparing straps.",
        "lens-satchel",
        "everyone",
    ),
    Thought(
        "yu",
        "A man on the bridge asked what I was waiting for. I said the man on the bridge.",
        "",
        "everyone",
    ),
    Thought(
        "hao",
        "Statistics of the week: eleven chats, nine decisions, two of them mine, one correct.",
    ),
    Thought("hao", "I have found a bug in the family sheet. It was my uncle.", "river-stone-mouse"),
    Thought(
        "hao",
        "Three people asked me today what I use for lists. A pencil. The sheet is for afterwards.",
        "tall-grass-keys",
        "everyone",
    ),
    Thought(
        "lin", "窗外的树叶只剩四片了，我给它们泡了一壶茶，一人一杯，我喝四杯。", "three-tea-tins"
    ),
    Thought(
        "lin",
        "今天用第一把壶，它最老，出水最慢，最好喝。人也一样。",
        "quiet-water-teapot",
        "everyone",
    ),
    Thought("lin", "楼下的猫今天进门看了一圈，出去了，大概是没有看中的。", "woven-throw"),
    Thought(
        "nora",
        "Week ninety-five: I held one, put it back, and went out. At the corner I turned round.",
        "fish-plates",
    ),
    Thought(
        "nora",
        "Today's character: 慢. Heart on the left, and it takes its time. I am getting better at it.",
        "slow-hour-watch",
        "everyone",
    ),
    Thought(
        "sol",
        "The aunt has hung my mother's photo beside the vinegar. I have no further questions.",
        "",
        "everyone",
    ),
    Thought("xia", "萝卜今天学会了排队，但它前面没有人。", "margin-tablet", "everyone"),
    Thought("ru", "同一面听了三遍，第三遍的时候楼上也安静了。", "slow-platter"),
    Thought("jun", "Seven kilometres, one owl, no laces.", "half-moon-bag", "everyone"),
    Thought(
        "tian",
        "He came back with a friend. I lowered the camera. Some things are a visit.",
        "long-reach",
        "everyone",
    ),
)


@dataclass(frozen=True)
class Question:
    """A small vote somebody may start in a chat. Choices in words, or items as [slug]."""

    who: str
    room: str
    words: str
    choices: tuple[str, ...]
    minutes: int


QUESTIONS = (
    Question(
        "bo",
        "Huangshan weekend",
        "Breakfast on the train or on the mountain?",
        ("Train", "Mountain", "Both, I am not made of stone"),
        25,
    ),
    Question(
        "hao",
        "Huangshan weekend",
        "Who carries the flask?",
        ("Bo", "Whoever overslept", "We take turns, there is a tab"),
        20,
    ),
    Question(
        "mei",
        "Huangshan weekend",
        "One scarf for the group photo",
        ("[winter-plaid]", "[silk-square]"),
        40,
    ),
    Question(
        "yu",
        "Huangshan weekend",
        "Which camera goes up?",
        ("[kestrel-half-frame]", "[sunday-instant]", "[skipper]"),
        45,
    ),
    Question("lin", "一家人", "周日饭后泡哪个？", ("绿茶", "红茶", "老白茶"), 30),
    Question("hao", "一家人", "外公的新围巾", ("[winter-plaid]", "[silk-square]"), 40),
    Question(
        "mei",
        "Ceramics circle",
        "Which pair comes home with me?",
        ("[running-glaze-cups]", "[plum-vase]"),
        30,
    ),
    Question(
        "nora",
        "Ceramics circle",
        "Week ninety-five",
        ("Something small", "Something blue", "Nothing, be strong"),
        35,
    ),
    Question(
        "dong",
        "Ceramics circle",
        "Music in the studio on Sunday?",
        ("Yes, quietly", "Only the kiln"),
        25,
    ),
    Question(
        "mei",
        "Window table",
        "Lunch",
        ("The aunt", "Thin noodles", "Soup, and sit at the draught"),
        20,
    ),
    Question(
        "nora",
        "Window table",
        "A present for my mother that fits into a shoe",
        ("[three-tea-tins]", "[silk-square]", "[orchard-hand-cream]"),
        45,
    ),
    Question(
        "yu",
        "Window table",
        "New lamp for the table?",
        ("[mushroom-lamp]", "[crane-lamp]", "The sun is free"),
        40,
    ),
    Question(
        "yu", "Half-frame people", "Next month's subject", ("Shoes", "Waiting", "Hands at work"), 45
    ),
    Question(
        "kai",
        "Drawing desks",
        "Open evening with tea and screwdrivers: when?",
        ("Tuesday", "Thursday", "Saturday, late"),
        45,
    ),
    Question(
        "lan",
        "四点半拼单",
        "下一支小样做什么？",
        ("雨后的图书馆", "刚出炉的桂花面包", "凌晨四点的走廊"),
        45,
    ),
)

EMOJI = ("👍", "❤️", "😂", "😮", "👏")
