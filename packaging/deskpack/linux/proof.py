"""Proves a .deb, an .rpm or a .tar.xz: on this machine without installing it, and a .deb installed in bare systems."""

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskdev import debian
from deskdev.steps import SetupError, last_line, note, run_quietly

from deskpack import licences, product
from deskpack.checking import Check, Failed, Report
from deskpack.linux import depends, installed, starts, tarballs, unpacked
from deskpack.linux.screens import ended

LINTERS = (
    debian.Need("desktop-file-utils", "program", "desktop-file-validate"),
    debian.Need("appstream", "program", "appstreamcli"),
    debian.Need("man-db", "program", "man"),
    debian.Need("lintian", "program", "lintian"),
    debian.Need("binutils", "program", "readelf"),
)

RPM = (debian.Need("rpm", "program", "rpm"),)


def check(wanted: Check, report: Report) -> None:
    """Check a package.

    Raises:
        SetupError: something that the check takes is missing.
    """
    if wanted.roots and wanted.file.suffix != ".deb":
        raise SetupError("Only a .deb is installed in bare systems; leave --in out, or name the .deb.")
    debian.ensure(LINTERS)
    with opened(wanted.file, report) as found, _linted(wanted.file) as lint:
        unpacked.check(wanted.file, found, report)
        share = _share(wanted.file, found)
        _desktop(share, report)
        match wanted.file.suffix:
            case ".deb":
                _deb(wanted.file, found, report, lint)
            case ".xz":
                _portable(found, report)
            case _:
                _rpm(found, report)
        for suite in wanted.roots:
            installed.check(wanted.file, suite, found, report, wanted.screenshots)


@contextmanager
def _linted(package: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Let lintian, which takes as long as everything else, read a .deb meanwhile; other packages it does not read."""
    # Spelling mistakes inside other people's libraries are no finding, and looking for them takes a third of the time.
    lintian = ["lintian", "--tag-display-limit", "0", "--dont-check-part", "binaries/spelling", str(package)]
    command = lintian if package.suffix == ".deb" else ["true"]
    # It says little: a pipe holds it until somebody asks.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with ended(process):
        yield process


@contextmanager
def opened(package: Path, report: Report) -> Iterator[unpacked.Unpacked]:
    """Unpack a package for as long as it is looked at, into a read-only folder whose name has a space and letters beyond ASCII.

    Raises:
        SetupError: it cannot be unpacked.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-package-") as folder:
        work = Path(folder)
        work.chmod(0o755)
        target = work / "Bürö 1"
        target.mkdir()
        found = unpack(package, target, work, report)
        if not debian.is_root():
            # Root's programs are tried as somebody else, to whom the folder is read-only anyway.
            for path in (target, *target.rglob("*")):
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode & ~0o222)
        yield found


def unpack(package: Path, target: Path, work: Path, report: Report) -> unpacked.Unpacked:
    """Unpack a package into a folder.

    Args:
        package: .deb, .rpm or .tar.xz.
        target: the folder.
        work: a folder for what the program writes.
        report: hears what rpm says of an .rpm.

    Raises:
        SetupError: it cannot be unpacked.
    """
    documents = target / "usr/share/doc" / product.COMMAND
    match package.suffix:
        case ".deb":
            _must("dpkg-deb", "-x", package, target)
        case ".rpm":
            debian.ensure(RPM)
            documents = target / "usr/share/licenses" / product.COMMAND
            _install_rpm(package, target, report)
        case _:
            _must("tar", "-xJf", package, "-C", target, "--no-same-owner")
            folder = target / tarballs.folder_name()
            return unpacked.Unpacked(folder / product.COMMAND, work, folder / licences.LICENCES)
    program = target / "usr/lib" / product.COMMAND / product.COMMAND
    return unpacked.Unpacked(program, work, documents / licences.LICENCES)


def _share(package: Path, found: unpacked.Unpacked) -> Path:
    """Return the folder with what a desktop reads."""
    folder = found.program.parent
    return folder / "share" if package.suffix == ".xz" else folder.parents[1] / "share"


def _desktop(share: Path, report: Report) -> None:
    linters = {
        "desktop file": ("desktop-file-validate", share / "applications" / f"{product.IDENTIFIER}.desktop"),
        "metainfo": ("appstreamcli", "validate", "--no-net", share / "metainfo" / f"{product.IDENTIFIER}.metainfo.xml"),
    }
    for what, command in linters.items():
        with report.look(what):
            code, output = run_quietly(command)
            if code != 0 or "error:" in output:
                raise Failed(last_line(output))
    with report.look("manual page"):
        page = next(share.glob("man/man1/*"))
        settings = os.environ | {"LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"}
        code, output = run_quietly(("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page), settings)
        if code != 0 or (warnings := re.findall(r"^(?:man|troff|grotty|an\.tmac).*$", output, re.MULTILINE)):
            raise Failed(warnings[0] if code == 0 else last_line(output))


def _deb(package: Path, found: unpacked.Unpacked, report: Report, lint: "subprocess.Popen[bytes]") -> None:
    with report.look("Depends names what is needed"):
        _code, said = run_quietly(("dpkg-deb", "-f", package, "Depends"))
        declared = {one.strip() for one in said.split(",")}
        needed = set(depends.debian(depends.of(found.program.parent)))
        if needed - declared:
            raise Failed(f"missing: {', '.join(sorted(needed - declared))}")
    with report.look("lintian"):
        output, _ = lint.communicate()
        tags = [line for line in output.decode(errors="replace").splitlines() if re.match(r"[EW]: ", line)]
        if tags or lint.returncode != 0:
            raise Failed(f"{len(tags)}: {tags[0]}" if tags else f"it ended with {lint.returncode}")
    with report.look("a window on Wayland") as details:
        details.append(unpacked.on_wayland(found))
    with report.look("start to the painted window") as details:
        details.append(starts.compared(found.program))


def _rpm(found: unpacked.Unpacked, report: Report) -> None:
    if debian.is_root():
        root = found.program.parents[3]
        with report.look("rpm -e"):
            code, output = run_quietly(("rpm", "--root", root, "-e", product.COMMAND))
            left = [path.name for path in (root / "usr").rglob("*") if not path.is_dir()]
            if code != 0 or left:
                raise Failed(f"{last_line(output)}; {len(left)} files are left")
    note("An installation on Fedora or another system with rpm was not run: none is at hand.")


def _portable(found: unpacked.Unpacked, report: Report) -> None:
    """Look at the script that puts the folder into a menu, in a home of its own."""
    home = found.work / "someone"
    home.mkdir()
    script = found.program.parent / tarballs.INSTALLER
    settings = {"PATH": "/usr/bin:/bin", "HOME": str(home)}
    entry = home / ".local/share/applications" / f"{product.IDENTIFIER}.desktop"
    with report.look("into the menu of one user"):
        code, output = run_quietly(("sh", script), settings)
        valid, complaint = run_quietly(("desktop-file-validate", entry))
        if code != 0 or valid != 0:
            raise Failed(last_line(complaint or output))
        command = re.search(r"^Exec=(.+)$", entry.read_text(encoding="utf-8"), re.MULTILINE)
        program = shlex.split(command[1])[0] if command else ""
        code, output = run_quietly((program, "--version"), settings)
        if code != 0:
            raise Failed(f"{program}: {last_line(output)}")
    with report.look("out of it again"):
        code, output = run_quietly(("sh", script, "--remove"), settings)
        left = [path.name for path in home.rglob(f"*{product.COMMAND}*") if not path.is_dir()]
        left += [path.name for path in home.rglob(f"{product.IDENTIFIER}*")]
        if code != 0 or left:
            raise Failed(f"{code}: {', '.join(left) or last_line(output)}")


def _install_rpm(package: Path, target: Path, report: Report) -> None:
    """Install an .rpm into an empty root, where this is root; else only unpack it."""
    if not debian.is_root():
        _must("sh", "-c", f"rpm2cpio {shlex.quote(str(package))} | cpio -idm --quiet -D {shlex.quote(str(target))}")
        note("rpm -i and rpm -V were not run: they need root.")
        return
    rpm = ("rpm", "--root", str(target))
    _must(*rpm, "-i", "--nodeps", "--excludeartifacts", package)
    with report.look("rpm -V"):
        code, output = run_quietly((*rpm, "-V", "--nodeps", product.COMMAND))
        if code != 0:
            raise Failed(last_line(output))


def _must(*command: str | Path) -> None:
    code, output = run_quietly(command)
    if code != 0:
        raise SetupError(f"{command[0]} failed: {last_line(output)}")
