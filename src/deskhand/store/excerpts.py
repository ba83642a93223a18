"""Where in a ticket the terms of a search stand: its newest message that holds all of them, else one of them, a file's name, a note.

A common term stands in hundreds of thousands of messages; looking these up in the index for each row would cost a look at all of their
places. The few messages of the tickets that are shown go through an index in memory instead.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import apsw

from deskhand.content.characters import strip_direction
from deskhand.domain import plain
from deskhand.domain.excerpts import LEAD, LENGTH, Excerpt, HitPlace
from deskhand.domain.filters.hit_marks import HitTerms, first_span, spans
from deskhand.domain.filters.syntax import Named
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Message, Visibility

from .account_info import AccountInfo, is_me
from .encoding import moment
from .terms import bare_number, fts_phrases, without_surrogates

MOST_MESSAGES = 60
"""The newest messages of a ticket that are looked at."""

MOST_NOTES = 20
_TEXT = 50_000
_AROUND = 600
"""Characters before and behind a found term that an excerpt is made of."""

_OPEN = "\x02"
_MESSAGES = "SELECT id, remote, at, public, substr(text, 1, ?), grams, body FROM messages WHERE ticket = ? ORDER BY at DESC, id DESC LIMIT ?"


class _Said(NamedTuple):
    """A message that is looked at."""

    ticket: int
    remote: str
    at: int
    public: int
    text: str
    body: str


def read_excerpts(
    db: apsw.Connection, keys: Sequence[TicketKey], terms: HitTerms, infos: Mapping[int, AccountInfo]
) -> dict[TicketKey, Excerpt]:
    """Return where each ticket holds the terms; those that hold them only in subject and people are left out."""
    wanted = tuple(Named(without_surrogates(one.text), one.is_quoted) for one in terms.text)
    queries = [query for one in wanted if (query := fts_phrases(one))]
    if not queries:
        return {}
    tickets = _tickets(db, keys, infos)
    memory = apsw.Connection(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE w USING fts5(text, grams, tokenize='unicode61 remove_diacritics 2')")
        said: list[_Said] = []
        for ticket in tickets:
            for _, remote, at, public, text, grams, body in db.execute(_MESSAGES, (_TEXT, ticket, MOST_MESSAGES)):
                said.append(_Said(ticket, remote, at, public, text, body))
                memory.execute("INSERT INTO w(rowid, text, grams) VALUES(?, ?, ?)", (len(said), text, grams))
        best = _best(memory, said, queries)
    finally:
        memory.close()
    found: dict[TicketKey, Excerpt] = {}
    for ticket, (key, number, info) in tickets.items():
        excerpt = _of_number(key, number, wanted)
        if excerpt is None and ticket in best:
            row, marked = best[ticket]
            excerpt = _of_message(db, key, said[row - 1], marked, wanted, info)
        if excerpt is None:
            excerpt = _of_note(db, key, wanted)
        if excerpt is not None:
            found[key] = excerpt
    return found


def _tickets(
    db: apsw.Connection, keys: Sequence[TicketKey], infos: Mapping[int, AccountInfo]
) -> dict[int, tuple[TicketKey, str, AccountInfo]]:
    """Return the tickets that are stored, by their numbers here: key, number at the vendor, account."""
    by_id = {info.id: info for info in infos.values()}
    found = {}
    for account, info in by_id.items():
        remotes = json.dumps([key.remote for key in keys if key.account == account])
        sql = "SELECT t.id, t.remote, t.number FROM json_each(?) j CROSS JOIN tickets t ON t.account = ? AND t.remote = j.value"
        for ticket, remote, number in db.execute(sql, (remotes, info.n)):
            found[ticket] = TicketKey(account, remote), number, info
    return found


def _best(memory: apsw.Connection, said: Sequence[_Said], queries: Sequence[str]) -> dict[int, tuple[int, str]]:
    """Return of each ticket the message to show, and its text with the found terms marked: with all of the terms before with some."""
    best: dict[int, tuple[int, str]] = {}
    for operator in (" AND ", " OR ") if len(queries) > 1 else (" AND ",):
        query = operator.join(f"({one})" for one in queries)
        sql = "SELECT rowid, highlight(w, 0, ?, '') FROM w WHERE w MATCH ? ORDER BY rowid"
        for row, marked in memory.execute(sql, (_OPEN, query)):
            best.setdefault(said[row - 1].ticket, (row, marked))
        if len(best) == len({one.ticket for one in said}):
            break
    return best


def _of_message(
    db: apsw.Connection, key: TicketKey, said: _Said, marked: str, wanted: Sequence[Named], info: AccountInfo
) -> Excerpt | None:
    message: Message = plain.loads(Message, said.body)
    place = HitPlace.MESSAGE if said.public and message.visibility is Visibility.PUBLIC else HitPlace.NOTE
    at = marked.find(_OPEN)
    if at < 0:  # of writing without spaces the index has pairs, whose places say nothing
        span = first_span(said.text, wanted)
        at = span[0] if span is not None else -1
    if at >= 0:
        text, is_cut = around(said.text, at)
    else:
        name = next((file.name for file in message.attachments if spans(file.name, wanted)), "")
        if not name:
            return None
        place, (text, is_cut) = HitPlace.ATTACHMENT, (_one_line(name), False)
    sent = "SELECT EXISTS(SELECT 1 FROM claims WHERE account = ? AND ticket = ? AND remote = ?)"
    mine = (
        message.mine
        or is_me(info, message.author)
        or bool(db.execute(sent, (key.account, key.remote, said.remote)).get)
    )
    return Excerpt(place, text, is_cut, message.author.shown, mine, moment(said.at), said.remote)


def _of_note(db: apsw.Connection, key: TicketKey, wanted: Sequence[Named]) -> Excerpt | None:
    sql = "SELECT at, body FROM notes WHERE account = ? AND ticket = ? ORDER BY at DESC LIMIT ?"
    rows: list[Any] = list(db.execute(sql, (key.account, key.remote, MOST_NOTES)))
    for at, body in rows:
        note: Message = plain.loads(Message, body)
        if (span := first_span(note.text, wanted)) is not None:
            text, is_cut = around(note.text, span[0])
            return Excerpt(HitPlace.NOTE, text, is_cut, "", True, moment(at), note.id)
    return None


def _of_number(key: TicketKey, number: str, wanted: Sequence[Named]) -> Excerpt | None:
    typed = bare_number(" ".join(one.text for one in wanted))
    if not any(char.isdigit() for char in typed):
        return None
    name = next((name for name in (number, key.remote) if name.removeprefix("#") == typed), "")
    return Excerpt(HitPlace.NUMBER, name) if name else None


def around(text: str, at: int) -> tuple[str, bool]:
    """Return a line of a text that begins up to `LEAD` letters before the term at a place, and whether more stands before it."""
    begin = max(0, at - _AROUND)
    before, behind = _one_line(text[begin:at]), _one_line(text[at : at + _AROUND])
    if before and text[at - 1].isspace():
        before += " "
    is_cut = begin > 0 or len(before) > LEAD
    if len(before) > LEAD:
        before = before[-LEAD:]
        space = before.find(" ")
        before = before[space + 1 :] if 0 <= space < len(before) - 1 else before
    return (before + behind)[:LENGTH], is_cut


def _one_line(text: str) -> str:
    return " ".join(strip_direction(text).split())
