"""Columns and indexes that a file of an older version lacks, added when it is opened."""

import apsw

from deskhand.domain.queries import Scope

from .columns import indexes
from .rows import COLUMNS, FACTS, HINTS, TABLE, Row

FILTER_INDEXES = {
    "facts_at": f"ON tickets(done, at, {', '.join(FACTS)})",
    "recipients_of": "ON tickets(recipients) WHERE recipients <> ''",
    "assignee_of": "ON tickets(account, assignee, assignee_id, assignee_name, at) WHERE assigned = 1",
}
"""Indexes of filters: all facts of a ticket in the order of the list, so that a million is checked without a row of the table; and
who has tickets, so that the few who do can be compared in Python; and who got copies, of the few tickets of which somebody did."""


def add_missing_columns(db: apsw.Connection) -> None:
    """Give the table of a file that an older version has written the columns that came later, empty until projected again."""
    stored = {str(row[1]) for row in db.execute("PRAGMA table_info(tickets)")}
    missing = [(name, sql) for name, sql in zip(Row._fields, COLUMNS, strict=True) if sql not in stored]
    kinds = {name: getattr(HINTS[name], "__origin__", HINTS[name]) for name, _ in missing}
    for name, sql in missing:
        sql_type = {str: "TEXT NOT NULL DEFAULT ''", int: "INTEGER NOT NULL DEFAULT 0"}.get(kinds[name], "INTEGER")
        db.execute(f"ALTER TABLE tickets ADD COLUMN {sql} {sql_type}")
    for name, sql in missing:  # an index may be sorted by another one of them
        for index in indexes(sql, TABLE[name]):
            db.execute(index)
        for count in TABLE[name].count_names("" if kinds[name] is str else 0):
            db.execute(
                "INSERT OR REPLACE INTO counts SELECT account, ?, n FROM counts WHERE name = ?", (count, Scope.ALL)
            )
    for name, on in FILTER_INDEXES.items():
        sql = f"CREATE INDEX {name} {on}"
        known = db.execute("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", (name,)).get
        if known != sql:
            db.execute(f"DROP INDEX IF EXISTS {name}")
            db.execute(sql)
