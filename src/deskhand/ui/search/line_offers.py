"""What may stand in a line that is typed into, offered in a list below it: by arrow keys and Enter, or with the mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate
from shiboken6 import isValid
from typing_extensions import override

from deskhand.domain.filters.completion import Suggestion
from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.combo_list import Frame
from deskhand.ui.kit.figures import counted, figure
from deskhand.ui.kit.popup_frame import FLAGS, margin, outer_place, outer_size

_MOST, _INSIDE, _GAP = 8, 4, 2
"""Lines that are seen at once; the room around them in the frame, and between the frame and what is typed into."""


class _List(QListView):
    """A list in the frame of all popups; without a compositor it has a plain edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "framed-offers" if margin() else "offers")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def take_frame(self) -> None:
        """Make room for the frame: once it is the window of a completer, before it is shown."""
        if margin():
            self.setWindowFlags(self.windowFlags() | FLAGS)
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
            around = margin() + _INSIDE
            self.setViewportMargins(around, around, around, around)
            Frame(self)

    def lie_at(self, line: QLineEdit) -> None:
        """Let the frame lie below a line, as wide as it, or above where there is no room: Qt has put the window there."""
        if not margin():
            return
        rows = range(min(self.model().rowCount(), _MOST))
        high = sum(map(self.sizeHintForRow, rows)) + 2 * _INSIDE
        corner = line.mapToGlobal(QPoint(0, line.height() + _GAP))
        if corner.y() + high > line.screen().availableGeometry().bottom():
            corner = line.mapToGlobal(QPoint(0, -_GAP - high))
        self.setGeometry(QRect(outer_place(corner), outer_size(QSize(line.width(), high))))


class LineOffers(QObject):
    """Asks what may stand at the cursor, shows the answer, and puts what is chosen into the line.

    The line keeps the keyboard. Esc takes the list away and nothing else; Enter without a marked line is the form's own.

    Signals:
        wanted: a text and the place of the cursor in it, to be answered by `set_offers`.
    """

    wanted = Signal(str, int)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._offers: tuple[Suggestion, ...] = ()
        self._model = QStringListModel(self)
        self._list = QCompleter(self._model, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setWidget(line)
        self._list.setMaxVisibleItems(_MOST)
        self._popup = _List()
        self._list.setPopup(self._popup)
        self._popup.take_frame()
        self._popup.setItemDelegate(QStyledItemDelegate(self._popup))  # Qt gives it one that knows no style sheet
        self._popup.setAccessibleName(self.tr("Suggestions"))
        self._list.activated.connect(self._take)
        line.textEdited.connect(self._ask)
        line.installEventFilter(self)

    @property
    def labels(self) -> list[str]:
        """What the list says now; empty where it is not shown."""
        return self._model.stringList() if self._popup.isVisible() else []

    def set_offers(self, text: str, cursor: int, offers: Sequence[Suggestion]) -> None:
        """Show what may stand at a place; an answer that is too late is passed over."""
        if not isValid(self) or not self._line.hasFocus() or (text, cursor) != self._place:
            return
        self._offers = tuple(one for one in offers if text[one.begin : one.end] != one.replacement)
        if not self._offers:
            self._popup.hide()
            return
        self._model.setStringList([_line_of(one) for one in self._offers])
        self._popup.ensurePolished()
        self._popup.doItemsLayout()  # with the heights of the style sheet, before the list is opened so high
        self._list.complete()
        self._popup.lie_at(self._line)
        self._popup.setCurrentIndex(QModelIndex())
        count = len(self._offers)
        announce(self._line, counted(count, self.tr("1 suggestion"), self.tr("{count} suggestions")))

    @property
    def _place(self) -> tuple[str, int]:
        return self._line.text(), self._line.cursorPosition()

    def _ask(self) -> None:
        self._popup.hide()
        self.wanted.emit(*self._place)

    def _take(self, label: str) -> None:
        one = self._offers[self._model.stringList().index(label)]
        self._line.setSelection(one.begin, one.end - one.begin)
        if one.begin == one.end:
            self._line.setCursorPosition(one.begin)
        self._line.insert(one.replacement)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down open the list where it is not shown."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self._ask()
            return True
        return False


def _line_of(one: Suggestion) -> str:
    """Return what stands in the list: the label, what tells it from others, and how many tickets have it."""
    many = "" if one.count is None else figure(one.count)
    return "   ".join(filter(None, (one.label, one.detail, many)))
