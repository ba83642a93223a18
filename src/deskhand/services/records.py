"""Vendors that can only be written to: push records, and take tickets over from a file (Deskhand's own store is the record)."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from deskhand.content.characters import one_line
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.commands import Command, PushRecord
from deskhand.domain.ids import AccountId, CommandId, new_command_id
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, Store, TicketPage
from deskhand.domain.problems import Invalid
from deskhand.domain.tickets import FieldValue
from deskhand.services.file_reading import read_any
from deskhand.sync.engine import Engine

from .outgoing import clean_fields

if TYPE_CHECKING:
    from deskhand.services.importing import ImportPreview

LARGEST_IMPORT = 100_000_000
"""Bytes of a file: 200,000 tickets of 500 bytes."""
_AT_ONCE = 1_000
"""Tickets that are stored in one go, so that what is typed meanwhile is on the disk at once."""


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

    async def preview_file(self, account: AccountId, path: Path) -> "ImportPreview":
        """Read a file as `preview_import` does.

        Raises:
            OSError: it cannot be read.
            Invalid: it is too large, or nothing comes from it.
        """
        try:
            data = await read_any(path, LARGEST_IMPORT)
        except Invalid as problem:
            raise Invalid(f"The file cannot be read: {problem.detail}.") from problem
        return await self.preview_import(account, data)

    async def import_tickets(self, account: AccountId, data: bytes | str) -> Imported:
        """Take tickets over without a look at them first; raises as `preview_import`."""
        preview = await self.preview_import(account, data)
        return Imported(await self.import_previewed(account, preview), preview.refused)

    async def preview_import(self, account: AccountId, data: bytes | str) -> "ImportPreview":
        """Read what a file holds without taking anything over: what each column becomes, and what would be left out.

        Args:
            data: CSV with a heading or JSON (a list of objects), see `services.importing`.

        Raises:
            Invalid: it is no such file, or tickets of this account come from its vendor.
        """
        found = self._engine.account(account)
        capabilities = (found.capabilities if found else None) or Capabilities()
        if Feature.IMPORT not in capabilities:
            raise Invalid("Tickets of this account come from its vendor; there is nothing to import.")
        # Here: what reads tables and mail addresses is for a file that is taken over once.
        from deskhand.services.importing import read_import

        return await asyncio.to_thread(read_import, account, data, capabilities)

    async def import_previewed(self, account: AccountId, preview: "ImportPreview") -> int:
        """Take over what a preview showed, and nothing else; returns how many tickets. Nothing is sent."""
        for at in range(0, len(preview.tickets), _AT_ONCE):
            await self._store.tickets.apply(account, TicketPage(preview.tickets[at : at + _AT_ONCE], cursor=""))
        return len(preview.tickets)
