"""One step of one outbox item: the state machine of DESIGN.md section 5.

    QUEUED  -guard-> ASK | -commit SENDING before the first byte-> SENDING
    SENDING -proof-> SENT | -provably unsent-> QUEUED, later | -refused-> FAILED | -anything else, a crash included-> UNKNOWN
    UNKNOWN -keyed: the same again- | -readable: look for our own text, wait out the settle time, look again- | else ASK

Every branch ends in a stored transition. A cancelled step leaves SENDING behind, which the next step (in this run or after a
restart) reads as UNKNOWN.
"""

import logging
from collections.abc import Callable
from dataclasses import field, replace
from datetime import datetime, timedelta

from deskhand.domain import wording
from deskhand.domain.capabilities import Reason, SendGuarantee
from deskhand.domain.commands import (
    AddNote,
    ArchiveTicket,
    CreateTicket,
    DecisionReason,
    DispatchTicket,
    LinkTickets,
    MakeSubTicket,
    OutboxItem,
    PushRecord,
    SendReply,
    UploadFile,
    feature_for,
    is_message,
    kind_of,
    repeats_harmlessly,
)
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import NewTicket, Receipt
from deskhand.domain.problems import (
    DeskProblem,
    Invalid,
    NotFound,
    Offline,
    OutcomeUnknown,
    SignInNeeded,
    Throttled,
    VaultUnavailable,
    VendorDown,
    proves_unsent,
    refuses_for_good,
)
from deskhand.domain.threads import Delivery, Message, RemoteThread

from .confirmations import Confirmations
from .departures import Departures
from .executor import AlreadyApplied, Call, CommandExecutor, NeedsDecision, Postponed, ticket_of
from .follow_up_uploads import uploads
from .newer import newer
from .reconciliation import ReconcileConfig, match_sent_message, preexisting_ids
from .sanitizing import sanitize_message, sanitize_messages
from .schedule import resend_wait

log = logging.getLogger(__name__)

MAX_LOOKS = 6
"""How often an unknown outcome is looked for within the settle time."""

OUTAGE = timedelta(hours=1)
"""A vendor that cannot be looked at for so long, for problems of its own, ends the wait with a question."""


@dataclass(frozen=True, slots=True)
class OutboxItemProcessor:
    """Moves items of one account, one step at a time.

    Attributes:
        deferrals: how often each item was deferred in a row, also before its first try.
    """

    executor: CommandExecutor
    reconcile: ReconcileConfig
    random: Callable[[], float]
    deferrals: dict[CommandId, int] = field(default_factory=dict)
    departures: Departures = field(default_factory=Departures)
    confirmations: Confirmations = field(default_factory=Confirmations)

    async def step(self, item: OutboxItem) -> DeskProblem | None:
        """Move the item as far as it goes now.

        Returns:
            A problem that concerns the whole account (offline, throttled, sign-in), for its status; else None.
        """
        unknown = item.delivery in (Delivery.UNKNOWN, Delivery.SENDING)
        try:
            if unknown:
                call = await self._reconcile(item)
            else:
                item = await self._guard(item)
                call = await self.executor.prepare(item)
        except Postponed as stop:
            if unknown and self._reconcile_exhausted(item, stop.problem):
                await self._ask_agent(item, DecisionReason.MAY_HAVE_BEEN_SENT, "")
                return None
            return await self._later(item, stop.problem, unknown=unknown)
        except NeedsDecision as question:
            await self._ask_agent(item, question.why, question.detail)
        except AlreadyApplied:
            await self._complete(item, None, "found")
        except DeskProblem as problem:
            if not refuses_for_good(problem):
                return await self._later(item, problem, unknown=unknown)
            await self._refused(item, problem, unknown=unknown)
        else:
            return await self._send(item, call, unknown=unknown) if call is not None else None
        return None

    async def defer(self, item: OutboxItem, mistake: Exception, wait: timedelta) -> None:
        """Leave an item alone for a while, because a mistake of ours ended its step; a send on its way counts as unknown."""
        known = await self.executor.store.outbox.get(item.command.id)
        if known is None or known.delivery.needs_agent:
            return
        unknown = known.delivery in (Delivery.UNKNOWN, Delivery.SENDING)
        now = self.executor.clock.now()
        await self._move(
            replace(
                known,
                delivery=Delivery.UNKNOWN if unknown else known.delivery,
                not_before=now + wait,
                problem=wording.problem(mistake, self.executor.vendor),
                waits_since=known.waits_since or now,
                waits_until=now + wait,
            )
        )

    async def _guard(self, item: OutboxItem) -> OutboxItem:
        """Look before sending; returns the item with the ids of equal messages that are there already, for a vendor without keys."""
        action = item.command.action
        missing = self.executor.capabilities.reason(feature_for(action))
        if missing is not None:
            raise Invalid(wording.reason(missing, self.executor.vendor))
        if item.command.ticket and item.command.ticket.is_local and not isinstance(action, CreateTicket):
            raise Invalid(wording.reason(Reason.NOT_NAMED_YET, self.executor.vendor))
        if not isinstance(action, SendReply | AddNote) or self.executor.connection.threads is None:
            return item
        keyless = self.executor.capabilities.guarantee is SendGuarantee.RECONCILABLE and item.first_sent is None
        watchful = isinstance(action, SendReply) and not item.forced
        if not (keyless or watchful):
            return item
        known = {message.id for message in await self.executor.store.threads.remote_messages(ticket_of(item))}
        thread = await self._read(item)
        if watchful and isinstance(action, SendReply):
            await self._ask_if_another(item, action)
            await self._ask_if_newer(item, action, known, thread)
        return replace(item, preexisting_ids=preexisting_ids(action, thread)) if keyless else item

    async def _ask_if_another(self, item: OutboxItem, action: SendReply) -> None:
        """Stop where the ticket, as it was read just now, is another customer's than the agent wrote to."""
        ticket = await self.executor.store.tickets.get(ticket_of(item))
        now = ticket.requester if ticket else None
        if now is not None and now.is_another(action.customer):
            raise NeedsDecision(DecisionReason.OTHER_CUSTOMER, now.shown)

    async def _ask_if_newer(self, item: OutboxItem, action: SendReply, known: set[str], thread: RemoteThread) -> None:
        """Stop where a newer public message came in since the agent wrote (U2, O09)."""
        ours = await self.executor.store.outbox.sent_ids(ticket_of(item))
        written = item.command.created_at + self.executor.connection.clock_lead
        if newer(thread, action, known, ours, written):
            raise NeedsDecision(DecisionReason.THREAD_CHANGED)

    async def _read(self, item: OutboxItem) -> RemoteThread:
        try:
            thread = await self.executor.puller.read(ticket_of(item))
        except DeskProblem as problem:
            raise Postponed(problem) from problem
        if thread is None:
            raise NotFound(status=404)
        return thread

    async def _send(self, item: OutboxItem, call: Call, *, unknown: bool) -> DeskProblem | None:
        """Make the one call.

        Once SENDING is stored nothing but an answer may make it anything else than unknown: whatever goes wrong from here on
        in this program leaves SENDING behind.

        Args:
            unknown: an earlier try may have arrived, so that no failure of this one proves that nothing was sent.
        """
        now = self.executor.clock.now()
        before = item
        item = replace(
            item,
            delivery=Delivery.SENDING,
            attempts=item.attempts + 1,
            first_sent=item.first_sent or now,
            last_sent=now,
            not_before=None,
            decision=None,
            problem="",
            waits_until=None,
        )
        async with self.executor.outbox_lock:
            await self._move(item)
            stored = await self.executor.store.outbox.get(item.command.id)
        if stored is None or stored.delivery is not Delivery.SENDING:
            return None  # taken back while the guard looked
        try:
            receipt = await self.departures.call(before, call)
        except DeskProblem as problem:
            if refuses_for_good(problem):
                await self._refused(item, problem, unknown=unknown)
                return None
            unsent = proves_unsent(problem) or isinstance(problem, SignInNeeded | VaultUnavailable)
            if unsent:  # a colleague's equal text of the meantime must not look as if this try had brought it
                item = replace(item, first_sent=before.first_sent, last_sent=before.last_sent)
            return await self._later(item, problem, unknown=unknown or not unsent)
        try:
            await self._complete(item, receipt, "answer")
        except OutcomeUnknown as problem:  # the vendor's proof belongs to another message
            if self._has_key(item):
                await self._ask_agent(item, DecisionReason.MAY_HAVE_BEEN_SENT, "")
            else:
                await self._later(item, problem, unknown=True)
        return None

    # --- an unknown outcome ---

    async def _reconcile(self, item: OutboxItem) -> Call | None:
        """Return the call to repeat, or None where looking has moved the item."""
        action = item.command.action
        if isinstance(action, ArchiveTicket) and await self.executor.is_archived(ticket_of(item)):
            raise AlreadyApplied
        if repeats_harmlessly(action) or isinstance(action, ArchiveTicket):
            return await self.executor.prepare(item)
        if self._has_key(item):
            if self._key_is_alive(item) or self.executor.connection.threads is None:
                return await self.executor.prepare(item)
            await self._look_for_message(item, DecisionReason.NO_KEY_LEFT)
        elif is_message(action) and self.executor.connection.threads is not None:
            await self._look_for_message(item, DecisionReason.MAY_HAVE_BEEN_SENT)
        elif isinstance(action, CreateTicket):
            await self._look_for_ticket(item, action)
        else:
            raise NeedsDecision(DecisionReason.MAY_HAVE_BEEN_SENT)
        return None

    def _is_looked_for(self, item: OutboxItem) -> bool:
        """Tell whether an unknown outcome is settled by reading or asking, not by doing the same again."""
        return not (self._has_key(item) or isinstance(item.command.action, PushRecord))

    def _has_key(self, item: OutboxItem) -> bool:
        action = item.command.action
        if isinstance(action, CreateTicket):
            return self.executor.connection.creator is not None and self.executor.connection.creator.keyed
        return is_message(action) and self.executor.capabilities.guarantee is SendGuarantee.IDEMPOTENT

    def _key_is_alive(self, item: OutboxItem) -> bool:
        return item.first_sent is None or self.executor.clock.now() - item.first_sent < self.reconcile.key_life

    async def _look_for_message(self, item: OutboxItem, otherwise: DecisionReason) -> None:
        action = item.command.action
        if not isinstance(action, SendReply | AddNote):
            raise NeedsDecision(otherwise)
        thread = await self._read(item)
        sent_ids = await self.executor.store.outbox.sent_ids(ticket_of(item))
        found = match_sent_message(
            item,
            action,
            thread,
            sent_ids,
            me=self.executor.account.me,
            colleagues={agent.email for agent in self.executor.capabilities.agents},
            settle=self.reconcile.settle_seconds,
            clock_lead=self.executor.connection.clock_lead,
        )
        await self._match_or_wait(item, Receipt(found.id, thread=thread) if found else None, otherwise)

    async def _look_for_ticket(self, item: OutboxItem, action: CreateTicket) -> None:
        creator = self.executor.connection.creator
        if creator is None or item.first_sent is None:
            raise NeedsDecision(DecisionReason.MAY_HAVE_BEEN_SENT)
        taken = await self.executor.store.outbox.sent_ids(TicketKey(item.command.account, ""))
        new = NewTicket(item.command.id, action.fields, item.command.created_at, taken)
        try:
            found = await creator.find(new, item.first_sent + self.executor.connection.clock_lead)
        except DeskProblem as problem:
            raise Postponed(problem) from problem
        await self._match_or_wait(item, found, DecisionReason.MAY_HAVE_BEEN_SENT)

    def _reconcile_exhausted(self, item: OutboxItem, problem: DeskProblem) -> bool:
        """Tell whether looking for an unknown outcome fails in a way that waiting does not mend: only the agent can end it then."""
        if isinstance(problem, Offline | Throttled | SignInNeeded | VaultUnavailable):
            return False
        patience = OUTAGE if isinstance(problem, VendorDown) else timedelta(seconds=self.reconcile.settle_seconds)
        return self._waited(item, patience, self.deferrals.get(item.command.id, 0))

    def _waited(self, item: OutboxItem, long: timedelta, looks: int) -> bool:
        """Tell whether the last try is so long ago; where a clock that was set back cannot tell, whether there were enough looks."""
        now = self.executor.clock.now()
        if item.last_sent is None or now < item.last_sent:
            return looks >= MAX_LOOKS
        return now - item.last_sent >= long

    async def _match_or_wait(self, item: OutboxItem, found: Receipt | None, otherwise: DecisionReason) -> None:
        if found is not None:
            try:
                return await self._complete(item, found, "found")
            except OutcomeUnknown:  # what was found proves another send of ours
                log.info("outbox %s: what was found is another's", item.command.id)
        return await self._wait_or_ask(item, otherwise)

    async def _wait_or_ask(self, item: OutboxItem, otherwise: DecisionReason) -> None:
        """A late commit may still show up: look again until the settle time is over, then ask, never resend."""
        settle = timedelta(seconds=self.reconcile.settle_seconds)
        if self._waited(item, settle, item.settled_reads):
            raise NeedsDecision(otherwise)
        now = self.executor.clock.now()
        again = now + max(settle / MAX_LOOKS, timedelta(seconds=0.05))
        if item.last_sent is not None and now >= item.last_sent:
            again = min(again, item.last_sent + settle)
        await self._move(
            replace(item, delivery=Delivery.UNKNOWN, not_before=again, settled_reads=item.settled_reads + 1)
        )

    # --- transitions ---

    async def _move(self, item: OutboxItem) -> None:
        log.info(
            "outbox %s %s: %s, try %d", item.command.id, kind_of(item.command.action), item.delivery, item.attempts
        )
        await self.executor.store.outbox.update(item)

    async def _later(self, item: OutboxItem, problem: DeskProblem, *, unknown: bool) -> DeskProblem | None:
        times = self.deferrals[item.command.id] = self.deferrals.get(item.command.id, 0) + 1
        wait, now = resend_wait(problem, times, self.random), self.executor.clock.now()
        if unknown and times == 1 and self._is_looked_for(item):
            wait = timedelta()  # most answers that were lost can be read back at once
        await self._move(
            replace(
                item,
                delivery=Delivery.UNKNOWN if unknown else Delivery.QUEUED,
                not_before=now + wait,
                problem=wording.problem(problem, self.executor.vendor),
                waits_since=item.waits_since or now,
                waits_until=now + wait,
            )
        )
        return problem if isinstance(problem, Offline | Throttled | SignInNeeded | VaultUnavailable) else None

    async def _refused(self, item: OutboxItem, problem: DeskProblem, *, unknown: bool) -> None:
        is_about_ticket = not isinstance(
            item.command.action, CreateTicket | DispatchTicket | LinkTickets | MakeSubTicket | UploadFile
        )
        if isinstance(problem, NotFound) and item.command.ticket is not None and is_about_ticket:
            await self.executor.store.tickets.mark_gone(item.command.ticket)
        if unknown and not repeats_harmlessly(item.command.action):
            await self._ask_agent(item, DecisionReason.MAY_HAVE_BEEN_SENT, "")
            return
        message = wording.refused(problem, self.executor.vendor, item.command.action)
        await self._move(_stopped(item, Delivery.FAILED, message, self.executor.clock.now()))

    async def _ask_agent(self, item: OutboxItem, why: DecisionReason, detail: str) -> None:
        question = wording.ask(why, self.executor.vendor) + (f" It is now: {detail}." if detail else "")
        await self._move(
            replace(_stopped(item, Delivery.NEEDS_DECISION, question, self.executor.clock.now()), decision=why)
        )

    async def _complete(self, item: OutboxItem, receipt: Receipt | None, confirmation: str) -> None:
        if receipt is not None and receipt.remote_id and receipt.remote_id in item.preexisting_ids:
            raise OutcomeUnknown("an equal message that was there before the first try proves nothing")
        self.deferrals.pop(item.command.id, None)
        sent = replace(
            item,
            delivery=Delivery.SENT,
            remote_id=receipt.remote_id if receipt else item.remote_id,
            confirmation=confirmation,
            not_before=None,
            decision=None,
            problem=receipt.message_for_agent if receipt else "",
            waits_since=None,
            waits_until=None,
        )
        for upload in uploads(item.command, self.executor.capabilities.limits):
            await self.executor.store.outbox.submit(
                upload, hold_until=None
            )  # there already, but for a kill at the wrong moment
        if item.command.ticket is not None:
            self.confirmations.note(item.command.ticket)
        log.info("outbox %s %s: sent, by %s", item.command.id, kind_of(item.command.action), confirmation)
        await self.executor.store.outbox.complete(sent, receipt, await self._sanitized(receipt))

    async def _sanitized(self, receipt: Receipt | None) -> tuple[Message, ...]:
        me = self.executor.account.me
        if receipt is not None and receipt.thread is not None:
            return await sanitize_messages(receipt.thread.messages, me)
        if receipt is not None and receipt.message is not None:
            return (sanitize_message(receipt.message, me),)
        return ()


def _stopped(item: OutboxItem, delivery: Delivery, problem: str, now: datetime) -> OutboxItem:
    return replace(item, delivery=delivery, problem=problem, not_before=None, waits_since=now, waits_until=None)
