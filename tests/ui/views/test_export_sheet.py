"""What goes along with the views is said, and can be left out."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from tests.helpers.narrowing import not_none

from deskhand.services.own_layer import LayerCounts
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.views.export_sheet import ExportSheet


@pytest.mark.parametrize("is_left_out", [False, True])
def test_it_says_how_much_there_is_and_takes_it_along_unless_that_is_unticked(qtbot, is_left_out):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = ExportSheet(LayerCounts(later=3, notes=1, links=2), window)
    sheet.open()
    texts = " ".join(one.text() for one in sheet.findChildren(QLabel))
    assert "On this computer: 3 tickets in Later, 1 note, 2 links." in texts
    assert "pin" not in texts
    chosen: list[bool] = []
    sheet.chosen.connect(chosen.append)
    if is_left_out:
        not_none(sheet.findChild(TickBox)).click()
    next(one for one in sheet.findChildren(QPushButton) if one.text() == "Choose the file…").click()
    assert chosen == [not is_left_out]
