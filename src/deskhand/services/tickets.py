"""Open a ticket: the server's state with what is pending over it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import uuid4

from deskhand.content.addresses import read_addresses
from deskhand.content.characters import one_line, outgoing
from deskhand.domain import resolutions, wording
from deskhand.domain.accounts import Account, VendorInfo
from deskhand.domain.capabilities import Capabilities, Feature, Reason, StateChoice
from deskhand.domain.commands import AddNote, DecisionReason, OutboxItem, SendReply
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, Store
from deskhand.domain.problems import Invalid, NotFound
from deskhand.domain.projection import project
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import (
    Attachment,
    Delivery,
    HistoryEntry,
    Message,
    Side,
    Visibility,
    Waiting,
)
from deskhand.domain.tickets import Person, State, Ticket, TicketRow
from deskhand.sync.engine import Engine
from deskhand.sync.reconciliation import SKEW
from deskhand.sync.sanitizing import comparable, matches

from .people import AssigneeChoices, assignee_choices, me_among
from .vendors import Vendors
from .waiting import waits

if TYPE_CHECKING:
    from deskhand.content.sanitize import Sanitized

_PIECE = 50
"""Tickets that are read at once where several are: in between, other readers and the window have their turn."""

_NAMED = 5
"""Ids of tickets with one number that are named in a sentence."""


@dataclass(frozen=True, slots=True)
class TicketView:
    """Everything that the conversation and the ticket pane show.

    Attributes:
        ticket: projected: as the agent left it.
        confirmed: as the vendor last confirmed it.
        messages: by time, the pending ones last, each with its delivery.
        pending: open outbox items of the ticket, first made first.
        read_at: when the conversation was last read from the vendor; None = never, or there is none to read.
        gap: why part of the conversation is missing here; empty where nothing is known to be.
        later: what stands in Later about it; None = nothing.
        is_pinned: the agent has pinned it.
    """

    account: Account
    vendor: VendorInfo
    ticket: Ticket
    confirmed: Ticket
    messages: tuple[Message, ...]
    history: tuple[HistoryEntry, ...]
    pending: tuple[OutboxItem, ...]
    read_at: datetime | None
    gap: str = ""
    later: LaterMark | None = None
    is_pinned: bool = False

    @property
    def capabilities(self) -> Capabilities:
        """What the account offers."""
        return self.account.capabilities or Capabilities()

    def obstacle(self, feature: Feature) -> Reason | None:
        """Return why this ticket does not take `feature`, or None where it does."""
        if feature in self.ticket.blocked:
            return self.ticket.blocked[feature]
        return self.capabilities.reason(feature)

    def why_not(self, feature: Feature) -> str:
        """Return the sentence for `obstacle`, empty where there is none."""
        obstacle = self.obstacle(feature)
        return wording.reason(obstacle, self.vendor.name) if obstacle else ""

    @property
    def why_not_named(self) -> str:
        """Why nobody else could find this ticket by its id: its vendor has not given it one; empty where it has."""
        return wording.reason(Reason.NOT_NAMED_YET, self.vendor.name) if self.ticket.key.is_local else ""

    @property
    def states(self) -> tuple[StateChoice, ...]:
        """The states that this ticket may be put into."""
        return self.capabilities.states_for(self.ticket.group.id if self.ticket.group else None)

    def state_named(self, identifier: str) -> StateChoice:
        """Return the state of this id; one that the vendor does not list is known by its id alone."""
        unlisted = StateChoice(identifier, identifier, State.OTHER)
        return next((choice for choice in self.states if choice.id == identifier), unlisted)

    @property
    def is_mine(self) -> bool:
        """Whether it belongs to the agent, as far as that is known."""
        me, person = self.account.me, self.ticket.assignee
        return bool(me) and person is not None and me_among(self.capabilities.agents, me).is_same(person)

    @property
    def assignees(self) -> AssigneeChoices:
        """Whom this ticket may be given to."""
        return assignee_choices(self.capabilities.agents, self.account.me, nobody=self.capabilities.unassign)

    @property
    def has_conversation(self) -> bool:
        """Whether messages belong to this vendor's tickets at all."""
        return self.capabilities.reason(Feature.REPLY) is not Reason.NO_CONVERSATIONS

    @property
    def reply_reopens(self) -> bool:
        """Whether a reply would open this closed ticket again: said before sending."""
        return self.capabilities.reply_reopens and self.ticket.state.is_done

    @property
    def newest(self) -> str:
        """Id of the newest message that the vendor has, for the guard of a reply."""
        sent = [m for m in self.messages if _at_vendor(m)]
        return sent[-1].id if sent else ""

    @property
    def copies(self) -> tuple[str, ...]:
        """Who a reply to everybody would go to beside the customer: whom the newest message reached or came from.

        Empty where the vendor takes no copies, or does not tell who got one.
        """
        said = (m for m in reversed(self.messages) if m.visibility is Visibility.PUBLIC and m.side is not Side.SYSTEM)
        newest = next((m for m in said if not m.delivery.needs_agent), None)
        if newest is None or self.obstacle(Feature.CC) is not None:
            return ()
        customer = self.ticket.requester
        left_out = {self.account.me.casefold(), customer.email.casefold() if customer else ""}
        author = (newest.author.email,) if newest.side is Side.CUSTOMER and customer and customer.email else ()
        return read_addresses(
            "\n".join(one for one in (*author, *newest.cc) if one.casefold() not in left_out)
        ).addresses


class Tickets:
    """Reads tickets from the store, and from the vendor where that is asked."""

    def __init__(self, store: Store, engine: Engine, vendors: Vendors, clock: Clock) -> None:
        self._store = store
        self._engine = engine
        self._vendors = vendors
        self._clock = clock

    async def view(self, key: TicketKey) -> TicketView | None:
        """Return the ticket as it is known here, at once; None where it is unknown."""
        account = self._engine.account(key.account)
        stored = await self._store.tickets.snapshot(key)
        if account is None or stored is None:
            return None
        items, ours = stored.items, stored.sent_ids
        waiting = waits(items, stored.account_items, self._engine, self._clock)
        # A vendor may sign what came through its API with the workspace's name: what a send of ours is proven by is ours.
        shown = without_duplicates(stored.messages, ours)
        messages = tuple(replace(m, mine=True) if m.id in ours else m for m in shown)
        return TicketView(
            account=account,
            vendor=self._vendors.info(account.vendor),
            ticket=project(stored.ticket, items),
            confirmed=stored.ticket,
            messages=messages + tuple(pending_messages(items, account, messages, waiting)),
            history=stored.history,
            pending=tuple(_explained(item, waiting.get(item.command.id)) for item in items),
            read_at=stored.read_at,
            gap=stored.gap,
            later=stored.later,
            is_pinned=stored.is_pinned,
        )

    async def headers(self, keys: Sequence[TicketKey]) -> Mapping[TicketKey, TicketView]:
        """Return those of the tickets that are known, without their conversations: several hundred are read in pieces.

        `messages`, `history`, `read_at` and `gap` of each stand empty, whatever is stored.
        """
        found: dict[TicketKey, TicketView] = {}
        for start in range(0, len(keys), _PIECE):
            for key, (ticket, items) in (await self._store.tickets.projectable(keys[start : start + _PIECE])).items():
                if (account := self._engine.account(key.account)) is not None:
                    info = self._vendors.info(account.vendor)
                    found[key] = TicketView(account, info, project(ticket, items), ticket, (), (), items, None)
        return found

    async def set_read(self, keys: Sequence[TicketKey], *, unread: bool = False) -> None:
        """Mark tickets as read, or as new for me. Only here: no vendor has such a mark."""
        await self._store.tickets.set_read(keys, unread=unread)

    async def other_tickets_of_customer(self, view: TicketView, limit: int = 5) -> tuple[TicketRow, ...]:
        """Return other tickets of the same customer, in any account."""
        email = view.ticket.requester.email if view.ticket.requester else ""
        if not email:
            return ()
        found = await self._store.lists.select(TicketQuery(Scope.ALL, requester=email), limit + 1)
        keys = [key for key in found if key != view.ticket.key][:limit]
        by_key = {row.key: row for row in self._store.lists.rows(keys)}
        return tuple(by_key[key] for key in keys if key in by_key)

    async def download(self, key: TicketKey, attachment: Attachment) -> bytes:
        """Fetch a file of a message.

        Raises:
            DeskProblem: the vendor offers no way, or it failed now.
        """
        connection = await self._engine.connection(key.account)
        if connection.downloads is None or not attachment.url:
            account = self._engine.account(key.account)
            name = self._vendors.info(account.vendor).name if account else ""
            capabilities = (account.capabilities if account else None) or Capabilities()
            raise Invalid(wording.reason(capabilities.reason(Feature.DOWNLOAD) or Reason.NOT_IN_API, name))
        return await connection.downloads.download(attachment)

    async def vendor_key(self, key: TicketKey) -> TicketKey | None:
        """Return under which id a ticket that was made here now goes; None while its vendor has not named it."""
        made = await self._store.outbox.get(key.maker) if key.maker is not None else None
        return made.command.ticket if made is not None and made.command.ticket != key else None

    async def find_stored(self, account: Account, text: str) -> tuple[TicketKey, ...]:
        """Return the stored tickets that an id or a number names: more than one only where a number is given twice."""
        return await self._store.tickets.find(account.id, text)

    async def find(self, account: Account, text: str) -> TicketKey:
        """Return the ticket that an id or a number names, reading it from the vendor where it is not known yet.

        Raises:
            NotFound: neither here nor there.
            Invalid: it is the number of several tickets, so that nobody can tell which is meant.
        """
        known = await self.find_stored(account, text)
        if len(known) > 1:
            ids = ", ".join(one_line(key.remote) for key in known[:_NAMED])
            raise Invalid(f"{text} is the number of {len(known)} tickets. Name the one that is meant by its id: {ids}.")
        if known:
            return known[0]
        key = TicketKey(account.id, text)
        await self._engine.read(key)
        if await self._store.tickets.get(key) is None:
            raise NotFound
        return key

    async def add_local_note(self, key: TicketKey, text: str) -> str:
        """Keep a note on this computer and return its id; nothing is sent."""
        note = self.local_note(self._engine.account(key.account), text)
        await self._store.threads.add_note(key, note)
        return note.id

    def local_note(self, account: Account | None, text: str) -> Message:
        """Return a note as it is kept on this computer; nothing is stored."""
        # Here as in `sync.sanitizing`: not before the first paint.
        from deskhand.content.sanitize import sanitize_plain

        text = outgoing(text)
        shown = sanitize_plain(text)
        return Message(
            id=f"note-{uuid4()}",  # not the time: a clock that stands or goes back would write over a note
            author=Person(name="", email=account.me if account else ""),
            side=Side.AGENT,
            visibility=Visibility.LOCAL,
            text=text,
            html=shown.html,
            created_at=self._clock.now(),
            truncated=shown.truncated,
            mine=True,
        )

    async def remove_local_note(self, key: TicketKey, note: str) -> None:
        """Forget a note that was kept on this computer."""
        await self._store.threads.remove_note(key, note)


def without_duplicates(messages: Sequence[Message], ours: Collection[str]) -> Sequence[Message]:
    """Leave out what the agent only said was sent where the vendor shows it after all: an equal text of an agent, of that time or later.

    Args:
        ours: ids that other sends of ours are proven by.
    """
    said = [m for m in messages if m.unconfirmed]
    if not said:
        return messages
    free = [m for m in messages if _at_vendor(m) and m.side is not Side.CUSTOMER and m.id not in ours]
    doubles: set[str] = set()
    for one in said:
        text = comparable(one.html or one.text, is_html=bool(one.html))
        for other in free:
            is_later = one.created_at is None or other.created_at is None or other.created_at >= one.created_at - SKEW
            if other.visibility is one.visibility and is_later and matches(text, _comparable(other)):
                doubles.add(one.id)
                free.remove(other)  # two equal texts are two messages
                break
    return [m for m in messages if m.id not in doubles]


def _comparable(message: Message) -> str:
    return comparable(message.html or message.text, is_html=bool(message.html))


def _at_vendor(message: Message) -> bool:
    return message.delivery is Delivery.SENT and message.visibility is not Visibility.LOCAL and not message.unconfirmed


def stopping_message(item: OutboxItem, messages: Sequence[Message]) -> str:
    """Return the id of the first newer message that stopped a reply; empty where none did or where it is not known."""
    action = item.command.action
    if item.decision is not DecisionReason.THREAD_CHANGED or not isinstance(action, SendReply):
        return ""
    there = [m for m in messages if _at_vendor(m)]
    ids = [m.id for m in there]
    if action.seen in ids:
        newer = there[ids.index(action.seen) + 1 :]
    else:
        made = item.command.created_at.replace(microsecond=0)  # vendors tell whole seconds
        newer = [m for m in there if m.created_at is not None and m.created_at >= made]
    return next((m.id for m in newer if m.visibility is Visibility.PUBLIC and m.side is not Side.SYSTEM), "")


def _explained(item: OutboxItem, wait: Waiting | None) -> OutboxItem:
    """Return the item with what is in its way as its problem, where it has none of its own."""
    return replace(item, problem=wait.problem) if wait is not None and wait.problem else item


def pending_messages(
    items: Sequence[OutboxItem],
    account: Account,
    there: Sequence[Message] = (),
    waiting: Mapping[CommandId, Waiting] | None = None,
) -> list[Message]:
    """Return the replies and notes on their way as entries of the conversation.

    Args:
        there: the messages that the vendor has.
        waiting: what each of the items waits for.
    """
    shown = []
    for item in items:
        action = item.command.action
        if not isinstance(action, SendReply | AddNote):
            continue
        body = _as_shown(action.html, action.text)
        shown.append(
            Message(
                id=f"outbox-{item.command.id}",
                author=Person(email=account.me),
                side=Side.AGENT,
                visibility=Visibility.PUBLIC if isinstance(action, SendReply) else Visibility.INTERNAL,
                text=action.text,
                html=body.html,
                created_at=item.command.created_at,
                truncated=body.truncated,
                attachments=tuple(Attachment(f.blob, f.name, f.size, f.mime) for f in action.files),
                delivery=item.delivery,
                command=item.command.id,
                problem=item.problem,
                undo_until=item.hold_until if item.delivery is Delivery.HELD else None,
                mine=True,
                options=resolutions.options(item),
                stopped_by=stopping_message(item, there),
                cc=action.cc if isinstance(action, SendReply) else (),
                waiting=(waiting or {}).get(item.command.id),
            )
        )
    return shown


@lru_cache(maxsize=64)
def _as_shown(html: str, text: str) -> "Sanitized":
    """Return our own text as a view may show them: what is pasted into a reply can be as long and as costly as what customers send."""
    from deskhand.content.sanitize import (
        sanitize,
        sanitize_plain,
    )  # here as in `sync.sanitizing`: not before the first paint

    return sanitize(html) if html else sanitize_plain(text)
