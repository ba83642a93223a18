"""Debian 13 with wine 10 in a folder, `build/roots/wine`: where a Windows program is made and tried on Linux.

Needs root, because the folder is entered by chroot; Debian's wine before 13 lacks what Qt asks of Windows 10. A session has its own
mounts, processes, screen and Windows drive: nothing of it is left when it ends, however it ends.

Wine lacks one of Windows 10's own libraries that Qt imports, icuuc. A small one that answers "not supported" goes into wine's system
folder. It must never lie beside Qt: there it would be packed, and shadow the real one on a real Windows.
"""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from deskdev import debian
from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, last_line, note, run_quietly, step

from deskpack.freezing import BUILD

SUITE = "trixie"
ROOT = BUILD / "roots" / "wine"
TOOLS = (debian.Need("debootstrap", "program", "debootstrap"),)
PACKAGES = (
    # The installer's own stub is a 32-bit program.
    "wine", "wine64", "wine32:i386",
    "xvfb", "openbox", "xdotool", "x11-utils", "imagemagick", "fonts-dejavu-core", "fonts-liberation",
    "gcc-mingw-w64-x86-64-win32",
)  # fmt: skip
SHIM = CHECKOUT / "packaging" / "windows" / "wine" / "icuuc.c"
CHECKOUT_INSIDE = "/srv/checkout"
"""Where a session sees the checkout, read-only."""

_STAMP = ROOT / "srv" / "deskhand-root"
_COMPILER = "x86_64-w64-mingw32-gcc"


def ensure() -> Path:
    """Return the root, made where it is not there (some minutes, 3 GB).

    Raises:
        SetupError: this is not root, not Debian or Ubuntu, or the mirror does not answer.
    """
    wanted = " ".join((SUITE, *PACKAGES))
    if _STAMP.exists() and _STAMP.read_text(encoding="ascii") == wanted:
        return ROOT
    if not debian.is_root():
        raise SetupError("A system with wine is made and entered by chroot; run the same command as root.")
    debian.ensure(TOOLS)
    shutil.rmtree(ROOT, ignore_errors=True)
    ROOT.parent.mkdir(parents=True, exist_ok=True)
    with step(f"Making a Debian {SUITE} with wine in {ROOT.relative_to(CHECKOUT)}"):
        _do("debootstrap", "--variant=minbase", SUITE, ROOT)
        for name in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{name}", ROOT / "etc" / name)
        _, settings = run_quietly(("apt-config", "dump"))
        network = [line for line in settings.splitlines() if re.match(r"Acquire::https?", line)]
        (ROOT / "etc/apt/apt.conf.d/99host").write_text("\n".join((*network, "")), encoding="utf-8")
        inside = ("chroot", ROOT, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8")
        _do(*inside, "dpkg", "--add-architecture", "i386")
        _do(*inside, "apt-get", "update")
        _do(*inside, *debian.install_command(PACKAGES))
        _do(*inside, "apt-get", "clean")
    _STAMP.write_text(wanted, encoding="ascii")
    return ROOT


def outside(path: str) -> Path:
    """Return where a file of the root lies on this machine."""
    return ROOT / path.lstrip("/")


def compile_c(source: Path, target: Path, *options: str, extra: Sequence[Path] = ()) -> None:
    """Compile a C file for Windows; the target and what is linked with it lie in the root."""
    copy = target.with_suffix(".c")
    shutil.copy(source, copy)
    places = [f"/{path.relative_to(ROOT)}" for path in (copy, *extra)]
    _do("chroot", ROOT, _COMPILER, "-O1", "-s", *places, *options, "-o", f"/{target.relative_to(ROOT)}")
    copy.unlink()


def exports(dll: Path) -> list[str]:
    """Return the names that a DLL in the root exports."""
    inside = f"/{dll.relative_to(ROOT)}"
    code, output = run_quietly(("chroot", ROOT, "x86_64-w64-mingw32-objdump", "-p", inside))
    table = re.search(r"\[Ordinal/Name Pointer\] Table.*?\n(.*?)\n\n", output, re.DOTALL)
    if code != 0 or table is None:
        raise SetupError(f"{dll.name} has no exports that can be read: {last_line(output)}")
    return sorted(
        set(re.findall(r"\]\s+(?:\+base\[\s*\d+\]\s+)?(?:[0-9a-f]{4}\s+)?([A-Za-z_]\w*)$", table[1], re.MULTILINE))
    )


@dataclass(frozen=True, slots=True)
class Session:
    """Processes under wine, with a screen and a Windows drive of their own."""

    init: int
    environment: Mapping[str, str]
    prefix: str

    @property
    def drive(self) -> Path:
        """Where `C:` lies on this machine."""
        return outside(f"{self.prefix}/drive_c")

    @property
    def home(self) -> Path:
        """The folder of whoever is signed in to that Windows, as Linux sees it."""
        return next(folder for folder in (self.drive / "users").iterdir() if folder.name != "Public")

    def command(self, *arguments: str | Path) -> tuple[str, ...]:
        """Return what runs a program of the root from outside."""
        entered = ("nsenter", f"--target={self.init}", "--mount", "--pid", "--root", "--wdns=/srv")
        settings = [f"{name}={value}" for name, value in self.environment.items()]
        return (*entered, "env", "-i", *settings, *map(str, arguments))

    def run(self, *arguments: str | Path, wait: float = 120, given: str = "") -> "Done":
        """Run a program and return how it ended; 124 where it had not ended in time."""
        started = time.monotonic()
        # Into files: wine's servers are started by the first program and keep a pipe open long after its end.
        with tempfile.TemporaryFile() as into, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            into.write(given.encode())
            into.seek(0)
            command = self.command("timeout", "-k", "5", str(wait), *arguments)
            code = subprocess.run(command, check=False, stdin=into, stdout=out, stderr=err).returncode
            return Done(code, _text(out), _text(err), time.monotonic() - started)

    def wine(self, *arguments: str | Path, wait: float = 120, given: str = "") -> "Done":
        """Run a Windows program."""
        return self.run("wine", *arguments, wait=wait, given=given)

    def start(self, *arguments: str | Path) -> "subprocess.Popen[str]":
        """Start a program; it ends with the session at the latest."""
        pipe = subprocess.PIPE
        return subprocess.Popen(self.command(*arguments), stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True)

    def put(self, file: Path, name: str = "") -> str:
        """Copy a file or folder to the Windows drive and return its name there."""
        target = self.drive / "in" / (name or file.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        if file.is_dir():
            shutil.copytree(file, target)
        else:
            shutil.copy(file, target)
        return f"C:\\in\\{target.name}"


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended."""

    code: int
    out: str
    err: str
    seconds: float


@contextmanager
def session(name: str, *, fresh: bool = True) -> Iterator[Session]:
    """Enter the root with a screen and a Windows of that name.

    Args:
        fresh: with an empty Windows, in the place of one that may be there.

    Raises:
        SetupError: the root cannot be made or entered, or Windows does not come up.
    """
    ensure()
    inside = CHECKOUT_INSIDE.lstrip("/")
    (ROOT / inside).mkdir(exist_ok=True)
    prefix = f"/srv/windows-{name}"
    if fresh:
        shutil.rmtree(outside(prefix), ignore_errors=True)
    mounts = (
        'set -e; mount -t proc proc "$1/proc"; mount --bind "$2" "$1/$3"; mount -o remount,ro,bind "$1/$3"; '
        'mount --rbind /dev "$1/dev"; mount -t tmpfs tmpfs "$1/tmp"; echo entered; exec chroot "$1" cat'
    )
    namespaces = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private")
    holder = subprocess.Popen(
        (*namespaces, "sh", "-c", mounts, "sh", ROOT, CHECKOUT, inside),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        answer = holder.stdout.readline() if holder.stdout else ""
        if answer.strip() != "entered":
            raise SetupError(f"The system with wine cannot be entered: {answer.strip() or 'no answer'}")
        init = int(Path(f"/proc/{holder.pid}/task/{holder.pid}/children").read_text(encoding="ascii").split()[0])
        entered = Session(init, _environment(prefix), prefix)
        _show(entered)
        _boot(entered)
        yield entered
    finally:
        # The first process in there reads this to its end; with it everything else ends, and the mounts go.
        if holder.stdin:
            holder.stdin.close()
        try:
            holder.wait(20)
        except subprocess.TimeoutExpired:
            holder.kill()
            holder.wait()


def _environment(prefix: str, display: str = "") -> dict[str, str]:
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": "/srv",
        "LANG": "C.UTF-8",
        "WINEPREFIX": prefix,
        "WINEDEBUG": "-all",
        # No .NET, no browser, no menus on the Linux side.
        "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=d",
        "PYTHONDONTWRITEBYTECODE": "1",
    } | ({"DISPLAY": display} if display else {})


def _show(session: Session) -> None:
    """Start the screen and a window manager; the screen's number is chosen by the X server."""
    server = subprocess.Popen(
        session.command("Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-dpi", "96"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    number = server.stdout.readline().strip() if server.stdout else ""
    if not number:
        raise SetupError("Xvfb does not start in the system with wine; remove build/roots/wine and try again.")
    session.environment["DISPLAY"] = f":{number}"  # type: ignore[index] # the session is not handed out yet
    session.start("openbox")


def _boot(session: Session) -> None:
    if not (session.drive / "windows" / "system32").is_dir():
        with step("Starting Windows for the first time (wine)"):
            done = session.run("wineboot", "-i", wait=180)
            session.wine("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
            for font in ("Segoe UI", "Tahoma", "MS Shell Dlg", "MS Shell Dlg 2"):
                fonts = r"HKCU\Software\Wine\Fonts\Replacements"
                session.wine("reg", "add", fonts, "/v", font, "/d", "Liberation Sans", "/f")
            session.run("wineserver", "-w")
        if not (session.drive / "windows" / "system32").is_dir():
            raise SetupError(f"Wine does not come up: {last_line(done.out + done.err)}")
    built = outside(f"/srv/{SHIM.stem}.dll")
    if not built.exists() or built.stat().st_mtime < SHIM.stat().st_mtime:
        compile_c(SHIM, built, "-shared")
    shutil.copy(built, session.drive / "windows" / "system32")
    session.run("wineserver", "-p")  # stays between two programs


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", errors="replace").replace("\r\n", "\n")


def _do(*command: str | Path) -> None:
    code, output = run_quietly(command)
    if code != 0:
        note("")
        raise SetupError(f"{' '.join(map(str, command[:4]))} … failed: {last_line(output, 'E:')}")
