"""Maps NexusCore's values to the domain's. Pure."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deskhand.content.addresses import read_addresses
from deskhand.domain.capabilities import BodyFormat, FieldKind, FormField, PriorityChoice, StateChoice
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import Attachment, HistoryEntry, RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import FieldValue, Group, Person, Priority, RemoteTicket, State, Ticket
from deskhand.http.address import is_below
from deskhand.http.wire import Item, read_items
from deskhand.vendors.bodies import body_format
from deskhand.vendors.values import field_value, priority_of, state_of

from . import wire
from .conversation import Detail

STATES = (
    StateChoice("open", "open", State.OPEN),
    StateChoice("pending", "pending", State.PENDING),
    StateChoice("snoozed", "snoozed", State.SNOOZED),
    StateChoice("resolved", "resolved", State.SOLVED),
)
"""All that the documents name. There is no `closed`, and no time at which a snooze ends."""

DOCUMENTED_PRIORITY = PriorityChoice("high", "high", Priority.HIGH)
"""The only one that any sample shows; others are learnt from data."""

ORIGINS = ("email", "web", "api")

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "subject": ("subject",),
    "status": ("state", "vendor_state", "state_id"),
    "brand_id": ("group",),
    "priority": ("priority", "vendor_priority", "priority_id"),
    "created_at": ("created_at",),
    "updated_at": ("updated_at",),
    "assigned_to": ("assignee",),
    "customer": ("requester",),
    "tags": ("tags",),
    "origin": ("source",),
    "due_at": ("due_at",),
    "sentiment": ("sentiment",),
}
"""Which of our fields a field of the vendor speaks of."""

_CUSTOMERS = frozenset(("customer", "end_user", "user", "requester", "contact", "client", "inbound", "incoming"))
_AGENTS = frozenset(("agent", "staff", "operator", "admin", "lead", "outbound", "outgoing", "employee"))


def ticket(
    account: AccountId, item: Item[wire.Ticket], brands: Mapping[str, str], *, whole: bool = False
) -> RemoteTicket:
    """Return a ticket that knows exactly what the vendor spoke of.

    Args:
        brands: names by id, as far as known.
        whole: everything was asked for, so that it speaks of all further fields. A list or a search that happens to tell one of
            them (a score) says nothing of the others.
    """
    said = item.model
    spoken = said.model_fields_set
    mapped = Ticket(
        key=TicketKey(account, said.id),
        subject=said.subject,
        state=state_of(said.status),
        vendor_state=said.status,
        state_id=said.status,
        priority=priority_of(said.priority),
        vendor_priority=said.priority,
        priority_id=said.priority,
        requester=person(said.customer),
        assignee=person(said.assigned_to),
        tags=said.tags,
        group=Group(said.brand_id, brands.get(said.brand_id) or said.brand_id) if said.brand_id else None,
        source=said.origin,
        created_at=said.created_at,
        updated_at=said.updated_at,
        due_at=said.due_at,
        sentiment=said.sentiment,
        fields=_unmapped_fields(said),
    )
    known = {ours for theirs in spoken for ours in _COLUMNS.get(theirs, ())}
    if whole:
        known.add("fields")
    return RemoteTicket(mapped, frozenset(known), item.raw)


def assigned(remote: RemoteTicket, to: Person) -> RemoteTicket:
    """Return a ticket that was asked for by its assignee, who is told by that unless the ticket itself says it."""
    if remote.known is None or "assignee" in remote.known:
        return remote
    return replace(remote, ticket=replace(remote.ticket, assignee=to), known=remote.known | {"assignee"})


def thread(key: TicketKey, detail: Detail, brands: Mapping[str, str], home: str = "") -> RemoteThread:
    """Return the conversation, oldest message first; what could not be read is said in its history and stored in `raw`.

    Args:
        home: the account's base address, by which files on other hosts are told; "" = not known, so all count as elsewhere.
    """
    head = (
        RemoteTicket(Ticket(key), known=frozenset(), raw=detail.raw)
        if detail.ticket is None
        else ticket(key.account, detail.ticket, brands, whole=True)
    )
    customer = head.ticket.requester
    roles = {contact.email.casefold(): contact.role.casefold() for contact in detail.participants if contact.email}
    items = () if detail.messages is None else detail.messages.items
    messages = _with_ids([message(item, customer, roles, home) for item in items])
    opening = _opening(detail, messages, customer)
    ordered = sorted((*opening, *messages), key=lambda entry: entry.created_at.timestamp() if entry.created_at else 0.0)
    left_out = 0 if detail.messages is None else detail.messages.left_out
    history = [
        HistoryEntry(event.at, _event(event), "" if event.who is None else _shown(event.who)) for event in detail.events
    ]
    if left_out:
        head = replace(head, raw=detail.raw)
        history.append(HistoryEntry(None, f"{left_out} of this conversation's messages could not be read"))
    return RemoteThread(
        messages=tuple(ordered),
        ticket=head,
        history=tuple(history),
        complete=detail.messages is not None and not left_out,
    )


def message(
    item: Item[wire.Message], customer: Person | None, roles: Mapping[str, str], home: str = ""
) -> RemoteMessage:
    """Return one message; `home` as for `thread`."""
    said = item.model
    author = person(said.author) or Person()
    author = Person(author.name or said.author_name, author.email or said.author_email, author.id)
    body, kind = (said.html, BodyFormat.HTML) if said.html else (said.body, _format(said))
    role = said.author_type or ("" if said.author is None else said.author.role)
    side = _side(role.casefold() or roles.get(author.email.casefold(), ""), author, customer)
    return RemoteMessage(
        id=said.id,
        author=author,
        side=side,
        visibility=_read_by(said, side),
        body=body,
        format=kind,
        created_at=said.created_at,
        attachments=tuple(_attachment(file, place, home) for place, file in enumerate(_files(said))),
        raw=item.raw,
        cc=_copies(said.cc),
    )


def _copies(told: Any) -> tuple[str, ...]:
    """Return who got a copy: the reply's documented `cc` is a list of addresses, how it is read back is not documented."""
    entries = told if isinstance(told, list) else [told]
    texts = (entry.get("email") or entry.get("address") if isinstance(entry, dict) else entry for entry in entries)
    return read_addresses("\n".join(text for text in texts if isinstance(text, str))).addresses


def person(contact: wire.Contact | None) -> Person | None:
    """Return a person, None where nothing is said of one."""
    if contact is None or not (contact.name or contact.email or contact.id):
        return None
    return Person(contact.name, contact.email, contact.id)


def priority_choices(seen: Mapping[str, PriorityChoice]) -> tuple[PriorityChoice, ...]:
    """Return the priorities that may be offered, most urgent first: the sure one and those seen in data."""
    order = tuple(Priority)
    return tuple(
        sorted(
            {DOCUMENTED_PRIORITY.id: DOCUMENTED_PRIORITY, **seen}.values(),
            key=lambda choice: order.index(choice.priority),
        )
    )


def create_form(groups: tuple[Group, ...], priorities: tuple[PriorityChoice, ...]) -> tuple[FormField, ...]:
    """Return the fields of a new ticket."""
    return (
        FormField(
            "brand_id", "Brand", FieldKind.CHOICE, True, tuple((s.id, s.name) for s in groups), open_ended=not groups
        ),
        FormField("subject", "Subject", required=True),
        FormField("description", "Description", FieldKind.TEXT, required=True),
        FormField("customer.email", "Customer's e-mail", FieldKind.EMAIL, required=True),
        FormField("customer.name", "Customer's name"),
        FormField(
            "priority", "Priority", FieldKind.CHOICE, False, tuple((p.id, p.label) for p in priorities), open_ended=True
        ),
        FormField("tags", "Tags", FieldKind.TAGS),
        FormField(
            "origin",
            "Came in by",
            FieldKind.CHOICE,
            False,
            tuple((origin, origin) for origin in ORIGINS),
            default="api",
        ),
    )


def _side(role: str, author: Person, customer: Person | None) -> Side:
    if role in _CUSTOMERS:
        return Side.CUSTOMER
    if role in _AGENTS:
        return Side.AGENT
    if not role and author.is_same(customer):
        return Side.CUSTOMER
    return Side.SYSTEM


_YES, _NO = frozenset(("true", "1", "yes")), frozenset(("", "false", "0", "no"))
_HIDDEN, _OPEN = frozenset(("internal", "private", "note")), frozenset(("", "public", "external"))


def _visibility(said: wire.Message) -> Visibility:
    """Read two fields that no document names; a value that is neither plainly public nor plainly internal is taken for neither."""
    flag, level = said.internal.strip().casefold(), said.visibility.strip().casefold()
    if flag in _YES or level in _HIDDEN:
        return Visibility.INTERNAL
    return Visibility.PUBLIC if flag in _NO and level in _OPEN else Visibility.UNSAID


def _read_by(said: wire.Message, side: Side) -> Visibility:
    found = _visibility(said)
    # What a customer wrote is known to the customer, whatever stands beside it.
    return Visibility.PUBLIC if side is Side.CUSTOMER and found is Visibility.UNSAID else found


def _format(said: wire.Message) -> BodyFormat:
    if "html" in said.format.casefold():
        return BodyFormat.HTML
    if "plain" in said.format.casefold() or said.format.casefold() == "text":
        return BodyFormat.PLAIN
    return body_format(said.body)


def _files(said: wire.Message) -> tuple[wire.File, ...]:
    given = said.attachments if isinstance(said.attachments, list) else []
    return read_items(wire.File, [{"id": file} if isinstance(file, str) else file for file in given]).models


def _attachment(file: wire.File, place: int, home: str) -> Attachment:
    name = file.name or file.id or f"file {place + 1}"
    return Attachment(
        file.id or f"{place}:{name}",
        name,
        file.size,
        file.mime,
        file.url,
        file.content_id,
        own_server=is_below(file.url, home),
    )


def _with_ids(messages: list[RemoteMessage]) -> list[RemoteMessage]:
    """Name messages that came without an id by what they say, the same at every read, each once."""
    equal_ids: Counter[str] = Counter()
    named = []
    for entry in messages:
        given = entry.id
        if not given:
            text = f"{entry.created_at}\n{entry.author.shown}\n{entry.body}"
            given = "~" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
            equal_ids[given] += 1
            given = f"{given}#{equal_ids[given]}" if equal_ids[given] > 1 else given
        named.append(entry if given == entry.id else _renamed(entry, given))
    return named


def _renamed(entry: RemoteMessage, name: str) -> RemoteMessage:
    return replace(entry, id=name)


def _opening(detail: Detail, messages: list[RemoteMessage], customer: Person | None) -> tuple[RemoteMessage, ...]:
    """Return the ticket's description as the first message, unless the conversation begins with it."""
    if detail.ticket is None or not detail.ticket.model.description.strip():
        return ()
    said = detail.ticket.model
    if any(entry.body.strip() == said.description.strip() for entry in messages):
        return ()
    return (
        RemoteMessage(
            id="description",
            author=customer or Person(),
            side=Side.CUSTOMER,
            visibility=Visibility.PUBLIC,
            body=said.description,
            format=body_format(said.description),
            created_at=said.created_at,
        ),
    )


def _event(event: wire.Event) -> str:
    action = event.what.replace("_", " ").replace(".", " ")
    change = ""
    if event.after is not None or event.before is not None:
        before, after = (field_value(value) for value in (event.before, event.after))
        change = f"{before} → {after}" if before not in (None, "") else str(after)
    return ": ".join(part for part in (action, " ".join(filter(None, (event.field, change)))) if part) or "changed"


def _shown(contact: wire.Contact) -> str:
    return contact.name or contact.email or contact.id


def _unmapped_fields(said: wire.Ticket) -> dict[str, FieldValue]:
    """Return what no column has: stored as it came, shown under the vendor's names."""
    found: dict[str, FieldValue] = {}
    for name, value in (said.model_extra or {}).items():
        if value is None or isinstance(value, list):
            continue
        if isinstance(value, dict):
            found.update({f"{name}.{part}": field_value(inner) for part, inner in value.items() if inner is not None})
        else:
            found[name] = field_value(value)
    return found
