"""A profile's folder belongs to one user alone before anything is written into it, and no link in it is followed."""

import errno
import os
import shutil
import stat
import sys
import threading
from pathlib import Path

import pytest
from tests.helpers.posix import is_root, make_pipe

from deskhand.domain.problems import DiskFull, PlaceReason, PlaceRefused
from deskhand.profile.lock import ProfileLock
from deskhand.profile.profile import Profile
from deskhand.store.private_folder import MAX_PATH_BYTES, prepare

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights are given otherwise there")

OURS = (
    "profile.json",
    "profile.json.part",
    "profile.copy.json",
    "profile.copy.json.part",
    "owner.lock",
    "owner.json",
    "owner.sock",
    "key.check",
    "key.check.part",
    "desk.db",
    "desk.db-wal",
    "cache.db",
    "cache.db-shm",
    "cache.damaged",
    "vault.db",
    "vault.db-journal",
    "logs",
    "logs/deskhand.log",
    "logs/deskhand.log.1",
    "logs/crash-20260101-000000-1-001.txt",
    "backups",
    "backups/desk-20260101-000000.db",
    "backups/desk-20260101-000000.part",
    "opened",
)


def refusal(folder: Path) -> PlaceRefused:
    with pytest.raises(PlaceRefused) as caught:
        ProfileLock.acquire(folder)
    with pytest.raises(PlaceRefused):
        Profile.open_or_create(folder)
    return caught.value


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("where", ["file", "nothing", "folder"])
def test_a_link_under_a_name_of_ours_is_named_and_not_followed(tmp_path, name, where):
    folder, victim = tmp_path / "profile", tmp_path / "victim"
    if where == "file":
        victim.write_text("mine")
    elif where == "folder":
        victim.mkdir(mode=0o755)
    (folder / name).parent.mkdir(parents=True)
    folder.chmod(0o777)
    (folder / name).symlink_to(victim)
    found = refusal(folder)
    assert found.reason is PlaceReason.LINK
    assert found.path == str(folder / name)
    if where == "file":
        assert victim.read_text() == "mine"
    elif where == "folder":
        assert list(victim.iterdir()) == []
        assert mode(victim) == 0o755
    else:
        assert not victim.exists()


def test_a_second_name_for_a_file_elsewhere_is_refused_where_others_could_put_it(tmp_path):
    folder, victim = tmp_path / "profile", tmp_path / "victim"
    victim.write_text("mine")
    folder.mkdir()
    os.link(victim, folder / "owner.lock")
    folder.chmod(0o777)
    assert refusal(folder).reason is PlaceReason.LINK


def test_a_second_name_that_a_backup_program_made_is_none_of_our_business(tmp_path):
    Profile.open_or_create(tmp_path / "profile")
    os.link(tmp_path / "profile" / "profile.json", tmp_path / "backup")
    prepare(tmp_path / "profile")


@pytest.mark.parametrize("before", [0o777, 0o775, 0o755, 0o750, 0o500, 0o2770])
def test_the_folder_is_made_private_before_anything_is_written(tmp_path, before):
    folder = tmp_path / "profile"
    folder.mkdir()
    (folder / "logs").mkdir()
    for each in (folder, folder / "logs"):
        each.chmod(before)
    profile_lock = ProfileLock.acquire(folder)
    assert profile_lock is not None
    profile_lock.release()
    assert mode(folder) & 0o777 == 0o700
    assert mode(folder / "logs") & 0o777 == 0o700


def test_a_file_that_is_not_ours_stays_as_it_is(tmp_path):
    folder = tmp_path / "profile"
    folder.mkdir()
    (folder / "owner.lock").touch()
    (folder / "notes.txt").symlink_to("/etc/hostname")
    prepare(folder)
    assert (folder / "notes.txt").is_symlink()


@pytest.mark.parametrize("name", ["desk.db", "owner.lock", "profile.json", "vault.db", "logs/deskhand.log"])
def test_a_folder_or_a_pipe_where_a_file_belongs_is_named(tmp_path, name):
    for number, make in enumerate((os.mkdir, make_pipe)):
        folder = tmp_path / str(number)
        (folder / name).parent.mkdir(parents=True)
        make(folder / name)
        found = refusal(folder)
        assert (found.reason, found.path) == (PlaceReason.WRONG_KIND, str(folder / name))


@pytest.mark.skipif(not is_root(), reason="only root can give a file away")
@pytest.mark.parametrize("name", ["", "desk.db", "logs"])
def test_what_belongs_to_somebody_else_is_named(tmp_path, name):
    folder = tmp_path / "profile"
    folder.mkdir()
    path = folder / name
    if name == "logs":
        path.mkdir()
    elif name:
        path.write_text("")
    shutil.chown(path, 65534)
    found = refusal(folder)
    assert (found.reason, found.path) == (PlaceReason.OTHERS, str(path))


def test_a_file_in_the_folders_place_is_named(tmp_path):
    (tmp_path / "profile").write_text("mine")
    for folder in (tmp_path / "profile", tmp_path / "profile" / "below"):
        assert refusal(folder).reason is PlaceReason.NOT_A_FOLDER
    assert (tmp_path / "profile").read_text() == "mine"


def test_a_name_that_sqlite_could_not_open_is_refused_before_anything_is_made(tmp_path):
    long = tmp_path / "/".join(["x" * 100] * (MAX_PATH_BYTES // 100 + 1))
    assert refusal(long).reason is PlaceReason.TOO_LONG
    assert refusal(tmp_path / ("x" * 300)).reason is PlaceReason.TOO_LONG
    assert refusal(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))).reason is PlaceReason.NOT_TEXT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EIO, errno.ESTALE])
def test_a_file_system_without_locks_is_not_taken_for_another_deskhand(tmp_path, monkeypatch, number):
    import fcntl

    def flock(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(PlaceRefused) as caught:
        ProfileLock.acquire(tmp_path / "profile")
    assert caught.value.reason is PlaceReason.NO_LOCKS
    assert errno.errorcode[number] in caught.value.detail


def test_a_full_disk_is_called_one(tmp_path, monkeypatch):
    def mkdir(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(DiskFull):
        ProfileLock.acquire(tmp_path / "profile")


def test_a_file_that_another_process_takes_away_meanwhile_keeps_nobody_from_starting(tmp_path):
    folder = tmp_path / "profile"
    prepare(folder)
    over = threading.Event()

    def come_and_go() -> None:  # as SQLite's logs do when the last command before this one ends
        while not over.is_set():
            for name in ("desk.db-wal", "cache.db-wal", "cache.db-shm", "owner.json"):
                (folder / name).touch()
            for name in ("desk.db-wal", "cache.db-wal", "cache.db-shm", "owner.json"):
                (folder / name).unlink()

    beside = threading.Thread(target=come_and_go)
    beside.start()
    try:
        for _ in range(2000):
            prepare(folder)
    finally:
        over.set()
        beside.join()
