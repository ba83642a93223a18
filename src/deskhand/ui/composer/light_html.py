"""The light formatting of a reply: p, br, b, i, ul, ol, li and a, between a text document and HTML in the shape of `content.safehtml`.

Writing and reading undo each other: what was typed comes back as it was, whatever it was. In a document a line is a block;
in HTML a blank line parts two paragraphs and every other line end is a `br`.
"""

import re
from collections.abc import Iterator

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
)

from deskhand.content.links import clean_href
from deskhand.content.safehtml import End, Start, Text, escape, tokens

_DISC, _DECIMAL = QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListDecimal
_LINK = (
    QTextCharFormat.Property.IsAnchor,
    QTextCharFormat.Property.AnchorHref,
    QTextCharFormat.Property.ForegroundBrush,
    QTextCharFormat.Property.FontUnderline,
    QTextCharFormat.Property.TextUnderlineStyle,
)
_LEADING, _REPEATED = re.compile("^ +"), re.compile("(?<=[^ ]) {2,}|^ {2,}")
_HARD_LEADING, _HARD_REPEATED = re.compile("^\xa0+"), re.compile(" \xa0+")


def plain_text(document: QTextDocument) -> str:
    """Return the characters as typed; Qt's own `toPlainText` turns no-break spaces into plain ones."""
    return document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n").replace("\ufffc", "")


def readable_text(document: QTextDocument) -> str:
    """Return the text as a mail program without HTML would show it: with the marks of lists."""
    lines = []
    for block in _blocks(document):
        items = list_of(block)
        line = block.text().replace("\u2028", "\n")
        if items is not None:
            mark = f"{items.itemNumber(block) + 1}. " if items.format().style() is _DECIMAL else "- "
            line = mark + line
        lines.append(line)
    return "\n".join(lines)


def is_formatted(document: QTextDocument) -> bool:
    """Tell whether plain text would lose anything."""
    return any(
        list_of(block) is not None or any(_marks(shape) for _, shape in _runs(block)) for block in _blocks(document)
    )


def write_html(document: QTextDocument) -> str:
    """Return the document as HTML, or nothing where plain text says all."""
    if not is_formatted(document):
        return ""
    parts: list[str] = []
    lines: list[str] = []
    items: list[str] = []
    current: QTextList | None = None

    def end_lines() -> None:
        if lines:
            paragraphs = "\n".join(lines).split("\n\n")
            parts.extend(f"<p>{one.replace(chr(10), '<br>')}</p>" for one in paragraphs)
            lines.clear()

    def end_list() -> None:
        nonlocal current
        if current is not None:
            tag = "ol" if current.format().style() is _DECIMAL else "ul"
            parts.append(f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>")
            items.clear()
            current = None

    for block in _blocks(document):
        found = list_of(block)
        if found is None:
            end_list()
            lines.append(_line(block))
            continue
        end_lines()
        if current is not None and found is not current:
            end_list()
        current = found
        items.append(_line(block).replace("\n", "<br>"))
    end_lines()
    end_list()
    return "".join(parts)


def read_html(document: QTextDocument, html: str, font: QFont, link_colour: str) -> None:
    """Put HTML of this subset into a document; another tag counts as its text, another address as no link."""
    document.clear()
    document.setDefaultFont(font)
    cursor = QTextCursor(document)
    reader = _Reader(cursor, link_colour)
    for token in tokens(html):
        match token:
            case Text(text):
                reader.text(text)
            case Start(name, attributes):
                reader.start(name, attributes)
            case End(name):
                reader.end(name)


def link_format(href: str, colour: str) -> QTextCharFormat:
    """Return how a link looks."""
    shape = QTextCharFormat()
    shape.setAnchor(True)
    shape.setAnchorHref(href)
    shape.setForeground(QColor(colour))
    shape.setFontUnderline(True)
    return shape


def without_link(shape: QTextCharFormat) -> QTextCharFormat:
    """Return a format without what makes a link of it."""
    plain = QTextCharFormat(shape)
    for what in _LINK:
        plain.clearProperty(what)
    return plain


def is_inside_link(caret: QTextCursor) -> bool:
    """Tell whether one link reaches over both ends of a selection, or over the place of a caret."""
    before, after = _neighbours(caret)
    return bool(before.anchorHref()) and before.anchorHref() == after.anchorHref()


def shape_around(caret: QTextCursor) -> QTextCharFormat:
    """Return the format in which both neighbours of a place are written; a plain one where they differ."""
    before, after = _neighbours(caret)
    return before if before == after else QTextCharFormat()


def _neighbours(caret: QTextCursor) -> tuple[QTextCharFormat, QTextCharFormat]:
    """Return the formats of the characters before and behind a place in their line, plain ones where there is none."""
    before, after = QTextCharFormat(), QTextCharFormat()
    start, end = QTextCursor(caret), QTextCursor(caret)
    start.setPosition(caret.selectionStart())
    end.setPosition(caret.selectionEnd())
    if not start.atBlockStart():
        before = start.charFormat()
    if not end.atBlockEnd():
        end.movePosition(QTextCursor.MoveOperation.NextCharacter)
        after = end.charFormat()
    return before, after


class _Reader:
    def __init__(self, cursor: QTextCursor, link_colour: str) -> None:
        self._cursor = cursor
        self._link_colour = link_colour
        self._shape = QTextCharFormat()
        self._fresh = True
        self._after_paragraph = False
        self._list: QTextList | None = None
        self._style: QTextListFormat.Style | None = None

    def text(self, text: str) -> None:
        if self._cursor.atBlockStart():
            text = _HARD_LEADING.sub(_as_spaces, text)
        self._cursor.insertText(_HARD_REPEATED.sub(_as_spaces, text), self._shape)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "p":
                self._block()
                if self._after_paragraph:
                    self._cursor.insertBlock()
                self._fresh = False
            case "br":
                if self._style is not None:
                    self._cursor.insertText("\u2028", self._shape)
                else:
                    self._cursor.insertBlock()
            case "ul" | "ol":
                self._style = _DECIMAL if name == "ol" else _DISC
                self._list = None
            case "li":
                self._item()
            case "b" | "strong":
                self._shape.setFontWeight(QFont.Weight.Bold)
            case "i" | "em":
                self._shape.setFontItalic(True)
            case "a":
                href = clean_href(attributes.get("href", ""))
                if href:
                    self._shape.merge(link_format(href, self._link_colour))
            case _:
                pass

    def end(self, name: str) -> None:
        match name:
            case "p":
                self._after_paragraph = True
            case "ul" | "ol":
                self._style = self._list = None
                self._after_paragraph = False
            case "b" | "strong":
                self._shape.clearProperty(QTextCharFormat.Property.FontWeight)
            case "i" | "em":
                self._shape.clearProperty(QTextCharFormat.Property.FontItalic)
            case "a":
                self._shape = without_link(self._shape)
            case _:
                pass

    def _block(self) -> None:
        if not self._fresh:
            self._cursor.insertBlock()
            held = list_of(self._cursor.block())
            if held is not None:
                held.remove(self._cursor.block())
                plain = self._cursor.blockFormat()
                plain.setIndent(0)
                self._cursor.setBlockFormat(plain)

    def _item(self) -> None:
        self._block()
        self._fresh = False
        if self._list is None:
            self._list = self._cursor.createList(self._style or _DISC)
        else:
            self._list.add(self._cursor.block())


def list_of(block: QTextBlock) -> QTextList | None:
    """Return the list that a line belongs to."""
    return block.textList()


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _runs(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        yield fragment.text(), fragment.charFormat()
        iterator += 1


def _marks(shape: QTextCharFormat) -> tuple[tuple[str, str], ...]:
    marks = []
    if shape.isAnchor() and shape.anchorHref():
        marks.append((f'<a href="{escape(shape.anchorHref(), quote=True)}">', "</a>"))
    if shape.fontWeight() >= QFont.Weight.DemiBold:
        marks.append(("<b>", "</b>"))
    if shape.fontItalic():
        marks.append(("<i>", "</i>"))
    return tuple(marks)


def _line(block: QTextBlock) -> str:
    parts: list[str] = []
    for text, shape in _runs(block):
        text_shown = text.replace("\u2028", "\n").replace("\ufffc", "")
        if not parts:
            text_shown = _LEADING.sub(lambda run: "\xa0" * len(run[0]), text_shown)
        marks = _marks(shape)
        opening = "".join(start for start, _ in marks)
        closing = "".join(end for _, end in reversed(marks))
        parts.append(f"{opening}{escape(_REPEATED.sub(_as_hard_spaces, text_shown))}{closing}")
    return "".join(parts)


def _as_hard_spaces(run: re.Match[str]) -> str:
    """HTML shows several spaces as one: all but the first are no-break spaces."""
    return " " + "\xa0" * (len(run[0]) - 1)


def _as_spaces(run: re.Match[str]) -> str:
    return " " * len(run[0])
