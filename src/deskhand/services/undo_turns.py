"""How the parts of a step are undone and done again: by the outbox where a vendor is told, at once where it is of this computer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import field, replace
from typing import Protocol

from deskhand.domain import undo_wording, wording
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.commands import (
    Action,
    Assign,
    ChangePriority,
    ChangeState,
    Command,
    EditField,
    EditTags,
    FieldChange,
)
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import OutboxReader
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Delivery, Draft, joined
from deskhand.domain.ticket_links import LinkKind
from deskhand.sync import merging

from .accounts import Accounts
from .decisions import Irreversible
from .drafts import Drafts
from .later import Later, is_same
from .linked_tickets import LinkedTickets
from .own_views import OwnViews
from .records import Records
from .settings import Settings
from .ticket_commands import Accepted, TicketCommands
from .tickets import Tickets, TicketView
from .undo_steps import (
    ChangePart,
    DraftPart,
    LaterPart,
    LinkPart,
    MessagePart,
    NewTicketPart,
    NotePart,
    Part,
    PausePart,
    PinPart,
    ReadPart,
    RecordPart,
    SettingPart,
    ViewPart,
    part_within,
)

_TAKEN_BACK = (Delivery.HELD, Delivery.QUEUED, Delivery.FAILED, Delivery.NEEDS_DECISION)
_GONE = "The ticket is not here any more."
_NO_ACCOUNT = "Its account was removed."


class Texts(Protocol):
    """Where a text goes that is taken back: in the window, into the box where it was typed."""

    async def take_back(self, command: CommandId) -> bool:
        """Take a message out of the outbox; its text is a draft again. False where it has left."""

    async def bring_back(self, ticket: TicketKey, draft: Draft) -> None:
        """Let a text be a draft again, before what was typed since."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was left, because the value is not the one any more that was set.

    Attributes:
        said: what it is now and what it would be, as a sentence.
    """

    part: ChangePart
    said: str


@dataclass(slots=True)
class Turn:
    """What became of parts.

    Attributes:
        turned: those that were turned. `again`: the same as they are now, to be turned the other way.
        reasons: why not, for each that was not.
    """

    turned: tuple[Part, ...] = ()
    again: tuple[Part, ...] = ()
    reasons: list[str] = field(default_factory=list)
    conflicts: tuple[Conflict, ...] = ()

    def add(self, part: Part, again: Part | None = None) -> None:
        """Note that a part was turned; `again` is None where it cannot be turned back from here."""
        self.turned = (*self.turned, part)
        if again is not None:
            self.again = (*self.again, again)


class TurnMaker:
    """Turns parts. What the store does not take raises no problem: it is a reason."""

    def __init__(
        self,
        commands: TicketCommands,
        outbox: OutboxReader,
        tickets: Tickets,
        accounts: Accounts,
        drafts: Drafts,
        later: Later,
        views: OwnViews,
        links: LinkedTickets,
        records: Records,
        settings: Settings,
    ) -> None:
        self._commands = commands
        self._outbox = outbox
        self._accounts = accounts
        self._tickets = tickets
        self._drafts = drafts
        self._later = later
        self._views = views
        self._links = links
        self._records = records
        self._settings = settings

    async def can_withdraw(self, parts: Iterable[Part]) -> bool:
        """Tell whether any of these parts waits in the outbox and has not left."""
        commands = [one for part in parts if (one := _command_of(part)) is not None]
        items = await self._outbox.get_all(commands)
        return any(item.delivery in _TAKEN_BACK for item in items.values())

    async def turn(
        self, parts: Sequence[Part], *, undo: bool, texts: Texts | None = None, agreed: Collection[str] = ()
    ) -> Turn:
        """Undo parts, or do them again.

        Args:
            agreed: what was said of conflicts, and may be written over.
        """
        turn = Turn()
        accounts = {account.id for account in self._accounts.all()}
        here = [left for part in parts if (left := part_within(part, accounts, undo=undo)) is not None]
        turn.reasons += [_NO_ACCOUNT] * (len(parts) - len(here))
        changes = [part for part in here if isinstance(part, ChangePart)]
        if changes:
            await self._turn_changes(turn, changes, undo=undo, agreed=agreed)
        for part in here:
            is_told = isinstance(part, LinkPart) and any(link.kind is not LinkKind.RELATED for link in part.links)
            if not isinstance(part, ChangePart) and not (is_told and turn.reasons):  # the vendor keeps the link
                try:
                    await self._turn_other(turn, part, undo=undo, texts=texts or self)
                except DeskProblem as problem:
                    turn.reasons.append(wording.problem(problem, "Deskhand"))
        return turn

    # --- what a vendor is told ---

    async def _turn_changes(
        self, turn: Turn, parts: Sequence[ChangePart], *, undo: bool, agreed: Collection[str]
    ) -> None:
        """Take out of the outbox what has not left, in one transaction; put the opposite of the rest in, in another."""
        named = {part.ticket: await self._tickets.vendor_key(part.ticket) or part.ticket for part in parts}
        taken = await self._commands.undo_all([part.command for part in parts if part.command is not None])
        left = [part for part in parts if part.command not in taken]
        views = await self._tickets.headers([named[part.ticket] for part in left])
        commands: list[Command] = []
        conflicts: list[Conflict] = []
        results: dict[int, ChangePart] = {}
        for number, part in enumerate(parts):
            if part.command in taken or await self._withdrawn(part):
                results[number] = replace(part, command=None)
                continue
            view = views.get(named[part.ticket])
            action = _wanted(part, undo=undo)
            if view is None or isinstance(action, Irreversible):
                turn.reasons.append(action.reason if isinstance(action, Irreversible) else _GONE)
                continue
            if (said := _changed_meanwhile(view, action)) and said not in agreed:
                conflicts.append(Conflict(part, said))
                continue
            action = _based_on_now(view, action) if said else action
            if why := self._commands.refusal(view, action):
                turn.reasons.append(why)
                continue
            if _is_so(view, action):
                results[number] = replace(part, command=None)
                continue
            command = self._commands.command(view.ticket.key, action)
            commands.append(command)
            results[number] = replace(part, command=command.id)
        if commands:
            await self._commands.change_all(commands, None)
        turn.conflicts = tuple(conflicts)
        for number, part in enumerate(parts):
            if number in results:
                turn.add(part, results[number])

    async def _withdrawn(self, part: ChangePart) -> bool:
        """Take out what `undo_all` leaves: what holds a text, was refused, or waits for a decision."""
        return part.command is not None and await self._commands.undo(part.command) is not None

    # --- the rest ---

    async def _turn_other(self, turn: Turn, part: Part, *, undo: bool, texts: "Texts | TurnMaker") -> None:
        match part:
            case MessagePart():
                if await texts.take_back(part.command):
                    turn.add(part)  # it is sent again from the box, where the agent sees it
                elif not await self._outbox.get_all([part.command]):
                    turn.reasons.append("It is not in the outbox any more.")  # taken back there, or by stopping the run
                else:
                    turn.reasons.append(self._why_not_recalled(part.ticket.account))
            case NotePart(draft=draft) if draft.is_empty:  # of a macro: nothing was typed
                await self._tickets.remove_local_note(part.ticket, part.id)
                turn.add(part)
            case NotePart():
                await texts.bring_back(
                    part.ticket, part.draft
                )  # first: a kill between the two leaves both, and loses nothing
                await self._tickets.remove_local_note(part.ticket, part.id)
                turn.add(part)
            case DraftPart():
                await texts.bring_back(part.ticket, part.draft)
                turn.add(part)
            case NewTicketPart():
                await self._turn_new_ticket(turn, part, undo=undo)
            case LaterPart():
                await self._turn_later(turn, part, undo=undo)
            case PinPart(tickets=keys, pinned=pinned):
                await self._later.set_pinned(keys, pinned=pinned != undo)
                turn.add(part, part)
            case ReadPart(tickets=keys, unread=unread):
                await self._tickets.set_read(keys, unread=unread != undo)
                turn.add(part, part)
            case LinkPart(links=links, made=made):
                await self._links.set(links, made=made != undo)
                turn.add(part, part)
            case ViewPart():
                await self._turn_view(turn, part, undo=undo)
            case RecordPart():
                await self._turn_record(turn, part, undo=undo)
            case PausePart(account=account, paused=paused):
                await self._accounts.pause(account, paused=paused != undo)
                turn.add(part, part)
            case SettingPart():
                await self._turn_settings(turn, part, undo=undo)
            case _:
                raise AssertionError(part)

    async def _turn_new_ticket(self, turn: Turn, part: NewTicketPart, *, undo: bool) -> None:
        if undo:
            if await self._commands.undo(part.command) is not None:
                turn.add(part, part)
            else:
                turn.reasons.append(undo_wording.cannot_delete(self._vendor_of(part.ticket.account)))
            return
        outcome = await self._commands.create(part.ticket.account, part.action.fields, part.action.subject)
        if isinstance(outcome, Accepted):
            turn.add(part, replace(part, command=outcome.command, ticket=outcome.ticket or part.ticket))
        else:
            turn.reasons.append(outcome.message)

    async def _turn_later(self, turn: Turn, part: LaterPart, *, undo: bool) -> None:
        """Put the marks back of the tickets that still have those that were set; another time or reason is not written over."""
        set_then, wanted = (part.after, part.before) if undo else (part.before, part.after)
        now = await self._later.before(tuple(part.before))
        keys = [key for key in part.before if is_same(now[key], set_then.get(key))]
        if len(keys) < len(part.before):
            turn.reasons.append("What stood in Later was changed meanwhile.")
        if keys:
            await self._later.restore({key: wanted.get(key) for key in keys})
            left = LaterPart({key: part.before[key] for key in keys}, {key: part.after.get(key) for key in keys})
            turn.add(left, left)

    async def _turn_record(self, turn: Turn, part: RecordPart, *, undo: bool) -> None:
        if not undo:
            action = part.action
            command = await self._records.push(part.account, action.kind, action.external_id, action.fields)
            turn.add(part, replace(part, command=command))
        elif await self._commands.undo(part.command) is not None:
            turn.add(part, part)
        else:
            turn.reasons.append(undo_wording.cannot_unpush(self._vendor_of(part.account)))

    async def _turn_view(self, turn: Turn, part: ViewPart, *, undo: bool) -> None:
        now, wanted = (part.after, part.before) if undo else (part.before, part.after)
        known = {view.id: view for view in self._views.all()}
        view = now or wanted
        if view is not None and known.get(view.id) != now:
            turn.reasons.append(f"The view “{view.name}” was changed meanwhile.")
            return
        await self._views.put_back(view.id if view is not None else "", wanted, part.place)
        turn.add(part, part)

    async def _turn_settings(self, turn: Turn, part: SettingPart, *, undo: bool) -> None:
        """Put the other values in, all of them; none where one was changed since."""
        wanted = [(key, after, before) if undo else (key, before, after) for key, before, after in part.values]
        if any(self._settings.stored(key) != now for key, now, _ in wanted):
            turn.reasons.append("It was changed again meanwhile.")
            return
        for key, _, value in wanted:
            await self._settings.put(key, value)
        turn.add(part, part)

    def _why_not_recalled(self, account: AccountId) -> str:
        found = self._accounts.get(account)
        can = (found.capabilities if found is not None else None) or Capabilities()
        return undo_wording.cannot_recall(self._vendor_of(account), can.reason(Feature.RECALL))

    def _vendor_of(self, account: AccountId) -> str:
        found = self._accounts.get(account)
        return self._accounts.vendor(found).name if found is not None else "The vendor"

    # --- texts, where there is no window ---

    async def take_back(self, command: CommandId) -> bool:
        """Take a message back; the store makes it a draft."""
        return await self._commands.undo(command) is not None

    async def bring_back(self, ticket: TicketKey, draft: Draft) -> None:
        """Let a text be a draft again."""
        key = await self._tickets.vendor_key(ticket) or ticket
        await self._drafts.save(key, joined(draft, await self._drafts.get(key, draft.kind)))


def _command_of(part: Part) -> CommandId | None:
    match part:
        case ChangePart() | MessagePart() | NewTicketPart() | RecordPart():
            return part.command
        case _:
            return None


def _wanted(part: ChangePart, *, undo: bool) -> Action | Irreversible:
    """Return the change that turns a part; done again it begins with what undoing left."""
    if undo or isinstance(part.back, Irreversible):
        return part.back if undo else part.forward
    match part.forward, part.back:
        case ChangeState() as forward, ChangeState(to=to):
            return replace(forward, base=to)
        case ChangePriority() as forward, ChangePriority(to=to):
            return replace(forward, base=to)
        case Assign() as forward, Assign(to=person):
            return replace(forward, base=person.reference if person is not None else "")
        case EditTags(), EditTags(add=add, remove=remove):
            return EditTags(remove, add)
        case EditField() as forward, EditField(to=to):
            return replace(forward, base=to)
        case forward, _:
            return forward


def _changed_meanwhile(view: TicketView, action: Action) -> str:
    """Return that the value is not the one that was set, and what it is; empty where it is, or where nothing is written over."""
    if not isinstance(action, FieldChange):
        return ""
    merged = merging.merge(action, view.ticket, forced=False)
    if not isinstance(merged, merging.Conflict):
        return ""
    return undo_wording.changed_meanwhile(
        view.ticket.subject, view.account.label, merged.theirs, undo_wording.value(action)
    )


def _is_so(view: TicketView, action: Action) -> bool:
    """Tell whether the ticket has the value already: nothing needs to be sent."""
    if not isinstance(action, FieldChange):
        return False
    return isinstance(merging.merge(action, view.ticket, forced=True), merging.Done)


def _based_on_now(view: TicketView, action: Action) -> Action:
    """Return the change on top of what there is now: the agent has seen it."""
    ticket = view.ticket
    match action:
        case ChangeState():
            return replace(action, base=ticket.state_id)
        case ChangePriority():
            return replace(action, base=ticket.priority_id)
        case Assign():
            return replace(action, base=ticket.assignee_seen)
        case EditField(name=name):
            return replace(action, base=ticket.subject if name == "subject" else ticket.fields.get(name))
        case _:
            return action
