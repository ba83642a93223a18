"""What names a profile's key is never made anew where something was stored under it, whatever happened to the file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskhand.domain.problems import ProfileFactsLost
from deskhand.profile.profile import COPY, FILE, Profile

ODD = {
    "nothing": b"",
    "blanks": b"  \n",
    "zeros": b"\0" * 40,
    "a list": b"[]",
    "null": b"null",
    "a number": b"5",
    "a text": b'"id"',
    "no id": b"{}",
    "an empty id": b'{"id": "", "vault": "keyring"}',
    "an id of another kind": b'{"id": 5, "vault": "keyring"}',
    "an id with a line end": b'{"id": "a\\nb", "vault": ""}',
    "a vault of another kind": b'{"id": "abc", "vault": []}',
    "half of it": b'{"id": "abc", "vau',
    "no letters": b"\xff\xfe\x00{",
    "nested without end": b"[" * 60_000,
}
DATA = (
    "desk.db",
    "cache.db",
    "key.check",
    "vault.db",
    "desk.db.bad-20260101-000000",
    "backups/desk-20260101-000000.db",
)


def with_data(folder: Path, vault: str = "keyring") -> Profile:
    return Profile.open_or_create(folder).choose_vault(vault)


def hold(folder: Path, name: str = "desk.db") -> None:
    path = folder / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(b"data")


@pytest.mark.parametrize("odd", ODD)
def test_either_file_is_enough_whatever_the_other_holds(tmp_path, odd):
    known = with_data(tmp_path)
    hold(tmp_path)
    for name in (FILE, COPY):
        (tmp_path / name).write_bytes(ODD[odd])
        assert Profile.open_or_create(tmp_path) == known
        assert (tmp_path / FILE).read_bytes() == (tmp_path / COPY).read_bytes() != ODD[odd]


def test_either_file_is_enough_where_the_other_is_gone(tmp_path):
    known = with_data(tmp_path)
    hold(tmp_path)
    for name in (FILE, COPY):
        (tmp_path / name).unlink()
        assert Profile.open_or_create(tmp_path) == known
        assert (tmp_path / name).exists()


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("odd", ["gone", *ODD])
def test_beside_data_no_identity_is_made_and_nothing_is_touched(tmp_path, odd, data):
    hold(tmp_path, data)
    if odd != "gone":
        for name in (FILE, COPY):
            (tmp_path / name).write_bytes(ODD[odd])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(ProfileFactsLost, match=r"profile\.json"):
        Profile.open_or_create(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("odd", ODD)
def test_without_data_a_spoilt_file_is_begun_anew(tmp_path, odd):
    (tmp_path / FILE).write_bytes(ODD[odd])
    made = Profile.open_or_create(tmp_path)
    assert len(made.id) == 32
    assert Profile.open_or_create(tmp_path) == made


def test_a_mark_of_byte_order_that_an_editor_put_in_front_does_no_harm(tmp_path):
    (tmp_path / FILE).write_bytes(b'\xef\xbb\xbf{"id": "abc", "vault": "passphrase"}')
    hold(tmp_path)
    assert Profile.open_or_create(tmp_path) == Profile(tmp_path, "abc", "passphrase")


def test_a_vault_of_a_later_program_is_not_taken_for_the_keyring(tmp_path):
    written = json.dumps({"id": "abc", "vault": "hardware"})
    (tmp_path / FILE).write_text(written)
    with pytest.raises(ProfileFactsLost, match="hardware"):
        Profile.open_or_create(tmp_path)
    assert (tmp_path / FILE).read_text() == written


def test_another_persons_file_put_in_place_does_not_destroy_the_id_that_finds_the_key(tmp_path):
    known = with_data(tmp_path)
    hold(tmp_path)
    (tmp_path / FILE).write_text('{"id": "another", "vault": "keyring"}')
    assert Profile.open_or_create(tmp_path).id == "another"
    assert any(known.id in path.read_text() for path in tmp_path.glob("profile.*.json"))


KILLED = """
import os, signal, sys
from pathlib import Path
from deskhand.profile.profile import Profile
folder, at, seen = Path(sys.argv[1]), int(sys.argv[2]), 0
def count(event, args):
    global seen
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate"):
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
Profile.open_or_create(folder).choose_vault("passphrase")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_kill_between_any_two_steps_leaves_the_identity(tmp_path):
    steps, code, folder = 0, -1, tmp_path
    while code != 0:
        steps += 1
        folder = tmp_path / str(steps)
        known = with_data(folder, "")
        hold(folder)
        code = subprocess.run((sys.executable, "-c", KILLED, str(folder), str(steps)), check=False).returncode
        assert Profile.open_or_create(folder).id == known.id
        for name in (FILE, COPY):  # and what was on its way to the disk when the power failed too
            (folder / name).write_bytes(b"")
            assert Profile.open_or_create(folder).id == known.id
    assert Profile.open_or_create(folder).vault == "passphrase"
    assert steps > 5


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_kill_while_a_profile_is_begun_leaves_a_folder_that_can_be_begun(tmp_path):
    steps, code, folder = 0, -1, tmp_path
    while code != 0:
        steps += 1
        folder = tmp_path / str(steps)
        code = subprocess.run((sys.executable, "-c", KILLED, str(folder), str(steps)), check=False).returncode
        made = Profile.open_or_create(folder)
        assert Profile.open_or_create(folder) == made
    assert steps > 5


def test_a_disk_that_takes_nothing_leaves_the_old_facts(tmp_path, monkeypatch):
    known = with_data(tmp_path)
    before = (tmp_path / FILE).read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        known.choose_vault("passphrase")
    assert (tmp_path / FILE).read_bytes() == before
    assert not list(tmp_path.glob("*.part"))
