"""Whatever stands in the way of a start is said in a sentence with what to do, and nothing that is stored is changed by it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.posix import is_root, make_pipe
from tests.helpers.window_starts import PASSPHRASE, PLAIN_FONTS, StartProblem, make_profile, precious_files, start

from deskhand.profile.lock import ProfileLock
from deskhand.store.private_folder import MAX_PATH_BYTES

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the causes are Linux's; the sentences are tested everywhere"),
    pytest.mark.timeout(600),
]

NEWER = """
import apsw
from deskhand.store import files
known = files.migrations
files.migrations = lambda kind: known(kind)[:-1] if kind.name == "{name}" else known(kind)
"""
NO_LOCKS = "import errno, fcntl, os\ndef flock(*_): raise OSError(errno.{name}, os.strerror(errno.{name}))\nfcntl.flock = flock"
KEYRING = """
import types
import keyring.errors, secretstorage
import keyring.backends.SecretService as backend
class Bus:
    def send_and_get_reply(self, _message): raise OSError("no bus")
    def close(self): pass
secretstorage.dbus_init = lambda: Bus()
class Keyring:
    priority = 5
    def get_password(self, _service, _name): {does}
backend.Keyring = Keyring
"""
MISSING = """
import importlib.abc
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "{name}":
            raise ImportError({words!r})
sys.meta_path.insert(0, Finder())
"""
CLOCK = """
import datetime
class Off(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp({seconds}, tz)
datetime.datetime = Off
"""


def link(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(folder.parent / "elsewhere")
    folder.chmod(0o777)


def pipe(folder: Path) -> None:
    (folder / "owner.lock").unlink()
    make_pipe(folder / "owner.lock")


def vault_is(folder: Path, kind: str) -> None:
    for name in ("profile.json", "profile.copy.json"):
        facts = json.loads((folder / name).read_text())
        (folder / name).write_text(json.dumps({**facts, "vault": kind}))


def both(folder: Path, content: bytes | None) -> None:
    for name in ("profile.json", "profile.copy.json"):
        (folder / name).unlink() if content is None else (folder / name).write_bytes(content)


def spoil(path: Path) -> None:
    size = path.stat().st_size
    path.write_bytes(b"\xaa" * size)


def words(folder: Path, data: bytes) -> None:
    (folder.parent / "passphrase").write_bytes(data)


KEYRING_PROFILE: dict[str, Any] = {"prepare": lambda folder: vault_is(folder, "keyring"), "is_changed": False}
CANNOT_BE_RECOGNISED = ("cannot be recognised", "Nothing was touched", "put the file back from a backup")

CLOSED = """
import os
make = os.mkdir
def refuse(path, *more, **options):
    if os.fspath(path).endswith("/closed"):
        raise PermissionError(13, "Permission denied", path)
    return make(path, *more, **options)
os.mkdir = refuse
"""


CAUSES: dict[str, StartProblem] = {
    "desk.db of a newer program": StartProblem(
        ("from a newer Deskhand", "update this one"), python_before=NEWER.format(name="desk")
    ),
    "cache.db of a newer program": StartProblem(
        ("from a newer Deskhand", "update this one"), python_before=NEWER.format(name="cache")
    ),
    "no profile.json": StartProblem(CANNOT_BE_RECOGNISED, prepare=lambda folder: both(folder, None)),
    "an empty profile.json": StartProblem(CANNOT_BE_RECOGNISED, prepare=lambda folder: both(folder, b"")),
    "a list in profile.json": StartProblem(CANNOT_BE_RECOGNISED, prepare=lambda folder: both(folder, b"[]")),
    "half a profile.json": StartProblem(CANNOT_BE_RECOGNISED, prepare=lambda folder: both(folder, b'{"id": ')),
    "a vault of a later program": StartProblem(
        ("cannot be recognised", "does not know ('hardware')"), prepare=lambda folder: vault_is(folder, "hardware")
    ),
    "a folder where nobody may write": StartProblem(
        ("folder cannot be used", "may not write to ", "/closed", "--profile DIR"),
        options=("--profile", "{folder}/closed"),
        python_before=CLOSED,  # not by its rights: who runs the tests may be root
        is_logged=False,
    ),
    "a file in the folder's place": StartProblem(
        ("folder cannot be used", "is none or lies below a file", "--profile DIR"),
        options=("--profile", "{folder}/desk.db"),
        is_logged=False,
    ),
    "a name that is too long": StartProblem(
        ("folder cannot be used", "longer than a database can be opened by", "--profile DIR"),
        options=("--profile", "/sys/" + "/".join(["x" * 99] * (MAX_PATH_BYTES // 99 + 1))),
        is_logged=False,
    ),
    "a name that is no UTF-8": StartProblem(
        ("folder cannot be used", "not valid UTF-8", "--profile DIR"),
        options=("--profile", b"/sys/caf\xe9"),
        is_logged=False,
    ),
    "no home": StartProblem(
        ("folder cannot be used", "no home folder", "--profile DIR"),
        python_before="import pwd\ndef getpwuid(_): raise KeyError\npwd.getpwuid = getpwuid",
        environment={"HOME": "nowhere"},
        is_logged=False,
    ),
    "a link where a file belongs": StartProblem(
        ("folder cannot be used", "profile.json.part is a link", "remove it"),
        prepare=lambda folder: link(folder, "profile.json.part"),
        is_logged=False,
    ),
    "a link where the log belongs": StartProblem(
        ("folder cannot be used", "logs/deskhand.log is a link", "remove it"),
        prepare=lambda folder: link(folder, "logs/deskhand.log"),
        is_logged=False,
    ),
    "a pipe where a file belongs": StartProblem(
        ("folder cannot be used", "not of the kind", "Move it away"),
        prepare=pipe,
        is_logged=False,
    ),
    "no locks left (NFS)": StartProblem(
        ("offers no file locks", "local disk", "ENOLCK"), python_before=NO_LOCKS.format(name="ENOLCK"), is_logged=False
    ),
    "locks forbidden": StartProblem(
        ("offers no file locks", "local disk", "EPERM"), python_before=NO_LOCKS.format(name="EPERM"), is_logged=False
    ),
    "no keyring": StartProblem(
        ("credentials cannot be read", "No keyring answers", "Install or start one"), **KEYRING_PROFILE
    ),
    "a locked keyring": StartProblem(
        ("credentials cannot be read", "keyring is locked", "Unlock it"),
        python_before=KEYRING.format(does="raise keyring.errors.KeyringLocked('locked')"),
        **KEYRING_PROFILE,
    ),
    "a keyring that refuses": StartProblem(
        ("credentials cannot be read", "refused access", "Allow Deskhand"),
        python_before=KEYRING.format(does="raise keyring.errors.KeyringError('denied')"),
        **KEYRING_PROFILE,
    ),
    "a keyring that does not answer": StartProblem(
        ("credentials cannot be read", "did not answer in time", "waiting for you to unlock"),
        python_before=KEYRING.format(does="__import__('time').sleep(600)"),
        **KEYRING_PROFILE,
    ),
    "a keyring without the key": StartProblem(
        ("credentials cannot be read", "not where it was kept", "Nothing was touched", "try again"),
        python_before=KEYRING.format(does="return None"),
        **KEYRING_PROFILE,
    ),
    "a keyring with another key": StartProblem(
        ("key does not open this profile", "Nothing was touched"),
        python_before=KEYRING.format(does="return '5a' * 32"),
        **KEYRING_PROFILE,
    ),
    "a wrong passphrase": StartProblem(
        ("does not open the vault", "Nothing was changed"), prepare=lambda folder: words(folder, b"wrong")
    ),
    "no passphrase file": StartProblem(
        ("passphrase file cannot be used", "cannot be read: No such file"),
        options=("--passphrase-file", "/nonexistent/words"),
    ),
    "a passphrase file in Latin-1": StartProblem(
        ("passphrase file cannot be used", "not UTF-8", "Save it as UTF-8"),
        prepare=lambda folder: words(folder, b"gr\xfc\xdfe"),
    ),
    "a passphrase file in UTF-16 without its mark": StartProblem(
        ("passphrase file cannot be used", "NUL characters", "Save it as UTF-8"),
        prepare=lambda folder: words(folder, PASSPHRASE.encode("utf-16-le")),
    ),
    "an empty passphrase file": StartProblem(
        ("passphrase file cannot be used", "is empty"), prepare=lambda folder: words(folder, b"\n")
    ),
    "no display": StartProblem(
        ("There is no screen", "neither DISPLAY nor WAYLAND_DISPLAY", "desktop session"), environment={"DISPLAY": None}
    ),
    "a display that is gone": StartProblem(
        ("There is no screen", "DISPLAY is “:987654”", "desktop session"), environment={"DISPLAY": ":987654"}
    ),
    "a display of no such form": StartProblem(
        ("There is no screen", "DISPLAY is “nonsense”", "desktop session"), environment={"DISPLAY": "nonsense"}
    ),
    "a Qt platform that does not exist": StartProblem(
        ("no plugin “nonsense”", "It has:", "QT_QPA_PLATFORM=nonsense"), environment={"QT_QPA_PLATFORM": "nonsense"}
    ),
    "a Qt platform of the command line that does not exist": StartProblem(
        ("no plugin “nonsense”", "It has:"), options=("--platform", "nonsense")
    ),
    "no fonts": StartProblem(
        ("no font on this computer", "fonts-dejavu-core"), environment={"FONTCONFIG_FILE": "{place}/fonts.conf"}
    ),
    "no icons": StartProblem(
        ("installation is incomplete", "icons are missing", "Install Deskhand again"),
        python_before="from deskhand.ui.kit import resources\nresources.__file__ = '/nonexistent/lib/deskhand/ui/kit/resources.py'",
    ),
    "a library of Qt's that is missing": StartProblem(
        ("installation is incomplete", "library of the system is missing: libEGL.so.1", "Install it"),
        python_before=MISSING.format(
            name="PySide6.QtGui", words="libEGL.so.1: cannot open shared object file: No such file or directory"
        ),
    ),
    "a module that is missing": StartProblem(
        ("installation is incomplete", "qasync", "Install Deskhand again"),
        python_before=MISSING.format(name="qasync", words="No module named 'qasync'"),
    ),
    "an SQLite that does not encrypt": StartProblem(
        ("installation is incomplete", "does not encrypt", "Install Deskhand again"),
        prepare=lambda folder: vault_is(folder, "keyring"),
        python_before=KEYRING.format(does="return '5a' * 32") + "import apsw\nreal = apsw.Connection.pragma\n"
        "class Plain(apsw.Connection):\n"
        "    def pragma(self, name, *more, **named):\n"
        "        return None if name == 'cipher' else real(self, name, *more, **named)\n"
        "apsw.Connection = Plain\n"
        "import deskhand.store.files as files\nfiles.DatabaseFiles.check_key = lambda self: True",
    ),
    "a mistake of our own": StartProblem(
        ("an error of its own", "It is a mistake in Deskhand (KeyError: ", "crash-"),
        python_before="from deskhand.ui import shell\ndef show(*_): raise KeyError('not foreseen')\nshell.Shell.show = show",
        is_changed=True,
    ),
    "too little memory": StartProblem(
        ("not enough memory", "End other programs"),
        python_before="from deskhand.ui import shell\ndef show(*_): raise MemoryError\nshell.Shell.show = show",
        is_changed=True,
    ),
    # What does not keep it from starting.
    "no copy of profile.json": StartProblem(
        prepare=lambda folder: (folder / "profile.copy.json").unlink(), is_changed=True
    ),
    "an empty profile.json beside its copy": StartProblem(
        prepare=lambda folder: (folder / "profile.json").write_bytes(b""), is_changed=True
    ),
    "a damaged cache": StartProblem(prepare=lambda folder: spoil(folder / "cache.db"), is_changed=True),
    "a damaged desk.db": StartProblem(prepare=lambda folder: spoil(folder / "desk.db"), is_changed=True),
    "a folder that others may write in": StartProblem(prepare=lambda folder: folder.chmod(0o777), is_changed=True),
    "a passphrase file with a mark": StartProblem(
        prepare=lambda folder: words(folder, ("\ufeff" + PASSPHRASE + "\r\n").encode("utf-16-le")), is_changed=True
    ),
    "an SSLKEYLOGFILE that cannot be written": StartProblem(
        environment={"SSLKEYLOGFILE": "/nonexistent/keys"}, is_changed=True
    ),
    "SOCKS without a type as proxy": StartProblem(
        environment={"ALL_PROXY": "socks://127.0.0.1:1080/", "all_proxy": "socks://127.0.0.1:1080/"}, is_changed=True
    ),
    "nonsense as proxy": StartProblem(
        environment={"HTTPS_PROXY": "http://[::1", "no_proxy": "[,*.*,"}, is_changed=True
    ),
    "a locale that does not exist": StartProblem(
        environment={"LC_ALL": "xx_YY.foo", "LANG": "xx_YY.foo"}, is_changed=True
    ),
    "the locale C": StartProblem(
        environment={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, is_changed=True
    ),
    "plugins of Qt's elsewhere": StartProblem(environment={"QT_PLUGIN_PATH": "/nonexistent"}, is_changed=True),
    "a clock in 1990": StartProblem(python_before=CLOCK.format(seconds=631_152_000), is_changed=True),
    "a clock in 2090": StartProblem(python_before=CLOCK.format(seconds=3_786_912_000), is_changed=True),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "profile"
    make_profile(folder)
    (folder / "logs").mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("name", CAUSES)
def test_a_start_that_cannot_go_on_says_why_and_changes_nothing(name: str, made: Path, tmp_path: Path) -> None:
    cause = CAUSES[name]
    (tmp_path / "fonts.conf").write_text(PLAIN_FONTS)
    set_ = {k: v.replace("{place}", str(tmp_path)) if v else v for k, v in cause.environment.items()}
    cause = StartProblem(
        cause.message, cause.prepare, cause.python_before, set_, cause.options, cause.is_logged, cause.is_changed
    )
    before: dict[str, bytes] = {}

    def spoil_and_look(folder: Path) -> None:
        cause.prepare(folder)
        before.update(precious_files(folder))

    ended = start(StartProblem(**{**cause.__dict__, "prepare": spoil_and_look}), made, tmp_path)
    assert "Traceback" not in ended.stderr
    if not cause.message:
        assert (ended.code, ended.has_screenshot) == (0, True), ended.stderr
        return
    assert (ended.code, ended.has_screenshot) == (1, False), ended.stderr
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    for one in cause.message:
        assert one in ended.stderr
    if cause.is_logged:
        assert "not started: " in ended.log
        assert cause.message[0] in ended.log
    if not cause.is_changed:
        assert precious_files(tmp_path / "profile") == before


def test_a_second_start_that_nobody_answers_says_so(made: Path, tmp_path: Path) -> None:
    def hold(folder: Path) -> None:
        profile_lock = ProfileLock.acquire(folder)
        assert profile_lock is not None
        profile_lock.publish_endpoint(folder / "owner.sock")  # where nobody listens
        held.append(profile_lock)

    held: list[ProfileLock] = []
    ended = start(StartProblem(prepare=hold), made, tmp_path)
    assert ended.code == 1
    assert f"Another Deskhand does not answer. A Deskhand that runs already (process {os.getpid()})" in ended.stderr
    assert "start again" in ended.stderr
    assert "Another Deskhand does not answer" in ended.log
    held[0].release()


def mounted(folder: Path, options: str, kind: str = "tmpfs") -> bool:
    command = ["mount", "-t", kind, "-o", options, "none" if kind == "tmpfs" else str(folder), str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes in the profile's place."""
    folder = tmp_path / "profile"
    folder.mkdir()
    if not is_root() or not mounted(folder, "size=4m,mode=700"):
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(("umount", str(folder)), check=True)


def fill(folder: Path) -> None:
    with (folder / "filled").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)


@pytest.mark.needs("mount", "umount")
def test_a_full_disk_is_said_and_what_is_on_it_stays(made: Path, tmp_path: Path, disk: Path) -> None:
    subprocess.run(("cp", "-r", f"{made}/.", str(disk)), check=True)
    fill(disk)
    before = precious_files(disk)
    ended = start(StartProblem(), made, tmp_path)
    assert ended.code == 1
    assert ended.stderr.startswith("The disk is full. ")
    assert len(ended.stderr.splitlines()) == 1
    assert precious_files(disk) == before
    (disk / "filled").unlink()
    assert start(StartProblem(), made, tmp_path, prepared=False).code == 0


@pytest.mark.needs("mount", "umount")
def test_a_full_disk_keeps_a_first_start_from_leaving_half_a_profile(made: Path, tmp_path: Path, disk: Path) -> None:
    fill(disk)
    ended = start(StartProblem(), made, tmp_path)
    assert ended.code == 1
    assert ended.stderr.startswith("The disk is full. ")
    (disk / "filled").unlink()
    assert start(StartProblem(options=("--vault", "passphrase")), made, tmp_path).code == 0


@pytest.mark.needs("mount", "umount")
def test_a_disk_that_is_read_only_is_said_and_what_is_on_it_stays(made: Path, tmp_path: Path, disk: Path) -> None:
    subprocess.run(("cp", "-r", f"{made}/.", str(disk)), check=True)
    subprocess.run(("mount", "-o", "remount,ro", str(disk)), check=True)
    before = precious_files(disk)
    ended = start(StartProblem(), made, tmp_path)
    assert ended.code == 1
    assert "The profile's folder cannot be used. Deskhand may not write to" in ended.stderr
    assert precious_files(disk) == before


def test_a_python_that_is_too_old_is_told_so(tmp_path: Path) -> None:
    code = "import sys; sys.version_info = (3, 9, 2); import deskhand"
    ended = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.strip() == ("Deskhand needs Python 3.11 or newer, and this is 3.9. Start it with a newer one.")
