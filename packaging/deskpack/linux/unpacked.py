"""What can be proven of a package without installing it: its size, that it knows nothing of where it was built, and that it starts."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deskdev import debian
from deskdev.steps import last_line, run_quietly

from deskpack import freezing, licences, product
from deskpack.check_program import judged
from deskpack.checking import Failed, Report
from deskpack.leaks import leaks_in
from deskpack.linux import pruning, screens
from deskpack.linux.roots import AGENT

UNPACKED = 130
PACKED = 40
"""Megabytes; more would be carried through every update of every desk."""

_PASSPHRASE = "correct horse battery staple"  # noqa: S105 - of a profile that lives for seconds


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A package's program, unpacked into a folder of this machine.

    Attributes:
        program: the file that starts it.
        work: a folder for profiles and pictures.
        texts: the folder with the licences.
    """

    program: Path
    work: Path
    texts: Path

    def run(self, *arguments: str, patience: float = 180, settings: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Run the program as somebody who may write nowhere but at home; returns exit code and output.

        Args:
            arguments: what is typed behind its name.
            patience: seconds.
            settings: more environment variables.
        """
        home = self.work / "home"
        home.mkdir(exist_ok=True)
        someone: dict[str, int] = {}
        if debian.is_root():
            # For root nothing is read-only; so it is somebody else.
            shutil.chown(home, AGENT, AGENT)
            someone = {"user": AGENT, "group": AGENT}
        done = subprocess.run(
            (self.program, *arguments),
            check=False,
            cwd=home,
            env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=patience,
            **someone,  # type: ignore[call-overload]
        )
        return done.returncode, done.stdout


def check(package: Path, found: Unpacked, report: Report) -> None:
    """Look at everything that needs no linter and no installing."""
    folder = found.program.parent
    with report.look("size") as details:
        packed, whole = package.stat().st_size / 1e6, freezing.size_of(folder) / 1e6
        details.append(f"{packed:.1f} MB packed, {whole:.0f} MB unpacked")
        if packed > PACKED or whole > UNPACKED:
            raise Failed(f"{details[0]}; at most {PACKED} and {UNPACKED} are wanted")
    with report.look("nothing of the machine it was built on"):
        if leaks := sorted(set(leaks_in(folder))):
            raise Failed(f"{len(leaks)}: {', '.join(leaks[:5])}")
    with report.look("all libraries found") as details:
        number, missing = missing_libraries(folder)
        details.append(f"{number} files")
        if missing:
            raise Failed(", ".join(missing))
    with report.look("licences of what is carried along") as details:
        details.append(f"{_licences(found.texts)} packages")
    starts(found, report)
    with report.look("the demo without a display") as details:
        details.append(demo(found))


def starts(found: Unpacked, report: Report) -> None:
    """Look at what a first start says: the version, and what `doctor` finds in a new profile."""
    with report.look("--version") as details:
        code, output = found.run("--version")
        details.append(output.strip())
        if code != 0 or output.strip() != f"{product.NAME} {product.version()}":
            raise Failed(f"{code}: {last_line(output)}")
    with report.look("doctor --json") as details:
        details.append(doctor(found))


def doctor(found: Unpacked) -> str:
    """Return what `doctor` says of a throw-away profile.

    Raises:
        Failed: something is not well.
    """
    passphrase = found.work / "passphrase"
    passphrase.write_text(_PASSPHRASE, encoding="utf-8")
    code, output = found.run(
        *("--profile", str(found.work / "home" / "profile"), "--vault", "passphrase"),
        *("--passphrase-file", str(passphrase), "doctor", "--json"),
    )
    return judged(code, output)


def demo(found: Unpacked) -> str:
    """Let the demo do the main job without a display and return its closing lines.

    Raises:
        Failed: a step did not hold.
    """
    code, output = found.run("demo", "--offscreen", "--pictures", str(found.work / "home" / "demo"))
    if code != 0 or "Every step held." not in output:
        failed = [line for line in output.splitlines() if line.startswith("FAILED")]
        raise Failed(f"{code}: {failed[0] if failed else last_line(output)}")
    return f"{len(re.findall('^ok ', output, re.MULTILINE))} steps held"


def on_wayland(found: Unpacked) -> str:
    """Open the window on a Wayland desktop and return what came of it.

    Raises:
        Failed: there was no window.
    """
    picture = found.work / "wayland.png"
    with screens.wayland() as settings:
        code, output = run_quietly(
            (found.program, "--profile", found.work / "wayland", "--vault", "session", "--screenshot", picture),
            {
                "PATH": "/usr/bin:/bin",
                "HOME": str(found.work),
                "LANG": "C.UTF-8",
                "TMPDIR": str(found.work),
                "QT_QPA_PLATFORM": "wayland",
                **settings,
            },
        )
    if code != 0 or not picture.is_file():
        raise Failed(f"{code}: {last_line(output)}")
    return f"picture of {picture.stat().st_size / 1000:.0f} KB"


def missing_libraries(folder: Path) -> tuple[int, list[str]]:
    """Return how many programs and libraries there are, and what ldd does not find for them."""
    files = list(pruning.elf_files(folder))
    settings = {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(folder / "_internal")}
    _code, output = run_quietly(("ldd", *files), settings)
    return len(files), sorted(set(re.findall(r"(\S+) => not found", output)))


def _licences(folder: Path) -> int:
    summary = folder / licences.SUMMARY
    if not summary.is_file():
        raise Failed(f"there is no {licences.SUMMARY} in {folder.name}")
    text = summary.read_text(encoding="utf-8")
    files = re.findall(r": (\S+\.txt)$", text, re.MULTILINE)
    absent = [name for name in files if not (folder / name).is_file()]
    if absent or not files:
        raise Failed(f"texts are missing: {', '.join(absent) or 'all'}")
    return len(files)
