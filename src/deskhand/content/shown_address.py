"""Addresses that the text of a link shows, wherever they stand in it and however they are written.

Only asked to find out whether a link leads elsewhere, so what may be read as an address counts as one; a file name, a number of a
version and a full stop without a space behind it do not.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from deskhand.domain.lazy_pattern import lazy_pattern

_MOST: Final = 4_000
"""Characters of a text that are looked at; a longer text is cut in the middle."""
_INVISIBLE = lazy_pattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffc"
    "\U000e0000-\U000e0fff]"
)
_DOTS = lazy_pattern(
    r"[\u3002\uff61\uff0e\u2024]|(?<=[a-z0-9-])[\u0660\u06d4\u06f0\u0701\u0702\ua4f8\ua60e](?=[a-z])|\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?",
    re.IGNORECASE,
)
"""Full stops of other scripts, what looks like one between Latin letters, and one that is written out."""
_SLASHES = str.maketrans("\u2044\u2215\u29f8\uff0f\uff3c\\\uff1a\u2236", "//////::")
_WITH_SCHEME = lazy_pattern(
    r"(?:https?|hxxps?|ftp)\s?:\s?/{1,3}\s?(?:[^\s/?#@]{0,255}@)?(\[[0-9a-f:.]+\]|[^\s/?#:@\"'<>()\[\]{},;|*]+)(?::\d+)?(?:[/?#][^\s\"'<>]*)?",
    re.IGNORECASE,
)
_MAIL = lazy_pattern(r"[^\s@<>\"'(),;:\[\]{}]{1,64}@((?:[^\W_]|[-.])+)")
_IN_LABEL = (
    r"[-\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0df3\u0e31-\u0e4e\u0eb1-\u0ece\u0f71-\u0fbc"
    r"\u102b-\u109f\u17b4-\u17d3]"
)
"""Letters, digits and the signs that scripts write on them, which are no letters to `re`."""
_BARE = lazy_pattern(
    rf"(?<![^\W_])(?<![@.-])((?:[^\W_]{_IN_LABEL}{{0,62}}\.)+[^\W\d_]{_IN_LABEL}{{0,62}}|xn--[\w.-]+)\.?(?::\d+)?(?:[/?#][^\s\"'<>]*)?"
)
_IP6 = lazy_pattern(r"(?<![\w:.])\[?((?:[0-9a-f]{0,4}:){2,7}[0-9a-f.]{0,39})\]?(?![\w:])", re.IGNORECASE)
_GAP = lazy_pattern(r"\s*(?:\.|\s[Dd][Oo][Tt]\s)\s*(?=(?:com|net|org|info)\b)")
_SPACED = lazy_pattern(r"\s*(?:https?\s*:\s*/\s*/\s*)?[^\W_][\w-]*(?:\s*\.\s*[^\W_][\w-]*)*\s+\.\s*[a-z]{2,63}\s*")
"""An address alone that is written with spaces around its full stops."""
_JOINED = lazy_pattern(r"[^\s<>\"'(){},;|«»“”]{0,255}")
"""What may stand beside a part of an address and be another part of it."""
_IP4 = lazy_pattern(r"(?<![\w.])((?:\d{1,3}\.){3}\d{1,3})(?![\w.]*\w)")
_PHONE = lazy_pattern(r"(?<![\w.])\+?\(?\d[\d\s()./\u2010-\u2015-]{5,30}\d")
# Endings of files that are no top-level domains (IANA, root zone database, 2025).
_FILE_ENDINGS: Final = (
    "pdf doc docx xls xlsx xlsm ppt pptx png jpg jpeg gif webp bmp tif tiff heic txt csv tsv xml json html htm xhtml asp aspx jsp php js ts "
    "css exe odt ods odp rtf log eml msg mp3 mp4 avi wav svg yml yaml ini toml cfg conf tar gz tgz rar bak sql dll jar apk ics vcf"
)
_FILES: Final = frozenset(_FILE_ENDINGS.split())
_WELL_KNOWN: Final = frozenset(
    ["com", "net", "org", "info", "biz", "edu", "gov", "io", "app", "dev", "shop", "online", "site"]
)
_UNICODE_TOP_NAMES: Final = "рф бел укр рус онлайн сайт қаз срб мкд бг гр ελ ευ 中国 中國 香港 台湾 台灣 公司 网络 みんな 한국 닷컴 ไทย भारत امارات مصر السعودية ایران"
_UNICODE_TOPS: Final = frozenset(_UNICODE_TOP_NAMES.split())


def hosts(text: str) -> set[str]:
    """Return every host that a text shows, as ASCII and without `www.`; `?` for one that has no ASCII form."""
    text = _without_spaces(_plain(text))
    found = set(_with_scheme(text))
    squeezed = re.sub(r"\s+", "", text)
    if len(squeezed) < 300 and squeezed != text:
        found |= set(_with_scheme(squeezed)) if "://" in squeezed and not found else set()
    rest = _WITH_SCHEME.sub(" ", text)
    found |= {_ascii(match[1]) for match in _MAIL.finditer(rest) if "." in match[1]}
    rest = _MAIL.sub(" ", rest)
    found |= {_ascii(match[1]) for match in _IP4.finditer(rest) if _is_ip4(match[1])}
    found |= {f"[{address}]" for match in _IP6.finditer(rest) if (address := _ip6(match[1]))}
    whole = rest.strip(" \t\n.,;:!?()[]<>\"'«»“”")
    found |= {
        _ascii(match[1].rstrip("_"))
        for match in _BARE.finditer(rest)
        if _is_host(match[1], alone=match[0].strip(".") == whole)
    }
    return {host for host in found if host}


def hosts_within(address: str) -> set[str]:
    """Return every host that stands, with its scheme, behind the host of a web address: where a redirector may lead on to."""
    _, _, tail = address.partition("://")
    for _ in range(2):
        tail = unquote(tail)
    return {host for host in _with_scheme(tail) if host}


def seen_as(before: str, text: str, behind: str) -> str:
    """Return what a reader sees as the text of a link.

    Where they and what stands beside them without a space read as an address, that is all of it: a link on `bank` alone, in
    `https://bank.example`, shows that address.
    """
    start, end = _JOINED.match(before[:-256:-1]), _JOINED.match(behind)  # backwards from the link, and on from it
    whole = f"{start[0][::-1] if start else ''}{text}{end[0] if end else ''}"
    # Not alone, so that the end of a sentence with the next one behind it is none: `<a>Terms</a>.Next`.
    return whole if whole != text and hosts(f"a {whole}") - hosts(text) else text


def mail_addresses(text: str) -> set[str]:
    """Return every mail address that a text shows, casefolded."""
    return {match[0].casefold().strip(".") for match in _MAIL.finditer(_WITH_SCHEME.sub(" ", _plain(text)))}


def numbers(text: str) -> set[str]:
    """Return every telephone number that a text shows: its digits without what stands for a country or a trunk line."""
    shown = [match[0] for match in _PHONE.finditer(_plain(text))]
    # `+49 (0)30 12345`: the figure in brackets is for those in the same country, and some links have it too.
    shown += [number.replace("(0)", "") for number in shown if "(0)" in number]
    found = (re.sub(r"\D", "", number) for number in shown)
    return {digits.lstrip("0") for digits in found if len(digits) >= 6}


def _plain(text: str) -> str:
    if len(text) > _MOST:
        text = f"{text[: _MOST // 2]} {text[-_MOST // 2 :]}"
    text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFKC", _DOTS.sub(".", text)).translate(_SLASHES)
    return re.sub(r"%2e", ".", _DOTS.sub(".", text), flags=re.IGNORECASE)


def _without_spaces(text: str) -> str:
    """Close the gaps of an address that is written with spaces."""
    parts = text.split()
    if len(parts) > 5 and all(len(part) == 1 for part in parts):
        return "".join(parts)
    if len(text) > 300:
        return text
    return "".join(parts) if _SPACED.fullmatch(text) else _GAP.sub(".", text)


def _with_scheme(text: str) -> Iterator[str]:
    for match in _WITH_SCHEME.finditer(text):
        yield _ascii(match[1].rstrip(".!?…"))
        if "@" in match[0] and (name := re.match(r"[^:]*:\s?/+\s?([^\s/?#@:]+)[:@]", match[0])) is not None:
            yield _ascii(name[1])  # what stands before the `@` is what a reader sees first


def _is_host(written: str, *, alone: bool) -> bool:
    """Tell whether a bare word with dots is meant as a host."""
    top = written.rpartition(".")[2]
    if top.casefold() in _FILES and not written.casefold().startswith("www."):
        return False
    if written.casefold().startswith(("www.", "xn--")) or alone:
        return len(top) > 1
    if not top.isascii():
        return top.casefold() in _UNICODE_TOPS
    # `Thanks.Bob` is the end of a sentence.
    is_sentence = top[0].isupper() and not top.isupper() and top.casefold() not in _WELL_KNOWN
    return len(top) > 1 and not is_sentence


def _is_ip4(text: str) -> bool:
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def _ip6(text: str) -> str:
    """Return an address in its shortest form; nothing for what is none, or is two words with colons between them."""
    try:
        return ipaddress.IPv6Address(text).compressed if re.search(r"\d", text) else ""
    except ValueError:
        return ""


def _ascii(host: str) -> str:
    host = host.casefold().strip(".").removeprefix("www.")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return "?"
