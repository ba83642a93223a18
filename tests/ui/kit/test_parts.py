"""The small parts: literal text, names for screen readers, and no crash from a painting mistake."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from tests.helpers.child_widgets import child

from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.chip import Chip
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.empty_state import EmptyState
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label, literal_tip
from deskhand.ui.kit.pill_button import PillButton
from deskhand.ui.kit.spinner import Spinner
from deskhand.ui.kit.strip import Offer
from deskhand.ui.kit.theme import Appearance, Choice, Tone, tint
from deskhand.ui.kit.tokens import DARK, LIGHT

HOSTILE = '<img src="file:///etc/passwd"><b>bold</b>'


@pytest.mark.parametrize("role", list(Role))
def test_a_label_shows_tags_as_letters(qtbot, role: Role) -> None:
    made = label(HOSTILE, role=role, selectable=True)
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.text() == HOSTILE


def test_a_tooltip_shows_tags_as_letters() -> None:
    assert "<img" not in literal_tip(HOSTILE)
    assert literal_tip("") == ""


def test_an_elided_label_keeps_its_whole_text_and_shows_it_in_the_tooltip(qtbot) -> None:
    made = ElidedLabel("Refund for order 10021\nhas not arrived " * 4)
    qtbot.addWidget(made)
    made.resize(90, 20)
    made.show()
    assert made.is_cut
    assert "\n" not in made.text()
    assert "has not arrived" in made.toolTip()
    made.resize(4000, 20)
    assert (made.is_cut, made.toolTip()) == (False, "")


def test_a_chip_says_its_word_to_a_screen_reader_and_shortens_a_long_one(qtbot) -> None:
    chip = Chip("Awaiting confirmation from the warehouse in Rotterdam", Tone.WAITING)
    qtbot.addWidget(chip)
    assert chip.accessibleName().endswith("Rotterdam")
    assert chip.sizeHint().width() < 260
    chip.set_text("", Tone.PLAIN)
    assert chip.sizeHint().width() == 0
    chip.set_text("Open", Tone.GOOD)
    chip.resize(chip.sizeHint())
    chip.show()
    shot = chip.grab().toImage()
    assert shot.pixelColor(shot.width() // 2, 1).name() == LIGHT.good_soft


def test_a_banner_names_what_happened_and_its_button_acts(qtbot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.show_notice("Routera refused these credentials.", Tone.WRONG, action="Fix", closable=True)
    assert banner.text == banner.accessibleName() == "Routera refused these credentials."
    (fix,) = banner.findChildren(QPushButton)
    close = child(banner, IconButton)
    with qtbot.waitSignal(banner.acted):
        fix.click()
    with qtbot.waitSignal(banner.dismissed):
        close.click()
    assert banner.isHidden()
    assert banner.text == ""
    assert close.accessibleName() == "Dismiss"


def test_a_strip_has_up_to_three_buttons_with_their_keys_and_puts_them_below_where_it_is_narrow(qtbot) -> None:
    done: list[str] = []
    banner = Banner()
    qtbot.addWidget(banner)
    banner.resize(900, 40)
    offers = (Offer("Tomorrow", lambda: done.append("tomorrow")), Offer("Later …", lambda: done.append("later"), "H"))
    banner.show_notice("Back since 14:00.", Tone.ACCENT, action="Take out of Later", more=offers)
    shown = [one for one in banner.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in shown] == ["Take out of Later", "Tomorrow", "Later …"]
    assert "H" in [one.text() for one in banner.findChildren(QLabel) if one.isVisible()]
    for one in shown[1:]:
        one.click()
    assert done == ["tomorrow", "later"]
    banner.show_notice("Back since 14:00.", Tone.ACCENT, action="Take out of Later")
    assert [one.isVisible() for one in shown] == [True, False, False]
    banner.show_notice("Back since 14:00.", Tone.ACCENT, action="Take out of Later", more=offers)
    banner.resize(300, 200)
    if (layout := banner.layout()) is not None:
        layout.activate()
    words = next(one for one in banner.findChildren(QLabel) if one.text() == "Back since 14:00.")
    assert shown[0].geometry().top() >= words.geometry().bottom()


def test_a_banner_in_view_follows_the_theme(qtbot, light: Appearance) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_notice("Paused, retry in 12 s.", Tone.WAITING)
    light.choose(Choice.DARK)
    words = child(banner, type(label()))
    assert words.palette().color(words.foregroundRole()).name() == tint(DARK, Tone.WAITING).text


def test_a_pill_is_switched_by_mouse_and_by_keyboard(qtbot) -> None:
    pill = PillButton("Unread")
    qtbot.addWidget(pill)
    pill.show()
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert pill.isChecked()
    QTest.keyClick(pill, Qt.Key.Key_Space)
    assert not pill.isChecked()


def test_an_empty_state_teaches_and_offers_its_action(qtbot) -> None:
    empty = EmptyState()
    qtbot.addWidget(empty)
    empty.set_texts("No accounts yet", "Tickets of every account you add appear here.", "Add account")
    empty.resize(400, 300)
    empty.show()
    assert empty.texts[0] == "No accounts yet"
    with qtbot.waitSignal(empty.acted):
        child(empty, QPushButton).click()
    empty.set_texts("Nothing waits", "Done.")
    assert child(empty, QPushButton).isHidden()


def test_a_spinner_turns_only_while_it_is_seen(qtbot) -> None:
    spinner = Spinner()
    qtbot.addWidget(spinner)
    spinner.show()
    running = spinner._timer.isActive()
    spinner.hide()
    assert running
    assert not spinner._timer.isActive()


def test_a_mistake_while_painting_does_not_end_the_program() -> None:
    script = (
        "from PySide6.QtWidgets import QApplication\n"
        "from deskhand.ui.kit.theme import Appearance, Choice\n"
        "from deskhand.ui.kit.avatar import Avatar\n"
        "app = QApplication([])\n"
        "Appearance(app, Choice.LIGHT)\n"
        "a = Avatar('Casey Customer')\n"
        "a._colour = object()\n"
        "a.show()\n"
        "from PySide6.QtCore import QTimer\n"
        "QTimer.singleShot(50, lambda: a.resize(60, 30))\n"
        "QTimer.singleShot(300, app.quit)\n"
        "app.exec()\n"
        "print('alive')\n"
    )
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False, env=env)
    assert done.returncode == 0, done.stderr
    assert "alive" in done.stdout
    assert "paintEvent" in done.stderr  # it was told, not swallowed
