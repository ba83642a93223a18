"""The wide search box over list and conversation, with the strip below it. It shows and tells; what a text means is the presenter's."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.filters.slices import Span
from deskhand.ui.kit import icons
from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.theme import GAP_SMALL, RADIUS_CONTROL, Tone, fonts_for, theme_of
from deskhand.ui.search.bar_button import BarButton
from deskhand.ui.search.filter_edit import FilterEdit
from deskhand.ui.search.strip import SuggestionStrip

_HEIGHT, _ICON, _EDGE = 34, 14, 12
_WORDS_FROM, _COUNT_FROM = 720, 460
"""Widths of the bar from which its buttons have words, and the number of hits is shown."""


class _Box(QFrame):
    """The frame around the text: the glass, the text, how much was found, and what empties it."""

    def __init__(self, edit: FilterEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit = edit
        self.count = label(role=Role.SMALL, tone=Tone.PLAIN)
        self.count.setFont(fonts_for(self.font()).figures)
        self.clear = IconButton("x", self.tr("Clear the text"), self, side=22)
        self.row = QHBoxLayout(self)
        set_margins(self.row, _EDGE + _ICON + 4, 1, 6, 1)
        self.row.setSpacing(GAP_SMALL)
        self.row.addWidget(edit, 1)
        self.row.addWidget(self.count)
        self.row.addWidget(self.clear)
        edit.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, max(_HEIGHT, self.edit.sizeHint().height() + 8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().palette())
        focused = self.edit.hasFocus()
        width = 2.0 if focused else 1.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent if focused else theme.edge), width))
            painter.setBrush(QColor(theme.page))
            inset = width / 2
            rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(rect, RADIUS_CONTROL, RADIUS_CONTROL)
            left = self.width() - _EDGE - _ICON if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else _EDGE
            place = QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON)
            icons.paint(painter, place, "search", theme.link if focused else theme.quiet)


class SearchBar(QFrame):
    """The search box, "Filter" and "Save as view" beside it, the strip below.

    Signals:
        edited: what is typed now. moved: the cursor stands elsewhere.
        submitted: Enter, on to the hits. down: Down, likewise.
        escaped: Esc. tab_pressed: Tab; see `FilterEdit.accept_tab`.
        emptied: the button that empties it was pressed.
        entered: the keyboard came. left: it went somewhere else in the window.
        filter_requested: the builder is to be shown, or not. save_requested: what is shown becomes a view.
        resized: it wants another height.
    """

    edited = Signal(str)
    moved = Signal()
    submitted = Signal()
    down = Signal()
    escaped = Signal()
    tab_pressed = Signal()
    emptied = Signal()
    entered = Signal()
    left = Signal()
    filter_requested = Signal()
    save_requested = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search bar")
        self.setAccessibleName(self.tr("Search"))
        self.setAutoFillBackground(True)
        self.edit = FilterEdit()
        self.edit.setAccessibleName(self.tr("Search tickets"))
        self.edit.setPlaceholderText(self.tr("Search all tickets: words, from:name, has:file, waiting>4h"))
        self.strip = SuggestionStrip()
        self._box = _Box(self.edit, self)
        self._box.clear.clicked.connect(self.emptied)
        self._filter = BarButton("sliders-horizontal", self.tr("Filter"))
        self._filter.clicked.connect(self.filter_requested)
        self._save = BarButton("bookmark-plus", self.tr("Save as view"), is_link=True)
        self._save.clicked.connect(self.save_requested)
        row = QHBoxLayout()
        row.setContentsMargins(_EDGE, 8, _EDGE, 8)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._box, 1)
        row.addWidget(self._filter)
        row.addWidget(self._save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self.strip)
        self._connect()
        self.show_count("")
        self.hide()

    def _connect(self) -> None:
        edit, strip = self.edit, self.strip
        edit.edited.connect(self.edited)
        edit.edited.connect(self._fit)
        edit.moved.connect(self.moved)
        edit.submitted.connect(self.submitted)
        edit.down.connect(self.down)
        edit.escaped.connect(self.escaped)
        edit.tab_pressed.connect(self.tab_pressed)
        edit.entered.connect(self.entered)
        edit.strip_requested.connect(strip.enter)
        strip.down.connect(self.down)
        strip.back.connect(self.focus_text)
        strip.typed.connect(self._type_on)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    # what it is told

    def set_text(self, text: str) -> None:
        """Show another text, without telling."""
        self.edit.set_text(text)
        self._fit()

    def show_count(self, text: str) -> None:
        """Say how much was found, at the end of the box."""
        self._box.count.setText(text)
        self._fit()

    def show_mistake(self, span: Span) -> None:
        """Underline these characters; an empty span = nothing is wrong."""
        self.edit.set_mistake(span)

    def set_keys(self, keys: str) -> None:
        """Say which keys open the builder."""
        self._filter.set_keys(keys)

    def set_filter_open(self, is_open: bool) -> None:
        """Say whether the builder is shown."""
        self._filter.set_on(is_open)

    def focus_text(self) -> None:
        """Give the keyboard to the text, the cursor where it was."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_all(self) -> None:
        """Give the keyboard to the text, and select it: what is typed next takes its place."""
        self.focus_text()
        self.edit.selectAll()

    def announce(self, message: str) -> None:
        """Say something to a screen reader."""
        announce(self.edit, message)

    # what it tells

    @property
    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    @property
    def count_text(self) -> str:
        """What it says was found."""
        return self._box.count.text()

    @property
    def has_keyboard(self) -> bool:
        """Whether something in it has the keyboard."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def entry(self) -> QWidget:
        """Return what the keyboard goes to when it comes here."""
        return self.edit

    # inside

    def _fit(self) -> None:
        wide = self.width() >= _WORDS_FROM
        self._filter.set_wordless(not wide)
        self._save.set_wordless(not wide)
        self._box.count.setVisible(bool(self.count_text) and self.width() >= _COUNT_FROM)
        self._box.clear.setVisible(bool(self.text))

    def _type_on(self, event: QKeyEvent) -> None:
        self.focus_text()
        self.edit.textCursor().insertText(event.text())

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or not (old is self or self.isAncestorOf(old)):
            return
        if not (new is self or self.isAncestorOf(new)) and new.window() is self.window():
            self.left.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.page))
            painter.fillRect(QRect(0, self.strip.y() - 1, self.width(), 1), QColor(theme.hair))
