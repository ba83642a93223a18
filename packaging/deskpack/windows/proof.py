"""Proves an installer or MSI: what it holds, on this machine, and installed, driven and removed under wine."""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskdev import debian
from deskdev.steps import SetupError, last_line, note, run_quietly

from deskpack import check_program, freezing, product
from deskpack.checking import Check, Failed, Report
from deskpack.leaks import leaks_in
from deskpack.windows import msi, signing, wine_installer, wine_msi

TOOLS = (debian.Need("p7zip-full", "program", "7z"), debian.Need("msitools", "program", "msiextract"))

PACKED_MB = 60
UNPACKED_MB = 130
PROGRAMS = {f"{product.COMMAND}.exe": 2, f"{product.COMMAND}-cli.exe": 3}
"""The programs, and what Windows is told of each: 2 has windows, 3 a console."""

_FOREIGN = re.compile(r"^(icuuc|mscms|icu|api-ms-win-.*|ucrtbase|d3dcompiler_.*|opengl32sw)\.dll$", re.IGNORECASE)
"""Windows' own libraries: a copy beside the program would shadow the real one."""


def check(wanted: Check, report: Report) -> None:
    """Check a package.

    Raises:
        SetupError: something that the check takes is missing.
    """
    if unknown := set(wanted.roots) - {"wine"}:
        raise SetupError(f"Packages for Windows are tried --in wine, not in {', '.join(sorted(unknown))}.")
    debian.ensure(TOOLS)
    _file(wanted.file, report)
    with opened(wanted.file) as payload:
        _folder(payload, report)
        if sys.platform == "win32":
            _run(payload / f"{product.COMMAND}-cli.exe", report)
        if not wanted.roots:
            note("Not installed: --in wine, on Linux, does that.")
            return
        trial = wine_msi.check if wanted.file.suffix == ".msi" else wine_installer.check
        trial(wanted.file, payload, report, wanted.screenshots)


@contextmanager
def opened(package: Path) -> Iterator[Path]:
    """Unpack a package for as long as it is looked at and yield the folder that it would install.

    Raises:
        SetupError: it cannot be unpacked.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-package-") as folder:
        command: tuple[str | Path, ...]
        if package.suffix == ".msi" and sys.platform == "win32":
            command = ("msiexec", "/a", package, "/qn", f"TARGETDIR={folder}")
        elif package.suffix == ".msi":
            command = ("msiextract", "-C", folder, package)
        else:
            command = ("7z", "x", "-y", f"-o{folder}", package)
        code, output = run_quietly(command)
        found = next(Path(folder).rglob(f"{product.COMMAND}.exe"), None)
        if code != 0 or found is None:
            raise SetupError(f"{package.name} cannot be unpacked: {last_line(output)}")
        shutil.rmtree(found.parent / "$PLUGINSDIR", ignore_errors=True)
        (found.parent / "uninstall.exe").unlink(missing_ok=True)
        yield found.parent


def version_strings(program: Path) -> dict[str, str]:
    """Return what a program's version resource says, read from its text: a name, a zero, fill to four bytes, a value."""
    content = program.read_bytes()
    start = content.find("VS_VERSION_INFO".encode("utf-16-le"))
    text = content[start : start + 4096].decode("utf-16-le", errors="ignore") if start >= 0 else ""
    return dict(re.findall(r"([A-Z][A-Za-z]{5,})\0+([^\0]+)\0", text))


def subsystem(program: Path) -> int:
    """Return whether Windows gives a program a console: 2 is no, 3 is yes."""
    content = program.read_bytes()
    header = int.from_bytes(content[0x3C:0x40], "little")
    return int.from_bytes(content[header + 0x5C : header + 0x5E], "little")


def _file(package: Path, report: Report) -> None:
    with report.look("size of the package") as details:
        weight = package.stat().st_size / 1e6
        details.append(f"{weight:.1f} MB, at most {PACKED_MB}")
        if weight > PACKED_MB:
            raise Failed(details[0])
    with report.look("signature of the package") as details:
        details.append(_signer(package))
    if package.suffix == ".msi" and sys.platform == "win32":
        note("The MSI's tables are read on Linux only (msiinfo).")
    elif package.suffix == ".msi":
        with report.look("what the MSI says of itself") as details:
            details.append(_properties(package))
    else:
        with report.look("what Windows shows of the installer") as details:
            details.append(_described(package))


def _signer(file: Path) -> str:
    if sys.platform == "win32" and shutil.which("osslsigncode") is None:
        return "not looked at: osslsigncode is missing"
    return signing.signer(file) or "none: this build is not signed"


def _run(program: Path, report: Report) -> None:
    """Run the unpacked program where that can be done: on Windows itself."""
    with report.look("--version") as details:
        details.append(check_program.version(program))
    with report.look("doctor --json") as details:
        details.extend(check_program.doctor(program))


def _properties(package: Path) -> str:
    rows = dict(row[:2] for row in msi.table(package, "Property"))
    said = {"ProductName": product.NAME, "ProductVersion": product.version(), "Manufacturer": product.PUBLISHER}
    said |= {"UpgradeCode": msi.UPGRADE_CODE, "ALLUSERS": "1", "ARPURLINFOABOUT": product.HOMEPAGE}
    wrong = [f"{name} is {rows.get(name)!r}" for name, value in said.items() if rows.get(name) != value]
    missing = {"INSTALLDIR", *msi.CHOICES} - set(rows.get("SecureCustomProperties", "").split(";"))
    conditions = {row[0]: row[4] for row in msi.table(package, "Component") if row[4]}
    if wrong or missing or set(conditions) != {"Autostart", "Desktop", "StartMenu"}:
        raise Failed(f"{wrong}, {missing} not handed on, conditions {conditions}")
    return f"{rows['ProductName']} {rows['ProductVersion']}, for every user, {len(conditions)} components by choice"


def _described(program: Path) -> str:
    strings = version_strings(program)
    if strings.get("ProductName") != product.NAME or strings.get("ProductVersion") != product.version():
        raise Failed(f"{program.name} says {strings}")
    return f"{strings['ProductName']} {strings['ProductVersion']}, {strings.get('CompanyName')}"


def _folder(payload: Path, report: Report) -> None:
    with report.look("the installed folder's size") as details:
        weight = freezing.size_of(payload) / 1e6
        details.append(f"{weight:.0f} MB in {sum(1 for path in payload.rglob('*') if path.is_file())} files")
        if weight > UNPACKED_MB:
            raise Failed(f"{details[0]}, at most {UNPACKED_MB}")
    for name, kind in PROGRAMS.items():
        with report.look(f"{name}: version, and window or console") as details:
            details.append(_described(payload / name))
            if subsystem(payload / name) != kind:
                raise Failed(f"it is of kind {subsystem(payload / name)}")
            details.append(f"signature {_signer(payload / name)}")
    with report.look("none of Windows' own libraries inside"):
        if found := [path.name for path in payload.rglob("*.dll") if _FOREIGN.match(path.name)]:
            raise Failed(", ".join(found))
    with report.look("no path or host of the build machine inside"):
        if found := list(leaks_in(payload)):
            raise Failed(", ".join(found[:5]))
