"""What may be typed."""

import argparse
from collections.abc import Callable, Sequence

from deskhand.content import ticket_link
from deskhand.domain.queries import Scope, Sort
from deskhand.domain.threads import Resolution
from deskhand.domain.tickets import State
from deskhand.services.views import PENDING_OR_ON_HOLD

from .ticket_changes import TICKET_CHANGES

WITHOUT_VALUE = frozenset({"-h", "--help", "--version", "--verbose"})
"""Options in front of a command behind which no value of theirs follows."""

Describe = Callable[[argparse.ArgumentParser], None]


def parser(version: str, sandbox: Describe, demo: Describe) -> argparse.ArgumentParser:
    """Return the parser of the whole program; without a command the window opens."""
    top = argparse.ArgumentParser(
        prog="deskhand",
        description="Answer tickets of several helpdesks in one window. Without a command the window opens.",
    )
    top.add_argument("--version", action="version", version=f"Deskhand {version}")
    top.add_argument(
        "--profile", metavar="DIR", type=_named, help="where data lives, instead of the user's own data folder"
    )
    top.add_argument(
        "--vault", choices=("keyring", "passphrase", "session"), help="where secrets live (chosen once per profile)"
    )
    top.add_argument("--passphrase-file", metavar="FILE", help="file with the passphrase, for --vault passphrase")
    top.add_argument("--verbose", action="store_true", help="write more into the log")
    _window(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _accounts(commands.add_parser("accounts", help="list, add, check and remove accounts"))
    _reading(commands)
    _acting(commands)
    _outbox(commands.add_parser("outbox", help="what is on its way"))
    doctor = commands.add_parser("doctor", help="say what is well and what is not")
    doctor.add_argument("--json", action="store_true")
    _inspect(commands.add_parser("inspect", help="say what is shown of a message body or of an attachment's name"))
    sandbox(commands.add_parser("sandbox", help="run the vendors' servers on this computer"))
    demo(commands.add_parser("demo", help="try everything against the sandbox, with a throw-away profile"))
    return top


def with_link(typed: Sequence[str]) -> list[str]:
    """Return what was typed with a link to a ticket, where a command would stand, as what to open.

    It has to be the last argument. What hands links over may be made to put more arguments behind one, and a page must not choose these:
    such a line stays as it is, and the parser refuses it.
    """
    if not typed or not ticket_link.is_one(typed[-1]):
        return list(typed)
    front, is_value = typed[:-1], False
    for argument in front:
        if not is_value and not argument.startswith("-"):
            return list(typed)  # a command: the link is an argument of its own
        is_value = not is_value and "=" not in argument and argument not in WITHOUT_VALUE
    return list(typed) if is_value else [*front, f"--open={typed[-1]}"]


def _window(top: argparse.ArgumentParser) -> None:
    group = top.add_argument_group("window")
    group.add_argument("--open", metavar="ACCOUNT/ID", help="open this ticket; a link to one (deskhand:…) opens it too")
    group.add_argument("--theme", choices=("light", "dark", "system"))
    group.add_argument("--size", metavar="WxH", type=_size, help="size of the window, as 1440x900")
    group.add_argument("--platform", metavar="P", help="Qt platform, as offscreen or wayland")
    group.add_argument("--screenshot", metavar="FILE", help="wait until nothing is loading, write a PNG, end")


def _named(text: str) -> str:
    """Refuse an empty name: a script whose variable is not set must not reach the user's own data."""
    if not text:
        raise argparse.ArgumentTypeError("no folder is named")
    return text


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is not of the form 1440x900")
    return int(width), int(height)


def _accounts(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list").add_argument("--json", action="store_true")
    add = actions.add_parser("add", help="check the credentials and save them in the vault")
    add.add_argument("vendor", help="the vendor's id, such as thena; a wrong one is answered with the list of all")
    add.add_argument("--label", required=True, help="your name for the account")
    add.add_argument("--base-url", default="", help="address of the vendor's API")
    add.add_argument("--me", default="", metavar="EMAIL", help="your own e-mail at the vendor")
    add.add_argument("--kind", default="", help="way to sign in, where the vendor has several")
    add.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a sign-in field or option")
    add.add_argument("--secret-stdin", action="store_true", help="read the secret from standard input")
    add.add_argument("--json", action="store_true")
    check = actions.add_parser("check", help="prove the credentials now")
    check.add_argument("account", nargs="?")
    check.add_argument("--json", action="store_true")
    remove = actions.add_parser("remove", help="remove an account with its cache, drafts and keyring item")
    remove.add_argument("account")
    remove.add_argument("--give-up-unsent", action="store_true", help="also delete what was never sent")
    for name in ("pause", "resume"):
        actions.add_parser(name).add_argument("account")


def _count(text: str) -> int:
    """Read a number of things; argparse says the refusal."""
    number = int(text)
    if not 0 <= number < 2**31:
        raise ValueError(text)
    return number


def _seconds(text: str) -> float:
    """Read a time to wait; `inf` is as long as it takes."""
    seconds = float(text)
    if not seconds >= 0:  # nan is not
        raise ValueError(text)
    return seconds


_count.__name__, _seconds.__name__ = "number", "number of seconds"  # how argparse calls them: "invalid number value"


def _reading(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sync = commands.add_parser("sync", help="read from the vendors")
    sync.add_argument("--account", metavar="A")
    sync.add_argument("--once", action="store_true", help="one round, then end")
    watch = commands.add_parser("watch", help="a line for everything that happens, until interrupted")
    watch.add_argument(
        "query", nargs="?", metavar="QUERY", help="only of tickets that fit this filter, as with tickets"
    )
    watch.add_argument("--view", metavar="NAME", help="only of tickets in a view, your own or built in")
    watch.add_argument("--account", metavar="A")
    watch.add_argument("--json", action="store_true", help="a JSON object on each line")
    watch.set_defaults(sort="")
    tickets = commands.add_parser("tickets", help="list tickets")
    tickets.add_argument(
        "query", nargs="?", metavar="QUERY", help='a filter, as "state:open priority>=high not tag:spam waiting>4h"'
    )
    tickets.add_argument("--view", metavar="NAME", help="of a view, your own or built in; QUERY narrows it")
    tickets.add_argument("--sort", choices=[sort.value for sort in Sort], help="instead of the view's own order")
    tickets.add_argument("--json", action="store_true")
    tickets.add_argument("--account", metavar="A")
    tickets.add_argument(
        "--scope", choices=[*(scope.value for scope in Scope), PENDING_OR_ON_HOLD], default=Scope.ALL.value
    )
    tickets.add_argument("--state", action="append", choices=[state.value for state in State], default=[])
    tickets.add_argument("--vendor-state", metavar="LABEL")
    tickets.add_argument("--group", "--shelf", dest="group", metavar="ID", help="brand, team, pipeline or group")
    tickets.add_argument("--tag", metavar="T")
    tickets.add_argument("--unread", action="store_true")
    tickets.add_argument("--search", metavar="TEXT", default="")
    tickets.add_argument("--requester", metavar="EMAIL", default="")
    tickets.add_argument("--limit", type=_count, default=0, metavar="N", help="at most so many; 0 = all")
    _views(commands.add_parser("views", help="list, export and import your own views"))
    show = commands.add_parser("show", help="one ticket with its conversation")
    show.add_argument("ticket", metavar="ACCOUNT/ID")
    show.add_argument("--json", action="store_true")
    show.add_argument("--offline", action="store_true", help="only what is stored here")


def _views(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list").add_argument("--json", action="store_true")
    export = actions.add_parser("export", help="write them as one text to standard output")
    export.add_argument(
        "--with-marks", action="store_true", help="Later, reminders, pins, notes and links on this computer go along"
    )
    take = actions.add_parser("import", help="take them over from such a file; one of the same name is replaced")
    take.add_argument("file", metavar="FILE", help="- is standard input")


def _acting(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, summary in (("reply", "answer the customer"), ("note", "write a note for colleagues")):
        message = commands.add_parser(name, help=summary)
        message.add_argument("ticket", metavar="ACCOUNT/ID")
        text = message.add_mutually_exclusive_group(required=True)
        text.add_argument("--text", metavar="T")
        text.add_argument("--file", metavar="F", help="text file; - is standard input")
        message.add_argument("--attach", action="append", default=[], metavar="F")
        message.add_argument("--json", action="store_true")
        if name == "reply":
            message.add_argument("--cc", action="append", default=[], metavar="EMAIL")
        else:
            message.add_argument("--local", action="store_true", help="keep it on this computer only")
    change = commands.add_parser("set", help="change a ticket: state=… priority=… assignee=… tags=+a,-b field.x=…")
    change.add_argument("ticket", metavar="ACCOUNT/ID")
    change.add_argument("changes", nargs="+", metavar="NAME=VALUE")
    change.add_argument("--json", action="store_true")
    create = commands.add_parser("create", help="make a ticket from a JSON object of the vendor's fields")
    create.add_argument("--account", required=True, metavar="A")
    create.add_argument("--json", required=True, metavar="FILE", help="- is standard input")
    for one in TICKET_CHANGES:
        one.describe(commands.add_parser(one.name, help=one.help))
    later = commands.add_parser("later", help="put a ticket away on this computer until a time, or list what is away")
    later.add_argument("ticket", metavar="ACCOUNT/ID|list")
    later.add_argument(
        "when", nargs="*", metavar="WHEN", help="as tue 9, in 3h, volgende week; reply = until they reply"
    )
    later.add_argument("--reason", metavar="TEXT", default="", help="why, shown when it comes back")
    later.add_argument("--even-if-reply", action="store_true", help="a reply does not bring it back before its time")
    later.add_argument("--remind", action="store_true", help="a reminder: the ticket stays in its lists")
    later.add_argument("--back", action="store_true", help="take it out of Later")
    later.add_argument("--json", action="store_true", help="with list")
    _macros(commands.add_parser("macro", help="run your macros over tickets; list, show, export and import them"))
    push = commands.add_parser("push", help="push a record (contact, organization, status …)")
    push.add_argument("--account", required=True, metavar="A")
    push.add_argument("kind")
    push.add_argument("id", help="your own id of the record")
    push.add_argument("fields", nargs="*", metavar="NAME=VALUE")
    take = commands.add_parser("import", help="take tickets over from CSV or JSON, where a vendor cannot be read")
    take.add_argument("--account", required=True, metavar="A")
    take.add_argument("file", help="- is standard input")
    take.add_argument("--preview", action="store_true", help="only say what each column becomes and what is left out")


def _macros(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    run = actions.add_parser("run", help="say what would happen at each account, ask, and do it")
    run.add_argument("name", metavar="NAME", help="of the macro")
    run.add_argument("query", metavar="QUERY", help="a filter: which tickets")
    run.add_argument("--yes", action="store_true", help="do it without a question")
    run.add_argument("--plan", metavar="ID", default="", help="do it only if it is still the plan that was said")
    run.add_argument("--json", action="store_true", help="a record for each ticket; without --yes it still asks")
    actions.add_parser("list").add_argument("--json", action="store_true")
    show = actions.add_parser("show", help="its steps, and what your accounts lack of them")
    show.add_argument("name", metavar="NAME")
    show.add_argument("--json", action="store_true")
    actions.add_parser("export", help="write them as one text to standard output")
    take = actions.add_parser("import", help="take them over from such a file; one of the same name is replaced")
    take.add_argument("file", metavar="FILE", help="- is standard input")


def _inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="a message body, or an attachment; - is standard input")
    parser.add_argument(
        "--format",
        choices=("html", "plain", "auto"),
        default="auto",
        help="of the body; auto decides as the program does",
    )
    parser.add_argument("--attachment", metavar="NAME", help="say whether an attachment of this name opens")
    parser.add_argument("--type", default="", metavar="MIME", help="the type that its sender declared")
    parser.add_argument("--json", action="store_true")


def _outbox(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    drain = actions.add_parser("drain", help="send everything and wait")
    drain.add_argument("--timeout", type=_seconds, default=120.0, metavar="S")
    resolve = actions.add_parser("resolve", help="decide about an item that asks")
    resolve.add_argument("id")
    resolve.add_argument("how", choices=[how.value for how in Resolution])
    resolve.add_argument("--yes", action="store_true", help="with discard: delete what was typed, without a question")
