"""What the window shows of a search's results, put together."""

from typing import TYPE_CHECKING

from deskhand.domain.changes import ChangeSet
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.search.hits_presenter import HitsPresenter
from deskhand.ui.search.scope_line import ScopeLine
from deskhand.ui.search.scope_presenter import ScopePresenter
from deskhand.ui.search.ticket_hits import TicketHits
from deskhand.ui.search.vendor_results import VendorResults
from deskhand.ui.search.vendors_presenter import VendorsPresenter
from deskhand.ui.ticket.ticket_pane import TicketPane

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell


class SearchResults:
    """The parts beside the rows.

    Attributes:
        hits: where the rows hold what was looked for.
        ticket: the same in the open conversation.
        scopes: where is looked, and who fits.
        vendors: what the vendors found.
    """

    hits: HitsPresenter
    ticket: TicketHits
    scopes: ScopePresenter
    vendors: VendorsPresenter

    def __init__(self, shell: "Shell", pane: ListPane, ticket: TicketPane) -> None:
        services, scope = shell.services, shell.scope
        line, results = ScopeLine(), VendorResults()
        pane.place_above(line)
        pane.place_bar(results)
        self.hits = HitsPresenter(shell.lists.tickets, services.lists, scope)
        self.ticket = TicketHits(shell.lists, shell.ticket, ticket)
        self.scopes = ScopePresenter(line, shell.lists, shell.search, services, scope)
        self.vendors = VendorsPresenter(results, shell.lists, services, scope)
        self.vendors.opened.connect(shell.lists.open)
        shell.search.bar.submitted.connect(self.vendors.submit)

    def changed(self, changes: ChangeSet) -> None:
        """Read again what a commit touched."""
        self.hits.changed(changes)
