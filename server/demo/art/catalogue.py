# ruff: noqa: E501
"""The demo world's market: seven stores and everything they sell."""

from .goods import audio, cameras, clothing, home, laptops, makeup, phones
from .kinds import Store, Text, Thing

STORES = (
    Store(
        "north-gate",
        Text("North Gate Outfitters", "北门行装"),
        Text(
            "Shoes, jackets and bags for people who walk up things. Worn by us first, mended for free in the first year.",
            "给爱往高处走的人做鞋、外套和包。我们自己先穿，第一年免费修补。",
        ),
        Text("Hangzhou, North Gate", "杭州 · 北门"),
        "north-gate",
        "north-gate",
    ),
    Store(
        "old-lens",
        Text("Old Lens House", "老镜头"),
        Text(
            "Used and new cameras, cleaned and tested at the bench behind the counter. Every fault is written on the card.",
            "新旧相机，都在柜台后的工作台上清洁、测试过。有什么毛病，卡片上写得清清楚楚。",
        ),
        Text("Shanghai, Tongchuan Lane", "上海 · 铜川里"),
        "old-lens",
        "old-lens",
    ),
    Store(
        "bamboo-signal",
        Text("Bamboo Signal", "竹讯"),
        Text(
            "Phones, sound and small machines that do one thing well. We set them up with you, by chat or at the table.",
            "手机、声音和只把一件事做好的小机器。可以线上聊着帮你设置，也可以来店里坐下弄。",
        ),
        Text("Shenzhen, Bamboo Street", "深圳 · 竹子街"),
        "bamboo-signal",
        "bamboo-signal",
    ),
    Store(
        "blank-page",
        Text("Blank Page Computers", "白纸电脑"),
        Text(
            "Computers that can be opened, and desks to put them on. Ask us before you buy too much.",
            "能拆开的电脑，和摆它们的桌面。买多之前，先问问我们。",
        ),
        Text("Beijing, Drum Tower East", "北京 · 鼓楼东"),
        "blank-page",
        "blank-page",
    ),
    Store(
        "third-floor",
        Text("Third Floor Wardrobe", "三楼衣橱"),
        Text(
            "Small runs of clothes from five workshops, three flights up. Alterations while you drink tea.",
            "五家小作坊的少量衣服，在三楼。喝杯茶的工夫就能改好。",
        ),
        Text("Chengdu, Kuixinglou", "成都 · 奎星楼"),
        "third-floor",
        "third-floor",
    ),
    Store(
        "peach-mirror",
        Text("Peach Mirror", "桃镜"),
        Text(
            "Make-up and scent mixed in small batches. If the colour is wrong on you, send it back open.",
            "小批量调制的彩妆与香氛。颜色不适合你，拆了也能退。",
        ),
        Text("Guangzhou, Liwan", "广州 · 荔湾"),
        "peach-mirror",
        "peach-mirror",
    ),
    Store(
        "quiet-kiln",
        Text("Quiet Kiln", "静窑"),
        Text(
            "Tea, clay and light from a kiln that is fired twice a month. Seconds are sold as seconds.",
            "茶、陶与灯，来自每月开两次的窑。有瑕疵的，就按瑕疵卖。",
        ),
        Text("Jingdezhen, Sanbao", "景德镇 · 三宝"),
        "quiet-kiln",
        "quiet-kiln",
    ),
)

THINGS: tuple[Thing, ...] = (
    *phones.GOODS,
    *laptops.GOODS,
    *clothing.GOODS,
    *makeup.GOODS,
    *cameras.GOODS,
    *audio.GOODS,
    *home.GOODS,
)

# What the scenes in ready/scenes show: the alt text of posts that carry them.
SCENES: dict[str, Text] = {
    "lake": Text(
        "A pavilion on a lake at sunset, a boat by the reeds", "夕阳下的湖上亭子，芦苇边一只小船"
    ),
    "lane": Text("A market lane at dusk under red lanterns", "黄昏的集市小巷，头顶是红灯笼"),
    "tea": Text(
        "A clay teapot and two cups by a window with hills", "窗外有山，桌上一把陶壶和两只杯"
    ),
    "night-market": Text(
        "Three night market stalls with buns, fruit and pots", "夜市三个摊位：包子、水果和陶罐"
    ),
    "mountain-steps": Text(
        "Two walkers on stone steps among misty peaks", "云雾山间，两人走在石阶上"
    ),
    "studio": Text(
        "A photo studio with a peach backdrop and a teapot on a stool",
        "摄影棚，桃色背景纸前凳上一把茶壶",
    ),
    "desk": Text("A wooden desk with a laptop, a lamp and a letter", "木书桌上的笔记本、台灯和信"),
    "wardrobe": Text(
        "A clothes rail with dresses and coats beside a mirror", "镜子旁的衣杆，挂着裙子和大衣"
    ),
    "rainy-window": Text(
        "A cat watching city lights through a rainy window", "一只猫隔着雨窗看城市灯火"
    ),
    "train": Text(
        "A train window with fields, tea and persimmons on the table",
        "列车窗外是田野，小桌上有茶和柿子",
    ),
    "balcony": Text("A balcony full of plants with a rattan chair", "种满绿植的阳台和一把藤椅"),
    "shop-front": Text("Two people looking into a ceramics shop window", "两个人在看陶瓷店的橱窗"),
    "hotpot": Text(
        "A divided hotpot with meat, greens and tofu from above",
        "俯拍的鸳鸯锅，周围是肉、青菜和豆腐",
    ),
    "snow-court": Text(
        "A courtyard house in the snow, a cat and a visitor", "雪中的院子，一只猫和一位来客"
    ),
}
