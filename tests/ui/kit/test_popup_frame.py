"""Menus, lists and popups have one frame: its rings are in a margin, its corner where the popup was put, a press outside closes it."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from deskhand.ui.kit import compositor, popup_frame
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.popup import Popup
from deskhand.ui.kit.popup_frame import MARGIN, RADIUS, frame_rect
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.kit.tokens import DARK, LIGHT, Theme


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_reduced", True)


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.move(100, 100)
    made.show()
    return made


def popup_of(window: QWidget) -> Popup:
    made = Popup(window)
    QVBoxLayout(made)
    made.set_frame_size(120, 80)
    return made


def shot(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    widget.render(image, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    return image


@pytest.mark.parametrize(("choice", "theme"), [(Choice.LIGHT, LIGHT), (Choice.DARK, DARK)])
def test_the_frame_has_ground_edge_rings_and_round_corners(
    window: QWidget, light: Appearance, choice: Choice, theme: Theme
) -> None:
    light.choose(choice)
    popup = popup_of(window)
    image, inside = shot(popup), frame_rect(popup)
    assert (inside.width(), inside.height()) == (120, 80)
    assert image.pixelColor(inside.center()).name() == theme.raised
    assert image.pixelColor(inside.left(), inside.center().y()).name() == theme.pop_edge
    below = image.pixelColor(inside.center().x(), inside.bottom() + 3)
    assert 0 < below.alpha() < 128
    assert image.pixelColor(inside.topLeft()).alpha() < 128, "a square corner"
    assert image.pixelColor(0, 0).alpha() == 0


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_the_frame_has_no_seams_at_any_ratio(window: QWidget, ratio: float) -> None:
    """Each row of pixels in the middle is the same, and each column, however large the device's pixels are."""
    image = QImage(round(201 * ratio), round(151 * ratio), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    whole = QRect(0, 0, image.width(), image.height())
    with QPainter(image) as painter:
        popup_frame._paint_patches(painter, whole, LIGHT, ratio)
    corner = round((MARGIN + RADIUS + 3) * ratio)
    row = [image.pixel(x, image.height() // 2) for x in range(image.width())]
    for y in range(corner, image.height() - corner):
        assert [image.pixel(x, y) for x in range(image.width())] == row
    column = [image.pixel(image.width() // 2, y) for y in range(image.height())]
    for x in range(corner, image.width() - corner):
        assert [image.pixel(x, y) for y in range(image.height())] == column


def test_without_a_compositor_it_is_an_edge_without_margin_or_corners(
    window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(popup_frame, "is_composited", lambda: False)
    popup = popup_of(window)
    assert popup.size() == frame_rect(popup).size()
    image = shot(popup)
    assert image.pixelColor(0, 0) == QColor(LIGHT.pop_edge)
    assert image.pixelColor(1, 1) == QColor(LIGHT.raised)


def test_its_corner_is_where_it_was_put_and_it_stays_on_the_screen(window: QWidget) -> None:
    popup, screen = popup_of(window), QRect(0, 0, 800, 600)
    popup.move_frame(QPoint(50, 60), screen)
    assert popup.pos() + QPoint(MARGIN, MARGIN) == QPoint(50, 60)
    popup.move_frame(QPoint(790, 590), screen)
    assert frame_rect(popup).translated(popup.pos()).bottomRight() == screen.bottomRight()


def test_a_press_on_the_shadow_closes_it_and_one_inside_does_not(window: QWidget) -> None:
    popup = popup_of(window)
    popup.show()
    QTest.mouseClick(popup, Qt.MouseButton.LeftButton, pos=frame_rect(popup).center())
    assert popup.isVisible()
    QTest.mouseClick(popup, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not popup.isVisible()


def menu_of(window: QWidget) -> Menu:
    made = Menu(window)
    for text in ("One", "Two", "Three"):
        made.addAction(text)
    return made


def test_the_corner_of_a_menu_is_where_it_was_opened(window: QWidget) -> None:
    menu = menu_of(window)
    menu.popup(QPoint(200, 150))
    assert menu.pos() + frame_rect(menu).topLeft() == QPoint(200, 150)
    menu.close()
    menu.open_above(QPoint(200, 400))
    assert menu.mapToGlobal(frame_rect(menu).bottomLeft()) == QPoint(200, 399)


def test_a_press_on_the_shadow_of_a_menu_closes_it(window: QWidget) -> None:
    menu = menu_of(window)
    menu.popup(QPoint(200, 150))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert not menu.isVisible()


def test_a_menu_below_a_line_begins_beside_the_frame(window: QWidget) -> None:
    menu = menu_of(window)
    below = menu.add_menu(menu.icon(), "More")
    below.addAction("Four")
    menu.popup(QPoint(100, 100))
    menu.setActiveAction(below.menuAction())
    QTest.keyClick(menu, Qt.Key.Key_Right)
    assert below.isVisible()
    gap = below.mapToGlobal(frame_rect(below).topLeft()).x() - menu.mapToGlobal(frame_rect(menu).topRight()).x()
    assert 0 <= gap <= 5
    above = menu.mapToGlobal(menu.actionGeometry(below.menuAction()).topLeft()).y()
    assert abs(below.mapToGlobal(below.actionGeometry(below.actions()[0]).topLeft()).y() - above) <= 5


def test_the_list_of_a_box_has_the_frame_below_the_box(window: QWidget) -> None:
    box = ChoiceBox(window)
    box.addItems(["One", "Two", "Three"])
    box.setGeometry(20, 20, 160, 32)
    box.show()
    box.showPopup()
    opened = box.view().window()
    assert opened is not window
    inside = frame_rect(opened)
    assert inside.contains(box.view().geometry())
    top = opened.mapToGlobal(inside.topLeft()).y() - box.mapToGlobal(QPoint(0, box.height())).y()
    assert 0 <= top <= 6
    assert box.view().viewport().height() >= 3 * box.view().sizeHintForRow(0), "it would have to be scrolled"
    assert shot(opened).pixelColor(inside.left(), inside.center().y()).name() == LIGHT.pop_edge
    box.hidePopup()


def test_offscreen_windows_may_be_transparent_but_neither_fade(qapp: QApplication) -> None:
    if qapp.platformName() == "offscreen":
        assert compositor.is_composited()
        assert not compositor.can_fade()
