"""Makes the set-up's and the packages' own modules importable, and keeps their tests in one process."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

sys.path.insert(0, str(HERE.parents[1] / "packaging"))

from deskdev import debian  # noqa: E402 - found only now

debian.find_administrators_programs()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share the folder `build`: its environment is made, and the program frozen there, once and not by two at a time."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("packages"))
