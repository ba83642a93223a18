"""The agent's choices, and canned replies. Small values, kept in the precious database."""

import json
from dataclasses import dataclass
from uuid import uuid4

from deskhand.domain.ports import SettingsStore

_UNDO = "outbox.undo_seconds"
_SNIPPET = "snippet."
_LETTERS = "keys.letters"
DEFAULT_UNDO_SECONDS = 10
LONGEST_UNDO_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Snippet:
    """A canned reply. `{name}` and `{number}` in it are filled in when it is put into a reply."""

    id: str
    title: str
    text: str


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

    def json_value(self, key: str) -> object:
        """Return a value that was kept as JSON; None where none was, or where another program wrote what is none."""
        try:
            return json.loads(self.text(key, "null"))
        except (ValueError, RecursionError):
            return None

    async def put(self, key: str, value: str | None) -> None:
        """Keep a value, or with None go back to the default."""
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
    def letter_keys(self) -> bool:
        """Whether single letters are commands."""
        return self.text(_LETTERS) != "off"

    async def set_letter_keys(self, *, on: bool) -> None:
        """Let single letters be commands, or not."""
        await self.put(_LETTERS, None if on else "off")

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
