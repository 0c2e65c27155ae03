# ruff: noqa: E501
"""Computers, tablets and what lies beside them."""

from ..kinds import thing

GOODS = (
    thing(
        "ridge-14",
        "blank-page",
        "laptops",
        ("Ridge 14 for drawing", "山脊 14 画画本"),
        5899,
        11,
        (
            "A matt 14 inch screen with true colours and a fan you can hardly hear. Made for people who draw first and type later.",
            "14 英寸磨砂屏，颜色准，风扇几乎听不见。给先画画、后打字的人。",
        ),
        ("Laptop with a plum branch in a painting program", "打开绘画软件的笔记本，屏上是一枝梅花"),
        ("Ridge 14 on a wooden desk with a pen tablet in front", "木桌上的山脊 14，前面放着手绘板"),
        was=6299,
    ),
    thing(
        "silverleaf-air",
        "blank-page",
        "laptops",
        ("Silverleaf Air", "银叶轻薄本"),
        6799,
        8,
        (
            "1.1 kilograms, twelve hours, and a keyboard with real travel. The lid opens with one finger.",
            "1.1 公斤，十二小时续航，键程实在。一根手指就能开盖。",
        ),
        (
            "Thin silver laptop turned to the side with code on its screen",
            "侧放的银色轻薄本，屏幕上是代码",
        ),
        (
            "Silverleaf Air in a café with a plant and a coffee",
            "咖啡馆里的银叶轻薄本，旁边是绿植和咖啡",
        ),
    ),
    thing(
        "tentpole-13",
        "blank-page",
        "laptops",
        ("Tentpole 13", "帐篷 13"),
        4599,
        13,
        (
            "Turns all the way round and stands like a tent for films, recipes and showing photographs to aunts.",
            "屏幕能翻一圈，像帐篷一样立着，看电影、看菜谱、给姨妈们看照片都方便。",
        ),
        ("Convertible laptop standing like a tent", "像帐篷一样立着的翻转本"),
    ),
    thing(
        "margin-tablet",
        "blank-page",
        "laptops",
        ("Margin tablet with pen", "页边平板（带笔）"),
        3299,
        20,
        (
            "Eleven inches, a pen that never needs charging, and a clay-red keyboard cover that does not slide on your knees.",
            "11 英寸，一支不用充电的笔，陶红色键盘盖，放膝上不打滑。",
        ),
        (
            "Tablet on a clay-red keyboard cover, pen standing beside it",
            "架在陶红键盘盖上的平板，旁边立着笔",
        ),
        (
            "Margin tablet seen from above with a drawing and the pen",
            "俯拍的页边平板，屏上是画，笔放在上面",
        ),
        was=3599,
    ),
    thing(
        "forge-16",
        "blank-page",
        "laptops",
        ("Forge 16", "锻炉 16"),
        9499,
        6,
        (
            "Strong enough for large games and long renders, with keys that glow like coals. It is heavy and does not pretend otherwise.",
            "大型游戏和长时间渲染都扛得住，按键像炭火一样亮。它重，也不装轻。",
        ),
        (
            "Dark laptop with glowing keys and a sunset game on screen",
            "按键发亮的深色笔记本，屏上是夕阳下的游戏",
        ),
    ),
    thing(
        "pebble-11",
        "blank-page",
        "laptops",
        ("Pebble 11", "卵石 11"),
        2199,
        27,
        (
            "A small clay-coloured computer for school, letters and the kitchen. Comes with a felt sleeve.",
            "陶土色的小电脑，上学、写信、放厨房都合适。送一只毛毡套。",
        ),
        (
            "Small clay-coloured laptop with its green sleeve behind it",
            "陶土色小笔记本，后面是绿色内胆包",
        ),
        was=2399,
    ),
    thing(
        "leaf-13",
        "blank-page",
        "laptops",
        ("Leaf 13", "新叶 13"),
        3999,
        16,
        (
            "A plain 13 inch computer in pine or oat. Battery, memory and keyboard come out with one screwdriver.",
            "朴素的 13 英寸电脑，松绿或燕麦两色。电池、内存、键盘，一把螺丝刀就能换。",
        ),
        (
            "Two closed laptops, pine green on oat, seen from above",
            "两台合上的笔记本，松绿叠在燕麦色上",
        ),
    ),
    thing(
        "hearth-24",
        "blank-page",
        "laptops",
        ("Hearth 24 all-in-one", "炉边 24 一体机"),
        5499,
        7,
        (
            "The family computer: a large friendly screen, one cable, and a red button that means it.",
            "一家人的电脑：大而和气的屏幕，一根线，还有一个说一不二的红按钮。",
        ),
        (
            "Cream all-in-one computer with keyboard and mouse by a plant",
            "米色一体机，配键盘鼠标，旁边有绿植",
        ),
    ),
    thing(
        "tall-grass-keys",
        "blank-page",
        "laptops",
        ("Tall Grass keyboard", "高草键盘"),
        599,
        33,
        (
            "Mechanical, quiet enough for an open office, with caps in rice, celadon and one cinnabar Enter.",
            "机械键盘，开放办公室也不吵。米白、青瓷配色，一颗朱砂回车。",
        ),
        (
            "Mechanical keyboard in rice and celadon with a red braided cable",
            "米白与青瓷色机械键盘，红色编织线",
        ),
        ("Close view of the keycaps, one of them cinnabar", "键帽近景，其中一颗朱砂色"),
        was=679,
    ),
    thing(
        "river-stone-mouse",
        "blank-page",
        "laptops",
        ("River Stone mouse", "河石鼠标"),
        259,
        41,
        (
            "Shaped by a potter before it was shaped by an engineer. Fits either hand; the leather pad is included.",
            "先让陶艺师捏过，再交给工程师。左右手都顺，附皮垫。",
        ),
        ("Oat-coloured mouse on a round green leather pad", "圆形绿皮垫上的燕麦色鼠标"),
    ),
)
