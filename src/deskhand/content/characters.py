"""Characters that lie: invalid ones, controls and those that turn the reading direction."""

import re
import unicodedata

from deskhand.domain.lazy_pattern import lazy_pattern

_INVALID = lazy_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_BREAK = lazy_pattern("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SOFT_BREAK = lazy_pattern("[\x0b\x0c\x85\u2028\u2029]")
_SEPARATOR = lazy_pattern("[\x0b\x0c\u2028\u2029]")
_NEVER_SENT = lazy_pattern(_INVALID.pattern[:-1] + "\r\ufeff]")
_HIGH_CONTROL = lazy_pattern("[\x80-\x9f]")
_WINDOWS_1252 = {
    code: letter for code in range(0x80, 0xA0) if (letter := bytes([code]).decode("cp1252", "replace")) != "\ufffd"
}
_BIDI_CONTROL = lazy_pattern("[\u202a-\u202e\u2066-\u2069]")
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_UNSPACED = "\u0e00-\u109f\u1780-\u17ff"
_EMOJI = "\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
# An emoji may end with a variation selector before its joiner; a flag of a region is spelled in tag characters.
_UNSEEN = lazy_pattern(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff]"
    f"|(?<![{_TURNED}])[\u061c\u200e\u200f](?![{_TURNED}])"
    f"|(?<![{_UNSPACED}])\u200b|\u200b(?![{_UNSPACED}])|(?<![\u1820-\u18aa])\u180e|\u180e(?![\u1820-\u18aa])"
    f"|(?<![{_JOINING}])\u200c|\u200c(?![{_JOINING}])"
    f"|(?<![{_JOINING}{_EMOJI}\ufe0f])\u200d|(?<=[{_EMOJI}\ufe0f])\u200d(?![{_EMOJI}])"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]|[\U000e0000-\U000e001f]"
)
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0" + "".join(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
_WRITTEN_TOGETHER = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"}
_RTL = lazy_pattern("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LTR = lazy_pattern("[A-Za-z\u00c0-\u024f\u0370-\u052f\u200e]")


def repair(text: str) -> str:
    """Replace lone surrogates, NUL, controls and non-characters by U+FFFD; line ends become LF.

    sqlite and pydantic raise on a lone surrogate, Qt stops at NUL. U+0080 to U+009F were bytes of Windows-1252 that somebody
    took for Latin-1, and are read as browsers read them (WHATWG encoding standard); the five that it leaves free are invalid.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _HIGH_CONTROL.search(text) is not None:
        text = text.translate(_WINDOWS_1252)
    return _INVALID.sub("\ufffd", text)


def with_line_ends(text: str) -> str:
    """Return a plain text as it came in, LF for the line breaks of word processors and of Unicode; Qt makes paragraphs of some."""
    return _SEPARATOR.sub("\n", text)


def with_separators(html: str) -> str:
    """Return HTML with one of U+2028 and U+2029 wherever a line was broken by no tag."""
    return html.replace("\x0b", "\u2028").replace("\x0c", "\n")


def lines_between_separators(text: str) -> list[str]:
    """Return the lines of a text in HTML that a sign parts and no tag."""
    return _SEPARATOR.split(text)


def outgoing(text: str) -> str:
    """Return a text as it may leave: every kind of line break is LF, tabs stay, and no other control or non-character is left.

    Vertical tab and form feed are line breaks of word processors, NEL, U+2028 and U+2029 those of Unicode. Controls that turn the
    reading direction stay: texts in Arabic and Hebrew need them.
    """
    return _NEVER_SENT.sub("", _BREAK.sub("\n", text))


def outgoing_html(html: str) -> str:
    """Return formatted text as it may leave: as `outgoing`, but where a line of HTML would go on, the break is a tag."""
    return _NEVER_SENT.sub("", _SOFT_BREAK.sub("<br>", html))


def one_line(text: str) -> str:
    """Return a text as it may stand in a subject or a name: as `outgoing`, with a blank for every run of blanks and breaks."""
    return " ".join(outgoing(text).split())


def shows_nothing(text: str) -> bool:
    """Tell whether nobody would see anything of a text: blanks, controls, joiners, fillers and selectors of variants only."""
    return all(
        sign.isspace() or sign in _FILLERS or unicodedata.category(sign) in ("Cc", "Cf", "Cn", "Cs") for sign in text
    )


def undecodable(data: bytes) -> str:
    """Return where bytes are no UTF-8, as a text; empty where all of it is."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        return f"line {line}, byte {problem.start + 1} (0x{data[problem.start]:02X}) is not UTF-8"
    return ""


def strip_direction(text: str) -> str:
    """Remove embeddings, overrides and isolates, which show a text in another order than it is read by machines."""
    return _BIDI_CONTROL.sub("", text)


def show_controls(text: str) -> str:
    """Make bidi controls, zero-width, filling and invalid characters visible as `[U+202E]`.

    What writing needs stays where it is needed: joiners between letters of Arabic and Indic scripts and inside an emoji, marks of
    direction beside letters from right to left, places to break between letters of scripts without spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def hides(text: str) -> bool:
    """Tell whether the text contains characters that do not show: controls, zero-width, soft hyphen, tags, fillers."""
    return bool(
        re.search(
            "[\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
            "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]",
            text,
        )
    )


def mixes_scripts(word: str) -> bool:
    """Tell whether a word holds letters of several scripts that are not written together, as `аpple` with a Cyrillic first letter."""
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in word if letter.isalpha()}
    return len(scripts - _WRITTEN_TOGETHER) > 1


def mixes_directions(text: str) -> bool:
    """Tell whether a text holds both left-to-right and right-to-left letters; a mark of direction counts as one."""
    return bool(_RTL.search(text) and _LTR.search(text))
