"""A filter as SQL. What it finds is what `domain.filters.meaning` finds.

Every term becomes an expression that is 0 or 1, never NULL. It reads the facts of a ticket, which all stand in one index
(`missing_columns.FILTER_INDEXES`), or asks whether the ticket is in a set that another index gives: the tickets with a tag, of a customer, with a
text. Names are compared in Python, among the few that there are; what is typed reaches SQLite as a bound value only.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

import apsw

from deskhand.domain.filters.meaning import fits_priority, is_person, is_vendor
from deskhand.domain.filters.syntax import (
    All,
    AnyOf,
    Attribute,
    Comparison,
    Dates,
    Duration,
    Field,
    Filter,
    Named,
    Not,
    Period,
    Term,
    Who,
)
from deskhand.domain.filters.text_match import fold, pieces
from deskhand.domain.filters.times import stretch
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Person, Priority, State

from .account_info import AccountInfo, is_me
from .account_rows import account_infos
from .columns import SqlValue
from .filter_attributes import ATTRIBUTES, OPEN
from .filter_texts import of_address, with_number, with_recipient
from .filter_times import of_time
from .row_keys import (
    AWAY_STATES,
    LAST_TIME_KEY,
    PRIORITY_CODES,
    PUT_AWAY,
    STATE_CODES,
)
from .terms import fts_phrases, without_surrogates

Sql = tuple[str, tuple[SqlValue, ...]]

FEW = 20_000
"""Up to so many tickets of a set are looked up one by one; of more, all facts are passed instead."""

IS_PERSON = "is_person"
"""The SQL function that `add_functions` makes: name, e-mail, the text and whether it is quoted."""

_WITH_TERMS = "SELECT rowid FROM ticket_words WHERE ticket_words MATCH ?"
_TRUE: Sql = ("1", ())
_FALSE: Sql = ("0", ())


@dataclass(frozen=True, slots=True)
class CompiledFilter:
    """A filter for one file, at one moment.

    Attributes:
        condition: what a row of `tickets t` must pass, with its values.
        sets: of the parts that all must hold, those that find nothing but tickets of a set: SQL for the ids of each.
        done: the values of `done` that a ticket may have.
    """

    condition: Sql
    sets: tuple[Sql, ...]
    done: tuple[int, ...]

    def smallest_set(self, db: apsw.Connection, few: int = FEW) -> Sql | None:
        """Return the set with the fewest tickets, where these are few enough to be looked up one by one."""
        best, fewest = None, few
        for sql, values in self.sets:
            count = int(db.execute(f"SELECT count(*) FROM ({sql} LIMIT ?)", (*values, fewest + 1)).get)
            if count <= fewest:
                best, fewest = (sql, values), count
        return best


def add_functions(db: apsw.Connection) -> None:
    """Make what conditions call known to a connection."""

    def answer(*given: Any) -> int:
        name, email, text, is_quoted = given
        return int(is_person(Named(text, bool(is_quoted)), name, email))

    db.create_scalar_function(IS_PERSON, answer, 4, deterministic=True)


def compile_filter(
    db: apsw.Connection, of: Filter, now: datetime, zone: tzinfo | None, *, is_for_first: bool = False
) -> CompiledFilter:
    """Translate a filter.

    Args:
        now, zone: as in `meaning.matches`.
        is_for_first: only the first rows are wanted: no set is made before them where a row can be asked by itself.
    """
    parts = of.parts if isinstance(of, All) else (of,)
    compiler = _Compiler(db, now, zone, is_for_first=is_for_first)
    sets = tuple(found for part in parts if isinstance(part, Term) and (found := compiler.set_around(part)) is not None)
    done: tuple[int, ...] = (0, 1, PUT_AWAY)
    for part in parts:
        if isinstance(part, Term) and part.value in OPEN:
            done = (0,)
        elif isinstance(part, Term) and part.value is Attribute.CLOSED:
            done = (1,)
        elif isinstance(part, Not) and part.part == Term(Field.IS, Comparison.IS, Attribute.CLOSED):
            done = (0,)
    return CompiledFilter(compiler.condition(of), sets, done)


class _Compiler:
    def __init__(self, db: apsw.Connection, now: datetime, zone: tzinfo | None, *, is_for_first: bool) -> None:
        self._is_for_first = is_for_first
        self._db = db
        self._now = now
        self._zone = zone
        self._infos = account_infos(db)

    def condition(self, of: Filter) -> Sql:
        """Return the expression of a filter."""
        match of:
            case All(parts):
                return _joined(" AND ", map(self.condition, parts)) if parts else _TRUE
            case AnyOf(parts):
                return _joined(" OR ", map(self.condition, parts))
            case Not(part):
                sql, values = self.condition(part)
                return f"NOT {sql}", values
            case Term():
                return self._term(of)

    def set_around(self, term: Term) -> Sql | None:
        """Return SQL for ids that hold all that a term finds; None where only a look at every ticket tells."""
        found = self.set_of(term)
        if found is not None or not isinstance(term.value, Named) or term.field not in (Field.REQUESTER, Field.SUBJECT):
            return found
        named = Named(without_surrogates(term.value.text), term.value.is_quoted)
        query = fts_phrases(named, "people" if term.field is Field.REQUESTER else "subject")
        return (_WITH_TERMS, (query,)) if query else None

    def set_of(self, term: Term) -> Sql | None:
        """Return SQL for the ids that a term finds, where it is such a set and nothing else."""
        if not isinstance(term.value, Named):
            return None
        named = Named(without_surrogates(term.value.text), term.value.is_quoted)
        match term.field:
            case Field.GROUP:
                return self._equal("shelf_at", "account, shelf", self._groups(named), "shelf <> ''")
            case Field.STAGE:
                return self._equal("stage_at", "account, shelf, stage", self._stages(named), "stage <> ''")
            case Field.STATE:
                return self._equal("vendor_state_at", "vendor_state", self._vendor_states(named))
            case Field.TAG:
                sql = "SELECT g.id FROM json_each(?) j CROSS JOIN tagged g ON g.tag = j.value"
                return sql, (_json(self._tags(named)),)
            case Field.ASSIGNEE:
                return self._assigned_to(key for key in self._assignees() if is_person(named, str(key[3]), str(key[1])))
            case Field.REQUESTER if "@" in named.text:
                condition = of_address("x", named.text.casefold())
                return f"SELECT x.id FROM tickets x INDEXED BY requester_at WHERE {condition[0]}", condition[1]
            case Field.RECIPIENT:
                return with_recipient(named.text.casefold())
            case Field.NUMBER:
                return with_number(named.text)
            case Field.TEXT:
                return self._with_text(named)
            case Field.SUBJECT if not pieces(named)[0] and (query := fts_phrases(named, "subject")):
                return _WITH_TERMS, (query,)
            case _:
                return None

    def _term(self, term: Term) -> Sql:
        match term.value:
            case Attribute() as attribute:
                return ATTRIBUTES[attribute], ()
            case State() as state:
                return _among("t.standing", (STATE_CODES[state], STATE_CODES[state] + AWAY_STATES)), ()
            case Priority() as priority:
                fitting = (
                    code for one, code in PRIORITY_CODES.items() if fits_priority(one, term.comparison, priority)
                )
                return _among("t.priority", fitting), ()
            case Who.NOBODY:
                having = (info.n for info in self._infos.values() if info.assigns)
                return f"(t.assigned = 0 AND {_among('t.account', having)})", ()
            case Who.ME:
                return self._mine()
            case Duration() | Dates() | Period() as value:
                return of_time(term.field, stretch(term.field, term.comparison, value, self._now, self._zone))
            case Named(text, is_quoted):
                return self._named(term, Named(without_surrogates(text), is_quoted))
        raise AssertionError(term)

    def _named(self, term: Term, named: Named) -> Sql:
        match term.field:
            case Field.ACCOUNT:
                return _among("t.account", self._accounts("$.label", lambda label: fold(label) == fold(named.text))), ()
            case Field.VENDOR:
                return _among("t.account", self._accounts("$.vendor", lambda vendor: is_vendor(vendor, named.text))), ()
            case Field.PRIORITY:
                known = self._db.execute("SELECT DISTINCT word FROM words WHERE kind = 'priority'")
                labels = {label for (label,) in known} | {named.text}
                fitting = [label for label in labels if label and fold(label) == fold(named.text)]
                return "t.vendor_priority IN (SELECT value FROM json_each(?))", (_json(fitting),)
            case Field.REQUESTER if "@" not in named.text:
                return self._requester(named)
            case Field.SUBJECT if runs := pieces(named)[0]:
                # Pairs of characters of the subject and of people are in one column of the index.
                query = fts_phrases(named, "subject")
                checks = "".join(" AND instr(t.subject, ?) > 0" for _ in runs)
                sql = f"(t.id IN ({_WITH_TERMS}){checks})"
                return sql, (query, *runs)
            case Field.REQUESTER if self._is_for_first:
                return of_address("t", named.text.casefold())
            case Field.TAG if self._is_for_first:
                sql = "EXISTS (SELECT 1 FROM json_each(?) j CROSS JOIN tagged x ON x.tag = j.value AND x.at = t.at AND x.id = t.id)"
                return sql, (_json(self._tags(named)),)
            case Field.GROUP:
                return self._among_pairs("shelf", self._groups(named))
            case Field.STATE:
                stored = [label for (label,) in self._vendor_states(named)]
                return "t.vendor_state IN (SELECT value FROM json_each(?))", (_json(stored),)
            case Field.ASSIGNEE:
                return self._held_by(lambda key: is_person(named, str(key[3]), str(key[1])))
            case _:
                found = self.set_of(term)
                return _TRUE if found is None else (f"t.id IN ({found[0]})", found[1])

    def _requester(self, named: Named) -> Sql:
        query = fts_phrases(named, "people")
        if not query:
            return _TRUE
        sql = f"(t.id IN ({_WITH_TERMS}) AND {IS_PERSON}(t.who, t.requester, ?, ?))"
        return sql, (query, named.text, int(named.is_quoted))

    def _with_text(self, named: Named) -> Sql | None:
        query = fts_phrases(named)
        if not query:
            return None
        sql = (
            f"{_WITH_TERMS} UNION SELECT m.ticket FROM (SELECT rowid AS hit FROM message_words WHERE message_words MATCH ?)"
            " CROSS JOIN messages m INDEXED BY message_places ON m.id = hit"
            " UNION SELECT x.id FROM feeds a CROSS JOIN tickets x ON x.account = a.n AND x.remote = ?"
        )
        return sql, (query, query, named.text)

    def _mine(self) -> Sql:
        everything = (info.n for info in self._infos.values() if not info.assigns)
        sql, values = self._held_by(lambda key: self._is_me(self._infos.get(int(key[0])), key))
        return f"({_among('t.account', everything)} OR {sql})", values

    def _held_by(self, fits: Callable[[Sequence[SqlValue]], bool]) -> Sql:
        """Return that the assignee is one of those who fit: by account and address, where these tell it, else among their tickets."""
        by_pair: dict[tuple[SqlValue, ...], set[bool]] = {}
        known = [(key, fits(key)) for key in self._assignees()]
        for key, is_one in known:
            by_pair.setdefault(key[:2], set()).add(is_one)
        sure = [pair for pair, answers in by_pair.items() if answers == {True} and pair[1]]
        rest = [key for key, is_one in known if is_one and key[:2] not in sure]
        parts = [self._among_pairs("assignee", sure)]
        if rest:
            sql, values = self._assigned_to(rest)
            parts.append((f"t.id IN ({sql})", values))
        return _joined(" OR ", parts)

    def _among_pairs(self, column: str, pairs: Iterable[Sequence[SqlValue]]) -> Sql:
        """Return that the account and another column have certain values."""
        values: dict[int, list[SqlValue]] = {}
        for account, value in pairs:
            values.setdefault(int(account), []).append(value)
        if not values:
            return _FALSE
        return _joined(
            " OR ",
            [
                (f"(t.account = {account} AND t.{column} IN (SELECT value FROM json_each(?)))", (_json(found),))
                for account, found in values.items()
            ],
        )

    def _is_me(self, info: AccountInfo | None, key: Sequence[SqlValue]) -> bool:
        _, email, identifier, name = key
        return info is not None and info.assigns and is_me(info, Person(str(name), str(email), str(identifier)))

    def _assigned_to(self, people: Iterable[Sequence[SqlValue]]) -> Sql:
        return self._equal("assignee_of", "account, assignee, assignee_id, assignee_name", people, "assigned = 1")

    def _equal(self, index: str, columns: str, values: Iterable[Sequence[SqlValue]], condition: str = "1") -> Sql:
        """Return the tickets with one of these values in the columns of an index."""
        names = columns.split(", ")
        equal = " AND ".join(f"x.{name} = j.value ->> {n}" for n, name in enumerate(names))
        where = "" if condition == "1" else f" AND x.{condition}"
        return (
            f"SELECT x.id FROM json_each(?) j CROSS JOIN tickets x INDEXED BY {index} ON {equal}{where}",
            (_json([list(value) for value in values]),),
        )

    def _accounts(self, path: str, fits: Callable[[str], bool]) -> list[int]:
        rows = self._db.execute(
            "SELECT f.n, coalesce(json_extract(a.body, ?), '') FROM accounts a JOIN feeds f ON f.id = a.id", (path,)
        )
        return [n for n, text in rows if text and fits(str(text))]

    def _groups(self, named: Named) -> list[tuple[SqlValue, ...]]:
        keys = _distinct(self._db, "shelf_at", ("account", "shelf"), (0, ""), "shelf <> ''", "shelf_name", behind="at")
        return [(n, group) for n, group, name in keys if name and fold(str(name)) == fold(named.text)]

    def _stages(self, named: Named) -> list[tuple[SqlValue, ...]]:
        keys = _distinct(self._db, "stage_at", ("account", "shelf", "stage"), (0, "", ""), "stage <> ''", behind="at")
        return [key for key in keys if fold(str(key[2])) == fold(named.text)]

    def _vendor_states(self, named: Named) -> list[tuple[SqlValue, ...]]:
        keys = _distinct(self._db, "vendor_state_at", ("vendor_state",), ("",))
        return [key for key in keys if fold(str(key[0])) == fold(named.text)]

    def _assignees(self) -> list[tuple[SqlValue, ...]]:
        columns = ("account", "assignee", "assignee_id", "assignee_name")
        return list(_distinct(self._db, "assignee_of", columns, (0, "", "", ""), "assigned = 1", behind="at"))

    def _tags(self, named: Named) -> list[str]:
        rows = self._db.execute(
            "WITH RECURSIVE s(tag) AS (SELECT min(tag) FROM tagged UNION ALL"
            " SELECT (SELECT min(g.tag) FROM tagged g WHERE g.tag > s.tag) FROM s WHERE s.tag IS NOT NULL)"
            " SELECT tag FROM s WHERE tag IS NOT NULL"
        )
        return [tag for (tag,) in rows if fold(tag) == fold(named.text)]


def _distinct(
    db: apsw.Connection,
    index: str,
    columns: Sequence[str],
    before: tuple[SqlValue, ...],
    condition: str = "1",
    shown: str = "",
    behind: str = "",
) -> Iterator[tuple[SqlValue, ...]]:
    """Yield the distinct values of an index's first columns, by a look at the next one each; with another column of one of their rows.

    Args:
        before: less than every one of them.
        behind: the column of the index behind them: what is equal is passed by its greatest value. SQLite looks at every equal row
            where several columns are compared at once.
    """
    names = ", ".join(columns)
    place, last = (f"{names}, {behind}", f", {LAST_TIME_KEY}") if behind else (names, "")
    sql = (
        f"SELECT {names}{', ' + shown if shown else ''} FROM tickets INDEXED BY {index} WHERE {condition}"
        f" AND ({place}) > ({', '.join('?' * len(columns))}{last}) ORDER BY {place} LIMIT 1"
    )
    while (row := db.execute(sql, before).fetchone()) is not None:
        yield tuple(row)
        before = tuple(row[: len(columns)])


def _among(column: str, numbers: Iterable[int]) -> str:
    """Return that a column has one of these numbers, which are ours."""
    found = ", ".join(str(number) for number in sorted(numbers))
    return f"{column} IN ({found})" if found else "0"


def _joined(operator: str, parts: Iterable[Sql]) -> Sql:
    found = list(parts)
    return f"({operator.join(sql for sql, _ in found)})", tuple(value for _, values in found for value in values)


def _json(values: object) -> str:
    return json.dumps(values)
