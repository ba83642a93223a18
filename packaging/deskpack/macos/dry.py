"""What can be tried of the macOS package without a Mac, for both processors.

The locked packages are fetched as Macs get them: that proves that wheels exist. From these, PyInstaller's own code lays the bundle
out by the project's spec (`packaging/macos/dry_bundle.py`), and the bundle is looked at as `check-package` does. What is left out is
said in the end.
"""

import os
import plistlib
import shutil
from pathlib import Path

from deskdev.environment import CHECKOUT, PACKAGE, Environment
from deskdev.steps import SetupError, last_line, note, run_quietly, step

from deskpack import drawings, foreign, freezing, product
from deskpack.checking import Report
from deskpack.macos import building, proof

MACHINES = ("arm64", "x86_64")
PYTHON = "3.13"
"""The version that releases are made with (see the release workflow)."""

NOT_TRIED = """\
Not tried, because this is not a Mac: the frozen program itself, signing, the hardened runtime, notarisation, the disk image.
The workflow does these on hosted Macs; nobody has seen it do so."""


def system(machine: str) -> foreign.System:
    """Return a Mac as pip knows it, with the oldest macOS that the locked Qt has wheels for."""
    markers = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": machine}
    return foreign.System(f"a Mac ({machine})", (f"macosx_13_0_{machine}",), markers)


def try_without_a_mac() -> None:
    """Try it, print what was found, and say what was not tried.

    Raises:
        SetupError: something did not hold.
    """
    report = Report()
    lint(building.ENTITLEMENTS)
    for machine in MACHINES:
        app = lay_out(machine)
        proof.look_at(app, report)
        note(f"{freezing.size_of(app) / 1e6:.0f} MB without Python and the program's own code")
    note(report.summary())
    note(NOT_TRIED)
    if not report.held:
        raise SetupError("The bundle is not as macOS wants it; the lines that begin with FAILED say where.")


def lay_out(machine: str) -> Path:
    """Fetch the packages for a processor, lay the bundle out in `build/macos` and return it.

    Raises:
        SetupError: the packages cannot be had, or the spec does not fit.
    """
    tools = freezing.environment()
    place = freezing.BUILD / "macos" / machine
    packages = foreign.install(tools, tools.lock(PACKAGE), system(machine), PYTHON, place / "packages")
    return bundle(tools, packages, machine, place)


def bundle(tools: Environment, packages: Path, machine: str, place: Path) -> Path:
    """Lay the bundle out of a Mac's packages in the place of what was there, and return it.

    Args:
        tools: an environment with PyInstaller.
        packages: the locked packages as a Mac gets them.
        machine: its processor.
        place: a folder of its own.

    Raises:
        SetupError: the spec does not fit.
    """
    for folder in ("tree", "work"):
        shutil.rmtree(place / folder, ignore_errors=True)
    icons = drawings.draw(tools, place / "icons")
    with step(f"Laying {product.NAME}.app out for {machine}"):
        script, spec = CHECKOUT / "packaging/macos/dry_bundle.py", CHECKOUT / "packaging/deskhand.spec"
        command = (tools.python, script, spec, packages, place / "work", place / "tree", machine)
        settings = {"DESKHAND_ICONS": str(icons), "DESKHAND_OLDEST_MACOS": building.oldest_macos(packages, machine)}
        code, output = run_quietly(command, os.environ | settings, CHECKOUT)
        if code != 0:
            raise SetupError(f"The bundle could not be laid out: {last_line(output)}")
    return place / "tree" / f"{product.NAME}.app"


def lint(file: Path) -> None:
    """Read a property list as strictly as macOS does.

    Raises:
        SetupError: it is none, or holds a comment.
    """
    content = file.read_bytes()
    with step(f"Reading {file.name}"):
        try:
            plistlib.loads(content)
        except (plistlib.InvalidFileException, ValueError) as error:
            raise SetupError(f"{file.name} is no property list: {error}") from error
        if b"<!--" in content:
            raise SetupError(f"{file.name} holds a comment, which codesign does not read past; take it out.")
