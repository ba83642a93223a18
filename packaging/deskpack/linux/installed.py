"""Proves a .deb in a bare system: installed, started, driven, upgraded, removed and purged.

Only what the .deb depends on is inside; screen, window manager and buses are outside (`screens`), and so are the vendors' servers that
the upgrade is tried with, which run from an unpacked copy.
"""

import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from deskdev.steps import last_line, note

from deskpack import product
from deskpack.check_program import judged
from deskpack.checking import Failed, Report
from deskpack.linux import debs, roots, screens
from deskpack.linux.unpacked import Unpacked

_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this computer itself, whatever proxy the environment names."""

PREVIOUS = "0.0.1"
"""The version that is upgraded from: the same files, called older."""

LABEL = "Retail EU"
CUSTOMER = "Amélie Laurent"
"""Whose ticket of the demo is answered: one whose name any font can draw."""
SENT = "It was sent this morning, you have it on Friday."
DRAFTED = "This sentence has to survive the upgrade."

_HOME = "/home/agent"
_PASSPHRASE = "correct horse battery staple"  # noqa: S105 - of a profile that lives for minutes
_VAULT = ("--vault", "passphrase", "--passphrase-file", f"{_HOME}/passphrase")
_COMPLAINTS = re.compile(r"(?i)could not|cannot|failed|error|no such file|not found")
_BEARABLE = re.compile(r"^qt\.accessibility\.atspi: ")
"""Qt's own message to whoever asks, through the accessibility bus, for what it never had or what has gone meanwhile."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A bare system with a screen.

    Attributes:
        root: the system.
        screen: outside of it.
        report: hears what holds.
    """

    root: roots.Root
    screen: screens.Screen
    report: Report

    def apt(self, *arguments: str) -> str:
        """Run apt-get inside and return what it printed.

        Raises:
            Failed: it failed.
        """
        code, output = self.root.run(("apt-get", "-y", "-o", "Dpkg::Use-Pty=0", *arguments))
        if code != 0:
            raise Failed(f"apt-get {arguments[0]}: {last_line(output, 'E:')}")
        return output

    def told(self, *arguments: str, said: str | None = None) -> tuple[int, str]:
        """Run a command of the program inside as the agent; returns exit code and output."""
        return self.root.run((product.COMMAND, *arguments), roots.AGENT, said=said, patience=120)

    @contextmanager
    def window(self, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Open the program's window inside as the agent.

        Raises:
            Failed: afterwards, where it did not end well or complained.
        """
        command = self.root.command((product.COMMAND, *arguments), roots.AGENT, self.screen.settings)
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            try:
                with screens.ended(process):
                    yield process
                    self.screen.drive("leave", process)
                    code = process.wait(20)
            except (screens.Stuck, subprocess.TimeoutExpired) as problem:
                said.seek(0)
                output = said.read().decode(errors="replace").strip()
                raise Failed(f"{problem}; the program says: {output[-400:] or 'nothing'}") from problem
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines()
        complaints = [line for line in lines if _COMPLAINTS.search(line) and not _BEARABLE.search(line)]
        if code != 0 or complaints:
            raise Failed(f"exit code {code}: {complaints[:3]}")


def check(package: Path, suite: str, outside: Unpacked, report: Report, pictures: Path | None) -> None:
    """Check a .deb in one bare system.

    Args:
        package: the .deb.
        suite: a system of `roots`.
        outside: the package's program on this machine, for the vendors' servers.
        report: hears what holds.
        pictures: where the window's picture goes.

    Raises:
        SetupError: the system cannot be had.
    """
    with roots.fresh(suite) as root, screens.screen(roots.AGENT) as screen, ExitStack() as stack:
        roots.mounted(stack, root.folder / str(screens.SOCKETS).lstrip("/"), "--bind", str(screens.SOCKETS))
        roots.mounted(stack, root.folder / str(screen.folder).lstrip("/"), "--bind", str(screen.folder))
        desk = Desk(root, screen, report)
        note(f"-- {roots.RELEASES[suite].title}")
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deskhand-installed-")))
        shutil.copy(package, root.folder / "srv" / "current.deb")
        shutil.copy(debs.lowered(package, PREVIOUS, work), root.folder / "srv" / "previous.deb")
        (root.folder / "home/agent/passphrase").write_text(_PASSPHRASE, encoding="utf-8")
        _install(desk)
        _start(desk)
        _answer(desk, pictures / f"linux-{suite}.png" if pictures else None)
        _leave_nothing(desk)
        _upgrade(desk, outside)
        _remove(desk)


def _install(desk: Desk) -> None:
    with desk.report.look("apt-get install ./package.deb") as details:
        before = desk.root.packages()
        desk.apt("update")
        desk.apt("install", "--no-install-recommends", "/srv/current.deb")
        after = desk.root.packages()
        brought = {name: size for name, size in after.items() if name not in before and name != product.COMMAND}
        largest = sorted(brought, key=lambda name: -brought[name])[:3]
        details.append(f"with {len(brought)} packages, {sum(brought.values()) / 1024:.0f} MB")
        details.append(f"largest {', '.join(f'{name} {brought[name] / 1024:.0f}' for name in largest)}")
    with desk.report.look("libraries inside"):
        home = f"/usr/lib/{product.COMMAND}"
        look = f"LD_LIBRARY_PATH={home}/_internal find {home} -name '*.so*' -type f -exec ldd {{}} + ; ldd {home}/{product.COMMAND}"
        _code, output = desk.root.run(("sh", "-c", look))
        if missing := sorted(set(re.findall(r"(\S+) => not found|.*(GLIBC\S+). not found", output))):
            raise Failed(str(missing))
    with desk.report.look("dpkg -V"):
        code, output = desk.root.run(("dpkg", "-V", product.COMMAND))
        if code != 0 or output.strip():
            raise Failed(output.strip()[:200])


def _start(desk: Desk) -> None:
    with desk.report.look("--version as a plain user") as details:
        code, output = desk.told("--version")
        details.append(output.strip())
        if (code, output.strip()) != (0, f"{product.NAME} {product.version()}"):
            raise Failed(f"{code}: {last_line(output)}")
    with desk.report.look("doctor --json as a plain user") as details:
        command = (product.COMMAND, "--profile", f"{_HOME}/trial", *_VAULT, "doctor", "--json")
        details.append(judged(*desk.root.run(command, roots.AGENT, desk.screen.settings, patience=60)))


def _answer(desk: Desk, picture: Path | None) -> None:
    with desk.report.look("demo, answered by accessible names") as details:
        # Customers of the sandbox are quiet, so that no row moves under the hand.
        with desk.window("demo", "--tickets", "60", "--alive", "86400") as process:
            said = desk.screen.drive("answer", process, CUSTOMER, SENT)
            if picture:
                desk.screen.photograph(picture)
        details.append(f"{len(said.splitlines())} steps, and Ctrl+Q ends it")


def _leave_nothing(desk: Desk) -> None:
    with desk.report.look("purge after installing"):
        files = _files(desk)
        desk.apt("purge", product.COMMAND)
        _refuse_left(desk, files)


def _upgrade(desk: Desk, outside: Unpacked) -> None:
    with _sandbox(outside) as box:
        with desk.report.look(f"an account and a draft in {PREVIOUS}"):
            desk.apt("install", "--no-install-recommends", "/srv/previous.deb")
            given = box["vendors"]["nexuscore"]
            secret = given["credentials"].pop("client_secret")
            options = [f"--set={name}={value}" for name, value in given["credentials"].items() if name == "client_id"]
            add = (
                "accounts",
                "add",
                "nexuscore",
                "--label",
                LABEL,
                "--base-url",
                given["base_url"],
                "--me",
                "jane@example.com",
            )
            code, output = desk.told(*_VAULT, *add, *options, "--secret-stdin", said=f"{secret}\n")
            if code != 0:
                raise Failed(f"accounts add: {last_line(output)}")
            with desk.window(*_VAULT, "--size", "1440x900") as process:
                desk.screen.drive("draft", process, LABEL, DRAFTED)
        with desk.report.look("upgrade") as details:
            desk.apt("install", "--no-install-recommends", "/srv/current.deb")
            version = desk.root.must("dpkg-query", "-W", "-f", "${Version}", product.COMMAND)
            details.append(f"{PREVIOUS} to {version}")
            if version != product.version():
                raise Failed(f"{version} is installed")
        with desk.report.look("account and draft after the upgrade"):
            code, output = desk.told(*_VAULT, "accounts", "list", "--json")
            if code != 0 or [account["label"] for account in json.loads(output)] != [LABEL]:
                raise Failed(last_line(output))
            with desk.window(*_VAULT, "--size", "1440x900") as process:
                desk.screen.drive("find-draft", process, DRAFTED)
        with desk.report.look("a link opens its ticket"):
            ticket = next(one for one in _asked(box, "tickets") if one["subject"].isascii())
            link = f"{product.SCHEME}:{quote(LABEL)}/{quote(ticket['id'], safe='')}"
            with desk.window(*_VAULT, "--size", "1440x900", link) as process:
                desk.screen.drive("opened", process, ticket["subject"])
        with desk.report.look("the draft sent, and once in the sandbox's journal"):
            with desk.window(*_VAULT, "--size", "1440x900") as process:
                desk.screen.drive("send-draft", process, DRAFTED)
            code, output = desk.told(*_VAULT, "outbox", "drain")
            arrived = [one for one in _asked(box, "received") if DRAFTED in json.dumps(one)]
            if code != 0 or len(arrived) != 1:
                raise Failed(f"it arrived {len(arrived)} times; {last_line(output)}")


def _remove(desk: Desk) -> None:
    with desk.report.look("removal leaves the agent's data and nothing else") as details:
        code, output = desk.root.run(("dpkg", "-V", product.COMMAND))
        if code != 0 or output.strip():
            raise Failed(f"dpkg -V after the upgrade: {output.strip()[:200]}")
        files = _files(desk)
        desk.apt("remove", product.COMMAND)
        _refuse_left(desk, files)
        kept = sorted(path.name for path in (desk.root.folder / "home/agent/.local/share" / product.NAME).iterdir())
        details.append(f"kept {', '.join(kept)}")
        if "desk.db" not in kept:
            raise Failed(f"of the profile there is {kept}")
    with desk.report.look("purge") as details:
        # With no file of its own in /etc a package is gone when it is removed, and apt no longer knows what to purge.
        if product.COMMAND in desk.root.packages():
            desk.apt("purge", product.COMMAND)
            details.append("purged")
        else:
            details.append("nothing was left to purge")
        if product.COMMAND in desk.root.packages():
            raise Failed("dpkg still knows it")


def _files(desk: Desk) -> Sequence[str]:
    return desk.root.must("dpkg", "-L", product.COMMAND).splitlines()


def _refuse_left(desk: Desk, files: Sequence[str]) -> None:
    left = [
        name for name in files if product.COMMAND in name.lower() and _is_there(desk.root.folder / name.lstrip("/"))
    ]
    if left:
        raise Failed(f"{len(left)} left: {', '.join(left[:5])}")


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


@contextmanager
def _sandbox(outside: Unpacked) -> Iterator[Any]:
    """Run the servers of one vendor on this machine; the system inside sees the same loopback."""
    command = (outside.program, "sandbox", "--json", "--attached", "--tickets", "30", "--only", "nexuscore")
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    with screens.ended(process):
        yield json.loads(process.stdout.readline() or b"{}")


def _asked(box: Any, what: str) -> list[Any]:
    """Return what the sandbox says of itself: its tickets, or what it received."""
    with _DIRECTLY.open(f"{box['control']}/nexuscore/{what}", timeout=15) as answer:
        found: list[Any] = json.load(answer)
    return found
