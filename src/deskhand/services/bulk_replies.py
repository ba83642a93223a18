"""One reply per ticket: a text with places, each filled in with its own ticket's words, looked at before it is sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace

from deskhand.content.placeholders import placeholders
from deskhand.domain.commands import SendReply
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass

from .bulk import Bulk
from .bulk_plan import BulkPlan, PlannedTicket
from .decisions import DecideTogether, Decision, NotPossible
from .drafts import Drafts
from .macro_runs import MOST_REPLIES, at_most
from .snippets import filled
from .ticket_commands import REPLY, TicketCommands
from .tickets import Tickets, TicketView

LEFT_OUT = "Left out, as you chose."


@dataclass(frozen=True, slots=True)
class Wording:
    """What is to be written.

    Attributes:
        text: with places: `{name}`, `{number}` and the others of canned replies.
        own: texts that the agent wrote for single tickets, in place of it.
        left_out: tickets that get no reply.
    """

    text: str
    own: Mapping[TicketKey, str] = field(default_factory=dict)
    left_out: frozenset[TicketKey] = frozenset()


@dataclass(frozen=True, slots=True)
class PreviewedReply:
    """What one ticket would get.

    Attributes:
        to: the customer. `account`, `vendor`: their names.
        text: as it would be sent.
        problem: why it would not be; empty where it would.
        has_draft: a draft is there, which stays as it is.
        is_own: the agent wrote it for this ticket.
    """

    key: TicketKey
    to: str
    subject: str
    account: str
    vendor: str
    text: str
    problem: str
    has_draft: bool
    is_own: bool


class BulkReplies:
    """Previews and plans replies to several tickets."""

    def __init__(self, bulk: Bulk, commands: TicketCommands, tickets: Tickets, drafts: Drafts) -> None:
        self._bulk = bulk
        self._commands = commands
        self._tickets = tickets
        self._drafts = drafts

    async def preview(self, keys: Sequence[TicketKey], wording: Wording) -> tuple[PreviewedReply, ...]:
        """Return what each ticket would get, in the order of the tickets; of more than `MOST_REPLIES` the first."""
        keys = keys[:MOST_REPLIES]
        views = await self._tickets.headers(keys)
        drafted = {key for key, draft in await self._drafts.all() if draft.kind == REPLY}
        return tuple(self._previewed(views[key], wording, drafted) for key in keys if key in views)

    async def seen(self, keys: Sequence[TicketKey]) -> Mapping[TicketKey, SendReply]:
        """Return what each reply is compared with before it leaves: the conversations and customers as they are known now."""
        found: dict[TicketKey, SendReply] = {}
        for key in keys[:MOST_REPLIES]:
            if (view := await self._tickets.view(key)) is not None:
                found[key] = await self._commands.as_seen(view, SendReply(""))
        return found

    async def plan(self, keys: Sequence[TicketKey], wording: Wording, seen: Mapping[TicketKey, SendReply]) -> BulkPlan:
        """Look at what would become of the tickets; nothing is sent.

        Args:
            seen: what `seen` gave when the agent began: what came in since stops a reply with a question.
        """
        plan = at_most(await self._bulk.plan(keys, self._decide(wording)), MOST_REPLIES)
        return replace(plan, tickets=tuple(_compared(one, seen.get(one.key)) for one in plan.tickets))

    def _decide(self, wording: Wording) -> DecideTogether:
        def decide(view: TicketView) -> Decision:
            text, problem = self._text(view, wording)
            return NotPossible(problem) if problem else SendReply(text)

        return decide

    def _previewed(self, view: TicketView, wording: Wording, drafted: Collection[TicketKey]) -> PreviewedReply:
        text, problem = self._text(view, wording)
        key = view.ticket.key
        to = view.ticket.requester.shown if view.ticket.requester is not None else ""
        return PreviewedReply(
            key,
            to,
            view.ticket.subject,
            view.account.label,
            view.vendor.name,
            text,
            problem,
            has_draft=key in drafted,
            is_own=key in wording.own,
        )

    def _text(self, view: TicketView, wording: Wording) -> tuple[str, str]:
        """Return what a ticket would get, and why it would not; only this ticket's own words are put in."""
        key = view.ticket.key
        own = wording.own.get(key)
        text = filled(wording.text, view.ticket) if own is None else own
        if key in wording.left_out:
            return text, LEFT_OUT
        if not text.strip():
            return text, "There is nothing to send yet."
        if why := self._commands.refusal(view, SendReply(text)):
            return text, why
        missing = placeholders(text)
        return text, f"Still to fill in: {', '.join(missing)}." if missing else ""


def _compared(one: PlannedTicket, seen: SendReply | None) -> PlannedTicket:
    """Return what is planned for a ticket, with the reply about what the agent has seen of it."""
    if seen is None:
        return one
    actions = tuple(
        replace(action, seen=seen.seen, customer=seen.customer, known=seen.known)
        if isinstance(action, SendReply)
        else action
        for action in one.actions
    )
    return replace(one, actions=actions)
