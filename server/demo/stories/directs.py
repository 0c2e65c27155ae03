# ruff: noqa: E501
"""What two people say when nobody else is there."""

from .shapes import Direct

DIRECTS = (
    Direct(
        "wen",
        "mei",
        unread={"mei": 1},
        script="""
== 8d 21:15
mei: Are you awake or are you drawing?
wen: These are the same.
mei: I am at the lane. Everything is lit and nobody is buying. It is my favourite hour. [picture lane]
  + ❤️ wen
wen: Describe one thing.
mei: A small teapot that somebody made on a good day. The spout looks like it is about to say something.
wen: Do not buy it.
mei: I am only holding it.
wen: That is how the last three began.
  + 😂 mei
== 5d 08:40
mei: What are you wearing to Thursday? The singing.
wen: The skirt. The green one with the pleats. [item moss-skirt]
mei: With which top?
wen: This is where the plan ends.
mei: White shirt, sleeves rolled twice. [item linen-shirt]
wen: Is it ironed?
mei: It is linen. Ironing is an opinion.
  + 😂 wen
== 4d 23:20
wen: She sang so well. I drew the whole second half on the back of the tea list.
mei: Show.
wen: It is on my wall already. You will have to come and see it.
mei: On the way tomorrow, with buns.
  + ❤️ wen
== 2d 22:06
wen: Help me with lips. I meet the publisher on Wednesday. Cinnabar or the brick one?
wen: [picture cinnabar-lipstick-2]
mei: Cinnabar. You get two centimetres taller in it.
wen: It stays through noodles, they claim.
mei: Test it at the aunt. If it survives the aunt it survives a contract.
  + 😂 wen
== 1d 13:02
wen: It survived the aunt, a dumpling and the inside of my mug.
mei: Sign anything.
== 2h30m..1h10m
mei: I am at the lane again. There are two small cups left, the ones with the blue wave.
wen: How blue?
mei: Like ink that has changed its mind.
wen: Bring me the small one.
mei: There are two small ones.
wen: Then bring me the one that looks back at you.
  + ❤️ mei
mei: Done. And what did you vote for the birthday?
wen: The teapot. For now.
mei: For now, she says.
wen: I may tell you tomorrow.
""",
    ),
    Direct(
        "wen",
        "bo",
        unread={},
        script="""
== 6d 19:30
bo: Do you have a spare mat? Mine has a hole shaped like my dog.
wen: Blue one, behind the door. It has paint on it.
bo: What did you paint?
wen: The mat, mostly.
  + 😂 bo
== 5d 20:11
bo: Which tent, if we do the spring trip as well? I am thinking ahead for once.
wen: Thinking ahead to April in November. Who are you?
bo: A man with new shoes, nearly.
wen: Ask in the group, make it a vote.
bo: Last time you all voted that I sleep outside.
wen: It was close.
  + 😂 bo
== 1d 21:40
wen: How did your knee do on the river run?
bo: It filed a complaint and then withdrew it.
bo: Jun says well done. I asked him to.
wen: Well done, Bo.
  + ❤️ bo
== 1h50m..1h35m
bo: 42, you are sure?
wen: 42. Thick socks. Going down is where you will thank me.
bo: I thank you already, in case I do not make it down.
  + 😂 wen
""",
    ),
    Direct(
        "wen",
        "hao",
        unread={"wen": 1},
        script="""
== 6d 12:20
hao: 姐，妈问我为什么最近老躲着看手机。
wen: 你怎么说的？
hao: 我说在选一把椅子。
wen: 那现在她要等一把椅子了。
  + 😂 hao
hao: 所以我可能还得买一把椅子。
== 3d 22:30
hao: 黄山的表我发你一份，你那列"起床"我先填了五点五十。
wen: 五点五十是夜里。
hao: 六点四十一日出，走到观景台二十五分钟，你梳头二十分钟。
wen: 我可以不梳头。
hao: 已更新：五点五十五。
  + 😂 wen
== 1d 09:14
wen: 电脑那张表我看了，"预计快乐"那列是怎么算的？
hao: 你每次说起它的时候用了多少个感叹号。
wen: 我从来不用感叹号。
hao: 所以是零，按零排的，结果最贵的赢了。
  + 😂 wen
== 3h50m..3h20m
hao: 投票开了，十点截止。你投了壶？
wen: 先投着。
hao: 表里有一列叫"先投着"，里面只有你。
""",
    ),
    Direct(
        "wen",
        "lin",
        unread={},
        script="""
== 7d 17:05
lin: 小雯，我下单按错了，买成两份护手霜，你要不要一份？
wen: 要，您怎么知道我缺？
lin: 你上次倒茶，手像砂纸。
  + 😂 wen
wen: 谢谢林阿姨，我天天洗笔。
lin: 洗完就抹，别等干了。
== 3d 10:26
lin: 你帮我看看，这个手机能不能自己站着？我跟老姐妹视频，老得靠酱油瓶。 [item willow-flip]
wen: 能，半开着就立住了，合上还咔哒一声。
lin: 五千多呢。
wen: 那酱油瓶再用用？
lin: 酱油瓶倒了，昨天聊着聊着我就躺下了。
  + 😂 wen
wen: 周末我陪您去店里试，不买也让您咔哒几下。
lin: 好，咔哒几下。
  + ❤️ wen
== 1d 16:50
lin: 你大姨问我周六有没有空，我说有，也说没有，她看我的眼神不对。
wen: 您别说话了，您喝茶。
lin: 我喝着呢。
  + 😂 wen
== 58m..50m
lin: 群里发包是我没忍住。
wen: 大家都说您"看看"，圆过去了。
lin: 那我晚上再看看别的，显得自然。
""",
    ),
    Direct(
        "wen",
        "yu",
        unread={"yu": 1},
        script="""
== 10d 20:00
yu: I need somebody to stand in a doorway and look as if they have forgotten something.
wen: I have experience.
yu: Tomorrow, four o'clock, light from the left.
wen: I will come at four and arrive at half past, the light will be better.
yu: It will, annoyingly.
  + 😂 wen
== 9d 18:20
yu: You forgot something so well that a man asked if he could help.
wen: I had really forgotten something. My keys were in your bag.
yu: I know. That is why the picture is good.
  + ❤️ wen
== 2d 22:01
wen: About sharing the Kestrel. I mean it.
yu: Odd frames and even frames?
wen: You take one, hand it over, I answer. Seventy-two, thirty-six conversations.
yu: And who keeps it?
wen: Whoever is late has it least. So you.
  + 😂 yu
yu: 1,449 fen 50 each. Hao would like the fen.
wen: Yuan, Yu.
yu: Yuan. You see why I need a partner.
== 1h2m..42m
yu: They are all telling us to share it.
wen: Uncle He's sentence about the mountain did something to me.
yu: Me too. I pressed buy and then I pressed back.
wen: Wait for me. I am nearly decided.
yu: De says he cannot hold it.
wen: Then hold it in your heart until tomorrow noon.
""",
    ),
    Direct(
        "ning",
        "wen",
        unread={"wen": 2},
        script="""
== 9d 16:40
ning: 你借的那本《动物的睡姿》还有三天到期。
wen: 能续吗？我画到第二十页，他还要睡一次。
ning: 可以续两次，你已经续了两次。
wen: 那怎么办？
ning: 你还回来，我当场借给你。
  + ❤️ wen
== 2d 15:12
ning: 说明书找到了，你那台旧电脑的，第四十一页写着"请勿边吃边用"。
wen: 现在告诉我有点晚。
  + 😂 ning
== 2h45m..2h38m
ning: 书名好听的那本也到了，给你留在还书台右边。
ning: 右边，不是左边，左边是罚款的。
""",
    ),
    Direct(
        "hao",
        "lin",
        unread={},
        script="""
== 5d 20:40
hao: 林阿姨，生日的事您那边没露馅吧？
lin: 我嘴最紧。
hao: 我妈昨天问我，红泥壶养起来麻不麻烦。
lin: 那是她自己想的。
hao: 她从来没想过壶。
lin: 我就说了一句"天凉了，壶好"。
  + 😂 hao
== 1d 19:20
lin: 蛋糕我订好了，上面写六十还是不写？
hao: 不写。她说自己五十九岁半。
lin: 那写"五十九岁半"。
  + 😂 hao
""",
    ),
    Direct(
        "yu",
        "tian",
        unread={"tian": 1},
        script="""
== 7d 06:02
tian: He is back. Third reed from the left.
yu: It is six in the morning.
tian: He did not ask what time it was either.
  + 😂 yu
== 3d 17:33
yu: If I buy the half-frame, will you still lend me the long one?
tian: It was never mine, it is the shop's. But yes.
== 2h20m..2h5m
tian: Mist until nine tomorrow. If you want a picture with nothing in it, this is the day.
yu: Nothing is my subject.
""",
    ),
    Direct(
        "mei",
        "nora",
        unread={},
        script="""
== 6d 18:10
nora: Which day do you put out the seconds? I mean the shop. I mean I am asking for me.
mei: Mondays. Come at ten, Dong pretends not to see you.
nora: Week ninety-three needs to be small. My shelf is speaking to the neighbours.
  + 😂 mei
== 1d 18:45
nora: It is oval. I did not know a bowl may be oval.
mei: A bowl may be anything that is sorry when it is empty.
  + ❤️ nora
""",
    ),
    Direct(
        "jun",
        "bo",
        unread={},
        script="""
== 4d 21:50
jun: Ran behind you today. You land on the outside of your left foot.
bo: It likes it there.
jun: New shoes first, philosophy later.
== 1h40m..1h30m
jun: Friends are voting on your shoes and nobody asked the person who runs behind you.
bo: Pine, clay or ink?
jun: The ones with the sole attached.
  + 😂 bo
""",
    ),
)
