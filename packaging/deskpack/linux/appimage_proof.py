"""Proves an AppImage by its parts: the starter, the file system behind it, and that what is in there starts.

It is not mounted, because that takes FUSE, which a build machine may lack; the file system is unpacked instead.
"""

import shutil
import tempfile
from pathlib import Path

from deskdev import debian
from deskdev.steps import SetupError, last_line, run_quietly

from deskpack import check_program, product
from deskpack.checking import Check, Failed, Report
from deskpack.linux import appimage, elf

TOOLS = (
    debian.Need("squashfs-tools", "program", "unsquashfs"),
    debian.Need("desktop-file-utils", "program", "desktop-file-validate"),
)


def check(wanted: Check, report: Report) -> None:
    """Check an AppImage.

    Raises:
        SetupError: a tool is missing.
    """
    if wanted.roots:
        raise SetupError("An AppImage is checked on this machine only; leave --in out.")
    debian.ensure(TOOLS)
    with report.look("it begins with a starter that says where updates are") as details:
        details += [_starter(wanted.file)]
    with tempfile.TemporaryDirectory(prefix="deskhand-appimage-") as folder:
        tree = Path(folder) / "AppDir"
        with report.look("the file system lies where the starter looks for it"):
            _unpack(wanted.file, tree)
        if tree.is_dir():
            look_at(tree, report)


def look_at(tree: Path, report: Report) -> None:
    """Look at an AppDir, and start what is in it."""
    with report.look("the desktop file is in order"):
        file = tree / f"{product.IDENTIFIER}.desktop"
        code, output = run_quietly(("desktop-file-validate", file))
        if code != 0 or "error" in output:
            raise Failed(last_line(output))
    with report.look("icon and program are where a desktop looks"):
        names = (f"{product.IDENTIFIER}.svg", ".DirIcon", "AppRun", f"usr/bin/{product.COMMAND}")
        missing = [name for name in names if not (tree / name).is_file()]
        if missing:
            raise Failed(f"{', '.join(missing)} is missing")
        if shutil.which(str(tree / "AppRun")) is None:
            raise Failed("AppRun cannot be started")
    with report.look("it says its version") as details:
        details += [check_program.version(tree / "AppRun")]
    with report.look("it finds itself in order (doctor)") as details:
        details.extend(check_program.doctor(tree / "AppRun"))


def _starter(file: Path) -> str:
    program = elf.read(file)
    if program is None:
        raise Failed("it is no program")
    place = program.section(appimage.UPDATE_SECTION)
    with file.open("rb") as opened:
        opened.seek(place.offset if place else 0)
        said = opened.read(place.size if place else 0).rstrip(b"\0").decode("ascii", "replace")
    wanted = appimage.UPDATES.format(machine=program.machine)
    if said != wanted:
        raise Failed(f"it says {said!r} instead of {wanted!r}")
    return f"{program.machine}, {said}"


def _unpack(file: Path, target: Path) -> None:
    program = elf.read(file)
    if program is None:
        raise Failed("there is no starter")
    # Without owners and extended attributes, which only root may set.
    command = ("unsquashfs", "-quiet", "-no-progress", "-no-xattrs", "-dest", target, "-offset", str(program.end), file)
    code, output = run_quietly(command)
    if code != 0:
        raise Failed(f"unsquashfs: {last_line(output)}")
