# ruff: noqa: E501
"""Bags, hats, scarves and an umbrella."""

from math import cos, pi, sin

from ..grounds import (
    cloth,
    landscape,
    pegs,
    planks,
    table,
    wall,
)
from ..ink import (
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
    rect,
    ring,
    shadow,
)


def pine_parts(tone: str = "#28705d", metal: str = "#d8a94f") -> str:
    handle = line("M204 250c0-96 36-150 96-150s96 54 96 150", dark(tone, 0.4), 19) + line(
        "M207 240c2-84 34-132 86-134", light(tone, 0.18), 5
    )
    body = "M138 232h324c12 0 20 7 22 18l28 184c3 18-8 30-26 30H114c-18 0-29-12-26-30l28-184c2-11 10-18 22-18z"
    flap = "M126 232h348c8 0 12 6 10 16-14 62-88 102-184 102S130 310 116 248c-2-10 2-16 10-16z"
    thread = light(tone, 0.55)
    return (
        handle
        + path(body, lin(0, light(tone, 0.1), dark(tone, 0.12), dark(tone, 0.32)))
        + clip(
            body,
            path("M462 232c12 0 20 7 22 18l28 184c3 18-8 30-26 30h-40z", dark(tone, 0.38), op=0.7)
            + path("M100 380c60 40 340 40 400 0v100H100z", dark(tone, 0.3), op=0.3),
        )
        + cast(path(flap, SHADE), 0, 9, 0.2)
        + path(flap, lin(20, light(tone, 0.2), tone, dark(tone, 0.1)))
        + path(
            "M126 232h140c-50 20-80 50-90 84-34-18-54-42-60-68-2-10 2-16 10-16z",
            light(tone, 0.14),
            op=0.6,
        )
        + line("M130 248c20 50 86 86 170 86s150-36 170-86", thread, 2.5, dash="9 7")
        + line("M114 444c60 8 312 8 372 0", thread, 2.5, dash="9 7", op=0.7)
        + rect(266, 318, 68, 54, 13, dark(metal, 0.3))
        + rect(266, 315, 68, 54, 13, lin(40, light(metal, 0.45), metal, dark(metal, 0.15)))
        + circle(300, 342, 10, "#7a5317")
        + rect(297, 342, 6, 14, 2, "#7a5317")
        + "".join(
            circle(x, 250, 8, metal) + circle(x - 2, 248, 3, light(metal, 0.5)) for x in (204, 396)
        )
    )


def pine_bag() -> str:
    return picture(table("#e4cf9f"), shadow(300, 466, 210), pine_parts())


def pine_bag_near() -> str:
    return picture(
        table("#e4cf9f", "window", 560),
        place(pine_parts(), -60, -26, 1.75),
        path("M0 0h600v600H0z", lin(20, "#fff3dc@.22", "#fff3dc@0")),
    )


def tote_parts(hung: bool = True) -> str:
    straps = path(
        "M214 240C208 120 244 84 300 84s92 36 86 156", "none", stroke="#c9b48a", stroke_width=19
    ) + path(
        "M226 240c-4-100 24-132 74-132s78 32 74 132", "none", stroke="#e6d8b8", stroke_width=15
    )
    body = "M138 226h324l14 226c1 10-4 16-14 16H138c-10 0-15-6-14-16z"
    print_ = clip(
        "M190 296h220v120H190z",
        group(
            landscape(220, 120, "#f3e2bd", "#c23a24", ("#9fb49a", "#5f8a76", "#2f5a4b")),
            "translate(190 296)",
        ),
    )
    cloth_ = clip(
        body,
        "".join(
            line(f"M120 {232 + k * 6}h370", "#fffaf0", 1.2, dash="2 4", op=0.6) for k in range(40)
        )
        + path("M420 226l40 240h40V226z", "#b9a57c", op=0.35)
        + line("M160 240c10 70 4 150-4 220M446 240c-8 60-6 140 4 220", "#b9a57c", 4, op=0.5),
    )
    return "".join(
        (
            cast(path(body, SHADE), 22, 14, 0.14) if hung else "",
            straps if hung else "",
            path(body, lin(0, "#f6ecd6", "#ecdfc3", "#d6c59f")),
            cloth_,
            line("M138 244h324", "#c9b48a", 3, dash="8 6"),
            print_,
            line("M196 440h90", "#574c41", 5),
            line("M300 440h40", "#c23a24", 5),
            "".join(
                line(f"M{x - 8} 234l16 16M{x + 8} 234l-16 16", "#c23a24", 3) for x in (216, 384)
            ),
        )
    )


def tote() -> str:
    return picture(wall("#b7c4ae", "shutter"), pegs(84), tote_parts())


def tote_market() -> str:
    greens = "".join(
        path("M0 0C-18-40-16-80 0-110 16-80 18-40 0 0z", c, tr=f"translate({x} 250) rotate({a})")
        for x, a, c in (
            (196, -24, "#4f7a4a"),
            (222, -4, "#6f9a5a"),
            (250, 12, "#3f6a44"),
            (214, 20, "#83ab66"),
        )
    )
    loaf = path("M330 250l-22-130c-2-22 34-28 40-6l22 136z", lin(0, "#e0a860", "#b87a34")) + line(
        "M314 150l26-8M320 184l28-8M326 216l28-8", "#f0d09a", 5
    )
    fruit = (
        circle(290, 236, 30, "#e2672a")
        + circle(282, 226, 8, "#f3a06a")
        + circle(400, 240, 26, "#d8a33c")
        + circle(272, 252, 22, "#c23a24")
    )
    bag = tote_parts(hung=False) + path(
        "M214 240c-10 70 10 110 40 110M386 240c10 70-10 110-40 110",
        "none",
        stroke="#d6c59f",
        stroke_width=15,
    )
    stall = rect(0, 0, 600, 150, 0, "#7c4a34") + "".join(
        path(f"M{k * 86 - 20} 0h86v96q-43 36-86 0z", c)
        for k, c in enumerate(("#c23a24", "#f6efe2") * 4)
    )
    crates = "".join(
        rect(x, 330, 150, 90, 4, "#a9744c")
        + line(f"M{x} 360h150M{x} 390h150", "#7a4f30", 4)
        + "".join(circle(x + 22 + (k % 4) * 36, 326 - (k // 4) * 20, 20, c) for k in range(7))
        for x, c in ((0, "#d9692c"), (450, "#7f9a4a"))
    )
    return picture(
        rect(0, 0, 600, 600, 0, lin(90, "#e9d3ac", "#d9b98a")),
        stall,
        crates,
        planks(418, "#9a6a45"),
        shadow(300, 500, 176),
        group(greens + loaf + fruit, "translate(0 18)"),
        group(bag, "translate(0 30)"),
    )


def rucksack_parts() -> str:
    tone = "#c2683f"
    side = path(
        "M120 300c-20 6-30 30-30 70s10 70 34 74zM480 300c20 6 30 30 30 70s-10 70-34 74z",
        dark(tone, 0.3),
    )
    body = "M136 216c0-60 60-110 164-110s164 50 164 110v210c0 26-14 42-42 42H178c-28 0-42-16-42-42z"
    loop = line("M262 112c0-40 76-40 76 0", "#4a3226", 13)
    lid = "M130 214c0-66 68-116 170-116s170 50 170 116c0 34-10 56-36 56H166c-26 0-36-22-36-56z"
    pocket_ = (
        "M172 326h256c10 0 16 6 16 16v92c0 16-8 24-24 24H180c-16 0-24-8-24-24v-92c0-10 6-16 16-16z"
    )
    webbing = "".join(
        rect(x, 232, 22, 130, 3, "#4a3226")
        + rect(x - 6, 300, 34, 28, 5, "none", stroke="#d8a94f", stroke_width=5)
        + rect(x + 2, 352, 18, 20, 3, "#3a2620")
        for x in (204, 374)
    )
    mat = (
        rect(128, 452, 344, 50, 25, lin(90, "#7f9a8a", "#4f6f62"))
        + circle(152, 477, 22, "#456256")
        + path(
            "M152 463a14 14 0 1 0 14 14 8 8 0 1 0-10 8", "none", stroke="#8fb3a2", stroke_width=4
        )
        + rect(206, 448, 18, 58, 4, "#4a3226")
        + rect(376, 448, 18, 58, 4, "#4a3226")
    )
    patch_ = (
        circle(300, 182, 34, "#f0dfc0")
        + clip(disc(300, 182, 29), group(landscape(58, 58), "translate(271 153)"))
        + ring(300, 182, 31, "#8a5a3c", 3, dash="6 4")
    )
    return "".join(
        (
            side,
            loop,
            path(body, lin(0, light(tone, 0.18), tone, dark(tone, 0.25))),
            mat,
            path(pocket_, lin(0, light(tone, 0.1), dark(tone, 0.16)))
            + line("M176 340h248", "#f0c8a4", 2.5, dash="8 6")
            + line("M190 372h220", dark(tone, 0.4), 5)
            + rect(398, 366, 26, 12, 4, "#d8a94f"),
            cast(path(lid, SHADE), 0, 10, 0.18),
            path(lid, lin(20, light(tone, 0.3), tone, dark(tone, 0.12))),
            line("M144 236c12 20 20 22 36 22h240c16 0 24-2 36-22", "#f0c8a4", 2.5, dash="8 6"),
            webbing,
            patch_,
        )
    )


def rucksack() -> str:
    return picture(table("#c9d0bd", "sun", top="#8f9a7c"), shadow(300, 504, 186), rucksack_parts())


def rucksack_hill() -> str:
    pack = rucksack_parts()
    grass = "".join(
        line(f"M{x} 600q{-6 + x % 13} -{30 + x % 24} {-4 + x % 11} -{50 + x % 30}", c, 5)
        for x, c in zip(range(0, 610, 14), ("#5d7a55", "#7f9a5a", "#4f6a4a") * 20, strict=False)
    )
    return picture(
        landscape_far(),
        path("M-10 470c120-40 260-30 380-10s180 10 240-6v160H-10z", "#6f8a58"),
        path("M-10 520c140-30 300 10 620-10v100H-10z", "#5a7548"),
        shadow(330, 522, 130, 9),
        group(pack, "translate(120 168) scale(.7)"),
        grass,
    )


def landscape_far() -> str:
    return group(
        landscape(600, 600, "#d5e0d8", "#f3c568", ("#b9cbb8", "#93b0a0", "#6f9485"))
    ) + line(
        "M120 120c12-14 24-14 32 0 8-14 20-14 32 0M230 84c9-10 18-10 24 0 6-10 15-10 24 0",
        "#3f5a50",
        5,
    )


def moon_bag() -> str:
    """A small crescent of nylon with a long strap, lying down."""
    tone = "#8a9fb0"
    strap = path(
        "M110 330C60 180 150 70 300 76s250 110 190 260", "none", stroke="#3a4a58", stroke_width=24
    ) + path(
        "M110 330C60 180 150 70 300 76s250 110 190 260",
        "none",
        stroke="#5f7384",
        stroke_width=3,
        stroke_dasharray="10 8",
    )
    body = "M88 330c10-20 40-30 80-30h264c40 0 70 10 80 30 10 90-80 170-212 170S78 420 88 330z"
    zip_ = (
        line("M120 350c60 30 300 30 360 0", "#3a4a58", 10)
        + line("M120 350c60 30 300 30 360 0", "#d8dfe4", 2.5, dash="3 4")
        + rect(452, 352, 12, 36, 5, "#d8a94f", tr="rotate(-20 458 370)")
    )
    buckle = rect(440, 180, 62, 44, 8, "#2b333b", tr="rotate(58 470 200)") + rect(
        452, 190, 38, 24, 4, "#5f7384", tr="rotate(58 470 200)"
    )
    seams = line(
        "M104 372c20 70 90 110 196 110s176-40 196-110", "#dfe6ea", 2.5, dash="8 6", op=0.8
    ) + path(
        "M130 400c20 50 80 80 170 80s150-30 170-80c-40 24-100 34-170 34s-130-10-170-34z",
        dark(tone, 0.18),
        op=0.6,
    )
    return picture(
        cloth("#e6cfb4", "linen"),
        cast(strap + path(body, SHADE), 12, 18, 0.16),
        strap,
        buckle,
        path(body, lin(60, light(tone, 0.3), tone, dark(tone, 0.22))),
        seams,
        zip_,
        rect(270, 420, 60, 30, 5, "#f3ead9"),
        line("M282 435c6-8 10 8 16 0s10-8 16 0", "#3a4a58", 4),
    )


def beanie_parts() -> str:
    tone = "#a93a2c"
    dome = "M164 376c-8-140 44-230 136-230s144 90 136 230z"
    ribs_ = "".join(
        line(
            f"M{n(300 + (k - 6) * 22)} 376C{n(300 + (k - 6) * 20)} 280 {n(300 + (k - 6) * 12)} 190 {n(300 + (k - 6) * 3)} 150",
            dark(tone, 0.28),
            4,
            op=0.6,
        )
        for k in range(13)
    )
    cuff = (
        rect(150, 356, 300, 88, 24, lin(0, light(tone, 0.22), tone, dark(tone, 0.25)))
        + "".join(rect(162 + k * 18, 358, 8, 84, 4, dark(tone, 0.2), op=0.55) for k in range(16))
        + rect(262, 382, 76, 38, 5, "#e7c896")
        + line("M278 402c8-10 12 10 20 0s12-10 22 0", "#7a4a2e", 4)
    )
    pom = "".join(
        circle(300 + x, 118 + y, r, c)
        for x, y, r, c in (
            (0, 0, 44, "#e9dcc3"),
            (-30, 10, 22, "#dccbab"),
            (30, 12, 22, "#cdb992"),
            (0, -30, 22, "#f6efe2"),
            (-22, -20, 20, "#f6efe2"),
            (24, -18, 20, "#e3d4b6"),
            (6, 28, 22, "#cdb992"),
            (-10, 4, 20, "#efe4cd"),
        )
    ) + line("M280 100l-10-12M310 96l8-16M330 118l16-4M270 126l-16 4M300 140l2 14", "#fffaf0", 3)
    return "".join(
        (
            "".join(
                circle(x, y, r, "#fff", op=0.7)
                for x, y, r in (
                    (80, 90, 6),
                    (160, 40, 4),
                    (470, 80, 7),
                    (540, 180, 5),
                    (60, 240, 5),
                    (500, 300, 4),
                    (110, 340, 6),
                    (420, 40, 4),
                    (560, 380, 6),
                    (30, 400, 4),
                )
            ),
            shadow(300, 446, 158),
            pom,
            path(dome, lin(0, light(tone, 0.24), tone, dark(tone, 0.22))),
            clip(
                dome,
                ribs_
                + path("M140 300c60 20 260 20 320 0v28c-60 20-260 20-320 0z", "#e7c896", op=0.85)
                + path(
                    "M140 306l24 10 20-10 20 14 22-12 22 12 22-12 22 12 22-12 22 12 22-12 22 12 22-12 20 6v12c-60 18-260 18-320 0z",
                    "#2f5448",
                    op=0.9,
                ),
            ),
            cuff,
        )
    )


def beanie() -> str:
    return picture(table("#bccbd0", "plain", top="#dfe6e4"), beanie_parts())


def straw_hat_parts() -> str:
    straw = "#e2c183"
    brim = ellipse(300, 356, 222, 88, lin(90, light(straw, 0.3), straw, dark(straw, 0.15)))
    weave = "".join(
        ellipse(
            300,
            356,
            222 - k * 14,
            88 - k * 6,
            "none",
            stroke=dark(straw, 0.2),
            stroke_width=2,
            stroke_dasharray="7 4",
            op=0.7,
        )
        for k in range(1, 9)
    )
    crown = "M176 344c-4-110 34-180 124-180s128 70 124 180c-30 36-218 36-248 0z"
    crown_weave = clip(
        crown,
        "".join(
            line(
                f"M160 {176 + k * 13}c60 {n(10 + k * 2)} 220 {n(10 + k * 2)} 280 0",
                dark(straw, 0.2),
                2.2,
                dash="8 5",
                op=0.7,
            )
            for k in range(14)
        )
        + path("M360 150c50 40 70 120 70 220h-60c10-80 10-160-10-220z", dark(straw, 0.25), op=0.35),
    )
    ribbon = (
        path("M176 318c40 32 208 32 248 0l1 32c-40 34-210 34-250 0z", "#2f4a66")
        + path("M400 330c30 10 60 50 62 92l-22-12-14 18c-2-40-16-70-36-88z", "#2f4a66")
        + path("M396 332c10 24 14 60 6 98l-14-16-20 10c14-30 16-60 12-86z", "#3d5c7c")
    )
    return "".join(
        (
            shadow(300, 420, 216, 20),
            brim,
            weave,
            path(crown, lin(0, light(straw, 0.35), straw, dark(straw, 0.1))),
            crown_weave,
            ribbon,
        )
    )


def straw_hat() -> str:
    return picture(table("#f0dfba", "shutter", 400, "#d9b98a"), straw_hat_parts())


def bucket() -> str:
    tone = "#6f8a8f"
    crown = "M196 330l22-146c2-18 14-28 32-30 32-4 68-4 100 0 18 2 30 12 32 30l22 146z"
    brim = "M188 316c60 18 164 18 224 0l64 92c6 10 2 18-10 22-92 34-240 34-332 0-12-4-16-12-10-22z"
    rings_ = clip(
        brim,
        "".join(
            line(
                f"M100 {340 + k * 15}c100 {34} 300 {34} 400 0",
                light(tone, 0.4),
                2,
                dash="8 5",
                op=0.7,
            )
            for k in range(7)
        ),
    )
    eyelets = "".join(
        circle(x, 226, 6, "#d8a94f") + circle(x, 226, 3, dark(tone, 0.5)) for x in (236, 256)
    )
    return picture(
        table("#e8d2bc", "window"),
        shadow(300, 448, 176),
        path(crown, lin(0, light(tone, 0.28), tone, dark(tone, 0.2))),
        line("M218 190c40-14 124-14 164 0", light(tone, 0.5), 2.5, dash="8 5"),
        eyelets,
        path(brim, lin(0, light(tone, 0.2), tone, dark(tone, 0.26))),
        rings_,
        rect(330, 270, 46, 26, 4, "#f0dfc0"),
        line("M338 284c5-7 8 7 14 0s8-7 14 0", "#3d5256", 3.5),
    )


def plaid() -> str:
    """A wide wool scarf over a peg, fringe down."""
    tone = "#3f6a5c"
    drape = "M196 92c40-14 168-14 208 0 20 40 26 120 20 200l10 190H302l-4-150-10 168H158l12-200c-6-80 6-168 26-208z"
    check = "".join(
        rect(140 + k * 64, 60, 26, 480, 0, "#c23a24", op=0.75)
        + rect(174 + k * 64, 60, 5, 480, 0, "#f0dfc0", op=0.8)
        for k in range(5)
    ) + "".join(
        rect(130, 86 + k * 72, 330, 26, 0, "#24423a", op=0.55)
        + rect(130, 124 + k * 72, 330, 5, 0, "#e7c35a", op=0.75)
        for k in range(6)
    )
    twill = "".join(line(f"M{60 + k * 14} 60l-60 480", "#fff", 1.5, op=0.12) for k in range(36))
    fringe = line(
        "M"
        + "M".join(f"{x} 498v34" for x in range(163, 288, 10))
        + "M"
        + "M".join(f"{x} 480v36" for x in range(308, 434, 10)),
        tone,
        5,
    )
    fold_ = path("M288 300c-6-70 0-140 12-206 10 60 14 130 2 236l-4 20z", dark(tone, 0.5), op=0.6)
    return picture(
        wall("#e2cdb0", "slant"),
        pegs(76),
        cast(path(drape, SHADE), 22, 14, 0.14),
        fringe,
        path(drape, tone),
        clip(
            drape,
            check
            + twill
            + path(
                "M196 92c-20 40-32 128-26 208l-12 200h40c0-140 0-280 30-410z", "#fff3dc", op=0.14
            )
            + path(
                "M424 292l10 190h-50c6-140 6-280-10-394l30 4c20 40 26 120 20 200z",
                "#1d2f29",
                op=0.25,
            ),
        ),
        fold_,
    )


def silk() -> str:
    """A printed silk square, half unfolded, seen from above."""
    square = "M90 150L400 70c14-4 24 2 28 14l86 314c4 14-2 24-14 28L190 510c-14 4-24-2-28-14L76 178c-4-14 2-24 14-28z"
    inner = rect(0, 0, 600, 600, 0, "#efe0c2") + group(
        rect(110, 110, 380, 380, 0, "#c23a24")
        + rect(136, 136, 328, 328, 0, "#f3e2bd")
        + rect(144, 144, 312, 312, 0, "none", stroke="#2f5a4b", stroke_width=4)
        + clip(
            box(150, 150, 300, 300),
            group(
                landscape(300, 300, "#f3e2bd", "#c23a24", ("#c9b98a", "#7fa093", "#2f5a4b")),
                "translate(150 150)",
            )
            + line("M180 200h60M200 216h70M180 260h40", "#d8a33c", 5),
        )
        + "".join(circle(x, y, 9, "#e7c35a") for x in (123, 477) for y in range(123, 490, 59))
        + "".join(circle(x, y, 9, "#e7c35a") for y in (123, 477) for x in range(123, 490, 59)),
        "rotate(-15 300 300) translate(-6 -6)",
    )
    hem = path(square, "none", stroke="#8f2a1c", stroke_width=5)
    ripples = clip(
        square,
        path("M150 60c60 140 40 300 120 460l-60 10C140 370 130 200 90 90z", "#fff8ea", op=0.28)
        + path("M300 70c30 140 60 260 130 370l-40 20c-70-120-100-240-120-380z", "#5a2a1c", op=0.16),
    )
    return picture(
        cloth("#9fb5aa", "plain"),
        cast(path(square, SHADE), 12, 16, 0.2),
        clip(square, inner),
        ripples,
        hem,
        group(ring(0, 0, 46, "#d8a94f", 13) + ring(0, 0, 46, "#f3dca0", 3), "translate(96 486)"),
    )


def umbrella() -> str:
    """An oiled-paper umbrella, open, leaning."""
    tone = "#b5452f"
    ribs_n = 16
    canopy = circle(0, 0, 220, dark(tone, 0.2)) + "".join(
        path(
            f"M0 0L{n(218 * _cos(k / ribs_n))} {n(218 * _sin(k / ribs_n))}A218 218 0 0 1 {n(218 * _cos((k + 1) / ribs_n))} {n(218 * _sin((k + 1) / ribs_n))}z",
            light(tone, 0.16) if k % 2 else tone,
        )
        for k in range(ribs_n)
    )
    bands = (
        ring(0, 0, 206, "#f0dfc0", 5)
        + ring(0, 0, 70, "#7a2c1e", 4)
        + ring(0, 0, 26, "#7a2c1e", 20)
        + circle(0, 0, 16, "#e7c896")
    )
    branch = line("M-150 70C-110 20-70 0-20-6M-90 26c10-30 30-60 50-70", "#4a2a20", 7) + "".join(
        circle(x, y, 12, "#f6e3d0") + circle(x, y, 4, "#d8a33c")
        for x, y in (
            (-150, 62),
            (-118, 30),
            (-96, -2),
            (-66, 10),
            (-40, -46),
            (-58, -26),
            (-128, 62),
            (-26, -10),
        )
    )
    birds = line(
        "M70 60c14-16 26-16 34 0 8-16 22-16 34 0M56 112c10-11 20-11 26 0 6-11 16-11 26 0",
        "#f6e3d0",
        6,
    )
    shade = path("M0 0L155 155A219 219 0 0 1 -155 155z", "#3a1510", op=0.18)
    whole = group(
        line("M0 0L70 250", "#6a4a2e", 12) + canopy + branch + birds + bands + shade,
        "translate(296 268) rotate(-14)",
    )
    return picture(
        table("#bccac4", "shutter", 470, "#8fa19a"),
        ellipse(320, 500, 200, 20, SHADE, op=0.2),
        whole,
    )


def _cos(part: float) -> float:
    return cos(2 * pi * part)


def _sin(part: float) -> float:
    return sin(2 * pi * part)


def socks() -> str:
    """Three pairs of wool socks, banded."""

    def pair(x: float, y: float, tone: str, trim: str, turn: float) -> str:
        sock = path(
            "M-50-150h92v170c0 18 10 28 28 34l62 20c24 8 34 24 30 48-3 16-14 22-30 22H-4c-30 0-48-18-48-50z",
            lin(0, light(tone, 0.2), tone, dark(tone, 0.16)),
        )
        top = rect(-54, -160, 100, 46, 10, trim) + line(
            "M" + "M".join(f"{k} -156v38" for k in range(-44, 44, 11)), dark(trim, 0.25), 3
        )
        toe = path("M104 82c30 0 54 14 58 40-3 16-14 22-30 22h-44c-6-24-2-48 16-62z", trim) + path(
            "M-52 70c26 0 50 20 54 74-32-2-50-18-54-50z", trim
        )
        bars = line("M-50-80h92M-50-64h92M-50-30h92M-50-14h92", trim, 5, cap="butt")
        return group(
            cast(sock, 10, 12, 0.25) + group(sock, "translate(16 -12)") + sock + bars + toe + top,
            f"translate({x} {y}) rotate({turn}) scale(.94)",
        )

    return picture(
        cloth("#bcae92", "linen"),
        pair(104, 250, "#e6dcc6", "#2f5448", -8),
        pair(256, 290, "#c9673a", "#f0dfc0", 2),
        pair(412, 250, "#46627a", "#e7c35a", 9),
    )


PICTURES = {
    "pine-handbag-1": pine_bag,
    "pine-handbag-2": pine_bag_near,
    "market-tote-1": tote,
    "market-tote-2": tote_market,
    "terrace-rucksack-1": rucksack,
    "terrace-rucksack-2": rucksack_hill,
    "half-moon-bag-1": moon_bag,
    "north-gate-beanie-1": beanie,
    "straw-hat-1": straw_hat,
    "drizzle-hat-1": bucket,
    "winter-plaid-1": plaid,
    "silk-square-1": silk,
    "paper-umbrella-1": umbrella,
    "three-socks-1": socks,
}
