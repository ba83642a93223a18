"""Drives the page of the agent's choices: each holds at once, and is a step that can be undone."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from deskhand.domain.going_on import Done, GoOn
from deskhand.services.undo import Turned
from deskhand.services.undo_steps import SettingPart
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.shortcuts import Shortcuts
from deskhand.ui.kit.theme import Choice
from deskhand.ui.settings.keys_presenter import KeysPresenter
from deskhand.ui.settings.undo_key import add_undo_key

if TYPE_CHECKING:
    from deskhand.ui.settings.settings_dialog import SettingsDialog
    from deskhand.ui.shell import Shell


class SettingsPresenter(QObject):
    """Opens the page, keeps what is chosen, and shows what an undo put back, on the page and in the window."""

    def __init__(self, shell: "Shell", shortcuts: Shortcuts[Selection], keys: KeysPresenter) -> None:
        super().__init__(shell)
        self._shell = shell
        self._shortcuts = shortcuts
        self._keys = keys
        self._dialog: SettingsDialog | None = None
        shell.ticket.undo.turned.connect(self._turned)
        keys.letters_changed.connect(self._show_values)

    def open(self) -> None:
        """Show the agent's choices."""
        from deskhand.ui.settings.settings_dialog import SettingsDialog

        settings, looks = self._shell.services.settings, self._shell.looks
        dialog = SettingsDialog(
            snippets=settings.snippets(),
            storage_locations=self._shell.services.storage_locations,
            parent=self._shell.window,
            **self._values(),
        )
        keep = self._keep
        dialog.after_chosen.connect(self._choose_after)
        dialog.theme_chosen.connect(self.choose_theme)
        dialog.contrast_chosen.connect(lambda chosen: keep(self.tr("Contrast"), looks.set_contrast(chosen)))
        dialog.motion_chosen.connect(lambda chosen: keep(self.tr("Motion"), looks.set_motion(chosen)))
        dialog.letters_chosen.connect(self._set_letters)
        dialog.keys_requested.connect(lambda: self._keys.open(dialog))
        dialog.density_chosen.connect(lambda density: keep(self.tr("Rows"), self._shell.density.keep_usual(density)))
        dialog.undo_chosen.connect(lambda n: keep(self.tr("Undo sending"), settings.set_undo_seconds(n)))
        dialog.day_start_chosen.connect(lambda n: keep(self.tr("My day begins"), settings.set_day_start(n)))
        dialog.wait_rules_chosen.connect(lambda rules: keep(self.tr("Long waits"), settings.set_wait_rules(rules)))
        dialog.snippet_saved.connect(self._save_snippet)
        dialog.snippet_removed.connect(self._remove_snippet)
        dialog.notifications_requested.connect(lambda: self._shell.notifications.open_choices(dialog))
        add_undo_key(dialog, self.undo)
        self._dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def choose_theme(self, choice: Choice) -> None:
        """Choose light, dark or what the system has, and remember it."""
        self._keep(self.tr("Theme"), self._shell.looks.set_theme(choice))

    def undo(self) -> None:
        """Undo the newest change of a setting; what was done to tickets stays."""
        self._shell.ticket.undo.undo_setting(self._say)

    # --- inside ---

    def _values(self) -> dict[str, Any]:
        settings, looks = self._shell.services.settings, self._shell.looks
        return {
            "theme": looks.appearance.choice,
            "contrast": looks.appearance.contrast,
            "motion": looks.motion,
            "undo_seconds": settings.undo_seconds,
            "letters": self._shortcuts.letters,
            "after": {done: settings.after(done) for done in Done},
            "wait_rules": settings.wait_rules,
            "density": self._shell.density.usual,
            "day_start": settings.day_start.hour * 60 + settings.day_start.minute,
        }

    def _closed(self) -> None:
        self._dialog = None

    def _keep(self, caption: str, work: Coroutine[Any, Any, object]) -> None:
        what = self.tr("Changed the setting “{caption}”").format(caption=caption)
        self._start(what, work, joins=True)

    def _start(self, what: str, work: Coroutine[Any, Any, object], *, joins: bool = False) -> None:
        self._shell.ticket.undo.start(self._shell.services.undo.keep(what, work, joins=joins), name="setting")

    async def _set_after(self, done: Done, how: GoOn) -> None:
        await self._shell.services.settings.set_after(done, how)
        self._shell.ticket.compose.show_go_on()

    def _choose_after(self, done: Done, how: GoOn) -> None:
        caption = self.tr("After sending") if done is Done.SENT else self.tr("After closing")
        self._keep(caption, self._set_after(done, how))

    def _set_letters(self, on: bool) -> None:
        if on != self._shortcuts.letters:
            self._keys.show_letters(on)
            self._keep(self.tr("Single-letter keys"), self._shell.services.settings.set_letter_keys(on=on))

    def _save_snippet(self, title: str, text: str, known: str) -> None:
        said = self.tr("Changed the canned reply “{title}”") if known else self.tr("Made the canned reply “{title}”")

        async def save() -> None:
            await self._shell.services.settings.save_snippet(title, text, known)
            self._show_snippets()

        self._start(said.replace("{title}", title), save())

    def _remove_snippet(self, known: str) -> None:
        settings = self._shell.services.settings
        title = next((one.title for one in settings.snippets() if one.id == known), "")

        async def remove() -> None:
            await settings.delete_snippet(known)
            self._show_snippets()

        self._start(self.tr("Removed the canned reply “{title}”").replace("{title}", title), remove())

    def _show_snippets(self) -> None:
        """Show them where they are chosen, and in the settings if those are still open."""
        snippets = self._shell.services.settings.snippets()
        self._shell.ticket.compose.show_snippets(snippets)
        if self._dialog is not None:
            self._dialog.set_snippets(snippets)

    def _turned(self, turned: Turned) -> None:
        """Take over what an undo put back among the settings."""
        parts = turned.step.parts if turned.step is not None else ()
        keys = {key for part in parts if isinstance(part, SettingPart) for key in part.keys}
        if not keys:
            return
        self._shell.looks.show_again(keys)
        self._keys.show_again()
        self._shell.density.show()
        self._shell.ticket.compose.show_go_on()
        self._shell.notifications.show_again()
        self._show_snippets()
        self._show_values()
        self._say(turned.said)

    def _show_values(self) -> None:
        if self._dialog is not None:
            self._dialog.show_values(**self._values())

    def _say(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.say(text)
