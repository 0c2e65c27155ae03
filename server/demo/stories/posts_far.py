# ruff: noqa: E501
"""Posts of the two weeks before."""

FAR = """
== shan 3d 07:40 everyone
三点半起来揉面，六点出炉，七点全公司闻到我。今天是桂花，明天是南瓜，后天看心情。
ye: 三点半我也醒着，可惜隔着半个城。
sol: I could smell it from the bridge. I followed the wrong person for a while.
rui: 给我留两个南瓜的。
♥ ye sol rui wen mei lin xia ru
== wen 3d 22:10 everyone [picture snow-court]
First snow for page thirty. He is late for it, of course. Everybody has already been out and the only footprints are leaving.
mei: Somebody should have waited.
wen: Turn the page.
oldhe: 这只獾像我年轻时候，总赶最后一班邮车。
♥ mei nora yu sol bo hao ru lin xia ning amina oldhe qing tian
== ning 3d 18:00 everyone [vote honest]
图书馆今天有人问：说明书算不算书？我说算，薄的那种。顺便做个调查，匿名。
wen: I have nothing to say and I am saying it here.
peng: 双胞胎的玩具我是拼完才看的，多出来三个零件。
ning: 那三个是备用的，第二页写着。
♥ wen kai peng lei xia hao mei
== yan 4d 23:05 everyone [picture indigo-qipao-1]
今晚唱完，后台有人放了一包点心，没留名字，包得像个小枕头。吃了，嗓子好了，人也好了。
shan: 不是我。
wen: It was not me, but I know who folds like that.
lin: 好吃就行。
yan: 林阿姨！
♥ wen lin mei shan su ming hao ru nora hua
== jun 4d 22:30 everyone
Seven kilometres, flat, two owls. If your laces open it is not bad luck, it is geometry.
sol: I tucked them. I am a changed man.
bo: One owl was me.
♥ sol bo rui teo ye
== bo 5d 20:02 everyone [picture train]
Slow train to Fuchun and back for a day. A man sold me two tangerines and told me my shoes would not make it. He was a tangerine man and he knew.
wen: They did make it, just not in one piece.
mei: I want this table, this flask and none of your shoes.
hua: 橘子看着不错
♥ wen mei yu hao hua jun nora amina teo
== hua 5d 11:15 everyone
柿子晾上了 一百二十个 鸟先尝了九个 剩下的够大家分
wen: 华姨，鸟挑的是哪一排？
hua: 最甜的那排
tian: I can come and talk to them.
hua: 你来 它们就走了
♥ wen lin yan su mei tian hao dong ming
== de 5d 18:45 everyone [picture two-eyes-1]
Somebody brought in their grandfather's twin-lens. Fungus on the taking lens, sand in the crank, and one exposed roll inside. I developed the roll. It is a birthday, about 1971. I have called the family.
yu: I have to sit down.
amina: Tell us what they say.
de: They asked who the girl with the plait is. Nobody knows. They are asking everybody.
oldhe: 把地址给我，我认得那一带的人。
♥ yu amina wen tian oldhe sol mei nora qing ru lin ye
== oldhe 5d 21:20 everyone
今天帮人找一个信封上的旧地址，路名改过三回，门牌换过两回，最后是靠一棵槐树找到的，树还在，树下的人也还在，八十六岁，她就是照片里扎辫子的姑娘。她说那天蛋糕是她偷偷多切了一块，所以站得靠边。
de: Uncle He.
wen: I read this three times and then aloud.
amina: This is the best doorway of all of them.
nora: I understood every word. Please do not stop writing long messages.
♥ de wen yu amina tian mei nora lin ming sol ru shan ye yan qing hao bo
== mei 6d 19:15 everyone [item celadon-tea-set]
It came down to 1,280 and I am sitting next to it. If I say nothing for a while, that is why.
qing: I saw it too. I am sitting on the other side.
hao: You could both buy half.
mei: Who gets the lid?
♥ qing hao nora wen lin dong
== hao 6d 12:40 everyone
Friends asked for the formula, so: price over years of use, times how often you touch it, minus what it weighs. The wool socks won. The boat I once wanted came last.
bo: You wanted a boat?
hao: For a week. There was a column.
lei: 折旧怎么算的？
♥ wen bo mei lei kai yu
== shuai 7d 16:20 everyone [picture willow-flip-2]
Tip of the week: if your mother holds the phone up with a soy sauce bottle, she needs the one that folds, not a better bottle. We set it up with her at the table, tea included.
lin: 你怎么知道我家的瓶子？
shuai: Everybody's bottle, auntie. Everybody's.
wen: We are coming on Saturday for the click.
♥ lin wen su peng yan hao
== ru 7d 22:50 friends [picture slow-platter-2]
唱机到家一年多了，今天换了第一根针。旧的那根听过四百一十二面，收进盒子，写了日期。
tao: Keep the box too.
ru: 盒子在盒子里。
sol: I have sat in front of at least nine of those sides without narrating.
♥ tao sol wen nora mei yu shan
== tao 7d 20:30 everyone [item drum-speaker]
Repaired a pair of these that had been under a leaking roof. The paper cones dried flat between two dictionaries. They sound a little wiser now.
ning: 是我借给你的那两本吗？
tao: They are dry as well.
♥ ru ning kai jun shuai
== peng 8d 21:00 everyone
给双胞胎买了两双一样的袜子，结果他们各穿一只，说这样是兄弟袜。
fan: First hole is mended for free, also for brothers.
wen: I am stealing this for the book.
♥ wen fan hao ming yan su rui
== nora 8d 19:30 everyone [picture fish-plates-1]
Today's character: 盏. A small cup that is nearly a lamp. I wrote it eleven times and then I had to buy one.
mei: This is the correct order.
lin: 写得好，下面是皿，别写成血。
nora: I wrote 血 four times. It was a dramatic cup.
♥ mei lin wen dong qing sol shan amina
== xia 9d 15:00 everyone [item margin-tablet]
在公园画了一下午鸭子，它们不肯排队。平板是借的，笔好用到想连人一起还。
kai: Borrowed until Tuesday, remember.
wen: The third duck has a secret.
♥ wen kai nora ning rui ye
== qing 9d 21:15 everyone [picture balcony]
Balcony, finished. Eleven square metres, one chair, no table on purpose: if there is a table I will work at it.
wen: The chair looks like it has been waiting for you.
mei: I bring the cup, you have the chair.
oldhe: 植物左边那盆该换土了。
qing: It has been done, Uncle He. Thank you.
♥ wen mei nora oldhe hao lin amina ning
== yu 10d 18:05 everyone [picture kestrel-half-frame-2]
Lantern light, 400 film, one second, leaned on a wall. The wall was very professional.
sol: Wall has opinions, you said.
tian: Tell the wall I have a tripod.
♥ sol tian wen amina mei de teo
== rui 10d 20:20 everyone
八岁的小林今天第一次游完二十五米，上来第一句话是"水怎么没有了"。
jun: That is how I felt at the second bridge.
shan: 明天面包做成鱼的。
♥ jun shan xia wen ye peng lin mei
== lin 11d 16:10 everyone [vote kettle]
烧水用什么，大家说说。我有主意，先不说。
mei: Iron. The water is rounder.
lei: 电的，三分钟，有定时。
lin: 第三个选项是谁写的？
hao: 民意。
♥ mei lei hao su dong yan wen
== wen 11d 13:00 everyone [vote cover]
The publisher sent three lights for the cover. I love all of them on different days.
nora: Snow. He should be late for it already on the outside.
sol: The lane. I want to eat there.
bo: Steps. He is obviously going to be late up those.
xia: 雪。白的地方多，好卖。
♥ mei nora sol bo xia yu hao ru amina lin oldhe qing
== su 11d 09:05 everyone
早市今天的战果：鱼一条，讲掉四块；葱一把，送的；新认识卖豆腐的一个，他妈也跳舞。
ming: 姐，葱还有吗？
su: 有，来拿，带个碗，给你盛豆腐。
sol: CONG.
♥ ming lin hao wen sol peng
== bai 12d 14:30 everyone [picture wardrobe]
The autumn rail is full: five workshops, forty-one pieces, most of them one of a kind. Alterations while you drink tea. The stairs are the same as last year, we are sorry.
wen: I climbed them twice for a coat I have not bought.
bai: Your tea is on the house, Wen. It has become a habit.
feng: 裤脚我明天在。
♥ wen mei yan feng qing ru su lan
== feng 12d 17:45 everyone
量了四十年腿，没有两条一样长的，包括同一个人的。别难过，你不是一个人。
sol: He told me mine are "nearly related".
yu: Elder brother, left leg.
♥ sol yu bai wen lei peng lin
== amina 12d 21:10 everyone [picture night-market]
Night market, second row. Saffron, cardamom, and a boy who sells only lids. I asked where the pots are. He said people already have pots.
mei: He is right. I need two.
sol: I want to know everything about this boy.
♥ mei sol wen yu tian nora hua
== kai 13d 19:00 everyone [item leaf-13]
Replaced a keyboard, a battery and a screen today with the same screwdriver. It is not that I am good. It is that somebody made it so.
lei: 这台公司能报销，支持。
qing: I like buildings like that.
♥ qing lei xia wen ning tao
== mei 13d 12:20 friends [picture tea]
Eleven in the morning, nobody needs me until two. This is the whole post.
lin: 这就对了。
wen: I need you at half past one, but I will be late.
bo: Enjoy it. We vote at two.
♥ wen lin bo yu nora qing hua ru hao
== ye 13d 05:10 everyone
四点的自动贩卖机只剩乌龙和一颗糖。糖给了三床，乌龙给了我。今晚没有人走。
shan: 面包给你留着，六点。
ru: 这一面放给你听。
lin: 孩子，回家睡觉。
♥ shan ru lin wen ning xia yan rui
== shuai 13d 17:30 everyone [item wren-5]
A boy came in with his own money for his first phone. He had counted it twice. So did we. He was two yuan over and we gave them back with ceremony.
peng: 我家那两个过几年也来。
oldhe: 郑重其事，好店。
♥ peng oldhe wen lin nora mei
== tian 14d 06:40 everyone
No picture today. Fog to the ankles. I listened to him fish.
wen: This is a picture.
ru: 这是录音。
♥ wen ru amina yu sol oldhe mei
== jun 14d 21:50 everyone [item day-watch]
Tested five watches on the same river. Only one did not congratulate me. I kept that one.
ye: 不教育人，好。
bo: I would like a little congratulation.
♥ ye bo rui sol teo
== teo 14d 18:00 everyone [item picnic-speaker]
Loud enough for a lawn, not for a neighbour. I tested it on the lawn. Then the neighbour came and asked what the song was.
ru: 什么歌？
teo: I did not know. We listened again.
♥ ru sol rui jun nora mei
== su 14d 20:00 everyone
广场上的音箱哑了一下午，陶师傅给看好了，只收了一把葱。今天转圈都比平时圆。
tao: It was a loose screw. The onions were excellent.
lin: 葱是我讲来的。
teo: I heard it from across the river. I danced a little.
♥ tao lin yan ming teo rui
== hua 13d 08:20 everyone [picture lake]
霜降 湖上有雾 等太阳等了一个早上 太阳也在等
tian: I was across from you. We should have waved.
oldhe: 好句子。
wen: 华姨，"太阳也在等"可以借我用吗？
hua: 拿去
♥ tian oldhe wen mei lin ru amina dong
== qing 12d 10:40 everyone [item crane-lamp]
One good lamp and the right height of table solve most of what people ask architects for.
mei: You have put yourself out of work.
kai: Mine is dark on the left.
qing: Then the lamp goes on the left, Kai. That will be four hundred an hour.
♥ mei wen kai nora lei dong
== wen 10d 09:30 friends [picture rainy-window]
Ten past nine. I was going to be early today, so I stood up to see what early looks like. It rains.
mei: Proud of you.
sol: The table is dry. We wait in your direction.
ru: 带伞。
bo: Early looks like that every day. I have seen it twice.
♥ mei sol ru bo yu nora hao lin ning
== ning 8d 17:10 friends
还书箱里今天有：书四十一本，雨伞一把，便当一盒（热的），便当已按遗失物登记。
xia: 便当最后呢？
ning: 失主六点来了，当场借出。
wen: Was it overdue?
♥ xia wen kai qing ru shan ye
== sol 9d 20:45 friends [picture hotpot]
Eleven people, one pot older than everybody, nine stock cubes. Nobody left hungry. Grandpa Wu says I open like a beginner and eat like a master.
nora: Frame this sentence.
wen: He has never said anything that kind to me.
mei: The pot has seen worse than you, Sol.
♥ nora wen mei yu ru teo rui jun
"""
