"""Lists of e-mail addresses, as people type and paste them, and what is wrong with one that no message would reach.

Written here and not taken from `email.utils`: that refuses a list as a whole and does not say which address is wrong, and
`email.headerregistry` mends in silence what it does not understand. A copy must go to nobody who was not meant.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from deskhand.content.characters import hides, mixes_scripts, show_controls
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

LONGEST, LONGEST_LOCAL, LONGEST_LABEL = 254, 64, 63
"""Octets of an address (RFC 5321 4.5.3.1.3 without the brackets), of what stands before the @, and of a part of the host."""

_PARENTHESIS = lazy_pattern(r"\\.|[()]", re.DOTALL)
_ANGLE = lazy_pattern(r"<[^<>]*>")
_QUOTED = lazy_pattern(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_MAILTO = lazy_pattern(r"\[mailto:([^\[\]\s]+)\]", re.IGNORECASE)
_LOCAL = lazy_pattern(r"[\w!#$%&'*+/=?^`{|}~.-]+")
_LABEL = lazy_pattern(r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?")
_COMMAS, _SEMICOLONS = ",\uff0c\u3001\u060c", ";\uff1b\u061b"
"""Of Latin, Chinese, Japanese and Arabic keyboards."""
_GROUP = lazy_pattern(r'[^@<>:,;"]*:(?!//)')


@dataclass(frozen=True, slots=True)
class AddressList:
    """What a text says.

    Attributes:
        addresses: those that are good, each once, without names, in their order.
        refused: the others, as they were written.
        problems: for each of them a sentence that names it and says what is wrong.
    """

    addresses: tuple[str, ...]
    refused: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def read_addresses(text: str) -> AddressList:
    """Read addresses parted by commas, semicolons (of any keyboard) or line ends, or by blanks where each word is one.

    Tabs part columns, of which those without an @ are names.
    Names (`Jane <jane@example.com>`, `"Doe, Jane" <…>`, `Doe, Jane <…>`, `jane@example.com (Jane)`), names of groups
    (`Team: a@example.com, b@example.com;`) and `mailto:` are understood and left out: vendors take bare addresses.
    """
    good: dict[str, str] = {}
    refused: dict[str, str] = {}
    for written in _written(text):
        address = _bare(written)
        if why := obstacle(address):
            refused[written] = f"“{show_controls(written)}” is no e-mail address: {why}."
        else:
            good.setdefault(address.casefold(), address)
    return AddressList(tuple(good.values()), tuple(refused), tuple(refused.values()))


def check_addresses(addresses: Iterable[str]) -> str:
    """Return what is wrong with bare addresses, one sentence for each; empty where nothing is."""
    wrong = ((address, obstacle(address)) for address in addresses)
    return " ".join(f"“{show_controls(address)}” is no e-mail address: {why}." for address, why in wrong if why)


def obstacle(address: str) -> str:
    """Return why a bare address is none, to be put behind "no e-mail address: "; empty where it is one.

    Letters of every script are taken on both sides (RFC 6531), of one script in a word; a host in them has to have a form in ASCII
    (IDNA).
    """
    if hides(address):
        blank = any(c.isspace() for c in address)
        return "there is a blank in it" if blank else "there is an invisible character in it"
    local, at, host = address.rpartition("@")
    if not at:
        return "it has no @"
    if "@" in local:
        return "it has more than one @"
    if not local:
        return "nothing stands before the @"
    if not _LOCAL.fullmatch(local):
        return "there is a character before the @ that no address has"
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return "a dot stands in a place before the @ where none may stand"
    if len(local.encode("utf-8", "replace")) > LONGEST_LOCAL or len(address.encode("utf-8", "replace")) > LONGEST:
        return "it is too long"
    if unicodedata.normalize("NFKC", address) != unicodedata.normalize("NFC", address):
        return "there is a letter in it that looks like another one"
    return _host_obstacle(host) or _script_obstacle(local, host)


def _script_obstacle(local: str, host: str) -> str:
    labels = host.encode("idna").decode("ascii").split(".")
    try:
        shown = [label.encode("ascii").decode("idna") for label in labels]
    except UnicodeError:
        return "what stands behind the @ is no host"
    if any(map(mixes_scripts, (*re.split(r"[\W\d_]+", local), *shown))):
        return "letters of several scripts stand in one word of it"
    return ""


def _host_obstacle(host: str) -> str:
    labels = host.split(".")
    if len(labels) < 2 or not all(labels):
        return "its host is not complete"
    if not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        return "what stands behind the @ is no host"
    try:
        host.encode("idna")
    except UnicodeError:
        return "what stands behind the @ is no host"
    if any(len(label.encode("idna")) > LONGEST_LABEL for label in labels):
        return "it is too long"
    return ""


def _written(text: str) -> Iterator[str]:
    """Yield each address as it is written, with its name; where semicolons part the list, commas may belong to names."""
    for line in _split(_MAILTO.sub(r"<\1>", text), "\n\r\v\f\x85\u2028\u2029"):
        columns = list(_split(line, "\t"))
        told = [column for column in columns if "@" in column]
        for part in (part for column in told or columns for part in _split(column, _SEMICOLONS)):
            pieces = [piece.strip() for piece in _split(_without_group(part), _COMMAS)]
            for one in _pieces([piece for piece in pieces if piece]):
                yield from _parted_behind_brackets(one)


def _pieces(pieces: list[str]) -> Iterator[str]:
    named = pieces[-1] if len(pieces) > 1 else ""
    if named.endswith(">") and not named.startswith("<") and not any("@" in piece for piece in pieces[:-1]):
        yield ", ".join(pieces)  # `Doe, Jane <jane@example.com>`
        return
    for piece in pieces:
        words = piece.split()
        if len(words) > 1 and all("@" in word for word in words):
            yield from _named_words(words)
        else:
            yield piece


def _parted_behind_brackets(text: str) -> Iterator[str]:
    """Yield what ends with the brackets of each address: a line edit makes blanks of the line ends of a list, or nothing."""
    begun, place, closings = 0, 0, _Closings(text)
    ends: list[int] = []
    while place < len(text):
        end = closings.end(place)
        if end > place and text[place] == "<":
            ends.append(end)
        place = max(end, place + 1)
    for end in ends[:-1]:
        yield text[begun:end].strip()
        begun = end
    yield text[begun:].strip()


def _named_words(words: list[str]) -> Iterator[str]:
    """Yield words that are addresses; one in front of brackets is the name of what stands in them: `jane@a.example <jane@b.example>`."""
    name = ""
    for word in words:
        if name and word.startswith("<"):
            yield f"{name} {word}"
            name = ""
            continue
        if name:
            yield name
        name = "" if word.endswith(">") else word
        if not name:
            yield word
    if name:
        yield name


def _without_group(part: str) -> str:
    found = _GROUP.match(part)
    if found is None:
        return part
    if found[0].strip().casefold() == "mailto:":
        return part.partition("?")[0]  # behind it a subject and a text, RFC 6068
    return part[found.end() :]


def _split(text: str, separators: str) -> Iterator[str]:
    """Yield the parts between separators that stand in no quotes, brackets or parentheses; one that never closes counts for nothing."""
    begun, place, closings = 0, 0, _Closings(text)
    while place < len(text):
        end = closings.end(place)
        if end == place and text[place] in separators:
            yield text[begun:place]
            begun = place + 1
        place = max(end, place + 1)
    yield text[begun:]


def _without_comments(text: str) -> str:
    """Return a text without what stands in parentheses, which may hold others; in quotes they are letters."""
    kept: list[str] = []
    place, closings = 0, _Closings(text)
    while place < len(text):
        end = closings.end(place) if text[place] in '"(' else place
        if text[place] != "(" or end == place:
            kept.append(text[place : max(end, place + 1)])
        place = max(end, place + 1)
    return "".join(kept)


class _Closings:
    """Where quotes, brackets and parentheses of a text close. However many are open, the text is gone through once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._may_be_quoted = True
        self._parentheses: dict[int, int] = {}
        opened: list[int] = []
        for found in _PARENTHESIS.finditer(text):
            if found[0] == "(":
                opened.append(found.start())
            elif found[0] == ")" and opened:
                self._parentheses[opened.pop()] = found.end()

    def end(self, start: int) -> int:
        """Return the place behind what closes the quotes or brackets that open at `start`; `start` where nothing opens or closes."""
        match self._text[start]:
            case "(":
                return self._parentheses.get(start, start)
            case "<":
                found = _ANGLE.match(self._text, start)
            case '"' if self._may_be_quoted:
                found = _QUOTED.match(self._text, start)
                self._may_be_quoted = found is not None
            case _:
                return start
        return found.end() if found is not None else start


def _bare(written: str) -> str:
    """Return the address alone."""
    address = _without_comments(written).strip()
    if address.endswith(">") and "<" in address:
        address = address[address.rindex("<") + 1 : -1].strip()
    if address[:7].casefold() == "mailto:":
        address = unquote(address[7:].partition("?")[0])
    if len(address) > 2 and address[0] == address[-1] and address[0] in "'\"":
        address = address[1:-1]
    return unicodedata.normalize("NFC", address.strip())
