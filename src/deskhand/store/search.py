"""Finding words: an exact number first, then what was said or changed last.

bm25 over common words takes up to 750 ms on a million messages (reference: speed 3); the newest `REACH` hits by the order in which
they were stored are looked at instead, and sorted by time.
"""

from typing import NamedTuple

import apsw

from .rows import millis_of
from .words import match

REACH = 1000
"""How many hits of each index are considered, the last stored first."""

_OPEN, _CLOSE = "\x02", "\x03"


class Found(NamedTuple):
    """A ticket, plain text around the hit, and when that was said (ms)."""

    ticket: int
    excerpt: str
    at: int


def find(db: apsw.Connection, text: str, limit: int, account: int | None) -> list[Found]:
    """Return tickets that hold the words.

    Args:
        account: the number of an account; None = all.
    """
    found: dict[int, Found] = {}
    for ticket, at in _numbered(db, text, account):
        found[ticket] = Found(ticket, "", at)
    query = match(text)
    if query:
        rest: dict[int, tuple[int, int]] = {}
        for ticket, message, at in _messages(db, query, account):
            if ticket not in found and at >= rest.get(ticket, (-1, 0))[0]:
                rest[ticket] = (at, message)
        for ticket, at in _tickets(db, query, account):
            if ticket not in found and ticket not in rest:
                rest[ticket] = (at, 0)
        newest = sorted(rest.items(), key=lambda each: (-each[1][0], -each[0]))[: max(0, limit - len(found))]
        for ticket, (at, message) in newest:
            found[ticket] = Found(ticket, _excerpt(db, query, ticket, message), at)
    return list(found.values())[:limit]


def tickets_with(db: apsw.Connection, text: str, account: int | None) -> list[int]:
    """Return the tickets that a list filtered by these words shows."""
    found = {ticket for ticket, _ in _numbered(db, text, account)}
    if query := match(text):
        found.update(ticket for ticket, _, _ in _messages(db, query, account))
        found.update(ticket for ticket, _ in _tickets(db, query, account))
    return sorted(found)


def _numbered(db: apsw.Connection, text: str, account: int | None) -> list[tuple[int, int]]:
    word = text.strip().removeprefix("#")
    if not word or len(word) > 100:
        return []
    rows = db.execute(
        "SELECT id, at, account FROM tickets INDEXED BY number_of WHERE number IN (?, ?) AND number <> '' ORDER BY at DESC LIMIT 20",
        (word, f"#{word}"),
    )
    return [(row_id, millis_of(at)) for row_id, at, n in rows if account in (None, n)]


def _messages(db: apsw.Connection, query: str, account: int | None) -> list[tuple[int, int, int]]:
    narrow, values = (
        ("", ()) if account is None else (" JOIN tickets t ON t.id = m.ticket AND t.account = ?", (account,))
    )
    rows = db.execute(
        "SELECT m.ticket, m.id, m.at FROM (SELECT rowid AS hit FROM message_words WHERE message_words MATCH ?"
        f" ORDER BY rowid DESC LIMIT ?) CROSS JOIN messages m ON m.id = hit{narrow}",
        (query, REACH, *values),
    )
    return list(rows)


def _tickets(db: apsw.Connection, query: str, account: int | None) -> list[tuple[int, int]]:
    rows = db.execute(
        "SELECT t.id, t.at, t.account FROM (SELECT rowid AS hit FROM ticket_words WHERE ticket_words MATCH ?"
        " ORDER BY rowid DESC LIMIT ?) CROSS JOIN tickets t ON t.id = hit",
        (query, REACH),
    )
    return [(row_id, millis_of(at)) for row_id, at, n in rows if account in (None, n)]


def _excerpt(db: apsw.Connection, query: str, ticket: int, message: int) -> str:
    if message:
        sql = "SELECT snippet(message_words, 0, ?, ?, '…', 24) FROM message_words WHERE message_words MATCH ? AND rowid = ?"
    else:
        sql = (
            "SELECT snippet(ticket_words, 1, ?, ?, '…', 24) FROM ticket_words WHERE ticket_words MATCH ? AND rowid = ?"
        )
    text = db.execute(sql, (_OPEN, _CLOSE, query, message or ticket)).get
    return "" if text is None else " ".join(str(text).split(" "))
