"""Arguments in, exit code out: the window, a command, or a wish handed to the process that owns the profile."""

import asyncio
import gc
import getpass
import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskhand import __version__

if TYPE_CHECKING:
    from deskhand.bootstrap import AskPassphrase, Opened
    from deskhand.cli.console import Console, Terminal
    from deskhand.store.ownership import Door, Ownership

OK, FAILED, USAGE, NEEDS_PERSON = 0, 1, 2, 3

LONGEST_COMMAND = 10.0
"""Seconds that a command waits for another one on the same profile to end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Deskhand; returns the exit code (0 done, 1 refused or failed, 2 wrong usage, 3 needs a person)."""
    if sys.platform == "win32":
        speak_utf8()
    typed = list(sys.argv[1:] if arguments is None else arguments)
    parsed = parser().parse_args(_with_link(typed))
    match parsed.command:
        case "sandbox":
            from deskhand.sandbox import main as sandbox

            return sandbox.run(parsed)
        case "demo":
            from deskhand.demo import program as demo

            return demo.run(parsed)
        case "inspect":
            return _inspect(parsed)
        case None:
            return _window(parsed)
        case _:
            return _quietly(_command(parsed, typed))


def speak_utf8() -> None:
    """Read and write UTF-8 where words go into a file or another program: the code page of a Windows lacks most letters."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        # Without a console, a program with a window has none of them; a console is asked in letters, not in bytes.
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding=encoding, errors="replace")


def parser() -> ArgumentParser:
    """Return the parser of the whole program."""
    from deskhand.cli.arguments import parser as build
    from deskhand.demo.arguments import add_arguments as demo
    from deskhand.sandbox.main import add_arguments as sandbox

    return build(__version__, sandbox, demo)


def _with_link(typed: list[str]) -> list[str]:
    from deskhand.cli.arguments import with_link

    return with_link(typed)


def folder_of(parsed: Namespace) -> Path:
    """Return the profile's folder."""
    from deskhand.bootstrap import default_folder

    chosen = parsed.profile or os.environ.get("DESKHAND_PROFILE")
    return Path(chosen).expanduser().resolve() if chosen else default_folder()


# --- the window ---


def _window(parsed: Namespace) -> int:
    # What is imported and built until the first paint stays: looking for garbage in it meanwhile costs a twentieth of the start.
    gc.disable()
    from deskhand import window_start

    try:
        return window_start.run(parsed, folder_of(parsed), lambda typed: parser().parse_args(typed))
    except KeyboardInterrupt:
        return FAILED


# --- a command ---


def _inspect(parsed: Namespace) -> int:
    from deskhand import inspecting
    from deskhand.cli.console import Terminal
    from deskhand.diagnostics.harden import harden

    harden()
    try:
        return inspecting.run(parsed, Terminal())
    except KeyboardInterrupt:
        return FAILED


def _quietly(work: Coroutine[Any, Any, int]) -> int:
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        return FAILED


async def _command(parsed: Namespace, typed: list[str]) -> int:
    from deskhand import bootstrap, health
    from deskhand.cli import console as consoles
    from deskhand.cli import doctor, program
    from deskhand.diagnostics.harden import harden
    from deskhand.diagnostics.logs import configure
    from deskhand.diagnostics.redaction import Redactor
    from deskhand.domain import wording
    from deskhand.domain.problems import DeskProblem, ProfileInUse, VaultReason, VaultUnavailable
    from deskhand.store.ownership import Ownership
    from deskhand.store.profile import Profile

    harden()
    console = consoles.Terminal()
    folder = folder_of(parsed)
    if parsed.vault == "session":
        # Its key would be gone with this command, and with it everything that the command wrote.
        console.err("--vault session keeps nothing after the program ends; a command needs keyring or passphrase.")
        return USAGE
    if program.needs_secret(parsed):
        console.given = getpass.getpass("Secret: ")
    ownership = await _own_or_find(folder)
    if parsed.command == "doctor" and not isinstance(ownership, Ownership):
        return await doctor.run(health.checks(None, ProfileInUse()), console, as_json=parsed.json)
    if not isinstance(ownership, Ownership):
        return await _hand_over(parsed, typed, ownership, console)
    redactor = Redactor()
    try:
        configure(folder / "logs", redactor, verbose=parsed.verbose)
        profile, vault = await bootstrap.open_vault(Profile.of(folder), parsed.vault, _passphrase(parsed))
        opened = await bootstrap.open_profile(profile, vault, ownership, redactor)
    except DeskProblem as problem:
        ownership.release()
        if parsed.command == "doctor":
            return await doctor.run(health.checks(None, problem), console, as_json=parsed.json)
        console.err(wording.problem(problem, "Deskhand"))
        if problem.detail:
            console.err(problem.detail)
        if isinstance(problem, VaultUnavailable) and problem.reason is VaultReason.NO_KEYRING:
            console.err("On a command line: --vault passphrase, with --passphrase-file FILE where nobody types.")
        return NEEDS_PERSON
    except OSError as problem:
        ownership.release()
        console.err(f"{problem.strerror}: {problem.filename}" if problem.filename else str(problem))
        return FAILED
    try:
        await opened.house.engine.open_without_running()
        if parsed.command == "doctor":
            return await doctor.run(health.checks(opened, None), console, as_json=parsed.json)
        stays = parsed.command == "sync" and not parsed.once
        async with _open_door(opened) if stays else nullcontext():
            return await program.run(parsed, opened.house, console)
    finally:
        await opened.aclose()


async def _own_or_find(folder: Path) -> "Ownership | Door | None":
    """Become the owner of a profile, or find who is; None where that one has not answered for a while.

    A command of a moment opens no door: the next one waits for its end.
    """
    from deskhand.store.ownership import Ownership, find_door

    until = time.monotonic() + LONGEST_COMMAND
    while True:
        if (ownership := Ownership.take(folder)) is not None:
            return ownership
        if (door := find_door(folder)) is not None or time.monotonic() > until:
            return door
        await asyncio.sleep(0.05)


@asynccontextmanager
async def _open_door(opened: "Opened") -> AsyncIterator[None]:
    """Carry out what is typed beside this process, for as long as it owns the profile."""
    from deskhand.cli import acting, program, relay

    async def carry(request: relay.Request, console: "Console") -> int:
        try:
            wanted = parser().parse_args(request.arguments)
        except SystemExit:
            return USAGE
        acting.anchor(wanted, request.place)
        return await program.run(wanted, opened.house, console)

    listener = relay.Listener(carry)
    listener.trust(opened.ownership.announce(await listener.start()))
    try:
        yield
    finally:
        await listener.aclose()


async def _hand_over(parsed: Namespace, typed: list[str], door: "Door | None", console: "Terminal") -> int:
    """Let the running owner carry the command out, with file names that start from here."""
    from deskhand.cli import acting, relay

    given = console.read() if acting.reads_input(parsed) or console.given else ""
    if door is not None:
        request = relay.Request(tuple(typed), given, os.getcwd())  # noqa: PTH109 - a text, not a path
        code = await relay.ask(door.port, door.word, request, console)
        if code is not None:
            return code
    console.err("Another Deskhand is using this profile and does not answer. End it, or wait until it has.")
    return FAILED


def _passphrase(parsed: Namespace) -> "AskPassphrase":
    from deskhand.domain.problems import VaultReason, VaultUnavailable

    async def ask(_new: bool) -> str:  # noqa: FBT001 - the port's own shape
        if parsed.passphrase_file:
            text = await asyncio.to_thread(Path(parsed.passphrase_file).read_text, encoding="utf-8")
            return text.strip()
        try:
            return getpass.getpass("Passphrase of this profile: ")
        except EOFError:
            raise VaultUnavailable(VaultReason.LOCKED, "There is nobody to ask for the passphrase.") from None

    return ask


if __name__ == "__main__":
    sys.exit(main())
