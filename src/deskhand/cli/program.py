"""From arguments to exit code, on an opened profile."""

from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from deskhand.domain import wording
from deskhand.domain.console import Console
from deskhand.domain.problems import DeskProblem
from deskhand.services.services import Services

from . import acting, filtering, later, listing, macros, naming, own_views, watching
from .ticket_changes import TICKET_CHANGES

Command = Callable[[Namespace, Services, Console], Awaitable[int]]

_COMMANDS: Mapping[str, Command] = {
    "accounts list": listing.accounts,
    "accounts add": acting.add_account,
    "accounts check": acting.check_accounts,
    "accounts remove": acting.remove_account,
    "accounts pause": acting.pause_account,
    "accounts resume": acting.pause_account,
    "sync": acting.sync,
    "watch": watching.watch,
    "tickets": listing.tickets,
    "views list": own_views.list_views,
    "views export": own_views.export_views,
    "views import": own_views.import_views,
    "show": listing.show,
    "reply": acting.message,
    "note": acting.message,
    "set": acting.change,
    "create": acting.create,
    **{one.name: partial(acting.change_once, one) for one in TICKET_CHANGES},
    "later": later.later,
    "macro list": macros.list_macros,
    "macro show": macros.show_macro,
    "macro export": macros.export_macros,
    "macro import": macros.import_macros,
    "macro run": macros.run_macro,
    "push": acting.push,
    "import": acting.import_tickets,
    "outbox": listing.outbox,
    "outbox drain": acting.drain,
    "outbox resolve": acting.resolve,
}


def needs_secret(arguments: Namespace) -> bool:
    """Tell whether the command wants a secret that must be asked for where a person types."""
    return arguments.command == "accounts" and arguments.action == "add" and not arguments.secret_stdin


async def run(arguments: Namespace, services: Services, console: Console) -> int:
    """Carry a command out; returns the exit code. Every failure is a sentence, never a traceback."""
    action = getattr(arguments, "action", None)
    name = f"{arguments.command} {action}" if action else arguments.command
    try:
        naming.check_readable(arguments)
        return await _COMMANDS[name](arguments, services, console)
    except filtering.WrongFilter as wrong:
        for line in wrong.lines:
            console.err(line)
        return 2
    except naming.WrongUsage as wrong:
        console.err(str(wrong))
        return 2
    except naming.Unclear as unclear:
        console.err(str(unclear))
        return 1
    except DeskProblem as problem:
        vendor = _vendor(arguments, services)
        console.err(wording.problem(problem, vendor, goes_on=False))
        return acting.exit_code(problem)
    except OSError as error:
        console.err(f"{error.strerror}: {error.filename}" if error.filename else str(error))
        return 1


def _vendor(arguments: Namespace, services: Services) -> str:
    named = getattr(arguments, "account", None) or getattr(arguments, "ticket", None) or ""
    fitting = [a for a in services.accounts.all() if named == a.label or named.startswith(f"{a.label}/")]
    return services.accounts.vendor(fitting[0]).name if fitting else "The vendor"
