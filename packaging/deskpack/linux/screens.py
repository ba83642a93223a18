"""A screen, a window manager and the buses of a desktop, all outside the system in which a program is tried.

They run as the same user, by number, as the program inside: a D-Bus asks for that. Their sockets lie in one folder, which is shown
inside at the same path, so that nothing has to be installed there.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deskdev import debian
from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, last_line, run_quietly

SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - X's own place

_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
_BUS = """<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""
# A bus asks who a number is; the number is none of this machine's users, so a list with it is shown to these programs alone.
_KNOWN = 'mount --bind "$1" /etc/passwd && exec setpriv --reuid="$2" --regid="$2" --clear-groups "${@:3}"'
_PATIENCE = 20.0
_SYSTEM_PYTHON = "/usr/bin/python3"
_DRIVER = (CHECKOUT / "packaging" / "linux" / "drive.py", CHECKOUT / "tests" / "journeys" / "onscreen.py")


@dataclass(frozen=True, slots=True)
class Screen:
    """A running screen.

    Attributes:
        user: the number of the user whose it is.
        folder: holds the buses' sockets.
        settings: environment variables that lead a program here.
    """

    user: int
    folder: Path
    settings: Mapping[str, str]

    def drive(self, plan: str, process: "subprocess.Popen[bytes]", *arguments: str, patience: float = 120) -> str:
        """Let eyes and hands, which know names of the accessibility tree only, do a plan; returns what they say.

        Args:
            plan: a journey of `packaging/linux/drive.py`.
            process: the program.
            arguments: what the plan takes.
            patience: seconds.

        Raises:
            Stuck: a step did not hold.
        """
        for script in _DRIVER:
            shutil.copy(script, self.folder)
        command = [_SYSTEM_PYTHON, "-I", str(self.folder / _DRIVER[0].name), plan, str(process.pid), *arguments]
        try:
            done = subprocess.run(
                self.outside(*command),
                check=False,
                env=self.environment(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=patience,
            )
        except subprocess.TimeoutExpired as late:
            raise Stuck(f"{plan}: not done within {patience:.0f} s") from late
        if done.returncode != 0:
            raise Stuck(f"{plan}: {_why(done.stdout)}")
        return done.stdout

    def photograph(self, target: Path) -> None:
        """Write what is on the screen as a small PNG.

        Raises:
            SetupError: ImageMagick could not.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        display = ("-display", self.settings["DISPLAY"], "-window", "root")
        small = ("-resize", "900x", "-dither", "None", "-colors", "96", "-strip", f"PNG8:{target}")
        code, output = run_quietly(("import", *display, *small), {**os.environ, "DISPLAY": self.settings["DISPLAY"]})
        if code != 0:
            raise SetupError(f"The screen could not be photographed: {last_line(output)}")

    def outside(self, *command: str) -> list[str]:
        """Return what runs a command of this machine as the screen's user."""
        alone = ("unshare", "--mount", "--propagation", "private", "bash", "-c", _KNOWN, "bash")
        return [*alone, str(self.folder / "passwd"), str(self.user), *command]

    def environment(self) -> dict[str, str]:
        """Return all that such a command finds in its environment."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8", **self.settings}


WAYLAND = (debian.Need("weston", "program", "weston"),)


@contextmanager
def wayland(size: str = "1440x900") -> Iterator[Mapping[str, str]]:
    """Yield the settings that lead a program of this process's own user to a Wayland desktop that nobody sees.

    Args:
        size: in pixels.

    Raises:
        SetupError: it did not start.
    """
    debian.ensure(WAYLAND)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="deskhand-wayland-"))
        width, _, height = size.partition("x")
        settings = {"XDG_RUNTIME_DIR": folder, "WAYLAND_DISPLAY": "wayland-7"}
        command = [
            "weston",
            "--backend=headless-backend.so",
            "--socket=wayland-7",
            f"--width={width}",
            f"--height={height}",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "XDG_RUNTIME_DIR": folder}
        weston = stack.enter_context(ended(subprocess.Popen(command, env=environment, **quiet)))  # type: ignore[call-overload]
        ends = time.monotonic() + _PATIENCE
        while not (Path(folder) / "wayland-7").exists():
            if weston.poll() is not None or time.monotonic() > ends:
                raise SetupError("No Wayland desktop started; try weston --backend=headless-backend.so by hand.")
            time.sleep(0.02)
        yield settings


class Stuck(Exception):
    """A step on the screen did not hold; the text says which."""


@contextmanager
def screen(user: int, size: str = "1440x900") -> Iterator[Screen]:
    """Yield a private screen with a window manager, a session bus and the accessibility bus.

    Args:
        user: whose they are, by number.
        size: in pixels.

    Raises:
        SetupError: what it takes is missing.
    """
    debian.ensure(debian.TESTS)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deskhand-screen-")))
        shutil.chown(folder, user, user)
        settings = {
            "DISPLAY": x_server(stack, size),
            "XDG_RUNTIME_DIR": str(folder),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        found = Screen(user, folder, settings)
        people = f"agent:x:{user}:{user}::{folder}:/bin/sh\n" + Path("/etc/passwd").read_text(encoding="utf-8")
        (folder / "passwd").write_text(people, encoding="utf-8")
        config = folder / "bus.conf"
        config.write_text(_BUS.format(folder=folder), encoding="utf-8")
        bus = _start(stack, found, "dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1")
        assert bus.stdout is not None
        settings["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        launcher = next((path for path in _LAUNCHERS if Path(path).exists()), _LAUNCHERS[0])
        _start(stack, found, launcher, "--launch-immediately")
        _start(stack, found, "openbox")
        # Who asks the accessibility bus before it answers is told that there is none, and ends at once.
        wait = ("gdbus", "wait", "--session", "--timeout", f"{_PATIENCE:.0f}", "org.a11y.Bus")
        code, output = run_quietly(found.outside(*wait), found.environment(), folder)
        if code != 0:
            raise SetupError(f"The accessibility bus did not start: {last_line(output)}")
        yield found


@contextmanager
def ended(process: "subprocess.Popen[bytes]", patience: float = 10) -> Iterator["subprocess.Popen[bytes]"]:
    """End a process that was started here."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def x_server(stack: ExitStack, size: str, *options: str) -> str:
    """Start an X server for as long as the stack lives and return the name of its display.

    Args:
        stack: ends it.
        size: in pixels, as `1440x900`.
        options: more of its own.

    Raises:
        SetupError: it did not start.
    """
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{size}x24",
        "-nolisten",
        "tcp",
        "-noreset",
        *options,
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    stack.enter_context(ended(subprocess.Popen(command, pass_fds=[writing], **quiet)))  # type: ignore[call-overload]
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        # The number and the end of the line come in two writes.
        number = told.readline().decode().strip()
    if not number:
        raise SetupError("No X server started; try Xvfb by hand.")
    return f":{number}"


def _start(stack: ExitStack, screen: Screen, *command: str) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        screen.outside(*command),
        env=screen.environment(),
        cwd=screen.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if command[0] == "dbus-daemon" else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return stack.enter_context(ended(process))


def _why(output: str) -> str:
    failed: Sequence[str] = [line for line in output.splitlines() if line.startswith("FAILED")]
    return failed[-1] if failed else last_line(output)
