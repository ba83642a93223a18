"""Every choice has its name beside it, because on Linux a screen reader takes the chosen words for the name of the box itself."""

import pytest
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QComboBox, QInputDialog, QWidget
from tests.helpers.child_widgets import child

from deskhand.domain.capabilities import FieldKind, FormField
from deskhand.ui.list.filter_button import FilterButton
from deskhand.ui.ticket.field_editor import FieldEditor
from deskhand.ui.ticket.vendor_form import VendorForm

BRAND = FormField("brand", "Brand", FieldKind.CHOICE, required=True, choices=(("b1", "Hearth & Oak"),))
STATE = FormField("state", "State", FieldKind.CHOICE, choices=(("open", "open"),), open_ended=True)


def names_beside(box: QWidget) -> list[str]:
    related = QAccessible.queryAccessibleInterface(box).relations(QAccessible.RelationFlag.Label)
    return [interface.text(QAccessible.Text.Name) for interface, _ in related]


@pytest.mark.parametrize("field", [BRAND, STATE])
@pytest.mark.parametrize("value", ["", "b1"])
def test_a_choice_of_a_ticket_field_is_named_whatever_is_chosen(qtbot, field, value) -> None:
    editor = FieldEditor(field)
    qtbot.addWidget(editor)
    editor.show()
    editor.set_value(value or None)
    assert names_beside(editor.control) == [field.label]


def test_a_choice_of_a_new_ticket_s_form_is_named(qtbot) -> None:
    form = VendorForm()
    qtbot.addWidget(form)
    form.set_form((BRAND, STATE))
    form.show()
    assert [names_beside(box) for box in form.findChildren(QComboBox)] == [["Brand"], ["State"]]


def test_the_tag_that_is_asked_for_is_named(qtbot) -> None:
    bar = FilterButton()
    qtbot.addWidget(bar)
    bar.show()
    next(action for action in bar.findChildren(QAction) if action.text() == "Another tag…").trigger()
    dialog = child(bar, QInputDialog)
    assert [names_beside(box) for box in dialog.findChildren(QComboBox)] == [["Tag"]]
    dialog.reject()
