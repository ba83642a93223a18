"""A folder that others use is not made one user's own by a slip in --profile."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from deskhand.domain.problems import PlaceReason, PlaceRefused
from deskhand.profile.lock import ProfileLock
from deskhand.store.private_folder import prepare

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights are given otherwise there")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_with_other_things_is_refused_and_gets_no_log(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    (folder / "project").mkdir(parents=True)
    folder.chmod(0o755)
    told = subprocess.run(
        (sys.executable, "-m", "deskhand", "--profile", str(folder), "tickets"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 3
    assert len(told.stderr.splitlines()) == 1
    assert "holds other things" in told.stderr
    assert "--profile DIR" in told.stderr
    assert [path.name for path in folder.iterdir()] == ["project"]


@pytest.mark.parametrize("rights", [0o755, 0o1777, 0o750, 0o711])
def test_a_folder_with_other_things_keeps_its_rights_and_gets_nothing(rights: int, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    (folder / "project").mkdir(parents=True)
    (folder / "letter.txt").write_text("mine")
    folder.chmod(rights)
    with pytest.raises(PlaceRefused) as caught:
        ProfileLock.acquire(folder)
    assert caught.value.reason is PlaceReason.HOLDS_OTHER
    assert mode(folder) == rights
    assert sorted(path.name for path in folder.iterdir()) == ["letter.txt", "project"]


@pytest.mark.parametrize(
    "names",
    [(), ("lost+found",), (".directory", ".Trash-0"), ("profile.json", "letter.txt"), ("owner.lock", "project")],
)
def test_an_empty_folder_or_a_profiles_own_is_made_private(names: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    for name in names:
        (folder / name).touch()
    folder.chmod(0o755)
    prepare(folder)
    assert mode(folder) == 0o700


def test_a_private_folder_may_hold_other_things(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir(mode=0o700)
    (folder / "letter.txt").touch()
    prepare(folder)
    assert mode(folder) == 0o700
