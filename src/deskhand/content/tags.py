"""A start tag as somebody wrote it, with its quotation marks and without."""

import re

from deskhand.content.elements import CUSTOM, FLAGS, KNOWN, OFFICE, is_known_attribute
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

NAME = lazy_pattern(r"[a-zA-Z][^\s/>]{0,80}")
_ATTRIBUTE = lazy_pattern(r"[\s/]*+([^\s/><=][^\s/><=]*+)(\s*+=\s*+)?")
_NEXT_TAG = lazy_pattern(r"[\s/]*(?=<)")
_UNQUOTED = lazy_pattern(r"[^\s>]*")
_BARE_VALUE = lazy_pattern(r"[\"'][^\s<>]*>?")
_VALUE_END = lazy_pattern(r"[\s/>]|\Z")
_TAG_CLOSE = lazy_pattern(r"[\s/]*>")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag as it was written."""

    name: str
    written: str
    attributes: tuple[tuple[str, str | None], ...]
    start: int
    end: int
    closes_itself: bool

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing in it but its name."""
        return not self.attributes and not self.closes_itself


class TagReader:
    """Reads start tags of one text.

    Attributes:
        waste: characters looked through for nothing, so that the caller can stop.
    """

    def __init__(self, html: str, *, is_document: bool, is_office: bool) -> None:
        self._html = html
        self._is_office = is_office
        self._is_document = is_document
        self._joined = False
        """In the tag that was read last, a letter stands right behind a value with a `>` in it."""
        self.waste = 0

    def read(self, at: int) -> Tag | None:
        """Return the start tag that begins at a `<`; None where it has no name or no end of one."""
        html = self._html
        found = NAME.match(html, at + 1)
        if found is None:
            return None
        written = found[0]
        name = written.lower()
        is_custom = name not in KNOWN
        if is_custom and not (OFFICE.match(name) or (self._is_document and CUSTOM.match(name))):
            return None
        read = self._read_attributes(found.end())
        first = html.find(">", found.end())
        if read is None or (read[1] > first + 1 and self._lacks_mark(read[0], read[1])):
            # A quotation mark is missing: the tag ends where it seems to.
            if re.match(r"\s+[a-zA-Z-]+\s*=", html[found.end() : found.end() + 40]) is None:
                return None
            read = self._read_attributes(found.end(), first + 1)
            if read is None:
                return None
            attributes, end = read
        else:
            attributes, end = read
        if is_custom and ":" not in name and not {key for key, _ in attributes} & {"class", "style", "id", "dir"}:
            return None
        if is_custom and ":" in name and not (self._is_office or attributes):
            return None
        return Tag(name, written, tuple(attributes), at, end, html[end - 2 : end] == "/>")

    def _lacks_mark(self, attributes: list[tuple[str, str | None]], end: int) -> bool:
        """Tell whether the text behind a tag was read as one of its values, up to a mark that stands in that text.

        Then what follows that mark is a word of the text, or no end of a tag.
        """
        swallows = any(value is not None and ">" in value for _, value in attributes)
        return any('"' in key or "'" in key for key, _ in attributes) or (
            swallows and (self._joined or self._html[end - 1] != ">")
        )

    def _read_attributes(self, at: int, limit: int = -1) -> tuple[list[tuple[str, str | None]], int] | None:
        """Return the attributes and where the tag ends; None where it does not end, or not before the limit."""
        html, start, attributes = self._html, at, list[tuple[str, str | None]]()
        limit = len(html) if limit < 0 else limit
        self._joined = False
        valued, valued_end = 0, at
        while True:
            if (close := _TAG_CLOSE.match(html, at, limit)) is not None:
                return attributes, close.end()
            found = _ATTRIBUTE.match(html, at, limit)
            if found is None:
                if (
                    any(value and is_known_attribute(name) for name, value in attributes)
                    and (next_tag := _NEXT_TAG.match(html, at, limit)) is not None
                ):
                    # Its `>` is missing, and maybe long before here. Without an attribute that is known these are words: "if a<b c=d".
                    is_words = any(name not in FLAGS for name, _ in attributes[valued:])
                    return (attributes[:valued], valued_end) if is_words else (attributes, next_tag.end())
                break
            at, value = found.end(), None
            if found[2]:
                mark = html[at : at + 1]
                if mark in ('"', "'"):
                    end = html.find(mark, at + 1, limit)
                    if end < 0:
                        break
                    value, at = html[at + 1 : end], end + 1
                    self._joined = self._joined or (">" in value and _VALUE_END.match(html, at) is None)
                else:
                    unquoted = _UNQUOTED.match(html, at, limit)
                    value = unquoted[0] if unquoted is not None else ""
                    at += len(value)
            attributes.append((found[1].lower(), value))
            if value is not None:
                valued, valued_end = len(attributes), at
        self.waste += limit - start
        # What of an address stands behind the only quotation mark goes with the tag, what words stand there do not.
        return (attributes, limit) if limit < len(html) and _BARE_VALUE.fullmatch(html, at, limit) else None
