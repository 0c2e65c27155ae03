# ruff: noqa: E501
"""Clothes on hangers, pegs and tables."""

from ..grounds import (
    ROSE,
    cloth,
    hanger,
    leaf_sprig,
    pegs,
    rail,
    table,
    wall,
)
from ..ink import (
    SHADE,
    cast,
    circle,
    clip,
    dark,
    ellipse,
    group,
    light,
    lin,
    line,
    mirror,
    n,
    path,
    picture,
    place,
    rect,
    shadow,
)


def folds(d: str, tone: str, width: float = 5, op: float = 0.55) -> str:
    return line(d, dark(tone, 0.28), width, op=op)


def red_dress() -> str:
    tone = "#c23a24"
    skirt = "M240 222c18-10 40-4 60 16 20-20 42-26 60-16 8 34 2 64-14 92 40 62 78 130 92 206-40 22-96 30-138 30s-98-8-138-30c14-76 52-144 92-206-16-28-22-58-14-92z"
    straps = line("M232 158l18 66M368 158l-18 66", dark(tone, 0.2), 7)
    pleats = clip(
        skirt,
        path(
            "M240 222c18-10 40-4 60 16-6 28-14 52-30 76-32 66-62 136-70 222-14-4-27-9-38-16z",
            light(tone, 0.16),
            op=0.7,
        )
        + path(
            "M346 314c40 62 78 130 92 206-14 8-30 14-47 18-6-86-24-158-57-224z", dark(tone, 0.25)
        )
        + folds(
            "M290 326c-18 70-26 142-26 222M316 326c18 72 28 146 30 220M270 322c-30 70-44 130-50 216M334 322c30 70 44 130 52 210",
            tone,
        ),
    )
    bow = (
        line("M254 314h92", dark(tone, 0.34), 11)
        + line("M338 314c14 18 20 40 18 64M340 314c22 10 36 28 40 50", dark(tone, 0.34), 7)
        + circle(339, 314, 8, dark(tone, 0.3))
    )
    return picture(
        wall(ROSE, "slant"),
        rail(),
        cast(path(skirt, SHADE), 22, 14, 0.12),
        hanger(wide=86),
        straps,
        path(skirt, lin(0, light(tone, 0.1), tone, dark(tone, 0.12))),
        pleats,
        bow,
    )


def red_dress_lane() -> str:
    """Worn, from behind, under lanterns."""
    sky = rect(0, 0, 600, 600, 0, lin(90, "#5d6f86", "#c88e78", "#e8b384"))
    houses = "".join(
        rect(x, y, w, 600, 0, c)
        + path(f"M{x - 16} {y}l16-26h{w}l16 26z", dark(c, 0.4))
        + rect(x + 16, y + 24, w - 32, 40, 0, "#f5c873")
        + line(f"M{x + w / 2} {y + 24}v40M{x + 16} {y + 44}h{w - 32}", c, 4)
        + rect(x + 14, y + 120, w - 28, 200, 0, "#f3b95e")
        for x, y, w, c in (
            (-20, 190, 150, "#5b3226"),
            (140, 270, 110, "#6d4330"),
            (360, 262, 110, "#623628"),
            (480, 180, 150, "#4d2b22"),
        )
    )
    ground = path("M0 470h600v130H0z", "#7d6459") + path("M240 470h120l150 130H90z", "#b08a6c")
    lamps = line("M-10 60c140 90 420 96 620-14", "#3a2a26", 4) + "".join(
        circle(x, y, 44, "#f4b04a", op=0.16)
        + ellipse(x, y, 23, 20, "#d6442a")
        + ellipse(x - 7, y, 8, 17, "#ef7a4e")
        for x, y in ((80, 122), (200, 152), (410, 148), (530, 108))
    )
    tone = "#c23a24"
    hair = path(
        "M262 150c-6-46 10-72 38-72s44 26 38 72c-2 40-8 62-14 74-16 8-32 8-48 0-6-12-12-34-14-74z",
        "#2b1d19",
    ) + line("M276 100c6-8 12-11 22-12", "#5a4038", 5)
    back_ = path("M256 232c14-8 28-12 44-12s30 4 44 12l6 50H250z", "#f1c39c") + rect(
        289, 196, 22, 36, 8, "#e4b08c"
    )
    straps = line("M268 230l2 34M332 230l-2 34", dark(tone, 0.2), 5)
    dress = (
        path(
            "M254 258c26 12 66 12 92 0l4 56c34 44 54 92 62 150-64 22-160 22-224 0 8-58 28-106 62-150z",
            lin(0, light(tone, 0.14), tone, dark(tone, 0.2)),
        )
        + folds("M278 322c-20 50-32 96-38 148M322 322c20 50 32 96 38 148M300 322v152", tone, 4)
        + line("M249 313h102", dark(tone, 0.34), 9)
    )
    arms = line("M254 242c-26 34-34 82-26 132", "#f1c39c", 16) + line(
        "M346 242c30 36 36 80 30 128", "#f1c39c", 16
    )
    legs = (
        line("M280 476l-2 84", "#e4b08c", 17, cap="butt")
        + line("M320 476l2 84", "#e4b08c", 17, cap="butt")
        + path("M266 556h22v14c0 6-22 6-22 0zM312 556h22v14c0 6-22 6-22 0z", "#3a2421")
    )
    bag = (
        path("M356 366h44v56h-44z", "#e7c98e")
        + line("M364 366c0-22 28-22 28 0", "#8a5a1e", 4)
        + circle(378, 396, 9, "#c23a24", op=0.8)
    )
    return picture(
        sky,
        houses,
        ground,
        lamps,
        shadow(300, 574, 70, 8),
        legs,
        arms,
        back_,
        straps,
        dress,
        hair,
        bag,
    )


def indigo_qipao() -> str:
    tone = "#2f4a66"
    body = "M262 150c-22 8-46 16-58 32l10 46 26-6c6 40 6 70-2 104-14 60-22 140-22 214 56 14 112 14 168 0 0-74-8-154-22-214-8-34-8-64-2-104l26 6 10-46c-12-16-36-24-58-32-20 12-56 12-76 0z"
    print_ = "".join(
        group(
            "".join(
                circle(6 * a, 6 * b, 4.6, "#e9dcc3")
                for a, b in ((0, -1), (0.95, -0.3), (0.6, 0.8), (-0.6, 0.8), (-0.95, -0.3))
            )
            + circle(0, 0, 2.6, "#d8a33c"),
            f"translate({x} {y})",
        )
        for x, y in (
            (248, 250),
            (350, 300),
            (262, 350),
            (330, 232),
            (246, 440),
            (340, 400),
            (296, 484),
            (372, 500),
            (226, 520),
            (300, 300),
            (362, 452),
            (284, 414),
            (330, 530),
        )
    )
    trim = (
        line("M262 150c8 34 24 44 44 56 20 10 34 20 40 46", "#d8a33c", 5)
        + line("M216 540c56 14 112 14 168 0", "#d8a33c", 6)
        + line("M204 182l10 46M396 182l-10 46", "#d8a33c", 5)
    )
    collar = path(
        "M260 152c-2-14 2-24 8-30 20 10 44 10 64 0 6 6 10 16 8 30-22 12-58 12-80 0z",
        dark(tone, 0.15),
    ) + line("M266 126c20 10 48 10 68 0", "#d8a33c", 4)
    knots = "".join(
        circle(x, y, 6, "#d8a33c") + line(f"M{x - 12} {y}h24", "#d8a33c", 4)
        for x, y in ((300, 140), (306, 208), (340, 236))
    )
    slit = path("M216 540c0-40 4-84 10-124l10 128z", dark(tone, 0.4), op=0.7)
    return picture(
        wall("#d5c8b0", "window"),
        rail(88),
        cast(path(body, SHADE), 22, 14, 0.12),
        hanger(88, 84, 84),
        path(body, lin(0, light(tone, 0.18), tone, dark(tone, 0.2))),
        clip(
            body,
            print_
            + folds("M276 330c-10 60-14 130-16 210M330 330c8 60 12 130 14 210", tone, 4, 0.4),
        ),
        slit,
        trim,
        collar,
        knots,
    )


def linen_dress() -> str:
    tone = "#9caf8b"
    sleeve = "M244 160c-30 10-52 26-66 54l-24 60 52 26 34-62z"
    body = "M254 156c-12 6-18 14-18 26l8 96c-10 20-26 40-40 84-14 48-22 110-26 176 80 18 164 18 244 0-4-66-12-128-26-176-14-44-30-64-40-84l8-96c0-12-6-20-18-26-22 26-70 26-92 0z"
    tiers = folds("M206 372c60 16 128 16 188 0M190 450c72 16 148 16 220 0", tone, 4) + folds(
        "M230 376v30M254 380v40M280 382v34M306 384v42M332 382v32M356 380v38M380 376v28M214 456v40M244 460v46M276 462v38M308 464v48M340 462v38M370 460v44M398 454v36",
        tone,
        3.5,
        0.45,
    )
    waist = line("M244 282c36 12 76 12 112 0", dark(tone, 0.3), 7) + line(
        "M300 290c-10 20-18 40-20 64M302 290c10 16 18 34 24 58", dark(tone, 0.3), 4.5
    )
    buttons = "".join(
        circle(300, y, 5, "#f3ead6") + circle(300, y, 1.6, "#7a6a4e") for y in (196, 222, 248)
    )
    neck = line("M254 156c22 28 70 28 92 0", light(tone, 0.5), 7)
    shell = path(sleeve, lin(20, light(tone, 0.2), dark(tone, 0.1)))
    return picture(
        wall("#ecdcc0", "shutter"),
        rail(86),
        hanger(86, 84, 76),
        cast(path(body, SHADE), 24, 14, 0.12),
        shell,
        mirror(shell),
        path(body, lin(0, light(tone, 0.26), tone, dark(tone, 0.14))),
        tiers,
        waist,
        buttons,
        neck,
    )


def camel_parts() -> str:
    tone = "#c2935e"
    sleeve = (
        path(
            "M236 152c-30 8-46 26-52 60l-32 196c-2 12 4 18 14 20l36 6c10 2 16-4 18-14l30-150z",
            lin(0, light(tone, 0.16), dark(tone, 0.14)),
        )
        + line("M156 396l60 10", dark(tone, 0.35), 3)
        + circle(204, 416, 5, "#5a3a22")
    )
    body = "M250 142c-16 6-32 10-42 24l16 112-20 244c0 10 6 14 16 16 54 8 106 8 160 0 10-2 16-6 16-16l-20-244 16-112c-10-14-26-18-42-24l-50 14z"
    lining = path("M262 140h76l-38 120z", "#7a3342") + path("M270 140h60l-30 40z", "#5f2632")
    lapel = path("M250 142l-22 16 12 66 26-6-10 26 44 66V250z", light(tone, 0.2)) + line(
        "M250 142l50 108M228 158l12 66 26-6-10 26 44 66", dark(tone, 0.3), 3
    )
    front_ = line("M300 310v226", dark(tone, 0.35), 4) + "".join(
        circle(x, y, 9, "#5a3a22") + circle(x - 2, y - 2, 3, "#8a623c")
        for y in (344, 400)
        for x in (278, 326)
    )
    belt = (
        path("M214 356c60 14 112 14 172 0l2 26c-60 14-116 14-176 0z", dark(tone, 0.2))
        + rect(288, 362, 34, 32, 6, "none", stroke="#5a3a22", stroke_width=6)
        + path("M322 384l34 76-20 6-26-76z", dark(tone, 0.24))
    )
    pocket_ = path("M222 424l52-8 2 16-54 8zM378 424l-52-8-2 16 54 8z", dark(tone, 0.16))
    return "".join(
        (
            cast(path(body, SHADE), 24, 14, 0.13),
            sleeve,
            mirror(sleeve),
            lining,
            path(
                body + "M262 140l38 110 38-110z",
                lin(0, light(tone, 0.14), tone, dark(tone, 0.16)),
                fill_rule="evenodd",
            ),
            path("M262 140h76l-38 120z", "#7a3342"),
            path("M270 140h60l-30 34z", "#5f2632"),
            lapel,
            mirror(lapel),
            front_,
            belt,
            pocket_,
        )
    )


def camel_coat() -> str:
    return picture(wall("#c9cfc0", "window"), rail(86), hanger(86, 82, 66), camel_parts())


def camel_coat_near() -> str:
    """The collar and the belt from near, a scarf laid over one shoulder."""
    scarf = (
        path(
            "M238 146c-24 40-34 100-30 190l-6 74 44 4 6-76c0-70 8-130 30-176z",
            lin(0, "#4f7a6a", "#2f5448"),
        )
        + line("M222 240l38 4M214 300l40 2M210 360l40 4", "#c9a45a", 5)
        + line("M208 412l-3 22M220 413l-2 22M232 414l-2 22M242 415l-2 20", "#3d6557", 4)
    )
    return picture(
        wall("#c9cfc0", "plain"),
        place(
            rail(86, x0=-100, x1=700) + hanger(86, 82, 66) + camel_parts() + scarf, -10, 232, 2.0
        ),
    )


def rain_jacket() -> str:
    tone = "#e3b23a"
    sleeve = path(
        "M226 176c-34 10-54 34-62 74l-26 150c-2 12 4 18 14 20l40 8c10 2 16-4 18-14l28-130z",
        lin(0, light(tone, 0.24), dark(tone, 0.1)),
    ) + path("M142 384l70 14-4 26c-2 6-8 8-14 6l-42-8c-10-2-14-8-12-18z", dark(tone, 0.22))
    body = "M236 168c-16 4-24 10-30 20l14 110-10 186c0 10 6 14 16 14h148c10 0 16-4 16-14l-10-186 14-110c-6-10-14-16-30-20l-64 10z"
    hood = (
        path(
            "M232 176c-10-60 20-100 68-100s78 40 68 100c-22 20-114 20-136 0z",
            lin(0, light(tone, 0.3), tone, dark(tone, 0.16)),
        )
        + path("M252 170c-6-42 14-70 48-70s54 28 48 70c-18 14-78 14-96 0z", "#8a5f1c")
        + path("M264 166c-4-30 10-52 36-52s40 22 36 52c-16 10-56 10-72 0z", "#6b4713")
    )
    zip_ = (
        line("M300 182v314", dark(tone, 0.4), 5)
        + line("M306 182v314", light(tone, 0.5), 2)
        + rect(295, 184, 10, 26, 3, "#57504b")
    )
    flaps = (
        path(
            "M226 374h58v24c0 4-2 6-6 6h-46c-4 0-6-2-6-6zM316 374h58v24c0 4-2 6-6 6h-46c-4 0-6-2-6-6z",
            dark(tone, 0.14),
        )
        + circle(255, 394, 5, "#7a4a13")
        + circle(345, 394, 5, "#7a4a13")
    )
    cords = (
        line("M276 182v50M324 182v56", "#f6efe2", 5)
        + rect(271, 230, 10, 16, 4, "#57504b")
        + rect(319, 236, 10, 16, 4, "#57504b")
    )
    drops = "".join(
        path(f"M{x} {y}c-8-14-4-24 0-32 4 8 8 18 0 32z", "#fff8ea", op=0.75)
        for x, y in (
            (244, 300),
            (352, 270),
            (270, 450),
            (338, 350),
            (180, 330),
            (420, 350),
            (250, 250),
            (364, 450),
        )
    )
    return picture(
        wall("#a9bcc0", "plain"),
        line(
            "M60 20l-24 70M160 80l-24 70M470 30l-24 70M560 120l-24 70M90 260l-24 70M540 330l-24 70M60 450l-24 70M510 500l-24 70",
            "#dfe9ea",
            4,
            op=0.55,
        ),
        pegs(70),
        cast(path(body, SHADE), 22, 14, 0.13),
        sleeve,
        mirror(sleeve),
        path(body, lin(0, light(tone, 0.2), tone, dark(tone, 0.14))),
        folds("M232 300c10 60 4 130 0 190M368 300c-10 60-4 130 0 190", tone, 4, 0.35),
        hood,
        zip_,
        flaps,
        cords,
        drops,
    )


def puffer() -> str:
    tone = "#3c4f5c"

    def quilt(d: str, ys: tuple[int, ...]) -> str:
        return path(d, lin(0, light(tone, 0.2), tone, dark(tone, 0.25))) + clip(
            d,
            "".join(
                path(f"M100 {y}c60 16 340 16 400 0v-16H100z", dark(tone, 0.35), op=0.55)
                + path(
                    f"M100 {y + 6}c60 16 340 16 400 0v10c-60 16-340 16-400 0z",
                    light(tone, 0.35),
                    op=0.35,
                )
                for y in ys
            ),
        )

    sleeve = quilt(
        "M226 176c-40 6-66 34-72 76l-20 140c-2 14 6 22 18 24l40 4c12 0 18-6 20-18l24-120z",
        (226, 272, 318, 364, 404),
    )
    body = "M236 166c-18 4-30 12-36 24l14 108-8 176c0 14 8 20 20 20h148c12 0 20-6 20-20l-8-176 14-108c-6-12-18-20-36-24l-64 14z"
    collar = (
        path(
            "M240 172c-4-34 6-56 18-60h84c12 4 22 26 18 60-30 16-90 16-120 0z",
            lin(0, light(tone, 0.3), tone, dark(tone, 0.2)),
        )
        + path("M254 152c-2-20 4-32 12-36h68c8 4 14 16 12 36-26 10-66 10-92 0z", "#d9735a")
        + line("M242 146c30 12 86 12 116 0", dark(tone, 0.4), 3, op=0.6)
    )
    zip_ = line("M300 180v308", "#d9735a", 6) + rect(294, 182, 12, 30, 4, "#f0dfc0")
    return picture(
        wall("#e6d5c2", "sun"),
        rail(80),
        hanger(80, 84, 76),
        cast(path(body, SHADE), 22, 14, 0.13),
        sleeve,
        mirror(sleeve),
        quilt(body, (226, 272, 318, 364, 410, 456)),
        collar,
        zip_,
        rect(334, 232, 34, 22, 4, "#d9735a"),
        line("M341 243c5-8 9 6 14 0", "#fff8ea", 3),
    )


def breton() -> str:
    """A striped tee lying folded on the bed, sleeves in."""
    cut = "M210 150c20-8 40-14 52-14 12 20 64 20 76 0 12 0 32 6 52 14l66 66c8 8 8 14 2 22l-38 44c-6 6-12 6-18 0l-10-12v206c0 12-6 18-18 18H226c-12 0-18-6-18-18V270l-10 12c-6 6-12 6-18 0l-38-44c-6-8-6-14 2-22z"
    bars = "".join(rect(120, y, 360, 15, 0, "#2f4a66") for y in range(208, 480, 36))
    arms = line(
        "M142 226l60-60M160 252l70-70M180 274l40-44M458 226l-60-60M440 252l-70-70M420 274l-40-44",
        "#2f4a66",
        13,
        cap="butt",
    )
    shirt = (
        cast(path(cut, SHADE), 14, 18, 0.18)
        + path(cut, lin(0, "#fffaf0", "#f3ead8", "#dfd1b6"))
        + clip(
            cut,
            clip("M206 140h188v360H206z", bars)
            + clip("M100 130h106v200H100zM394 130h106v200H394z", arms),
        )
        + line("M208 270V176M392 270V176", "#cdbd9e", 3)
        + path("M262 136c12 20 64 20 76 0 6 0 10 2 14 4-14 32-90 32-104 0z", "#2f4a66")
        + line("M212 480h176", "#cdbd9e", 2.5, dash="7 5")
    )
    return picture(
        cloth("#c9a98a", "linen"),
        group(shirt, "rotate(-6 300 300) translate(-30 -34) scale(1.1)"),
        leaf_sprig(530, 620, 1.3, "#5d7a55", -16),
    )


def breton_line() -> str:
    """Drying on a line over the roofs."""
    sky = rect(0, 0, 600, 600, 0, lin(90, "#b9d0d6", "#e9e3cf"))
    roofs = (
        path("M-10 470l80-60 90 60 70-50 110 64 80-70 90 60 100-54v200H-10z", "#a9583b")
        + path("M-10 520l120-50 120 56 110-46 130 50 140-60v140H-10z", "#7a3f2b")
        + line(
            "M30 540v40M90 530v50M150 540v40M210 546v40M270 536v50M340 530v50M400 540v40M460 546v40M530 530v50",
            "#5e2f20",
            5,
            op=0.6,
        )
    )
    rope = line("M-10 120c160 40 440 40 620-6", "#8a6a4a", 5)

    def peg(x: float, y: float) -> str:
        return rect(x - 5, y - 14, 10, 34, 3, "#d9b98a") + rect(x - 5, y, 10, 4, 0, "#8a6a42")

    cut = "M206 150c22-6 44-8 58-8 14 16 58 16 72 0 14 0 36 2 58 8l56 76c6 10 4 16-4 20l-40 26c-6 4-12 2-14-4v190c-30 10-160 10-194 0V268c-4 6-8 8-14 4l-40-26c-8-4-10-10-4-20z"
    bars = "".join(
        path(f"M120 {y}c120 10 240 10 360 0v15c-120 10-240 10-360 0z", "#2f4a66")
        for y in range(196, 460, 36)
    )
    shirt = (
        path(cut, lin(0, "#fffaf0", "#f3ead8", "#dfd1b6"))
        + clip(
            cut,
            clip("M200 140h200v330H200z", bars)
            + clip(
                "M130 140h70v160h-70zM400 140h70v160h-70z",
                line(
                    "M130 240l80-60M150 260l80-60M470 240l-80-60M450 260l-80-60",
                    "#2f4a66",
                    12,
                    cap="butt",
                ),
            ),
        )
        + path("M264 142c14 16 58 16 72 0l12 2c-14 30-82 30-96 0z", "#2f4a66")
    )
    sheet_ = path(
        "M430 140c50 0 120-8 180-20v240c-60 14-130 20-180 16z", lin(0, "#f0dcb8", "#e0c494")
    ) + path("M-20 130c30 6 60 10 90 12v180c-30 0-60-4-90-10z", "#c9d8cc")
    birds = line(
        "M96 70c10-12 20-12 26 0 6-12 16-12 26 0M180 44c7-9 14-9 19 0 5-9 12-9 19 0", "#4a5a60", 5
    )
    return picture(
        sky,
        circle(110, 330, 50, "#f7e3bd"),
        birds,
        roofs,
        sheet_,
        rope,
        group(shirt, "rotate(2 300 150)"),
        "".join(peg(x, y) for x, y in ((230, 150), (372, 148), (40, 138), (470, 138), (560, 128))),
    )


def linen_shirt() -> str:
    tone = "#e9e3d5"
    sleeve = path(
        "M232 158c-34 8-54 30-62 70l-32 168c-2 12 4 16 12 18l40 8c10 2 14-2 16-12l34-146z",
        lin(0, "#fbf7ec", "#d9d0bb"),
    ) + path("M136 378l70 14-6 24c-2 8-6 10-14 8l-40-8c-10-2-12-8-10-16z", "#d9d0bb")
    body = "M252 148c-20 6-36 10-46 24l16 120-10 190c30 14 50 16 88 12 38 4 58 2 88-12l-10-190 16-120c-10-14-26-18-46-24l-48 34z"
    collar = (
        path("M252 148l14-16 34 50-28 26c-10-16-18-36-20-60z", "#fffdf6")
        + path("M348 148l-14-16-34 50 28 26c10-16 18-36 20-60z", "#f3ecdc")
        + path("M266 132c20 8 48 8 68 0l-34 50z", "#cfc4ab")
    )
    placket = (
        rect(289, 182, 22, 310, 0, "#f6f0e2")
        + line("M289 190v300M311 190v300", "#cdbfa2", 2.5)
        + "".join(circle(300, y, 5, "#a98a5c") for y in (224, 276, 328, 380, 432))
    )
    pocket_ = path("M328 244h50v48l-25 14-25-14z", "#f3ecdc") + line(
        "M328 244h50v48l-25 14-25-14z", "#cdbfa2", 2.5, dash="6 5"
    )
    return picture(
        wall("#b9c7b0", "shutter"),
        rail(84),
        hanger(84, 84, 72),
        cast(path(body, SHADE), 22, 14, 0.13),
        sleeve,
        mirror(sleeve),
        path(body, lin(0, "#fdf9ef", tone, "#d3c8b0")),
        folds(
            "M240 290c8 60 0 130-4 190M360 300c-8 60 0 120 4 180M270 320c-4 50-6 110-6 160",
            tone,
            4,
            0.3,
        ),
        placket,
        pocket_,
        collar,
    )


def cable() -> str:
    """A heavy jumper folded over a rail of knit."""
    tone = "#d98f6a"
    sleeve = (
        path(
            "M230 166c-40 8-62 36-70 80l-30 140c-2 14 4 22 16 24l40 8c12 2 18-4 20-16l34-120z",
            lin(0, light(tone, 0.18), dark(tone, 0.1)),
        )
        + path("M128 372l80 18-6 28c-2 8-8 10-16 8l-44-10c-14-2-18-10-16-20z", dark(tone, 0.16))
        + line(
            "M142 382l-4 26M156 386l-4 26M170 388l-4 28M184 392l-4 26M198 394l-4 26",
            dark(tone, 0.32),
            3,
        )
    )
    body = "M244 156c-22 4-38 12-46 26l16 116-6 170h184l-6-170 16-116c-8-14-24-22-46-26-24 20-88 20-112 0z"
    hem = rect(204, 452, 192, 40, 8, dark(tone, 0.14)) + line(
        "M" + "M".join(f"{x} 456v32" for x in range(216, 394, 13)), dark(tone, 0.32), 3
    )
    neck = (
        path(
            "M240 158c6-16 16-24 26-26 20 8 48 8 68 0 10 2 20 10 26 26-26 26-94 26-120 0z",
            dark(tone, 0.12),
        )
        + path("M262 152c8-8 20-8 38-8s30 0 38 8c-20 12-56 12-76 0z", dark(tone, 0.4))
        + line(
            "M252 152l6 16M268 160l4 16M286 164l2 16M302 166v16M318 164l-2 16M334 160l-4 16M348 152l-6 16",
            dark(tone, 0.3),
            3,
        )
    )

    def braid(x: float) -> str:
        return "".join(
            path(f"M{x} {y}c16 6 22 14 22 26-14-2-24-10-22-26z", light(tone, 0.3))
            + path(f"M{x + 22} {y + 14}c-16 6-22 14-22 26 14-2 24-10 22-26z", light(tone, 0.16))
            for y in range(200, 440, 28)
        ) + line(f"M{x - 8} 196v256M{x + 30} 196v256", dark(tone, 0.22), 3, op=0.7)

    dots = "".join(
        circle(x, y, 3, dark(tone, 0.2))
        for x in (226, 238, 284, 312, 360, 374)
        for y in range(220, 440, 22)
    )
    return picture(
        wall("#d3d9cc", "slant"),
        rail(84),
        hanger(84, 82, 78),
        cast(path(body, SHADE), 22, 14, 0.13),
        sleeve,
        mirror(sleeve),
        path(body, lin(0, light(tone, 0.16), tone, dark(tone, 0.12))),
        clip(body, dots + braid(246) + braid(290) + braid(332)),
        hem,
        neck,
    )


def skirt() -> str:
    tone = "#6f7d4a"
    cut = "M228 176h144l74 320c-60 26-232 26-292 0z"
    pleats = "".join(
        path(
            f"M{n(228 + k * 16)} 176L{n(154 + k * 32.4)} {n(496 + 18 * (1 - abs(k - 4.5) / 4.5))}h{16.2}L{n(236 + k * 16)} 176z",
            dark(tone, 0.24),
            op=0.55,
        )
        for k in range(9)
    )
    check = "".join(
        line(f"M120 {y}h360", "#d8c07a", 3, op=0.55)
        + line(f"M120 {y + 10}h360", "#c23a24", 2, op=0.4)
        for y in range(220, 500, 46)
    )
    band = (
        rect(222, 160, 156, 26, 6, dark(tone, 0.2))
        + rect(338, 163, 20, 20, 4, "none", stroke="#d8a94f", stroke_width=4)
        + path("M222 160h60v26h-60z", light(tone, 0.1), op=0.5)
    )
    clips = rect(236, 138, 18, 34, 4, "#8a8276") + rect(346, 138, 18, 34, 4, "#8a8276")
    return picture(
        wall("#ead7b8", "window"),
        rail(84),
        line("M300 88c0-30 26-26 22-8-3 12-22 14-22 32v28", "#5a4336", 6),
        line("M232 142h136", "#a8764f", 12),
        cast(path(cut, SHADE), 22, 14, 0.13),
        path(cut, lin(0, light(tone, 0.2), tone, dark(tone, 0.18))),
        clip(cut, check + pleats),
        band,
        clips,
    )


def denim() -> str:
    """Folded trousers on a stool."""
    tone = "#4a6a86"

    def fold(y: float, t: str) -> str:
        return (
            path(
                f"M130 {y}c0-14 10-20 24-20h300c14 0 22 8 22 20v20c0 12-8 20-22 20H154c-14 0-24-8-24-20z",
                lin(90, light(t, 0.22), t, dark(t, 0.2)),
            )
            + line(f"M140 {y + 28}h320", "#d8a35c", 2.4, dash="7 5")
            + path(
                f"M130 {y}c0-14 10-20 24-20h20c-14 8-16 50 0 60h-20c-14 0-24-8-24-20z",
                dark(t, 0.25),
                op=0.6,
            )
        )

    pair = fold(392, "#3a5570") + fold(334, "#5d7f9a") + fold(276, tone)
    pocket_ = (
        path("M330 256h96v34c0 6-4 10-10 10h-76c-6 0-10-4-10-10z", light(tone, 0.1))
        + line("M336 262h84v26c0 4-2 6-6 6h-72c-4 0-6-2-6-6z", "#d8a35c", 2.4, dash="6 5")
        + line("M340 276c24 10 44-8 76 6", "#d8a35c", 2.6)
        + rect(398, 252, 32, 22, 3, "#a9653f")
        + circle(340, 262, 4, "#c98a4a")
    )
    stool = (
        path("M110 436h380l-8 26H118z", lin(90, "#c08a5a", "#8a5a38"))
        + line("M150 462l-16 90M450 462l16 90M240 462l-6 76M360 462l6 76", "#7a4a2e", 17)
        + line("M146 510h308", "#7a4a2e", 9)
    )
    return picture(table("#d8cbb6", "sun", 520), shadow(300, 552, 190, 9), stool, pair, pocket_)


PICTURES = {
    "cinnabar-dress-1": red_dress,
    "cinnabar-dress-2": red_dress_lane,
    "indigo-qipao-1": indigo_qipao,
    "sage-linen-dress-1": linen_dress,
    "camel-coat-1": camel_coat,
    "camel-coat-2": camel_coat_near,
    "rain-jacket-1": rain_jacket,
    "night-puffer-1": puffer,
    "harbour-tee-1": breton,
    "harbour-tee-2": breton_line,
    "linen-shirt-1": linen_shirt,
    "cable-jumper-1": cable,
    "moss-skirt-1": skirt,
    "river-jeans-1": denim,
}
