"""Finding customers by name or address, among the people of the tickets.

Two bounded reads, however many there are: addresses that begin so, by skipping along the index of addresses; and the newest tickets whose
people hold the terms.
"""

from typing import NamedTuple

import apsw

from .terms import beginnings_query, plain_terms, without_surrogates

MOST_COUNTED = 100
"""Tickets of one customer that are counted."""

SHORTEST = 2
"""Letters that one of the terms must have to be looked for in names: the index would merge a tenth of all people for fewer."""

AMONG = 2_000
"""Tickets that hold the terms and are looked at, the last stored first."""

_FIRST, _NEXT = (
    "SELECT requester FROM tickets INDEXED BY requester_at WHERE requester <> ''"
    f" AND requester {sign} ? AND requester < ? ORDER BY requester LIMIT 1"
    for sign in (">=", ">")
)
_NEWEST = "SELECT who, account, at FROM tickets INDEXED BY requester_at WHERE requester = ? AND requester <> '' ORDER BY at DESC LIMIT 1"
_COUNTED = (
    "SELECT count(*), coalesce(sum(done = 0), 0), count(DISTINCT account) FROM (SELECT done, account FROM tickets INDEXED BY requester_at"
    " WHERE requester = ? AND requester <> '' ORDER BY at DESC LIMIT ?)"
)
_HOLDING = (
    "SELECT t.requester, t.who, t.account, t.done, t.at FROM (SELECT rowid AS hit FROM ticket_words WHERE ticket_words MATCH ?"
    " ORDER BY rowid DESC LIMIT ?) CROSS JOIN tickets t ON t.id = hit WHERE t.who <> ''"
)


class FoundCustomer(NamedTuple):
    """A customer, known by an address, or by a name alone where the vendor tells no address.

    Attributes:
        account: the number of that of the newest ticket; `at` is that ticket's sort key.
    """

    name: str
    email: str
    tickets: int
    open: int
    account: int
    at: int
    accounts: int = 1
    """How many accounts have tickets of this address, among those that are counted."""


def find(db: apsw.Connection, text: str, limit: int) -> list[FoundCustomer]:
    """Return customers of whose name or address each typed word begins a word; at most `limit`, the one of the newest ticket first."""
    text = without_surrogates(text).strip()
    terms = plain_terms(text)
    if not terms:
        return []
    emails = dict.fromkeys(_addresses(db, text.casefold(), limit))
    named: dict[str, FoundCustomer] = {}
    if max(map(len, terms)) >= SHORTEST:
        for email, name, account, done, at in db.execute(_HOLDING, (beginnings_query(text, "people"), AMONG)):
            if not _holds(f"{name} {email}", terms):
                continue  # the terms are those of whom it is assigned to
            if email:
                emails[email] = None
            else:
                before = named.get(name) or FoundCustomer(name, "", 0, 0, account, 0)
                newest = (account, at) if at > before.at else (before.account, before.at)
                named[name] = FoundCustomer(name, "", before.tickets + 1, before.open + (not done), *newest)
    made = [_described(db, email) for email in list(emails)[: 4 * limit]] + list(named.values())
    made.sort(key=lambda one: -one.at)
    return made[:limit]


def _addresses(db: apsw.Connection, beginning: str, limit: int) -> list[str]:
    """Return the first addresses that begin so."""
    found: list[str] = []
    end = beginning + "\U0010ffff"
    email = db.execute(_FIRST, (beginning, end)).get
    while email is not None and len(found) < limit and " " not in beginning:
        found.append(str(email))
        email = db.execute(_NEXT, (str(email), end)).get
    return found


def _holds(text: str, terms: list[str]) -> bool:
    """Tell whether each word begins one of the text's terms, or one of its address's parts."""
    parts = plain_terms(text)
    return all(any(part.startswith(term) for part in parts) for term in terms)


def _described(db: apsw.Connection, email: str) -> FoundCustomer:
    who, account, at = next(db.execute(_NEWEST, (email,)))
    tickets, is_open, accounts = next(db.execute(_COUNTED, (email, MOST_COUNTED)))
    return FoundCustomer(str(who), email, tickets, is_open, account, at, accounts)
