"""A Python for Windows with the locked packages, put together on Linux to freeze with under wine.

No registry has python.exe itself. The wheel of Panda3D for Windows carries what it takes to ship Python with a game: `python312.dll`
and the compiled modules, as the Python Software Foundation built and signed them. Beside these stand a local 3.12's own library, the
packages of the lock as Windows gets them, a starter of twenty lines, and a `python3.dll` that passes every call on. Good for a smoke
test: the library may be a few patches older than the DLL. What is shipped comes from a Windows machine.
"""

import os
import re
import shutil
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from deskdev.environment import CHECKOUT, PACKAGE, Environment, pip_problem
from deskdev.steps import SetupError, last_line, note, run_quietly, step

from deskpack import wine

VERSION = (3, 12)
CARRIER = CHECKOUT / "packaging" / "windows" / "wine" / "requirements-python.txt"
"""The wheel with Python's own DLLs, with its hash."""

_PLATFORM = (
    "--platform=win_amd64",
    "--implementation=cp",
    f"--python-version={VERSION[0]}.{VERSION[1]}",
    "--only-binary=:all:",
    "--no-deps",
    "--require-hashes",
)
_SPARE = ("site-packages", "__pycache__", "lib-dynload", "test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip")
_SPARE_PATTERNS = ("config-3*", "lib2to3", "pydoc_data", "venv", "_sysconfigdata*")
_LIBRARIES = re.compile(r"^(python3\d+|VCRUNTIME140(_1)?|lib(crypto|ssl|ffi)-\d+|sqlite3)\.dll$", re.IGNORECASE)
_MODULES = re.compile(r"^(_(?!tkinter|msi)\w+|pyexpat|select|unicodedata)\.pyd$")

# pip itself decides which lines of the lock are for Windows: `pip install --platform` would ask the markers of this machine.
_FOR_WINDOWS = """
import sys
from pip._vendor.packaging.requirements import Requirement

windows = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
           "python_version": sys.argv[2], "python_full_version": sys.argv[2] + ".0", "implementation_name": "cpython",
           "platform_python_implementation": "CPython"}
for line in open(sys.argv[1], encoding="utf-8").read().replace("\\\\\\n", " ").splitlines():
    if line.strip() and not line.lstrip().startswith("#"):
        words, *hashes = line.split(" --hash=")
        wanted = Requirement(words.strip())
        if wanted.marker is None or wanted.marker.evaluate(windows):
            print(wanted.name + str(wanted.specifier), *("--hash=" + one.strip() for one in hashes))
"""


def compose(tools: Environment, target: Path, library: Path) -> Path:
    """Put a Python for Windows together in a folder, in the place of what was there, and return its `python.exe`.

    Args:
        tools: an environment with pip.
        target: a folder of the wine root, because the starter is compiled there.
        library: the folder `lib/python3.12` of a local Python.

    Raises:
        SetupError: a part cannot be had.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with step("Installing the locked packages as Windows gets them"):
        _install(tools, _lock_for_windows(tools, target / "lock.txt"), target / "site-packages")
    with step("Fetching Python's own DLLs for Windows"):
        _pip(tools, "download", "--dest", target, "-r", CARRIER)
        _unpack(next(target.glob("*.whl")), target)
    with step("Putting Python for Windows together"):
        spare = shutil.ignore_patterns(*_SPARE, *_SPARE_PATTERNS)
        shutil.copytree(library, target / "Lib", ignore=spare)
        major, minor = VERSION
        places = "Lib\nsite-packages\n.\nimport site\n"
        (target / f"python{major}{minor}._pth").write_text(places, encoding="ascii")
        wine.compile_c(CHECKOUT / "packaging/windows/wine/python.c", target / "python.exe", "-municode")
        _forward(target / f"python{major}{minor}.dll", target / "python3.dll")
    return target / "python.exe"


def find_library(given: Path | None = None) -> Path:
    """Return the folder `lib/python3.12` of a local Python: the given one, or one that PATH or pyenv knows.

    Raises:
        SetupError: there is none.
    """
    name = f"python{VERSION[0]}.{VERSION[1]}"
    if given is not None:
        found = [given, given / "lib" / name, given / "Lib"]
    else:
        found = [place for place in map(_library_of, _interpreters(name)) if place is not None]
    for place in found:
        if (place / "os.py").exists() and (place / "asyncio").is_dir():
            return place
    raise SetupError(
        f"Freezing for Windows takes the library of a Python {VERSION[0]}.{VERSION[1]}; install one, or name its folder "
        "with --python-library."
    )


def _interpreters(name: str) -> Sequence[str | Path]:
    if sys.version_info[:2] == VERSION:
        return [sys.executable]
    found: list[str | Path] = [place] if (place := shutil.which(name)) else []
    code, root = run_quietly(("pyenv", "root"))
    home = Path(root.strip()) if code == 0 else Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return [*found, *sorted((home / "versions").glob(f"{VERSION[0]}.{VERSION[1]}*/bin/{name}"), reverse=True)]


def _library_of(python: str | Path) -> Path | None:
    code, output = run_quietly((python, "-c", "import sys, sysconfig; print(sysconfig.get_path('stdlib'))"))
    return Path(last_line(output)) if code == 0 else None


def _lock_for_windows(tools: Environment, file: Path) -> Path:
    version = f"{VERSION[0]}.{VERSION[1]}"
    code, output = run_quietly((tools.python, "-c", _FOR_WINDOWS, tools.lock(PACKAGE), version))
    if code != 0:
        raise SetupError(f"The lock cannot be read for Windows: {last_line(output)}")
    file.write_text(output, encoding="utf-8")
    return file


def _install(tools: Environment, lock: Path, target: Path) -> None:
    _pip(tools, "install", "--target", target, "-r", lock)


def _pip(tools: Environment, *command: str | Path) -> None:
    code, output = run_quietly((tools.python, "-m", "pip", command[0], "-q", "--no-input", *_PLATFORM, *command[1:]))
    if code != 0:
        raise SetupError(pip_problem(output))


def _unpack(wheel: Path, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.namelist():
            folder, _, name = entry.rpartition("/")
            if folder == "deploy_libs" and (_LIBRARIES.match(name) or _MODULES.match(name)):
                (target / name).write_bytes(archive.read(entry))
    wheel.unlink()
    if not any(target.glob("python3*.dll")):
        raise SetupError(f"{wheel.name} carries no Python any more; look for another wheel that does.")
    note(f"({len(list(target.glob('*.pyd')))} compiled modules)")


def _forward(dll: Path, target: Path) -> None:
    """Make `python3.dll`, by which wheels for any Python 3 (`abi3`) call whichever is running."""
    names = wine.exports(dll)
    definition = target.with_suffix(".def")
    lines = [f"  {name} = {dll.stem}.{name}" for name in names]
    definition.write_text("\n".join((f"LIBRARY {target.name}", "EXPORTS", *lines, "")), encoding="ascii")
    source = CHECKOUT / "packaging/windows/wine/nothing.c"
    wine.compile_c(source, target, "-shared", "-nostdlib", "-Wl,-e,DllMainCRTStartup", extra=(definition,))
    definition.unlink()
