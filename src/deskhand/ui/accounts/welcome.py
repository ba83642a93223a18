"""The first start: what Deskhand does, which vendors it speaks with, and the one thing to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskhand.domain.accounts import VendorInfo
from deskhand.ui.accounts.vendor_summary import missing_features
from deskhand.ui.kit import icons
from deskhand.ui.kit.avatar import Avatar
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.theme import GAP, GAP_LARGE, GAP_SMALL, Tone, fonts_for

_WIDTH = 560


class Welcome(QWidget):
    """Stands where the panes will be, until there is an account.

    Signals:
        add_requested: the agent wants to add an account.
    """

    add_requested = Signal()

    def __init__(self, vendors: Sequence[VendorInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAccessibleName(self.tr("Welcome"))
        self._add = PushButton(self.tr("Add account"))
        self._add.setProperty("kind", "primary")
        self._add.setIcon(icons.icon("plus", self._add.palette().ColorRole.HighlightedText))
        self._add.setFont(fonts_for(self.font()).bold)
        self._add.setMinimumSize(160, 38)
        set_enter_presses(self._add, presses=True)
        self._add.clicked.connect(self.add_requested)
        self.setFocusProxy(self._add)
        scroll = ScrollColumn()
        self._lay_out(scroll.column, vendors)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    @property
    def add_button(self) -> QPushButton:
        """Adds the first account."""
        return self._add

    def _lay_out(self, page: QVBoxLayout, vendors: Sequence[VendorInfo]) -> None:
        block = QWidget()
        block.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(block)
        column.setContentsMargins(GAP, GAP_LARGE, GAP, GAP_LARGE)
        column.setSpacing(6)
        column.addWidget(label(self.tr("Welcome to Deskhand"), role=Role.SUBJECT, wrap=True))
        for line in (
            self.tr("All your tickets in one list, whichever helpdesk they live at."),
            self.tr("What you type is kept at once, offline too; nothing is sent twice unasked."),
            self.tr("What a vendor cannot do is said, with its reason."),
        ):
            column.addWidget(label(line, tone=Tone.PLAIN, wrap=True))
        column.addSpacing(GAP)
        # Above the vendors, so that it is in view also where the window is low, as at 200 %.
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(
            label(
                self.tr("You need an API key or client of your helpdesk; the form says where to find it."),
                role=Role.SMALL,
                tone=Tone.PLAIN,
                wrap=True,
            )
        )
        column.addSpacing(GAP)
        card = QFrame()
        card.setProperty("kind", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(GAP + 2, GAP, GAP + 2, GAP)
        rows.setSpacing(GAP)
        for vendor in vendors:
            rows.addLayout(_vendor_row(vendor))
        column.addWidget(card)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(block, 100)
        across.addStretch(1)
        page.addStretch(2)
        page.addLayout(across)
        page.addStretch(3)


def _vendor_row(vendor: VendorInfo) -> QHBoxLayout:
    square = Avatar(size=28)
    square.set_mark(vendor.mark, vendor.colour, 6)
    column = QVBoxLayout()
    column.setSpacing(1)
    first = QHBoxLayout()
    first.setSpacing(GAP_SMALL)
    first.addWidget(label(vendor.name, role=Role.BOLD))
    first.addWidget(label(vendor.summary, role=Role.SMALL, wrap=True), 1)
    column.addLayout(first)
    column.addWidget(label(missing_features(vendor), role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
    row = QHBoxLayout()
    row.setSpacing(GAP)
    row.addWidget(square, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(column, 1)
    return row
