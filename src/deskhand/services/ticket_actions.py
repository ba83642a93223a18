"""What can be done to a ticket, and what it means at its vendor: one place for the window, the command line, bulk changes and the demo.

Pure functions of a ticket (or its view) and of what its account offers; nothing is stored or sent here. Vendors differ: some have solved
and closed, some one of them, and Mijn Klantportaal opens a closed ticket again only by a reply to the customer. What the agent may
decide about an outbox item is in `domain.resolutions`, because the store's readers need it too.
"""

from collections.abc import Sequence
from dataclasses import replace

from deskhand.domain import wording
from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Capabilities, Feature, PriorityChoice, StateChoice
from deskhand.domain.commands import (
    Action,
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    DispatchTicket,
    EditField,
    EditTags,
)
from deskhand.domain.tickets import FieldValue, Person, Priority, State, Ticket

from .decisions import AlreadySet, DecideAction, Decision, Irreversible, NotPossible, Question, TicketChange
from .people import me_among, why_no_me
from .tickets import TicketView

_DONE = (State.CLOSED, State.SOLVED)
"""Meanings of done in order of preference: closed where the vendor has it, because the action is called Close."""

_PLAIN = frozenset(("closed", "solved", "resolved"))
"""Labels that say no more than that. "Cancelled" and "Won't fix" mean closed too, but do not suit every ticket."""


# --- states ---


def choice_for_state(ticket: Ticket, capabilities: Capabilities, state: State) -> StateChoice | None:
    """Return the vendor's state that has this meaning; None where there is none.

    Closed and solved stand for each other where a vendor has one of them only. A state of the ticket's own group goes before one
    that the account names for all groups, because not every group has those; a plain label goes before a special one.
    """
    meanings = (state, *(other for other in _DONE if other is not state)) if state.is_done else (state,)
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


def set_state(view: TicketView, choice: StateChoice) -> ChangeState:
    """Return the change to a state, based on what the vendor last confirmed."""
    return ChangeState(view.confirmed.state_id, choice.id, choice.label, choice.state)


def choose_state(choice: StateChoice) -> DecideAction:
    """Return what puts a ticket into a state that was chosen by name."""
    return lambda view: AlreadySet() if choice.id == view.ticket.state_id else set_state(view, choice)


def change_to_state(state: State) -> DecideAction:
    """Return what puts a ticket into its vendor's state of a meaning: CLOSED closes, OPEN reopens."""

    def decide(view: TicketView) -> Decision:
        choice = choice_for_state(view.ticket, view.capabilities, state)
        if choice is None:
            return NotPossible(f"{view.vendor.name} has no state that means {wording.state(state).casefold()}.")
        if is_already(view.ticket, choice):
            return AlreadySet(f"This ticket is “{view.ticket.vendor_state}” already.")
        return set_state(view, choice)

    return decide


# --- priority, fields ---


def set_priority(view: TicketView, choice: PriorityChoice) -> ChangePriority:
    """Return the change to a priority, based on what the vendor last confirmed."""
    return ChangePriority(view.confirmed.priority_id, choice.id, choice.label, choice.priority)


def choose_priority(choice: PriorityChoice) -> DecideAction:
    """Return what gives a ticket a priority that was chosen by name."""
    return lambda view: AlreadySet() if choice.id == view.ticket.priority_id else set_priority(view, choice)


def change_to_priority(priority: Priority) -> DecideAction:
    """Return what gives a ticket its vendor's first priority of a meaning."""

    def decide(view: TicketView) -> Decision:
        if view.ticket.priority is priority:
            return AlreadySet(f"The priority is “{view.ticket.vendor_priority}” already.")
        choice = next((one for one in view.capabilities.priorities if one.priority is priority), None)
        if choice is None:
            meaning = wording.priority(priority).casefold()
            return NotPossible(f"{view.vendor.name} has no priority that means {meaning}.")
        return set_priority(view, choice)

    return decide


def change_subject(text: str) -> DecideAction:
    """Return what gives a ticket another subject."""

    def decide(view: TicketView) -> Decision:
        if text == view.ticket.subject:
            return AlreadySet()
        return EditField("subject", "Subject", view.confirmed.subject, text)

    return decide


def change_field(name: str, value: FieldValue) -> DecideAction:
    """Return what gives a custom field, by its vendor's name, another value."""

    def decide(view: TicketView) -> Decision:
        label = next((field.label for field in view.capabilities.custom_fields if field.name == name), name)
        return EditField(name, label, view.confirmed.fields.get(name), value)

    return decide


def edit_tags(add: Sequence[str], remove: Sequence[str]) -> DecideAction:
    """Return what adds and removes tags."""
    return lambda _view: EditTags(tuple(add), tuple(remove))


def change_tags(add: Sequence[str], remove: Sequence[str]) -> DecideAction:
    """Return what adds tags that a ticket lacks and removes those that it has; a ticket where that is so already is left alone."""

    def decide(view: TicketView) -> Decision:
        has = {tag.casefold(): tag for tag in view.ticket.tags}
        missing = tuple(tag for tag in add if tag.casefold() not in has)
        there = tuple(has[tag.casefold()] for tag in remove if tag.casefold() in has)
        return EditTags(missing, there) if missing or there else AlreadySet()

    return decide


# --- assignee ---


def set_assignee(view: TicketView, person: Person | None) -> Assign | AlreadySet:
    """Return the change that gives a ticket to somebody, or to nobody (None)."""
    if person is None:
        if view.ticket.assignee_seen == "":
            return AlreadySet("This ticket is assigned to nobody already.")
    elif person.is_same(view.ticket.assignee):
        is_me = person.is_same(Person(email=view.account.me))
        return AlreadySet(
            "This ticket is assigned to you already."
            if is_me
            else f"This ticket is assigned to {person.shown} already."
        )
    return Assign(view.confirmed.assignee_seen, person)


def choose_assignee(person: Person | None) -> DecideAction:
    """Return what gives a ticket to somebody who was chosen from its own choices, or to nobody."""
    return lambda view: set_assignee(view, person)


def assign_to_me(view: TicketView) -> Decision:
    """Give a ticket to the agent, who is known by the e-mail of the account's settings."""
    if why := why_no_me(view.account.me, view.account.label):
        return NotPossible(why)
    return set_assignee(view, me_among(view.capabilities.agents, view.account.me))


def assign_to(person: Person | None) -> DecideAction:
    """Return what gives a ticket to somebody, known by e-mail in every account, or to nobody."""

    def decide(view: TicketView) -> Decision:
        if person is None:
            return set_assignee(view, None)
        people = view.capabilities.agents
        listed = next((one for one in people if one.is_same(person)), None)
        is_me = person.is_same(Person(email=view.account.me))
        result = set_assignee(view, listed or Person(email=person.email))
        if isinstance(result, Assign) and listed is None and people and not is_me:
            return NotPossible(f"{view.account.label} does not know {person.shown}.")
        return result

    return decide


# --- operations ---


def archive(_view: TicketView) -> Decision:
    """Archive the record for good."""
    return ArchiveTicket()


def dispatch_to(router: str) -> DecideAction:
    """Return what lets a router, known by its id, choose the owner."""

    def decide(view: TicketView) -> Decision:
        name = next((name for known, name in view.capabilities.routers if known == router), router)
        return DispatchTicket(router, name)

    return decide


def dispatch_to_named(text: str) -> DecideAction:
    """Return what lets a router, known by its id or its name, choose the owner."""

    def decide(view: TicketView) -> Decision:
        routers = view.capabilities.routers
        chosen = next((router for router in routers if text in router), None)
        if chosen is None:
            names = ", ".join(name for _, name in routers) or "none"
            return NotPossible(f"There is no such router. There are: {names}.")
        return DispatchTicket(*chosen)

    return decide


# --- what an agent can ask for ---


def to_state(state: State, verb: str = "") -> TicketChange:
    """Return the change into a vendor's state of a meaning."""
    if state.is_done:
        return TicketChange(Feature.STATE, change_to_state(state), verb or "Close", "Closed {tickets}")
    done = f"Set {{tickets}} to {wording.state(state).casefold()}"
    return TicketChange(Feature.STATE, change_to_state(state), verb or "Change", done)


def to_priority(priority: Priority) -> TicketChange:
    """Return the change to a vendor's priority of a meaning."""
    done = f"Gave {{tickets}} priority {wording.priority(priority).casefold()}"
    return TicketChange(Feature.PRIORITY, change_to_priority(priority), "Change", done)


def to_assignee(person: Person | None) -> TicketChange:
    """Return the change that gives tickets to somebody, or to nobody."""
    whom = person.shown.replace("{", "(").replace("}", ")") if person is not None else "nobody"
    return TicketChange(Feature.ASSIGN, assign_to(person), "Assign", f"Assigned {{tickets}} to {whom}")


def to_tags(add: Sequence[str], remove: Sequence[str]) -> TicketChange:
    """Return the change that adds and removes tags where a ticket lacks or has them."""
    return TicketChange(Feature.TAGS, change_tags(add, remove), "Change", "Changed the tags of {tickets}")


CLOSE = to_state(State.CLOSED, "Close")
REOPEN = replace(to_state(State.OPEN, "Reopen"), done="Reopened {tickets}")
SET_PENDING = to_state(State.PENDING, "Set to pending")
ASSIGN_TO_ME = TicketChange(Feature.ASSIGN, assign_to_me, "Assign", "Assigned {tickets} to you")
ARCHIVE = TicketChange(Feature.ARCHIVE, archive, "Archive")


# --- inverse ---


def is_final(action: Action, before: Ticket, capabilities: Capabilities) -> bool:
    """Tell whether a change cannot be undone through the vendor, so that the agent is asked first.

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


def question_before(action: Action, view: TicketView) -> Question | None:
    """Return what to ask before a change; None where a way leads back."""
    if not is_final(action, view.ticket, view.capabilities):
        return None
    vendor = view.vendor.name
    if isinstance(action, ArchiveTicket):
        detail = f"“{view.ticket.subject}” is archived at {vendor}, which offers no way back."
        return Question("Archive this record?", detail, "Archive")
    return Question("Close this ticket?", f"{vendor}: {wording.done_to(action)}. {wording.NO_WAY_BACK}", "Close")


def inverse(action: Action, before: Ticket, capabilities: Capabilities) -> Action | Irreversible:
    """Return the change that leads back to what the agent saw, or why there is none.

    Args:
        before: the ticket as it was on screen when the change was chosen.
    """
    match action:
        case ArchiveTicket():
            return Irreversible("The vendor offers no way back.")
        case ChangeState() if is_final(action, before, capabilities):
            return Irreversible(wording.NO_WAY_BACK)
        case ChangeState(to=to) if before.state_id:
            return ChangeState(to, before.state_id, before.vendor_state, before.state)
        case ChangePriority(to=to) if before.priority_id:
            return ChangePriority(to, before.priority_id, before.vendor_priority, before.priority)
        case ChangeState() | ChangePriority():
            return Irreversible("It is not known what it was before.")
        case Assign(to=to):
            if before.assignee is None and not before.assignee_told:
                return Irreversible("It is not known whose it was before.")
            if before.assignee is None and not capabilities.unassign:
                return Irreversible("The vendor does not let a ticket belong to nobody again.")
            return Assign(to.reference if to else "", before.assignee)
        case EditTags(add=add, remove=remove):
            had = set(before.tags)
            return EditTags(tuple(tag for tag in remove if tag in had), tuple(tag for tag in add if tag not in had))
        case EditField(name="subject"):
            return EditField("subject", action.label, action.to, before.subject)
        case EditField(name=name):
            return EditField(name, action.label, action.to, before.fields.get(name))
        case _:
            return Irreversible("The vendor offers no opposite of this.")


# --- ACCOUNT/ID ---


def read_ticket_name(accounts: Sequence[Account], text: str) -> tuple[Account, str] | None:
    """Return the account and the id that ACCOUNT/ID names; None where no account fits. A label may hold a slash itself."""
    fitting = [account for account in accounts if text.startswith(f"{account.label}/")]
    if not fitting:
        return None
    owner = max(fitting, key=lambda account: len(account.label))
    return owner, text[len(owner.label) + 1 :]
