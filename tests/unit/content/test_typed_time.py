"""A typed time: three languages at once, nothing guessed, the clocks' changes, the calendar's odd days."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.content.time_words import MONTHS, PHRASES, WEEKDAYS, Kind, Meaning
from deskhand.content.typed_time import at, in_full, read

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 30, 14, 32, tzinfo=AMSTERDAM)
"""A Monday."""


def meant(text: str, now: datetime = NOW) -> str:
    answer = read(text, now, AMSTERDAM)
    return answer.only.text if answer.only is not None else f"! {answer.problem}"


def offered(text: str, now: datetime = NOW) -> list[str]:
    answer = read(text, now, AMSTERDAM)
    assert answer.only is None
    assert answer.problem
    return [reading.text for reading in answer.readings]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("tue 9", "Tuesday 1 December 2026, 09:00"),
        ("di 9", "Tuesday 1 December 2026, 09:00"),
        ("Dienstag um 9 Uhr", "Tuesday 1 December 2026, 09:00"),
        ("in 3h", "Monday 30 November 2026, 17:32"),
        ("over 3 uur", "Monday 30 November 2026, 17:32"),
        ("in drei Stunden", "Monday 30 November 2026, 17:32"),
        ("in 1 hour 20 minutes", "Monday 30 November 2026, 15:52"),
        ("1h30", "Monday 30 November 2026, 16:02"),
        ("over een half uur", "Monday 30 November 2026, 15:02"),
        ("in einer halben Stunde", "Monday 30 November 2026, 15:02"),
        ("half an hour", "Monday 30 November 2026, 15:02"),
        ("anderhalf uur", "Monday 30 November 2026, 16:02"),
        ("2 days", "Wednesday 2 December 2026, 09:00"),
        ("in 2 Wochen", "Monday 14 December 2026, 09:00"),
        ("over een maand", "Wednesday 30 December 2026, 09:00"),
        ("volgende week", "Monday 7 December 2026, 09:00"),
        ("next week", "Monday 7 December 2026, 09:00"),
        ("nächste Woche", "Monday 7 December 2026, 09:00"),
        ("nächsten Montag 9", "Monday 7 December 2026, 09:00"),
        ("NAECHSTEN MONTAG 9", "Monday 7 December 2026, 09:00"),
        ("maandag volgende week 10:30", "Monday 7 December 2026, 10:30"),
        ("next month", "Tuesday 1 December 2026, 09:00"),
        ("next year", "Friday 1 January 2027, 09:00"),
        ("morgen 14:30", "Tuesday 1 December 2026, 14:30"),
        ("tomorrow at 2 pm", "Tuesday 1 December 2026, 14:00"),
        ("heute Abend", "Monday 30 November 2026, 18:00"),
        ("vanavond", "Monday 30 November 2026, 18:00"),
        ("vanavond 8 uur", "Monday 30 November 2026, 20:00"),
        ("this evening", "Monday 30 November 2026, 18:00"),
        ("Dienstag Morgen", "Tuesday 1 December 2026, 09:00"),
        ("morgenochtend", "Tuesday 1 December 2026, 09:00"),
        ("dinsdagavond", "Tuesday 1 December 2026, 18:00"),
        ("Dienstagnachmittag 3", "Tuesday 1 December 2026, 15:00"),
        ("overmorgen 9u", "Wednesday 2 December 2026, 09:00"),
        ("day after tomorrow 9u30", "Wednesday 2 December 2026, 09:30"),
        ("friday", "Friday 4 December 2026, 09:00"),
        ("deze vrijdag", "Friday 4 December 2026, 09:00"),
        ("monday", "Monday 7 December 2026, 09:00"),
        ("3 dec", "Thursday 3 December 2026, 09:00"),
        ("3. Dezember", "Thursday 3 December 2026, 09:00"),
        ("3 december 10:15", "Thursday 3 December 2026, 10:15"),
        ("Dec 3rd, 9.30 Uhr", "Thursday 3 December 2026, 09:30"),
        ("donnerstag 3.12.", "Thursday 3 December 2026, 09:00"),
        ("3-12-2026", "Thursday 3 December 2026, 09:00"),
        ("3.12.26", "Thursday 3 December 2026, 09:00"),
        ("2026-12-24 16:00", "Thursday 24 December 2026, 16:00"),
        ("13/12", "Sunday 13 December 2026, 09:00"),
        ("12/13", "Sunday 13 December 2026, 09:00"),
        ("29 nov", "Monday 29 November 2027, 09:00"),
        ("the 15th", "Tuesday 15 December 2026, 09:00"),
        ("15e", "Tuesday 15 December 2026, 09:00"),
        ("end of week", "Friday 4 December 2026, 09:00"),
        ("einde van de week", "Friday 4 December 2026, 09:00"),
        ("Ende des Jahres", "Thursday 31 December 2026, 09:00"),
        ("noon tomorrow", "Tuesday 1 December 2026, 12:00"),
        ("midnight", "Tuesday 1 December 2026, 00:00"),
        ("12 am wednesday", "Wednesday 2 December 2026, 00:00"),
        ("am Donnerstag um 9", "Thursday 3 December 2026, 09:00"),
        ("21:45", "Monday 30 November 2026, 21:45"),
    ],
)
def test_words_of_three_languages_mean_one_time(text: str, full: str) -> None:
    assert meant(text) == full


def test_nothing_typed_is_no_answer_and_no_problem() -> None:
    assert read("  ", NOW, AMSTERDAM) == read("", NOW, AMSTERDAM)
    assert not read("", NOW, AMSTERDAM).problem


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("next friday", ["Friday 4 December 2026, 09:00", "Friday 11 December 2026, 09:00"]),
        ("nächsten Freitag", ["Friday 4 December 2026, 09:00", "Friday 11 December 2026, 09:00"]),
        ("3/12", ["Thursday 3 December 2026, 09:00", "Friday 12 March 2027, 09:00"]),
        ("tomorrow 3", ["Tuesday 1 December 2026, 03:00", "Tuesday 1 December 2026, 15:00"]),
        ("tomorrow half 10", ["Tuesday 1 December 2026, 09:30", "Tuesday 1 December 2026, 10:30"]),
        ("tomorrow midnight", ["Tuesday 1 December 2026, 00:00", "Wednesday 2 December 2026, 00:00"]),
    ],
)
def test_what_can_be_read_in_two_ways_gives_both_to_choose_from(text: str, both: list[str]) -> None:
    assert offered(text) == both


def test_the_day_of_today_is_asked_about_only_while_its_time_lies_ahead() -> None:
    early = NOW.replace(hour=7)
    assert offered("monday", early) == ["Monday 30 November 2026, 09:00", "Monday 7 December 2026, 09:00"]
    assert meant("monday", NOW) == "Monday 7 December 2026, 09:00"


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("yesterday 9", "Sunday 29 November 2026, 09:00 has passed."),
        ("gisteren", "Sunday 29 November 2026, 09:00 has passed."),
        ("9", "Monday 30 November 2026, 09:00 has passed."),
        ("14:32", "Monday 30 November 2026, 14:32 has passed."),
        ("today", "Monday 30 November 2026, 09:00 has passed."),
        ("1 dec 2025", "Monday 1 December 2025, 09:00 has passed."),
    ],
)
def test_a_time_that_has_passed_says_so_and_is_not_moved(text: str, passed: str) -> None:
    answer = read(text, NOW, AMSTERDAM)
    assert answer.problem == passed
    assert answer.only is None
    assert all(reading.when > NOW for reading in answer.readings)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("foo", "“foo” is not understood."),
        ("tuesday foo", "“foo” is not understood."),
        ("🙂", "“🙂” is not understood."),
        ("in", "It is not said how long."),
        ("next", "It is not said what comes next."),
        ("hours", "It is not said how many."),
        ("tue wed", "Two days are named."),
        ("9:00 10:00", "Two times are named."),
        ("tomorrow in 3h", "A length of time stands alone."),
        ("wed 8 dec", "Tuesday 8 December 2026 is no Wednesday."),
        ("25:00", "There is no time 25:00."),
        ("tuesday 24", "There is no time 24:00."),
        ("13 pm", "There is no time 13 pm."),
        ("31 apr", "There is no 31 April 2027."),
        ("1.13.", "There is no month 13."),
        ("in 99999 days", "That is more than ten years away."),
        ("in 999999 years", "There is no such day."),
        ("over", "It is not said how long."),
        ("december", "It is not said which day of December."),
        ("3.12", "3.12 is a day or a time."),
    ],
)
def test_what_is_not_understood_says_what(text: str, problem: str) -> None:
    answer = read(text, NOW, AMSTERDAM)
    assert answer.only is None
    assert answer.problem.startswith(problem)


def test_the_29th_of_february_comes_in_a_leap_year_and_is_missed_in_another() -> None:
    assert offered("29 feb") == ["Sunday 28 February 2027, 09:00", "Monday 1 March 2027, 09:00"]
    assert meant("29 feb", NOW.replace(year=2027)) == "Tuesday 29 February 2028, 09:00"
    assert meant("29 feb 2028") == "Tuesday 29 February 2028, 09:00"
    assert meant("in 1 month", datetime(2027, 1, 31, 8, tzinfo=AMSTERDAM)) == "Sunday 28 February 2027, 09:00"
    assert meant("over een jaar", datetime(2028, 2, 29, 8, tzinfo=AMSTERDAM)) == "Wednesday 28 February 2029, 09:00"


def test_an_hour_that_the_clocks_skip_does_not_exist() -> None:
    answer = read("28 mar 2027 2:30", NOW, AMSTERDAM)
    assert answer.problem == "02:30 does not exist on Sunday 28 March 2027: the clocks go forward."
    assert [reading.text for reading in answer.readings] == ["Sunday 28 March 2027, 03:30"]


def test_an_hour_that_comes_twice_is_asked_about() -> None:
    answer = read("31 oct 2027 2:30", NOW, AMSTERDAM)
    assert answer.problem == "02:30 comes twice on Sunday 31 October 2027: the clocks go back."
    first, second = answer.readings
    assert second.when - first.when == timedelta(hours=1)
    assert [first.text[-5:-1], second.text[-5:-1]] == ["0200", "0100"]


def test_hours_from_now_are_hours_whatever_the_clocks_do() -> None:
    night = datetime(2027, 3, 28, 1, 30, tzinfo=AMSTERDAM)
    assert meant("in 1h", night) == "Sunday 28 March 2027, 03:30"
    assert meant("in 2 days", night) == "Tuesday 30 March 2027, 09:00"


def test_around_midnight_today_is_the_day_of_the_zone() -> None:
    late = datetime(2026, 11, 30, 23, 59, 30, tzinfo=AMSTERDAM)
    assert meant("tomorrow", late) == "Tuesday 1 December 2026, 09:00"
    assert meant("tomorrow", late + timedelta(minutes=1)) == "Wednesday 2 December 2026, 09:00"
    assert meant("in 1 min", late) == "Tuesday 1 December 2026, 00:01"
    utc = read("tomorrow", late + timedelta(minutes=1), UTC)
    assert utc.only is not None
    assert utc.only.text == "Tuesday 1 December 2026, 09:00"


def test_the_working_day_begins_when_it_is_said_to() -> None:
    answer = read("tomorrow", NOW, AMSTERDAM, time(7, 30))
    assert answer.only is not None
    assert answer.only.text == "Tuesday 1 December 2026, 07:30"


zones = st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]).map(
    ZoneInfo
)
nows = st.integers(0, 4000 * 86_400).map(lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
words = st.sampled_from([*PHRASES, "9", "14:30", "3.12.", "29", "2027", "1h30", "uur", "am", "pm", "morgen", "x", "."])


@given(st.lists(words, max_size=6).map(" ".join) | st.text(max_size=30), nows, zones)
def test_whatever_is_typed_gives_times_ahead_or_a_sentence(text: str, now: datetime, zone: ZoneInfo) -> None:
    answer = read(text, now, zone)
    assert (len(answer.readings) == 1) == (answer.only is not None) or answer.problem
    assert answer.problem or answer.readings or not text.strip()
    for reading in answer.readings:
        assert reading.when > now
        assert reading.text.startswith(in_full(reading.when, zone))


@given(st.dates(date(2024, 1, 1), date(2033, 12, 30)), st.times(), nows, zones)
def test_a_whole_date_means_that_date_or_says_why_not(day: date, clock: time, now: datetime, zone: ZoneInfo) -> None:
    clock = clock.replace(second=0, microsecond=0)
    texts = [f"{day.isoformat()} {clock:%H:%M}", f"{day.day} {MONTHS[day.month - 1]} {day.year} {clock:%H:%M}"]
    texts.append(f"{WEEKDAYS[day.weekday()]} {day.day}.{day.month}.{day.year} {clock:%H:%M}")
    answers = {read(text, now, zone) for text in texts}
    assert len(answers) == 1
    (answer,) = answers
    if answer.only is not None:
        local = answer.only.when.astimezone(zone).replace(tzinfo=None, fold=0)
        assert local == datetime.combine(day, clock)
    else:
        ahead = at(day, clock, zone) > now
        assert not ahead or any(word in answer.problem for word in ("exist", "twice", "ten years"))


@given(st.integers(1, 72), nows, zones, st.sampled_from(["in {}h", "over {} uur", "in {} Stunden", "{} hours"]))
def test_a_length_of_time_is_that_long(hours: int, now: datetime, zone: ZoneInfo, form: str) -> None:
    only = read(form.format(hours), now, zone).only
    assert only is not None
    assert timedelta() <= only.when - (now + timedelta(hours=hours)) < timedelta(minutes=1)


@given(st.integers(0, 6), nows, zones)
def test_a_day_of_the_week_is_one_of_the_coming_seven_in_every_language(
    weekday: int, now: datetime, zone: ZoneInfo
) -> None:
    names = [name for name, meanings in PHRASES.items() if meanings == (Meaning(Kind.WEEKDAY, weekday),)]
    answers = {read(f"{name} 23:59", now, zone) for name in names}
    assert len(answers) == 1
    (answer,) = answers
    today = now.astimezone(zone).date()
    days = [reading.when.astimezone(zone).date() for reading in answer.readings]
    assert days
    assert all(day.weekday() == weekday and 0 <= (day - today).days <= 7 for day in days)


def test_the_answer_is_the_same_in_every_zone_of_the_same_offset() -> None:
    fixed = timezone(timedelta(hours=1))
    assert read("tue 9", NOW, fixed) == read("tue 9", NOW, AMSTERDAM)
