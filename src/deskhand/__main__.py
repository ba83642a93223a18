"""Arguments in, exit code out: the window, a command, or a wish handed to the process that owns the profile."""

import asyncio
import codecs
import gc
import logging
import os
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from deskhand import __version__

if TYPE_CHECKING:
    from deskhand.bootstrap import AskPassphrase, OpenProfile
    from deskhand.cli.console import Terminal
    from deskhand.domain.console import Console
    from deskhand.domain.problems import DeskProblem
    from deskhand.profile.lock import IpcEndpoint
    from deskhand.start_failures import Start

FAILED, USAGE, NEEDS_PERSON = 1, 2, 3

LONGEST_COMMAND = 10.0
"""Seconds that a command waits for another one on the same profile to end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Deskhand; returns the exit code (0 done, 1 refused or failed, 2 wrong usage, 3 needs a person)."""
    replace_closed_streams()
    if sys.platform == "win32":
        speak_utf8()
    escape_unknown_letters()

    typed = list(sys.argv[1:] if arguments is None else arguments)
    parsed = parser().parse_args(_with_link(typed))
    match parsed.command:
        case "sandbox" | "demo" | "inspect":
            return _without_profile(parsed)
        case None:
            return _window(parsed)
        case _:
            return _told(parsed, typed)


def replace_closed_streams() -> None:
    """Put the null device where a standard stream is closed.

    Else a file that is opened later would get its number, and what a library writes to the standard error stream would go into it.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as the process


def speak_utf8() -> None:
    """Read and write UTF-8 where text goes into a file or another program: the code page of a Windows lacks most letters."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        # Without a console, a program with a window has none of them; a console is asked in letters, not in bytes.
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding=encoding, errors="replace")


def escape_unknown_letters() -> None:
    """Write a letter that the output's encoding lacks as an escape.

    In a locale of ASCII or Latin-1 a customer's name would end the program. The escape is that of JSON, so that JSON stays JSON.
    """
    codecs.register_error("deskhand.escape", _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors in ("strict", "surrogateescape", "backslashreplace"):
            stream.reconfigure(errors="deskhand.escape")


def _escape(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    units = problem.object[problem.start : problem.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2)), problem.end


def parser() -> ArgumentParser:
    """Return the parser of the whole program."""
    from deskhand.cli.arguments import parser as build
    from deskhand.demo.arguments import add_arguments as demo
    from deskhand_sandbox.main import add_arguments as sandbox

    return build(__version__, sandbox, demo)


def _with_link(typed: list[str]) -> list[str]:
    from deskhand.cli.arguments import with_link

    return with_link(typed)


def folder_of(parsed: Namespace) -> Path:
    """Return the profile's folder. Raises PlaceRefused where there is no home to put it in."""
    from deskhand.domain.problems import PlaceReason, PlaceRefused

    chosen = parsed.profile or os.environ.get("DESKHAND_PROFILE")
    if not chosen:
        from deskhand.profile.lock import default_folder

        return default_folder()
    try:
        return Path(chosen).expanduser().resolve()
    except RuntimeError as problem:  # `~` without a home, or links that lead in a circle
        raise PlaceRefused(PlaceReason.NO_HOME if chosen.startswith("~") else PlaceReason.LINK, chosen) from problem


# --- the window ---


def _window(parsed: Namespace) -> int:
    # What is imported and built until the first paint stays: looking for garbage in it meanwhile costs a twentieth of the start.
    gc.disable()
    from deskhand.diagnostics.redaction import Redactor
    from deskhand.start_failures import Start, guard, is_seen

    start = Start(Redactor(), is_seen=is_seen(parsed.platform, is_photographed=bool(parsed.screenshot)))

    def work() -> int:
        start.folder = folder_of(parsed)
        from deskhand.diagnostics import limits

        limits.check()
        from deskhand.cli.console import Terminal
        from deskhand.diagnostics.harden import harden
        from deskhand.profile.second_start import acquire_or_activate

        hardened = harden()
        owner = asyncio.run(acquire_or_activate(start.folder, parsed.open or "", Terminal()))
        if isinstance(owner, int):
            return owner
        try:
            from deskhand import window_start  # here, because a library of Qt's may be missing
        except BaseException:
            owner.release()
            raise
        return window_start.run(parsed, start, owner, hardened, lambda typed: parser().parse_args(typed))

    return guard(start, work)


# --- a command ---


def _without_profile(parsed: Namespace) -> int:
    """Carry out what needs no profile: the sandbox, the demo, the inspection of a body."""
    from deskhand.cli.console import let_go_of
    from deskhand.diagnostics.harden import forget_key_log, harden
    from deskhand.diagnostics.redaction import Redactor
    from deskhand.start_failures import Start, guard

    def work() -> int:
        forget_key_log()
        match parsed.command:
            case "sandbox":
                from deskhand_sandbox import main as sandbox

                return sandbox.run(parsed)
            case "demo":
                from deskhand.demo import program as demo
                from deskhand.diagnostics import limits

                limits.check()
                return demo.run_demo(parsed)
            case _:
                from deskhand import inspecting
                from deskhand.cli.console import Terminal

                harden()
                return inspecting.run(parsed, Terminal())

    code = guard(Start(Redactor()), work)
    let_go_of(sys.stdout)
    return code


def _told(parsed: Namespace, typed: list[str]) -> int:
    """Carry a command out; whatever nobody foresaw is told in a line, and written where it can be looked at."""
    from deskhand.cli import asking
    from deskhand.cli.console import Terminal
    from deskhand.diagnostics.redaction import Redactor
    from deskhand.start_failures import Start, guard

    start = Start(Redactor())
    hooks = sys.excepthook, threading.excepthook
    try:
        console = Terminal(ends_unread=parsed.command == "watch")
        code = guard(start, lambda: asyncio.run(_command(parsed, typed, start, console)))
        if code != NEEDS_PERSON or not (plan := asking.plan_in(console.last_remark)) or not asking.agrees():
            return code
        agreed = [*typed, "--plan", plan]
        again = parser().parse_args(agreed)
        return guard(start, lambda: asyncio.run(_command(again, agreed, start, Terminal())))
    finally:
        sys.excepthook, threading.excepthook = hooks


async def _command(parsed: Namespace, typed: list[str], start: "Start", console: "Terminal") -> int:
    from deskhand.cli.console import NobodyReads

    try:
        return await _carried_out(parsed, typed, start, console)
    except NobodyReads:
        return 0


async def _carried_out(parsed: Namespace, typed: list[str], start: "Start", console: "Terminal") -> int:
    from deskhand import bootstrap
    from deskhand.cli import console as consoles
    from deskhand.cli import program
    from deskhand.diagnostics.crash import CrashReporter
    from deskhand.diagnostics.harden import harden
    from deskhand.diagnostics.logs import configure
    from deskhand.doctor import checks, report
    from deskhand.domain.problems import DeskProblem, ProfileInUse
    from deskhand.profile.lock import ProfileLock, acquire_or_find
    from deskhand.profile.profile import Profile
    from deskhand.start_failures import describe, write_down

    done = harden()
    if parsed.vault == "session":
        # Its key would be gone with this command, and with it everything that the command wrote.
        console.err("--vault session keeps nothing after the program ends; a command needs keyring or passphrase.")
        return USAGE
    if program.needs_secret(parsed):
        console.given = consoles.ask_hidden("Secret: ")
        if console.given is None:
            console.err("There is no terminal to ask for the secret. Give it by standard input, with --secret-stdin.")
            return USAGE
    profile_lock: ProfileLock | IpcEndpoint | None = None
    try:
        folder = start.folder = folder_of(parsed)
        profile_lock = await acquire_or_find(folder, LONGEST_COMMAND)
        if not isinstance(profile_lock, ProfileLock):
            if parsed.command == "doctor":
                return await report.run(checks.checks(None, ProfileInUse()), console, as_json=parsed.json)
            return await _hand_over(parsed, typed, profile_lock, console)
        configure(folder / "logs", start.redactor, verbose=parsed.verbose)
        logging.getLogger(__name__).info("%s", "; ".join(done))
        # A command's own failure is told by who called it; this is for its threads, and for what a loop cannot deliver.
        crashes = CrashReporter(
            folder / "logs", start.redactor, lambda path: console.err(f"A part of it failed, see {path}.")
        )
        crashes.install()
        asyncio.get_running_loop().set_exception_handler(crashes.from_loop)
        profile, vault = await bootstrap.open_vault(Profile.open_or_create(folder), parsed.vault, _passphrase(parsed))
        opened = await bootstrap.open_profile(profile, vault, profile_lock, start.redactor)
    except (DeskProblem, OSError) as problem:
        if isinstance(profile_lock, ProfileLock):
            profile_lock.release()
        if parsed.command == "doctor" and isinstance(problem, DeskProblem):
            return await report.run(checks.checks(None, problem), console, as_json=parsed.json)
        failure = describe(problem)
        write_down(start, failure, problem)
        return _refused(problem, start.redactor.redact(failure.message), console)
    for notice in opened.services.notices:
        console.err(notice)
    try:
        await opened.services.engine.open_without_running()
        if parsed.command == "doctor":
            return await report.run(checks.checks(opened, None), console, as_json=parsed.json)
        stays = parsed.command == "watch" or (parsed.command == "sync" and not parsed.once)
        async with _serve_commands(opened) if stays else nullcontext():
            return await program.run(parsed, opened.services, console)
    finally:
        await opened.aclose()


def _refused(problem: "DeskProblem | OSError", message: str, console: "Terminal") -> int:
    from deskhand.domain.problems import DeskProblem, NotPossible, OutputRefused, VaultReason, VaultUnavailable

    console.err(message)
    if isinstance(problem, VaultUnavailable) and problem.reason is VaultReason.NO_KEYRING:
        console.err("On a command line: --vault passphrase, with --passphrase-file FILE where nobody types.")
    is_for_person = isinstance(problem, DeskProblem) and not isinstance(problem, NotPossible | OutputRefused)
    return NEEDS_PERSON if is_for_person else FAILED


@asynccontextmanager
async def _serve_commands(opened: "OpenProfile") -> AsyncIterator[None]:
    """Carry out what is typed beside this process, for as long as it owns the profile."""
    from deskhand.cli import acting, program
    from deskhand.profile import ipc

    async def execute(request: ipc.Request, console: "Console") -> int:
        try:
            wanted = parser().parse_args(request.arguments)
        except SystemExit:
            return USAGE
        acting.resolve_for_caller(wanted, request.place)
        return await program.run(wanted, opened.services, console)

    listener = ipc.Server(execute)
    listener.trust(opened.profile_lock.publish_endpoint(await listener.start(opened.profile_lock.socket_path())))
    try:
        yield
    finally:
        await listener.aclose()


async def _hand_over(parsed: Namespace, typed: list[str], endpoint: "IpcEndpoint | None", console: "Terminal") -> int:
    """Let the running owner carry the command out, with file names that start from here."""
    from deskhand.cli import acting, naming
    from deskhand.profile import ipc

    try:
        given = console.given or await acting.read_for(parsed, console)
    except naming.Unclear as unclear:
        console.err(str(unclear))
        return FAILED
    if endpoint is not None:
        request = ipc.Request(tuple(typed), given, os.getcwd())  # noqa: PTH109 - a text, not a path
        code = await ipc.send_request(endpoint.address, endpoint.token, request, console)
        if code is not None:
            return code
    console.err("Another Deskhand is using this profile and does not answer. End it, or wait until it has.")
    return FAILED


def _passphrase(parsed: Namespace) -> "AskPassphrase":
    from deskhand.cli.console import ask_hidden
    from deskhand.domain.problems import VaultReason, VaultUnavailable
    from deskhand.secrets.passphrase_file import read_passphrase

    async def ask(new: bool) -> str:  # noqa: FBT001 - the port's own shape
        if parsed.passphrase_file:
            return await asyncio.to_thread(read_passphrase, Path(parsed.passphrase_file))
        passphrase = ask_hidden("New passphrase of this profile: " if new else "Passphrase of this profile: ")
        if not passphrase:
            raise VaultUnavailable(VaultReason.PASSPHRASE_UNCHOSEN if new else VaultReason.PASSPHRASE_MISSING)
        if new and ask_hidden("The same once more: ") != passphrase:
            raise VaultUnavailable(VaultReason.PASSPHRASE_UNCHOSEN, "The two differ.")
        return passphrase

    return ask


if __name__ == "__main__":
    sys.exit(main())
