"""Line breaks as a browser counts them, said so that Qt counts them too.

A browser ignores a `br` that ends a block; Qt shows another line. `<div><br></div>`, the blank line of every mail program, would
take two lines. After this pass a `br` always has text behind it, and a blank line is one no-break space. Qt also sets text behind a
closed `div` on the line of that `div`, as one word; such text gets a block of its own.
"""

from collections.abc import Sequence

from deskhand.content.safehtml import INLINE, VOID, End, Start, Text, Token

_BLANK = "\xa0"


def normalize_line_breaks(stream: Sequence[Token]) -> list[Token]:
    """Return the tokens with every line break where it is one; doing so again changes nothing."""
    return _apart(_Lines(stream).run())


class _Lines:
    def __init__(self, stream: Sequence[Token]) -> None:
        self._stream = stream
        self._breaks: list[int] = []  # indexes of the breaks since the last text
        self._has_text = False  # before them, since the last boundary
        self._after_end = False  # the last boundary was the end of a block
        self._changed: dict[int, tuple[Token, ...]] = {}
        self._pre = 0

    def run(self) -> list[Token]:
        for number, token in enumerate(self._stream):
            if isinstance(token, Text):
                if token.text.strip(" \t\n\r\f"):
                    self._content()
            elif token.name == "br":
                if not self._pre:
                    self._breaks.append(number)
            elif token.name == "img":
                self._content()
            elif token.name not in INLINE:
                self._boundary(starts=isinstance(token, Start))
                if token.name == "pre":
                    self._pre += 1 if isinstance(token, Start) else -1
        for number in self._breaks:
            self._changed[number] = ()
        out: list[Token] = []
        for number, token in enumerate(self._stream):
            out.extend(self._changed.get(number, (token,)))
        return out

    def _content(self) -> None:
        self._breaks.clear()
        self._has_text = True

    def _boundary(self, *, starts: bool) -> None:
        beside_block = starts or self._after_end
        for place, number in enumerate(self._breaks):
            if self._has_text:
                self._changed[number] = () if place == len(self._breaks) - 1 else (Start("br"), Text(_BLANK))
            elif beside_block:
                self._changed[number] = (Start("div"), Text(_BLANK), End("div"))
            else:
                self._changed[number] = (Text(_BLANK),) if place == 0 else (Start("br"), Text(_BLANK))
        self._breaks.clear()
        self._has_text = False
        self._after_end = not starts


def _apart(stream: Sequence[Token]) -> list[Token]:
    """Put text that follows the end of a block into a block of its own."""
    out: list[Token] = []
    at, after_end = 0, False
    while at < len(stream):
        token = stream[at]
        if not _is_loose(token):
            after_end = isinstance(token, End)
            out.append(token)
            at += 1
            continue
        end, is_whole = _loose_end(stream, at)
        run = stream[at:end] or [token]
        if after_end and is_whole and any(_shows(part) for part in run):
            out += [Start("div"), *run, End("div")]
        else:
            out += run
        at += len(run)
    return out


def _is_loose(token: Token) -> bool:
    return isinstance(token, Text) or token.name in INLINE


def _loose_end(stream: Sequence[Token], start: int) -> tuple[int, bool]:
    """Return where text with whole inline elements ends, and whether all elements that begin in it end in it."""
    depth, at = 0, start
    while at < len(stream) and _is_loose(token := stream[at]):
        if isinstance(token, Start):
            depth += token.name not in VOID
        elif isinstance(token, End):
            if not depth:
                break
            depth -= 1
        at += 1
    return at, not depth


def _shows(token: Token) -> bool:
    return (
        bool(token.text.strip(" \t\n\r\f")) if isinstance(token, Text) else token == Start("br") or token.name == "img"
    )
