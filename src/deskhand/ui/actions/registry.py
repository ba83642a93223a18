"""The actions at work in the window: their keys are bound, the palette and the key overview show them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhand.ui.accounts.pane_account import PaneAccount
from deskhand.ui.actions.account_actions import AccountSelection
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.shortcuts import Shortcuts
from deskhand.ui.actions.table import WINDOW
from deskhand.ui.kit.theme import Choice
from deskhand.ui.ticket.forms import Forms

if TYPE_CHECKING:
    from deskhand.ui.palette.presenter import PalettePresenter
    from deskhand.ui.settings.settings_dialog import SettingsDialog
    from deskhand.ui.shell import Shell


class ActionRegistry(QObject):
    """Binds the keys of the actions, runs what menus choose, opens the palette and the dialogs that belong to no pane."""

    forms: Forms

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self.forms = Forms(shell.services, shell.scope, shell.window, self)
        self._palette: PalettePresenter | None = None
        self._settings_dialog: SettingsDialog | None = None
        self._shortcuts = Shortcuts(
            WINDOW,
            shell.window,
            self.selection,
            letters=shell.services.settings.letter_keys,
            refused=shell.status.show_message,
            leaves_undo=shell.ticket.keys.leaves_undo,
            is_opening=lambda: shell.ticket.is_opening,
        )
        shell.ticket.settled.connect(self._shortcuts.go_on)

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

    def open_palette(self) -> None:
        """Open the palette over the window."""
        from deskhand.ui.palette.presenter import PalettePresenter

        if self._palette is None:
            shell = self._shell
            parts = (shell.lists, shell.services, shell.scope, shell.window)
            self._palette = PalettePresenter(WINDOW, self._shortcuts, self.selection, *parts)
        self._palette.open()

    # --- dialogs ---

    def find(self) -> None:
        """Find in what is read; where nothing is, in all tickets."""
        if not self._shell.window.begin_find():
            self._shell.accounts_pane.focus_search()

    def open_keys(self) -> None:
        """Show every key."""
        from deskhand.ui.actions.keys_dialog import KeysDialog

        active = [(self._shortcuts.active_keys(c), c.title) for c in WINDOW]
        keys = [(" / ".join(alternatives), title) for alternatives, title in active if alternatives]
        keys.append(("Esc", self.tr("Back one step; nothing typed is lost")))
        KeysDialog(keys, self._shell.window, letters=self._shortcuts.letters).open()

    def open_settings(self) -> None:
        """Show the agent's choices."""
        from deskhand.ui.settings.settings_dialog import SettingsDialog

        services, scope = self._shell.services, self._shell.scope
        dialog = SettingsDialog(
            theme=self._shell.appearance.choice,
            undo_seconds=services.settings.undo_seconds,
            snippets=services.settings.snippets(),
            storage_locations=services.storage_locations,
            parent=self._shell.window,
            letters=self._shortcuts.letters,
        )
        dialog.theme_chosen.connect(self.choose_theme)
        dialog.letters_chosen.connect(self._set_letters)
        dialog.undo_chosen.connect(lambda n: scope.start(services.settings.set_undo_seconds(n), name="setting"))
        dialog.snippet_saved.connect(
            lambda title, text, known: scope.start(self._save_snippet(title, text, known), name="setting")
        )
        dialog.snippet_removed.connect(lambda known: scope.start(self._delete_snippet(known), name="setting"))
        self._settings_dialog = dialog
        dialog.finished.connect(self._settings_closed)
        dialog.open()

    def _settings_closed(self) -> None:
        self._settings_dialog = None

    async def _save_snippet(self, title: str, text: str, known: str) -> None:
        await self._shell.services.settings.save_snippet(title, text, known)
        self._show_snippets()

    async def _delete_snippet(self, known: str) -> None:
        await self._shell.services.settings.delete_snippet(known)
        self._show_snippets()

    def _show_snippets(self) -> None:
        """Show them where they are chosen, and in the settings if those are still open."""
        snippets = self._shell.services.settings.snippets()
        self._shell.ticket.compose.show_snippets(snippets)
        if self._settings_dialog is not None:
            self._settings_dialog.set_snippets(snippets)

    def _set_letters(self, on: bool) -> None:
        self._shortcuts.set_letters(on)
        self._shell.scope.replace(self._shell.services.settings.set_letter_keys(on=on), name="letter keys")

    def choose_theme(self, choice: Choice) -> None:
        """Choose light, dark or what the system has, and remember it."""
        self._shell.scope.replace(self._shell.save_theme(choice), name="theme")

    def new_ticket(self) -> None:
        """Open the form of a new ticket, for the account that is looked at."""
        self.forms.new_ticket(self._shell.lists.query.account)
