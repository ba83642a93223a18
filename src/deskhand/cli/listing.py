"""Commands that show."""

import asyncio
from argparse import Namespace
from dataclasses import replace
from datetime import UTC

from deskhand.domain import wording
from deskhand.domain.accounts import Health
from deskhand.domain.commands import OutboxItem
from deskhand.domain.console import Console
from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import DeskProblem
from deskhand.domain.queries import Scope, Sort
from deskhand.domain.threads import Visibility, Waiting
from deskhand.domain.tickets import State, TicketRow, Turn
from deskhand.services.services import Services
from deskhand.services.tickets import TicketView
from deskhand.services.views import PENDING_OR_ON_HOLD, query_of

from . import filtering, json_output, naming
from .console import indented

EVERYTHING = 10_000_000

RECENT = 200
"""Sent items of the outbox that are listed beside all that are open."""

_AT_ONCE = 100
"""Tickets that are made ready without a pause."""

_NOTES = {Visibility.PUBLIC: "", Visibility.UNSAID: " (perhaps a note: who reads it is not told)"}


async def accounts(arguments: Namespace, services: Services, console: Console) -> int:
    """`accounts list`."""
    rows = [
        (account, services.accounts.vendor(account).name, services.accounts.status(account.id))
        for account in services.accounts.all()
    ]
    if arguments.json:
        console.block(json_output.dumps([json_output.account(*row) for row in rows]))
    elif not rows:
        console.out(naming.NO_ACCOUNT)
    else:
        for account, vendor, status in rows:
            said = [] if status.synced_at and status.health is Health.NEW else [wording.health(status.health)]
            said += [f"last in step {json_output.time(status.synced_at)}"] if status.synced_at else []
            console.out(f"{account.label}  {vendor}  {account.base_url}  {', '.join(said)}")
    return 0


async def tickets(arguments: Namespace, services: Services, console: Console) -> int:
    """`tickets`."""
    states = tuple(State(state) for state in arguments.state)
    is_old_view = arguments.scope == PENDING_OR_ON_HOLD
    if is_old_view:
        asked = states or tuple(State)
        states = tuple(state for state in (State.PENDING, State.ON_HOLD) if state in asked)
    scope = Scope.ALL if is_old_view else Scope(arguments.scope)
    query = replace(
        query_of(scope, Sort.NEWEST),
        account=naming.account(services, arguments.account).id if arguments.account else None,
        group=arguments.group,
        states=states,
        vendor_state=arguments.vendor_state,
        tag=arguments.tag,
        unread=arguments.unread,
        text=arguments.search,
        requester=arguments.requester,
    )
    query = filtering.narrowed(query, arguments, services)
    is_empty = is_old_view and not states
    keys = [] if is_empty else list(await services.lists.select(query, arguments.limit or EVERYTHING))
    lines: list[str] = []
    for begin in range(0, len(keys), _AT_ONCE):
        part = keys[begin : begin + _AT_ONCE]
        rows = {row.key: row for row in services.lists.rows(part)}
        if arguments.json:
            lines += [json_output.item_of_list(await _listed(services, key, rows.get(key))) for key in part]
        else:
            lines += [_line(services, row) for key in part if (row := rows.get(key)) is not None]
        await asyncio.sleep(0)  # beside a window, this is its thread
    if arguments.json:
        for block in json_output.blocks_of_list(lines, _AT_ONCE):
            console.block(block)
        return 0
    for line in lines:
        console.out(line)
    console.err(wording.tickets(len(lines)))
    filtering.say_unknown_account(query, services, console)
    return 0


def _line(services: Services, row: TicketRow) -> str:
    account = services.accounts.get(row.key.account)
    mark = "*" if row.unread else " "
    when = f"{row.updated_at.astimezone(UTC):%Y-%m-%d %H:%MZ}" if row.updated_at else "-"
    pending = f"  [{', '.join(wording.kind(kind) for kind in row.pending)} pending]" if row.pending else ""
    name = f"{account.label if account else '?'}/{row.key.remote}"
    since = (
        f"  [waits since {row.waiting_since.astimezone(UTC):%Y-%m-%d %H:%MZ}]"
        if row.turn is Turn.US and row.waiting_since
        else ""
    )
    return f"{mark} {when}  {row.vendor_state or '-':<12} {name}  {row.who}: {row.subject}{since}{pending}"


async def _listed(services: Services, key: TicketKey, row: TicketRow | None) -> dict[str, object]:
    view = await services.tickets.view(key)
    if view is None or row is None:
        return {"id": key.remote}
    links = await services.linked.of(key) if row.is_linked else ()
    shown = json_output.view(view, row=row, links=links)
    del shown["messages"], shown["fields"]
    return shown


async def show(arguments: Namespace, services: Services, console: Console) -> int:
    """`show ACCOUNT/ID`: read from the vendor now, or with `--offline` from the store alone."""
    key = await naming.ticket(services, arguments.ticket)
    if not arguments.offline:
        try:
            await services.engine.read(key)
        except DeskProblem as problem:
            view = await services.tickets.view(key)
            console.err(wording.problem(problem, view.vendor.name if view else "", goes_on=False))
            console.err("What follows is what was stored before.")
    view = await services.tickets.view(key)
    if view is None:
        raise naming.Unclear(f"{arguments.ticket} is not known here.")
    if view.gap:
        console.err(view.gap)
    rows = services.lists.rows([key])
    if arguments.json:
        links = await services.linked.of(key)
        console.block(json_output.dumps(json_output.view(view, row=rows[0] if rows else None, links=links)))
    else:
        _print(view, console)
    return 0


def _print(view: TicketView, console: Console) -> None:
    ticket = view.ticket
    who = ticket.requester.shown if ticket.requester else "unknown"
    console.out(f"{ticket.number or ticket.key.remote}  {ticket.subject}")
    console.out(f"{view.vendor.name} · {view.account.label} · {ticket.vendor_state or '-'} · from {who}")
    for name, value in ticket.fields.items():
        console.out(f"  {name}: {value}")
    if not view.has_conversation:
        console.out(f"{view.vendor.name} keeps records, not conversations.")
    for message in view.messages:
        note = _NOTES.get(message.visibility, f" ({message.visibility.value} note)")
        when = json_output.time(message.created_at) or ""
        state = "" if message.delivery.value == "sent" else f" [{wording.delivery(message.delivery)}]"
        if message.unconfirmed:
            state = f" [you said it was sent, {view.vendor.name} does not show it]"
        console.out("")
        console.out(f"--- {message.author.shown or message.side.value}{note} {when}{state}")
        console.block(indented(message.text))
        for file in message.attachments:
            console.out(f"  file: {file.name} ({file.size if file.size is not None else 'size unknown'})")


async def outbox(arguments: Namespace, services: Services, console: Console) -> int:
    """`outbox`."""
    labels = {account.id: account.label for account in services.accounts.all()}
    items = await services.outbox.recent(RECENT)
    waits = await services.commands.waiting(items)
    if arguments.json:
        shown = [json_output.item(i, labels.get(i.command.account, ""), waits.get(i.command.id)) for i in items]
        console.block(json_output.dumps(shown))
        return 0
    for item in items:
        ticket = item.command.ticket.remote if item.command.ticket else "-"
        label = labels.get(item.command.account, "?")
        line = f"{item.command.id}  {label}/{ticket}  {wording.item(item)}: {wording.delivery(item.delivery)}"
        console.out(f"{line}{why(item, waits.get(item.command.id))}")
    if not items:
        console.err("The outbox is empty.")
    return 0


def why(item: OutboxItem, wait: Waiting | None) -> str:
    """Return what an item waits for, behind what it is; its problem alone where it waits for nothing."""
    if wait is None:
        return f". {item.problem}" if item.problem else ""
    said = wait.problem or f"Waits for {wait.what}."
    until = f", until {json_output.time(wait.until)}" if wait.until is not None else ""
    return f". {said} Since {json_output.time(wait.since)}{until}."
