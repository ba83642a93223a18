"""Every command with its keys and its words: for shortcuts, the palette and the key overview alike.

Single letters act only where no text is being typed (`shortcuts`). No Ctrl+Alt (AltGr types letters with it).
"""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhand.domain.capabilities import Feature
from deskhand.domain.queries import Scope
from deskhand.services.views import NAMES, SCOPES
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.shortcuts import Shortcuts
from deskhand.ui.kit.theme import Choice
from deskhand.ui.ticket.forms import Forms

if TYPE_CHECKING:
    from deskhand.ui.palette.presenter import PalettePresenter
    from deskhand.ui.settings.settings_dialog import SettingsDialog
    from deskhand.ui.shell import Shell

_GO = {
    Scope.MINE_OPEN: ("mine", "I"),
    Scope.UNASSIGNED: ("unassigned", "U"),
    Scope.WAITING: ("waiting", "W"),
    Scope.DRAFTS: ("drafts", "D"),
    Scope.OUTBOX: ("outbox", "O"),
    Scope.SNOOZED: ("snoozed", "S"),
    Scope.ALL: ("all", "A"),
}
"""Where G leads with a second letter."""

_VIEW = "Meta" if sys.platform == "darwin" else "Alt"
"""With a digit: Alt types letters on a Mac, where Meta is the control key."""


_BACK, _FORWARD = (("Ctrl+[",), ("Ctrl+]",)) if sys.platform == "darwin" else (("Alt+Left",), ("Alt+Right",))
"""As in a browser of the system; on a Mac Alt and an arrow go by words in a text."""


class ActionRegistry(QObject):
    """Builds the commands, binds their keys, opens the palette and the dialogs that belong to no pane."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self.forms = Forms(shell.services, shell.scope, shell.window, self)
        self._actions = self._build()
        self._palette: PalettePresenter | None = None
        self._settings_dialog: SettingsDialog | None = None
        self._shortcuts = Shortcuts(
            self._actions,
            shell.window,
            letters=shell.services.settings.letter_keys,
            refused=shell.status.show_message,
            leaves_undo=shell.ticket.keys.leaves_undo,
            is_opening=lambda: shell.ticket.is_opening,
        )
        shell.ticket.settled.connect(self._shortcuts.go_on)

    def all(self) -> Sequence[Action]:
        """Return every command."""
        return self._actions

    async def save(self) -> Sequence[object]:
        """Put what is typed into forms on disk; return what is not there."""
        return await self.forms.save()

    def _build(self) -> tuple[Action, ...]:
        shell, ticket, lists = self._shell, self._shell.ticket, self._shell.lists
        keys, changes, several = ticket.keys, ticket.changes, shell.selection
        return (
            Action("palette", self.tr("Search commands and tickets"), ("Ctrl+K",), self.open_palette),
            Action("search", self.tr("Search tickets"), ("/",), shell.accounts_pane.focus_search),
            Action("find", self.tr("Find in this conversation"), ("Ctrl+F",), self.find),
            Action("next", self.tr("Next ticket"), ("J",), lambda: lists.tickets.step(1), widget_keys=("Down",)),
            Action("previous", self.tr("Previous ticket"), ("K",), lambda: lists.tickets.step(-1), widget_keys=("Up",)),
            Action("open", self.tr("Open the ticket"), ("O",), lists.tickets.open_current, widget_keys=("Enter",)),
            Action(
                "back", self.tr("Back to the ticket before"), _BACK, lambda: lists.go(-1), lambda: lists.why_not_go(-1)
            ),
            Action("forward", self.tr("Forward again"), _FORWARD, lambda: lists.go(1), lambda: lists.why_not_go(1)),
            Action("pick", self.tr("Select the ticket, or not, beside others"), ("X",), several.pick),
            Action(
                "extend down",
                self.tr("Select the next ticket too"),
                ("Shift+J",),
                lambda: lists.tickets.extend(1),
                widget_keys=("Shift+Down",),
            ),
            Action(
                "extend up",
                self.tr("Select the previous ticket too"),
                ("Shift+K",),
                lambda: lists.tickets.extend(-1),
                widget_keys=("Shift+Up",),
            ),
            Action(
                "select all",
                self.tr("Select all tickets in this view"),
                (),
                several.select_all,
                widget_keys=("Ctrl+A",),
            ),
            Action(
                "reply",
                self.tr("Reply"),
                ("R",),
                keys.start_reply,
                self._one_only_reason(self.tr("A reply goes to one ticket"), keys.why_no_reply),
                enters_text=True,
            ),
            Action(
                "note",
                self.tr("Write a note"),
                ("M", "Ctrl+M"),
                keys.start_note,
                self._one_only_reason(self.tr("A note belongs to one ticket"), keys.why_no_ticket),
                enters_text=True,
            ),
            Action("undo", self.tr("Undo the last send or change"), ("Z", "Ctrl+Z"), changes.undo_last),
            Action(
                "close",
                self.tr("Close the ticket"),
                ("E",),
                self._many_or_one(several.close, changes.close_ticket),
                self._reason(Feature.STATE, keys.why_no_close),
            ),
            Action(
                "reopen",
                self.tr("Reopen the ticket"),
                ("Shift+E",),
                self._many_or_one(several.reopen, changes.reopen_ticket),
                self._reason(Feature.STATE, keys.why_no_reopen),
            ),
            Action(
                "state",
                self.tr("Change the state"),
                ("S",),
                self._many_or_one(several.choose_state, keys.focus_state),
                self._reason(Feature.STATE, keys.why_no_state),
            ),
            Action(
                "priority",
                self.tr("Change the priority"),
                ("Y",),
                self._many_or_one(several.choose_priority, keys.focus_priority),
                self._reason(Feature.PRIORITY, keys.why_no_priority),
            ),
            Action(
                "assign",
                self.tr("Assign to …"),
                ("A",),
                self._many_or_one(several.choose_assignee, keys.focus_assignee),
                self._reason(Feature.ASSIGN, keys.why_no_assign),
                enters_text=True,
            ),
            Action(
                "assign me",
                self.tr("Assign to me"),
                ("I",),
                self._many_or_one(several.assign_to_me, changes.assign_to_me),
                self._reason(Feature.ASSIGN, keys.why_no_assign_to_me),
            ),
            Action(
                "tags",
                self.tr("Edit tags"),
                ("T",),
                keys.focus_tags,
                self._one_only_reason(self.tr("Tags are edited in one ticket at a time"), keys.why_no_tags),
                enters_text=True,
            ),
            Action(
                "unread",
                self.tr("Mark as unread"),
                ("U",),
                self._many_or_one(several.mark_unread, ticket.mark_unread),
                self._reason(None, keys.why_no_ticket),
            ),
            Action("quotes", self.tr("Fold or unfold quoted text"), ("Q",), keys.toggle_quotes),
            Action(
                "copy number",
                self.tr("Copy the ticket's number"),
                (".",),
                self._many_or_one(several.copy_numbers, keys.copy_number),
            ),
            Action(
                "copy deskhand link",
                self.tr("Copy the ticket's Deskhand link, for colleagues"),
                (),
                self._many_or_one(several.copy_deskhand_links, keys.copy_deskhand_link),
                self._reason(None, keys.why_no_deskhand_link),
            ),
            Action("next message", self.tr("Next message"), ("N",), lambda: keys.step_message(1)),
            Action("previous message", self.tr("Previous message"), ("P",), lambda: keys.step_message(-1)),
            Action("new", self.tr("New ticket"), ("C", "Ctrl+N"), self.new_ticket),
            Action("add account", self.tr("Add account"), (), shell.accounts.add),
            Action("sync", self.tr("Sync now"), ("F5", "Ctrl+R"), shell.accounts.sync),
            Action("next pane", self.tr("Next pane"), ("F6",), lambda: shell.window.step_pane(1)),
            Action("previous pane", self.tr("Previous pane"), ("Shift+F6",), lambda: shell.window.step_pane(-1)),
            *(self._go(scope) for scope in _GO),
            Action("outbox items", self.tr("Show the outbox item by item"), (), shell.outbox.open),
            Action("light", self.tr("Light theme"), (), lambda: self._theme(Choice.LIGHT)),
            Action("dark", self.tr("Dark theme"), (), lambda: self._theme(Choice.DARK)),
            Action("system theme", self.tr("Theme of the system"), (), lambda: self._theme(Choice.SYSTEM)),
            Action("settings", self.tr("Settings"), ("Ctrl+,",), self.open_settings),
            Action("keys", self.tr("Keys"), ("?", "F1"), self.open_keys),
            Action("quit", self.tr("Quit"), ("Ctrl+Q",), shell.window.close),
            *(
                Action(f"account {n}", self.tr("Account {n}").format(n=n), (f"Ctrl+{n}",), self._account(n))
                for n in range(1, 10)
            ),
        )

    def _account(self, number: int) -> Callable[[], None]:
        def choose() -> None:
            accounts = self._shell.services.accounts.all()
            if number <= len(accounts):
                self._shell.lists.choose_account(accounts[number - 1].id)

        return choose

    def _go(self, scope: Scope) -> Action:
        name, letter = _GO[scope]
        place = next((n for n, (one, _) in enumerate(SCOPES, 1) if one is scope), None)
        keys = [f"G, {letter}"]
        if place is not None:
            keys.append(f"{_VIEW}+{place}")
        if scope is Scope.ALL:
            keys.append("Ctrl+0")
        title = self.tr("Go to: {name}").format(name=NAMES[scope])
        return Action(name, title, tuple(keys), lambda: self._shell.lists.choose(scope))

    def _many_or_one(self, many: Callable[[], object], one: Callable[[], object]) -> Callable[[], object]:
        """Return what does it to the selected tickets where several are, else to the one that is open."""
        return lambda: many() if self._shell.selection.is_several else one()

    def _reason(self, feature: Feature | None, one: Callable[[], str]) -> Callable[[], str]:
        """Return what tells why that cannot be done; without a feature it can be done to any selection."""

        def why() -> str:
            selection = self._shell.selection
            if not selection.is_several:
                return one()
            return selection.why_not(feature) if feature is not None else ""

        return why

    def _one_only_reason(self, what: str, one: Callable[[], str]) -> Callable[[], str]:
        """Return what tells why something cannot be done: it is for one ticket, and several are selected, or that one's reason."""
        return lambda: self._shell.selection.why_one(what) or one()

    def open_palette(self) -> None:
        """Open the palette over the window."""
        from deskhand.ui.palette.presenter import PalettePresenter

        if self._palette is None:
            shell = self._shell
            parts = (shell.lists, shell.services, shell.scope, shell.window)
            self._palette = PalettePresenter(self._actions, self._shortcuts, *parts)
        self._palette.open()

    # --- dialogs ---

    def find(self) -> None:
        """Find in what is read; where nothing is, in all tickets."""
        if not self._shell.window.begin_find():
            self._shell.accounts_pane.focus_search()

    def open_keys(self) -> None:
        """Show every key."""
        from deskhand.ui.actions.keys_dialog import KeysDialog

        active = [(self._shortcuts.active_keys(c), c.title) for c in self._actions]
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
        dialog.theme_chosen.connect(self._theme)
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

    def _theme(self, choice: Choice) -> None:
        self._shell.scope.replace(self._shell.save_theme(choice), name="theme")

    def new_ticket(self) -> None:
        """Open the form of a new ticket, for the account that is looked at."""
        self.forms.new_ticket(self._shell.lists.query.account)
