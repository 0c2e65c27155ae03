# ruff: noqa: E501
"""Scenes for posts: places drawn wide, 1200 x 800 units."""

from .grounds import (
    cup,
    cup_above,
    hanger,
    landscape,
    pot_plant,
    stack,
    vase_branch,
    window_view,
)
from .ink import (
    SHADE,
    box,
    circle,
    clip,
    dark,
    disc,
    ellipse,
    group,
    light,
    lin,
    line,
    mix,
    n,
    path,
    picture,
    rad,
    rect,
    shadow,
)
from .things.bags import rucksack_parts
from .things.cameras import kestrel_body
from .things.clothing import camel_parts
from .things.home import mushroom_parts, quiet_water
from .things.laptops import draw_screen, open_laptop

W, H = 1200, 800


def wide(*parts: str) -> str:
    return picture(*parts, width=W, height=H)


def at(inner: str, x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    """Put a 600 x 600 drawing so that its point (300, 460), the foot, is at (x, y)."""
    return group(
        inner, f"translate({n(x)} {n(y)}) rotate({n(turn)}) scale({n(scale)}) translate(-300 -460)"
    )


def lantern(x: float, y: float, s: float = 1) -> str:
    inner = (
        line("M0-46v24", "#3a1d14", 3)
        + ellipse(0, 0, 58, 52, "#f4b04a", op=0.17)
        + rect(-12, -26, 24, 8, 2, "#8a5a1e")
        + ellipse(0, 0, 28, 23, lin(0, "#ef7a4e", "#d6442a", "#b5351f"))
        + line("M-12-20c-8 12-8 28 0 40M12-20c8 12 8 28 0 40M0-22v44", "#f3a06a", 2, op=0.6)
        + rect(-12, 19, 24, 8, 2, "#8a5a1e")
        + line("M0 27v18", "#d8a33c", 4)
    )
    return group(inner, f"translate({n(x)} {n(y)}) scale({n(s)})")


def person(
    x: float,
    y: float,
    s: float,
    coat: str,
    hair: str = "#2b1d19",
    skin: str = "#e9b68d",
    back: bool = False,
) -> str:
    """A small figure standing with its feet at (x, y), about 190 high."""
    trousers = mix(coat, "#2f3138", 0.72)
    legs = path("M-19-82h17l-1 78h-12zM2-82h17l-4 78H3z", trousers) + path(
        "M-20-8h18v8h-22c0-5 2-7 4-8zM2-8h18c2 1 4 3 4 8H2z", "#241c18"
    )
    body = path(
        "M-27-62c-3-34-5-62 7-72 6-5 12-6 20-6s14 1 20 6c12 10 10 38 7 72-16 6-38 6-54 0z",
        lin(0, light(coat, 0.16), coat, dark(coat, 0.16)),
    )
    sleeves = path(
        "M-22-132c-14 14-18 40-17 66 1 5 11 5 12 0 1-18 3-34 7-48zM22-132c14 14 18 40 17 66-1 5-11 5-12 0-1-18-3-34-7-48z",
        dark(coat, 0.12),
    )
    hands = circle(-33, -62, 6, skin) + circle(33, -62, 6, skin)
    neck = rect(-7, -150, 14, 16, 5, dark(skin, 0.12)) + path(
        "M-15-138c8 8 22 8 30 0l3 8c-10 8-26 8-36 0z", light(coat, 0.35)
    )
    head = ellipse(0, -163, 16, 19, skin)
    if back:
        style = path(
            "M-18-156c-5-22 4-34 18-34s23 12 18 34c-3 10-9 14-18 14s-15-4-18-14z", hair
        ) + line("M-8-180c4-3 8-4 13-3", light(hair, 0.3), 3)
    else:
        style = (
            path(
                "M-18-160c-4-22 6-32 18-32s22 10 18 32c-2-8-5-13-9-16-8 4-16 3-21-1-3 5-5 10-6 17z",
                hair,
            )
            + line("M-6-158h.1M6-158h.1", "#2a1f18", 4)
            + line("M-4-150c3 2 5 2 8 0", "#b4523f", 2.5)
        )
    inner = hands + legs + sleeves + body + neck + head + style
    return ellipse(x, y, 36 * s, 6 * s, SHADE, op=0.24) + group(
        inner, f"translate({n(x)} {n(y)}) scale({n(s)})"
    )


def pine(x: float, y: float, s: float, c: str = "#2f5448", turn: float = 0) -> str:
    """A leaning mountain pine, its foot at (x, y)."""
    trunk = path("M-8 0C-2-60-20-110 10-180l12 4C0-110 16-60 12 0z", "#4a3226") + line(
        "M2-110c-30-10-50-14-70-8M12-150c30-8 54-8 74 0", "#4a3226", 8
    )
    pads = "".join(
        path(
            f"M{a - w} {b}c{w * 0.3} {-h * 1.5} {w * 1.7} {-h * 1.5} {w * 2} 0-{w * 0.6} {h * 0.35}-{w * 1.4} {h * 0.35}-{w * 2} 0z".replace(
                "--", ""
            ),
            t,
        )
        for a, b, w, h, t in (
            (-60, -112, 62, 30, dark(c, 0.12)),
            (84, -146, 60, 28, c),
            (14, -182, 72, 34, light(c, 0.1)),
            (-30, -160, 46, 22, light(c, 0.04)),
        )
    )
    return group(trunk + pads, f"translate({n(x)} {n(y)}) rotate({n(turn)}) scale({n(s)})")


def cat(x: float, y: float, s: float = 1, c: str = "#4a3c36") -> str:
    """A cat sitting with its back to us."""
    body = (
        path("M-52 0c-12-70 14-124 52-124s64 54 52 124z", lin(0, light(c, 0.18), c, dark(c, 0.2)))
        + circle(0, -138, 40, c)
        + path("M-38-150l-2-46 32 22zM38-150l2-46-32 22z", c)
        + path("M-34-160l-2-24 18 12zM34-160l2-24-18 12z", "#b97a6a")
    )
    tail = line("M48-10c50 10 60-40 34-60", c, 16)
    stripes = line("M-14-100h28M-18-80h36M-20-60h40", light(c, 0.2), 5, op=0.6)
    return group(tail + body + stripes, f"translate({n(x)} {n(y)}) scale({n(s)})")


def range_(y: float, amp: float, colour: str, seed: int, step: int = 100) -> str:
    """A soft row of hills across the picture; `seed` shifts its rhythm."""
    d = f"M-20 {n(y)}"
    for k in range(0, W + 2 * step, step):
        up = (
            amp
            * (0.55 + 0.45 * ((k // step * 7 + seed * 5) % 9) / 8)
            * (1 if (k // step + seed) % 2 else -0.35)
        )
        d += f"Q{n(k + step * 0.5)} {n(y - up)} {n(k + step)} {n(y - up * 0.2)}"
    return path(d + f"V{H}H-20z", colour)


def lake() -> str:
    sky = (
        rect(0, 0, W, H, 0, lin(90, "#f3e2c0", "#f0d6ae", "#ecc79a"))
        + line(
            "M90 120h260M190 152h220M620 92h210M520 126h150M900 170h210M960 80h120", "#f8ead0", 12
        )
        + circle(780, 232, 84, "#cf4227")
    )
    hills = (
        range_(430, 120, "#c9cbab", 1, 160)
        + range_(470, 90, "#a5b89a", 2, 140)
        + path(
            "M-20 440c140 24 300-10 420 14s260 20 420-6 280-14 400 12v34c-140-22-280-8-420 8s-280 12-400-8-280 4-420-4z",
            "#f4e6cb",
            op=0.7,
        )
        + range_(520, 60, "#7d9f8c", 3, 180)
    )
    water = (
        rect(0, 530, W, 270, 0, lin(90, "#c5d0b8", "#93b3a4"))
        + line("M700 560h160M676 590h210M720 620h130M694 652h170M736 688h90", "#cf4227", 10, op=0.5)
        + line(
            "M60 600h180M140 640h90M480 660h160M960 610h170M1010 700h150M90 730h220M520 740h170",
            "#dfe4cf",
            6,
            op=0.85,
        )
    )
    pag = group(
        rect(150, 842, 300, 26, 3, "#5b2e1f")
        + path(
            "M176 868h14v92h-14zM262 868h14v92h-14zM326 868h14v92h-14zM412 868h14v92h-14z",
            "#47231a",
        )
        + rect(184, 728, 232, 116, 0, "#7a3a26")
        + path("M200 744h56v86h-56zM272 744h56v86h-56zM344 744h56v86h-56z", "#f3c568")
        + line(
            "M228 744v86M300 744v86M372 744v86M200 786h56M272 786h56M344 786h56",
            "#8f4b2c",
            5,
            cap="butt",
        )
        + path(
            "M120 742c50-8 84-28 108-66h144c24 38 58 58 108 66 4 10-4 16-14 14H134c-10 2-18-4-14-14z",
            "#2e3d38",
        )
        + path("M120 742c50-8 84-28 108-66h40c-20 44-60 72-120 80h-14c-10 2-18-4-14-14z", "#455850")
        + rect(224, 612, 152, 66, 0, "#7a3a26")
        + path("M240 624h34v40h-34zM284 624h34v40h-34zM328 624h34v40h-34z", "#f3c568")
        + path(
            "M168 632c46-8 76-30 96-62h72c20 32 50 54 96 62 4 9-4 14-12 12H180c-8 2-16-3-12-12z",
            "#2e3d38",
        )
        + path("M168 632c46-8 76-30 96-62h30c-18 40-52 66-106 74h-8c-8 2-16-3-12-12z", "#455850")
        + rect(296, 550, 8, 24, 2, "#2e3d38")
        + circle(300, 546, 9, "#d8a33c")
        + line("M148 756v22M452 756v22", "#2e1a12", 4)
        + rect(132, 776, 32, 38, 14, "#d6442a")
        + rect(436, 776, 32, 38, 14, "#d6442a")
        + line("M184 972h232M210 992h180", "#d8a33c", 7, op=0.5),
        "translate(84 -216) scale(.92)",
    )
    boat = group(
        path("M640 1010c60 26 190 26 262-6-14 42-60 60-130 60-66 0-114-18-132-54z", "#4a2a1b")
        + path(
            "M640 1010c60 26 190 26 262-6-3 9-7 17-13 24-70 24-170 22-238-2-5-5-8-10-11-16z",
            "#6d4027",
        )
        + path("M724 1012c0-52 18-70 50-70s52 20 54 66c-34 8-72 8-104 4z", "#c9a25f")
        + path("M724 1012c0-52 18-70 50-70-18 18-24 40-24 71z", "#dcb978")
        + circle(852, 962, 13, "#e3b48e")
        + path("M832 958l20-22 22 22c-12-5-30-5-42 0z", "#b98a3c")
        + path("M838 1010c0-24 4-36 14-36s16 12 16 32c-10 4-20 5-30 4z", "#2b4a5a")
        + line("M886 900l-28 150", "#3a2013", 5)
        + line("M668 1084h210M710 1104h120", "#7d9a86", 7),
        "translate(210 -366)",
    )
    birds = line(
        "M560 190c12-14 24-14 32 0 8-14 20-14 32 0M650 146c9-10 18-10 24 0 6-10 15-10 24 0M506 256c8-9 15-9 20 0 5-9 12-9 20 0",
        "#3f5a50",
        6,
    )
    reeds = "".join(
        line(
            f"M{x} 810c{-6 + k % 3 * 6}-60 {k % 2 * 20 - 10}-100 {k % 5 * 8 - 16}-{120 + k * 13 % 60}",
            "#2e5a4b",
            7,
        )
        for k, x in enumerate(range(1010, 1200, 16))
    )
    return wide(sky, hills, water, pag, boat, birds, reeds)


def _house(x: float, y: float, w: float, wall_: str, awning: str, roof: str = "#2c2a2c") -> str:
    ground = 690
    mid = x + w / 2
    shelf = "".join(
        rect(
            x + 24 + k * (w - 60) / 4,
            ground - 190 - (14 + k * 11 % 22),
            18,
            14 + k * 11 % 22,
            3,
            wall_,
            op=0.8,
        )
        for k in range(5)
    )
    return (
        rect(x, y, w, ground - y, 0, lin(90, light(wall_, 0.1), wall_))
        + path(f"M{n(x - 22)} {n(y + 6)}l28-42h{n(w - 12)}l28 42z", roof)
        + path(f"M{n(x - 22)} {n(y + 6)}l28-42h{n(w * 0.4)}l-20 42z", light(roof, 0.12))
        + rect(x + 22, y + 34, w - 44, 66, 3, "#f5c873")
        + line(
            f"M{n(mid)} {n(y + 34)}v66M{n(x + 22)} {n(y + 67)}h{n(w - 44)}", wall_, 6, cap="butt"
        )
        + rect(x + 16, ground - 230, w - 32, 230, 0, lin(90, "#f8d489", "#f0b45c"))
        + line(f"M{n(x + 16)} {n(ground - 176)}h{n(w - 32)}", wall_, 7, cap="butt")
        + shelf
        + path(
            f"M{n(x + 30)} {ground}v-64h{n(w * 0.3)}v64zM{n(mid + 20)} {ground}v-46h{n(w * 0.28)}v46z",
            wall_,
            op=0.75,
        )
        + path(f"M{n(x - 10)} {n(ground - 270)}h{n(w + 20)}l16 58H{n(x - 26)}z", awning)
        + "".join(
            path(
                f"M{n(x - 10 + (w + 20) * k / 6)} {n(ground - 270)}h{n((w + 20) / 12)}l{n((k - 2.5) * 5)} 58h{n(-(w + 52) / 12)}z",
                "#fff6e4",
                op=0.4,
            )
            for k in range(6)
        )
    )


def lane() -> str:
    sky = (
        rect(0, 0, W, H, 0, lin(90, "#53657e", "#8d7f8a", "#d79a78", "#ecbd8a"))
        + circle(820, 130, 44, "#f7e3bd")
        + range_(520, 90, "#8d6a68", 4, 150)
    )
    houses = (
        _house(-60, 260, 240, "#5b3226", "#a93a26")
        + _house(206, 350, 190, "#6d4330", "#2f6a5a", "#3a3432")
        + _house(420, 392, 150, "#5b3a30", "#b98432", "#33302f")
        + _house(640, 392, 150, "#623a2c", "#a93a26", "#33302f")
        + _house(816, 336, 190, "#6d4330", "#2f6a5a", "#2f2c2d")
        + _house(1030, 240, 240, "#4d2b22", "#a93a26", "#272526")
    )
    ground = (
        rect(0, 686, W, 114, 0, "#6f5a54")
        + path("M540 686h130l200 114H330z", "#a98268")
        + line("M566 706h76M540 732h120M506 764h180", "#d9aa78", 6, op=0.7)
    )
    wire = line("M-10 130c260 130 520 150 740 110s340-60 490-130", "#3a2a26", 4) + "".join(
        lantern(x, y, s)
        for x, y, s in (
            (110, 228, 1),
            (260, 278, 0.9),
            (430, 304, 0.85),
            (600, 302, 0.8),
            (760, 276, 0.85),
            (920, 238, 0.95),
            (1080, 196, 1.05),
        )
    )
    people = (
        person(560, 760, 0.82, "#2b3a44", back=True)
        + person(618, 764, 0.8, "#b93a26", back=True)
        + rect(640, 690, 26, 34, 2, "#e7c98e")
        + line("M646 690c0-14 14-14 14 0", "#8a5a1e", 3)
        + person(300, 742, 0.66, "#5f7a6a")
        + person(890, 738, 0.64, "#c9a25f")
    )
    return wide(sky, houses, ground, wire, people)


def tea() -> str:
    room_ = rect(0, 0, W, H, 0, lin(90, "#e3d2b0", "#d3bd97"))
    view = (
        window_view(300, -40, 600, 480, "#6b3c26")
        + line("M200 -10v500M1000 -10v500", "#8a5a3c", 22, cap="butt")
        + rect(210, 0, 70, 470, 0, "#efe3c6", op=0.7)
        + rect(920, 0, 70, 470, 0, "#efe3c6", op=0.7)
        + line("M232 0v470M256 0v470M944 0v470M968 0v470", "#d9c9a0", 4)
    )
    scroll = (
        rect(50, 60, 110, 330, 3, "#f6ecd6")
        + rect(40, 50, 130, 14, 6, "#6b3c26")
        + rect(40, 386, 130, 14, 6, "#6b3c26")
        + line(
            "M88 350C96 290 84 240 112 180M96 280c20-20 26-40 34-60M94 240c-10-20-16-30-22-48",
            "#3a302a",
            6,
        )
        + "".join(
            circle(x, y, 7, "#c9432e")
            for x, y in ((112, 178), (130, 220), (72, 192), (122, 200), (84, 214), (104, 212))
        )
        + rect(122, 350, 22, 22, 3, "#c23a24")
    )
    desk = (
        rect(0, 520, W, 280, 0, lin(90, "#a3623f", "#7a4429"))
        + rect(0, 520, W, 12, 0, "#c08258")
        + line(
            "M160 532L-60 800M420 532L330 800M780 532l90 268M1040 532l240 268", "#5f3420", 4, op=0.7
        )
        + path("M420 532h330l-120 268H260z", "#f3d9a4", op=0.16)
    )
    tray = (
        ellipse(610, 684, 300, 22, SHADE, op=0.3)
        + path("M320 640h580c0 24-30 40-80 40H400c-50 0-80-16-80-40z", "#4f2a1b")
        + ellipse(610, 640, 290, 26, "#6d3c27")
    )
    return wide(
        room_,
        scroll,
        view,
        desk,
        tray,
        at(quiet_water(), 560, 646, 0.72),
        cup(780, 652, 1.05, "#dfe6dc"),
        cup(860, 640, 0.9, "#dfe6dc", steam=False),
        vase_branch(1040, 640, 1.3, "#7fa3ad"),
        stack(210, 640, ("#2f6a5a", "#c9b48a", "#7a3342"), 210, 30),
    )


def night_market() -> str:
    sky = rect(0, 0, W, H, 0, lin(90, "#2c3848", "#4a4a5a", "#7a5a58")) + range_(
        470, 120, "#38404f", 6, 120
    )
    blocks = "".join(
        rect(x, y, w, 500, 0, c)
        + "".join(
            rect(
                x + 14 + i * 26,
                y + 18 + j * 34,
                12,
                16,
                1,
                "#f0c873",
                op=0.3 + 0.6 * ((i * 3 + j * 5 + x) % 4 == 0),
            )
            for i in range(int(w / 28))
            for j in range(7)
        )
        for x, y, w, c in (
            (30, 240, 120, "#333c4a"),
            (330, 200, 100, "#38404e"),
            (740, 220, 130, "#333c4a"),
            (1040, 180, 120, "#3a4250"),
        )
    )

    def stall(x: float, w: float, roof: str, goods: str, sign: str) -> str:
        top = "".join(
            path(
                f"M{n(x + k * w / 7)} 372h{n(w / 7)}l{n((k - 3) * 5)} 70q{n(-w / 14)} 24 {n(-w / 7 - 5)} 0z",
                roof if k % 2 else "#f6ecd6",
            )
            for k in range(7)
        )
        return (
            rect(x + 16, 440, w - 32, 230, 0, lin(90, "#f8d489", "#e0964a"))
            + rect(x + 10, 400, 9, 300, 0, "#4a2e22")
            + rect(x + w - 19, 400, 9, 300, 0, "#4a2e22")
            + goods
            + rect(x, 590, w, 110, 4, lin(90, "#9a5f3a", "#6b3d25"))
            + line(f"M{n(x)} 626h{n(w)}M{n(x)} 664h{n(w)}", "#4f2b1a", 4)
            + rect(x - 8, 580, w + 16, 16, 4, "#c08258")
            + top
            + rect(x + w / 2 - 60, 330, 120, 44, 6, "#5a2a20")
            + sign.replace("@", n(x + w / 2))
        )

    steam = "".join(
        line(f"M{x} 540c-20-30 20-50 0-84s16-40 4-70", "#fff6e4", 9, op=0.35)
        for x in (150, 210, 250)
    )
    baskets = "".join(
        ellipse(x, 574, 56, 14, "#b98a4a")
        + rect(x - 56, 536, 112, 38, 6, "#d9b06a")
        + rect(x - 56, 498, 112, 38, 6, "#cfa45e")
        + line(f"M{x - 56} 536h112M{x - 56} 516h112M{x - 56} 556h112", "#9a7030", 4)
        + ellipse(x, 498, 56, 13, "#e7c88a")
        for x in (150, 260)
    )
    fruit = "".join(
        circle(
            500 + (k % 8) * 34 + (k // 8) * 17,
            570 - (k // 8) * 30,
            20,
            ("#d9692c", "#c23a24", "#d8a33c", "#7f9a4a")[(k % 8) // 2],
        )
        for k in range(21)
    )
    pots = "".join(
        path(f"M{x - 34} 578l-8-{h}h84l-8 {h}z", lin(0, light(c, 0.3), c, dark(c, 0.2)))
        for x, h, c in ((920, 60, "#4f7f8c"), (1000, 84, "#b5cbbd"), (1080, 56, "#a9583b"))
    ) + ellipse(1000, 494, 42, 7, "#8fb0a0")
    signs = (
        '<g transform="translate(@ 352)">'
        + circle(-14, 0, 12, "#f6e3b0")
        + circle(14, 0, 12, "#f6e3b0")
        + "</g>",
        '<g transform="translate(@ 352)">'
        + circle(0, 2, 13, "#e2672a")
        + line("M0-10v-8", "#7f9a4a", 5)
        + "</g>",
        '<g transform="translate(@ 352)">' + path("M-14 12h28l6-22h-40z", "#8fc0ae") + "</g>",
    )
    ground = rect(0, 690, W, 110, 0, lin(90, "#5a4a48", "#3d3434")) + "".join(
        ellipse(x, 730 + k % 2 * 26, 110, 9, "#f0b45c", op=0.18)
        for k, x in enumerate((160, 420, 640, 860, 1080))
    )
    bulbs = line("M-10 250c200 90 420 90 600 10s400-70 620 10", "#2b2420", 4) + "".join(
        circle(x, y, 20, "#ffd98a", op=0.25) + circle(x, y, 8, "#ffe9b4")
        for x, y in (
            (70, 288),
            (180, 316),
            (300, 322),
            (420, 312),
            (540, 284),
            (660, 238),
            (780, 220),
            (900, 222),
            (1020, 234),
            (1130, 256),
        )
    )
    people = (
        person(398, 752, 0.98, "#2f6a5a", back=True)
        + person(770, 748, 0.95, "#c9673a", back=True)
        + person(832, 756, 0.9, "#46627a", "#4a2a1b", back=True)
        + person(1150, 742, 0.86, "#7a3342", back=True)
    )
    return wide(
        sky,
        blocks,
        stall(60, 320, "#c23a24", baskets, signs[0]),
        stall(460, 310, "#2f6a5a", fruit, signs[1]),
        stall(850, 320, "#d8a33c", pots, signs[2]),
        steam,
        ground,
        bulbs,
        people,
    )


def mountain() -> str:
    sky = rect(0, 0, W, H, 0, lin(90, "#dfe3d6", "#eee2c6", "#f3d9ae")) + circle(
        300, 190, 62, "#e2672a", op=0.85
    )

    def peak(x: float, y: float, w: float, h: float, c: str) -> str:
        d = f"M{n(x - w)} {n(y + h)}L{n(x - w * 0.55)} {n(y + h * 0.4)} {n(x - w * 0.3)} {n(y + h * 0.36)} {n(x - w * 0.14)} {n(y + h * 0.08)} {n(x + w * 0.06)} {n(y)} {n(x + w * 0.26)} {n(y + h * 0.2)} {n(x + w * 0.34)} {n(y + h * 0.44)} {n(x + w * 0.6)} {n(y + h * 0.52)} {n(x + w)} {n(y + h)}z"
        lit = f"M{n(x - w * 0.14)} {n(y + h * 0.08)}L{n(x + w * 0.06)} {n(y)} {n(x - w * 0.02)} {n(y + h * 0.5)} {n(x - w * 0.2)} {n(y + h)}H{n(x - w)}L{n(x - w * 0.55)} {n(y + h * 0.4)} {n(x - w * 0.3)} {n(y + h * 0.36)}z"
        return (
            path(d, c)
            + path(lit, light(c, 0.3), op=0.5)
            + line(
                f"M{n(x + w * 0.1)} {n(y + h * 0.2)}l{n(-w * 0.05)} {n(h * 0.3)}M{n(x + w * 0.3)} {n(y + h * 0.5)}l{n(-w * 0.04)} {n(h * 0.3)}M{n(x - w * 0.1)} {n(y + h * 0.3)}l{n(-w * 0.08)} {n(h * 0.3)}",
                dark(c, 0.2),
                4,
                op=0.5,
            )
        )

    def mist(y: float, o: float) -> str:
        return path(
            f"M-20 {y}c160-40 280 10 420-10s240-50 400-14 280-10 420 10v70c-160 30-300-8-440 6s-260 24-400 0-260 8-400-6z",
            "#fbf3e2",
            op=o,
        )

    far = (
        peak(190, 250, 260, 420, "#b5c0b2")
        + peak(560, 190, 240, 460, "#a5b5a8")
        + mist(470, 0.75)
        + peak(950, 120, 330, 560, "#7f978c")
        + mist(560, 0.8)
        + rect(0, 620, W, 180, 0, lin(90, "#f3ead6", "#cfd8cc"))
        + mist(640, 0.8)
    )
    cliff = (
        path(
            "M-20 420l120-30 70 40 60 110 110 50 60 110 120 40V820H-20z",
            lin(40, "#8d9188", "#656c68"),
        )
        + line("M60 420l-20 120 60 90M190 480l-30 130 60 120M330 600l-30 130", "#555c58", 5, op=0.6)
        + path("M-20 420l120-30 70 40 20 40-120-20-90 30z", "#6f8a58")
    )
    stairs = "".join(
        path(
            f"M{n(560 + k * 44)} {n(790 - k * 44)}h{n(190 - k * 9)}v{n(44)}h{n(-(190 - k * 9))}z",
            lin(90, "#b0b2aa", "#7d827d"),
        )
        + rect(560 + k * 44, 790 - k * 44, 190 - k * 9, 9, 2, "#d6d6cc")
        for k in range(10)
    )
    slope = path("M470 820l90-50 420-380 60-10 180 60v380z", lin(40, "#79827c", "#565e5a")) + path(
        "M960 410l40-24 220 60v50l-180-50z", "#6f8a58"
    )
    rail_ = line(
        "M560 730l430-424M560 700v110M646 616v110M732 530v104M818 446v100M904 360v96M980 300v80",
        "#5a3a28",
        7,
    )
    people = (
        person(700, 664, 0.92, "#2f7a62", back=True)
        + group(rucksack_parts(), "translate(664 526) scale(.115)")
        + person(852, 512, 0.72, "#d8a33c", back=True)
        + line("M676 660l-20-90", "#6b4a2e", 5)
    )
    return wide(
        sky,
        far,
        slope,
        stairs,
        rail_,
        cliff,
        pine(140, 420, 1.25),
        pine(30, 440, 0.9, "#3b6a58", -6),
        pine(1110, 440, 1.15, "#2f5448", -8),
        people,
        line(
            "M420 170c12-14 24-14 32 0 8-14 20-14 32 0M500 120c9-10 18-10 24 0 6-10 15-10 24 0",
            "#3f5a50",
            5,
        ),
    )


def studio() -> str:
    room_ = rect(0, 0, W, H, 0, lin(90, "#cfc6b8", "#bdb2a2")) + rect(
        0, 620, W, 180, 0, lin(90, "#a58f76", "#8a745c")
    )
    paper = (
        path(
            "M330 60h520v470c0 70 40 110 130 150H200c90-40 130-80 130-150z",
            lin(90, "#e9b9a0", "#d99a80"),
        )
        + rect(300, 40, 580, 30, 15, lin(90, "#8a8276", "#57504b"))
        + path("M330 70h150l-80 610H200c90-40 130-80 130-150z", "#fff3dc", op=0.25)
    )
    chair = (
        ellipse(590, 668, 150, 14, SHADE, op=0.25)
        + line("M520 560l-24 104M660 560l24 104M546 560l-6 90M634 560l6 90", "#5a3524", 12)
        + ellipse(590, 556, 96, 20, "#7a4a2e")
        + ellipse(590, 550, 96, 19, "#a2693f")
    )
    softbox = (
        line("M180 330L170 700M170 700l-70 30M170 700l70 30", "#2b2724", 9)
        + group(
            path("M-110-110L90-70v140L-110 110z", lin(0, "#fffdf2", "#f3e6c8"))
            + path("M90-70l40 40v60l-40 40z", "#2b2724")
            + path("M-110-110L90-70v140L-110 110z", "none", stroke="#2b2724", stroke_width=8)
            + line("M-110 0H90M-10-90v180", "#d9caa6", 3),
            "translate(196 240) scale(-1 1) rotate(-8)",
        )
        + path("M300 190l300 250-260 80z", "#fff6dc", op=0.22)
    )
    stand = line("M980 420v270M980 560l-90 150M980 560l90 150", "#3a3532", 12) + circle(
        980, 420, 16, "#57524f"
    )
    cam = at(kestrel_body(), 980, 412, 0.46)
    umb = line("M1110 160v540", "#3a3532", 8) + group(
        path("M-120 0a120 120 0 0 1 240 0c-40-22-200-22-240 0z", lin(0, "#4a4541", "#2b2724"))
        + line("M0-120V60", "#8a8276", 5),
        "translate(1090 170) rotate(-40)",
    )
    return wide(
        room_,
        paper,
        chair,
        at(quiet_water(), 590, 552, 0.36),
        softbox,
        umb,
        stand,
        cam,
        rect(30, 640, 120, 90, 6, "#4a4541") + rect(30, 640, 120, 20, 6, "#5f5853"),
        pot_plant(1150, 740, 1.1, "#e3d3b4"),
    )


def desk() -> str:
    room_ = rect(0, 0, W, H, 0, lin(90, "#dfd8c4", "#cfc5ac")) + window_view(
        70, 40, 380, 330, "#8a5a3c", "#c3d6d2"
    )
    shelf = (
        rect(560, 150, 560, 16, 4, "#8a5434")
        + stack(660, 150, ("#2f6a5a", "#d8a33c", "#7a3342"), 150, 26)
        + "".join(
            rect(770 + k * 30, 150 - h, 26, h, 3, c)
            + rect(775 + k * 30, 150 - h + 14, 16, 4, 2, "#f6ecd6", op=0.7)
            for k, (h, c) in enumerate(
                (
                    (104, "#46627a"),
                    (92, "#c9673a"),
                    (110, "#6f7d4a"),
                    (98, "#e3d3b4"),
                    (86, "#a93a2c"),
                )
            )
        )
        + pot_plant(1040, 150, 0.72)
    )
    prints = "".join(
        rect(x, 210, w, h, 3, "#fffaf0")
        + group(landscape(w - 24, h - 24, *v), f"translate({x + 12} 222)")
        for x, w, h, v in (
            (600, 130, 160, ("#f0dcb8", "#cf4227", ("#b9c4a2", "#7fa093", "#3f6a5a"))),
            (760, 110, 130, ("#cfe0de", "#f5e3b8", ("#a9c6cb", "#7ba3b4", "#3f6a7a"))),
            (900, 140, 110, ("#f1cfb0", "#e2672a", ("#d9a58e", "#b5644a", "#7a3342"))),
        )
    )
    top = (
        rect(0, 560, W, 240, 0, lin(90, "#c08a5a", "#9a6a42"))
        + rect(0, 560, W, 12, 0, "#d9a878")
        + line(
            "M200 572L20 800M500 572l-60 228M760 572l70 228M1040 572l180 228", "#7d5230", 4, op=0.6
        )
    )
    lap = group(
        shadow(300, 464, 262) + open_laptop(draw_screen(348, 222), "#4a4541", "#d8d2c9"),
        "translate(320 190) scale(1.08)",
    )
    glow = circle(1010, 480, 240, rad("#ffe2a0@.55", "#ffe2a0@0"))
    lamp = at(mushroom_parts(), 1010, 640, 0.62)
    notes = group(
        rect(0, 0, 190, 130, 4, "#fffaf0")
        + line("M20 34h130M20 60h150M20 86h90", "#a39685", 5)
        + circle(160, 100, 14, "#c23a24", op=0.7),
        "translate(150 650) skewX(-16)",
    )
    return wide(
        room_,
        shelf,
        prints,
        top,
        glow,
        lap,
        lamp,
        cup(240, 640, 1.15, "#dfe6dc", "#6b3a22"),
        notes,
        group(
            rect(0, 0, 12, 150, 6, "#2b2523") + path("M0 150l6 24 6-24z", "#d8a94f"),
            "translate(380 660) rotate(60)",
        ),
    )


def wardrobe() -> str:
    room_ = (
        rect(0, 0, W, H, 0, lin(90, "#ead9c4", "#dcc4a8"))
        + rect(0, 660, W, 140, 0, lin(90, "#b58a64", "#936a48"))
        + path("M120 0h180L60 660H-160zM380 0h90L240 660H150z", "#f8ecd8", op=0.5)
    )
    bars = line("M330 150h560M350 150v520M870 150v520M310 670h80M830 670h80", "#6b4029", 13)

    def garment(x: float, c: str, long: float, kind: int = 0) -> str:
        hook = line("M0-44c0-20 16-18 14-6-2 8-14 10-14 20", "#5a4336", 4) + line(
            "M-50 6L0-28 50 6", "#a8764f", 8
        )
        body = path(
            f"M-44 0c-14 6-22 14-26 28l-8 110 30 6 8-60v{long}c30 12 50 12 80 0v-{long}l8 60 30-6-8-110c-4-14-12-22-26-28L0 20z",
            lin(0, light(c, 0.16), c, dark(c, 0.18)),
        )
        if kind == 1:
            body = path(
                f"M-30 0c10 20 50 20 60 0l12 8-8 80 36 {long}c-40 16-100 16-140 0l36-{long}-8-80z",
                lin(0, light(c, 0.16), c, dark(c, 0.18)),
            ) + line(f"M-10 100l-14 {long - 20}M12 100l14 {long - 20}", dark(c, 0.25), 4, op=0.6)
        detail = (
            line("M0 24v180", dark(c, 0.25), 3)
            if kind == 0
            else line("M-32 90h64", dark(c, 0.3), 6)
        )
        return group(hook + body + detail, f"translate({x} 206)")

    clothes = (
        garment(410, "#46627a", 190)
        + garment(490, "#c23a24", 220, 1)
        + garment(572, "#efe6d4", 170)
        + garment(650, "#9caf8b", 230, 1)
        + garment(822, "#3c4f5c", 180)
        + group(hanger(86, 82, 66) + camel_parts(), "translate(590 120) scale(.5)")
    )
    mirror_ = (
        ellipse(1040, 690, 120, 14, SHADE, op=0.2)
        + path("M930 250a110 110 0 0 1 220 0v420H930z", "#8a5a3c")
        + path("M946 252a94 94 0 0 1 188 0v402H946z", lin(50, "#dfe8e4", "#b9cbc8", "#e3ece8"))
        + path("M960 260l60-70h50L950 480v-200z", "#fff", op=0.5)
    )
    shoes = ellipse(480, 668, 60, 8, SHADE, op=0.2) + "".join(
        path(f"M{x} 662c-4-20 2-32 16-30 16 10 26 14 46 18 8 2 10 6 8 12z", c)
        + rect(x - 2, 658, 74, 9, 4, "#f6efe2")
        for x, c in ((430, "#2f7a62"), (520, "#2f7a62"), (620, "#8a5433"), (710, "#8a5433"))
    )
    rug = ellipse(620, 744, 420, 46, "#a9583b") + ellipse(
        620, 744, 390, 40, "none", stroke="#f0dfc0", stroke_width=5, stroke_dasharray="16 12"
    )
    return wide(
        room_,
        rug,
        bars,
        clothes,
        shoes,
        mirror_,
        pot_plant(210, 690, 2.0, "#e3d3b4"),
        rect(60, 150, 130, 170, 4, "#fffaf0") + group(landscape(106, 146), "translate(72 162)"),
    )


def rain() -> str:
    out = rect(0, 0, W, H, 0, lin(90, "#4a5a6a", "#6d7a84", "#8f8f8c")) + "".join(
        rect(x, y, w, 600, 0, c, op=0.8)
        for x, y, w, c in (
            (60, 300, 150, "#46535f"),
            (240, 220, 120, "#3f4c58"),
            (430, 340, 160, "#4a5763"),
            (640, 250, 130, "#414e5a"),
            (820, 320, 170, "#46535f"),
            (1030, 240, 130, "#3d4a56"),
        )
    )
    lights = "".join(
        circle(x, y, r, c, op=o)
        for x, y, r, c, o in (
            (120, 420, 26, "#f4b04a", 0.55),
            (300, 350, 34, "#f3d08a", 0.5),
            (340, 470, 22, "#d6442a", 0.6),
            (520, 440, 38, "#f4b04a", 0.45),
            (690, 380, 28, "#f3d08a", 0.55),
            (740, 470, 34, "#e2672a", 0.45),
            (900, 420, 30, "#f4b04a", 0.5),
            (960, 500, 22, "#8fc0ae", 0.6),
            (1090, 360, 36, "#f3d08a", 0.45),
            (200, 510, 24, "#8fc0ae", 0.5),
            (600, 520, 24, "#d6442a", 0.5),
            (1120, 500, 26, "#d6442a", 0.45),
        )
    )
    drops = "".join(
        ellipse(
            40 + (k * 173) % 1130, 30 + (k * 97) % 520, 4 + k % 4, 6 + k % 5, "#e6eef0", op=0.55
        )
        + ellipse(39 + (k * 173) % 1130, 28 + (k * 97) % 520, 1.6, 2.4, "#fff", op=0.9)
        for k in range(90)
    )
    runs = "".join(
        line(
            f"M{60 + k * 131 % 1100} {k * 53 % 200}c4 60-6 90 2 {120 + k * 37 % 180}",
            "#dfe9ec",
            4,
            op=0.35,
        )
        for k in range(16)
    )
    frame = line(f"M0 0h{W}v600H0zM600 0v600", "#5a3424", 30, cap="butt") + line(
        "M14 14h572v574H14zM614 14h572v574H614z", "#7d4e36", 5, cap="butt"
    )
    sill = rect(0, 590, W, 210, 0, lin(90, "#9a6a48", "#6f462c")) + rect(
        0, 590, W, 18, 0, "#b98458"
    )
    return wide(
        out,
        lights,
        runs,
        drops,
        frame,
        sill,
        ellipse(860, 676, 110, 14, SHADE, op=0.3),
        cat(860, 676, 1.35),
        stack(300, 676, ("#7a3342", "#d8a33c", "#2f6a5a"), 260, 34),
        cup(330, 572, 1.0, "#dfe6dc"),
        pot_plant(1080, 690, 1.3, "#a9583b"),
        group(
            rect(0, 0, 210, 120, 10, "#c9673a")
            + line("M0 30h210M0 60h210M0 90h210", "#f0dfc0", 7, op=0.8),
            "translate(560 670)",
        ),
    )


def train() -> str:
    cabin = rect(0, 0, W, H, 0, lin(90, "#e6ddcb", "#cfc2a8"))
    view = box(240, 80, 800, 400, 46)
    land = (
        rect(240, 80, 800, 400, 0, lin(90, "#bcd3d8", "#f3e6c8"))
        + circle(860, 170, 44, "#f3c568")
        + path("M240 320c100-80 180-90 260-30s140 20 220-40 180-60 320 20v240H240z", "#a9bfa4")
        + path("M240 370c120-50 240-20 360-6s280-40 440 0v140H240z", "#7f9f7a")
        + "".join(
            path(
                f"M{240 + k * 90} {392 + k % 2 * 10}l120-8 40 30-150 12z",
                ("#d8b84a", "#8fa95a", "#c9a43c", "#6f9460")[k % 4],
            )
            for k in range(9)
        )
        + path("M240 440c200-20 500-20 800 0v60H240z", "#56804f")
        + line("M300 300v150M560 280v170M820 300v150", "#57504b", 7)
        + line("M240 316c60 20 180 10 320-24 140 40 200 34 480-2", "#57504b", 3)
    )
    house = (
        path("M640 366h90v44h-90z", "#f3e6cf")
        + path("M630 368l55-34 55 34z", "#7a3f2b")
        + rect(664, 382, 18, 28, 0, "#7a3f2b")
    )
    blur = line("M260 462h140M470 470h210M760 460h170M320 448h90", "#e9e3c8", 5, op=0.7)
    frame = (
        path(view, "none", stroke="#8a7f6d", stroke_width=16)
        + path(view, "none", stroke="#f6efe2", stroke_width=5)
        + path("M270 100h180L310 470h-60z", "#fff", op=0.14)
    )

    def seat(x: float, flip: int) -> str:
        return group(
            path(
                "M0 800V330c0-50 30-80 80-80 46 0 70 30 74 80l20 470z",
                lin(0, "#3f6f66", "#2f5850", "#23443e"),
            )
            + path("M20 320c0-40 24-60 60-60 30 0 48 18 52 50-30 20-80 24-112 10z", "#f3ead9")
            + line("M30 420c4 120 6 240 6 380", "#6f9c90", 4, op=0.6),
            f"translate({x} 0) scale({flip} 1)",
        )

    table_ = (
        path("M300 610h600l60 50H240z", lin(90, "#f3ead9", "#d9c7a4"))
        + path("M240 660h720v18c0 6-4 10-10 10H250c-6 0-10-4-10-10z", "#b9a37c")
        + rect(560, 688, 80, 120, 0, "#a08d6e")
    )
    flask = (
        rect(700, 490, 64, 140, 14, lin(0, "#d9735a", "#b9452f", "#8a2f20"))
        + rect(706, 458, 52, 38, 8, lin(0, "#e9e3d7", "#a8a096"))
        + line("M712 530v70", "#f0a58c", 6)
    )
    phone_ = group(
        rect(0, 0, 74, 140, 12, "#2b2724") + group(landscape(62, 126), "translate(6 7)"),
        "translate(438 520) rotate(-8)",
    )
    return wide(
        cabin,
        rect(0, 0, W, 40, 0, "#b9ab92"),
        line("M0 60h1200", "#a08d6e", 4),
        clip(view, land + house + blur),
        frame,
        seat(-20, 1),
        seat(1220, -1),
        table_,
        cup(560, 640, 0.9, "#dfe6dc"),
        flask,
        phone_,
        persimmon_pair(840, 636),
    )


def persimmon_pair(x: float, y: float) -> str:
    return "".join(
        ellipse(x + dx, y + 2, 32, 6, SHADE, op=0.22)
        + circle(x + dx, y - 28, 30, lin(50, "#f2a65a", "#d9692c"))
        + path(f"M{x + dx - 16} {y - 54}c10-8 22-8 32 0-6 10-26 10-32 0z", "#5f7a48")
        for dx in (-30, 26)
    )


def balcony() -> str:
    sky = rect(0, 0, W, H, 0, lin(90, "#b9d3d6", "#f0e2c0")) + circle(930, 150, 54, "#f5d48a")
    city = "".join(
        rect(x, y, w, 600, 0, c)
        + "".join(
            rect(x + 14 + i * 28, y + 20 + j * 40, 14, 20, 1, light(c, 0.35))
            for i in range(int(w / 32))
            for j in range(6)
        )
        for x, y, w, c in (
            (40, 280, 130, "#a9bab5"),
            (200, 220, 110, "#9fb3ae"),
            (340, 320, 150, "#b3c0b6"),
            (700, 260, 120, "#a5b8b2"),
            (850, 330, 140, "#b3c0b6"),
            (1030, 240, 130, "#9fb3ae"),
        )
    ) + range_(560, 60, "#8fa98f", 5, 130)
    rail_ = (
        rect(0, 500, W, 18, 4, "#5a3a2a")
        + "".join(rect(20 + k * 58, 510, 9, 160, 0, "#6b4632") for k in range(21))
        + rect(0, 660, W, 14, 0, "#5a3a2a")
    )
    deck = rect(0, 670, W, 130, 0, lin(90, "#b98a5e", "#94683f")) + line(
        "M0 710h1200M0 754h1200", "#7a5230", 4
    )
    chair = (
        ellipse(560, 742, 150, 14, SHADE, op=0.25)
        + line("M470 600l-30 140M660 600l24 140M500 600l10 130M630 600l-6 130", "#8a5a34", 13)
        + path("M440 590h250c8 0 12 8 8 16l-6 14H446l-12-14c-4-8-2-16 6-16z", "#c9a06a")
        + path(
            "M450 590c-20-120-10-190 20-200 60-14 140-14 190 0 30 10 40 80 20 200z",
            lin(90, "#d9b27c", "#b98a50"),
        )
        + "".join(
            line(f"M{460 + k * 26} 400c-4 60-2 130 0 186", "#94683a", 4, op=0.6) for k in range(9)
        )
        + path("M470 520h170v70H470z", "#c9673a")
        + line("M470 540h170M470 566h170", "#f3dfb9", 6)
    )
    vines = line("M0 30c200 60 400-10 600 30s400 0 600-30", "#4a3226", 6) + "".join(
        line(f"M{x} {y}c-8 40 10 70 0 {h}", "#4f7a4a", 5)
        + "".join(
            path(
                "M0 0c12-10 26-8 34 4-12 8-26 6-34-4z",
                c,
                tr=f"translate({x} {y + 12 + j * 24}) rotate({20 if j % 2 else 160})",
            )
            for j in range(int(h / 24))
        )
        for x, y, h, c in (
            (80, 48, 160, "#5f8a58"),
            (210, 56, 110, "#6f9a60"),
            (330, 48, 190, "#4f7a4f"),
            (900, 52, 140, "#5f8a58"),
            (1010, 42, 200, "#6f9a60"),
            (1130, 34, 120, "#4f7a4f"),
        )
    )
    return wide(
        sky,
        city,
        rail_,
        deck,
        chair,
        vines,
        pot_plant(120, 740, 2.0, "#a9583b"),
        pot_plant(280, 752, 1.2, "#4f7f8c", "#5f8a4a"),
        pot_plant(860, 744, 1.5, "#e3d3b4", "#4f7a5a"),
        vase_branch(1010, 748, 1.5, "#d8a33c", "#c23a24"),
        pot_plant(1130, 742, 1.9, "#7a3f2b"),
        cup(740, 740, 0.9, "#dfe6dc"),
        stack(400, 742, ("#46627a", "#e3d3b4"), 110, 22),
    )


def shop() -> str:
    street = (
        rect(0, 0, W, H, 0, lin(90, "#d8cdb8", "#c9b899"))
        + rect(0, 690, W, 110, 0, lin(90, "#a39a8c", "#857c70"))
        + line(
            "M0 730h1200M120 690l-40 110M400 690l-20 110M800 690l20 110M1080 690l40 110",
            "#6f675c",
            4,
            op=0.7,
        )
    )
    house = (
        rect(140, 60, 920, 632, 0, lin(90, "#3f6a5c", "#2f5448"))
        + rect(140, 60, 920, 22, 0, "#24423a")
        + rect(120, 40, 960, 30, 6, "#24423a")
    )
    sign = (
        rect(380, 100, 440, 74, 8, "#f3e2bd")
        + rect(388, 108, 424, 58, 5, "none", stroke="#c9a45a", stroke_width=3)
        + "".join(
            group(
                path("M-22 18h44l8-30h-60zM-10-12c0-14 20-14 20 0", c)
                + line("M30-4c16 0 14 18-4 18", c, 5),
                f"translate({x} 136)",
            )
            for x, c in ((480, "#c23a24"), (600, "#2f5448"), (720, "#c9862c"))
        )
    )
    win = (
        rect(190, 230, 480, 360, 6, "#f6d58c")
        + clip(
            box(190, 230, 480, 360, 6),
            rect(190, 230, 480, 360, 0, lin(90, "#f8dfa4", "#eeb868"))
            + "".join(rect(190, y, 480, 12, 0, "#8a5434") for y in (350, 470))
            + "".join(
                path(f"M{x - 26} {y}l-6-{h}h64l-6 {h}z", lin(0, light(c, 0.3), c, dark(c, 0.2)))
                for x, y, h, c in (
                    (240, 350, 60, "#4f7f8c"),
                    (320, 350, 44, "#b5cbbd"),
                    (400, 350, 70, "#a9583b"),
                    (480, 350, 50, "#e9e3d2"),
                    (560, 350, 64, "#2f6a5a"),
                    (630, 350, 40, "#c9862c"),
                    (260, 470, 50, "#a9583b"),
                    (420, 470, 60, "#dfe6dc"),
                    (500, 470, 44, "#46627a"),
                    (610, 470, 66, "#b5cbbd"),
                )
            ),
        )
        + at(quiet_water(), 330, 586, 0.4)
        + vase_branch(520, 588, 0.9, "#dfe6dc")
        + cup(420, 588, 0.7, steam=False)
        + path("M190 230h170L240 590h-50z", "#fff", op=0.16)
        + rect(190, 230, 480, 360, 6, "none", stroke="#24423a", stroke_width=14)
        + line("M430 230v360", "#24423a", 9, cap="butt")
    )
    door = (
        rect(740, 230, 220, 462, 4, "#24423a")
        + rect(762, 254, 176, 300, 4, lin(90, "#f8dfa4", "#e9b060"))
        + line("M850 254v300M762 400h176", "#24423a", 7, cap="butt")
        + rect(762, 576, 176, 96, 4, "#2f5448")
        + circle(944, 480, 9, "#d8a94f")
        + rect(800, 300, 60, 40, 4, "#fffaf0")
        + line("M812 314h36M812 326h24", "#c23a24", 4)
    )
    awning = "".join(
        path(
            f"M{170 + k * 52} 176h52l{(k - 8) * 2} 60q-26 26-52 0z",
            "#c23a24" if k % 2 else "#f6ecd6",
        )
        for k in range(16)
    )
    return wide(
        street,
        house,
        win,
        door,
        awning,
        sign,
        rect(170, 590, 520, 20, 3, "#24423a"),
        lantern(120, 250, 1.3),
        lantern(1082, 250, 1.3),
        pot_plant(150, 722, 1.15, "#a9583b"),
        pot_plant(706, 722, 0.95, "#e3d3b4"),
        pot_plant(1020, 722, 1.2, "#7a3f2b"),
        person(420, 742, 1.05, "#c9673a", back=True),
        person(490, 746, 0.98, "#46627a", "#4a2a1b", back=True),
        ellipse(1130, 742, 60, 8, SHADE, op=0.2),
        cat(1130, 742, 0.62, "#b5764c"),
    )


def hotpot() -> str:
    cloth_ = rect(0, 0, W, H, 0, lin(60, "#8a5434", "#6b3d25")) + line(
        "M0 160h1200M0 360h1200M0 560h1200M0 740h1200", "#55301d", 5, op=0.7
    )

    def dish(x: float, y: float, r: float, rim: str, inside: str, filling: str = "") -> str:
        return (
            circle(x + 10, y + 14, r, SHADE, op=0.25)
            + circle(x, y, r, lin(40, light(rim, 0.4), rim))
            + circle(x, y, r * 0.86, inside)
            + filling
        )

    pot = (
        circle(614, 416, 232, SHADE, op=0.3)
        + circle(600, 400, 232, lin(40, "#e9d9b0", "#b58f4c"))
        + circle(600, 400, 214, "#8a6a34")
        + clip(
            disc(600, 400, 206),
            rect(390, 190, 420, 420, 0, "#f0dfb4")
            + path("M600 180c-90 90 90 130 0 220s90 130 0 220H380V180z", "#b5351f"),
        )
        + line("M600 194c-90 86 90 120 0 206s90 120 0 206", "#d9b26a", 11)
    )
    inside = (
        "".join(
            circle(
                450 + (k * 67) % 130,
                280 + (k * 91) % 240,
                9 + k % 4,
                ("#e2672a", "#8f2a1c", "#f0a04a")[k % 3],
                op=0.9,
            )
            for k in range(16)
        )
        + "".join(
            ellipse(
                680 + (k * 43) % 100,
                300 + (k * 71) % 210,
                22,
                14,
                ("#fffaf0", "#dfe6c8", "#c9d6a8")[k % 3],
            )
            for k in range(9)
        )
        + "".join(
            path(
                "M0 0c16-14 34-10 42 6-16 10-34 6-42-6z",
                "#5f8a48",
                tr=f"translate({x} {y}) rotate({a})",
            )
            for x, y, a in ((640, 300, 20), (700, 440, -30), (660, 500, 60), (730, 360, 80))
        )
    )
    steam = "".join(
        line(f"M{x} {y}c-26-40 26-60 0-110", "#fff6e4", 13, op=0.28)
        for x, y in ((520, 330), (600, 290), (690, 330))
    )
    meat = "".join(
        group(
            path("M-40 0c10-24 70-24 80 0-10 24-70 24-80 0z", "#d9705a")
            + line("M-28-2c16-8 36-8 56 0M-20 8c12-6 28-6 42 0", "#f6cdbb", 5),
            f"translate({230 + (k % 2) * 60 - 30} {190 + (k // 2) * 44 - 40}) rotate({-14 + k * 7})",
        )
        for k in range(6)
    )
    greens = "".join(
        path(
            "M0 0c-26-30-24-70 0-96 24 26 26 66 0 96z",
            c,
            tr=f"translate(970 230) rotate({a}) scale(.8)",
        )
        for a, c in (
            (-60, "#4f7a4a"),
            (-20, "#6f9a5a"),
            (20, "#5f8a4a"),
            (60, "#83ab66"),
            (110, "#4f7a4a"),
            (160, "#6f9a5a"),
            (210, "#5f8a4a"),
            (260, "#7fa55e"),
        )
    )
    tofu = "".join(
        rect(170 + (k % 3) * 56, 560 + (k // 3) * 50, 48, 42, 6, lin(40, "#fffaf0", "#efe0c0"))
        for k in range(6)
    )
    shrooms = "".join(
        group(
            path("M-10 0h20l4 34h-28z", "#f0e2c8")
            + path("M-32 4c0-40 64-40 64 0-14 8-50 8-64 0z", "#a9744c"),
            f"translate({930 + (k % 3) * 56} {570 + (k // 3) * 62}) rotate({k * 17 - 30})",
        )
        for k in range(6)
    )
    sticks = group(
        rect(0, 0, 13, 330, 6, lin(0, "#d9b06a", "#8a5a2c"))
        + rect(22, 4, 13, 330, 6, lin(0, "#d9b06a", "#8a5a2c")),
        "translate(830 560) rotate(-58)",
    )
    return wide(
        cloth_,
        dish(220, 200, 150, "#dfe6dc", "#f6f2e6", meat),
        dish(970, 200, 150, "#dfe6dc", "#f6f2e6", greens),
        dish(250, 610, 142, "#c9d8cc", "#8fae9c", tofu),
        dish(990, 610, 150, "#e9dfc8", "#f6ecd6", shrooms),
        pot,
        inside,
        steam,
        cup_above(600, 732, 44),
        sticks,
        dish(60, 410, 70, "#e9e3d2", "#7a3f2b"),
        dish(1150, 410, 70, "#e9e3d2", "#7a3f2b"),
    )


def snow() -> str:
    sky = rect(0, 0, W, H, 0, lin(90, "#93a5ae", "#c9cfca", "#e6dfcf"))
    house = (
        rect(240, 300, 720, 330, 0, "#8a4a34")
        + rect(240, 300, 720, 20, 0, "#5f2f20")
        + "".join(
            rect(x, 360, 130, 200, 0, "#f5c873")
            + line(
                f"M{x} 360h130v200h-130zM{x + 65} 360v200M{x} 426h130M{x} 492h130",
                "#6b3422",
                8,
                cap="butt",
            )
            for x in (290, 780)
        )
        + rect(500, 340, 200, 290, 0, "#6b2a1e")
        + line("M600 340v290", "#4a1c14", 6)
        + circle(580, 490, 10, "#d8a33c")
        + circle(620, 490, 10, "#d8a33c")
        + "".join(
            rect(x, 372, 54, 54, 4, "#c23a24", tr=f"rotate(45 {x + 27} 399)")
            + line(f"M{x + 15} 399h24M{x + 27} 387v24", "#f3d36a", 5)
            for x in (524, 622)
        )
    )
    roof = (
        path(
            "M150 310c80-16 140-60 170-130h560c30 70 90 114 170 130 8 16-4 26-20 24H170c-16 2-28-8-20-24z",
            "#3f4a4c",
        )
        + path(
            "M140 300c90-20 150-66 180-136h560c30 70 90 116 180 136-40 16-60-10-100 6s-80-14-130 2-90-12-140 4-100-10-150 2-90-14-140 0-80-10-130 4-80-30-130-18z",
            "#fbf8f0",
        )
        + path(
            "M320 164h560l16 30c-60 20-120-6-190 8s-130-10-190 4-140-8-212-12z", "#e3e6e2", op=0.8
        )
    )
    ground = path(
        "M0 640c200-30 400-10 600-16s400-14 600 16v160H0z", lin(90, "#fbf8f0", "#d9dedb")
    ) + path("M540 632h120l110 168H430z", "#cfd4d0", op=0.8)
    tree = line(
        "M1060 700c-10-160-40-220-10-420M1050 480c50-40 80-60 120-120M1046 420c-40-30-60-60-80-110M1056 560c-30-20-60-30-90-36",
        "#3a2a24",
        17,
    ) + "".join(
        circle(x, y, 13, "#d9513a") + circle(x - 3, y - 4, 5, "#f3a58c")
        for x, y in (
            (1166, 366),
            (1130, 410),
            (970, 316),
            (992, 352),
            (1046, 286),
            (1020, 396),
            (972, 524),
            (1000, 536),
            (1100, 440),
            (1052, 340),
        )
    )
    flakes = "".join(
        circle((k * 211) % 1200, (k * 137) % 760, 3 + k % 4, "#ffffff", op=0.9) for k in range(80)
    )
    prints = "".join(
        ellipse(x, y, 9, 6, "#b5bfc0")
        for x, y in ((420, 760), (448, 744), (474, 752), (500, 734), (528, 742), (552, 724))
    )
    return wide(
        sky,
        range_(420, 100, "#aab5b4", 3, 150),
        house,
        roof,
        ground,
        prints,
        tree,
        lantern(420, 330, 1.2),
        lantern(780, 330, 1.2),
        ellipse(360, 730, 66, 9, SHADE, op=0.16),
        cat(360, 730, 0.72, "#c98a4a"),
        person(660, 700, 1.0, "#a93a2c", back=True),
        flakes,
    )


SCENES = {
    "lake": lake,
    "lane": lane,
    "tea": tea,
    "night-market": night_market,
    "mountain-steps": mountain,
    "studio": studio,
    "desk": desk,
    "wardrobe": wardrobe,
    "rainy-window": rain,
    "train": train,
    "balcony": balcony,
    "shop-front": shop,
    "hotpot": hotpot,
    "snow-court": snow,
}
PICTURES = SCENES
