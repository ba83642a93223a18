"""The middle pane: what the list shows, what filters it, and the list itself."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.queries import Sort
from deskhand.domain.tickets import Priority, State
from deskhand.ui.actions.window_actions import NEW_TICKET
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for, theme_of
from deskhand.ui.list.filter_bar import FilterBar

_WIDTH, _NARROWEST = 384, 280
_EDGE = 14
_TITLE = 150
"""So much of the title stays readable before the figures beside it are cut."""


class ListPane(QFrame):
    """A header around the ticket list.

    Args:
        tickets: the list; it takes the focus that is given to the pane.

    Signals:
        filters_changed: Sort, tuple of State, tuple of Priority, tag or "", unread only.
        search_vendors_wanted: look at the vendors too.
        clear_search_wanted: back to the list before the search.
    """

    filters_changed = Signal(object, tuple, tuple, str, bool)
    new_ticket_requested = Signal()
    search_vendors_requested = Signal()
    clear_search_requested = Signal()

    def __init__(self, tickets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_NARROWEST)
        self.setObjectName("list")
        # No focus proxy: Tab would pass over everything else in here.
        self._tickets = tickets
        self._title = ElidedLabel(role=Role.TITLE)
        self._detail = ElidedLabel(role=Role.SMALL, tone=Tone.PLAIN)
        self._detail.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        keys = QKeySequence(NEW_TICKET.keys[-1]).toString(QKeySequence.SequenceFormat.NativeText)
        self._new = IconButton(NEW_TICKET.icon, NEW_TICKET.title, side=24, keys=keys)
        self._new.clicked.connect(self.new_ticket_requested)
        self._filters = FilterBar()
        self._filters.changed.connect(self.filters_changed)
        self._banner = Banner()
        self._search = self._search_line()
        self._lay_out(tickets)

    def _search_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("kind", "raised")
        self._found = label(role=Role.SMALL)
        self._vendors = self._link(self.tr("Search at the vendors too"))
        self._vendors.clicked.connect(self.search_vendors_requested)
        self._end = self._link(self.tr("Clear"))
        self._end.setAccessibleName(self.tr("Clear the search"))
        self._end.clicked.connect(self.clear_search_requested)
        row = FlowLayout(line, gap=4, line_gap=0)
        row.setContentsMargins(GAP_SMALL, 3, 3, 3)
        for part in (self._found, self._vendors, self._end):
            row.addWidget(part)
        line.hide()
        return line

    def _link(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "link")
        button.setFont(fonts_for(self.font()).small_medium)
        return button

    def _lay_out(self, tickets: QWidget) -> None:
        titles = QHBoxLayout()
        titles.setSpacing(GAP_SMALL)
        titles.addWidget(self._title, 1)
        titles.addWidget(self._detail)
        titles.addWidget(self._new)
        header = QVBoxLayout()
        header.setContentsMargins(_EDGE, 10, _EDGE, 8)
        header.setSpacing(GAP_SMALL)
        header.addLayout(titles)
        header.addWidget(self._filters)
        header.addWidget(self._search)
        header.addWidget(self._banner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(header)
        whole.addWidget(_Line())
        whole.addWidget(tickets, 1)

    # what it is told

    def set_title(self, title: str, detail: str) -> None:
        """Say what is shown, and how much of it ("23 tickets · 5 accounts")."""
        if title != self._title.text():
            self._title.setText(title)
            self._title.setMinimumWidth(min(self._title.sizeHint().width(), _TITLE))
        if detail != self._detail.text():
            self._detail.setText(detail)

    def entry(self) -> QWidget:
        """Return what the keyboard goes to when it comes to this pane."""
        return self._tickets

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self._tickets.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def announce(self, message: str) -> None:
        """Say something to a screen reader."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message))

    def set_filters(
        self,
        sort: Sort,
        states: Sequence[State],
        priorities: Sequence[Priority],
        tag: str,
        unread: bool,
    ) -> None:
        """Show what is in force."""
        self._filters.set_filters(sort, states, priorities, tag, unread)

    def set_states(self, states: Iterable[State]) -> None:
        """Offer these states as filters."""
        self._filters.set_states(states)

    def set_choices(self, tags: Sequence[str]) -> None:
        """Offer these tags as filters, the most used first."""
        self._filters.set_choices(tags)

    def set_search(self, text: str, detail: str = "") -> None:
        """Show the line of a search for these words, or none for an empty text.

        Args:
            detail: how much was found, for the screen reader.
        """
        self._search.setVisible(bool(text))
        if text:
            self._found.setText(self.tr("On this computer"))
            self._found.setAccessibleDescription(detail)

    # what it tells

    @property
    def banner(self) -> Banner:
        """A line above the list, for what concerns all of it."""
        return self._banner

    @property
    def filters(self) -> FilterBar:
        """The pills."""
        return self._filters

    @property
    def new_button(self) -> IconButton:
        """Makes a ticket."""
        return self._new

    @property
    def title(self) -> tuple[str, str]:
        """What it says it shows."""
        return self._title.text(), self._detail.text()

    @property
    def search_line(self) -> QFrame:
        """The line of a search; hidden outside one."""
        return self._search

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())


class _Line(QWidget):
    """One pixel between the header and the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme_of(self.palette()).line))
