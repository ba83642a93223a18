"""The button that makes a ticket, at the top of the sidebar."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from deskhand.ui.actions.action import translate
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.window_actions import NEW_TICKET
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.quiet_tip import name_and_keys


class NewTicketButton(IconButton):
    """Says the action's name and the last of its keys, which holds everywhere.

    Args:
        side, around: as of an `IconButton`.
    """

    def __init__(self, parent: QWidget | None = None, *, side: int, around: int) -> None:
        super().__init__(NEW_TICKET.icon, translate(NEW_TICKET.title), parent, side=side, around=around)
        show_keys(self, self._show_keys)

    def _show_keys(self) -> None:
        keys = IN_FORCE.keymap.keys_of(NEW_TICKET)
        shown = QKeySequence(keys[-1]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        name_and_keys(self, translate(NEW_TICKET.title), shown)
