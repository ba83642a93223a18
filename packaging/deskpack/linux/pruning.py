"""The second pass over a frozen folder on Linux.

PyInstaller collects libraries before the spec drops the plugins that needed them. This pass walks from the program, Python's
modules and Qt's plugins along what each file needs, and

- takes out what nothing reaches any more,
- takes out what must be the user's own (drivers, X, fonts and the C library's family are tied to the system they came with),
- strips symbols,
- takes the build machine's paths out: the search paths that lead there (lintian: custom-library-search-path) and Python's own
  folder, which the interpreter carries as text and never asks, because the program tells it where it lies.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from deskdev.steps import SetupError, last_line, note, run_quietly, step

from deskpack import leaks
from deskpack.linux import icu

SYSTEM = re.compile(
    r"ld-linux|libc\.so|libm\.so|libdl\.|libpthread|librt\.|libutil|libresolv|libnsl|libstdc\+\+|libgcc_s|libGL\.|libGLX|libGLdispatch"
    r"|libOpenGL|libEGL|libdrm|libgbm|libX11|libXau|libXdmcp|libXext|libxcb\.so|libwayland-|libfontconfig|libfreetype|libexpat"
    r"|libdbus-1|libglib-2|libgobject-2|libgio-2|libgmodule-2|libgthread-2|libsystemd|libz\.so|libgssapi_krb5|libkrb5|libk5crypto"
    r"|libcom_err|libkeyutils|libcap\.|libgcrypt|libgpg-error|liblz4|libzstd\.so|libpcre2|libblkid|libmount|libselinux|libuuid|libbsd"
    r"|libmd\.|libbrotli|libpng16\.so|libicudata\.so\.(?!73)"
)
"""Libraries of the user's system: named by the packages' dependencies, never carried along."""


def prune(folder: Path) -> None:
    """Prune a frozen folder in place.

    Raises:
        SetupError: readelf, strip or patchelf is missing or failed.
    """
    with step("Pruning what is not used, and this machine's paths"):
        before = _weight(folder)
        files = {path: _needed(path) for path in elf_files(folder)}
        kept = _reached(folder, files)
        for path in files:
            if path not in kept:
                path.unlink()
        _drop_dead_links(folder)
        loaded = [path for path in kept if path.parent != folder]
        for path in loaded:
            if path.name.startswith("libicudata.so"):
                icu.cut(path)
        _run("strip", "--strip-unneeded", *loaded)
        for path in loaded:
            _lead_home(path, folder / "_internal")
        for path in (*kept, *folder.rglob("*.py"), *folder.rglob("*.txt")):
            _forget_places(path)
    note(f"Pruned from {before / 1e6:.0f} to {_weight(folder) / 1e6:.0f} MB")


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield the programs and libraries of a folder, links left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def needed_from_system(folder: Path) -> frozenset[str]:
    """Return the names of the libraries that a pruned folder takes from the system."""
    own = {path.name for path in folder.rglob("*.so*")}
    return frozenset(name for path in elf_files(folder) for name in _needed(path) if name not in own)


def taken_along(internal: Path) -> Iterator[Path]:
    """Yield the libraries that PyInstaller took from this system: they lie beside the packages' folders, as packages' modules do."""
    for path in sorted(internal.glob("*.so*")):
        if not path.is_symlink() and not _is_python(path):
            yield path


def _is_python(path: Path) -> bool:
    """Tell Python and modules for it (cffi's) from libraries: nothing links to them, they are loaded by name."""
    return re.match(r"lib(?!python)", path.name) is None


def _weight(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*"))


def _dynamic(path: Path) -> str:
    code, output = run_quietly(("readelf", "-dW", path))
    if code != 0:
        raise SetupError(f"readelf could not read {path.name}: {last_line(output)}")
    return output


def _needed(path: Path) -> tuple[str, ...]:
    return tuple(re.findall(r"\(NEEDED\).*\[(.+?)\]", _dynamic(path)))


def _reached(folder: Path, files: dict[Path, tuple[str, ...]]) -> set[Path]:
    """Follow what each file needs, from those that are loaded by name."""
    internal = folder / "_internal"
    named: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.so*")):
        real = path.resolve()
        if real in files:
            named.setdefault(path.name, real)
    waiting = [path for path in files if path.parent != internal or _is_python(path)]
    waiting = [path for path in waiting if path.parent.name != "lib" or path.parent.parent.name != "Qt"]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in found or SYSTEM.match(path.name):
            continue
        found.add(path)
        waiting += [named[name] for name in files[path] if name in named]
    return found


def _drop_dead_links(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_symlink() and not path.exists():
            path.unlink()
    for path in sorted((p for p in folder.rglob("*") if p.is_dir() and not p.is_symlink()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def _lead_home(path: Path, internal: Path) -> None:
    """Let a file look for its libraries beside itself and nowhere on the build machine."""
    found = re.search(r"\((?:RPATH|RUNPATH)\).*\[(.*?)\]", _dynamic(path))
    if found and not all(place.startswith("$ORIGIN") for place in found[1].split(":") if place):
        away = os.path.relpath(internal, path.parent)
        _run("patchelf", "--set-rpath", "$ORIGIN" if away == "." else f"$ORIGIN/{away}", path)


def _forget_places(path: Path) -> None:
    content = path.read_bytes()
    fresh = content
    for place in leaks.build_places():
        # Of the same length, because a library's bytes have their places. The last name stays: linkers let "3.11.7" be the end of
        # "/…/versions/3.11.7", so that overwriting it would take Python's own version away.
        above, last = place.rsplit(b"/", 1)
        fresh = fresh.replace(place, b"/build".ljust(len(above), b"_")[: len(above)] + b"/" + last)
    if fresh != content:
        mode = path.stat().st_mode
        path.write_bytes(fresh)
        path.chmod(mode)


def _run(*command: str | Path) -> None:
    if shutil.which(str(command[0])) is None:
        raise SetupError(f"{command[0]} is missing; install the package of that name.")
    code, output = run_quietly(command)
    if code != 0:
        raise SetupError(f"{command[0]} failed: {last_line(output)}")
