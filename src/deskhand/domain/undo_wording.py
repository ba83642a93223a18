"""What is said of something that was done and can be undone: one sentence without its full stop, which names the ticket and the account."""

from .capabilities import Reason
from .commands import (
    Action,
    AddNote,
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    CreateTicket,
    DispatchTicket,
    EditField,
    EditTags,
    SendReply,
    kind_of,
)
from .tickets import State
from .wording import kind, vendor_label

_LONGEST = 34
"""Characters of a subject in a sentence about it."""


def quoted(subject: str) -> str:
    """Return a subject as it stands in a sentence, cut where it is long."""
    line = " ".join(subject.split()) or "No subject"
    cut = line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
    return f"“{cut}”"


def ticket_at(subject: str, account: str) -> str:
    """Return how a ticket is called in a sentence: "“Refund” at Retail EU"."""
    return f"{quoted(subject)} at {account}" if account else quoted(subject)


def did(action: Action, subject: str, account: str, *, was_done: bool = False) -> str:
    """Return what was done to one ticket.

    Args:
        was_done: the ticket was closed or solved before.
    """
    where = ticket_at(subject, account)
    match action:
        case ChangeState(state=meaning) if meaning.is_done:
            return f"Closed {where}"
        case ChangeState(state=State.OPEN) if was_done:
            return f"Reopened {where}"
        case ChangeState(label=label):
            return f"Set {where} to {vendor_label(label)}"
        case ChangePriority(label=label):
            return f"Set the priority of {where} to {vendor_label(label)}"
        case Assign(to=None):
            return f"Assigned {where} to nobody"
        case Assign(to=person):
            return f"Assigned {where} to {person.shown if person else ''}"
        case EditTags(add=add, remove=remove):
            tags = ", ".join([*(f"+{tag}" for tag in add), *(f"\N{MINUS SIGN}{tag}" for tag in remove)])
            return f"Changed the tags of {where}: {tags}"
        case EditField(label=label):
            return f"Changed {vendor_label(label)} of {where}"
        case ArchiveTicket():
            return f"Archived {where}"
        case DispatchTicket(name=name):
            return f"Dispatched {where} to {name}"
        case SendReply() | AddNote():
            return sent(subject, account, is_note=isinstance(action, AddNote))
        case CreateTicket():
            return f"Made the ticket {where}"
        case _:
            return f"{kind(kind_of(action)).capitalize()}: {where}"


def sent(subject: str, account: str, *, is_note: bool) -> str:
    """Return that a message was sent."""
    return f"{'Note' if is_note else 'Reply'} to {ticket_at(subject, account)}"


def kept_note(subject: str, account: str) -> str:
    """Return that a note was kept on this computer."""
    return f"Note on this computer to {ticket_at(subject, account)}"


def discarded(subject: str, account: str, *, is_note: bool) -> str:
    """Return that a draft was discarded."""
    return f"Discarded the {'note' if is_note else 'draft'} of {ticket_at(subject, account)}"


def cannot_recall(vendor: str, why: Reason | None) -> str:
    """Return why a message that has left cannot be taken back; `why` is the account's reason for `Feature.RECALL`."""
    if why is Reason.NOT_DOCUMENTED:
        return f"It has left, and {vendor} documents no way to call a message back through its API."
    return f"It has left, and {vendor}'s API offers no way to call a message back."


def cannot_delete(vendor: str) -> str:
    """Return why a ticket that was made cannot be taken back."""
    return f"It is made, and {vendor}'s API offers no way to delete a ticket."


def pushed(name: str, account: str) -> str:
    """Return that a record was pushed; `name` is the agent's own id of it."""
    return f"Pushed the record {name} to {account}"


def cannot_unpush(vendor: str) -> str:
    """Return why a record that has left cannot be taken back."""
    return f"It has left, and Deskhand knows no way to take a record back at {vendor}."


def linked(one: str, other: str, *, made: bool) -> str:
    """Return that two tickets were linked, or are linked no more; both as `ticket_at` names them."""
    return f"Linked {one} with {other}" if made else f"Took the link between {one} and {other} away"


def no_way_to_part(vendor: str) -> str:
    """Return why a link at the vendor cannot be taken away."""
    return f"It is linked at {vendor}, which documents no way to take that away."


def undone(what: str) -> str:
    """Return that something was undone; `what` is what was done."""
    return f"Undone: {_small(what)}"


def done_again(what: str) -> str:
    """Return that something that was undone was done again."""
    return f"Done again: {_small(what)}"


def cannot_undo(what: str, reasons: str) -> str:
    """Return that something cannot be undone, and why."""
    return f"Cannot be undone: {_small(what)}. {reasons}"


def _small(what: str) -> str:
    return what[:1].lower() + what[1:]


def changed_meanwhile(subject: str, account: str, now: str, wanted: str) -> str:
    """Return that somebody changed a value since.

    Args:
        now: what it is. `wanted`: what it would be set to.
    """
    return f"{ticket_at(subject, account)} is “{now or 'nothing'}” now, and would be “{wanted or 'nothing'}”."


def value(action: Action) -> str:
    """Return what a change sets, as a text."""
    match action:
        case ChangeState(label=label) | ChangePriority(label=label):
            return vendor_label(label)
        case Assign(to=person):
            return person.shown if person is not None else ""
        case EditField(to=to):
            return "" if to is None else str(to)
        case _:
            return ""
