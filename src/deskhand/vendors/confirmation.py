"""Confirms an edit: compares the ticket in the answer, or one read afterwards, with what was requested."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import Enum, auto
from html import unescape
from typing import TypeVar

from deskhand.domain.ports import TicketEdit
from deskhand.domain.problems import AppliedDifferently, DeskProblem, OutcomeUnknown
from deskhand.domain.tickets import FieldValue, Person, RemoteTicket, Ticket
from deskhand.http.answers import ACCEPTED
from deskhand.http.times import parse_time

from .values import as_flag, is_filled

T = TypeVar("T")

_NUMBERS = re.compile(r"\d+")
_FLAGS = frozenset(("true", "false", "yes", "no", "on", "off", "1", "0"))
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_MAX_SHOWN = 80
"""Characters of a value that are shown in a sentence."""

ReadTicket = Callable[[], Awaitable[RemoteTicket]]


class EditResult(Enum):
    """What a ticket, as told, says of a change."""

    APPLIED = auto()
    NOT_SHOWN = auto()
    """It does not speak of a field that was to change."""
    DIFFERENT = auto()
    """A field that was to change has another value."""


async def confirm_edit(
    edit: TicketEdit, returned: RemoteTicket | None, read_ticket: ReadTicket | None, vendor: str
) -> RemoteTicket:
    """Return the ticket that proves a change: the one that the answer told, else the one that looking finds.

    Args:
        returned: what the answer to the write told of this ticket; None where it told nothing of it.
        read_ticket: reads the ticket; None where the vendor cannot be read.
        vendor: its name, for the sentence.

    Raises:
        AppliedDifferently: the vendor's own answer shows another value, and looking does too.
        OutcomeUnknown: neither proves the change.
    """
    said = compare_edit(edit, returned)
    if said is EditResult.APPLIED and returned is not None:
        return returned
    seen, found = said, returned
    if read_ticket is not None:
        try:
            found = await read_ticket()
        except DeskProblem as problem:
            why = problem.detail or type(problem).__name__
            raise OutcomeUnknown(f"the answer does not show the change, and looking failed: {why}") from None
        seen = compare_edit(edit, found)
        if seen is EditResult.APPLIED:
            return found
    if said is EditResult.DIFFERENT and seen is EditResult.DIFFERENT and found is not None:
        raise AppliedDifferently(
            f"{vendor} took the change, and the ticket does not show it: {_difference(edit, found)}."
        )
    raise OutcomeUnknown("the answer does not show the change")


async def confirm_by_reading(read_ticket: Awaitable[T]) -> T:
    """Return what looking for the effect of a write finds.

    Raises:
        OutcomeUnknown: it cannot be looked at, which refuses nothing.
    """
    try:
        return await read_ticket
    except DeskProblem as problem:
        why = problem.detail or type(problem).__name__
    raise OutcomeUnknown(f"what came of it could not be looked at: {why}")


def is_only_accepted(problem: OutcomeUnknown) -> bool:
    """Tell whether the vendor said no more than that it took a write in: looking shows whether it is done."""
    return problem.status == ACCEPTED


def compare_edit(edit: TicketEdit, returned: RemoteTicket | None) -> EditResult:
    """Compare every field that was to change."""
    if returned is None:
        return EditResult.NOT_SHOWN
    found = [_compare_part(part, returned) for part in _parts(edit)]
    return next(
        (verdict for verdict in (EditResult.NOT_SHOWN, EditResult.DIFFERENT) if verdict in found), EditResult.APPLIED
    )


def same_value(asked: FieldValue, returned: FieldValue) -> bool:
    """Tell whether two values of a field are one, whatever the vendor made of their form: case, spaces, a number or time as text."""
    if isinstance(asked, tuple) or isinstance(returned, tuple):
        return _as_set(asked) == _as_set(returned)
    one, other = _folded(asked), _folded(returned)
    if one == other:
        return True
    if (isinstance(asked, bool) or isinstance(returned, bool)) and {one, other} <= _FLAGS:
        return as_flag(one) == as_flag(other)
    try:
        return float(one) == float(other)
    except ValueError:
        moment = parse_time(asked)
        return moment is not None and moment == parse_time(returned)


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


def _compare_part(part: TicketEdit, returned: RemoteTicket) -> EditResult:
    """Compare one field."""
    ticket = returned.ticket
    if part.state_id is not None:
        known, same = "state_id", _folded(part.state_id) in (_folded(ticket.state_id), _folded(ticket.vendor_state))
    elif part.priority_id is not None:
        parts = (_folded(ticket.priority_id), _folded(ticket.vendor_priority))
        known, same = "priority_id", _folded(part.priority_id) in parts
    elif part.assign:
        known, same = "assignee", _is_person(part.assignee, ticket.assignee)
    elif part.tags is not None:
        before, asked, now = (_as_set(tags) for tags in (part.ticket.tags, part.tags, ticket.tags))
        known, same = "tags", asked <= now and not (before - asked) & now
    else:
        return _compare_field(part, returned)
    if returned.known is not None and known not in returned.known:
        return EditResult.NOT_SHOWN
    return EditResult.APPLIED if same else EditResult.DIFFERENT


def _compare_field(part: TicketEdit, returned: RemoteTicket) -> EditResult:
    """Compare a subject or custom field: a third value, neither the old nor the asked one, may be the vendor's form of what was asked."""
    ((name, asked),) = (part.fields or {}).items()
    known = "subject" if name == "subject" else "fields"
    if returned.known is not None and known not in returned.known and name not in returned.ticket.fields:
        return EditResult.NOT_SHOWN
    before, now = _value(part.ticket, name), _value(returned.ticket, name)
    if same_value(asked, now) or (not same_value(before, now) and _is_reformatted(asked, now)):
        return EditResult.APPLIED
    return EditResult.DIFFERENT


def _value(ticket: Ticket, name: str) -> FieldValue:
    return ticket.subject if name == "subject" else ticket.fields.get(name)


def _is_reformatted(asked: FieldValue, now: FieldValue) -> bool:
    """Tell whether a value is what a vendor makes of another: without its markup and signs, cut off, a date in its own form."""
    if not is_filled(now) or isinstance(asked, tuple) or isinstance(now, tuple):
        return False
    if parse_time(now) is not None and (digits := _NUMBERS.findall(str(asked))):
        return set(digits) <= set(_NUMBERS.findall(str(now)))
    one, other = _letters(asked), _letters(now)
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and longer.startswith(shorter) and 2 * len(shorter) >= len(longer)


def _letters(value: FieldValue) -> str:
    text = unescape(_MARKUP.sub(" ", str(value)))
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _difference(edit: TicketEdit, found: RemoteTicket) -> str:
    """Name the fields that are otherwise, with the value that they have."""
    ticket = found.ticket
    parts = []
    for part in _parts(edit):
        if _compare_part(part, found) is EditResult.APPLIED:
            continue
        if part.state_id is not None:
            parts.append(f"its state is {ticket.vendor_state or 'not told'}")
        elif part.priority_id is not None:
            parts.append(f"its priority is {ticket.vendor_priority or 'not told'}")
        elif part.assign:
            parts.append(f"it belongs to {ticket.assignee.shown if ticket.assignee else 'nobody'}")
        elif part.tags is not None:
            parts.append(f"its tags are {', '.join(ticket.tags) or 'none'}")
        else:
            parts += [_shown(part.ticket, ticket, name) for name in part.fields or {}]
    return ", ".join(parts)


def _shown(before: Ticket, now: Ticket, name: str) -> str:
    value = _value(now, name)
    if same_value(_value(before, name), value):
        return f"{name} is unchanged"
    text = " ".join(str(value).split()) if is_filled(value) else ""
    return f"{name} is “{text[:_MAX_SHOWN]}{'…' if len(text) > _MAX_SHOWN else ''}”" if text else f"{name} is empty"


def _is_person(asked: Person | None, returned: Person | None) -> bool:
    if asked is None or returned is None:
        return asked is returned
    return asked.is_same(returned) or bool(
        {_folded(asked.id), _folded(asked.email)} & ({_folded(returned.id), _folded(returned.email)} - {""})
    )


def _as_set(value: FieldValue | tuple[str, ...]) -> frozenset[str]:
    parts = value if isinstance(value, tuple) else () if value is None else (value,)
    return frozenset(_folded(part) for part in parts)


def _folded(value: object) -> str:
    return "" if value is None else " ".join(str(value).casefold().split())
