"""Times as an agent says them: short in the list, exact in the conversation."""

import re
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Times", text, None, count).replace("%n", str(count))


def now_utc() -> datetime:
    """Return the time of the machine; tests pass their own."""
    return datetime.now(UTC)


def _local(when: datetime) -> datetime:
    try:
        return when.astimezone()
    except (OverflowError, OSError, ValueError):  # a vendor's year 1 lies outside what the system can convert
        return when


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def age(when: datetime, now: datetime) -> str:
    """Return "2 min", "3 h", "yesterday", "Mon", "3 Mar" or "3 Mar 2024"."""
    seconds = (now - when).total_seconds()
    if seconds < _MINUTE:
        return _tr("now")
    if seconds < _HOUR:
        return _tr("%n min", int(seconds // _MINUTE))
    then, today = _local(when).date(), _local(now).date()
    if then == today or seconds < 6 * _HOUR:
        return _tr("%n h", int(seconds // _HOUR))
    if then == today - timedelta(days=1):
        return _tr("yesterday")
    if then > today - timedelta(days=7):
        return QLocale().toString(_qdate(then), "ddd")
    return short_date(then, today)


def short_date(day: date, today: date) -> str:
    """Return "3 Mar", with the year where it is another one."""
    return QLocale().toString(_qdate(day), "d MMM" if day.year == today.year else "d MMM yyyy")


def moment(when: datetime, now: datetime) -> str:
    """Return "21:00" today, else "29 Apr, 21:00"."""
    then = _local(when)
    clock = clock_time(when)
    today = _local(now).date()
    return clock if then.date() == today else f"{short_date(then.date(), today)}, {clock}"


def clock_time(when: datetime) -> str:
    """Return the time of day as the locale writes it."""
    return QLocale().toString(_qtime(when), QLocale.FormatType.ShortFormat)


def exact_clock_time(when: datetime) -> str:
    """Return the time of day with its seconds as the locale writes it, for what was done just now."""
    short = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    exact = short if "s" in short else re.sub(r"(\W)(mm?)", r"\1\2\1ss", short, count=1)
    return QLocale().toString(_qtime(when), exact)


def _qtime(when: datetime) -> QTime:
    return QDateTime.fromSecsSinceEpoch(int(_local(when).timestamp())).time()


def day_of(when: datetime) -> date:
    """Return the local day; a tenth of the cost of a whole conversion, for a thousand messages at once."""
    try:
        return date.fromtimestamp(when.timestamp())  # noqa: DTZ012 - the machine's own zone is meant
    except (OverflowError, OSError, ValueError):
        return when.date()


def day_label(day: date, now: datetime) -> str:
    """Return "Today", "Yesterday" or "Monday, 3 March"."""
    today = _local(now).date()
    if day == today:
        return _tr("Today")
    if day == today - timedelta(days=1):
        return _tr("Yesterday")
    return QLocale().toString(_qdate(day), "dddd, d MMMM" if day.year == today.year else "dddd, d MMMM yyyy")


def span(seconds: float) -> str:
    """Return a length of time in its largest unit."""
    if seconds < _HOUR:
        return _tr("%n min", max(1, int(seconds // _MINUTE)))
    if seconds < 2 * _DAY:
        return _tr("%n h", int(seconds // _HOUR))
    return _tr("%n days", int(seconds // _DAY))


def length(seconds: float) -> str:
    """Return a length of time within a day to the minute: "45 min", "21 h", "3 h 26 min", or "less than 1 min"."""
    minutes = round(seconds / _MINUTE)
    if minutes < 1:
        return _tr("less than 1 min")
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (_tr("%n h", hours) if hours else "", _tr("%n min", rest) if rest else "")))


def due(when: datetime, now: datetime) -> str:
    """Return "due in 18 min" or "18 min overdue"."""
    left = (when - now).total_seconds()
    if left < 0:
        return _tr("{span} overdue").format(span=span(-left))
    return _tr("due in {span}").format(span=span(left))
