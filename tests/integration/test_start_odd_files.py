"""Whatever stands in the small files and settings of a profile, the window starts, or says in a sentence why it does not."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.posix import make_pipe
from tests.helpers.window_starts import StartProblem, change_profile, make_profile, precious_files, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the starts are tried on Linux")

DEEP = "[" * 100_000
SETTINGS = ("window.theme", "window.layout", "window.unfolded", "snippet.x", "outbox.undo_seconds", "keys.letters")
PUT = f"value = sys.stdin.read(); [await opened.services.settings.put(key, value) for key in {SETTINGS}]"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "profile"
    make_profile(folder)
    return folder


@pytest.mark.parametrize("kept", ["5", "[[1]]", '{"panes": 5, "title": 1}', "nonsense", '{"title": "a"', DEEP])
def test_settings_of_any_shape_do_not_keep_the_window_from_opening(made: Path, tmp_path: Path, kept: str) -> None:
    ended = start(StartProblem(prepare=lambda folder: change_profile(folder, PUT, kept)), made, tmp_path)
    assert (ended.code, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    "content", [DEEP, "5", "{}", '{"salt": "00", "print": 5}', '{"salt": 5, "print": "a"}', "\\xff", ""]
)
def test_a_fingerprint_of_the_key_that_cannot_be_read_is_made_anew(made: Path, tmp_path: Path, content: str) -> None:
    ended = start(StartProblem(prepare=lambda folder: (folder / "key.check").write_text(content)), made, tmp_path)
    assert (ended.code, ended.stderr) == (0, "")
    assert json.loads((tmp_path / "profile" / "key.check").read_text())["salt"] not in ("", "00")


def folder_for_a_file(folder: Path) -> None:
    (folder / "owner.lock").unlink(missing_ok=True)
    (folder / "owner.lock").mkdir()


REFUSED: dict[str, Callable[[Path], object]] = {
    "a folder in a file's place": folder_for_a_file,
    "a link in a file's place": lambda folder: (folder / "profile.json.part").symlink_to("elsewhere"),
    "a file in a folder's place": lambda folder: (folder / "opened").write_text(""),
    "a pipe in a file's place": lambda folder: make_pipe(folder / "requests.log"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_in_a_folder_of_ones_own_is_in_its_log(made: Path, tmp_path: Path, name: str) -> None:
    ended = start(StartProblem(prepare=REFUSED[name]), made, tmp_path)
    assert ended.code == 1
    assert "The profile's folder cannot be used" in ended.stderr
    assert "not started: The profile's folder cannot be used" in ended.log


@pytest.mark.parametrize("where", [".", "logs"])
def test_nothing_is_left_where_others_can_write(made: Path, tmp_path: Path, where: str) -> None:
    def open_up(folder: Path) -> None:
        (folder / "profile.json.part").symlink_to("elsewhere")
        (folder / "logs").mkdir(exist_ok=True)
        (folder / where).chmod(0o777)

    ended = start(StartProblem(prepare=open_up), made, tmp_path)
    assert ended.code == 1
    assert "profile.json.part is a link" in ended.stderr
    assert ended.log == ""


VAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "gone": (lambda folder: (folder / "vault.db").unlink(), "not where it was kept"),
    "empty": (lambda folder: (folder / "vault.db").write_bytes(b""), "vault.db, which holds"),
    "cut off": (lambda folder: os.truncate(folder / "vault.db", 5000), "vault.db, which holds"),
    "a text": (lambda folder: (folder / "vault.db").write_text("hello"), "vault.db, which holds"),
}


@pytest.mark.parametrize("name", VAULTS)
def test_a_vault_without_a_copy_that_is_gone_or_damaged_is_named_and_no_other_is_made(
    made: Path, tmp_path: Path, name: str
) -> None:
    spoil, words = VAULTS[name]
    before: dict[str, bytes] = {}

    def spoil_and_look(folder: Path) -> None:
        (folder / "vault.db.copy").unlink()
        spoil(folder)
        before.update(precious_files(folder))

    ended = start(StartProblem(prepare=spoil_and_look), made, tmp_path)
    assert ended.code == 1
    assert words in ended.stderr
    assert "Nothing was touched" in ended.stderr
    assert "keyring refused" not in ended.stderr
    assert precious_files(tmp_path / "profile") == before


@pytest.mark.parametrize("name", VAULTS)
def test_a_vault_that_is_gone_or_damaged_is_replaced_by_its_copy(made: Path, tmp_path: Path, name: str) -> None:
    ended = start(StartProblem(prepare=VAULTS[name][0]), made, tmp_path)
    assert ended.code == 0
    assert ended.has_screenshot
    assert "its copy took its place" in ended.log


def test_another_place_for_secrets_than_the_profiles_own_is_refused_in_those_words(made: Path, tmp_path: Path) -> None:
    ended = start(StartProblem(options=("--vault", "keyring")), made, tmp_path)
    assert ended.code == 1
    assert "in another place than the one you named" in ended.stderr
    assert "Start without --vault." in ended.stderr


def test_a_command_says_once_and_in_the_log_why_it_cannot_begin(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    shutil.copytree(made, folder)
    (folder / "profile.json.part").symlink_to("elsewhere")
    told = subprocess.run(
        (sys.executable, "-m", "deskhand", "--profile", str(folder), "tickets"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 3
    assert len(told.stderr.splitlines()) == 1
    assert "profile.json.part is a link" in told.stderr
    assert "profile.json.part is a link" in (folder / "logs" / "deskhand.log").read_text(encoding="utf-8")


def test_a_second_name_for_a_file_elsewhere_is_refused_in_a_folder_that_others_could_write_in(
    made: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").write_text("mine")

    def lay(folder: Path) -> None:
        (folder / "requests.log").hardlink_to(tmp_path / "elsewhere")
        folder.chmod(0o777)

    ended = start(StartProblem(prepare=lay), made, tmp_path)
    assert ended.code == 1
    assert "requests.log is a link" in ended.stderr
    assert (tmp_path / "elsewhere").read_text() == "mine"
