"""The sound of an account's notifications: whether a file that was chosen can be played here, and what is played instead."""

from collections.abc import Collection
from pathlib import Path

from deskhand.domain.sounds import HEAD_BYTES, SoundFormat, format_of

LONGEST_BYTES = 10_000_000
"""A file that is larger is no sound for a notification: most are below 100,000."""


def why_unplayable(path: str, formats: Collection[SoundFormat]) -> str:
    """Return why a sound file cannot be played here, in a sentence; empty where it can. Reads the file's beginning.

    Args:
        path: absolute; empty = the system's own sound, which needs no file.
        formats: what the system can play.
    """
    if not path:
        return ""
    name = Path(path).name
    if not Path(path).is_absolute():
        return f"{name} cannot be found again: its folder is not known."
    try:
        if not Path(path).is_file():
            return f"{name} is not there any more."
        with Path(path).open("rb") as file:
            head = file.read(HEAD_BYTES)
            size = file.seek(0, 2)
    except OSError as problem:
        return f"{name} cannot be read ({problem.strerror or type(problem).__name__})."
    except ValueError:  # a name that no system takes, from a profile of another one
        return f"{name!r} cannot be a file here."
    if size > LONGEST_BYTES:
        return f"{name} is too large for a sound: at most {LONGEST_BYTES // 1_000_000} MB are played."
    if format_of(head) not in formats:
        known = sorted(one.value for one in formats)
        return (
            f"{name} is no sound that can be played here ({', '.join(known)})." if known else "No file is played here."
        )
    return ""


def sound_file(path: str, formats: Collection[SoundFormat]) -> str:
    """Return the file that is played; empty = the system's own sound, also where the file is missing or no sound."""
    return "" if why_unplayable(path, formats) else path
