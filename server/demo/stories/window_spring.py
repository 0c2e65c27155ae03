# ruff: noqa: E501
"""Window table, the spring: how it began."""

SPRING = """
== 238d 12:04
mei: I made this so that lunch stops being eleven separate conversations.
sol: It is now one conversation about noodles.
nora: I am in. Where do we sit?
mei: The table by the window. Always. If somebody is there we stand next to it and look hungry.
yu: I can look hungry.
ru: 我带耳机，不说话，但我在。
  + ❤️ mei nora
wen: I will be late, I am telling you today so that it counts for every day.
  + 😂 mei sol yu nora
== 237d 11:38
sol: Votes for lunch: the thick noodles, the thin noodles, or the place with the aunt who shouts.
nora: The aunt. She taught me the word for spring onion by shouting it.
mei: 葱。
nora: CONG.
  + 😂 mei sol wen yu
yu: Twelve fifteen, I have the table.
wen: Twelve thirty. I have an egg to finish.
mei: To eat?
wen: To draw. Somebody may give me a book if the egg is good.
== 233d 12:52
wen: The egg was good.
mei: And?
wen: Forty pages. An animal that is late for everything. They said I was the natural choice.
  + 😂 sol mei yu nora ru
nora: Which animal?
wen: They want a rabbit. I said rabbits have been late since 1865.
yu: Badger.
wen: Why badger?
yu: He looks like he has a reason.
  + ❤️ wen mei nora
wen: Badger.
== 230d 20:10
nora: I have been here a year and I own two plates, a spoon and a rice cooker that sings.
mei: What does it sing?
nora: Something proud. At six in the morning, because I set it wrong.
sol: Mine has a button with a picture of a boat. I am afraid of it.
ru: 那是粥。
sol: All this time it was porridge.
  + 😂 nora wen mei yu
== 228d 12:16
mei: Nora, if you buy one bowl a week for a year you will have a cupboard with a history.
nora: Where do I start?
mei: With the ugliest one you cannot put down.
nora: How will I know?
mei: You will carry it round the shop and tell yourself you are looking at the others.
  + 👍 wen
nora: Week one. It is brown. It leans. I carried it for forty minutes.
  ~ Week one. It is brown and it leans. I carried it for forty minutes.
  + ❤️ mei wen ru
== 225d 13:05
yu: Question. Bag for a camera that does not say "camera".
sol: A bag that says "sandwich".
yu: I had that. Somebody ate it.
  + 😂 mei wen nora
wen: Waxed cotton. It looks like a country vet. [item lens-satchel]
yu: One body, two lenses. It is as if they knew me.
mei: They know everybody who walks in and is "only looking".
== 222d 12:29
wen: I have been to the zoo to look at a badger. He was asleep. For two hours.
nora: So it is accurate.
wen: I have eleven drawings of a hill with breathing.
  + 😂 yu sol mei ru
== 219d 19:47
mei: New tea came from the hill. First picking. My whole flat smells like rain that went to school.
wen: Bring some.
mei: You drink it from a mug with a rabbit.
wen: The rabbit is retired.
mei: Then I bring cups as well. [item running-glaze-cups]
ru: 我自己带杯子。
sol: I bring hot water and enthusiasm.
  + 😂 mei nora yu
== 218d 12:40
sol: I do not know what I drank but I could hear the road.
mei: That is the right amount.
nora: I dreamed of a hill with breathing.
  + 😂 wen yu ru mei
== 215d 12:11
yu: Who has a screwdriver that is smaller than a thought?
ru: 我有。
yu: Why?
ru: 修唱头。
  + 👍 yu
== 212d 21:33
nora: Help with a form. "Purpose of stay." There are four lines.
sol: I wrote "noodles" and the man laughed and then he said no.
  + 😂 mei wen yu ru
mei: Write work. The other three lines are for the truth.
nora: I have written work, and bowls in very small letters.
== 209d 12:25
wen: First sketch of the whole book. He is late for school, for the sea, for his own birthday, for the first snow.
mei: And in the end?
wen: I do not know yet. I am late with the end.
  + 😂 yu sol nora mei
ru: 最后大家等他。
wen: Ru.
wen: That is the end.
  + ❤️ ru mei nora yu sol
== 206d 12:33
sol: My jeans have become shorts. It was gradual.
mei: There are three washes. They leave the hem long on purpose. [item river-jeans]
sol: And who makes it short?
wen: Tailor Feng. He looks at you for four seconds and knows what you ate.
sol: I am afraid.
yu: He is kind. He told me my left leg is the elder brother.
  + 😂 mei nora wen ru
== 204d 18:58
sol: He looked at me for four seconds and said "noodles".
  + 😂 mei nora wen yu ru
sol: Also the hem is perfect.
== 201d 12:20
mei: The whole table bought the same shirt. Say something.
nora: I bought it on Monday.
yu: I bought it in March.
wen: Mine is from the sea.
mei: Wen, yours has the price on. [item harbour-tee]
  + 😂 sol nora yu ru
sol: I shall buy one too. I do not want to be the passenger.
ru: 我不买。总要有人当岸。
  + ❤️ mei wen nora yu sol
== 197d 12:48
nora: Week seven. A white one. It rang when I put it down. I said hello back.
mei: She is lost. Good.
== 194d 20:25
yu: Met a man who sells lenses and argues against them. I asked for a fifty. He said what for. I said for people. He said then stand closer.
wen: Did you buy it?
yu: I stood closer. Then I bought it. [item plain-fifty]
  + 😂 mei sol nora wen
== 191d 12:30
wen: Late today, do not wait, I am colouring a scarf.
mei: We did not wait.
sol: We do not wait. We simply eat slowly in your direction.
  + ❤️ wen
== 188d 22:14
ru: 有人要多余的一副耳机吗？旧的，左边小声一点。
nora: Me. My left ear is the polite one.
  + 😂 ru wen mei
== 185d 12:19
sol: I flew a drone at the lake. Not mine. It is in the lake.
yu: Whose was it?
sol: Tian's friend's brother's.
wen: Did it not come home by itself? They say it comes home. [item dragonfly]
sol: It came home to the lake.
  + 😂 nora mei yu ru
yu: I know a heron that lives there. It will be well photographed.
mei: What do you owe?
sol: Four dinners and a written apology with a drawing.
wen: I will do the drawing. One drone, asleep, on the bottom, with breathing.
  + ❤️ sol nora
== 182d 12:36
mei: Mother's day. What did everybody send?
nora: A bowl. Wrapped in four jumpers.
sol: A voice message of the aunt shouting. She has it as her alarm.
yu: A print. She asked who all these people eating are.
ru: 打了个电话，四十分钟，她说的。
wen: I sent page three. She said the badger has my father's shoulders.
  + ❤️ mei nora ru sol yu
== 179d 12:12
nora: I have lost my key. It is either in the umbrella or in the aunt.
sol: In the aunt's what?
nora: In her shop. My grammar was in a hurry.
  + 😂 mei wen yu ru
mei: She has it. She says you left it in the vinegar.
== 176d 19:30
wen: A hand cream question from somebody who washes brushes all day.
ru: 果园，三支一盒，桂花给我。 [item orchard-hand-cream]
mei: Peach for me.
wen: Then I get tangerine, and nobody asked me, and it is the one I wanted.
  + ❤️ mei ru
== 173d 12:45
yu: The picnic. Saturday, grass behind the pagoda. Sol brings?
sol: Food for eleven.
yu: We are six.
sol: I know what I said.
mei: Cups, tea, the cloth with the checks.
ru: 音乐我来，小声的。 [item picnic-speaker]
nora: One umbrella, in case. The one with the hole.
wen: I will bring the end of the afternoon.
  + 😂 mei yu sol nora
== 171d 21:02
yu: Developed already. This one goes on the wall. [picture lake]
mei: Where are we?
yu: Behind me. Laughing at the drone.
  + ❤️ mei nora ru sol wen
== 168d 12:22
sol: A serious matter. They have changed the chilli at the thin noodles.
mei: Changed how?
sol: It is kinder.
nora: Is that bad?
sol: I did not come for kindness.
  + 😂 wen yu ru mei nora
== 165d 12:51
wen: Do I need nails? A person from the publisher has nails.
mei: You have ink under yours. It is a colour.
wen: It says "working". I want it to say "dinner".
ru: 朱砂一支就够，九十秒干。 [item lacquer-trio]
wen: Ninety seconds without touching anything. I have never done that.
  + 😂 mei nora yu
== 164d 22:08
wen: Seventy seconds. There is cinnabar on page four now.
sol: What does it look like?
wen: Like he has just thought of something.
nora: Keep it.
wen: I am keeping it.
  + ❤️ mei yu ru sol nora
== 161d 12:17
mei: Heat soon. The table will face west from three o'clock. Who has a plan?
yu: Hat.
nora: Water.
sol: Denial.
ru: 耳机，里面有海。
wen: I shall be late into the evening.
  + 😂 mei yu nora sol
== 157d 20:39
nora: Week seventeen and I have learned to tell which of my bowls is for bad days.
mei: The brown one.
nora: The brown one. It leans towards me.
  + ❤️ mei wen ru sol yu
== 154d 12:35
yu: One hundred lunches. I counted from the receipts.
sol: How many with Wen on time?
yu: Four. One was a public holiday.
  + 😂 mei nora ru sol
wen: I would like to thank everyone who waited in my direction.
  + ❤️ mei yu nora ru sol
"""
