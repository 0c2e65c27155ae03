# ruff: noqa: E501
"""What people asked each other to decide. A ballot is `who:option`, options counted from 1."""

from .shapes import Choice, Vote

VOTES = (
    # In chats -------------------------------------------------------------------------------
    Vote(
        "shoes",
        "Which colour for Bo?",
        (
            Choice("Pine", picture="cloud-step-1"),
            Choice("Clay", picture="cloud-step-2"),
            Choice("Ink", picture="cloud-step-3"),
        ),
        "yu:1 mei:1 hao:2 wen:2 hao:3",
        left="2h14m",
    ),
    Vote(
        "sixty",
        "妈妈六十，送哪一样？",
        (
            Choice(item="quiet-water-teapot"),
            Choice(item="slow-hour-watch"),
            Choice(item="pine-handbag"),
        ),
        "lin:1 ming:1 wen:1 yan:2 lei:2 peng:3 mei:1 hua:1 mei:2",
        left="1h42m",
    ),
    Vote(
        "laptop",
        "Laptop for drawing, under ¥6,000 · 六千以内的画画电脑",
        (
            Choice(item="ridge-14"),
            Choice(item="margin-tablet"),
            Choice("Keep the old one, add a good screen · 旧电脑加一块好屏"),
            Choice(item="leaf-13"),
        ),
        "nora:1 qing:1 lei:4 xia:2",
        left="2d3h",
    ),
    Vote(
        "museum",
        "Longquan room: when do we go?",
        (
            Choice("Friday morning"),
            Choice("Saturday after four"),
            Choice("Sunday, straight from the kiln"),
        ),
        "mei:1+3 nora:3 qing:1 lin:3 hao:3 dong:1+3",
        multiple=True,
        left="1d5h",
    ),
    Vote(
        "share",
        "One Kestrel, two people?",
        (
            Choice("Share it, odd frames and even frames"),
            Choice("Buy your own, stay friends"),
            Choice("Wait for the next one"),
        ),
        "tian:1 amina:1 oldhe:1 teo:1 sol:2 de:3 sol:1",
        lasted="4h30m",
    ),
    Vote(
        "scent",
        "三十岁，哪一瓶？",
        (
            Choice("退潮", picture="low-tide-perfume-1"),
            Choice("初瓣", picture="first-petal-perfume-1"),
        ),
        "ru:1 wen:2 yan:2 shan:1 ning:2 xia:1 ye:2 ye:1",
        secret=True,
        left="22h",
    ),
    Vote(
        "river-time",
        "Tonight: nine, or half past?",
        (Choice("Nine"), Choice("Half past, after the rain")),
        "rui:2 teo:2 jun:1 sol:2 jun:2 bo:2",
        ended="1h20m",
    ),
    # In posts -------------------------------------------------------------------------------
    Vote(
        "shoe-present",
        "A present that fits in a shoe",
        (
            Choice(item="three-tea-tins"),
            Choice(item="silk-square"),
            Choice(item="orchard-hand-cream"),
        ),
        "sol:1 mei:2 ru:2 yu:1 qing:1 amina:3 dong:1 lin:2",
        left="1h12m",
    ),
    Vote(
        "sitting",
        "Which chair would you sit in for two hours with a book?",
        (
            Choice("The balcony one", picture="balcony"),
            Choice("By the window, rain included", picture="rainy-window"),
        ),
        "wen:2 mei:2 yu:1 nora:2 bo:1 ru:2 hao:1 lin:2 sol:1 ning:2",
        left="9h",
    ),
    Vote(
        "grandpa-phone",
        "外公的新手机：字要大，能下棋，十天充一次电，三样选两样",
        (
            Choice(item="plain-talk"),
            Choice(item="quiet-page-phone"),
            Choice(item="willow-flip"),
        ),
        "su:1 ming:2 wen:2 peng:2 lin:3 yan:2 oldhe:2 wu:1",
        left="3d2h",
    ),
    Vote(
        "dress",
        "A friend's wedding, outdoors, October light. Which one?",
        (
            Choice(item="sage-linen-dress"),
            Choice(item="cinnabar-dress"),
            Choice(item="indigo-qipao"),
        ),
        "mei:1 wen:2 ru:3 sol:2 nora:1 qing:3 amina:2 yan:3 shan:2 rui:2",
        left="1d9h",
    ),
    Vote(
        "honest",
        "Honestly: do you read the instructions?",
        (
            Choice("Before I open the box"),
            Choice("When something smells"),
            Choice("Ning reads them to me"),
        ),
        "ning:1 yu:2 wen:3 bo:2 hao:1 lei:1 mei:3 kai:2 sol:2 tian:3 xia:3 peng:2",
        secret=True,
        left="14h",
    ),
    Vote(
        "kettle",
        "铁壶还是电壶？",
        (
            Choice("铁壶，慢", item="iron-kettle"),
            Choice("电壶，快"),
            Choice("让林阿姨决定"),
        ),
        "mei:1 dong:1 hao:2 lei:2 ming:2 wen:3 lin:1 nora:1 yan:3 shan:1",
        lasted="1d",
    ),
    Vote(
        "cover",
        "Cover of the badger book: which light?",
        (
            Choice("Evening on the lane", picture="lane"),
            Choice("First snow", picture="snow-court"),
            Choice("Mist on the steps", picture="mountain-steps"),
        ),
        "mei:2 nora:2 yu:3 sol:1 bo:3 hao:2 ru:2 amina:1 lin:2 xia:2 ning:2 tian:3 qing:2",
        lasted="1d6h",
    ),
    Vote(
        "melon",
        "How many melons can one person carry on a skateboard?",
        (Choice("One"), Choice("Two"), Choice("One, twice")),
        "sol:3 rui:1 jun:2 bo:3 yu:3 amina:1",
        lasted="8h",
    ),
)
