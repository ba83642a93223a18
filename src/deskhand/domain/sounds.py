"""Sound files: what a file is by its first bytes, whatever its name says."""

from enum import StrEnum


class SoundFormat(StrEnum):
    """What a sound file can be; the value is its name for people."""

    WAV = "WAV"
    OGG = "Ogg"
    AIFF = "AIFF"
    MP3 = "MP3"
    M4A = "M4A"
    CAF = "CAF"


SUFFIXES = {
    SoundFormat.WAV: ("wav",),
    SoundFormat.OGG: ("oga", "ogg"),
    SoundFormat.AIFF: ("aiff", "aif"),
    SoundFormat.MP3: ("mp3",),
    SoundFormat.M4A: ("m4a",),
    SoundFormat.CAF: ("caf",),
}
"""How the names of such files end, for a dialog that chooses one."""

HEAD_BYTES = 12
"""So many bytes of a file tell what it is."""


def format_of(head: bytes) -> SoundFormat | None:
    """Return what a file is that begins so; None where it is no sound that is known here."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return SoundFormat.WAV
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return SoundFormat.AIFF
    if head[4:8] == b"ftyp" and head[8:11] in (b"M4A", b"mp4", b"iso"):
        return SoundFormat.M4A
    if head[:4] == b"OggS":
        return SoundFormat.OGG
    if head[:4] == b"caff":
        return SoundFormat.CAF
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return SoundFormat.MP3
    return None
