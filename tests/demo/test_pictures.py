"""The demo world's pictures: drawn alike every time, ready, in step and named rightly."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from server.demo.art import READY, build, ready
from server.demo.art.catalogue import SCENES, STORES, THINGS
from server.demo.art.people import PEOPLE
from server.demo.art.render import pixels

DRAWINGS = {f"{kind}/{name}": svg for kind, name, svg, _ in build.drawings()}
SAMPLE = ["items/heron-9-1", "items/cinnabar-dress-1", "faces/amina", "marks/old-lens"]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures per channel, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def small(key: str) -> Image.Image:
    with Image.open(READY / f"{key}.webp") as file:
        return file.convert("RGB").resize((96, 96), Image.Resampling.LANCZOS)


def test_every_drawing_was_built_after_its_last_change() -> None:
    built = json.loads(build.MANIFEST.read_text())
    assert {key: build.checksum(svg) for key, svg in DRAWINGS.items()} == built, (
        "run python -m server.demo.art.build and commit what it writes"
    )
    assert {f"{file.parent.name}/{file.stem}" for file in READY.glob("*/*.webp")} == set(built)


@pytest.mark.parametrize("key", SAMPLE)
def test_the_ready_file_shows_its_drawing(key: str) -> None:
    fresh = pixels(DRAWINGS[key], 384).resize((96, 96), Image.Resampling.LANCZOS)
    assert difference(fresh, small(key)) < 3
    strange = pixels(DRAWINGS["items/iron-kettle-1"], 96)
    assert difference(strange, small(key)) > 12


def test_no_two_things_or_faces_look_alike() -> None:
    for kind in ("items", "faces"):
        seen = {key: small(key) for key in DRAWINGS if key.startswith(kind)}
        for one, other in combinations(seen, 2):
            assert difference(seen[one], seen[other]) > 4, (one, other)


def test_the_world_names_only_pictures_that_exist_and_uses_all_of_them() -> None:
    shown = {f"items/{shot.file}" for thing in THINGS for shot in thing.shots}
    shown |= {f"faces/{person.face}" for person in PEOPLE}
    shown |= {f"marks/{store.mark}" for store in STORES}
    shown |= {f"covers/{store.cover}" for store in STORES}
    shown |= {f"scenes/{name}" for name in SCENES}
    assert shown == set(DRAWINGS)
    assert all(ready(*key.split("/")).is_file() for key in DRAWINGS)


def test_the_ready_pictures_stay_small() -> None:
    sizes = [file.stat().st_size for file in READY.glob("*/*.webp")]
    assert sum(sizes) < 6_000_000
    assert max(sizes) < 120_000


def test_things_people_and_stores_hang_together() -> None:
    stores = {store.slug for store in STORES}
    assert len(stores) == 7
    assert len(THINGS) >= 66 and len({thing.slug for thing in THINGS}) == len(THINGS)
    assert len(PEOPLE) >= 30 and len({person.username for person in PEOPLE}) == len(PEOPLE)
    assert {thing.store for thing in THINGS} == stores
    assert {person.store for person in PEOPLE if person.store} == stores
    assert sum(len(thing.shots) > 1 for thing in THINGS) * 3 >= len(THINGS)
    for thing in THINGS:
        assert thing.price > 0 and thing.price % 100 == 0
        assert thing.was is None or thing.was > thing.price
        assert thing.stock > 0
        for text in (thing.title, thing.about, *(shot.alt for shot in thing.shots)):
            assert text.en and text.zh
            assert "!" not in text.en and "！" not in text.zh
