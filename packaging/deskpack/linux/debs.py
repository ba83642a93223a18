"""The .deb: control data, Debian's own documents, and the archive, made by dpkg-deb."""

import gzip
import hashlib
import os
import platform
import shutil
import textwrap
from collections.abc import Sequence
from email.utils import format_datetime
from pathlib import Path

from deskdev import debian
from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, last_line, run_quietly, step

from deskpack import licences, product
from deskpack.changes import Release, day, moment, releases
from deskpack.linux import depends, desktop

TOOLS = (debian.Need("dpkg", "program", "dpkg-deb"),)
PROCESSORS = {"x86_64": "amd64", "aarch64": "arm64"}
SECTION = "mail"


def write_tree(root: Path) -> None:
    """Add what only Debian wants to the tree: copyright, changelog, lintian's overrides; the licences go to the documents."""
    documents = root / "usr" / "share" / "doc" / product.COMMAND
    documents.mkdir(parents=True)
    inside = root / "usr" / "lib" / product.COMMAND / "_internal" / licences.LICENCES
    if inside.exists():
        inside.rename(documents / licences.LICENCES)
    (documents / "copyright").write_text(copyright_file(), encoding="utf-8")
    (documents / "changelog.gz").write_bytes(gzip.compress(changelog().encode(), mtime=0))
    overrides = root / "usr" / "share" / "lintian" / "overrides" / product.COMMAND
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(desktop.LINUX / "lintian-overrides", overrides)


def pack(root: Path, into: Path, needed: Sequence[str], *, quick: bool = False) -> Path:
    """Pack a written tree and return the .deb.

    Args:
        root: the tree; control data is added to it.
        into: where the .deb goes.
        needed: lines of `Depends`.
        quick: hardly compress.

    Raises:
        SetupError: dpkg-deb is missing or failed.
    """
    debian.ensure(TOOLS)
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(control_file(root, needed), encoding="utf-8")
    (control / "md5sums").write_text(_sums(root), encoding="utf-8")
    for path in control.iterdir():
        path.chmod(0o644)
        os.utime(path, (moment(), moment()))
    os.utime(control, (moment(), moment()))
    target = into / f"{product.COMMAND}_{product.version()}_{processor()}.deb"
    with step(f"Packing {target.name}"):
        _dpkg_deb(root, target, "0" if quick else "6")
    return target


def lowered(package: Path, version: str, work: Path) -> Path:
    """Return the same package under another version: the previous one, from which to upgrade.

    Args:
        package: a .deb.
        version: the other version.
        work: an empty folder to work in; the result lies in it.

    Raises:
        SetupError: dpkg-deb failed.
    """
    tree = work / "tree"
    code, output = run_quietly(("dpkg-deb", "--raw-extract", package, tree))
    if code != 0:
        raise SetupError(f"{package.name} cannot be unpacked: {last_line(output)}")
    control = tree / "DEBIAN" / "control"
    lines = control.read_text(encoding="utf-8").splitlines()
    fresh = [f"Version: {version}" if line.startswith("Version:") else line for line in lines]
    control.write_text("\n".join(fresh) + "\n", encoding="utf-8")
    target = work / f"{product.COMMAND}_{version}_{processor()}.deb"
    _dpkg_deb(tree, target, "0")
    return target


def control_file(root: Path, needed: Sequence[str]) -> str:
    """Return the control data of a tree."""
    size = sum(-(-path.lstat().st_size // 1024) for path in (root / "usr").rglob("*"))
    paragraphs = product.DESCRIPTION.split("\n\n")
    description = "\n .\n".join(textwrap.indent(textwrap.fill(paragraph, 76), " ") for paragraph in paragraphs)
    return f"""\
Package: {product.COMMAND}
Version: {product.version()}
Architecture: {processor()}
Maintainer: {product.MAINTAINER}
Installed-Size: {size}
Depends: {", ".join(needed)}
Recommends: {", ".join(depends.RECOMMENDED)}
Suggests: {", ".join(depends.SUGGESTED)}
Section: {SECTION}
Priority: optional
Homepage: {product.HOMEPAGE}
Description: {product.SUMMARY[0].lower()}{product.SUMMARY[1:]}
{description}
"""


def copyright_file() -> str:
    """Return the machine-readable copyright file; what is carried along is told in full in `licences`."""
    text = (CHECKOUT / "LICENSE").read_text(encoding="utf-8").partition("\n\n")[2]
    grant = text[text.index("Permission is hereby granted") :].strip()
    licence = "\n".join(f" {line}" if line.strip() else " ." for line in grant.splitlines())
    home = f"usr/lib/{product.COMMAND}/_internal"
    return f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {product.NAME}
Source: {product.HOMEPAGE}
Comment:
 {product.NAME} carries its own Python, Qt and Python packages along. Each is named with its
 version and its licence in /usr/share/doc/{product.COMMAND}/{licences.LICENCES}/{licences.SUMMARY}, and the
 texts of all licences lie beside that file.

Files: *
Copyright: {product.COPYRIGHT}
License: Expat

Files: {home}/PySide6/* {home}/shiboken6/*
Copyright: The Qt Company Ltd. and other contributors
License: LGPL-3

Files: {home}/libpython* {home}/python3* {home}/base_library.zip
Copyright: Python Software Foundation
License: PSF-2
 See /usr/share/doc/{product.COMMAND}/{licences.LICENCES}/python.txt for the full text.

License: Expat
{licence}

License: LGPL-3
 This library is free software; you can redistribute it and/or modify it under
 the terms of the GNU Lesser General Public License, version 3, as published by
 the Free Software Foundation. It may be replaced by a changed one.
 .
 On Debian systems, the full text is in /usr/share/common-licenses/LGPL-3.
"""


def changelog() -> str:
    """Return Debian's changelog, from the checkout's."""
    return "\n".join(_entry(release) for release in releases())


def processor() -> str:
    """Return this machine's processor as Debian calls it.

    Raises:
        SetupError: Debian packages are not built for it.
    """
    machine = platform.machine()
    if machine not in PROCESSORS:
        raise SetupError(f"Packages are built on {' and '.join(PROCESSORS)}, and this machine is {machine}.")
    return PROCESSORS[machine]


def _entry(release: Release) -> str:
    changes = "\n".join(
        textwrap.fill(change, 76, initial_indent="  * ", subsequent_indent="    ") for change in release.changes
    )
    when = day().fromisoformat(release.date).replace(tzinfo=day().tzinfo)
    head = f"{product.COMMAND} ({release.version}) stable; urgency=medium"
    return f"{head}\n\n{changes}\n\n -- {product.MAINTAINER}  {format_datetime(when)}\n"


def _sums(root: Path) -> str:
    files = sorted(path for path in (root / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    sums = ((hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest(), path) for path in files)
    return "".join(f"{digest}  {path.relative_to(root)}\n" for digest, path in sums)


def _dpkg_deb(root: Path, target: Path, level: str) -> None:
    settings = os.environ | {"SOURCE_DATE_EPOCH": str(moment())}
    command = ("dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--build", root, target)
    code, output = run_quietly(command, settings)
    if code != 0:
        raise SetupError(f"dpkg-deb could not pack {target.name}: {last_line(output)}")
