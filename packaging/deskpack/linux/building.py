"""Builds the Linux packages: one tree of files as a system wants it, and around it .deb, .rpm and .tar.xz.

Two builds of the same frozen folder are the same to the last byte: everything belongs to root, bears the date of the last commit
(or SOURCE_DATE_EPOCH), and is packed in order.
"""

import argparse
import gzip
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, note

from deskpack import drawings, freezing, licences, product
from deskpack.changes import moment
from deskpack.linux import debs, depends, desktop, rpms, tarballs

KINDS = ("deb", "rpm", "tar")


def build(arguments: Sequence[str]) -> Sequence[Path]:
    """Build the .deb, the .rpm and the .tar.xz into `dist/`, or say which this machine cannot build and why.

    Raises:
        SetupError: none could be built.
    """
    parser = argparse.ArgumentParser(prog="dev.py package linux", description=__doc__)
    parser.add_argument("--frozen", type=Path, metavar="DIR", help="take this frozen folder instead of freezing anew")
    parser.add_argument("--only", action="append", choices=KINDS, help="build only these")
    parser.add_argument("--into", type=Path, default=freezing.DIST, metavar="DIR", help="where they go (dist)")
    parser.add_argument("--quick", action="store_true", help="hardly compressed, for trying")
    parsed = parser.parse_args(arguments)
    frozen = parsed.frozen.resolve() if parsed.frozen else freezing.freeze()
    return packages(frozen, parsed.into, parsed.only or KINDS, quick=parsed.quick)


def packages(frozen: Path, into: Path, kinds: Sequence[str] = KINDS, *, quick: bool = False) -> list[Path]:
    """Build packages of a frozen folder.

    Args:
        frozen: the folder with the program; it is not changed.
        into: where the packages go.
        kinds: which of `KINDS`.
        quick: whether time matters more than size.

    Raises:
        SetupError: none could be built.
    """
    into.mkdir(parents=True, exist_ok=True)
    needs = depends.of(frozen)
    made: list[Path] = []
    refused: list[str] = []
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix=f"{product.COMMAND}-{kind}-") as folder:
            work = Path(folder)
            try:
                made.append(_made(kind, frozen, work, into.resolve(), needs, quick=quick))
            except SetupError as problem:
                note(f"No .{kind}: {problem}")
                refused.append(str(problem))
    if not made:
        raise SetupError(refused[0])
    return made


def _made(kind: str, frozen: Path, work: Path, into: Path, needs: depends.Needs, *, quick: bool) -> Path:
    root = work / "root"
    if kind == "tar":
        portable(frozen, root)
        return tarballs.pack(root, into, quick=quick)
    tree(frozen, root)
    if kind == "deb":
        debs.write_tree(root)
        settle(root, program(root))
        return debs.pack(root, into, depends.debian(needs), quick=quick)
    rpms.write_tree(root)
    settle(root, program(root))
    return rpms.pack(root, work, into, depends.rpm(needs), quick=quick)


def tree(frozen: Path, root: Path) -> None:
    """Lay out the files as every distribution wants them; what only one wants is added by `debs` and `rpms`.

    Args:
        frozen: the folder with the program.
        root: stands for the system's own root; made here.
    """
    shutil.copytree(frozen, program(root).parent, symlinks=True)
    link = root / "usr" / "bin" / product.COMMAND
    link.parent.mkdir(parents=True)
    link.symlink_to(Path("..", "lib", product.COMMAND, product.COMMAND))
    share(root / "usr" / "share")
    page = root / "usr" / "share" / "man" / "man1" / f"{product.COMMAND}.1.gz"
    write(page, gzip.compress(desktop.manual().encode(), mtime=0))


def share(folder: Path, command: str = product.COMMAND) -> None:
    """Put desktop file, metainfo and icons where a desktop looks for them below a `share` folder."""
    write(folder / "applications" / f"{product.IDENTIFIER}.desktop", desktop.desktop_entry(command).encode())
    write(folder / "metainfo" / f"{product.IDENTIFIER}.metainfo.xml", desktop.metainfo().encode())
    for place, picture in desktop.icons(_icons()).items():
        write(folder / place, picture.read_bytes())


def portable(frozen: Path, root: Path) -> None:
    """Lay out the folder that runs wherever it lies.

    Args:
        frozen: the folder with the program.
        root: made here; holds the one folder that is packed.
    """
    folder = root / tarballs.folder_name()
    shutil.copytree(frozen, folder, symlinks=True)
    inside = folder / "_internal" / licences.LICENCES
    if inside.exists():
        inside.rename(folder / licences.LICENCES)
    share(folder / "share")
    write(folder / "share" / "man" / "man1" / f"{product.COMMAND}.1", desktop.manual().encode())
    write(folder / "LICENSE", (CHECKOUT / "LICENSE").read_bytes())
    write(folder / "README.txt", tarballs.read_me().encode())
    script = folder / tarballs.INSTALLER
    write(script, (desktop.LINUX / tarballs.INSTALLER).read_bytes())
    settle(root, folder / product.COMMAND, script)


def program(root: Path) -> Path:
    """Return where the program lies in a tree."""
    return root / "usr" / "lib" / product.COMMAND / product.COMMAND


def settle(root: Path, *programs: Path) -> None:
    """Give every file the same date, and modes that do not depend on who builds: only the programs can be started."""
    when = moment()
    for path in sorted((root, *root.rglob("*")), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in programs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)


def write(path: Path, content: bytes) -> None:
    """Write a file and make the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _icons() -> Path:
    """Return the folder with the icon's pictures; `freeze` draws them, and so does this where it was not called."""
    folder = freezing.BUILD / "icons"
    if not (folder / f"{drawings.SIZES[-1]}.png").exists():
        drawings.draw(freezing.environment(), folder)
    return folder
