"""What the actions of the window are done to."""

from typing import TYPE_CHECKING

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.services.tickets import TicketView

if TYPE_CHECKING:
    from deskhand.ui.list.selection import SelectionPresenter
    from deskhand.ui.shell import Shell
    from deskhand.ui.ticket_windows.ticket_desk import TicketDesk


@dataclass(frozen=True, slots=True)
class Selection:
    """The tickets that are meant, and the window that acts on them.

    Attributes:
        ticket: the one that is open; None while none is.
        several: given while what is selected in the list is meant, and not the open ticket.
        shell: given where an action is run; a menu that only shows what is possible needs none.
        own: the window of its own in which the ticket is open; None = the ticket is that of the main window.
    """

    ticket: TicketView | None = None
    several: "SelectionPresenter | None" = None
    shell: "Shell | None" = None
    own: "TicketDesk | None" = None

    @property
    def here(self) -> "Shell | TicketDesk":
        """Who drives the window in which the ticket is open: what is done to the ticket is done there. Raises LookupError as `window`."""
        return self.own or self.window

    @property
    def window(self) -> "Shell":
        """The main window, for what is not about a ticket. Raises LookupError where there is none."""
        if self.shell is None:
            raise LookupError("a selection outside of a window")
        return self.shell
