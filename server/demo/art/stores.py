# ruff: noqa: E501
"""The seven stores' marks (240 x 240) and covers (1500 x 500)."""

from .grounds import (
    hanger,
    landscape,
    leaf_sprig,
    pot_plant,
)
from .ink import (
    CREAM,
    PAPER,
    circle,
    dark,
    ellipse,
    group,
    light,
    lin,
    line,
    path,
    picture,
    rect,
    ring,
    shadow,
)
from .scenes import at, lantern, pine, range_
from .things import audio, bags, cameras, clothing, home, laptops, makeup, phones, shoes


def _mark(ground: str, drawing: str) -> str:
    """A mark on its ground, with the fine inner line of a seal."""
    frame = rect(
        12, 12, 216, 216, 40, "none", stroke=light(ground, 0.6), stroke_width=3, stroke_opacity=0.55
    )
    return picture(
        rect(0, 0, 240, 240, 0, lin(60, light(ground, 0.1), dark(ground, 0.08))),
        frame,
        drawing,
        width=240,
        height=240,
    )


def north_gate_mark() -> str:
    hill = path(
        "M30 176c28-50 44-60 66-20 16-44 36-58 58-6 18-24 34-16 56 26z", "#5f9a82"
    ) + circle(166, 66, 17, "#e7c35a")
    gate = (
        path("M56 92c30-4 44-16 64-30 20 14 34 26 64 30 4 8 0 12-8 12H64c-8 0-12-4-8-12z", CREAM)
        + path("M72 104h96v92h-26v-42c0-30-44-30-44 0v42H72z", CREAM)
        + rect(84, 112, 72, 8, 2, "#c23a24")
    )
    return _mark("#27594c", hill + gate + rect(50, 194, 140, 8, 4, CREAM))


def old_lens_mark() -> str:
    blades = "".join(
        path(
            "M0-58L34-48 8-14z",
            "#d8a94f" if k % 2 else "#e7c47a",
            tr=f"translate(120 120) rotate({k * 45})",
        )
        for k in range(8)
    )
    return _mark(
        "#33302e",
        ring(120, 120, 78, CREAM, 9)
        + ring(120, 120, 64, "#8a8276", 3)
        + blades
        + circle(120, 120, 19, "#1b1918")
        + circle(113, 113, 5, CREAM)
        + circle(182, 58, 9, "#c23a24"),
    )


def bamboo_signal_mark() -> str:
    cane = "".join(rect(78, y, 24, 40, 7, CREAM) for y in (58, 102, 146)) + path(
        "M102 78c18-22 36-24 48-18-10 18-30 24-48 18zM102 122c16-16 30-16 40-10-10 14-26 16-40 10z",
        "#a9cdb4",
    )
    waves = line("M128 156a30 30 0 0 1 30 30M128 130a56 56 0 0 1 56 56M128 182h1", "#f0c063", 11)
    return _mark("#3f7a5f", cane + waves)


def blank_page_mark() -> str:
    page = (
        path("M70 52h72l32 32v104H70z", PAPER)
        + path("M142 52v32h32z", "#d3bd92")
        + rect(88, 108, 5, 26, 2, "#c23a24")
        + rect(88, 148, 66, 6, 3, "#cbb892")
        + rect(88, 164, 44, 6, 3, "#cbb892")
    )
    return _mark("#b4713f", path("M80 62h72l32 32v104H80z", "#2a1710", op=0.2) + page)


def third_floor_mark() -> str:
    hook = line("M120 84c0-22 22-20 19-6-3 10-19 12-19 26", CREAM, 8) + line(
        "M56 146l64-42 64 42z", CREAM, 10
    )
    steps = path("M60 196v-14h40v-14h40v-14h40v42z", "#e9a58c")
    return _mark("#7a3342", steps + hook)


def peach_mirror_mark() -> str:
    glass_ = (
        rect(111, 150, 18, 54, 9, "#c9963f")
        + circle(120, 102, 62, "#d8a94f")
        + circle(120, 102, 51, lin(40, "#fff3ec", "#f3cdb9"))
    )
    peach = (
        path(
            "M120 84c-12-16-38-8-36 20 2 24 22 36 36 40 14-4 34-16 36-40 2-28-24-36-36-20z",
            "#e2735a",
        )
        + path("M120 84c-6 18-6 40 0 58", "none", stroke="#c9553f", stroke_width=4, cap="round")
        + path("M120 82c8-18 24-22 36-18-6 14-20 22-36 18z", "#5f8a58")
    )
    return _mark("#e0a38e", glass_ + peach)


def quiet_kiln_mark() -> str:
    kiln = (
        path("M52 188c0-74 30-118 68-118s68 44 68 118z", "#b5603f")
        + path("M92 188c0-40 12-60 28-60s28 20 28 60z", "#3a2018")
        + path("M104 188c-4-22 8-28 10-46 16 14 26 26 18 46z", "#f0a04a")
        + path("M112 188c0-12 6-16 8-24 8 8 12 14 8 24z", "#ffe2a0")
    )
    bricks = line(
        "M64 150h22M58 172h28M154 150h22M154 172h28M84 104h26M130 104h26M76 126h20M144 126h20",
        "#8a4028",
        4,
    )
    return _mark(
        "#46606a",
        kiln
        + bricks
        + line("M120 66c-10-12 10-20 0-34", CREAM, 6, op=0.75)
        + rect(44, 186, 152, 8, 4, CREAM),
    )


CW, CH = 1500, 500


def _cover(*parts: str) -> str:
    return picture(*parts, width=CW, height=CH)


def _room(colour: str, top: str, y: float = 390) -> str:
    beams = path(
        "M220 0h180L180 390H0zM520 0h90L390 390H300zM1130 0h150l-220 390H910z",
        light(colour, 0.45),
        op=0.5,
    )
    tone = dark(top, 0.05)
    return (
        rect(0, 0, CW, CH, 0, lin(90, light(colour, 0.12), colour))
        + beams
        + rect(0, y, CW, CH - y, 0, lin(90, light(tone, 0.14), tone))
        + rect(0, y, CW, 5, 0, light(tone, 0.35), op=0.7)
    )


def north_gate_cover() -> str:
    land = rect(0, 0, CW, CH, 0, lin(90, "#dfe3d2", "#f3dfb6")) + circle(1130, 120, 56, "#cf4227")
    back_ = group(
        range_(420, 130, "#b9c6b0", 1, 160) + range_(470, 100, "#93ad98", 4, 150),
        "translate(0 -140) scale(1.3 1)",
    ) + path("M0 420c220-40 440-10 700-14s520-30 800 6v88H0z", "#5f8068")
    gate = group(
        rect(0, 0, 26, 190, 3, "#7a3426")
        + rect(224, 0, 26, 190, 3, "#7a3426")
        + rect(-10, 40, 270, 16, 3, "#8f4030")
        + path(
            "M-60 4c50-6 90-24 120-52h130c30 28 70 46 120 52 4 9-4 14-14 12H-46c-10 2-18-3-14-12z",
            "#2e3d38",
        )
        + path("M-60 4c50-6 90-24 120-52h30c-24 36-60 56-120 64h-16c-10 2-18-3-14-12z", "#455850")
        + rect(76, 10, 100, 30, 3, "#f3d9a4"),
        "translate(560 214)",
    )
    return _cover(
        land,
        back_,
        pine(90, 430, 1.5),
        pine(1440, 440, 1.4, "#3b6a58", -8),
        gate,
        at(shoes.trail("#2f7a62", "#e0653f"), 320, 462, 0.52),
        group(bags.rucksack_parts(), "translate(800 204) scale(.5)"),
        at(shoes.boots_parts(), 1190, 456, 0.5),
        lantern(618, 290, 0.8),
        lantern(752, 290, 0.8),
    )


def old_lens_cover() -> str:
    shelf = (
        rect(60, 180, 520, 14, 3, "#6b4029")
        + "".join(
            rect(x, 180 - h, w, h, 3, c)
            for x, h, w, c in (
                (90, 90, 60, "#c9b48a"),
                (160, 110, 44, "#7a3342"),
                (212, 96, 36, "#2f6a5a"),
                (470, 70, 80, "#a9583b"),
            )
        )
        + circle(340, 130, 46, "#33302e")
        + cameras.glass(340, 130, 42)
    )
    frames = "".join(
        rect(x, 60, 150, 190, 3, "#fffaf0")
        + group(landscape(118, 158, *v), f"translate({x + 16} 76)")
        for x, v in (
            (960, ("#f0dcb8", "#cf4227", ("#b9c4a2", "#7fa093", "#3f6a5a"))),
            (1140, ("#5d6f86", "#f7e3bd", ("#8d6a68", "#6b4a4a", "#3a2a2a"))),
            (1320, ("#cfe0de", "#f5e3b8", ("#a9c6cb", "#7ba3b4", "#3f6a7a"))),
        )
    )
    return _cover(
        _room("#c7b593", "#7a5236"),
        shelf,
        frames,
        at(cameras.twins_parts(), 170, 452, 0.5),
        at(cameras.kestrel_body(), 440, 456, 0.58),
        at(cameras.kestrel_body("#6b3a26"), 750, 468, 0.72),
        at(cameras.sunday_parts(), 1060, 452, 0.52),
        at(cameras.prime_parts(), 1320, 460, 0.5),
    )


def bamboo_signal_cover() -> str:
    canes = "".join(
        rect(x, -20, 26, 440, 4, lin(0, "#9fbf8f", "#6f9a6c", "#56805a"))
        + line(f"M{x} 90h26M{x} 210h26M{x} 330h26", "#4a704e", 5)
        for x in (60, 120, 1380, 1440)
    ) + "".join(
        path("M0 0c40-30 80-30 110-6-36 24-76 26-110 6z", c, tr=f"translate({x} {y}) rotate({a})")
        for x, y, a, c in (
            (140, 100, -20, "#6f9a6c"),
            (140, 220, 12, "#83ab7a"),
            (80, 60, 30, "#5f8a60"),
            (1380, 120, 200, "#6f9a6c"),
            (1380, 250, 168, "#83ab7a"),
            (1440, 330, 190, "#5f8a60"),
        )
    )
    return _cover(
        _room("#d5dec8", "#a9855a"),
        canes,
        at(phones.heron_parts(), 330, 456, 0.72),
        at(phones.willow_parts(), 560, 458, 0.56),
        at(audio.oat(), 790, 460, 0.62),
        at(audio.radio_parts(), 1040, 460, 0.58),
        at(phones.plain_talk_parts(), 1250, 458, 0.6),
    )


def blank_page_cover() -> str:
    sheets = "".join(
        rect(x, y, 120, 156, 3, "#fffaf0", tr=f"rotate({a} {x + 60} {y + 78})")
        + line(
            f"M{x + 20} {y + 34}h70M{x + 20} {y + 56}h80M{x + 20} {y + 78}h50",
            "#cbb892",
            5,
            tr=f"rotate({a} {x + 60} {y + 78})",
        )
        for x, y, a in ((70, 60, -4), (220, 50, 3), (1180, 56, -3), (1330, 66, 5))
    )
    return _cover(
        _room("#e3cbb0", "#9a6a42"),
        sheets,
        at(laptops.all_in_one_parts(), 700, 440, 0.74),
        at(
            shadow(300, 464, 262)
            + laptops.open_laptop(laptops.draw_screen(348, 222), "#4a4541", "#d8d2c9"),
            300,
            456,
            0.66,
        ),
        at(laptops.slate_parts(), 1060, 456, 0.6),
        at(laptops.tent_parts(), 1340, 456, 0.46),
    )


def third_floor_cover() -> str:
    rail_ = line("M120 70h1060", "#6b4029", 13) + line("M120 66h1060", "#a9744c", 3)

    def hung(inner: str, x: float, s: float = 0.62) -> str:
        return group(
            hanger(92, 84, 72) + inner, f"translate({x} {70 - 92 * s}) scale({s}) translate(-300 0)"
        )

    def dress(c: str) -> str:
        return (
            path(
                "M240 166c18-10 40-4 60 14 20-18 42-24 60-14 8 40 2 80-14 118 40 62 78 170 92 246-40 22-236 22-276 0 14-76 52-184 92-246-16-38-22-78-14-118z",
                lin(0, light(c, 0.16), c, dark(c, 0.2)),
            )
            + line("M254 288h92", dark(c, 0.34), 10)
            + line(
                "M280 296c-20 80-30 160-34 242M320 296c20 80 30 160 34 242M300 296v246",
                dark(c, 0.25),
                4,
                op=0.6,
            )
        )

    def shirt(c: str) -> str:
        return (
            path(
                "M252 148c-30 8-60 16-72 50l-50 190 56 18 40-130-6 200c40 16 120 16 160 0l-6-200 40 130 56-18-50-190c-12-34-42-42-72-50l-48 30z",
                lin(0, light(c, 0.16), c, dark(c, 0.16)),
            )
            + line("M300 180v300", dark(c, 0.2), 4)
            + path("M252 148l48 32 48-32-12-14c-20 10-52 10-72 0z", light(c, 0.3))
        )

    clothes = (
        hung(dress("#c23a24"), 240)
        + hung(shirt("#efe6d4"), 400)
        + hung(clothing.camel_parts(), 570)
        + hung(dress("#9caf8b"), 740)
        + hung(shirt("#46627a"), 900)
        + hung(dress("#2f4a66"), 1060)
    )
    mirror_ = (
        path("M1250 120a90 90 0 0 1 180 0v320h-180z", "#8a5a3c")
        + path("M1264 122a76 76 0 0 1 152 0v306h-152z", lin(50, "#dfe8e4", "#b9cbc8", "#e3ece8"))
        + path("M1276 130l50-60h40L1268 330V180z", "#fff", op=0.5)
    )
    return _cover(
        _room("#e6cdbd", "#a9785a", 420),
        rail_,
        clothes,
        mirror_,
        at(bags.pine_parts(), 130, 474, 0.4),
        at(bags.straw_hat_parts(), 1130, 474, 0.32),
        pot_plant(1210, 474, 0.8, "#e3d3b4"),
    )


def peach_mirror_cover() -> str:
    arch_ = "".join(
        path(f"M{x} 390V{y}a{r} {r} 0 0 1 {2 * r} 0V390z", c)
        for x, y, r, c in (
            (120, 200, 150, "#e3b3a2"),
            (1080, 180, 160, "#e3b3a2"),
            (560, 150, 190, "#edc6b6"),
        )
    )
    sprig = leaf_sprig(60, 470, 1.2, "#7f8f62", 10) + leaf_sprig(1450, 470, 1.2, "#7f8f62", -12)
    return _cover(
        _room("#f0d3c6", "#cf9a86"),
        arch_,
        sprig,
        at(makeup.brushes_parts(), 200, 452, 0.66),
        at(makeup.lipstick_parts(), 440, 456, 0.62),
        at(makeup.tide_perfume_parts(), 730, 452, 0.72),
        at(makeup.petal_perfume_parts(), 1010, 456, 0.6),
        at(makeup.polish_parts(), 1270, 458, 0.66),
    )


def quiet_kiln_cover() -> str:
    shelf = (
        rect(80, 170, 460, 14, 3, "#6b4029")
        + rect(960, 170, 460, 14, 3, "#6b4029")
        + "".join(
            path(f"M{x - 34} 170l-10-{h}h88l-10 {h}z", lin(0, light(c, 0.3), c, dark(c, 0.22)))
            + ellipse(x, 170 - h, 44, 7, dark(c, 0.25))
            for x, h, c in (
                (140, 56, "#4f7f8c"),
                (240, 84, "#b5cbbd"),
                (340, 50, "#a9583b"),
                (450, 74, "#57453b"),
                (1020, 70, "#e9e3d2"),
                (1130, 50, "#4f7f8c"),
                (1240, 88, "#a9583b"),
                (1350, 60, "#b5cbbd"),
            )
        )
    )
    return _cover(
        _room("#cfc9b4", "#8a5a3a"),
        shelf,
        at(home.iron_kettle_parts(), 170, 462, 0.52),
        at(home.rice_cups_parts(), 410, 462, 0.5),
        at(shadow(300, 462, 176) + home.quiet_water(), 720, 466, 0.74),
        at(home.celadon_set_parts(), 1080, 462, 0.6),
        at(home.vase_parts(), 1370, 464, 0.52),
    )


MARKS = {
    "north-gate": north_gate_mark,
    "old-lens": old_lens_mark,
    "bamboo-signal": bamboo_signal_mark,
    "blank-page": blank_page_mark,
    "third-floor": third_floor_mark,
    "peach-mirror": peach_mirror_mark,
    "quiet-kiln": quiet_kiln_mark,
}
COVERS = {
    "north-gate": north_gate_cover,
    "old-lens": old_lens_cover,
    "bamboo-signal": bamboo_signal_cover,
    "blank-page": blank_page_cover,
    "third-floor": third_floor_cover,
    "peach-mirror": peach_mirror_cover,
    "quiet-kiln": quiet_kiln_cover,
}
