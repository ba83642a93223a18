"""What a filter says of a time, as SQL with its values."""

from deskhand.domain.filters.syntax import Field
from deskhand.domain.filters.times import Stretch

from .columns import WAIT, SqlValue
from .row_keys import LAST_TIME_KEY, SORT_KEY_ID_BITS, TIME_LIMIT, US, waits_of


def of_time(field: Field, times: Stretch) -> tuple[str, tuple[SqlValue, ...]]:
    """Return that a time is known and lies in a stretch."""
    first, end = max(times.first, 1), max(times.end, 1)
    match field:
        case Field.UPDATED:
            last = (end << SORT_KEY_ID_BITS) - 1 if end <= TIME_LIMIT else LAST_TIME_KEY
            return "(t.at >= ? AND t.at <= ?)", (min(first, TIME_LIMIT + 1) << SORT_KEY_ID_BITS, last)
        case Field.CREATED:
            return "(t.created >= ? AND t.created < ?)", (first, end)
        case Field.DUE:
            return "ifnull(t.due >= ? AND t.due < ?, 0)", (first, end)
        case _:
            begin, first, end = waits_of(US)[0], min(first, TIME_LIMIT), min(end, TIME_LIMIT)
            stretch_of_keys = begin | first << SORT_KEY_ID_BITS, begin | end << SORT_KEY_ID_BITS
            return f"(t.{WAIT} >= ? AND t.{WAIT} < ?)", stretch_of_keys
