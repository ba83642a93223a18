"""Starting never fails silently: whatever stops it becomes a line of the log, a line on the standard error stream, and a dialog.

`guard` carries a start out and `tell` tells what stopped it. The order is log, stream, dialog, because each may fail in turn: the log
with the folder, the dialog with the screen. Nothing is written into a folder that others can reach.
"""

import errno
import logging
import re
import sys
from collections.abc import Callable
from pathlib import Path

from deskhand.diagnostics import logs
from deskhand.diagnostics.crash import CrashReporter
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain import wording
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import (
    DeskProblem,
    DiskFull,
    InstallationIncomplete,
    NoDisplay,
    OutputRefused,
    PassphraseFileRefused,
    PlaceReason,
    PlaceRefused,
    ProfileBusy,
    ProfileDamaged,
    ProfileFactsLost,
    ProfileInUse,
    ProfileKeyWrong,
    ProfileNewer,
    ProfileUnreadable,
    TooLittle,
    VaultUnavailable,
)

log = logging.getLogger(__name__)

FAILED = 1
"""The exit code of a start that failed."""

_TITLES: tuple[tuple[type[BaseException], str], ...] = (
    (ProfileInUse, "Another Deskhand does not answer"),
    (ProfileNewer, "This profile is from a newer Deskhand"),
    (ProfileKeyWrong, "The key does not open this profile"),
    (ProfileDamaged, "A file of this profile is damaged"),
    (ProfileFactsLost, "This profile cannot be recognised"),
    (ProfileBusy, "The files of this profile are in use"),
    (ProfileUnreadable, "The files of this profile cannot be used"),
    (PassphraseFileRefused, "The passphrase file cannot be used"),
    (VaultUnavailable, "The credentials cannot be read"),
    (DiskFull, "The disk is full"),
    (PlaceRefused, "The profile's folder cannot be used"),
    (InstallationIncomplete, "This installation is incomplete"),
    (NoDisplay, "There is no screen for the window"),
    (TooLittle, "The system allows too little"),
    (OutputRefused, "The output cannot be written"),
    (ImportError, "This installation is incomplete"),
    (MemoryError, "There is not enough memory"),
    (OSError, "The system refused something"),
)
_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object")
_LONGEST = 200
"""Characters of an unforeseen error's own message."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True, slots=True)
class StartFailure:
    """What is said of a failure.

    Attributes:
        title: what happened, in short.
        message: the same in a sentence or two, with what to do.
        is_ours: nobody foresaw it: a mistake of the program.
    """

    title: str
    message: str
    is_ours: bool = False


def describe(problem: BaseException) -> StartFailure:
    """Return what to say of whatever stopped the start."""
    if isinstance(problem, OSError) and problem.errno in _NO_ROOM:
        problem = DiskFull(str(problem))
    elif isinstance(problem, OSError) and problem.errno in _NO_RIGHT and problem.filename:
        problem = PlaceRefused(PlaceReason.NOT_WRITABLE, problem.filename)
    elif isinstance(problem, RuntimeError) and "start new thread" in str(problem):
        problem = TooLittle("The system lets this user start no more threads (ulimit -u, or -v).")
    title = next((title for kind, title in _TITLES if isinstance(problem, kind)), "")
    match problem:
        case ProfileInUse():
            message = (
                f"A Deskhand that runs already{problem.detail} uses this profile, and does not answer. Look for its window, or end it, and "
                "start again. Nothing was changed."
            )
        case VaultUnavailable():
            message = wording.problem(problem, "Deskhand")
            message = f"{message} ({problem.detail})" if problem.detail else message
        case TooLittle():
            message = f"{problem.detail} Raise that limit, or start Deskhand where there is none."
        case DeskProblem():
            message = wording.problem(problem, "Deskhand")
        case ImportError() if library := _LIBRARY.search(str(problem)):
            message = f"A library of the system is missing: {library[1]}. Install it with the package that brings it, and start again."
        case ImportError():
            message = f"A part of the program cannot be loaded ({problem}). Install Deskhand again."
        case MemoryError():
            message = "There is not enough memory to start. End other programs, and start again."
        case OSError():
            of = f" ({problem.filename})" if problem.filename else ""
            message = f"The operating system says: {problem.strerror or problem}{of}. Nothing was changed; mend that, and start again."
        case _:
            kind, said = type(problem).__name__, " ".join(str(problem).split())[:_LONGEST]
            return StartFailure(
                "Deskhand met an error of its own",
                f"It is a mistake in Deskhand ({kind}: {said}), not one of yours; nothing that was stored is lost. Start again, and if it "
                "comes back, hand these words on to whoever looks after Deskhand.",
                is_ours=True,
            )
    return StartFailure(title or type(problem).__name__, message)


@dataclass(slots=True)
class Start:
    """A start under way, as far as telling a failure needs it.

    Attributes:
        folder: the profile's, as soon as it is known.
        redactor: takes the secrets out of what is written.
        is_seen: there is somebody to look at a dialog.
    """

    redactor: Redactor
    folder: Path | None = None
    is_seen: bool = False


def guard(start: Start, work: Callable[[], int]) -> int:
    """Carry a start out; returns its exit code, or 1 after telling what stopped it."""
    try:
        return work()
    except KeyboardInterrupt:
        return FAILED
    except Exception as problem:
        # One of the few places that catch everything: a traceback that nobody sees is no answer to somebody who double-clicked an icon.
        return tell(start, problem)


def tell(start: Start, problem: BaseException) -> int:
    """Say in the log, on the standard error stream and in a dialog what stopped the start; returns the exit code."""
    failure = describe(problem)
    where = write_down(start, failure, problem)
    _say(start.redactor.redact(" ".join(f"{failure.title}. {failure.message} {where}".split())))
    if start.is_seen and not isinstance(problem, NoDisplay | TooLittle):  # a dialog needs the same
        _show(start.redactor.redact(failure.title), start.redactor.redact(failure.message), where)
    return FAILED


def write_down(start: Start, failure: StartFailure, problem: BaseException) -> str:
    """Write the log's line, and a crash file where it is a mistake of ours; returns where to look."""
    if start.folder is None:
        return ""
    folder = start.folder / "logs"
    line = f"not started: {failure.title}. {failure.message}"
    if not logs.is_configured():
        if isinstance(problem, PlaceRefused) and not _is_ours(start.folder):
            return ""
        try:
            logs.append(folder, start.redactor, line)
        except OSError:
            return ""
    elif failure.is_ours:
        path = CrashReporter(folder, start.redactor, lambda _path: None).report(problem, "while starting")
        log.error("%s", line)
        return f"See {path}." if path is not None else ""
    else:
        log.error("%s", line, exc_info=None if isinstance(problem, NoDisplay) else problem)
    return f"The log is {folder / logs.FILE_NAME}."


def _is_ours(folder: Path) -> bool:
    from deskhand.store.private_folder import is_ours  # it is loaded where it refused a folder

    return is_ours(folder)


def _say(line: str) -> None:
    stream = sys.stderr
    if stream is None:  # a program with a window and no console has none
        return
    encoding = getattr(stream, "encoding", None) or "ascii"
    try:
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except OSError:  # nobody reads it
        return


def _show(title: str, message: str, where: str) -> None:
    try:
        from deskhand.ui.notifications import start_dialogs
    except ImportError:  # Qt itself is what is missing
        log.exception("no dialog")
        return
    start_dialogs.show(title, message, where)


def is_seen(platform: str | None, *, is_photographed: bool) -> bool:
    """Tell whether somebody would see a dialog.

    Args:
        platform: the Qt platform that was asked for.
        is_photographed: only a picture of the window is wanted.
    """
    from deskhand.ui.display import has_display

    return not is_photographed and has_display(platform)


def ended_by(start: Start, problem: NoDisplay) -> None:
    """Tell that Qt gives up, and see that the log has it: the process ends without any tidying."""
    tell(start, problem)
    logging.shutdown()
