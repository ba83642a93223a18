"""What the agent wants to be told of: the choices behind every notification, kept with the settings."""

import json
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from deskhand.domain.accounts import setting_of
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.events import EventKind
from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import Scope

from .settings import Settings
from .views import FIRST, SCOPES

TOLD: Mapping[EventKind, Feature | None] = {
    EventKind.REPLIED: Feature.THREAD,
    EventKind.NEW: Feature.LIST,
    EventKind.ASSIGNED: Feature.ASSIGN,
    EventKind.RETURNED: None,
    EventKind.SEND_FAILED: None,
    EventKind.ACCOUNT: None,
}
"""The events that notify, in the order of the page, and what an account must offer for them to happen there."""

_ON, _VIEWS, _CONTENT, _PAUSED = "notify.on", "notify.views", "notify.content", "notify.paused_until"
_LAST_SENT, _COUNTED = "notify.last_sent", "notify.counted_view"
_TRAY, _CLOSE_TO_TRAY = "notify.tray", "notify.close_to_tray"
_ACCOUNT = "notify"

MINUTES_OF_DAY = 24 * 60


class Content(StrEnum):
    """How much of what a customer wrote a notification shows."""

    FULL = "full"
    """Name, subject and first line."""
    NAME = "name"
    """Name and subject."""
    HIDDEN = "hidden"
    """Only that there is something, and where."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When notifications come.

    Attributes:
        begin, end: minutes since midnight on the agent's own clock; an end before the beginning lies on the next day.
        days: on which it begins, Monday is 0.
    """

    begin: int
    end: int
    days: frozenset[int] = frozenset(range(5))

    def holds(self, local: datetime) -> bool:
        """Tell whether a moment, in the agent's own time, lies within."""
        minute, day = local.hour * 60 + local.minute, local.weekday()
        if self.begin < self.end:
            return day in self.days and self.begin <= minute < self.end
        return (day in self.days and minute >= self.begin) or ((day - 1) % 7 in self.days and minute < self.end)


@dataclass(frozen=True, slots=True)
class AccountChoices:
    """What is chosen for one account.

    Attributes:
        off: events that do not notify.
        hours: None = always.
        sound_file: what is played with `sound`, as an absolute path; empty = the system's own sound.
    """

    off: frozenset[EventKind] = frozenset()
    hours: WorkingHours | None = None
    sound: bool = False
    sound_file: str = ""


@dataclass(frozen=True, slots=True)
class NotificationChoices:
    """All choices as they are now.

    Attributes:
        views: only tickets in one of them notify; empty = all.
        paused_until: the agent wants quiet until then.
        counted_view: whose count stands on the icon and in the title.
        close_to_tray: closing the window leaves the program in the tray, where there is one.
    """

    is_on: bool = True
    views: frozenset[Scope] = frozenset()
    content: Content = Content.FULL
    paused_until: datetime | None = None
    counted_view: Scope = FIRST.scope
    tray: bool = True
    close_to_tray: bool = False
    accounts: Mapping[AccountId, AccountChoices] = field(default_factory=dict)

    def of(self, account: AccountId) -> AccountChoices:
        """Return an account's choices."""
        return self.accounts.get(account, AccountChoices())

    def is_paused(self, now: datetime) -> bool:
        """Tell whether the agent wants quiet at a moment."""
        return self.paused_until is not None and now < self.paused_until


def can_happen(kind: EventKind, capabilities: Capabilities | None) -> bool:
    """Tell whether an event can come from an account; before its capabilities are known any may."""
    feature = TOLD[kind]
    return feature is None or capabilities is None or feature in capabilities


class NotificationSettings:
    """Reads and writes the choices. What another program wrote and cannot be read counts as not chosen."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def choices(self, accounts: tuple[AccountId, ...]) -> NotificationChoices:
        """Return the choices for these accounts."""
        views = self._settings.json_value(_VIEWS)
        known = {scope.value: scope for scope, _ in SCOPES}
        return NotificationChoices(
            is_on=self._settings.text(_ON) != "off",
            views=frozenset(known[one] for one in views if isinstance(one, str) and one in known)
            if isinstance(views, list)
            else frozenset(),
            content=_content(self._settings.text(_CONTENT)),
            paused_until=_moment(self._settings.text(_PAUSED)),
            counted_view=known.get(self._settings.text(_COUNTED), FIRST.scope),
            tray=self._settings.text(_TRAY) != "off",
            close_to_tray=self._settings.text(_CLOSE_TO_TRAY) == "on",
            accounts={one: _account(self._settings.json_value(setting_of(one, _ACCOUNT))) for one in accounts},
        )

    @property
    def last_sent(self) -> datetime | None:
        """When the last notification was handed over."""
        return _moment(self._settings.text(_LAST_SENT))

    async def note_sent(self, at: datetime) -> None:
        """Remember when a notification was handed over."""
        await self._settings.put(_LAST_SENT, at.isoformat())

    async def turn(self, *, on: bool) -> None:
        """Notify at all, or not."""
        await self._settings.put(_ON, None if on else "off")

    async def choose_views(self, views: frozenset[Scope]) -> None:
        """Let only tickets in these views notify; empty = all."""
        await self._settings.put(_VIEWS, json.dumps(sorted(views)) if views else None)

    async def choose_content(self, content: Content) -> None:
        """Show so much."""
        await self._settings.put(_CONTENT, None if content is Content.FULL else content.value)

    async def pause(self, until: datetime | None) -> None:
        """Keep quiet until a moment, or go on."""
        await self._settings.put(_PAUSED, None if until is None else until.isoformat())

    async def count(self, view: Scope) -> None:
        """Let the count of this view stand on the icon and in the title."""
        await self._settings.put(_COUNTED, view.value)

    async def show_tray(self, *, on: bool) -> None:
        """Stand in the tray, or not."""
        await self._settings.put(_TRAY, None if on else "off")

    async def close_to_tray(self, *, on: bool) -> None:
        """Stay in the tray when the window is closed, or end."""
        await self._settings.put(_CLOSE_TO_TRAY, "on" if on else None)

    async def choose(self, account: AccountId, choices: AccountChoices) -> None:
        """Keep an account's choices; they go with the account."""
        hours = choices.hours
        stored = {
            "off": sorted(choices.off),
            "hours": None if hours is None else [hours.begin, hours.end, sorted(hours.days)],
            "sound": choices.sound,
            "sound_file": choices.sound_file,
        }
        await self._settings.put(setting_of(account, _ACCOUNT), json.dumps(stored))


def _content(text: str) -> Content:
    return Content(text) if text in tuple(Content) else Content.FULL


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _account(stored: object) -> AccountChoices:
    if not isinstance(stored, dict):
        return AccountChoices()
    off = stored.get("off")
    kinds = {kind.value: kind for kind in TOLD}
    file = stored.get("sound_file")
    return AccountChoices(
        off=frozenset(kinds[one] for one in off if isinstance(one, str) and one in kinds)
        if isinstance(off, list)
        else frozenset(),
        hours=_hours(stored.get("hours")),
        sound=stored.get("sound") is True,
        sound_file=file if isinstance(file, str) else "",
    )


def _hours(stored: object) -> WorkingHours | None:
    match stored:
        case [int(begin), int(end), list(days)] if 0 <= begin < MINUTES_OF_DAY and 0 <= end <= MINUTES_OF_DAY:
            return WorkingHours(begin, end, frozenset(day for day in days if isinstance(day, int) and 0 <= day < 7))
        case _:
            return None
