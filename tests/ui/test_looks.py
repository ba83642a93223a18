"""Contrast and motion are as the agent chose them, after the next start too, else as the system has them."""

import asyncio
from collections.abc import Iterator

import pytest

from deskhand.services.settings import Settings
from deskhand.ui.kit.motion import MILLISECONDS, MOTION, MotionChoice
from deskhand.ui.kit.theme import Appearance, Choice, ContrastChoice
from deskhand.ui.kit.tokens import DARK, LIGHT, high_contrast
from deskhand.ui.looks import Looks


class MemoryStore:
    """Keeps values as long as the test."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def put(self, key: str, value: str | None) -> None:
        if value is None:
            self.values.pop(key, None)
        else:
            self.values[key] = value

    async def get(self, key: str) -> str | None:
        return self.values.get(key)

    async def with_prefix(self, prefix: str) -> dict[str, str]:
        return {key: value for key, value in self.values.items() if key.startswith(prefix)}


@pytest.fixture(autouse=True)
def as_before(light: Appearance) -> Iterator[None]:
    was = MOTION.is_reduced, MOTION.is_full
    yield
    MOTION.is_reduced, MOTION.is_full = was
    light.choose_contrast(ContrastChoice.SYSTEM)


def started(store: MemoryStore, appearance: Appearance, *, remember_theme: bool = True) -> Looks:
    settings = Settings(store)
    asyncio.run(settings.load())
    return Looks(settings, appearance, remember_theme=remember_theme)


def test_high_contrast_holds_at_once_and_after_the_next_start(light: Appearance) -> None:
    store = MemoryStore()
    looks = started(store, light)
    asyncio.run(looks.set_contrast(ContrastChoice.HIGH))
    assert light.theme is high_contrast(LIGHT)
    asyncio.run(looks.set_theme(Choice.DARK))
    assert light.theme is high_contrast(DARK)
    light.choose_contrast(ContrastChoice.SYSTEM)
    light.choose(Choice.LIGHT)
    started(store, light)
    assert light.theme is high_contrast(DARK)


def test_a_theme_of_one_start_is_not_looked_up_but_contrast_is(light: Appearance) -> None:
    store = MemoryStore()
    store.values = {"window.theme": "dark", "window.contrast": "high"}
    started(store, light, remember_theme=False)
    assert light.theme is high_contrast(LIGHT)


def test_reduced_motion_holds_after_the_next_start_and_full_overrules_the_system(light: Appearance) -> None:
    store = MemoryStore()
    looks = started(store, light)
    asyncio.run(looks.set_motion(MotionChoice.REDUCED))
    assert MOTION.milliseconds() == 0
    asyncio.run(looks.set_motion(MotionChoice.FULL))
    assert MOTION.milliseconds() == MILLISECONDS
    asyncio.run(looks.set_motion(MotionChoice.REDUCED))
    MOTION.choose(MotionChoice.FULL)
    looks = started(store, light)
    assert looks.motion is MotionChoice.REDUCED
    assert MOTION.is_off


def test_what_another_program_wrote_is_ignored(light: Appearance) -> None:
    store = MemoryStore()
    store.values = {"window.motion": "wild", "window.contrast": "", "window.theme": "pink"}
    looks = started(store, light)
    assert looks.motion is MotionChoice.SYSTEM
    assert light.theme is LIGHT
