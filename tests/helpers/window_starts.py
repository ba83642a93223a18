"""Starts of the window in processes of their own, on a copy of a profile that holds data."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PASSPHRASE = "correct-horse-battery-7431"
PRECIOUS = ("desk.db", "vault.db", "key.check", "profile.json", "profile.copy.json")
PLAIN_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'

_IN_PROFILE = """
import asyncio, sys
from pathlib import Path
from deskhand import bootstrap
from deskhand.diagnostics.redaction import Redactor
from deskhand.profile.profile import Profile

async def change():
    folder = Path(sys.argv[1])
    async def ask(_new):
        return sys.argv[2]
    own = bootstrap.lock_profile(folder)
    profile, vault = await bootstrap.open_vault(Profile.open_or_create(folder), "passphrase", ask)
    opened = await bootstrap.open_profile(profile, vault, own, Redactor())
    {change}
    await opened.aclose()

asyncio.run(change())
"""

START = "import sys\n{before}\nfrom deskhand.__main__ import main\nsys.exit(main())"


@dataclass(frozen=True)
class StartProblem:
    """What stands in a start's way.

    Attributes:
        message: what the person has to read, the title and what to do among it; empty = it starts all the same.
        prepare: done to the profile's folder before.
        python_before: Python that runs in the process before the program: what a library or the system would do.
        environment: set, or taken away (None).
        options: of the command line, behind the usual ones; `{folder}` is the profile's.
        is_logged: the profile's log can say it.
        is_changed: the program mends what is there, so files may differ afterwards.
    """

    message: tuple[str, ...] = ()
    prepare: Callable[[Path], object] = lambda _folder: None
    python_before: str = ""
    environment: Mapping[str, str | None] = field(default_factory=dict)
    options: tuple[str | bytes, ...] = ()
    is_logged: bool = True
    is_changed: bool = False


@dataclass(frozen=True)
class StartResult:
    code: int
    stderr: str
    log: str
    has_screenshot: bool


def make_profile(folder: Path) -> None:
    """Make a profile with a passphrase vault and a setting in it."""
    change_profile(folder, "await opened.services.settings.set_undo_seconds(7)")


def change_profile(folder: Path, change: str, stdin: str = "") -> None:
    """Do something in a profile, in a process of its own.

    Args:
        change: a line of Python; `opened` is the profile.
        stdin: what it reads from its standard input.
    """
    command = (sys.executable, "-c", _IN_PROFILE.format(change=change), str(folder), PASSPHRASE)
    subprocess.run(command, input=stdin, text=True, check=True, timeout=60)


def start(cause: StartProblem, made: Path, place: Path, *, prepared: bool = True) -> StartResult:
    """Start the window on a copy of a profile, with a cause in its way; it ends by itself with a picture of the window."""
    folder, picture = place / "profile", place / "window.png"
    if not folder.exists():
        shutil.copytree(made, folder)
    (place / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    (place / "home").mkdir(exist_ok=True)
    if prepared:
        cause.prepare(folder)
    usual = ["--profile", str(folder), "--passphrase-file", str(place / "passphrase"), "--platform", "offscreen"]
    instead = {"--profile": {"HOME"}, "--platform": {"DISPLAY", "QT_QPA_PLATFORM"}}
    for name, settings in instead.items():
        if name in cause.options or settings & cause.environment.keys():
            at = usual.index(name)
            del usual[at : at + 2]
    options = [one.replace("{folder}", str(folder)) if isinstance(one, str) else one for one in cause.options]
    command = [
        sys.executable,
        "-c",
        START.format(before=cause.python_before),
        *usual,
        "--screenshot",
        str(picture),
        *options,
    ]
    done = subprocess.run(command, env=_environment(place, cause), capture_output=True, timeout=90, check=False)
    log = folder / "logs" / "deskhand.log"
    return StartResult(
        done.returncode,
        done.stderr.decode("utf-8", "replace"),
        log.read_text(encoding="utf-8") if log.is_file() else "",
        picture.exists(),
    )


def _environment(place: Path, cause: StartProblem) -> dict[str, str]:
    inherited = {"PATH", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "SYSTEMROOT"}
    made: dict[str, str | None] = {k: v for k, v in os.environ.items() if k.upper() in inherited}
    made |= {"HOME": str(place / "home"), "DBUS_SESSION_BUS_ADDRESS": "disabled:", **cause.environment}
    return {name: value for name, value in made.items() if value is not None}


def precious_files(folder: Path) -> dict[str, bytes]:
    """Return the files that hold what cannot be fetched again."""
    return {name: (folder / name).read_bytes() for name in PRECIOUS if (folder / name).is_file()}
