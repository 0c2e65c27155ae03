# ruff: noqa: E501
"""The faces of the demo people: portraits of 240 x 240 units, friendly and all different.

Each face is a ground, shoulders, a head and hair, put together from a `Face`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .ink import (
    circle,
    dark,
    ellipse,
    light,
    lin,
    line,
    mix,
    path,
    picture,
    rect,
    ring,
)


@dataclass(frozen=True)
class Face:
    """What one portrait is made of; colours are ``#rrggbb``."""

    ground: str
    skin: str
    hair: str
    style: str
    coat: str
    neck: str = "crew"
    trim: str = "#f5e7d6"
    mouth: str = "smile"
    eyes: str = "dot"
    brow: float = 4
    jaw: str = "oval"
    extras: tuple[str, ...] = ()
    accent: str = "#c23a24"


JAWS = {
    "oval": "M74 98c0-34 18-54 46-54s46 20 46 54v22c0 32-22 54-46 54s-46-22-46-54z",
    "round": "M72 98c0-34 18-54 48-54s48 20 48 54v18c0 36-22 56-48 56s-48-20-48-56z",
    "long": "M76 96c0-34 16-54 44-54s44 20 44 54v28c0 32-20 56-44 56s-44-24-44-56z",
    "square": "M74 96c0-34 18-52 46-52s46 18 46 52v30c0 16-6 28-16 38-8 8-18 12-30 12s-22-4-30-12c-10-10-16-22-16-38z",
}


def _gloss(d: str, hair: str, width: float = 6) -> str:
    return line(d, light(hair, 0.24), width)


def _curls(points: str, r: float, colour: str) -> str:
    places = (point.split(",") for point in points.split())
    return "".join(circle(float(x), float(y), r, colour) for x, y in places)


def _hair_behind(style: str, c: str, accent: str) -> str:
    """The hair that lies behind the head."""
    parts = {
        "bob": path(
            "M56 178c-12-42-10-92 6-118 14-22 36-32 58-32s44 10 58 32c16 26 18 76 6 118-14 8-32 6-40 2H96c-8 4-26 6-40-2z",
            c,
        ),
        "long": path(
            "M60 224c-14-50-16-120 4-158 12-22 34-34 58-34s46 12 56 34c18 40 16 108 4 158-18 6-32 4-40 0H98c-8 4-22 6-38 0z",
            c,
        ),
        "wavy": path(
            "M52 216c12-14-8-30 0-50s-8-34 2-56c2-50 28-82 66-82s64 32 66 82c10 22-6 36 2 56s-12 36 0 50c-16 14-36 12-46 2H98c-10 10-30 12-46-2z",
            c,
        )
        + line(
            "M62 130c8 14-4 26 4 44s-6 24 2 36M178 130c-8 14 4 26-4 44s6 24-2 36", light(c, 0.16), 5
        ),
        "bun": circle(120, 32, 26, c) + _gloss("M104 20c6-7 14-10 22-9", c, 5),
        "twin": circle(70, 44, 25, c)
        + circle(170, 44, 25, c)
        + _gloss("M56 36c4-8 10-11 17-11M156 36c4-8 10-11 17-11", c, 5),
        "tail": path(
            "M150 60c40-10 62 20 56 66-4 34-2 50 10 66-26 8-46-6-46-40 0-36 0-60-26-74z", c
        )
        + circle(164, 66, 9, accent),
        "braids": "".join(
            path(f"M{x} {y}c16 4 20 16 12 28-16-2-24-14-12-28z", c, tr=t)
            + path(f"M{x + 6} {y + 12}c-14 4-16 16-8 26 14-2 20-14 8-26z", light(c, 0.08), tr=t)
            for t in ("", "translate(240 0) scale(-1 1)")
            for x, y in ((56, 130), (52, 156), (50, 182), (50, 208))
        ),
        "cloud": _curls(
            "62,92 58,122 70,66 92,46 120,38 148,46 170,66 178,92 182,122 66,148 174,148 104,40 136,40",
            26,
            c,
        ),
        "grey": _curls("68,92 172,92", 26, dark(c, 0.14))
        + _curls("66,124 174,124", 20, dark(c, 0.14))
        + circle(120, 54, 46, dark(c, 0.14)),
        "low": circle(178, 150, 22, c) + circle(178, 150, 8, light(c, 0.14)),
        "topknot": circle(120, 30, 17, c) + rect(110, 42, 20, 8, 4, accent),
        "scarf": path("M58 150c-14 30-20 60-22 94h168c-2-34-8-64-22-94z", dark(accent, 0.12)),
        "straw": path(
            "M58 178c-10-40-8-80 6-104h112c14 24 16 64 6 104-14 8-30 6-38 2H96c-8 4-24 6-38-2z", c
        ),
        "locks": "".join(
            rect(x, 60, 15, h, 7.5, dark(c, 0.0 if k % 2 else 0.1))
            for k, (x, h) in enumerate(((54, 100), (66, 116), (160, 116), (172, 100)))
        ),
    }
    return parts.get(style, "")


def _hair_front(style: str, c: str, accent: str) -> str:
    """The hair, or hat, before the head."""
    brim = dark(accent, 0.28)
    parts = {
        "bob": path(
            "M72 106c-4-46 16-68 48-68s52 22 48 68c-8-10-12-20-14-30-20 8-48 8-66-2-2 12-8 22-16 32z",
            c,
        )
        + _gloss("M86 62c8-12 22-18 36-18", c),
        "long": path(
            "M70 116c-6-48 10-80 52-80 38 0 54 32 48 80-12-12-20-30-24-50-20 22-52 26-66 24 0 10-4 20-10 26z",
            c,
        )
        + _gloss("M84 70c8-16 22-24 38-24", c),
        "wavy": path(
            "M68 118c-10-50 12-84 52-84s62 34 52 84c-8-16-14-34-26-48-8-10-18-14-26-16-14 18-34 30-42 36 0 12-4 20-10 28z",
            c,
        )
        + _gloss("M132 46c14 4 24 14 28 28", c, 5),
        "bun": path("M72 108c-6-40 8-70 48-70s54 30 48 70c-8-26-22-44-48-50-26 6-40 24-48 50z", c)
        + _gloss("M84 72c6-12 18-20 32-22", c, 5),
        "twin": path(
            "M72 110c-6-44 10-72 48-72s54 28 48 72c-4-14-8-26-16-36l-10 16-12-18-10 18-10-18-12 18-10-16c-8 10-12 22-16 36z",
            c,
        )
        + _gloss("M86 62c8-10 18-16 30-17", c, 5),
        "tail": path("M72 108c-6-44 10-72 48-72s54 28 48 72c-6-20-18-36-34-44-20 2-44 12-62 44z", c)
        + _gloss("M86 66c8-12 20-19 34-20", c, 5),
        "braids": path(
            "M70 112c-6-48 12-76 50-76s56 28 50 76c-8-8-12-18-14-28-22 6-50 6-72 0-2 10-6 20-14 28z",
            c,
        )
        + line("M120 40v30", light(c, 0.2), 3)
        + _gloss("M82 66c6-10 14-16 24-19", c, 5)
        + circle(62, 128, 7, accent)
        + circle(178, 128, 7, accent),
        "cloud": _curls("84,66 102,54 120,50 138,54 156,66 72,88 168,88", 19, c)
        + _curls("80,58 112,42", 7, light(c, 0.2)),
        "grey": _curls("84,62 156,62", 24, c)
        + circle(120, 50, 27, c)
        + _curls("70,90 170,90", 15, c)
        + circle(80, 54, 8, light(c, 0.4))
        + circle(114, 38, 9, light(c, 0.4)),
        "short": path(
            "M70 104c-8-44 12-72 54-72 36 0 54 24 46 72-6-8-9-16-10-26-14 2-30-2-42-12-10 10-24 14-38 14-1 8-4 16-10 24z",
            c,
        )
        + _gloss("M92 50c10-8 24-11 36-9", c),
        "part": path(
            "M72 104c-10-40 8-72 50-72 38 0 56 28 46 72-5-9-8-18-9-28-24-2-44-8-58-22-4 12-12 20-20 24-2 10-4 18-9 26z",
            c,
        )
        + _gloss("M112 44c14-4 28 0 36 8", c, 5),
        "quiff": path(
            "M74 100c-6-30-2-50 14-58 4-16 40-26 66-14 18 8 22 20 12 30 8 14 8 28 2 44-5-8-8-18-9-28-26 4-50 2-66-6-8 10-14 20-19 32z",
            c,
        )
        + _gloss("M96 44c14-10 34-12 50-6", c),
        "buzz": path(
            "M74 98c-4-38 12-58 46-58s50 20 46 58c-4-10-8-20-14-28-20-6-44-6-64 0-6 8-10 18-14 28z",
            c,
            op=0.82,
        ),
        "spike": path(
            "M72 102c-8-34-2-54 10-60l2-14 14 8 8-14 14 10 12-12 10 14 16-6 2 16c14 8 16 28 8 58-5-8-8-16-9-26-24 4-54 4-78 0-1 10-4 18-9 26z",
            c,
        )
        + _gloss("M94 48c8-5 16-7 24-7", c, 5),
        "receding": path(
            "M70 112c-6-20-4-40 6-52 2 16 2 34-1 50zM170 112c6-20 4-40-6-52-2 16-2 34 1 50z", c
        )
        + path("M84 58c8-14 22-20 36-20s28 6 36 20c-22-8-50-8-72 0z", c, op=0.55),
        "bald": path("M70 118c-4-16-2-30 4-38v36zM170 118c4-16 2-30-4-38v36z", c)
        + line("M92 62c6-8 14-13 24-14", "#ffffff", 6, op=0.4),
        "pixie": path(
            "M68 118c-8-50 10-84 54-84 38 0 56 30 48 76-8-6-12-14-14-24-8 4-16 4-24 0-14 12-34 16-50 12-2 8-6 14-14 20z",
            c,
        )
        + _gloss("M86 60c8-12 22-18 36-18", c),
        "bowl": path(
            "M66 122c-8-56 14-88 54-88s62 32 54 88c-4 4-8 4-10 0 0-12-2-20-4-28-24 6-56 6-80 0-2 8-4 16-4 28-2 4-6 4-10 0z",
            c,
        )
        + _gloss("M84 62c8-12 20-18 34-19", c),
        "low": path("M72 110c-6-44 10-72 48-72s54 28 48 72c-6-24-22-42-48-48-24 4-42 24-48 48z", c)
        + _gloss("M86 66c8-12 20-18 34-19", c, 5)
        + line("M120 40v20", light(c, 0.2), 3),
        "topknot": path(
            "M72 104c-6-42 12-66 48-66s54 24 48 66c-6-20-18-34-48-38-30 4-42 18-48 38z", c
        )
        + line("M98 44c-6 8-10 16-12 26M142 44c6 8 10 16 12 26M120 40v22", light(c, 0.16), 3),
        "locks": path(
            "M68 106c-6-44 14-72 52-72s58 28 52 72c-6-12-10-20-12-30-10 4-16 2-22-4-8 8-20 8-30 0-8 8-18 8-26 6-2 10-8 20-14 28z",
            c,
        )
        + line("M90 46l-8 30M108 40l-4 32M132 40l4 32M150 46l8 30", light(c, 0.2), 3),
        "cap": path("M68 92c-2-36 20-58 52-58s54 22 52 58c-30-10-74-10-104 0z", accent)
        + line("M72 70c8-22 26-33 46-34", light(accent, 0.25), 6)
        + path("M62 92c36-14 80-14 136-2 8 2 8 10 0 11-50 2-90-3-136 1-6-2-6-8 0-10z", brim),
        "beanie": path("M68 90c-4-40 16-64 52-64s56 24 52 64z", accent)
        + line("M88 82c0-24 6-40 16-52M120 82V26M152 82c0-24-6-40-16-52", dark(accent, 0.16), 3)
        + rect(62, 78, 116, 26, 11, light(accent, 0.12))
        + line("M" + "M".join(f"{x} 82v18" for x in range(72, 174, 10)), dark(accent, 0.14), 2.5)
        + circle(120, 22, 14, "#f6efe2"),
        "straw": path("M78 80c0-34 14-52 42-52s42 18 42 52z", "#e2c183")
        + path("M77 66h86v16H77z", accent)
        + ellipse(120, 84, 88, 14, "#e9cd97")
        + path("M32 84c10 10 50 16 88 16s78-6 88-16c-4 14-50 20-88 20s-84-6-88-20z", "#c39a58"),
        "bucket": path("M80 72l8-34c2-6 6-10 12-10h40c6 0 10 4 12 10l8 34z", accent)
        + path(
            "M78 66c20 8 64 8 84 0l24 34c2 5 0 8-5 9-30-12-92-12-122 0-5-1-7-4-5-9z",
            dark(accent, 0.14),
        )
        + line("M72 88c24-10 72-10 96 0", light(accent, 0.35), 2, dash="6 4"),
        "beret": path("M66 82c-16-22 4-54 56-54 48 0 66 30 50 50-28-10-76-12-106 4z", accent)
        + _gloss("M84 56c8-10 20-15 34-16", accent)
        + line("M122 28l4-12", dark(accent, 0.2), 5)
        + path(
            "M70 112c-4-12-4-22-2-32 30-12 72-12 104-2 2 12 2 22-2 34-6-6-8-14-10-22-26-6-54-6-80 2-2 8-4 14-10 20z",
            c,
        ),
        "scarf": path(
            "M56 124c-6-62 20-96 64-96s70 34 64 96c-4 44-28 66-64 66s-60-22-64-66zM80 112c0 34 18 60 40 60s40-26 40-60c0-34-14-52-40-52s-40 18-40 52z",
            accent,
            fill_rule="evenodd",
        )
        + path("M66 168c20 26 88 26 108 0l22 56c-46 26-106 26-152 0z", accent)
        + line(
            "M66 106c4-38 22-60 54-62 32 2 50 24 54 62M72 180c28 20 68 20 96 0M62 202c36 20 80 20 116 0",
            light(accent, 0.3),
            3,
            op=0.8,
        )
        + path("M150 186l34 40h-40z", dark(accent, 0.14)),
        "band": path(
            "M70 112c-8-48 12-78 50-78s58 30 50 78c-8-10-12-20-14-32-24 8-48 8-72 0-2 12-6 22-14 32z",
            c,
        )
        + path("M72 78c16-24 80-24 96 0l2 12c-22-22-78-22-100 0z", accent),
        "visor": path("M66 90c4-8 100-8 108 0l2 12H64z", accent)
        + path("M64 100c36-10 78-8 132 6 6 3 5 8-1 9-50-2-90-8-131-3-5-3-5-8 0-12z", brim)
        + path("M74 88c-2-34 14-54 46-54s48 20 46 54z", c),
    }
    return parts[style]


def _shoulders(face: Face) -> str:
    c = face.coat
    base = path("M22 244c4-44 38-62 98-62s94 18 98 62z", c) + path(
        "M146 184c44 6 68 24 72 60h-60c6-22 2-44-12-60z", dark(c, 0.2)
    )
    return base + (
        path("M52 244v-36c8-8 16-14 26-18v54zM188 244v-36c-8-8-16-14-26-18v54z", face.trim)
        + path("M78 214h84v30H78z", face.trim)
        + circle(65, 212, 5, "#d8a94f")
        + circle(175, 212, 5, "#d8a94f")
        if face.neck == "overalls"
        else ""
    )


def _neckline(face: Face) -> str:
    t, c = face.trim, face.coat
    lines = {
        "crew": path("M90 186c10 18 50 18 60 0l8 6c-12 24-64 24-76 0z", t),
        "deep": path("M94 182c6 16 16 24 26 24s20-8 26-24l8 4c-4 22-18 34-34 34s-30-12-34-34z", t),
        "vee": path("M92 184l28 24 28-24 8 6-36 32-36-32z", t),
        "open": path("M94 184l26 34 26-34 10 3-36 46-36-46z", t),
        "roll": path("M88 172c12 10 52 10 64 0l6 22c-16 14-60 14-76 0z", t)
        + line("M90 182c14 10 46 10 60 0", dark(t, 0.15), 3),
        "band": path("M88 186c12 12 52 12 64 0l4 8c-16 16-56 16-72 0z", t),
        "pearls": line("M90 186c14 22 46 22 60 0", t, 7, dash="1 10"),
        "shirt": path("M92 180l28 24-18 18-18-30zM148 180l-28 24 18 18 18-30z", t)
        + path("M112 204h16l-2 40h-12z", t)
        + circle(120, 218, 2.4, dark(t, 0.4))
        + circle(120, 234, 2.4, dark(t, 0.4)),
        "tie": path("M92 180l28 24-18 18-18-30zM148 180l-28 24 18 18 18-30z", "#fbf4e6")
        + path("M106 200h28l-4 44h-20z", "#fbf4e6")
        + path("M113 203h14l3 10-6 31h-8l-6-31z", t)
        + path("M84 190l22 54H84zM156 190l-22 54h22z", dark(c, 0.14)),
        "hood": path(
            "M72 200c8-18 22-26 48-26s40 8 48 26c-14 16-34 24-48 24s-34-8-48-24z", dark(c, 0.16)
        )
        + path("M92 184c10 18 46 18 56 0l4 8c-14 20-50 20-64 0z", t)
        + line("M104 208v24M136 208v24", "#f6efe2", 4),
        "mandarin": path("M92 178c12 10 44 10 56 0l6 18c-16 10-28 12-34 12s-18-2-34-12z", c)
        + line("M90 192c14 12 46 12 60 0M120 206v10l26 14", t, 4)
        + circle(122, 214, 4, t),
        "wrap": path("M78 182c20 20 64 20 84 0l8 18c-24 24-76 24-100 0z", t)
        + path("M138 206l22 2 4 38h-26z", dark(t, 0.1))
        + line("M84 196c24 18 48 18 72 0", dark(t, 0.16), 3),
        "overalls": path("M92 184c10 16 46 16 56 0l6 5c-12 22-56 22-68 0z", light(c, 0.4)),
    }
    return lines[face.neck]


def _features(face: Face) -> str:
    ink = "#2a1f18"
    brow = face.hair if face.style not in ("grey",) else dark(face.hair, 0.2)
    shade = dark(face.skin, 0.2)
    out = circle(90, 134, 10, "#d9785c", op=0.24) + circle(150, 134, 10, "#d9785c", op=0.24)
    out += line(
        "M91 103c6-4 13-4 18-1M131 102c6-3 12-3 18 1",
        mix(brow, ink, 0.3) if face.style != "grey" else brow,
        face.brow,
    )
    out += line("M121 114c4 7 5 13 0 16-2 1-4 1-6 0", shade, 4)
    if face.eyes == "dot":
        out += ellipse(101, 116, 4, 4.8, ink) + ellipse(139, 116, 4, 4.8, ink)
    elif face.eyes == "happy":
        out += line("M94 118c4-6 10-6 14 0M132 118c4-6 10-6 14 0", ink, 4)
    elif face.eyes == "lash":
        out += (
            ellipse(101, 117, 4.2, 5, ink)
            + ellipse(139, 117, 4.2, 5, ink)
            + line("M97 112l-5-3M143 112l5-3", ink, 3)
        )
    else:
        out += (
            ellipse(101, 116, 4, 4.8, ink)
            + ellipse(139, 116, 4, 4.8, ink)
            + line("M93 111c4-4 10-5 15-2M132 109c5-3 11-2 15 2", shade, 2.5)
        )
    lips = {
        "smile": line("M106 146c8 8 20 8 28 0", "#b4523f", 4.5),
        "open": path("M104 143h32c0 14-8 20-16 20s-16-6-16-20z", "#8a3527")
        + path("M107 143h26v4c-8 4-18 4-26 0z", "#fffaf0")
        + path("M112 158c4-4 12-4 16 0-4 5-12 5-16 0z", "#d97a6a"),
        "side": line("M108 148c8 5 16 4 24-4", "#b4523f", 4.5),
        "small": line("M112 148c5 4 11 4 16 0", "#b4523f", 4.5),
        "lips": path("M106 147c6-5 10-5 14-2 4-3 8-3 14 2-6 9-22 9-28 0z", "#b92f25"),
    }
    return out + lips[face.mouth]


def _extra(name: str, face: Face) -> str:
    a = face.accent
    hair = face.hair
    parts = {
        "round-glasses": '<g fill="#fff" fill-opacity=".22" stroke="#2b231e" stroke-width="4"><rect x="84" y="104" width="32" height="26" rx="12"/><rect x="124" y="104" width="32" height="26" rx="12"/><path d="M116 114c3-3 5-3 8 0M84 112l-10-3M156 112l10-3" fill="none"/></g>',
        "big-glasses": ring(99, 117, 19, a, 4.5)
        + ring(141, 117, 19, a, 4.5)
        + circle(99, 117, 17, "#fff", op=0.22)
        + circle(141, 117, 17, "#fff", op=0.22)
        + line("M118 114c2-2 3-2 4 0M80 112l-8-3M160 112l8-3", a, 4),
        "half-glasses": line(
            "M86 120h28c0 12-6 16-14 16s-14-4-14-16zM126 120h28c0 12-6 16-14 16s-14-4-14-16zM114 122c4-3 8-3 12 0M86 121l-12-5M154 121l12-5",
            "#8a6a3a",
            3,
        ),
        "shades": path(
            "M82 106h34c2 16-6 24-16 24s-18-8-18-24zM124 106h34c0 16-8 24-18 24s-18-8-16-24z",
            "#2b2523",
        )
        + line("M114 110h12M82 109l-9-3M158 109l9-3", "#2b2523", 4)
        + line("M90 112l8-2M132 112l8-2", "#8a8078", 3),
        "beard": path(
            "M76 126c2 34 20 52 44 52s42-18 44-52c-6 8-10 10-16 10-8-2-18-2-28-2s-20 0-28 2c-6 0-10-2-16-10z",
            hair,
            op=0.62,
        )
        + line("M106 147c8 8 20 8 28 0", "#f3d9c0", 4.5),
        "full-beard": path(
            "M73 112c2 14 8 22 18 24 8-4 18-6 29-6s21 2 29 6c10-2 16-10 18-24 4 50-16 82-47 82s-51-32-47-82z",
            hair,
        )
        + line("M106 148c8 7 20 7 28 0", "#f3d9c0", 4.5)
        + line("M96 164c4 8 8 12 14 16M144 164c-4 8-8 12-14 16", light(hair, 0.25), 3),
        "goatee": path("M108 160c4-4 20-4 24 0 0 12-6 18-12 18s-12-6-12-18z", hair, op=0.85),
        "moustache": path(
            "M98 142c8-10 18-10 22-4 4-6 14-6 22 4-8 4-16 4-22-1-6 5-14 5-22 1z", hair
        ),
        "stubble": path(
            "M76 128c2 32 20 46 44 46s42-14 44-46c-8 10-20 12-44 12s-36-2-44-12z", hair, op=0.16
        ),
        "lines": line(
            "M80 122c-4 0-7 2-9 4M160 122c4 0 7 2 9 4M92 140c-3 5-3 9-1 13M148 140c3 5 3 9 1 13M100 84c12-4 28-4 40 0",
            dark(face.skin, 0.24),
            2.5,
            op=0.75,
        ),
        "freckles": "".join(
            circle(x, y, 1.8, dark(face.skin, 0.35), op=0.7)
            for x, y in (
                (84, 126),
                (92, 129),
                (98, 126),
                (88, 134),
                (142, 126),
                (149, 129),
                (156, 126),
                (152, 134),
            )
        ),
        "mole": circle(136, 156, 2.4, dark(face.skin, 0.6)),
        "studs": circle(75, 140, 6, a) + circle(165, 140, 6, a),
        "hoops": ring(74, 146, 9, "#d8a94f", 4) + ring(166, 146, 9, "#d8a94f", 4),
        "drops": line("M75 134v8M165 134v8", "#d8a94f", 3)
        + path("M75 140c8 10 8 18 0 20-8-2-8-10 0-20zM165 140c8 10 8 18 0 20-8-2-8-10 0-20z", a),
        "flower": "".join(
            circle(164 + 9 * x, 66 + 9 * y, 8, a)
            for x, y in ((0, -1), (0.95, -0.3), (0.6, 0.8), (-0.6, 0.8), (-0.95, -0.3))
        )
        + circle(164, 66, 6, "#f3d36a"),
        "clip": rect(142, 68, 26, 8, 4, a, tr="rotate(24 155 72)"),
        "phones": line("M66 118C60 50 90 24 120 24s60 26 54 94", "#38302a", 10)
        + rect(54, 102, 24, 44, 12, a)
        + rect(162, 102, 24, 44, 12, dark(a, 0.1))
        + line("M62 112c-2 8-2 14 0 22", light(a, 0.5), 4),
        "tape": line("M98 190c-2 20-8 34-14 50M142 190c2 20 8 34 14 50", "#e7c35a", 8)
        + line(
            "M97 200l8 2M94 212l8 2M90 224l8 2M143 200l-8 2M146 212l-8 2M150 224l-8 2",
            "#7a5317",
            2.5,
        ),
        "apron": path("M84 214h72l8 30H76z", a) + line("M92 214l-6-26M148 214l6-26", a, 7),
        "camera": line("M84 190l22 34M156 190l-22 34", "#4a3226", 6)
        + rect(94, 218, 52, 32, 6, "#3a3532")
        + circle(120, 234, 11, "#8a8276")
        + circle(120, 234, 7, "#22424a")
        + rect(100, 212, 16, 8, 3, "#57514d"),
    }
    return parts[name]


UNDER_HAIR = ("lines", "freckles", "mole", "stubble", "beard", "full-beard", "goatee", "moustache")
OVER_COAT = ("tape", "apron", "camera")


def draw(face: Face) -> str:
    """The SVG of one portrait."""
    shade = dark(face.skin, 0.16)
    ears = ellipse(75, 119, 9, 13, shade) + ellipse(165, 119, 9, 13, shade)
    head = path(JAWS[face.jaw], face.skin)
    early = "".join(_extra(x, face) for x in face.extras if x in UNDER_HAIR)
    late = "".join(_extra(x, face) for x in face.extras if x not in UNDER_HAIR + OVER_COAT)
    worn = "".join(_extra(x, face) for x in face.extras if x in OVER_COAT)
    return picture(
        rect(0, 0, 240, 240, 0, lin(90, light(face.ground, 0.1), face.ground)),
        circle(186, 52, 92, "#fff", op=0.13),
        _hair_behind(face.style, face.hair, face.accent),
        _shoulders(face),
        path("M98 146h44v34c0 14-10 24-22 24s-22-10-22-24z", shade),
        _neckline(face),
        worn,
        "" if face.style == "scarf" else ears,
        head,
        _features(face),
        early,
        _hair_front(face.style, face.hair, face.accent),
        late,
        width=240,
        height=240,
    )


BLACK, SOOT, BROWN, CHESTNUT, SILVER, WHITE = (
    "#241c18",
    "#2b1d19",
    "#3a241a",
    "#5a3420",
    "#a9a199",
    "#d9d3ca",
)
FAIR, WARM, HONEY, TAN, UMBER, ROSY = (
    "#f6d3b6",
    "#efc39d",
    "#e9b68d",
    "#dda77c",
    "#a9714b",
    "#f3c7a4",
)
DEEP = "#7d4f34"

FACES: dict[str, Face] = {
    "mei": Face("#e3a98f", FAIR, SOOT, "bob", "#c23a24", "vee"),
    "bo": Face(
        "#b4c2c8",
        TAN,
        "#2a1d16",
        "cap",
        "#d8a33c",
        "crew",
        "#f1e0b8",
        extras=("beard",),
        accent="#27574b",
    ),
    "yu": Face(
        "#e4cd94",
        ROSY,
        BROWN,
        "bun",
        "#2c6a5a",
        "band",
        "#8fc0ae",
        extras=("studs",),
        accent="#d8a33c",
    ),
    "wen": Face("#b9c7a2", HONEY, "#4a2a1b", "long", "#f0e2c8", "open", "#c2a878"),
    "hao": Face(
        "#9fb9a8", WARM, BLACK, "short", "#35424a", "deep", "#e9dcc6", extras=("round-glasses",)
    ),
    "lin": Face(
        "#d7b3b6",
        "#f1c9ab",
        "#bdb4ab",
        "grey",
        "#7a3342",
        "pearls",
        "#f3e6cf",
        extras=("studs",),
        accent="#2f7a62",
    ),
    "fan": Face("#c9b28c", WARM, BLACK, "part", "#4a6a86", "shirt", "#f6efe2", "open"),
    "jun": Face(
        "#a9bcc0", HONEY, BLACK, "quiff", "#a9583b", "hood", "#f0dfc0", "side", brow=5, jaw="square"
    ),
    "xia": Face(
        "#efcf9f",
        FAIR,
        BLACK,
        "twin",
        "#e0a58c",
        "overalls",
        "#46627a",
        "open",
        "happy",
        jaw="round",
        extras=("freckles",),
    ),
    "qing": Face(
        "#aebfa5",
        ROSY,
        SOOT,
        "pixie",
        "#2f4a66",
        "roll",
        "#dfe6dc",
        "side",
        "lash",
        extras=("drops",),
        accent="#c23a24",
    ),
    "old-he": Face(
        "#c7b79a",
        "#dfae86",
        WHITE,
        "receding",
        "#4f5d52",
        "mandarin",
        "#d8c07a",
        "small",
        "soft",
        jaw="long",
        extras=("lines", "full-beard"),
    ),
    "ming": Face(
        "#d9a58e",
        HONEY,
        BLACK,
        "buzz",
        "#3f6a5c",
        "crew",
        "#dfe6d0",
        "open",
        brow=5,
        jaw="square",
        extras=("stubble",),
    ),
    "lan": Face(
        "#c3a9a0",
        FAIR,
        CHESTNUT,
        "wavy",
        "#6f7d4a",
        "vee",
        "#f3ead6",
        "lips",
        "lash",
        extras=("hoops",),
    ),
    "tao": Face(
        "#8fa9ad",
        TAN,
        BLACK,
        "beanie",
        "#57453b",
        "wrap",
        "#d8a33c",
        "smile",
        extras=("goatee",),
        accent="#b5452f",
    ),
    "rui": Face(
        "#dcc3a0",
        WARM,
        BROWN,
        "tail",
        "#c9673a",
        "crew",
        "#f6efe2",
        "open",
        "happy",
        accent="#2f7a62",
    ),
    "shan": Face(
        "#9db0a0",
        HONEY,
        SOOT,
        "braids",
        "#d8a33c",
        "shirt",
        "#fbf4e6",
        "smile",
        "dot",
        jaw="round",
        accent="#c23a24",
    ),
    "de": Face(
        "#bfae90",
        "#d9a076",
        "#57504b",
        "visor",
        "#7a3f2b",
        "crew",
        "#e7c896",
        "smile",
        "soft",
        jaw="square",
        extras=("moustache", "lines", "apron"),
        accent="#3f6a5c",
    ),
    "yan": Face(
        "#b8c4cf",
        "#f4cdb0",
        BLACK,
        "low",
        "#7a3342",
        "mandarin",
        "#d8a94f",
        "lips",
        "lash",
        jaw="long",
        extras=("mole", "studs"),
        accent="#2f7a62",
    ),
    "kai": Face(
        "#e2b98a",
        WARM,
        CHESTNUT,
        "spike",
        "#2c5a66",
        "hood",
        "#dfe6dc",
        "open",
        jaw="oval",
        extras=("phones",),
        accent="#d9735a",
    ),
    "ning": Face(
        "#d3c6d0",
        FAIR,
        BLACK,
        "bowl",
        "#8fa98f",
        "band",
        "#f6efe2",
        "small",
        "dot",
        jaw="round",
        extras=("big-glasses",),
        accent="#a93a2c",
    ),
    "peng": Face(
        "#a3b5a2",
        TAN,
        BLACK,
        "bald",
        "#8a5433",
        "deep",
        "#f0dfc0",
        "open",
        "happy",
        brow=5,
        jaw="round",
        extras=("stubble",),
    ),
    "amina": Face(
        "#e6cfae",
        UMBER,
        SOOT,
        "scarf",
        "#3f5d58",
        "band",
        "#2c4642",
        "smile",
        "lash",
        accent="#c98a4a",
    ),
    "sol": Face(
        "#9fb3bb",
        DEEP,
        "#1f1713",
        "cloud",
        "#d9972a",
        "vee",
        "#f6e7c8",
        "open",
        "lash",
        extras=("hoops",),
    ),
    "teo": Face(
        "#d8b59c",
        UMBER,
        "#1f1713",
        "locks",
        "#456b5d",
        "open",
        "#e7d3a8",
        "smile",
        brow=5,
        jaw="long",
        extras=("goatee",),
    ),
    "nora": Face(
        "#b5c6bd",
        "#f7dcc6",
        "#b5653a",
        "wavy",
        "#2f4a66",
        "crew",
        "#f0dfc0",
        "open",
        "dot",
        extras=("freckles",),
    ),
    "grandpa-wu": Face(
        "#cbbfa8",
        "#e6b891",
        SILVER,
        "bald",
        "#46525a",
        "shirt",
        "#efe6d2",
        "smile",
        "happy",
        jaw="round",
        extras=("lines", "half-glasses", "moustache"),
    ),
    "aunt-su": Face(
        "#dfb9a6",
        "#efc39d",
        "#57453b",
        "band",
        "#b5452f",
        "wrap",
        "#f3dfb9",
        "lips",
        "soft",
        jaw="round",
        extras=("lines", "drops"),
        accent="#2f6a5a",
    ),
    "lei": Face(
        "#a9b7c0",
        WARM,
        BLACK,
        "quiff",
        "#2b2f36",
        "tie",
        "#a93a2c",
        "side",
        brow=4.5,
        jaw="long",
        extras=("round-glasses",),
    ),
    "hua": Face(
        "#c8cfae",
        FAIR,
        BLACK,
        "straw",
        "#e9dcc3",
        "open",
        "#c9a878",
        "smile",
        "happy",
        accent="#2f4a66",
    ),
    "dong": Face(
        "#b39e8a",
        HONEY,
        BLACK,
        "topknot",
        "#3d3734",
        "crew",
        "#8a7f76",
        "side",
        brow=5,
        jaw="square",
        extras=("beard",),
        accent="#c9673a",
    ),
    "ye": Face(
        "#e3c1b5",
        ROSY,
        "#4a2c3a",
        "bob",
        "#4f7a6a",
        "roll",
        "#f3e6cf",
        "small",
        "lash",
        extras=("flower",),
        accent="#e58a72",
    ),
    "tian": Face(
        "#93aeb0",
        TAN,
        BLACK,
        "bucket",
        "#a9432e",
        "shirt",
        "#f0dfc0",
        "open",
        jaw="oval",
        extras=("camera",),
        accent="#6f7d4a",
    ),
    "bai": Face(
        "#d5bd8f",
        "#f1cbaa",
        BROWN,
        "beret",
        "#57606a",
        "roll",
        "#e7d8bf",
        "lips",
        "dot",
        extras=("big-glasses",),
        accent="#7a3342",
    ),
    "feng": Face(
        "#b7c0a8",
        "#d49a70",
        "#6b645d",
        "short",
        "#5d4a3c",
        "vee",
        "#d9cba8",
        "smile",
        "soft",
        brow=5,
        jaw="square",
        extras=("lines", "stubble", "tape"),
    ),
    "ru": Face(
        "#cfae9a",
        WARM,
        BLACK,
        "long",
        "#46627a",
        "hood",
        "#f3ead6",
        "side",
        "dot",
        jaw="oval",
        extras=("phones",),
        accent="#e7c35a",
    ),
    "shuai": Face(
        "#bccbd0",
        HONEY,
        BLACK,
        "cap",
        "#e9dcc3",
        "hood",
        "#d9735a",
        "open",
        "shades",
        brow=4.5,
        extras=("shades",),
        accent="#a93a2c",
    ),
}

PICTURES: dict[str, Callable[[], str]] = {name: partial(draw, face) for name, face in FACES.items()}
