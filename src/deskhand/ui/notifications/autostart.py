"""Starting with the computer, in the way of each system: a desktop file, a value of the registry, a launch agent."""

import os
import plistlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import list2cmdline
from typing import Protocol

from deskhand.durable import write_whole

NAME = "io.github.deskhand.Deskhand"
"""The name of the file, as that of the packages' desktop file."""

_RUN_KEY, _RUN_VALUE = r"Software\Microsoft\Windows\CurrentVersion\Run", "Deskhand"


class Autostart(Protocol):
    """Whether the program starts when the agent signs in to the computer."""

    def is_on(self) -> bool:
        """Look now: the agent may have changed it elsewhere."""

    def set_on(self, *, on: bool) -> None:
        """Start with the computer, or not. Raises OSError."""


class DesktopFileAutostart:
    """Linux: a desktop file in the agent's autostart folder (Desktop Application Autostart Specification)."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._file = folder / f"{NAME}.desktop"
        self._command = command

    def is_on(self) -> bool:
        """Look whether the file is there and not switched off."""
        try:
            lines = self._file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return False
        return not {"Hidden=true", "X-GNOME-Autostart-enabled=false"} & {line.strip() for line in lines}

    def set_on(self, *, on: bool) -> None:
        """Write the file, or delete it."""
        if not on:
            self._file.unlink(missing_ok=True)
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        command = " ".join(map(_exec_argument, self._command))
        text = f"[Desktop Entry]\nType=Application\nName=Deskhand\nExec={command}\nIcon={NAME}\nTerminal=false\n"
        write_whole(self._file, text)


class LaunchAgentAutostart:
    """MacOS: a launch agent of the user."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._file = folder / f"{NAME}.plist"
        self._command = command

    def is_on(self) -> bool:
        """Look whether the file is there."""
        return self._file.is_file()

    def set_on(self, *, on: bool) -> None:
        """Write the file, or delete it."""
        if not on:
            self._file.unlink(missing_ok=True)
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        agent = {
            "Label": NAME,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        write_whole(self._file, plistlib.dumps(agent))


class RegistryAutostart:
    """Windows: a value of the user's Run key."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command

    def is_on(self) -> bool:
        """Look whether the value is there."""
        found = False
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                    winreg.QueryValueEx(key, _RUN_VALUE)
                found = True
            except OSError:
                pass
        return found

    def set_on(self, *, on: bool) -> None:
        """Write the value, or delete it."""
        if sys.platform == "win32":
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                if on:
                    winreg.SetValueEx(key, _RUN_VALUE, 0, winreg.REG_SZ, list2cmdline(self._command))
                elif self.is_on():
                    winreg.DeleteValue(key, _RUN_VALUE)


def autostart(environment: Mapping[str, str], home: Path, platform: str = sys.platform) -> Autostart | None:
    """Return the way of this system; None in a Flatpak, whose sandbox hides the folder.

    Args:
        home: the user's own folder.
    """
    command = own_command(environment)
    if platform == "win32":
        return RegistryAutostart(command)
    if platform == "darwin":
        return LaunchAgentAutostart(home / "Library" / "LaunchAgents", command)
    if "FLATPAK_ID" in environment:
        return None
    config = environment.get("XDG_CONFIG_HOME", "")
    return DesktopFileAutostart((Path(config) if config else home / ".config") / "autostart", command)


def own_command(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return how this program is started again: as an AppImage, as the frozen program, or by the interpreter."""
    if image := environment.get("APPIMAGE"):
        return (image,)
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "deskhand")


def _exec_argument(argument: str) -> str:
    """Quote an argument for the key Exec: in quotes a few signs are escaped, and a per cent sign stands twice."""
    escaped = argument.replace("%", "%%")
    for sign in ("\\", '"', "`", "$"):
        escaped = escaped.replace(sign, f"\\{sign}")
    # The value itself is escaped once more, as every text of a desktop file.
    return '"' + escaped.replace("\\", "\\\\") + '"'
