"""A hot vote: 10,000 people within 10 s, 2,000 watch, every 50th votes 100 times at once."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.bench import load_client
from tests.bench.load_client import Failed, lines
from tests.bench.report import WHO, Table, check, who
from tests.bench.servers import Bench, Meter, join, port_for

VOTERS, VIEWERS, SECONDS, BURST = 10_000, 2_000, 10, 100
MUST_MS, AIM_MS = 1_000.0, 300.0


def run(bench: Bench, peers: bool) -> list[Table]:
    """Ours; the limits of a socket stand as they are."""
    table = Table(
        "poll",
        f"A hot vote: {VOTERS:,} people within {SECONDS} s, {VIEWERS:,} watch, every 50th votes "
        f"{BURST} times at once",
        ("server", "counted", "staleness p50 / p99 / max ms", "ack p50 / p99 ms", "server CPU")
        + (WHO,),
    )
    report, counted = measure(bench)
    exact = counted == (VOTERS, VOTERS, VOTERS) and report["shown"] == VOTERS and not report["bad"]
    table.must(f"exactly {VOTERS:,} counted, stored and shown to everybody", exact)
    try:
        check(report, "closed", "bad", lost=VOTERS - min(*counted, report["shown"]), of=VOTERS)
    except Failed as error:
        table.refuse("jianghu", str(error))
        table.must(f"staleness p99 at most {MUST_MS:.0f} ms", None)
        return [table]
    table.rows.append(
        (
            "jianghu",
            f"{counted[0]:,} rows, {counted[1]:,} in the tally, {report['shown']:,} shown",
            f"{report['stale_p50_ms']:.0f} / {report['stale_p99_ms']:.0f} / "
            f"{report['stale_max_ms']:.0f}",
            f"{report['ack_p50_ms']:.0f} / {report['ack_p99_ms']:.0f}",
            f"{report['cpu']:.1f} s",
            who(report),
        )
    )
    table.notes.append(
        f"{report['tallies'] / VIEWERS:.0f} frames a viewer; {report['told_again']:,} votes were "
        "asked to come again and did; staleness: from the k-th acknowledgement until k is shown"
    )
    table.figures["jianghu: staleness p99 ms"] = report["stale_p99_ms"]
    table.must(f"staleness p99 at most {MUST_MS:.0f} ms", report["stale_p99_ms"] <= MUST_MS)
    table.aim(f"staleness p99 at most {AIM_MS:.0f} ms", report["stale_p99_ms"] <= AIM_MS)
    return [table]


def measure(bench: Bench) -> tuple[dict[str, Any], tuple[int, int, int]]:
    """The client's report, and from the database: ballots, the tally, the sum of the options."""
    world, port = bench.world(), port_for()
    poll = world["poll"]
    hellos = [
        join(
            f"user:{bench.person(n)}", f"poll:{poll}" if n < VIEWERS else f"user:{bench.person(n)}"
        )
        for n in range(VOTERS)
    ]
    server = bench.ours(port, hellos)
    votes = [
        f'{{"op":"poll.vote","ref":@R,"poll_id":{poll},"choices":[{option}]}}'
        for option in world["options"]
    ]
    with bench.running(server, port) as running:
        meter = Meter(bench, running)
        report = load_client.run(
            bench.program,
            "vote",
            server.speak
            | {"port": port, "count": VOTERS, "viewers": VIEWERS, "burst": BURST}
            | {"seconds": SECONDS, "warm-ms": 4000, "cool-ms": 20_000, "source-addresses": True}
            | {"frame": lines(bench.folder / "votes", votes)},
            {"ready": meter.begin, "measured": meter.end},
        )
    report["cpu"], report["shares"] = meter.spent(), meter.shares()
    return report, _counted(bench, poll)


def _counted(bench: Bench, poll: int) -> tuple[int, int, int]:
    with psycopg.connect(bench.postgres.url("bench")) as connection:
        [ballots] = connection.execute(
            "SELECT count(*) FROM polls_ballot b WHERE poll_id = %s AND EXISTS "
            "(SELECT 1 FROM polls_ballotchoice c WHERE c.ballot_id = b.id)",
            [poll],
        ).fetchone() or [0]
        [voted] = connection.execute(
            "SELECT voted FROM polls_poll WHERE id = %s", [poll]
        ).fetchone() or [0]
        [votes] = connection.execute(
            "SELECT sum(votes) FROM polls_option WHERE poll_id = %s", [poll]
        ).fetchone() or [0]
    return ballots, voted, int(votes)
