"""The folder of a profile: made, looked at and made private before anything is written into it.

Somebody else may have made it, or may write in it: what lies there under one of our names could be a link to a file of this user
that is elsewhere. So nobody else may write in it first, and then everything with such a name has to be what we would have made.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deskhand.domain.problems import DiskFull, PlaceReason, PlaceRefused
from deskhand.durable import NOT_FOLLOWED

MAX_PATH_BYTES = 440
"""Bytes of a folder's path. SQLite opens names up to 512 bytes (os_unix.c, MAX_PATHNAME), and a backup's is 70 bytes longer."""

LOGS, BACKUPS, OPENED = "logs", "backups", "opened"
LOG = "deskhand.log"
_FOLDERS = (LOGS, BACKUPS, OPENED)
_FILE_PREFIXES = ("profile.", "desk.db", "cache.d", "vault.db", "key.check", "owner.", "requests.")
"""How the names of our files begin."""
_PROFILE_FILES = ("profile.json", "profile.copy.json", "desk.db", "vault.db", "vault.db.copy", "owner.lock")
"""Files that make a folder a profile's."""

_REASONS = {
    errno.EEXIST: PlaceReason.NOT_A_FOLDER,
    errno.ENOTDIR: PlaceReason.NOT_A_FOLDER,
    errno.ENAMETOOLONG: PlaceReason.TOO_LONG,
    errno.ELOOP: PlaceReason.LINK,
    errno.EACCES: PlaceReason.NOT_WRITABLE,
    errno.EPERM: PlaceReason.NOT_WRITABLE,
    errno.EROFS: PlaceReason.NOT_WRITABLE,
}


def prepare(folder: Path) -> None:
    """Make the folder, or see to it that what is there belongs to this user alone.

    Raises:
        PlaceRefused, DiskFull: nothing was written into it.
    """
    check_name(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32":
            _secure_folder(folder)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PlaceRefused(PlaceReason.NOT_WRITABLE, folder)
    except OSError as problem:
        raise os_problem(problem, folder) from problem


def is_ours(folder: Path) -> bool:
    """Tell whether only this user reaches the log in a folder that was refused, so that a line can be left there."""
    if sys.platform == "win32":
        found = folder.is_dir()
    else:
        found = _is_private(folder)
    return found


def check_name(folder: Path) -> None:
    """Refuse a name that SQLite could not open. Raises PlaceRefused."""
    name = os.fsencode(folder)
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        raise PlaceRefused(PlaceReason.NOT_TEXT, folder) from None
    if len(name) > MAX_PATH_BYTES:
        raise PlaceRefused(PlaceReason.TOO_LONG, folder)


def os_problem(problem: OSError, folder: Path) -> Exception:
    """Return a failure of the operating system as what it means for the folder; itself where it means nothing special."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("there is no room left on the disk that holds the profile")
    reason = _REASONS.get(problem.errno or 0)
    return problem if reason is None else PlaceRefused(reason, problem.filename or folder)


if sys.platform != "win32":  # rights are given otherwise there

    def _is_private(folder: Path) -> bool:
        try:
            if _is_used_by_others(folder):
                return False
        except OSError:
            return False
        kinds = {folder: stat.S_ISDIR, folder / LOGS: stat.S_ISDIR, folder / LOGS / LOG: stat.S_ISREG}
        for path, is_of_kind in kinds.items():
            try:
                found = path.stat(follow_symlinks=path == folder)
            except FileNotFoundError:
                return path != folder
            except OSError:
                return False
            is_shared = (
                found.st_uid != os.geteuid() or found.st_mode & 0o022 or (path.name == LOG and found.st_nlink > 1)
            )
            if is_shared or not is_of_kind(found.st_mode):
                return False
        return True

    def _is_used_by_others(folder: Path) -> bool:
        """Tell whether others may enter a folder that was never a profile's, as `/`, `/tmp` or a project's: they would lose it."""
        if not stat.S_IMODE(folder.stat().st_mode) & 0o077 or any(
            os.path.lexists(folder / name) for name in _PROFILE_FILES
        ):
            return False
        with os.scandir(folder) as found:
            names = [entry.name for entry in found]
        return any(not (name.startswith((".", *_FILE_PREFIXES)) or name in (*_FOLDERS, "lost+found")) for name in names)

    def _secure_folder(folder: Path) -> None:
        """Take everybody else's rights away, then look at what is there."""
        if _is_used_by_others(folder):
            raise PlaceRefused(PlaceReason.HOLDS_OTHER, folder)
        with _private(folder) as was_open, os.scandir(folder) as found:
            for entry in [entry for entry in found if entry.name in _FOLDERS or entry.name.startswith(_FILE_PREFIXES)]:
                with suppress(
                    FileNotFoundError
                ):  # taken away just now by the owner, as SQLite does with its log when it ends
                    _check(entry, was_open=was_open)
                    if entry.name in _FOLDERS:
                        _secure_inner(Path(entry.path), was_open=was_open)

    def _secure_inner(folder: Path, *, was_open: bool) -> None:
        with _private(folder, NOT_FOLLOWED) as inner_was_open:
            if folder.name == OPENED:
                return  # it is emptied before it is used, and no link in it is followed by that
            with os.scandir(folder) as found:
                for entry in found:
                    with suppress(FileNotFoundError):
                        _check(entry, was_open=was_open or inner_was_open)

    @contextmanager
    def _private(folder: Path, flags: int = 0) -> Iterator[bool]:
        """Leave a folder to its owner alone, and tell whether others could write in it before.

        Where something in it is refused it gets its rights back: the next start has to know as much as this one.
        """
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | flags)
        try:
            before = os.fstat(descriptor)
            if before.st_uid != os.geteuid():
                raise PlaceRefused(PlaceReason.OTHERS, folder)
            rights = stat.S_IMODE(before.st_mode)
            if rights & 0o777 != 0o700:
                os.fchmod(descriptor, 0o700)
                if os.fstat(descriptor).st_mode & 0o077:  # some file systems know no rights, and say yes to everything
                    raise PlaceRefused(PlaceReason.NOT_PRIVATE, folder)
            try:
                yield bool(rights & 0o022)
            except PlaceRefused:
                os.fchmod(descriptor, rights)
                raise
        finally:
            os.close(descriptor)

    def _check(entry: "os.DirEntry[str]", *, was_open: bool) -> None:
        found = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(found.st_mode):
            raise PlaceRefused(PlaceReason.LINK, entry.path)
        if found.st_uid != os.geteuid():
            raise PlaceRefused(PlaceReason.OTHERS, entry.path)
        wanted = stat.S_ISDIR if entry.name in _FOLDERS else _is_file_or_socket
        if not wanted(found.st_mode):
            raise PlaceRefused(PlaceReason.WRONG_KIND, entry.path)
        # A second name for a file of this user that is elsewhere. In a folder that only its owner could write to, a backup made it.
        if was_open and stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
            raise PlaceRefused(PlaceReason.LINK, entry.path)

    def _is_file_or_socket(mode: int) -> bool:
        return stat.S_ISREG(mode) or stat.S_ISSOCK(mode)
