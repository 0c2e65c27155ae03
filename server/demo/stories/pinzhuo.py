# ruff: noqa: E501
"""四点半拼单: small things, bought together, at the hour when the night nurse shops."""

from .shapes import Group

POOL = Group(
    "pool",
    "四点半拼单",
    "ye ru shan rui wen yan lan xia ning",
    unread={"wen": 5, "ning": 2, "rui": 1},
    script="""
== 12d 04:32
ye: 有人醒着吗？夜班间隙，护手霜满三件减，我一个人凑不出。
ru: 醒着，在听第二面。要一支桂花。
shan: 醒着，面在发。我要蜜桃。
ye: 三支正好一盒。四点半的人就是靠谱。 [item orchard-hand-cream]
  + 😂 ru shan
wen: I am awake too and I do not know why. Next round, please.
ye: 李雯你去睡。
  + 😂 shan ru wen
== 10d 23:18
yan: 上台用的口红求推荐，要吃面不掉。
lan: 朱砂。不偏橘不偏蓝，我们自己人吃火锅试过。 [item cinnabar-lipstick]
ning: 火锅？
lan: 红汤，两小时，补了一次，是因为亲了杯子。
  + 😂 yan ye rui xia
yan: 189，比上个月便宜三十。
xia: 我想要，但我嘴边永远有颜料。
lan: 那就不用买了，您已经有了。
  + 😂 xia ye wen
rui: 我泡在水里八小时，什么颜色能活？
lan: 说实话，都不能。给您寄一支润唇的小样。
  + ❤️ rui
== 8d 12:40
ru: 眼影盘有没有不闪的？我一闪就像要登台。
lan: 九土里九个色，三个带闪，六个像土。 [item nine-earths]
ru: 像土好，我就要像土。
shan: 我上班前烤面包，脸上天然像土。
  + 😂 ru ye wen yan
wen: I only use two of the nine and I would buy it again for those two.
ning: 哪两个？
wen: Rice and pine soot. One for morning, one for opinions.
  + 😂 lan ning
== 6d 04:28
ye: 今天的问题：面霜。病房的空气像饼干。
lan: 晨露，绿茶和燕麦，没有看不懂的成分。 [item dew-cream]
ning: 说明书我看完了，全文四百字，确实都看得懂。
  + 😂 ye lan wen
ye: 图书管理员背书，下单。谁拼？
shan: +1
rui: +1，氯水泡的脸。
ru: +1
ye: 四瓶，包邮。散会，我去换药。
  + ❤️ shan rui ru lan
== 4d 21:30
xia: 帮我看看，漆色甲油三支，我只想要那个红的。 [item lacquer-trio]
yan: 松绿给我，我有件旗袍配。
ning: 贝壳给我，上班能涂的只有这个。
xia: 三个人一盒，三十三块。这就是友谊。
  + ❤️ yan ning wen
ye: 建议群名改成"三分之一"。
  + 😂 xia ning ru
== 2d 04:35
ye: 香水，退潮和初瓣，二选一，送自己三十岁。 [picture low-tide-perfume-1 first-petal-perfume-1]
ru: 退潮。像一张专辑的 B 面。
lan: 我调的退潮，不好意思投。
yan: 那初瓣谁调的？
lan: 也是我。
  + 😂 ye ru yan wen
ye: 投票吧，匿名的，省得得罪调香师。
ye: [vote scent]
wen: Voted. I will not say which one smells like my aunt's garden.
ning: 已投。
== 5h20m..4h50m
shan: 今天的面包是桂花的，护手霜也是桂花的，我整个人都是桂花的。
  + 😂 ye wen
ru: 气垫有人拼吗，云感，带替换芯，两个人一人一芯。 [item cloud-cushion]
xia: 我不行，我的色号是"颜料"。
  + 😂 ru lan
yan: 我和你拼，我要亮一号。
== 1h12m..29m
lan: 替换芯可以混色号发，我去跟仓库说。
  + ❤️ ru yan
ye: 投票还有一天，现在是退潮领先一票。匿名真好，大家都很诚实。
ning: 匿名的时候人最诚实，借书还书也一样。
rui: 谁没投？
ye: 我投了两次，改了一次，这不算丢人吧。
""",
)
