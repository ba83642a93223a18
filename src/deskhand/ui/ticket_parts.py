"""What every window has that shows a ticket: its pane, and who drives it."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskhand.domain.changes import ChangeSet
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.composer.reply_boxes import ReplyBoxes
from deskhand.ui.later.presenter import LaterPresenter
from deskhand.ui.linked.presenter import LinkedPresenter
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.presenter import TicketPresenter
from deskhand.ui.ticket.ticket_pane import TicketPane
from deskhand.ui.ticket.web_page import WebPagePresenter


class TicketParts(QObject):
    """Builds them, and lets them know of each other.

    Args:
        window: the window that the pane will be in.
    """

    def __init__(
        self, status: StatusLine, boxes: ReplyBoxes, services: Services, scope: TaskScope, window: QWidget
    ) -> None:
        super().__init__(window)
        pane = self.pane = TicketPane()
        ticket = self.ticket = TicketPresenter(pane, status, boxes, services, scope, window)
        self.later = LaterPresenter(pane, pane.later, ticket.changes, ticket.undo, status, services, window)
        self.linked = LinkedPresenter(pane, pane.customer.linked, ticket.undo, status, services, scope, window)
        self.web_page = WebPagePresenter(status, services, scope, window)
        ticket.shown.connect(self.later.show_mark)
        ticket.shown.connect(self.linked.show)

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit touched."""
        self.ticket.changed(changes)
        self.linked.changed(changes)
