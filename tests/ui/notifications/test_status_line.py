"""The status line: what is going on, in words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from tests.helpers.child_widgets import child

from deskhand.ui.kit.dot import Dot
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.spinner import Spinner
from deskhand.ui.kit.theme import Tone
from deskhand.ui.notifications.status_line import StatusLine


@pytest.fixture
def line(qtbot) -> Iterator[StatusLine]:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    made = StatusLine()
    box.addStretch(1)
    box.addWidget(made)
    window.resize(1000, 200)
    window.show()
    yield made
    window.close()


def test_it_says_how_many_accounts_are_online(line: StatusLine) -> None:
    line.set_accounts_online(4, 5)
    assert line.online_text == "4 of 5 accounts online, 1 waiting"
    line.set_accounts_online(0, 0)
    assert line.online_text == "No accounts yet"
    assert line.accessibleName() == "Status"


@pytest.mark.parametrize(
    ("figures", "words", "tone", "dot"),
    [
        ({"online": 5}, "5 of 5 accounts online", Tone.GOOD, "online"),
        ({"online": 1}, "1 of 5 accounts online, 4 waiting", Tone.WAITING, "partly online"),
        ({"online": 0}, "0 of 5 accounts online, 5 waiting", Tone.WAITING, "offline"),
        ({"online": 1, "paused": 4}, "1 of 5 accounts online, 4 paused", Tone.PLAIN, "paused"),
        ({"online": 1, "paused": 1}, "1 of 5 accounts online, 3 waiting, 1 paused", Tone.WAITING, "partly online"),
        ({"online": 0, "connecting": 5}, "0 of 5 accounts online, 5 connecting", Tone.PLAIN, "connecting"),
        (
            {"online": 3, "connecting": 1},
            "3 of 5 accounts online, 1 connecting, 1 waiting",
            Tone.WAITING,
            "partly online",
        ),
        ({"online": 4, "needing": 1}, "4 of 5 accounts online, 1 needs you", Tone.WRONG, "needs you"),
    ],
)
def test_only_all_accounts_online_look_fine(line: StatusLine, figures, words, tone, dot) -> None:
    line.set_accounts_online(total=5, **figures)
    spot = child(line, Dot)
    assert (line.online_text, spot.tone, spot.accessibleName()) == (words, tone, dot)


@pytest.mark.parametrize(
    ("figures", "waiting", "shown"),
    [
        ({"online": 5}, 2, "Up to date"),
        ({"online": 0}, 0, "Offline"),
        ({"online": 0}, 2, "Offline · 2 to send"),
        ({"online": 3}, 1, "2 offline · 1 to send"),
        ({"online": 2, "connecting": 1, "paused": 1}, 0, "1 offline, 1 connecting, 1 paused"),
        ({"online": 4, "paused": 1}, 3, "1 paused"),
        ({"online": 0, "needing": 1}, 2, "1 needs you"),
    ],
)
def test_the_foot_has_few_words_for_how_the_accounts_are(
    line: StatusLine, figures: dict[str, int], waiting: int, shown: str
) -> None:
    line.set_outbox(waiting, 0)
    line.set_accounts_online(total=5, **figures)
    assert line.accounts_button.text() == shown


def test_a_long_sync_shows_how_far_it_is_and_can_be_stopped(line: StatusLine, qtbot) -> None:
    low = line.sizeHint().height()
    line.set_progress("Syncing Retail EU", 1240, 3800, "retail")
    assert line.sizeHint().height() == low, "nothing moves"
    assert line.progress_text == "Syncing Retail EU: 1,240 of 3,800"
    bar = child(line, QProgressBar)
    assert (bar.value(), bar.maximum(), bar.isVisible()) == (1240, 3800, True)
    with qtbot.waitSignal(line.stop_requested) as told:
        QTest.keyClick(line.stop_button, Qt.Key.Key_Space)
    assert told.args == ["retail"]
    line.clear_progress()
    assert line.progress_text == ""
    assert line.stop_button.isHidden()


def test_in_a_narrow_sidebar_the_figures_of_a_sync_stay_and_what_needs_the_agent_too(line: StatusLine, qtbot) -> None:
    line.set_accounts_online(5, 5)
    line.set_progress("Reading conversations of Kundendienst Niederösterreich", 1240, 3800, "retail")
    line.window().resize(150, 200)
    (words,) = [one for one in line.findChildren(ElidedLabel) if one.isVisible()]
    qtbot.waitUntil(lambda: words.text() == "1,240 of 3,800")
    line.window().resize(380, 200)
    qtbot.waitUntil(lambda: words.text() == "Syncing 1,240 of 3,800")
    assert "Kundendienst" in words.toolTip()
    line.set_outbox(1, 1)
    assert line.accounts_button.isVisible()
    assert not words.isVisible()
    line.set_outbox(0, 0)
    assert words.isVisible()


def test_a_sync_of_unknown_length_turns_and_claims_no_share(line: StatusLine) -> None:
    line.set_progress("Syncing Retail EU", 12, None, "retail")
    assert line.progress_text == "Syncing Retail EU: 12"
    assert child(line, QProgressBar).isHidden()
    assert child(line, Spinner).isVisible()


def test_what_needs_the_agent_is_one_number_and_a_press_shows_the_list_of_it(line: StatusLine, qtbot) -> None:
    words = line.accounts_button
    line.set_accounts_online(5, 5)
    line.set_outbox(1, 0)
    assert (words.text(), words.accessibleName()) == ("Up to date", "5 of 5 accounts online · 1 waiting in the outbox")
    line.set_outbox(3, 2)
    assert (words.text(), line.need_agent) == ("2 need you", 2)
    with qtbot.waitSignal(line.outbox_requested):
        QTest.keyClick(words, Qt.Key.Key_Space)
    line.set_accounts_online(4, 5, needing=1)
    assert words.text() == "3 need you"
    assert words.accessibleName() == "4 of 5 accounts online, 1 needs you · 2 in the outbox need you"
    with qtbot.waitSignal(line.health_requested):
        QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    line.set_outbox(0, 0)
    line.set_accounts_online(5, 5)
    assert (words.text(), line.need_agent) == ("Up to date", 0)


def test_a_message_goes_by_itself_and_its_action_acts_once(line: StatusLine, qtbot) -> None:
    line.show_message("Closed.", "Undo", seconds=30)
    assert line.message == "Closed."
    with qtbot.waitSignal(line.acted):
        QTest.mouseClick(line.action_button, Qt.MouseButton.LeftButton)
    assert line.message == ""
    line.show_message("Gone soon.", seconds=0.05)
    qtbot.waitUntil(lambda: line.message == "")


def test_an_offer_to_undo_goes_when_its_time_is_up(line: StatusLine, qtbot) -> None:
    line.show_message("Your reply to Casey Customer is held, and is sent in a moment. " * 3, "Undo", seconds=0.05)
    line.action_button.setFocus()
    qtbot.waitUntil(lambda: line.message == "")
    assert line.action_button.isHidden()


def test_a_long_message_is_read_to_its_end(line: StatusLine, qtbot) -> None:
    line.show_message("Short.")
    low = line.strip.height()
    line.show_message("Thalamus has no harmless call that proves a key. " * 5)
    qtbot.waitUntil(lambda: line.strip.height() > low)
    assert line.strip._timer.interval() > 15_000
