# ruff: noqa: E501
"""Buyers and shops, across the counter."""

from .shapes import Counter

COUNTERS = (
    Counter(
        "wen",
        "north-gate",
        unread={"wen": 1},
        script="""
== 3d 19:12
wen: Hello, is the Cloud-step back in 41? It is for a friend, I own a pair. [item cloud-step]
fan: Hello Wen. Pine and ink in 41 arrive on Thursday, clay is here. Which width is your friend?
wen: Wide. He walks like he is thinking.
fan: Then 42 and a thicker sock. Thinking feet need room.
  + 😂 wen
wen: And if it is wrong?
fan: We swap it and pay both ways. Fourteen days, mud included.
== 1d 10:05
wen: Do the wool socks really get mended for free? [item three-socks]
fan: The first hole, yes. Post them or bring them. Wash them first, please, we have had experiences.
  + 😂 wen
wen: Two packs then, five people, Hao is working it out.
fan: Put aside under your name.
== 1h25m..46m
wen: About the terrace rucksack, does the mat come off without the bag falling over?
fan: Yes, the straps close on themselves. I will send you a picture when the light is good.
fan: Size 41 is back in pine, by the way. Four pairs.
""",
    ),
    Counter(
        "bo",
        "north-gate",
        unread={},
        script="""
== 2d 13:20
bo: My shoes lost their sole on the Fuchun path. Is that something you mend?
fan: Are they ours?
bo: They are seven years old and from a petrol station.
fan: Then we can give them a funeral.
  + 😂 bo
bo: What do you have for wet granite, going down?
fan: Two answers. Light and grippy: [item cloud-step]
fan: Or for the rest of your life: [item granite-boots]
bo: How long does the rest of my life take to break in?
fan: Two weeks. The other one, no time at all.
bo: I have four days.
fan: Then you have your answer. Take half a size up.
""",
    ),
    Counter(
        "yu",
        "old-lens",
        unread={"yu": 1},
        script="""
== 6d 15:44
yu: Master De, honestly: the mark under the base of the Kestrel. From a fall? [item kestrel-half-frame]
de: From a tripod plate, tightened by somebody with a temper. Nothing behind it.
yu: And the meter?
de: Checked against two others. Third of a stop, to the kind side.
== 2d 21:30
yu: It came down.
de: It did. Three left at this price, they came together from one estate.
yu: Could you put one aside until Saturday?
de: No. I can put you aside until Saturday.
  + 😂 yu
== 3h30m..3h12m
yu: If two people bought it together, whose name goes on the warranty?
de: The one who reads the manual.
de: So, Wen's.
""",
    ),
    Counter(
        "hao",
        "quiet-kiln",
        unread={},
        script="""
== 4d 20:15
hao: 您好，静水壶如果周五下单，周六中午前能到杭州吗？ [item quiet-water-teapot]
dong: 能，我自己送到车站。
hao: 可以不放价签吗？是生日礼物，收礼的人会跟价签讲价。
dong: 可以，放一张顾师傅的手写卡。
hao: 太好了。如果大家投的不是壶呢？
dong: 那就是壶没选上人，它不急。
  + ❤️ hao
""",
    ),
    Counter(
        "yan",
        "peach-mirror",
        unread={"lan": 1},
        script="""
== 2d 11:30
yan: 朱砂口红补一支，再要一支你们说的那个睫毛膏，台上流汗会花吗？ [item ink-mascara]
lan: 流汗不会，流泪会一点，温水能卸。
yan: 我唱的那段，第二折一定哭。
lan: 那给您配一支小的，谢幕前补。
  + ❤️ yan
== 2h50m..2h42m
yan: 收到了，今晚试妆，第二折我看看它撑不撑得住。
""",
    ),
    Counter(
        "su",
        "third-floor",
        unread={},
        script="""
== 3d 09:10
su: 老板，那个绿手袋，一千一百五，一千行不行？ [item pine-handbag]
bai: 素姨，这是手缝的，少一分师傅要少缝一针。
su: 那你让他缝松一点，九百八。
  + 😂 bai
bai: 您来喝茶，价钱不动，茶随便喝。
su: 那我喝两壶，算你便宜了。
bai: 欢迎，坐窗边。
""",
    ),
    Counter(
        "xia",
        "blank-page",
        unread={"xia": 1},
        script="""
== 2d 17:20
xia: 罗凯，山脊那台能不能先摸一摸再决定？我手上有颜料。 [item ridge-14]
kai: 能，摸机是旧的，颜料已经有三种颜色了，欢迎加第四种。
  + 😂 xia
xia: 它画久了烫不烫？
kai: 左边温，右边凉。画萝卜够了。
== 1h15m..1h
kai: 摸机今天空着，五点以后我一个人在，可以慢慢画。
""",
    ),
)
