"""Linked work: tickets that belong together, of one account or of two. A link is of this computer; no server is told of it."""

from collections.abc import Iterable, Sequence

from deskhand.domain import undo_wording
from deskhand.domain.accounts import Account
from deskhand.domain.commands import LinkTickets, MakeSubTicket
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Store
from deskhand.domain.ticket_links import LinkKind, TicketLink
from deskhand.domain.tickets import TicketRow

from .accounts import Accounts
from .decisions import Irreversible
from .tickets import Tickets, TicketView

MOST_FOUND = 8
"""Tickets that are offered for a link."""

_LABELS = {LinkKind.RELATED: "", LinkKind.AT_VENDOR: "linked at {vendor} too"}


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """The other end of a link.

    Attributes:
        row: the ticket there; None = it is not on this computer, or its account was removed.
        account: of the ticket there; None = it was removed.
        said: what is to be said beside the ticket: how they belong together, or why it is not here; may be empty.
    """

    link: TicketLink
    key: TicketKey
    row: TicketRow | None
    account: Account | None
    said: str = ""


class LinkedTickets:
    """The links between tickets, and which tickets can be linked."""

    def __init__(self, store: Store, accounts: Accounts, tickets: Tickets) -> None:
        self._store = store
        self._accounts = accounts
        self._tickets = tickets

    async def of(self, key: TicketKey) -> tuple[LinkedTicket, ...]:
        """Return what a ticket is linked with, what was linked first first."""
        links = await self._store.links.of([key])
        now = await self._tickets.vendor_key(key) or key
        ends = [link.end_of(now) for link in links]
        rows = {row.key: row for row in self._store.lists.rows(ends)}
        lost = {one.id: one for one in await self._store.links.lost_accounts()} if len(rows) < len(ends) else {}
        found = []
        for link, end in zip(links, ends, strict=True):
            account = self._accounts.get(end.account)
            said = self._said(link, now, account)
            if end not in rows:
                gone = lost.get(end.account)
                said = "not on this computer now" if gone is None else f"of {gone.label}, an account that was removed"
            found.append(LinkedTicket(link, end, rows.get(end), account, said))
        return tuple(found)

    def _said(self, link: TicketLink, key: TicketKey, account: Account | None) -> str:
        vendor = self._accounts.vendor(account).name if account is not None else ""
        if link.kind is LinkKind.SUB_TICKET:
            return "sub-ticket" if key == link.one else "main ticket"
        return _LABELS[link.kind].format(vendor=vendor)

    async def set(self, links: Sequence[TicketLink], *, made: bool) -> None:
        """Make links, or take them away; what is so already stays."""
        await (self._store.links.put(links) if made else self._store.links.remove(links))

    async def why_not(self, key: TicketKey, other: TicketKey) -> str:
        """Return why these two cannot be linked; empty where they can."""
        if key == other:
            return "A ticket cannot be linked with itself."
        if any(other in link.ends for link in await self._store.links.of([key])):
            return "They are linked already."
        return ""

    @staticmethod
    def action(link: TicketLink, subject: str) -> LinkTickets | MakeSubTicket | None:
        """Return what the vendor is told of a link; None where it is of this computer alone.

        Args:
            subject: of the other ticket.
        """
        match link.kind:
            case LinkKind.AT_VENDOR:
                return LinkTickets(link.other.remote, subject)
            case LinkKind.SUB_TICKET:
                return MakeSubTicket(link.other.remote, subject)
            case _:
                return None

    @staticmethod
    def no_way_back(vendor: str) -> Irreversible:
        """Return why a link at the vendor has no way back once it has left."""
        return Irreversible(undo_wording.no_way_to_part(vendor))

    async def offered(self, view: TicketView, text: str, *, at_vendor: bool = False) -> tuple[TicketRow, ...]:
        """Return tickets that can be linked with this one: those that fit a text; with none, others of the same customer.

        Args:
            at_vendor: only those of the same account that the vendor has named.
        """
        if text.strip():
            rows: Iterable[TicketRow] = (hit.row for hit in await self._store.lists.search(text, 2 * MOST_FOUND))
        else:
            rows = await self._tickets.other_tickets_of_customer(view, MOST_FOUND)
        linked = {key for link in await self._store.links.of([view.ticket.key]) for key in link.ends}
        left_out = linked | {view.ticket.key}
        here = view.account.id
        return tuple(
            row
            for row in rows
            if row.key not in left_out and not (at_vendor and (row.key.account != here or row.key.is_local))
        )[:MOST_FOUND]

    def said_of(self, links: Sequence[TicketLink], *, made: bool) -> str:
        """Return what was done, in words that name both tickets."""
        rows = {row.key: row for row in self._store.lists.rows([key for link in links for key in link.ends])}

        def name(key: TicketKey) -> str:
            account = self._accounts.get(key.account)
            row = rows.get(key)
            return undo_wording.ticket_at(row.subject if row else key.remote, account.label if account else "")

        first = links[0]
        return undo_wording.linked(name(first.one), name(first.other), made=made)
