# ruff: noqa: E501
"""Tea, light and the table."""

from ..grounds import (
    SAGE,
    cloth,
    cup,
    floor,
    landscape,
    planks,
    pot_plant,
    room,
    stack,
    table,
    vase_branch,
    window_view,
)
from ..ink import (
    PAPER,
    SHADE,
    box,
    cast,
    circle,
    clip,
    dark,
    disc,
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


def quiet_water() -> str:
    return (
        line("M176 282c-74-46-132 8-112 72 12 38 50 52 92 42", "#7d3b26", 25)
        + line("M176 279c-70-42-122 6-106 66", "#a65a3c", 8)
        + path(
            "M438 392c52-6 66-50 82-104 5-16 12-27 27-34l-11-16c-32 5-55 22-68 54-10 24-22 34-44 36z",
            lin(0, "#8f4630", "#b0644a"),
        )
        + clip(
            "M140 338c0-86 68-128 160-128s160 42 160 128c0 76-58 116-160 116s-160-40-160-116z",
            rect(100, 190, 400, 290, 0, "#99502f")
            + ellipse(262, 296, 190, 150, "#a9583b")
            + ellipse(226, 268, 112, 84, "#bb6c4c")
            + line("M186 262c12-22 34-34 62-38", "#dba083", 11)
            + path("M100 430c110 34 290 34 400-20v80H100z", "#6e3320", op=0.55)
            + group(
                line(
                    "M0 0c0-20 10-40 0-66M0-30c16 0 26-8 32-20M0-16c-14-2-24-10-30-22",
                    "#6e3320",
                    4,
                    op=0.7,
                ),
                "translate(330 400)",
            ),
        )
        + path(
            "M208 226c4-30 44-44 92-44s88 14 92 44c-40 12-144 12-184 0z",
            lin(0, "#c4785a", "#a9583b", "#8f4630"),
        )
        + line("M206 224c40 14 148 14 188 0", "#6e3320", 5)
        + path("M276 184c6-6 10-12 6-20a22 22 0 1 1 36 0c-4 8 0 14 6 20-14 4-34 4-48 0z", "#8f4630")
        + circle(293, 148, 8, "#d49376")
        + path("M214 448h172c-2 12-30 17-86 17s-84-5-86-17z", "#5e2a1a")
    )


def teapot() -> str:
    return picture(
        table(SAGE), place(shadow(300, 462, 176) + quiet_water() + cup(500, 500, 1.08), 6, 12, 0.88)
    )


def teapot_pour() -> str:
    """Pouring, by the window."""
    stream = path("M462 262c14 60 12 150 8 226h-10c4-80 2-160-8-222z", "#b97a38", op=0.85)
    tray = path("M220 520h360c0 18-20 26-50 26H270c-30 0-50-8-50-26z", "#5b3020") + ellipse(
        400, 520, 180, 17, "#74402a"
    )
    return picture(
        room(),
        ellipse(400, 552, 190, 16, SHADE, op=0.3),
        tray,
        stream,
        cup(466, 524, 0.95),
        cup(338, 522, 0.8, steam=False),
        group(quiet_water(), "translate(70 8) scale(.74) rotate(22 300 300)"),
    )


def celadon_set_parts() -> str:
    """A lidded bowl, a fairness jug and two cups on a bamboo tray."""
    tray = (
        path("M70 436h460l-18 44H88z", lin(90, "#c79a62", "#9a6f3c"))
        + rect(64, 424, 472, 18, 6, lin(90, "#e0bb84", "#b98a50"))
        + line(
            "M100 446l-6 30M160 446l-4 32M220 446l-2 32M280 446v32M340 446l2 32M400 446l4 32M460 446l6 32",
            "#7d5728",
            3,
            op=0.5,
        )
    )
    glaze = "#b5cbbd"
    bowl = (
        ellipse(226, 426, 104, 13, dark(glaze, 0.3))
        + ellipse(226, 420, 106, 14, lin(90, light(glaze, 0.5), glaze))
        + path("M190 396h72l6 24h-84z", dark(glaze, 0.15))
        + path(
            "M126 300h200c0 60-40 102-72 104h-56c-32-2-72-44-72-104z",
            lin(0, light(glaze, 0.5), glaze, dark(glaze, 0.26)),
        )
        + path(
            "M146 316c6 34 22 58 44 72", "none", stroke="#fff", stroke_width=8, cap="round", op=0.6
        )
        + ellipse(226, 300, 100, 17, dark(glaze, 0.22))
        + path(
            "M142 298c8-34 40-52 84-52s76 18 84 52c-40 12-128 12-168 0z",
            lin(0, light(glaze, 0.55), light(glaze, 0.2), dark(glaze, 0.14)),
        )
        + path(
            "M206 248c-6-14-4-24-8-30h56c-4 6-2 16-8 30z",
            lin(0, light(glaze, 0.4), dark(glaze, 0.16)),
        )
        + ellipse(226, 218, 28, 7, light(glaze, 0.55))
        + line(
            "M166 284c20-12 32 10 60-2s40 10 60 0M160 346c22-12 36 10 66-2s44 10 66 0",
            "#4f7f8c",
            4,
            op=0.7,
        )
    )
    jug = (
        path(
            "M352 282h92c8 30 14 60 14 82 0 34-24 58-60 58s-60-24-60-58c0-22 6-52 14-82z",
            lin(0, "#e9f2ee@.9", "#c9ddd6@.85", "#9fbab0@.9"),
        )
        + path("M346 348c10-8 98-8 108 0 6 40-18 70-56 70s-60-30-52-70z", "#c98a3c", op=0.85)
        + ellipse(400, 348, 54, 9, "#e0ad62")
        + path("M352 282l-18-14h30z", "#e9f2ee")
        + line("M448 306c40-6 44 70 6 76", "#b9d0c6", 9)
        + line("M362 296c-6 30-8 60-4 90", "#fff", 6, op=0.7)
    )
    return "".join(
        (
            shadow(300, 486, 236),
            tray,
            bowl,
            jug,
            cup(496, 426, 0.6, "#cfe0d6", "#c98a3c"),
            cup(92, 426, 0.6, "#cfe0d6", "#c98a3c", steam=False),
            line("M214 200c-10-16 10-24 0-44M238 200c-10-16 10-24 0-44", PAPER, 5, op=0.6),
        )
    )


def celadon_set() -> str:
    return picture(table("#dcd3bc", "window", 450, "#8f7350"), celadon_set_parts())


def celadon_top() -> str:
    """The tea table from above."""

    def bowl(x: float, y: float, r: float, tea: str) -> str:
        return (
            circle(x + 10, y + 14, r, SHADE, op=0.2)
            + circle(x, y, r, lin(40, "#dfece4", "#9fbaa9"))
            + circle(x, y, r * 0.88, "#8fae9c")
            + circle(x, y, r * 0.84, lin(45, dark(tea, 0.15), light(tea, 0.18)))
            + path(
                f"M{n(x - r * 0.5)} {n(y - r * 0.34)}a{n(r * 0.6)} {n(r * 0.6)} 0 0 1 {n(r * 0.5)} {n(-r * 0.3)}",
                "none",
                stroke=light(tea, 0.55),
                stroke_width=5,
                cap="round",
            )
        )

    leaves = "".join(
        path("M-16 0c8-12 24-12 32 0-8 12-24 12-32 0z", c, tr=f"translate({x} {y}) rotate({a})")
        for x, y, a, c in (
            (270, 262, 20, "#4f6a3a"),
            (310, 240, -40, "#5f7a48"),
            (340, 280, 70, "#4a6238"),
            (290, 310, -10, "#6f8a54"),
            (330, 326, 40, "#56703f"),
            (254, 300, 80, "#5f7a48"),
        )
    )
    gaiwan = (
        circle(312, 300, 150, SHADE, op=0.16)
        + circle(300, 284, 150, lin(40, "#e9f2ec", "#b5cbbd"))
        + circle(300, 284, 132, "#c9dbd0")
        + circle(300, 284, 108, lin(40, "#dfece4", "#9fbaa9"))
        + circle(300, 284, 94, lin(45, "#a98a3c", "#cfb45a"))
    )
    lid = group(
        circle(10, 12, 88, SHADE, op=0.2)
        + circle(0, 0, 88, lin(40, "#e9f2ec", "#a9c2b2"))
        + ring(0, 0, 70, "#8fae9c", 2)
        + circle(0, 0, 26, "#8fae9c")
        + circle(-2, -3, 23, lin(40, "#eef5f0", "#b5cbbd")),
        "translate(126 146)",
    )
    scoop = group(
        path(
            "M0 0h150c30 0 40 12 40 26s-10 26-40 26H0c-14-16-14-36 0-52z",
            lin(90, "#d9b06a", "#a97d3c"),
            tr="translate(8 10)",
            op=0.25,
        )
        + path(
            "M0 0h150c30 0 40 12 40 26s-10 26-40 26H0c-14-16-14-36 0-52z",
            lin(90, "#e0bb7c", "#a97d3c"),
        )
        + "".join(
            path(
                "M-12 0c6-8 18-8 24 0-6 8-18 8-24 0z",
                "#4a5c38",
                tr=f"translate({30 + k * 17} {18 + (k * 7) % 18}) rotate({k * 50})",
            )
            for k in range(8)
        ),
        "translate(376 490) rotate(-24)",
    )
    return picture(
        cloth("#6b4a35", "wood"),
        gaiwan,
        leaves,
        lid,
        bowl(480, 130, 62, "#c9a44c"),
        bowl(500, 300, 62, "#c9a44c"),
        bowl(128, 440, 62, "#c9a44c"),
        scoop,
    )


def rice_cups_parts() -> str:
    """Two tall cups with a running glaze."""

    def tall(x: float, foot: float, base: str, glaze: str, s: float) -> str:
        d = "M-74-196h148l-10 160c-2 24-14 36-34 36h-60c-20 0-32-12-34-36z"
        runs = "M-80-200h160v86c-8 26-14 34-24 34s-14-22-22-22-8 40-18 40-10-30-20-30-8 18-18 18-10-24-22-24-8 30-18 30-14-20-18-40z"
        inner = (
            path(d, lin(0, light(base, 0.22), base, dark(base, 0.25)))
            + clip(d, path(runs, lin(0, light(glaze, 0.3), glaze, dark(glaze, 0.2))))
            + ellipse(0, -196, 74, 15, light(glaze, 0.35))
            + ellipse(0, -194, 63, 10, dark(glaze, 0.4))
            + line("M-56-176l8 120", "#fff", 7, op=0.4)
        )
        return shadow(x, foot, 66 * s, 9) + group(inner, f"translate({x} {foot}) scale({s})")

    return "".join(
        (
            tall(214, 452, "#8a5a3c", "#dfe6dc", 1.16),
            tall(392, 468, "#57453b", "#4f7f8c", 1.16),
            line("M206 206c-14-20 12-30 0-54M232 206c-14-20 12-30 0-54", PAPER, 6, op=0.55),
        )
    )


def rice_cups() -> str:
    return picture(table("#d9c3a4", "sun", 410, "#a97f5a"), rice_cups_parts())


def iron_kettle_parts() -> str:
    tone = "#3d3a38"
    handle = (
        path(
            "M170 236C150 80 450 80 430 236", "none", stroke="#57524f", stroke_width=17, cap="round"
        )
        + path(
            "M176 226C164 96 300 92 340 104", "none", stroke="#8a8480", stroke_width=4, cap="round"
        )
        + path("M236 118c40-14 90-14 128 0", "none", stroke="#8a5433", stroke_width=24, cap="round")
    )
    body = "M128 352c0-80 70-128 172-128s172 48 172 128c0 70-60 104-172 104s-172-34-172-104z"
    bumps = "".join(
        circle(
            150 + (k % 15) * 22 + (k // 15 % 2) * 11,
            292 + (k // 15) * 19,
            6,
            lin(50, light(tone, 0.35), dark(tone, 0.2)),
        )
        for k in range(75)
    )
    spout = path(
        "M452 380c44-10 54-50 70-92l32 8c-10 60-26 120-94 132z", lin(0, tone, light(tone, 0.2))
    )
    lid = (
        path(
            "M218 228c8-26 44-36 82-36s74 10 82 36c-36 12-128 12-164 0z",
            lin(0, light(tone, 0.3), tone),
        )
        + circle(300, 182, 17, "#8a5433")
        + circle(295, 177, 5, "#d9a57c")
    )
    fire = (
        ellipse(300, 486, 150, 20, "#2b201a")
        + path("M190 452h220l16 36H174z", lin(90, "#8a5a3c", "#5f3a24"))
        + "".join(
            path(f"M{x} 478c-12-20 4-28 2-44 16 12 20 32 8 44z", "#f0a04a")
            for x in (232, 272, 312, 352)
        )
        + line("M540 270c-8-20 14-28 2-52M562 276c-10-20 12-26 0-50", "#f6efe2", 6, op=0.5)
    )
    return "".join(
        (
            shadow(300, 492, 180),
            fire,
            handle,
            spout,
            path(body, lin(40, light(tone, 0.26), tone, dark(tone, 0.3))),
            clip(body, bumps),
            lid,
        )
    )


def iron_kettle() -> str:
    return picture(table("#8b7a68", "shutter", 430, "#5a4636"), iron_kettle_parts())


def mushroom() -> str:
    """A small domed lamp, lit."""
    glow = circle(300, 260, 330, rad("#ffd98a@.55", "#ffcf7a@.2", "#ffcf7a@0"))
    return picture(
        rect(0, 0, 600, 600, 0, lin(90, "#4a3a36", "#6b4d3e")),
        glow,
        planks(440, "#7a4f34"),
        ellipse(300, 474, 200, 30, "#ffd98a", op=0.25),
        stack(478, 470, ("#2f6a5a", "#c9b48a"), 150, 24),
        shadow(300, 462, 96),
        mushroom_parts(),
    )


def mushroom_bed() -> str:
    """Beside a bed, at night."""
    night = window_view(70, 50, 230, 240, "#4a3226", "#3d5468")
    tint = (
        rect(70, 50, 230, 240, 0, "#22344a", op=0.55)
        + circle(236, 112, 26, "#fbeec9")
        + "".join(
            circle(x, y, 2.4, "#fbeec9")
            for x, y in ((100, 90), (140, 130), (180, 80), (270, 160), (110, 180))
        )
    )
    bed = (
        path("M-20 420c80-40 240-40 340 0v200H-20z", lin(90, "#d9c3a4", "#a98a6a"))
        + path(
            "M0 396c10-40 60-50 120-44s100 20 100 54-50 44-110 42S-10 436 0 396z",
            lin(90, "#f6ecd6", "#cdb992"),
        )
        + path("M-20 470c120-20 260 0 340 30v120H-20z", "#7a3342")
        + line("M-20 500c110-20 250 0 340 30", "#a95a66", 4, dash="10 9")
    )
    stand = (
        rect(356, 430, 220, 190, 4, lin(90, "#8a5a3c", "#5f3a24"))
        + rect(346, 420, 240, 18, 5, "#a9744c")
        + rect(380, 470, 172, 60, 4, "#6f4529")
        + circle(466, 500, 8, "#d8a94f")
    )
    glow = circle(466, 300, 300, rad("#ffd98a@.6", "#ffcf7a@.18", "#ffcf7a@0"))
    return picture(
        rect(0, 0, 600, 600, 0, lin(90, "#3d3a42", "#57453f")),
        night,
        tint,
        bed,
        glow,
        stand,
        group(mushroom_parts(), "translate(298 166) scale(.56)"),
        cup(400, 422, 0.5, "#e8eae0"),
    )


def mushroom_parts() -> str:
    dome = path(
        "M120 276c0-106 80-168 180-168s180 62 180 168c0 16-20 24-60 28-70 6-170 6-240 0-40-4-60-12-60-28z",
        lin(90, "#f6c982", "#f9dfa8", "#fff0c8"),
    ) + path(
        "M146 262c6-74 54-120 116-130",
        "none",
        stroke="#fffaf0",
        stroke_width=11,
        cap="round",
        op=0.75,
    )
    stem = (
        path(
            "M262 296h76c0 60 30 110 46 156H216c16-46 46-96 46-156z",
            lin(0, "#d9693f", "#c2542e", "#8f3a1d"),
        )
        + path(
            "M276 304c-2 50-20 96-34 136",
            "none",
            stroke="#f3a57e",
            stroke_width=7,
            cap="round",
            op=0.7,
        )
        + ellipse(300, 454, 84, 14, "#8f3a1d")
        + circle(300, 418, 6, "#ffe9b4")
    )
    return stem + ellipse(300, 292, 150, 18, "#ffe9b4") + dome


def paper_lantern() -> str:
    """A tall paper floor lamp with bamboo ribs."""
    glow = circle(300, 270, 320, rad("#ffe2a4@.7", "#ffdc94@.25", "#ffdc94@0"))
    d = "M196 150c0-34 40-54 104-54s104 20 104 54c14 60 22 110 22 150s-8 84-22 120c0 26-40 40-104 40s-104-14-104-40c-14-36-22-80-22-120s8-90 22-150z"
    ribs_ = clip(
        d,
        "".join(
            line(f"M160 {116 + k * 22}c70 {24} 210 {24} 280 0", "#c99a52", 3, op=0.75)
            for k in range(16)
        )
        + path("M360 90c40 100 50 260 10 380h80V90z", "#c98a3c", op=0.22),
    )
    branch = line(
        "M230 400c30-60 40-120 100-180M280 300c30-4 50-16 66-34", "#6b4a30", 6, op=0.75
    ) + "".join(
        path(
            "M0 0c10-16 26-18 38-10-8 16-24 20-38 10z",
            "#4f7a5a",
            tr=f"translate({x} {y}) rotate({a})",
            op=0.85,
        )
        for x, y, a in (
            (258, 350, -20),
            (262, 340, -150),
            (286, 290, -20),
            (300, 262, -120),
            (330, 222, -40),
            (346, 266, 0),
            (320, 284, 40),
        )
    )
    legs = (
        line("M216 452l-22 56M384 452l22 56M300 460v44", "#5a3a24", 12)
        + rect(212, 446, 176, 14, 6, "#7a5030")
        + rect(212, 92, 176, 14, 6, "#7a5030")
    )
    return picture(
        rect(0, 0, 600, 600, 0, lin(90, "#b98d62", "#c9a070")),
        glow,
        floor("#a9784c", 470),
        ellipse(300, 512, 190, 18, "#ffe2a4", op=0.4),
        shadow(300, 508, 130, 9),
        legs,
        path(d, lin(0, "#fff0c9", "#ffe6b0", "#f0c880")),
        ribs_,
        branch,
        pot_plant(520, 500, 1.05, "#57453b"),
    )


def crane_lamp() -> str:
    """A jointed desk lamp over a letter."""
    base = path("M150 470c0-20 30-34 74-34s74 14 74 34z", lin(90, "#4f7a6a", "#24423a")) + rect(
        150, 466, 148, 12, 6, "#1d352e"
    )
    arm = (
        line("M224 440L150 280", "#3f6a5c", 15)
        + line("M150 280L330 150", "#3f6a5c", 15)
        + line("M240 436L168 284M160 262L336 136", "#8fb3a2", 4)
        + circle(150, 280, 18, "#d8a94f")
        + circle(150, 280, 7, "#7a5317")
        + circle(332, 148, 15, "#d8a94f")
    )
    light_ = path("M330 250L220 478h330L470 190z", lin(90, "#ffe9b0@.75", "#ffe9b0@.12"))
    shade_ = group(
        path("M-36-60h72l50 106H-86z", lin(0, "#5f9482", "#3f6a5c", "#24423a"))
        + ellipse(0, 46, 86, 17, "#fff3c9")
        + ellipse(0, 48, 34, 8, "#ffffff")
        + rect(-24, -84, 48, 28, 8, "#24423a")
        + line("M-22-44l-34 76", "#a9cdbd", 6, op=0.7),
        "translate(386 188) rotate(-32)",
    )
    letter = path("M330 470l150-12 40 50-180 12z", "#fffaf0") + line(
        "M362 484l96-8M366 496l110-8M372 508l70-5", "#a39685", 4
    )
    return picture(
        table("#c9bda6", "plain", 440, "#8a5f3e"),
        light_,
        letter,
        shadow(226, 478, 90, 9),
        arm,
        base,
        shade_,
        group(
            rect(0, 0, 10, 100, 5, "#2b2523") + path("M0 100l5 18 5-18z", "#d8a94f"),
            "translate(560 440) rotate(40)",
        ),
    )


def vase_parts() -> str:

    return "".join(
        (
            shadow(300, 470, 104),
            vase_branch(300, 470, 1.62, "#7fa3ad", "#e58a72"),
            circle(410, 486, 7, "#e58a72"),
            circle(444, 494, 6, "#d9705a"),
            circle(176, 490, 6, "#e58a72"),
        )
    )


def vase() -> str:
    return picture(table("#d3cdb9", "arch", 430), vase_parts())


def incense() -> str:
    """A small bronze burner; the smoke draws a hill."""
    smoke = line("M300 262c-40-40 40-70 0-120s30-70 10-110", "#f6efe2", 11, op=0.7) + line(
        "M312 250c40-30-20-60 20-100s-10-60 20-90", "#f6efe2", 5, op=0.45
    )
    body = (
        path(
            "M176 330h248c0 60-30 100-70 110h-108c-40-10-70-50-70-110z",
            lin(0, "#8fa08a", "#5f7565", "#3d5146"),
        )
        + rect(164, 312, 272, 26, 10, lin(0, "#a9b8a2", "#6f8575", "#4a5f53"))
        + path(
            "M190 312c10-50 50-66 110-66s100 16 110 66z", lin(0, "#a9b8a2", "#6f8575", "#4a5f53")
        )
    )
    holes = "".join(
        path("M-12 0c0-16 24-16 24 0-4 10-20 10-24 0z", "#24332c", tr=f"translate({x} {y})")
        for x, y in ((240, 292), (280, 284), (320, 284), (360, 292), (300, 262))
    )
    legs = path(
        "M206 420c-14 20-20 40-18 52h22c0-16 8-30 20-40zM394 420c14 20 20 40 18 52h-22c0-16-8-30-20-40zM288 440h24l4 32h-32z",
        "#3d5146",
    )
    ears = line("M172 330c-40 0-40 50-4 56M428 330c40 0 40 50 4 56", "#5f7565", 13)
    deco = line(
        "M206 372h26v16h-14v-8M252 372h26v16h-14v-8M298 372h26v16h-14v-8M344 372h26v16h-14v-8",
        "#b9c8b0",
        4,
    )
    return picture(
        table("#7d6a5a", "sun", 430, "#57453a"),
        smoke,
        shadow(300, 474, 130),
        ears,
        legs,
        body,
        holes,
        deco,
        persimmon_plate(),
    )


def persimmon_plate() -> str:
    return (
        ellipse(500, 500, 74, 15, "#d9cdb8")
        + ellipse(500, 496, 60, 10, "#efe4d0")
        + circle(478, 472, 24, lin(50, "#f2a65a", "#d9692c"))
        + circle(520, 474, 22, lin(50, "#f2a65a", "#d9692c"))
        + path(
            "M466 454c8-6 16-6 24 0-4 8-20 8-24 0zM510 456c7-6 14-6 21 0-4 7-17 7-21 0z", "#5f7a48"
        )
    )


def tea_tins_parts() -> str:
    """Three tins of tea and a wrapped cake."""

    def tin(x: float, foot: float, tone: str, art: str, h: float = 210) -> str:
        return (
            shadow(x, foot, 66, 9)
            + rect(x - 64, foot - h, 128, h, 8, lin(0, light(tone, 0.28), tone, dark(tone, 0.25)))
            + ellipse(x, foot - h, 64, 11, light(tone, 0.3))
            + rect(
                x - 66,
                foot - h + 4,
                132,
                40,
                6,
                lin(0, light(tone, 0.4), light(tone, 0.1), dark(tone, 0.15)),
            )
            + ellipse(x, foot - h + 4, 66, 11, light(tone, 0.45))
            + rect(x - 40, foot - h + 66, 80, 110, 4, "#f6ecd6")
            + group(art, f"translate({x} {foot - h + 120})")
        )

    hill = (
        clip(box(-32, -44, 64, 60), group(landscape(64, 60), "translate(-32 -44)"))
        + rect(-20, 26, 40, 6, 3, "#574c41")
        + rect(-12, 38, 24, 5, 2, "#a39685")
    )
    leaf = (
        path("M0 30C-26 6-24-24 0-44 24-24 26 6 0 30z", "#5f7a48")
        + line("M0 26V-34", "#dfe6d0", 3)
        + rect(-16, 40, 32, 5, 2, "#574c41")
    )
    flower = (
        "".join(
            path(
                "M0 0C-10-10-10-28 0-36 10-28 10-10 0 0z",
                "#c23a24",
                tr=f"translate(0 -10) rotate({k * 60})",
            )
            for k in range(6)
        )
        + circle(0, -10, 6, "#e7c35a")
        + rect(-18, 36, 36, 6, 3, "#574c41")
    )
    cake = (
        ellipse(488, 498, 92, 22, SHADE, op=0.25)
        + path("M396 462a92 26 0 0 0 184 0v24a92 26 0 0 1-184 0z", "#c9b48a")
        + ellipse(488, 462, 92, 26, "#efe2c4")
        + ellipse(488, 462, 92, 26, "none", stroke="#c9b48a", stroke_width=3)
        + ellipse(488, 462, 36, 10, "#c23a24")
        + line("M410 456l44 4M566 456l-44 4M488 437v12", "#c9b48a", 3)
    )
    return "".join(
        (
            tin(146, 452, "#3f6a5c", leaf),
            tin(292, 462, "#a9432e", flower, 240),
            tin(430, 446, "#d0a04a", hill, 190),
            cake,
        )
    )


def tea_tins() -> str:
    return picture(table("#cfd3bd", "window", 420, "#9a7852"), tea_tins_parts())


def dinner_set() -> str:
    """Bowls and chopsticks on a cloth, from above."""

    def dish(x: float, y: float, r: float, rim: str, inside: str) -> str:
        return (
            circle(x + 9, y + 13, r, SHADE, op=0.18)
            + circle(x, y, r, lin(40, light(rim, 0.4), rim))
            + circle(x, y, r * 0.9, lin(220, light(inside, 0.25), inside))
            + ring(x, y, r * 0.8, "#4f7f8c", 3.5)
            + ring(x, y, r * 0.74, "#4f7f8c", 1.5)
        )

    rice = "".join(
        ellipse(
            372 + (k * 37 + k * k) % 97 - 48,
            214 + (k * 53 + k * k * 3) % 95 - 47,
            9,
            5,
            "#fffdf6",
            tr=f"rotate({k * 40} {372 + (k * 37 + k * k) % 97 - 48} {214 + (k * 53 + k * k * 3) % 95 - 47})",
        )
        for k in range(60)
    )
    fish = group(
        path("M-70 0c30-40 90-40 120 0-30 40-90 40-120 0zM44 0l40-26v52z", "#4f7f8c")
        + circle(-42, -6, 5, "#f6efe2")
        + line("M-10-18c8 10 8 26 0 36M12-18c8 10 8 26 0 36", "#f6efe2", 3),
        "translate(190 380) rotate(-20)",
    )
    sticks = group(
        rect(0, 0, 14, 330, 6, lin(0, "#a9432e", "#6b2418"))
        + rect(0, 0, 14, 70, 6, "#d8a94f")
        + rect(26, 6, 14, 330, 6, lin(0, "#a9432e", "#6b2418"))
        + rect(26, 6, 14, 70, 6, "#d8a94f"),
        "translate(496 170) rotate(10)",
    )
    rest = ellipse(470, 452, 40, 13, "#dfe6dc") + ellipse(470, 448, 36, 9, "#f6f4ea")
    return picture(
        cloth("#c9a27a", "stripe"),
        dish(190, 380, 156, "#e9e3d2", "#f3ecdc"),
        fish,
        dish(372, 214, 96, "#dfe6dc", "#f3ecdc"),
        circle(372, 214, 62, "#f3ecdc"),
        clip(disc(372, 214, 62), rice),
        dish(150, 130, 64, "#dfe6dc", "#8a4a2c"),
        rest,
        sticks,
    )


def blanket() -> str:
    """A woven throw over a low chair."""
    legs = line("M150 400l-26 130M450 400l26 130", "#6b4029", 17) + line(
        "M196 404l-10 116M404 404l10 116", "#5a3524", 15
    )
    seat = (
        rect(120, 330, 360, 84, 26, lin(90, "#dcc9a6", "#b9a07a"))
        + path(
            "M130 340c-10-120-6-190 30-210 40-20 240-20 280 0 36 20 40 90 30 210z",
            lin(90, "#e6d7b8", "#cbb48c"),
        )
        + line("M300 118v210", "#b39a70", 3, dash="8 7")
        + rect(92, 262, 50, 150, 24, lin(90, "#dcc9a6", "#b0966e"))
        + rect(458, 262, 50, 150, 24, lin(90, "#dcc9a6", "#b0966e"))
    )
    d = "M262 104c50-8 110-6 140 6 20 70 16 160 10 240l18 110-150 10-4-130c-14-80-18-160-14-236z"
    weave = clip(
        d,
        rect(240, 90, 220, 400, 0, "#c9673a")
        + "".join(
            rect(240, 100 + k * 58, 220, 14, 0, "#f3dfb9")
            + rect(240, 124 + k * 58, 220, 5, 0, "#2f5448")
            + line(
                f"M240 {150 + k * 58}l14-12 14 12 14-12 14 12 14-12 14 12 14-12 14 12 14-12 14 12 14-12 14 12 14-12 14 12",
                "#f3dfb9",
                4,
            )
            for k in range(7)
        )
        + path("M380 90c20 100 20 240 10 400h80V90z", "#5a2a16", op=0.22),
    )
    fringe = line(
        "M" + "M".join(f"{x} {472 - (x - 282) * 0.066:.0f}v26" for x in range(284, 432, 10)),
        "#c9673a",
        4,
    )
    return picture(
        table("#c6cdb9", "shutter", 440, "#b58f68"),
        shadow(300, 528, 196, 12),
        legs,
        seat,
        pot_plant(64, 470, 1.0, "#e3d3b4"),
        cast(path(d, SHADE), 8, 8, 0.14),
        fringe,
        weave,
    )


PICTURES = {
    "quiet-water-teapot-1": teapot,
    "quiet-water-teapot-2": teapot_pour,
    "celadon-tea-set-1": celadon_set,
    "celadon-tea-set-2": celadon_top,
    "running-glaze-cups-1": rice_cups,
    "iron-kettle-1": iron_kettle,
    "mushroom-lamp-1": mushroom,
    "mushroom-lamp-2": mushroom_bed,
    "paper-lantern-1": paper_lantern,
    "crane-lamp-1": crane_lamp,
    "plum-vase-1": vase,
    "hill-burner-1": incense,
    "three-tea-tins-1": tea_tins,
    "fish-plates-1": dinner_set,
    "woven-throw-1": blanket,
}
