"""Did a change happen? What an answer, or a look afterwards, tells of a ticket is held against what was asked."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import Enum, auto
from html import unescape
from typing import TypeVar

from deskhand.domain.ports import TicketEdit
from deskhand.domain.problems import DeskProblem, NotAsAsked, OutcomeUnknown
from deskhand.domain.tickets import FieldValue, Person, RemoteTicket, Ticket
from deskhand.http.answers import ACCEPTED
from deskhand.http.times import parse_time

from .foreign import as_flag, filled

T = TypeVar("T")

_DIGITS = re.compile(r"\d+")
_FLAGS = frozenset(("true", "false", "yes", "no", "on", "off", "1", "0"))
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_SHOWN = 80
"""Characters of a value that are shown in a sentence."""

Look = Callable[[], Awaitable[RemoteTicket]]


class Told(Enum):
    """What a ticket, as told, says of a change."""

    DONE = auto()
    SILENT = auto()
    """It does not speak of a field that was to change."""
    OTHERWISE = auto()
    """A field that was to change has another value."""


async def settled(edit: TicketEdit, told: RemoteTicket | None, look: Look | None, vendor: str) -> RemoteTicket:
    """Return the ticket that proves a change: the one that the answer told, else the one that looking finds.

    Args:
        told: what the answer to the write told of this ticket; None where it told nothing of it.
        look: reads the ticket; None where the vendor cannot be read.
        vendor: its name, for the sentence.

    Raises:
        NotAsAsked: the vendor's own answer shows another value, and looking does too.
        OutcomeUnknown: neither proves the change.
    """
    said = says(edit, told)
    if said is Told.DONE and told is not None:
        return told
    seen, found = said, told
    if look is not None:
        try:
            found = await look()
        except DeskProblem as problem:
            why = problem.detail or type(problem).__name__
            raise OutcomeUnknown(f"the answer does not show the change, and looking failed: {why}") from None
        seen = says(edit, found)
        if seen is Told.DONE:
            return found
    if said is Told.OTHERWISE and seen is Told.OTHERWISE and found is not None:
        raise NotAsAsked(f"{vendor} took the change, and the ticket does not show it: {_difference(edit, found)}.")
    raise OutcomeUnknown("the answer does not show the change")


async def looked_for(look: Awaitable[T]) -> T:
    """Return what looking for the effect of a write finds.

    Raises:
        OutcomeUnknown: it cannot be looked at, which refuses nothing.
    """
    try:
        return await look
    except DeskProblem as problem:
        why = problem.detail or type(problem).__name__
    raise OutcomeUnknown(f"what came of it could not be looked at: {why}")


def only_taken_in(problem: OutcomeUnknown) -> bool:
    """Tell whether the vendor said no more than that it took a write in: looking shows whether it is done."""
    return problem.status == ACCEPTED


def says(edit: TicketEdit, told: RemoteTicket | None) -> Told:
    """Compare every field that was to change."""
    if told is None:
        return Told.SILENT
    found = [_one(part, told) for part in _parts(edit)]
    return next((verdict for verdict in (Told.SILENT, Told.OTHERWISE) if verdict in found), Told.DONE)


def same_value(asked: FieldValue, told: FieldValue) -> bool:
    """Tell whether two values of a field are one, whatever the vendor made of their form: case, spaces, a number or time as text."""
    if isinstance(asked, tuple) or isinstance(told, tuple):
        return _set_of(asked) == _set_of(told)
    one, other = _folded(asked), _folded(told)
    if one == other:
        return True
    if (isinstance(asked, bool) or isinstance(told, bool)) and {one, other} <= _FLAGS:
        return as_flag(one) == as_flag(other)
    try:
        return float(one) == float(other)
    except ValueError:
        moment = parse_time(asked)
        return moment is not None and moment == parse_time(told)


def _parts(edit: TicketEdit) -> list[TicketEdit]:
    """Split an edit into edits of one field."""
    bare = TicketEdit(edit.ticket)
    found = []
    if edit.state_id is not None:
        found.append(replace(bare, state_id=edit.state_id))
    if edit.priority_id is not None:
        found.append(replace(bare, priority_id=edit.priority_id))
    if edit.assign:
        found.append(replace(bare, assign=True, assignee=edit.assignee))
    if edit.tags is not None:
        found.append(replace(bare, tags=edit.tags))
    found += [replace(bare, fields={name: value}) for name, value in (edit.fields or {}).items()]
    return found


def _one(part: TicketEdit, told: RemoteTicket) -> Told:
    """Compare one field."""
    ticket = told.ticket
    if part.state_id is not None:
        known, same = "state_id", _folded(part.state_id) in (_folded(ticket.state_id), _folded(ticket.vendor_state))
    elif part.priority_id is not None:
        words = (_folded(ticket.priority_id), _folded(ticket.vendor_priority))
        known, same = "priority_id", _folded(part.priority_id) in words
    elif part.assign:
        known, same = "assignee", _is_person(part.assignee, ticket.assignee)
    elif part.tags is not None:
        before, asked, now = (_set_of(tags) for tags in (part.ticket.tags, part.tags, ticket.tags))
        known, same = "tags", asked <= now and not (before - asked) & now
    else:
        return _field(part, told)
    if told.known is not None and known not in told.known:
        return Told.SILENT
    return Told.DONE if same else Told.OTHERWISE


def _field(part: TicketEdit, told: RemoteTicket) -> Told:
    """Compare a subject or custom field: a third value, neither the old nor the asked one, may be the vendor's form of what was asked."""
    ((name, asked),) = (part.fields or {}).items()
    known = "subject" if name == "subject" else "fields"
    if told.known is not None and known not in told.known and name not in told.ticket.fields:
        return Told.SILENT
    before, now = _value(part.ticket, name), _value(told.ticket, name)
    if same_value(asked, now) or (not same_value(before, now) and _is_form_of(asked, now)):
        return Told.DONE
    return Told.OTHERWISE


def _value(ticket: Ticket, name: str) -> FieldValue:
    return ticket.subject if name == "subject" else ticket.fields.get(name)


def _is_form_of(asked: FieldValue, now: FieldValue) -> bool:
    """Tell whether a value is what a vendor makes of another: without its markup and signs, cut off, a date in its own form."""
    if not filled(now) or isinstance(asked, tuple) or isinstance(now, tuple):
        return False
    if parse_time(now) is not None and (digits := _DIGITS.findall(str(asked))):
        return set(digits) <= set(_DIGITS.findall(str(now)))
    one, other = _letters(asked), _letters(now)
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and longer.startswith(shorter) and 2 * len(shorter) >= len(longer)


def _letters(value: FieldValue) -> str:
    text = unescape(_MARKUP.sub(" ", str(value)))
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _difference(edit: TicketEdit, found: RemoteTicket) -> str:
    """Name the fields that are otherwise, with the value that they have."""
    ticket = found.ticket
    words = []
    for part in _parts(edit):
        if _one(part, found) is Told.DONE:
            continue
        if part.state_id is not None:
            words.append(f"its state is {ticket.vendor_state or 'not told'}")
        elif part.priority_id is not None:
            words.append(f"its priority is {ticket.vendor_priority or 'not told'}")
        elif part.assign:
            words.append(f"it belongs to {ticket.assignee.shown if ticket.assignee else 'nobody'}")
        elif part.tags is not None:
            words.append(f"its tags are {', '.join(ticket.tags) or 'none'}")
        else:
            words += [_shown(part.ticket, ticket, name) for name in part.fields or {}]
    return ", ".join(words)


def _shown(before: Ticket, now: Ticket, name: str) -> str:
    value = _value(now, name)
    if same_value(_value(before, name), value):
        return f"{name} is unchanged"
    text = " ".join(str(value).split()) if filled(value) else ""
    return f"{name} is “{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if text else f"{name} is empty"


def _is_person(asked: Person | None, told: Person | None) -> bool:
    if asked is None or told is None:
        return asked is told
    return asked.is_same(told) or bool(
        {_folded(asked.id), _folded(asked.email)} & ({_folded(told.id), _folded(told.email)} - {""})
    )


def _set_of(value: FieldValue | tuple[str, ...]) -> frozenset[str]:
    parts = value if isinstance(value, tuple) else () if value is None else (value,)
    return frozenset(_folded(part) for part in parts)


def _folded(value: object) -> str:
    return "" if value is None else " ".join(str(value).casefold().split())
