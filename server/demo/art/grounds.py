# ruff: noqa: E501
"""What things stand on, hang from and lie on, and the small props beside them."""

from .ink import (
    CELADON,
    CLAY,
    CREAM,
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
    rad,
    rect,
    shadow,
)

SAND, SAGE, MIST, ROSE = "#e6d2ac", "#c9d3c1", "#c3d2d3", "#e9cfc4"
PEACH, KHAKI, JADE, BLUSH = "#e2c4b0", "#d8cfae", "#c1d3c8", "#ebc9c0"
BUTTER, SLATE, MAUVE, BONE = "#efdcae", "#b4c2c8", "#d7b9b8", "#e6dccb"
DUSK, FOREST, EARTH, NIGHT = "#7f97a0", "#345b50", "#6b4a3a", "#38495a"
WINE, OCHRE = "#7c3c40", "#d3a45c"


def wall(colour: str, kind: str = "slant") -> str:
    """A wall with light on it: slant, window, arch, sun, shutter, plain."""
    beam, lift = light(colour, 0.5), 0.55
    base = rect(0, 0, 600, 600, 0, lin(90, light(colour, 0.08), colour))
    if kind == "slant":
        return base + path("M60 0h150L90 600H-60zM240 0h110L230 600H120z", beam, op=lift)
    if kind == "window":
        panes = "M92 44l118-26v118l-118 30zM226 14l118-26v118l-118 30zM92 184l118-30v118l-118 34zM226 150l118-30v118l-118 34z"
        return base + path(panes, beam, op=0.62)
    if kind == "arch":
        arch = "M120 600V270a180 180 0 0 1 360 0v330z"
        return (
            base
            + path(arch, dark(colour, 0.09))
            + path(
                "M146 600V274a168 168 0 0 1 334-4 180 180 0 0 0-360 0v330z",
                dark(colour, 0.2),
                op=0.55,
            )
        )
    if kind == "sun":
        return base + circle(396, 196, 168, light(colour, 0.3), op=0.75)
    if kind == "shutter":
        slats = "".join(f"M{n(40 + i * 9)} {n(10 + i * 44)}l300-70v22l-300 70z" for i in range(9))
        return base + path(slats, beam, op=0.5)
    glow = light(colour, 0.22)
    return base + ellipse(210, 90, 420, 300, rad(f"{glow}@.9", f"{glow}@0"))


def floor(colour: str, y: float = 420) -> str:
    tone = dark(colour, 0.15)
    return rect(0, y, 600, 600 - y, 0, lin(90, light(tone, 0.1), tone)) + rect(
        0, y, 600, 3, 0, light(colour, 0.3), op=0.5
    )


def table(colour: str, kind: str = "slant", y: float = 420, top: str | None = None) -> str:
    """Wall and floor: for things that stand. `top` gives the floor its own colour."""
    return wall(colour, kind) + floor(top or colour, y)


def planks(y: float = 420, colour: str = "#8a4f31") -> str:
    """A wooden table top, seen a little from above."""
    seams = "".join(
        f"M{x0} {y}L{x1} 600" for x0, x1 in ((120, -20), (250, 190), (380, 420), (500, 640))
    )
    grain = f"M30 {y + 40}c80-10 160 8 240 0M330 {y + 66}c70 8 150-8 230 2M60 {y + 108}c90-10 130 8 200 2M380 {y + 130}c60-8 120 6 180 0"
    return (
        rect(0, y, 600, 600 - y, 0, lin(90, light(colour, 0.14), colour))
        + rect(0, y, 600, 9, 0, light(colour, 0.25))
        + line(seams, dark(colour, 0.3), 3, op=0.7)
        + line(grain, dark(colour, 0.25), 2.5, op=0.45)
    )


def cloth(colour: str, kind: str = "plain") -> str:
    """A surface seen from above, for things that lie: plain, linen, check, wood, stripe, paper."""
    base = rect(0, 0, 600, 600, 0, lin(60, light(colour, 0.2), colour))
    if kind == "linen":
        folds = "M-20 130C120 90 220 190 380 130S560 70 640 110M-20 470c120-40 260 50 400-10s180-30 260 0"
        return (
            base
            + line(folds, light(colour, 0.5), 26, op=0.4)
            + line(folds, dark(colour, 0.18), 5, op=0.35, tr="translate(0 22)")
        )
    if kind == "check":
        bars = "".join(
            rect(x, 0, 38, 600, 0, dark(colour, 0.22), op=0.22)
            + rect(0, x, 600, 38, 0, dark(colour, 0.22), op=0.22)
            for x in range(-10, 600, 92)
        )
        return base + bars
    if kind == "stripe":
        return base + "".join(
            rect(x, 0, 14, 600, 0, light(colour, 0.5), op=0.5) for x in range(20, 600, 58)
        )
    if kind == "wood":
        seams = "".join(f"M0 {y}h600" for y in (118, 262, 398, 536))
        grain = "M40 60c120-20 200 14 330-6M300 190c90-16 180 14 270 0M20 220c70-10 120 8 170 2M60 330c160-18 240 16 380-4M340 470c80-12 150 10 240 0M30 480c90-12 160 12 230 0M120 570c90-10 180 10 320-4"
        return (
            base
            + line(seams, dark(colour, 0.32), 4, op=0.75)
            + line(grain, dark(colour, 0.25), 2.5, op=0.45)
        )
    if kind == "paper":
        return base + path("M70 60l410-34 60 500-420 40z", light(colour, 0.55), op=0.75)
    return base + path("M-40 340L340-40h200L-40 540z", light(colour, 0.45), op=0.4)


def rail(y: float = 92, colour: str = "#8a5a3c", x0: float = 90, x1: float = 510) -> str:
    return line(f"M{x0} {y}h{x1 - x0}", dark(colour, 0.1), 11) + line(
        f"M{x0} {y - 2}h{x1 - x0}", light(colour, 0.25), 3, op=0.7
    )


def pegs(y: float = 96, colour: str = "#a06a45") -> str:
    knobs = "".join(
        circle(x, y, 13, dark(colour, 0.2)) + circle(x - 1, y - 2, 11, light(colour, 0.15))
        for x in (150, 300, 450)
    )
    return (
        rect(60, y - 20, 480, 40, 8, colour)
        + rect(60, y - 20, 480, 9, 4, light(colour, 0.25))
        + knobs
    )


def hanger(y: float = 92, wide: float = 92, drop: float = 74, wood: str = "#a8764f") -> str:
    """A clothes hanger from a rail at `y`; its arms end `drop` lower."""
    hook = f"M300 {y + 4}c0-30 26-26 22-8-3 12-22 14-22 32"
    arms = f"M{300 - wide} {y + drop}L300 {y + 28}l{wide} {drop - 28}"
    return (
        line(hook, "#5a4336", 6)
        + line(arms, wood, 12)
        + line(arms, light(wood, 0.3), 3, tr="translate(0 -3)")
    )


def plinth(x: float, y: float, w: float, h: float, colour: str) -> str:
    """A low round stand; its top ellipse is at `y`."""
    rx, ry = w / 2, w * 0.075
    body = f"M{n(x - rx)} {n(y)}v{n(h)}a{n(rx)} {n(ry)} 0 0 0 {n(w)} 0v{n(-h)}z"
    return (
        shadow(x, y + h + ry * 0.7, rx * 1.02, 16)
        + path(body, lin(0, light(colour, 0.25), colour, dark(colour, 0.2)))
        + ellipse(x, y, rx, ry, light(colour, 0.35))
    )


def block(x: float, y: float, w: float, h: float, colour: str) -> str:
    """A plain box to stand on; its top edge runs from (x, y)."""
    return (
        shadow(x + w / 2, y + h, w * 0.54, 14)
        + rect(x, y, w, h, 4, lin(0, light(colour, 0.16), dark(colour, 0.08)))
        + path(
            f"M{n(x)} {n(y)}l{n(w * 0.06)} -18h{n(w * 0.88)}l{n(w * 0.06)} 18z", light(colour, 0.4)
        )
    )


def leaf_sprig(
    x: float, y: float, scale: float = 1, colour: str = "#3b6a4f", turn: float = 0
) -> str:
    leaves = "".join(
        path(
            f"M0 {-h}c{12 * s} -22 {34 * s} -26 {54 * s} -20 {-4 * s} 20 {-26 * s} 34 {-54 * s} 20z",
            light(colour, 0.12) if i % 2 else colour,
        )
        for i, (h, s) in enumerate(((40, 1), (66, -1), (96, 1), (124, -1), (150, 1)))
    )
    tip = path("M0-176c-14-18-10-38 0-50 10 12 14 32 0 50z", light(colour, 0.2))
    return group(
        line("M0 0C4-60-6-120 0-186", dark(colour, 0.2), 5) + leaves + tip,
        f"translate({n(x)} {n(y)}) rotate({n(turn)}) scale({n(scale)})",
    )


def pot_plant(x: float, y: float, scale: float = 1, pot: str = CLAY, leaf: str = "#3b6a4f") -> str:
    """A plant in a pot whose foot is at (x, y)."""
    fronds = "".join(
        path("M0 0C-14-40-12-90 0-130 12-90 14-40 0 0z", c, tr=f"translate(0 -74) rotate({a})")
        for a, c in (
            (-62, dark(leaf, 0.15)),
            (58, dark(leaf, 0.1)),
            (-34, leaf),
            (36, light(leaf, 0.08)),
            (0, light(leaf, 0.16)),
        )
    )
    veins = "".join(
        line("M0-10V-112", light(leaf, 0.4), 2, op=0.5, tr=f"translate(0 -74) rotate({a})")
        for a in (-34, 36, 0)
    )
    body = (
        path("M-44-76h88l-12 76h-64z", lin(0, light(pot, 0.2), pot, dark(pot, 0.25)))
        + rect(-50, -88, 100, 20, 5, light(pot, 0.12))
        + rect(-50, -72, 100, 5, 0, dark(pot, 0.3), op=0.5)
    )
    return shadow(x, y, 46 * scale, 9) + group(
        fronds + veins + body, f"translate({n(x)} {n(y)}) scale({n(scale)})"
    )


def cup(
    x: float,
    y: float,
    scale: float = 1,
    colour: str = CREAM,
    tea: str = "#a56a2a",
    steam: bool = True,
) -> str:
    """A small handleless cup of tea, foot at (x, y)."""
    body = path(
        "M-50-56H50C50-18 32 0 0 0s-50-18-50-56z",
        lin(0, light(colour, 0.2), colour, dark(colour, 0.18)),
    )
    top = (
        ellipse(0, -56, 50, 11, light(colour, 0.5))
        + ellipse(0, -55, 43, 8, tea)
        + ellipse(-12, -57, 18, 2.6, light(tea, 0.4))
    )
    air = (
        line("M-10-78c-12-16 10-24 0-42M14-82c-12-16 10-24 0-42", PAPER, 5, op=0.55)
        if steam
        else ""
    )
    return shadow(x, y, 42 * scale, 9) + group(
        body + top + air, f"translate({n(x)} {n(y)}) scale({n(scale)})"
    )


def cup_above(x: float, y: float, r: float = 62, colour: str = CREAM, tea: str = "#8a5526") -> str:
    """A cup on its saucer, seen from above."""
    return (
        ellipse(x + 10, y + 14, r * 1.5, r * 1.45, SHADE, op=0.16)
        + circle(x, y, r * 1.45, light(colour, 0.2))
        + circle(x, y, r * 1.3, colour)
        + circle(x, y, r * 1.05, dark(colour, 0.12))
        + rect(x + r * 0.7, y - r * 0.16, r * 0.75, r * 0.32, r * 0.14, colour)
        + circle(x, y, r, light(colour, 0.4))
        + circle(x, y, r * 0.86, lin(45, dark(tea, 0.25), light(tea, 0.12)))
        + path(
            f"M{n(x - r * 0.55)} {n(y - r * 0.3)}a{n(r * 0.62)} {n(r * 0.62)} 0 0 1 {n(r * 0.6)} {n(-r * 0.34)}",
            "none",
            stroke=light(tea, 0.5),
            stroke_width=5,
            cap="round",
            op=0.8,
        )
    )


def book(x: float, y: float, w: float, h: float, colour: str, turn: float = 0) -> str:
    """A closed book lying flat, seen from above."""
    inner = (
        rect(8, 12, w, h, 5, SHADE, op=0.18)
        + rect(0, 0, w, h, 5, colour)
        + rect(0, 0, w * 0.09, h, 4, dark(colour, 0.2))
        + rect(w * 0.24, h * 0.2, w * 0.56, h * 0.03, 2, light(colour, 0.6))
        + rect(w * 0.24, h * 0.27, w * 0.34, h * 0.022, 2, light(colour, 0.6), op=0.7)
        + circle(w * 0.52, h * 0.62, w * 0.17, light(colour, 0.3), op=0.6)
    )
    return group(inner, f"translate({n(x)} {n(y)}) rotate({n(turn)})")


def stack(x: float, y: float, colours: tuple[str, ...], w: float = 170, h: float = 24) -> str:
    """Books lying on each other, spines to us; (x, y) is the middle of the foot."""
    out = shadow(x, y, w * 0.55, 10)
    for i, c in enumerate(colours):
        wide = w - (i * 17) % 40
        top = y - (i + 1) * h
        out += rect(
            x - wide / 2 + (i % 2) * 8, top, wide, h, 4, lin(90, light(c, 0.15), dark(c, 0.1))
        )
        out += rect(
            x - wide / 2 + (i % 2) * 8 + 16, top + 4, 5, h - 8, 0, light(c, 0.55), op=0.8
        ) + rect(
            x + wide / 2 - 34 + (i % 2) * 8, top + h * 0.36, 18, h * 0.28, 2, light(c, 0.55), op=0.8
        )
    return out


def window_view(
    x: float, y: float, w: float, h: float, frame: str = "#6b3c26", sky: str = "#b7cdbf"
) -> str:
    """A window with hills behind it."""
    hills = (
        rect(x, y, w, h, 0, lin(90, light(sky, 0.35), sky))
        + circle(x + w * 0.72, y + h * 0.26, w * 0.075, "#f5e3b8")
        + path(
            f"M{x} {n(y + h * 0.72)}c{n(w * 0.16)} {n(-h * 0.2)} {n(w * 0.26)} {n(-h * 0.26)} {n(w * 0.38)} {n(-h * 0.12)}s{n(w * 0.26)} {n(h * 0.06)} {n(w * 0.36)} {n(-h * 0.06)} {n(w * 0.16)} {n(-h * 0.1)} {n(w * 0.26)} 0V{n(y + h)}H{x}z",
            "#84a794",
        )
        + path(
            f"M{x} {n(y + h * 0.86)}c{n(w * 0.2)} {n(-h * 0.1)} {n(w * 0.36)} {n(-h * 0.06)} {n(w * 0.5)} 0s{n(w * 0.36)} 0 {n(w * 0.5)} {n(-h * 0.07)}V{n(y + h)}H{x}z",
            "#55806d",
        )
    )
    bars = f"{box(x, y, w, h)}M{n(x + w / 2)} {y}v{h}M{x} {n(y + h * 0.5)}h{w}"
    return (
        clip(box(x, y, w, h), hills)
        + line(bars, frame, 14, cap="butt")
        + line(bars, light(frame, 0.25), 3, cap="butt", tr="translate(-4 -4)", op=0.6)
    )


def room(colour: str = "#d9c4a2", wood: str = "#8a4f31", y: float = 420) -> str:
    """A tea room: window, wall and wooden table."""
    return (
        rect(0, 0, 600, 600, 0, lin(90, light(colour, 0.12), colour))
        + window_view(96, -60, 408, 350)
        + planks(y, wood)
        + path(f"M200 {y}h170l-60 {600 - y}H110z", "#f3d9a4", op=0.16)
    )


def vase_branch(
    x: float, y: float, scale: float = 1, glaze: str = CELADON, flower: str = "#d9705a"
) -> str:
    """A small vase with a flowering branch; foot at (x, y)."""
    twig = line(
        "M0-96C-8-150 24-190 10-250M2-130c30-30 44-40 70-44M6-170c-24-24-44-30-60-52", "#5a3a28", 6
    )
    dots = "".join(
        circle(a, b, 10, flower) + circle(a - 2, b - 3, 4, light(flower, 0.45))
        for a, b in (
            (10, -252),
            (72, -176),
            (-54, -224),
            (34, -160),
            (-22, -194),
            (22, -214),
            (52, -182),
            (-38, -206),
        )
    )
    body = path(
        "M-14-104h28c0 22 34 34 34 66 0 26-18 38-48 38s-48-12-48-38c0-32 34-44 34-66z",
        lin(0, light(glaze, 0.35), glaze, dark(glaze, 0.22)),
    )
    return shadow(x, y, 42 * scale, 9) + group(
        twig + dots + body + rect(-18, -110, 36, 9, 4, light(glaze, 0.3)),
        f"translate({n(x)} {n(y)}) scale({n(scale)})",
    )


def landscape(
    w: float,
    h: float,
    sky: str = "#f0dcb8",
    sun: str = "#cf4227",
    tones: tuple[str, str, str] = ("#b9c4a2", "#7fa093", "#3f6a5a"),
) -> str:
    """Hills under a sun, from (0, 0) to (w, h): what our screens and prints show."""
    a, b, c = tones
    return (
        rect(0, 0, w, h, 0, lin(90, light(sky, 0.25), sky))
        + circle(w * 0.7, h * 0.34, h * 0.14, sun)
        + path(
            f"M0 {n(h * 0.66)}c{n(w * 0.12)} {n(-h * 0.3)} {n(w * 0.22)} {n(-h * 0.2)} {n(w * 0.36)} 0s{n(w * 0.3)} {n(h * 0.04)} {n(w * 0.4)} {n(-h * 0.12)} {n(w * 0.14)} {n(-h * 0.1)} {n(w * 0.24)} {n(h * 0.02)}V{n(h)}H0z",
            a,
        )
        + path(
            f"M0 {n(h * 0.78)}c{n(w * 0.16)} {n(-h * 0.2)} {n(w * 0.3)} {n(-h * 0.1)} {n(w * 0.44)} {n(h * 0.02)}s{n(w * 0.4)} {n(h * 0.04)} {n(w * 0.56)} {n(-h * 0.12)}V{n(h)}H0z",
            b,
        )
        + path(
            f"M0 {n(h * 0.9)}c{n(w * 0.3)} {n(-h * 0.12)} {n(w * 0.6)} {n(h * 0.06)} {n(w)} {n(-h * 0.05)}V{n(h)}H0z",
            c,
        )
    )
