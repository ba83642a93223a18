"""What a frozen folder needs from the system it runs on, as Debian's packages and as rpm's capabilities.

The lists are computed from the files: a library that nobody here has placed ends the build instead of becoming a crash at an agent's
first start. Debian's packages are named by a table; rpm asks for the libraries themselves, as its own generator would write it, so
that Fedora's, RHEL's and openSUSE's names need not be known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from deskdev.steps import SetupError, last_line, run_quietly

from deskpack.linux import pruning

_C_LIBRARY = ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libresolv.so.2")

DEBIAN = {
    **dict.fromkeys(_C_LIBRARY, "libc6"),
    **{f"ld-linux-{name}": "libc6" for name in ("x86-64.so.2", "aarch64.so.1")},
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libuuid.so.1": "libuuid1",
    "libexpat.so.1": "libexpat1",
    "libdbus-1.so.3": "libdbus-1-3",
    # Renamed in Debian 13 and Ubuntu 24.04; the second name is theirs.
    **dict.fromkeys(
        ("libglib-2.0.so.0", "libgthread-2.0.so.0", "libgobject-2.0.so.0", "libgio-2.0.so.0"),
        "libglib2.0-0 | libglib2.0-0t64",
    ),
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""The package of each library, on Debian 12 and 13 and Ubuntu 22.04 and 24.04."""

_COMPILER = {29: 11, 30: 12, 31: 13, 32: 13, 33: 14, 34: 15}
"""The release of GCC whose libstdc++ brought GLIBCXX_3.4.N."""

FONT = "fonts-dejavu-core | fonts-liberation | fonts-liberation2 | fonts-freefont-ttf | fonts-noto-core | fonts-ubuntu"
"""Any outline font will do: without one, boxes are drawn."""

KEYBOARDS = "xkb-data"
"""What the carried libxkbcommon reads."""

RECOMMENDED = ("gnome-keyring | kwalletmanager | keepassxc", "xdg-utils", "ca-certificates")
"""A keyring is not required: without one, Deskhand asks for a passphrase."""

SUGGESTED = ("fonts-noto-cjk | fonts-droid-fallback", "fonts-noto-color-emoji", "at-spi2-core")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a folder needs.

    Attributes:
        libraries: file names of libraries.
        symbols: their versions, as `GLIBC_2.35`.
    """

    libraries: frozenset[str]
    symbols: frozenset[str]


def of(folder: Path) -> Needs:
    """Return what a frozen folder needs from the system.

    Raises:
        SetupError: a file cannot be read.
    """
    symbols: set[str] = set()
    for path in pruning.elf_files(folder):
        code, output = run_quietly(("readelf", "-VW", path))
        if code != 0:
            raise SetupError(f"readelf could not read {path.name}: {last_line(output)}")
        symbols.update(re.findall(r"Name: (GLIBC(?:XX)?_[0-9.]+)\s", output))
    return Needs(pruning.needed_from_system(folder), frozenset(symbols))


def debian(needs: Needs) -> list[str]:
    """Return the lines of `Depends`.

    Raises:
        SetupError: a library is in no package of the table.
    """
    _refuse_unknown(needs.libraries)
    packages = {DEBIAN[library] for library in needs.libraries}
    oldest = {
        "libc6": ".".join(map(str, _newest(needs.symbols, "GLIBC_"))),
        "libstdc++6": str(_COMPILER[_newest(needs.symbols, "GLIBCXX_")[-1]]),
    }
    exact = [f"{package} (>= {oldest[package]})" if package in oldest else package for package in packages]
    return [*sorted(exact), FONT, KEYBOARDS]


def rpm(needs: Needs) -> list[str]:
    """Return what an .rpm requires.

    Raises:
        SetupError: a library is not known.
    """
    _refuse_unknown(needs.libraries)
    newest = {
        "libc.so.6": "GLIBC_" + ".".join(map(str, _newest(needs.symbols, "GLIBC_"))),
        "libstdc++.so.6": "GLIBCXX_" + ".".join(map(str, _newest(needs.symbols, "GLIBCXX_"))),
    }
    wanted = sorted(needs.libraries - {name for name in needs.libraries if name.startswith("ld-linux")})
    return [f"{library}({newest.get(library, '')})(64bit)" for library in wanted] + ["xkeyboard-config"]


def _refuse_unknown(libraries: Iterable[str]) -> None:
    unknown = sorted(set(libraries) - set(DEBIAN))
    if unknown:
        raise SetupError(
            f"{', '.join(unknown)} would have to come from the system and no package is known for it; "
            "drop what needs it in packaging/deskhand.spec, or name its package in deskpack.linux.depends."
        )


def _newest(symbols: Iterable[str], family: str) -> tuple[int, ...]:
    versions = [symbol.removeprefix(family) for symbol in symbols if symbol.startswith(family)]
    return max((tuple(map(int, version.split("."))) for version in versions), default=(2, 34))
