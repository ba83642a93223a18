"""Types AltGr and every letter, and Alt and the row of digits, into texts, on a real X server with one layout after the other: `layouts_session.py`, DISPLAY set.

Prints one line per layout and editor: JSON with the commands that ran and the text that was typed. A letter is a command here as in
the window. There is no window manager: the X server's focus is set by hand.
"""

import json
import string
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from deskhand.ui.actions.action import Action
from deskhand.ui.actions.shortcuts import Shortcuts

LAYOUTS = (("us", ""), ("de", ""), ("pl", ""), ("us", "intl"), ("fr", ""), ("cz", ""), ("dk", ""))
WITHOUT_LATIN = ("ru", "gr", "il", "ara", "ge")
LETTER_KEYCODES = {"R": 27, "E": 26, "Ctrl+K": 45, "M": 58}
"""X11's, of the places where these letters lie on a US keyboard."""
DIGIT_KEYCODES = range(10, 16)
"""X11's, of the keys 1 to 6."""
PATIENCE = 90.0
DONE = "F12"


def note(ran: list[str], keys: str, _subject: object) -> None:
    ran.append(keys)


def wait(until: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > ends:
            sys.exit(f"not within {PATIENCE:.0f} s: {what}")
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def main() -> None:
    application = QApplication([])
    window = QWidget()
    column = QVBoxLayout(window)
    combo = QComboBox()
    combo.setEditable(True)
    texts: dict[str, tuple[QTextEdit | QLineEdit | QComboBox, Callable[[], str]]] = {
        "text": (edit := QTextEdit(), edit.toPlainText),
        "line": (line := QLineEdit(), line.text),
    }
    texts["box"] = (combo, combo.currentText)
    for widget, _text in texts.values():
        column.addWidget(widget)
    place = QPushButton()
    column.addWidget(place)
    ran: list[str] = []
    commands = [
        Action[object](keys, keys, (keys,), partial(note, ran, keys)) for keys in [*string.ascii_uppercase, "/", "."]
    ]
    commands.extend(
        Action[object](keys, keys, (keys,), partial(note, ran, keys)) for keys in (f"Alt+{n}" for n in range(1, 7))
    )
    commands.append(Action("Ctrl+K", "Ctrl+K", ("Ctrl+K",), partial(note, ran, "Ctrl+K")))
    commands.append(Action(DONE, DONE, (DONE,), partial(note, ran, DONE)))
    Shortcuts(commands, window, str, letters=True)
    window.show()
    wait(lambda: window.windowHandle().isExposed(), "the window is there")
    subprocess.run(["xdotool", "windowfocus", "--sync", str(int(window.winId()))], check=True)
    wait(lambda: application.activeWindow() is window, "the window is active")
    for layout, variant in LAYOUTS:
        subprocess.run(["setxkbmap", layout, *([variant] if variant else [])], check=True)
        for name, (widget, text) in texts.items():
            widget.setFocus()
            ran.clear()
            keys = [f"ISO_Level3_Shift+{letter}" for letter in string.ascii_lowercase]
            typing = subprocess.Popen(["xdotool", "key", "--delay", "4", *keys, "e", DONE])
            wait(lambda: ran[-1:] == [DONE], "all keys have come")
            typing.wait(PATIENCE)
            said = {"layout": f"{layout} {variant}".strip(), "editor": name, "ran": ran[:-1], "text": text()}
            ran.clear()
            subprocess.run(
                ["xdotool", "key", "--delay", "4", *(f"alt+{code}" for code in DIGIT_KEYCODES), DONE], check=True
            )
            wait(lambda: ran[-1:] == [DONE], "all digits have come")
            said |= {"views": ran[:-1], "text after": text()}
            print(json.dumps(said), flush=True)
            widget.clear()
    for layout in WITHOUT_LATIN:
        subprocess.run(["setxkbmap", layout], check=True)
        place.setFocus()
        ran.clear()
        keys = [f"ctrl+{code}" if "Ctrl" in key else str(code) for key, code in LETTER_KEYCODES.items()]
        subprocess.run(["xdotool", "key", "--delay", "4", *keys, DONE], check=True)
        wait(lambda: ran[-1:] == [DONE], "all letters have come")
        print(json.dumps({"foreign": layout, "ran": ran[:-1]}), flush=True)


if __name__ == "__main__":
    main()
