# ruff: noqa: E501
"""Window table, the autumn."""

AUTUMN = """
== 85d 12:18
mei: First day under thirty. I wore sleeves.
yu: I saw. I took a picture of the sleeves.
wen: Page twelve. The badger meets the sea. I have never drawn a sea that was not the lake.
sol: Where I come from I can describe it. It is the lake, but it means it.
  + 😂 nora ru
wen: Writing that down. You get a credit.
== 83d 12:47
ru: 我买唱机了。
mei: Finally.
ru: [item slow-platter]
ru: 盖子防猫。我没有猫，但是我有你们。
  + 😂 wen sol yu nora mei
yu: First record?
ru: 第一面还没翻。慢慢来。
nora: May we come and listen?
ru: 可以，一次两个人，不许说话。
sol: I can be quiet.
mei: Sol, you narrate soup.
  + 😂 wen nora yu
== 80d 20:20
nora: Was at Ru's. Forty minutes, nobody spoke. At the end she said "other side". Best evening since I came.
wen: I cried at track four and she gave me a biscuit without looking.
ru: 那一首大家都哭。
  + ❤️ nora wen mei
== 78d 12:09
mei: Typhoon tomorrow. Table closed.
sol: The aunt is open.
mei: The aunt is not a weather service.
sol: She says wind comes from the south, noodles come from the pot.
  + 😂 nora wen yu ru
== 77d 15:33
wen: The gutter sings. I am drawing it. [picture rainy-window]
  + ❤️ mei nora ru
yu: Power is out here. Writing from the light of a candle and the last eleven percent.
mei: Put the phone down, Yu.
yu: Then who will tell you about the candle?
  + 😂 wen sol
ru: 我这里有电，唱机在转，门没锁。
yu: On my way.
== 76d 11:50
mei: Everyone whole?
nora: Umbrella whole. Paper. In a typhoon. I want that on my stone.
  + 👍 mei wen
sol: The chair from the street is in the street again.
wen: It went home.
  + 😂 mei yu nora ru sol
== 73d 12:36
yu: Somebody has taken my tote and left a tote. They are not the same tote.
mei: Mine has a lake on it.
nora: They all have a lake on it. We bought five. [item market-tote]
sol: Mine has soy sauce on the lake.
wen: Mine has a hole where I tried to add a badger.
yu: Then whose is this one with a receipt for eleven bowls?
nora: I can explain.
  + 😂 mei sol wen ru yu
== 70d 12:21
mei: Autumn rule: whoever orders soup sits at the draught.
sol: I object.
mei: You have a scarf.
sol: I do not have a scarf.
mei: Then you have soup.
== 68d 19:14
wen: I have to say a difficult thing. The publisher asked for the badger in colour.
nora: But that is wonderful?
wen: My screen shows two thirds of the colours. I have been painting by rumour.
yu: What do you need?
wen: Something with a matt screen and the truth in it.
mei: Does this begin a three-month process?
wen: It begins today.
  + 😂 sol yu nora ru mei
== 66d 12:44
sol: A sentence I said this morning to a stranger: "Excuse me, that is my spring onion."
nora: In which language?
sol: In the aunt's.
  + 😂 mei wen yu ru
== 63d 12:10
nora: Chinese exam in three weeks. Help. The listening part is two people buying something and one of them is always wrong about the price.
yu: That is not an exam, that is the market.
mei: We practise here. I sell, you buy.
mei: 这条围巾二百八十九。
nora: 太贵了。
mei: 今天二百三十九。 [item winter-plaid]
nora: Wait, is this the exam or is this real?
mei: Both, look.
  + 😂 wen sol ru yu
nora: 我买了。
  + 👏 mei wen ru sol yu
== 62d 12:24
sol: They renewed my visa. One more year.
mei: Purpose of stay?
sol: I wrote work. In very small letters I wrote you.
  + ❤️ mei nora wen yu ru
nora: Tonight we eat at the kind place and complain about it.
sol: That is what home is.
wen: She is quoting my badger.
sol: Your badger is quoting me, page eleven, I have seen it.
  + 😂 mei yu nora ru
== 60d 21:02
yu: Post office lost roll five. Seventy-two frames of you people eating.
mei: No.
yu: A man called Uncle He is looking for it. He is retired. He went in on his own.
sol: I love this man and I have not met him.
  + ❤️ wen nora mei
== 58d 12:05
yu: Found. It was in Wenzhou, in a box of buttons.
mei: How?
yu: He wrote three letters and made one call. He says a parcel always wants to arrive.
wen: That is the last line of my book.
  + ❤️ mei nora sol ru
yu: He says you may have it.
== 57d 20:16
mei: I found a perfume sample in a coat from last winter. It is half gone and I did not use it.
nora: A moth with taste.
mei: Salt and honey. Which is it?
ru: 退潮。 [item low-tide-perfume]
wen: 468, in a bottle too heavy to knock over. They have met me.
yu: You knocked over a bookshelf.
wen: It was leaning.
  + 😂 sol nora mei ru
== 56d 12:14
wen: He is on a train now, page fifteen. I need to know what a badger puts on the little table.
yu: A flask.
nora: Two tangerines.
sol: A smaller badger.
  + 😂 mei ru
mei: His ticket, face up, so that everyone can see he has one.
wen: Mei. That is exactly him. [picture train]
  + ❤️ mei nora yu
== 55d 12:52
ru: 谁把桌子又挪了？
sol: The sun has moved. It is October.
ru: 插座没动。
  + 😂 wen nora mei yu
== 54d 12:27
nora: They asked in class what we do at the weekend. I said 我买碗. The teacher asked 什么碗. I talked for nine minutes.
mei: Without stopping?
nora: I stopped to cry a little about the brown one.
  + 😂 sol yu wen
  + ❤️ ru mei
== 53d 20:37
nora: 82 of 100. The listening part: 96. The man was wrong about the price.
mei: 恭喜。
wen: 明天我请客，十二点半。
nora: She said twelve thirty, so one o'clock. I understood everything.
  + 😂 mei sol yu ru
== 50d 12:29
sol: The jumper season. I am told mine has "character".
mei: It has moths.
wen: Two sisters in Ordos knit this one. I have read the card four times. [item cable-jumper]
sol: Apricot? On me?
nora: On you especially.
yu: You would look like a friendly lamp.
sol: I have always wanted to.
  + 😂 mei nora wen ru
sol: 429. Somebody say no.
ru: 买。
== 49d 21:20
yu: I sold the second body. It went to a girl who held it like a bird.
wen: Are you sad?
yu: I gave her two rolls and a lecture. She took the rolls.
  + 😂 mei sol nora ru
ru: 卖东西和翻面一样，先要把针抬起来。
wen: Ru, I have no pages left for all of these.
  + ❤️ yu nora
== 48d 12:13
sol: I am a friendly lamp.
sol: [picture cable-jumper-1]
  + ❤️ mei wen nora yu ru
mei: The aunt saw it?
sol: She gave me extra vinegar and did not insult it.
== 45d 22:50
wen: Twelve tabs. Three laptops, two tablets, one screen. Hao has made me a sheet.
mei: Oh no.
wen: It has a column called "joy, estimated".
  + 😂 sol nora yu ru
nora: Which one has the most joy?
wen: The one that is 300 over.
yu: It always is.
== 43d 12:39
sol: Confession. I have eaten at the other aunt.
nora: There is another aunt?
sol: Behind the bank. She does not shout. She sighs.
mei: And?
sol: The sighing is very strong. I finished everything out of guilt.
  + 😂 wen yu nora ru
yu: Our aunt will know.
sol: She knew when I came in. She put the vinegar down and looked at it.
  + 😂 mei wen nora ru yu
== 42d 12:31
mei: I fell down one stair at the kiln. One. I am fine, the cup is fine, the knee is thinking about it.
nora: Ice. Sit. I will bring the exam scarf.
  + ❤️ mei
wen: Who carried you?
mei: Dong carried the cup. I walked.
  + 😂 yu sol ru nora
== 39d 12:48
yu: Knee?
mei: Can predict rain now. Tomorrow, after four.
sol: Noted, and I will take the umbrella with the hole.
yu: I threw it away in July.
nora: I took it out again in July.
  + 😂 wen mei ru sol
== 38d 16:20
sol: It rained at 16:05.
mei: Told you.
  + 😮 sol nora yu
== 37d 18:44
nora: I go home for two weeks in winter. My mother wants "something Chinese, but useful, and it must fit in a shoe".
mei: Tea. Four kinds, and a cake for a drawer. [item three-tea-tins]
nora: She drinks coffee from a filter that is older than me.
mei: Then the small cake. She can forget it for ten years.
nora: She forgets nothing for ten years.
  + 😂 sol wen yu
ru: 方巾，能系能裱，还能包别的礼物。 [item silk-square]
nora: It can be the wrapping of the tea. Ru has solved my mother.
  + 👍 mei wen sol yu
== 35d 12:17
ru: 周四沈嫣在茶馆唱，前排还有四个位。
nora: The one who sings on Thursdays? In the blue dress with the small flowers?
ru: 对，旗袍。
wen: She is a kind of cousin. I will get the fifth.
mei: Sol, no narrating.
sol: I will narrate inside.
== 34d 22:58
nora: I understood every third word and all of it.
  + ❤️ ru wen mei sol
yu: I took nothing. I did not lift the camera once.
mei: That is the best review she has had.
== 31d 12:40
wen: Be honest. Do I look like somebody who owns a camel coat?
mei: You look like somebody who borrows mine.
wen: That is why I ask. [item camel-coat]
nora: 1,680.
sol: For that money it should carry you.
wen: It was 1,980.
yu: She is doing the thing where the discount becomes a salary.
  + 😂 mei nora sol ru
mei: The lining is plum. Nobody sees it but you. That is what you are paying for.
wen: Mei. Stop selling.
mei: I am only describing.
== 30d 12:15
wen: I tried it on. Three flights of stairs, tea, and a woman called Bai Yun who measured me twice.
mei: And?
wen: I am thinking.
sol: She will tell us tomorrow.
  + 😂 mei yu nora ru
sol: I have been waiting since June to say that.
== 29d 12:21
mei: Decision?
wen: I walked past it twice.
yu: Past the shop?
wen: Past the idea.
  + 😂 sol nora ru mei
nora: It has pockets. I checked while you were thinking.
wen: I do not need the coat. I need to be a person who is warm and on time.
sol: Those are two coats.
  + 😂 yu mei nora
ru: 先穿毛衣。
wen: Ru has saved me 1,680 in four characters.
  + ❤️ ru mei
"""
