"""What a filter can name, with the counts that the store keeps.

A count is given where the same rows are counted as the term finds; a name without a counter of its own has none.
"""

from collections import Counter

import apsw

from deskhand.domain.filters.completion import Choice, FilterChoices
from deskhand.domain.filters.fields import PRIORITIES, STATES
from deskhand.domain.filters.syntax import Field
from deskhand.domain.queries import Scope

from .row_keys import PRIORITY_CODES, STATE_CODES

MOST = 500
"""Labels of each field, those of the most tickets."""

_COUNTED = {
    "is:open": Scope.OPEN.value,
    "is:closed": Scope.DONE.value,
    "is:mine": Scope.MINE_OPEN.value,
    "is:waiting": Scope.WAITING_FOR_US.value,
    "is:unread": "unread",
    "has:draft": Scope.DRAFTS.value,
    **{f"state:{name}": f"state:{STATE_CODES[state]}" for name, state in STATES.items()},
    **{f"priority:{name}": f"priority:{PRIORITY_CODES[priority]}" for name, priority in PRIORITIES.items()},
}
"""The terms that are counted, and under which name."""


def filter_choices(db: apsw.Connection) -> FilterChoices:
    """Read the labels and the kept counters."""
    counts: dict[str, int] = dict(db.execute("SELECT name, sum(n) FROM counts GROUP BY name"))
    accounts: list[tuple[str, str, int]] = list(
        db.execute(
            "SELECT coalesce(json_extract(a.body, '$.label'), ''), coalesce(json_extract(a.body, '$.vendor'), ''),"
            " coalesce(c.n, 0) FROM accounts a JOIN feeds f ON f.id = a.id"
            " LEFT JOIN counts c ON c.account = f.n AND c.name = ?",
            (Scope.ALL.value,),
        )
    )
    by_label: Counter[str] = Counter()
    by_vendor: Counter[str] = Counter()
    for label, vendor, count in accounts:
        by_label[label] += count
        by_vendor[vendor] += count
    groups = db.execute("SELECT DISTINCT name FROM shelves WHERE name <> '' ORDER BY name LIMIT ?", (MOST,))
    return FilterChoices(
        {
            Field.ACCOUNT: [Choice(*each) for each in by_label.items()],
            Field.VENDOR: [Choice(*each) for each in by_vendor.items()],
            Field.GROUP: [Choice(name) for (name,) in groups],
            Field.STATE: _labels(db, "state"),
            Field.PRIORITY: _labels(db, "priority"),
            Field.TAG: _labels(db, "tag"),
            Field.ASSIGNEE: _labels(db, "assignee"),
            Field.RECIPIENT: _recipients(db),
        },
        {term: counts.get(name, 0) for term, name in _COUNTED.items()},
    )


def _recipients(db: apsw.Connection) -> list[Choice]:
    """Return the addresses that got copies, the most frequent first, among a bounded number of tickets."""
    rows = db.execute(
        "SELECT recipients FROM tickets INDEXED BY recipients_of WHERE recipients <> '' LIMIT ?", (10 * MOST,)
    )
    known = Counter(address for (text,) in rows for address in text.split())
    return [Choice(address) for address, _ in known.most_common(MOST)]


def _labels(db: apsw.Connection, kind: str) -> list[Choice]:
    """Return the labels of server state, those of the most tickets first; what is on its way may make their numbers differ."""
    rows = db.execute(
        "SELECT word FROM words WHERE kind = ? AND word <> '' GROUP BY word HAVING sum(n) > 0 ORDER BY sum(n) DESC, word LIMIT ?",
        (kind, MOST),
    )
    return [Choice(label) for (label,) in rows]
