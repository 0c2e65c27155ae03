# ruff: noqa: E501
"""Circles around a thing: clay, film, drawing desks, the river at night."""

from .shapes import Group

CERAMICS = Group(
    "ceramics",
    "Ceramics circle",
    "mei dong nora qing hao wen lin shan hua",
    unread={"wen": 6, "hua": 20, "shan": 3},
    script="""
== 13d 16:20
dong: Kiln opens Sunday at ten. Forty pieces went in. I expect thirty.
nora: What happens to the ten?
dong: I break them.
nora: All of them? Even the almost good ones?
dong: Especially those.
  + 😮 nora qing
mei: He keeps the shards. There is a path behind the studio made of nine years of almost.
  + ❤️ nora wen
qing: I would pay for a square metre of that path.
dong: 不卖，下雨天我要走的。
  + 😂 mei wen lin
lin: 小石，上次的素烧杯子还有吗？
dong: 还有四只，给您留两只。
== 10d 13:05
mei: Opened. Thirty-four. He is pretending not to be pleased.
mei: [picture running-glaze-cups-1 celadon-tea-set-1]
  + ❤️ nora wen lin qing
nora: The left one in the first picture. Where the glaze stopped. That is the bowl I came to China for, except it is a cup.
dong: Cup is a tall bowl.
qing: Rim looks thinner than last time.
dong: Half a millimetre. New wheel, same hands.
hao: How many of the thirty-four are for sale?
dong: Thirty. Four are for arguing with.
  + 😂 hao mei nora
wen: I take a pair of the running glaze. Do not let me change my mind. [item running-glaze-cups]
mei: Screenshot taken.
  + 😂 nora qing
== 8d 19:36
nora: One character a day. Today: 釉. I have been saying "the shiny part" for two years.
lin: 写得好，左边别太胖。
nora: Like me after hotpot.
  + 😂 wen mei lin
shan: 我做了新的模子，烤了杯垫形状的饼干，明天带到工作室。
  + ❤️ mei dong nora
dong: 上次带的都被猫吃了。
shan: 工作室没有猫。
dong: 对。
  + 😂 shan mei wen hao
== 6d 11:48
qing: Question of principle. A teapot for daily use: clay that remembers, or porcelain that forgets?
mei: Remembers. That is the whole point.
qing: I drink three different teas a day. Mine would have a confused memory.
lin: 一壶一茶，三壶三茶。
hao: This is how a person ends up with three teapots.
lin: 三把刚好。
  + 😂 wen nora qing mei
wen: Porcelain, then. The celadon set does not care what you pour. [item celadon-tea-set]
qing: 1,280. It used to be 1,480. I have been watching it like a kettle.
nora: A watched celadon never falls.
  + 😂 qing wen
qing: It fell. That is my point.
== 3d 20:55
dong: Master Gu sent two red teapots. One drop test each. Neither left a drop on the table.
dong: [picture quiet-water-teapot-2]
  + ❤️ lin mei
lin: 我去看看。只看看。
hao: Auntie has left the building.
  + 😂 mei wen nora
mei: Do we do the museum together? The Longquan room is open again.
nora: Yes. Any day but Thursday, Thursday is my bowl day.
qing: Thursday evening I have site visits, morning is fine.
mei: We vote then.
mei: [vote museum]
== 1d 21:15
lin: 我去了。我摸了。我走了。
hao: Did you buy it?
lin: 我还在走。
  + 😂 mei nora dong wen
dong: She came back twice.
== 5h..4h10m
nora: Is it normal to be sad about a bowl that sold before you had the money?
mei: It is the most normal thing in this chat.
dong: Next firing, same clay, same spot in the kiln. No promises.
nora: No promises is the most honest thing a potter ever said to me.
  + ❤️ mei dong qing
shan: 周日开窑我带栗子饼。
qing: Is there a list for the four you argue with? I like arguing.
dong: Bring money and arguments.
== 1h5m..38m
hao: For the record: Sunday, ten o'clock, nine people, one car. I can take four.
mei: Four and a box of shards.
hao: Three and a box of shards.
""",
)

CAMERAS = Group(
    "halfframe",
    "Half-frame people",
    "yu tian de wen amina teo sol oldhe",
    unread={"wen": 2, "oldhe": 6},
    script="""
== 14d 21:10
yu: New rule for this month: one roll each, seventy-two frames, no deleting, obviously.
tian: Seventy-two of the same egret is allowed?
yu: If it is the same egret.
  + 😂 sol amina wen
de: Send the rolls to the shop together. I develop on Fridays.
amina: Mine comes from Xi'an by slow train. Like me.
sol: Subject?
yu: Doorways and what happens in them.
amina: You are all going to lose.
  + 😂 yu wen teo tian
teo: I will be skating past mine.
oldhe: 各位好。我四十年前在邮局用过一台半格的，那时候一个月工资三十六块，一卷胶卷两块二，所以每按一下快门之前我都要想一想今天的菜钱。现在你们七十二张随便拍，我很羡慕，也想参加，只是眼睛不如从前。
  + ❤️ yu wen amina sol tian de
yu: 何伯，欢迎。您按一张顶我们十张。
== 11d 18:22
wen: Which one do I get? I have drawn cameras for years and never owned one.
yu: For drawing people: half-frame. Two pictures side by side make a little story.
tian: For birds: no.
yu: She does not want birds.
tian: Everybody wants birds eventually.
  + 😂 wen amina yu
de: Kestrel came in last month. I serviced it. Meter is exact, one mark under the base. [item kestrel-half-frame]
wen: 3,299. I would have to draw forty badgers.
de: Wait a little.
wen: Is that a sales technique?
de: The opposite.
  + 😂 yu sol
amina: Or the instant one, and you give everything away. I like that as a life. [item sunday-instant]
teo: I have that. I have no photos. I have many friends.
  + ❤️ amina wen sol
== 9d 22:48
tian: Finally. Six mornings, one heron, no branch in the way.
tian: [picture lake]
  + ❤️ wen amina yu sol oldhe
sol: Where is the heron?
tian: It left.
  + 😂 yu teo wen amina de
oldhe: 好照片。鸟走了，水还记得。
tian: That is better than my photo.
== 7d 12:15
yu: I have the zoom question again. 100 to 300, stabilised, 4,680. Talk me out of it. [item long-reach]
sol: You do not photograph birds.
tian: Talk her into it, I want to borrow it.
amina: With what you have spent on patience you could have bought two.
teo: bnnnnm,,,jjj
  x
de: It needs a tripod at 300. You do not own a tripod.
yu: I own a wall.
  + 😂 sol wen de
teo: What about a friend who stands still?
yu: That is a tripod with opinions.
== 5d 20:30
amina: Doorway number eleven. Spice seller's cat, spice seller's foot. [picture lane]
  + ❤️ wen yu sol tian
wen: The light in that. I am going to steal it for page nine.
amina: Steal. Send me page nine.
sol: My roll is all noodles in doorways. It was not planned.
yu: It was completely planned.
  + 😂 amina wen
== 4d 10:02
de: Rolls received: Tian, Sol, Amina. Missing: Yu, Teo, Wen has no camera, Uncle He by registered mail.
oldhe: 已寄，挂号，单号我抄在本子上了。邮局的小姑娘不知道我是谁，我也没说。
  + ❤️ wen amina de yu
teo: Mine is in the other trousers.
== 2d 21:44
yu: It moved.
yu: [item kestrel-half-frame]
wen: 2,899. When?
yu: This week. Four hundred down. I have been waiting three weeks and now I cannot press the button.
tian: Three left.
amina: Somebody hold her hand.
de: I cannot hold it for you longer than anybody else. Rules of the house.
wen: We could share one. You odd frames, me even frames.
yu: That is either a beautiful project or the end of a friendship.
  + 😂 sol amina teo
  + ❤️ wen
sol: Both, usually.
== 6h..5h5m
yu: [vote share]
tian: Vote closed in my heart. Share it.
amina: Share. One diary, two hands.
oldhe: 我投"一起用"。我和我爱人当年就是一台相机，我拍她，她拍山，四十年没吵过谁按快门。
  + ❤️ wen yu amina sol tian
sol: Uncle He ends every argument.
== 1h20m..55m
de: Whoever it is: I put a strap with it.
wen: Thinking.
yu: She will tell us tomorrow.
  + 😂 tian amina sol
tian: Meanwhile the light outside is very good and nobody is in it.
teo: I am in it. Found the roll.
""",
)

DESKS = Group(
    "desks",
    "Drawing desks",
    "xia wen kai nora lei qing",
    unread={"lei": 5},
    script="""
== 11d 15:30
xia: 我的旧电脑今天画到第三页自己关了。它也累了。
wen: Mine makes the noise of a small aeroplane when I use the big brush.
kai: Both of you: when did you last clean the fan?
xia: 有风扇？
  + 😂 kai wen nora
kai: Bring it in. Ten minutes, no charge, and I show you what lives inside.
nora: I have seen what lives inside mine. Mostly biscuit.
  + 😂 wen xia
== 9d 20:14
kai: Cleaned Xia's. Removed: dust, glitter, one sticker of a radish.
xia: 那个萝卜我找了一年。
  + 😂 wen nora qing
wen: So it lives?
kai: It lives, but the screen is at seventy percent of the colours. For ink that is fine. For covers, no.
xia: 我要画彩页了，下个月开始。预算六千以内。
wen: Same question, same budget. Let us suffer together.
kai: Then it is between two and a half machines.
kai: [item ridge-14]
kai: [item margin-tablet]
kai: And the half is to keep the old one and add a good screen.
lei: 开发票的话，个体户可以抵。
xia: 我连个体户都不是，我是个体。
  + 😂 wen kai nora lei
== 6d 22:20
wen: I held the Ridge at the shop. Matt screen, the pen has a sound like paper, and I could not hear the fan.
nora: How heavy?
wen: Like a hardback. A serious one.
xia: 平板轻，可是我画着画着会躺下。
kai: That is an argument against the tablet.
xia: 这是支持平板的理由。
  + 😂 wen nora kai
qing: I draw plans on the tablet at the site. It survived plaster. It would not survive a long night of colouring.
kai: Agreed. Size of the canvas matters more than the weight of the bag.
== 3d 19:02
xia: 我决定不了，大家帮我投。
xia: [vote laptop]
kai: I abstain, I sell them.
nora: Very correct of you. Ridge.
qing: Ridge.
lei: 新叶。一把螺丝刀就能拆，我写报告用的就是它。
xia: 我不写报告，我画萝卜。
  + 😂 wen nora kai qing
== 1d 22:35
xia: 投票里有个人一直没投，是谁我不说。
wen: I am thinking about it because I will buy the same one.
nora: So your vote counts double and is twice as late.
  + 😂 xia kai qing
== 2h5m..1h30m
kai: If it helps: the Ridge went from 6,299 to 5,899 and I do not see it going lower before spring.
xia: 有用，我心跳快了。
kai: Lamp question, while you are all here. My desk is dark on the left. [item crane-lamp]
wen: I have it. It stays where you leave it. That is rare in a lamp, and in a person.
""",
)

RUNNERS = Group(
    "river",
    "River, after nine",
    "jun bo rui teo sol ye",
    unread={"teo": 2, "ye": 3},
    script="""
== 9d 21:02
jun: Seven kilometres, flat, turn at the second bridge. Lights on.
rui: I am in yellow. You cannot lose me.
bo: I am in last place. You cannot lose me either.
  + 😂 jun rui teo
teo: I am on the board beside you, filming.
ye: 我夜班，四点跑，有人吗？
jun: 只有猫头鹰。
  + 😂 ye rui
== 6d 22:15
sol: My laces opened three times.
jun: Double knot, then tuck. Or get oval ones. Flat laces lie to you.
bo: He knows every lace by name.
jun: Bo, what is on your feet?
bo: Memories.
  + 😂 sol rui teo
jun: [item cloud-step]
jun: For trails, not for the river. For the river you want less shoe.
rui: For the river I want this, it matches me. [item mustard-high-top]
jun: Rui, that is a high-top.
rui: It is yellow, Jun.
  + 😂 sol bo ye teo
== 2d 21:40
jun: Who is counting steps with what? Mine lied about a whole kilometre.
ye: 日课，两个环，不教育人。 [item day-watch]
sol: I like that it does not say well done to me.
bo: I like when somebody says well done to me.
jun: Well done, Bo.
  + ❤️ bo sol rui
== 1d 20:58
jun: [vote river-time]
teo: Later is better, the market closes at nine and I carry the melon.
rui: Not after a melon.
== 3h..2h35m
jun: Rain at nine, dry at half past. We start at half past.
ye: 帮我踩两脚水。
bo: I have a mountain this weekend. I shall run slowly and call it tapering.
jun: You always run slowly.
bo: I have been tapering since spring.
  + 😂 jun rui sol teo
""",
)
