"""Where the quoted history in a mail lies, and the signature: rules on lines, for HTML and plain text alike.

In doubt a line is the sender's own. History is folded away only from a line on behind which there is nothing else:

- A *head* begins it: "On ... wrote:", a header block, "Original Message", "type your reply above this line", or a mark of the
  sender's program. What a person may have written ("You wrote:", "From: Amsterdam") is no head.
- Behind the head stands quoted text: `>` lines or block quotations of one kind, as long as they last; or, behind a head that
  only a program writes, unquoted text, to the end of the program's own block or of the mail.
- After that come only further heads with their quotations, and a signature.
- A quotation without a head is history only where it looks like a whole mail: with an older attribution inside, a greeting,
  a signature, or below the sender's own closing words.
- The words above must not announce answers inside ("see below", "in red"), pass the rest on ("FYI") or end in a colon, and no answers
  in a colour must stand inside. What is forwarded is content. So is everything when there are no words above.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from deskhand.content import quote_words as words
from deskhand.content import reply_words
from deskhand.content.quote_words import Attribution, Role
from deskhand.content.rows import (
    Row,
    asks,
    has_red_answer,
    is_answered_inside,
    is_prose,
    names_a_mail,
    passes_a_mail_on,
)
from deskhand.content.sent_from import is_disclaimer, is_sent_from, without_added

MAX_SIGNATURE: Final = 12
"""Lines below a `-- `; more than this is a text."""
_MOST_WRAPPED: Final = 4
_MOST_HEADER: Final = 16
_MOST_ABOVE: Final = 4_000
_LONG_TALK: Final = 3


class Parts(NamedTuple):
    """Indexes of lines: own [0, signature), signature, quoted, second signature; equal neighbours mean an empty part."""

    signature: int
    quoted: int
    footer: int
    end: int


class _Bare(Enum):
    """Whether unquoted text behind a head is history too."""

    NO = 0
    ALONE = 1
    """Only where no quoted text follows: the program that wrote this head marks what it quotes."""
    YES = 2


class _Head(NamedTuple):
    end: int
    """The first line behind it."""
    bare: _Bare
    weak: bool = False
    forward: bool = False


def find_parts(rows: Sequence[Row]) -> Parts:
    """Divide a mail's lines; those without text separate paragraphs. Linear in their number."""
    return _Finder(
        [row for row in rows if row.text], [at for at, row in enumerate(rows) if row.text], len(rows)
    ).parts()


class _Finder:
    """Works on the lines with text; `places` says where they stand among all."""

    def __init__(self, rows: list[Row], places: list[int], total: int) -> None:
        self._rows = rows
        self._places = places
        self._total = total
        self._ends = [words.may_end_attribution(row.text) for row in rows]
        self._last_quoted = max((at for at, row in enumerate(rows) if row.depth), default=-1)
        self._closing = self._signature(0, len(rows))
        self._foreign_end = False
        """What stands at the end was written by somebody else, and so was a signature there."""

    def parts(self) -> Parts:
        history = self._history()
        if history is None:
            start = len(self._rows) if self._foreign_end else self._closing
            start = start if self._says_something(start) else len(self._rows)
            return Parts(self._place(start), self._total, self._total, self._total)
        start, footer = history
        return Parts(self._place(self._signature(0, start)), self._place(start), self._place(footer), self._total)

    def _place(self, index: int) -> int:
        return self._places[index] if index < len(self._places) else self._total

    # --- history

    def _history(self) -> tuple[int, int] | None:
        """Return the first line of the history, and the first behind it."""
        rows, at = self._rows, 0
        mixed = False  # quoted text has been answered further up
        while at < len(rows):
            head = self._head(at)
            if head is not None and head.forward:
                self._foreign_end = True
                return None
            if head is None and not rows[at].depth:
                at += 1
                continue
            if head is None or head.weak:
                first = at if head is None else head.end
                behind = self._behind_quotation(first)
                if behind > first and not mixed and self._is_end(behind) and self._is_whole_mail(at, first, behind):
                    is_own = first > at and self._is_sure_attribution(first)  # the quotation has its own
                    return self._judged(first if is_own else at, behind, bare=False)
                mixed = mixed or behind > first
                at = max(behind, at + 1)
                continue
            behind, bare = self._behind_heads(at, head)
            if behind > at and self._is_end(behind):
                return self._judged(at, behind, bare=bare)
            mixed = True
            at = max(behind, at + 1)
        return None

    def _is_end(self, behind: int) -> bool:
        """Tell whether nothing but a signature or a list's footer stands from here on."""
        rows = self._rows
        if behind in (len(rows), self._closing) or is_disclaimer([row.text for row in rows[behind:]]):
            return True
        few = len(rows) - behind <= MAX_SIGNATURE and not any(row.depth for row in rows[behind:])
        return few and words.is_rule(rows[behind].text) and not any(asks(row.text) for row in rows[behind:])

    def _judged(self, start: int, behind: int, *, bare: bool) -> tuple[int, int] | None:
        """Return the history, or None where the words above it (or none) say that it is more than that."""
        while start and words.is_rule(self._rows[start - 1].text) and not self._rows[start - 1].depth:
            start -= 1
        own = self._rows[: self._signature(0, start)]
        above = without_added(row.text for row in own if row.text.strip(" >_-*=#."))
        text = _ends_of("\n".join(above))
        if (
            not above
            or above[-1].endswith((":", "："))
            or (bare and reply_words.says_nothing(above))
            or is_answered_inside(self._rows[start:behind], marked=not bare)
            or reply_words.points_below(text)
            or (has_red_answer(self._rows[start:behind]) and not any(row.red for row in own))
            or (len(above) <= _LONG_TALK and (reply_words.passes_on(text) or (bare and reply_words.shows_a_mail(text))))
        ):
            self._foreign_end = behind == len(self._rows)
            return None
        return start, behind

    def _behind_heads(self, at: int, head: _Head | None) -> tuple[int, bool]:
        """Return the first line behind the history of this head and of heads right below it, and whether some is unquoted."""
        bare = False
        while head is not None and not head.weak and not head.forward:
            behind, unquoted = self._behind_head(at, head)
            if behind == at:
                break
            bare = bare or unquoted
            at = behind
            head = self._head(at) if at < len(self._rows) else None
        return at, bare

    def _behind_head(self, at: int, head: _Head) -> tuple[int, bool]:
        """Do the same for one head; `at` itself where no history follows."""
        rows = self._rows
        if head.end >= len(rows):
            return at, False
        first, follower = rows[at], rows[head.end]
        inside = first.depth > 0
        if follower.depth > first.depth or (inside and follower.depth == first.depth):
            return self._behind_quotation(head.end, first.depth if inside else 1), False
        if head.bare is _Bare.NO or inside:
            return at, False
        end, quotes = len(rows), self._last_quoted >= head.end
        if follower.margin and not first.block:
            end = head.end
            while end < len(rows) and rows[end].margin == follower.margin:
                end += 1
        elif first.block:
            end = head.end
            while end < len(rows) and rows[end].block == first.block:
                end += 1
            quotes = not first.plain_block and any(row.depth for row in rows[head.end : end])
        elif first.barred:
            end = head.end
            while end < len(rows) and rows[end].barred == first.barred:
                end += 1
        return (at, False) if head.bare is _Bare.ALONE and quotes else (end, True)

    def _behind_quotation(self, at: int, level: int = 1) -> int:
        rows = self._rows
        if at >= len(rows):
            return at
        cited, boxed = rows[at].cited, rows[at].boxed
        while (
            at < len(rows)
            and rows[at].depth >= level
            and (rows[at].cited or not cited)
            and rows[at].boxed == boxed  # beside a block, `> 500` is an answer
        ):
            at += 1
        return at

    def _is_whole_mail(self, at: int, first: int, behind: int) -> bool:
        """Tell whether a quotation that nothing sure introduces was made by a program."""
        rows = self._rows[first:behind]
        if not any(row.cited for row in rows):
            return False
        if min(row.depth for row in rows) > 1:
            return False  # `>>>` is a prompt
        own_end = self._signature(0, at)
        ends = [row.text for row in self._rows[max(0, own_end - 2) : own_end]]
        if (own_end < at or any(map(reply_words.is_closing, ends))) and (not rows[0].margin or is_prose(rows)):
            return True
        depths = [row.depth for row in rows]
        older_last = depths[0] == 1 and 2 in depths and depths == sorted(depths)
        return (
            older_last
            or reply_words.is_greeting(rows[0].text)
            or any(
                words.is_delimiter(row.text) or reply_words.is_closing(row.text) for row in rows[1:][-MAX_SIGNATURE:]
            )
            or any(self._is_sure_attribution(number) for number in range(first, min(first + 3, behind)))
        )

    def _is_sure_attribution(self, at: int) -> bool:
        head = self._head(at)
        return head is not None and not head.weak

    # --- heads

    def _head(self, at: int) -> _Head | None:
        """Return the head that begins with this line, if one does."""
        row = self._rows[at]
        text = row.text
        if not (row.block or row.introduces or words.may_introduce(text) or any(self._ends[at : at + _MOST_WRAPPED])):
            return None
        before = self._rows[at - 1] if at else None
        opens_block = row.block > 0 and (before is None or before.block != row.block)
        opens_intro = row.introduces > 0 and (before is None or before.introduces != row.introduces)
        if words.is_forward_line(text) or passes_a_mail_on(self._rows, at):
            return _Head(at + 1, _Bare.NO, forward=True)
        if (opens_block or opens_intro) and words.is_dashed_line(text) and not self._may_be_reply(text):
            return _Head(at + 1, _Bare.NO, forward=True)
        if words.is_reply_above_line(text):
            return _Head(at + 1, _Bare.YES)
        if words.is_original_line(text):
            return self._original(at)
        ruled = row.ruled or row.depth > 0 or row.introduces > 0 or (before is not None and words.is_rule(before.text))
        if (end := self._header_end(at, ruled=ruled)) is not None:
            return _Head(end, _Bare.YES)
        found = self._attribution(at)
        if opens_intro:
            end = at
            while end < len(self._rows) and self._rows[end].introduces == row.introduces:
                end += 1
            return _Head(end, _Bare.ALONE) if names_a_mail(self._rows[at:end]) else None
        if opens_block:
            return self._marked_block(at, found)
        if found is None:
            return None
        kind, end = found
        if (
            kind is not Attribution.WEAK
            and end < len(self._rows)
            and self._rows[end].introduces == row.introduces
            and (header := self._header_end(end, ruled=True)) is not None
        ):
            return _Head(header, _Bare.YES)
        bare = _Bare.ALONE if kind is Attribution.FULL else _Bare.NO
        return _Head(end, bare, weak=kind is Attribution.WEAK)

    @staticmethod
    def _may_be_reply(text: str) -> bool:
        return words.is_original_line(text) or words.is_reply_above_line(text) or words.attribution(text) is not None

    def _original(self, at: int) -> _Head | None:
        behind = self._header_end(at + 1, ruled=True) if at + 1 < len(self._rows) else None
        if behind is None and at + 1 < len(self._rows) and (found := self._attribution(at + 1)) is not None:
            behind = found[1]
        if behind is None and at and self._places[at] == self._places[at - 1] + 1 and not self._rows[at].introduces:
            return None  # in the middle of a paragraph: a text that speaks of such a line
        return _Head(behind or at + 1, _Bare.YES)

    def _marked_block(self, at: int, found: tuple[Attribution, int] | None) -> _Head:
        """Take what a program's block begins with for its head: nobody types there."""
        rows = self._rows
        if found is not None:
            return _Head(found[1], _Bare.ALONE)
        for end in range(at, min(at + _MOST_WRAPPED, len(rows))):
            if rows[end].block != rows[at].block:
                break
            if rows[end].depth > rows[at].depth:
                return _Head(end, _Bare.ALONE)
        return _Head(at, _Bare.ALONE)

    def _attribution(self, at: int) -> tuple[Attribution, int] | None:
        """Return the worth of "On ... wrote:", which programs wrap over a few lines, and the first line behind it."""
        rows = self._rows
        for end in range(at, min(at + _MOST_WRAPPED, len(rows))):
            if rows[end].depth != rows[at].depth or self._places[end] - self._places[at] != end - at:
                return None
            if self._is_parted(at, end):
                return None
            if self._ends[end]:
                kind = words.attribution(" ".join(row.text for row in rows[at : end + 1]), wrapped=end > at)
                if kind is None or any(self._begins_as_sure(number, end, kind) for number in range(at + 1, end + 1)):
                    return None
                return kind, end + 1
            if end == at and not words.begins_attribution(rows[at].text):
                return None
        return None

    def _begins_as_sure(self, at: int, end: int, kind: Attribution) -> bool:
        """Tell whether an attribution begins with a later line: what stands before it is a sentence with a date."""
        if not words.begins_attribution(self._rows[at].text, wrapped=False):
            return False
        found = words.attribution(" ".join(row.text for row in self._rows[at : end + 1]))
        return found is not None and found.value >= kind.value

    def _header_end(self, at: int, *, ruled: bool) -> int | None:
        """Return the first line behind a header block.

        Args:
            ruled: something above it says that a mail begins here.
        """
        rows = self._rows
        first = words.header_line(rows[at].text)
        if first is None or first[0] not in words.FIRST_ROLES[: 5 if ruled else 4]:
            return None
        fields: dict[Role, str] = {}
        last, end = Role.OTHER, at
        for number in range(at, min(at + _MOST_HEADER, len(rows))):
            row = rows[number]
            if row.depth != rows[at].depth or self._is_parted(at, number):
                break
            found = words.header_line(row.text)
            if found is None:
                if last in (Role.SENDER, Role.RECIPIENT, Role.COPY) and ("@" in row.text or ";" in row.text):
                    continue
                break
            last = found[0]
            if last in fields and last is not Role.OTHER:
                break
            fields[last] = found[1]
            end = number + 1
        ruled = ruled or (end < len(rows) and rows[end].ruled)  # Notes draws its line below
        if not words.is_header(fields, ruled=ruled) or (not ruled and self._in_form(at, end)):
            return None
        return end

    def _is_parted(self, at: int, end: int) -> bool:
        """Tell whether a program's mark, or a rule, parts the second of these lines from the first."""
        first, last = self._rows[at], self._rows[end]
        marks = (first.introduces, first.block) != (last.introduces, last.block)
        return end > at and (marks or any(row.ruled for row in self._rows[at + 1 : end + 1]))

    def _in_form(self, at: int, end: int) -> bool:
        """Tell whether lines of the same form stand right before or behind, without a blank line."""
        rows, places = self._rows, self._places
        before = at > 0 and places[at] == places[at - 1] + 1 and words.is_label(rows[at - 1].text)
        return before or (end < len(rows) and places[end] == places[end - 1] + 1 and words.is_label(rows[end].text))

    # --- signatures

    def _says_something(self, end: int) -> bool:
        return any(row.text.strip(" >_-*=#.") for row in self._rows[:end])

    def _signature(self, low: int, high: int) -> int:
        """Return where the signature at the end of these lines begins; `high` where there is none."""
        rows = self._rows
        at = high
        while at > low and rows[at - 1].signed:
            at -= 1
        if at < high:
            return at - 1 if at > low and words.is_delimiter(rows[at - 1].text) else at
        while at > low and not rows[at - 1].depth and is_sent_from(rows[at - 1].text):
            at -= 1
        found = at
        for number in range(at - 1, max(low - 1, at - MAX_SIGNATURE - 2), -1):
            row = rows[number]
            if row.depth or row.signed or asks(row.text):
                break
            if words.is_delimiter(row.text):
                if found < at:
                    return at  # more than one: they part a text
                found = number
        return found


def _ends_of(text: str) -> str:
    """Return the beginning and the end of a long text: there people say where their answers are."""
    return text if len(text) <= 2 * _MOST_ABOVE else f"{text[:_MOST_ABOVE]}\n{text[-_MOST_ABOVE:]}"
