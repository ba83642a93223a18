"""Foreign HTML to tokens: what is markup, where its lines end, what is hidden, and that no visible letter is lost on the way."""

from html import unescape

from deskhand.content import cleaner, gate, markup, nesting, style_sheets, styles
from deskhand.content.blank_lines import settle
from deskhand.content.gate import WashNotice
from deskhand.content.inline_boxes import keep_apart
from deskhand.content.line_breaks import keep
from deskhand.content.markup import Letters
from deskhand.content.safehtml import Text, Token, tokens


def parse(html: str) -> list[Token] | WashNotice:
    """Return the tokens of a body, allowed elements only and no styles, or why it has to be shown as plain text.

    Args:
        html: repaired.
    """
    notice = gate.refusal(html)
    if notice not in (None, WashNotice.TOO_DEEP):
        return notice
    pieces = keep(markup.scan(html))
    # What is no tag nests nothing; on the other hand escaping makes it longer, and line ends become tags.
    sure = markup.write(pieces)
    notice = gate.refusal(sure)
    if notice is not None:
        return notice
    marked = style_sheets.mark_hidden(nesting.flatten(pieces), html)
    if marked is not pieces:
        pieces, sure = marked, markup.write(marked)
    cleaned = cleaner.clean(sure, styled=True)
    if cleaned is None:
        return WashNotice.UNSTABLE
    stream = list(tokens(cleaned))
    seen = _letters(unescape("".join(piece.html for piece in pieces if isinstance(piece, Letters))))
    if _letters("".join(token.text for token in stream if isinstance(token, Text))) < seen:
        return WashNotice.TEXT_LOST
    return settle(styles.apply(keep_apart(stream)))


def _letters(text: str) -> int:
    return len("".join(text.split()))
