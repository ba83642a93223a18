"""The agent's choices, and canned replies. Small values, kept in the precious database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import time, timedelta
from uuid import uuid4

from deskhand.domain.going_on import Done, GoOn
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import SettingsStore
from deskhand.domain.waits import WaitRules, WorkingHours

_UNDO = "outbox.undo_seconds"
_SNIPPET = "snippet."
_LETTERS = "keys.letters"
_KEY_SET = "keys.set"
_KEY_CHANGES = "keys.changes"
_AFTER = "after."
_WARM, _HOT, _WORKING_HOURS = "waiting.warm_hours", "waiting.hot_hours", "waiting.working_hours"
HOUR = timedelta(hours=1)
_DAY_START = "day.start"
DEFAULT_DAY_START = 9 * 60
_DAY_MINUTES = 24 * 60
_DENSITY = "list.density"
DEFAULT_UNDO_SECONDS = 10
LONGEST_UNDO_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Snippet:
    """A canned reply. `{name}` and `{number}` in it are filled in when it is put into a reply."""

    id: str
    title: str
    text: str


SettingChanges = dict[str, tuple[str | None, str | None]]
"""By the key of a setting its value before and afterwards; None = the default."""

_RECORDED: ContextVar[SettingChanges | None] = ContextVar("recorded setting changes", default=None)


@contextmanager
def recorded() -> Iterator[SettingChanges]:
    """Note which settings this task changes meanwhile, so that it can be undone."""
    changes: SettingChanges = {}
    token = _RECORDED.set(changes)
    try:
        yield changes
    finally:
        _RECORDED.reset(token)


class Settings:
    """Reads once, answers at once, writes through."""

    def __init__(self, store: SettingsStore) -> None:
        self._store = store
        self._values: dict[str, str] = {}

    async def load(self) -> None:
        """Read everything there is; before that, defaults hold."""
        self._values = dict(await self._store.with_prefix(""))

    def text(self, key: str, default: str = "") -> str:
        """Return a value."""
        return self._values.get(key, default)

    def stored(self, key: str) -> str | None:
        """Return a value as it is stored; None = the default holds."""
        return self._values.get(key)

    def json_value(self, key: str) -> object:
        """Return a value that was kept as JSON; None where none was, or where another program wrote what is none."""
        try:
            return json.loads(self.text(key, "null"))
        except (ValueError, RecursionError):
            return None

    async def put(self, key: str, value: str | None) -> None:
        """Keep a value, or with None go back to the default."""
        if (changes := _RECORDED.get()) is not None:
            before, _ = changes.get(key, (self._values.get(key), None))
            changes[key] = before, value
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        await self._store.put(key, value)

    @property
    def undo_seconds(self) -> int:
        """How long a message is held so that it can be taken back."""
        try:
            seconds = int(self.text(_UNDO, str(DEFAULT_UNDO_SECONDS)))
        except ValueError:
            return DEFAULT_UNDO_SECONDS
        return min(max(seconds, 0), LONGEST_UNDO_SECONDS)

    async def set_undo_seconds(self, seconds: int) -> None:
        """Set it, from 0 to 60."""
        await self.put(_UNDO, str(min(max(seconds, 0), LONGEST_UNDO_SECONDS)))

    @property
    def day_start(self) -> time:
        """When the agent's working day begins: the time of a day that is named without one."""
        try:
            minutes = int(self.text(_DAY_START, str(DEFAULT_DAY_START)))
        except ValueError:
            minutes = DEFAULT_DAY_START
        return time(*divmod(minutes if 0 <= minutes < _DAY_MINUTES else DEFAULT_DAY_START, 60))

    async def set_day_start(self, minutes: int) -> None:
        """Set it, in minutes since midnight."""
        await self.put(_DAY_START, str(minutes))

    @property
    def letter_keys(self) -> bool:
        """Whether single letters are commands."""
        return self.text(_LETTERS) != "off"

    async def set_letter_keys(self, *, on: bool) -> None:
        """Let single letters be commands, or not."""
        await self.put(_LETTERS, None if on else "off")

    def after(self, done: Done) -> GoOn:
        """Return what is shown once a ticket is dealt with: the next one unless the agent chose otherwise."""
        said = self.text(_AFTER + done.value)
        return next((one for one in GoOn if one.value == said), GoOn.NEXT)

    async def set_after(self, done: Done, go_on: GoOn) -> None:
        """Set what is shown once a ticket is dealt with."""
        await self.put(_AFTER + done.value, go_on.value)

    @property
    def keys(self) -> tuple[str, object]:
        """The name of the set of keys (empty = the first), and what differs from it, as it was stored."""
        return self.text(_KEY_SET), self.json_value(_KEY_CHANGES)

    async def set_keys(self, name: str, changes: Mapping[str, Sequence[str]]) -> None:
        """Store the name of the set, and what differs from it: keys by an action's id."""
        await self.put(_KEY_SET, name)
        await self.put(_KEY_CHANGES, json.dumps(changes, ensure_ascii=False) if changes else None)

    @property
    def wait_rules(self) -> WaitRules:
        """From when a wait is warm and hot (8 and 24 hours where nothing else was chosen), and which hours count."""
        usual = WaitRules()
        return WaitRules(
            self._hours(_WARM, usual.warm),
            self._hours(_HOT, usual.hot),
            _working_hours(self.json_value(_WORKING_HOURS)),
        )

    async def set_wait_rules(self, rules: WaitRules) -> None:
        """Set them. Limits are kept in whole hours, from 1 on, and hot is never before warm."""
        warm = max(int(rules.warm / HOUR), 1)
        await self.put(_WARM, str(warm))
        await self.put(_HOT, str(max(int(rules.hot / HOUR), warm)))
        hours = rules.hours
        kept = None if hours is None else {"days": sorted(hours.days), "begin": hours.begin, "end": hours.end}
        await self.put(_WORKING_HOURS, None if kept is None else json.dumps(kept))

    def _hours(self, key: str, default: timedelta) -> timedelta:
        text = self.text(key)
        return max(int(text), 1) * HOUR if text.isdecimal() and len(text) < 5 else default

    def density(self, view: str = "") -> str:
        """Return how dense the rows of a view are as it was chosen for it, else for all; empty where nothing was chosen.

        Args:
            view: the key of a setting of that view; without one, what holds for all.
        """
        return self.text(view) or self.text(_DENSITY) if view else self.text(_DENSITY)

    async def set_density(self, density: str, view: str = "") -> None:
        """Keep it, for one view or for all that have none of their own."""
        await self.put(view or _DENSITY, density)

    def snippets(self) -> tuple[Snippet, ...]:
        """Return the canned replies by title."""
        found = []
        for key in self._values:
            if key.startswith(_SNIPPET):
                match self.json_value(key):
                    case {"title": str(title), "text": str(text)}:
                        found.append(Snippet(key.removeprefix(_SNIPPET), title, text))
                    case _:
                        pass
        return tuple(sorted(found, key=lambda snippet: snippet.title.casefold()))

    async def save_snippet(self, title: str, text: str, snippet: str = "") -> Snippet:
        """Add a canned reply, or with an id replace one."""
        made = Snippet(snippet or uuid4().hex, title, text)
        await self.put(_SNIPPET + made.id, json.dumps({"title": title, "text": text}, ensure_ascii=False))
        return made

    async def delete_snippet(self, snippet: str) -> None:
        """Remove a canned reply."""
        await self.put(_SNIPPET + snippet, None)


def _working_hours(stored: object) -> WorkingHours | None:
    """Read working hours; None where none were chosen, or what another program wrote is none."""
    match stored:
        case {"days": [*days], "begin": int(begin), "end": int(end)} if 0 <= begin < end <= 24 * 60:
            return WorkingHours(frozenset(day for day in days if day in range(7)), begin, end)
        case _:
            return None
