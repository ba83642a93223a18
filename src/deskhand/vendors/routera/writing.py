"""Routera's writing facets: changes, new records, archiving, dispatching.

A record may get another owner a moment after it was written, by a router: it is read again after creating and dispatching.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskhand.domain.commands import ArchiveTicket, DispatchTicket
from deskhand.domain.ports import NewTicket, Receipt, TicketEdit, TicketOperator
from deskhand.domain.problems import DeskProblem, Invalid, NotFound, OutcomeUnknown, Stale
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.paging import LoopGuard
from deskhand.http.wire import Item
from deskhand.vendors.confirmation import confirm_by_reading, confirm_edit, is_only_accepted

from . import mapping, wire
from .api import PAGE_SIZE
from .info import INFO
from .reading import Session


class TicketEditor:
    """Changes stage, pipeline, owner, name and custom fields."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def edit(self, edit: TicketEdit) -> RemoteTicket | None:
        """Write the changed fields and return the record."""
        fields = mapping.edited(edit, self._session.observed.kinds)
        if not fields:
            return None
        session, remote = self._session, edit.ticket.key.remote
        try:
            item = await self._update(remote, fields)
        except Invalid as problem:
            # The answer is asked to name the custom fields. Where one of those is why it was refused, the change itself is not.
            if problem.status != 400 or not await session.drop_unknown_fields():
                raise
            item = await self._update(remote, fields)
        told = None if item is None else session.to_ticket(item)
        return await confirm_edit(edit, told, lambda: session.ticket(remote), INFO.name)

    async def _update(self, remote: str, fields: Mapping[str, Any]) -> Item[wire.Record] | None:
        """Return the record as the answer tells it, None where it was only taken in."""
        try:
            return await self._session.api.update(remote, fields, self._session.properties)
        except OutcomeUnknown as unknown:
            if not is_only_accepted(unknown):
                raise
            return None
        except Stale as problem:
            conflict = mapping.conflict(problem)
        raise conflict


class TicketCreator:
    """Makes records. The command's id is the record's external id, which is unique among active records."""

    keyed = True

    def __init__(self, session: Session) -> None:
        self._session = session

    async def create(self, new: NewTicket) -> Receipt:
        """Make the record; where an earlier try had made it (409), or it was only taken in, look for it."""
        session = self._session
        try:
            item = await session.api.create(mapping.created(new, session.observed.kinds))
        except (Stale, OutcomeUnknown) as problem:
            if isinstance(problem, OutcomeUnknown) and not is_only_accepted(problem):
                raise
            receipt = await confirm_by_reading(self.find(new, new.since or new.written_at))
            if receipt is None:
                raise OutcomeUnknown(
                    f"Routera says that the record exists, and it is not found ({problem.detail})",
                    status=problem.status,
                ) from None
            return receipt
        if item.model.external_id != new.key:
            raise OutcomeUnknown("the answer does not tell the record that was to be made")
        made = session.to_ticket(item, whole=not session.custom)
        return Receipt(item.model.id, ticket=await session.read_back(item.model.id, made))

    async def find(self, new: NewTicket, since: datetime) -> Receipt | None:  # noqa: ARG002 - the key says it all
        """Look through all records, archived ones too: archiving frees the external id for a second record."""
        session = self._session
        archived: RemoteTicket | None = None
        guard, offset = LoopGuard(), 0
        while True:
            page, size = await session.page(offset, PAGE_SIZE, archived=True)
            for item, told in zip(page.items, page.tickets, strict=True):
                if item.model.external_id == new.key:
                    if not told.ticket.archived:
                        return Receipt(item.model.id, ticket=told)
                    archived = told
            if page.received < size:
                break
            guard.advance(page.fingerprint)
            guard.check_progress(item.model.id for item in page.items)
            offset += page.received
        return None if archived is None else Receipt(archived.ticket.key.remote, ticket=archived)


class Archiver:
    """Archives for good. There is no way back through the API."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def archive(self, remote: str, _: ArchiveTicket) -> Receipt:
        """Archive; 404 means not there or archived already, and reading it tells which.

        Raises:
            NotFound: there is no such record.
            Invalid: Routera says so, and the record still stands.
            OutcomeUnknown: neither the answer nor a look shows that it is archived.
        """
        session = self._session
        try:
            item = await session.api.archive(remote)
        except NotFound as problem:
            refusal: NotFound | None = problem
        else:
            if mapping.is_archived(item.model):
                return Receipt(remote, ticket=session.to_ticket(item, whole=not session.custom))
            refusal = None
        try:
            found = await session.ticket(remote)
        except NotFound:
            raise
        except DeskProblem as problem:
            why = problem.detail or type(problem).__name__
            raise OutcomeUnknown(f"whether the record is archived could not be looked at: {why}") from None
        if found.ticket.archived:
            return Receipt(remote, ticket=found)
        if refusal is None:
            raise OutcomeUnknown("the answer does not show the record as archived")
        raise Invalid(
            "Routera says that the record is not there or archived already, and it still stands there: it was not archived",
            status=refusal.status,
        )


class Dispatcher:
    """Hands records to routers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def dispatch(self, remote: str, to: DispatchTicket) -> Receipt:
        """Run the router once; a second run may assign again. The receipt says in Routera's words whether and to whom it was assigned.

        The answer names neither the router nor the record: where it says that an owner was written, the record has to show it.
        """
        said = await self._session.api.dispatch(to.router, remote)
        message = mapping.dispatch_message(said)
        if not message:
            raise OutcomeUnknown("the answer does not say what the router did", status=200)
        found = await self._session.read_back(remote, None)
        if mapping.names_owner(said) and (found is None or not mapping.has_owner(found, said.user)):
            raise OutcomeUnknown(f"Routera says that {said.user} is the owner, and the record does not show it")
        return Receipt(remote, ticket=found, message_for_agent=message)


def operators(session: Session) -> tuple[TicketOperator[Any], ...]:
    """Return what carries out operations on a record."""
    return (
        TicketOperator(ArchiveTicket, Archiver(session).archive),
        TicketOperator(DispatchTicket, Dispatcher(session).dispatch),
    )
