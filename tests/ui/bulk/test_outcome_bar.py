"""The bar of a change of several tickets shows what is done, what was left and what needs the agent, one after the other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from deskhand.domain.bulk_runs import BulkOutcome
from deskhand.ui.bulk.outcome_bar import OutcomeBar
from deskhand.ui.kit.theme import theme_of


@pytest.mark.parametrize("mirrored", [False, True])
def test_each_outcome_has_its_stretch_and_its_colour(qtbot, mirrored) -> None:
    bar = OutcomeBar()
    qtbot.addWidget(bar)
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    bar.resize(100, 8)
    bar.set_counts({BulkOutcome.DONE: 4, BulkOutcome.NEEDS_YOU: 2, BulkOutcome.LEFT: 1, BulkOutcome.UNDERWAY: 3})
    image, theme = bar.grab().toImage(), theme_of(bar.palette())
    seen = [image.pixelColor(100 - x if mirrored else x, image.height() // 2) for x in (20, 45, 60, 85)]
    assert seen == [QColor(colour) for colour in (theme.good, theme.quiet, theme.wrong, theme.idle)]
    assert (bar.value(), bar.maximum()) == (7, 10), "what a screen reader is told"


def test_without_tickets_it_is_empty(qtbot) -> None:
    bar = OutcomeBar()
    qtbot.addWidget(bar)
    bar.resize(100, 8)
    bar.set_counts({})
    image = bar.grab().toImage()
    assert image.pixelColor(50, image.height() // 2) == QColor(theme_of(bar.palette()).idle)
