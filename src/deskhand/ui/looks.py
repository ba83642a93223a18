"""How the window looks: theme, contrast and motion, as the agent chose them, else as the system has them."""

from collections.abc import Container
from enum import StrEnum
from typing import TypeVar

from deskhand.services.settings import Settings
from deskhand.ui.kit.motion import MOTION, MotionChoice
from deskhand.ui.kit.theme import Appearance, Choice, ContrastChoice

_THEME, _CONTRAST, _MOTION = "window.theme", "window.contrast", "window.motion"

C = TypeVar("C", bound=StrEnum)


class Looks:
    """Takes up what was chosen before, and keeps what is chosen.

    Args:
        remember_theme: False = this start has a theme of its own, which is not looked up.
    """

    def __init__(self, settings: Settings, appearance: Appearance, *, remember_theme: bool) -> None:
        self._settings = settings
        self.appearance = appearance
        MOTION.choose(self.motion)
        appearance.choose_contrast(self._kept(_CONTRAST, ContrastChoice.SYSTEM))
        if remember_theme:
            appearance.choose(self._kept(_THEME, appearance.choice))

    def show_again(self, keys: Container[str]) -> None:
        """Look as it is kept, after these settings were put back."""
        if _MOTION in keys:
            MOTION.choose(self.motion)
        if _CONTRAST in keys:
            self.appearance.choose_contrast(self._kept(_CONTRAST, ContrastChoice.SYSTEM))
        if _THEME in keys:
            self.appearance.choose(self._kept(_THEME, Choice.SYSTEM))

    @property
    def motion(self) -> MotionChoice:
        """Whether things move."""
        return self._kept(_MOTION, MotionChoice.SYSTEM)

    async def set_theme(self, choice: Choice) -> None:
        """Have another theme from now on."""
        self.appearance.choose(choice)
        await self._settings.put(_THEME, choice.value)

    async def set_contrast(self, choice: ContrastChoice) -> None:
        """Have another contrast from now on."""
        self.appearance.choose_contrast(choice)
        await self._settings.put(_CONTRAST, choice.value)

    async def set_motion(self, choice: MotionChoice) -> None:
        """Let things move, or not, from now on."""
        MOTION.choose(choice)
        await self._settings.put(_MOTION, choice.value)

    def _kept(self, key: str, default: C) -> C:
        text = self._settings.text(key)
        return next((one for one in type(default) if one.value == text), default)
