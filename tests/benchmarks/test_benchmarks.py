"""Every job once at a tiny size, so that none of them rots. What they measure is not looked at: machines differ.

Only `--full` has the instructions of a start counted.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.benchmarks import plan, processes
from tests.benchmarks.figures import Figure, table

pytestmark = pytest.mark.xdist_group("benchmarks")  # one profile is filled for all of them

TICKETS = 200


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[plan.Bench]:
    root: Path = tmp_path_factory.mktemp("bench")
    with processes.platforms(("offscreen",)) as platforms:
        bare = {name: plan.bare_window(env, 1) for name, env in platforms.items()}
        counts = pytestconfig.getoption("--full")
        yield plan.Bench(root, TICKETS, platforms, bare, runs=1, frames=8, listed=30, seconds=0.2, counts=counts)


@pytest.mark.parametrize("area", plan.AREAS)
def test_each_benchmark_still_finds_its_figures(bench: plan.Bench, area: str) -> None:
    figures = list(plan.AREAS[area](bench))
    assert figures
    assert all(figure.value >= 0 for figure in figures)
    assert all(figure.area == area for figure in figures)


def test_a_table_shows_growth_ratio_and_verdict() -> None:
    figures = [
        Figure("list", "wheel p99", value, "ms", tickets, bare=100.0, target=6.0)
        for tickets, value in ((1000, 2.0), (10, 1.0), (100_000, 7.5))
    ]
    lines = table(figures).splitlines()
    assert lines[0] == "|  |  | 10 | 1,000 | 100,000 | x bare | target |  |"
    assert lines[2] == "| list | wheel p99 | 1.00 ms | 2.00 ms | 7.50 ms | 0.07 | 6.00 ms | short |"
