# ruff: noqa: E501
"""What the demo people say to somebody who writes to them: the first rule that fits, one of its
answers. Rules are regular expressions, for both languages at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """pattern: looked for in the words, ignoring case. `en` and `zh`: answers by language."""

    pattern: str
    en: tuple[str, ...]
    zh: tuple[str, ...]


COUNTER = (
    Rule(
        r"stock|available|left|sold out|有货|现货|还有吗|还有没有|库存",
        (
            "Yes, it is on the shelf behind me. Shall I put one aside until tomorrow noon?",
            "A few left. What the page says is what I can count here, I just looked.",
        ),
        (
            "有的，就在我身后的架子上。要不要给您留到明天中午？",
            "还有几件，页面上写的就是我刚数的数。",
        ),
    ),
    Rule(
        r"size|fit|small|large|width|尺码|码数|大小|偏大|偏小|多大|几码",
        (
            "Between two sizes, take the larger. If it is wrong we swap it and pay both ways.",
            "Tell me what you wear now and how it feels by the evening, then I can say.",
        ),
        (
            "两个码之间的话，拿大的。不合适我们换，来回运费都算我们的。",
            "您告诉我平时穿多大、傍晚时紧不紧，我给您说个准的。",
        ),
    ),
    Rule(
        r"deliver|ship|arrive|when|post|寄|快递|发货|几天|什么时候|到货",
        (
            "Ordered before four it leaves today, and is usually with you the day after tomorrow.",
            "Tomorrow before noon in the city, two days elsewhere. I write you when it leaves.",
        ),
        (
            "四点前下单今天就走，一般后天到。",
            "同城明天中午前，外地两天左右。发走了我告诉您。",
        ),
    ),
    Rule(
        r"return|refund|swap|exchange|broken|退|换|坏",
        (
            "Fourteen days, no reasons asked. Send me a photo if something is broken, I start at once.",
            "Of course. Send it back as it is, we pay the way.",
        ),
        (
            "十四天内都可以退，不问理由。要是坏了，拍张照片给我，我马上处理。",
            "可以的，直接寄回来就行，运费我们出。",
        ),
    ),
    Rule(
        r"price|discount|cheap|expensive|how much|¥|多少钱|便宜|贵|优惠|打折|价",
        (
            "The price on the page is the price. When it moves, everybody who watches it sees it at once.",
            "I cannot go lower on this one, but I can go slower: it is put aside for you until you are sure.",
        ),
        (
            "页面上的价就是价，动了的话，看着它的人同时都看得到。",
            "这个少不了了，不过可以慢慢想，我先给您留着。",
        ),
    ),
    Rule(
        r"colou?r|shade|颜色|色号",
        (
            "In daylight it is a little warmer than on the screen. I can take a picture at the window for you.",
            "Of the colours I would take the quiet one; it is the one people keep.",
        ),
        (
            "白天看比屏幕上暖一点。我可以在窗边给您拍一张。",
            "要我选就选最素的那个，留得最久。",
        ),
    ),
    Rule(
        r"thank|谢",
        ("You are welcome. I am here until nine.", "Any time. Tell us how it wears."),
        ("不客气，我在到九点。", "随时找我，用了跟我说说怎么样。"),
    ),
    Rule(
        r"",
        (
            "Let me look, one moment. What would you use it for?",
            "Good question. I would rather ask the person at the bench than guess. A minute.",
            "I have it in front of me now. What would you like to know?",
        ),
        (
            "我看一下，稍等。您打算怎么用？",
            "好问题，我去问问师傅，不乱猜，一会儿回您。",
            "东西就在我手边，您想知道哪方面？",
        ),
    ),
)

FRIEND = (
    Rule(
        r"^((hi|hello|hey|good (morning|evening))\b|你好|您好|嗨|哈喽|早|晚上好|在吗)",
        (
            "Hello. Good that you are here.",
            "Hi. I was just looking at something I should not buy.",
            "Hey. Sit down, there is tea.",
        ),
        ("在呢。", "你好呀，正想找人说话。", "来得正好，水刚开。"),
    ),
    Rule(
        r"thank|谢",
        ("Always.", "For you, any time.", "Say it again after it has broken."),
        ("客气什么。", "不谢，应该的。", "自己人，不说这个。"),
    ),
    Rule(
        r"shoe|boot|sock|鞋|靴|袜",
        (
            "Half a size up, and good socks. I learned that on the way down.",
            "Walk a staircase in them before you decide. Down, not up.",
        ),
        ("拿大半码，袜子要厚。", "先穿着下一段楼梯再决定，上楼都差不多。"),
    ),
    Rule(
        r"teapot|tea|cup|bowl|kettle|茶|壶|杯|碗|瓷|陶",
        (
            "Hold it first. If your hand does not want to put it down, there is your answer.",
            "Small spout, good lid, and it should pour without a drop on the table.",
        ),
        ("先拿在手里，放不下就是它了。", "看出水，看盖子，桌上不能有一滴。"),
    ),
    Rule(
        r"camera|film|lens|photo|picture|相机|胶卷|镜头|照片|拍",
        (
            "Which light do you like? Then I can tell you which camera.",
            "The one you carry is the best one. After that, a small one.",
        ),
        ("你喜欢什么光线？说了我才好推荐。", "带在身上的那台就是最好的。"),
    ),
    Rule(
        r"phone|battery|手机|电池|充电",
        (
            "Ask what you did with the last one, and buy for that.",
            "Two days of battery beats a third camera. I say it and nobody listens.",
        ),
        ("想想上一部你主要拿来干什么，就照那个买。", "能用两天电，比多一颗镜头强。"),
    ),
    Rule(
        r"laptop|computer|keyboard|screen|电脑|键盘|屏幕|平板",
        (
            "Go and hold it for ten minutes. The sheet does not know how it feels on your knees.",
            "Take the one that can be opened with a screwdriver. You will thank me in four years.",
        ),
        ("去店里摸十分钟，参数摸不出手感。", "买能拆的那种，四年后你会谢我。"),
    ),
    Rule(
        r"dress|coat|shirt|skirt|jumper|wear|裙|大衣|衬衫|毛衣|穿|衣服",
        (
            "Sit down in it. Standing, everything fits.",
            "Wear the one you would be sorry to lend.",
        ),
        ("坐下试试，站着什么都合身。", "挑那件舍不得借人的。"),
    ),
    Rule(
        r"lipstick|perfume|make-?up|cream|nail|口红|香水|眼影|面霜|腮红|甲油",
        (
            "Test it with noodles. If it survives, it is yours.",
            "Try it in daylight, and ask somebody who does not love you.",
        ),
        ("先吃碗面，还在的话就买。", "白天对着窗看，再问一个不惯着你的人。"),
    ),
    Rule(
        r"price|cheap|expensive|\byuan\b|¥|discount|多少钱|贵|便宜|价|打折",
        (
            "Divide it by the days you will use it. Then decide whether you believe yourself.",
            "It moved last week. I would wait two days and then stop waiting.",
        ),
        ("除以你会用的天数，再看看你信不信自己。", "上礼拜刚动过，再等两天，然后就别等了。"),
    ),
    Rule(
        r"\bvote|poll|decide|choose|which\b|投票|选哪|哪个|哪一|决定|纠结",
        (
            "Put it to a vote. We are good at other people's decisions.",
            "Which one would you be sad to see sold out?",
            "The first one. I shall deny having said so.",
        ),
        (
            "开个投票吧，别人的主意我们最会拿。",
            "想想哪个卖光了你会难过，就是哪个。",
            "第一个。别说是我说的。",
        ),
    ),
    Rule(
        r"lunch|dinner|noodle|eat|hungry|soup|饭|吃|面|饿|汤",
        (
            "Twelve fifteen, window table. I will keep you a seat and a vinegar.",
            "I could eat. I could always eat.",
        ),
        ("说得我饿了。", "带什么我吃什么，不挑。", "算我一份。"),
    ),
    Rule(
        r"mountain|huangshan|train|trip|walk|rain|weather|黄山|火车|爬山|下雨|天气",
        (
            "Bring the jacket, whatever the forecast says.",
            "Early train, late regrets. See you on the platform.",
        ),
        ("外套带上，天气预报归天气预报。", "早车，站台上见。"),
    ),
    Rule(
        r"\?|？|吗|呢$|怎么|什么|how|what|why|who|when|where",
        (
            "Honestly, I do not know. But I know who to ask.",
            "Let me think about it and tell you tomorrow. That was a joke. Give me a minute.",
            "I would say yes, and then I would check.",
        ),
        (
            "说实话不太清楚，不过我知道该问谁。",
            "让我想想，明天告诉你。开玩笑，一会儿。",
            "我觉得可以，你再确认一下。",
        ),
    ),
    Rule(
        r"haha|lol|😂|哈哈|笑",
        ("It was less funny when it happened.", "Do not tell Hao, he will count it."),
        ("当时可不好笑。", "别告诉陈昊，他会记到表里。"),
    ),
    Rule(
        r"",
        (
            "I see what you mean.",
            "That is fair. I had not looked at it from that side.",
            "Good. I was thinking the same and did not want to be first.",
            "Noted. Somebody will put it in a column.",
            "Tell me more when you are here.",
        ),
        (
            "有道理。",
            "我也这么想，就是没好意思先说。",
            "嗯，记下了。",
            "等你来了细说。",
            "这角度我没想过。",
        ),
    ),
)

HELLO = (
    "Hello, and welcome. The chats are louder than they look; just come in.",
    "Good to have you here. If you cannot decide something, we are at your service.",
)
HELLO_ZH = ("欢迎你来，群里热闹，别客气。", "加上啦。有什么拿不定主意的，随时开投票。")
"""To a new friend."""
