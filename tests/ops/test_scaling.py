"""docs/scaling.md says what its model reckons, and the model does not flatter what was measured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INPUTS = tomllib.loads((ROOT / "docs/scaling.toml").read_text())
BENCHMARKS = ROOT / "docs" / "benchmarks.json"
sys.path.append(str(ROOT / "scripts"))

import scale_models  # noqa: E402
import simulate_scale  # noqa: E402


def test_the_document_says_what_the_simulation_prints() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/simulate_scale.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_a_figure_that_parts_or_is_not_known_is_noticed() -> None:
    page = "so <!--many-->12<!----> and <!--few-->3<!---->"
    assert simulate_scale.filled(page, {"many": "13", "few": "3"}) != page
    assert simulate_scale.filled(page, {"many": "12", "few": "3"}) == page
    with pytest.raises(KeyError):
        simulate_scale.filled(page, {"many": "12"})


def test_no_line_of_the_document_begins_with_a_mark() -> None:
    """There Markdown takes the whole line for HTML, and the paragraph ends."""
    lines = (ROOT / "docs/scaling.md").read_text().splitlines()
    assert not [line for line in lines if re.match(r"\s*<!--(?!inputs_|-->)", line)]


@pytest.mark.parametrize(
    "name", [name for name, entry in INPUTS["measured"].items() if "figure" in entry]
)
def test_plans_are_no_better_than_measurements(name: str) -> None:
    entry = INPUTS["measured"][name]
    known = json.loads(BENCHMARKS.read_text()) if BENCHMARKS.exists() else {}
    workload, figure = entry["figure"]
    measured = known.get(workload, {}).get(figure)
    if measured is None:
        pytest.skip(f"docs/benchmarks.json has no {figure} of {workload} yet")
    # The same run on a machine that is busy with something else may cost half as much again.
    if entry["unit"] == "/s":
        assert entry["value"] <= measured * 1.5
    else:
        assert entry["value"] >= measured / 1.5


def test_models_agree_with_what_can_be_reckoned() -> None:
    # So many processes hear of k sockets spread over w workers: w (1 - (1 - 1/w)^k).
    found = scale_models.processes([40] * 5_000, 50)
    assert sum(found) / len(found) == pytest.approx(50 * (1 - (1 - 1 / 50) ** 40), rel=0.02)
    # A single quick server that is never late: a wait of nothing. Twice too much: no end of it.
    idle, _ = scale_models.loop_wait(10, [1], 10, 0.0, events=5_000)
    assert idle == 0
    _, late = scale_models.loop_wait(1_000, [100], 20, 0.0, events=5_000)
    assert late > 1
    # 5,000 handshakes at 500 a second cannot be done in less than ten seconds.
    most, everyone = scale_models.storm(5_000, 500)
    assert 9.9 <= most <= everyone < 20
    # Where a commit takes long, more are committed together, and nobody waits for two.
    batch, wait = scale_models.batches(1_000, 0.01, 0.0, messages=20_000)
    assert 8 < batch < 13 and wait < 0.025


def test_the_same_inputs_give_the_same_figures() -> None:
    assert scale_models.shard_balance(8, 1_000, 20_000) == scale_models.shard_balance(
        8, 1_000, 20_000
    )
