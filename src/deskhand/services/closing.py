"""What closing and reopening a ticket mean, for the key, the menu, Send and close, the command line and the demo alike.

Vendors differ in their words and in their way back: some have solved and closed, some one of them, and Mijn Klantportaal opens a
closed ticket again only by a reply to the customer. Pure functions of a ticket and of what its account can do.
"""

from deskhand.domain.capabilities import Capabilities, StateChoice
from deskhand.domain.commands import Action, ArchiveTicket, Assign, ChangeState
from deskhand.domain.tickets import State, Ticket

_DONE = (State.CLOSED, State.SOLVED)
"""Closed where the vendor has it, for that is what the word on the key says; else solved."""

_PLAIN = frozenset(("closed", "solved", "resolved"))
"""Words that say no more than that: a vendor's "Cancelled" and "Won't fix" are closed as well, and are no way to end any ticket."""


def choice_for_state(ticket: Ticket, capabilities: Capabilities, state: State) -> StateChoice | None:
    """Return the state that puts a ticket into this meaning, in its vendor's own word; None where there is none.

    Closed and solved stand for each other where a vendor has one of them only. A state of the ticket's own group goes before one
    that the account names for all groups, because not every group has those; a plain word goes before a special one.
    """
    meanings = _ends(state) if state.is_done else (state,)
    choices = capabilities.states_for(ticket.group.id if ticket.group else None)
    fitting = [choice for choice in choices if choice.state in meanings]
    return min(
        fitting,
        key=lambda c: (c.group is None, meanings.index(c.state), c.label.casefold() not in _PLAIN),
        default=None,
    )


def closing_state(ticket: Ticket, capabilities: Capabilities) -> StateChoice | None:
    """Return the state that closing this ticket puts it into; None where none of its states means done."""
    return choice_for_state(ticket, capabilities, State.CLOSED)


def is_already(ticket: Ticket, choice: StateChoice) -> bool:
    """Tell whether a ticket needs no change to be in this state: it is, or is in one that means the same or more."""
    means_it = ticket.state is choice.state or (choice.state.is_done and ticket.state is State.CLOSED)
    return choice.id == ticket.state_id or means_it


def is_final(action: Action, before: Ticket, capabilities: Capabilities) -> bool:
    """Tell whether a change has no way back through the vendor once it has arrived.

    Args:
        before: the ticket that it is to be done to.
    """
    match action:
        case ArchiveTicket():
            return True
        case ChangeState(state=meaning):
            return meaning.is_done and not before.state.is_done and not capabilities.reopens
        case _:
            return False


def has_way_back(action: Action, before: Ticket, capabilities: Capabilities) -> bool:
    """Tell whether the opposite of a change can be asked of the vendor after it has arrived: only then is undo offered."""
    if isinstance(action, Assign):
        return before.assignee is not None or (before.assignee_told and capabilities.unassign)
    return not is_final(action, before, capabilities)


def _ends(meaning: State) -> tuple[State, ...]:
    return (meaning, *(state for state in _DONE if state is not meaning))
