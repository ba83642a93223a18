"""The sound of an account: chosen, looked at, tried."""

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from deskhand.domain.sounds import SoundFormat
from deskhand.ui.notifications.sound_sheet import SoundSheet


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


@pytest.fixture
def sheet(window):
    def why_not(path):
        return "gone.wav is not there any more." if path.endswith("gone.wav") else ""

    made = SoundSheet("Retail EU", "/sounds/gone.wav", why_not, {SoundFormat.WAV}, window)
    made.open()
    yield made
    if isValid(made):
        made.reject()


def button(sheet, text):
    return next(one for one in sheet.findChildren(QPushButton) if one.text() == text)


def shown(sheet):
    return [one.text() for one in sheet.findChildren(QLabel) if one.isVisibleTo(sheet) and one.text()]


def test_a_missing_file_is_said_cannot_be_used_and_the_systems_own_is_what_is_tried(sheet):
    tried: list[str] = []
    sheet.try_requested.connect(tried.append)
    assert "gone.wav is not there any more. The system's own sound is played." in shown(sheet)
    assert not button(sheet, "Use this sound").isEnabled()
    button(sheet, "Try it").click()
    button(sheet, "The system's own").click()
    button(sheet, "Try it").click()
    assert tried == ["", ""]
    assert button(sheet, "Use this sound").isEnabled()


def test_a_file_is_asked_for_by_what_can_be_played_here_and_used(sheet):
    chosen: list[str] = []
    sheet.chosen.connect(chosen.append)
    button(sheet, "Choose a file…").click()
    dialog = sheet.findChild(QFileDialog)
    assert "*.wav" in dialog.nameFilters()[0]
    assert ".ogg" not in dialog.nameFilters()[0]
    dialog.fileSelected.emit("/sounds/bell.wav")
    dialog.reject()
    assert {"bell.wav", "/sounds"} <= set(shown(sheet))
    button(sheet, "Use this sound").click()
    assert chosen == ["/sounds/bell.wav"]
