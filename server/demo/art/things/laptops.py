# ruff: noqa: E501
"""Computers and what belongs on a desk with them."""

from ..grounds import (
    BONE,
    BUTTER,
    PEACH,
    SAGE,
    cloth,
    cup,
    cup_above,
    landscape,
    leaf_sprig,
    planks,
    pot_plant,
    table,
    wall,
)
from ..ink import (
    PAPER,
    SHADE,
    box,
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
from .phones import hills


def code_screen(w: float, h: float, ground: str = "#2b2624") -> str:
    tones = ("#e8a06a", "#9fc0a8", "#e7d3ae", "#d9705a", "#8fb3c0")
    out = (
        rect(0, 0, w, h, 0, ground)
        + rect(0, 0, w * 0.2, h, 0, light(ground, 0.06))
        + rect(0, 0, w, h * 0.08, 0, light(ground, 0.12))
    )
    out += "".join(
        circle(12 + k * 12, h * 0.04, 3.4, c)
        for k, c in enumerate(("#d9705a", "#d8a94f", "#7fae8a"))
    )
    out += "".join(
        rect(12, h * (0.14 + k * 0.07), w * (0.08 + (k * 7 % 5) / 70), 4.5, 2, light(ground, 0.38))
        for k in range(9)
    )
    for k in range(13):
        x, y = w * 0.24 + (k * 5 % 4) * 14, h * (0.15 + k * 0.062)
        a, b = 26 + (k * 13) % 34, 40 + (k * 29) % 70
        out += rect(x, y, a, 4.8, 2, tones[k % 5]) + rect(
            x + a + 8, y, b, 4.8, 2, tones[(k + 2) % 5], op=0.85
        )
    return out


def desk_screen(
    w: float,
    h: float,
    sky: str = "#f0dcb8",
    sun: str = "#cf4227",
    tones: tuple[str, str, str] = ("#b9c4a2", "#7fa093", "#3f6a5a"),
) -> str:
    """A desktop picture of hills with a bar of small programs."""
    return (
        landscape(w, h, sky, sun, tones)
        + rect(w * 0.32, h * 0.88, w * 0.36, h * 0.08, h * 0.03, PAPER, op=0.85)
        + "".join(
            rect(w * (0.345 + k * 0.055), h * 0.895, h * 0.05, h * 0.05, h * 0.014, col)
            for k, col in enumerate(
                ("#c23a24", "#2a6c5b", "#d8a33c", "#7ba3b4", "#7a3342", "#574c41")
            )
        )
    )


def draw_screen(w: float, h: float) -> str:
    """A painting program: tools left, a paper with a brush drawing of a branch."""
    tools = rect(0, 0, w * 0.1, h, 0, "#3d3733") + "".join(
        rect(
            w * 0.03,
            h * (0.08 + k * 0.1),
            w * 0.04,
            w * 0.04,
            3,
            "#c9bda9" if k != 2 else "#c23a24",
        )
        for k in range(8)
    )
    paper = rect(w * 0.16, h * 0.08, w * 0.58, h * 0.84, 2, "#fbf3e2")
    branch = line(
        f"M{n(w * 0.2)} {n(h * 0.86)}C{n(w * 0.34)} {n(h * 0.7)} {n(w * 0.36)} {n(h * 0.46)} {n(w * 0.62)} {n(h * 0.2)}M{n(w * 0.36)} {n(h * 0.6)}c{n(w * 0.08)} 0 {n(w * 0.14)} {n(-h * 0.02)} {n(w * 0.24)} {n(-h * 0.02)}",
        "#4a3226",
        5,
    )
    dots = "".join(
        circle(w * a, h * b, h * 0.036, c)
        for a, b, c in (
            (0.61, 0.21, "#d9553f"),
            (0.5, 0.33, "#e58a72"),
            (0.58, 0.57, "#d9553f"),
            (0.46, 0.47, "#e58a72"),
            (0.55, 0.28, "#c23a24"),
            (0.31, 0.7, "#d9553f"),
            (0.38, 0.52, "#c23a24"),
        )
    )
    side = (
        rect(w * 0.8, 0, w * 0.2, h, 0, "#4a433e")
        + "".join(
            circle(w * (0.84 + (k % 3) * 0.06), h * (0.12 + k // 3 * 0.1), h * 0.03, c)
            for k, c in enumerate(
                ("#c23a24", "#d8a33c", "#2a6c5b", "#7ba3b4", "#7a3342", "#e3cda6")
            )
        )
        + "".join(
            rect(w * 0.83, h * (0.42 + k * 0.12), w * 0.14, h * 0.08, 3, "#5f5751")
            for k in range(4)
        )
    )
    return rect(0, 0, w, h, 0, "#2f2a27") + tools + paper + branch + dots + side


def open_laptop(
    screen: str,
    lid: str,
    deck: str,
    w: float = 376,
    h: float = 262,
    y: float = 134,
    keys: str = "#4a4541",
    tray: str = "",
) -> str:
    """A laptop from the front, lid up; `screen` is drawn in (w - 28) x (h - 40) units."""
    x = 300 - w / 2
    sw, sh = w - 28, h - 40
    foot = y + h
    view = clip(
        box(x + 14, y + 14, sw, sh, 8),
        group(screen, f"translate({n(x + 14)} {n(y + 14)})")
        + path(f"M{n(x)} {n(y)}h{n(w * 0.45)}L{n(x + w * 0.12)} {n(foot)}H{n(x)}z", "#fff", op=0.1),
    )
    rows = ""
    for r in range(4):
        half = w * (0.47 + r * 0.017)
        yy = foot + 7 + r * 7.4
        count = 13 - r % 2
        step = 2 * half / count
        rows += "".join(
            rect(300 - half + c * step + 1.5, yy, step - 3, 5.6, 1.6, keys) for c in range(count)
        )
    half, wide = w * 0.55, w * 0.68
    board = path(
        f"M{n(300 - half)} {n(foot - 2)}h{n(2 * half)}l{n(wide - half)} 58H{n(300 - wide)}z",
        lin(90, dark(deck, 0.1), light(deck, 0.15)),
    )
    pad = tray or path(
        f"M{n(300 - w * 0.15)} {n(foot + 39)}h{n(w * 0.3)}l5 15H{n(300 - w * 0.165)}z",
        dark(deck, 0.13),
    )
    lip = path(
        f"M{n(300 - wide)} {n(foot + 56)}h{n(2 * wide)}c2 12-6 18-18 18H{n(300 - wide + 18)}c-12 0-20-6-18-18z",
        lin(90, dark(deck, 0.12), dark(deck, 0.32)),
    ) + rect(300 - 36, foot + 56, 72, 6, 3, dark(deck, 0.35))
    return (
        rect(x, y, w, h, 20, lin(90, light(lid, 0.2), lid))
        + rect(x + 4, y + 4, w - 8, h, 17, "#221e1c")
        + view
        + board
        + rows
        + pad
        + lip
        + circle(300, y + 8, 2.5, "#6a635d")
    )


def ridge() -> str:
    return picture(
        table(PEACH, y=400),
        shadow(300, 464, 262),
        open_laptop(draw_screen(348, 222), "#4a4541", "#d8d2c9"),
    )


def ridge_desk() -> str:
    pad = group(
        rect(8, 14, 300, 196, 20, SHADE, op=0.2)
        + rect(0, 0, 300, 196, 20, lin(40, "#57504b", "#332e2b"))
        + rect(16, 16, 268, 164, 10, "#453f3b")
        + line("M60 120c40-60 70 10 110-40s50-10 70-20", "#8a7f76", 3, op=0.7),
        "translate(140 360) rotate(-6)",
    )
    pen = group(
        rect(0, 0, 16, 190, 8, lin(0, "#f3e6cf", "#cdb68f"))
        + path("M0 188l8 34 8-34z", "#3a3430")
        + rect(0, 120, 16, 22, 0, "#c23a24"),
        "translate(454 330) rotate(38)",
    )
    lap = place(open_laptop(draw_screen(348, 222), "#4a4541", "#d8d2c9"), 0, -74, 0.9)
    return picture(
        rect(0, 0, 600, 600, 0, lin(90, "#efdcc0", "#e2c9a8")),
        planks(250, "#b57d52"),
        pot_plant(520, 330, 0.9),
        shadow(300, 374, 236),
        lap,
        pad,
        pen,
    )


def thin_parts() -> str:
    """A thin one, turned to the side, code on its screen."""
    lid = path("M214 96l250 30c10 1 16 8 15 18l-24 226-286-22z", "#2b3a44")
    face = clip(
        "M222 110l234 28c7 1 10 5 9 12l-20 204-258-20z",
        group(code_screen(300, 250, "#243038"), "matrix(.86 .103 -.1 .93 222 110)"),
    )
    deck = path(
        "M168 346l288 24-22 78c-3 8-8 10-16 9L92 424c-10-1-14-8-8-16z",
        lin(20, "#d9d6cf", "#aba79f"),
    )
    keys = path("M176 358l262 22-12 36-286-26z", "#3b3a3a") + line(
        "M170 367l264 22M162 376l268 23M154 384l274 24", "#6a6663", 2.4
    )
    pad = path("M226 408l92 9-8 22-96-9z", "#c2beb6")
    edge = path(
        "M84 412c-2 8 4 14 12 16l324 30c10 1 14-4 17-12l-3 14c-3 10-10 14-20 13L96 442c-12-2-16-12-12-30z",
        "#8a867f",
    )
    return shadow(268, 458, 206, 16) + lid + face + deck + keys + pad + edge


def thin() -> str:
    return picture(table("#a9b9bd", "shutter", top="#8d9da2"), place(thin_parts(), 22, 0, 1.02))


def thin_cafe() -> str:
    lap = place(thin_parts(), 40, 40, 0.92)
    return picture(
        wall("#6b4a3a", "window"),
        planks(400, "#a9693f"),
        pot_plant(92, 430, 1.1, "#e3d3b4"),
        lap,
        cup(486, 536, 1.15, "#e8eae0", "#6b3a22"),
    )


def tent_parts() -> str:
    backleg = path("M300 104l188 330c6 10 2 20-10 20h-24L288 130z", lin(0, "#8b5b3e", "#6a4029"))
    screen = path(
        "M112 440L250 116c5-10 12-16 24-16h170c12 0 18 8 14 20l-92 322c-3 10-10 16-22 16H124c-12 0-17-8-12-18z",
        "#2b2421",
    ) + clip(
        "M134 434L262 124c3-7 8-10 16-10h156c8 0 11 5 9 12l-86 304c-2 7-7 11-15 11H140c-7 0-9-2-6-7z",
        group(desk_screen(250, 330), "matrix(1 0 -.36 1 246 112)")
        + path("M262 110h90L200 450h-70z", "#fff", op=0.12),
    )
    hinge = rect(262, 92, 150, 16, 8, lin(90, "#c79c74", "#7a4e33"))
    return "".join(
        (
            shadow(300, 458, 214),
            backleg,
            screen,
            hinge,
        )
    )


def tent() -> str:
    return picture(table(SAGE, "sun"), tent_parts())


def slate_parts() -> str:
    """A tablet on its keyboard cover, a pen beside it."""
    stand = path("M150 120h300l30 302H120z", "#7a3f2b")
    body = rect(128, 96, 344, 262, 22, lin(0, "#57504b", "#2b2624")) + clip(
        box(142, 110, 316, 234, 12),
        group(hills_wide(316, 234), "translate(142 110)")
        + path("M142 110h150L190 344h-48z", "#fff", op=0.1),
    )
    deck = path(
        "M112 372h376l44 66c4 10 0 16-10 16H78c-10 0-14-6-10-16z", lin(90, "#8f4e36", "#b56a4c")
    )
    keys = "".join(
        rect(
            118 - r * 8 + c * (366 + r * 16) / 12,
            382 + r * 13,
            (366 + r * 16) / 12 - 5,
            9,
            3,
            "#5e2f20",
        )
        for r in range(4)
        for c in range(12)
    )
    pen = group(
        rect(0, 0, 13, 250, 6, lin(0, "#fff8ea", "#d9cbb0"))
        + path("M0 246l6.500 26L13 246z", "#3a3430"),
        "translate(548 210) rotate(8)",
    )
    return "".join(
        (
            shadow(300, 456, 236),
            shadow(530, 482, 20, 6),
            stand,
            body,
            deck,
            keys,
            rect(104, 438, 392, 5, 2, "#7a3f2b"),
            pen,
        )
    )


def slate() -> str:
    return picture(table(BUTTER), slate_parts())


def hills_wide(w: float, h: float) -> str:
    """A reading program: a picture on the left, text to the right."""
    text = "".join(
        rect(w * 0.56, h * (0.24 + k * 0.075), w * 0.36 - (k * 23 % 40), 6, 3, "#6b5d4e", op=0.75)
        for k in range(9)
    )
    return (
        rect(0, 0, w, h, 0, "#f6eedd")
        + clip(
            box(w * 0.06, h * 0.1, w * 0.42, h * 0.8, 8),
            group(
                hills("#f0dcb8", "#cf4227", ("#b9c4a2", "#7fa093", "#3f6a5a")),
                f"translate({n(w * -0.06)} -56) scale(.98 .84)",
            ),
        )
        + rect(w * 0.56, h * 0.12, w * 0.24, 12, 4, "#8f3a28")
        + text
    )


def slate_draw() -> str:
    tab = group(
        rect(10, 18, 440, 320, 26, SHADE, op=0.22)
        + rect(0, 0, 440, 320, 26, lin(30, "#57504b", "#2b2624"))
        + clip(box(16, 16, 408, 288, 14), group(draw_screen(408, 288), "translate(16 16)")),
        "translate(60 120) rotate(-7)",
    )
    pen = group(
        rect(6, 12, 20, 290, 10, SHADE, op=0.18)
        + rect(0, 0, 20, 290, 10, lin(0, "#fff8ea", "#d9cbb0"))
        + path("M0 286l10 38 10-38z", "#3a3430")
        + rect(0, 40, 20, 5, 0, "#c23a24"),
        "translate(490 150) rotate(34)",
    )
    return picture(
        cloth("#c98d62", "wood"),
        leaf_sprig(520, 640, 1.5, turn=-14),
        cup_above(510, 76, 52, "#dfe6dc", "#8a7a32"),
        tab,
        pen,
    )


def forge_parts() -> str:
    lap = open_laptop(game_screen(376, 232), "#2b2624", "#3a3532", 404, 272, 122, "#e2672a")
    lamp = rect(60, 100, 480, 8, 4, "#e2672a", op=0.35) + rect(
        60, 94, 480, 20, 10, "#e2672a", op=0.12
    )
    return "".join(
        (
            lamp,
            shadow(300, 466, 276),
            lap,
        )
    )


def forge() -> str:
    return picture(table("#4d3a38", "plain", 404, "#392a28"), forge_parts())


def game_screen(w: float, h: float) -> str:
    sky = rect(0, 0, w, h, 0, lin(90, "#3d2f3c", "#a5523a", "#f0a85a")) + circle(
        w * 0.62, h * 0.52, h * 0.15, "#ffe2a0"
    )
    peaks = path(
        f"M0 {n(h * 0.72)}l{n(w * 0.14)} {n(-h * 0.3)} {n(w * 0.1)} {n(h * 0.18)} {n(w * 0.12)} {n(-h * 0.34)} {n(w * 0.16)} {n(h * 0.36)} {n(w * 0.12)} {n(-h * 0.16)} {n(w * 0.16)} {n(h * 0.2)} {n(w * 0.2)} {n(-h * 0.3)}V{n(h)}H0z",
        "#5a2c30",
    )
    roof = path(
        f"M{n(w * 0.08)} {n(h * 0.78)}c{n(w * 0.06)} {n(-h * 0.01)} {n(w * 0.1)} {n(-h * 0.08)} {n(w * 0.12)} {n(-h * 0.14)}c{n(w * 0.02)} {n(h * 0.06)} {n(w * 0.06)} {n(h * 0.13)} {n(w * 0.12)} {n(h * 0.14)}v{n(h * 0.22)}H{n(w * 0.08)}z",
        "#241619",
    )
    hero = (
        circle(w * 0.62, h * 0.66, h * 0.032, "#1b1214")
        + path(
            f"M{n(w * 0.6)} {n(h * 0.86)}l{n(w * 0.01)} {n(-h * 0.17)}h{n(w * 0.02)}l{n(w * 0.04)} {n(h * 0.17)}z",
            "#1b1214",
        )
        + line(f"M{n(w * 0.63)} {n(h * 0.74)}l{n(w * 0.06)} {n(-h * 0.12)}", "#f6e2b0", 2.5)
    )
    ground = path(
        f"M0 {n(h * 0.86)}c{n(w * 0.3)} {n(-h * 0.06)} {n(w * 0.6)} {n(h * 0.02)} {n(w)} {n(-h * 0.03)}V{n(h)}H0z",
        "#1b1214",
    )
    hud = (
        rect(12, 12, w * 0.24, 9, 4.5, "#1b1214", op=0.6)
        + rect(12, 12, w * 0.17, 9, 4.5, "#d9553f")
        + rect(12, 26, w * 0.18, 6, 3, "#7fae8a")
        + circle(w - 26, 26, 15, "#1b1214", op=0.55)
        + circle(w - 24, 24, 3, "#f0c063")
    )
    return sky + peaks + roof + ground + hero + hud


def pebble_parts() -> str:
    """A small one in clay red, with a lid like a notebook, and its sleeve."""
    sleeve = group(
        rect(0, 0, 250, 190, 16, lin(30, "#9fae98", "#75866f"))
        + line("M14 16h222M14 30h222", "#dfe6d0", 2.5, dash="8 6"),
        "translate(318 226) rotate(9)",
    )
    lap = place(
        open_laptop(
            desk_screen(272, 190, "#d9e0cc", "#e8b95a", ("#e3b79a", "#cf8d6c", "#a9583b")),
            "#b5573c",
            "#d08363",
            300,
            230,
            150,
            "#f3e0c8",
        ),
        -22,
        12,
        0.98,
    )
    return "".join(
        (
            sleeve,
            shadow(280, 468, 216),
            lap,
        )
    )


def pebble() -> str:
    return picture(table(BONE, "arch"), pebble_parts())


def closed() -> str:
    """Two closed laptops on each other, seen from above, and a pair of glasses."""

    def lid(colour: str, mark: str) -> str:
        return (
            rect(10, 18, 400, 280, 24, SHADE, op=0.22)
            + rect(0, 0, 400, 280, 24, lin(40, light(colour, 0.22), colour, dark(colour, 0.1)))
            + rect(
                2,
                2,
                396,
                276,
                22,
                "none",
                stroke=light(colour, 0.5),
                stroke_width=2.5,
                stroke_opacity=0.6,
            )
            + path(
                "M0 24A24 24 0 0 1 24 0h190L80 280H24a24 24 0 0 1-24-24z",
                light(colour, 0.3),
                op=0.25,
            )
            + mark
        )

    leaf = path(
        "M180 160c0-30 20-46 44-44 2 26-14 46-44 44zM176 166c-22 0-34-14-32-32 20 0 34 12 32 32z",
        "#dfe8da",
    ) + line("M178 188c0-20 10-38 24-50", "#dfe8da", 5)
    ring_mark = ring(200, 140, 26, "#8a6a42", 6) + circle(200, 140, 8, "#8a6a42")
    return picture(
        cloth("#d7cbb3", "linen"),
        group(lid("#d9bf93", ring_mark), "translate(150 60) rotate(10)"),
        group(lid("#3f6a5c", leaf), "translate(60 230) rotate(-8)"),
    )


def all_in_one_parts() -> str:
    panel = (
        rect(104, 82, 392, 268, 18, lin(0, "#f3ead9", "#dccbb0"))
        + rect(118, 96, 364, 214, 6, "#221e1c")
        + clip(
            box(122, 100, 356, 206, 4),
            group(
                desk_screen(356, 206, "#c9d9d6", "#f5e3b8", ("#a9bdb4", "#6f9585", "#2f5a4b")),
                "translate(122 100)",
            )
            + path("M122 100h150L200 306h-78z", "#fff", op=0.1),
        )
    )
    chin = circle(300, 330, 9, "#c23a24") + circle(300, 330, 4, "#f6efe2")
    leg = path("M262 350h76l10 74h-96z", lin(90, "#b9a88a", "#dccbb0")) + rect(
        206, 420, 188, 14, 7, lin(90, "#f3ead9", "#b9a88a")
    )
    board = rect(140, 462, 260, 40, 9, lin(90, "#f6efe2", "#d3c2a5")) + "".join(
        rect(148 + c * 19, 468 + r * 10, 16, 8, 2.5, "#c23a24" if (r, c) == (2, 12) else "#b9a88a")
        for r in range(3)
        for c in range(13)
    )
    mouse = ellipse(456, 484, 30, 20, lin(90, "#f6efe2", "#cbb896")) + line(
        "M456 466v14", "#a08d6e", 2.5
    )
    return "".join(
        (
            pot_plant(70, 436, 1.2, "#a9583b"),
            shadow(300, 434, 130, 10),
            panel,
            chin,
            leg,
            shadow(270, 504, 146, 8),
            board,
            shadow(456, 502, 34, 7),
            mouse,
        )
    )


def all_in_one() -> str:
    return picture(room_wall(), all_in_one_parts())


def room_wall() -> str:
    return table("#c7d0c0", "shutter", 404, "#c39a6b")


def keyboard() -> str:
    caps = ""
    tones = ("#f6efe2", "#e9dcc3", "#c9563c", "#8fae9b")
    for r in range(5):
        widths = [1.0] * 14
        if r == 1:
            widths = [1.5, *[1.0] * 12, 1.0]
        if r == 2:
            widths = [1.75, *[1.0] * 10, 2.25]
        if r == 3:
            widths = [2.25, *[1.0] * 9, 1.75]
        if r == 4:
            widths = [1.25, 1.25, 1.25, 6.0, 1.25, 1.25, 1.25]
        total = sum(widths)
        x = 64.0
        for k, w in enumerate(widths):
            span = w * 472 / total
            edge = k == 0 or k == len(widths) - 1
            tone = tones[3] if edge and r in (1, 2, 3) else tones[1] if edge or r == 0 else tones[0]
            if (r, k) == (0, 0) or (r == 2 and k == len(widths) - 1):
                tone = tones[2]
            if r == 4 and k == 3:
                tone = tones[3]
            caps += (
                rect(x + 2, 226 + r * 36 + 3, span - 4, 32, 6, dark(tone, 0.3))
                + rect(x + 4, 226 + r * 36, span - 8, 27, 6, light(tone, 0.25))
                + (rect(x + 10, 226 + r * 36 + 7, 6, 4, 2, dark(tone, 0.5)) if w < 2 else "")
            )
            x += span
    case = (
        rect(46, 214, 508, 212, 22, SHADE, op=0.22)
        + rect(40, 196, 520, 216, 22, lin(90, "#5b4a3f", "#3a2e27"))
        + rect(52, 216, 496, 190, 12, "#2a211c")
    )
    cable = line("M300 198c0-70-60-60-60-110S300 40 300-10", "#c9563c", 9) + line(
        "M300 198c0-70-60-60-60-110S300 40 300-10", "#e58a72", 2.5, dash="4 8"
    )
    return picture(cloth("#cbb593", "linen"), cable, case, caps)


def keyboard_side() -> str:
    near = "".join(
        path(f"M{60 + c * 124} {250 + r * 112}h96l12 84h-120z", lin(90, light(t, 0.35), t))
        + path(f"M{48 + c * 124} {334 + r * 112}h120v14q-60 12-120 0z", dark(t, 0.28))
        + path(
            f"M{76 + c * 124} {260 + r * 112}h64c4 24 8 40 10 58-30 8-60 8-84 0 2-18 6-34 10-58z",
            light(t, 0.5),
            op=0.55,
        )
        for r in range(3)
        for c, t in enumerate(
            (
                ("#e9dcc3", "#f6efe2", "#f6efe2", "#f6efe2", "#f6efe2"),
                ("#8fae9b", "#f6efe2", "#c9563c", "#f6efe2", "#f6efe2"),
                ("#8fae9b", "#f6efe2", "#f6efe2", "#f6efe2", "#f6efe2"),
            )[r]
        )
    )
    signs = (
        line(
            "M104 296h30M228 284l14 24 14-24M352 284h28M366 284v26M474 286l24 22M498 286l-24 22",
            "#6b5d4e",
            5,
        )
        + line("M350 412c10-16 30-16 36 0-6 14-26 14-36 0z", "#fff3dc", 5)
        + line("M226 396v30h26M476 396h24l-24 30h24", "#6b5d4e", 5)
    )
    return picture(
        rect(0, 0, 600, 600, 0, lin(90, "#c9a37c", "#3a2e27")),
        group(near + signs, "rotate(-8 300 300) translate(-34 -70) scale(1.12)"),
    )


def mouse() -> str:
    body = path(
        "M196 300c0-110 46-166 104-166s104 56 104 166c0 100-40 170-104 170s-104-70-104-170z",
        lin(0, "#eadcc2", "#d6c19b", "#b89f76"),
    )
    wood = path("M196 300c0-110 46-166 104-166v150c-40 8-74 20-104 40z", "#e9ddc6") + path(
        "M404 300c0-110-46-166-104-166v150c40 8 74 20 104 40z", "#cfbb95"
    )
    split = line("M300 134v150M197 320c30-20 64-32 103-36 39 4 73 16 103 36", "#8d7750", 4)
    wheel = rect(288, 186, 24, 62, 12, "#3a3430") + line(
        "M292 200h16M292 212h16M292 224h16M292 236h16", "#8a7f76", 3
    )
    glow = path(
        "M222 240c8-44 26-72 52-86", "none", stroke="#fff8ea", stroke_width=9, cap="round", op=0.7
    )
    pad = (
        circle(310, 316, 232, SHADE, op=0.16)
        + circle(300, 302, 232, lin(50, "#4d7263", "#355548"))
        + ring(300, 302, 220, "#8fb3a2", 3, dash="10 8")
    )
    return picture(
        cloth("#d9b896", "wood"),
        pad,
        ellipse(318, 330, 112, 172, "#14261f", op=0.3),
        body,
        wood,
        split,
        wheel,
        glow,
        path("M284 396h32l-16 22z", "#a9885a", op=0.8),
    )


PICTURES = {
    "ridge-14-1": ridge,
    "ridge-14-2": ridge_desk,
    "silverleaf-air-1": thin,
    "silverleaf-air-2": thin_cafe,
    "tentpole-13-1": tent,
    "margin-tablet-1": slate,
    "margin-tablet-2": slate_draw,
    "forge-16-1": forge,
    "pebble-11-1": pebble,
    "leaf-13-1": closed,
    "hearth-24-1": all_in_one,
    "tall-grass-keys-1": keyboard,
    "tall-grass-keys-2": keyboard_side,
    "river-stone-mouse-1": mouse,
}
