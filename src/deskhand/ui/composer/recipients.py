"""Above a reply: who gets it, and who gets a copy."""

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from deskhand.ui.composer.cc_field import CcField
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.theme import GAP_SMALL, Tone


class Recipients(QWidget):
    """Two lines; the one for copies is there only where the vendor takes them.

    Attributes:
        cc: the line for copies.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cc = CcField(self)
        self._to = ElidedLabel("", self)
        to_label, self._cc_label = (ElidedLabel(part, self, tone=Tone.PLAIN) for part in (self.tr("To"), self.tr("Cc")))
        for part in (to_label, self._cc_label):
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        set_margins(grid, 2, 0, 0, 2)
        grid.setHorizontalSpacing(GAP_SMALL)
        grid.setVerticalSpacing(2)
        grid.addWidget(to_label, 0, 0)
        grid.addWidget(self._to, 0, 1)
        grid.addWidget(self._cc_label, 1, 0)
        grid.addWidget(self.cc, 1, 1)
        grid.setColumnStretch(1, 1)

    def set_to(self, text: str, *, can_cc: bool) -> None:
        """Say who gets the reply, and offer copies or not."""
        self._to.setText(text)
        self._to.setAccessibleName(self.tr("To: {names}").format(names=text))
        self.cc.setVisible(can_cc)
        self._cc_label.setVisible(can_cc)
