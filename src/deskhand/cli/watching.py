"""`watch`: a line for everything that happens, from the same events as notifications."""

import asyncio
import json
from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime

from deskhand.domain.changes import ChangeSet
from deskhand.domain.console import BufferedConsole, Console
from deskhand.domain.events import Event, EventKind
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.tickets import TicketRow
from deskhand.services.services import Services

from . import filtering, json_output, naming

_SAID: Mapping[EventKind, str] = {
    EventKind.NEW: "new ticket",
    EventKind.REPLIED: "customer replied",
    EventKind.ASSIGNED: "assigned to you",
    EventKind.STATE: "state",
    EventKind.RETURNED: "back from Later",
    EventKind.SEND_FAILED: "not sent",
    EventKind.ACCOUNT: "account needs you",
}


async def watch(arguments: Namespace, services: Services, console: Console) -> int:
    """Write a line per event until interrupted, or until nobody reads any more; syncs by itself where no window does.

    With a filter or a view only of tickets that are in it once the event has happened.
    """
    within = _within(arguments, services)
    chosen = naming.account(services, arguments.account).id if arguments.account else None
    events: asyncio.Queue[tuple[datetime, Event]] = asyncio.Queue()

    def hear(changes: ChangeSet) -> None:
        now = services.clock.now()
        for event in sorted(changes.events, key=lambda one: (one.account, one.remote, one.kind, one.detail)):
            if chosen in (None, event.account):
                events.put_nowait((now, event))

    unsubscribe = services.changes.subscribe(hear)
    try:
        if not services.engine.is_running:
            await services.engine.start()
        console.err("Watching until interrupted.")
        if within is not None:
            filtering.say_unknown_account(within, services, console)
        while True:
            if isinstance(console, BufferedConsole):
                await console.flush()
            at, event = await events.get()
            if within is not None and not await _is_within(within, event, services):
                continue
            line = _json_line(services, event, at) if arguments.json else _line(services, event)
            console.out(line)
    finally:
        unsubscribe()


def _within(arguments: Namespace, services: Services) -> TicketQuery | None:
    if not arguments.query and not arguments.view:
        return None
    return filtering.narrowed(TicketQuery(Scope.ALL), arguments, services)


async def _is_within(query: TicketQuery, event: Event, services: Services) -> bool:
    return event.ticket is not None and event.ticket in await services.lists.among(query, (event.ticket,))


def _row(services: Services, event: Event) -> TicketRow | None:
    rows = services.lists.rows((event.ticket,)) if event.ticket is not None else ()
    return rows[0] if rows else None


def _label(services: Services, event: Event) -> str:
    account = services.accounts.get(event.account)
    return account.label if account is not None else ""


def _line(services: Services, event: Event) -> str:
    row = _row(services, event)
    about = f"{_label(services, event)}/{event.remote}" if event.remote else _label(services, event)
    detail = "" if event.kind is EventKind.SEND_FAILED else event.detail
    subject = f"{row.who}: {row.subject}" if row is not None else ""
    return "  ".join(filter(None, (_SAID[event.kind], about, subject, detail)))


def _json_line(services: Services, event: Event, at: datetime) -> str:
    row = _row(services, event)
    told = {
        "event": event.kind.value,
        "at": json_output.time(at),
        "account": _label(services, event),
        "id": event.remote or None,
        "number": row.number if row is not None else None,
        "subject": row.subject if row is not None else None,
        "requester": row.who if row is not None else None,
        "detail": event.detail or None,
    }
    return json.dumps(told, ensure_ascii=False)
