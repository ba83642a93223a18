"""The .rpm, made by rpmbuild from the same tree as the .deb."""

import os
import platform
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from deskdev import debian
from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, last_line, run_quietly, step

from deskpack import licences, product
from deskpack.changes import moment, releases

TOOLS = (debian.Need("rpm", "program", "rpmbuild"),)
RELEASE = "1"

RECOMMENDED = (
    "(gnome-keyring or kwalletmanager or kwalletmanager5 or keepassxc)",
    "xdg-utils",
    "ca-certificates",
    "font(:lang=en)",
)
"""Fedora's names; no Fedora was at hand to try them in."""


def write_tree(root: Path) -> None:
    """Put the licences where rpm-based systems keep them."""
    target = root / "usr" / "share" / "licenses" / product.COMMAND
    target.mkdir(parents=True)
    (target / "LICENSE").write_bytes((CHECKOUT / "LICENSE").read_bytes())
    inside = root / "usr" / "lib" / product.COMMAND / "_internal" / licences.LICENCES
    if inside.exists():
        inside.rename(target / licences.LICENCES)


def pack(root: Path, work: Path, into: Path, needed: Sequence[str], *, quick: bool = False) -> Path:
    """Pack a written tree and return the .rpm.

    Args:
        root: the tree.
        work: a folder to work in.
        into: where the .rpm goes.
        needed: what it requires.
        quick: hardly compress.

    Raises:
        SetupError: rpmbuild is missing or failed.
    """
    debian.ensure(TOOLS)
    name = f"{product.COMMAND}-{product.version()}-{RELEASE}.{platform.machine()}.rpm"
    recipe = work / f"{product.COMMAND}.spec"
    recipe.write_text(spec(root, needed, quick=quick), encoding="utf-8")
    settings = os.environ | {"SOURCE_DATE_EPOCH": str(moment())}
    with step(f"Packing {name}"):
        code, output = run_quietly(
            ("rpmbuild", "-bb", "--quiet", "--define", f"_topdir {work / 'rpm'}", recipe), settings
        )
        made = list((work / "rpm" / "RPMS").rglob("*.rpm"))
        if code != 0 or len(made) != 1:
            raise SetupError(f"rpmbuild could not pack {name}: {last_line(output, 'error:')}")
        (into / name).write_bytes(made[0].read_bytes())
    return into / name


def spec(root: Path, needed: Sequence[str], *, quick: bool = False) -> str:
    """Return what rpmbuild is told: to take the tree as it is, and to look for nothing inside it."""
    requires = "\n".join(f"Requires: {one}" for one in needed)
    recommends = "\n".join(f"Recommends: {one}" for one in RECOMMENDED)
    return f"""\
%global __os_install_post %{{nil}}
%global debug_package %{{nil}}
%global _build_id_links none
%global _buildhost {product.COMMAND}
%global _binary_payload w{1 if quick else 6}.xzdio
%global use_source_date_epoch_as_buildtime 1
%global source_date_epoch_from_changelog 0
%global clamp_mtime_to_source_date_epoch 1
Name: {product.COMMAND}
Version: {product.version()}
Release: {RELEASE}
Summary: {product.SUMMARY}
License: MIT AND LGPL-3.0-only AND PSF-2.0 AND Apache-2.0 AND BSD-3-Clause AND MPL-2.0
URL: {product.HOMEPAGE}
Vendor: {product.PUBLISHER}
Packager: {product.MAINTAINER}
Group: Applications/Internet
AutoReqProv: no
{requires}
{recommends}
%description
{textwrap.fill(product.DESCRIPTION.split(chr(10) * 2)[0], 76)}

{textwrap.fill(product.DESCRIPTION.split(chr(10) * 2)[-1], 76)}
%install
cp -a {root}/. %{{buildroot}}/
%files
%defattr(-,root,root,-)
/usr/bin/{product.COMMAND}
/usr/lib/{product.COMMAND}
/usr/share/applications/{product.IDENTIFIER}.desktop
/usr/share/metainfo/{product.IDENTIFIER}.metainfo.xml
/usr/share/icons/hicolor/*/apps/{product.IDENTIFIER}.*
%doc /usr/share/man/man1/{product.COMMAND}.1.gz
%license /usr/share/licenses/{product.COMMAND}
%changelog
{_changelog()}
"""


def _changelog() -> str:
    lines: list[str] = []
    for release in releases():
        when = datetime.fromisoformat(release.date).replace(tzinfo=UTC)
        lines.append(f"* {when:%a %b %d %Y} {product.MAINTAINER} - {release.version}-{RELEASE}")
        lines += [f"- {change.replace('%', '%%')}" for change in release.changes]
        lines.append("")
    return "\n".join(lines)
