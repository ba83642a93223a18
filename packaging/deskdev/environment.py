"""The virtual environments in the checkout: made once, installed from a lock with hashes, checked each time.

A stamp in it says which locks, which checkout and which version of this package made it, so that the second run does
nothing. The stamp is written last: a run that was cut short is simply done again.
"""

import hashlib
import json
import os
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from deskdev.steps import SetupError, last_line, note, run_quietly, step

CHECKOUT = Path(__file__).resolve().parents[2]

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
PACKAGE = "requirements-package.txt"

# What pip prints where it got no answer at all, as opposed to an answer it did not like.
_UNREACHABLE = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Max retries exceeded",
    "ProxyError",
    "Failed to establish a new connection",
    "name resolution",
    "Connection refused",
    "Network is unreachable",
)

_PROBE = "import importlib.util as u, sys; print(*sys.version_info[:2], u.find_spec('pip') is not None)"


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment of one checkout, for the Python that runs this.

    Attributes:
        name: its folder in the checkout. Packages are made in one of their own, so that no linter is frozen into the program.
    """

    checkout: Path = CHECKOUT
    windows: bool = os.name == "nt"
    name: str = ".venv"

    @property
    def folder(self) -> Path:
        """The environment's own folder."""
        return self.checkout / self.name

    @property
    def scripts(self) -> Path:
        """The folder with the environment's programs."""
        return self.folder / ("Scripts" if self.windows else "bin")

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.scripts / ("python.exe" if self.windows else "python")

    def lock(self, name: str) -> Path:
        """Return where the lock of that name is kept."""
        return self.checkout / "packaging" / name

    def is_usable(self) -> bool:
        """Whether it starts, has pip, is for the running Python's version, and was not moved from elsewhere."""
        if not self.python.exists() or self._stamp().get("checkout", str(self.checkout)) != str(self.checkout):
            return False
        code, output = run_quietly((self.python, "-P", "-c", _PROBE))
        major, minor = sys.version_info[:2]
        return code == 0 and output.split() == [str(major), str(minor), "True"]

    def ensure(self, lock: str) -> None:
        """Make the environment and install the lock's packages, as far as that is not done.

        Raises:
            SetupError: the checkout cannot be written to, or the packages cannot be had.
        """
        usable = self.is_usable()
        if usable and self._is_current(lock):
            note("Python environment: nothing to do")
            return
        try:
            if not usable:
                self.make()
            self._install(lock)
            unpack_support(self.python)
            self._link()
            self._write_stamp(lock)
        except OSError as error:
            raise SetupError(
                f"Deskhand cannot write to {error.filename or self.folder} ({error.strerror}); "
                "use a copy of the checkout that belongs to you."
            ) from error

    def fingerprint(self, lock: str) -> str:
        """Return what an installation depends on as one number: the lock's text and these scripts."""
        digest = hashlib.sha256(self.lock(lock).read_bytes())
        for script in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(script.read_bytes())
        return digest.hexdigest()

    def make(self) -> None:
        """Make the environment with nothing but pip in it, in the place of one that may be there.

        Raises:
            SetupError: this Python cannot make one.
            OSError: the place cannot be written to.
        """
        if self.folder.is_symlink() or self.folder.exists():
            with step(f"Removing {self.name}, which does not fit this Python or does not work"):
                if self.folder.is_dir() and not self.folder.is_symlink():
                    shutil.rmtree(self.folder)
                else:
                    self.folder.unlink()
        with step(f"Making {self.name} with Python {sys.version.split()[0]}"):
            # mkdir first: it says plainly why it failed, where venv prints a traceback.
            self.folder.mkdir(parents=True)
            # The interpreter behind an environment, should this itself run in one that is about to be replaced.
            base = getattr(sys, "_base_executable", None) or sys.executable
            code, output = run_quietly((base, "-P", "-m", "venv", "--prompt", "deskhand", self.folder))
            if code != 0:
                raise SetupError(
                    f"Python could not make a virtual environment ({last_line(output)}); "
                    "install its venv and ensurepip modules and run the same command again."
                )

    def _install(self, lock: str) -> None:
        with step(f"Installing packages from packaging/{lock}"):
            options = ("--require-hashes", "--only-binary", ":all:", "--no-input", "--retries", "2", "-q")
            code, output = run_quietly(
                (self.python, "-P", "-m", "pip", "install", *options, "-r", self.lock(lock)),
                # Settings for installing elsewhere would lead past the environment.
                {
                    name: value
                    for name, value in os.environ.items()
                    if name not in {"PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
                }
                | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
            )
            if code != 0:
                raise SetupError(pip_problem(output))

    def _link(self) -> None:
        with step("Linking the program"):
            places = {"base": str(self.folder), "platbase": str(self.folder)}
            packages = Path(sysconfig.get_path("purelib", "venv", places))
            # Relative and thus plain ASCII: Python before 3.13 reads the file in the system's own encoding.
            source = os.path.relpath(self.checkout / "src", packages)
            (packages / "deskhand.pth").write_text(source + "\n", encoding="ascii")
            if self.windows:
                launcher, text = self.scripts / "deskhand.cmd", '@"%~dp0python.exe" -P -m deskhand %*\n'
            else:
                launcher = self.scripts / "deskhand"
                text = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P -m deskhand "$@"\n'
            launcher.write_text(text, encoding="ascii")
            launcher.chmod(0o755)

    @property
    def _stamp_file(self) -> Path:
        return self.folder / "deskhand-setup.json"

    def _stamp(self) -> dict[str, str]:
        """Return what is installed: the checkout's folder, and each lock's fingerprint; empty where nothing is."""
        try:
            content = json.loads(self._stamp_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _is_current(self, lock: str) -> bool:
        return self._stamp().get(lock) == self.fingerprint(lock)

    def _write_stamp(self, lock: str) -> None:
        # The development lock contains the runtime lock.
        covered = (RUNTIME, DEVELOPMENT) if lock == DEVELOPMENT else (lock,)
        stamp = self._stamp() | {"checkout": str(self.checkout)} | {name: self.fingerprint(name) for name in covered}
        fresh = self._stamp_file.with_suffix(".new")
        fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        fresh.replace(self._stamp_file)


def unpack_support(python: Path) -> None:
    """Have a Python's shiboken lay the Python files that it carries inside beside itself, where they are compiled once.

    Otherwise every start of Qt compiles them from text: 100 million instructions, a fifteenth of the program's start. They are
    laid out again with every installation, so that they fit its version. Where it fails, Qt starts as it always did.
    """
    run_quietly((python, "-P", "-c", "import PySide6.QtCore"), {**os.environ, "SBK_EMBED": "0"})


def pip_problem(output: str) -> str:
    """Say in one sentence, and pip's own last one, why the packages were not installed."""
    said = last_line(output, "ERROR:")
    if any(sign in output for sign in _UNREACHABLE):
        return (
            "The package index cannot be reached; connect to the internet and run the same command again. "
            f"(pip: {said})"
        )
    return f"pip could not install the locked packages: {said}"
