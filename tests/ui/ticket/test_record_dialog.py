"""Records that can only be written."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from tests.helpers.narrowing import not_none

from deskhand.domain.capabilities import FieldKind, FormField, RecordForm
from deskhand.ui.ticket.record_dialog import RecordDialog

FORMS = (
    RecordForm(
        "contact", "Contact", (FormField("external_id", "Contact id", required=True), FormField("name", "Name"))
    ),
    RecordForm("queue", "Queue record", (FormField("kind", "Kind", FieldKind.CHOICE, choices=(("chat", "chat"),)),)),
)


def opened(qtbot) -> RecordDialog:
    dialog = RecordDialog(FORMS, "Field repairs")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def press(dialog: RecordDialog) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Push").click()


def test_a_contact_is_pushed_under_its_own_id(qtbot) -> None:
    dialog = opened(qtbot)
    assert dialog.windowTitle() == "Push a record to Field repairs"
    with qtbot.assertNotEmitted(dialog.submitted):
        press(dialog)
    QTest.keyClicks(dialog.form.editors["external_id"].control, "C-1")
    QTest.keyClicks(dialog.form.editors["name"].control, "Casey")
    with qtbot.waitSignal(dialog.submitted) as pushed:
        press(dialog)
    assert pushed.args == ["contact", "C-1", {"name": "Casey"}]
    assert dialog.isVisible()
    with qtbot.assertNotEmitted(dialog.submitted):
        press(dialog)
    dialog.show_problem("The outbox could not be written.")
    assert dialog.form.values() == {"external_id": "C-1", "name": "Casey"}
    with qtbot.waitSignal(dialog.submitted):
        press(dialog)


def test_every_record_has_an_id_and_looking_at_another_kind_loses_nothing(qtbot) -> None:
    dialog = opened(qtbot)
    QTest.keyClicks(dialog.form.editors["name"].control, "Casey")
    dialog.choose("queue")
    assert list(dialog.form.editors) == ["external_id", "kind"]
    dialog.choose("contact")
    assert dialog.form.values() == {"name": "Casey"}


def test_a_form_of_many_fields_does_not_scroll_where_the_window_has_room_for_all_of_it(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = RecordDialog(
        [RecordForm("contact", "Contact", tuple(FormField(f"f{n}", f"Field {n}") for n in range(10)))],
        "Field repairs",
        parent=window,
    )
    bar = dialog.form.verticalScrollBar()
    window.resize(1000, 2 * dialog.sizeHint().height())
    dialog.open()
    assert bar.maximum() == 0
    dialog.close()


def test_the_kind_and_the_fields_below_it_end_in_one_line(qtbot) -> None:
    dialog = opened(qtbot)
    kind = not_none(dialog.findChild(QComboBox, "Kind"))
    name = dialog.form.editors["name"].control
    assert kind.mapTo(dialog, kind.rect().topRight()).x() == name.mapTo(dialog, name.rect().topRight()).x()
