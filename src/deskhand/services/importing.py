"""Tickets that are taken over from a file: what each column becomes is shown before anything is stored.

Columns (or keys, in JSON): `external_id` (or `id`), `title` (or `subject`), `status` (or `state`), `priority`, `requester` (a name, an
address, or both), `requester_name`, `requester_email`, `assignee`, `group`, `tags`; others are kept as fields.
"""

import json
import re
from collections.abc import Iterable, Mapping
from email.utils import parseaddr

from deskhand.content.characters import one_line, outgoing
from deskhand.content.ticket_tags import read_tags
from deskhand.domain import wording
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import Invalid
from deskhand.domain.tickets import Group, Person, Priority, RemoteTicket, State, Ticket

from . import tables

LONGEST_IMPORT = 200_000
LONGEST_VALUE = 1_000_000
"""Characters of one cell: more is a file with a quotation mark in the wrong place, and would hold up everything else."""

SAMPLE = 5
"""Tickets that a preview shows."""

_MEANINGS = {
    "external_id": "the ticket's id",
    "id": "the ticket's id",
    "title": "its subject",
    "subject": "its subject",
    "status": "its state",
    "state": "its state",
    "priority": "its priority",
    "requester": "the customer",
    "requester_name": "the customer's name",
    "requester_email": "the customer's e-mail",
    "assignee": "who it is assigned to",
    "group": "its group",
    "tags": "its tags, separated by commas",
}
_AS_FIELD = "unknown, kept as a field"
_SECOND = {"id": "external_id", "subject": "title", "state": "status"}
"""Columns that count only where another one of the same meaning is empty."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do.

    Attributes:
        tickets: what would be taken over.
        columns: (name in the file, what it becomes).
        refused: line or item number and what is wrong with it; those are left out.
        separator: its name, empty for JSON.
    """

    tickets: tuple[RemoteTicket, ...]
    columns: tuple[tuple[str, str], ...]
    refused: tuple[str, ...]
    separator: str = ""

    def lines(self) -> tuple[str, ...]:
        """Return the preview as sentences, one line each."""
        how = f" Cells are separated by {self.separator}." if self.separator else ""
        rows = "1 row" if len(self.refused) == 1 else f"{len(self.refused):,} rows"
        shown = [f"{wording.tickets(len(self.tickets))} can be imported, {rows} cannot.{how}", "Columns:"]
        shown += [f"  {name}: {meaning}" for name, meaning in self.columns]
        if self.tickets:
            shown.append("The first tickets:" if len(self.tickets) > 1 else "The ticket:")
        for one in self.tickets[:SAMPLE]:
            ticket = one.ticket
            who = f", {ticket.requester.shown}" if ticket.requester else ""
            shown.append(f"  {ticket.number}: {ticket.subject or 'no subject'} ({ticket.vendor_state or 'open'}{who})")
        if self.refused:
            shown += ["Left out:", *(f"  {line}" for line in self.refused)]
        return tuple(shown)


def read_import(account: AccountId, data: bytes | str, capabilities: Capabilities) -> ImportPreview:
    """Read a file of tickets; raises Invalid where it is none at all."""
    text = tables.decode(data) if isinstance(data, bytes) else data
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith(("[", "{")):
        return _read_items(account, text, capabilities)
    table = tables.read(text, _MEANINGS)
    if not {"external_id", "id"} & {name.casefold() for name in table.columns}:
        raise Invalid(f"There is no column external_id or id. The columns are: {', '.join(table.columns)}.")
    rows = [(f"Line {row.line}", row.cells) for row in table.rows]
    tickets, refused = _tickets(account, rows, capabilities)
    refused = [*(f"Line {line}: {why}." for line, why in table.refused), *refused]
    refused.sort(key=_line)
    separator = tables.SEPARATORS.get(table.separator, f"“{table.separator}”")
    return ImportPreview(tuple(tickets), _meanings(table.columns), tuple(refused), separator)


def _read_items(account: AccountId, text: str, capabilities: Capabilities) -> ImportPreview:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"This is not valid JSON: {error}.") from error
    if isinstance(data, dict):
        data = data.get("tickets", [data])
    if not isinstance(data, list):
        raise Invalid("The file holds no list of tickets.")
    items = [(f"Item {number}", item if isinstance(item, dict) else {}) for number, item in enumerate(data, 1)]
    names = tuple(dict.fromkeys(name for _, item in items for name in item))
    tickets, refused = _tickets(account, items, capabilities)
    return ImportPreview(tuple(tickets), _meanings(names), tuple(refused))


def _line(message: str) -> int:
    """Return the number of the line that a refusal begins with."""
    found = re.match(r"Line (\d+)", message)
    return int(found[1]) if found else 0


def _meanings(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    given = {name.strip().casefold(): name for name in names}
    told = []
    for folded, name in given.items():
        meaning = _MEANINGS.get(folded, _AS_FIELD)
        first = given.get(_SECOND.get(folded, ""))
        told.append((name, meaning if first is None else f"{meaning} where {first} is empty, else kept as a field"))
    return tuple(told)


def _tickets(
    account: AccountId, items: Iterable[tuple[str, Mapping[str, object]]], capabilities: Capabilities
) -> tuple[list[RemoteTicket], list[str]]:
    tickets: list[RemoteTicket] = []
    refused: list[str] = []
    seen: dict[str, str] = {}
    for place, item in items:
        if len(tickets) >= LONGEST_IMPORT:
            refused.append(f"{place} and what follows: only {LONGEST_IMPORT} are taken at once. Split the file.")
            break
        try:
            made = _ticket(account, item, capabilities)
        except Invalid as problem:
            refused.append(f"{place}: {problem.detail}")
            continue
        before = seen.setdefault(made.ticket.number, place)
        if before is place:
            tickets.append(made)
        else:
            refused.append(f"{place}: the id {made.ticket.number} stands in {before.lower()} already.")
    return tickets, refused


def _ticket(account: AccountId, item: Mapping[str, object], capabilities: Capabilities) -> RemoteTicket:
    if long := next((str(k) for k, v in item.items() if isinstance(v, str) and len(v) > LONGEST_VALUE), None):
        raise Invalid(f"its {one_line(long)} is longer than {LONGEST_VALUE:,} characters.")
    values = {str(k).strip().casefold(): _text(v) for k, v in item.items() if k and v not in (None, "", [])}
    if any(str(k).strip().casefold() in ("external_id", "id") and not _may_be_id(v) for k, v in item.items()):
        raise Invalid("its id is neither a text nor a whole number.")
    if odd := next((str(k) for k, v in item.items() if not _is_of_kind(str(k).strip().casefold(), v)), None):
        raise Invalid(f"its {odd.strip()} is neither a text nor a number.")
    external = values.pop("external_id", "") or values.pop("id", "")
    if not external:
        raise Invalid("it has no external_id.")
    label = values.pop("status", "") or values.pop("state", "")
    state = next((c for c in capabilities.states if label.casefold() in (c.id.casefold(), c.label.casefold())), None)
    priority = values.pop("priority", "")
    assignee = values.pop("assignee", "")
    given = next((v for k, v in item.items() if str(k).strip().casefold() == "requester" and isinstance(v, dict)), None)
    requester = values.pop("requester", "")
    name, email = (
        _requester(requester) if given is None else (_text(given.get("name") or ""), _text(given.get("email") or ""))
    )
    name, email = values.pop("requester_name", "") or name, values.pop("requester_email", "") or email
    group = values.pop("group", "")
    tags = read_tags(values.pop("tags", "")).tags
    ticket = Ticket(
        key=TicketKey(account, external),
        number=external,
        subject=one_line(values.pop("title", "") or values.pop("subject", "")),
        state=state.state if state else State.OTHER if label else State.OPEN,
        vendor_state=state.label if state else label,
        state_id=state.id if state else label,
        priority=_priority(priority),
        vendor_priority=priority,
        priority_id=priority,
        requester=Person(name, email) if name or email else None,
        assignee=Person(email=assignee) if "@" in assignee else Person(id=assignee) if assignee else None,
        group=Group(group, group) if group else None,
        tags=tags,
        source="import",
        fields=dict(values),
    )
    return RemoteTicket(ticket, raw=json.dumps(dict(item), ensure_ascii=False, default=str))


def _is_of_kind(name: str, value: object) -> bool:
    """Tell whether a value of JSON can be what its name means; a name that means nothing to us may hold anything."""
    if name not in _MEANINGS or not isinstance(value, list | dict):
        return True
    parts = value.values() if isinstance(value, dict) else value
    if not all(isinstance(part, str | int | float | None) for part in parts):
        return False
    return (name == "tags" and isinstance(value, list)) or (name == "requester" and isinstance(value, dict))


def _may_be_id(value: object) -> bool:
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))


def _text(value: object) -> str:
    if isinstance(value, dict):
        return outgoing(json.dumps(value, ensure_ascii=False))
    return outgoing(",".join(map(str, value)) if isinstance(value, list) else str(value)).strip()


def _priority(label: str) -> Priority:
    if not label:
        return Priority.NONE
    try:
        return Priority(label.casefold())
    except ValueError:
        return Priority.OTHER


def _requester(written: str) -> tuple[str, str]:
    """Return name and e-mail of `Jane Doe <jane@example.com>`, of either alone, or of nothing."""
    name, email = parseaddr(written)
    return (name, email) if "@" in email else (written, "")
