"""The demo world's pictures, encoded once however often they are shown."""

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

from server.demo.art import READY, ready
from server.demo.art.catalogue import THINGS
from server.demo.art.kinds import Text
from server.media.pixels import Encoded, encode_own
from server.media.services import bring

_SCENES = {
    "balcony": Text("A cane chair among plants on a city balcony", "城市阳台上，绿植间一把藤椅"),
    "desk": Text("A desk with a drawing, a lamp and tea", "书桌上的画、台灯和茶"),
    "hotpot": Text("A divided hotpot and plates around it", "鸳鸯锅和四周的盘子"),
    "lake": Text("A pavilion and a boat under a red sun", "红日下的湖亭与小船"),
    "lane": Text("A market lane at dusk under red lanterns", "黄昏红灯笼下的小巷"),
    "mountain-steps": Text("Two walkers on steep steps above the mist", "云雾之上，陡阶上的两个人"),
    "night-market": Text("Three lit stalls at a night market", "夜市里三个亮着灯的摊位"),
    "rainy-window": Text("A cat at a window in the rain", "雨天窗台上的猫"),
    "shop-front": Text("Two people before a lit tea shop", "亮着灯的茶铺前站着两个人"),
    "snow-court": Text("A courtyard in the snow, a cat waiting", "雪中小院，一只猫在等"),
    "studio": Text("A red teapot in a photographer's studio", "摄影棚里的一把红茶壶"),
    "tea": Text("A clay teapot and cups by a window", "窗边的陶壶和茶杯"),
    "train": Text("Hills through a train window, tangerines", "车窗外的山，小桌上的橘子"),
    "wardrobe": Text("A rail of dresses and a tall mirror", "一排衣裙和一面立镜"),
}
_ITEMS = {shot.file: shot.alt for thing in THINGS for shot in thing.shots}

Name = tuple[str, str]
"""Kind (items, faces, scenes, marks, covers) and name of a drawing."""


def client_id(*parts: object) -> str:
    """The name of one act, the same in every making of the world."""
    return blake2b("/".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def shown(name: str) -> Name:
    """A picture of a story: one of a scene or one of an item."""
    return ("scenes", name) if name in _SCENES else ("items", name)


def words_for(name: Name, language: str) -> str:
    """What a picture shows; faces, marks and covers have their owner's name beside them."""
    text = (_SCENES | _ITEMS).get(name[1])
    return "" if text is None else text.zh if language == "zh" else text.en


class Drawings:
    """All drawings, encoded at once by as many threads as there are cores (Pillow lets go of the
    interpreter while it works)."""

    def __init__(self) -> None:
        files = sorted(READY.glob("*/*.webp"))
        names = [(file.parent.name, file.stem) for file in files]
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            self._encoded = dict(zip(names, pool.map(_encoded, names), strict=True))

    def hang(self, owner: int, name: Name, language: str, use: str) -> int:
        """A new unused picture of this person's; use: what for, which makes it one of its kind.

        Raises KeyError for a drawing that is not there.
        """
        alt = words_for(name, language)
        return bring(owner, self._encoded[name], alt, client_id(*name, use)).id


def _encoded(name: Name) -> Encoded:
    return encode_own(ready(*name).read_bytes())
