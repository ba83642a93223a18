"""Fill a profile with tickets and messages, fast, for benchmarks: `python -m tests.benchmarks.fill FOLDER 1000000 1000000`.

Goes through the store's own rows, index, tags and counts, page by page in transactions, so that what is measured later is what the
store would hold; only the merging with what was there before is left out, because nothing was. Repeatable: the same numbers give
the same data.
"""

import asyncio
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import apsw
from tests.helpers.store_fixtures import KEY, ME, READABLE, ManualClock

from deskhand.domain import plain
from deskhand.domain.accounts import Account, Secret
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.changes import ChangeBus
from deskhand.domain.ids import AccountId, TicketKey, VendorId
from deskhand.domain.threads import Message, RemoteMessage, Side, Visibility
from deskhand.domain.tickets import Group, Person, Priority, State, Ticket
from deskhand.profile.profile import Profile
from deskhand.store import open_store, ticket_rows
from deskhand.store.account_rows import ensure_account_info
from deskhand.store.database import Work
from deskhand.store.encoding import encode, millis
from deskhand.store.row_keys import US
from deskhand.store.rows import ConversationSummary, project_row

T = TypeVar("T")

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = 5_000
ACCOUNTS = tuple(AccountId(name) for name in ("acme", "globex", "initech", "umbrella", "hooli"))
STATES = (
    (State.OPEN, "Open", 15),
    (State.PENDING, "Waiting on customer", 8),
    (State.ON_HOLD, "On hold", 3),
    (State.SNOOZED, "Snoozed", 2),
    (State.OTHER, "Triage", 2),
    (State.SOLVED, "Solved", 30),
    (State.CLOSED, "Closed", 40),
)
PRIORITIES = ((Priority.URGENT, 3), (Priority.HIGH, 12), (Priority.NORMAL, 55), (Priority.LOW, 20), (Priority.NONE, 10))
GROUPS = tuple(Group(f"s{n}", f"Brand {n}") for n in range(8))
TAGS = ("billing", "refund", "vip", "bug", "shipping", "invoice", "login", "api", "returns", "feedback")
AGENTS = (Person("Me", ME, "a1"), *(Person(f"Agent {n}", f"agent{n}@example.test", f"a{n}") for n in range(2, 22)))


def vocabulary(size: int = 20_000) -> tuple[list[str], list[float]]:
    """Return words and their cumulative weights, few common and many rare, as in a language."""
    rng = random.Random(1)  # noqa: S311 - repeatable, not secret
    parts = [consonant + vowel for consonant in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
    words = list(dict.fromkeys("".join(rng.choices(parts, k=rng.randint(1, 4))) for _ in range(size * 2)))[:size]
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))


class TicketGenerator:
    """Makes the same tickets every time."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._words, self._weights = vocabulary()
        self._states = [(state, label) for state, label, weight in STATES for _ in range(weight)]
        self._priorities = [priority for priority, weight in PRIORITIES for _ in range(weight)]
        self._tags = [tuple(self._chance.sample(TAGS, count % 3)) for count in range(300)]
        self._texts = [self._sentence(60) for _ in range(20_000)]
        self._subjects = [self._sentence(6) for _ in range(20_000)]

    def ticket(self, number: int, of: int) -> Ticket:
        """Return ticket `number` of `of`, the higher the newer."""
        rng = self._chance
        state, label = self._one(self._states)
        priority = self._one(self._priorities)
        customer = int(rng.random() * max(10, of // 5))
        updated = NOW - timedelta(minutes=(of - number) * 1.5) + timedelta(seconds=rng.random())
        return Ticket(
            TicketKey(ACCOUNTS[number % len(ACCOUNTS)], f"t{number}"),
            number=f"#{100_000 + number}",
            subject=self._one(self._subjects),
            state=state,
            vendor_state=label,
            state_id=label.lower(),
            priority=priority,
            vendor_priority=priority.value.title(),
            priority_id=priority.value,
            requester=Person(f"Customer {customer}", f"c{customer}@customer.test", f"c{customer}"),
            assignee=None if rng.random() < 0.15 else self._one(AGENTS),
            tags=self._one(self._tags),
            group=self._one(GROUPS),
            source="email",
            created_at=updated - timedelta(hours=200 * rng.random()),
            updated_at=updated,
        )

    def text(self) -> str:
        """Return a message of about 380 characters with an order code, so that something in it is rare."""
        return f"{self._one(self._texts)} ORD-{int(self._chance.random() * 10**7):07d}"

    def _one(self, of: Sequence[T]) -> T:
        return of[int(self._chance.random() * len(of))]

    def _sentence(self, words: int) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=words))


async def fill(
    folder: Path, tickets: int, messages: int, *, key: Secret = KEY, clock: ManualClock | None = None
) -> None:
    """Fill the profile in `folder`, which must be empty."""
    Profile.open_or_create(folder)  # first, as the product does: no profile is made where data is
    store = open_store(folder, key, clock or ManualClock(NOW), ChangeBus())
    try:
        for position, name in enumerate(ACCOUNTS):
            await store.accounts.put(
                Account(
                    name,
                    VendorId("nexuscore"),
                    name.title(),
                    "http://127.0.0.1:9",
                    me=ME,
                    position=position,
                    capabilities=READABLE,
                )
            )
        generator = TicketGenerator()
        share = messages / tickets if tickets else 0
        await store._database.maintain(_drop_indexes)
        for start in range(0, tickets, PAGE):
            numbers = range(start, min(start + PAGE, tickets))
            await store._database.write(partial(_page, generator=generator, numbers=numbers, of=tickets, share=share))
        await store._database.maintain(_make_indexes)
    finally:
        await store.aclose()


_DEFERRED_INDEXES: list[str] = []


def _drop_indexes(db: apsw.Connection) -> None:
    """Leave the indexes for the end: sorted once they take a tenth of the time."""
    sql = "SELECT name, sql FROM cache.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('tickets', 'tagged')"
    for name, statement in list(db.execute(sql)):
        db.execute(f"DROP INDEX cache.{name}")
        _DEFERRED_INDEXES.append(statement.replace("CREATE INDEX ", "CREATE INDEX cache.", 1))


def _make_indexes(db: apsw.Connection) -> None:
    while _DEFERRED_INDEXES:
        db.execute(_DEFERRED_INDEXES.pop())
    for index in ("ticket_words", "message_words"):
        db.execute(f"INSERT INTO {index}({index}) VALUES('rebuild')")
    db.wal_checkpoint("cache", apsw.SQLITE_CHECKPOINT_TRUNCATE)


def _page(work: Work, generator: TicketGenerator, numbers: range, of: int, share: float) -> None:
    infos = {name: ensure_account_info(work, name) for name in ACCOUNTS}
    work.db.execute("UPDATE feeds SET imported = 1")
    row_id = ticket_rows.next_id(work.db)
    fresh: dict[AccountId, list[ticket_rows.NewStoredTicket]] = {name: [] for name in ACCOUNTS}
    said: list[tuple[object, ...]] = []
    for number in numbers:
        ticket = generator.ticket(number, of)
        info = infos[ticket.key.account]
        texts = [generator.text() for _ in range(int((number + 1) * share) - int(number * share))]
        facts = _facts(ticket, texts, number)
        row = project_row(info, row_id, ticket, (), facts, draft=None)
        fresh[info.id].append(ticket_rows.NewStoredTicket(row, ticket, encode(ticket), ""))
        said.extend(_messages(ticket, row_id, texts))
        row_id += 1
    for name, each in fresh.items():
        ticket_rows.insert(work, infos[name], each, index=False)
    work.db.executemany(
        "INSERT INTO messages(ticket, remote, at, public, customer, files, text, grams, body, raw) VALUES(?, ?, ?, 1, 1, 0, ?, '', ?, ?)",
        said,
    )


def _facts(ticket: Ticket, texts: list[str], number: int) -> ConversationSummary:
    at = millis(ticket.updated_at)
    if not texts:
        return ConversationSummary(seen_at=at)
    unread = not ticket.state.is_done and number % 20 == 0
    said = ConversationSummary(int(unread), 1, 0, texts[-1][:160], at, at, at, millis(NOW), at, 0)
    return said._replace(told_turn=US, told_since=at)  # every message is the customer's


def _messages(ticket: Ticket, row_id: int, texts: list[str]) -> Iterator[tuple[object, ...]]:
    author = ticket.requester
    assert author is not None
    assert ticket.updated_at is not None
    at, iso = millis(ticket.updated_at), ticket.updated_at.isoformat()
    for position, text in enumerate(texts):
        remote = f"m{position}"
        if remote not in _TEMPLATES:
            _TEMPLATES[remote] = _templates(remote)
        body, raw = _TEMPLATES[remote]
        who = (author.name, author.email, author.id)
        yield row_id, remote, at, text, body % (*who, iso), raw % (*who, text, iso)


_TEMPLATES: dict[str, tuple[str, str]] = {}


def _templates(remote: str) -> tuple[str, str]:
    """Return the JSON of a message and its raw twin, with %s for what differs (nothing in it needs escaping)."""
    author, end = Person("%s", "%s", "%s"), (Side.CUSTOMER, Visibility.PUBLIC)
    message = Message(remote, author, *end, "", created_at=NOW)
    raw = RemoteMessage(remote, author, *end, "%s", BodyFormat.PLAIN, NOW)
    body, source = (plain.dumps(each).replace(plain.dumps(NOW), '"%s"') for each in (message, raw))
    return body, source


def main() -> None:
    """Fill the folder named on the command line and print how long it took."""
    folder, tickets, messages = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    began = time.perf_counter()
    asyncio.run(fill(folder, tickets, messages))
    took = time.perf_counter() - began
    size = sum(path.stat().st_size for path in folder.glob("*.db*")) / 1e6
    print(f"{tickets:,} tickets and {messages:,} messages in {took:.1f} s, {size:,.0f} MB")


if __name__ == "__main__":
    main()
