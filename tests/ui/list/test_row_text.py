"""Times and days as an agent says them, and what of a ticket a row says in words."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from tests.helpers.narrowing import not_none
from tests.helpers.ui_rows import NOW, row

from deskhand.domain.accounts import AccountMark
from deskhand.domain.excerpts import Excerpt, HitPlace
from deskhand.domain.tickets import Priority, State, Turn
from deskhand.domain.waits import Clock, Due, Level, Targets, WaitRules
from deskhand.ui.kit import icons, times
from deskhand.ui.kit.tokens import LIGHT
from deskhand.ui.list import row_text
from deskhand.ui.list.row_text import AccountTag

TAG = AccountTag(AccountMark(), "Retail EU")


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


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en_GB", "14:32:05"),
        ("en_US", "2:32:05\N{NARROW NO-BREAK SPACE}PM"),
        ("fi_FI", "14.32.05"),
        ("ar_EG", "٢:٣٢:٠٥ م"),
        ("C", "14:32:05"),
    ],
)
def test_a_time_with_seconds_is_written_as_the_locale_writes_times(locale: str, words: str) -> None:
    QLocale.setDefault(QLocale(locale))
    said = times.exact_clock_time(local(2026, 11, 30, 14, 32, 5))
    assert " ".join(said.split()) == " ".join(words.split())


def test_due_times() -> None:
    assert times.due(NOW + timedelta(minutes=18), NOW) == "due in 18 min"
    assert times.due(NOW - timedelta(hours=3), NOW) == "3 h overdue"
    assert times.due(NOW + timedelta(days=4), NOW) == "due in 4 days"


def labels(**values: Any) -> list[str]:
    return [said.label for said in row_text.marks(row(1, **values), TAG, NOW)]


def test_the_last_line_ends_with_what_needs_the_agent_or_is_under_way_a_due_time_and_files() -> None:
    soon = NOW + timedelta(minutes=18)
    everything: dict[str, Any] = {"due_at": soon, "has_files": True}
    assert labels(**everything, pending=("reply",), needs_agent=True) == ["needs you", "due in 18 min", "attachment"]
    assert labels(**everything, pending=("reply",)) == ["reply waiting", "due in 18 min", "attachment"]
    assert labels(pending=("state",)) == ["change waiting"]
    assert labels(due_at=soon, state=State.SOLVED) == []
    assert labels() == []


def test_a_draft_shows_its_own_first_words_and_a_screen_reader_says_them() -> None:
    def last_line(**values: Any) -> str:
        one = row(1, snippet="Any news?", **values)
        return f"{row_text.draft_label(one)} {row_text.preview_of(one)}".strip()

    assert last_line(has_draft=True, draft_text="Bonjour, le transporteur") == "Draft: Bonjour, le transporteur"
    assert last_line(has_draft=True) == "Draft · Any news?"
    assert last_line() == "Any news?"
    assert last_line(has_draft=True, draft_text="Bonjour", later_reason="ask Ann") == "Draft · “ask Ann”"
    told = row(1, has_draft=True, draft_text="Bonjour, le transporteur", has_files=True, group="")
    assert row_text.sentence(told, TAG, NOW).endswith("attachment. Draft: Bonjour, le transporteur.")
    found = Excerpt(HitPlace.MESSAGE, "Where is it?")
    assert " draft. " in row_text.sentence(told, TAG, NOW, found)
    assert "Bonjour" not in row_text.sentence(told, TAG, NOW, found)


def test_far_due_times_are_quiet_and_near_ones_are_not() -> None:
    far, near = (row_text.marks(row(1, due_at=NOW + timedelta(hours=h)), TAG, NOW)[0] for h in (30, 1))
    assert (far.ink, near.ink) == ("quiet", "wrong")


@pytest.mark.parametrize(
    ("state", "word", "glyph"),
    [
        (State.OPEN, "New", "circle-dashed"),
        (State.OPEN, "In review", "contrast"),
        (State.PENDING, "waiting_for_customer", "clock"),
        (State.ON_HOLD, "", "circle-pause"),
        (State.SNOOZED, "", "alarm-clock"),
        (State.SOLVED, "Resolved", "circle-check"),
        (State.CLOSED, "", "circle-check"),
        (State.OTHER, "Parked", "circle-dashed"),
    ],
)
def test_each_state_but_the_plain_open_one_is_shown_with_a_shape_of_its_own(
    state: State, word: str, glyph: str
) -> None:
    said = not_none(row_text.state_exception(row(1, state=state, vendor_state=word)))
    assert said.icon == glyph
    assert said.label.casefold() == (word.replace("_", " ").casefold() or said.label.casefold())
    assert said.label[0].isupper()
    assert icons.icon(said.icon)
    assert hasattr(LIGHT, said.ink)


def test_a_plain_open_state_and_a_priority_below_high_are_not_worth_a_mark() -> None:
    assert row_text.state_exception(row(1, vendor_state="open")) is None
    assert row_text.state_exception(row(1, vendor_state="")) is None
    assert row_text.state_exception(row(1, state=State.OTHER, vendor_state="")) is None
    shown = {p: row_text.priority_exception(row(1, priority=p)) is not None for p in Priority}
    assert [p for p, there in shown.items() if there] == [Priority.URGENT, Priority.HIGH]


def test_a_screen_reader_hears_one_sentence_with_everything_that_is_seen() -> None:
    told = row(
        1,
        "Refund of 418,11 euros has not arrived",
        who="Chloe Castellano",
        unread=True,
        priority=Priority.HIGH,
        group="",
        snippet="View in browser | Any news?",
        has_draft=True,
        has_files=True,
        updated_at=NOW - timedelta(hours=3),
    )
    assert row_text.sentence(told, TAG, NOW) == (
        "Unread. Chloe Castellano, Refund of 418,11 euros has not arrived. Retail EU. 3 h. High. draft. attachment. Any news?"
    )


def test_the_vendors_own_words_are_shown_and_a_normal_priority_is_not_said() -> None:
    assert row_text.state_label(row(1, state=State.OTHER, vendor_state="Awaiting parts")) == "Awaiting parts"
    assert row_text.state_label(row(1, state=State.ON_HOLD, vendor_state="")) == "On hold"
    assert row_text.priority_label(row(1, priority=Priority.URGENT, vendor_priority="P1")) == "P1"
    assert row_text.priority_label(row(1, priority=Priority.NORMAL, vendor_priority="Normal")) == ""


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


@pytest.mark.parametrize(
    ("hours", "said", "spoken", "level"),
    [
        (0.5, "waits 30 min", "waits 30 minutes", Level.CALM),
        (1, "waits 1 h", "waits 1 hour", Level.CALM),
        (9, "waits 9 h", "waits 9 hours", Level.WARM),
        (73, "waits 3 d", "waits 3 days", Level.HOT),
    ],
)
def test_a_row_says_how_long_its_customer_waits(hours: float, said: str, spoken: str, level: Level) -> None:
    waiting = row(1, turn=Turn.US, waiting_since=NOW - timedelta(hours=hours))
    assert row_text.wait_text(waiting, NOW) == said
    assert row_text.wait_sentence(waiting, NOW) == spoken
    assert row_text.wait_level(waiting, NOW, WaitRules()) is level


@pytest.mark.parametrize("turn", [Turn.THEM, Turn.NOBODY, Turn.UNKNOWN])
def test_only_who_waits_for_us_is_said_to_wait(turn: Turn) -> None:
    other = row(1, turn=turn, waiting_since=NOW - timedelta(hours=9))
    assert (row_text.wait_text(other, NOW), row_text.wait_sentence(other, NOW)) == ("", "")
    assert row_text.wait_level(other, NOW, WaitRules()) is None


def test_a_row_has_the_due_time_of_its_accounts_clock_or_of_its_vendor() -> None:
    waiting = row(1, turn=Turn.US, waiting_since=NOW, answered=True, due_at=NOW + timedelta(hours=5))
    targets = Targets(next_reply=timedelta(hours=4))
    assert row_text.due_of(waiting, targets) == Due(NOW + timedelta(hours=4), Clock.NEXT_REPLY)
    assert row_text.due_of(waiting, Targets()) == Due(NOW + timedelta(hours=5), Clock.VENDOR)


def test_a_ticket_with_links_has_their_mark_and_it_is_said() -> None:
    linked = row(1, is_linked=True)
    assert [(said.label, said.icon, said.has_words) for said in row_text.marks(linked, TAG, NOW)] == [
        ("linked", "link", False)
    ]
    assert "linked." in row_text.sentence(linked, TAG, NOW)
    assert row_text.marks(row(2), TAG, NOW) == ()
