# ruff: noqa: E501
"""Window table, up to yesterday."""

from .shapes import Group
from .window_autumn import AUTUMN
from .window_spring import SPRING
from .window_summer import SUMMER

_NOW = """
== 28d 12:09
mei: Table taken by a man with two laptops and no lunch.
yu: Stand next to it.
mei: I am standing next to it. He has put headphones on.
ru: 什么牌子？
mei: Oat.
ru: 那他听不见你，换个办法。
  + 😂 wen sol nora yu
sol: I am bringing soup with garlic.
mei: He left.
  + 😂 wen nora yu ru
== 26d 19:22
nora: I would like to read in bed without the lamp and without the neighbour's dog knowing I am awake.
wen: E-reader. It has a light that looks like evening. [item lamplight-reader]
mei: Paper.
nora: Paper has no light.
mei: Paper has a lamp. A lamp has a dog.
  + 😂 sol yu
ru: 灯下那个，我有。睡着了砸脸也不疼。
nora: This is the review I was waiting for.
yu: Does it show pictures?
ru: 灰的。
yu: So, like film.
ru: 不像。
  + 😂 wen nora mei sol
== 25d 12:33
nora: Ordered. 998. I have told myself it is forty bowls I will not buy.
sol: Will you not buy them?
nora: I will buy them.
  + 😂 mei wen yu ru
== 23d 12:20
wen: Page nineteen. The badger writes a letter. I asked Uncle He what an envelope looked like in 1984 and got four pages.
yu: Handwritten?
wen: With a diagram of the flap.
  + ❤️ yu nora mei ru sol
== 22d 12:31
nora: The brown bowl has a crack. A long quiet one.
mei: Bring it. The woman with the gold has a place on Tuesday.
nora: It was for bad days and then the bad day was the bowl.
  + ❤️ ru wen sol
yu: Then it goes on the shelf for very good days.
nora: Gold for the bad ones. I like this country.
  + ❤️ mei
== 22d 19:05
sol: I have lit a lantern in my window so that the bowl knows. [item paper-lantern]
wen: You bought a lantern for a bowl?
sol: It was on the way.
  + 😂 nora mei yu ru
== 21d 20:41
sol: I have been asked to cook for eleven. By a man named Ming. On a Sunday. He cooks every Sunday and he would like one off.
wen: That is my uncle. Say yes. They will ask you forty questions.
sol: What do I make?
mei: Not noodles. They will be polite about noodles.
nora: Your mother's stew. With the stock cubes.
sol: There are nine cubes left.
ru: 够了，十一个人。
sol: I will need a bigger pot.
wen: There is a bigger pot. It is older than me.
  + 😂 mei yu nora
== 19d 21:55
sol: Report. They ate it all. The twins asked if I am a chef or a lamp. Grandpa Wu taught me a chess opening. I lost in nine.
wen: Nine is good. I lose in six.
  + ❤️ mei nora yu ru
sol: Aunt Su asked me what the pot cost. I said it is your pot. She said yes, but what would you say it cost.
  + 😂 wen mei yu nora ru
== 17d 12:11
mei: There is a keyboard at the next table that sounds like hail.
ru: 高草的静音轴，不会。 [item tall-grass-keys]
nora: Is that a recommendation or a threat?
ru: 礼物清单。
  + 😂 sol wen yu mei
wen: It has one red key. I would write only to press Enter.
yu: You send eleven messages where others send one. It would be good exercise.
wen: I
wen: do
wen: not.
  + 😂 mei sol nora ru yu
== 15d 12:49
yu: Film has gone up again. Three rolls, 168. [item three-rolls]
nora: Per photo?
yu: Half-frame, so 78 fen each. I asked Hao.
mei: That is less than a spring onion.
sol: CONG.
nora: You say it with love now.
  + ❤️ mei wen ru
== 14d 12:19
ru: 有人看见我的唱针刷吗？
sol: Small, wooden, soft?
ru: 对。
sol: I cleaned a mushroom with it.
  + 😂 wen nora mei yu
ru: 蘑菇干净吗？
sol: Very.
ru: 那就好，留着吧。
  + ❤️ sol nora
== 13d 19:30
wen: The laptop. I went to hold it. It has a sound like paper when the pen goes over it.
mei: And the price?
wen: Still 300 over.
yu: Offer them the badger.
wen: I offered. The man who opens computers said he would hang it above the plant.
nora: And?
wen: And the price is the price. But he offered to clean the old one for nothing.
  + ❤️ mei nora
mei: I like this shop.
== 11d 12:25
sol: Somebody at this table is going to Huangshan and did not say.
mei: Four of us are not at this table.
sol: You are at this table.
mei: I am at both tables.
nora: Bring me a stone. A small one. Legally.
  + 😂 wen yu sol ru
== 9d 12:14
ru: 新唱片到了，明天晚上，两个名额。
sol: Me.
nora: Me.
wen: Me.
ru: 三个人也行，文不许哭。
wen: Which Wen?
ru: 会哭的那个。
  + 😂 mei sol nora yu
== 8d 22:40
wen: I cried at track two, she moved the biscuit closer before the song began.
ru: 提前准备。
  + ❤️ wen nora mei sol yu
== 6d 12:37
mei: The mended lid has a friend. Yesterday I chipped the second teapot.
nora: Mei.
mei: Same place. Same thumb. The woman with the gold will say something about me.
yu: What will she say?
mei: That I hold on to things and also drop them.
  + 😂 wen sol ru nora
== 4d 12:30
yu: Question for the table. I have waited three weeks for a camera to come down. If it does, do I become a person who buys or a person who waited?
sol: You become a person with a camera.
ru: 等的人和买的人是同一个。
wen: That is a record sleeve.
  + ❤️ yu nora mei
== 3d 12:18
nora: One bowl a week, week ninety-four. Tonight I eat from the fish. [item fish-plates]
mei: You finish and the fish appears.
nora: I know. I eat faster now. It is not good for me.
  + 😂 sol wen ru yu
== 2d 12:41
sol: The aunt is closing for three days. Her nephew marries.
nora: What will we eat?
sol: Each other.
mei: Thin noodles behind the station. Twelve fifteen.
wen: Twelve thirty.
mei: We know.
  + 😂 sol nora yu ru
== 1d 12:20
yu: Table saved. Sun on it. Who is coming?
mei: Five minutes.
nora: Two minutes, with the umbrella, it is not raining, I simply like it.
sol: I am already here, I am behind the newspaper.
ru: 左边，插座。
wen: Leaving now.
mei: She is still at home.
wen: I am leaving the home part now.
  + 😂 yu nora sol ru mei
yu: I ordered you the dumplings, the cabbage ones.
wen: Thank you. I am drawing this table next. Page thirty-two. Everyone is in it, even the socket.
  + ❤️ mei nora sol yu ru
"""

WINDOW = Group(
    "window",
    "Window table",
    "mei wen yu nora sol ru",
    SPRING + SUMMER + AUTUMN + _NOW,
    unread={"sol": 2},
)
