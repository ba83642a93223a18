"""The last searches: different ones, the newest first, kept over a restart, forgotten one by one or all."""

from deskhand.services.recent_searches import MOST, RecentSearches
from deskhand.services.settings import Settings


class Kept:
    """A store of settings in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        return self.values.get(key)

    async def with_prefix(self, prefix: str) -> dict[str, str]:
        return {key: value for key, value in self.values.items() if key.startswith(prefix)}

    async def put(self, key: str, value: str | None) -> None:
        if value is None:
            self.values.pop(key, None)
        else:
            self.values[key] = value


async def test_the_newest_stands_first_once_and_is_there_after_a_restart() -> None:
    store = Kept()
    settings = Settings(store)
    recent = RecentSearches(settings)
    for text in ("is:open", " refund ", "is:open", "", "状態"):
        await recent.add(text)
    assert recent.all() == ("状態", "is:open", "refund")
    again = Settings(store)
    await again.load()
    assert RecentSearches(again).all() == ("状態", "is:open", "refund")
    await recent.remove("is:open")
    assert recent.all() == ("状態", "refund")
    await recent.clear()
    assert recent.all() == ()
    assert store.values == {}


async def test_only_the_last_ones_are_kept_and_foreign_values_count_as_none() -> None:
    settings = Settings(Kept())
    recent = RecentSearches(settings)
    for number in range(MOST + 5):
        await recent.add(f"search {number}")
    assert len(recent.all()) == MOST
    assert recent.all()[0] == f"search {MOST + 4}"
    await settings.put("search.recent", '{"a": 1}')
    assert recent.all() == ()
