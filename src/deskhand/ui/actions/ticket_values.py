"""What a ticket can be set to, each value an action by itself, and what it is set to now."""

from collections.abc import Callable, Sequence

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.tickets import Person, Priority, State
from deskhand.services import ticket_actions as changes
from deskhand.services.decisions import AlreadySet, NotPossible, TicketChange
from deskhand.services.tickets import TicketView
from deskhand.ui.actions.action import Action, Group, Takes, translate
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_subject import all_can, one_or_several, to_all, to_open

PEOPLE_LISTED = 500
"""People of whom each is a choice of its own; where there are more, "Assign to …" finds the others."""

_SAME_AS = {State.CLOSED: "close", State.SOLVED: "close", State.OPEN: "reopen", State.PENDING: "pending"}
"""Which action a state of this meaning is called by too."""


def _value(
    identifier: str, title: str, name: str, change: TicketChange, s: Selection, *, meaning: str = "", same_as: str = ""
) -> Action[Selection]:
    """Return the action that sets the open ticket, or all that is selected, to one of its values.

    Args:
        name: the value, as the vendor calls it.
        meaning: what it means, where the vendor's word says it otherwise.
        same_as: the action that this is called by too.
    """
    vendor = s.ticket.vendor.name if s.ticket is not None else ""

    def why(view: TicketView) -> str:
        match change.decide(view):
            case NotPossible(reason=reason):
                return reason
            case AlreadySet():
                return translate("It is so already.")
            case _:
                return ""

    return Action(
        identifier,
        title,
        (),
        one_or_several(to_open(change), to_all(change)),
        all_can(change.feature, why),
        Group.TICKET,
        Takes.SEVERAL,
        tip="{vendor}’s word for “{meaning}”" if meaning else "",
        values={"name": name, "vendor": vendor, "meaning": meaning},
        same_as=same_as,
    )


def states(s: Selection) -> Sequence[Action[Selection]]:
    """Return what sets the state: the vendor's own states of the open ticket, or the meanings that the selected ones have."""
    if s.several is not None:
        meanings = [meaning for meaning in s.several.choices.states if meaning is not State.OTHER]
        return [
            _value(
                f"state {one}",
                "State: {name}",
                wording.state(one),
                changes.to_state(one),
                s,
                same_as=_SAME_AS.get(one, ""),
            )
            for one in meanings
        ]
    found = []
    for one in s.ticket.states if s.ticket is not None else ():
        name, change = wording.vendor_title(one.label), TicketChange(Feature.STATE, changes.choose_state(one), "Change")
        meaning = wording.state(one.state).casefold()
        is_plain = one.state is State.OTHER or name.casefold() == meaning
        found.append(
            _value(
                f"state {one.id}",
                "State: {name}",
                name,
                change,
                s,
                meaning="" if is_plain else meaning,
                same_as=_SAME_AS.get(one.state, ""),
            )
        )
    return found


def priorities(s: Selection) -> Sequence[Action[Selection]]:
    """Return what sets the priority."""
    if s.several is not None:
        meanings = [meaning for meaning in s.several.choices.priorities if meaning is not Priority.OTHER]
        return [
            _value(f"priority {one}", "Priority: {name}", wording.priority(one), changes.to_priority(one), s)
            for one in meanings
        ]
    return [
        _value(
            f"priority {one.id}",
            "Priority: {name}",
            wording.vendor_title(one.label),
            TicketChange(Feature.PRIORITY, changes.choose_priority(one), "Change"),
            s,
        )
        for one in (s.ticket.capabilities.priorities if s.ticket is not None else ())
    ]


def assignees(s: Selection) -> Sequence[Action[Selection]]:
    """Return everybody whom the ticket may be given to but the agent, who has an action of their own."""
    if s.several is None and s.ticket is None:
        return ()
    choices = s.several.choices.assignees if s.several is not None else s.ticket.assignees if s.ticket else None
    if choices is None:
        return ()

    def change(person: Person | None) -> TicketChange:
        if s.several is not None:
            return changes.to_assignee(person)
        return TicketChange(Feature.ASSIGN, changes.choose_assignee(person), "Assign")

    others = [one for one in choices.people if choices.me is None or not one.is_same(choices.me)][:PEOPLE_LISTED]
    made = [_value(f"assign {one.reference}", "Assign to {name}", one.shown, change(one), s) for one in others]
    return [*made, _value("assign nobody", "Assign to nobody", "", change(None), s)] if choices.nobody else made


def add_tag(tag: str, s: Selection) -> Action[Selection]:
    """Return the action that adds one tag to the open ticket."""
    return _value(
        f"tag {tag}", "Add tag: {name}", tag, TicketChange(Feature.TAGS, changes.edit_tags((tag,), ()), "Change"), s
    )


def now_of(said: Callable[[TicketView], str]) -> Callable[[Selection], str]:
    """Return what says what the open ticket is set to; nothing of several."""
    return lambda s: said(s.ticket) if s.several is None and s.ticket is not None else ""


def state_now(view: TicketView) -> str:
    """Return which state the ticket has, and which others it can have."""
    labels = [wording.vendor_title(one.label) for one in view.states if one.id != view.ticket.state_id]
    now = wording.vendor_title(view.ticket.vendor_state) or wording.state(view.ticket.state)
    return " · ".join(filter(None, (translate("is {value}").format(value=now), ", ".join(labels[:6]))))


def priority_now(view: TicketView) -> str:
    """Return which priority the ticket has."""
    now = wording.vendor_title(view.ticket.vendor_priority) or wording.priority(view.ticket.priority)
    return translate("is {value}").format(value=now)


def assignee_now(view: TicketView) -> str:
    """Return whose the ticket is."""
    person = view.ticket.assignee
    if person is None:
        return translate("is nobody") if view.ticket.assignee_told else ""
    is_me = person.is_same(Person(email=view.account.me))
    return translate("is you") if is_me else translate("is {value}").format(value=person.shown)


def reply_now(view: TicketView) -> str:
    """Return whom a reply goes to, and as whom."""
    name = view.ticket.requester.shown if view.ticket.requester is not None else ""
    said = translate("to {name}, as {account}") if name else translate("as {account}")
    return said.format(name=name, account=view.account.label)


def note_now(view: TicketView) -> str:
    """Return where a note goes."""
    return (
        translate("kept on this computer") if view.obstacle(Feature.NOTE) is not None else translate("for colleagues")
    )
