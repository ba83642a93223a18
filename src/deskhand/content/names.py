"""File names and file beginnings: what a foreign attachment may be called, and what it really is."""

import re
from collections.abc import Container
from enum import StrEnum
from typing import Final

from deskhand.content.characters import show_controls

MAX_NAME_BYTES: Final = 180
"""Well below the 255 bytes of every file system, so that a folder and a number still fit."""

_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|\Z)", re.IGNORECASE)
_RUN_WORDS: Final = (
    # Windows programs, scripts, shortcuts and things that mount or install
    "ade adp app application appref-ms appx appxbundle bat cab chm cmd com cpl crt diagcab dll drv exe fon gadget gpg-exe grp hlp hpj "
    "hta img inf ins iso isp jar jnlp js jse ksh lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml "
    "msc msh msh1 msh2 mshxml msi msix msixbundle msp mst ocx ops osd pcd pif pl plg prf prg printerexport ps1 ps1xml ps2 ps2xml psc1 "
    "psc2 psd1 psdm1 pst py pyc pyo pyw pyz pyzw reg scf scr sct search-ms searchconnector-ms settingcontent-ms shb shs sys theme "
    "themepack tmp udl url vb vbe vbp vbs vhd vhdx vsmacros vsw vxd webpnp website wim ws wsb wsc wsf wsh xbap xll xnk "
    # Linux and macOS
    "action apk appimage bash command csh deb desktop dmg elf fish flatpakref inetloc fileloc mobileconfig out pkg rpm run service sh "
    "snap so terminal tool webloc workflow zsh "
    # Pages and pictures that carry scripts; documents with macros
    "htm html shtml svg svgz xht xhtml xml xsl xslt swf docm dotm xlsm xltm xlam pptm potm ppam ppsm sldm one onepkg"
)
_RUNS: Final = frozenset(_RUN_WORDS.split())
_PROGRAM_STARTS: Final = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
)
_PAGE_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+(?:html|svg)|\?xml|html|head|body|script|svg|iframe|!--)", re.IGNORECASE
)


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
    name = _FORBIDDEN.sub("_", show_controls(name))
    name = name.strip(" .")
    if not name.strip("_ ."):
        name = "attachment"
    if _RESERVED.match(name):
        name = f"_{name}"
    if len(name.encode()) > MAX_NAME_BYTES:
        stem, dot, ending = name.rpartition(".")
        if not dot or len(ending.encode()) > 20:
            stem, ending = name, ""
        room = MAX_NAME_BYTES - len((dot + ending).encode() if ending else b"")
        stem = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
        name = f"{stem}.{ending}" if ending else stem
    return name


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


def is_dangerous(name: str, mime: str, head: bytes) -> bool:
    """Tell whether a file could act when it is opened, or is not what it says it is.

    Args:
        name: as the sender called it.
        mime: as the sender declared it.
        head: its first bytes (32 are enough, 256 better).
    """
    safe = safe_file_name(name)
    ending = safe.rpartition(".")[2].casefold().strip() if "." in safe else ""
    if ending in _RUNS or show_controls(name) != name or head.startswith(_PROGRAM_STARTS) or _PAGE_START.match(head):
        return True
    kind = mime.partition(";")[0].strip().casefold()
    if kind in ("text/html", "image/svg+xml", "application/xhtml+xml") or kind.startswith("application/x-ms"):
        return True
    if not head:
        return False
    real = sniff(head)
    by_name, by_mime = _IMAGE_ENDINGS.get(ending), _IMAGE_ENDINGS.get(kind.removeprefix("image/"))
    said = {claim for claim in (by_name, by_mime if kind.startswith("image/") else None) if claim is not None}
    if said and said != {real}:
        return True
    if real is not None and not said and (ending or kind.startswith(("text/", "application/pdf"))):
        return True
    says_pdf = ending == "pdf" or kind == "application/pdf"
    return says_pdf and not head.lstrip().startswith(b"%PDF-")
