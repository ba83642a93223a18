"""The .tar.xz with a folder that runs wherever it is unpacked."""

import platform
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import IO, cast

from deskdev import debian
from deskdev.steps import SetupError, step

from deskpack import licences, product
from deskpack.changes import moment

TOOLS = (debian.Need("xz-utils", "program", "xz"),)
INSTALLER = "install-for-me.sh"


def folder_name() -> str:
    """Return the name of the folder inside."""
    return f"{product.COMMAND}-{product.version()}"


def read_me() -> str:
    """Return the text that lies beside the program."""
    return f"""\
{product.NAME} {product.version()}
{product.SUMMARY}.

    ./{product.COMMAND}                  opens the window
    ./{product.COMMAND} demo             tries everything with invented customers; nothing of yours is touched
    ./{product.COMMAND} --help           says what else there is
    ./{INSTALLER}          puts it into your menu, for you alone and without root; with --remove takes it out again

The folder may lie anywhere and be moved; after that, run {INSTALLER} once more. It needs glibc 2.35 or newer (Ubuntu 22.04,
Debian 12, Fedora 36) and what every desktop has: fontconfig, freetype, a font, D-Bus, GLib, the libraries of OpenGL, X and Wayland.
Your data lies in ~/.local/share/{product.NAME}, your credentials in your keyring; neither is in this folder.

{product.NAME} is under the {product.LICENSE} License (LICENSE). What it carries along is named in {licences.LICENCES}/{licences.SUMMARY}.
{product.HOMEPAGE}
"""


def pack(root: Path, into: Path, *, quick: bool = False) -> Path:
    """Pack the one folder below a root and return the archive.

    Args:
        root: what `linux.portable` laid out.
        into: where the archive goes.
        quick: hardly compress.

    Raises:
        SetupError: xz is missing or failed.
    """
    debian.ensure(TOOLS)
    if shutil.which("xz") is None:
        raise SetupError("xz is missing; install xz-utils.")
    target = into / f"{folder_name()}-linux-{platform.machine()}.tar.xz"
    # Two threads on every machine: the bytes depend on whether there is more than one.
    with (
        step(f"Packing {target.name}"),
        target.open("wb") as file,
        subprocess.Popen(("xz", "-0" if quick else "-6", "-T2"), stdin=subprocess.PIPE, stdout=file) as xz,
    ):
        with tarfile.open(fileobj=cast("IO[bytes]", xz.stdin), mode="w|", format=tarfile.PAX_FORMAT) as archive:
            for path in (root / folder_name(), *sorted((root / folder_name()).rglob("*"))):
                archive.add(path, str(path.relative_to(root)), recursive=False, filter=_plain)
        cast("IO[bytes]", xz.stdin).close()
        if xz.wait() != 0:
            raise SetupError(f"xz could not pack {target.name}; look whether the disk is full.")
    return target


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = moment()
    return entry
