from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.helpers.narrowing import not_none

from deskhand.http.times import parse_time, to_rfc3339

NOON = datetime(2025, 10, 4, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2025-10-04T12:00:00Z",
        "2025-10-04T12:00:00.000Z",
        "2025-10-04T12:00:00.000000000Z",
        "2025-10-04T14:00:00+02:00",
        "2025-10-04T14:00:00+0200",
        "2025-10-04T12:00:00",
        "2025-10-04 12:00:00",
        " 2025-10-04T12:00:00Z ",
        "Sat, 04 Oct 2025 12:00:00 GMT",
        "Sat, 04 Oct 2025 14:00:00 +0200",
        1759579200,
        1759579200.0,
        1759579200000,
        1759579200000000,
        "1759579200",
        "1759579200000",
        "1759579200000.0",
        "1759579200000000",
        "1759579200000000000",
        1759579200000000000,
        " 1759579200 ",
        "20251004120000",
        "202510041200",
        datetime(2025, 10, 4, 14, 0, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_every_form_in_the_documents_is_the_same_instant(written):
    assert parse_time(written) == NOON
    assert not_none(parse_time(written)).tzinfo is UTC


def test_a_plain_date_is_its_midnight():
    assert parse_time("2025-09-01") == datetime(2025, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "soon",
        True,
        [],
        {},
        "2025-13-45T99:00:00Z",
        1e300,
        float("nan"),
        float("inf"),
        "0001-01-01T00:00:00+14:00",
        -1e300,
    ],
)
def test_what_is_no_time_reads_as_none(written):
    assert parse_time(written) is None


def test_the_form_we_send_is_utc_to_the_second():
    assert to_rfc3339(datetime(2025, 10, 4, 14, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))) == "2025-10-04T12:00:00Z"


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("1801010312345", 2027),  # milliseconds that ISO 8601's short form takes for the year 1801
        ("1767225600000", 2026),
        ("1612345678901", 2021),
        ("1801011234", 2027),
        ("1231231231", 2009),
        ("946684800000", 2000),
        ("-86400", 1969),
        ("-86400000", 1967),
        (-864000000000, 1942),
        ("20260102", 2026),
        ("20261399", 1970),
    ],
)
def test_a_count_of_seconds_or_milliseconds_is_never_taken_for_a_date(written, year):
    assert not_none(parse_time(written)).year == year


@pytest.mark.parametrize("written", ["1_759_579_200", "\u0661\u0667\u0665\u0669", "0x10", "1e9", "9" * 40, "--5", "."])
def test_what_only_python_takes_for_a_number_is_no_time(written):
    assert parse_time(written) is None
