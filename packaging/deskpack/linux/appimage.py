"""The AppImage: one file that runs where it lies, made of a starter and a file system behind it.

The tree (AppDir) is the one of the Linux packages with three links at its top, and needs no script: the frozen program finds its own
folder through a link. The starter ("runtime") is not ours, is in no package registry, and is given by hand: `--runtime FILE`. Without
it everything up to the file system is built, in `build/appimage`.

    AppRun -> usr/lib/deskhand/deskhand
    ID.desktop -> usr/share/applications/ID.desktop
    ID.svg, .DirIcon
    usr/                                       as in the .deb

Updates: the file says where newer ones are (`UPDATES`), and where `zsyncmake` is installed the index for fetching only what changed is
written beside it.
"""

import argparse
import platform
import shutil
from collections.abc import Sequence
from pathlib import Path

from deskdev import debian
from deskdev.steps import SetupError, last_line, note, run_quietly, step

from deskpack import changes, freezing, product
from deskpack.linux import building, elf

TOOLS = (debian.Need("squashfs-tools", "program", "mksquashfs"),)

PLACE = freezing.BUILD / "appimage"

_OWNER, _REPOSITORY = product.HOMEPAGE.split("/")[-2:]
UPDATES = f"gh-releases-zsync|{_OWNER}|{_REPOSITORY}|latest|{product.NAME}-*-{{machine}}.AppImage.zsync"
"""What AppImageUpdate and its like read from the file, as the AppImage specification writes it."""

UPDATE_SECTION = ".upd_info"


def build(arguments: Sequence[str]) -> Sequence[Path]:
    """Build the AppImage; without `--runtime`, its file system only, which is no package.

    Raises:
        SetupError: this is not Linux, a tool is missing, or the starter is none.
    """
    parser = argparse.ArgumentParser(prog="dev.py package appimage", description=build.__doc__)
    parser.add_argument("--frozen", type=Path, metavar="DIR", help="take this frozen folder instead of freezing anew")
    parser.add_argument("--runtime", type=Path, metavar="FILE", help="the starter of AppImage/type2-runtime")
    parser.add_argument("--quick", action="store_true", help="hardly compressed, for trying")
    parser.add_argument("--into", type=Path, default=freezing.DIST, metavar="DIR", help="where it goes (dist)")
    parsed = parser.parse_args(arguments)
    if platform.system() != "Linux":
        raise SetupError("An AppImage is built on Linux.")
    debian.ensure(TOOLS)
    frozen = freezing.frozen(parsed.frozen)
    files = squash(lay_out(frozen, PLACE / "AppDir"), PLACE / f"{product.COMMAND}.squashfs", quick=parsed.quick)
    if parsed.runtime is None:
        note(f"{files}: the AppImage's file system. No AppImage: its starter is not here; name it with --runtime.")
        return ()
    parsed.into.mkdir(parents=True, exist_ok=True)
    made = parsed.into.resolve() / file_name()
    join(parsed.runtime, files, made)
    return (made, *_index(made))


def file_name(machine: str | None = None) -> str:
    """Return what the AppImage for a processor is called."""
    return f"{product.NAME}-{product.version()}-{machine or platform.machine()}.AppImage"


def lay_out(frozen: Path, target: Path) -> Path:
    """Lay the AppDir out in the place of what was there, and return it."""
    shutil.rmtree(target, ignore_errors=True)
    with step("Laying the AppDir out"):
        building.tree(frozen, target)
        inside = Path("usr", "share")
        desktop, icon = f"{product.IDENTIFIER}.desktop", f"{product.IDENTIFIER}.svg"
        links = {
            "AppRun": building.program(Path()),
            desktop: inside / "applications" / desktop,
            icon: inside / "icons" / "hicolor" / "scalable" / "apps" / icon,
            ".DirIcon": inside / "icons" / "hicolor" / "256x256" / "apps" / f"{product.IDENTIFIER}.png",
        }
        for name, place in links.items():
            (target / name).symlink_to(place)
        building.settle(target, building.program(target))
    return target


def squash(folder: Path, target: Path, *, quick: bool = False) -> Path:
    """Write a folder as a file system that every starter of type 2 reads, the same each time, and return it.

    Raises:
        SetupError: mksquashfs is missing or failed.
    """
    target.unlink(missing_ok=True)
    when = str(changes.moment())
    same = ("-all-time", when, "-mkfs-time", when, "-all-root", "-no-xattrs", "-no-exports")
    packing = (
        "-comp",
        "zstd",
        "-Xcompression-level",
        "1" if quick else "22",
        "-b",
        "1M",
        "-no-progress",
        "-quiet",
        "-noappend",
    )
    with step("Writing the file system"):
        code, output = run_quietly(("mksquashfs", folder, target, *same, *packing))
        if code != 0:
            raise SetupError(f"mksquashfs could not write the file system: {last_line(output)}")
    return target


def join(runtime: Path, files: Path, target: Path) -> None:
    """Put the starter and the file system into one file, and write into it where updates are.

    Raises:
        SetupError: the starter is none, or has no place for that.
    """
    program = elf.read(runtime) if runtime.is_file() else None
    place = program.section(UPDATE_SECTION) if program else None
    if program is None or place is None or program.end != runtime.stat().st_size:
        raise SetupError(f"{runtime} is no starter of AppImages; take one from the releases of AppImage/type2-runtime.")
    update_information = UPDATES.format(machine=program.machine).encode()
    if len(update_information) >= place.size:
        raise SetupError(f"{runtime} has no room for the place of updates; take a newer one.")
    with step(f"Writing {target.name}"):
        head = bytearray(runtime.read_bytes())
        head[place.offset : place.offset + place.size] = update_information.ljust(place.size, b"\0")
        target.write_bytes(bytes(head) + files.read_bytes())
        target.chmod(0o755)


def _index(image: Path) -> tuple[Path, ...]:
    """Write the index by which an update fetches only what changed, where the tool for it is installed."""
    if shutil.which("zsyncmake") is None:
        note("No index for partial updates: zsyncmake is not installed (Debian and Ubuntu: zsync).")
        return ()
    index = image.with_name(f"{image.name}.zsync")
    code, output = run_quietly(("zsyncmake", "-u", image.name, "-o", index, image))
    if code != 0:
        raise SetupError(f"zsyncmake could not write the index: {last_line(output)}")
    return (index,)
