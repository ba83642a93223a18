"""The actions at work in the window: their keys are bound, the palette and the key overview show them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint

from deskhand.ui.accounts.pane_account import PaneAccount
from deskhand.ui.actions.account_actions import AccountSelection
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.own_actions import OWN
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.shortcuts import Shortcuts
from deskhand.ui.actions.table import WINDOW, by_place
from deskhand.ui.actions.undo_actions import REDO, UNDO
from deskhand.ui.actions.view_actions import VIEW_MENU, ViewSelection
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.theme import Choice
from deskhand.ui.settings.keys_presenter import KeysPresenter, put_stored_keys_in_force
from deskhand.ui.settings.settings_presenter import SettingsPresenter
from deskhand.ui.ticket.forms import Forms

if TYPE_CHECKING:
    from deskhand.ui.palette.presenter import PalettePresenter
    from deskhand.ui.shell import Shell


class ActionRegistry(QObject):
    """Binds the keys of the actions, runs what menus choose, opens the palette and the dialogs that belong to no pane."""

    forms: Forms

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self.forms = Forms(shell.services, shell.scope, shell.window, self)
        put_stored_keys_in_force(shell.services)
        shell.window.destroyed.connect(OWN.listen(self._bind_own))
        self._palette: PalettePresenter | None = None
        self._shortcuts = Shortcuts(
            (*WINDOW, *OWN.actions),
            shell.window,
            self.selection,
            letters=shell.services.settings.letter_keys,
            refused=shell.status.show_message,
            leaves_undo=shell.ticket.keys.leaves_undo,
            is_opening=lambda: shell.ticket.is_opening,
        )
        shell.ticket.settled.connect(self._shortcuts.go_on)
        shell.ticket.undo.keys = lambda: (self._first_key(UNDO), self._first_key(REDO))
        self.keys = KeysPresenter(self._shortcuts, shell.status, shell.services, shell.scope, shell.window)
        self.settings = SettingsPresenter(shell, self._shortcuts, self.keys)

    def _bind_own(self) -> None:
        """Bind the keys of the agent's macros as they are now."""
        put_stored_keys_in_force(self._shell.services)
        self._shortcuts.set_actions((*WINDOW, *OWN.actions))

    async def save(self) -> Sequence[object]:
        """Put what is typed into forms on disk; return what is not there."""
        return await self.forms.save()

    def selection(self) -> Selection:
        """Return what an action is done to now."""
        shell = self._shell
        return Selection(shell.ticket.current(), shell.selection if shell.selection.is_several else None, shell)

    def run_on_ticket(self, action: Action[Selection]) -> None:
        """Run what was chosen in the menu of the open ticket, whatever is selected in the list."""
        action.run(Selection(self._shell.ticket.current(), shell=self._shell))

    def run_on_account(self, action: Action[AccountSelection], shown: PaneAccount) -> None:
        """Run what was chosen in the menu of an account."""
        action.run(AccountSelection(shown, self._shell))

    def open_view_menu(self, view: str, at: QPoint) -> None:
        """Open the menu of a view at a point on the screen."""
        listed = self._shell.services.view_list.get(view)
        if listed is None:
            return
        menu = Menu(self._shell.window)
        menu.setAccessibleName(listed.name)
        menu.aboutToHide.connect(menu.deleteLater)
        chosen = ViewSelection(listed, self._shell)
        fill_menu(menu, VIEW_MENU, chosen, lambda action: action.run(chosen))
        menu.popup(at)

    def go_to_view(self) -> None:
        """Let the agent choose a view by its name."""
        self._palette_presenter().open_views()

    def open_palette(self) -> None:
        """Open the palette over the window."""
        self._palette_presenter().open()

    def _palette_presenter(self) -> "PalettePresenter":
        from deskhand.ui.palette.presenter import PalettePresenter

        if self._palette is None:
            shell = self._shell
            parts = (shell.lists, shell.services, shell.scope, shell.window)
            self._palette = PalettePresenter(lambda: (*WINDOW, *OWN.actions), self._shortcuts, self.selection, *parts)
        return self._palette

    # --- dialogs ---

    def find(self) -> None:
        """Find in what is read; where nothing is, in all tickets."""
        if not self._shell.window.begin_find():
            self._shell.search.open()

    def open_keys(self) -> None:
        """Show every key."""
        from deskhand.ui.actions.keys_dialog import KeysDialog

        sections = [(place, self._keys_of(actions)) for place, actions in by_place()]
        sections[0][1].append(("Esc", self.tr("Back one step; nothing typed is lost")))
        dialog = KeysDialog(sections, self._shell.window, letters=self._shortcuts.letters)
        dialog.change_requested.connect(self.edit_keys)
        dialog.open()

    def edit_keys(self) -> None:
        """Let the agent change the keys."""
        self.keys.open(self._shell.window)

    def _keys_of(self, actions: Sequence[Action[Any]]) -> list[tuple[str, str]]:
        """Return keys and title of the actions that have keys now."""
        active = [(self._shortcuts.active_keys(one), one.title) for one in actions]
        return [(" / ".join(keys), title) for keys, title in active if keys]

    def _first_key(self, action: Action[Any]) -> str:
        return next(iter(self._shortcuts.active_keys(action)), "")

    def open_settings(self) -> None:
        """Show the agent's choices."""
        self.settings.open()

    def choose_theme(self, choice: Choice) -> None:
        """Choose light, dark or what the system has, and remember it."""
        self.settings.choose_theme(choice)

    def new_ticket(self) -> None:
        """Open the form of a new ticket, for the account that is looked at."""
        self.forms.new_ticket(self._shell.lists.query.account)
