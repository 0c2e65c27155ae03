# ruff: noqa: E501
"""一家人, and the other chat that one of them must not see."""

from .shapes import Group

FAMILY = Group(
    "family",
    "一家人",
    "ming su lin wu hao wen peng lei hua yan",
    unread={"wen": 4, "wu": 9, "hua": 14, "lei": 2},
    script="""
== 15d 18:30
ming: 周日照旧，十一点开饭。谁不来提前说，米要按人头下。
su: 来。我带一条鱼，早市刚讲下来的价。
  + 👍 ming hao
hao: 来，我和李雯一起。
wen: 我带水果。
lin: 我带一壶茶，不许说又是那把壶。
peng: 我们四口，双胞胎现在各吃一碗半。
ming: 那就是三碗。加米。
  + 😂 wen hao lin
hua: 我在乡下，来不了。柿子托人捎上去。
wu: 几点
ming: 爸，十一点。
wu: 好
== 13d 13:52
su: 今天的鱼怎么样？
lin: 鲜。就是姜放多了。
ming: 姜是照您的量放的。
lin: 那就是刚好。
  + 😂 hao wen peng
peng: 双胞胎问下周还有没有那个锅巴。
ming: 有，专门给他们烧糊一点。
wen: 拍了一张。 [picture hotpot]
  + ❤️ su ming lin peng
su: 把我的手拍胖了。
wen: 那是鱼的盘子。
  + 😂 hao peng yan
== 10d 09:15
hua: 柿子到了吗
wen: 到了，一箱三十六个，一个没磕坏。
hua: 软的先吃
yan: 谢谢华姨，我留了六个，放窗台上晒着呢。
lin: 柿子和茶不要一起吃。
hao: 有科学依据吗？
lin: 有我。
  + 😂 wen yan ming
== 8d 20:06
wu: 手机坏了
hao: 外公，怎么坏的？
wu: 字没了
peng: 可能是亮度调到底了。
wu: 不是 是字小
su: 他要大按键的，说了两年了。
wen: 外公看看这个？ [item plain-talk]
  + 👍 su hao
wu: 这个按键大
wu: 能下棋吗
peng: 不能，爸，它只能打电话发短信。
wu: 那不要
ming: 您天天在公园下，还要手机里下？
wu: 下雨天呢
  + 😂 wen hao peng yan
hao: 我列了个表：字大、能下棋、十天充一次电，三样只能选两样。
wu: 选三样
yan: 静页那个怎么样？字能放很大，像纸一样，还能装棋谱。 [item quiet-page-phone]
wen: 这个好，晚上看也不刺眼。
lei: 记得开发票，公司今年有给老人买的补贴。
  + 👍 hao
su: 下周日拿来给他试试再说。
wu: 好 试试
== 5d 21:30
yan: 周四晚上我在茶馆唱，七点半，给你们留一桌？
lin: 留。我坐前排，听不清词。
ming: 我收了摊过来。
wen: 我和梅一起来，可以吗？
yan: 带多少人都行，茶钱自己付。
  + 😂 wen
lei: 我周四加班，帮我录一段。
== 4d 22:12
lin: 唱得好。第二段我都跟着哼了。
su: 你哼得比她响。
  + 😂 wen yan ming hao
yan: 谢谢姨。今天那件旗袍好看吗，靛蓝那件，三楼衣橱改的。
wen: 好看，坐下也不勒，我看你还吃了三块糕。
yan: 所以才买这件。 [item indigo-qipao]
  + ❤️ wen lin
lin: 899，不便宜。可一年唱四十场，一场二十几块，便宜。
hao: 林阿姨，这张表我早就想做了。
== 2d 19:40
ming: 周日菜单，报菜名：冬笋、鱼、两个青菜、锅巴、萝卜汤。
peng: 双胞胎要求锅巴两份。
ming: 准。
su: 鱼我来。
hao: 我来洗碗。
lin: 上次你洗，碟子少一个。
hao: 那个是猫。
lin: 我们家没有猫。
  + 😂 wen peng ming yan
== 3h10m..2h20m
wu: 今天赢了老张两盘
ming: 厉害。
wu: 他说我手机该换了
peng: 周日就试，静页我已经借到一台。
  + 👍 wen su
wu: 好
yan: 外公，字给您调到最大。
== 52m..4m
lin: 今天早市青菜三块五，上礼拜还两块八。
su: 我三块拿的，第三排左边那家，跟他说是我。
hao: 妈，您这是有账户啊。
su: 有面子。
  + 😂 wen ming peng
lin: @wen 你看看这个包的锁扣，转一下声音好听得很。 [item pine-handbag]
su: 谁要买包？
lin: 没谁，我看看。
ming: 对，她看看。
""",
)

BIRTHDAY = Group(
    "birthday",
    "妈妈六十（别加她）",
    "hao wen lin ming peng lei yan hua mei",
    unread={"wen": 3, "hua": 1, "lei": 4},
    script="""
== 7d 22:03
hao: 建这个群只有一个目的：下周六我妈六十。只有一条规矩：谁说漏嘴谁请客。
lin: 我嘴最紧。
ming: 姐，上回惊喜是你第一个说的。
lin: 那回是她猜的，我只是点了头。
  + 😂 wen peng yan hao
wen: 她跟我说什么都不缺。
hao: 所以要买她天天用、自己绝不会买的。预算一千三以内，大家分。
peng: 算我两份，双胞胎有零花钱了。
  + ❤️ lin wen
yan: 手表？她那块走得比她跳舞还快。
lei: 同意手表。开一张发票就行。
hao: 不是公司买，哥。
lei: 习惯了。
  + 😂 yan peng wen
== 5d 12:40
mei: 我在静窑看到一把壶，红泥的，出水利落，一滴不落。 [item quiet-water-teapot]
lin: 她有三把壶了。
wen: 林阿姨，有三把壶的是您。
lin: 那就是我记错了。不过第四把也不是错。
  + 😂 hao mei wen ming
ming: 壶她会天天用。表她会锁进抽屉。
yan: 表我负责让她戴上。 [item slow-hour-watch]
wen: 还有那个松绿的手袋，她每次路过都摸一下锁扣。 [item pine-handbag]
  + 👍 peng yan
hao: 好，三样。表格已建，今晚投票。
== 4h..3h20m
hao: 妈妈说什么都不要，所以这事归我们定。今晚十点截止，姨们也算票。
hao: [vote sixty]
lin: 我投壶。
ming: 我也投壶，实在。
peng: 包。绿的，跟她什么衣服都不配，又什么都配。
  + 😂 yan wen
wen: 我先投壶，让我再想想。
hao: 她会明天告诉我们。
mei: 你们都背这句了是吧。
  + 😂 hao lin
yan: 手表。理由：戏台上看得清。
lei: 手表。走时准，有保修。
== 47m..6m
hao: 手表刚降了一百八十一。
mei: 这个价，手表就是另一个问题了。我改票。
lin: 改票可以，改口不可以，说好的请客还算。
hua: 我选壶 家里柿子木可以做个托
  + ❤️ wen mei hao lin
ming: 这个托我出漆钱。
hao: 还差一票，没投的自己知道是谁。
mei: 是你，陈昊。
""",
)
