"""A message's body as a document that asks nobody for anything.

Qt asks a document for every picture and style sheet that its HTML names, and opens local files by itself. This one answers from
the pictures it was given, and with one transparent pixel for all else (an empty answer would be asked for again at each layout:
62 times in five resizes, measured).
"""

from collections.abc import Mapping

from PySide6.QtCore import QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)
from typing_extensions import override

from deskhand.content.colours import HUES
from deskhand.content.pictures import images_as_text
from deskhand.content.safehtml import SafeHtml
from deskhand.content.tables import mirrored
from deskhand.ui.kit.tokens import Theme

SCHEME = "x-img"
_LINE_PERCENT = 116
_CELL_PADDING = 3
_TABLE_MARGIN = 6
_LINE_STRENGTH = 0.4


def _blank() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _line_height(kind: QTextBlockFormat.LineHeightTypes, value: int) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(value, kind.value)
    return made


def _style(theme: Theme) -> str:
    shades = dict(zip(HUES, (theme.wrong, theme.warn, theme.good, theme.link, theme.state_hold), strict=True))
    return (
        f"{''.join(f'.{hue} {{ color: {shade}; }}' for hue, shade in shades.items())}"
        f"mark {{ background-color: {theme.warn_soft}; }} pre {{ margin: 0; }}"
        f"a {{ color: {theme.link}; text-decoration: underline; }}"
        f"blockquote {{ color: {theme.quiet}; margin: 4px 0 4px 12px; }}"
        f"pre, code, kbd, samp {{ background-color: {theme.sunken}; }}"
        "h1 { font-size: large; } h2, h3, h4, h5, h6 { font-size: medium; } p { margin: 0 0 8px 0; }"
    )


class MessageDocument(QTextDocument):
    """Sanitized HTML or plain text, laid out for a width.

    Args:
        pictures: what `x-img:<n>` shows; others stay one transparent pixel.
    """

    foreign = 0
    """How often any document was asked for something that is not `x-img`. It stays 0 as long as bodies are sanitized."""

    def __init__(self, font: QFont, theme: Theme, pictures: Mapping[int, QImage] | None = None) -> None:
        super().__init__()
        self._pictures = pictures or {}
        self._theme = theme
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setIndentWidth(20)
        self.setDefaultFont(font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)
        self.setDefaultStyleSheet(_style(theme))

    def show_html(self, html: SafeHtml) -> None:
        """Show what sanitizing left. Nothing but `SafeHtml` may come in here."""
        self.setHtml(mirrored(images_as_text(html, self._pictures)))
        self._space()
        for frame in self.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                frame.setFormat(self._grid(frame.format()))

    def _grid(self, shape: QTextTableFormat) -> QTextTableFormat:
        """Return how a table looks: it holds data, so its cells are told apart by lines, and it begins where its text does."""
        shape.setBorder(1)
        shape.setBorderCollapse(
            False
        )  # collapsed borders take six times as long to paint (400 cells: 32 ms instead of 5)
        shape.setCellSpacing(-1)
        line = QColor(self._theme.quiet)
        line.setAlphaF(_LINE_STRENGTH)
        shape.setBorderBrush(line)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setCellPadding(_CELL_PADDING)
        shape.setTopMargin(_TABLE_MARGIN)
        shape.setBottomMargin(_TABLE_MARGIN)
        if shape.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            shape.setAlignment(Qt.AlignmentFlag.AlignRight)
        return shape

    def show_text(self, text: str) -> None:
        """Show letters."""
        self.setPlainText(text)
        self._space()

    def _space(self) -> None:
        cursor = QTextCursor(self)
        cursor.select(QTextCursor.SelectionType.Document)
        shape = _line_height(QTextBlockFormat.LineHeightTypes.ProportionalHeight, _LINE_PERCENT)
        shape.setNonBreakableLines(False)  # a long line of a <pre> would make all of the message as wide as itself
        cursor.mergeBlockFormat(shape)

    def lay_out(self, width: int) -> QSizeF:
        """Lay out for a width and return the size; a wide table may be wider."""
        if self.textWidth() != width:
            self._fit_pictures(width)
            self.setTextWidth(width)
        return self.size()

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        address = QUrl(name)
        if address.scheme() != SCHEME:
            MessageDocument.foreign += 1
            return _blank()
        number = address.path()
        if not number.isascii() or not number.isdecimal():
            return _blank()
        return self._pictures.get(int(number)) or _blank()

    def _fit_pictures(self, width: int) -> None:
        """Make no picture wider than the column, whatever its tag says; one that is not loaded takes no room."""
        if not self._pictures and "\ufffc" not in self.toRawText():
            return
        cursor = QTextCursor(self)
        block = self.begin()
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                shape = fragment.charFormat().toImageFormat() if fragment.charFormat().isImageFormat() else None
                if shape is not None and self._fit(shape, width):
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(shape)
                    cursor.mergeBlockFormat(_line_height(QTextBlockFormat.LineHeightTypes.SingleHeight, 0))
                iterator += 1
            block = block.next()

    def _fit(self, shape: QTextImageFormat, width: int) -> bool:
        number = shape.name().removeprefix(f"{SCHEME}:")
        image = self._pictures.get(int(number)) if number.isascii() and number.isdecimal() else None
        if image is None:
            if shape.width() == 1 and shape.height() == 1:
                return False
            shape.setWidth(1)
            shape.setHeight(1)
            return True
        wanted = shape.width() or image.width()
        shown = min(wanted, width)
        if shape.width() == shown and shape.height() > 0:
            return False
        tall = shape.height() or image.height() * wanted / image.width()
        shape.setWidth(shown)
        shape.setHeight(tall * shown / wanted)
        return True
