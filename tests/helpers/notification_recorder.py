"""A notification service that remembers what it was given."""

import asyncio
from dataclasses import dataclass, field

from deskhand.domain.ports import CenterFacts, Notification
from deskhand.domain.sounds import SoundFormat


@dataclass
class NotificationRecorder:
    """Implements `ports.NotificationCenter`."""

    shown: list[Notification] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    takes: bool = True
    locked: bool = False
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def sound_formats(self) -> frozenset[SoundFormat]:
        return frozenset({SoundFormat.WAV, SoundFormat.OGG})

    async def show(self, notification: Notification) -> bool:
        if self.takes:
            self.shown.append(notification)
            self.came.set()
        return self.takes

    async def withdraw(self, tag: str) -> None:
        self.withdrawn.append(tag)

    async def facts(self) -> CenterFacts:
        return CenterFacts(name="Recorder 1") if self.takes else CenterFacts(problem="nobody answers")

    async def is_locked(self) -> bool:
        return self.locked
