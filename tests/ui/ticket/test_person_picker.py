"""Choosing whom a ticket belongs to by typing a part of a name."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from tests.helpers.child_widgets import child
from tests.helpers.narrowing import not_none

from deskhand.domain.tickets import Person
from deskhand.services.people import AssigneeChoices
from deskhand.ui.ticket.person_picker import PersonPicker

ME = Person(email="jane@example.com")
OMAR = Person(email="omar@example.com")
KENJI = Person(email="kenji@example.com")


@pytest.fixture
def picker(qtbot) -> Iterator[PersonPicker]:
    around = QWidget()
    qtbot.addWidget(around)
    around.show()
    made = PersonPicker(around)
    made.set_choices(AssigneeChoices((ME, KENJI, OMAR), ME))
    yield made
    made.close()


def test_who_begins_as_typed_comes_before_those_who_only_hold_the_letters(qtbot, picker: PersonPicker) -> None:
    picker.open_over(not_none(picker.parentWidget()))
    line = child(picker, QLineEdit)
    qtbot.keyClicks(line, "om")  # which everybody at example.com has
    with qtbot.waitSignal(picker.chosen) as chosen:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert chosen.args == [OMAR]
