"""Icons are found, take the palette's colour when they are painted, and are as fine as the screen."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage

from deskhand.ui.kit import icons, resources
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.kit.tokens import DARK, LIGHT


def colours(image: QImage) -> set[str]:
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            colour = image.pixelColor(x, y)
            if colour.alpha() == 255:
                found.add(colour.name())
    return found


def test_every_icon_is_an_outline_without_a_colour_of_its_own_and_the_licence_lies_beside() -> None:
    files = sorted((resources.folder() / "icons").glob("*.svg"))
    assert len(files) > 20
    for file in files:
        root = ET.fromstring(file.read_text())  # noqa: S314 - our own files
        assert root.get("stroke") == "currentColor", file.name
        assert root.get("fill") == "none", file.name
    assert "ISC License" in (resources.folder() / "icons" / "LICENSE").read_text()


def test_every_icon_that_the_code_names_exists() -> None:
    source = Path(icons.__file__).parent
    named = set()
    for file in source.rglob("*.py"):
        named |= set(re.findall(r'icons?\.(?:icon|pixmap)\("([a-z0-9-]+)"', file.read_text()))
    assert named
    for name in named:
        icons.icon(name)


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(icons.UnknownIcon):
        icons.icon("no-such-icon")


def test_an_icon_takes_the_palettes_colour_of_the_moment(light: Appearance) -> None:
    made = icons.icon("circle")
    before = colours(made.pixmap(QSize(64, 64)).toImage())
    light.choose(Choice.DARK)
    after = colours(made.pixmap(QSize(64, 64)).toImage())
    assert LIGHT.quiet in before
    assert DARK.quiet in after
    assert LIGHT.quiet not in after


def test_an_icon_is_drawn_at_the_screens_own_resolution() -> None:
    at_two = icons.icon("send").pixmap(QSize(16, 16), 2.0)
    assert (at_two.width(), at_two.devicePixelRatio()) == (32, 2.0)
    direct = icons.pixmap("send", 16, QColor("#ff0000").name(), 2.0)
    assert (direct.width(), direct.devicePixelRatio()) == (32, 2.0)
    assert colours(direct.toImage()) == {"#ff0000"}


@pytest.mark.parametrize("side", [0, -6])
def test_where_there_is_no_room_no_icon_is_drawn_and_nothing_is_complained_about(light: Appearance, side: int) -> None:
    assert icons.icon("bold").pixmap(QSize(side, 20)).isNull()
    assert icons.pixmap("bold", side, "#000000").isNull()


def test_what_points_along_the_line_is_mirrored_where_one_reads_from_the_right_and_a_clock_is_not(qapp) -> None:
    def columns(name: str) -> list[int]:
        image = icons.pixmap(name, 24, "#000000").toImage()
        return [sum(image.pixelColor(x, y).alpha() for y in range(24)) for x in range(24)]

    reply, clock = columns("reply"), columns("clock")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert columns("reply") == pytest.approx(reply[::-1], abs=100)
        assert columns("reply") != pytest.approx(reply, abs=100)
        assert columns("clock") == clock
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
