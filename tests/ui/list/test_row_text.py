"""Times, days and the one urgent thing, as an agent says them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from tests.helpers.narrowing import not_none
from tests.helpers.ui_rows import NOW, row

from deskhand.domain.tickets import Priority, State
from deskhand.ui.kit import times
from deskhand.ui.kit.theme import Tone
from deskhand.ui.list import row_text
from deskhand.ui.list.row_text import AccountTag

TAG = AccountTag("Nx", "Retail EU", "#5b5bd6")


@pytest.fixture(autouse=True)
def english() -> None:
    QLocale.setDefault(QLocale("en_GB"))


def local(year: int, month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second).astimezone()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ((2026, 11, 19, 12, 29, 45), "now"),
        ((2026, 11, 19, 12, 16), "14 min"),
        ((2026, 11, 19, 9, 10), "3 h"),
        ((2026, 11, 18, 8, 0), "yesterday"),
        ((2026, 11, 16, 8, 0), "Mon"),
        ((2026, 10, 3, 8, 0), "3 Oct"),
        ((2025, 10, 3, 8, 0), "3 Oct 2025"),
        ((2026, 11, 19, 13, 0), "now"),  # the vendor's clock is ahead
    ],
)
def test_ages(when: tuple[int, ...], words: str) -> None:
    assert times.age(local(*when), local(2026, 11, 19, 12, 30)) == words


def test_an_hour_ago_across_midnight_is_not_yesterday() -> None:
    assert times.age(local(2026, 11, 18, 23, 20), local(2026, 11, 19, 0, 40)) == "1 h"


def test_moments_and_days() -> None:
    now = local(2026, 11, 19, 12, 30)
    assert times.moment(local(2026, 11, 19, 9, 5), now) == "09:05"
    assert times.moment(local(2026, 4, 29, 21, 0), now) == "29 Apr, 21:00"
    assert times.day_label(now.date(), now) == "Today"
    assert times.day_label((now - timedelta(days=1)).date(), now) == "Yesterday"
    assert times.day_label(local(2026, 3, 2, 9, 0).date(), now) == "Monday, 2 March"


def test_due_times() -> None:
    assert times.due(NOW + timedelta(minutes=18), NOW) == "due in 18 min"
    assert times.due(NOW - timedelta(hours=3), NOW) == "3 h overdue"
    assert times.due(NOW + timedelta(days=4), NOW) == "due in 4 days"


def test_the_most_urgent_thing_wins() -> None:
    soon = NOW + timedelta(minutes=18)
    everything: dict[str, Any] = {"due_at": soon, "has_draft": True, "has_files": True, "sentiment": "frustrated"}
    said = [
        row_text.urgent(row(1, **everything, pending=("reply",), needs_agent=True), NOW),
        row_text.urgent(row(1, **everything, pending=("reply",)), NOW),
        row_text.urgent(row(1, **everything), NOW),
        row_text.urgent(row(1, **{**everything, "due_at": None}), NOW),
        row_text.urgent(row(1, has_files=True, sentiment="frustrated"), NOW),
        row_text.urgent(row(1, sentiment="Frustrated"), NOW),
    ]
    assert [u.label if u else "" for u in said] == [
        "needs you",
        "reply waiting",
        "due in 18 min",
        "draft",
        "attachment",
        "frustrated",
    ]
    assert row_text.urgent(row(1, sentiment="positive"), NOW) is None
    assert row_text.urgent(row(1, due_at=soon, state=State.SOLVED), NOW) is None


def test_far_due_times_are_quiet_and_near_ones_are_not() -> None:
    far, near = (not_none(row_text.urgent(row(1, due_at=NOW + timedelta(hours=h)), NOW)) for h in (30, 1))
    assert (far.tone, near.tone) == (Tone.PLAIN, Tone.WRONG)


def test_the_vendors_own_words_are_shown_and_a_normal_priority_is_not_worth_a_chip() -> None:
    assert row_text.state_label(row(1, state=State.OTHER, vendor_state="Awaiting parts")) == "Awaiting parts"
    assert row_text.state_label(row(1, state=State.ON_HOLD, vendor_state="")) == "On hold"
    assert row_text.priority_label(row(1, priority=Priority.URGENT, vendor_priority="P1")) == "P1"
    assert row_text.priority_label(row(1, priority=Priority.NORMAL, vendor_priority="Normal")) == ""


def test_place_names_the_group_or_else_the_account() -> None:
    assert row_text.account_and_group(row(1), TAG) == "Nx · Webshop"
    assert row_text.account_and_group(row(1, group=""), TAG) == "Nx · Retail EU"


def test_a_vendors_impossible_time_ends_nothing() -> None:
    first = datetime(1, 1, 1, tzinfo=NOW.tzinfo)
    assert times.day_of(first).year in (1, 0)
    assert times.moment(first, NOW)
    assert times.age(first, NOW)


def test_a_row_without_a_person_shows_a_number_that_can_be_read_and_never_a_machines_name() -> None:
    assert row_text.who(replace(row(1, who=""), number="ext-001")) == "ext-001"
    uuid = "9ded54fd-c698-46ea-b81f-5c80239dc599"
    nobody = replace(row(1, "Wrong size", who=""), number=uuid)
    assert row_text.who(nobody) == "No customer"
    assert uuid not in row_text.sentence(nobody, TAG, NOW)
