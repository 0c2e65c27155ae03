# ruff: noqa: E501
"""Make-up, scent and care: small things on stands, tiles and trays."""

from ..grounds import (
    BLUSH,
    cloth,
    leaf_sprig,
    table,
)
from ..ink import (
    SHADE,
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
    rad,
    rect,
    shadow,
)


def bullet(
    x: float, foot: float, tone: str, metal: str = "#e2b765", case: str = "#2b2523", s: float = 1
) -> str:
    """An open lipstick, 148 wide, its foot in the middle at (x, foot)."""
    stick = path(
        "M-46-286c0-12 6-20 16-28l54-40c12-8 22-2 22 12v136h-92z",
        lin(0, light(tone, 0.22), tone, dark(tone, 0.25)),
    ) + path(
        "M-46-286c0-12 6-20 16-28l54-40c7-5 13-5 17-1-40 34-54 60-54 90v20h-33z",
        light(tone, 0.28),
        op=0.75,
    )
    neck = rect(
        -58,
        -212,
        116,
        78,
        3,
        lin(0, light(metal, 0.55), metal, light(metal, 0.3), dark(metal, 0.3)),
    ) + line("M-58-200h116", dark(metal, 0.3), 2, op=0.6)
    base = (
        rect(-74, -140, 148, 140, 8, lin(0, light(case, 0.26), case, dark(case, 0.2)))
        + rect(-60, -140, 20, 140, 0, light(case, 0.3), op=0.5)
        + rect(-74, -110, 148, 9, 0, metal)
    )
    return group(stick + neck + base, f"translate({x} {foot}) scale({s})")


def cap(x: float, foot: float, metal: str = "#d8a94f", case: str = "#2b2523", s: float = 1) -> str:
    body = (
        rect(-66, -206, 132, 206, 14, lin(0, light(case, 0.26), case, dark(case, 0.2)))
        + rect(-50, -206, 20, 206, 0, light(case, 0.3), op=0.5)
        + rect(-66, -32, 132, 9, 0, metal)
        + line("M-22-132c10-8 14 8 24 0s14 8 22 0M-22-114c10-8 14 8 24 0s14 8 22 0", metal, 5)
    )
    return group(body, f"translate({x} {foot}) scale({s})")


def lipstick_parts() -> str:

    return "".join(
        (
            shadow(240, 464, 90),
            shadow(440, 464, 76),
            bullet(242, 462, "#b92f25"),
            cap(440, 462),
        )
    )


def lipstick() -> str:
    return picture(table(BLUSH), lipstick_parts())


def lipstick_shades() -> str:
    tones = ("#b92f25", "#8f2b34", "#d8705a", "#b5563e", "#e09a86")
    strokes = "".join(
        path(
            f"M{70 + k * 100} 96c10-16 40-20 56-6l-4 300c-2 20-14 28-28 34-16 6-22 22-28 10z",
            lin(0, light(t, 0.2), t, dark(t, 0.1)),
        )
        + path(f"M{80 + k * 100} 104c4-6 10-8 16-8l-6 310-10 14z", light(t, 0.4), op=0.55)
        for k, t in enumerate(tones)
    )
    return picture(
        cloth("#f3e3d3", "paper"),
        strokes,
        group(
            cast(
                rect(-74, -140, 148, 140, 10, SHADE) + rect(-48, -280, 96, 150, 10, SHADE),
                16,
                -12,
                0.18,
            )
            + bullet(0, 0, "#b92f25"),
            "translate(200 520) rotate(62) scale(.92)",
        ),
    )


def velvet_tints_parts() -> str:
    def tube(x: float, tone: str, foot: float, s: float) -> str:
        glass_ = (
            rect(-34, -190, 68, 190, 14, lin(0, light(tone, 0.35), tone, dark(tone, 0.2)))
            + rect(-24, -180, 12, 168, 6, "#fff", op=0.4)
            + rect(-20, -80, 40, 30, 3, "#fff3e6", op=0.9)
            + line("M-12-64c4-6 8 6 12 0s8 6 12 0", tone, 3)
        )
        top = rect(-28, -330, 56, 142, 10, lin(0, "#f3e3c9", "#dcc39a", "#b39566")) + rect(
            -28, -200, 56, 10, 0, "#c39f63"
        )
        return shadow(x, foot, 38 * s, 8) + group(glass_ + top, f"translate({x} {foot}) scale({s})")

    smear = path(
        "M96 520c40-24 110-30 150-20 20 6 16 20-6 24-50 10-110 20-144 16-16-2-18-10 0-20z",
        "#b5563e",
    ) + path("M110 518c40-16 80-20 116-18-30 10-80 16-116 18z", "#d98b74", op=0.8)
    return "".join(
        (
            smear,
            tube(174, "#b5563e", 456, 1),
            tube(300, "#8f2b34", 470, 1.12),
            tube(426, "#d9808a", 456, 1),
        )
    )


def velvet_tints() -> str:
    return picture(table("#e7c2b2", "arch", 410), velvet_tints_parts())


def nine_pans() -> str:
    tones = (
        "#f0dcc0",
        "#dcae82",
        "#b5764c",
        "#d98f7a",
        "#b5452f",
        "#7a3342",
        "#8f9a6c",
        "#4f6a5a",
        "#3d3430",
    )
    base = rect(96, 266, 408, 290, 18, SHADE, op=0.22) + rect(
        88, 250, 408, 290, 18, lin(30, "#57453b", "#33271f")
    )
    lid = (
        rect(88, 40, 408, 214, 18, lin(30, "#57453b", "#33271f"))
        + rect(106, 58, 372, 178, 10, lin(40, "#e9f0ee", "#bccfce", "#dbe6e3"))
        + path("M106 58h130L140 236h-34z", "#fff", op=0.45)
        + path("M300 58h60L262 236h-60z", "#fff", op=0.35)
    )
    hinge = rect(140, 246, 90, 12, 5, "#d8a94f") + rect(354, 246, 90, 12, 5, "#d8a94f")
    pans = ""
    for k, t in enumerate(tones):
        x, y = 110 + (k % 3) * 124, 270 + (k // 3) * 86
        pans += rect(x, y, 116, 78, 9, "#231a15") + rect(
            x + 4, y + 3, 108, 70, 7, lin(40, light(t, 0.2), t, dark(t, 0.08))
        )
        if k % 4 == 0:
            pans += "".join(
                circle(x + 14 + (j * 37) % 84, y + 10 + (j * 23) % 54, 1.6, "#fffbe9", op=0.9)
                for j in range(26)
            )
        else:
            pans += (
                path(f"M{x + 40} {y + 34}c0-14 30-14 32 2-2 14-32 12-32-2z", dark(t, 0.14), op=0.8)
                if k in (1, 5)
                else line(f"M{x + 22} {y + 58}c24-22 44-30 68-40", light(t, 0.3), 3, op=0.7)
            )
    brush_ = group(
        rect(-7, 0, 14, 150, 6, lin(0, "#57453b", "#2b201a"))
        + rect(-9, -34, 18, 40, 3, "#d8a94f")
        + path("M-9-34c-10-24-8-50 9-66 17 16 19 42 9 66z", lin(90, "#e9c9a6", "#8a5a3c")),
        "translate(540 420) rotate(24)",
    )
    return picture(cloth("#e3c3b4", "linen"), lid, base, hinge, pans, brush_)


def nine_pans_near() -> str:
    tones = ("#b5452f", "#f0c9a6", "#7a3342", "#8f9a6c")
    out = ""
    for k, t in enumerate(tones):
        x, y = 20 + (k % 2) * 290, 20 + (k // 2) * 290
        inner = rect(x, y, 270, 270, 26, lin(40, light(t, 0.24), t, dark(t, 0.14)))
        out += rect(x - 6, y - 4, 282, 284, 30, "#1d1511") + inner
        if k == 1:
            out += "".join(
                circle(
                    x + 16 + (j * 53) % 240,
                    y + 16 + (j * 97) % 240,
                    1.5 + j % 3,
                    "#fffbe9",
                    op=0.85,
                )
                for j in range(90)
            )
        stamp = line(
            f"M{x + 70} {y + 180}c26-60 54-60 76-20s50 20 60-24", dark(t, 0.2), 7, op=0.55
        ) + line(f"M{x + 70} {y + 183}c26-60 54-60 76-20s50 20 60-24", light(t, 0.35), 2.5, op=0.6)
        out += stamp + circle(x + 186, y + 84, 26, dark(t, 0.12), op=0.5)
    swipe = path(
        "M40 330C160 250 300 210 470 180c40-6 60 20 30 40C380 280 220 330 90 400 40 420 10 360 40 330z",
        dark("#b5452f", 0.2),
        op=0.25,
    )
    brush_ = group(
        rect(-20, 0, 40, 420, 16, lin(0, "#6b564a", "#2b201a"))
        + rect(-26, -90, 52, 100, 6, lin(0, "#f3dca0", "#d8a94f", "#a8772a"))
        + path(
            "M-26-90c-26-60-20-120 26-156 46 36 52 96 26 156z",
            lin(90, "#c97a5a", "#e9c9a6", "#8a5a3c"),
        )
        + line("M0-230v130M-14-210c-6 40-6 70-4 106M14-210c6 40 6 70 4 106", "#7a4a30", 2, op=0.6),
        "translate(430 400) rotate(38)",
    )
    return picture(rect(0, 0, 600, 600, 0, "#33271f"), out, swipe, brush_)


def peach_blush() -> str:
    lid = (
        circle(300, 196, 164, lin(40, "#f3e0c4", "#c9a878"))
        + circle(300, 196, 146, lin(40, "#e9f0ee", "#b9cccb", "#dbe6e3"))
        + path("M216 96l70-30L200 306l-40-50z", "#fff", op=0.5)
    )
    base = (
        ellipse(312, 436, 184, 92, SHADE, op=0.2)
        + ellipse(300, 420, 180, 96, lin(0, "#f3e0c4", "#d6b788", "#b3925e"))
        + ellipse(300, 408, 180, 94, "#ecd6b4")
        + ellipse(300, 408, 152, 77, dark("#e58f74", 0.2))
        + ellipse(300, 410, 148, 73, lin(30, "#f0ab90", "#e58f74", "#d97a60"))
    )
    petals = group(
        "".join(
            path("M0 0C-20-16-18-46 0-58 18-46 20-16 0 0z", "#f3bfa8", tr=f"rotate({k * 72})")
            for k in range(5)
        )
        + circle(0, 0, 9, "#d97a60"),
        "translate(300 410) scale(1.05 .52)",
    )
    puff = group(
        circle(6, 10, 58, SHADE, op=0.16)
        + circle(0, 0, 58, rad("#fffaf0", "#f6e6da", "#e9cdbd"))
        + path("M-40-8h80v16h-80z", "#d98f7a", tr="rotate(-12)"),
        "translate(500 508) scale(1 .72)",
    )
    return picture(
        table("#f0d6c6", "slant", 400),
        lid,
        rect(250, 338, 100, 16, 6, "#b3925e"),
        base,
        petals,
        puff,
    )


def tide_perfume_parts() -> str:
    """A square heavy bottle of amber scent on a stone."""
    glass_ = (
        rect(196, 196, 208, 236, 20, lin(0, "#f6e3bd", "#e9c27e", "#c9954c"))
        + rect(214, 250, 172, 164, 10, lin(90, "#e8b564", "#c9863c"))
        + rect(214, 246, 172, 10, 5, "#f6dca0")
        + rect(206, 206, 22, 214, 10, "#fff", op=0.4)
        + path("M404 230v182a20 20 0 0 1-20 20h-40z", "#8a5a24", op=0.3)
    )
    neck = (
        rect(268, 158, 64, 42, 4, lin(0, "#f3dca0", "#c9963f", "#8a6526"))
        + rect(244, 76, 112, 88, 14, lin(0, "#57453b", "#33271f", "#1f1712"))
        + rect(256, 84, 14, 72, 7, "#8a7262", op=0.7)
    )
    label = (
        rect(244, 292, 112, 84, 4, "#fff8ea")
        + rect(250, 298, 100, 72, 2, "none", stroke="#c9963f", stroke_width=2)
        + line(
            "M276 334c10-10 14 10 24 0s14 10 24 0M276 348c10-10 14 10 24 0s14 10 24 0", "#8a5a24", 4
        )
        + rect(284, 310, 32, 5, 2, "#574c41")
    )
    stone = path(
        "M120 470c-10-26 20-44 70-46h240c50 2 72 22 62 46-8 16-40 22-80 22H200c-40 0-72-6-80-22z",
        lin(90, "#d9d2c6", "#a39b8d"),
    ) + line("M160 452c60 8 100-6 150 2s90 6 140-4", "#bdb5a7", 4, op=0.8)
    return "".join(
        (
            shadow(306, 494, 196, 12),
            stone,
            ellipse(300, 432, 110, 10, SHADE, op=0.25),
            neck,
            glass_,
            label,
        )
    )


def tide_perfume() -> str:
    return picture(table("#e9d5b4", "window", 440), tide_perfume_parts())


def petal_perfume_parts() -> str:
    """A round bottle with a long neck and an atomiser bulb."""
    bulb = (
        path("M386 150c40-20 70 10 100 30", "none", stroke="#7a3342", stroke_width=12, cap="round")
        + ellipse(500, 214, 40, 50, lin(40, "#b5566a", "#7a3342"), tr="rotate(-20 500 214)")
        + "".join(
            line(f"M{478 + k * 9} 172c-6 30-4 60 6 84", "#5f2632", 2.5, op=0.6) for k in range(5)
        )
        + line("M504 262v70M498 262l-6 66M510 262l6 66", "#d8a94f", 4)
    )
    neck = (
        rect(270, 132, 60, 90, 6, lin(0, "#f3dca0", "#c9963f", "#8a6526"))
        + rect(258, 116, 84, 30, 8, lin(0, "#f6e3b0", "#c9963f"))
        + rect(334, 140, 60, 16, 6, "#c9963f")
        + rect(280, 96, 40, 24, 6, "#e7c47a")
    )
    body = (
        circle(300, 330, 134, lin(40, "#fdeef0", "#f0c4c6", "#d99aa0"))
        + clip(
            disc(300, 330, 122),
            rect(170, 320, 260, 150, 0, lin(90, "#eaa3a6", "#c9707c"))
            + ellipse(300, 320, 122, 14, "#f3c3c3"),
        )
        + path(
            "M206 292a108 108 0 0 1 70-66",
            "none",
            stroke="#fff",
            stroke_width=13,
            cap="round",
            op=0.8,
        )
        + circle(212, 322, 7, "#fff", op=0.8)
    )
    facets = line("M300 222v240M226 250l148 168M374 250L226 418", "#fff", 2.5, op=0.28)
    foot = path("M232 440h136l16 26H216z", lin(0, "#f3dca0", "#c9963f", "#8a6526"))
    tag = group(
        line("M0 0l20 30", "#7a3342", 3)
        + rect(4, 28, 64, 40, 5, "#fff8ea", tr="rotate(12 30 40)")
        + line("M20 52c5-7 8 7 14 0s8 7 14 0", "#b5566a", 3.5, tr="rotate(12 30 40)"),
        "translate(318 214)",
    )
    return "".join(
        (
            shadow(304, 468, 110),
            leaf_sprig(96, 600, 1.2, "#7f8f62", 6),
            bulb,
            body,
            facets,
            neck,
            foot,
            tag,
        )
    )


def petal_perfume() -> str:
    return picture(table("#d9b9bb", "sun", 430), petal_perfume_parts())


def dew_cream_parts() -> str:
    jar = (
        path(
            "M150 330h300v92c0 30-22 46-52 46H202c-30 0-52-16-52-46z",
            lin(0, "#e6f0ea", "#b9d0c3", "#8fb0a0"),
        )
        + rect(170, 336, 22, 118, 11, "#fff", op=0.6)
        + rect(140, 306, 320, 34, 10, lin(0, "#f3f7f2", "#cfe0d6", "#a3c0b1"))
    )
    cream = (
        ellipse(300, 306, 150, 34, "#dfe9e2")
        + ellipse(300, 304, 136, 28, "#fffdf6")
        + path(
            "M188 306c30-30 60-10 90-26 30-18 20-56 46-64 10 30 30 40 40 60 8 14 40 10 52 30-40 26-190 26-228 0z",
            lin(90, "#fffdf6", "#efe4d0"),
        )
        + path(
            "M324 218c-6 26-30 40-20 60 20-10 40-6 52 2",
            "none",
            stroke="#e3d3b6",
            stroke_width=4,
            cap="round",
        )
    )
    label = line("M262 404c12-12 18 12 30 0s18 12 30 0 10 6 14 0", "#4f7a68", 6) + rect(
        258, 428, 84, 6, 3, "#4f7a68", op=0.7
    )
    lid = group(
        ellipse(8, 12, 118, 44, SHADE, op=0.2)
        + path(
            "M-114-20v24c0 24 50 44 114 44S114 28 114 4v-24z",
            lin(0, "#e3c89a", "#c49a5f", "#94703c"),
        )
        + ellipse(0, -20, 114, 43, lin(30, "#f0dcb6", "#cfab74"))
        + ellipse(0, -20, 92, 33, "none", stroke="#b3925e", stroke_width=2.5),
        "translate(452 500) scale(.82)",
    )
    return "".join(
        (
            shadow(300, 472, 160),
            jar,
            cream,
            label,
            lid,
            leaf_sprig(84, 590, 1.05, "#4f7a5a", 16),
        )
    )


def dew_cream() -> str:
    return picture(table("#cfdfd2", "shutter", 420), dew_cream_parts())


def serum_parts() -> str:
    bottle = (
        rect(216, 226, 168, 240, 26, lin(0, "#b9854f", "#8a5a2c", "#5f3a18"))
        + rect(230, 240, 20, 210, 10, "#f3cf98", op=0.5)
        + path("M216 300h168v120h-168z", "#f6efe2")
        + line("M250 338h100", "#574c41", 7)
        + line("M250 360h64", "#574c41", 5, op=0.7)
        + path("M300 372c10 14 14 20 14 28a14 14 0 0 1-28 0c0-8 4-14 14-28z", "#d8a33c")
    )
    neck = rect(262, 186, 76, 44, 6, "#2b2523") + line(
        "M270 192v34M280 192v34M290 192v34M300 192v34M310 192v34M320 192v34M330 192v34",
        "#574c45",
        3,
    )
    dropper = (
        rect(274, 166, 52, 24, 5, "#d8a94f")
        + path(
            "M276 168c-12-40-8-90 24-92 32 2 36 52 24 92z", lin(0, "#57504b", "#2b2523", "#171312")
        )
        + path("M286 150c-4-26-2-48 8-58", "none", stroke="#8a8078", stroke_width=5, cap="round")
    )
    drop = "".join(
        ellipse(x, y, r * 1.3, r * 0.6, "#e3a94c", op=0.85)
        + ellipse(x - r * 0.4, y - r * 0.2, r * 0.4, r * 0.16, "#fff3cf")
        for x, y, r in ((120, 494, 26), (166, 516, 14), (92, 524, 10))
    )
    box_ = (
        rect(420, 250, 110, 216, 4, lin(0, "#efe0c2", "#d9c199"))
        + path("M420 250l14-16h110l-14 16z", "#f6ecd6")
        + path("M530 250l14-16v214l-14 18z", "#b79c6c")
        + line("M446 310h58", "#574c41", 6)
        + line("M446 330h36", "#574c41", 4, op=0.7)
        + circle(475, 400, 20, "#d8a33c")
    )
    return "".join(
        (
            shadow(480, 466, 74, 10),
            box_,
            shadow(300, 468, 98),
            bottle,
            neck,
            dropper,
            drop,
        )
    )


def serum() -> str:
    return picture(table("#ecdcc0", "arch", 410), serum_parts())


def brushes_parts() -> str:
    """Six brushes in a ceramic cup."""

    def brush_(x: float, tilt: float, h: float, w: float, hair: str, shape: str) -> str:
        heads = {
            "round": path(
                f"M{-w} 0c{-w * 0.7} {-w * 1.2} {-w * 0.4} {-w * 2.6} {w} {-w * 3.1} {w * 1.4} {w * 0.5} {w * 1.7} {w * 1.9} {w} {w * 3.1}z",
                lin(90, light(hair, 0.35), hair),
            ),
            "flat": path(
                f"M{-w} 0l{-w * 0.3} {-w * 2.4}c{w * 0.6} {-w * 0.5} {w * 2} {-w * 0.5} {w * 2.6} 0l{-w * 0.3} {w * 2.4}z",
                lin(90, light(hair, 0.35), hair),
            ),
            "fan": path(
                f"M{-w} 0c{-w * 2} {-w * 1.6} {-w * 2.2} {-w * 2.8} {-w * 2} {-w * 3.4} {w * 2} {-w} {w * 4} {-w} {w * 6} 0 {w * 0.2} {w * 0.6} 0 {w * 1.8} {-w * 2} {w * 3.4}z",
                lin(90, light(hair, 0.35), hair),
            ),
        }
        strands = line(
            f"M{n(-w * 0.4)} {n(-w * 0.3)}v{n(-w * 1.8)}M{n(w * 0.4)} {n(-w * 0.3)}v{n(-w * 1.8)}",
            dark(hair, 0.3),
            2,
            op=0.5,
        )
        return group(
            rect(-w * 0.62, 60, w * 1.24, h, 5, lin(0, "#57453b", "#2b201a"))
            + rect(-w, 0, w * 2, 64, 3, lin(0, "#f3dca0", "#d8a94f", "#a8772a"))
            + line(f"M{n(-w)} 18h{n(2 * w)}", "#a8772a", 2)
            + heads[shape]
            + strands,
            f"translate({x} {430 - h - 60}) rotate({tilt} 0 {h + 60})",
        )

    six = (
        brush_(252, -20, 150, 13, "#8a5a3c", "flat")
        + brush_(350, 22, 140, 15, "#b5764c", "flat")
        + brush_(272, -9, 190, 26, "#c98a6a", "round")
        + brush_(330, 10, 180, 20, "#7a4a34", "round")
        + brush_(300, 1, 230, 9, "#4a342a", "flat")
        + brush_(310, 16, 130, 9, "#a97a54", "fan")
    )
    mug = path(
        "M206 330h188l-14 124c-2 10-8 16-18 16H238c-10 0-16-6-18-16z",
        lin(0, "#f3ede0", "#dccfb8", "#b7a587"),
    ) + ellipse(300, 330, 94, 15, "#8a7a60")
    front_ = (
        path(
            "M206 332c30 18 158 18 188 0l-14 122c-2 10-8 16-18 16H238c-10 0-16-6-18-16z",
            lin(0, "#f6f0e4", "#e0d4be", "#b7a587"),
        )
        + line("M222 404c20-16 30 16 52 0s30 16 52 0 34 12 52-2", "#4f7f8c", 6)
        + line("M226 424c20-14 30 12 50 0s30 12 50 0 30 8 48-2", "#4f7f8c", 4, op=0.6)
    )
    return "".join(
        (
            shadow(300, 472, 110),
            mug,
            six,
            front_,
        )
    )


def brushes() -> str:
    return picture(table("#cdbfb6", "window", 430, "#b08a72"), brushes_parts())


def polish_parts() -> str:
    def flask(x: float, foot: float, tone: str, s: float, turn: float = 0) -> str:
        glass_ = path(
            "M-54-110c0-16 10-26 26-26h56c16 0 26 10 26 26v84c0 16-10 26-26 26h-56c-16 0-26-10-26-26z",
            lin(0, light(tone, 0.3), tone, dark(tone, 0.22)),
        ) + rect(-42, -122, 13, 104, 6, "#fff", op=0.5)
        top = (
            rect(-16, -150, 32, 18, 2, "#d8a94f")
            + path("M-20-148l6-140c1-8 27-8 28 0l6 140z", lin(0, "#57504b", "#2b2523", "#171312"))
            + line("M-8-280l-4 124", "#8a8078", 4, op=0.6)
        )
        return group(glass_ + top, f"translate({x} {foot}) rotate({turn}) scale({s})")

    spill = path(
        "M60 500c50-30 150-20 190-10 30 8 20 30-10 34-60 8-140 20-190 6-20-6-12-18 10-30z",
        lin(0, "#c23a24", "#d9604a"),
    ) + path("M90 500c40-14 80-12 120-6-40 8-80 10-120 6z", "#f0a08c", op=0.8)
    return "".join(
        (
            spill,
            shadow(190, 448, 60, 9),
            shadow(316, 462, 70, 9),
            shadow(440, 448, 60, 9),
            flask(190, 448, "#3f6a5c", 1.0),
            flask(440, 448, "#e0a58c", 1.0),
            flask(316, 462, "#b92f25", 1.24),
        )
    )


def polish() -> str:
    return picture(table("#d6d9c6", "slant", 410), polish_parts())


def polish_hand() -> str:
    """A hand on linen, freshly painted."""
    skin = "#e9b68d"

    def finger(x: float, y: float, long: float, w: float, turn: float, nail: str) -> str:
        return group(
            rect(
                -w / 2, -long, w, long + 60, w / 2, lin(0, light(skin, 0.22), skin, dark(skin, 0.1))
            )
            + path(
                f"M{-w * 0.34} {-long + w * 0.62}v{-w * 0.2}c0 {-w * 0.5} {w * 0.68} {-w * 0.5} {w * 0.68} 0v{w * 0.2}c0 {w * 0.3} {-w * 0.68} {w * 0.3} {-w * 0.68} 0z",
                nail,
            )
            + path(
                f"M{-w * 0.2} {-long + w * 0.6}v{-w * 0.3}",
                "none",
                stroke="#fff",
                stroke_width=4,
                stroke_opacity=0.6,
                cap="round",
            )
            + line(
                f"M{-w * 0.28} {-long * 0.42}q{w * 0.28} 8 {w * 0.56} 0", dark(skin, 0.2), 3, op=0.7
            ),
            f"translate({x} {y}) rotate({turn})",
        )

    red = "#b92f25"
    palm = path(
        "M190 640l10-190c0-60 30-90 100-92 76 0 116 30 116 92l6 190z",
        lin(0, light(skin, 0.2), skin, dark(skin, 0.12)),
    )
    fingers = (
        finger(222, 420, 214, 58, -15, red)
        + finger(284, 396, 268, 60, -4, red)
        + finger(344, 402, 248, 58, 6, red)
        + finger(398, 428, 190, 50, 17, red)
        + finger(196, 520, 150, 60, -52, red)
    )
    ring_ = group(
        rect(-31, -12, 62, 16, 6, lin(0, "#f3dca0", "#d8a94f", "#a8772a"))
        + circle(0, -10, 11, "#2f7a62")
        + circle(-3, -13, 4, "#a9d6c0"),
        "translate(356 300) rotate(6)",
    )
    cuff = path("M150 560h320v60H150z", "#f6efe2") + path("M150 560h320v12H150z", "#dccfb8")
    flask = group(
        path(
            "M-54-110c0-16 10-26 26-26h56c16 0 26 10 26 26v84c0 16-10 26-26 26h-56c-16 0-26-10-26-26z",
            lin(0, "#d9604a", red, dark(red, 0.22)),
        )
        + rect(-42, -122, 13, 104, 6, "#fff", op=0.5)
        + rect(-16, -150, 32, 18, 2, "#d8a94f")
        + path("M-20-148l6-140c1-8 27-8 28 0l6 140z", lin(0, "#57504b", "#171312")),
        "translate(522 330) rotate(24) scale(.9)",
    )
    return picture(cloth("#cdd6c4", "linen"), flask, palm, fingers, ring_, cuff)


def ink_mascara() -> str:
    tube = group(
        rect(10, 14, 64, 330, 22, SHADE, op=0.2)
        + rect(0, 0, 64, 330, 22, lin(0, "#57695f", "#2f4a40", "#1b2f27"))
        + rect(12, 12, 10, 300, 5, "#a9c6b6", op=0.5)
        + rect(0, 60, 64, 8, 0, "#d8a94f")
        + line("M32 120v150", "#d8a94f", 4, dash="1 14"),
        "translate(180 150) rotate(-24)",
    )
    wand = group(
        rect(8, 12, 56, 210, 20, SHADE, op=0.2)
        + rect(0, 0, 56, 210, 20, lin(0, "#57695f", "#2f4a40", "#1b2f27"))
        + rect(10, 12, 10, 180, 5, "#a9c6b6", op=0.5)
        + rect(0, 190, 56, 10, 0, "#d8a94f")
        + rect(24, 208, 8, 76, 3, "#8a8276")
        + path("M16 280c-4 40-2 90 12 130 14-40 16-90 12-130z", "#1b1614")
        + "".join(line(f"M{12 + (k % 2)} {284 + k * 9}l{32} -6", "#3a302a", 3) for k in range(14)),
        "translate(380 110) rotate(16)",
    )
    lash = group(
        line("M-120 0c60 50 180 50 240 0", "#2b201a", 9)
        + line(
            "M-112 8l-24 26M-84 24l-18 34M-50 36l-10 40M-12 42v44M26 40l10 42M62 30l18 38M94 16l24 30",
            "#2b201a",
            7,
        ),
        "translate(250 500)",
    )
    return picture(cloth("#ead3c4", "paper"), tube, wand, lash)


def cushion() -> str:
    tone = "#d8b08c"
    lid = (
        circle(210, 230, 150, SHADE, op=0.18, tr="translate(12 16)")
        + circle(210, 230, 150, lin(40, "#dfeae2", "#a9c2b2", "#86a695"))
        + circle(210, 230, 134, lin(40, "#eef3f1", "#c2d4d2", "#e2ebe8"))
        + path("M140 130l60-30L130 320l-36-40z", "#fff", op=0.5)
    )
    base = (
        circle(390, 370, 156, SHADE, op=0.2, tr="translate(14 18)")
        + circle(390, 370, 156, lin(40, "#dfeae2", "#a9c2b2", "#86a695"))
        + circle(390, 370, 128, "#7d9c8b")
        + circle(390, 370, 122, rad(light(tone, 0.3), tone))
        + "".join(
            circle(
                390 + (k % 9 - 4) * 25 + (k // 9 % 2) * 12,
                370 + (k // 9 - 4) * 24,
                2.4,
                dark(tone, 0.25),
                op=0.7,
            )
            for k in range(81)
            if ((k % 9 - 4) * 25) ** 2 + ((k // 9 - 4) * 24) ** 2 < 11000
        )
    )
    puff = group(
        circle(8, 12, 82, SHADE, op=0.18)
        + circle(0, 0, 82, rad("#fff8f0", "#f6e0d6", "#e9c4b6"))
        + path("M-70-30c30-16 110-16 140 0v36c-30-12-110-12-140 0z", "#7d9c8b")
        + line("M-56-20c30-10 82-10 112 0", "#cfe0d6", 3),
        "translate(180 470) rotate(-16)",
    )
    return picture(cloth("#f0dccb", "stripe"), lid, base, puff)


def hand_cream() -> str:
    """Three small tubes of hand cream with fruit drawn on them."""

    def tube(x: float, tone: str, turn: float, fruit: str) -> str:
        body = path(
            "M-56-190h112l-12 250c0 6-4 8-8 8h-72c-4 0-8-2-8-8z",
            lin(0, light(tone, 0.4), tone, dark(tone, 0.12)),
        )
        seal = rect(-60, -206, 120, 22, 3, dark(tone, 0.15)) + line(
            "M" + "M".join(f"{k} -204v18" for k in range(-54, 56, 8)), dark(tone, 0.32), 2
        )
        lid = rect(-40, 66, 80, 50, 8, lin(0, "#fffaf0", "#e3d3b4", "#bda779"))
        label = rect(-30, 22, 60, 6, 3, dark(tone, 0.5), op=0.7) + rect(
            -20, 36, 40, 5, 2, dark(tone, 0.5), op=0.5
        )
        return group(
            cast(body, 10, 14, 0.2) + body + seal + lid + label + group(fruit, "translate(0 -70)"),
            f"translate({x} 320) rotate({turn}) scale(1.06)",
        )

    peach = (
        circle(0, 0, 36, "#e58f74")
        + path("M0-34c-8 20-8 46 0 68", "none", stroke="#c96a52", stroke_width=4)
        + path("M0-34c14-20 34-20 44-14-10 18-28 22-44 14z", "#5f7a48")
    )
    citrus = (
        circle(0, 0, 36, "#f0b23c")
        + circle(0, 0, 29, "#f9dc94")
        + "".join(
            path("M0-4l-9-22c6-4 12-4 18 0z", "#f0b23c", tr=f"rotate({k * 60})") for k in range(6)
        )
    )
    osman = "".join(
        group(
            "".join(
                circle(9 * a, 9 * b, 8, "#e7c35a") for a, b in ((0, -1), (1, 0), (0, 1), (-1, 0))
            )
            + circle(0, 0, 4, "#c9862c"),
            f"translate({x} {y})",
        )
        for x, y in ((-16, -16), (18, -2), (-8, 20))
    ) + path("M20 20c18-4 30 4 34 16-18 4-30-2-34-16z", "#5f7a48")
    return picture(
        cloth("#cfd9cf", "check"),
        tube(134, "#f3cdb9", -14, peach),
        tube(300, "#f6e3b0", 2, citrus),
        tube(466, "#dfe3c0", 13, osman),
    )


PICTURES = {
    "cinnabar-lipstick-1": lipstick,
    "cinnabar-lipstick-2": lipstick_shades,
    "velvet-tints-1": velvet_tints,
    "nine-earths-1": nine_pans,
    "nine-earths-2": nine_pans_near,
    "peach-blush-1": peach_blush,
    "low-tide-perfume-1": tide_perfume,
    "first-petal-perfume-1": petal_perfume,
    "dew-cream-1": dew_cream,
    "amber-serum-1": serum,
    "six-brushes-1": brushes,
    "lacquer-trio-1": polish,
    "lacquer-trio-2": polish_hand,
    "ink-mascara-1": ink_mascara,
    "cloud-cushion-1": cushion,
    "orchard-hand-cream-1": hand_cream,
}
