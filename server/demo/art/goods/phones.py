# ruff: noqa: E501
"""Phones."""

from ..kinds import thing

GOODS = (
    thing(
        "heron-9",
        "bamboo-signal",
        "phones",
        ("Heron 9", "苍鹭 9"),
        4299,
        24,
        (
            "A calm everyday phone with three honest cameras and a back of matt pine green. Two days on one charge if you do not film your lunch.",
            "一部安静耐用的日常手机，三颗实在的镜头，松绿色磨砂后盖。不拍午饭的话，一次充电用两天。",
        ),
        (
            "Two Heron 9 phones: a lit screen with dunes and a pine green back with three lenses",
            "两部苍鹭 9：亮着沙丘壁纸的屏幕和带三颗镜头的松绿后盖",
        ),
        (
            "Heron 9 on a wooden table showing a walking route, beside a coffee",
            "木桌上的苍鹭 9 正显示步行路线，旁边一杯咖啡",
        ),
        was=4599,
    ),
    thing(
        "heron-9-mini",
        "bamboo-signal",
        "phones",
        ("Heron 9 mini", "苍鹭 9 mini"),
        3699,
        17,
        (
            "The same phone for smaller hands and shirt pockets. Oat coloured, 6.0 inches, 148 grams.",
            "同一部手机，为小手和衬衫口袋而做。燕麦色，6.0 英寸，148 克。",
        ),
        (
            "Heron 9 mini with a chat open, its oat back leaning behind it",
            "苍鹭 9 mini 打开着聊天，燕麦色后盖靠在后面",
        ),
    ),
    thing(
        "ember-pro",
        "bamboo-signal",
        "phones",
        ("Ember Pro", "余烬 Pro"),
        5999,
        9,
        (
            "A large sensor behind a round window, made for lantern light and late dinners. Cinnabar glass, warm to look at and cool to hold.",
            "圆窗后是一块大底传感器，为灯笼光和晚饭桌而生。朱砂色玻璃，看着暖，摸着凉。",
        ),
        ("Red Ember Pro phone with a round camera window", "带圆形镜头窗的朱砂色余烬 Pro"),
        ("Ember Pro framing a row of lanterns at night", "余烬 Pro 正在取景一排夜里的灯笼"),
        was=6399,
    ),
    thing(
        "willow-flip",
        "bamboo-signal",
        "phones",
        ("Willow Flip", "柳叶折叠"),
        5299,
        12,
        (
            "Folds once and shuts with a soft click. Stands by itself on the table, so calls with grandma need no bottle to lean on.",
            "一折即合，声音轻轻的一下。自己能立在桌上，和奶奶视频不用再靠水瓶。",
        ),
        (
            "Willow Flip half open on a table, a list on its lower half",
            "半开着立在桌上的柳叶折叠，下半屏是清单",
        ),
        (
            "Three closed Willow Flips in clay, cream and willow green",
            "三部合上的柳叶折叠：陶色、米白和柳绿",
        ),
    ),
    thing(
        "ledger-fold",
        "bamboo-signal",
        "phones",
        ("Ledger Fold", "账册折叠屏"),
        8999,
        5,
        (
            "Opens like a small book: words on the left, pictures on the right. For people who carry the whole shop in a coat pocket.",
            "像小书一样打开，左边看字，右边看图。给把整间店揣在大衣口袋里的人。",
        ),
        (
            "Ledger Fold open, text on the left and a painting on the right",
            "打开的账册折叠屏，左页是文字，右页是画",
        ),
        ("Ledger Fold closed, standing on a tea room table", "合上的账册折叠屏立在茶室桌上"),
    ),
    thing(
        "wren-5",
        "bamboo-signal",
        "phones",
        ("Wren 5", "鹪鹩 5"),
        1599,
        64,
        (
            "Does everything a first phone should and costs what a phone should. Comes in lake blue, rice white and straw.",
            "第一部手机该会的它都会，价钱也是手机该有的价钱。湖蓝、米白、麦秆三色。",
        ),
        (
            "Three Wren 5 phones in lake blue, rice white and straw",
            "三部鹪鹩 5：湖蓝、米白和麦秆色",
        ),
        ("Lake blue Wren 5 lying on striped linen", "条纹亚麻布上的湖蓝色鹪鹩 5"),
        was=1799,
    ),
    thing(
        "boulder-x",
        "bamboo-signal",
        "phones",
        ("Boulder X", "磐石 X"),
        2799,
        15,
        (
            "Screwed together, not glued, and happy in rain, dust and the bottom of a rucksack. Any repair shop can open it.",
            "用螺丝拧起来，不用胶水，不怕雨、灰和背包底。哪家修理店都能打开。",
        ),
        (
            "Rugged Boulder X phone with amber corners standing on a rock",
            "带琥珀色护角的磐石 X 立在石头上",
        ),
    ),
    thing(
        "plain-talk",
        "bamboo-signal",
        "phones",
        ("Plain Talk", "直说"),
        399,
        80,
        (
            "Twelve keys, large numbers, ten days of battery. It calls, it writes, and then it leaves you alone.",
            "十二个键，大字，十天电。能打、能发，然后就不打扰你了。",
        ),
        ("Cinnabar keypad phone with a wrist cord", "带手绳的朱砂色按键手机"),
    ),
    thing(
        "quiet-page-phone",
        "bamboo-signal",
        "phones",
        ("Quiet Page phone", "静页手机"),
        2399,
        18,
        (
            "A paper-like screen that rests the eyes, with room for messages, maps and long books. No colour, and after a day nobody misses it.",
            "像纸一样的屏幕，眼睛不累，装得下消息、地图和长篇小说。没有颜色，用一天就忘了。",
        ),
        (
            "Quiet Page phone showing a page of text beside a small vase",
            "静页手机显示一页文字，旁边是小花瓶",
        ),
        (
            "Quiet Page phone with a book, reading glasses and coffee",
            "静页手机和书、老花镜、咖啡放在一起",
        ),
    ),
)
