"""The first start teaches, and offers the one thing to do."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.helpers.child_widgets import child

from deskhand.ui.accounts.vendor_summary import missing_features
from deskhand.ui.accounts.welcome import Welcome
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.vendors.registry import REGISTRY

VENDORS = tuple(spec.info for spec in REGISTRY.values())


def test_each_vendor_says_what_it_can_and_cannot_do(qtbot) -> None:
    welcome = Welcome(VENDORS)
    qtbot.addWidget(welcome)
    said = [one.text() for one in welcome.findChildren(QLabel)]
    for vendor in VENDORS:
        assert {vendor.name, vendor.summary, missing_features(vendor)} <= set(said)
        assert missing_features(vendor)


def test_one_press_adds_an_account(qtbot) -> None:
    welcome = Welcome(VENDORS)
    qtbot.addWidget(welcome)
    welcome.show()
    welcome.setFocus()
    assert welcome.add_button.text() == "Add account"
    with qtbot.waitSignal(welcome.add_requested):
        QTest.keyClick(welcome.focusWidget(), Qt.Key.Key_Space)
    with qtbot.waitSignal(welcome.add_requested):
        QTest.mouseClick(welcome.add_button, Qt.MouseButton.LeftButton)


def test_it_needs_no_scroll_bar_in_a_small_window(qtbot) -> None:
    welcome = Welcome(VENDORS)
    qtbot.addWidget(welcome)
    welcome.resize(1000, 640)
    welcome.show()
    assert child(welcome, ScrollColumn).verticalScrollBar().maximum() == 0
