"""The manual's table of keys is that of the program.

python -m pytest tests/journeys/test_key_table.py --write-key-table    writes it again
"""

import re
import sys
from pathlib import Path

import pytest

from deskhand.ui.actions.table import WINDOW

PAGE = Path(__file__).parents[2] / "resources" / "help" / "keys.md"
TABLE = re.compile(r"(?<=<!-- keys -->\n).*(?=<!-- /keys -->)", re.DOTALL)


@pytest.mark.skipif(sys.platform == "darwin", reason="the manual shows the keys of Linux and Windows")
def test_the_manual_shows_every_key(request: pytest.FixtureRequest) -> None:
    actions = [(action.title, action.keys + action.widget_keys) for action in WINDOW]
    lines = [f"| {title} | {' or '.join(f'`{key}`' for key in keys)} |\n" for title, keys in actions if keys]
    table = "".join(["| To | Press |\n", "|---|---|\n", *lines])
    page = PAGE.read_text(encoding="utf-8")
    if request.config.getoption("--write-key-table"):
        PAGE.write_text(TABLE.sub(lambda _: table, page), encoding="utf-8")
    elif (found := TABLE.search(page)) is None or found[0] != table:
        pytest.fail(f"resources/help/keys.md is not up to date; write it again with --write-key-table:\n{table}")
