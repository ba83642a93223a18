"""What a vendor told twice in one answer or across its pages, merged. Pure.

Vendors' pages shift while they are read, and some servers simply repeat an entry. Two entries with one id are one thing: the later
one is newer. Only where they surely are two, another author or another moment, both are stored, the second under an id of its own: no
text of a customer may hide behind another's id.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from .capabilities import Capabilities, FormField, RecordForm
from .threads import Attachment, RemoteMessage, RemoteThread
from .tickets import Group, RemoteTicket

T = TypeVar("T")


def unique(items: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Return the items without repetitions of a key, each at its first place and as it was told last."""
    found: dict[Hashable, T] = {}
    for item in items:
        found[key(item)] = item
    return tuple(found.values())


def thread(told: RemoteThread) -> tuple[RemoteThread, int]:
    """Return a conversation in which no id stands twice, and how many entries were merged."""
    messages: dict[str, RemoteMessage] = {}
    for each in told.messages:
        message = each
        name, number = message.id, 1
        while (before := messages.get(name)) is not None and not _is_same(before, message):
            number += 1
            name = f"{message.id}~{number}"
        if before is not None:
            files = (*before.attachments, *message.attachments)
            message = replace(message, attachments=files, key=message.key or before.key)
        messages[name] = message if name == message.id else replace(message, id=name)
    unique_ones = tuple(_with_unique_files(message) for message in messages.values())
    history = tuple(dict.fromkeys(told.history))
    merged = len(told.messages) - len(messages) + len(told.history) - len(history)
    merged += sum(len(message.attachments) for message in told.messages) - sum(
        len(message.attachments) for message in unique_ones
    )
    ticket = None if told.ticket is None else remote_ticket(told.ticket)
    return replace(told, messages=unique_ones, history=history, ticket=ticket), max(0, merged)


def remote_ticket(told: RemoteTicket) -> RemoteTicket:
    """Return a ticket in which no tag stands twice."""
    tags = tuple(dict.fromkeys(told.ticket.tags))
    return told if len(tags) == len(told.ticket.tags) else replace(told, ticket=replace(told.ticket, tags=tags))


def capabilities(told: Capabilities) -> Capabilities:
    """Return what an account can do with every choice offered once."""
    return replace(
        told,
        states=unique(told.states, lambda each: (each.id, each.group)),
        priorities=unique(told.priorities, lambda each: each.id),
        agents=unique(told.agents, lambda each: each.id or each.email.casefold() or each.name),
        groups=unique(told.groups, _group),
        create_form=_form(told.create_form),
        custom_fields=_form(told.custom_fields),
        routers=unique(told.routers, lambda each: each[0]),
        records=unique((_record(each) for each in told.records), lambda each: each.kind),
    )


def _is_same(one: RemoteMessage, other: RemoteMessage) -> bool:
    """Tell whether two messages with one id are one message, perhaps edited in between."""
    return (one.side, one.author, one.visibility, one.created_at) == (
        other.side, other.author, other.visibility, other.created_at,
    ) or one.body == other.body  # fmt: skip


def _with_unique_files(told: RemoteMessage) -> RemoteMessage:
    files = unique(told.attachments, _file)
    names: set[str] = set()
    named = []
    for file in files:
        name, number = file.id, 1
        while name and name in names:  # another file behind the same id
            number += 1
            name = f"{file.id}~{number}"
        names.add(name)
        named.append(file if name == file.id else replace(file, id=name))
    return told if tuple(named) == told.attachments else replace(told, attachments=tuple(named))


def _file(file: Attachment) -> Hashable:
    return file.id, file.name, file.size


def _group(group: Group) -> Hashable:
    return group.id, group.parent


def _form(fields: Iterable[FormField]) -> tuple[FormField, ...]:
    return tuple(
        field
        if len(choices := unique(field.choices, lambda each: each[0])) == len(field.choices)
        else replace(field, choices=choices)
        for field in unique(fields, lambda each: each.name)
    )


def _record(form: RecordForm) -> RecordForm:
    fields = _form(form.fields)
    return form if fields == form.fields else replace(form, fields=fields)
