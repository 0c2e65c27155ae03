# ruff: noqa: E501
"""Posts of the last three days."""

NEAR = """
== nora 9m friends [vote shoe-present]
Two weeks at home this winter. My mother wants "something Chinese, but useful, and it must fit in a shoe".
sol: The tea. She can forget the small cake in the shoe.
mei: The silk can be the wrapping of the other two. You are welcome.
ru: 方巾。鞋里还暖和。
♥ mei sol ru yu lin
== mei 25m friends [picture lane tea quiet-water-teapot-1]
Ceramics lane stays open until ten. They let you hold everything and nobody hurries you. I go back tomorrow: want anything?
bo: The one with the blue waves, if it is under 300.
lin: 看看有没有提梁的，小的。
nora: I want everything. I will settle for the seconds shelf.
wen: The small one. You know which.
♥ wen bo nora lin qing dong hua shan ru yu
== qing 52m everyone [vote dress]
I design roofs for a living and cannot choose a dress. A friend's wedding, outdoors, late light, grass that will be wet.
wen: The red one turns when you turn. Grass forgives.
yan: 旗袍，湿草地上走得慢，显得端庄。
nora: Sage danced four speeches and a duck. I am a witness.
♥ wen mei nora yan sol
== yu 1h10m everyone [item kestrel-half-frame]
Waited three weeks for this to come down. Somebody hold my hand.
sol: I am holding soup. Will that do?
amina: Press it. You will remember the camera, not the price.
tian: She will remember the price.
♥ wen mei amina sol tian
== ming 1h45m friends [picture hotpot]
周日试菜：清汤一边，红汤一边。双胞胎坐清汤，我坐中间，两边都得照应。
peng: 他们俩已经开始为谁坐靠锅那边猜拳了。
hao: 我负责洗碗，有表为证。
lin: 冬笋切薄一点。
♥ wen hao lin su peng yan shan
== hao 2h20m friends
Counted everything I voted on this month: 31 votes, 19 on the winning side, 4 changed at the last minute, 1 changed twice. I am not proud of the last one.
mei: Which one was it?
hao: Curtains.
wen: I remember the curtains. I still have not decided.
♥ mei wen bo yu nora
== xia 3h everyone [picture desk]
新的一页画完了，萝卜第一次看见雪。它以为是糖。
wen: It should taste it on the next page.
nora: I read this one without a dictionary. Radish. Snow. Sugar. Thank you.
ye: 夜班看到，笑了一声，病人问我笑什么，我给他看了，他也笑了。
♥ wen nora ye ning kai lan rui shan mei ru
== sol 3h40m everyone
The aunt is away for three days. I cooked her noodles at home, from memory, and shouted at myself. It was not the same.
nora: Did you insult the vinegar?
sol: I could not. It had done nothing.
mei: Come at seven. I have two kinds of vinegar and both deserve it.
♥ wen mei nora yu ru teo
== lin 4h30m friends [picture running-glaze-cups-1]
今天喝的是祁门，用的是第二把壶，杯子是小石的。窗外的树叶还剩七片，我数着呢。
su: 明天就剩五片。
mei: 林阿姨，您的杯子把茶都照亮了。
wen: I can see six. One is behind the frame.
♥ mei wen su dong hao hua nora yan wu
== wen 5h20m everyone [vote sitting]
Last spread of the book: the badger sits down, at last, and everyone waits with him. I need the right place to sit for two hours.
bo: Balcony. He should see who is coming.
ru: 窗边，下雨，有声音。
ning: 窗边有灯的话，书也看得见。
xia: 下雨好，毛会湿，可以画。
♥ mei yu nora sol bo ru lin ning xia hao qing amina
== fan 6h everyone [picture cloud-step-2]
Thursday's box is here: Cloud-step 41 and 42 in pine and ink, clay in everything. If you are between sizes, write to us about your socks.
bo: I have written to you about my socks.
fan: We know, Bo. We read it out at lunch.
♥ bo jun wen teo rui sol
== rui 7h30m everyone [item mustard-high-top]
教了六个小朋友憋气，有一个憋着憋着睡着了。奖励自己一双黄的。
jun: Still not a running shoe.
rui: 它是黄的。
shan: 明天给那个小朋友带个面包。
♥ jun shan xia sol teo ye bo
== tian 9h everyone [picture lake]
06:12. The boatman and I have agreed not to talk before seven. The heron agreed first.
amina: The red in the water is unfair.
oldhe: 这张可以当邮票。
wen: I would like to live in the left third of this.
♥ wen amina yu oldhe sol mei qing de ning nora
== hao 8h everyone [vote grandpa-phone]
外公的手机，家里人意见一致：听大家的。表已经做好了，他本人也投了一票，投的是大按键。
wu: 我还要能下棋
oldhe: 静页我用过，字像铅字，眼睛舒服，只是翻棋谱的时候要有耐心，不过下棋的人不缺这个。
shuai: Bring him in. We set the letters to walnut size, free of charge.
lin: 会自己站着的那个也好，咔哒。
♥ wen su lin ming peng yan oldhe wu lei
== ye 10h friends [item dew-cream]
下班路上的天是粉的。四瓶面霜到了，给值班室留了一瓶，门上写着"病人除外"。
shan: 我的那瓶有桂花味，可能是我的问题。
lan: 空瓶可以寄回来，换一支小样。
♥ wen shan rui ru lan ning
== bo 13h friends [item terrace-rucksack]
Packed for two days. Unpacked. Packed again with the socks on top, because the person who buys socks last needs them first.
hao: There is a column for this.
mei: You still have no shoes.
bo: There is a vote for this.
♥ mei wen yu hao jun teo
== su 1d 20:10 friends
跳了一个钟头，新曲子，转三圈半那个我转了四圈。年轻人在旁边鼓掌，我说这算什么，你等我六十。
lin: 你快六十了。
su: 五十九岁半。
yan: 姨，那半圈是送的。
♥ wen hao lin yan ming peng hua
== nora 1d 19:02 everyone [item fish-plates]
Week ninety-four. The fish appears when you finish. I ate two dinners to see it twice.
mei: This is how they get you.
dong: Next one has two fish. You will need three dinners.
qing: The chopstick rest is the real hero.
♥ mei wen dong qing sol ru lin amina shan
== kai 1d 18:30 everyone [picture silverleaf-air-2]
Things found inside laptops this week: a leaf, a theatre ticket from 2019, sesame, more sesame, and a very small sticker of a radish.
xia: 它又丢了吗？
kai: It is on the lid now, with the others.
lei: 请问带发票的内存条还有吗？
kai: Yes, Lei. Always.
♥ xia wen nora lei ning qing peng
== peng 1d 13:20 friends [item tin-pocket]
说好一个双胞胎玩二十分钟，轮到第三个的时候我才发现第三个是我爸。
ming: 那个接水管的关不好过。
wu: 我过了
hao: Grandpa is on level nineteen. I have proof.
♥ hao ming yan su lei hua shan
== ru 1d 23:15 friends
B 面第三首，一直以为歌词是"等船"，听了七年，今晚才听清是"等春"。都可以。
wen: I heard "boat" too. I drew the boat.
yan: 这首我能唱，等春等船都行。
mei: I will wait for either with you.
♥ wen mei yan nora sol yu shan ye
== amina 1d 17:05 everyone [picture shop-front]
Doorway number fourteen. He has sold cumin here for thirty-one years. I asked what changed. He said the customers got taller.
yu: Fourteen is the one.
sol: I can smell this picture.
oldhe: 三十一年，这条街的信我送过。他父亲卖的是胡椒。
amina: Uncle He, I need to call you.
♥ yu wen tian sol oldhe mei nora qing de lan
== lan 2d 16:40 everyone [picture first-petal-perfume-1]
新调的小样叫"未开"，是初瓣开之前的那一天。想试的写一句你最喜欢的植物，我寄十份。
shan: 面团算植物吗？
lan: 小麦算。
hua: 柿子树，叶子落完的时候
ning: 书桌左边那盆，不知道叫什么。
wen: Osmanthus on a wet bicycle.
♥ wen shan hua ning yan ru ye xia rui mei
== teo 2d 15:10 everyone [vote melon]
The market aunt says nobody carries two. I have skated past her three times with one, to make a point.
rui: You will drop it in front of her.
bo: One, twice, is my whole philosophy of stairs.
sol: One, twice.
♥ rui jun bo sol yu ye
== wu 2d 09:30 friends
今天公园 三盘两胜 老张的马动不了
ming: 爸，您会发帖了？
peng: 我教的，用静页，字有核桃那么大。
yan: 外公，马为什么动不了？
wu: 我看着它呢
♥ ming peng yan hao su lin lei hua oldhe
== lei 2d 12:15 everyone [item tall-grass-keys]
新键盘。同事说我打字像下小雨。周一的报告写得比平时长，可能是手感问题。
kai: The invoice is in the box, under the second foam.
wen: Does the red key do anything special?
lei: 回车。很正式的回车。
♥ kai wen xia hao peng
== dong 3d 21:00 everyone [picture celadon-tea-set-2]
34 good, 6 for the path. Thank you to everyone who came and held things with both hands.
mei: I held eleven and bought none. Please note it.
lin: 我摸了，我走了。
dong: 您走了两回。
nora: I am still thinking about number nineteen.
♥ mei nora lin wen qing hao shan hua yan
"""
