# ruff: noqa: E501
"""Cameras and what they need: lenses, legs, film, wings."""

from ..grounds import (
    KHAKI,
    cloth,
    landscape,
    planks,
    table,
    wall,
)
from ..ink import (
    CREAM,
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


def glass(x: float, y: float, r: float, tint: str = "#22424a", rim: str = "#201e1d") -> str:
    """A lens from the front: rings, coated glass, glints."""
    return (
        circle(x, y, r, lin(50, light(rim, 0.3), rim))
        + circle(x, y, r * 0.93, rim)
        + ring(x, y, r * 0.86, light(rim, 0.25), r * 0.02)
        + circle(x, y, r * 0.76, light(rim, 0.1))
        + ring(x, y, r * 0.76, dark(rim, 0.5), r * 0.03)
        + circle(x, y, r * 0.63, "#141516")
        + circle(x, y, r * 0.5, lin(60, light(tint, 0.3), tint, dark(tint, 0.4)))
        + path(
            f"M{n(x - r * 0.45)} {n(y - r * 0.21)}a{n(r * 0.5)} {n(r * 0.5)} 0 0 1 {n(r * 0.72)} {n(-r * 0.2)}c{n(-r * 0.28)} {n(r * 0.03)} {n(-r * 0.5)} {n(r * 0.2)} {n(-r * 0.59)} {n(r * 0.56)}a{n(r * 0.5)} {n(r * 0.5)} 0 0 1 {n(-r * 0.13)} {n(-r * 0.36)}z",
            light(tint, 0.4),
            op=0.55,
        )
        + circle(x, y, r * 0.2, "#0d1517")
        + circle(x - r * 0.2, y - r * 0.21, r * 0.09, "#dcebea")
        + circle(x + r * 0.25, y + r * 0.26, r * 0.055, light(tint, 0.5))
    )


def ribs(x: float, y: float, r: float, tone: str, count: int = 44, long: float = 0.05) -> str:
    """The grip of a lens ring, as short strokes around it."""
    return "".join(
        line(
            f"M{n(x)} {n(y - r)}v{n(r * long)}",
            tone,
            r * 0.035,
            cap="butt",
            tr=f"rotate({n(360 / count * k)} {n(x)} {n(y)})",
        )
        for k in range(count)
    )


def leather(d: str, colour: str) -> str:
    grain = "".join(
        line(
            f"M{80 + (k % 2) * 6} {190 + k * 9}h460", light(colour, 0.14), 1.6, dash="2 10", op=0.7
        )
        for k in range(30)
    )
    return clip(
        d,
        rect(60, 150, 500, 330, 0, lin(0, light(colour, 0.12), colour, dark(colour, 0.2))) + grain,
    )


def dial(x: float, y: float, w: float, h: float, colour: str) -> str:
    teeth = "".join(f"M{n(x + w * (k + 0.5) / 7)} {n(y + 3)}v{n(h - 6)}" for k in range(7))
    return rect(x, y, w, h, 5, lin(0, light(colour, 0.2), colour, dark(colour, 0.2))) + line(
        teeth, dark(colour, 0.35), 2.4
    )


def kestrel_body(skin: str = "#2f2b29") -> str:
    strap = line("M112 230c-44 40-60 130-20 200", "#6b3a22", 13) + line(
        "M108 240c-36 40-48 110-20 170", "#a2653f", 3, dash="7 7"
    )
    prism = (
        path(
            "M188 206l22-40c4-8 10-12 20-12h118c10 0 16 4 20 12l22 40z",
            lin(0, "#f0ebe1", "#cfc8bc", "#b0a89b"),
        )
        + rect(250, 172, 80, 28, 6, "#2b2a2a")
        + path("M256 178h34l-14 16h-20z", "#6f8f98")
    )
    top = rect(92, 200, 416, 250, 30, lin(0, "#d8d1c5", "#c6bfb3", "#a8a093")) + path(
        "M92 256v-26a30 30 0 0 1 30-30h356a30 30 0 0 1 30 30v26z", lin(0, "#f3eee5", "#dcd5c9")
    )
    knobs = (
        dial(118, 182, 54, 24, "#a59d90")
        + dial(422, 176, 62, 30, "#4a4541")
        + circle(380, 194, 11, "#d8d1c5")
        + ellipse(380, 190, 11, 5, "#f3eee5")
        + circle(144, 180, 10, "#c8371f")
    )
    eye = (
        circle(300, 330, 124, dark("#b3ab9e", 0.1))
        + circle(300, 328, 120, lin(50, "#ded7ca", "#958d80"))
        + ribs(300, 328, 120, "#7d756a", 60)
        + glass(300, 328, 108)
    )
    trims = (
        circle(462, 286, 13, "#f1dfb0")
        + ring(462, 286, 13, "#8a8176", 3)
        + rect(432, 370, 58, 9, 4.5, "#d8a94f")
        + rect(120, 290, 34, 20, 5, "#1d1b1a")
        + path("M124 294h14l-6 12h-8z", "#6f8f98")
    )
    return (
        shadow(300, 452, 212)
        + strap
        + prism
        + top
        + leather("M92 256h416v144H92z", skin)
        + knobs
        + trims
        + eye
    )


def kestrel() -> str:
    return picture(table(KHAKI), kestrel_body())


def kestrel_lane() -> str:
    lamps = "".join(
        group(
            circle(0, 0, 54, "#f4b04a", op=0.16)
            + ellipse(0, 0, 27, 23, "#d6442a")
            + ellipse(-8, 0, 9, 20, "#ef7a4e")
            + rect(-11, -28, 22, 7, 2, "#8a5a1e")
            + rect(-11, 20, 22, 7, 2, "#8a5a1e")
            + line("M0 28v18", "#d8a33c", 4),
            f"translate({x} {y}) scale({s})",
        )
        for x, y, s in ((90, 128, 1), (220, 166, 0.8), (372, 164, 0.85), (510, 120, 1.05))
    )
    prints = group(
        rect(6, 10, 130, 156, 4, SHADE, op=0.2)
        + rect(0, 0, 130, 156, 4, "#fffaf0")
        + clip(box(10, 10, 110, 112), group(landscape(110, 112), "translate(10 10)")),
        "translate(40 470) rotate(-16)",
    )
    return picture(
        wall("#56627a", "plain"),
        line("M-10 60c120 90 420 110 620-10", "#2b2622", 4),
        lamps,
        planks(400, "#7b4a32"),
        prints,
        place(kestrel_body(), 50, 62, 0.78),
    )


def hawk_parts() -> str:
    """A black mirrorless with a deep grip."""
    body = path(
        "M96 222c0-16 10-26 26-26h70l18-34c4-8 10-12 20-12h108c10 0 17 4 21 12l18 34h80c18 0 30 12 30 30v170c0 34-14 50-44 50H122c-16 0-26-10-26-26z",
        lin(90, "#4a4644", "#2b2827"),
    )
    grip = path(
        "M96 228c0-18 10-30 26-30h36c22 0 34 14 34 34v180c0 20-12 34-34 34h-36c-16 0-26-12-26-28z",
        lin(0, "#5a5552", "#353130", "#242120"),
    )
    tex = clip(
        "M100 250h88v176h-88z",
        "".join(line(f"M104 {256 + k * 8}h84", "#1b1918", 2, dash="2 5") for k in range(22)),
    )
    top = (
        path("M212 162c4-8 10-12 18-12h108c8 0 15 4 19 12l10 20H202z", "#5f5a56")
        + rect(252, 142, 74, 12, 4, "#6d6762")
        + dial(400, 176, 64, 24, "#4a4541")
        + ellipse(142, 196, 20, 9, "#6d6762")
        + ellipse(142, 193, 14, 6, "#c23a24")
        + dial(176, 184, 32, 14, "#57514d")
    )
    lens_ = (
        circle(318, 322, 132, "#1d1b1a")
        + circle(318, 320, 130, lin(50, "#6d6762", "#262322"))
        + ribs(318, 320, 130, "#171514", 64, 0.09)
        + ring(318, 320, 112, "#c9a45a", 3)
        + glass(318, 320, 106, "#4a3c63")
        + path(
            "M268 288a62 62 0 0 1 60-32",
            "none",
            stroke="#c59bb0",
            stroke_width=7,
            cap="round",
            op=0.6,
        )
    )
    badge = (
        rect(430, 226, 48, 7, 3, "#e9dfcc")
        + circle(482, 414, 7, "#c23a24")
        + circle(220, 216, 7, "#f1dfb0")
    )
    return "".join(
        (
            shadow(306, 452, 204),
            body,
            top,
            grip,
            tex,
            badge,
            lens_,
        )
    )


def hawk() -> str:
    return picture(table("#9fb0a6", "sun", top="#7c9085"), hawk_parts())


def hawk_back() -> str:
    body = path(
        "M84 222c0-16 10-26 26-26h80l18-34c4-8 10-12 20-12h108c10 0 17 4 21 12l18 34h90c18 0 30 12 30 30v170c0 34-14 50-44 50H110c-16 0-26-10-26-26z",
        lin(90, "#4a4644", "#2b2827"),
    )
    show = rect(112, 216, 270, 206, 12, "#171514") + clip(
        box(122, 226, 250, 186, 6),
        group(landscape(250, 186), "translate(122 226)")
        + line("M205 226v190M289 226v190M120 288h260M120 350h260", "#fffaf0", 1.5, op=0.5)
        + rect(130, 234, 40, 7, 3, "#fffaf0")
        + rect(132, 398, 84, 6, 3, "#fffaf0", op=0.9)
        + circle(356, 400, 6, "#c23a24"),
    )
    eye = (
        rect(238, 158, 104, 40, 14, "#1b1918")
        + rect(254, 166, 72, 24, 9, "#33424a")
        + path("M258 170h30l-14 16h-16z", "#6f8f98")
    )
    keys = (
        circle(446, 314, 38, "#1f1d1c")
        + circle(446, 314, 34, lin(50, "#5f5a56", "#33302e"))
        + circle(446, 314, 14, "#2b2827")
        + line("M446 286v6M446 336v6M418 314h6M468 314h6", "#c9beac", 3)
        + circle(418, 244, 11, "#5f5a56")
        + circle(462, 244, 11, "#5f5a56")
        + circle(424, 388, 11, "#5f5a56")
        + circle(470, 388, 11, "#c23a24")
        + dial(404, 178, 66, 20, "#57514d")
    )
    return picture(table("#cfc3a8", "window"), shadow(290, 452, 204), body, eye, show, keys)


def sunday_parts() -> str:
    """An instant camera in cream with a stripe, and what it has just made."""
    sheet_ = group(
        rect(0, 0, 200, 150, 5, "#fffaf0")
        + clip(
            box(18, 10, 164, 110),
            group(
                landscape(164, 110, "#d8e3e2", "#f3c568", ("#93ab92", "#5d8876", "#2e5a4b")),
                "translate(18 10)",
            ),
        ),
        "translate(200 410)",
    )
    body = path(
        "M140 220c4-60 40-96 90-96h140c50 0 86 36 90 96l20 190c2 18-8 30-26 30H146c-18 0-28-12-26-30z",
        lin(0, "#fbf4e4", "#f0e4cb", "#d6c4a0"),
    )
    face = path(
        "M126 352h348l6 58c2 18-8 30-26 30H146c-18 0-28-12-26-30z", lin(0, "#4a413b", "#2f2925")
    )
    slot = rect(186, 402, 228, 14, 7, "#171412")
    bands = ("#c23a24", "#e7c35a", "#3f7a66")
    stripe = "".join(rect(130, 316 + k * 11, 340, 7, 0, c) for k, c in enumerate(bands))
    eye = (
        circle(300, 272, 94, "#d6c4a0")
        + circle(300, 270, 92, lin(50, "#5a5049", "#2b2522"))
        + glass(300, 270, 74, "#2b4a52")
    )
    flash = (
        rect(170, 152, 76, 46, 10, "#d6d9d2")
        + path("M176 158h40l-24 34h-16z", "#fff", op=0.8)
        + rect(360, 154, 60, 40, 10, "#1f1c1a")
        + path("M366 160h24l-14 28h-10z", "#6f8f98")
        + circle(176, 320, 18, "#c23a24")
        + circle(173, 316, 7, "#e98b72")
    )
    return "".join(
        (
            shadow(300, 474, 176),
            body,
            clip("M140 124h320v228H140z", stripe),
            face,
            group(sheet_, "translate(0 0)"),
            rect(186, 398, 228, 16, 8, "#171412"),
            slot,
            eye,
            flash,
        )
    )


def sunday() -> str:
    return picture(table("#e9c7b0", "arch"), sunday_parts())


def sunday_prints() -> str:
    views = (
        ("#f0dcb8", "#cf4227", ("#c5c8a8", "#93ab92", "#4f7a69")),
        ("#5d6f86", "#f7e3bd", ("#8d6a68", "#6b4a4a", "#3a2a2a")),
        ("#cfe0de", "#f5e3b8", ("#a9c6cb", "#7ba3b4", "#3f6a7a")),
        ("#f1cfb0", "#e2672a", ("#d9a58e", "#b5644a", "#7a3342")),
    )
    out = ""
    for k, (x, y, t) in enumerate(((60, 70, -12), (300, 40, 8), (330, 300, -7), (90, 320, 10))):
        view = clip(
            box(16, 16, 178, 170), group(landscape(178, 170, *views[k]), "translate(16 16)")
        )
        extra = ""
        if k == 1:
            extra = "".join(
                circle(a, b, 9, "#d6442a") + circle(a, b, 16, "#f4b04a", op=0.2)
                for a, b in ((50, 44), (92, 56), (140, 48))
            )
        if k == 3:
            extra = (
                path("M70 186c-6-46 8-66 24-70 16 4 30 24 24 70z", "#2b3a44")
                + circle(94, 106, 13, "#2b1d19")
                + path("M116 186c-6-36 4-54 18-58 14 4 24 22 18 58z", "#c23a24")
                + circle(134, 118, 12, "#33211a")
            )
        out += group(
            rect(8, 12, 210, 246, 6, SHADE, op=0.2)
            + rect(0, 0, 210, 246, 6, "#fffaf0")
            + view
            + extra
            + line("M50 218c16-10 24 8 38 0s22-8 40 0", "#8a7a66", 4),
            f"translate({x} {y}) rotate({t})",
        )
    return picture(
        cloth("#b98458", "wood"),
        out,
        group(rect(0, 0, 90, 34, 4, "#e7c35a", op=0.75), "translate(90 60) rotate(-30)"),
    )


def twins_parts() -> str:
    """A camera that looks through one lens and records through the other."""
    hood = (
        path("M196 150l16-66h176l16 66z", lin(0, "#4a4541", "#2b2725"))
        + path("M212 84h176l-8 30H220z", "#17130f")
        + path("M220 88h160l-4 18H224z", "#5f7f86", op=0.6)
    )
    body = (
        rect(178, 146, 244, 312, 16, lin(0, "#4a4541", "#332e2b", "#242020"))
        + rect(178, 146, 244, 14, 6, "#b0a89b")
        + rect(178, 444, 244, 14, 6, "#b0a89b")
    )
    skin = leather("M190 164h220v276H190z", "#6b3a26")
    plate = rect(214, 166, 172, 270, 40, lin(0, "#d9d2c6", "#a79f93")) + rect(
        222, 174, 156, 254, 34, "#35302d"
    )
    eyes = (
        circle(300, 236, 62, "#8a8276")
        + glass(300, 236, 58, "#2b4a52")
        + circle(300, 358, 68, "#8a8276")
        + circle(300, 358, 66, lin(40, "#c9c1b4", "#7d756a"))
        + ribs(300, 358, 66, "#5f584f", 36)
        + glass(300, 358, 58, "#4a3c50")
    )
    sides = (
        dial(422, 210, 20, 50, "#a59d90")
        + circle(436, 350, 32, "#8a8276")
        + circle(436, 350, 28, lin(50, "#d9d2c6", "#8a8276"))
        + circle(436, 350, 9, "#4a4541")
        + line("M436 350l26 26", "#b0a89b", 8)
        + circle(464, 378, 9, "#2b2725")
        + dial(158, 300, 20, 44, "#a59d90")
    )
    return "".join(
        (
            shadow(300, 460, 140),
            line("M178 190c-60 60-70 180-40 266", "#5a2f1e", 11),
            sides,
            body,
            skin,
            hood,
            plate,
            eyes,
            rect(272, 148, 56, 12, 4, "#e9dfcc"),
        )
    )


def twins() -> str:
    return picture(table("#c6b79a", "shutter", top="#9a7852"), twins_parts())


def skipper() -> str:
    """A small action camera on a wrist loop, drops of water on it."""
    body = rect(150, 160, 300, 250, 36, lin(40, "#7fa3ad", "#4f7784", "#3a5c68"))
    face = (
        rect(166, 176, 268, 218, 26, "#2a3b42")
        + rect(176, 186, 110, 80, 14, "#1a2529")
        + clip(
            box(182, 192, 98, 68, 10),
            group(
                landscape(98, 68, "#cfe0de", "#f5e3b8", ("#a9c6cb", "#7ba3b4", "#3f6a7a")),
                "translate(182 192)",
            ),
        )
    )
    eye = rect(300, 190, 124, 124, 34, "#16201f") + glass(362, 252, 54, "#1f4a52")
    key = (
        rect(220, 148, 70, 16, 8, "#c23a24")
        + rect(190, 330, 90, 10, 5, "#7fa3ad")
        + rect(190, 350, 54, 8, 4, "#5f8a96")
        + circle(404, 352, 9, "#c23a24")
    )
    drops = "".join(
        path(
            f"M{x} {y}c{-6 * s} {-12 * s} {-4 * s} {-20 * s} 0 {-28 * s} {4 * s} {8 * s} {6 * s} {16 * s} 0 {28 * s}z",
            "#dcecee",
            op=0.85,
        )
        for x, y, s in (
            (196, 300, 0.8),
            (420, 200, 0.5),
            (300, 372, 0.9),
            (250, 290, 0.5),
            (380, 376, 0.6),
        )
    )
    loop = path(
        "M150 220c-70 10-96 120-60 186 30 50 80 44 92 10",
        "none",
        stroke="#e2672a",
        stroke_width=20,
        cap="round",
    ) + path("M146 224c-62 14-84 110-54 172", "none", stroke="#f3a06a", stroke_width=5, cap="round")
    water = (
        path("M0 470c80-30 140 20 220 0s140-30 220 0 120 10 180-6v140H0z", "#7ba3b4")
        + path("M0 510c80-20 150 16 230 0s150-20 220 2 110 6 160-4v100H0z", "#5a8899")
        + line(
            "M60 500c30-10 50 8 80 0M330 494c30-10 50 8 80 0M200 552c40-10 60 8 100 0M440 548c30-8 50 6 80 0",
            "#cfe0de",
            5,
            op=0.8,
        )
    )
    return picture(
        wall("#cfe0de", "sun"),
        water,
        ellipse(300, 462, 170, 20, "#2a4a58", op=0.35),
        loop,
        group(body + face + eye + key + drops, "rotate(-6 300 300) translate(10 34)"),
    )


def prime_parts() -> str:
    """A small standard lens, standing on its mount."""
    barrel = path(
        "M182 216h236v190c0 20-52 36-118 36s-118-16-118-36z",
        lin(0, "#6a6461", "#3b3735", "#211f1e"),
    )
    grip = clip(
        "M182 290h236v70c-40 24-196 24-236 0z",
        rect(170, 280, 260, 100, 0, lin(0, "#4a4644", "#242120"))
        + "".join(line(f"M{182 + k * 9} 280v100", "#151312", 4) for k in range(28)),
    )
    rings = (
        line("M182 282c30 22 206 22 236 0", "#c9a45a", 4)
        + path(
            "M182 392c20 20 216 20 236 0v16c0 20-52 36-118 36s-118-16-118-36z",
            lin(0, "#d9d2c6", "#a79f93", "#7d756a"),
        )
        + circle(300, 414, 6, "#c23a24")
        + line("M240 256v14M270 260v14M300 261v14M330 260v14M360 256v14", "#e9dfcc", 3)
    )
    top = (
        ellipse(300, 216, 118, 56, "#4a4644")
        + ellipse(300, 214, 106, 48, "#211f1e")
        + ellipse(300, 216, 92, 40, "#35302e")
        + ellipse(300, 218, 76, 32, "#141516")
        + ellipse(300, 222, 62, 25, lin(40, "#7b6a93", "#2f3f56", "#182a30"))
        + path("M252 212c14-12 40-16 60-14-22 6-40 14-48 28-8-4-13-8-12-14z", "#c3a9c9", op=0.65)
        + circle(330, 232, 6, "#8fb3c0")
    )
    cap = group(
        ellipse(6, 8, 66, 60, SHADE, op=0.2)
        + circle(0, 0, 64, lin(50, "#4a4644", "#262322"))
        + ring(0, 0, 52, "#57524f", 3)
        + path("M-20 0h40M-14-9h28M-14 9h28", "none", stroke="#6d6762", stroke_width=4),
        "translate(484 470) scale(1 .62)",
    )
    return "".join(
        (
            shadow(300, 444, 132),
            barrel,
            grip,
            rings,
            top,
            cap,
        )
    )


def prime() -> str:
    return picture(table("#d2c4aa", "arch"), prime_parts())


def reach() -> str:
    """A long zoom lying on its side, in its bag's felt."""
    tube = (
        rect(96, 222, 150, 170, 14, lin(90, "#f6efe2", "#e0d3ba", "#b5a482"))
        + rect(236, 206, 120, 202, 12, lin(90, "#4a4644", "#2b2827", "#1b1918"))
        + rect(350, 194, 120, 226, 14, lin(90, "#f6efe2", "#e0d3ba", "#b5a482"))
        + rect(462, 184, 58, 246, 16, lin(90, "#4a4644", "#2b2827", "#1b1918"))
    )
    grip = "".join(
        rect(244 + k * 11, 206, 5, 202, 0, "#141211", op=0.7) for k in range(10)
    ) + "".join(rect(112 + k * 9, 222, 4, 170, 0, "#a08d6a", op=0.5) for k in range(6))
    rings = (
        rect(456, 188, 7, 238, 0, "#c23a24")
        + rect(350, 196, 5, 222, 0, "#c9a45a")
        + rect(182, 250, 40, 7, 3, "#4a4644")
        + rect(182, 266, 26, 6, 3, "#4a4644", op=0.7)
    )
    mount = rect(76, 236, 26, 142, 8, lin(90, "#e9e3d7", "#a79f93", "#7d756a")) + circle(
        90, 300, 5, "#c23a24"
    )
    foot = (
        path("M276 404h44l12 54h-68z", lin(90, "#4a4644", "#242120"))
        + rect(240, 452, 116, 16, 7, "#35302e")
        + path("M220 236h20v140h-20z", "#2b2827")
    )
    return picture(
        table("#b7c4b4", "window", top="#8fa08c"),
        shadow(300, 470, 220),
        mount,
        tube,
        grip,
        rings,
        foot,
    )


def stork_parts() -> str:
    """A tripod, its legs spread."""

    def leg(x0: float, x1: float, tone: str) -> str:
        mid = x0 + (x1 - x0) * 0.52
        return (
            line(f"M{x0} 186L{n(mid)} 340", tone, 25, cap="butt")
            + line(f"M{n(mid)} 338L{x1} 486", dark(tone, 0.2), 16, cap="butt")
            + line(
                f"M{n(mid - (x1 - x0) * 0.03)} 328L{n(mid + (x1 - x0) * 0.03)} 350",
                "#2b2827",
                31,
                cap="butt",
            )
            + line(f"M{x0 - 4} 190L{n(mid - 4)} 330", light(tone, 0.4), 4, op=0.6)
            + circle(x1, 488, 12, "#2b2827")
        )

    column = (
        rect(288, 120, 24, 250, 6, lin(0, "#6d6762", "#35302e"))
        + rect(280, 366, 40, 14, 6, "#2b2827")
        + line("M300 380v26", "#2b2827", 5)
        + line("M292 408c0 14 16 14 16 0", "#2b2827", 5)
    )
    head = (
        circle(300, 112, 32, lin(50, "#6d6762", "#2b2827"))
        + rect(248, 62, 104, 22, 7, lin(90, "#57524f", "#2b2827"))
        + rect(262, 56, 76, 8, 3, "#c9a45a")
        + line("M322 118l72 34", "#35302e", 11)
        + line("M372 142l28 13", "#1b1918", 18)
        + circle(266, 116, 12, "#c23a24")
    )
    crown = path("M252 168h96l14 36H238z", lin(90, "#57524f", "#2b2827"))
    wood = "#c08a5a"
    return "".join(
        (
            shadow(300, 490, 176, 9),
            leg(300, 300, dark(wood, 0.3)),
            column,
            leg(264, 122, wood),
            leg(336, 478, dark(wood, 0.1)),
            crown,
            head,
        )
    )


def stork() -> str:
    return picture(table("#cdd3c4", "slant", 452), stork_parts())


def dragonfly() -> str:
    """A small drone over rice terraces at dawn."""
    land = wall("#f0dcb8", "plain") + circle(430, 150, 56, "#cf4227", op=0.9)
    steps = ""
    for k, c in enumerate(("#b9c4a2", "#a3b592", "#8aa583", "#6f9475", "#547f66", "#3f6a58")):
        y = 330 + k * 48
        steps += path(f"M0 {y}c90-50 170 30 290-6s170-46 320 6v300H0z", c) + line(
            f"M0 {y}c90-50 170 30 290-6s170-46 320 6", light(c, 0.55), 5, op=0.8
        )

    def rotor(x: float, y: float, s: float) -> str:
        return (
            ellipse(x, y, 92 * s, 15 * s, "#574c41", op=0.16)
            + ellipse(
                x, y, 92 * s, 15 * s, "none", stroke="#574c41", stroke_width=2, stroke_opacity=0.35
            )
            + path(
                f"M{x - 80 * s} {y - 3}q{40 * s} -10 {80 * s} 0 {40 * s} 12 {80 * s} 6 -{40 * s} 10 -{80 * s} 2 -{40 * s} -10 -{80 * s} -8z",
                "#6d6762",
                op=0.75,
            )
            + rect(x - 9 * s, y - 4, 18 * s, 26 * s, 4, "#57524f")
        )

    arms = line("M238 270L132 214M362 270l106-56", "#d9d2c6", 19) + line(
        "M240 296L150 332M360 296l90 36", "#b9b0a2", 21
    )
    body = (
        path(
            "M214 262c6-30 40-44 86-44s80 14 86 44l8 36c4 22-10 34-32 36-40 6-84 6-124 0-22-2-36-14-32-36z",
            lin(90, "#fbf6ec", "#e3dac9", "#b9ab93"),
        )
        + path("M240 244c16-12 40-16 60-16s44 4 60 16l-12 22h-96z", "#57524f")
        + path("M256 250c14-8 30-10 44-10l-14 22h-22z", "#8a9aa0")
    )
    eye = (
        path("M262 318h76l-8 36c-4 14-16 20-30 20s-26-6-30-20z", "#3b3735")
        + glass(300, 344, 30)
        + circle(232, 300, 6, "#c23a24")
        + circle(368, 300, 6, "#5f9a82")
    )
    return picture(
        land,
        steps,
        ellipse(300, 520, 120, 16, "#20382d", op=0.2),
        rotor(132, 200, 0.8),
        rotor(468, 200, 0.8),
        arms,
        rotor(146, 316, 1.1),
        rotor(454, 316, 1.1),
        body,
        eye,
    )


def rolls() -> str:
    """Film in its paper and out of it."""

    def can(x: float, y: float, band: str, s: float = 1, turn: float = 0) -> str:
        inner = (
            rect(-48, -150, 96, 150, 10, lin(0, light(band, 0.3), band, dark(band, 0.25)))
            + rect(-54, -158, 108, 18, 7, lin(0, "#57524f", "#211f1e"))
            + rect(-54, -10, 108, 18, 7, lin(0, "#57524f", "#211f1e"))
            + rect(-16, -184, 32, 28, 5, lin(0, "#6d6762", "#2b2827"))
            + rect(-48, -112, 96, 40, 0, CREAM)
            + rect(-34, -102, 46, 9, 3, "#3a302a")
            + rect(-34, -86, 28, 6, 3, "#3a302a", op=0.6)
            + circle(30, -92, 10, dark(band, 0.1))
        )
        return group(inner, f"translate({x} {y}) rotate({turn}) scale({s})")

    tongue = (
        path("M352 300h196c8 0 12 6 12 14v82c0 8-4 14-12 14H352z", lin(90, "#6b4433", "#4a2d22"))
        + "".join(rect(360 + k * 22, y, 11, 9, 2, "#d8b98e") for k in range(9) for y in (308, 392))
        + "".join(
            rect(366 + k * 62, 328, 54, 54, 3, c)
            for k, c in enumerate(("#8a5a3c", "#a9653f", "#7a4a34"))
        )
    )
    return picture(
        table("#e7cfa6", "sun"),
        shadow(250, 470, 200),
        shadow(450, 414, 100, 7, 0.7),
        tongue,
        can(330, 466, "#d8a33c", 1.12),
        can(196, 470, "#3f7a66", 1),
        can(104, 474, "#c23a24", 0.86),
        group(
            rect(-10, -60, 92, 160, 4, lin(0, "#e58a5a", "#c9673a"))
            + path("M-10-60l14-14h92l-14 14z", "#f0a67c")
            + path("M82-60l14-14v160l-14 14z", "#a34e28")
            + circle(36, 64, 18, CREAM)
            + circle(36, 64, 8, "#c9673a")
            + rect(-10, -30, 92, 50, 0, CREAM)
            + rect(2, -16, 52, 9, 3, "#3a302a")
            + rect(2, 0, 32, 6, 3, "#3a302a", op=0.6),
            "translate(432 370)",
        ),
    )


def satchel() -> str:
    """A camera bag in waxed cloth with leather corners."""
    strap = path(
        "M150 236C130 110 220 70 300 70s170 40 150 166", "none", stroke="#7a4a2e", stroke_width=20
    ) + path("M146 230C130 116 216 76 292 76", "none", stroke="#b0764d", stroke_width=4, dash="8 7")
    body = rect(104, 222, 392, 240, 30, lin(0, "#8d9367", "#6f7d4a", "#535e38")) + path(
        "M104 400h80v62h-50a30 30 0 0 1-30-30zM496 400h-80v62h50a30 30 0 0 0 30-30z", "#7a4a2e"
    )
    flap = path(
        "M96 226c0-16 10-24 26-24h356c16 0 26 8 26 24l-8 118c-2 22-14 34-36 34H140c-22 0-34-12-36-34z",
        lin(20, "#9aa173", "#7b8855", "#616d41"),
    ) + path(
        "M112 232l8 108c2 14 10 24 26 24h308c16 0 24-10 26-24l8-108",
        "none",
        stroke="#c9cda4",
        stroke_width=3,
        dash="9 7",
    )

    def tab(x: float) -> str:
        return (
            rect(x - 17, 300, 34, 124, 8, lin(0, "#a2693f", "#7a4a2e"))
            + rect(x - 22, 352, 44, 32, 5, "none", stroke="#d8a94f", stroke_width=6)
            + circle(x, 408, 4, "#3a2213")
            + circle(x, 392, 4, "#3a2213")
        )

    mark = (
        rect(262, 260, 76, 46, 6, "#a2693f")
        + ring(300, 283, 13, "#e7c896", 4)
        + circle(300, 283, 4, "#e7c896")
    )
    return picture(
        table("#d9cfb6", "shutter"),
        shadow(300, 464, 206),
        strap,
        body,
        flap,
        tab(188),
        tab(412),
        mark,
    )


PICTURES = {
    "kestrel-half-frame-1": kestrel,
    "kestrel-half-frame-2": kestrel_lane,
    "night-hawk-m2-1": hawk,
    "night-hawk-m2-2": hawk_back,
    "sunday-instant-1": sunday,
    "sunday-instant-2": sunday_prints,
    "two-eyes-1": twins,
    "skipper-1": skipper,
    "plain-fifty-1": prime,
    "long-reach-1": reach,
    "stork-tripod-1": stork,
    "dragonfly-1": dragonfly,
    "three-rolls-1": rolls,
    "lens-satchel-1": satchel,
}
