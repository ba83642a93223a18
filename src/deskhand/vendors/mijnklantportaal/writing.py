"""Mijn Klantportaal's writing facets: replies, closing, files after the message.

Nothing is keyed: an unanswered write is settled by reading (`SendGuarantee.RECONCILABLE`).
"""

from deskhand.content.plain import matches, normalise_for_matching
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.ports import LoadedFile, OutgoingMessage, Receipt, TicketEdit
from deskhand.domain.problems import DeskProblem, Invalid, OutcomeUnknown, UnexpectedResponse
from deskhand.domain.threads import RemoteMessage, RemoteThread, Side
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.problems import unsent
from deskhand.vendors.confirmation import confirm_by_reading, is_only_accepted

from . import mapping
from .api import Api
from .reading import ThreadReader

_BEFORE = "looking at the conversation before sending failed"


class ReplySender:
    """Answers the customer; a reply to a closed ticket opens it again."""

    def __init__(self, api: Api, threads: ThreadReader) -> None:
        self._api = api
        self._threads = threads

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Send once.

        The answer is the whole conversation and does not say which message is ours: it is the one that was not there before.
        """
        remote = message.ticket.key.remote
        before = await self._ids(remote)
        told = await self._api.reply(remote, mapping.outgoing(message.text, message.html))
        thread = await self._threads.to_thread(told, fetch_customer=False)
        fresh = [said for said in thread.messages if said.id not in before and said.side is Side.AGENT]
        ours = _find_sent(fresh, message)
        if ours is None:
            raise OutcomeUnknown("the answer does not hold the message")
        return Receipt(ours.id, message=ours, thread=thread, ticket=thread.ticket)

    async def _ids(self, remote: str) -> frozenset[str]:
        try:
            told = await self._api.ticket(remote)
        except DeskProblem as error:
            problem = unsent(error, _BEFORE)
        else:
            read = told.model.read_messages()
            if isinstance(told.model.messages, list) and not read.left_out:
                return frozenset(item.model.id for item in read)
            # Else an older message with the same text would look like ours afterwards.
            problem = unsent(UnexpectedResponse("not all of its messages can be read"), _BEFORE)
        raise problem


class TicketEditor:
    """Closes tickets: the only change that there is."""

    def __init__(self, api: Api, threads: ThreadReader) -> None:
        self._api = api
        self._threads = threads

    async def edit(self, edit: TicketEdit) -> RemoteTicket | None:
        """Close. Already closed counts as done; 422 for a ticket that is still open is a refusal like any other.

        Raises:
            OutcomeUnknown: neither the answer nor a look shows the ticket closed.
        """
        if edit.priority_id is not None or edit.assign or edit.tags is not None or edit.fields:
            raise Invalid("Mijn Klantportaal changes only the state of a ticket")
        if edit.state_id is None or edit.state_id == edit.ticket.state_id:
            return None
        if edit.state_id != mapping.CLOSED:
            raise Invalid("Mijn Klantportaal opens a ticket by replying to it, in no other way")
        remote = edit.ticket.key.remote
        refusal: Invalid | None = None
        try:
            told = (await self._threads.to_thread(await self._api.close(remote), fetch_customer=False)).ticket
        except Invalid as problem:
            if problem.status != 422:
                raise
            told, refusal = None, problem  # documented: closed already
        if told is not None and mapping.is_closed(told.ticket.state_id):
            return told
        # The documents' own example of this answer still says "open": look.
        try:
            found = await self._threads.ticket(remote)
        except DeskProblem as problem:
            why = problem.detail or type(problem).__name__
            raise OutcomeUnknown(f"whether the ticket is closed could not be looked at: {why}") from None
        if mapping.is_closed(found.ticket.state_id):
            return found
        raise refusal or OutcomeUnknown("the ticket does not show as closed")


class FileAttacher:
    """Adds files to a message, within five minutes after it."""

    def __init__(self, api: Api, threads: ThreadReader) -> None:
        self._api = api
        self._threads = threads

    async def attach(self, remote: str, message: str, file: LoadedFile) -> RemoteThread | None:
        """Upload once."""
        try:
            told = await self._api.attach(remote, message, file.file.name, file.file.mime, file.data)
        except OutcomeUnknown as problem:
            if not is_only_accepted(problem):
                raise
            told = await confirm_by_reading(self._api.ticket(remote))
        thread = await self._threads.to_thread(told, fetch_customer=False)
        entry = next((said for said in thread.messages if said.id == message), None)
        # The vendor may rename a file: its size is as good.
        if entry is None or not any(
            one.name == file.file.name or one.size == len(file.data) for one in entry.attachments
        ):
            raise OutcomeUnknown("the answer does not show the file at the message")
        return thread


def _find_sent(fresh: list[RemoteMessage], message: OutgoingMessage) -> RemoteMessage | None:
    """Pick our message among those that are new: the one with our text, or the only one (the vendor may rewrite bodies)."""
    body, is_html = (message.html, True) if message.html else (message.text, False)
    sent = normalise_for_matching(body, is_html)
    equal = [said for said in fresh if matches(sent, normalise_for_matching(said.body, said.format is BodyFormat.HTML))]
    if equal:
        return equal[-1]
    return fresh[0] if len(fresh) == 1 else None
