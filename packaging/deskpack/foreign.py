"""The locked packages as another system gets them, installed into a folder here: proof that they exist, and files to look at.

pip can fetch for another system, but asks this machine whether a line of the lock is wanted. So the lines are chosen here first, by
pip's own reading of their markers for the other system.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deskdev.environment import Environment, pip_problem
from deskdev.steps import SetupError, last_line, run_quietly, step

_CHOOSE = """
import json, sys
from pathlib import Path
from pip._vendor.packaging.requirements import Requirement

lock, target, asked = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
chosen = []
for line in lock.read_text(encoding="utf-8").replace("\\\\\\n", " ").splitlines():
    if line.strip() and not line.lstrip().startswith("#"):
        requirement, *hashes = line.split(" --hash=")
        wanted = Requirement(requirement.strip())
        if wanted.marker is None or wanted.marker.evaluate(asked):
            chosen.append(" --hash=".join((f"{wanted.name}{wanted.specifier}", *(one.strip() for one in hashes))))
target.write_text("\\n".join(chosen) + "\\n", encoding="utf-8")
"""


@dataclass(frozen=True, slots=True)
class System:
    """Another system, as pip and the lock's markers know it.

    Attributes:
        name: as people say it.
        platforms: the tags of wheels that fit, the newest first.
        markers: what its Python answers: `sys_platform`, `platform_system`, `os_name` and `platform_machine`.
    """

    name: str
    platforms: Sequence[str]
    markers: Mapping[str, str]


def install(tools: Environment, lock: Path, system: System, python: str, target: Path) -> Path:
    """Install a lock's packages for another system into a folder, in the place of what was there, and return it.

    Args:
        tools: an environment with pip.
        lock: with hashes; each is checked.
        system: for whom.
        python: its version, `3.12`.
        target: a folder of its own.

    Raises:
        SetupError: a package has no wheel that fits, or cannot be fetched.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    chosen = target.with_suffix(".txt")
    with step(f"Fetching the locked packages as {system.name} gets them"):
        asked = {**system.markers, "python_version": python, "python_full_version": f"{python}.0"}
        asked |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        _run(tools, "-c", _CHOOSE, lock, chosen, json.dumps(asked))
        _run(
            tools,
            *("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"),
            *("--no-deps", "--require-hashes", "--only-binary=:all:", "--implementation=cp"),
            *(f"--platform={platform}" for platform in system.platforms),
            *(f"--python-version={python}", "--target", target, "-r", chosen),
        )
    return target


def _run(tools: Environment, *command: str | Path) -> None:
    code, output = run_quietly((tools.python, *command))
    if code != 0:
        raise SetupError(pip_problem(output) if "pip" in command else last_line(output))
