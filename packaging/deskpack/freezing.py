"""The program with its Python and Qt as one folder that runs where neither is installed."""

import os
import shutil
import sys
from pathlib import Path

from deskdev import debian
from deskdev.environment import CHECKOUT, PACKAGE, Environment
from deskdev.steps import SetupError, last_line, run_quietly, step

from deskpack import drawings, licences, product
from deskpack.linux import pruning

BUILD = CHECKOUT / "build"
DIST = CHECKOUT / "dist"
FROZEN = BUILD / "frozen" / sys.platform / product.COMMAND
"""The result of `freeze`."""


def environment() -> Environment:
    """Return the environment that packages are made with: what the program needs and what makes packages, nothing else.

    Raises:
        SetupError: it cannot be made.
    """
    tools = Environment(name="build/environment")
    tools.ensure(PACKAGE)
    return tools


def freeze() -> Path:
    """Freeze the program for this machine's system and return the folder with it; what was there is replaced.

    Raises:
        SetupError: something that it takes is missing, or PyInstaller failed.
    """
    debian.ensure(debian.freezing_needs())
    tools = environment()
    icons = drawings.draw(tools, BUILD / "icons")
    texts = BUILD / licences.LICENCES
    licences.collect(licences.folder_of(tools), licences.python_text(Path(sys.base_prefix)), texts)
    shutil.rmtree(FROZEN.parent, ignore_errors=True)
    spec = CHECKOUT / "packaging" / "deskhand.spec"
    with step("Freezing the program"):
        places = ("--distpath", FROZEN.parent, "--workpath", BUILD / "pyinstaller")
        settings = os.environ | {"DESKHAND_ICONS": str(icons), "DESKHAND_LICENCES": str(texts)}
        settings |= {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        command = (tools.python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, spec)
        code, output = run_quietly(command, settings, CHECKOUT)
        if code != 0:
            raise SetupError(f"PyInstaller could not freeze the program: {last_line(output)}")
    if sys.platform == "linux":
        pruning.prune(FROZEN)
        internal = FROZEN / "_internal"
        licences.add_libraries(pruning.taken_along(internal), internal / licences.LICENCES)
    return FROZEN


def frozen(given: Path | None) -> Path:
    """Return the frozen folder that was named, or freeze anew where none was.

    Raises:
        SetupError: the named folder is none, or freezing failed.
    """
    if given is None:
        return freeze()
    if not (given / product.COMMAND).is_file():
        raise SetupError(f"{given} is no frozen {product.NAME}; leave --frozen out to have it made.")
    return given.resolve()


def size_of(folder: Path) -> int:
    """Return how many bytes the files of a folder hold."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file() or file.is_symlink())
