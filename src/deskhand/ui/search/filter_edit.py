"""One line in which a filter is typed: its conditions stand on a ground of their own, and a mistake is underlined at its place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from typing_extensions import override

from deskhand.domain.filters.slices import Span, conditions
from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.kit.focus_ring import leave_ring
from deskhand.ui.kit.theme import RADIUS_CHIP, theme_of

_PADDING = 3


def _units(text: str, at: int) -> int:
    """Return a place in a text as Qt counts it: what is beyond U+FFFF counts twice."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le")) // 2


def _characters(text: str, units: int) -> int:
    """Return a place that Qt counted in characters of the text."""
    return units if text.isascii() else len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore"))


class _Ink(QSyntaxHighlighter):
    """Colours conditions, and underlines a mistake."""

    def __init__(self, edit: "FilterEdit") -> None:
        super().__init__(edit.document())
        self._edit = edit

    @override
    def highlightBlock(self, text: str, /) -> None:
        theme = theme_of(self._edit.window().palette())
        ink = QTextCharFormat()
        ink.setForeground(QColor(theme.link))
        for span in self._edit.spans(text):
            begin, end = (_units(text, at) for at in span)
            self.setFormat(begin, end - begin, ink)
        for at in range(*(_units(text, at) for at in self._edit.mistake)):
            wrong = self.format(at)
            wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wrong.setUnderlineColor(QColor(theme.wrong))
            self.setFormat(at, 1, wrong)


class FilterEdit(QTextEdit):
    """A text of one line.

    Signals:
        edited: another text stands in it, because somebody typed.
        moved: the cursor is somewhere else.
        submitted: Enter. down: Down, on to what was found. escaped: Esc.
        tab_pressed: Tab; `accept_tab` says whether it was taken.
        strip_requested: Alt+Down, into the strip.
        entered: the keyboard came.
    """

    edited = Signal(str)
    moved = Signal()
    submitted = Signal()
    down = Signal()
    escaped = Signal()
    tab_pressed = Signal()
    strip_requested = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        leave_ring(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(_PADDING)
        self.mistake = Span(0, 0)
        self._text = ""
        self._spans: tuple[str, tuple[Span, ...]] = ("", ())
        self._tab_taken = False
        self._ink = _Ink(self)
        self._fit()
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self.moved)

    def spans(self, text: str) -> Sequence[Span]:
        """Return where the conditions of a text stand."""
        if self._spans[0] != text:
            self._spans = (text, conditions(text))
        return self._spans[1]

    def text(self) -> str:
        """Return what stands in it."""
        return self._text

    def set_text(self, text: str) -> None:
        """Put another text there, which Ctrl+Z takes back, without telling anybody."""
        if text == self._text:
            return
        self._text = text
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def replace(self, begin: int, end: int, text: str) -> None:
        """Put a text in place of characters, as if it was typed."""
        cursor = self.textCursor()
        cursor.setPosition(_units(self._text, begin))
        cursor.setPosition(_units(self._text, min(end, len(self._text))), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    @property
    def cursor_position(self) -> int:
        """Where the cursor stands, in characters."""
        return _characters(self._text, self.textCursor().position())

    def set_mistake(self, span: Span) -> None:
        """Underline these characters; an empty span = none."""
        if span != self.mistake:
            self.mistake = span
            self._ink.rehighlight()

    def accept_tab(self) -> None:
        """Say that Tab did something, so that the keyboard stays."""
        self._tab_taken = True

    def _fit(self) -> None:
        """Be as high as the one line, so that it stands in the middle of its frame."""
        self.setFixedHeight(self.sizeHint().height())

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _changed(self) -> None:
        text = self.toPlainText()
        if text != self._text:
            self._text = text
            self.edited.emit(text)

    @override
    def insertFromMimeData(self, source: QMimeData, /) -> None:
        self.textCursor().insertText(" ".join(source.text().split("\n")).replace("\r", "").strip())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if is_enter(event):
            self.submitted.emit()
        elif key == Qt.Key.Key_Escape and plain:
            self.escaped.emit()
        elif key == Qt.Key.Key_Down and held & Qt.KeyboardModifier.AltModifier:
            self.strip_requested.emit()
        elif key == Qt.Key.Key_Down and plain:
            self.down.emit()
        elif key == Qt.Key.Key_Up and plain:
            event.accept()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._tab_taken = False
            if key == Qt.Key.Key_Tab:
                self.tab_pressed.emit()
            if not self._tab_taken:
                self.focusNextPrevChild(key == Qt.Key.Key_Tab)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().palette())
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selected))
            for rect in self.grounds():
                painter.drawRoundedRect(rect, RADIUS_CHIP, RADIUS_CHIP)
        super().paintEvent(event)

    def grounds(self) -> list[QRectF]:
        """Return the rectangles of the conditions, wherever their letters stand: a line may run both ways."""
        block = self.document().firstBlock()
        layout = block.layout()
        if layout.lineCount() == 0 or layout.preeditAreaText():
            return []
        line = layout.lineAt(0)
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        shift = -self.horizontalScrollBar().value()
        found = []
        for span in self.spans(self._text):
            begin, end = (_units(self._text, at) for at in span)
            rect = QRectF()
            for run in line.glyphRuns(begin, end - begin):
                rect = rect.united(run.boundingRect())
            if rect.width() > 0:
                height = line.height()
                found.append(
                    QRectF(rect.x() + origin.x() + shift - 2, origin.y() + line.y() - 1, rect.width() + 4, height + 2)
                )
        return found

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.averageCharWidth() * 30, metrics.height() + 2 * _PADDING)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())
