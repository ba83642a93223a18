"""The manual's table of keys is that of the program.

python -m pytest tests/journeys/test_key_table.py --write-key-table    writes it again
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from deskhand.ui.actions.action import Action
from deskhand.ui.actions.keymap import Keymap
from deskhand.ui.actions.table import by_place

PAGE = Path(__file__).parents[2] / "resources" / "help" / "keys.md"
TABLE = re.compile(r"(?<=<!-- keys -->\n).*(?=<!-- /keys -->)", re.DOTALL)


def section(place: str, actions: Sequence[Action[Any]]) -> str:
    """Return one table, below the name of the place where its keys act."""
    keyed = [(one.title, Keymap().shown_keys(one)) for one in actions]
    lines = [f"| {title} | {' or '.join(f'`{key}`' for key in keys)} |\n" for title, keys in keyed if keys]
    return "".join([f"## {place}\n\n" if place else "", "| To | Press |\n", "|---|---|\n", *lines])


@pytest.mark.skipif(sys.platform == "darwin", reason="the manual shows the keys of Linux and Windows")
def test_the_manual_shows_every_key(request: pytest.FixtureRequest) -> None:
    table = "\n".join(section(place, actions) for place, actions in by_place())
    page = PAGE.read_text(encoding="utf-8")
    if request.config.getoption("--write-key-table"):
        PAGE.write_text(TABLE.sub(lambda _: table, page), encoding="utf-8")
    elif (found := TABLE.search(page)) is None or found[0] != table:
        pytest.fail(f"resources/help/keys.md is not up to date; write it again with --write-key-table:\n{table}")
