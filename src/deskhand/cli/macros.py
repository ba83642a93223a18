"""Macros on the command line: list, show, export, import, run."""

import hashlib
from argparse import Namespace

from deskhand.domain import wording
from deskhand.domain.commands import SendReply
from deskhand.domain.console import Console
from deskhand.domain.problems import Invalid
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.services.bulk import MAX_TICKETS, BulkResult
from deskhand.services.bulk_plan import BulkPlan
from deskhand.services.macros import Macro
from deskhand.services.services import Services

from . import asking, filtering, json_output, naming
from .acting import NEEDS_PERSON, say_imported, text_of


async def list_macros(arguments: Namespace, services: Services, console: Console) -> int:
    """`macro list`."""
    macros = services.macros.all()
    if arguments.json:
        console.block(json_output.dumps([_plain(one, services) for one in macros]))
        return 0
    for one in macros:
        parts = [one.name, *([f"[{one.key}]"] if one.key else []), "; ".join(step.title for step in one.steps)]
        console.out("  ".join(parts))
    if not macros:
        console.err("There is no macro yet.")
    return 0


async def show_macro(arguments: Namespace, services: Services, console: Console) -> int:
    """`macro show NAME`: its steps, and what the accounts lack of them."""
    macro = _named(arguments, services)
    lacking = services.macro_runs.lacking(macro)
    if arguments.json:
        console.block(json_output.dumps({**_plain(macro, services), "lacking_at": lacking}))
        return 0
    console.out(macro.name)
    for number, step in enumerate(macro.steps, 1):
        console.out(f"  {number}. {step.title}")
    if macro.key:
        console.out(f"  Key: {macro.key}")
    for label, sentences in lacking.items():
        for sentence in sentences:
            console.out(f"  {label}: {sentence}")
    return 0


async def export_macros(_arguments: Namespace, services: Services, console: Console) -> int:
    """`macro export`."""
    console.block(services.macros.export().rstrip("\n"))
    return 0


async def import_macros(arguments: Namespace, services: Services, console: Console) -> int:
    """`macro import FILE`."""
    try:
        done = await services.macros.take(await text_of(arguments.file, console))
    except Invalid as wrong:
        raise naming.Unclear(wrong.detail) from None
    return say_imported(console, done.added, done.replaced, done.left_out)


async def run_macro(arguments: Namespace, services: Services, console: Console) -> int:
    """`macro run NAME QUERY`: says what happens at each account, and with `--yes`, or the `--plan` of before, puts it into the outbox."""
    macro = _named(arguments, services)
    query = TicketQuery(Scope.ALL, filter=filtering.filter_of(arguments.query))
    keys = await services.lists.select(query, MAX_TICKETS + 1)
    if len(keys) > MAX_TICKETS:
        raise naming.Unclear(f"This finds more than {MAX_TICKETS:,} tickets, and at most so many are changed at once.")
    plan = await services.macro_runs.plan(macro, keys)
    if not arguments.json or not (arguments.yes or arguments.plan):
        _say(plan, console)
    filtering.say_unknown_account(query, services, console)
    if not plan.changing:
        if arguments.json:
            console.block(json_output.dumps(_told(plan, None, services)))
        return 0
    if arguments.plan and arguments.plan != digest(plan):
        raise naming.Unclear("It is not that plan any more: this is what would be done now. Nothing was changed.")
    if not arguments.yes and not arguments.plan:
        console.err(asking.sentence(digest(plan)))
        return NEEDS_PERSON
    result = await services.macro_runs.run(macro, plan)
    if arguments.json:
        console.block(json_output.dumps(_told(plan, result, services)))
    else:
        console.out(
            f"{wording.tickets(len(result.tickets))} changed, {result.left} left, {result.unchanged} so already."
        )
    return 0


def _say(plan: BulkPlan, console: Console) -> None:
    for part in plan.parts:
        back = f" {part.no_way_back}" if part.no_way_back else ""
        console.err(f"{part.label} ({part.vendor}): {wording.tickets(part.count)}, {part.done}.{back}")
    for line in plan.left_lines:
        console.err(line)
    if not plan.tickets:
        console.err("No ticket fits.")


def digest(plan: BulkPlan) -> str:
    """Return a short text that two plans have in common only where they do the same to the same tickets."""
    told = [
        [
            *(one.key.account, one.key.remote, one.reason, *one.left_out),
            *((wording.done_to(action), getattr(action, "text", "")) for action in one.actions),
            *(_compared(action) for action in one.actions if isinstance(action, SendReply)),
            *(one.here.later is not None, one.here.note, one.here.read),  # "in 3h" is another time a minute later
        ]
        for one in plan.tickets
    ]
    return hashlib.sha256(json_output.dumps(told).encode()).hexdigest()[:12]


def _compared(reply: SendReply) -> list[object]:
    """Return to whom a reply goes and what was written until then: a plan that was looked at is not one for what came since."""
    customer = reply.customer
    who = [] if customer is None else [customer.id, customer.email, customer.name]
    return [reply.seen, who, sorted(reply.known)]


def _named(arguments: Namespace, services: Services) -> Macro:
    found = services.macros.named(arguments.name)
    if found is None:
        known = ", ".join(one.name for one in services.macros.all()) or "none"
        raise naming.Unclear(f"There is no macro named {arguments.name}. There are: {known}.")
    return found


def _plain(macro: Macro, services: Services) -> dict[str, object]:
    labels = {account.id: account.label for account in services.accounts.all()}
    return {
        "name": macro.name,
        "key": macro.key,
        "icon": macro.icon,
        "colour": macro.colour,
        "lacking": macro.lacking,
        "accounts": [labels.get(account, account) for account in macro.accounts],
        "steps": [{"kind": step.kind.value, "value": step.value} for step in macro.steps],
    }


def _told(plan: BulkPlan, result: BulkResult | None, services: Services) -> list[dict[str, object]]:
    """Return a record for each ticket."""
    labels = {account.id: account.label for account in services.accounts.all()}
    commands: dict[object, list[str]] = {}
    for change in result.changes if result is not None else ():
        commands.setdefault(change.before.key, []).append(change.command)
    changed = set(result.tickets) if result is not None else set()
    return [
        {
            "account": labels.get(one.key.account, one.key.account),
            "ticket": one.key.remote,
            "changed": one.key in changed,
            "does": one.done if one.is_changed else "",
            "reason": one.reason,
            "left_out": list(one.left_out),
            "outbox": commands.get(one.key, []),
        }
        for one in plan.tickets
    ]
