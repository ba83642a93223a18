"""A priority's glyph is fuller the more urgent it is, in both themes."""

import pytest
from PySide6.QtGui import QFont, QImage

from deskhand.domain.tickets import Priority
from deskhand.ui.kit.priority_glyph import priority_pixmap
from deskhand.ui.kit.tokens import DARK, LIGHT, Theme, contrast, high_contrast


def painted(priority: Priority, theme: Theme, colour: str) -> int:
    made = priority_pixmap(priority, 28, theme, 1.0, QFont().toString())
    assert made is not None
    image: QImage = made.toImage()
    return sum(image.pixelColor(x, y).name() == colour for x in range(28) for y in range(28))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_more_is_filled_the_more_urgent_it_is_and_urgent_has_a_ground(qapp, theme: Theme) -> None:
    low, normal, high = (painted(p, theme, theme.text) for p in (Priority.LOW, Priority.NORMAL, Priority.HIGH))
    assert 0 < low < normal < high
    assert painted(Priority.URGENT, theme, theme.text) == 0


def test_what_says_nothing_has_no_glyph(qapp) -> None:
    for priority in (Priority.NONE, Priority.OTHER):
        assert priority_pixmap(priority, 14, LIGHT, 1.0, QFont().toString()) is None


@pytest.mark.parametrize("theme", [*(LIGHT, DARK), *map(high_contrast, (LIGHT, DARK))], ids=lambda t: t.name)
def test_urgent_has_the_colour_of_what_is_wrong_and_its_sign_can_be_read_on_it(qapp, theme: Theme) -> None:
    assert painted(Priority.URGENT, theme, theme.wrong) > 28 * 28 / 2
    assert contrast(theme.page, theme.wrong) >= 4.5
