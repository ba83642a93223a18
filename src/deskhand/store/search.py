"""Finding words: an exact number, id or pasted link first, then notes of this computer, then what was said or changed last.

bm25 over common words takes up to 750 ms on a million messages (reference: speed 3); the newest `MAX_HITS` hits by the order in which
they were stored are looked at instead, and sorted by time.
"""

from collections.abc import Sequence
from typing import NamedTuple

import apsw

from deskhand.content import pasted_link

from .row_keys import sort_key_millis
from .spelling import meant
from .terms import bare_number, fts_query, plain_terms, without_surrogates

MAX_HITS = 500
"""How many hits of each index are considered, the last stored first."""

MAX_NOTES = 2_000
"""How many notes of this computer are looked through, the last written first; they have no index."""

FIRST_HITS = 10
"""Messages after which what was found is shown for the first time."""

FIRST_SLICE = 50_000
_GROWTH = 4
"""Row ids of the first slice, and how many times as many each next one has."""

_SLICE = (
    "SELECT m.id, m.ticket, t.account FROM (SELECT rowid AS hit FROM message_words WHERE message_words MATCH ?"
    " AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?) CROSS JOIN messages m INDEXED BY message_places ON m.id = hit"
    " CROSS JOIN tickets t INDEXED BY ticket_places ON t.id = m.ticket"
)
_MESSAGE_TEXT = "SELECT substr(text, 1, 100000), '', grams FROM messages WHERE id = ?"
_TICKET_TEXT = "SELECT subject, number || ' ' || people, grams FROM tickets WHERE id = ?"
_NAMED, _IN_SUBJECT, _WITH_PEOPLE, _IN_NOTE, _IN_MESSAGE = range(5)
"""How well a ticket fits, the best first."""

_OPEN, _CLOSE = "\x02", "\x03"


class StoredHit(NamedTuple):
    """A ticket, plain text around the hit, and when that was said (ms)."""

    ticket: int
    snippet: str
    at: int


def find(db: apsw.Connection, text: str, limit: int, account: int | None) -> list[StoredHit]:
    """Return tickets that hold the terms.

    Args:
        account: the number of an account; None = all.
    """
    text = without_surrogates(text)
    found: dict[int, StoredHit] = {}
    for ticket, at in _named(db, text, account):
        found[ticket] = StoredHit(ticket, "", at)
    for ticket, at, note in _noted(db, text, account):
        found.setdefault(ticket, StoredHit(ticket, note, at))
    if query := _query(db, text):
        rest: dict[int, tuple[int, int]] = {}
        for ticket, message, at in _messages(db, query, account):
            if ticket not in found and at >= rest.get(ticket, (-1, 0))[0]:
                rest[ticket] = (at, message)
        for ticket, at in _tickets(db, query, account):
            if ticket not in found and ticket not in rest:
                rest[ticket] = (at, 0)
        newest = sorted(rest.items(), key=lambda each: (-each[1][0], -each[0]))[: max(0, limit - len(found))]
        snippets = _snippets(db, query, [(ticket, message) for ticket, (_, message) in newest])
        for ticket, (at, _) in newest:
            found[ticket] = StoredHit(ticket, snippets.get(ticket, ""), at)
    return list(found.values())[:limit]


def find_meant(db: apsw.Connection, text: str, limit: int, account: int | None) -> tuple[list[StoredHit], str]:
    """Return what holds the terms; where nothing does, what holds those that were meant, and these."""
    found = find(db, text, limit, account)
    other = "" if found else meant(db, without_surrogates(text))
    if other and (found := find(db, other, limit, account)):
        return found, other
    return found, ""


class TicketSearch:
    """The tickets that a list filtered by terms shows, looked for slice by slice of row ids, the newest first.

    Between two slices the thread can do something else, and what was found can be shown: a phrase of common words takes up to 100 ms
    in a million messages, its newest hits a few.
    """

    def __init__(self, text: str, account: int | None) -> None:
        self._text = without_surrogates(text)
        self._account = account
        self._query: str | None = None
        self._found: dict[int, int] = {}
        self._before = 0
        self._slice = FIRST_SLICE
        self._among = MAX_HITS if account is None else 10 * MAX_HITS
        self._hits = 0
        self.ended = False
        self.is_cut = False
        """More messages hold the terms than were looked at."""
        self.meant = ""
        """Other terms that are looked for instead, because nothing holds what was typed."""

    @property
    def tickets(self) -> list[int]:
        """What was found so far."""
        return sorted(self._found)

    @property
    def ranks(self) -> dict[int, int]:
        """How well each of them fits (`Sort.BEST`): the best is 0."""
        return self._found

    @property
    def text(self) -> str:
        """What is looked for: what was typed, or what was meant."""
        return self._text

    def advance(self, db: apsw.Connection) -> None:
        """Look through the next slice, for numbers and subjects first; once anything is found, through all that is left."""
        if self._query is None:
            self._begin(db)
        else:
            self._look_further(db, self._query)
        if self.ended and not self._found and not self.meant:
            self.meant = meant(db, self._text)
            if self.meant:
                self._text, self._query, self.ended = self.meant, None, False
                self._slice = FIRST_SLICE

    def _look_further(self, db: apsw.Connection, query: str) -> None:
        low = 0 if self._found else self._before - self._slice
        self._slice *= _GROWTH
        most = min(MAX_HITS if self._found else FIRST_HITS, self._among)
        rows = list(db.execute(_SLICE, (query, low, self._before, most)))
        self._among -= len(rows)
        for _, ticket, account in rows:
            if self._hits < MAX_HITS and self._account in (None, account):
                self._hits += 1
                self._found.setdefault(ticket, _IN_MESSAGE)
        self._before = rows[-1][0] if len(rows) >= most else low
        self.ended = self._before <= 1 or self._among <= 0 or self._hits >= MAX_HITS
        self.is_cut = self.ended and self._before > 1

    def _begin(self, db: apsw.Connection) -> None:
        self._found = {ticket: _NAMED for ticket, _ in _named(db, self._text, self._account)}
        self._query = _query(db, self._text)
        if self._query:
            for query, rank in ((f"subject : ({self._query})", _IN_SUBJECT), (self._query, _WITH_PEOPLE)):
                for ticket, _ in _tickets(db, query, self._account):
                    self._found.setdefault(ticket, rank)
        for ticket, _, _ in _noted(db, self._text, self._account):
            self._found.setdefault(ticket, _IN_NOTE)
        self._before = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM messages").get)
        self.ended = not self._query or self._before <= 1


def search_all(db: apsw.Connection, text: str, account: int | None) -> TicketSearch:
    """Return the search for the tickets that a list filtered by these terms shows, at its end."""
    search = TicketSearch(text, account)
    while not search.ended:
        search.advance(db)
    return search


def _query(db: apsw.Connection, text: str) -> str:
    """Return the query for what was typed.

    A beginning makes FTS5 merge the places of every word that begins so, 100 ms for a common one. Where the word as it stands is in
    more messages than are looked at, nothing would be gained by it.
    """
    query, exact = fts_query(text), fts_query(text, prefix_last=False)
    if query != exact:
        sql = (
            "SELECT count(*) FROM (SELECT 1 FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC LIMIT ?)"
        )
        if db.execute(sql, (exact, MAX_HITS)).get == MAX_HITS:
            return exact
    return query


def _named(db: apsw.Connection, text: str, account: int | None) -> list[tuple[int, int]]:
    """Return the tickets that a text names: a number, a vendor's id, or a web address of the account's site that holds one."""
    link = pasted_link.read(text)
    if link is None:
        return _numbered(db, bare_number(text), account)
    for name in link.names:
        found = [hit for hit in _numbered(db, name, account) if any(map(link.is_of, _addresses(db, hit[0])))]
        if found:
            return found
    return []


def _addresses(db: apsw.Connection, ticket: int) -> list[str]:
    """Return the web addresses that a ticket's site is known by: its own at its vendor, and the account's."""
    rows = db.execute(
        "SELECT coalesce(json_extract(s.ticket, '$.web_url'), ''), coalesce(json_extract(a.body, '$.base_url'), '')"
        " FROM tickets t JOIN server s ON s.id = t.id JOIN feeds f ON f.n = t.account JOIN accounts a ON a.id = f.id WHERE t.id = ?",
        (ticket,),
    )
    return [address for row in rows for address in row if address]


def _noted(db: apsw.Connection, text: str, account: int | None) -> list[tuple[int, int, str]]:
    """Return (ticket, time, text) of the newest notes of this computer that hold all terms."""
    if not db.execute("SELECT EXISTS(SELECT 1 FROM notes)").get:
        return []
    terms = plain_terms(text)
    if not terms or pasted_link.read(text) is not None:
        return []
    holds = " AND ".join("n.said LIKE ?" for _ in terms)
    rows = db.execute(
        "SELECT t.id, n.at, substr(n.said, 1, 200) FROM (SELECT account, ticket, at, json_extract(body, '$.text') AS said FROM notes"
        f" ORDER BY at DESC LIMIT ?) n JOIN feeds f ON f.id = n.account JOIN tickets t ON t.account = f.n AND t.remote = n.ticket"
        f" WHERE ? IN (0, f.n) AND {holds} LIMIT ?",
        (MAX_NOTES, account or 0, *(f"%{term}%" for term in terms), MAX_HITS),
    )
    return list(rows)


def _numbered(db: apsw.Connection, text: str, account: int | None) -> list[tuple[int, int]]:
    number = text.strip().removeprefix("#")
    if not number or len(number) > 100:
        return []
    rows = db.execute(
        "SELECT id, at, account FROM tickets INDEXED BY number_of WHERE number IN (?, ?) AND number <> '' ORDER BY at DESC LIMIT 20",
        (number, f"#{number}"),
    )
    found = [(row_id, sort_key_millis(at)) for row_id, at, n in rows if account in (None, n)]
    # Where a vendor gives no number, its id is what the window shows and what people send each other.
    by_id = db.execute(
        "SELECT t.id, t.at FROM feeds a CROSS JOIN tickets t ON t.account = a.n AND t.remote = ? WHERE ? IN (0, a.n)",
        (number, account or 0),
    )
    return found + [
        (row_id, sort_key_millis(at)) for row_id, at in by_id if row_id not in {known for known, _ in found}
    ]


def _messages(db: apsw.Connection, query: str, account: int | None) -> list[tuple[int, int, int]]:
    """Return (ticket, message, time) of the last stored messages that match; of one account, among ten times as many."""
    narrow, among = "", MAX_HITS
    values: tuple[int, ...] = ()
    if account is not None:
        narrow, among, values = (
            " CROSS JOIN tickets t INDEXED BY ticket_places ON t.id = m.ticket AND t.account = ?",
            10 * MAX_HITS,
            (account,),
        )
    return list(
        db.execute(
            "SELECT m.ticket, m.id, m.at FROM (SELECT rowid AS hit FROM message_words WHERE message_words MATCH ?"
            f" ORDER BY rowid DESC LIMIT ?) CROSS JOIN messages m INDEXED BY message_places ON m.id = hit{narrow} LIMIT ?",
            (query, among, *values, MAX_HITS),
        )
    )


def _tickets(db: apsw.Connection, query: str, account: int | None) -> list[tuple[int, int]]:
    rows = db.execute(
        "SELECT t.id, t.at FROM (SELECT rowid AS hit FROM ticket_words WHERE ticket_words MATCH ?"
        " ORDER BY rowid DESC LIMIT ?) CROSS JOIN tickets t INDEXED BY ticket_places ON t.id = hit"
        " WHERE ? IN (0, t.account) LIMIT ?",
        (query, MAX_HITS if account is None else 10 * MAX_HITS, account or 0, MAX_HITS),
    )
    return [(row_id, sort_key_millis(at)) for row_id, at in rows]


def _snippets(db: apsw.Connection, query: str, hits: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Return plain text around each hit, by ticket.

    `snippet()` on the index itself looks a common word's hundred thousand places through for every single row; an index in memory
    over the few texts that are shown gives the same in a millisecond.

    Args:
        hits: ticket and message, 0 where the ticket itself was hit.
    """
    memory = apsw.Connection(":memory:")
    try:
        memory.execute(
            "CREATE VIRTUAL TABLE w USING fts5(text, people, grams, tokenize='unicode61 remove_diacritics 2')"
        )
        for ticket, message in hits:
            sql, row_id = (_MESSAGE_TEXT, message) if message else (_TICKET_TEXT, ticket)
            for texts in db.execute(sql, (row_id,)):
                memory.execute("INSERT INTO w(rowid, text, people, grams) VALUES(?, ?, ?, ?)", (ticket, *texts))
        found = memory.execute(
            "SELECT rowid, snippet(w, 0, ?, ?, '…', 24) FROM w WHERE w MATCH ?", (_OPEN, _CLOSE, query)
        )
        return dict(found)
    finally:
        memory.close()
