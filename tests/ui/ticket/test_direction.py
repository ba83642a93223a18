"""A name, a subject or a file name that turns the reading direction is not shown as another one (A34)."""

from PySide6.QtWidgets import QWidget

from deskhand.domain.threads import Attachment
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import label
from deskhand.ui.ticket.message_attachments import Attachments

TRICK = "invoice_\u202efdp.exe"


def test_a_label_drops_an_override(qtbot):
    one = label(TRICK)
    qtbot.addWidget(one)
    assert one.text() == "invoice_fdp.exe"
    one.setText(f"x {TRICK}")
    assert one.text() == "x invoice_fdp.exe"


def test_an_elided_label_drops_an_override(qtbot):
    one = ElidedLabel(TRICK)
    qtbot.addWidget(one)
    assert one.text() == "invoice_fdp.exe"


def test_a_file_name_shows_that_something_is_hidden_in_it(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    files = Attachments((Attachment("1", TRICK),), "", parent)
    shown = [one.text() for one in files.findChildren(ElidedLabel)]
    assert shown == ["invoice_[U+202E]fdp.exe"]
