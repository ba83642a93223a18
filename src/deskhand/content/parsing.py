"""Foreign HTML to tokens: what is markup, where its lines end, what is hidden, and that no visible letter is lost on the way."""

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from deskhand.content import cleaner, limits, markup, nesting, style_sheets, styles
from deskhand.content.blank_lines import normalize_line_breaks
from deskhand.content.characters import lines_between_separators
from deskhand.content.inline_boxes import separate_boxes
from deskhand.content.limits import SanitizeNotice
from deskhand.content.line_breaks import preserve_line_ends
from deskhand.content.markup import Letters
from deskhand.content.safehtml import Start, Text, Token, tokens

_MOST_TOKENS: Final = 3 * limits.MAX_TAGS
"""A parser makes more only where formats that are never closed begin again in every paragraph, and where signs break the lines."""


def parse(html: str) -> list[Token] | SanitizeNotice:
    """Return the tokens of a body, allowed elements only and no styles, or why it has to be shown as plain text.

    Args:
        html: repaired.
    """
    notice = limits.refusal(html)
    if notice not in (None, SanitizeNotice.TOO_DEEP):
        return notice
    pieces = preserve_line_ends(markup.scan(html))
    # What is no tag nests nothing; on the other hand escaping makes it longer, and line ends become tags.
    sure = markup.write(pieces)
    notice = limits.refusal(sure)
    if notice is not None:
        return notice
    marked = style_sheets.mark_hidden(nesting.flatten(pieces), html)
    if marked is not pieces:
        pieces, sure = marked, markup.write(marked)
    cleaned = cleaner.clean(sure, styled=True)
    if cleaned is None:
        return SanitizeNotice.UNSTABLE
    stream = list(_broken(tokens(cleaned)))
    if len(stream) > _MOST_TOKENS:
        return SanitizeNotice.TOO_MANY_TAGS
    seen = _letters(unescape("".join(piece.html for piece in pieces if isinstance(piece, Letters))))
    if _letters("".join(token.text for token in stream if isinstance(token, Text))) < seen:
        return SanitizeNotice.TEXT_LOST
    return normalize_line_breaks(styles.apply(separate_boxes(stream)))


def _broken(stream: Iterable[Token]) -> Iterator[Token]:
    """Write the line breaks of Unicode as tags: Qt makes a paragraph of each, at whose cost nobody looked."""
    for token in stream:
        if isinstance(token, Text) and ("\u2028" in token.text or "\u2029" in token.text):
            for number, line in enumerate(lines_between_separators(token.text)):
                if number:
                    yield Start("br")
                if line:
                    yield Text(line)
        else:
            yield token


def _letters(text: str) -> int:
    return len("".join(text.split()))
