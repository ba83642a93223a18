"""What leaves, made clean in one place: before an action becomes a command, and nowhere else."""

from collections.abc import Mapping
from dataclasses import replace

from deskhand.content.characters import one_line, outgoing, outgoing_html
from deskhand.domain.commands import Action, AddNote, CreateTicket, EditField, EditTags, PushRecord, SendReply
from deskhand.domain.tickets import FieldValue

SUBJECTS = frozenset(["subject", "title", "ticket_name"])
"""The vendors' names of what stands in one line above a ticket."""


def clean(action: Action) -> Action:
    """Return the action with texts as they may leave (`content.characters`): breaks are line ends, no other control is left.

    Subjects, tags and names are one line.
    """
    match action:
        case SendReply() | AddNote():
            return replace(action, text=outgoing(action.text), html=outgoing_html(action.html))
        case EditTags():
            return replace(action, add=tuple(filter(None, map(one_line, action.add))))
        case EditField():
            return replace(action, to=clean_value(action.name, action.to))
        case CreateTicket():
            return replace(action, subject=one_line(action.subject), fields=clean_fields(action.fields))
        case PushRecord():
            return replace(action, fields=clean_fields(action.fields))
        case _:
            return action


def clean_fields(fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Return the values of a form as they may leave."""
    return {name: clean_value(name, value) for name, value in fields.items()}


def clean_value(name: str, value: FieldValue) -> FieldValue:
    """Return one value of a form as it may leave; numbers, ticks and nothing are what they are."""
    match value:
        case str():
            return one_line(value) if name in SUBJECTS else outgoing(value)
        case tuple():
            return tuple(map(one_line, value))
        case _:
            return value
