"""The status line: what is going on, in words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from tests.helpers.child_widgets import child

from deskhand.ui.kit.dot import Dot
from deskhand.ui.kit.spinner import Spinner
from deskhand.ui.kit.theme import Appearance, Choice, Tone
from deskhand.ui.kit.tokens import DARK, LIGHT
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


def test_a_long_sync_shows_how_far_it_is_and_can_be_stopped(line: StatusLine, qtbot) -> None:
    line.set_progress("Syncing Retail EU", 1240, 3800, "retail")
    assert line.progress_text == "Syncing Retail EU: 1,240 of 3,800"
    bar = child(line, QProgressBar)
    assert (bar.value(), bar.maximum(), bar.isVisible()) == (1240, 3800, True)
    with qtbot.waitSignal(line.stop_requested) as told:
        QTest.keyClick(line.stop_button, Qt.Key.Key_Space)
    assert told.args == ["retail"]
    line.clear_progress()
    assert line.progress_text == ""
    assert line.stop_button.isHidden()


def test_a_sync_of_unknown_length_turns_and_claims_no_share(line: StatusLine) -> None:
    line.set_progress("Syncing Retail EU", 12, None, "retail")
    assert line.progress_text == "Syncing Retail EU: 12"
    assert child(line, QProgressBar).isHidden()
    assert child(line, Spinner).isVisible()


def test_what_is_sent_in_a_moment_counts_its_seconds_down(line: StatusLine, qtbot) -> None:
    line.show_countdown("Sending in {seconds} s.", "Undo", 3)
    seen = [line.message]

    def gone() -> bool:
        if line.message and line.message != seen[-1]:
            seen.append(line.message)
        return not line.message

    qtbot.waitUntil(gone)
    seconds = [int(said.removeprefix("Sending in ").removesuffix(" s.")) for said in seen]
    assert seconds == sorted(set(seconds), reverse=True)
    assert seconds[0] == 3
    assert len(seconds) > 1
    assert not line.action_button.isVisible()


def test_another_message_ends_a_countdown(line: StatusLine, qtbot) -> None:
    line.show_countdown("Sending in {seconds} s.", "Undo", 60)
    line.show_message("Closed.", seconds=2)
    said = set()

    def message_is_gone() -> bool:
        said.add(line.message)
        return not line.message

    qtbot.waitUntil(message_is_gone)
    assert said == {"Closed.", ""}


def test_the_outbox_is_said_only_while_something_is_in_it(line: StatusLine, qtbot) -> None:
    assert line.outbox_button.isHidden()
    line.set_outbox(1, 0)
    assert line.outbox_button.text() == "1 waiting in the outbox"
    line.set_outbox(3, 2)
    assert line.outbox_button.text() == "2 in the outbox need you"
    with qtbot.waitSignal(line.outbox_requested):
        QTest.keyClick(line.outbox_button, Qt.Key.Key_Space)


def test_what_needs_the_agent_is_amber_in_both_themes(line: StatusLine, light: Appearance) -> None:
    line.set_outbox(1, 1)
    role = line.outbox_button.foregroundRole()
    assert line.outbox_button.palette().color(role).name() == LIGHT.waiting_text
    light.choose(Choice.DARK)
    assert line.outbox_button.palette().color(role).name() == DARK.waiting_text


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
    low = line.height()
    line.show_message("Thalamus has no harmless call that proves a key. " * 5)
    qtbot.waitUntil(lambda: line.height() > low)
    assert line._timer.interval() > 15_000
