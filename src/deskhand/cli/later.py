"""`later`: put a ticket away until a time, plan a reminder, list what is away, take it back."""

from argparse import Namespace

from deskhand.domain import wording
from deskhand.domain.console import Console
from deskhand.domain.ids import TicketKey
from deskhand.domain.later import LaterMark
from deskhand.services.later import LONGEST_REASON, LaterEntry, LaterPlan
from deskhand.services.services import Services

from . import json_output, naming

LIST = "list"
"""Where a ticket would stand: list what is away."""

ON_REPLY = "reply"
"""Where a time would stand: until the customer replies."""


async def later(arguments: Namespace, services: Services, console: Console) -> int:
    """`later ACCOUNT/ID WHEN`, `later ACCOUNT/ID --back`, `later list`."""
    if arguments.ticket == LIST:
        if arguments.when or arguments.back:
            raise naming.WrongUsage("later list takes no time.")
        return await _list(arguments, services, console)
    text = " ".join(arguments.when)
    if bool(text) == arguments.back:
        raise naming.WrongUsage("Say when it is to come back, or --back to take it out of Later.")
    key = await naming.ticket(services, arguments.ticket)
    if arguments.back:
        before = await services.later.take_back([key])
        console.out("Taken out of Later." if before[key] is not None else "It did not stand in Later.")
        return 0
    plan = _plan(arguments, services, key, text)
    await services.later.put_away([key], plan)
    console.out(services.later.effect(plan))
    return 0


def _plan(arguments: Namespace, services: Services, key: TicketKey, text: str) -> LaterPlan:
    reason = arguments.reason or None
    if reason is not None and len(reason) > LONGEST_REASON:
        raise naming.WrongUsage(f"A reason has at most {LONGEST_REASON} characters.")
    if text.casefold() == ON_REPLY:
        if arguments.remind or arguments.even_if_reply:
            raise naming.WrongUsage("Until a reply fits neither --remind nor --even-if-reply.")
        if why := services.later.why_not_on_reply([key]):
            raise naming.Unclear(why)
        return LaterPlan(None, reason)
    answer = services.later.read(text)
    if answer.only is None:
        meant = "; ".join(reading.text for reading in answer.readings)
        raise naming.Unclear(answer.problem + (f" Perhaps: {meant}." if meant else ""))
    return LaterPlan(answer.only.when, reason, keep=arguments.even_if_reply, stays=arguments.remind)


async def _list(arguments: Namespace, services: Services, console: Console) -> int:
    entries = await services.later.entries()
    rows = {row.key: row for row in services.lists.rows([entry.key for entry in entries])}
    if arguments.json:
        console.block(json_output.dumps([_plain(services, entry) for entry in entries]))
        return 0
    for entry in entries:
        row = rows.get(entry.key)
        parts = [_when(services, entry.mark), _name(services, entry.key), row.subject if row is not None else "?"]
        parts += [entry.mark.reason] if entry.mark.reason else []
        parts += [f"[{wording.replies(entry.mark.replies)}]"] if entry.mark.replies else []
        console.out("  ".join(parts))
    console.err(wording.tickets(len(entries)))
    return 0


def _when(services: Services, mark: LaterMark) -> str:
    if mark.back_at is not None:
        return f"back since {services.later.in_full(mark.back_at)}"
    if mark.until is None:
        return "until they reply"
    return ("reminder " if mark.stays else "") + services.later.in_full(mark.until)


def _name(services: Services, key: TicketKey) -> str:
    account = services.accounts.get(key.account)
    return f"{account.label if account else '?'}/{key.remote}"


def _plain(services: Services, entry: LaterEntry) -> dict[str, object]:
    mark = entry.mark
    account = services.accounts.get(entry.key.account)
    return {
        "account": account.label if account else "",
        "ticket": entry.key.remote,
        "until": json_output.time(mark.until),
        "reason": mark.reason,
        "even_if_reply": mark.keep,
        "reminder": mark.stays,
        "back_since": json_output.time(mark.back_at),
        "replies": mark.replies,
    }
