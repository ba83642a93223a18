"""Deskhand: the tickets of several helpdesks in one native window.

The domain is a vocabulary of frozen values. Sync is the only writer of server state; what
a person does becomes a command in a durable outbox and nothing else; what is shown is the server's state with the pending commands
projected over it, so that rolling one back is deleting one row. Every commit yields a ChangeSet, and whoever shows something
affected reads it again. `ui` alone knows Qt, `http` alone the network, `store` alone SQL, `secrets` alone the keyring, and `bootstrap`
alone knows them all.

    __main__        arguments in, exit code out
    demo            everything against the sandbox, in a window or step by step
    start_failures  whatever stops a start, as a line of the log, a line on the stream and a dialog
    window_start    takes the profile's lock, opens the window, listens for commands typed beside it
    inspecting      `deskhand inspect`: what the program makes of a message body
    doctor          `deskhand doctor`: what is looked at and how it is said
    bootstrap       composition root: builds every object and nothing else
    ui              the window
    cli             the same services without one
    profile         a profile's folder, its lock, and how a second start reaches its owner
    vendors         one adapter per vendor
    store           two encrypted databases and the lists
    secrets         keyring, passphrase, memory
    diagnostics     logs, redaction, crash files
    http            the HTTP client of all adapters: problems, retry, pacing, tokens, trust, proxies, remote pictures
    services        what a front end may ask for
    sync            one runner per account, and the outbox's state machine
    content         sanitizing, plain text, quotes, links, names
    domain          vocabulary, problems, ports

The vendors' servers, written from their documents alone, are a package of their own: `deskhand_sandbox`.

A package imports downwards only (import-linter keeps it); those of one layer do not know each other.
"""

import sys
from types import TracebackType

if sys.version_info < (3, 11):  # noqa: UP036 - a checkout can be started by any Python, and an older one ends in a SyntaxError
    _FOUND = "{}.{}".format(*sys.version_info[:2])
    sys.exit(f"Deskhand needs Python 3.11 or newer, and this is {_FOUND}. Start it with a newer one.")

__version__ = "0.1.0"


def _quiet_where_interrupted(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Show what nobody caught, except Ctrl+C: whoever pressed it knows why the program ended."""
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, problem, trace)


if sys.excepthook is sys.__excepthook__:  # here, because loading the rest takes long enough to be interrupted
    sys.excepthook = _quiet_where_interrupted
