"""The commands one can type after `packaging/dev.py`, and the checks behind `test`."""

import argparse
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from deskdev import debian, lock, vendor_table
from deskdev.environment import CHECKOUT, DEVELOPMENT, RUNTIME, Environment
from deskdev.steps import SetupError, note, run_through, step

# Two processes for each core, as about half of a test's time is waiting: for timers, servers and programs it starts. Eight at most, as
# each takes up to 1 GB of memory. Tests of one group stay in one process.
PYTEST = ("-n", str(max(2, min(8, 2 * (os.cpu_count() or 1)))), "--dist", "loadgroup")

_COVERAGE = ("--cov=deskhand", "--cov=deskhand_sandbox")

_LEFTOVERS = (
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "build",
    "dist",
)


def demo(arguments: Sequence[str]) -> int:
    """Open the demo: every vendor on this computer, a throw-away profile, nothing of yours touched."""
    environment = Environment()
    _set_up(environment, RUNTIME, debian.WINDOW)
    command = (str(environment.python), "-P", "-m", "deskhand", "demo", *arguments)
    if os.name == "posix":
        # The demo takes this process's place: signals and the exit code are its own.
        os.execv(command[0], command)  # noqa: S606 - a shell would only be in the way
    return run_through(command)


def test(arguments: Sequence[str]) -> int:
    """Run every check and all tests; `--only-pytest` leaves the linters out, `--coverage` prints what was reached, the rest goes to pytest."""
    environment = Environment()
    _set_up(environment, DEVELOPMENT, debian.WINDOW + debian.TESTS + debian.freezing_needs())
    python = str(environment.python)
    failed = False
    if "--only-pytest" not in arguments:
        checks = {
            "ruff check": (python, "-m", "ruff", "check", "."),
            "ruff format": (python, "-m", "ruff", "format", "--check", "."),
            "mypy": (python, "-m", "mypy"),
            # Each system with a cache of its own: a run drops what another system's left.
            "mypy for Windows": (python, "-m", "mypy", "--platform", "win32", "--cache-dir", ".mypy_cache/win32"),
            "mypy for macOS": (python, "-m", "mypy", "--platform", "darwin", "--cache-dir", ".mypy_cache/darwin"),
            "vulture": (python, "-m", "vulture"),
            "import-linter": (str(environment.scripts / "lint-imports"), "--no-logo"),
        }
        results = {name: _check(name, command) for name, command in checks.items()}
        failed = not all(results.values())
        note(f"Checks: {summary(results)}. The tests follow.")
    rest = [argument for argument in arguments if argument not in ("--only-pytest", "--coverage")]
    rest += _COVERAGE if "--coverage" in arguments else ()
    code = run_through((python, "-m", "pytest", *PYTEST, *rest), CHECKOUT)
    return code or int(failed)


def set_up(arguments: Sequence[str]) -> int:
    """Set up everything that the demo and the tests need, and run neither."""
    _refuse(arguments)
    _set_up(Environment(), DEVELOPMENT, debian.WINDOW + debian.TESTS + debian.freezing_needs())
    return 0


def write_lock(arguments: Sequence[str]) -> int:
    """Write the locks anew from pyproject.toml; `--upgrade` takes the newest versions."""
    lock.write(arguments)
    return 0


def clean(arguments: Sequence[str]) -> int:
    """Remove .venv, caches and build results from the checkout."""
    _refuse(arguments)
    with step("Removing .venv, caches and build results"):
        caches = [found for top in ("src", "tests", "packaging") for found in (CHECKOUT / top).rglob("__pycache__")]
        for folder in (Environment().folder, *(CHECKOUT / name for name in _LEFTOVERS), *caches):
            if folder.is_dir():
                shutil.rmtree(folder)
    return 0


def package(arguments: Sequence[str]) -> int:
    """Build the packages of `linux`, `windows`, `macos`, `appimage` or `flatpak`, as far as this machine can."""
    from deskpack import commands

    return commands.package(arguments)


def check_package(arguments: Sequence[str]) -> int:
    """Prove a package of `dist/`; `--in ROOT` installs it in a bare system, drives and removes it."""
    from deskpack import commands

    return commands.check_package(arguments)


def sbom(arguments: Sequence[str]) -> int:
    """List everything that this system's packages carry (SBOM)."""
    from deskpack import commands

    return commands.sbom(arguments)


def write_vendor_table(arguments: Sequence[str]) -> int:
    """Print the README's table of what each vendor can do, and write it there."""
    _refuse(arguments)
    vendor_table.write()
    print(vendor_table.table())
    return 0


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "test": test,
    "setup": set_up,
    "lock": write_lock,
    "clean": clean,
    "package": package,
    "check-package": check_package,
    "sbom": sbom,
    "vendor-table": write_vendor_table,
}


_ARGUMENTS: Mapping[str, str] = {
    "test": "[--only-pytest] [--coverage] [arguments of pytest]",
    "lock": "[--upgrade] [arguments of uv pip compile]",
}
"""What may follow a command that parses nothing itself."""

_PRINT_THEIR_HELP = frozenset({"package", "check-package", "sbom"})


class UsageError(Exception):
    """The command line asks for something that does not exist."""


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name and return its exit code."""
    # So that a program started from here is ended too when this is.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    debian.find_administrators_programs()
    name, *rest = arguments or [""]
    if name in {"-h", "--help", "help"}:
        print(usage())
        return 0
    try:
        command = _command(name)
        if {"-h", "--help"} & set(rest) and name not in _PRINT_THEIR_HELP:
            print(command_usage(name))
            return 0
        return command(rest)
    except UsageError as error:
        print(f"{error}\n{usage()}", file=sys.stderr)
        return 2
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def usage() -> str:
    """Return the commands with what each does."""
    lines = [f"  {name:13} {_summary_of(name)}" for name in COMMANDS]
    return "\n".join(("Usage: python3 packaging/dev.py COMMAND [arguments]", *lines))


def command_usage(name: str) -> str:
    """Return what may follow one command, and what it does. Sets nothing up."""
    if name == "demo":
        return _demo_parser().format_help().rstrip()
    arguments = _ARGUMENTS.get(name, "")
    return f"Usage: {' '.join(f'python3 packaging/dev.py {name} {arguments}'.split())}\n\n{_summary_of(name)}"


def summary(results: Mapping[str, bool]) -> str:
    """Put the checks' results into one line."""
    return ", ".join(f"{name} {'passed' if passed else 'FAILED'}" for name, passed in results.items())


def _demo_parser() -> argparse.ArgumentParser:
    sys.path.insert(0, str(CHECKOUT / "src"))
    from deskhand.demo.arguments import add_arguments

    parser = argparse.ArgumentParser(prog="python3 packaging/dev.py demo", description=_summary_of("demo"))
    add_arguments(parser)
    return parser


def _summary_of(name: str) -> str:
    return (COMMANDS[name].__doc__ or "").splitlines()[0]


def _command(name: str) -> Callable[[Sequence[str]], int]:
    if name not in COMMANDS:
        raise UsageError(f"There is no command {name!r}." if name else "A command is missing.")
    return COMMANDS[name]


def _check(name: str, command: Sequence[str]) -> bool:
    note(f"== {name}")
    started = time.monotonic()
    passed = run_through(command, CHECKOUT) == 0
    note(f"== {name} {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.1f} s")
    return passed


def _set_up(environment: Environment, lock_name: str, needs: Sequence[debian.Need]) -> None:
    if sys.base_prefix == "/usr" and not environment.is_usable():
        needs = (*needs, debian.venv_need(sys.version_info.minor))
    debian.ensure(needs)
    environment.ensure(lock_name)


def _refuse(arguments: Sequence[str]) -> None:
    if arguments:
        raise UsageError(f"{' '.join(arguments)} is not understood here.")
