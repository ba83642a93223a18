"""Letters that a layout lacks are found by where they lie."""

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

from deskhand.ui.actions.foreign_layout import ForeignLayout, latin_letter
from deskhand.ui.actions.keymap import pressed

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def typed(letter: str, code: int, held: Qt.KeyboardModifier = NONE, virtual: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), held, code, virtual, 0, letter)


@pytest.mark.parametrize(
    ("letter", "code", "virtual", "platform", "meant"),
    [
        ("к", 27, 0, "linux", "R"),
        ("к", 19, 0, "win32", "R"),
        ("к", 0, 15, "darwin", "R"),
        ("ρ", 27, 0, "linux", "R"),
        ("ק", 26, 0, "linux", "E"),
        ("ф", 38, 0, "linux", "A"),
        ("ь", 58, 0, "linux", "M"),
    ],
)
def test_a_letter_of_another_script_is_the_one_that_lies_there(
    letter: str, code: int, virtual: int, platform: str, meant: str
) -> None:
    assert latin_letter(typed(letter, code, virtual=virtual), platform) == Qt.Key(ord(meant))


@pytest.mark.parametrize(("letter", "code"), [("r", 27), ("ö", 47), ("ş", 47), ("ğ", 26), ("1", 10), ("х", 34)])
def test_latin_letters_signs_and_keys_where_no_letter_lies_are_left_alone(letter: str, code: int) -> None:
    assert latin_letter(typed(letter, code), "linux") is None


def test_ctrl_with_such_a_letter_runs_and_two_after_one_another_do() -> None:
    ran: list[str] = []
    keys = ("R", "Ctrl+K", "G, I", "Shift+E")
    layout = ForeignLayout()
    layout.set_runners({pressed(one): lambda one=one: ran.append(one) for one in keys})  # type: ignore[misc]

    def press(letter: str, code: int, held: Qt.KeyboardModifier = NONE, *, letters: bool = True) -> None:
        if (run := layout.meant(typed(letter, code, held), letters=letters)) is not None:
            run()

    press("к", 27)
    press("л", 45, CTRL)
    press("п", 42)
    press("ш", 31)
    press("у", 26, SHIFT)
    assert ran == ["R", "Ctrl+K", "G, I", "Shift+E"]
    ran.clear()
    press("п", 42)
    press("к", 27)  # no such pair: R alone
    assert ran == ["R"]
    ran.clear()
    press("к", 27, letters=False)
    press("л", 45, CTRL, letters=False)
    assert ran == ["Ctrl+K"]
    assert pressed("Ctrl+K") == (QKeyCombination(CTRL, Qt.Key.Key_K),)
