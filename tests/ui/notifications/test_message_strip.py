"""The strip that says what was done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from deskhand.ui.kit.motion import MOTION
from deskhand.ui.notifications.message_strip import MessageStrip


@pytest.fixture
def window(light: object, qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    listed = QFrame(made)
    listed.setObjectName("list")
    listed.setGeometry(200, 0, 384, 560)
    made.show()
    return made


@pytest.fixture
def line(window: QWidget) -> MessageStrip:
    return MessageStrip(window, "What you did")


def test_it_says_what_was_done_at_the_foot_of_the_list_and_takes_it_back_once(
    line: MessageStrip, window: QWidget
) -> None:
    done: list[str] = []
    line.show_step("Closed “Refund” at Retail EU", "Undo", "Z", run=lambda: done.append("undone"))
    assert line.message == "Closed “Refund” at Retail EU"
    listed = window.findChild(QFrame, "list")
    assert listed is not None
    assert listed.geometry().contains(line.geometry())
    assert line.geometry().bottom() > 500
    QTest.mouseClick(line.action_button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert line.message == ""


def test_a_long_sentence_is_shown_whole(line: MessageStrip) -> None:
    line.show_step("Closed “Refund” at Retail EU")
    low = line.height()
    line.show_step(
        "Closed “Donaudampfschifffahrtsgesellschaftskapitän und andere sehr lange Wörter” at Kundendienst Süd. " * 2,
        "Undo",
        "Z",
    )
    assert line.height() > low


def test_what_is_sent_in_a_moment_counts_its_seconds_down(line: MessageStrip, qtbot) -> None:
    line.show_step("Reply to “{x}” leaves in {seconds} s", "Undo", "Z", seconds=3, counts=True)
    seen = [line.message]

    def gone() -> bool:
        if line.message and line.message != seen[-1]:
            seen.append(line.message)
        return not line.message

    qtbot.waitUntil(gone)
    seconds = [int(said.removeprefix("Reply to “{x}” leaves in ").removesuffix(" s")) for said in seen]
    assert seconds == sorted(set(seconds), reverse=True)
    assert seconds[0] == 3
    assert len(seconds) > 1


def test_without_motion_the_time_left_is_a_number_of_whole_five_seconds(
    line: MessageStrip, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MOTION, "is_reduced", True)
    line.show_step("Closed “Refund”", "Undo", "Z", seconds=10)

    def left() -> str:
        return next((one.text() for one in line.findChildren(QLabel) if one.text().endswith(" s")), "")

    assert left() == "10 s"
    line.show_step("Closed “Refund”", "Undo", "Z", seconds=4, exact=True)
    assert left() == "5 s"
    line.withdraw_offer("There is no way back.")
    assert left() == ""
    line.show_step("Reply leaves in {seconds} s", "Undo", "Z", seconds=9, counts=True)
    assert line.message == "Reply leaves in 10 s"
    assert left() in ("", "Reply leaves in 10 s")


def test_an_offer_that_does_not_hold_any_more_goes_and_the_reason_stays(line: MessageStrip) -> None:
    done: list[str] = []
    line.show_step("Closed “Refund”", "Undo", "Z", run=lambda: done.append("undone"))
    line.withdraw_offer("Closed “Refund”. There is no way back.")
    assert line.message == "Closed “Refund”. There is no way back."
    assert line.action_button.isHidden()
    line.action_button.click()
    assert done == []


def test_it_goes_by_itself(line: MessageStrip, qtbot) -> None:
    line.show_step("Done", "Undo", "Z", seconds=0.05)
    qtbot.waitUntil(lambda: line.message == "")


def test_without_a_list_it_lies_in_the_window(line: MessageStrip, window: QWidget) -> None:
    listed = window.findChild(QFrame, "list")
    assert listed is not None
    listed.hide()
    line.show_step("Done", "Undo", "Z")
    assert window.rect().contains(line.geometry())
    window.resize(700, 500)
    assert window.rect().contains(line.geometry())
