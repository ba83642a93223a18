"""The files beside the code are found in a checkout and in a frozen build."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.domain.problems import InstallationIncomplete
from deskhand.ui.kit import resources


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    resources.folder.cache_clear()
    yield
    resources.folder.cache_clear()


def test_a_checkout_or_a_wheel_has_its_icons() -> None:
    assert (resources.folder() / "icons" / "send.svg").is_file()


def test_a_frozen_build_uses_what_it_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deskhand" / "resources" / "icons").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.folder() == tmp_path / "deskhand" / "resources"


def test_an_incomplete_installation_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "lib" / "deskhand" / "ui" / "kit" / "resources.py"))
    with pytest.raises(InstallationIncomplete, match=r"looked in .*deskhand"):
        resources.folder()
