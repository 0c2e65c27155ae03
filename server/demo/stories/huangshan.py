# ruff: noqa: E501
"""Five people, a mountain, one pair of bad shoes."""

from .shapes import Group

HUANGSHAN = Group(
    "huangshan",
    "Huangshan weekend",
    "bo yu mei wen hao",
    unread={"wen": 3, "hao": 1},
    script="""
== 12d 20:14
bo: Huangshan. Two days, one night. Who is in?
yu: Me. I will carry one camera and complain about it.
mei: In, if we take the east steps up and the cable car down. My knees have opinions now.
  + 😂 wen yu
hao: In. I have started a sheet. Columns for train, beds, who snores.
wen: I do not snore.
hao: The sheet has a column for claims as well.
  + 😂 bo mei yu wen
bo: Leave early Saturday, sleep on top, sunrise, down by noon.
wen: Define early.
bo: 7:40 train.
wen: That is not early, that is still Friday.
  + 😂 mei
mei: You said the same about Suzhou and then you were the first on the platform.
wen: Because I had not slept.
yu: In November the steps are wet before nine. I would rather not fall on a lens.
hao: Beds on top are going. I can hold five until Thursday.
bo: Hold them.
  + 👍 wen mei yu
== 9d 12:32
hao: Beds held: one room of four, one single. The single goes to whoever loses the vote.
bo: What vote?
hao: There is always a vote.
mei: The single goes to you. You talk about spreadsheets in your sleep.
  + 😂 wen yu bo
wen: Seconded. No vote needed.
hao: This is how democracies end.
yu: What are we doing about the bag question? I have one rucksack and it is full of film.
wen: [item terrace-rucksack]
wen: I have had my eye on this since spring. Two days fit, a mat too.
mei: The patch is sewn. I checked in the shop, I pulled at it.
bo: 28 litres is right. Forty and you will fill forty.
  + 👍 hao
yu: How is the back? My last one held the sweat of three provinces.
mei: Canvas, so it breathes a little and dries slowly. Honest answer.
wen: I am getting it. Not today. But I am.
mei: She will tell us tomorrow.
  + 😂 bo yu hao
== 6d 21:05
mei: Look what the path looked like last year. Same week. [picture mountain-steps]
  + ❤️ wen bo yu
wen: I want to draw that and I do not want to climb it.
bo: The drawing is at the top.
yu: Was it that clear all day?
mei: Forty minutes. Then soup.
  ~ Forty minutes. Then fog like soup, and then actual soup.
hao: Soup is in the sheet. 38 a bowl up there.
wen: For noodles in hot water?
hao: For noodles in hot water that somebody carried up 6,000 steps.
wen: Fair. I withdraw.
  + 👍 mei bo
== 4d 22:41
yu: Packed list so far: camera, two rolls, jacket, socks. Am I missing something?
mei: Trousers.
  + 😂 wen hao bo
yu: Assumed.
bo: Head torches, one per two people. Water on the way up is fine, there are taps at the second pavilion.
wen: Rain?
bo: Ask me Thursday.
hao: I have a column for rain.
== 2d 19:48
hao: Rain column updated: 60 percent on Saturday afternoon, clear at night.
wen: Then clear at sunrise. I take it.
mei: I am bringing this and sharing it with nobody. [item rain-jacket]
yu: Yellow. We will find you in any fog.
mei: That is the idea.
bo: It was 599 last month, by the way.
mei: I know. I waited. I am very calm about it.
  + 😂 wen yu
== 2d 20:20
wen: Socks. Everybody forgets socks and then the whole second day is about feet.
wen: [item three-socks]
  + 👍 mei bo hao yu
hao: Three pairs, five people. I will work something out.
bo: You buy two packs, Hao.
hao: I had reached the same result.
== 1d 18:10
yu: One seat facing the wrong way in coach 6. Who does not get sick?
mei: Wen. She can read on a ferry.
wen: Fine, but I want the window.
hao: Noted. Window, backwards, Wen.
== 2h40m..1h55m
bo#rain: Forecast says rain on Saturday. My old shoes will not survive the steps.
mei>rain: Your old shoes did not survive the last steps. We all saw the sole leave.
  + 😂 yu wen hao
bo: It left with dignity.
yu#these: These? They came down this morning. [item cloud-step]
  + 👍 mei wen hao
  + 🌧️ wen
wen>these: I own them. Take half a size up.
  + 👍 bo
bo: Do they hold on wet granite, going down?
wen: Yes. Going up is your own affair.
  + 😂 mei yu hao
bo: What size would you say for 41.5?
wen: 42. If it is wrong they swap it and pay both ways, Xiao Fan told me.
hao: 469 now, was 529. I have a column for that too.
mei: You want them dry by Saturday, order today.
bo: I cannot decide about the colour. I have never had shoes with a colour.
mei: Then we do it.
mei: [vote shoes]
bo: You are all choosing my feet for me and I love it.
  + ❤️ mei wen yu
wen: Clay. You will see them in every photo.
yu: Pine. He would disappear, which is what he likes.
  + 😂 mei
hao: Ink hides mud. Just saying.
== 24m..3m
hao: Moved my vote to ink. It is not about fashion, it is about washing.
mei: Four of five have voted and the one missing is the one with the feet.
bo: I am not allowed an opinion, I have read the comments.
yu: Train is booked, 7:40, coach 6, five seats.
hao: I put the sunrise at 6:41. Everybody up at 6. Wen at 5:50.
mei: She will say that is still Friday. @wen
""",
)
