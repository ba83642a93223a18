"""What the actions of the window are done to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskhand.services.tickets import TicketView

if TYPE_CHECKING:
    from deskhand.ui.list.selection import SelectionPresenter
    from deskhand.ui.shell import Shell


@dataclass(frozen=True, slots=True)
class Selection:
    """The tickets that are meant, and the window that acts on them.

    Attributes:
        ticket: the one that is open; None while none is.
        several: given while what is selected in the list is meant, and not the open ticket.
        shell: given where an action is run; a menu that only shows what is possible needs none.
    """

    ticket: TicketView | None = None
    several: "SelectionPresenter | None" = None
    shell: "Shell | None" = None

    @property
    def window(self) -> "Shell":
        """The window. Raises LookupError where there is none."""
        if self.shell is None:
            raise LookupError("a selection outside of a window")
        return self.shell
