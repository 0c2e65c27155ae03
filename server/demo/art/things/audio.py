# ruff: noqa: E501
"""Things that sound, tell the hour, or are read: audio and small machines."""

from ..grounds import (
    JADE,
    cloth,
    cup,
    cup_above,
    landscape,
    planks,
    pot_plant,
    stack,
    table,
    vase_branch,
    wall,
)
from ..ink import (
    PAPER,
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
    rad,
    rect,
    ring,
    shadow,
)
from .phones import clock, page_screen


def oat(cup_tone: str = "#d9b98a", band: str = "#38302a", pad: str = "#d9b98a") -> str:
    """Headphones standing, the band up."""
    hoop = line("M146 366C124 186 196 98 300 98s176 88 154 268", band, 34) + line(
        "M150 320C138 176 204 106 300 106", light(band, 0.22), 8
    )
    cushion = line("M190 172c28-38 64-54 110-54s82 16 110 54", pad, 24) + line(
        "M196 166c24-30 54-44 92-48", light(pad, 0.5), 7
    )
    arms = rect(134, 286, 26, 70, 8, lin(0, "#c9c1b4", "#8a8276")) + rect(
        440, 286, 26, 70, 8, lin(0, "#c9c1b4", "#8a8276")
    )

    def shell(x: float, tone: str) -> str:
        return (
            rect(x, 304, 96, 158, 46, lin(0, light(tone, 0.35), tone, dark(tone, 0.18)))
            + circle(x + 46, 383, 30, dark(tone, 0.16))
            + circle(x + 45, 381, 27, lin(50, light(tone, 0.2), dark(tone, 0.08)))
            + circle(x + 45, 381, 12, "none", stroke=dark(tone, 0.25), stroke_width=2.5)
            + rect(x + 30, 440, 22, 5, 2.5, dark(tone, 0.3))
            + path(
                f"M{x + 14} 352c0-24 12-36 30-40",
                "none",
                stroke=light(tone, 0.65),
                stroke_width=6,
                cap="round",
                op=0.8,
            )
        )

    pads = (
        rect(174, 310, 62, 146, 30, lin(0, "#1d1917", "#3a332e"))
        + rect(364, 310, 62, 146, 30, lin(0, "#3a332e", "#1d1917"))
        + line("M204 324v118M396 324v118", "#4a423c", 3, dash="5 6")
    )
    return hoop + cushion + arms + pads + shell(104, cup_tone) + shell(400, dark(cup_tone, 0.06))


def headphones() -> str:
    return picture(table(JADE), shadow(300, 464, 200), oat())


def headphones_stand() -> str:
    lamp = rad("#f7dc9a@.6", "#f7dc9a@0")
    stand = (
        rect(290, 130, 20, 330, 8, lin(0, "#b0764d", "#7a4a2e"))
        + ellipse(300, 470, 96, 17, "#6a3d25")
        + ellipse(300, 463, 96, 17, "#a2693f")
        + path("M246 128h108c0 22-24 30-54 30s-54-8-54-30z", "#8a5638")
    )
    desk = (
        rect(376, 392, 190, 68, 6, "#2f3d38")
        + rect(384, 400, 174, 52, 3, "#22302b")
        + "".join(
            rect(392 + k * 14, 446 - h, 8, h, 2, "#8fc0ae")
            for k, h in enumerate((14, 26, 34, 22, 40, 30, 18, 36, 28, 12, 24, 16))
        )
    )
    return picture(
        wall("#5c4a44", "plain"),
        circle(470, 120, 210, lamp),
        planks(450, "#6b4029"),
        stack(110, 484, ("#2f6a5a", "#d8a33c", "#a9583b", "#e3cda6"), 150, 24),
        shadow(300, 480, 110, 12),
        stand,
        place(oat("#c9573c", "#2b2421", "#e3cda6"), 0, 2, 0.84),
        desk,
    )


def buds_parts() -> str:
    """Earbuds and their case, open, like a river stone."""
    lid = path(
        "M158 292c-10-96 54-150 142-150s152 54 142 150c-40-18-90-26-142-26s-102 8-142 26z",
        lin(0, "#f3ead9", "#e0d2b8", "#bba983"),
    ) + path(
        "M178 282c-4-76 48-118 122-118s126 42 122 118c-38-12-78-18-122-18s-84 6-122 18z", "#cbbb99"
    )
    inside = path(
        "M150 306c0-24 66-40 150-40s150 16 150 40-66 44-150 44-150-20-150-44z", "#e9dfca"
    ) + path("M166 306c0-18 60-30 134-30s134 12 134 30-60 32-134 32-134-14-134-32z", "#8d7d5f")

    def bud(x: float, flip: float) -> str:
        return group(
            rect(-13, -66, 26, 78, 13, lin(0, "#fffaf0", "#e3d6bc"))
            + ellipse(0, -66, 34, 30, lin(50, "#fffaf0", "#d9c9a8"))
            + ellipse(12, -70, 15, 18, "#57524f")
            + ellipse(14, -72, 9, 12, "#8a8276")
            + circle(-18, -72, 4, "#c23a24"),
            f"translate({x} 314) scale({flip} 1)",
        )

    base = (
        path(
            "M150 306c0 22 66 40 150 40s150-18 150-40c6 96-44 158-150 158s-156-62-150-158z",
            lin(0, "#fbf4e6", "#eadcc2", "#bfac86"),
        )
        + circle(300, 400, 6, "#5f9a82")
        + path(
            "M182 360c4 40 24 66 56 80",
            "none",
            stroke="#fffaf0",
            stroke_width=9,
            cap="round",
            op=0.8,
        )
    )
    return "".join(
        (
            shadow(300, 464, 128),
            lid,
            inside,
            bud(240, -1),
            bud(360, 1),
            base,
        )
    )


def buds() -> str:
    return picture(table("#bfcabf", "arch"), buds_parts())


def buds_walk() -> str:
    """In an ear: a profile by the lake, close."""
    head = path(
        "M250 640c0-60-6-96-34-120-50-40-74-110-66-190C160 210 240 150 330 156c96 6 150 80 146 170 0 26 10 40 26 62 10 14 4 24-12 28-8 2-10 8-8 20 2 10-2 14-10 18 6 12 2 20-6 24 4 30-14 46-50 42-30-4-46 0-50 40l2 90z",
        "#e9b68d",
    )
    hair = path(
        "M150 330C140 190 226 116 340 124c70 4 124 40 136 96-60-8-96 6-126 40-18 20-20 40-18 70 2 34-20 60-50 60-24 0-40-18-42-42-10 60 4 110-4 150-46-30-80-96-86-168z",
        "#2b1d19",
    ) + path("M190 230c24-50 70-78 130-80", "none", stroke="#5a4038", stroke_width=10, cap="round")
    ear = path(
        "M262 352c-4-34 22-50 46-44 28 6 34 38 20 62-10 18-14 40-34 40-22 0-28-26-32-58z", "#dba077"
    ) + path("M278 350c0-20 14-28 28-24", "none", stroke="#b87a50", stroke_width=5, cap="round")
    bud = (
        ellipse(300, 362, 22, 20, lin(50, "#fffaf0", "#d9c9a8"))
        + rect(288, 366, 20, 62, 10, lin(0, "#fffaf0", "#d9c9a8"), tr="rotate(8 298 366)")
        + circle(296, 358, 4, "#c23a24")
    )
    coat = path(
        "M120 640c10-60 60-92 134-96 50 20 96 22 130 0 70 10 120 40 140 96z", "#2c6a60"
    ) + path("M250 546c40 30 90 30 140 2l10 20c-44 40-120 40-160 2z", "#4d8a7a")
    face = (
        line("M424 320c14-6 24-6 34 0", "#2b1d19", 6)
        + circle(446, 346, 6, "#2a1f18")
        + path("M446 452c-14 8-26 8-38 2", "none", stroke="#b4523f", stroke_width=6, cap="round")
        + circle(408, 410, 24, "#d9785c", op=0.22)
    )
    return picture(
        rect(0, 0, 600, 600, 0, "#c9d8cc"),
        group(landscape(600, 600, "#d3dccb", "#f5e3b8", ("#b5c6b2", "#93b0a0", "#7a9d8c")), ""),
        coat,
        head,
        hair,
        ear,
        bud,
        face,
    )


def drum_parts() -> str:
    """A wooden shelf speaker, two cones."""
    box_ = rect(186, 76, 228, 390, 16, lin(0, "#c08a5a", "#a06a40", "#7a4a2e")) + line(
        "M198 110c6 100-4 220 2 330M222 96c4 60-6 120 0 150M386 100c6 120-6 240 2 340M404 120c-4 90 4 200 0 300",
        "#6a3f26",
        2.5,
        op=0.45,
    )
    face = rect(206, 96, 188, 350, 10, "#2f2926")
    big = (
        circle(300, 340, 84, "#1b1816")
        + circle(300, 340, 80, lin(50, "#57504b", "#2b2624"))
        + circle(300, 340, 66, rad("#6b4a34", "#8d6547", "#5a3d2a"))
        + ring(300, 340, 52, "#4a3122", 2)
        + ring(300, 340, 40, "#4a3122", 2)
        + circle(300, 340, 26, lin(50, "#c9a06f", "#7a5336"))
        + path("M284 328a22 22 0 0 1 20-10", "none", stroke="#ecd6b2", stroke_width=5, cap="round")
    )
    small = (
        circle(300, 182, 48, "#1b1816")
        + circle(300, 182, 44, lin(50, "#57504b", "#2b2624"))
        + circle(300, 182, 22, lin(50, "#d9b98a", "#8a6238"))
        + circle(294, 176, 6, "#f6e8cf")
    )
    bolts = "".join(
        circle(x, y, 4, "#8a8276")
        for x, y in (
            (240, 280),
            (360, 280),
            (240, 400),
            (360, 400),
            (264, 146),
            (336, 146),
            (264, 218),
            (336, 218),
        )
    )
    return "".join(
        (
            pot_plant(500, 460, 1.05, "#e3d3b4"),
            shadow(300, 470, 130),
            box_,
            face,
            big,
            small,
            bolts,
            rect(280, 428, 40, 5, 2, "#c9a06f"),
        )
    )


def drum() -> str:
    return picture(table("#c6cfbc", "window"), drum_parts())


def reed() -> str:
    """A cloth cylinder with a leather loop, for picnics."""
    body = path(
        "M196 166c0-24 46-42 104-42s104 18 104 42v264c0 24-46 42-104 42s-104-18-104-42z",
        lin(0, "#d9735a", "#b9452f", "#8a2f20"),
    )
    weave = clip(
        "M196 166c0-24 46-42 104-42s104 18 104 42v264c0 24-46 42-104 42s-104-18-104-42z",
        "".join(
            line(f"M190 {170 + k * 7}c60 26 160 26 220 0", "#8a2f20", 1.8, dash="3 4", op=0.6)
            for k in range(40)
        ),
    )
    top = (
        ellipse(300, 164, 104, 40, "#3a2c27")
        + ellipse(300, 161, 96, 35, lin(0, "#57463e", "#2f2521"))
        + line("M284 160h32M300 152v16", "#e7c9a0", 5)
        + line("M238 164h22M352 164h10M372 164h-10", "#e7c9a0", 5)
    )
    loop = line("M398 190c70 10 70 130 12 180", "#7a4a2e", 15) + line(
        "M404 196c56 14 54 110 8 160", "#b0764d", 3, dash="7 6"
    )
    tag = rect(272, 330, 56, 34, 5, "#f0dfc0") + line(
        "M284 347c6-8 10 8 16 0s10-8 16 0", "#8a2f20", 4
    )
    check = "".join(
        rect(k * 60, 430, 30, 170, 0, "#fff8ea", op=0.35)
        + rect(0, 440 + k * 44, 600, 22, 0, "#fff8ea", op=0.3)
        for k in range(10)
    )
    return picture(
        rect(0, 0, 600, 600, 0, "#cfdcc6"),
        landscape_band(),
        rect(0, 430, 600, 170, 0, "#c98d72"),
        clip(box(0, 430, 600, 170), check),
        shadow(300, 470, 118),
        loop,
        body,
        weave,
        top,
        tag,
        persimmon(480, 500, 1.1),
        persimmon(112, 520, 0.95),
    )


def persimmon(x: float, y: float, s: float = 1) -> str:
    fruit = (
        circle(0, -34, 38, lin(50, "#f2a65a", "#d9692c"))
        + path("M-18-66c12-10 24-10 36 0-6 12-28 12-36 0z", "#5f7a48")
        + line("M0-70v-10", "#4a5c38", 5)
        + ellipse(-14, -44, 9, 6, "#ffd9a0", op=0.8)
    )
    return shadow(x, y + 2, 34 * s, 8) + group(fruit, f"translate({x} {y}) scale({s})")


def landscape_band() -> str:
    return group(landscape(600, 470, "#d8e3d2", "#f5e3b8", ("#b5c6a8", "#93ad8c", "#6f9073")))


def turntable() -> str:
    """A record player, seen from above."""
    case = (
        rect(68, 92, 484, 440, 22, SHADE, op=0.22)
        + rect(58, 76, 484, 440, 22, lin(30, "#b57d52", "#8f5a36"))
        + rect(70, 88, 460, 416, 16, lin(30, "#f3ead9", "#dccfb4"))
    )
    disc_ = (
        circle(262, 296, 178, "#b9a988")
        + circle(262, 296, 172, lin(40, "#3a3532", "#181514"))
        + "".join(ring(262, 296, r, "#4a4441", 1.5, op=0.7) for r in range(78, 170, 9))
        + path("M262 296L150 160a176 176 0 0 1 70-36z", "#fff", op=0.12)
        + path("M262 296l112 136a176 176 0 0 1-70 36z", "#fff", op=0.12)
    )
    label = (
        circle(262, 296, 62, "#c23a24")
        + ring(262, 296, 52, "#e98b72", 2)
        + line("M232 278h60M244 318h36", "#f6e3cd", 5)
        + circle(262, 296, 7, "#f6efe2")
    )
    arm = (
        circle(466, 160, 40, "#b9a988")
        + circle(466, 158, 36, lin(50, "#e9e3d7", "#8a8276"))
        + line("M466 158L462 330l-70 70", "#57524f", 10)
        + line("M463 158L459 330", "#a8a096", 3)
        + path("M398 380l-34 30 16 18 34-30z", "#2b2624")
        + circle(466, 158, 15, "#57524f")
        + rect(452, 100, 28, 42, 8, "#57524f")
    )
    knobs = (
        circle(466, 440, 30, "#b9a988")
        + circle(466, 438, 26, lin(50, "#57524f", "#2b2624"))
        + line("M466 438l12-18", "#f6efe2", 4)
        + circle(404, 470, 9, "#c23a24")
        + rect(96, 470, 60, 10, 5, "#b9a988")
    )
    return picture(cloth("#b9c6b6", "linen"), case, disc_, label, arm, knobs)


def turntable_corner() -> str:
    shelf = planks(400, "#8a5434")
    deck = (
        shadow(290, 430, 210, 12)
        + rect(96, 376, 390, 54, 8, lin(90, "#b57d52", "#8f5a36"))
        + rect(96, 368, 390, 14, 6, "#f3ead9")
        + ellipse(264, 366, 140, 12, "#1b1816")
        + ellipse(264, 363, 140, 11, "#3a3532")
        + ellipse(264, 362, 46, 4, "#c23a24")
        + circle(436, 360, 15, "#57524f")
        + line("M436 356l-90 2", "#57524f", 7)
        + rect(120, 430, 30, 10, 4, "#3a2a20")
        + rect(432, 430, 30, 10, 4, "#3a2a20")
        + circle(452, 404, 8, "#2b2624")
    )

    def sleeve(x: float, tone: str, art: str, t: float = 0) -> str:
        return group(rect(-78, -156, 156, 156, 3, tone) + art, f"translate({x} 368) rotate({t})")

    covers = sleeve(
        110, "#e7c35a", circle(0, -78, 46, "#c23a24") + circle(20, -96, 20, "#f3dc9a"), -7
    ) + sleeve(
        214,
        "#2f6a5a",
        path("M-78-40c40-40 60-20 90-50s50-10 66-10v100H-78z", "#8fc0ae")
        + circle(24, -112, 18, "#f5e3b8"),
        2,
    )
    return picture(
        wall("#d7b496", "sun"),
        rect(60, 96, 480, 12, 3, "#8a5434"),
        stack(420, 96, ("#a9583b", "#d8a33c"), 120, 22),
        pot_plant(160, 96, 0.62),
        shelf,
        covers,
        deck,
        cup(536, 470, 0.95),
    )


def radio_parts() -> str:
    body = rect(92, 188, 416, 276, 40, lin(90, "#8fb0a2", "#5f8a7a", "#466e60"))
    face = rect(112, 208, 376, 236, 26, lin(90, "#fbf2df", "#ecdcbb"))
    cloth_ = rect(132, 232, 182, 188, 16, "#b98a5a") + clip(
        box(132, 232, 182, 188, 16),
        "".join(line(f"M132 {238 + k * 8}h182", "#8f6438", 2.2, dash="4 4") for k in range(24))
        + "".join(rect(140 + k * 20, 232, 7, 188, 0, "#d9b27a", op=0.55) for k in range(9)),
    )
    scale_ = (
        rect(336, 232, 132, 76, 12, "#2f4f46")
        + line("M350 286h104", "#e7d3a0", 2.5)
        + line(
            "M356 280v-9M372 280v-14M388 280v-9M404 280v-14M420 280v-9M436 280v-14M448 280v-9",
            "#e7d3a0",
            3,
        )
        + line("M410 246v52", "#e2672a", 4)
        + rect(350, 248, 34, 6, 3, "#e7d3a0", op=0.8)
    )
    knobs = "".join(
        circle(x, 372, 33, "#c9b48a")
        + circle(x, 369, 30, lin(50, "#fff8ea", "#d3bd92"))
        + circle(x, 369, 18, lin(50, "#e0cda6", "#b99d6a"))
        + line(f"M{x} 369l{dx} -14", "#7a5a2e", 4)
        for x, dx in ((366, 6), (440, -8))
    )
    aerial = (
        line("M446 190L540 60", "#8a8276", 6)
        + line("M480 142L540 60", "#c9c1b4", 3)
        + circle(541, 58, 7, "#c9c1b4")
    )
    handle = line("M170 190c0-50 20-60 60-60h140c40 0 60 10 60 60", "#7a4a2e", 15) + line(
        "M178 176c4-30 20-38 52-38h130", "#b0764d", 3.5
    )
    return "".join(
        (
            shadow(300, 470, 206),
            aerial,
            handle,
            rect(140, 458, 40, 14, 5, "#3a4f47"),
            rect(420, 458, 40, 14, 5, "#3a4f47"),
            body,
            face,
            cloth_,
            scale_,
            knobs,
        )
    )


def radio() -> str:
    return picture(table("#ecd3b0", "slant"), radio_parts())


def slow_hour_face(cx: float, cy: float, r: float) -> str:
    marks = "".join(
        line(
            f"M{cx} {n(cy - r * 0.76)}v{n(r * (0.19 if k % 3 == 0 else 0.1))}",
            "#3a2f24" if k % 3 == 0 else "#8a7a62",
            r * (0.055 if k % 3 == 0 else 0.03),
            tr=f"rotate({k * 30} {cx} {cy})",
        )
        for k in range(12)
    )
    return (
        circle(cx, cy, r * 1.17, lin(50, "#efd08a", "#c1923f", "#8a6526"))
        + circle(cx, cy, r * 1.05, "#a37931")
        + circle(cx, cy, r, "#f8f0df")
        + path(
            f"M{cx} {n(cy - r)}a{n(r)} {n(r)} 0 0 1 {n(r)} {n(r)}c0 {n(r * 0.17)}-{n(r * 0.04)} {n(r * 0.34)}-{n(r * 0.12)} {n(r * 0.48)}C{n(cx + r * 0.78)} {n(cy - r * 0.25)} {n(cx + r * 0.34)} {n(cy - r * 0.73)} {n(cx - r * 0.42)} {n(cy - r * 0.9)}a{n(r)} {n(r)} 0 0 1 {n(r * 0.42)}-{n(r * 0.1)}z".replace(
                "--", "-"
            ),
            "#efe3ca",
        )
        + marks
        + circle(cx, cy + r * 0.44, r * 0.2, "#eadbbd")
        + ring(cx, cy + r * 0.44, r * 0.2, "#cbb892", 1.5)
        + line(f"M{cx} {n(cy + r * 0.44)}v{n(-r * 0.14)}", "#8a7a62", r * 0.025)
        + line(f"M{cx} {cy}l{n(-r * 0.37)} {n(-r * 0.36)}", "#2b231b", r * 0.085)
        + line(f"M{cx} {cy}l{n(r * 0.49)} {n(-r * 0.49)}", "#2b231b", r * 0.06)
        + line(
            f"M{n(cx - r * 0.14)} {n(cy + r * 0.24)}l{n(r * 0.37)} {n(-r * 0.66)}",
            "#c8371f",
            r * 0.025,
        )
        + circle(cx, cy, r * 0.075, "#c8371f")
    )


def slow_hour() -> str:
    strap = (
        path(
            "M236 190l12-150c0-6 5-10 11-10h82c6 0 11 4 11 10l12 150zM236 410l12 150c0 6 5 10 11 10h82c6 0 11-4 11-10l12-150z",
            lin(0, "#975537", "#7a3f26", "#63311c"),
        )
        + line("M262 44l-9 120M338 44l9 120M262 556l-9-120M338 556l9-120", "#d9a988", 3, dash="9 7")
        + "".join(circle(300, y, 5, "#4a2314") for y in (470, 500, 530))
    )
    return picture(
        wall("#bccac6", "slant"),
        ellipse(326, 330, 150, 148, "#2b3a35", op=0.2),
        path("M262 60l12-10h82c6 0 11 4 11 10l14 140-40 260-8 130h-60z", "#2b3a35", op=0.13),
        strap,
        rect(430, 284, 26, 32, 7, lin(90, "#e7c47a", "#9a7230")),
        slow_hour_face(300, 300, 118),
    )


def slow_hour_wrist() -> str:
    """On a wrist, a cup in the hand."""
    sleeve = path(
        "M-20 250L150 210c20 60 26 150 10 230L-20 470z", lin(90, "#35565a", "#24403f")
    ) + line("M150 212c20 60 26 148 10 228", "#5d8084", 8)
    arm = path(
        "M146 246c70-14 120-18 190-10 60 6 100 10 140 40 30 22 40 60 26 96-12 34-44 60-90 62-90 6-180 6-260-8 10-60 8-120-6-180z",
        lin(90, "#f1c39c", "#dd9f74"),
    )
    fingers = path(
        "M420 262c46-14 96-6 118 20 12 16 2 34-18 32-40-4-70 0-96 12zM424 322c50-14 104-10 122 10 12 16 0 32-20 30-40-2-74 2-104 10zM420 376c44-8 84-6 100 10 10 14 0 28-18 26-30 0-60 4-88 12z",
        "#e9b186",
    ) + line("M440 316c30-6 60-6 90 0M436 368c30-6 60-6 90-2", "#b97e52", 3.5)
    cup_ = path("M446 200h130c2 130-20 210-66 240-40-26-66-110-64-240z", "none") + ""
    watch_ = group(
        rect(-44, -120, 88, 250, 16, lin(0, "#975537", "#7a3f26", "#63311c"))
        + line("M-34-110v230M34-110v230", "#d9a988", 2.5, dash="8 6")
        + ellipse(6, 10, 92, 92, "#3a2413", op=0.25)
        + rect(84, -14, 20, 26, 6, "#c69a4a")
        + slow_hour_face(0, 0, 74),
        "translate(254 340) rotate(8)",
    )
    return picture(
        wall("#e0c9a6", "window"),
        planks(470, "#a06a45"),
        cup_,
        sleeve,
        arm,
        fingers,
        watch_,
        cup(500, 560, 1.1, "#dfe6dc"),
    )


def day_watch() -> str:
    """A square watch with a bright face, on a knitted band."""
    band = path(
        "M222 200V60c0-16 10-26 26-26h104c16 0 26 10 26 26v140zM222 400v140c0 16 10 26 26 26h104c16 0 26-10 26-26V400z",
        lin(0, "#e08a5c", "#c9673a", "#a34e28"),
    ) + "".join(
        line(
            f"M226 {y}l12 8 12-8 12 8 12-8 12 8 12-8 12 8 12-8 12 8 12-8 12 8 12-8",
            "#f3b58a",
            2.6,
            op=0.55,
        )
        for y in (*range(48, 190, 15), *range(412, 556, 15))
    )
    case = (
        rect(186, 176, 228, 248, 62, lin(50, "#efe9dd", "#bdb4a4", "#8a8276"))
        + rect(194, 184, 212, 232, 56, "#1b1918")
        + rect(412, 262, 16, 46, 7, lin(90, "#efe9dd", "#8a8276"))
        + rect(412, 324, 9, 36, 4, "#a8a096")
    )
    face = (
        ring(300, 300, 78, "#3a3330", 13)
        + path(
            "M300 222a78 78 0 0 1 63 124", "none", stroke="#e2672a", stroke_width=13, cap="round"
        )
        + ring(300, 300, 57, "#3a3330", 11)
        + path("M300 243a57 57 0 1 1-54 40", "none", stroke="#7fcfb0", stroke_width=11, cap="round")
        + group(clock(PAPER, 0, 0), "translate(300 292) scale(.94)")
        + rect(268, 392, 64, 7, 3.5, "#57504b")
        + circle(240, 208, 6, "#c23a24")
    )
    return picture(
        cloth("#cfd8cf", "linen"),
        cast(
            rect(222, 34, 156, 532, 30, SHADE) + rect(186, 176, 228, 248, 62, SHADE), 18, 20, 0.17
        ),
        band,
        case,
        face,
        path("M206 196h90l-80 190c-8-10-14-30-14-50V240c0-18 0-32 4-44z", "#fff", op=0.07),
    )


def lamp_reader() -> str:
    """An e-reader leaning on books."""
    case = (
        rect(196, 84, 232, 376, 18, lin(0, "#46535a", "#2f3a40"))
        + rect(220, 106, 184, 302, 4, "#e7e3d6")
        + clip(
            box(220, 106, 184, 302, 4),
            group(page_screen("#e7e3d6"), "translate(222 84) scale(1 .92)"),
        )
        + rect(292, 428, 40, 9, 4, "#6d7b82")
    )
    return picture(
        table("#d5c7ab", "slant", top="#a37f5c"),
        stack(214, 466, ("#7a3342", "#2f6a5a", "#d8a33c", "#4a6a86"), 250, 34),
        shadow(330, 466, 126),
        group(case, "rotate(7 300 470)"),
        vase_branch(508, 470, 0.8, "#e3d3b4"),
    )


def lamp_reader_bed() -> str:
    quilt = rect(0, 0, 600, 600, 0, lin(60, "#e9d9be", "#d6bd98")) + "".join(
        line(
            f"M{-300 + k * 110} 0l600 600M{-300 + k * 110} 600l600-600",
            "#bfa379",
            3,
            dash="10 8",
            op=0.7,
        )
        for k in range(10)
    )
    dev = group(
        rect(14, 20, 264, 420, 20, SHADE, op=0.22)
        + rect(0, 0, 264, 420, 20, lin(0, "#46535a", "#2f3a40"))
        + rect(26, 26, 212, 344, 4, "#f3ead2")
        + clip(
            box(26, 26, 212, 344, 4),
            group(page_screen("#f3ead2"), "translate(26 20) scale(1.18 .98)"),
        )
        + rect(112, 388, 40, 9, 4, "#6d7b82"),
        "translate(190 86) rotate(-10)",
    )
    cover = group(
        rect(8, 12, 150, 210, 8, SHADE, op=0.18)
        + rect(0, 0, 150, 210, 8, "#a9583b")
        + rect(0, 0, 150, 210, 8, "none", stroke="#d9a988", stroke_width=3, stroke_dasharray="8 6")
        + circle(75, 90, 30, "#c97a58"),
        "translate(36 320) rotate(14)",
    )
    return picture(quilt, cover, dev, cup_above(510, 480, 58, "#e8eae0", "#8a7a32"))


def pocket() -> str:
    """A small game machine in a cheerful tin colour."""
    body = rect(86, 186, 428, 232, 54, SHADE, op=0.2, tr="translate(12 18)") + rect(
        86, 180, 428, 232, 54, lin(90, "#f0c063", "#d9972a", "#b87a1c")
    )
    show = rect(180, 204, 240, 184, 14, "#2b2421") + clip(
        box(192, 216, 216, 160, 6), group(game(216, 160), "translate(192 216)")
    )
    cross = path(
        "M120 274h22v-22h24v22h22v24h-22v22h-24v-22h-22z", "#3a302a", tr="translate(-18 0)"
    ) + circle(136, 286, 6, "#574a42")
    keys = "".join(
        circle(x, y, 15, dark(c, 0.25)) + circle(x, y - 3, 14, c)
        for x, y, c in (
            (466, 258, "#c23a24"),
            (490, 290, "#2f7a62"),
            (442, 290, "#f6efe2"),
            (466, 322, "#4f7f9a"),
        )
    )
    bits = (
        line("M112 356h26M112 366h26M112 376h26", "#a36d16", 4)
        + rect(452, 366, 26, 8, 4, "#a36d16")
        + rect(112, 208, 26, 8, 4, "#a36d16")
    )
    return picture(
        cloth("#b9cfc6", "check"), group(body + show + cross + keys + bits, "rotate(-9 300 300)")
    )


def game(w: float, h: float) -> str:
    sky = (
        rect(0, 0, w, h, 0, "#a9d0d6")
        + circle(w * 0.8, h * 0.24, 16, "#fff3cf")
        + "".join(
            rect(w * x, h * y, 34, 9, 4, "#eaf4f2")
            for x, y in ((0.1, 0.16), (0.16, 0.22), (0.46, 0.12))
        )
    )
    tiles = "".join(
        rect(k * 18, h - 28, 17, 28, 1, "#8a5a3c") + rect(k * 18, h - 28, 17, 8, 1, "#6fa05a")
        for k in range(13)
    ) + "".join(rect(96 + k * 18, h * 0.5, 17, 15, 1, "#c98d62") for k in range(3))
    hero = (
        rect(52, h - 58, 16, 18, 4, "#c23a24")
        + rect(53, h - 70, 14, 14, 4, "#f1c39c")
        + rect(50, h - 74, 20, 7, 3, "#2b4a5a")
        + rect(53, h - 42, 6, 14, 2, "#2b4a5a")
        + rect(62, h - 42, 6, 14, 2, "#2b4a5a")
    )
    return (
        sky
        + tiles
        + hero
        + "".join(circle(104 + k * 18, h * 0.5 - 14, 6, "#f0c063") for k in range(3))
        + rect(8, 8, 44, 7, 3, "#c23a24")
    )


PICTURES = {
    "oat-headphones-1": headphones,
    "oat-headphones-2": headphones_stand,
    "river-buds-1": buds,
    "river-buds-2": buds_walk,
    "drum-speaker-1": drum,
    "picnic-speaker-1": reed,
    "slow-platter-1": turntable,
    "slow-platter-2": turntable_corner,
    "ferry-radio-1": radio,
    "slow-hour-watch-1": slow_hour,
    "slow-hour-watch-2": slow_hour_wrist,
    "day-watch-1": day_watch,
    "lamplight-reader-1": lamp_reader,
    "lamplight-reader-2": lamp_reader_bed,
    "tin-pocket-1": pocket,
}
