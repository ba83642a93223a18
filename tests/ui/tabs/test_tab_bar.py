"""The bar of tabs where there is little room for them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from deskhand.domain.accounts import AccountMark
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.tabs.tab_bar import TabBar, TabFace

LONG = "Wärmepumpenwartungsvertragsverlängerungsbestätigung"


def bar_of(qtbot: QtBot, count: int, width: int) -> TabBar:
    bar = TabBar()
    qtbot.addWidget(bar)
    bar.set_tabs([TabFace("Waiting for us"), *(TabFace(f"{n} {LONG}", AccountMark()) for n in range(count))], 0)
    bar.setFixedWidth(width)
    bar.show()
    return bar


def shown_buttons(bar: TabBar) -> list[QToolButton]:
    return [one for one in bar.findChildren(QToolButton) if one.isVisible()]


def test_tabs_become_narrower_before_any_of_them_is_out_of_view(qtbot: QtBot) -> None:
    bar = bar_of(qtbot, 4, 640)
    assert not shown_buttons(bar)
    assert all(bar.rect().contains(bar.tabRect(place)) for place in range(bar.count()))


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_the_buttons_to_tabs_that_are_out_of_view_are_seen(
    qtbot: QtBot, light: Appearance, choice: Choice, direction: Qt.LayoutDirection
) -> None:
    light.choose(choice)
    bar = bar_of(qtbot, 20, 400)
    bar.setLayoutDirection(direction)
    buttons = shown_buttons(bar)
    assert len(buttons) == 2
    for button in buttons:
        shot = button.grab().toImage()
        colours = {shot.pixelColor(x, y).name() for x in range(shot.width()) for y in range(shot.height())}
        assert light.theme.side in colours
        assert len(colours) > 3, "an arrow on it"
