"""Thena's writing facets: replies, notes, changes, new tickets.

A public reply and a private note are one endpoint, told apart by one field whose default is public. So each has a class of its own,
the field is always sent, and the answer is checked for it. Comments and new tickets carry our key (`SendGuarantee.IDEMPOTENT`); what a repeated
key is answered with is not documented: the first object again, or 409, and both are taken.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from deskhand.domain.commands import LinkTickets, MakeSubTicket
from deskhand.domain.ports import NewTicket, OutgoingMessage, Receipt, TicketEdit, TicketOperator
from deskhand.domain.problems import AppliedDifferently, NotPossible, OutcomeUnknown, Stale
from deskhand.domain.threads import Visibility
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.wire import Item, Items
from deskhand.vendors.confirmation import confirm_by_reading, confirm_edit, is_only_accepted

from . import mapping, matching, wire
from .bulk import ChangeBatcher
from .info import INFO
from .pages import PageReader
from .reading import Session, ThreadReader

log = logging.getLogger(__name__)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class CommentPoster:
    """Posts a comment once per key, for the two facets that send."""

    def __init__(self, session: Session, threads: ThreadReader) -> None:
        self._session = session
        self._threads = threads

    async def post(self, sent: OutgoingMessage, body: Mapping[str, object], who: Visibility) -> Item[wire.Comment]:
        """Return the comment as Thena made it, also where an earlier try had made it, or where this one was only taken in.

        Raises:
            OutcomeUnknown: Thena knows the key, and no comment like this one is there.
        """
        remote = sent.ticket.key.remote
        try:
            return await self._session.api.comment(remote, body)
        except Stale:
            log.info("this key was used before: looking for the comment")
        except OutcomeUnknown as problem:
            if not is_only_accepted(problem):
                raise
        pages = await confirm_by_reading(self._threads.comments(remote))
        ours = [item for items in pages for item in items if matching.is_sent_comment(item.model, sent, who)]
        if not ours:
            raise OutcomeUnknown(
                "Thena says that it has this message, and the conversation does not show it", status=409
            )
        return max(ours, key=lambda item: item.model.created_at or _LONG_AGO)


class ReplySender:
    """Answers the customer, and nothing else."""

    def __init__(self, comments: CommentPoster) -> None:
        self._comments = comments

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Send to the customer and check that it is public."""
        made = await self._comments.post(message, mapping.reply_body(message), Visibility.PUBLIC)
        if mapping.visibility(made.model) is Visibility.INTERNAL:
            raise AppliedDifferently(
                "Thena kept this reply as an internal note, so the customer has not received it. Its text is kept here; "
                "ask your administrator whether this key may write to customers."
            )
        _check_visibility(made.model, message, Visibility.PUBLIC)
        return Receipt(made.model.id, mapping.message(made, message.key))


class NoteSender:
    """Writes notes for colleagues, and nothing else."""

    def __init__(self, comments: CommentPoster) -> None:
        self._comments = comments
        self._note_was_public = False

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Write for colleagues and check that it is private.

        Once Thena has published a note, this connection sends no further one.
        """
        if self._note_was_public:
            raise NotPossible(
                "Thena showed an earlier note of this account to the customer, so no further notes are sent until Deskhand "
                "is started again. Nothing has left this computer."
            )
        made = await self._comments.post(message, mapping.note_body(message), Visibility.INTERNAL)
        if mapping.visibility(made.model) is Visibility.PUBLIC:
            self._note_was_public = True
            raise AppliedDifferently(
                "Thena made this note public: the customer can read it. It is in the conversation already, so do not send it "
                "again; remove it in Thena, and tell your administrator."
            )
        _check_visibility(made.model, message, Visibility.INTERNAL)
        return Receipt(made.model.id, mapping.message(made, message.key))


def _check_visibility(made: wire.Comment, sent: OutgoingMessage, who: Visibility) -> None:
    if mapping.visibility(made) is not who or not matching.has_sent_text(made, sent):
        raise OutcomeUnknown("the answer does not show the message and who reads it")


class TicketEditor:
    """Changes status, priority, assignee, title and the further fields of a PATCH."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._batcher = ChangeBatcher(session.api)

    async def edit(self, edit: TicketEdit) -> RemoteTicket | None:
        """Write the changed fields; returns the whole ticket, or None where Thena confirmed the change alone."""
        if edit.tags is not None:
            raise NotPossible("Thena's documentation shows no way to change tags. Nothing was sent.")
        body = mapping.changes(edit)
        if not body:
            return None
        if self._session.observed.state_id_is_name(edit.ticket.group, edit.state_id):
            body["statusName"] = body.pop("statusId")
        session, remote = self._session, edit.ticket.key.remote

        async def look() -> RemoteTicket:
            return (await session.ticket(remote))[1]

        try:
            item = await self._batcher.write(remote, body)
        except OutcomeUnknown as problem:
            if not is_only_accepted(problem):
                raise
            return await confirm_edit(edit, None, look, INFO.name)
        if item is None:
            return None
        priority = item.model.priority
        if edit.priority_id and priority and priority.casefold() != edit.priority_id.casefold():
            # What Thena does with a name that the team does not have is not documented.
            raise AppliedDifferently(
                f"Thena kept the priority at {priority}: this ticket's team has no {edit.priority_id}."
            )
        told = mapping.ticket(item, session.account, await session.lookups())
        return await confirm_edit(edit, told, look, INFO.name)


class TicketJoiner:
    """Links tickets and makes sub-tickets. No page shows how to take that back, or how to read it, so an unclear answer stays unclear."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def link(self, remote: str, to: LinkTickets) -> Receipt:
        """Link once. What the answer holds beside the id is not merged: it may be either of both tickets."""
        await self._session.api.link(remote, to.other)
        return Receipt(remote)

    async def make_sub_ticket(self, remote: str, to: MakeSubTicket) -> Receipt:
        """Make the other ticket a sub-ticket of this one."""
        await self._session.api.make_sub_ticket(remote, to.other)
        return Receipt(remote)


def operators(session: Session) -> tuple[TicketOperator[Any], ...]:
    """Return what carries out each operation that Thena knows."""
    joiner = TicketJoiner(session)
    return (TicketOperator(LinkTickets, joiner.link), TicketOperator(MakeSubTicket, joiner.make_sub_ticket))


class TicketCreator:
    """Makes tickets."""

    keyed = True

    def __init__(self, session: Session) -> None:
        self._session = session

    async def create(self, new: NewTicket) -> Receipt:
        """Make the ticket; the same key is answered with the same ticket, and one that was only taken in is looked for."""
        try:
            item = await self._session.api.create(mapping.create_body(new))
        except (Stale, OutcomeUnknown) as problem:
            if isinstance(problem, OutcomeUnknown) and not is_only_accepted(problem):
                raise
            receipt = await confirm_by_reading(self.find(new, new.since or new.written_at))
            if receipt is None:
                raise OutcomeUnknown(
                    "Thena says that it has this ticket, and it cannot be told which", status=problem.status
                ) from None
            return receipt
        if not matching.has_created_values(item.model, new):
            raise OutcomeUnknown("the answer does not tell the ticket that was to be made")
        return Receipt(item.model.id, ticket=mapping.ticket(item, self._session.account, await self._session.lookups()))

    async def find(self, new: NewTicket, since: datetime) -> Receipt | None:
        """Look for the ticket among those of the last days; None also where several could be meant."""
        session = self._session
        window = mapping.date_range(session.clock.now() - since)

        async def fetch(page: int, size: int) -> Items[wire.Ticket]:
            return await session.api.tickets(lambda items: items, page=page, limit=size, date_range=window)

        found = [
            item async for item in PageReader().iter_items(fetch) if matching.is_created_ticket(item.model, new, since)
        ]
        items = [item for item in found if item.model.id not in new.sent_ids]
        if len(items) != 1:
            return None
        return Receipt(items[0].model.id, ticket=mapping.ticket(items[0], session.account, await session.lookups()))
