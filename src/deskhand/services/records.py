"""Vendors that can only be written to: push records, and take tickets over from a file (Deskhand's own store is the record)."""

import asyncio
import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deskhand.content.characters import one_line, outgoing, undecodable
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.commands import Command, PushRecord
from deskhand.domain.ids import AccountId, CommandId, TicketKey, new_command_id
from deskhand.domain.ports import Clock, Store, TicketPage
from deskhand.domain.problems import Invalid
from deskhand.domain.tickets import FieldValue, Person, Priority, RemoteTicket, Shelf, State, Ticket
from deskhand.sync.engine import Engine

from .outgoing import clean_fields

LONGEST_IMPORT = 200_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        problems: line or item number and what was wrong with it; those were left out.
    """

    taken: int
    problems: tuple[str, ...]


class Records:
    """Pushes records and imports tickets."""

    def __init__(self, store: Store, engine: Engine, clock: Clock) -> None:
        self._store = store
        self._engine = engine
        self._clock = clock

    async def push(
        self, account: AccountId, kind: str, external_id: str, fields: Mapping[str, FieldValue]
    ) -> CommandId:
        """Put a record into the outbox; its item shows whether the vendor confirmed it."""
        if not one_line(external_id):
            raise Invalid("A record needs an id of yours, so that sending it again updates it.")
        found = self._engine.account(account)
        forms = found.capabilities.records if found and found.capabilities else ()
        keyed = all(form.keyed for form in forms if form.kind == kind)
        record = PushRecord(kind, one_line(external_id), clean_fields(fields), keyed)
        command = Command(new_command_id(), account, None, record, self._clock.now())
        await self._store.outbox.submit(command, hold_until=None)
        return command.id

    async def import_file(self, account: AccountId, path: Path) -> Imported:
        """Take tickets over from a file; raises OSError where it cannot be read, Invalid where it is no UTF-8."""
        data = await asyncio.to_thread(path.read_bytes)
        if why := undecodable(data):
            raise Invalid(f"{path.name}: {why}.")
        return await self.import_tickets(account, data.decode("utf-8-sig"))

    async def import_tickets(self, account: AccountId, text: str) -> Imported:
        """Take tickets over from CSV (with a heading) or JSON (a list of objects); nothing is sent.

        Columns: `external_id` (or `id`), `title` (or `subject`), `status` (or `state`), `priority`, `requester_name`, `requester_email`,
        `assignee`, `group`, `tags`; others are kept as fields.
        """
        found = self._engine.account(account)
        capabilities = (found.capabilities if found else None) or Capabilities()
        if Feature.IMPORT not in capabilities:
            raise Invalid("Tickets of this account come from its vendor; there is nothing to import.")
        tickets, problems = await asyncio.to_thread(read_tickets, account, text, capabilities)
        await self._store.tickets.apply(account, TicketPage(tickets, cursor=""))
        return Imported(len(tickets), problems)


def read_tickets(
    account: AccountId, text: str, capabilities: Capabilities
) -> tuple[tuple[RemoteTicket, ...], tuple[str, ...]]:
    """Return the tickets in a file's text and what was wrong with those left out; raises Invalid where it is no list at all."""
    tickets: list[RemoteTicket] = []
    problems: list[str] = []
    for number, item in enumerate(_items(text), 1):
        if number > LONGEST_IMPORT:
            problems.append(f"Only the first {LONGEST_IMPORT} were taken. Split the file.")
            break
        try:
            tickets.append(_ticket(account, item, capabilities))
        except Invalid as problem:
            problems.append(f"Item {number}: {problem.detail}")
    return tuple(tickets), tuple(problems)


def _items(text: str) -> Iterable[Mapping[str, object]]:
    text = text.lstrip("\ufeff")
    if text.lstrip().startswith(("[", "{")):
        try:
            data = json.loads(text)
        except ValueError as error:
            raise Invalid(f"This is not valid JSON: {error}.") from error
        if isinstance(data, dict):
            data = data.get("tickets", [data])
        if not isinstance(data, list):
            raise Invalid("The file holds no list of tickets.")
        return [item if isinstance(item, dict) else {} for item in data]
    try:
        dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
    except csv.Error:  # one column, or nothing at all
        dialect = csv.excel
    return csv.DictReader(io.StringIO(text), dialect=dialect)


def _ticket(account: AccountId, item: Mapping[str, object], capabilities: Capabilities) -> RemoteTicket:
    values = {str(k).strip().casefold(): _words(v) for k, v in item.items() if k and v not in (None, "", [])}
    external = values.pop("external_id", "") or values.pop("id", "")
    if not external:
        raise Invalid("it has no external_id.")
    word = values.pop("status", "") or values.pop("state", "")
    state = next((c for c in capabilities.states if word.casefold() in (c.id.casefold(), c.word.casefold())), None)
    priority = values.pop("priority", "")
    assignee = values.pop("assignee", "")
    name, email = values.pop("requester_name", ""), values.pop("requester_email", "")
    group = values.pop("group", "")
    tags = tuple(tag.strip() for tag in values.pop("tags", "").split(",") if tag.strip())
    ticket = Ticket(
        key=TicketKey(account, external),
        number=external,
        subject=one_line(values.pop("title", "") or values.pop("subject", "")),
        state=state.meaning if state else State.OTHER if word else State.OPEN,
        vendor_state=state.word if state else word,
        state_id=state.id if state else word,
        priority=_priority(priority),
        vendor_priority=priority,
        priority_id=priority,
        requester=Person(name, email) if name or email else None,
        assignee=Person(email=assignee) if "@" in assignee else Person(id=assignee) if assignee else None,
        shelf=Shelf(group, group) if group else None,
        tags=tags,
        source="import",
        fields=dict(values),
    )
    return RemoteTicket(ticket, raw=json.dumps(dict(item), ensure_ascii=False, default=str))


def _words(value: object) -> str:
    return outgoing(",".join(map(str, value)) if isinstance(value, list) else str(value)).strip()


def _priority(word: str) -> Priority:
    if not word:
        return Priority.NONE
    try:
        return Priority(word.casefold())
    except ValueError:
        return Priority.OTHER
