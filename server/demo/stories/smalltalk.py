# ruff: noqa: E501
"""What the demo people talk about while somebody watches: short scenes by the title of the chat.

A scene is played only when everybody in it takes part, and none twice before all have been.
"""

TALK: dict[str, tuple[str, ...]] = {
    "Huangshan weekend": (
        """
bo: Do I need poles or is that for people with good shoes?
mei: Poles are for people with knees.
hao: There are two pairs in the sheet. One is mine.
bo: Then I shall have the other pair and an opinion.
""",
        """
yu: What is the light like at the second pavilion around four?
mei: Behind you, if you turn round. Everybody forgets to turn round.
yu: I will set an alarm.
bo: "Turn round." I like it as an alarm.
""",
        """
hao: Who takes the flask? One is enough, it is the big one.
bo: I take the flask, I have room, I packed nothing.
mei: You packed socks on top. I saw the post.
bo: Socks and a flask. I am a mountain already.
""",
        """
mei: If there is fog at sunrise we say it was beautiful. Agreed?
yu: Agreed. Fog is beautiful. I have a roll for it.
hao: I will put "beautiful (fog)" in the sheet.
""",
        """
bo: I walked up to the fifth floor in the old shoes to test them.
yu: And?
bo: Only one of them came with me.
mei: The vote is still open, Bo. Help is on the way.
""",
        """
hao: Snacks: nuts, dried persimmon, those salty biscuits. Anything against?
mei: The biscuits make noise at night.
hao: They are for the day.
mei: You said that in Suzhou.
""",
        """
yu: I packed the jacket twice. Once as a jacket and once as a pillow.
bo: How is it as a pillow? [item night-puffer]
yu: Quiet. It does not rustle when you turn over.
hao: That settles who sleeps next to Yu.
""",
        """
mei: Head torches, did somebody check the batteries?
hao: Checked, with date, second tab.
bo: He has a second tab.
mei: He has a sixth tab.
""",
        """
bo: 28 litres and I still cannot close it.
mei: Take out the book.
bo: It is a thin book.
yu: Tear out the pages you have read.
bo: You are a dangerous man.
""",
    ),
    "一家人": (
        """
lin: 今天豆腐不错，第三家的。
hao: 我妈那个卖豆腐的？
lin: 就是他，说认识你妈，给我多切了一角。
hao: 面子又涨了。
""",
        """
hao: 周日的人数我重新数了一遍，十一个半。
lin: 半个是谁？
hao: 双胞胎里说不饿的那个。
lin: 那个最能吃，算一个。
""",
        """
lin: 降温了，出门都把围巾围上。 [item winter-plaid]
hao: 这条够两个人围。
lin: 所以才买的，车站等车的时候。
""",
        """
lin: 谁上次把我的保温杯拿走了？
hao: 绿的那个？在我这儿，洗过了。
lin: 里面的枸杞呢？
hao: 也洗过了。
""",
        """
hao: 外公今天在公园又赢了，对手要求换棋盘。
lin: 换什么都没用，他算得清。
hao: 他说他看着那匹马看了一下午。
""",
        """
lin: 我今天走了八千步，其中三千步是找眼镜。
hao: 眼镜在哪儿？
lin: 在头上，走着走着自己下来的。
""",
        """
hao: 家里那盏灯又闪了，要不要换一盏？ [item mushroom-lamp]
lin: 这个好看，不刺眼。
hao: 摸一下就调亮，您晚上起来也方便。
lin: 那我摸摸再说。
""",
        """
lin: 铁壶烧的水，泡红茶是圆的。
hao: 水怎么圆？
lin: 你喝就知道，扁的水你喝得出来。
""",
    ),
    "Ceramics circle": (
        """
nora: Is it rude to knock on a bowl in a shop?
mei: With one finger, and then you wait. It answers or it does not.
dong: If it answers with a buzz, put it back.
nora: I once married a buzz. Week four.
""",
        """
dong: 新泥到了，踩了一早上。
mei: With your feet?
dong: Feet know. Hands pretend.
nora: I am writing that on the wall above week ninety-four.
""",
        """
hao: If somebody wanted to photograph a teapot for a present, which side is its face?
mei: Spout to the right, lid a finger open, as if it had just heard something.
hao: Very specific.
mei: It is a portrait, Hao.
""",
        """
lin: 茶漏我找到了，在第三把壶里。
mei: How long has it been there?
lin: 从夏天。
nora: Auntie, then it is not lost, it lives there.
""",
        """
nora: Does a plum vase really need only one branch? [item plum-vase]
mei: Two would talk to each other and not to you.
dong: One branch. Change the water.
nora: One branch, change the water. It sounds like advice for everything.
""",
        """
dong: Two cracked in the night. I heard one of them.
mei: What does it sound like?
dong: Like a small decision.
""",
        """
hao: Car on Sunday: three people, a box of shards, one tin of biscuits. Did I miss anything?
mei: Room for what we buy.
hao: We said nobody buys.
nora: We say that every time. It is part of the ritual.
""",
        """
mei: The celadon in daylight is a different colour from the celadon in the shop. [item celadon-tea-set]
nora: Which is the real one?
mei: The one at four in the afternoon, in November.
lin: 就是现在。
""",
        """
nora: Today's character: 窑. A roof, and under it something that has been through a lot.
dong: 对，就是窑。
mei: Also most families.
""",
    ),
    "Window table": (
        """
yu: Table saved. It has sun on the left and a draught on the right.
mei: I take the draught, I have sleeves.
nora: Two minutes. I am bringing the umbrella for company.
""",
        """
nora: I said "a little vinegar" perfectly and she gave me a lot.
mei: She heard the tone. It was a generous tone.
yu: I always get exactly what I say. I must sound like a form.
""",
        """
mei: Somebody left a glove here. Left hand, green, one finger mended.
yu: Wen's.
nora: It was tied to her sleeve.
mei: The string is here too.
""",
        """
yu: Is anybody else cold, or is it the window?
nora: It is November, Yu.
mei: I brought the throw. It is for knees, not for pulling. [item woven-throw]
yu: I would never pull.
nora: She is pulling.
""",
        """
nora: Reading in bed report: I finished a book, the dog next door does not know. [item lamplight-reader]
mei: And paper?
nora: Paper is for the bath. I have made peace between them.
""",
        """
mei: The gold on the lid is wearing at the thumb.
yu: So it knows you.
mei: It knows my thumb. We are working on the rest.
""",
        """
yu: A man asked if this table is reserved. I said in a way.
nora: In which way?
yu: In the way that he sat somewhere else.
""",
        """
nora: The aunt is back. She asked if we missed her. I said CONG.
mei: What did she say?
nora: She gave me two eggs.
yu: That is a promotion.
""",
        """
mei: Who wants the last dumpling? I am asking only so that somebody says it should be me.
nora: It should be you.
yu: It should be you, with half for me.
mei: This is how it begins.
""",
        """
yu: Frame twelve of the new roll: all your shoes under the table. It looks like a choir.
nora: Mine are the white ones in the front row. [item court-shoe]
mei: Mine are singing the loudest.
""",
    ),
    "Half-frame people": (
        """
yu: De, how long does the black and white sit in the bath at this temperature?
de: Longer than you want and shorter than you fear.
yu: In minutes.
de: Seven and a half.
""",
        """
de: Somebody sent a roll without a name. It is all ladders.
yu: Ladders?
de: Thirty-six ladders. Beautiful. Whoever you are, come in, I will make tea.
""",
        """
yu: Is there a way to stop buying straps?
de: Sell the cameras.
yu: I asked nicely.
de: A strap is cheaper than a lens. Keep buying straps.
""",
        """
de: The shutter on the twin-lens is clean again. It sounds like a biscuit. [item two-eyes]
yu: What kind of biscuit?
de: Thin. Fresh.
yu: I must not come in today.
""",
        """
yu: Overcast, flat, no shadows. Everyone should be outside.
de: This is the weather for faces.
yu: Then I need a face.
""",
        """
de: Reminder: rolls by Friday noon. A roll in the other trousers does not count.
yu: That is aimed at one person.
de: He knows.
""",
    ),
    "Drawing desks": (
        """
kai: Whoever left a pencil in the demo machine: it is four millimetres long and it has a name on it.
nora: What name?
kai: "Later."
nora: That is Wen's.
""",
        """
nora: My keyboard has a new sound. Is that weather or biscuit?
kai: Turn it over. Gently. Over a plate.
nora: It was biscuit.
""",
        """
kai: Lamp arrived. Left side of the desk exists now. [item crane-lamp]
nora: How does it look?
kai: There was a cup there. I had wondered.
""",
        """
kai: Free tip: brightness at 60 for ink, at 80 for colour, at zero for e-mail.
nora: I do all three at 100.
kai: I can tell. Come in for eye drops.
""",
    ),
    "四点半拼单": (
        """
lan: 退潮和初瓣的小样各多了十支，值夜班的优先。
lan: 没有夜班的，写一句昨晚几点睡的也行。
""",
        """
lan: 今天调坏了一锅，闻起来像图书馆下雨。 [item amber-serum]
lan: 我留了一小瓶，给宁姐。
""",
    ),
}
