"""The time zone of this computer, with the days on which its clocks are changed: past and coming ones."""

from datetime import UTC, datetime, timedelta, tzinfo

from typing_extensions import override


class LocalZone(tzinfo):
    """Asks the system for every moment, so that a zone that is changed while the program runs holds from then on."""

    @override
    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        return None if dt is None else dt.replace(tzinfo=None).astimezone().utcoffset()

    @override
    def dst(self, dt: datetime | None) -> timedelta | None:
        return None

    @override
    def tzname(self, dt: datetime | None) -> str | None:
        return None if dt is None else dt.replace(tzinfo=None).astimezone().tzname()

    @override
    def fromutc(self, dt: datetime) -> datetime:
        local = dt.replace(tzinfo=UTC).astimezone()
        first = local.replace(tzinfo=None, fold=0)
        is_second = first.astimezone().utcoffset() != local.utcoffset()
        return first.replace(tzinfo=self, fold=int(is_second))
