"""What a hostile client might put anywhere: values beside the shape that is asked for, and frames
that are none. Drawn by hypothesis, the same ones on every run.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

Json = dict[str, Any]

NUMBERS = [0, 1, -1, 127, 2**31, 2**53 - 1, 2**53, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**400]
ODD = [1.0, 0.5, -0.0, 1e308, float("nan"), float("inf"), float("-inf")]
WORDS = [
    "",
    "\0",
    "a\0b",
    "\ud83d",
    "x\udc00y",
    "\u202e",
    "\u200b",
    "你" * 5_000,
    "'\";--<script>",
    "%00",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "room:1",
    "user:9" + "9" * 30,
    "c" * 32,
    "👍",
    "1",
    "null",
]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(NUMBERS),
    st.sampled_from(ODD),
    st.sampled_from(WORDS),
    st.text(max_size=12),
)
junk = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(WORDS), inner, max_size=3)
    ),
    max_leaves=6,
)


def about(schema: Json, known: Json) -> st.SearchStrategy[Any]:
    """Mostly of the shape that a JSON schema wants, and in places not at all."""
    return st.one_of(shaped(schema, known), shaped(schema, known), shaped(schema, known), junk)


def shaped(schema: Json, known: Json) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return about(known[schema["$ref"].rsplit("/", 1)[-1]], known)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return st.one_of([about(one, known) for one in schema[choice]])
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    return typed(schema, known)


def typed(schema: Json, known: Json) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return st.fixed_dictionaries(
                {}, optional={name: about(field, known) for name, field in fields.items()}
            )
        case "array":
            return st.lists(about(schema.get("items", {}), known), max_size=4)
        case "string" if "0-9a-f" in schema.get("pattern", ""):
            return st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")
        case "string":
            return st.one_of(st.sampled_from(WORDS), st.text(max_size=30))
        case "integer":
            return st.integers(1, 12)
        case "boolean":
            return st.booleans()
    return junk


def whole(schema: Json) -> st.SearchStrategy[Json]:
    """All the fields of an object, each about right."""
    known = schema.get("$defs", {})
    fields = {name: about(field, known) for name, field in schema.get("properties", {}).items()}
    extra = st.dictionaries(st.sampled_from(["op", "ref", "extra", "\ud83d", ""]), junk, max_size=1)
    return st.tuples(st.fixed_dictionaries(fields), extra).map(lambda pair: {**pair[1], **pair[0]})


NESTED = [text * depth for text in ("[", '{"a":', '[{"a":') for depth in (100, 2_000, 10_000)]
BROKEN = [
    "",
    " ",
    "nul",
    "NaN",
    "-",
    '"',
    '{"op":"ping","ref":1',
    '{"op":"ping","ref":1}}',
    '{"op":"ping","ref":1,"ref":2}',
    '{"op":"ping","op":"join","ref":1}',
    '{"op":"ping","ref":1e400}',
    '{"op":"ping","ref":' + "9" * 5_000 + "}",
    '{"op":"ping","ref":1,"' + "k" * 60_000 + '":1}',
    '{"op":"ping","ref":NaN}',
    '{"op":"\\ud83d","ref":1}',
    '{"op":"ping","ref":1,"\\udc00":1}',
    '{"op":"ping","ref":1,"x":"\\u0000"}',
    "\ufeff" + '{"op":"ping","ref":1}',
    "\x00" * 100,
    "x" * 70_000,
    *NESTED,
    *(text + "]" * len(text) for text in NESTED if text[0] == "[" and "{" not in text),
]


def frames(bodies: dict[str, Json]) -> st.SearchStrategy[str]:
    """Whole frames as text. bodies: op -> the JSON schema of its fields."""
    said = st.sampled_from(sorted(bodies)).flatmap(
        lambda op: st.tuples(st.just(op), whole(bodies[op]))
    )
    text = said.map(lambda pair: json.dumps({**pair[1], "op": pair[0], "ref": 7}))
    cut = st.tuples(text, st.integers(0, 200)).map(lambda pair: pair[0][: pair[1]])
    return st.one_of(
        text, text, text, cut, st.sampled_from(BROKEN), junk.map(json.dumps), st.text(max_size=60)
    )


def some(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """So many examples, the same on every run: for tests that send them all to one server."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def note(value: Any) -> None:
        found.append(value)

    note()
    return found
