"""Builds for Windows: the installer (NSIS) and the MSI, from the frozen folder.

On Windows the folder is frozen as everywhere. On Linux it is frozen by the same PyInstaller from the same wheels under wine, which
proves code, wheels, installer and MSI; what is shipped comes from a Windows machine.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, last_line, note, step

from deskpack import drawings, freezing, licences, product
from deskpack.freezing import BUILD, DIST
from deskpack.windows import installer, msi, signing, wine, wine_python

FROZEN = BUILD / "frozen" / "win32" / product.COMMAND
SMOKE = "This folder was frozen under wine: a smoke test. Packages to ship are built on a Windows machine."


def build(arguments: Sequence[str]) -> Sequence[Path]:
    """Build the installer and the MSI, signed where a certificate is given.

    Raises:
        SetupError: something that it takes is missing, or a tool failed.
    """
    parser = argparse.ArgumentParser(prog="dev.py package windows", description="Builds the installer and the MSI.")
    parser.add_argument(
        "--python-library", type=Path, metavar="DIR", help="(Linux) a Python 3.12, or its lib/python3.12"
    )
    parser.add_argument("--frozen", type=Path, metavar="DIR", help="take this frozen folder instead of freezing anew")
    signing.add_arguments(parser)
    wanted = parser.parse_args(arguments)
    certificate = signing.Certificate.of(wanted)
    frozen = _frozen(wanted.frozen, wanted.python_library)
    if certificate is not None:
        with step("Signing the program"):
            for program in frozen.glob("*.exe"):
                signing.sign(program, certificate)
    made = []
    for what, pack in (("installer", installer.build), ("MSI", msi.build)):
        try:
            made.append(pack(frozen, product.version(), DIST, certificate))
        except SetupError as problem:
            note(f"The {what} was not built: {problem}")
    if not made:
        raise SetupError("No package was built; see above for what is missing.")
    if certificate is not None:
        with step("Signing the packages"):
            for package in made:
                signing.sign(package, certificate)
    if sys.platform != "win32":
        note(SMOKE)
    return made


def _frozen(given: Path | None, library: Path | None) -> Path:
    if given is not None:
        if not (given / f"{product.COMMAND}.exe").is_file():
            raise SetupError(f"{given} is no {product.NAME} for Windows; leave --frozen out to have it made.")
        return given.resolve()
    write_version_file(version_file())
    if sys.platform == "win32":
        os.environ["DESKHAND_VERSION_FILE"] = str(version_file())
        frozen = freezing.freeze()
    else:
        frozen = freeze_under_wine(wine_python.find_library(library))
    return frozen


def freeze_under_wine(library: Path) -> Path:
    """Freeze on Linux, by PyInstaller under wine, and return the folder; what was there is replaced.

    Args:
        library: the library of a local Python 3.12.

    Raises:
        SetupError: a part cannot be had, or PyInstaller failed.
    """
    tools = freezing.environment()
    drawings.draw(tools, BUILD / "icons")
    wine.ensure()
    python = wine_python.compose(tools, wine.outside("/srv/python"), library)
    texts = BUILD / "windows" / licences.LICENCES
    licences.collect(python.parent / "site-packages", licences.python_text(library.parents[1]), texts)
    shutil.rmtree(FROZEN.parent, ignore_errors=True)
    with wine.session("build", fresh=False) as session:
        result = session.drive / "frozen"
        shutil.rmtree(result, ignore_errors=True)
        settings = {
            "DESKHAND_ICONS": _inside(BUILD / "icons"),
            "DESKHAND_LICENCES": _inside(texts),
            "DESKHAND_VERSION_FILE": _inside(version_file()),
            "PYTHONHASHSEED": "0",
        }
        places = ("--distpath", r"C:\frozen", "--workpath", r"C:\work")
        command = ("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *places)
        with step("Freezing the program by PyInstaller under wine"):
            spec = _inside(CHECKOUT / "packaging" / "deskhand.spec")
            variables = [f"{name}={value}" for name, value in settings.items()]
            done = session.run("env", *variables, "wine", f"/srv/python/{python.name}", *command, spec, wait=900)
            program = result / product.COMMAND / f"{product.COMMAND}.exe"
            if done.code != 0 or not program.exists():
                (BUILD / "pyinstaller-wine.log").write_text(done.out + done.err, encoding="utf-8")
                raise SetupError(
                    f"PyInstaller under wine failed: {last_line(done.err + done.out)} (all of it: build/pyinstaller-wine.log)"
                )
        FROZEN.parent.mkdir(parents=True)
        shutil.move(result / product.COMMAND, FROZEN)
    return FROZEN


def version_file() -> Path:
    """Return where the description lies that Windows shows of the programs."""
    return BUILD / "windows" / "version.txt"


def write_version_file(target: Path) -> None:
    """Write that description, in the form that PyInstaller reads."""
    numbers = (*map(int, product.version().split(".")), 0)
    texts = {
        "CompanyName": product.PUBLISHER,
        "FileDescription": product.NAME,
        "FileVersion": product.version(),
        "InternalName": product.COMMAND,
        "LegalCopyright": product.COPYRIGHT,
        "OriginalFilename": f"{product.COMMAND}.exe",
        "ProductName": product.NAME,
        "ProductVersion": product.version(),
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in texts.items())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1, "
        f"subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable('040904B0', [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [0x0409, 1200])])])\n",
        encoding="utf-8",
    )


def _inside(path: Path) -> str:
    """Return what a file of the checkout is called under wine."""
    return f"Z:{wine.CHECKOUT_INSIDE}/{path.relative_to(CHECKOUT)}".replace("/", "\\")
