"""What was looked for last, kept in the precious database."""

import json

from .settings import Settings

KEY = "search.recent"
MOST = 20


class RecentSearches:
    """The last different texts of the search box, the newest first. Answers at once, writes through."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> tuple[str, ...]:
        """Return them; what another program wrote and is no list of texts counts as none."""
        stored = self._settings.json_value(KEY)
        return tuple(one for one in stored if isinstance(one, str))[:MOST] if isinstance(stored, list) else ()

    async def add(self, text: str) -> None:
        """Put a text in front; the same one is not kept twice, and an empty one not at all."""
        text = text.strip()
        if text and self.all()[:1] != (text,):
            await self._put((text, *(one for one in self.all() if one != text)))

    async def remove(self, text: str) -> None:
        """Forget one."""
        await self._put(tuple(one for one in self.all() if one != text))

    async def clear(self) -> None:
        """Forget all of them."""
        await self._put(())

    async def _put(self, texts: tuple[str, ...]) -> None:
        await self._settings.put(KEY, json.dumps(texts[:MOST], ensure_ascii=False) if texts else None)
