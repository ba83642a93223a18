"""File names and file beginnings: what a foreign attachment may be called, what it really is, and whether it may be opened."""

import re
from collections.abc import Container
from enum import StrEnum
from typing import Final

from deskhand.content.characters import show_controls
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

MAX_NAME_BYTES: Final = 180
"""Well below the 255 bytes of every file system, so that a folder and a number still fit."""

_END: Final = 1_000
_FORBIDDEN = lazy_pattern(r'[/\\:*?"<>|]')
_AT_AN_END = lazy_pattern(r"\A[\s.]+|[\s.]+\Z")
"""Windows drops a full stop or a blank at the end; an ending with another blank behind it is none to any desktop."""
_RESERVED = lazy_pattern(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|\Z)", re.IGNORECASE)
_PROGRAM_STARTS: Final = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
)
_ACTING_TYPES: Final = frozenset(
    [
        "text/html",
        "image/svg+xml",
        "application/xhtml+xml",
        "text/javascript",
        "application/javascript",
        "application/hta",
    ]
)
_OFFICE_TYPES: Final = frozenset(["x-msexcel", "x-mspowerpoint", "x-msword", "x-ms-excel", "x-ms-wmv", "x-msvideo"])
_PAGE_START = lazy_pattern(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!--|\?(?:xml|php)|(?:!doctype|html|head|body|title|meta|base|link|style|script|iframe|object|embed|svg|math|form|"
    rb"img|video|table|div|span|font|center|h[1-6]|a|b|i|p|br|ul|marquee|details)[\s/>])",
    re.IGNORECASE,
)
"""What a browser takes for a page (WHATWG MIME sniffing, and some more)."""
_NO_LETTERS = lazy_pattern(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
"""Bytes that stand in no text (WHATWG MIME sniffing; the escape of coloured logs does)."""
_ACTING_TEXT = lazy_pattern(
    rb"\s*(?:\[(?:InternetShortcut|Desktop Entry|\.ShellClassInfo)\]|%!PS|ID;P[^\n]*\n[A-Z]{1,3};|<\?xml-stylesheet)",
    re.IGNORECASE,
)
"""Texts on which programs act: shortcuts, PostScript, and SYLK, which spreadsheets read whatever the ending is."""


class ImageType(StrEnum):
    """A picture that may be decoded; never SVG."""

    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"


_IMAGE_ENDINGS: Final = {
    "png": ImageType.PNG,
    "jpg": ImageType.JPEG,
    "jpeg": ImageType.JPEG,
    "jpe": ImageType.JPEG,
    "gif": ImageType.GIF,
    "webp": ImageType.WEBP,
}


def sniff(head: bytes) -> ImageType | None:
    """Tell the picture format by its first 16 bytes, whatever anybody calls it."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ImageType.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return ImageType.JPEG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return ImageType.GIF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ImageType.WEBP
    return None


def safe_file_name(name: str) -> str:
    """Return a name that is one harmless component of a path on every platform.

    Separators and reserved characters become `_`, characters that do not show are written out, Windows' device names get a
    leading `_`, and the length stays below `MAX_NAME_BYTES` with the ending kept.
    """
    name = _FORBIDDEN.sub("_", show_controls(_within_reason(name)))
    name = _AT_AN_END.sub("", name)
    if not name.strip("_ ."):
        name = "attachment"
    if _RESERVED.match(name):
        name = f"_{name}"
    if len(name.encode()) > MAX_NAME_BYTES:
        stem, dot, ending = name.rpartition(".")
        if not dot or len(ending.encode()) > 20:
            stem, ending = name, ""
        room = MAX_NAME_BYTES - len((dot + ending).encode() if ending else b"")
        stem = _AT_AN_END.sub("", stem.encode()[:room].decode(errors="ignore"))
        name = f"{stem}.{ending}" if ending else stem
    return name


def _within_reason(name: str) -> str:
    """Return beginning and end of a name that is longer than any file's: looking through a million characters takes a second."""
    return name if len(name) <= 2 * _END else f"{name[:_END]}…{name[-_END:]}"


def unique_name(name: str, taken: Container[str]) -> str:
    """Return a safe name that is not taken, numbered where needed.

    Args:
        name: as the sender called it.
        taken: casefolded names that exist already, because Windows and macOS do not tell `A` from `a`.
    """
    safe = safe_file_name(name)
    stem, dot, ending = safe.rpartition(".")
    if not dot:
        stem, ending = safe, ""
    candidate, number = safe, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem} ({number}){dot}{ending}"
    return candidate


class OpenReason(StrEnum):
    """Why an attachment opens, or may only be saved."""

    ORDINARY = "ordinary"
    """It opens: its ending is on the list and its content is of that kind."""
    HIDDEN_CHARACTERS = "hidden_characters"
    """Its name holds characters that do not show or that turn the reading direction."""
    NO_ENDING = "no_ending"
    """Its name does not say what it is, so that the desktop would guess."""
    ENDING = "ending"
    """Its ending is not one of those that open."""
    TYPE = "type"
    """The declared type is another one than the ending's, or one that can act."""
    CONTENT = "content"
    """Its first bytes are not of the kind that the ending says."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be done with an attachment.

    Attributes:
        shown_name: its name with every character visible.
        opens: it may be handed to the desktop; otherwise it is only saved.
    """

    shown_name: str
    opens: bool
    reason: OpenReason


def judge(name: str, mime: str, head: bytes) -> Verdict:
    """Tell whether an attachment may be opened: only what is on the list, by its ending and its content together.

    Args:
        name: as the sender called it.
        mime: as the sender declared it; empty where nobody did.
        head: its first bytes (512 are enough); empty where the file is not known or has none, then the name decides.
    """
    name = _within_reason(name)
    shown = show_controls(name)
    why = _reason(name, shown, mime.partition(";")[0].strip().casefold(), head)
    return Verdict(shown, why is OpenReason.ORDINARY, why)


def _reason(name: str, shown: str, mime: str, head: bytes) -> OpenReason:
    if shown != name:
        return OpenReason.HIDDEN_CHARACTERS
    stem, dot, ending = safe_file_name(name).rpartition(".")
    if not dot or not stem.strip("._ "):
        return OpenReason.NO_ENDING
    kind = _OPENS.get(ending.lower()) if ending.isascii() else None  # to a desktop `x.xlſ` is no `x.xls`
    if kind is None:
        return OpenReason.ENDING
    if not _agrees(mime, kind):
        return OpenReason.TYPE
    return OpenReason.ORDINARY if not head or kind.is_in(head) else OpenReason.CONTENT


def _agrees(mime: str, kind: "_Kind") -> bool:
    """Tell whether a declared type does not contradict the ending. Many senders declare nothing, or too little."""
    family, _, form = mime.partition("/")
    if mime in _ACTING_TYPES or (form.startswith("x-ms") and form not in _OFFICE_TYPES):
        return False
    if family == "image":
        declared = _IMAGE_ENDINGS.get(form)
        return kind.family == "image" and (declared is None or kind.image is None or declared is kind.image)
    if form == "pdf":
        return kind.family == "pdf"
    if family in ("audio", "video"):
        return kind.family == "media"
    return True


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file that opens: how its content begins."""

    family: str
    starts: tuple[bytes, ...] = ()
    at: int = 0
    image: ImageType | None = None

    def is_in(self, head: bytes) -> bool:
        """Tell whether the first bytes are of this kind."""
        if self.image is not None:
            return sniff(head) is self.image
        if self.family == "text":
            return _is_text(head)
        if self.family == "pdf":
            return head.lstrip().startswith(b"%PDF-")
        return head[self.at :].startswith(self.starts)


def _is_text(head: bytes) -> bool:
    """Tell whether these are letters: no program, no page, no other kind of file under a text's name."""
    if head.startswith((*_PROGRAM_STARTS, b"%PDF-", b"{\\rtf", b"PK\x03\x04")) or _PAGE_START.match(head):
        return False
    if _ACTING_TEXT.match(head):
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _is_text(head[: len(head) & ~1].decode("utf-16", "replace").encode())
    return sniff(head) is None and _NO_LETTERS.search(head) is None


_ZIP, _OLE, _FTYP = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), (b"ftyp",)
_OPENING: Final = (
    # Pictures (never SVG, which holds scripts) ...
    ("png", _Kind("image", image=ImageType.PNG)),
    ("jpg jpeg jpe", _Kind("image", image=ImageType.JPEG)),
    ("gif", _Kind("image", image=ImageType.GIF)),
    ("webp", _Kind("image", image=ImageType.WEBP)),
    ("bmp", _Kind("image", (b"BM",))),
    ("tif tiff", _Kind("image", (b"II*\0", b"MM\0*"))),
    ("heic heif avif", _Kind("image", _FTYP, at=4)),
    # ... letters ...
    ("txt text log csv tsv md json ics vcf eml", _Kind("text")),
    # ... documents without macros, or whose macros their programs keep off in what came from elsewhere ...
    ("pdf", _Kind("pdf")),
    ("docx xlsx pptx odt ods odp", _Kind("office", _ZIP)),
    ("doc xls ppt msg", _Kind("office", _OLE)),
    ("rtf", _Kind("office", (b"{\\rtf",))),
    ("zip", _Kind("archive", (*_ZIP, b"PK\x05\x06"))),
    # ... sound and film.
    ("mp3", _Kind("media", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"))),
    ("m4a mp4 m4v mov 3gp", _Kind("media", _FTYP, at=4)),
    ("ogg oga ogv opus", _Kind("media", (b"OggS",))),
    ("flac", _Kind("media", (b"fLaC",))),
    ("amr", _Kind("media", (b"#!AMR",))),
    ("webm mkv", _Kind("media", (b"\x1aE\xdf\xa3",))),
    ("wav", _Kind("media", (b"WAVE",), at=8)),
    ("avi", _Kind("media", (b"AVI ",), at=8)),
)
_OPENS: Final = {ending: kind for endings, kind in _OPENING for ending in endings.split()}
