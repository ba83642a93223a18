"""A failure to start is shown, also where it is the program's own parts that fail."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox

from deskhand.domain.problems import InstallationIncomplete
from deskhand.ui import display
from deskhand.ui.kit import theme
from deskhand.ui.notifications import start_dialogs
from deskhand.ui.notifications.start_failure import StartFailureDialog


class Reader:
    """Reads the dialog that comes up, and closes it."""

    def __init__(self) -> None:
        self.kind: type[QDialog] | None = None
        self.said = ""
        self._timer = QTimer()
        self._timer.timeout.connect(self._read)
        self._timer.start(10)

    def _read(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isVisible():
            self._timer.stop()
            self.kind = type(dialog)
            labels = [one.text() for one in dialog.findChildren(QLabel)]
            self.said = "\n".join(labels).replace("\u200b", "")
            dialog.accept()


def test_the_words_are_shown_and_the_program_goes_on_when_they_are_closed(appearance):
    reader = Reader()
    start_dialogs.show("The disk is full", "Nothing was written. Make room.", "The log is /x/deskhand.log.")
    assert reader.kind is StartFailureDialog
    for one in ("The disk is full", "Nothing was written. Make room.", "The log is /x/deskhand.log."):
        assert one in reader.said


def test_where_the_program_cannot_show_a_dialog_of_its_own_the_system_does(appearance, monkeypatch):
    def broken(_app: object) -> None:
        raise InstallationIncomplete("its icons are missing")

    monkeypatch.setattr(theme, "Appearance", broken)
    reader = Reader()
    start_dialogs.show("This installation is incomplete", "Its <b>icons</b> are missing.", "")
    assert reader.kind is QMessageBox
    assert "Its <b>icons</b> are missing." in reader.said


SAID = {
    "no display": (["could not connect to display ", "xcb-cursor0 is needed"], "neither DISPLAY nor WAYLAND_DISPLAY"),
    "no such plugin": (
        ['Could not find the Qt platform plugin "x" in ""', "Available platform plugins are: xcb, offscreen.\n"],
        "no plugin “x” for a window system. It has: xcb, offscreen.",
    ),
    "no plugins at all": (['Could not find the Qt platform plugin "xcb" in "/y"'], "finds none of its plugins"),
    "a library": (
        ["Cannot load library libqxcb.so: (libxkbcommon-x11.so.0: cannot open shared object file)"],
        "is missing: libxkbcommon-x11.so.0.",
    ),
    "the cursor's library": (["From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed"], "libxcb-cursor0"),
    "something new": (["Something new"], "Qt cannot open a window: Something new"),
    "nothing": ([], "it does not say why"),
}


@pytest.mark.parametrize("what", SAID)
def test_what_qt_says_before_it_gives_up_becomes_a_sentence(what, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    said, words = SAID[what]
    assert words in display.explain(said)


@pytest.mark.parametrize(
    ("platform", "environment", "seen"),
    [
        ("offscreen", {"DISPLAY": ":0"}, False),
        ("minimal", {"DISPLAY": ":0"}, False),
        ("xcb", {}, True),
        (None, {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, False),
        (None, {"DISPLAY": ":0"}, True),
        (None, {"WAYLAND_DISPLAY": "wayland-0"}, True),
        (None, {}, False),
    ],
)
def test_a_dialog_is_for_somebody_who_can_see_it(platform, environment, seen, monkeypatch):
    monkeypatch.setattr(display, "SYSTEM", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert display.has_display(platform) is seen
