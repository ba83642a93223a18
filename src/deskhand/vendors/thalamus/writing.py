"""Thalamus' facets: everything is pushed, nothing can be read.

Every call is an upsert under our own id, so a repeat of the same bytes changes nothing; nothing is ever sent without an id. The proof that
something was taken is `data.uuid`: an answer without one, whatever its status, leaves the outcome unknown.
"""

from datetime import datetime

from deskhand.domain.commands import PushRecord
from deskhand.domain.ids import AccountId, CommandId
from deskhand.domain.ports import NewTicket, OutgoingMessage, Receipt, TicketEdit
from deskhand.domain.problems import (
    AppliedDifferently,
    DeskProblem,
    Invalid,
    NotAllowed,
    NotFound,
    NotInPlan,
    NotPossible,
    OutcomeUnknown,
    Stale,
)
from deskhand.domain.threads import RemoteThread, Visibility
from deskhand.domain.tickets import RemoteTicket

from . import mapping, records, wire
from .api import Api


class ReplySender:
    """Answers the customer, and nothing else."""

    def __init__(self, api: Api, partner: mapping.PartnerSettings) -> None:
        self._api = api
        self._partner = partner

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Send for the customer to read, and check that it is public."""
        body = mapping.body_of(message)
        item = await self._api.comment(message.ticket.key.remote, body.comment(self._partner.me, Visibility.PUBLIC))
        if mapping.visibility(item.model) is Visibility.INTERNAL:
            raise AppliedDifferently(
                "Thalamus kept this reply as an internal comment, so the customer does not see it."
            )
        _check_visibility(item.model, Visibility.PUBLIC)
        return Receipt(str(item.model.uuid), mapping.message(item, body, self._partner.me, Visibility.PUBLIC))


class NoteSender:
    """Writes notes for colleagues, and nothing else."""

    def __init__(self, api: Api, partner: mapping.PartnerSettings) -> None:
        self._api = api
        self._partner = partner
        self._note_was_public = False

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Write for colleagues, and check that it is internal; once one was published, no further one is sent."""
        if self._note_was_public:
            raise NotPossible(
                "Thalamus made an earlier note of this account public, so no further notes are sent until Deskhand is started "
                "again. Nothing has left this computer."
            )
        body = mapping.body_of(message)
        item = await self._api.comment(message.ticket.key.remote, body.comment(self._partner.me, Visibility.INTERNAL))
        if mapping.visibility(item.model) is Visibility.PUBLIC:
            self._note_was_public = True
            raise AppliedDifferently(
                "Thalamus made this note public: the customer may read it. It is at the ticket already, so do not send it again."
            )
        _check_visibility(item.model, Visibility.INTERNAL)
        return Receipt(str(item.model.uuid), mapping.message(item, body, self._partner.me, Visibility.INTERNAL))


def _check_visibility(said: wire.Comment, who: Visibility) -> None:
    """Refuse an answer that does not say who reads the comment: the text may stand there for the wrong ones."""
    if mapping.visibility(said) is not who:
        raise OutcomeUnknown("the answer does not say who reads the comment")


class TicketEditor:
    """Changes the fields of a ticket."""

    def __init__(self, api: Api, account: AccountId, partner: mapping.PartnerSettings) -> None:
        self._api = api
        self._account = account
        self._partner = partner

    async def edit(self, edit: TicketEdit) -> RemoteTicket | None:
        """Send only what changes."""
        body = mapping.edited(edit, self._partner)
        if not body:
            return None
        remote = edit.ticket.key.remote
        item = await self._api.ticket(remote, body)
        told = mapping.ticket(item, self._account, self._partner, remote, edit.ticket)
        mapping.check_values(item.model, body)
        return told


class TicketCreator:
    """Makes tickets: the ticket, then its first text as a comment."""

    keyed = True

    def __init__(self, api: Api, account: AccountId, partner: mapping.PartnerSettings) -> None:
        self._api = api
        self._account = account
        self._partner = partner

    async def create(self, new: NewTicket) -> Receipt:
        """Make the ticket; both steps may be repeated."""
        remote = mapping.external_id(new, self._partner.prefix)
        sent = mapping.created(new)
        made = await self._api.ticket(remote, sent)
        mapping.check_values(made.model, {name: value for name, value in sent.items() if name != "created_at"})
        told = mapping.ticket(made, self._account, self._partner, remote)
        first = mapping.first_message(new)
        if first is None:
            return Receipt(remote, ticket=told)
        body, who = first
        try:
            item = await self._api.comment(remote, body.comment(self._partner.me, who))
        except (Invalid, NotFound, Stale, NotAllowed, NotInPlan) as problem:
            raise _half_done(remote, problem) from None
        _check_visibility(item.model, who)
        message = mapping.message(item, body, self._partner.me, who)
        return Receipt(remote, message, RemoteThread((message,), told, complete=False), told)

    async def find(self, new: NewTicket, since: datetime) -> Receipt | None:  # noqa: ARG002 - there is nothing to look through
        """Find nothing: Thalamus cannot be read."""
        return None


def _half_done(remote: str, problem: DeskProblem) -> AppliedDifferently:
    return AppliedDifferently(
        f"The ticket {remote} is at Thalamus, but its first message was refused ({problem.detail or 'no reason given'}). When you try again, give "
        f"{remote} as the ticket id, so that no second ticket is made.",
        status=problem.status,
    )


class RecordPusher:
    """Pushes contacts, organizations and reference data."""

    def __init__(self, api: Api, partner: mapping.PartnerSettings) -> None:
        self._api = api
        self._partner = partner
        self.pushed: list[PushRecord] = []
        """What was confirmed since this connection was made, oldest first: new choices for the next probe."""

    async def push(self, record: PushRecord, key: CommandId) -> Receipt:  # noqa: ARG002 - the record's own id is the key
        """Create or update the record."""
        body = records.record_body(record)
        match record.kind:
            case records.CONTACT:
                item = await self._api.contact(body.pop("external_id"), body)
            case records.ORGANIZATION:
                item = await self._api.organization(body.pop("external_id"), body)
            case records.STATUS:
                item = await self._api.status({"id": body.pop("external_id"), **body})
            case records.CATEGORY:
                item = await self._api.category(body)
            case records.AGENT:
                item = await self._api.agent(body)
            case _:
                item = await self._api.queue(body)
        self.pushed.append(record)
        self._partner.apply_pushed(record)
        return Receipt(str(item.model.uuid))
