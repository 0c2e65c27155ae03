"""A browser's long self-description in two short words a person recognises."""

import re

# The first that matches: browsers name their ancestors too, so the specific come first.
_BROWSERS = (
    (re.compile(r"MicroMessenger/"), "WeChat"),
    (re.compile(r"Edg(?:e|A|iOS)?/"), "Edge"),
    (re.compile(r"OPR/|Opera"), "Opera"),
    (re.compile(r"SamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"Firefox/|FxiOS/"), "Firefox"),
    (re.compile(r"Chrom(?:e|ium)/|CriOS/|HeadlessChrome/"), "Chrome"),
    (re.compile(r"Version/[\d.]+.*Safari/"), "Safari"),
)
_SYSTEMS = (
    (re.compile(r"iPhone"), "iPhone"),
    (re.compile(r"iPad"), "iPad"),
    (re.compile(r"HarmonyOS|OpenHarmony"), "HarmonyOS"),
    (re.compile(r"Android"), "Android"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"Mac OS X|Macintosh"), "macOS"),
    (re.compile(r"CrOS"), "ChromeOS"),
    (re.compile(r"Linux|X11"), "Linux"),
)


def browser_words(user_agent: str) -> str:
    """`Firefox · Linux`, or one of the two, or nothing when neither is known."""
    text = user_agent[:500]
    words = [
        next((word for pattern, word in table if pattern.search(text)), "")
        for table in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(word for word in words if word)
