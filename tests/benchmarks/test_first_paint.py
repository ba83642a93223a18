"""Which libraries are loaded when the list is painted: one more is added here by hand, with a look at what it costs."""

import sys
from pathlib import Path

import pytest
from tests.benchmarks import processes, profiles

LIBRARIES = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "qasync", "apsw"}
QT = {"QtCore", "QtGui", "QtSvg", "QtWidgets"}
_NAMES = """
abc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 codecs collections concurrent contextlib
contextvars copy copyreg ctypes dataclasses datetime dis encodings enum errno fcntl fnmatch functools gc genericpath
getpass gettext hashlib heapq hmac html importlib inspect io ipaddress itertools json keyword linecache locale logging
lzma marshal math ntpath opcode operator os pathlib pickle platform posix posixpath queue random re reprlib resource
runpy secrets select selectors shutil signal site socket ssl stat string struct subprocess sys tempfile termios
textwrap threading time token tokenize traceback types typing unicodedata urllib uuid warnings weakref zipfile
zipimport zlib
"""
STANDARD = frozenset(_NAMES.split())
"""Of Python 3.11; a newer one may split them up."""

OF_THE_MEASUREMENT = {"tests", "__main__", "__mp_main__", "__feature__", "typing_extensions"}


KEYRING = {"secretstorage", "jeepney", "cryptography"}
"""More than that with the key of the database in a real Secret Service."""


@pytest.mark.skipif(not processes.has_keyring(), reason="needs dbus-run-session and gnome-keyring-daemon")
def test_the_key_comes_from_a_keyring_without_the_library_keyring(tmp_path: Path) -> None:
    folder = profiles.prepare_profile(tmp_path, 200)
    job = {"folder": str(folder), "tickets": 200, "names": True}
    loaded = processes.run("keyring_start", job, env=processes.OFFSCREEN, prefix=("dbus-run-session", "--"))["names"]
    tops = {name.partition(".")[0] for name in loaded if not name.startswith("_")}
    foreign = tops - set(sys.stdlib_module_names) - {"deskhand", "deskhand_sandbox"}
    assert foreign >= KEYRING
    assert foreign - OF_THE_MEASUREMENT <= LIBRARIES | KEYRING


def test_no_other_library_is_loaded_at_the_first_paint(tmp_path: Path) -> None:
    folder = profiles.prepare_profile(tmp_path, 200)
    job = {"folder": str(folder), "tickets": 200, "do": "start", "names": True}
    loaded = processes.run("real_window", job, env=processes.OFFSCREEN)["names"]
    tops = {name.partition(".")[0] for name in loaded if not name.startswith("_")}
    assert "PySide6.QtWidgets" in loaded
    foreign = tops - set(sys.stdlib_module_names) - {"deskhand", "deskhand_sandbox"}
    assert foreign - OF_THE_MEASUREMENT <= LIBRARIES
    assert {name.split(".")[1] for name in loaded if name.startswith("PySide6.Qt")} <= QT
    if sys.version_info[:2] == (3, 11) and sys.platform == "linux":
        assert tops & set(sys.stdlib_module_names) <= STANDARD


def test_enumerations_of_classes_that_are_not_used_are_not_built_before_the_first_paint(tmp_path: Path) -> None:
    """Decision 0014. A call that returns a widget which Qt made as a plain QWidget (`viewport`) builds those of all kinds of widgets."""
    folder = profiles.prepare_profile(tmp_path, 200)
    job = {"folder": str(folder), "tickets": 200, "do": "start", "names": True}
    built = processes.run("real_window", job, env=processes.OFFSCREEN)["enums"]
    owners = {name.partition(".")[0] for name in built}
    assert {"Qt", "QStyle", "QEvent"} <= owners
    assert owners.isdisjoint({"QWizard", "QMdiArea", "QCalendarWidget", "QAccessible"})
