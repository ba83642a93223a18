"""Act on tickets. An action becomes a command in the durable outbox and nothing else; what is shown follows from it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from deskhand.content.addresses import check_addresses
from deskhand.content.characters import one_line, outgoing, shows_nothing
from deskhand.content.ticket_tags import check_tags
from deskhand.domain import resolutions, wording
from deskhand.domain.accounts import Account
from deskhand.domain.batches import NOTHING, Beside
from deskhand.domain.bulk_runs import BulkRun
from deskhand.domain.capabilities import Capabilities, Feature, FieldKind, Limits, Reason
from deskhand.domain.commands import (
    BY_AGENT,
    Action,
    AddNote,
    Assign,
    Command,
    CreateTicket,
    EditField,
    EditTags,
    OutboxItem,
    SendReply,
    Undone,
    UploadFile,
    feature_for,
)
from deskhand.domain.ids import AccountId, CommandId, TicketKey, local_ticket, new_command_id
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, Store
from deskhand.domain.threads import Delivery, Draft, Resolution, Waiting
from deskhand.domain.tickets import FieldValue, Person, Ticket
from deskhand.sync.engine import Engine
from deskhand.sync.follow_up_uploads import uploads

from .outgoing import SUBJECTS, clean, clean_fields
from .settings import Settings
from .tickets import TicketView
from .vendors import Vendors
from .waiting import waits

REPLY, NOTE = "reply", "note"


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is in the outbox.

    Attributes:
        command: the main one; what comes after it is undone with it.
        ticket: where it shows; for a new ticket its local key.
    """

    command: CommandId
    ticket: TicketKey | None


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be done, and nothing was changed.

    Attributes:
        message: why, for the agent.
    """

    message: str


Outcome = Accepted | Refused


class TicketCommands:
    """Everything that an agent can do to a ticket."""

    def __init__(self, store: Store, engine: Engine, vendors: Vendors, clock: Clock, settings: Settings) -> None:
        self._store = store
        self._engine = engine
        self._vendors = vendors
        self._clock = clock
        self._settings = settings

    async def send(self, key: TicketKey, draft: Draft, *, then: Action | None = None, hold: bool = True) -> Outcome:
        """Send the draft as what it is (`reply` or `note`), and then perhaps change the state.

        Args:
            then: an action that waits for the message to be SENT.
            hold: keep it for the undo window first; the command line does not.
        """
        draft = replace(draft, text=outgoing(draft.text))
        if draft.is_empty or (not draft.files and shows_nothing(draft.text)):
            return Refused("There is nothing to send yet.")
        limits = self._limits(self._engine.account(key.account))
        for file in draft.files:
            if limits.file_bytes and file.size > limits.file_bytes:
                return Refused(f"{file.name} is larger than the {limits.file_bytes // 1_000_000} MB that are taken.")
        action: Action
        if draft.kind == REPLY:
            ticket = await self._store.tickets.get(key)
            action = SendReply(
                draft.text,
                draft.html,
                draft.cc,
                draft.files,
                draft.seen,
                customer=ticket.requester if ticket else None,
                known=await self._store.threads.customer_message_ids(key),
            )
            if draft.cc and (why := await self._obstacle(key, Feature.CC)):
                return Refused(why)
            if why := check_addresses(draft.cc):
                return Refused(why)
        else:
            action = AddNote(draft.text, draft.html, draft.files)
        if draft.files and (why := await self._obstacle(key, Feature.ATTACH)):
            return Refused(why)
        wanted = (action, then) if then is not None else (action,)
        for one in wanted:
            if why := await self.why_not(key, one):
                return Refused(why)
        main = self._command(key, action)
        hold_until = self.held_until if hold else None
        followers = list(uploads(main, limits))
        if then is not None:
            followers.append(self._command(key, then, after=main.id))
        await self._store.outbox.submit(main, hold_until=hold_until, clear_draft=draft.kind, followers=followers)
        return Accepted(main.id, key)

    async def change(self, key: TicketKey, action: Action) -> Outcome:
        """Change a field of the ticket, archive it, or dispatch it."""
        if why := await self.why_not(key, action):
            return Refused(why)
        command = self._command(key, action)
        await self._store.outbox.submit(command, hold_until=None)
        return Accepted(command.id, key)

    def refusal(self, view: TicketView, action: Action) -> str:
        """Return why an action is not possible for a ticket as it is known here, see `why_not`; nothing is read."""
        return self._refusal(view.ticket.key, view.confirmed, action)

    def command(self, key: TicketKey, action: Action, after: CommandId | None = None) -> Command:
        """Return the command for an action; nothing is stored.

        Args:
            after: it waits until that one was sent.
        """
        return self._command(key, action, after=after)

    @property
    def held_until(self) -> datetime:
        """Until when a message that is sent now can be taken back."""
        return self._clock.now() + timedelta(seconds=self._settings.undo_seconds)

    async def as_seen(self, view: TicketView, reply: SendReply) -> SendReply:
        """Return a reply with what it is compared with before it leaves: the conversation and the customer as they are known now."""
        known = await self._store.threads.customer_message_ids(view.ticket.key)
        return replace(reply, seen=view.newest, customer=view.ticket.requester, known=known)

    async def change_all(self, commands: Sequence[Command], run: BulkRun | None, beside: Beside = NOTHING) -> None:
        """Put changes that `refusal` has nothing against into the outbox, all or none.

        Args:
            run: what they belong to, kept until the agent has read the results; None = nobody reads them.
            beside: what is done on this computer with them, and which of them are held first.
        """
        await self._store.outbox.submit_all(commands, run, beside)

    async def pause_all(self, commands: Collection[CommandId]) -> None:
        """Let nothing of this leave before `go_on`, also after a restart; what is leaving now goes on."""
        async with self._engine.outbox_lock:
            await self._store.outbox.hold(commands)

    async def go_on(self, commands: Collection[CommandId]) -> None:
        """End the pause."""
        async with self._engine.outbox_lock:
            await self._store.outbox.release(commands)

    async def undo_all(self, commands: Collection[CommandId]) -> frozenset[CommandId]:
        """Take back those changes that have not left; returns which. Messages are not taken back by it: `undo` brings their drafts."""
        async with self._engine.outbox_lock:
            return await self._store.outbox.withdraw_all(commands)

    async def forget_run(self, run: str) -> None:
        """Forget a run that the agent has read the results of."""
        await self._store.outbox.forget_run(run)

    async def create(self, account: AccountId, fields: Mapping[str, FieldValue], subject: str) -> Outcome:
        """Make a ticket: it is in the list at once, under a local key until its vendor names it."""
        found = self._engine.account(account)
        if found is None:
            return Refused("There is no such account.")
        capabilities = found.capabilities or Capabilities()
        if (why := capabilities.reason(Feature.CREATE)) is not None:
            return Refused(wording.reason(why, self._vendors.info(found.vendor).name))
        if wrong := check_tags(_tags_in(fields, capabilities)):
            return Refused(wrong)
        fields, subject = clean_fields(fields), one_line(subject)
        missing = [f.label for f in capabilities.create_form if f.required and _is_nothing(fields.get(f.name))]
        if missing:
            return Refused(f"Still missing: {', '.join(missing)}.")
        emails = (fields.get(form.name) for form in capabilities.create_form if form.kind is FieldKind.EMAIL)
        if wrong := check_addresses([email for email in emails if isinstance(email, str) and email]):
            return Refused(wrong)
        maker = new_command_id()
        key = local_ticket(account, maker)
        command = Command(maker, account, key, CreateTicket(subject, dict(fields)), self._clock.now())
        await self._store.outbox.submit(command, hold_until=None)
        return Accepted(maker, key)

    async def undo(self, command: CommandId) -> Undone | None:
        """Take back what has not left; a message comes back as exactly the draft it was.

        Returns:
            None where it is too late.
        """
        async with self._engine.outbox_lock:
            return await self._take_back(command)

    async def waiting(self, items: Sequence[OutboxItem]) -> Mapping[CommandId, Waiting]:
        """Return what those of these items wait for that are open."""
        return waits(items, await self._store.outbox.open_items(), self._engine, self._clock)

    async def send_now(self, command: CommandId) -> None:
        """End the undo window early."""
        async with self._engine.outbox_lock:
            item = await self._store.outbox.get(command)
            if item is not None and item.delivery is Delivery.HELD:
                await self._store.outbox.update(replace(item, delivery=Delivery.QUEUED, hold_until=None))

    async def resolve(self, command: CommandId, how: Resolution) -> Outcome:
        """Carry out what the agent decided about an item that needs a decision.

        What `resolutions` does not allow is refused with the reason. DISCARD gives the text up: whoever offers it asks first.
        """
        async with self._engine.outbox_lock:
            item = await self._store.outbox.get(command)
            if item is None:
                return Refused("There is no such item in the outbox.")
            if why := resolutions.refusal(item, how):
                return Refused(why)
            match how:
                case Resolution.AGAIN:
                    asked = item.forced or item.delivery is Delivery.NEEDS_DECISION
                    await self._store.outbox.update(
                        replace(
                            item,
                            delivery=Delivery.QUEUED,
                            forced=asked,
                            decision=None,
                            problem="",
                            not_before=None,
                            waits_since=None,
                        )
                    )
                case Resolution.WAS_SENT:
                    await self._store.outbox.complete(
                        replace(item, delivery=Delivery.SENT, confirmation=BY_AGENT, decision=None, problem=""),
                        None,
                        (),
                    )
                case Resolution.DISCARD:
                    if not await self._store.outbox.withdraw(command, None):
                        return Refused("It is too late to take this back.")
                case Resolution.DRAFT:
                    if await self._take_back(command) is None:
                        return Refused("It is too late to take this back.")
            return Accepted(command, item.command.ticket)

    async def _take_back(self, command: CommandId) -> Undone | None:
        item = await self._store.outbox.get(command)
        if item is None or item.delivery not in (
            Delivery.HELD,
            Delivery.QUEUED,
            Delivery.FAILED,
            Delivery.NEEDS_DECISION,
        ):
            return None
        if isinstance(item.command.action, UploadFile) and item.command.after:
            message = await self._store.outbox.get(item.command.after)
            if message is not None and message.delivery is not Delivery.SENT:
                # The message would bring its file along all the same: they are taken back together or not at all.
                return await self._take_back(message.command.id)
        draft = await self._draft_of(item)
        if not await self._store.outbox.withdraw(command, draft):
            return None
        return Undone(item.command.ticket, draft)

    async def _draft_of(self, item: OutboxItem) -> Draft | None:
        """Return the draft that an item goes back to; a file whose message is gone goes into a draft of that message's kind.

        A kind that is not known any more counts as a note: a colleague's file must not end up in an answer to the customer.
        """
        action = item.command.action
        if not isinstance(action, UploadFile):
            return draft_of(item)
        parent = await self._store.outbox.get(item.command.after) if item.command.after else None
        is_reply = parent is not None and isinstance(parent.command.action, SendReply)
        return Draft(REPLY if is_reply else NOTE, "", files=(action.file,))

    async def why_not(self, key: TicketKey, action: Action) -> str:
        """Return why an action is not possible for a ticket; empty where it is."""
        return self._refusal(key, await self._store.tickets.get(key), action)

    def _refusal(self, key: TicketKey, ticket: Ticket | None, action: Action) -> str:
        if why := self._obstacle_of(key, ticket, feature_for(action)):
            return why
        account = self._engine.account(key.account)
        if isinstance(action, SendReply | AddNote):
            most = self._limits(account).message_chars
            if most and len(action.text) > most:
                return f"This is longer than the {most} characters that fit into one message."
        if isinstance(action, Assign) and action.to is not None and (why := _unknown(action.to, account)):
            return why
        if isinstance(action, EditField) and action.name in SUBJECTS and shows_nothing(str(action.to or "")):
            return "Nobody would see this subject."
        if isinstance(action, EditTags) and (why := check_tags(action.add)):
            return why
        leaves_nobody = isinstance(action, Assign) and action.to is None
        if leaves_nobody and account and account.capabilities and not account.capabilities.unassign:
            return wording.reason(Reason.NOT_DOCUMENTED, self._vendors.info(account.vendor).name)
        return ""

    async def _obstacle(self, key: TicketKey, feature: Feature) -> str:
        return self._obstacle_of(key, await self._store.tickets.get(key), feature)

    def _obstacle_of(self, key: TicketKey, ticket: Ticket | None, feature: Feature) -> str:
        account = self._engine.account(key.account)
        if account is None:
            return "There is no such account."
        name = self._vendors.info(account.vendor).name
        reason = ticket.blocked.get(feature) if ticket else None
        if reason is None and key.is_local and feature is not Feature.CREATE:
            reason = Reason.NOT_NAMED_YET
        if reason is None:
            reason = (account.capabilities or Capabilities()).reason(feature)
        return wording.reason(reason, name) if reason else ""

    @staticmethod
    def _limits(account: Account | None) -> Limits:
        return (account.capabilities if account and account.capabilities else Capabilities()).limits

    def _command(self, key: TicketKey, action: Action, *, after: CommandId | None = None) -> Command:
        return Command(new_command_id(), key.account, key, clean(action), self._clock.now(), after)


def _unknown(person: Person, account: Account | None) -> str:
    """Return what is wrong with the address of somebody whom the vendor does not list."""
    agents = account.capabilities.agents if account and account.capabilities else ()
    listed = {agent.email.casefold() for agent in agents}
    return "" if not person.email or person.email.casefold() in listed else check_addresses([person.email])


def _is_nothing(value: FieldValue) -> bool:
    return value in (None, "", ()) or (isinstance(value, str) and shows_nothing(value))


def _tags_in(fields: Mapping[str, FieldValue], capabilities: Capabilities) -> list[str]:
    """Return the tags that a form holds, as a list or as one text with commas."""
    given = [fields.get(form.name) for form in capabilities.create_form if form.kind is FieldKind.TAGS]
    parts = [value.split(",") if isinstance(value, str) else value for value in given if isinstance(value, str | tuple)]
    return [tag for several in parts for tag in several if tag.strip(" ")]


def draft_of(item: OutboxItem) -> Draft | None:
    """Return the draft that a message was made from; None for everything that is no message."""
    action = item.command.action
    match action:
        case SendReply():
            return Draft(REPLY, action.text, action.html, action.cc, action.files, len(action.text), action.seen)
        case AddNote():
            return Draft(NOTE, action.text, action.html, (), action.files, len(action.text))
        case _:
            return None
