"""Small values by dotted keys: settings, saved views, snippets."""

from collections.abc import Mapping

import apsw

from .database import Database, Work


class Settings:
    """Implements `ports.SettingsStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        """Return a value."""
        return await self._database.read(
            lambda db: _text(db.execute("SELECT value FROM settings WHERE key = ?", (key,)).get)
        )

    async def put(self, key: str, value: str | None) -> None:
        """Keep a value, or with None remove it."""

        def work(work: Work) -> None:
            if value is None:
                work.db.execute("DELETE FROM settings WHERE key = ?", (key,))
            else:
                work.db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES(?, ?)", (key, value))
            work.settings.add(key)

        await self._database.write(work)

    async def with_prefix(self, prefix: str) -> Mapping[str, str]:
        """Return every value whose key begins so."""

        def read(db: apsw.Connection) -> Mapping[str, str]:
            rows = db.execute(
                "SELECT key, value FROM settings WHERE substr(key, 1, ?) = ? ORDER BY key", (len(prefix), prefix)
            )
            return {str(key): str(value) for key, value in rows}

        return await self._database.read(read)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
