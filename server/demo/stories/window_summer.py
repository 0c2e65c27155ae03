# ruff: noqa: E501
"""Window table, the summer: six people who share a table and its weather."""

SUMMER = """
== 151d 12:38
wen: Late. I have a badger to finish.
mei: Page?
wen: Four. He will not look surprised, he only looks married.
  + 😂 sol nora yu ru mei
== 149d 12:50
yu: Whoever took my umbrella, it has a hole, you have been warned.
nora: It was me. I know about the hole now.
  + 😂 sol mei wen
nora: What do people here actually use? I come from a country where rain falls sideways and nobody bothers.
mei: Paper. Oiled. I am serious. [item paper-umbrella]
sol: That is for dancing.
mei: It is for rain. Tung oil. I have had mine six years.
nora: It is too beautiful to be left in a restaurant.
wen: That is exactly why you will not leave it.
  + 👍 mei nora
nora: Ordered.
== 146d 12:20
mei: Wen?
mei: Wen.
sol: She is on page five.
wen: I am under the table. The badger won. I need dumplings sent down.
  + 😂 yu nora sol mei
ru: 已下单，白菜的。
wen: 秦如，你是我唯一的朋友。
== 143d 18:31
yu: My phone died. It was not dramatic, it simply stopped, like a clerk at five.
mei: What did it die of?
yu: Age, sand, and a lens I dropped on it.
sol: Boulder X. It is screwed together. You can drop a lens, a camera and yourself on it. [item boulder-x]
yu: I do not want a phone that looks like it is waiting for a disaster.
nora: Then the small pretty one. [item wren-5]
yu: Does the camera matter if I own four cameras?
wen: No. You want it to call, to pay, and to show you prices of cameras.
  + 😂 mei sol nora ru
mei: I have the Heron. Two days of battery if you do not film your lunch. [item heron-9]
sol: I film every lunch.
mei: Then one day.
ru: 我用直说，按键的，清静。
yu: Ru, you are from another century and it suits you.
  + ❤️ ru
yu: I will think about it over the weekend on paper.
== 142d 20:15
yu: I thought about it. The Wren, in rice. 1,599.
wen: You decided in one day?
yu: I was without a phone. There was nothing to read reviews on.
  + 😂 mei nora sol wen ru
sol: This is the cure for all of us.
== 139d 12:12
nora: The aunt asked me today where my friends are. I said late. She said which word is late. I said Wen.
  + 😂 mei sol yu ru
wen: I am honoured to be vocabulary.
== 136d 13:40
mei: The lid of my teapot has a chip. A small one, at the edge, where the thumb goes.
ru: 节哀。
mei: Thank you. It has been with me eleven years. Longer than any flat.
sol: Can it be mended? With the gold?
mei: Gold lacquer, yes. Dong knows a woman. Three weeks and she tells you about your character while she works.
wen: And what will you drink from for three weeks?
mei: My shame. And the second teapot.
  + 😂 nora sol yu
== 133d 12:31
sol: Ranking after one year, corrected. 1, the aunt. 2, thin noodles behind the station. 3, my own. 4, airport.
nora: Your own are third?
sol: I am honest. They were fifth in spring.
  + 👍 mei ru
yu: What does number one have?
sol: She insults the vinegar while she pours it.
== 131d 21:07
wen: Page seven is done. The badger looks surprised. He had simply not seen the umbrella before.
nora: My umbrella?
wen: Your umbrella is in a book now. Red, plum blossom, page seven.
nora: I have to sit down.
  + ❤️ mei sol yu ru
== 128d 12:08
mei: 38 degrees. The window table is a frying pan.
yu: We own it in winter, we must own it in summer.
sol: Spoken like a man with a hat.
yu: [item straw-hat]
yu: It travels flat. It is 139. I am a new person.
wen: You look like somebody who sells melons and knows things.
yu: Both true since Tuesday.
  + 😂 mei nora sol
ru: 我坐空调底下了，你们聊，我看着。
== 125d 22:46
nora: Is it normal that the cicadas have a schedule?
mei: They start at six. So do I. We have an understanding.
wen: I have never met six.
  + 😂 mei sol
== 122d 12:33
sol: My mother visits in three weeks. First time in China. What do I buy so that my flat looks like I am a person?
mei: What is in it now?
sol: A bed, a wok, eleven bowls, one chair.
nora: Which of the bowls are mine?
sol: Four.
  + 😂 mei wen yu
wen: A lamp. A lamp makes one chair into a decision. [item mushroom-lamp]
mei: And a second chair.
sol: She will not sit. She will stand and cook.
ru: 那就买一张毯子，她睡觉会用。 [item woven-throw]
sol: In July?
ru: 你的空调。
sol: That is a good point, quietly made.
  + 👍 ru wen mei
== 119d 19:20
yu: Roll three came back. Frame 31 is all of you through the window from outside. [picture shop-front]
wen: We look like people in a film where nothing happens.
mei: The best kind.
  + ❤️ nora sol ru wen
ru: 我在哪？
yu: You are the headphones on the left.
== 116d 12:19
nora: Colleague gets married in August. Invitation says "festive but not white, not red, not black". What is left?
mei: Everything good.
wen: Green. You are made for green. [item sage-linen-dress]
nora: It says it does not want ironing. I feel seen.
sol: Is linen festive?
mei: It depends on the earrings.
yu: And on whether you dance. Three tiers. It will move.
nora: I do dance. I apologise in advance to the tiers.
  + 😂 mei sol wen
ru: 鞋呢？
nora: Oh no.
== 115d 12:24
nora: The shoe question kept me awake.
sol: White, low, plain. [item court-shoe]
nora: To a wedding?
sol: You said dance.
wen: She said sit through four speeches and then dance.
mei: Then two pairs. One to arrive, one to leave.
  + 👍 wen nora ru
yu: This is why you never finish packing.
== 112d 20:03
mei: Lid came home. A thin gold line like a road on a map.
mei: [picture quiet-water-teapot-1]
wen: It is better than before.
mei: She said I hold on to things. I said it is a teapot. She said exactly.
  + 😂 sol nora yu
  + ❤️ ru wen
== 109d 12:41
sol: Who keeps moving the table two centimetres to the left?
yu: The sun does.
sol: The sun does not have hands.
ru: 是我，插座在左边。
  + 😂 mei wen nora sol yu
== 107d 12:15
wen: I need ears that close. The new people at the next table have a podcast.
ru: 终于轮到我说话了。
ru: [item oat-headphones]
ru: 戴一天耳朵不疼，世界变成一点嗡嗡声。别买塞进去的，你会丢。
wen: I lose things that are attached to me.
yu: She lost a glove that was tied to her sleeve.
  + 😂 mei nora sol ru
mei: What about the small ones? They have a box like a pebble. [item river-buds]
ru: 盒子她也会丢。
wen: He is right. It hurts but he is right.
nora: Ru is a she.
wen: Autocorrect, I swear. 秦如，对不起。
  ~ 秦如，对不起，是自动改错。
ru: 没关系，在耳机里我谁也不是。
  + ❤️ wen nora
== 104d 21:30
wen: They came. I cannot hear the podcast. I cannot hear the badger. I finished two pages.
mei: Did you hear me call you four times?
wen: No. They are very good.
  + 😂 sol yu nora ru
== 101d 12:02
sol: Mother lands Sunday. I have the lamp, the throw, and a second chair from the street.
mei: From the street?
sol: It was alone.
  + ❤️ nora wen
nora: What will you cook her?
sol: Nothing. I am taking her to the aunt. They should meet. One of them will win.
yu: Reserve me a seat.
== 99d 14:20
sol: They met. They do not share a language. They talked for an hour.
mei: About what?
sol: About me, from the gestures.
  + 😂 wen nora yu ru mei
sol: My mother has now been shouted the word for spring onion.
nora: CONG.
sol: She said it better than you, Nora.
nora: I accept this.
== 96d 19:45
sol: She cried at the airport and left me forty stock cubes and the throw, folded.
mei: Come to dinner.
sol: I am already on the way, I guessed.
  + ❤️ mei wen nora yu ru
== 93d 12:27
yu: Is there a law that the person with the window seat has to close the blind?
wen: I drew up a law. It is on the napkin.
mei: The napkin says "no".
  + 😂 sol nora yu ru
== 90d 12:55
nora: Dress arrived. I wore it on the bicycle and a man stopped to say it was a good colour for a bridge.
wen: Meaning?
nora: I was on a bridge.
  + 😂 mei sol yu
nora: Now lips. I have never worn lips.
mei: Red is forbidden. Brick, then, or plum. [item velvet-tints]
wen: Dab, do not draw. I learned it by drawing.
ru: 梅子色。你头发红，梅子压得住。
nora: Plum it is. Ru, you should charge money.
ru: 我收歌。
  + ❤️ nora mei
== 88d 23:12
nora: Wedding report. Four speeches. I understood one and a half. The dress moved. I left in the other shoes.
mei: And the lips?
nora: Survived soup, duck, a toast with something that was not wine, and an aunt.
sol: Whose aunt?
nora: I do not know. She has my number now.
  + 😂 wen mei yu sol ru
"""
