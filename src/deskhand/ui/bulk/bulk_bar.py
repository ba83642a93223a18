"""What can be done to all that is selected: a row of buttons that break into lines where there is no room."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.actions.action import Action
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.selection import Selection
from deskhand.ui.bulk.bulk_button import BulkButton
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.theme import GAP_SMALL, theme_of


class BulkBar(QFrame):
    """A button for each action, and one for a menu with the rest.

    Signals:
        chosen: the action of a button.
        more_requested: where on the screen the menu opens.
    """

    chosen = Signal(object)
    more_requested = Signal(QPoint)

    def __init__(self, actions: Sequence[Action[Selection]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What to do with all that is selected"))
        self._buttons: dict[str, BulkButton] = {}
        main = QWidget()
        row = FlowLayout(main, gap=2, line_gap=2)
        for action in actions:
            button = BulkButton(action.icon, action.title_in_menu(several=True))
            show_keys(button, partial(_show_key, button, action))
            button.clicked.connect(lambda _checked=False, action=action: self.chosen.emit(action))
            self._buttons[action.id] = button
            row.addWidget(button)
        self._more = IconButton("ellipsis", self.tr("More for all that is selected"), side=30)
        self._more.clicked.connect(lambda: self.more_requested.emit(self._more.mapToGlobal(QPoint(0, 0))))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(GAP_SMALL, 5, GAP_SMALL, 5)
        whole.setSpacing(2)
        whole.addWidget(main, 1)
        whole.addWidget(self._more)

    def set_reaches(self, reaches: Mapping[str, tuple[str, str]]) -> None:
        """Say how many each action reaches, by its id, and why it reaches none; others than those of the buttons may be among them."""
        for name, button in self._buttons.items():
            button.set_reach(*reaches[name])

    def button(self, name: str) -> BulkButton | None:
        """Return the button of an action, by its id."""
        return self._buttons.get(name)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(QColor(theme_of(self.window().palette()).hair))
            painter.drawLine(0, 0, self.width(), 0)


def _show_key(button: BulkButton, action: Action[Selection]) -> None:
    button.set_key(IN_FORCE.first_key(action))
