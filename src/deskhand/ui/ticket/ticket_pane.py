"""The right half: header, conversation or record, reply box; the customer beside them. Places parts, and nothing else."""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.ids import TicketKey
from deskhand.ui.composer.composer import Composer
from deskhand.ui.customer.customer_pane import CustomerPane
from deskhand.ui.kit import icons
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.text_focus import takes_text
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.find_bar import FindBar
from deskhand.ui.ticket.record_card import RecordCard
from deskhand.ui.ticket.ticket_header import TicketHeader

CUSTOMER_WIDTH = 268
_MAIN_PARTS = 360
"""Height of what is read and written, the subject and the way back: the boxes of the header get what is beyond it."""
_LOW = 430
"""Below this height what is read and what is written take turns."""


class TicketPane(QWidget):
    """Header, banner, conversation or record card, reply box, and the customer pane.

    Attributes:
        back_wanted: back to the list, where the two take turns.
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
        self.conversation = Conversation()
        self._find = FindBar()
        self._find.changed.connect(self.conversation.look_for)
        self._find.step.connect(self.conversation.look_on)
        self._find.ended.connect(self.conversation.setFocus)
        self.conversation.found.connect(self._find.show_found)
        self.composer = Composer()
        self.card = RecordCard()
        self.customer = CustomerPane()
        for part in self._typed_into:
            part.half_typed_changed.connect(self.half_typed_changed)
        self._has_room = True
        self._has_ticket = False
        self._back = QToolButton()
        self._back.setIcon(icons.icon("chevron-left"))
        self._back.setText(self.tr("Back to the list"))
        self._back.setAccessibleName(self.tr("Back to the list"))
        self._back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self._reading = QSplitter(Qt.Orientation.Vertical)
        self._reading.setHandleWidth(1)
        self._reading.setChildrenCollapsible(False)
        self._reading.addWidget(self.conversation)
        self._reading.addWidget(self.composer)
        self._reading.setStretchFactor(0, 1)
        self._reading.setStretchFactor(1, 0)
        self.composer.folded.connect(self._share_height)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._reading)
        self._stack.addWidget(self.card)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._middle())
        self._split.addWidget(self.customer)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setSizes([532, CUSTOMER_WIDTH])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        self.show_nothing()

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._back, self.header, self.banner, self._find):
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
        """Show the customer pane where there is room and a ticket."""
        self._has_room = wanted
        self._fit()

    def show_back(self, wanted: bool) -> None:
        """Show the way back to the list."""
        self._back.setVisible(wanted)

    def parts(self) -> tuple[QWidget, ...]:
        """Return what F6 goes through."""
        return (self.header, self.conversation, self.card, self.composer, self.customer)

    def layout_states(self) -> tuple[QByteArray, QByteArray]:
        """Return where the splitters stand: beside the customer, and above the reply box."""
        return self._split.saveState(), self._reading.saveState()

    def restore_layout(self, beside: QByteArray, above: QByteArray) -> None:
        """Take the places up again; an empty state leaves one where it is."""
        for split, state in ((self._split, beside), (self._reading, above)):
            if not state.isEmpty():
                split.restoreState(state)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.set_most_for_boxes(self.height() - _MAIN_PARTS)
        self.composer.set_low(self.height() < _LOW)

    def _share_height(self) -> None:
        needed = self.composer.minimumSizeHint().height()
        self._reading.setSizes([max(1, self._reading.height() - needed), needed])

    def _fit(self) -> None:
        self.customer.setVisible(self._has_room and self._has_ticket)
