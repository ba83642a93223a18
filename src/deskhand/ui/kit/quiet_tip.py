"""A tooltip that only repeats a name: it is shown to who points at the widget, and not read out a second time.

Qt takes the tooltip of a widget without a description for one, so that a screen reader would say "More actions, More actions".
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from deskhand.ui.kit.labels import literal_tip


class _QuietTip(QObject):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.text = ""
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ToolTip or not self.text or self._widget.toolTip():
            return False
        assert isinstance(event, QHelpEvent)
        QToolTip.showText(event.globalPos(), literal_tip(self.text), self._widget)
        return True


def set_quiet_tip(widget: QWidget, text: str) -> None:
    """Show these words to who points at a widget, unless it has a tooltip of its own by then; empty = none."""
    tip = widget.findChild(_QuietTip)
    if tip is None:
        tip = _QuietTip(widget)
    tip.text = text


def name_and_keys(widget: QWidget, name: str, keys: str) -> None:
    """Name what does something; its keys are the description, and both stand in the tooltip."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(keys)
    set_quiet_tip(widget, f"{name} ({keys})" if keys else name)
