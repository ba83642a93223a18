"""What tells the agent something while the window is not looked at: the desktop's notification service."""

from typing import Protocol

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.sounds import SoundFormat


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification, in plain text throughout.

    Attributes:
        tag: what it is about: one with the same tag takes its place, and answers name it.
        title: one line. body: a few lines. Bounded, and without control characters (`services.notification_texts`).
        source: the account's label; empty where it is about several.
        actions: ids and labels of the buttons; pressing the notification itself is answered with `OPEN`.
        urgent: it is about something that only the agent can mend.
        sound: a sound is wanted: the desktop's own for a message, or `sound_file`, a file that was looked at and can be played.
    """

    tag: str
    title: str
    body: str
    source: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    urgent: bool = False
    sound: bool = False
    sound_file: str = ""


OPEN, REPLY, LATER = "default", "reply", "later"
"""Ids of actions; `default` is the name that org.freedesktop.Notifications gives to a press on the notification itself."""


@dataclass(frozen=True, slots=True)
class CenterFacts:
    """What a notification service says of itself.

    Attributes:
        name: for people, with its version; empty where it does not answer.
        problem: why it cannot be reached; empty where it can.
        has_actions: it shows buttons and tells when they, or the notification, are pressed.
        has_body: it shows the body.
        is_quiet: the system's "do not disturb" is on; None where that is not told.
        plays_files: a sound of one's own can be heard with a notification.
    """

    name: str = ""
    problem: str = ""
    has_actions: bool = True
    has_body: bool = True
    is_quiet: bool | None = None
    plays_files: bool = True


class NotificationCenter(Protocol):
    """Shows notifications. Presses come back through what was given when it was made, as a tag and an action's id."""

    @property
    def sound_formats(self) -> frozenset[SoundFormat]:
        """What sound files can be played with a notification."""

    async def show(self, notification: Notification) -> bool:
        """Hand a notification over; returns whether the service took it."""

    async def withdraw(self, tag: str) -> None:
        """Take a notification away whose subject was seen; nothing where there is none."""

    async def facts(self) -> CenterFacts:
        """Ask the service now."""

    async def is_locked(self) -> bool:
        """Tell whether the screen is locked, so that others may read what is shown; False where that is not told."""
