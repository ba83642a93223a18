"""A menu of choices that stays open while several are ticked."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.content.lines import bounded
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.one_line import on_one_line

_LONGEST = 60
"""Characters of a choice; a menu is as wide as its longest."""


class ChoiceMenu(Menu):
    """Choices of which any number (or just one) is ticked.

    Args:
        name: for screen readers.
        one: exactly one is ticked, and choosing closes the menu.

    Signals:
        chosen: the agent ticked or unticked something; `ticked` says what is ticked now.
    """

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget, *, one: bool = False) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QActionGroup(self) if one else None
        self._actions: dict[str, QAction] = {}

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these (value, label) pairs; what was ticked and is still offered stays so."""
        wanted = [(value, bounded(on_one_line(label), _LONGEST)) for value, label in choices]
        if wanted == [(value, self.label(value)) for value in self._actions]:
            return
        ticked = set(self.ticked)
        for action in self._actions.values():
            self.removeAction(action)
            action.deleteLater()
        self._actions = {}
        first = self.actions()[0] if self.actions() else None
        for value, label in wanted:
            action = QAction(label.replace("&", "&&"), self)
            action.setCheckable(True)
            action.setChecked(value in ticked)
            if self._group is not None:
                self._group.addAction(action)
            action.triggered.connect(lambda _checked=False: self.chosen.emit())
            self.insertAction(first, action) if first is not None else self.addAction(action)
            self._actions[value] = action

    def set_ticked(self, values: Iterable[str]) -> None:
        """Tick these and no others, without telling."""
        wanted = set(values)
        for value, action in self._actions.items():
            if action.isChecked() != (value in wanted):
                action.setChecked(value in wanted)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The values that are ticked, in the menu's order."""
        return tuple(value for value, action in self._actions.items() if action.isChecked())

    def choice(self, value: str) -> QAction:
        """Return the action of a value."""
        return self._actions[value]

    def label(self, value: str) -> str:
        """Return how a value is called here."""
        return self._actions[value].text().replace("&&", "&")

    def _stays(self) -> QAction | None:
        action = self.activeAction()
        if self._group is None and action in self._actions.values() and action.isEnabled():
            return action
        return None

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self._stays()
        if action is not None and self.actionAt(event.position().toPoint()) is action:
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._stays()
        if action is not None and event.key() == Qt.Key.Key_Space:
            action.trigger()
        else:
            super().keyPressEvent(event)
