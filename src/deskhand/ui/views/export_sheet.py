"""Asks what goes along with the views into a file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskhand.services.own_layer import LayerCounts
from deskhand.ui.kit.figures import counted
from deskhand.ui.kit.labels import label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Tone
from deskhand.ui.kit.tick_box import TickBox


class ExportSheet(Sheet):
    """Is asked only where there is something about tickets to take along.

    Signals:
        chosen: whether Later, reminders, pins, notes and links go along.
    """

    chosen = Signal(bool)

    def __init__(self, counts: LayerCounts, parent: QWidget) -> None:
        super().__init__("", parent, width=440)
        self.set_title(self.tr("Export views"))
        self._box = TickBox(self.tr("With what you noted about tickets"))
        self._box.setAccessibleName(self._box.text())
        self._box.setChecked(True)
        self.body.addWidget(self._box)
        found = (
            counts.later and counted(counts.later, self.tr("1 ticket in Later"), self.tr("{count} tickets in Later")),
            counts.pins and counted(counts.pins, self.tr("1 pin"), self.tr("{count} pins")),
            counts.notes and counted(counts.notes, self.tr("1 note"), self.tr("{count} notes")),
            counts.links and counted(counts.links, self.tr("1 link"), self.tr("{count} links")),
        )
        what = ", ".join(one for one in found if one)
        said = self.tr("On this computer: {what}. In a file for a colleague leave them out.").format(what=what)
        self.body.addWidget(label(said, tone=Tone.PLAIN, wrap=True))
        self.add_button(self.tr("Cancel"), self.reject)
        self.add_button(self.tr("Choose the file…"), self._choose, kind="primary", default=True)

    def _choose(self) -> None:
        self.chosen.emit(self._box.isChecked())
        self.accept()
