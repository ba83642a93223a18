"""A line of a mail as the rules on history see it, and whether quoted lines look as if somebody had answered between them."""

from collections.abc import Iterable, Sequence
from typing import Final

from deskhand.content import quote_words, reply_words
from deskhand.domain.lazy_dataclass import dataclass

_LEAST_WORDS: Final = 4
"""On a line, on average."""
_LEAST_CAPITALS: Final = 2
_FIELDS: Final = 3
"""Lines of a header that are looked at."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line as the rules see it.

    Attributes:
        text: without `>` marks and surrounding white space.
        depth: how many quotations it lies in.
        boxed: a block quotation is around it, not only `>` before it.
        cited: the quotation is a program's: `>`, or a block that a program marked.
        block: number of the program's own block around it (0 = none).
        plain_block: that program puts the history into its block as it is, without a block quotation.
        introduces: number of the element around it that a program marked as introducing history (0 = none).
        barred: number of the block around it that a line is drawn beside (0 = none): what a head in it introduces ends with it.
        signed: a program marked it as the signature.
        ruled: a rule is drawn right above it.
        red: letters in it are red.
        tinted: all its letters have a colour or a coloured ground.
        styled: all its letters are tinted, bold, slanted or underlined.
        answered: such letters follow a question mark in it.
        margin: what its text began with: `>`, another mark that programs quote by, like `|`, or white space.
    """

    text: str
    depth: int = 0
    boxed: bool = False
    cited: bool = False
    block: int = 0
    plain_block: bool = False
    introduces: int = 0
    barred: int = 0
    signed: bool = False
    ruled: bool = False
    red: bool = False
    tinted: bool = False
    styled: bool = False
    answered: bool = False
    margin: str = ""


def asks(text: str) -> bool:
    """Tell whether a line is a question; a signature asks nothing."""
    return text.endswith(("?", "？", "؟"))


def passes_a_mail_on(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a quotation begins with "Begin forwarded message:" and a header, in any language, as Apple Mail writes it."""
    line = rows[at]
    if not line.boxed or (at and rows[at - 1].depth >= line.depth) or not line.text.endswith((":", "：")):
        return False
    if "@" in line.text or any(map(str.isdigit, line.text)):
        return False
    fields = [row.text for row in rows[at + 1 : at + 1 + _FIELDS] if row.depth == line.depth]
    return len(fields) == _FIELDS and all(map(quote_words.is_label, fields)) and any("@" in field for field in fields)


def names_a_mail(rows: Iterable[Row]) -> bool:
    """Tell whether lines that a program marked as introducing history do: whoever writes below a line drawn alike does not."""
    texts = [row.text for row in rows]
    return any("@" in text or text.endswith((":", "：")) for text in texts) or sum(map(quote_words.is_label, texts)) > 1


def is_prose(rows: Sequence[Row]) -> bool:
    """Tell whether lines read as sentences, not as commands, a log or a list."""
    text = " ".join(row.text for row in rows)
    words = [
        word
        for word in text.split()
        if word.strip(".,;:!?\"'()…").replace("'", "").replace("’", "").replace("-", "").isalpha()
    ]
    return (len(words) >= _LEAST_WORDS * len(rows) and 3 * len(words) >= 2 * len(text.split())) or not text.isascii()


def has_red_answer(rows: Iterable[Row]) -> bool:
    """Tell whether something in red stands in quoted mails; their first line alone is a warning that a server put there."""
    is_first = False
    for row in rows:
        if quote_words.header_line(row.text) is not None:
            is_first = True
            continue
        if row.red and not (is_first and row.styled):
            return True
        is_first = False
    return False


def is_answered_inside(rows: Iterable[Row], *, marked: bool) -> bool:
    """Tell whether a line in a colour follows a question as its answer, or two in capitals do.

    What stands below the closing words of a mail is not looked at: a signature has colours too.

    Args:
        marked: the program marked what it quotes. Where it did not, people write inside far more often, so that more looks like an
            answer: what is bold or begins like `[Ann] Yes` or `=> Yes` behind a question, and lines in a colour between others. Where
            it did, a single one of those may be a heading; two are not.
    """
    runs = answers = capitals = 0
    before, closed = None, False
    for row in rows:
        if quote_words.header_line(row.text) is not None:
            runs = answers = capitals = 0
            before, closed = None, False
            continue
        closed = closed or reply_words.is_closing(row.text)
        if closed:
            continue
        stands_out = row.answered or reply_words.answers_on_the_line(row.text)
        if before is not None:
            is_behind_question = asks(before.text)
            if row.tinted and not before.tinted:
                runs += 1
                if is_behind_question or (runs > 1 and not marked):
                    return True
            stands_out = stands_out or (is_behind_question and _stands_out(row, before))
            capitals += is_behind_question and _is_in_capitals(row.text) and not _is_in_capitals(before.text)
        answers += stands_out
        if answers > marked or capitals > 1:
            return True
        before = row
    return False


def _stands_out(row: Row, before: Row) -> bool:
    return (row.styled and not before.styled) or reply_words.is_marked_answer(row.text)


def _is_in_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= _LEAST_CAPITALS
