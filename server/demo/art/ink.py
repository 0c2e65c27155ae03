"""The drawing hand: small functions that write SVG, so that every picture shares one set of tools.

Colours are ``#rrggbb``. A fill may also be a gradient token made by `lin` or `rad`;
`picture` turns the tokens of a finished drawing into definitions. All output is deterministic.
"""

import re
from zlib import crc32

INK = "#2b2320"
CREAM = "#f6efe2"
PAPER = "#fff8ea"
PINE = "#2a6c5b"
CINNABAR = "#c23a24"
CLAY = "#a9583b"
OAT = "#d9b98a"
GOLD = "#d8a94f"
AMBER = "#d8a33c"
CELADON = "#b9c8bd"
INDIGO = "#2f4a66"
PLUM = "#7a3342"
MOSS = "#6f7d4a"
SHADE = "#3a2413"
STEEL = "#a8a096"

_NAMES = {"op": "opacity", "tr": "transform", "dash": "stroke-dasharray", "cap": "stroke-linecap"}
_TOKEN = re.compile(r"(?:lin|rad)\([^)]*\)")


def _attrs(extra: dict[str, object]) -> str:
    return "".join(f' {_NAMES.get(k, k.replace("_", "-"))}="{v}"' for k, v in extra.items())


def n(value: float) -> str:
    """A number as short text: at most two decimals, none when it is whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path(d: str, fill: str, **extra: object) -> str:
    return f'<path d="{d}" fill="{fill}"{_attrs(extra)}/>'


def line(d: str, colour: str, width: float, **extra: object) -> str:
    """A stroked path with round ends."""
    extra = {"cap": "round", "stroke_linejoin": "round"} | extra
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{n(width)}"{_attrs(extra)}/>'


def rect(x: float, y: float, w: float, h: float, r: float, fill: str, **extra: object) -> str:
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" rx="{n(r)}"'
        f' fill="{fill}"{_attrs(extra)}/>'
    )


def circle(cx: float, cy: float, r: float, fill: str, **extra: object) -> str:
    return f'<circle cx="{n(cx)}" cy="{n(cy)}" r="{n(r)}" fill="{fill}"{_attrs(extra)}/>'


def ellipse(cx: float, cy: float, rx: float, ry: float, fill: str, **extra: object) -> str:
    return (
        f'<ellipse cx="{n(cx)}" cy="{n(cy)}" rx="{n(rx)}" ry="{n(ry)}"'
        f' fill="{fill}"{_attrs(extra)}/>'
    )


def ring(cx: float, cy: float, r: float, colour: str, width: float, **extra: object) -> str:
    return (
        f'<circle cx="{n(cx)}" cy="{n(cy)}" r="{n(r)}" fill="none" stroke="{colour}"'
        f' stroke-width="{n(width)}"{_attrs(extra)}/>'
    )


def group(inner: str, tr: str = "", **extra: object) -> str:
    if tr:
        extra = {"tr": tr} | extra
    return f"<g{_attrs(extra)}>{inner}</g>"


def place(inner: str, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0) -> str:
    """Scale (and turn, in degrees) a 600 x 600 drawing about its middle, then move it."""
    move = f"translate({n(300 + x)} {n(300 + y)}) rotate({n(turn)}) scale({n(scale)})"
    return group(inner, f"{move} translate(-300 -300)")


def mirror(inner: str, about: float = 300) -> str:
    return group(inner, f"translate({n(2 * about)} 0) scale(-1 1)")


def clip(d: str, inner: str, tr: str = "") -> str:
    """Draw `inner` only inside the path `d`."""
    name = f"c{crc32((d + tr).encode()):x}"
    move = f' transform="{tr}"' if tr else ""
    return (
        f'<clipPath id="{name}"><path d="{d}"{move}/></clipPath>'
        f'<g clip-path="url(#{name})">{inner}</g>'
    )


def box(x: float, y: float, w: float, h: float, r: float = 0) -> str:
    """The outline of a rounded rectangle as a path, for `clip`."""
    r = min(r, w / 2, h / 2)
    return (
        f"M{n(x + r)} {n(y)}h{n(w - 2 * r)}a{n(r)} {n(r)} 0 0 1 {n(r)} {n(r)}v{n(h - 2 * r)}"
        f"a{n(r)} {n(r)} 0 0 1 {n(-r)} {n(r)}h{n(2 * r - w)}a{n(r)} {n(r)} 0 0 1 {n(-r)} {n(-r)}"
        f"v{n(2 * r - h)}a{n(r)} {n(r)} 0 0 1 {n(r)} {n(-r)}z"
    )


def disc(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """The outline of an ellipse as a path, for `clip`."""
    ry = rx if ry is None else ry
    return (
        f"M{n(cx - rx)} {n(cy)}a{n(rx)} {n(ry)} 0 1 1 {n(2 * rx)} 0"
        f"a{n(rx)} {n(ry)} 0 1 1 {n(-2 * rx)} 0z"
    )


def mix(a: str, b: str, t: float) -> str:
    """Colour `a` moved towards `b` by `t` (0 to 1)."""
    pairs = [(int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (q - p) * t):02x}" for p, q in pairs)


def dark(colour: str, t: float = 0.2) -> str:
    """A shade: towards warm ink, never towards plain black."""
    return mix(colour, "#2a1710", t)


def light(colour: str, t: float = 0.2) -> str:
    """A tint: towards lamplit paper, never towards plain white."""
    return mix(colour, "#fff3dc", t)


def lin(angle: float, *stops: str) -> str:
    """A linear gradient token; `angle` 0 runs left to right, 90 top to bottom.

    A stop is a colour, or ``colour@opacity``.
    """
    return f"lin({n(angle)};{';'.join(stops)})"


def rad(*stops: str, cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
    """A radial gradient token from its middle outwards, in parts of the shape's own box."""
    return f"rad({n(cx)} {n(cy)} {n(r)};{';'.join(stops)})"


def _define(token: str, name: str) -> str:
    head, *stops = token[4:-1].split(";")
    last = max(1, len(stops) - 1)
    body = ""
    for i, stop in enumerate(stops):
        colour, _, opacity = stop.partition("@")
        see = f' stop-opacity="{opacity}"' if opacity else ""
        body += f'<stop offset="{n(i / last)}" stop-color="{colour}"{see}/>'
    if token.startswith("rad"):
        cx, cy, r = head.split()
        return f'<radialGradient id="{name}" cx="{cx}" cy="{cy}" r="{r}">{body}</radialGradient>'
    turn = f'gradientTransform="rotate({head} .5 .5)"'
    return f'<linearGradient id="{name}" {turn}>{body}</linearGradient>'


def picture(*parts: str, width: int = 600, height: int = 600) -> str:
    """A whole SVG document of the given size in its own units."""
    drawing = "".join(parts)
    tokens = dict.fromkeys(_TOKEN.findall(drawing))
    defs = ""
    for token in tokens:
        name = f"g{crc32(token.encode()):x}"
        defs += _define(token, name)
        drawing = drawing.replace(f'"{token}"', f'"url(#{name})"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}"><defs>{defs}</defs>{drawing}</svg>'
    )


def shadow(cx: float, y: float, half: float, depth: float = 14, op: float = 1) -> str:
    """What a standing thing throws on the floor: a wide soft pool and a dark line of contact."""
    soft = rad(f"{SHADE}@.34", f"{SHADE}@.2", f"{SHADE}@0")
    return group(
        ellipse(cx + half * 0.06, y + depth * 0.25, half * 1.16, depth * 1.7, soft)
        + ellipse(cx, y, half * 0.94, depth * 0.5, SHADE, op=0.26),
        op=op,
    )


def cast(inner: str, dx: float = 12, dy: float = 16, op: float = 0.16) -> str:
    """The flat shadow of a silhouette on the surface it lies on."""
    return group(inner, f"translate({n(dx)} {n(dy)})", op=op)
