"""What every page of a takeout is made of."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from server.takeout import records
from server.takeout.about_me import picture_name
from server.takeout.words import WORDS

STYLE = """
:root{color-scheme:light dark;--paper:#f7f0e4;--card:#fffdf7;--ink:#211f1a;--dim:#5f584c;
--line:#ddd3c1;--red:#a8321f}
@media(prefers-color-scheme:dark){:root{--paper:#171310;--card:#211c18;--ink:#f0e8dc;--dim:#b5aa9b;
--line:#3a322b;--red:#f08a74}}
body{font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;max-width:46rem;
margin:0 auto;padding:1rem;overflow-wrap:anywhere;background:var(--paper);color:var(--ink)}
h1{line-height:1.2}h2{margin:3rem 0 1rem}a{color:var(--red)}
nav ul{padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.4rem 1.2rem}
article{padding:.7rem 1rem;margin:.5rem 0;border:1px solid var(--line);border-radius:12px;
background:var(--card)}p{margin:.2rem 0;white-space:pre-wrap}
.dim{color:var(--dim);font-size:.875rem}.mine{margin-inline-start:12%}
blockquote{margin:.2rem 0;padding-inline-start:.8rem;border-inline-start:3px solid var(--line)}
img{max-width:100%;height:auto;max-height:24rem;border-radius:8px}dt{color:var(--dim)}
dd{margin:0 0 .6rem;white-space:pre-wrap}
"""

WITHOUT_MINOR = frozenset({"JPY", "KRW", "VND"})


def clock(at: int) -> str:
    """A moment for people, in the one time that is the same for everybody."""
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M} UTC"


def hour(minute: int) -> str:
    """A minute of the day: 22:30."""
    return f"{minute // 60:02}:{minute % 60:02}"


def money(minor: int, currency: str) -> str:
    """An exact amount: 1999.00 CNY."""
    if currency in WITHOUT_MINOR:
        return f"{minor} {currency}"
    return f"{minor // 100}.{minor % 100:02} {currency}"


class Page:
    """One HTML file that is written from top to bottom. up: the way to the archive's root."""

    up = ""

    def __init__(self, out: TextIO, language: str, title: str):
        self.language = language
        self._out = out
        self.write(
            '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
            "<title>{}</title><style>{}</style></head><body><h1>{}</h1>\n",
            "zh-Hans" if self.language == "zh" else "en",
            title,
            SafeString(STYLE),
            title,
        )

    def say(self, key: str, **values: str | int) -> str:
        """Words in the person's language."""
        return WORDS[self.language][key].format(**values)

    def write(self, markup: str, *values: Any) -> None:
        """Values are text unless we made them ourselves."""
        self._out.write(format_html(markup, *values) if values else markup)

    def image(self, picture_id: int, alt: str = "") -> SafeString:
        """A picture of mine, shown where it is used."""
        src = self.up + picture_name(picture_id)
        return format_html('<p><img loading="lazy" src="{}" alt="{}"></p>', src, alt)

    def images(self, ids: Iterable[int]) -> SafeString:
        """Several."""
        words = self.say("picture")
        return format_html_join("", "{}", ((self.image(pk, words),) for pk in ids))

    def entry(self, words: str, about: str, more: str | SafeString = "", kind: str = "") -> None:
        """What it is, and below it when and where; `more` stands between the two."""
        self.write(
            '<article class="{}">{}{}<p class="dim">{}</p></article>\n',
            kind,
            format_html("<p>{}</p>", words) if words else "",
            more,
            about,
        )

    def item(self, item: records.ItemLine | None) -> SafeString:
        """An item in a line; nothing for none."""
        if item is None:
            return SafeString("")
        price = money(item.price_minor, item.currency)
        return format_html("<blockquote>{} · {}</blockquote>", item.title, price)

    def end(self) -> None:
        """Nothing follows."""
        self.write("</body></html>\n")

    def earlier(self, wordings: Iterable[records.Wording]) -> SafeString:
        """What something said before."""
        return format_html_join(
            "",
            '<p class="dim">{} {}</p>',
            ((self.say("message.edited", at=clock(old.at)), old.text) for old in wordings),
        )
