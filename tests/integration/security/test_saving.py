"""A34, A35, A45: what is left of a stranger's file on the disk."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskhand.bootstrap import OPENED, make_temp_dir
from deskhand.content.names import safe_file_name
from deskhand.profile.profile import Profile
from deskhand.ui.ticket.save_file import ZONE_IDENTIFIER, quarantine_value, save

NAMES = (
    "a.pdf\u202efdp.exe",
    r"..\..\x",
    "../../../etc/passwd",
    "/etc/passwd",
    "CON",
    "aux.txt",
    "x" * 300 + ".pdf",
    "end.",
    "a.txt:ads",
    "-rf",
    "~",
    "$(touch x)",
    "a\nb\0c",
    "\ud800.txt",
    "😀" * 100,
    ".bashrc",
    "",
    "..",
)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_file_is_called_it_lands_in_the_chosen_folder(tmp_path, name):
    folder = tmp_path / "downloads"
    folder.mkdir()
    path = folder / safe_file_name(name)
    save(path, b"bytes")
    assert [one.parent for one in tmp_path.rglob("*") if one.is_file()] == [folder]
    assert path.read_bytes() == b"bytes"
    assert not path.name.startswith((".", " "))


@pytest.mark.skipif(sys.platform == "win32", reason="files inherit the folder's access list there")
def test_a_saved_file_is_private_and_never_executable(tmp_path):
    before = os.umask(0)
    try:
        save(tmp_path / "run.sh", b"#!/bin/sh\n")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "run.sh").stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_in_its_place_is_replaced_and_not_written_through(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "invoice.pdf").symlink_to(victim)
    save(tmp_path / "invoice.pdf", b"theirs")
    assert victim.read_text() == "mine"
    assert (tmp_path / "invoice.pdf").read_bytes() == b"theirs"


FULL = """
import resource, signal, sys
from pathlib import Path
from deskhand.ui.ticket.save_file import save
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    save(Path(sys.argv[1]), b"x" * 5_000_000)
except OSError as problem:
    print(problem.strerror)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_where_there_is_no_room_the_file_that_was_there_stays_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "invoice.pdf"
    path.write_bytes(b"the old one")
    told = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert "large" in told.stdout
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_an_error_and_no_crash(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        save(tmp_path / "gone" / "a.txt", b"x")


def test_the_marks_say_that_it_comes_from_elsewhere():
    assert b"ZoneId=3" in ZONE_IDENTIFIER
    moment = datetime(2026, 11, 21, tzinfo=UTC).timestamp()
    assert quarantine_value(moment) == b"0083;%08x;Deskhand;" % int(moment)


@pytest.mark.skipif(sys.platform != "win32", reason="a stream of NTFS")
def test_windows_knows_it_as_a_file_from_the_internet(tmp_path):
    save(tmp_path / "a.docx", b"x")
    assert Path(f"{tmp_path / 'a.docx'}:Zone.Identifier").read_bytes() == ZONE_IDENTIFIER


@pytest.mark.skipif(sys.platform != "darwin", reason="an attribute of macOS")
def test_macos_quarantines_it(tmp_path):
    save(tmp_path / "a.docx", b"x")
    told = subprocess.run(
        ["/usr/bin/xattr", "-l", str(tmp_path / "a.docx")], capture_output=True, encoding="utf-8", check=True
    )
    assert "com.apple.quarantine: 0083;" in told.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="files inherit the folder's access list there")
def test_what_is_opened_lies_where_nobody_else_can_look_or_guess(tmp_path):
    profile = Profile.open_or_create(tmp_path / "profile")
    profile.folder.mkdir(exist_ok=True)
    first, second = make_temp_dir(profile), make_temp_dir(profile)
    assert first != second
    assert first.parent == second.parent == profile.folder / OPENED
    for folder in (first, first.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
