"""Writes the locks: every package with its version and hashes, for every supported system and Python at once."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deskdev.environment import CHECKOUT, DEVELOPMENT, PACKAGE, RUNTIME, Environment, pip_problem
from deskdev.steps import SetupError, last_line, run_quietly, step

_EXTRA = ("--extra", "sandbox")
"""The demo, the tests and the packages carry the sandbox."""

LOCKS = {RUNTIME: _EXTRA, DEVELOPMENT: (*_EXTRA, "--group", "dev"), PACKAGE: (*_EXTRA, "--group", "package")}

_OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--python-version",
    "3.11",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
)


def write(arguments: Sequence[str]) -> None:
    """Write the locks anew from pyproject.toml.

    A version that is already locked stays unless it no longer fits; `--upgrade` takes the newest of all.

    Args:
        arguments: more options for `uv pip compile`.

    Raises:
        SetupError: the resolver cannot be installed, or finds no versions that fit together.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-lock-") as folder:
        tools = Environment(Path(folder))
        _make(tools)
        for name, group in LOCKS.items():
            with step(f"Writing packaging/{name}"):
                _compile(tools, name, (*group, *arguments))


def _make(tools: Environment) -> None:
    tools.make()
    with step("Installing the resolver for this once"):
        code, output = run_quietly((tools.python, "-P", "-m", "pip", "install", "-q", "--only-binary", ":all:", "uv"))
        if code != 0:
            raise SetupError(pip_problem(output))


def _compile(tools: Environment, name: str, arguments: Sequence[str]) -> None:
    target = f"packaging/{name}"
    command = (str(tools.scripts / "uv"), "pip", "compile", "pyproject.toml", *_OPTIONS, *arguments, "-o", target)
    quiet = os.environ | {"UV_PYTHON": str(tools.python), "UV_PYTHON_DOWNLOADS": "never"}
    code, output = run_quietly(command, quiet, CHECKOUT)
    if code != 0:
        raise SetupError(f"The versions in pyproject.toml do not fit together: {last_line(output)}")
