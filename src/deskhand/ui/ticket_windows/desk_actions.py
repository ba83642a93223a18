"""Keys and palette of a ticket's own window: what is done to a ticket is done to its ticket; what is no change of one, in the main window."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhand.ui.actions.action import Action
from deskhand.ui.actions.own_actions import OWN
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.shortcuts import Shortcuts
from deskhand.ui.actions.table import IN_MAIN_WINDOW, IN_OWN_WINDOW
from deskhand.ui.actions.undo_actions import REDO, UNDO

if TYPE_CHECKING:
    from deskhand.ui.palette.presenter import PalettePresenter
    from deskhand.ui.shell import Shell
    from deskhand.ui.ticket_windows.ticket_desk import TicketDesk


class DeskActions(QObject):
    """Binds the keys of one window, and opens its palette."""

    def __init__(self, desk: "TicketDesk", shell: "Shell") -> None:
        super().__init__(desk)
        self._desk = desk
        self._shell = shell
        self._palette: PalettePresenter | None = None
        self._away = tuple(replace(one, run=self._in_main_window(one)) for one in IN_MAIN_WINDOW)
        self._shortcuts = Shortcuts(
            self.all,
            desk.window,
            self.selection,
            letters=shell.services.settings.letter_keys,
            refused=desk.status.show_message,
            leaves_undo=desk.ticket.keys.leaves_undo,
            is_opening=lambda: desk.ticket.is_opening,
        )
        self._end_listening = OWN.listen(lambda: self._shortcuts.set_actions(self.all))
        shell.actions.keys.letters_changed.connect(self._shortcuts.set_letters)
        desk.ticket.settled.connect(self._shortcuts.go_on)
        desk.ticket.undo.keys = lambda: (self._first_key(UNDO), self._first_key(REDO))
        desk.ticket.action_chosen.connect(self.run_on_ticket)

    def end(self) -> None:
        """The window is closed: no key does anything in it any more."""
        self._end_listening()
        self._shortcuts.set_actions(())

    @property
    def all(self) -> Sequence[Action[Selection]]:
        """What can be done from here."""
        return (*IN_OWN_WINDOW, *OWN.actions, *self._away)

    def selection(self) -> Selection:
        """Return what an action is done to: the ticket of this window, whatever is selected or open elsewhere."""
        return Selection(self._desk.ticket.current(), shell=self._shell, own=self._desk)

    def run_on_ticket(self, action: Action[Selection]) -> None:
        """Run what was chosen in a menu."""
        action.run(self.selection())

    def open_palette(self) -> None:
        """Open the palette over this window."""
        from deskhand.ui.palette.presenter import PalettePresenter

        if self._palette is None:
            shell, desk = self._shell, self._desk
            parts = (shell.lists, shell.services, desk.scope, desk.window)
            self._palette = PalettePresenter(lambda: self.all, self._shortcuts, self.selection, *parts)
            self._palette.leads_away = shell.raise_window
        self._palette.open()

    def find(self) -> None:
        """Find in the conversation."""
        self._desk.pane.begin_find()

    def _first_key(self, action: Action[Selection]) -> str:
        return next(iter(self._shortcuts.active_keys(action)), "")

    def _in_main_window(self, action: Action[Selection]) -> "_Away":
        return _Away(action, self._shell)


class _Away:
    """Runs an action that belongs to the main window there: no ticket is meant by it."""

    def __init__(self, action: Action[Selection], shell: "Shell") -> None:
        self._action = action
        self._shell = shell

    def __call__(self, _meant: Selection) -> None:
        self._shell.raise_window()
        self._action.run(Selection(shell=self._shell))
