"""NexusCore's writing facets: replies, changes, new tickets.

There is no idempotency key anywhere, so an unanswered write is settled by reading (`SendGuarantee.RECONCILABLE`).
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.content.plain import matches, normalise_for_matching
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.ids import AccountId
from deskhand.domain.ports import LoadedFile, NewTicket, OutgoingMessage, Receipt, TicketEdit
from deskhand.domain.problems import (
    DeskProblem,
    Invalid,
    NotAllowed,
    NotFound,
    NotPossible,
    OutcomeUnknown,
    SignInNeeded,
    Stale,
    Throttled,
    UnexpectedResponse,
    VendorDown,
)
from deskhand.domain.threads import RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import FieldValue, RemoteTicket
from deskhand.http.answers import Answer
from deskhand.http.jsontext import encode
from deskhand.http.paging import LoopGuard
from deskhand.http.wire import Item, read_item, unwrap
from deskhand.vendors.confirmation import confirm_edit
from deskhand.vendors.values import names_other_ticket

from . import mapping, wire
from .api import Api
from .conversation import read_detail
from .info import INFO
from .observed import ObservedValues
from .reading import ThreadReader

_SKEW = timedelta(minutes=5)
_PAGES_TO_LOOK_THROUGH = 40
_METADATA_KEY = "deskhand"
_TICKET_KEYS = ("ticket_id", "ticketId", "ticket")
"""Where an answer to a reply may name the ticket that it went to."""


class ReplySender:
    """Answers the customer. Files are uploaded first, so a failed upload proves that nothing was said."""

    def __init__(self, api: Api, threads: ThreadReader, observed: ObservedValues) -> None:
        self._api = api
        self._threads = threads
        self._observed = observed

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Send once."""
        remote = message.ticket.key.remote
        attachments = [await self._upload(file) for file in message.files]
        try:
            answer = await self._api.reply(remote, message.text, message.cc, attachments)
        except OutcomeUnknown as problem:
            problem_now = await self._recheck_after_401(problem, message)
            raise problem_now from None
        return await answer.map(lambda data: self._receipt(answer, data, message))

    async def _recheck_after_401(self, problem: OutcomeUnknown, message: OutgoingMessage) -> DeskProblem:
        """Return what a reply came to: where its token had ended, and the conversation shows no such text, it was not sent."""
        if problem.status != 401:
            return problem
        try:
            thread = await self._threads.thread(message.ticket.key.remote)
        except DeskProblem:
            return problem
        # Without regard to its time: by a wrong clock here, a message that was taken would be older than it.
        if not thread.complete or any(_has_sent_text(found, message) for found in thread.messages):
            return problem
        return Throttled(timedelta(seconds=1), "its access token had ended", status=401)

    async def _upload(self, file: LoadedFile) -> str:
        try:
            place = await self._api.request_upload(file.file.name, file.file.mime)
            await self._upload_bytes(place.url, file)
        except DeskProblem as error:
            problem = _upload_problem(error, file.file.name)
        else:
            return place.id
        raise problem

    async def _upload_bytes(self, url: str, file: LoadedFile) -> None:
        """Upload as to a signed address, then with our credential: which one the vendor wants is not documented."""
        try:
            await self._api.upload(url, file.data, file.file.mime, presigned=True)
        except (SignInNeeded, NotAllowed):
            try:
                await self._api.upload(url, file.data, file.file.mime, presigned=False)
            except SignInNeeded as refusal:
                # The vendor has just taken our credential for the address: its storage is what refuses, not the account.
                problem = NotAllowed(refusal.detail or "its storage refuses the file", status=refusal.status)
            else:
                return
            raise problem from None

    def _receipt(self, answer: Answer, data: Any, message: OutgoingMessage) -> Receipt:
        """Find what proves the message: itself with its id, alone or in the whole conversation. Its id alone may be anything's."""
        detail = read_detail(data)
        remote = message.ticket.key.remote
        if detail.messages is not None and (detail.ticket is None or detail.ticket.model.id == remote):
            thread = mapping.thread(message.ticket.key, detail, self._observed.brands, self._observed.home)
            ours = _find_sent(thread, message)
            if ours is not None:
                return Receipt(ours.id, message=ours, thread=thread, ticket=thread.ticket)
        said = unwrap(data, "data")
        said = said["message"] if isinstance(said, dict) and isinstance(said.get("message"), dict) else said
        told = _told(said, message) if isinstance(said, dict) else None
        elsewhere = any(names_other_ticket(part, remote, *_TICKET_KEYS) for part in (data, unwrap(data, "data"), said))
        if told is None or told.id in ("", remote) or elsewhere or not _is_sent_message(told, message):
            raise answer.unexpected("the answer does not show the message")
        return Receipt(told.id, message=told)


class TicketEditor:
    """Changes state, priority, assignee and tags: the four fields that the documents name."""

    def __init__(self, api: Api, threads: ThreadReader, account: AccountId, observed: ObservedValues) -> None:
        self._api = api
        self._threads = threads
        self._account = account
        self._observed = observed

    async def edit(self, edit: TicketEdit) -> RemoteTicket | None:
        """Write the fields that are given, and nothing else."""
        changes: dict[str, Any] = {}
        if edit.state_id is not None:
            changes["status"] = edit.state_id
        if edit.priority_id is not None:
            changes["priority"] = edit.priority_id
        if edit.assign:
            changes["assigned_to"] = _assignee(edit)
        if edit.tags is not None:
            changes["tags"] = list(edit.tags)
        if edit.fields:
            raise Invalid("NexusCore changes only state, priority, assignee and tags")
        remote = edit.ticket.key.remote
        answer = await self._api.patch(remote, changes)
        told: RemoteTicket | None = None
        # What the answer says is not documented, and whether `tags` replaces or adds neither: then what it did proves it.
        if edit.tags is None:
            with suppress(OutcomeUnknown):
                told = await answer.map(lambda data: self._told(remote, data))
        return await confirm_edit(edit, told, lambda: self._threads.ticket(remote), INFO.name)

    def _told(self, remote: str, data: Any) -> RemoteTicket | None:
        said = unwrap(unwrap(data, "data"), "ticket")
        if not isinstance(said, dict) or said.get("id") != remote:
            return None
        return mapping.ticket(self._account, read_item(wire.Ticket, said), self._observed.brands)


class TicketCreator:
    """Makes tickets."""

    keyed = False

    def __init__(self, api: Api, threads: ThreadReader, account: AccountId, observed: ObservedValues) -> None:
        self._api = api
        self._threads = threads
        self._account = account
        self._observed = observed

    async def create(self, new: NewTicket) -> Receipt:
        """Make it once. Our key goes into `metadata`, where a later look may find it."""
        values = new.fields
        body: dict[str, Any] = {
            "brand_id": _text(values.get("brand_id")),
            "subject": _text(values.get("subject")),
            "description": _text(values.get("description")),
            "customer": {"email": _text(values.get("customer.email"))},
        }
        if name := _text(values.get("customer.name")):
            body["customer"]["name"] = name
        for optional in ("priority", "origin"):
            if text := _text(values.get(optional)):
                body[optional] = text
        if tags := values.get("tags"):
            parts = tags if isinstance(tags, tuple) else _text(tags).split(",")
            body["tags"] = [part.strip() for part in parts if part.strip()]
        body["metadata"] = {_METADATA_KEY: new.key}
        answer = await self._api.create(body)
        return await answer.map(lambda data: self._made(data, new))

    async def find(self, new: NewTicket, since: datetime) -> Receipt | None:
        """Look through the brand's list for a ticket with this subject, then at its customer."""
        guard, after = LoopGuard(), ""
        likely: list[RemoteTicket] = []
        for _ in range(_PAGES_TO_LOOK_THROUGH):
            page = await self._api.tickets(brand=_text(new.fields.get("brand_id")), after=after)
            found = (mapping.ticket(self._account, item, self._observed.brands) for item in page.tickets)
            likely.extend(
                remote
                for remote in found
                if remote.ticket.key.remote not in new.sent_ids and _may_be_created(remote, new, since)
            )
            after = page.next_cursor
            if not after:
                break
            guard.advance(after)
            guard.check_progress(item.model.id for item in page.tickets)
        surely, perhaps = [], []
        for remote in likely:
            thread = await self._threads.thread(remote.ticket.key.remote)
            whole = thread.ticket or remote
            if whole.ticket.fields.get(f"metadata.{_METADATA_KEY}") == new.key:
                surely.append(whole)
            elif whole.ticket.requester is not None and _same_address(whole.ticket.requester.email, new):
                perhaps.append(whole)
        one = surely or perhaps
        return Receipt(one[0].ticket.key.remote, ticket=one[0]) if len(one) == 1 else None

    def _made(self, data: Any, new: NewTicket) -> Receipt:
        item: Item[wire.Ticket] = read_item(wire.Ticket, unwrap(unwrap(data, "data"), "ticket"))
        if not _is_new(item.model, new):
            raise ValueError("another ticket than the one that was to be made")
        remote = mapping.ticket(self._account, item, self._observed.brands)
        return Receipt(remote.ticket.key.remote, ticket=remote)


def _upload_problem(problem: DeskProblem, name: str) -> DeskProblem:
    """Return the same failure as one of a message that surely was not sent: its file never got there."""
    text = f"the file {name} could not be uploaded: {problem.detail}"
    match problem:
        case OutcomeUnknown() if problem.status is not None and 300 <= problem.status < 400:
            return Invalid(text, fields={"files": problem.detail}, status=problem.status)
        case OutcomeUnknown() | VendorDown():
            return Throttled(timedelta(seconds=30), text, status=problem.status)
        case NotFound() | Stale() | Invalid() | UnexpectedResponse():
            return Invalid(text, fields={"files": problem.detail}, status=problem.status)
        case _:
            return problem


def _told(said: dict[str, Any], message: OutgoingMessage) -> RemoteMessage | None:
    """Return the message as the answer told it, None where it told only its id."""
    try:
        item = Item(wire.Message.model_validate(said), encode(said))
    except ValueError:
        return None
    if not item.model.body and not item.model.html:
        return None
    return mapping.message(item, message.ticket.requester, {})


def _find_sent(thread: RemoteThread, sent: OutgoingMessage) -> RemoteMessage | None:
    return next((found for found in reversed(thread.messages) if found.id and _is_sent_message(found, sent)), None)


def _is_sent_message(found: RemoteMessage, sent: OutgoingMessage) -> bool:
    """Tell whether a message is the one that was sent: no customer's, with our text, and not older than it."""
    since = sent.since or sent.written_at
    if found.created_at and since and found.created_at < since - _SKEW:
        return False
    return _has_sent_text(found, sent)


def _has_sent_text(found: RemoteMessage, sent: OutgoingMessage) -> bool:
    """Tell whether a message is no customer's and has our text, whenever it was written."""
    if found.side is Side.CUSTOMER or found.visibility is Visibility.INTERNAL:
        return False
    ours = normalise_for_matching(sent.text, is_html=False)
    return matches(ours, normalise_for_matching(found.body, found.format is BodyFormat.HTML))


def _is_new(said: wire.Ticket, new: NewTicket) -> bool:
    """Tell whether a ticket is the one that was to be made, as far as it tells itself."""
    subject, brand = _text(new.fields.get("subject")), _text(new.fields.get("brand_id"))
    return " ".join(said.subject.split()) == " ".join(subject.split()) and said.brand_id in ("", brand)


def _assignee(edit: TicketEdit) -> str:
    if edit.assignee is None:
        raise NotPossible(
            "NexusCore's documentation shows no way to leave a ticket with nobody. Nothing was sent; choose somebody else instead."
        )
    if not edit.assignee.email:
        raise Invalid("NexusCore assigns by e-mail", fields={"assignee": "an e-mail address is needed"})
    return edit.assignee.email


def _may_be_created(remote: RemoteTicket, new: NewTicket, since: datetime) -> bool:
    made = remote.ticket.created_at or datetime.max.replace(tzinfo=UTC)
    return made >= since - _SKEW and remote.ticket.subject.strip() == _text(new.fields.get("subject"))


def _same_address(email: str, new: NewTicket) -> bool:
    return bool(email) and email.casefold() == _text(new.fields.get("customer.email")).casefold()


def _text(value: FieldValue) -> str:
    return "" if value is None else str(value).strip()
