"""What is shown: the server's state with the pending commands over it. Pure, so that a roll-back is deleting one row."""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from .commands import (
    AddNote,
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    CreateTicket,
    EditField,
    EditTags,
    OutboxItem,
    PushRecord,
    SendReply,
    TicketOperation,
    UploadFile,
)
from .threads import Delivery
from .tickets import Ticket


def project(ticket: Ticket, items: Iterable[OutboxItem]) -> Ticket:
    """Return the ticket as the agent left it.

    Args:
        ticket: the server's state.
        items: outbox items of this ticket in the order they were made. Only open ones count, and a change that the vendor
            refused (FAILED) no longer does: the screen must not show what is not and will not be so.
    """
    for item in items:
        if item.delivery in (Delivery.SENT, Delivery.FAILED):
            continue
        ticket = _apply(ticket, item)
    return ticket


def _apply(ticket: Ticket, item: OutboxItem) -> Ticket:
    action = item.command.action
    match action:
        case ChangeState():
            return replace(ticket, state=action.state, vendor_state=action.label, state_id=action.to)
        case ChangePriority():
            return replace(ticket, priority=action.priority, vendor_priority=action.label, priority_id=action.to)
        case Assign():
            return replace(ticket, assignee=action.to, assignee_told=True)
        case EditTags():
            kept = tuple(tag for tag in ticket.tags if tag not in action.remove)
            return replace(ticket, tags=kept + tuple(tag for tag in action.add if tag not in kept))
        case EditField():
            if action.name == "subject":
                return replace(ticket, subject=str(action.to or ""))
            return replace(ticket, fields={**ticket.fields, action.name: action.to})
        case ArchiveTicket():
            return replace(ticket, archived=True)
        case CreateTicket():
            return replace(ticket, subject=ticket.subject or action.subject)
        case SendReply() | AddNote() | UploadFile() | PushRecord():
            return ticket
        case _ if isinstance(action, TicketOperation):  # its effect is known once the vendor has told it
            return ticket
        case _:
            assert_never(action)
