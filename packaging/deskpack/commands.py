"""The commands `package SYSTEM`, `check-package FILE` and `sbom`."""

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from deskdev.steps import SetupError, note

from deskpack import sbom as bill
from deskpack.checking import Check, Report
from deskpack.freezing import DIST

SYSTEMS = {
    "linux": "deskpack.linux.building",
    "windows": "deskpack.windows.building",
    "macos": "deskpack.macos.building",
    "appimage": "deskpack.linux.appimage",
    "flatpak": "deskpack.linux.flatpak",
}
"""Which module builds for a system."""

CHECKS = {
    ".deb": "deskpack.linux.proof",
    ".rpm": "deskpack.linux.proof",
    ".xz": "deskpack.linux.proof",
    ".exe": "deskpack.windows.proof",
    ".msi": "deskpack.windows.proof",
    ".dmg": "deskpack.macos.proof",
    ".app": "deskpack.macos.proof",
    ".AppImage": "deskpack.linux.appimage_proof",
}
"""Which module proves a package, by the end of its name."""


class System(Protocol):
    """What a module that builds for one system offers."""

    def build(self, arguments: Sequence[str]) -> Sequence[Path]:
        """Build what this machine can build, say what it cannot and why, and return the packages.

        Raises:
            SetupError: nothing could be built.
        """


class Prover(Protocol):
    """What a module that checks packages of one system offers."""

    def check(self, wanted: Check, report: Report) -> None:
        """Check a package and write what was found into the report.

        Raises:
            SetupError: something that the check takes is missing.
        """


def package(arguments: Sequence[str]) -> int:
    """Build the packages of a system as far as this machine can, into `dist/`."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=package.__doc__)
    parser.add_argument("system", choices=SYSTEMS)
    # Only this: what follows, `--help` too, is the system's own.
    parsed, rest = parser.parse_args(arguments[:1]), arguments[1:]
    system = cast("System", import_module(SYSTEMS[parsed.system]))
    packages = system.build(rest)
    for made in packages:
        note(f"{made.stat().st_size / 1e6:6.1f} MB  {made}")
    return 0


def check_package(arguments: Sequence[str]) -> int:
    """Prove a package: what it holds and that it starts; with `--in ROOT`, also installed in a bare system, driven and removed."""
    parser = argparse.ArgumentParser(prog="dev.py check-package", description=check_package.__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--in", dest="roots", action="append", default=[], metavar="ROOT", help="bookworm, trixie, jammy, noble, wine"
    )
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="where pictures of the installed program go")
    parsed = parser.parse_args(arguments)
    file = parsed.file.resolve()
    if file.suffix not in CHECKS or not file.exists():
        raise SetupError(f"{parsed.file} is no package that can be checked; name one of dist/.")
    report = Report()
    prover = cast("Prover", import_module(CHECKS[file.suffix]))
    prover.check(Check(file, tuple(parsed.roots), parsed.screenshots), report)
    note(report.summary())
    return 0 if report.held else 1


def sbom(arguments: Sequence[str]) -> int:
    """List everything that this system's packages carry (SBOM), as CycloneDX, into `dist/`."""
    parser = argparse.ArgumentParser(prog="dev.py sbom", description=sbom.__doc__)
    parser.parse_args(arguments)
    note(str(bill.write(DIST)))
    return 0
