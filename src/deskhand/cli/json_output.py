"""The stable JSON of `--json`. A key is never renamed or removed; new ones may come."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from deskhand.domain import resolutions, waits
from deskhand.domain.accounts import Account, AccountStatus
from deskhand.domain.commands import OutboxItem, kind_of
from deskhand.domain.threads import Message, Waiting
from deskhand.domain.tickets import Person, Ticket, TicketRow, Turn
from deskhand.services.linked_tickets import LinkedTicket
from deskhand.services.own_views import OwnView
from deskhand.services.reply_targets import targets
from deskhand.services.tickets import TicketView


def dumps(value: object) -> str:
    """Return JSON for people and programs: indented, every script readable."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def item_of_list(value: object) -> str:
    """Return what stands in a list of `dumps`."""
    return "  " + dumps(value).replace("\n", "\n  ")  # in a text of JSON no other line break is one


def blocks_of_list(items: Sequence[str], size: int) -> Iterator[str]:
    """Yield a list as `dumps` writes it, in blocks of lines with so many items each."""
    if not items:
        yield "[]"
        return
    yield "["
    for begin in range(0, len(items), size):
        end = begin + size
        yield ",\n".join(items[begin:end]) + ("," if end < len(items) else "")
    yield "]"


def time(at: datetime | None) -> str | None:
    """Return RFC 3339 in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def person(who: Person | None) -> dict[str, str | None] | None:
    """Return name and e-mail."""
    return {"name": who.name or None, "email": who.email or None} if who else None


def account(of: Account, vendor: str, status: AccountStatus) -> dict[str, Any]:
    """Return an account with its health."""
    return {
        "label": of.label,
        "vendor": of.vendor,
        "vendor_name": vendor,
        "base_url": of.base_url,
        "me": of.me or None,
        "paused": of.paused,
        "health": status.health.value,
        "synced_at": time(status.synced_at),
        "problem": status.problem or None,
        "vault": of.vault,
    }


def ticket(
    shown: Ticket,
    of: Account,
    *,
    unread: bool,
    pending: Sequence[str],
    row: TicketRow | None = None,
    links: Sequence[LinkedTicket] = (),
) -> dict[str, Any]:
    """Return one ticket as the list shows it.

    Args:
        row: its row of the list; without one nothing is told of the turn.
        links: the tickets that it is linked with.
    """
    due = waits.due(row.turn, row.waiting_since, targets(of), row.due_at, answered=row.answered) if row else None
    return {
        "account": of.label,
        "vendor": of.vendor,
        "id": shown.key.remote,
        "number": shown.number,
        "subject": shown.subject,
        "state": shown.state.value,
        "vendor_state": shown.vendor_state,
        "priority": shown.priority.value,
        "vendor_priority": shown.vendor_priority,
        "requester": person(shown.requester),
        "assignee": (shown.assignee.email or shown.assignee.shown) if shown.assignee else None,
        "tags": list(shown.tags),
        "source": shown.source,
        "created_at": time(shown.created_at),
        "updated_at": time(shown.updated_at),
        "unread": unread,
        "pending": list(pending),
        "shelf": shown.group.name if shown.group else None,
        "stage": shown.stage or None,
        "archived": shown.archived,
        "turn": row.turn.value if row else Turn.UNKNOWN.value,
        "waiting_since": time(row.waiting_since) if row else None,
        "due_at": time(due.at) if due else None,
        "due_by": due.clock.value if due else None,
        "links": [
            {"account": end.account.label if end.account else None, "id": end.key.remote, "kind": end.link.kind.value}
            for end in links
        ],
    }


def message(of: Message) -> dict[str, Any]:
    """Return one entry of a conversation."""
    return {
        "id": of.id,
        "side": of.side.value,
        "visibility": of.visibility.value,
        "author": of.author.shown,
        "text": of.text,
        "html": of.html or None,
        "quoted_html": of.quote or None,
        "signature_html": of.signature or None,
        "created_at": time(of.created_at),
        "attachments": [{"id": a.id, "name": a.name, "size": a.size, "type": a.mime} for a in of.attachments],
        "delivery": of.delivery.value,
        "unconfirmed": of.unconfirmed,
        "problem": of.problem or None,
    }


def view(of: TicketView, *, row: TicketRow | None, links: Sequence[LinkedTicket] = ()) -> dict[str, Any]:
    """Return a ticket with its fields and conversation."""
    pending = [kind_of(item.command.action) for item in of.pending]
    shown = ticket(of.ticket, of.account, unread=row is not None and row.unread, pending=pending, row=row, links=links)
    shown["fields"] = {k: list(v) if isinstance(v, tuple) else v for k, v in of.ticket.fields.items()}
    shown["gap"] = of.gap or None
    shown["messages"] = [message(m) for m in of.messages]
    return shown


def waiting(of: Waiting | None) -> dict[str, str | None] | None:
    """Return what something waits for, since when, and until when where that is known."""
    return {"for": of.what, "since": time(of.since), "until": time(of.until)} if of else None


def own_view(of: OwnView, count: int | None) -> dict[str, Any]:
    """Return a view of the agent's own."""
    return {
        "name": of.name,
        "query": of.query,
        "sort": of.sort,
        "colour": of.colour or None,
        "icon": of.icon or None,
        "density": of.density or None,
        "group_by": of.group_by or None,
        "counter": of.counter,
        "pinned": of.pinned,
        "count": count,
    }


def item(of: OutboxItem, label: str, wait: Waiting | None) -> dict[str, Any]:
    """Return one outbox item."""
    return {
        "id": of.command.id,
        "account": label,
        "ticket": of.command.ticket.remote if of.command.ticket else None,
        "kind": kind_of(of.command.action),
        "delivery": of.delivery.value,
        "attempts": of.attempts,
        "problem": (wait.problem if wait else of.problem) or None,
        "waiting": waiting(wait),
        "options": [option.how.value for option in resolutions.options(of)],
        "created_at": time(of.command.created_at),
        "remote_id": of.remote_id or None,
        "proof": of.confirmation or None,
    }
