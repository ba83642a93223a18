"""What stands in a scroll area and is as tall as its width needs, and no taller."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override


class TallContent(QWidget):
    """A wrapped label claims as many lines as it would need at its narrowest; the scroll area asks for the true height itself."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


def scrolled(content: QWidget, area: QScrollArea) -> None:
    """Put content into an area that scrolls up and down only and takes no focus of its own."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    for ground in (area.viewport(), content):
        ground.setAutoFillBackground(False)  # a sheet has another ground than a page
