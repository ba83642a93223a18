"""The customer beside the conversation, and over its end where there is no room for both."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit, QVBoxLayout, QWidget

from deskhand.ui.kit.motion import MOTION
from deskhand.ui.ticket.customer_place import CustomerPlace


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_reduced", True)


@pytest.fixture
def customer() -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addWidget(QLineEdit())
    return made


@pytest.fixture
def place(qtbot, customer: QWidget) -> CustomerPlace:
    made = CustomerPlace(QTextEdit(), customer)
    qtbot.addWidget(made)
    made.set_has_ticket(True)
    made.resize(600, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def line(customer: QWidget) -> QLineEdit:
    found = customer.findChild(QLineEdit)
    assert found is not None
    return found


def test_beside_it_is_the_agents_choice_that_stays(place: CustomerPlace, customer: QWidget) -> None:
    assert customer.isVisible()
    place.toggle()
    assert not customer.isVisible()
    assert not place.wanted
    place.set_beside(False)
    place.set_beside(True)
    assert not customer.isVisible()


def test_where_there_is_no_room_it_comes_over_the_end_when_asked(place: CustomerPlace, customer: QWidget) -> None:
    line(customer).setText("half typed")
    place.set_beside(False)
    assert not customer.isVisible()
    place.toggle()
    assert customer.isVisible()
    assert place.is_over
    right = customer.mapTo(place, customer.rect().topRight()).x()
    assert right >= place.width() - 2
    assert line(customer).text() == "half typed"
    place.set_beside(True)
    assert customer.isVisible()
    assert not place.is_over


def test_right_to_left_it_comes_over_the_left(place: CustomerPlace, customer: QWidget) -> None:
    place.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    place.set_beside(False)
    place.toggle()
    assert customer.mapTo(place, customer.rect().topLeft()).x() <= 1


def test_esc_closes_the_panel_and_hands_the_keyboard_back(qtbot, place: CustomerPlace, customer: QWidget) -> None:
    place.set_beside(False)
    place.toggle()
    line(customer).setFocus()
    with qtbot.waitSignal(place.left):
        QTest.keyClick(line(customer), Qt.Key.Key_Escape)
    assert not place.is_shown
