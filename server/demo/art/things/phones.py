# ruff: noqa: E501
"""Phones: fronts with live screens, backs with lenses, folds and keys."""

from ..grounds import (
    BUTTER,
    KHAKI,
    MIST,
    NIGHT,
    PEACH,
    SAGE,
    book,
    cloth,
    cup,
    cup_above,
    leaf_sprig,
    planks,
    room,
    stack,
    table,
    vase_branch,
    wall,
)
from ..ink import (
    CINNABAR,
    CLAY,
    PAPER,
    PINE,
    SHADE,
    box,
    cast,
    circle,
    clip,
    dark,
    ellipse,
    group,
    light,
    lin,
    line,
    n,
    path,
    picture,
    place,
    rect,
    ring,
    shadow,
)


def lens(x: float, y: float, r: float, rim: str = "#12211f") -> str:
    """A camera eye with its glint."""
    return (
        circle(x, y, r, light(rim, 0.16))
        + circle(x, y, r * 0.9, rim)
        + circle(x, y, r * 0.58, lin(60, "#4f7f8c", "#15262c"))
        + circle(x, y, r * 0.26, "#0d1517")
        + circle(x - r * 0.26, y - r * 0.28, r * 0.17, "#dcebea")
    )


def front(x: float, y: float, w: float, h: float, body: str, screen: str, r: float = 34) -> str:
    """A phone seen from the front; `screen` is drawn in 180 x 380 units."""
    m = w * 0.045
    inner = box(x + m, y + m, w - 2 * m, h - 2 * m, r - m)
    glare = path(
        f"M{n(x)} {n(y)}h{n(w * 0.62)}L{n(x + w * 0.1)} {n(y + h)}H{n(x)}z", "#ffffff", op=0.09
    )
    show = group(
        screen,
        f"translate({n(x + m)} {n(y + m)}) scale({n((w - 2 * m) / 180)} {n((h - 2 * m) / 380)})",
    )
    return (
        rect(x + w - 2, y + h * 0.27, 5, h * 0.13, 2, dark(body, 0.3))
        + rect(x, y, w, h, r, lin(0, light(body, 0.35), body, dark(body, 0.25)))
        + rect(x + 3, y + 3, w - 6, h - 6, r - 3, "#171413")
        + clip(inner, show + glare)
        + rect(x + w * 0.37, y + m + 9, w * 0.26, 12, 6, "#171413")
    )


def back(x: float, y: float, w: float, h: float, colour: str, r: float = 36) -> str:
    """A phone's back without its lenses: edge, sheen, mark."""
    sheen = path(
        f"M{n(x)} {n(y)}h{n(w * 0.52)}L{n(x - w * 0.1)} {n(y + h * 0.72)}z",
        light(colour, 0.35),
        op=0.45,
    )
    foot = path(
        f"M{n(x + w)} {n(y + h * 0.4)}v{n(h * 0.6)}H{n(x + w * 0.2)}z", dark(colour, 0.3), op=0.28
    )
    return (
        rect(x, y, w + 6, h, r, dark(colour, 0.4))
        + rect(x, y, w, h, r, lin(50, light(colour, 0.16), colour, dark(colour, 0.12)))
        + clip(box(x, y, w, h, r), sheen + foot)
        + rect(
            x + 1.5,
            y + 1.5,
            w - 3,
            h - 3,
            r - 1,
            "none",
            stroke=light(colour, 0.5),
            stroke_width=2,
            stroke_opacity=0.55,
        )
    )


def hills(sky: str, sun: str, tones: tuple[str, str, str]) -> str:
    a, b, c = tones
    return (
        rect(0, 0, 180, 380, 0, lin(90, light(sky, 0.3), sky))
        + circle(118, 130, 28, sun)
        + path("M0 232c34-50 60-44 92-6s54 16 88-16v170H0z", a)
        + path("M0 276c40-36 64-24 96 4s56 12 84-8v110H0z", b)
        + path("M0 322c50-20 90 6 180-8v66H0z", c)
    )


def clock(colour: str, x: float = 90, y: float = 66) -> str:
    """The hour on a lock screen, drawn, not typed: 7:20 in strokes."""
    digits = "M-42-22h18l-10 34M2-15c0-10 18-10 18 0 0 8-12 15-18 27h18"
    nought = "M32-5a8.5 17 0 1 0 17 0a8.5 17 0 1 0-17 0"
    dots = circle(-11, -11, 2.8, colour) + circle(-11, 3, 2.8, colour)
    rule = rect(-30, 22, 60, 5, 2.5, colour, op=0.6)
    return group(line(digits + nought, colour, 5) + dots + rule, f"translate({n(x - 3)} {n(y)})")


def lock(sky: str, sun: str, tones: tuple[str, str, str], ink: str = PAPER) -> str:
    return hills(sky, sun, tones) + clock(ink) + rect(58, 362, 64, 5, 2.5, ink, op=0.8)


def chat_screen(mine: str, ground: str = "#f6efe2") -> str:
    rows = (
        (14, 64, 96, 30, 0),
        (14, 102, 122, 44, 0),
        (72, 158, 94, 30, 1),
        (50, 196, 116, 58, 1),
        (14, 266, 104, 30, 0),
    )
    bubbles = "".join(
        rect(x, y, w, h, 12, mine if own else dark(ground, 0.1))
        + "".join(
            rect(
                x + 12,
                y + 10 + k * 13,
                w - (24 if k == 0 else 46),
                5,
                2.5,
                dark(ground, 0.55) if not own else light(mine, 0.75),
                op=0.75,
            )
            for k in range(h // 16)
        )
        for x, y, w, h, own in rows
    )
    top = (
        rect(0, 0, 180, 50, 0, light(ground, 0.5))
        + circle(30, 34, 11, CLAY)
        + rect(48, 31, 56, 6, 3, dark(ground, 0.6))
    )
    return (
        rect(0, 0, 180, 380, 0, ground)
        + top
        + bubbles
        + rect(12, 334, 156, 30, 15, light(ground, 0.7))
        + circle(152, 349, 11, mine)
    )


def map_screen(route: str = CINNABAR) -> str:
    land = rect(0, 0, 180, 380, 0, "#e9e3cf") + path(
        "M-10 240c60-30 60 30 110 0s50-60 90-60v60c-40 6-50 60-100 80s-60-10-100 10z", "#a9c6cb"
    )
    parks = (
        rect(14, 70, 58, 66, 12, "#bccfa8")
        + rect(116, 300, 54, 60, 12, "#bccfa8")
        + circle(140, 92, 24, "#bccfa8")
    )
    roads = line("M-10 160h200M90-10v400M30-10v400M-10 54h200M-10 330l200-40", "#fffaf0", 9)
    way = (
        line("M30 340V160h60V70l40-16", route, 7)
        + circle(30, 340, 9, PAPER)
        + circle(30, 340, 5, route)
    )
    pin = path("M130 54c-16-20-18-44 0-46 18 2 16 26 0 46z", route, tr="translate(0 4)") + circle(
        130, 30, 6, PAPER
    )
    card = (
        rect(10, 306, 160, 60, 14, "#fffaf0")
        + circle(34, 336, 13, route)
        + rect(56, 324, 74, 7, 3.5, "#574c41")
        + rect(56, 340, 48, 6, 3, "#a39685")
    )
    return land + parks + roads + way + pin + card


def photo_screen() -> str:
    night = rect(0, 0, 180, 380, 0, "#141110") + group(
        hills("#5d6f86", "#f7e3bd", ("#6d6c78", "#8d6a68", "#5b3226")),
        "translate(0 20) scale(1 .78)",
    )
    lamps = "".join(
        ellipse(x, y, 11, 9, "#d6442a") + circle(x, y, 20, "#f4b04a", op=0.18)
        for x, y in ((26, 84), (62, 98), (104, 96), (150, 80))
    )
    frame = line("M60 150h-14v14M120 150h14v14M60 226h-14v-14M120 226h14v-14", "#fff8ea", 3)
    keys = (
        circle(90, 342, 22, "none", stroke="#fff8ea", stroke_width=4)
        + circle(90, 342, 16, "#fff8ea")
        + rect(28, 330, 26, 26, 8, "#8a5a3c")
        + circle(140, 342, 12, "#3a3430")
    )
    return night + line("M-4 60c60 36 130 36 190 6", "#2c2320", 2) + lamps + frame + keys


def page_screen(paper: str = "#e9e6dc", ink: str = "#3a3733") -> str:
    head = rect(24, 46, 96, 12, 3, ink) + rect(24, 66, 58, 7, 3, ink, op=0.6)
    rows = "".join(
        rect(24, 96 + i * 17, 132 - (i * 37 % 29) - (50 if i % 6 == 5 else 0), 5.5, 2, ink, op=0.72)
        for i in range(15)
    )
    return rect(0, 0, 180, 380, 0, paper) + head + rows + rect(76, 360, 28, 5, 2, ink, op=0.5)


def trio(x: float, y: float, plate: str, r: float = 20) -> str:
    """Three lenses on a plate, 98 x 104."""
    eyes = lens(x + 28, y + 28, r) + lens(x + 28, y + 76, r) + lens(x + 72, y + 52, r)
    return (
        rect(x, y, 98, 104, 28, light(plate, 0.1))
        + rect(x + 2, y + 3, 96, 101, 27, plate)
        + eyes
        + circle(x + 74, y + 16, 6, "#f3e3b8")
    )


HERON = ("#c5b48a", "#c8371f", ("#b96a4b", "#8b4a3a", "#6e3a30"))


def heron_parts() -> str:
    pair = group(
        front(128, 96, 186, 374, "#33413f", lock("#e7c9a4", "#c8371f", HERON[2], "#5a2f25")),
        "rotate(-7 220 300)",
    ) + group(
        back(282, 84, 190, 386, PINE)
        + trio(300, 102, "#235850")
        + path("M356 330c10-16 34-16 44 0-10 16-34 16-44 0z", "#6fae9c", op=0.6),
        "rotate(6 370 300)",
    )
    return "".join(
        (
            shadow(306, 474, 186),
            pair,
        )
    )


def heron() -> str:
    return picture(table(MIST), heron_parts())


def heron_table() -> str:
    phone = group(front(206, 96, 196, 404, "#33413f", map_screen()), "rotate(11 300 300)")
    under = group(rect(212, 108, 196, 404, 36, SHADE, op=0.22), "rotate(11 300 300)")
    sprig = leaf_sprig(36, 610, 1.35, turn=24)
    return picture(
        cloth("#a9693f", "wood"), cup_above(112, 148, 66, "#e8eae0"), sprig, under, phone
    )


def heron_mini() -> str:
    phone = group(
        front(168, 112, 172, 346, "#cbb08a", chat_screen(CINNABAR), 32), "rotate(-6 250 300)"
    )
    other = group(
        back(300, 96, 176, 360, "#e3cda6", 34)
        + rect(318, 116, 62, 112, 30, "#d2b98e")
        + lens(349, 148, 21)
        + lens(349, 196, 21)
        + circle(404, 134, 7, "#fff3cf"),
        "rotate(8 390 300)",
    )
    return picture(table(PEACH, "window"), shadow(312, 460, 170), other, phone)


def ember_parts() -> str:
    body = back(196, 66, 208, 404, "#b5352a", 40)
    eye = (
        circle(300, 176, 82, dark("#b5352a", 0.35))
        + circle(300, 173, 80, lin(60, "#57504b", "#1d1918"))
        + ring(300, 173, 70, "#8a7f76", 2)
    )
    eyes = (
        lens(272, 146, 24)
        + lens(328, 146, 24)
        + lens(272, 201, 24)
        + circle(328, 201, 15, "#f7e9c6")
        + circle(328, 201, 9, "#fffaf0")
    )
    mark = line("M282 392c8-14 28-14 36 0", "#e98b72", 4) + line("M300 378v24", "#e98b72", 4)
    return "".join(
        (
            shadow(306, 472, 130, 16),
            group(body + eye + eyes + mark, "rotate(-4 300 470)"),
        )
    )


def ember() -> str:
    return picture(table("#5a3b3a", "sun", top="#432a28"), ember_parts())


def ember_night() -> str:
    phone = group(front(196, 70, 208, 424, "#8f2a22", photo_screen(), 40), "rotate(5 300 300)")
    return picture(
        wall(NIGHT, "plain"),
        "".join(
            circle(x, y, r, "#f4b04a", op=o)
            for x, y, r, o in (
                (84, 120, 46, 0.2),
                (520, 90, 34, 0.24),
                (490, 330, 58, 0.13),
                (70, 380, 34, 0.2),
                (132, 220, 22, 0.28),
            )
        ),
        planks(462, "#5c3a2b"),
        shadow(306, 494, 128),
        phone,
    )


def willow_parts() -> str:
    top = (
        path("M214 92c0-18 12-28 28-28h120c18 0 30 12 30 30v166H214z", lin(0, "#a9c2ae", "#8daa94"))
        + clip(
            box(226, 78, 154, 190, 16),
            rect(226, 78, 154, 190, 0, "#f0dcb8")
            + group(
                hills("#efd9ae", "#cf4227", ("#a9bb98", "#7fa093", "#467466")),
                "translate(222 4) scale(.9 .9)",
            )
            + path("M226 78h80l-60 190h-20z", "#fff", op=0.14),
        )
        + rect(286, 84, 34, 9, 4.5, "#22201e")
    )
    hinge = rect(208, 256, 190, 16, 8, lin(90, "#d7ded2", "#7b9382"))
    base = path(
        "M212 272h182l34 176c2 12-6 20-18 20H178c-12 0-18-8-16-20z", lin(90, "#5d6f62", "#839f8b")
    ) + path("M224 280h160l26 152H182z", "#efe3c8")
    rows = "".join(
        path(
            f"M{n(232 - i * 5.2)} {296 + i * 32}h{n(136 + i * 10.4)}l{n(3)} 20h{n(-(142 + i * 10.4))}z",
            c,
        )
        for i, c in enumerate(("#dcc9a0", "#e8a48c", "#dcc9a0", "#c6d2bd"))
    )
    dots = "".join(
        circle(246 - i * 4, 306 + i * 32, 5, "#8a5a3c")
        + rect(260 - i * 4, 303 + i * 32, 70, 6, 3, "#8a745a")
        for i in range(4)
    )
    lip = path(
        "M162 448c2 14 8 24 20 24h226c12 0 18-10 20-24 2 20-6 34-20 34H180c-14 0-20-14-18-34z",
        "#64796b",
    )
    return "".join(
        (
            shadow(298, 478, 150),
            top,
            base,
            rows,
            dots,
            lip,
            hinge,
        )
    )


def willow() -> str:
    return picture(table(SAGE, "arch"), willow_parts())


def willow_shut() -> str:
    def shut(colour: str) -> str:
        cover = back(214, 214, 176, 186, colour, 34)
        glass = clip(
            box(230, 226, 146, 84, 24),
            rect(230, 226, 146, 84, 0, "#1b2422")
            + circle(330, 268, 20, "#cf4227")
            + path("M230 310c30-30 60-30 84-6s40 4 62-8v30H230z", "#467466"),
        )
        return (
            cover
            + glass
            + lens(258, 252, 15)
            + lens(258, 288, 15)
            + rect(206, 386, 192, 18, 9, lin(90, light(colour, 0.3), dark(colour, 0.3)))
        )

    three = "".join(
        place(cast(rect(206, 214, 192, 190, 34, SHADE)) + shut(c), x, y, s, t)
        for c, x, y, s, t in (
            ("#d9a58e", -140, -110, 0.92, -14),
            ("#efe2c4", 148, -64, 0.92, 12),
            ("#8daa94", -6, 116, 1.12, -4),
        )
    )
    return picture(cloth("#cdd6c4", "linen"), three)


def ledger_parts() -> str:
    left = "M96 150c0-12 8-20 20-21l182-14v342l-182-14c-12-1-20-9-20-21z"
    right = "M302 115l182 14c12 1 20 9 20 21v272c0 12-8 20-20 21l-182 14z"
    page = clip(
        "M110 152c0-6 4-11 10-12l176-13v318l-176-13c-6-1-10-6-10-12z",
        rect(100, 110, 210, 350, 0, "#f4ecda")
        + rect(132, 172, 92, 13, 4, "#8f3a28")
        + "".join(
            rect(132, 204 + i * 19, 142 - (i * 31 % 38), 7, 3, "#6b5d4e", op=0.75)
            for i in range(11)
        ),
    )
    art = clip(
        "M304 127l176 13c6 1 10 6 10 12v268c0 6-4 11-10 12l-176 13z",
        group(
            hills("#e3d3ab", "#cf4227", ("#b7c3a4", "#7fa093", "#3f6a5a")),
            "translate(300 110) scale(1.1 .93)",
        )
        + path("M300 120h70l-60 330h-10z", "#fff", op=0.12),
    )
    return "".join(
        (
            shadow(300, 462, 214),
            path(left, lin(0, "#3c3a3d", "#24221f")),
            path(right, lin(0, "#24221f", "#4b4845")),
            page,
            art,
            rect(294, 113, 12, 346, 5, lin(0, "#575350", "#1f1d1b", "#575350")),
        )
    )


def ledger() -> str:
    return picture(table(KHAKI, "shutter"), ledger_parts())


def ledger_stand() -> str:
    shut = (
        back(214, 92, 150, 360, "#39424a", 20)
        + rect(364, 92, 22, 360, 8, lin(0, "#8d949a", "#464f57"))
        + rect(232, 112, 56, 150, 26, "#262d33")
        + lens(260, 144, 19)
        + lens(260, 187, 19)
        + lens(260, 230, 19)
    )
    return picture(
        room("#d8ccb4"),
        stack(440, 470, ("#a9583b", "#2f6a5a", "#d8a33c"), 190, 26),
        cup(120, 498, 0.95),
        shadow(300, 470, 100),
        group(shut, "rotate(-3 300 460)"),
    )


def wren_parts() -> str:
    def one(colour: str) -> str:
        return (
            back(240, 110, 150, 310, colour, 32)
            + rect(240, 148, 156, 54, 0, dark(colour, 0.25))
            + rect(240, 148, 150, 50, 0, lin(0, light(colour, 0.4), dark(colour, 0.05)))
            + lens(276, 173, 19)
            + lens(324, 173, 19)
            + circle(364, 173, 6, "#fff3cf")
        )

    rows = ((("#7ba3b4"), -128, 6, -9), (("#d9b06a"), 118, 6, 9), (("#e9e1d0"), -6, 26, 0))
    return "".join(
        (
            shadow(300, 448, 214),
            "".join(place(one(c), x, y, 1, t) for c, x, y, t in rows),
        )
    )


def wren() -> str:
    return picture(table("#dfd2b4", "slant"), wren_parts())


def wren_back() -> str:
    phone = (
        back(206, 88, 200, 408, "#7ba3b4", 42)
        + rect(206, 142, 206, 74, 0, "#4f7484")
        + rect(206, 138, 200, 70, 0, lin(0, "#c3dbe2", "#7ba3b4"))
        + lens(256, 173, 26)
        + lens(322, 173, 26)
        + circle(376, 173, 8, "#fff3cf")
    )
    under = rect(220, 108, 206, 404, 42, SHADE, op=0.2)
    return picture(
        cloth("#e4d3b4", "stripe"),
        book(400, -30, 240, 300, "#c98d62", 14),
        leaf_sprig(70, 620, 1.3, "#5d7a55", 8),
        group(under + phone, "rotate(-13 300 300)"),
    )


def boulder() -> str:
    shell = path("M186 104l22-26h184l22 26v330l-22 30H208l-22-30z", lin(0, "#4a4643", "#2b2826"))
    guard = path(
        "M186 104l22-26h60l-14 40h-44v30h-24zM414 104l-22-26h-60l14 40h44v30h24zM186 434l22 30h60l-14-40h-44v-34h-24zM414 434l-22 30h-60l14-40h44v-34h24z",
        lin(90, "#eab04c", "#b9802a"),
    )
    screws = "".join(
        circle(x, y, 7, "#8a5f1c") + line(f"M{x - 4} {y - 4}l8 8", "#4a3210", 2.5)
        for x, y in ((206, 100), (394, 100), (206, 442), (394, 442))
    )
    glass = clip(
        box(214, 120, 172, 302, 12),
        group(map_screen("#b5352a"), "translate(214 110) scale(.96 .84)"),
    )
    keys = rect(414, 190, 9, 56, 4, "#d8a33c") + rect(414, 262, 9, 32, 4, "#57514c")
    rock = path(
        "M70 486c6-44 44-66 96-64 40-22 92-26 134-14 54-14 104 0 132 26 48 0 84 18 98 52z",
        lin(90, "#a59f92", "#77726a"),
    ) + path(
        "M70 486c6-44 44-66 96-64-30 14-40 36-40 64zM300 408c54-14 104 0 132 26-44-8-84 0-104 20z",
        "#bdb7a9",
        op=0.6,
    )
    return picture(
        table("#b9c1b0", "sun", top="#8d8f7c"),
        shadow(300, 486, 236),
        rock,
        group(
            shadow(300, 466, 118, 10) + shell + glass + guard + screws + keys,
            "translate(0 -40) rotate(4 300 460)",
        ),
    )


def plain_talk_parts() -> str:
    body = (
        rect(222, 74, 164, 396, 40, dark("#c9553a", 0.4))
        + rect(216, 72, 164, 396, 40, lin(0, "#d9694b", "#c9553a", "#a63f28"))
        + path("M228 110a34 34 0 0 1 34-30h30l-60 250z", "#f0a184", op=0.4)
    )
    show = (
        rect(238, 104, 120, 112, 14, "#2a2421")
        + rect(246, 112, 104, 96, 8, lin(90, "#d5dfc4", "#b9c9a8"))
        + rect(258, 124, 46, 8, 3, "#46563c")
        + clock("#46563c", 298, 166)
        + rect(326, 122, 14, 9, 2, "#46563c")
    )
    nav = (
        rect(262, 234, 72, 34, 17, "#f6e3cd")
        + circle(298, 251, 10, "#c9553a")
        + rect(234, 240, 22, 12, 6, "#7fae8a")
        + rect(340, 240, 22, 12, 6, "#8f2a1c")
    )
    keys = "".join(
        rect(236 + c * 44, 284 + r * 40, 36, 28, 12, lin(90, "#fff6e4", "#e5cfae"))
        + rect(248 + c * 44, 295 + r * 40, 12, 5, 2, "#7a4a36")
        for r in range(4)
        for c in range(3)
    )
    wire = line("M376 96c40-6 62 20 54 60s-40 50-30 92 40 40 36 74", "#3a3430", 6)
    return "".join(
        (
            shadow(300, 470, 108),
            wire,
            circle(434, 330, 20, "#d8a94f"),
            circle(434, 330, 11, "#a8772a"),
            body,
            show,
            nav,
            keys,
        )
    )


def plain_talk() -> str:
    return picture(table(BUTTER, "arch"), plain_talk_parts())


def quiet_page() -> str:
    phone = group(front(214, 76, 186, 392, "#d9d3c5", page_screen(), 26), "rotate(-6 300 300)")
    return picture(
        table("#cfc6b4", "window", top="#a9896a"),
        stack(430, 470, ("#7a3342", "#d9b98a"), 170, 28),
        vase_branch(470, 416, 0.85, "#dfe6dc"),
        shadow(290, 470, 116),
        phone,
    )


def quiet_page_read() -> str:
    phone = group(
        rect(226, 112, 188, 392, 28, SHADE, op=0.2)
        + front(214, 96, 188, 392, "#d9d3c5", page_screen(), 26),
        "rotate(8 300 300)",
    )
    glasses = group(
        ring(-44, 0, 36, "#5a3524", 7)
        + ring(44, 0, 36, "#5a3524", 7)
        + circle(-44, 0, 33, "#fff", op=0.25)
        + circle(44, 0, 33, "#fff", op=0.25)
        + line("M-8-4c4-8 12-8 16 0M-80-4l-40-30M80-4l44-24", "#5a3524", 6),
        "translate(470 500) rotate(-22)",
    )
    return picture(
        cloth("#c9b48e", "linen"),
        book(-40, 60, 240, 330, "#456b5d", -10),
        phone,
        glasses,
        cup_above(500, 110, 56, "#e9dcc6", "#6b3a22"),
    )


PICTURES = {
    "heron-9-1": heron,
    "heron-9-2": heron_table,
    "heron-9-mini-1": heron_mini,
    "ember-pro-1": ember,
    "ember-pro-2": ember_night,
    "willow-flip-1": willow,
    "willow-flip-2": willow_shut,
    "ledger-fold-1": ledger,
    "ledger-fold-2": ledger_stand,
    "wren-5-1": wren,
    "wren-5-2": wren_back,
    "boulder-x-1": boulder,
    "plain-talk-1": plain_talk,
    "quiet-page-phone-1": quiet_page,
    "quiet-page-phone-2": quiet_page_read,
}
