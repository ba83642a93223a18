"""Which keys are letters, and what is left without them."""

import string
import sys
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from tests.helpers.ui_driver import combinations
from typing_extensions import override

from deskhand.ui.actions.action import Action
from deskhand.ui.actions.keymap import is_letter
from deskhand.ui.actions.shortcuts import Shortcuts, composes
from deskhand.ui.composer.message_edit import MessageEdit


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
    note = Action[str]("note", "Write a note", ("M", "Ctrl+M"), lambda _: done.append("note"), widget_keys=("Enter",))
    go = Action[str]("go", "Go", ("G, I",), lambda _: done.append("go"))
    shortcuts = Shortcuts((note, go), window, str, letters=True)
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
    assert shortcuts.active_keys(note) == ("M", "Ctrl+M", "Enter")
    shortcuts.set_letters(False)
    assert press() == ["note"]
    assert shortcuts.active_keys(note) == ("Ctrl+M", "Enter")
    assert shortcuts.active_keys(go) == ()
    shortcuts.set_letters(True)
    assert press() == ["note", "note", "go"]


class Deaf(QObject):
    """Keeps an editor from claiming any key, as X11 does for AltGr+E: the key of a command comes to the window unclaimed."""

    @override
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return event.type() is QEvent.Type.ShortcutOverride


def boxed(*widgets: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    return window


def editable_box() -> QComboBox:
    made = QComboBox()
    made.setEditable(True)
    return made


def noted(done: list[str], keys: str, _subject: object) -> None:
    done.append(keys)


EDITORS = [QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, editable_box, QKeySequenceEdit]
LETTERS = [*string.ascii_uppercase.replace("G", ""), *("/", ".", "?", "Shift+E", "Shift+J", "Shift+K", "G, I", "7")]


@pytest.fixture
def bound(qtbot):
    """A window around widgets with every letter bound; what runs is listed."""

    def make(*widgets: QWidget) -> tuple[QWidget, list[str], Shortcuts]:
        window = boxed(*widgets)
        qtbot.addWidget(window)
        done: list[str] = []
        commands = [
            Action[object](keys, keys, (keys,), partial(noted, done, keys)) for keys in [*LETTERS, "Ctrl+K", "Alt+1"]
        ]
        shortcuts = Shortcuts(commands, window, str, letters=True)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window, done, shortcuts

    return make


@pytest.mark.parametrize("kind", EDITORS)
def test_no_letter_runs_a_command_while_a_text_has_the_keyboard_even_one_that_claims_no_key(bound, kind) -> None:
    editor, place = kind(), QPushButton()
    window, done, _shortcuts = bound(editor, place)
    deaf = Deaf(window)
    editor.installEventFilter(deaf)
    editor.setFocus()
    for keys in LETTERS:
        for pressed in combinations(keys):
            QTest.keyClick(editor, pressed.key(), pressed.keyboardModifiers())
            QTest.keyClick(editor, pressed.key(), pressed.keyboardModifiers() | Qt.KeyboardModifier.KeypadModifier)
    assert not done
    QTest.keyClick(editor, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert done == ["Ctrl+K", "Alt+1"]
    done.clear()
    place.setFocus()
    QTest.keyClick(place, Qt.Key.Key_E)
    assert done == ["E"]


def test_the_second_letter_of_a_pair_is_text_where_the_keyboard_has_gone_into_a_text(bound) -> None:
    editor, place = QLineEdit(), QPushButton()
    _window, done, _shortcuts = bound(editor, place)
    place.setFocus()
    QTest.keyClick(place, Qt.Key.Key_G)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_I)
    assert not done
    assert editor.text() == "i"


def test_letters_are_commands_in_a_text_that_can_only_be_read_until_it_can_be_written(bound) -> None:
    text = QTextEdit()
    text.setReadOnly(True)
    window, done, _shortcuts = bound(text)
    deaf = Deaf(window)
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_J)
    assert done == ["J"]
    text.installEventFilter(deaf)
    text.setReadOnly(False)
    QTest.keyClick(text, Qt.Key.Key_J)
    assert done == ["J"]
    text.setReadOnly(True)
    QTest.keyClick(text, Qt.Key.Key_J)
    assert done == ["J", "J"]


def test_letters_are_no_commands_where_a_reply_was_written_that_is_possible_no_more(bound) -> None:
    text = MessageEdit("Reply", "Write a reply")
    _window, done, _shortcuts = bound(text)
    text.setFocus()
    QTest.keyClicks(text, "Hel")
    text.setReadOnly(True)
    QTest.keyClicks(text, "J")
    assert not done
    assert text.toPlainText() == "Hel"


def test_letters_switched_on_while_something_is_typed_wait_for_the_keyboard_to_leave(bound) -> None:
    editor, place = QLineEdit(), QPushButton()
    window, done, shortcuts = bound(editor, place)
    shortcuts.set_letters(False)
    deaf = Deaf(window)
    editor.installEventFilter(deaf)
    editor.setFocus()
    shortcuts.set_letters(True)
    QTest.keyClick(editor, Qt.Key.Key_J)
    assert not done
    place.setFocus()
    QTest.keyClick(place, Qt.Key.Key_J)
    assert done == ["J"]


@pytest.mark.parametrize(
    ("platform", "held", "is_code"),
    [
        ("win32", Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier, True),
        ("win32", Qt.KeyboardModifier.AltModifier, False),
        ("linux", Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier, False),
        ("darwin", Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier, False),
    ],
)
def test_alt_with_digits_of_the_keypad_is_a_character_on_windows_alone(platform, held, *, is_code: bool) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_1, held)
    assert composes(event, platform) is is_code


class TwoWindows:
    """Two windows of the program with the same keys, each with a text; what is done is done to the one of them."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot
        self.done: list[str] = []
        self.is_opening = False
        first = Action[str]("first", "First view", ("Alt+1",), lambda where: self.done.append(f"view {where}"))
        self.texts, self.places, self.shortcuts = [], [], []
        reply = Action[str]("reply", "Reply", ("R",), self._write, enters_text=True)
        for name in ("0", "1"):
            window, middle = QMainWindow(), QWidget()
            qtbot.addWidget(window)
            text, place = QTextEdit(), QWidget()
            place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box = QVBoxLayout(middle)
            box.addWidget(text)
            box.addWidget(place)
            window.setCentralWidget(middle)
            window.show()
            self.texts.append(text)
            self.places.append(place)
            self.shortcuts.append(
                Shortcuts((first, reply), window, partial(str, name), letters=True, is_opening=lambda: self.is_opening)
            )

    def _write(self, where: str) -> None:
        self.done.append(f"reply {where}")
        self.texts[int(where)].setFocus()

    def enter(self, number: int) -> None:
        """Bring a window to the front, with the keyboard outside of its text."""
        self.places[number].window().activateWindow()
        self._qtbot.waitUntil(self.places[number].window().isActiveWindow)
        self.places[number].setFocus()


def test_a_key_that_is_read_by_its_place_means_the_window_in_front_alone(qtbot) -> None:
    """On a French keyboard 1 is &, so Alt+1 is no shortcut of Qt's, and comes by the filter on what has the keyboard."""
    windows = TwoWindows(qtbot)
    for number in (0, 1):
        windows.done.clear()
        windows.enter(number)
        scan = 2 if sys.platform == "win32" else 10
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Ampersand, Qt.KeyboardModifier.AltModifier, scan, 18, 0, "&")
        QApplication.sendEvent(windows.places[number], press)
        assert windows.done == [f"view {number}"]


def test_what_waits_for_a_ticket_is_dropped_by_who_goes_to_another_window(qtbot) -> None:
    windows = TwoWindows(qtbot)
    windows.enter(0)
    windows.is_opening = True
    QTest.keyClick(windows.places[0], Qt.Key.Key_R)
    QTest.keyClicks(windows.places[0], "dear")
    windows.enter(1)
    windows.texts[1].setFocus()
    windows.is_opening = False
    windows.shortcuts[0].go_on()
    assert windows.texts[1].toPlainText() == ""
    assert windows.done == []
    QTest.keyClicks(windows.texts[1], "hello")
    assert windows.texts[1].toPlainText() == "hello"
