"""Values that people type for fields of a vendor's."""

import json
import sys
import time
from datetime import UTC, datetime

import pytest
from tests.helpers.posix import reread_time_zone

from deskhand.vendors.values import as_datetime, as_number


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("5", 5),
        (" 5 ", 5),
        ("2.50", 2.5),
        ("3.0", 3),
        ("1e3", 1000),
        ("-7", -7),
        ("12345678901234567891", 12345678901234567891),
        ("007", 7),
        ("1_000", "1_000"),
        ("nan", "nan"),
        ("Infinity", "Infinity"),
        ("1e999", "1e999"),
        ("five", "five"),
        (4, 4),
        (None, None),
    ],
)
def test_a_number_keeps_every_digit_and_what_is_none_is_left_for_the_vendor_to_refuse(typed, sent):
    number = as_number(typed)
    assert number == sent
    assert type(number) is type(sent)
    json.dumps(number, allow_nan=False)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of this process cannot be changed here")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-01", datetime(2026, 11, 30, 23, tzinfo=UTC)),
        ("2026-12-01 10:00", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-07-01T10:00", datetime(2026, 7, 1, 8, tzinfo=UTC)),
        ("2026-12-01T10:00:00Z", datetime(2026, 12, 1, 10, tzinfo=UTC)),
        ("2026-12-01T10:00+05:30", datetime(2026, 12, 1, 4, 30, tzinfo=UTC)),
        ("2026", None),
        ("5", None),
        ("tomorrow", None),
        ("0001-01-01", None),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot change its time zone there")
def test_a_time_that_a_person_types_without_a_zone_is_their_own(monkeypatch, typed, meant):
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    reread_time_zone()
    try:
        assert as_datetime(typed) == meant
    finally:
        monkeypatch.undo()
        reread_time_zone()
