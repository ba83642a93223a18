"""A change against what the vendor has now. Pure: three-way by field, tags as sets (reliability reference 2.4)."""

from deskhand.domain.commands import Assign, ChangePriority, ChangeState, EditField, EditTags, FieldChange
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import TicketEdit
from deskhand.domain.tickets import Person, Ticket


@dataclass(frozen=True, slots=True)
class Done:
    """The vendor has it so already."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the same field to something else.

    Attributes:
        theirs: what it is now, as a text.
    """

    theirs: str


def merge(change: FieldChange, now: Ticket, *, forced: bool) -> TicketEdit | Done | Conflict:
    """Return what to write.

    Args:
        now: the ticket as the vendor has it, read just before.
        forced: the agent has seen the conflict and wants it all the same.
    """
    match change:
        case ChangeState():
            if change.to in (now.state_id, now.vendor_state):
                return Done()
            if not forced and change.base not in ("", now.state_id, now.vendor_state):
                return Conflict(now.vendor_state)
            return TicketEdit(now, state_id=change.to)
        case ChangePriority():
            if change.to and change.to in (now.priority_id, now.vendor_priority):
                return Done()
            if not forced and change.base not in ("", now.priority_id, now.vendor_priority):
                return Conflict(now.vendor_priority)
            return TicketEdit(now, priority_id=change.to)
        case Assign():
            if change.to.is_same(now.assignee) if change.to else now.assignee is None:
                return Done()
            if not forced and change.base is not None and not _is_person(now.assignee, change.base):
                return Conflict(now.assignee.shown if now.assignee else "")
            return TicketEdit(now, assign=True, assignee=change.to)
        case EditTags():
            tags = tuple(tag for tag in now.tags if tag not in change.remove)
            tags += tuple(tag for tag in change.add if tag not in tags)
            return Done() if set(tags) == set(now.tags) else TicketEdit(now, tags=tags)
        case EditField():
            current = now.subject if change.name == "subject" else now.fields.get(change.name)
            if current == change.to:
                return Done()
            if not forced and change.base != current and not (change.base in ("", None) and current in ("", None)):
                return Conflict(str(current if current is not None else ""))
            return TicketEdit(now, fields={change.name: change.to})


def _is_person(person: Person | None, base: str) -> bool:
    if person is None:
        return not base
    return bool(base) and base.casefold() in {person.email.casefold(), person.id.casefold(), person.name.casefold()}
