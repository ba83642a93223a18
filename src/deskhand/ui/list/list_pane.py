"""The middle pane: what the list shows, what filters it, and the list itself."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.queries import Sort
from deskhand.domain.tickets import Priority, State
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.window_actions import DENSITIES
from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for, theme_of
from deskhand.ui.list.account_views import AccountViews
from deskhand.ui.list.filter_button import FilterButton
from deskhand.ui.list.order_menu import OrderButton
from deskhand.ui.list.row_metrics import Density
from deskhand.ui.list.ticket_list import TicketList

_OTHER = {
    Density.COMFORTABLE: Density.COMPACT,
    Density.COMPACT: Density.COLUMNS,
    Density.COLUMNS: Density.COMFORTABLE,
}

_WIDTH, _NARROWEST = 400, 300
_EDGE, _SPACING = 14, 4
_TITLE = 150
"""So much of the title stays readable before what stands beside it gives way."""


class ListPane(QFrame):
    """A header around the ticket list.

    Args:
        tickets: the list; it takes the focus that is given to the pane.

    Signals:
        filters_changed: Sort, tuple of State, tuple of Priority, tag or "", unread only.
        clear_search_requested: back to the list before the search.
        density_chosen: a Density for the rows of this view.
        save_view_requested: keep what is shown as a view.
        all_requested, none_requested: select everything that is listed, or give the selection up.
    """

    filters_changed = Signal(object, tuple, tuple, str, bool)
    clear_search_requested = Signal()
    density_chosen = Signal(object)
    save_view_requested = Signal()
    all_requested = Signal()
    none_requested = Signal()

    def __init__(self, tickets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_NARROWEST)
        self.setObjectName("list")
        # No focus proxy: Tab would pass over everything else in here.
        self._tickets = tickets
        self._said = ""
        self._title = ElidedLabel(role=Role.TITLE)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._detail = ElidedLabel(role=Role.SMALL, tone=Tone.PLAIN)
        self._detail.setFont(fonts_for(self.font()).figures)
        self._detail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._account_views = AccountViews()
        self._density = Density.COMFORTABLE
        self._dense = IconButton("rows-3", self.tr("Compact rows"), side=26, around=5)
        self._dense.clicked.connect(lambda: self.density_chosen.emit(_OTHER[self._density]))
        show_keys(self._dense, lambda: self.set_density(self._density))
        self._order = OrderButton()
        self._filters = FilterButton()
        self._filters.changed.connect(self.filters_changed)
        self._filters.save_requested.connect(self.save_view_requested)
        self._banner = Banner()
        self._selected = self._selected_line()
        self._search = self._search_line()
        self._lay_out(tickets)

    def _search_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("kind", "raised")
        self._found = label(role=Role.SMALL)
        self._end = self._link(self.tr("Clear"))
        self._end.setAccessibleName(self.tr("Clear the search"))
        self._end.clicked.connect(self.clear_search_requested)
        row = FlowLayout(line, gap=4, line_gap=0)
        set_margins(row, GAP_SMALL, 3, 3, 3)
        for part in (self._found, self._end):
            row.addWidget(part)
        line.hide()
        return line

    def _selected_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("kind", "raised")
        self._selected_count = label(role=Role.SMALL)
        self._everything = self._link("")
        self._everything.clicked.connect(self.all_requested)
        self._none = self._link(self.tr("Clear (Esc)"))
        self._none.setAccessibleName(self.tr("Clear the selection"))
        self._none.clicked.connect(self.none_requested)
        row = QHBoxLayout(line)
        set_margins(row, GAP_SMALL, 0, 3, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._selected_count)
        row.addWidget(self._everything)
        row.addStretch(1)
        row.addWidget(self._none)
        return line

    def _link(self, text: str) -> QPushButton:
        button = PushButton(text)
        button.setProperty("kind", "link")
        button.setFont(fonts_for(self.font()).small_medium)
        return button

    def _lay_out(self, tickets: QWidget) -> None:
        self._titles = QWidget()
        self._news = tickets.news if isinstance(tickets, TicketList) else None
        titles = QHBoxLayout(self._titles)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(_SPACING)
        titles.addWidget(self._title)
        titles.addWidget(self._detail)
        if self._news is not None:
            titles.addWidget(self._news)
        titles.addStretch(1)
        for button in (self._account_views, self._order, self._filters, self._dense):
            titles.addWidget(button)
        self._titles.installEventFilter(self)
        self._top = QStackedWidget()
        self._top.addWidget(self._titles)
        self._top.addWidget(self._selected)
        self._top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        header = QVBoxLayout()
        set_margins(header, _EDGE, 8, _EDGE - 6, 7)
        self._top.setMinimumHeight(32)
        header.setSpacing(GAP_SMALL)
        header.addWidget(self._top)
        header.addWidget(self._search)
        header.addWidget(self._banner)
        self._header = header
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(header)
        whole.addWidget(_Line())
        whole.addWidget(tickets, 1)
        self._whole, self._header = whole, header

    # what it is told

    def set_title(self, title: str, detail: str, short: str = "") -> None:
        """Say what is shown, and how much of it ("23 tickets · 5 accounts").

        Args:
            short: what stands there instead where the room is for more important things ("23"); the rest is in the tooltip.
        """
        self._said = detail
        if title != self._title.text():
            self._title.setText(title)
        if (short or detail) != self._detail.text():
            self._detail.setText(short or detail)
        self._detail.setAccessibleName(detail)
        self._detail.setToolTip(detail if short else "")

    def set_density(self, density: Density) -> None:
        """Offer the next density."""
        self._density = density
        other = DENSITIES[_OTHER[density]]
        keys = QKeySequence(IN_FORCE.first_key(other)).toString(QKeySequence.SequenceFormat.NativeText)
        self._dense.set_icon(other.icon, other.title, keys)

    def entry(self) -> QWidget:
        """Return what the keyboard goes to when it comes to this pane."""
        return self._tickets

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self._tickets.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def announce(self, message: str) -> None:
        """Say something to a screen reader."""
        announce(self, message)

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

    def set_selected(self, count: str, everything: str) -> None:
        """Say how much is selected in the place of the title, so that no row moves; empty = the title again.

        Args:
            everything: the button that selects all; empty where all is.
        """
        page = self._selected if count else self._titles
        if page is not self._top.currentWidget():
            if self._top.isAncestorOf(self.window().focusWidget() or self):
                self.focus_list()
            self._top.setCurrentWidget(page)
        self._selected_count.setText(count)
        self._everything.setText(everything)
        self._everything.setVisible(bool(everything))

    def place_above(self, line: QWidget) -> None:
        """Keep a line between the header and the list."""
        self._header.insertWidget(self._header.indexOf(self._search) + 1, line)

    def place_bar(self, bar: QWidget) -> None:
        """Keep a bar below the list."""
        bar.hide()
        self._whole.addWidget(bar)

    def place_line(self, line: QWidget) -> None:
        """Keep a line right below the title."""
        self._header.insertWidget(1, line)

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
    def filters(self) -> FilterButton:
        """Says what hides tickets, and lets the agent choose it."""
        return self._filters

    @property
    def header_line(self) -> QWidget:
        """Title, figures and buttons."""
        return self._titles

    @property
    def account_views(self) -> AccountViews:
        """Chooses what is listed of an account."""
        return self._account_views

    @property
    def order(self) -> OrderButton:
        """Says the order, and lets the agent choose it and the groups."""
        return self._order

    @property
    def title(self) -> tuple[str, str]:
        """What it says it shows."""
        return self._title.text(), self._said

    @property
    def search_line(self) -> QFrame:
        """The line of a search; hidden outside one."""
        return self._search

    # inside

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Show the row that one comes back to, which may have moved meanwhile."""
        super().showEvent(event)
        if isinstance(self._tickets, TicketList) and (current := self._tickets.view.currentIndex()).isValid():
            self._tickets.view.scrollTo(current)

    def _fit_titles(self) -> None:
        """Let the word of the order give way to its icon, then that of the news, what is filtered, the title's end, and the figures."""
        shown = [one for one in (self._account_views, self._dense) if not one.isHidden()]
        news = self._news if self._news is not None and not self._news.isHidden() else None
        room = self._titles.width() - sum(one.sizeHint().width() for one in shown) - _SPACING * (len(shown) + 5)
        figures, title = self._detail.sizeHint().width() + _SPACING, self._title.sizeHint().width()
        for gone in range(4):
            needed = self._order.width_for(is_wordless=gone > 0) + self._filters.width_for(is_wordless=gone > 2)
            needed += news.width_for(is_short=gone > 1) if news is not None else 0
            if gone == 3 or needed + title + figures <= room:
                self._order.set_wordless(gone > 0)
                self._filters.set_wordless(gone > 2)
                if news is not None:
                    news.set_short(gone > 1)
                self._detail.setVisible(needed + figures + min(title, _TITLE) <= room)
                return

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit_titles()
        return super().eventFilter(watched, event)

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
            painter.fillRect(self.rect(), QColor(theme_of(self.palette()).hair))
