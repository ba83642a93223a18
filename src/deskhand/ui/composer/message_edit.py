"""The text of a reply or a note: plain in, plain or lightly formatted out, and nothing fetched from anywhere."""

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QImageWriter,
    QInputMethodEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextListFormat,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QTextEdit, QWidget
from typing_extensions import override

from deskhand.content.characters import outgoing
from deskhand.content.links import clean_href
from deskhand.content.placeholders import PLACEHOLDER, placeholders
from deskhand.ui.composer.composition import Composition
from deskhand.ui.composer.light_html import (
    is_formatted,
    is_inside_link,
    link_format,
    list_of,
    plain_text,
    read_html,
    readable_text,
    shape_around,
    without_link,
    write_html,
)
from deskhand.ui.kit.enter_key import is_ctrl_enter, is_enter
from deskhand.ui.kit.focus_ring import leave_ring
from deskhand.ui.kit.scroll_bar import use_thin_bars
from deskhand.ui.kit.text_focus import treat_as_text
from deskhand.ui.kit.theme import Tone, theme_of, tint

_FEWEST_LINES, _MOST_LINES, _LEAST_LINES = 4, 14, 6
"""Lines at first, lines it likes to grow to, and lines that are always in view where so much is written."""


class _Marker(QSyntaxHighlighter):
    """Marks what is still to fill in."""

    @override
    def highlightBlock(self, text: str) -> None:
        if "{" not in text:
            return
        colours = tint(theme_of(QApplication.palette()), Tone.WAITING)  # the editor's own has no ground
        shape = QTextCharFormat()
        shape.setBackground(QColor(colours.ground))
        shape.setForeground(QColor(colours.text))
        for found in PLACEHOLDER.finditer(text):
            start = len(text[: found.start()].encode("utf-16-le")) // 2
            self.setFormat(start, len(found[0].encode("utf-16-le")) // 2, shape)


class MessageEdit(QTextEdit):
    """An editor that grows with its text up to a limit, then scrolls.

    Signals:
        files_dropped: paths of files that were pasted or dragged in.
        data_pasted: name, MIME type and bytes of a picture that was pasted.
        slash_typed: "/" as the first character.
    """

    files_dropped = Signal(list)
    data_pasted = Signal(str, str, QByteArray)
    slash_typed = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        use_thin_bars(self)
        self._formatting = False
        self._fewest = _FEWEST_LINES
        self.setObjectName(name)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        treat_as_text(self)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setStyleSheet("QTextEdit { border: none; background: transparent; padding: 0; }")
        leave_ring(self)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._marker = _Marker(self.document())
        self.composition = Composition(self)

    def set_fewest_lines(self, lines: int) -> None:
        """Stand at least so tall."""
        self._fewest = lines
        self.updateGeometry()

    # --- what it holds ---

    def reset(self) -> None:
        """Hold nothing any more: no text, no undo steps, no format and no composition of what was written here."""
        self.composition.drop()
        # Qt writes a plain text in the format that the caret has: there must be none of another draft.
        self.document().clear()
        self.document().clearUndoRedoStacks()
        self.setCurrentCharFormat(QTextCharFormat())

    def set_content(self, text: str, html: str, cursor: int) -> None:
        """Show a draft; a text that is there already is left alone, with its undo steps.

        Args:
            cursor: caret, in characters of the text.
        """
        if not text or (text, html) != (self.text(), self.html()):
            self.reset()
            if html and self._formatting:
                read_html(self.document(), html, self.font(), theme_of(QApplication.palette()).link)
            else:
                self.setPlainText(text)
            self.document().clearUndoRedoStacks()
        caret = self.textCursor()
        caret.setPosition(self._units(cursor))
        self.setTextCursor(caret)
        self.setCurrentCharFormat(shape_around(caret))
        self.ensureCursorVisible()

    def text(self) -> str:
        """Return what is written, as characters; lists with their marks."""
        if self._formatting and is_formatted(self.document()):
            return readable_text(self.document())
        return plain_text(self.document())

    def raw_text(self) -> str:
        """Return the characters alone."""
        return plain_text(self.document())

    def html(self) -> str:
        """Return the formatted text; empty where there is no formatting, or none is taken."""
        return write_html(self.document()) if self._formatting else ""

    def caret(self) -> int:
        """Return where the caret stands, in characters."""
        text = self.document().toRawText()
        return len(text.encode("utf-16-le")[: self.textCursor().position() * 2].decode("utf-16-le", "ignore"))

    def _units(self, characters: int) -> int:
        # Qt counts UTF-16 units; an emoji is two of them.
        text = self.document().toRawText()[: max(0, characters)]
        return min(len(text.encode("utf-16-le")) // 2, self.document().characterCount() - 1)

    def placeholders(self) -> tuple[str, ...]:
        """Return what is still to fill in."""
        return placeholders(plain_text(self.document()))

    def select_placeholder(self) -> None:
        """Mark the first thing to fill in, so that typing replaces it."""
        found = PLACEHOLDER.search(plain_text(self.document()))
        if found is None:
            return
        caret = self.textCursor()
        caret.setPosition(self._units(found.start()))
        caret.setPosition(self._units(found.end()), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(caret)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def insert_snippet(self, text: str) -> None:
        """Insert a canned reply at the caret; a "/" that asked for it goes."""
        self._end_link()
        caret = self.textCursor()
        caret.beginEditBlock()
        if plain_text(self.document()) == "/":
            caret.select(QTextCursor.SelectionType.Document)
        caret.insertText(outgoing(text))
        caret.endEditBlock()
        self.setTextCursor(caret)
        if PLACEHOLDER.search(text):
            self.select_placeholder()

    # --- formatting ---

    def allow_formatting(self, allowed: bool) -> bool:
        """Take bold, lists and links, or characters only; returns whether they are taken now and were not before."""
        begun = allowed and not self._formatting
        self._formatting = allowed
        return begun

    @property
    def takes_formatting(self) -> bool:
        """Whether bold, lists and links are taken."""
        return self._formatting and not self.isReadOnly()

    def is_bold(self) -> bool:
        """Whether the caret stands in bold text."""
        return self.fontWeight() >= QFont.Weight.DemiBold

    def toggle_bold(self) -> None:
        """Make the selection, or what is typed next, bold or not."""
        if self._formatting:
            self.setFontWeight(QFont.Weight.Normal if self.is_bold() else QFont.Weight.Bold)

    def toggle_italic(self) -> None:
        """Make the selection, or what is typed next, italic or not."""
        if self._formatting:
            self.setFontItalic(not self.fontItalic())

    def list_style(self) -> QTextListFormat.Style | None:
        """Return the kind of list that the caret stands in."""
        found = list_of(self.textCursor().block())
        return found.format().style() if found is not None else None

    def toggle_list(self, style: QTextListFormat.Style) -> None:
        """Make the marked lines a list, or plain lines again."""
        if not self._formatting:
            return
        caret = self.textCursor()
        held = list_of(caret.block())
        caret.beginEditBlock()
        if held is not None and held.format().style() is style:
            self._plain_lines(caret)
        else:
            caret.createList(style)
        caret.endEditBlock()

    def _plain_lines(self, caret: QTextCursor) -> None:
        document = self.document()
        block, last = document.findBlock(caret.selectionStart()), document.findBlock(caret.selectionEnd())
        while block.isValid() and block.position() <= last.position():
            if (items := list_of(block)) is not None:
                items.remove(block)
                shape = block.blockFormat()
                shape.setIndent(0)
                QTextCursor(block).setBlockFormat(shape)
            block = block.next()

    def insert_link(self, address: str, text: str = "") -> bool:
        """Make the selection, or these words, a link; False where the address is none that may be opened."""
        href = clean_href(address)
        if not self._formatting or href is None:
            return False
        caret = self.textCursor()
        shown = text or caret.selectedText() or address
        before = caret.charFormat()
        caret.insertText(shown, link_format(href, theme_of(QApplication.palette()).link))
        plain = QTextCharFormat()
        plain.setFontWeight(before.fontWeight())
        caret.setCharFormat(plain)
        self.setTextCursor(caret)
        self.setCurrentCharFormat(plain)
        return True

    # --- Qt ---

    @override
    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        tall = max(self._fewest * line + 4, min(int(self.document().size().height()) + 2, _MOST_LINES * line))
        return QSize(320, tall)

    @override
    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        tall = min(int(self.document().size().height()), _LEAST_LINES * line)
        return QSize(120, max(tall, min(2, self._fewest) * line) + 4)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = is_enter(event)
        if is_ctrl_enter(event):
            event.ignore()
            return
        if enter and self._leave_list():
            return
        if enter or (event.text() and event.text().isprintable()):
            self._end_link()
        super().keyPressEvent(event)
        if event.text() == "/" and plain_text(self.document()) == "/":
            self.slash_typed.emit()

    def _leave_list(self) -> bool:
        """Enter on an empty item ends the list, as in every editor."""
        caret = self.textCursor()
        if list_of(caret.block()) is None or caret.block().text():
            return False
        self._plain_lines(caret)
        return True

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() or event.preeditString():
            self._end_link()
        super().inputMethodEvent(event)

    def _end_link(self) -> None:
        """Let what is put in at the caret be no part of a link that it stands beside, or instead of.

        Qt goes on in the format of the character before the caret, at the start of a line in that of the one behind it.
        """
        caret = self.textCursor()
        if not caret.charFormat().isAnchor() or is_inside_link(caret):
            return
        if caret.hasSelection():
            caret.removeSelectedText()
            self.setTextCursor(caret)
        self.setCurrentCharFormat(without_link(caret.charFormat()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and "{" in self.document().toRawText():
            self._marker.rehighlight()

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasUrls() or source.hasImage()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        paths = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if paths:
            self.files_dropped.emit(paths)
            return
        if source.hasText():
            self._end_link()
            self.textCursor().insertText(outgoing(source.text()).replace("\ufffc", ""))
            self.ensureCursorVisible()
            return
        if source.hasImage():
            self._paste_picture(source)

    def _paste_picture(self, source: QMimeData) -> None:
        image = source.imageData()
        if not isinstance(image, QImage) or image.isNull():
            return
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(image)
        self.data_pasted.emit(self.tr("Pasted picture") + ".png", "image/png", data)
