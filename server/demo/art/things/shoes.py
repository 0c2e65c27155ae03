# ruff: noqa: E501
"""What one walks in."""

from ..grounds import (
    SAND,
    landscape,
    table,
    wall,
)
from ..ink import (
    circle,
    clip,
    dark,
    group,
    light,
    lin,
    line,
    path,
    picture,
    place,
    rect,
    ring,
    shadow,
)


def trail(upper: str, accent: str, pipe: str = "#f6efe2") -> str:
    """A trail shoe from the side, toes to the right."""
    deep = dark(upper, 0.42)
    cut = "M104 404c-4-58 4-112 12-158 3-18 27-22 40-8 22 24 56 26 86 10 20-11 30-28 42-46 12-17 38-13 44 6l7 24c26 42 74 68 122 82 44 13 67 40 67 90z"
    inside = (
        rect(80, 170, 460, 250, 0, lin(90, light(upper, 0.14), upper))
        + path("M80 300c90 60 210 40 300 60s120 30 170 20v60H80z", dark(upper, 0.16))
        + path("M424 420c-6-62 14-96 60-98l70 20v90z", deep)
        + path("M438 420c-6-50 10-78 44-84 34 10 50 36 54 84z", dark(upper, 0.16), op=0.6)
        + path("M90 420c-6-70 2-130 18-176 40 36 66 90 74 176z", deep)
        + line("M108 254c30 28 50 64 60 110", accent, 6)
        + line("M196 410c20-52 66-56 104-36s70 20 104-14", accent, 15)
        + line("M226 412c20-30 52-30 84-16s66 12 96-14", pipe, 7, op=0.85)
        + path(
            "M262 250c24-12 38-40 52-50l42 66c28 28 60 46 96 56l-10 16c-70-16-126-44-180-88z",
            deep,
            op=0.9,
        )
        + line("M190 384c20-64 66-72 112-54", light(upper, 0.4), 2, dash="6 5", op=0.7)
        + line("M430 408c-4-50 12-76 46-82", light(upper, 0.4), 2, dash="6 5", op=0.7)
        + "".join(
            circle(216 + (k % 4) * 14 + (k // 4) * 5, 292 + (k // 4) * 12, 2.4, deep)
            for k in range(8)
        )
    )
    sole = (
        path(
            "M92 398c0-10 8-14 18-12 130 20 290 24 412 6 12-2 18 6 17 16-2 26-18 42-44 42H148c-36 0-56-20-56-52z",
            pipe,
        )
        + path(
            "M94 418c130 20 310 22 443 4-5 18-20 28-42 28H148c-30 0-49-12-54-32z", dark(pipe, 0.14)
        )
        + path(
            "M112 442c12 6 24 8 36 8h347c12 0 22-3 29-9-2 14-14 23-34 23H160c-26 0-44-8-48-22z",
            deep,
        )
        + line(
            "M176 464v-9m36 9v-9m36 9v-9m36 9v-9m36 9v-9m36 9v-9m36 9v-9m36 9v-9",
            dark(pipe, 0.14),
            6,
        )
    )
    return (
        path("M150 250c30 24 70 22 104 2l60-46-8 60-90 60z", deep)
        + clip(cut, inside)
        + path("M288 196c12-15 34-10 40 8l9 32c-10 2-22 4-32 10-8-16-14-32-17-50z", upper)
        + path("M296 196c10-8 22-4 26 7l4 14-26 5z", accent)
        + line("M292 254l44-20M314 276l44-22M340 296l42-22M368 314l38-20", pipe, 9)
        + line("M116 246c-3-18 6-26 18-24l22 16c20 22 54 26 82 12l14-6", pipe, 8)
        + sole
    )


def cloud_pine() -> str:
    return picture(table(SAND), shadow(312, 466, 216), trail("#2f7a62", "#e0653f"))


def cloud_family() -> str:
    row = "".join(
        place(shadow(312, 466, 216) + trail(u, a), x, y, 0.62)
        for u, a, x, y in (
            ("#55504a", "#d8a33c", -96, -170),
            ("#b5452f", "#f0c063", 92, -16),
            ("#2f7a62", "#e0653f", -84, 138),
        )
    )
    return picture(
        wall("#d8cfbb", "shutter"),
        rect(40, 230, 520, 14, 3, "#a06a45"),
        rect(40, 384, 520, 14, 3, "#a06a45"),
        rect(40, 538, 520, 14, 3, "#a06a45"),
        row,
    )


def cloud_steps() -> str:
    """On wet granite, climbing."""
    hill = group(landscape(600, 500, "#cfd6cf", "#e9e0c9", ("#b3bfb2", "#8fa39a", "#64807a")))
    steps = "".join(
        rect(x, y, 700, 400, 4, lin(90, light(c, 0.14), dark(c, 0.14)))
        + rect(x, y, 700, 12, 3, light(c, 0.42))
        + rect(x - 4, y + 12, 10, 80, 0, dark(c, 0.2))
        for x, y, c in (
            (390, 330, "#7d8484"),
            (250, 404, "#868c8b"),
            (-40, 478, "#8f9392"),
            (-160, 556, "#999c99"),
        )
    )
    leg = path("M244 -140h122l-12 370c-30 14-70 14-98 0z", lin(0, "#5d6f86", "#3f4f63")) + path(
        "M252 190h104l-4 50c-30 12-68 12-96 0z", "#e3cda6"
    )
    rain = line(
        "M80 60l-14 40M180 30l-14 40M470 60l-14 40M540 140l-14 40M420 170l-14 40M110 200l-14 40M520 20l-14 40",
        "#f6f6ee",
        4,
        op=0.7,
    )
    drops = line("M90 572h60M470 486h50M70 488h50M480 412h60M520 338h50", "#dfe8e6", 6, op=0.8)
    return picture(
        hill,
        steps,
        drops,
        rain,
        group(leg + trail("#2f7a62", "#e0653f"), "translate(-8 90) scale(.84)"),
    )


def court_parts() -> str:
    """A white court shoe, low and plain, the pair."""

    def one(tone: str) -> str:
        body = path(
            "M106 404c-8-60 0-110 8-150 4-16 24-18 38-6 26 20 60 16 92-12 14-12 30-12 44 4 34 38 84 62 150 76 52 12 78 40 78 88z",
            lin(90, light(tone, 0.5), tone),
        )
        toe = path("M418 408c0-48 20-74 56-80 28 16 42 42 42 80z", dark(tone, 0.08)) + line(
            "M420 404c2-46 22-70 56-74", "#b9a88a", 2, dash="6 5"
        )
        heel = path(
            "M106 404c-8-60 0-110 8-150 2-10 12-14 22-12 18 46 24 100 20 162z", "#3f7a66"
        ) + line("M146 402c4-56 0-104-14-148", "#b9a88a", 2, dash="6 5")
        eye = (
            path("M238 250c30 46 92 80 170 96l-8 14c-84-12-150-44-196-92z", dark(tone, 0.1))
            + line(
                "M254 256l30-26M280 280l34-28M310 300l34-28M342 318l34-26M374 332l30-24",
                "#fffaf0",
                9,
            )
            + line(
                "M254 258l30-26M280 282l34-28M310 302l34-28M342 320l34-26M374 334l30-24",
                "#cdbfa4",
                1.5,
                op=0.8,
            )
        )
        dots = "".join(
            circle(250 + (k % 5) * 18 + (k // 5) * 8, 366 + (k // 5) * 14, 2.6, "#b9a88a")
            for k in range(10)
        )
        sole = (
            path(
                "M96 398c0-8 6-12 14-12h396c12 0 18 6 18 16v26c0 18-10 28-28 28H126c-20 0-30-12-30-30z",
                "#fffaf0",
            )
            + path("M98 424h424v6c-2 16-12 26-28 26H126c-16 0-26-10-28-26z", "#d9c7a4")
            + line("M104 408h410", "#cdbfa4", 2.5, dash="7 6")
        )
        return (
            line("M118 250c6-14 24-16 36-4 26 20 60 16 90-10", "#e7dcc4", 11)
            + body
            + toe
            + heel
            + eye
            + dots
            + sole
        )

    return "".join(
        (
            place(shadow(310, 458, 210) + one("#e5dcc8"), 62, 4, 0.8),
            place(shadow(310, 458, 210) + one("#f3ecdc"), -36, 52, 0.92),
        )
    )


def court() -> str:
    return picture(table("#bcc8b4", "window"), court_parts())


def hightop_parts() -> str:
    """A canvas high top in mustard."""
    tone = "#d8a33c"
    body = path(
        "M150 404l-6-256c0-14 10-22 24-20 40 6 76 4 112-4 14-4 24 4 26 16 6 60 30 96 76 126 30 18 70 26 100 38 26 12 36 44 36 100z",
        lin(0, light(tone, 0.2), tone, dark(tone, 0.15)),
    )
    back_ = path("M150 404l-6-256c0-10 6-18 14-20l22 276z", dark(tone, 0.22)) + line(
        "M186 402L168 132", light(tone, 0.6), 2.5, dash="7 6"
    )
    tongue = path(
        "M262 126c6-22 40-26 46-4 10 66 30 104 74 134l-30 30c-54-36-84-92-90-160z", dark(tone, 0.25)
    )
    laces = line(
        "M268 160l44-14M272 192l48-16M280 222l52-18M294 252l52-22M312 278l52-26M336 300l48-28",
        "#fff8ea",
        10,
    ) + "".join(
        circle(x, y, 5, "#f6efe2")
        for x, y in ((262, 164), (266, 196), (274, 226), (288, 256), (306, 283), (330, 306))
    )
    patch_ = (
        circle(220, 238, 40, "#fff8ea")
        + ring(220, 238, 34, "#c23a24", 3)
        + path(
            "M202 250c10-26 26-26 36 0M206 236h28",
            "none",
            stroke="#c23a24",
            stroke_width=5,
            cap="round",
        )
    )
    toe = path("M414 404c-2-60 16-92 56-92 34 8 50 44 50 92z", "#fff8ea") + path(
        "M430 404c0-40 10-64 34-72-24 2-50 22-50 72z", "#e3d6bc"
    )
    sole = (
        path(
            "M136 394h392c6 0 10 4 10 12v26c0 14-8 22-22 22H152c-14 0-22-8-22-22v-26c0-8 2-12 6-12z",
            "#fff8ea",
        )
        + rect(131, 412, 406, 7, 0, "#c23a24")
        + path("M131 432c0 14 8 22 22 22h362c14 0 22-8 22-22z", "#d9c7a4")
    )
    return "".join(
        (
            shadow(322, 458, 204),
            body,
            back_,
            tongue,
            laces,
            patch_,
            toe,
            sole,
        )
    )


def hightop() -> str:
    return picture(table("#c9b7a0", "arch"), hightop_parts())


def boots_parts() -> str:
    """Leather walking boots, the pair from the front quarter."""

    def boot(tone: str) -> str:
        shaft = path(
            "M190 120c0-12 8-18 20-18h110c12 0 20 6 20 18l6 160c40 14 92 22 116 56 12 18 14 44 14 74H178z",
            lin(0, light(tone, 0.24), tone, dark(tone, 0.25)),
        )
        collar = path("M184 108c0-14 10-22 24-22h112c14 0 24 8 24 22v20H184z", "#5a3a26") + line(
            "M196 96v22M212 92v26M228 90v28M244 90v28M260 90v28M276 90v28M292 90v28M308 90v28M324 92v26",
            "#7d5538",
            3,
        )
        tongue = path("M256 130h74l14 150-30 14-52-26z", dark(tone, 0.3))
        hooks = line(
            "M262 150l64-8M262 178l66-8M264 206l68-10M268 234l68-12M276 260l64-14", "#c23a24", 8
        ) + "".join(
            circle(x, y, 6, "#d8a94f")
            for x, y in (
                (258, 152),
                (258, 180),
                (260, 208),
                (264, 236),
                (272, 262),
                (332, 140),
                (334, 168),
                (338, 194),
                (342, 220),
                (346, 244),
            )
        )
        seams = line(
            "M346 284c-30 26-36 70-34 124M190 300c40 10 80 8 120-4",
            light(tone, 0.5),
            2.5,
            dash="7 6",
            op=0.8,
        )
        welt = (
            rect(168, 404, 314, 14, 6, "#d9b98a")
            + path(
                "M166 416h318v22c0 8-4 12-12 12H300l-6-12h-22l-6 12h-86c-10 0-14-6-14-14z",
                "#2f2824",
            )
            + line(
                "M320 450v-10m24 10v-10m24 10v-10m24 10v-10m24 10v-10m24 10v-10M190 450v-10m22 10v-10m22 10v-10",
                "#5a4f47",
                6,
            )
        )
        return shaft + tongue + collar + hooks + seams + welt

    return "".join(
        (
            place(shadow(320, 452, 160) + boot("#8a5433"), -76, 12, 0.86),
            place(shadow(320, 452, 160) + boot("#a2653f"), 34, 52, 0.96),
        )
    )


def boots() -> str:
    return picture(table("#c3cbb4", "shutter", top="#9c8a68"), boots_parts())


PICTURES = {
    "cloud-step-1": cloud_pine,
    "cloud-step-2": cloud_family,
    "cloud-step-3": cloud_steps,
    "court-shoe-1": court,
    "mustard-high-top-1": hightop,
    "granite-boots-1": boots,
}
