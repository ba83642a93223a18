"""Credentials for this session only: the demo, the tests, and agents who choose so."""


class MemoryVault:
    """Forgets everything when the program ends."""

    def __init__(self) -> None:
        self._items: dict[str, str] = {}

    @property
    def name(self) -> str:
        """What it is, for the agent."""
        return "This session only"

    async def get(self, item: str) -> str | None:
        """Return the secret, or None where there is none."""
        return self._items.get(item)

    async def put(self, item: str, secret: str) -> None:
        """Hold the secret until the program ends."""
        self._items[item] = secret

    async def delete(self, item: str) -> None:
        """Remove the secret; no error where there is none."""
        self._items.pop(item, None)
