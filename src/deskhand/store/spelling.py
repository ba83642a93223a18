"""Other terms that may have been meant where nothing holds those that were typed: one slip of the hand, or another spelling.

Every term within one slip is made and looked up in the index, four hundred for a term of seven letters, on the scan thread and only where
nothing else was found. Reading the index's own list of terms would count the places of each common one.
"""

from collections.abc import Iterator

import apsw

from .terms import plain_terms

SHORTEST, LONGEST, MOST = 4, 20, 4
"""Letters of a term that is looked at, and how many terms a text may have."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzß"
_SPELLINGS = (("ß", "ss"), ("ue", "u"), ("oe", "o"), ("ae", "a"), ("ij", "y"))
"""Written in two ways, as the index has them: it keeps ß, and ü, ö, ä and ÿ are u, o, a and y there."""

_COUNTED = 20
_HOLD = "SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT ?)"
_INDEXES = tuple(_HOLD.format(index=index) for index in ("message_words", "ticket_words"))


def meant(db: apsw.Connection, text: str) -> str:
    """Return the text with each term that nothing holds replaced by one that is held, or "" where that is not possible for all.

    Numbers and codes are left alone: one that differs by a digit is another one.
    """
    terms = plain_terms(text)
    if not terms or len(terms) > MOST:
        return ""
    made: list[str] = []
    for term in terms:
        found = term if _held(db, term, beginning=True) else _nearest(db, term)
        if not found:
            return ""
        made.append(found)
    return " ".join(made) if made != terms else ""


def _nearest(db: apsw.Connection, term: str) -> str:
    if not term.isalpha() or not SHORTEST <= len(term) <= LONGEST:
        return ""
    for candidates in (_spelled(term), _slipped(term)):
        counted = [(_held(db, one), one) for one in dict.fromkeys(candidates) if one != term]
        best = max(counted, key=lambda each: each[0], default=(0, ""))
        if best[0]:
            return best[1]
    return ""


def _held(db: apsw.Connection, term: str, *, beginning: bool = False) -> int:
    """Return in how many messages and tickets a term stands, up to a few."""
    query = f'"{term}"*' if beginning else f'"{term}"'
    return sum(int(db.execute(sql, (query, 1 if beginning else _COUNTED)).get) for sql in _INDEXES)


def _spelled(term: str) -> Iterator[str]:
    """Yield the term with one or all of its two-way spellings written the other way."""
    for pair in _SPELLINGS:
        for one, other in (pair, pair[::-1]):
            if one in term:
                yield term.replace(one, other)
                start = term.find(one)
                while start >= 0:
                    yield term[:start] + other + term[start + len(one) :]
                    start = term.find(one, start + 1)


def _slipped(term: str) -> Iterator[str]:
    """Yield every term that one letter too many, too few, another, or two in the wrong order leads to this one from."""
    for place in range(len(term) + 1):
        before, after = term[:place], term[place:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after:
            yield before + after[1:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
