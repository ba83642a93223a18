"""The right half: header, conversation or record, reply box; the customer beside them. Places parts, and nothing else."""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.ids import TicketKey
from deskhand.ui.composer.composer import Composer
from deskhand.ui.customer.customer_pane import CustomerPane
from deskhand.ui.kit import icons
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.buttons import ToolButton
from deskhand.ui.kit.text_focus import takes_text
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.customer_place import CustomerPlace
from deskhand.ui.ticket.find_bar import FindBar
from deskhand.ui.ticket.hit_bar import HitBar
from deskhand.ui.ticket.reading_column import ReadingColumn
from deskhand.ui.ticket.record_card import RecordCard
from deskhand.ui.ticket.ticket_header import TicketHeader

_MAIN_PARTS = 300
"""Height of what is read and written, and the header's line: its tags get what is beyond it."""


class TicketPane(QWidget):
    """Header, banner, conversation or record card, reply box, and the customer pane.

    Attributes:
        back_requested: back to the list, where the two take turns.
        half_typed_changed: what stands half typed in the ticket's editors is another text.
        leaving: another ticket will be shown, or none: this is the last moment to take what stands half typed.
    """

    back_requested = Signal()
    half_typed_changed = Signal()
    leaving = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.header = TicketHeader()
        self.banner = Banner()
        self.later = Banner()
        self.recording = Banner()
        self.conversation = Conversation()
        self._find = FindBar()
        self._find.changed.connect(self.conversation.look_for)
        self._find.step.connect(self.conversation.look_on)
        self._find.ended.connect(self.conversation.setFocus)
        self.conversation.found.connect(self._find.show_found)
        self.hits = HitBar()
        self.composer = Composer()
        self.card = RecordCard()
        self.customer = CustomerPane()
        for part in self._typed_into:
            part.half_typed_changed.connect(self.half_typed_changed)
        self._has_ticket = self._back_wanted = False
        self._back = ToolButton()
        self._reading = ReadingColumn(self.conversation, self.composer)
        self.composer.left.connect(self.focus_reading)
        self._stack = QStackedWidget()
        self._whole = QWidget()
        self._panel: QWidget | None = None
        self._lay_out()
        self.place = CustomerPlace(self._middle(), self.customer)
        self.place.shown_changed.connect(self.header.show_customer)
        self.place.left.connect(self.focus_reading)
        self.header.customer.clicked.connect(self.toggle_customer)
        self._whole_column.addWidget(self.place, 1)
        self.show_nothing()

    def _lay_out(self) -> None:
        back = self._back
        back.setIcon(icons.icon("arrow-left"))
        back.setText(self.tr("Back to the list"))
        back.setAccessibleName(self.tr("Back to the list"))
        back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for one in (back, self.header.back):
            one.clicked.connect(self.back_requested)
            one.hide()
        self._stack.addWidget(self._reading)
        self._stack.addWidget(self.card)
        self._whole_column = whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.header)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.recording, self.later, self.banner, self._find, self.hits):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        return middle

    def reset_editors(self) -> None:
        """Another ticket will be shown, or none: what is half typed stays with the one that is shown now."""
        self.leaving.emit()
        for part in self._typed_into:
            part.reset_editors()

    @property
    def half_typed(self) -> dict[str, str]:
        """What stands half typed, by the names of all editors that can be typed into; empty texts are of those that hold nothing."""
        return {name: text for part in self._typed_into for name, text in part.half_typed.items()}

    def set_key(self, key: TicketKey) -> None:
        """The same ticket is known by another key from now on; what is typed goes on."""
        for part in self._typed_into:
            part.set_key(key)

    @property
    def _typed_into(self) -> tuple[TicketHeader, RecordCard, CustomerPane]:
        return self.header, self.card, self.customer

    def show_nothing(self) -> None:
        """No ticket is open."""
        self.reset_editors()
        self._has_ticket = False
        self.end_find()
        self.header.hide()
        self.composer.hide()
        self.banner.clear()
        self.conversation.set_thread(None)
        self._stack.setCurrentWidget(self._reading)
        self._fit()

    def show_elsewhere(self) -> None:
        """The ticket is open in a window of its own, which a button leads to."""
        self.show_nothing()
        self.conversation.set_empty(
            self.tr("Open in a window of its own"),
            self.tr("Close that window, and the ticket is here again."),
            self.tr("Go to its window"),
            icon="app-window",
        )

    def show_parts(self, *, conversation: bool) -> None:
        """A ticket is open: with a header, a conversation and a reply box, or as a record, whose card says it all."""
        self._has_ticket = True
        self.header.setVisible(conversation)
        self.composer.setVisible(conversation)
        self._stack.setCurrentWidget(self._reading if conversation else self.card)
        self._fit()

    def begin_find(self) -> bool:
        """Let the agent find words in the conversation; tell whether there is one."""
        if self._has_ticket and self._stack.currentWidget() is self._reading:
            self._find.begin()
            return True
        return False

    def end_find(self) -> None:
        """Find nothing any more: another ticket is shown."""
        self._find.reset()
        self.hits.hide()

    def focus_reading(self) -> None:
        """Give the keyboard to what is read, and show that it is there: the agent did not put it there by hand."""
        read = self.conversation if self._stack.currentWidget() is self._reading else self.card
        read.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_writing(self) -> bool:
        """Whether the reply box has the keyboard."""
        focus = QApplication.focusWidget()
        return focus is not None and self.composer.isAncestorOf(focus)

    @property
    def has_keyboard(self) -> bool:
        """Whether something in here has the keyboard, or gets it back when a dialog over the window closes."""
        focus: QWidget | None = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @property
    def is_typed_into(self) -> bool:
        """Whether that is a text."""
        return self.has_keyboard and takes_text(self.window().focusWidget())

    def show_customer(self, wanted: bool) -> None:
        """Say whether there is room for the customer beside the conversation; where there is none, the panel lies over its end."""
        self.place.set_beside(wanted)

    def toggle_customer(self) -> None:
        """Show the customer, or not any more."""
        self.place.toggle()

    def place_panel(self, panel: QWidget) -> None:
        """Keep a panel that takes the place of the ticket when it is asked to."""
        self._panel = panel
        panel.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(panel)

    def place_tabs(self, bar: QWidget) -> None:
        """Show a bar of tabs above everything."""
        self._whole_column.insertWidget(0, bar)

    def show_panel(self, shown: bool) -> None:
        """Let the panel stand in the place of the ticket, or the ticket again; what is typed there stays."""
        if self._panel is not None and self._panel.isHidden() is shown:
            self._whole.setVisible(not shown)
            self._panel.setVisible(shown)

    def show_back(self, wanted: bool) -> None:
        """Show the way back to the list: in the header, or above what has none."""
        self._back_wanted = wanted
        self._fit()

    def parts(self) -> tuple[QWidget, ...]:
        """Return what F6 goes through."""
        shown = (self.conversation, self.card, self.composer, self.customer)
        return shown if self._panel is None else (self._panel, *shown)

    def layout_states(self) -> tuple[QByteArray, QByteArray]:
        """Return where the splitter beside the customer stands, and how high the agent made the reply box, as digits."""
        return self.place.save_state(), QByteArray(str(self._reading.wish).encode())

    def restore_layout(self, beside: QByteArray, above: QByteArray) -> None:
        """Take the places up again; an empty state leaves one where it is."""
        if not beside.isEmpty():
            self.place.restore_state(beside)
        if (digits := bytes(above.data()).decode("ascii", "replace")).isdigit():
            self._reading.set_wish(int(digits))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.set_most_for_tags(self.height() - _MAIN_PARTS)

    def _fit(self) -> None:
        self.place.set_has_ticket(self._has_ticket)
        self.header.show_back(self._back_wanted)
        self._back.setVisible(self._back_wanted and self.header.isHidden())
