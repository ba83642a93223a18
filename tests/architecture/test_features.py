"""The table of features is whole, and what it says works names tests that exist."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "resources" / "docs" / "features.md"

FEATURES, RULES = 123, 40
"""How many of each were compared."""


class Feature(NamedTuple):
    """One row of the table."""

    number: str
    what: str
    state: str
    tests: tuple[str, ...]
    remark: str


def _read() -> list[Feature]:
    lines = [line for line in TABLE.read_text().splitlines() if re.match(r"\| U?\d+ \|", line)]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [
        Feature(n, what, state, tuple(re.findall(r"`([^`]+)`", tests)), rest) for n, what, state, tests, rest in cells
    ]


ROWS = _read()


def test_every_row_stands_here_once():
    expected = [str(n + 1) for n in range(FEATURES)] + [f"U{n + 1}" for n in range(RULES)]
    assert [row.number for row in ROWS] == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_a_row_names_tests_that_exist_or_says_what_is_missing(row: Feature):
    assert row.state in ("Y", "P", "N")
    assert row.tests or row.state != "Y", "what works has a test"
    assert row.remark or row.state == "Y", "what does not work says what is missing"
    for named in row.tests:
        module, _, test = named.partition("::")
        path = ROOT / module
        assert path.exists(), module
        if test:
            assert re.search(rf"^(async )?def {re.escape(test)}\(", path.read_text(), re.MULTILINE), named
