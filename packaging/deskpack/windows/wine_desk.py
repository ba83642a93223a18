"""An agent's computer with Windows, played by wine: the installed program's commands, its window, the registry, and a sandbox beside it."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, run_quietly

from deskpack import product
from deskpack.checking import Failed
from deskpack.windows import installer, msi, wine

_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this computer itself, whatever proxy the environment names."""

PREVIOUS = "0.0.9"
"""Lower than any version that is shipped."""

STALE = "left-by-an-older-version.dat"
SIZE = "1440x860"
VENDOR = "nexuscore"
LABEL = "Shop"
PATIENCE = 60.0

T = TypeVar("T")


def older(payload: Path, into: Path, kind: str) -> Path:
    """Build a package of the previous version: the same folder with one file more, which an upgrade has to take away.

    Args:
        payload: the folder, left as it was.
        into: where the package comes.
        kind: `.exe` or `.msi`.
    """
    stale = payload / "_internal" / STALE
    stale.write_bytes(b"an older version's")
    try:
        if kind == ".msi":
            return msi.build(payload, PREVIOUS, into)
        return installer.build(payload, PREVIOUS, into, quick=True)
    finally:
        stale.unlink()


def until(find: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
    """Return what is found, once it is.

    Raises:
        Failed: it was not within that many seconds.
    """
    ends = time.monotonic() + patience
    while True:
        if found := find():
            return found
        if time.monotonic() > ends:
            raise Failed(f"{what}: not within {patience:.0f} s")
        time.sleep(0.3)


@dataclass(slots=True)
class Desk:
    """The computer.

    Attributes:
        session: wine.
        home: where the program is installed, as Linux sees it.
    """

    session: wine.Session
    home: Path = field(default_factory=Path)

    @property
    def data(self) -> Path:
        """Where the agent's data lie."""
        return self.session.home / "AppData/Local" / product.NAME

    def windows_path(self, path: Path) -> str:
        """Return what Windows calls a file of its drive."""
        return "C:\\" + str(path.relative_to(self.session.drive)).replace("/", "\\")

    def cli(self, *arguments: str, given: str = "") -> str:
        """Run a command of the installed program and return what it printed.

        Raises:
            Failed: it refused.
        """
        done = self.session.wine(self.windows_path(self.home / f"{product.COMMAND}-cli.exe"), *arguments, given=given)
        if done.code != 0:
            raise Failed(f"{' '.join(arguments[:2])}: exit code {done.code}, {(done.err or done.out).strip()[-300:]}")
        return done.out

    def value(self, key: str, name: str = "") -> str | None:
        """Return a value of the registry, or None where there is none."""
        which = ("/v", name) if name else ("/ve",)
        done = self.session.wine("reg", "query", key, *which, "/reg:64")
        rows = [line.split("    ", 3) for line in done.out.splitlines() if line.startswith("    ")]
        return rows[0][3] if done.code == 0 and rows and len(rows[0]) == 4 else None

    def expect(self, package: str, *arguments: str, code: int = 0) -> float:
        """Run an installer or uninstaller to its end and return how many seconds it took.

        Raises:
            Failed: it ended with another code.
        """
        done = self.session.wine(package, *arguments, wait=300)
        if done.code != code:
            raise Failed(f"exit code {done.code} instead of {code}: {(done.out + done.err).strip()[-200:]}")
        return done.seconds

    def photograph(self, target: Path | None, window: str = "root") -> None:
        """Keep what is on the screen, or one window of it, as a small PNG."""
        if target is None:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        screen = f"{self.session.prefix}/screen.png"
        self.session.run("import", "-window", window, screen)
        # Here and not there, so that the picture does not hang on the root's version of the tool.
        small = ("-resize", "900x>", "-dither", "None", "-colors", "96", "-strip")
        code, output = run_quietly(("convert", wine.outside(screen), *small, f"PNG8:{target}"))
        if code != 0:
            raise SetupError(f"The picture could not be written: {output.strip()[-200:]}")

    def seen(self, title: str) -> str | None:
        """Return the window with that title, or None."""
        found = self.session.run("xdotool", "search", "--onlyvisible", "--name", title).out.split()
        return found[0] if found else None

    def keys(self, *names: str, after: float = 0.8) -> None:
        """Press keys, one after the other."""
        for name in names:
            self.session.run("xdotool", "key", name)
            time.sleep(after)

    def type(self, text: str) -> None:
        """Type a line."""
        self.session.run("xdotool", "type", "--delay", "25", text)
        time.sleep(0.8)

    @contextmanager
    def window(self) -> Iterator[float]:
        """Open the program's window, yield the seconds until it was seen, and quit by the keyboard.

        Raises:
            Failed: it does not come or does not go.
        """
        started = time.monotonic()
        program = self.windows_path(self.home / f"{product.COMMAND}.exe")
        process = self.session.start("wine", program, "--size", SIZE, "--theme", "light")
        try:
            window = until(lambda: self.seen(f"^{product.NAME}$"), "the window")
            taken = time.monotonic() - started
            time.sleep(2)
            self.session.run("xdotool", "windowactivate", "--sync", window)
            yield taken
            self.session.run("xdotool", "windowactivate", "--sync", window)
            self.keys("ctrl+q")
            until(lambda: process.poll() is not None, "the program's end")
            if process.returncode != 0:
                raise Failed(f"the program ended with {process.returncode}")
        finally:
            if process.poll() is None:
                self.session.wine("taskkill", "/f", "/im", f"{product.COMMAND}.exe")

    def credentials(self) -> list[str]:
        """Return what Windows' Credential Manager keeps, without the secrets."""
        lister = wine.outside("/srv/credentials.exe")
        wine.compile_c(CHECKOUT / "packaging/windows/wine/credentials.c", lister, "-ladvapi32")
        return self.session.wine("/srv/credentials.exe").out.splitlines()

    @contextmanager
    def sandbox(self, payload: Path) -> Iterator["Sandbox"]:
        """Run the servers of one vendor by a copy of the program that is not installed, so that the installed one can be replaced."""
        program = f"{self.session.put(payload, 'beside')}\\{product.COMMAND}-cli.exe"
        arguments = ("sandbox", "--json", "--attached", "--tickets", "30", "--only", VENDOR)
        told = f"{self.session.prefix}/sandbox.json"
        copy = wine.outside(told)
        process = self.session.start("sh", "-c", 'exec > "$0" 2>&1; exec "$@"', told, "wine", program, *arguments)
        try:
            line = until(lambda: copy.read_text(encoding="utf-8") if copy.exists() else "", "the sandbox")
            yield Sandbox(json.loads(line))
        except ValueError as problem:
            raise Failed(f"the sandbox said: {copy.read_text(encoding='utf-8')[-300:]}") from problem
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(PATIENCE)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The running servers.

    Attributes:
        told: addresses and credentials.
    """

    told: dict[str, Any]

    def adding(self) -> tuple[list[str], str]:
        """Return the command that adds an account, and the secret for its standard input."""
        here = self.told["vendors"][VENDOR]
        arguments = [
            "accounts",
            "add",
            VENDOR,
            "--label",
            LABEL,
            "--base-url",
            here["base_url"],
            "--me",
            "jane@example.com",
        ]
        client, secret = here["credentials"]["client_id"], here["credentials"]["client_secret"]
        return [*arguments, "--set", f"client_id={client}", "--secret-stdin", "--json"], f"{secret}\n"

    def received(self, text: str) -> list[dict[str, Any]]:
        """Return the messages with that text in the vendor's journal."""
        address = f"{self.told['control']}/{VENDOR}/received"
        with _DIRECTLY.open(address, timeout=15) as answer:
            return [one for one in json.load(answer) if text in json.dumps(one)]
