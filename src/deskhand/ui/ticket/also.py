"""The other tickets of the customer whose ticket is open."""

from collections.abc import Callable

from deskhand.domain.ids import TicketKey
from deskhand.services.services import Services
from deskhand.services.tickets import TicketView
from deskhand.sync.tasks import TaskScope
from deskhand.ui.customer.customer_pane import CustomerPane


class AlsoFromCustomer:
    """Looks them up and shows them.

    Args:
        key: returns the ticket that is open when the answer is there.
    """

    def __init__(
        self, pane: CustomerPane, services: Services, scope: TaskScope, key: Callable[[], TicketKey | None]
    ) -> None:
        self._pane = pane
        self._services = services
        self._scope = scope
        self._key = key

    def show(self, view: TicketView) -> None:
        """Show those of a ticket's customer."""
        self._scope.replace(self._show(view), name="also")

    async def _show(self, view: TicketView) -> None:
        rows = await self._services.tickets.other_tickets_of_customer(view)
        if self._key() != view.ticket.key:
            return
        shown = []
        for row in rows:
            account = self._services.accounts.get(row.key.account)
            if account is not None:
                shown.append((row, account.label, self._services.accounts.vendor(account).name))
        self._pane.set_also(shown)
