"""What the agent did at once, as a step that can be undone and done again: of which parts it is made, and what is said of it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from uuid import uuid4

from deskhand.domain import undo_wording, wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import Action, CreateTicket, PushRecord, is_message
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.threads import Draft
from deskhand.domain.ticket_links import TicketLink

from .bulk import BulkResult
from .decisions import Irreversible
from .later import Before
from .own_views import OwnView
from .settings import SettingChanges
from .ticket_actions import inverse
from .tickets import TicketView
from .views_exchange import Taken


@dataclass(frozen=True, slots=True)
class ChangePart:
    """A change of a ticket that goes to its vendor.

    Attributes:
        forward: what was asked for. `back`: what leads back, or why nothing does once it has arrived.
        command: what stands in the outbox, or stood there, for the direction that was taken last; None = it was taken out again.
    """

    ticket: TicketKey
    forward: Action
    back: Action | Irreversible
    command: CommandId | None


@dataclass(frozen=True, slots=True)
class MessagePart:
    """A reply, or a note at the vendor. Undone before it leaves, its text is in the box again; it is sent again from there."""

    ticket: TicketKey
    command: CommandId


@dataclass(frozen=True, slots=True)
class NotePart:
    """A note that was kept on this computer, and the draft that it was."""

    ticket: TicketKey
    id: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A draft that was discarded."""

    ticket: TicketKey
    draft: Draft


@dataclass(frozen=True, slots=True)
class NewTicketPart:
    """A ticket that was made here. Undone before it leaves it is gone; done again it is made again."""

    ticket: TicketKey
    action: CreateTicket
    command: CommandId


@dataclass(frozen=True, slots=True)
class LaterPart:
    """What stood in Later about tickets before and afterwards."""

    before: Before
    after: Before


@dataclass(frozen=True, slots=True)
class PinPart:
    """Which tickets were pinned, or not, that were otherwise before."""

    tickets: tuple[TicketKey, ...]
    pinned: bool


@dataclass(frozen=True, slots=True)
class ReadPart:
    """Which tickets were marked as read, or as unread, that were otherwise before."""

    tickets: tuple[TicketKey, ...]
    unread: bool


@dataclass(frozen=True, slots=True)
class ViewPart:
    """One of the agent's own views before and afterwards; None = it was not there.

    Attributes:
        place: where it stood among the others, counted from 0.
    """

    before: OwnView | None
    after: OwnView | None
    place: int


@dataclass(frozen=True, slots=True)
class LinkPart:
    """Links between tickets that were made, or taken away (`made` is False)."""

    links: tuple[TicketLink, ...]
    made: bool


@dataclass(frozen=True, slots=True)
class RecordPart:
    """A record that goes to a vendor that can only be written to. Undone before it leaves it is gone; done again it is pushed again."""

    account: AccountId
    action: PushRecord
    command: CommandId


@dataclass(frozen=True, slots=True)
class PausePart:
    """An account that was paused, or that went on (`paused` is False)."""

    account: AccountId
    paused: bool


@dataclass(frozen=True, slots=True)
class SettingPart:
    """Settings that were changed: of each its key, its value before and its value afterwards; None = the default."""

    values: tuple[tuple[str, str | None, str | None], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the settings."""
        return tuple(key for key, _, _ in self.values)


Part = (
    ChangePart
    | MessagePart
    | NotePart
    | DraftPart
    | NewTicketPart
    | LaterPart
    | PinPart
    | ReadPart
    | ViewPart
    | LinkPart
    | RecordPart
    | PausePart
    | SettingPart
)


@dataclass(frozen=True, slots=True)
class Step:
    """What was done together, and is undone together.

    Attributes:
        id: the same for as long as the step is known, however often it is undone and done again.
        what: what was done, in words: "Closed “Refund” at Retail EU".
        final: why it cannot be undone once it has left; empty where it can, or some of it.
    """

    id: str
    what: str
    parts: tuple[Part, ...]
    final: str = ""

    @property
    def tickets(self) -> tuple[TicketKey, ...]:
        """The tickets that it is about, each once."""
        return tuple(dict.fromkeys(key for part in self.parts for key in tickets_of(part)))


def tickets_of(part: Part) -> tuple[TicketKey, ...]:
    """Return the tickets that a part is about."""
    match part:
        case ChangePart() | MessagePart() | NotePart() | DraftPart() | NewTicketPart():
            return (part.ticket,)
        case LaterPart(before=before):
            return tuple(before)
        case PinPart(tickets=keys) | ReadPart(tickets=keys):
            return keys
        case LinkPart(links=links):
            return tuple(key for link in links for key in (link.one, link.other))
        case ViewPart() | RecordPart() | PausePart() | SettingPart():
            return ()


def part_within(part: Part, accounts: Container[AccountId], *, undo: bool) -> Part | None:
    """Return what can be turned of a part where only these accounts are here; None = nothing: what is of a removed account went with it.

    A link to a ticket of a removed account is still shown at its other end, so it can be taken away, and not be made.
    """
    match part:
        case LaterPart(before=before, after=after):
            kept = [key for key in before if key.account in accounts]
            return (
                LaterPart({key: before[key] for key in kept}, {key: after.get(key) for key in kept}) if kept else None
            )
        case PinPart(tickets=keys) | ReadPart(tickets=keys):
            left = tuple(key for key in keys if key.account in accounts)
            return replace(part, tickets=left) if left or not keys else None
        case LinkPart(links=links, made=made):
            enough = any if made == undo else all
            kept_links = tuple(link for link in links if enough(end.account in accounts for end in link.ends))
            return replace(part, links=kept_links) if kept_links else None
        case RecordPart(account=account) | PausePart(account=account):
            return part if account in accounts else None
        case ViewPart() | SettingPart():
            return part
        case _:
            return part if part.ticket.account in accounts else None


def step(what: str, parts: Iterable[Part], final: str = "") -> Step:
    """Return a new step; one without parts is nothing that could be undone."""
    return Step(uuid4().hex, what, tuple(parts), final)


def change_step(view: TicketView, action: Action, command: CommandId) -> Step:
    """Return the step of a change of one ticket.

    Args:
        view: the ticket as it was on screen.
        command: what stands in the outbox for it.
    """
    back = inverse(action, view.ticket, view.capabilities)
    final = back.reason if isinstance(back, Irreversible) else ""
    return step(said_of(view, action), (ChangePart(view.ticket.key, action, back, command),), final)


def message_step(view: TicketView, command: CommandId, *, is_note: bool) -> Step:
    """Return the step of a message that goes to the vendor."""
    what = undo_wording.sent(view.ticket.subject, view.account.label, is_note=is_note)
    return step(
        what,
        (MessagePart(view.ticket.key, command),),
        undo_wording.cannot_recall(view.vendor.name, view.capabilities.reason(Feature.RECALL)),
    )


def bulk_step(result: BulkResult, what: str, away: Before | None = None) -> Step:
    """Return the step of a change of several tickets.

    Args:
        away: what stands in Later now about those of `result.before`.
    """
    parts: list[Part] = [
        MessagePart(one.before.key, one.command)
        if is_message(one.action)
        else ChangePart(one.before.key, one.action, one.inverse, one.command)
        for one in result.changes
    ]
    parts += [NotePart(key, note, Draft("note", "")) for key, note in result.notes.items()]
    if result.before:
        parts.append(LaterPart(result.before, away or {}))
    reasons = dict.fromkeys(one.inverse.reason for one in result.changes if isinstance(one.inverse, Irreversible))
    is_final = bool(parts) and len(parts) == sum(one.is_final for one in result.changes)
    return step(what, parts, " ".join(reasons) if is_final else "")


def read_step(rows: Mapping[TicketKey, bool], *, unread: bool) -> Step:
    """Return the step of marking tickets as read or as unread; those that were so already are not of it.

    Args:
        rows: whether each of them was unread before.
    """
    keys = tuple(key for key, was in rows.items() if was != unread)
    done = "Marked {tickets} as unread" if unread else "Marked {tickets} as read"
    return step(done.format(tickets=wording.tickets(len(keys))), (ReadPart(keys, unread),) if keys else ())


def pin_step(rows: Mapping[TicketKey, bool], *, pinned: bool) -> Step:
    """Return the step of pinning tickets, or of taking their pins away; `rows` tells whether each was pinned before."""
    keys = tuple(key for key, was in rows.items() if was != pinned)
    done = "Pinned {tickets}" if pinned else "Took the pin off {tickets}"
    return step(done.format(tickets=wording.tickets(len(keys))), (PinPart(keys, pinned),) if keys else ())


def view_step(before: OwnView | None, after: OwnView | None, place: int) -> Step:
    """Return the step of a view that was made (`before` is None), changed, or removed (`after` is None)."""
    named = before or after
    name = named.name if named is not None else ""
    done = "Made" if before is None else "Removed" if after is None else "Changed"
    return step(f"{done} the view “{name}”", (ViewPart(before, after, place),))


def pause_step(account: AccountId, label: str, *, paused: bool) -> Step:
    """Return the step of pausing an account, or of letting it go on."""
    return step(f"Paused {label}" if paused else f"Let {label} go on", (PausePart(account, paused),))


def record_step(account: AccountId, label: str, vendor: str, action: PushRecord, command: CommandId) -> Step:
    """Return the step of a record that was pushed; labels of its account and its vendor."""
    what = undo_wording.pushed(action.external_id, label)
    return step(what, (RecordPart(account, action, command),), undo_wording.cannot_unpush(vendor))


def import_step(taken: Taken) -> Step:
    """Return the step of a file of views that was read in: what was taken goes again, what was here already stays."""
    parts: list[Part] = [ViewPart(None, view, place) for view, place in taken.made]
    layer = taken.layer
    if layer.later:
        parts.append(LaterPart(dict.fromkeys(layer.later), layer.later))
    if layer.pinned:
        parts.append(PinPart(layer.pinned, pinned=True))
    parts += [NotePart(key, note, Draft("note", "")) for key, note in layer.notes]
    if layer.links:
        parts.append(LinkPart(layer.links, made=True))
    return step("Imported a file of views", parts)


def setting_step(what: str, changes: SettingChanges) -> Step:
    """Return the step of a change of settings; of what has its old value again nothing."""
    values = tuple((key, before, after) for key, (before, after) in changes.items() if before != after)
    return step(what, (SettingPart(values),) if values else ())


def joined_settings(older: Step, newer: Step) -> Step | None:
    """Return two changes of the same settings as one step, as of a number that is counted up; None where they are not such ones."""
    match older.parts, newer.parts:
        case (SettingPart() as first,), (SettingPart() as last,) if (older.what, first.keys) == (newer.what, last.keys):
            pairs = zip(first.values, last.values, strict=True)
            return setting_step(newer.what, {key: (before, after) for (key, before, _), (_, _, after) in pairs})
        case _:
            return None


def said_of(view: TicketView, action: Action) -> str:
    """Return what a change does to one ticket, in words."""
    return undo_wording.did(action, view.ticket.subject, view.account.label, was_done=view.ticket.state.is_done)
