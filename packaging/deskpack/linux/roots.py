"""Bare systems to install into: each made once by debootstrap, and every use begins where it ended.

What is made lies in `build/roots/SUITE` and is never changed afterwards: a use is a layer over it (overlayfs) that goes when the use
ends. Nothing is inside but the system's own minimum. apt inside uses the mirrors that debootstrap knows and this machine's way to
the network; screen, window manager and buses are outside (`screens`), so that a package's own dependencies are all that it finds.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deskdev import debian
from deskdev.steps import SetupError, last_line, note, run_quietly, step

from deskpack.freezing import BUILD

HOME = BUILD / "roots"

AGENT = 4321
"""The plain user inside, by number: whoever offers a screen or a bus outside has to be the same."""

TOOLS = (
    debian.Need("debootstrap", "program", "debootstrap"),
    debian.Need("ca-certificates", "file", "etc/ssl/certs/ca-certificates.crt"),
)

_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
_CERTIFICATES_INSIDE = "srv/outside-certificates.crt"
_UBUNTU_KEYS = Path("usr/share/keyrings/ubuntu-archive-keyring.gpg")


@dataclass(frozen=True, slots=True)
class Release:
    """A system that packages are tried in."""

    suite: str
    title: str
    components: str = "main"
    keys: Path = Path("usr/share/keyrings/debian-archive-keyring.gpg")
    script: str = "sid"


RELEASES = {
    release.suite: release
    for release in (
        Release("bookworm", "Debian 12"),
        Release("trixie", "Debian 13"),
        Release("jammy", "Ubuntu 22.04", "main,universe", _UBUNTU_KEYS, "gutsy"),
        Release("noble", "Ubuntu 24.04", "main,universe", _UBUNTU_KEYS, "gutsy"),
    )
}


@dataclass(frozen=True, slots=True)
class Root:
    """A system in use.

    Attributes:
        folder: its root, seen from outside.
    """

    folder: Path

    def command(self, command: Sequence[str], user: int = 0, settings: Mapping[str, str] | None = None) -> list[str]:
        """Return what runs a command inside; it sees none of this machine's environment.

        Args:
            command: the program, looked for inside, and its arguments.
            user: who runs it; 0 is root.
            settings: environment variables beyond the least.
        """
        given = {
            "PATH": _PATH,
            "LANG": "C.UTF-8",
            "HOME": "/home/agent" if user else "/root",
            **({} if user else {"DEBIAN_FRONTEND": "noninteractive"}),
            **(settings or {}),
        }
        variables = [f"{name}={value}" for name, value in given.items()]
        # Nothing stands between: the process that is started becomes the command, so that its number is the command's.
        return ["chroot", f"--userspec={user}:{user}", "--groups=", str(self.folder), "env", "-i", *variables, *command]

    def run(
        self,
        command: Sequence[str],
        user: int = 0,
        settings: Mapping[str, str] | None = None,
        *,
        said: str | None = None,
        patience: float = 600,
    ) -> tuple[int, str]:
        """Run a command inside to its end and return its exit code and what it printed.

        Args:
            command: the program and its arguments.
            user: who runs it.
            settings: more environment variables.
            said: what it reads from its standard input.
            patience: seconds after which it is ended; the exit code then is 124, as of `timeout`.
        """
        try:
            done = subprocess.run(
                self.command(command, user, settings),
                check=False,
                input=said or "",
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=patience,
            )
        except subprocess.TimeoutExpired as late:
            heard: bytes | str | None = late.stdout  # bytes, whatever was asked for
            return 124, heard.decode(errors="replace") if isinstance(heard, bytes) else heard or ""
        return done.returncode, done.stdout

    def must(self, *command: str) -> str:
        """Run a command inside as root and return what it printed.

        Raises:
            SetupError: it failed.
        """
        code, output = self.run(command)
        if code != 0:
            raise SetupError(f"{' '.join(command)} failed in {self.folder.name}: {last_line(output, 'E:')}")
        return output

    def packages(self) -> dict[str, int]:
        """Return the packages that are installed inside, with their sizes in KB."""
        listed = self.must("dpkg-query", "-W", "-f", "${Package}\t${Installed-Size}\n").splitlines()
        return {name: int(size or 0) for name, _, size in (line.partition("\t") for line in listed)}


def ensure(suite: str) -> Path:
    """Return the folder of a bare system, which is made if it is not there.

    Raises:
        SetupError: there is no such system, or it cannot be made here.
    """
    if suite not in RELEASES:
        raise SetupError(f"There is no bare system {suite}; there are {', '.join(RELEASES)}.")
    if not debian.is_root():
        raise SetupError("Making and entering a bare system needs root; run the same command with sudo.")
    made = HOME / suite
    if not made.exists():
        debian.ensure(TOOLS)
        _make(RELEASES[suite], made)
    return made


@contextmanager
def fresh(suite: str) -> Iterator[Root]:
    """Yield a bare system in which a plain user `agent` lives; nothing of what is done in it stays.

    Raises:
        SetupError: it cannot be made or entered.
    """
    base = ensure(suite)
    with ExitStack() as stack:
        # Not below the base's folder, but on the same disk: the layer's own working folder has to be.
        layer = Path(tempfile.mkdtemp(prefix=f"{suite}-", dir=HOME))
        stack.callback(shutil.rmtree, layer, ignore_errors=True)
        for name in ("changed", "work", suite):
            (layer / name).mkdir(mode=0o755)
        layer.chmod(0o755)
        folder = layer / suite
        places = f"lowerdir={base},upperdir={layer / 'changed'},workdir={layer / 'work'}"
        mounted(stack, folder, "-t", "overlay", "overlay", "-o", places)
        mounted(stack, folder / "proc", "-t", "proc", "proc")
        mounted(stack, folder / "dev/pts", "-t", "devpts", "devpts")
        mounted(stack, folder / "dev/shm", "-t", "tmpfs", "tmpfs")
        # What was fetched once is not fetched again.
        kept = HOME / "fetched" / suite
        (kept / "partial").mkdir(parents=True, exist_ok=True)
        mounted(stack, folder / "var/cache/apt/archives", "--bind", str(kept))
        shutil.copy("/etc/resolv.conf", folder / "etc/resolv.conf")
        yield Root(folder)


def mounted(stack: ExitStack, place: Path, *what: str) -> None:
    """Mount something until the stack is left; what is still busy then goes when it is free.

    Raises:
        SetupError: it cannot be mounted here.
    """
    place.mkdir(parents=True, exist_ok=True)
    code, output = run_quietly(("mount", *what, place))
    if code != 0:
        raise SetupError(f"{place} cannot be mounted, as inside a container without the right to: {last_line(output)}")
    stack.callback(_unmount, place)


def _unmount(place: Path) -> None:
    if run_quietly(("umount", place))[0] != 0:
        run_quietly(("umount", "--lazy", place))


def _make(release: Release, made: Path) -> None:
    keys = _keys(release)
    with step(f"Making a bare {release.title}"):
        HOME.mkdir(parents=True, exist_ok=True)
        growing = made.with_name(f"{release.suite}.new")
        shutil.rmtree(growing, ignore_errors=True)
        options = ("--variant=minbase", f"--components={release.components}", f"--keyring={keys}")
        # No mirror: debootstrap's own. The script is named because an older debootstrap has none for a younger release.
        code, output = run_quietly(("debootstrap", *options, release.suite, growing, "", release.script))
        if code != 0:
            raise SetupError(f"debootstrap could not make {release.title}: {last_line(output, 'E:')}")
        root = Root(growing)
        _connect(root)
        root.must("useradd", "--create-home", "--uid", str(AGENT), "--shell", "/bin/bash", "agent")
        root.must("apt-get", "update")
        growing.rename(made)
    note(f"{release.title}: {len(Root(made).packages())} packages")


def _connect(root: Root) -> None:
    """Give apt inside this machine's way to the network; nothing else inside is told of it."""
    shutil.copy("/etc/resolv.conf", root.folder / "etc/resolv.conf")
    _code, settings = run_quietly(("apt-config", "dump"))
    wanted = ("Acquire::http", "Acquire::https", "Acquire::Check")
    lines = [line for line in settings.splitlines() if line.startswith(wanted)]
    proxies = {name: os.environ.get(f"{name}_proxy") for name in ("http", "https")}
    lines += [f'Acquire::{name}::Proxy "{proxy}";' for name, proxy in proxies.items() if proxy]
    shutil.copy(_CERTIFICATES, root.folder / _CERTIFICATES_INSIDE)
    lines.append(f'Acquire::https::CaInfo "/{_CERTIFICATES_INSIDE}";')
    (root.folder / "etc/apt/apt.conf.d/90outside").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _keys(release: Release) -> Path:
    """Return the keys that a release is signed with.

    Debian 12 has no package with Ubuntu's; Debian 13 has, so that its own signature vouches for them.
    """
    here = Path("/") / release.keys
    if here.exists():
        return here
    kept = HOME / release.keys.name
    if not kept.exists():
        ensure("trixie")
        with step("Taking Ubuntu's keys from Debian 13"), fresh("trixie") as root:
            root.must("apt-get", "install", "-y", "--no-install-recommends", "ubuntu-archive-keyring")
            shutil.copy(root.folder / release.keys, kept)
    return kept
