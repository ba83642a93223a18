"""How long a search takes, by the kind of what is typed: `python -m tests.benchmarks.search JOB`.

Three ways, all of the product and all on the store's scan thread: `words` are the hits with their excerpts, `list` is all that the
window's list shows, `first` the first hits that it shows.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
from tests.benchmarks.figures import summary
from tests.benchmarks.fill import NOW, TicketGenerator
from tests.benchmarks.processes import print_figures
from tests.helpers.store_fixtures import KEY, ManualClock

from deskhand.domain.changes import ChangeBus
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.store import DeskStore, open_store

CLASSES = ("rare", "mid", "common", "two words", "phrase", "order code", "ticket number", "prefix 3", "prefix 4")
HITS = 50
PAGE, NEAR, WHOLE = 128, range(400), 1024
"""What the window asks for."""


class QuerySampler:
    """What somebody types, by class, out of what is stored: common words are the 20 that stand most often in a sample, rare ones once."""

    def __init__(self, texts: list[str], tickets: int) -> None:
        self._chance = random.Random(5)  # noqa: S311 - repeatable, not secret
        said = Counter(word for text in texts for word in text.split()[:-1] if len(word) > 3)
        self._words = [word for word, _ in said.most_common()]
        self._once = [word for word, count in said.items() if count == 1] or self._words
        self._texts = texts
        self._tickets = tickets

    def of(self, name: str, count: int) -> Iterator[str]:
        """Yield texts of one class."""
        for _ in range(count):
            yield self._one(name)

    def _one(self, name: str) -> str:
        rng, words = self._chance, self._words
        match name:
            case "rare":
                return rng.choice(self._once)
            case "mid":
                return rng.choice(words[len(words) // 20 : len(words) // 4])
            case "common":
                return rng.choice(words[:20])
            case "two words":
                return f"{rng.choice(words[:50])} {rng.choice(words[len(words) // 20 : len(words) // 4])}"
            case "phrase":
                said = rng.choice(self._texts).split()
                at = rng.randrange(max(1, len(said) - 4))
                return '"' + " ".join(said[at : at + 3]) + '"'
            case "order code":
                return rng.choice(self._texts).split()[-1]
            case "ticket number":
                return f"#{100_000 + rng.randrange(self._tickets)}"
            case _:
                return rng.choice(words)[: int(name[-1])]


async def _measure(store: DeskStore, tickets: int, count: int) -> dict[str, Any]:
    def some_texts(db: apsw.Connection) -> list[str]:
        most = int(db.execute("SELECT max(id) FROM messages").get)
        picked = random.Random(3).sample(range(1, most + 1), min(500, most))  # noqa: S311 - repeatable, not secret
        sql = "SELECT text FROM messages WHERE id = ?"
        return [text for row in picked if (text := db.execute(sql, (row,)).get) and "ORD-" in text]

    texts = await store._database.read(some_texts) or [TicketGenerator().text()]
    asked = QuerySampler(texts, tickets)
    found: dict[str, Any] = {}
    for name in CLASSES:
        words, shown = [], []
        for text in asked.of(name, count):
            began = time.perf_counter()
            await store.lists.search(text, HITS)
            words.append(time.perf_counter() - began)
        for text in asked.of(name, count):
            began = time.perf_counter()
            await store.lists.snapshot(TicketQuery(Scope.ALL, text=text), PAGE, NEAR, WHOLE)
            shown.append(time.perf_counter() - began)
        first = [await _first_hits(store, text) for text in asked.of(name, count)]
        found[name] = {"words": summary(words), "list": summary(shown), "first": summary(first)}
    return found


async def _first_hits(store: DeskStore, text: str) -> float:
    """Return the seconds until the list shows anything; the rest is looked for all the same, so that nothing waits for it later."""
    took, began = 0.0, time.perf_counter()
    async for _ in store.lists.search_snapshots(TicketQuery(Scope.ALL, text=text), PAGE):
        took = took or time.perf_counter() - began
    return took


async def _run(job: dict[str, Any]) -> None:
    store = open_store(Path(job["folder"]), KEY, ManualClock(NOW), ChangeBus())
    try:
        print_figures(await _measure(store, job["tickets"], job["count"]))
    finally:
        await store.aclose()


if __name__ == "__main__":
    asyncio.run(_run(json.loads(sys.argv[1])))
