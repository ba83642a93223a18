"""Which keys are letters, and what is left without them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from deskhand.ui.presenters.command import Command
from deskhand.ui.presenters.shortcuts import Shortcuts, is_letter


@pytest.mark.parametrize("keys", ["J", "Shift+E", "?", "/", ".", "G, I"])
def test_what_could_be_part_of_a_text_is_a_letter(keys: str) -> None:
    assert is_letter(keys)


@pytest.mark.parametrize("keys", ["Ctrl+K", "Alt+1", "Meta+1", "F1", "Shift+F6", "Esc", "Ctrl+0", "Ctrl+,"])
def test_what_types_nothing_is_no_letter(keys: str) -> None:
    assert not is_letter(keys)


def test_letters_off_leaves_the_other_keys_of_a_command(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    line, place = QLineEdit(), QWidget()
    place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.addWidget(line)
    box.addWidget(place)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    done: list[str] = []
    note = Command("note", "Write a note", ("M", "Ctrl+M"), lambda: done.append("note"), also=("Enter",))
    go = Command("go", "Go", ("G, I",), lambda: done.append("go"))
    shortcuts = Shortcuts((note, go), window, letters=True)
    place.setFocus()

    def press() -> list[str]:
        done.clear()
        for key, held in (
            (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier),
            (Qt.Key.Key_G, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_I, Qt.KeyboardModifier.NoModifier),
        ):
            QTest.keyClick(place, key, held)
        return list(done)

    assert press() == ["note", "note", "go"]
    assert shortcuts.working(note) == ("M", "Ctrl+M", "Enter")
    shortcuts.set_letters(False)
    assert press() == ["note"]
    assert shortcuts.working(note) == ("Ctrl+M", "Enter")
    assert shortcuts.working(go) == ()
    shortcuts.set_letters(True)
    assert press() == ["note", "note", "go"]
