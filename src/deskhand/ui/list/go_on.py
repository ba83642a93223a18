"""What comes after a ticket that is dealt with: the next one, the same, or the list; and where an undo leads. The one place of this rule."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject

from deskhand.domain.going_on import Done, GoOn
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import Lists
from deskhand.domain.tickets import Turn
from deskhand.services.settings import Settings
from deskhand.services.ticket_commands import NOTE
from deskhand.ui.composer.reply_boxes import ReplyBoxes
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.next_tickets import next_tickets
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.tabs.presenter import TabsPresenter
from deskhand.ui.ticket.presenter import TicketPresenter
from deskhand.ui.window import MainWindow

_GO_BACK_SECONDS = 30
"""So long the status line offers the ticket whose message was taken back."""


class GoOnPresenter(QObject):
    """Goes on as the agent set it, and back where a message was taken back."""

    def __init__(
        self,
        settings: Settings,
        rows: Lists,
        lists: ListPresenter,
        tabs: TabsPresenter,
        ticket: TicketPresenter,
        boxes: ReplyBoxes,
        pane: ListPane,
        status: StatusLine,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._rows = rows
        self._lists = lists
        self._tabs = tabs
        self._ticket = ticket
        self._pane = pane
        self._status = status
        self._window = window
        self._write: tuple[TicketKey, Callable[[], None]] | None = None
        self._ahead: tuple[TicketKey, list[TicketKey]] | None = None
        self._dealt_with: dict[TicketKey, datetime | None] = {}
        ticket.compose.sending.connect(self._note_order)
        ticket.done.connect(self.after)
        boxes.taken_back.connect(self.lead_back)
        ticket.settled.connect(self._begin_writing)
        lists.opened.connect(lambda key: self._dealt_with.pop(key, None))

    def after(self, key: TicketKey, done: Done, once: GoOn | None = None) -> None:
        """Go on after a ticket was dealt with: to the next one in the order that stood on the screen when the agent did it.

        Those that were dealt with before are passed over: in a list in the order of changes they stand among the others again. One
        counts as such until its customer writes, or the agent opens it. A change calls this in the same turn of the loop. A message
        is stored first, and the list may be in another order by then: what came next was noted when Send was pressed. The keyboard
        stays in the part of the window where it is. A ticket that is not open any more, or one that something is being written to,
        is left alone: that stays in front.

        Args:
            key: the ticket.
            done: how it was dealt with.
            once: what comes after it this time; None = as set.
        """
        noted, self._ahead = self._ahead, None
        for row in self._rows.rows([key]):
            self._dealt_with[key] = row.waiting_since
        if self._lists.tickets.current != key or self._ticket.is_written_to:
            return
        match once or self._settings.after(done):
            case GoOn.NEXT:
                ahead = noted[1] if noted is not None and noted[0] == key else next_tickets(self._lists.tickets)
                self._tabs.step_next(self._not_dealt_with(ahead))
            case GoOn.BACK:
                self._window.show_list()
                self._pane.focus_list()
            case GoOn.STAY:
                pass

    def _note_order(self, key: TicketKey) -> None:
        self._ahead = key, next_tickets(self._lists.tickets)

    def _not_dealt_with(self, keys: Sequence[TicketKey]) -> list[TicketKey]:
        rows = {row.key: row for row in self._rows.rows([key for key in keys if key in self._dealt_with])}
        waiting = {
            key for key, row in rows.items() if row.turn is Turn.US and row.waiting_since != self._dealt_with[key]
        }
        return [key for key in keys if key not in self._dealt_with or key in waiting]

    def lead_back(self, key: TicketKey, kind: str) -> None:
        """Open the ticket whose message was taken back, with the keyboard in its text.

        Where the agent is writing to another one meanwhile, that stays in front, and the way back is offered.

        Args:
            key: the ticket.
            kind: `reply` or `note`.
        """
        rows = self._rows.rows([key])
        if not rows:
            return
        self._ticket.undo.leave_said()
        said = self.tr("It was taken back, and is a draft of “{subject}”.").format(subject=rows[0].subject)
        if self._ticket.compose.is_typed_into:
            self._status.show_message(said, self.tr("Go back"), _GO_BACK_SECONDS, run=lambda: self._open(key, kind))
            return
        self._status.show_message(said)
        self._open(key, kind)

    def _open(self, key: TicketKey, kind: str) -> None:
        keys = self._ticket.keys
        self._write = (key, keys.start_note if kind == NOTE else keys.start_reply)
        self._lists.open(key)

    def _begin_writing(self) -> None:
        """Give the keyboard to the text once its ticket is on screen; another ticket was opened since where it is not this one."""
        write, self._write = self._write, None
        view = self._ticket.current()
        if write is not None and view is not None and view.ticket.key == write[0]:
            write[1]()
