"""Plays sound files by what the system brings; nothing is installed for it (Qt's own player is not in PySide6-Essentials).

Windows plays WAV files itself. macOS has `afplay`. On Linux the notification service plays a file that it is told of, where it says
that it plays sounds; where it does not, one of the programs of PipeWire, PulseAudio or libcanberra does.
"""

import shutil
import sys
from contextlib import suppress

from PySide6.QtCore import QProcess

from deskhand.domain.sounds import SoundFormat

_PLAYERS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("canberra-gtk-play", "-f"))
"""Programs that play a file and end, with what stands before its name; the first that is there is taken."""


def playable_formats() -> frozenset[SoundFormat]:
    """Return what is played on this system, by each of its ways."""
    more: dict[str, frozenset[SoundFormat]] = {
        "win32": frozenset(),
        "darwin": frozenset(SoundFormat) - {SoundFormat.OGG},
    }
    return more.get(sys.platform, frozenset({SoundFormat.OGG})) | {SoundFormat.WAV}


def can_play() -> bool:
    """Tell whether this program can have a file played by itself."""
    return sys.platform == "win32" or bool(_command())


def play(path: str) -> bool:
    """Play a file beside everything else; returns whether it was begun. Whoever asks has looked whether it is a sound."""
    begun = False
    if sys.platform == "win32":
        import winsound

        with suppress(RuntimeError):
            winsound.PlaySound(path, winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
            begun = True
    else:
        program, *arguments = _command() or ("",)
        if program:
            begun = bool(QProcess.startDetached(program, [*arguments, path], "")[0])
    return begun


def _command() -> tuple[str, ...]:
    """Return the program that plays, with its first arguments; nothing where there is none."""
    players = (("/usr/bin/afplay",),) if sys.platform == "darwin" else _PLAYERS
    for program, *arguments in players:
        found = shutil.which(program)
        if found is not None:
            return found, *arguments
    return ()
