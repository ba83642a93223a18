"""The system packages that Debian and Ubuntu need beside the Python wheels.

The ten libraries were found to be the least that Qt's window needs on a bare Debian 12: none is brought in by
the other nine. Each is looked for by loading it, because a package's name says nothing on a system that has the
library from elsewhere. `libglib2.0-0` is the name on Debian 12 and Ubuntu 22.04; later releases call the package
`libglib2.0-0t64` and still answer to the old name.
"""

import ctypes
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, assert_never

from deskdev.steps import SetupError, last_line, note, run_quietly, step


@dataclass(frozen=True, slots=True)
class Need:
    """A package, and the thing whose presence shows that it is not needed any more.

    `name` is a library's soname, a program's name, a Python module, or patterns of files below the root folder, parted by `|`.
    What `otherwise` is said of is wished for only: it tells what is seen without it.
    """

    package: str
    kind: Literal["library", "program", "module", "file"]
    name: str
    otherwise: str = ""


WINDOW = (
    Need("libgl1", "library", "libGL.so.1"),
    Need("libegl1", "library", "libEGL.so.1"),
    Need("libfontconfig1", "library", "libfontconfig.so.1"),
    Need("libglib2.0-0", "library", "libglib-2.0.so.0"),
    Need("libdbus-1-3", "library", "libdbus-1.so.3"),
    Need("libxcb-cursor0", "library", "libxcb-cursor.so.0"),
    Need("libxkbcommon-x11-0", "library", "libxkbcommon-x11.so.0"),
    Need("libxcb-icccm4", "library", "libxcb-icccm.so.4"),
    Need("libxcb-keysyms1", "library", "libxcb-keysyms.so.1"),
    Need("libxcb-shape0", "library", "libxcb-shape.so.0"),
    # Any outline font will do: without one, Qt draws boxes.
    Need("fonts-dejavu-core", "file", "usr/share/fonts/**/*.[to]tf"),
    # The smallest font (1.8 MB) with the letters of the demo's customers in China, Japan and Korea.
    Need(
        "fonts-droid-fallback",
        "file",
        "usr/share/fonts/**/DroidSansFallback*|usr/share/fonts/**/*CJK*|usr/share/fonts/**/wqy*",
        otherwise="Chinese, Japanese and Korean letters are drawn as boxes",
    ),
)

TESTS = (
    # A screen and a window manager of the tests' own ...
    Need("xvfb", "program", "Xvfb"),
    Need("openbox", "program", "openbox"),
    # ... a session bus with a real keyring ...
    Need("dbus", "program", "dbus-run-session"),
    Need("gnome-keyring", "program", "gnome-keyring-daemon"),
    # ... a count of instructions, which does not depend on load ...
    Need("valgrind", "program", "valgrind"),
    Need("libglib2.0-bin", "program", "gdbus"),
    # ... the accessibility tree, read as a screen reader does ...
    Need("at-spi2-core", "file", "usr/libexec/at-spi-bus-launcher"),
    Need("gir1.2-atspi-2.0", "file", "usr/lib/*/girepository-1.0/Atspi-2.0.typelib"),
    Need("python3-gi", "file", "usr/lib/python3/dist-packages/gi/__init__.py"),
    # ... a notification service ...
    Need("dunst", "program", "dunst"),
    # ... and hands and eyes.
    Need("xdotool", "program", "xdotool"),
    Need("xclip", "program", "xclip"),
    Need("x11-utils", "program", "xprop"),
    Need("imagemagick", "program", "import"),
    # The packages are taken apart and read as a desktop does.
    Need("squashfs-tools", "program", "mksquashfs"),
    Need("xz-utils", "program", "xz"),
    Need("desktop-file-utils", "program", "desktop-file-validate"),
)

# What freezing the program takes; the tests freeze it too. PyInstaller itself reads libraries with objdump.
FREEZING = (
    Need("binutils", "program", "objdump"),
    Need("binutils", "program", "readelf"),
    Need("binutils", "program", "strip"),
    Need("binutils", "program", "as"),
    Need("binutils", "program", "ld"),
    Need("patchelf", "program", "patchelf"),
    Need("icu-devtools", "program", "icupkg"),
)


_ADMINISTRATORS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


def find_administrators_programs() -> None:
    """Look for programs where Debian keeps those for administrators too (`icupkg`): an ordinary user's PATH leaves these folders out."""
    if os.name == "posix":
        path = os.environ.get("PATH", os.defpath).split(os.pathsep)
        os.environ["PATH"] = os.pathsep.join([*path, *(place for place in _ADMINISTRATORS if place not in path)])


def freezing_needs() -> tuple[Need, ...]:
    """Return what freezing takes with the Python that runs this: PyInstaller carries along its library, which Debian's own has apart."""
    major, minor = sys.version_info[:2]
    name = f"libpython{major}.{minor}"
    return (*FREEZING, Need(name, "library", f"{name}.so.1.0")) if sys.base_prefix == "/usr" else FREEZING


def venv_need(minor: int) -> Need:
    """Name the package that lets Debian's own Python make virtual environments; the version is part of its name."""
    return Need(f"python3.{minor}-venv", "module", "ensurepip")


def is_there(need: Need) -> bool:
    """Look whether this system has what a package would bring."""
    match need.kind:
        case "library":
            try:
                ctypes.CDLL(need.name)
            except OSError:
                return False
            return True
        case "program":
            return shutil.which(need.name) is not None
        case "module":
            importlib.invalidate_caches()
            return importlib.util.find_spec(need.name) is not None
        case "file":
            return any(True for pattern in need.name.split("|") for _ in Path("/").glob(pattern))
    assert_never(need.kind)


def missing_packages(needs: Iterable[Need], is_there: Callable[[Need], bool] = is_there) -> tuple[str, ...]:
    """Return the packages to install, each once, in the order of the needs."""
    return tuple(dict.fromkeys(need.package for need in needs if not is_there(need)))


def notes_without(packages: Iterable[str], needs: Iterable[Need]) -> tuple[str, ...]:
    """Say what is seen without the packages; nothing where one of them cannot be done without."""
    wished = {need.package: need.otherwise for need in needs}
    packages = tuple(packages)
    if not all(wished[package] for package in packages):
        return ()
    return tuple(f"Without the system package {package} {wished[package]}." for package in packages)


def install_command(packages: Iterable[str]) -> tuple[str, ...]:
    """Return the apt-get command that installs the packages and nothing that they merely recommend."""
    return ("apt-get", "install", "-y", "--no-install-recommends", *packages)


def ensure(needs: Iterable[Need]) -> None:
    """Install what is missing, where this is Debian or Ubuntu; elsewhere do nothing.

    Raises:
        SetupError: packages are missing and cannot be installed from here.
    """
    if sys.platform == "linux" and shutil.which("apt-get") is not None:
        needs = tuple(needs)
        packages = missing_packages(needs)
        if not packages:
            note("System packages: nothing to do")
            return
        bearable = notes_without(packages, needs)
        if bearable and _as_root() is None:
            for line in bearable:
                note(line)
            return
        _install(packages)
        left = missing_packages(needs)
        if left:
            raise SetupError(f"{', '.join(left)} is installed and yet what it brings was not found; reinstall it.")


def _install(packages: tuple[str, ...]) -> None:
    prefix = _as_root()
    command = " ".join(install_command(packages))
    by_hand = f"run: sudo {command}" if shutil.which("sudo") else f"run as root: {command}"
    if prefix is None:
        raise SetupError(f"System packages are missing and installing them needs root; {by_hand}")
    with step(f"Installing system packages with apt-get: {' '.join(packages)}"):
        apt = (*prefix, "env", "DEBIAN_FRONTEND=noninteractive")
        # Another apt-get may be at work, for one after the machine's start: wait for it, 2 minutes at most.
        install = (*apt, *install_command(packages), "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0")
        code, output = run_quietly(install)
        if code != 0:
            # The usual reason is a package list that is empty or out of date.
            run_quietly((*apt, "apt-get", "update"))
            code, output = run_quietly(install)
        if code != 0:
            raise SetupError(apt_problem(output, by_hand))


def apt_problem(output: str, by_hand: str) -> str:
    """Say in one sentence why apt-get did not install the packages, and what to do."""
    said = last_line(output, "E:")
    if "Failed to fetch" in output or "Unable to locate package" in output:
        return (
            f"The system's packages cannot be fetched; connect to the internet and run the same command again. ({said})"
        )
    return f"apt-get could not install the system packages ({said}); {by_hand}"


def is_root() -> bool:
    """Tell whether this process may do everything."""
    return sys.platform != "win32" and os.geteuid() == 0


def _as_root() -> tuple[str, ...] | None:
    """Return what to put before a command so that it runs as root without a question, or None."""
    if sys.platform == "linux" and is_root():
        return ()
    if shutil.which("sudo") is not None and run_quietly(("sudo", "-n", "true"))[0] == 0:
        return ("sudo", "-n")
    return None
