"""Keys that are changed: they hold at once, are stored, written to a file and read from one."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from deskhand import durable
from deskhand.domain.problems import Invalid
from deskhand.services.file_reading import read_text
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions.key_file import MAX_BYTES, KeyFile, NoKeyFile, read_keys, write_keys
from deskhand.ui.actions.keymap import IN_FORCE, Keymap, read_stored, stored
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.shortcuts import Shortcuts
from deskhand.ui.actions.table import by_place, with_keys
from deskhand.ui.kit.text_dialog import TextDialog
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.settings.keys_editor import KeysEditor

FILE = "deskhand-keys.toml"


def put_stored_keys_in_force(services: Services) -> None:
    """Let the keys hold that the agent chose."""
    name, changes = services.settings.keys
    IN_FORCE.put(read_stored(name, changes, with_keys()))


class KeysPresenter(QObject):
    """Opens the page of the keys and does what is chosen there.

    Signals:
        letters_changed: single letters act from now on (True), or not.
    """

    letters_changed = Signal(bool)

    def __init__(
        self, shortcuts: Shortcuts[Selection], status: StatusLine, services: Services, scope: TaskScope, window: QWidget
    ) -> None:
        super().__init__(window)
        self._shortcuts = shortcuts
        self._status = status
        self._services = services
        self._scope = scope
        self._editor: KeysEditor | None = None

    def open(self, parent: QWidget) -> None:
        """Show the page in front of a window."""
        changeable = with_keys()
        sections = [(place, [one for one in actions if one in changeable]) for place, actions in by_place()]
        editor = KeysEditor(
            [(place, actions) for place, actions in sections if actions],
            IN_FORCE.keymap,
            parent,
            letters=self._shortcuts.letters,
        )
        self._editor = editor
        editor.changed.connect(self._change)
        editor.letters_chosen.connect(self.set_letters)
        editor.export_requested.connect(self._ask_where_to)
        editor.import_requested.connect(self._ask_where_from)
        editor.finished.connect(self._closed)
        editor.open()

    def _closed(self) -> None:
        self._editor = None

    def _change(self, keymap: Keymap) -> None:
        IN_FORCE.put(keymap)
        settings = self._services.settings
        self._keep(self.tr("Changed the keys"), settings.set_keys(keymap.key_set.name, stored(keymap)))

    def _keep(self, said: str, work: Coroutine[Any, Any, object]) -> None:
        self._scope.start(self._services.undo.keep(said, work), name="keys")

    def set_letters(self, on: bool) -> None:
        """Let single letters act in every window, or not, as a step that can be undone."""
        if on != self._shortcuts.letters:
            self.show_letters(on)
            said = self.tr("Changed the setting “Single-letter keys”")
            self._keep(said, self._services.settings.set_letter_keys(on=on))

    def show_letters(self, on: bool) -> None:
        """Let single letters act in every window, or not; what is kept stays."""
        self._shortcuts.set_letters(on)
        self.letters_changed.emit(on)

    def show_again(self) -> None:
        """Let the keys hold that are kept, and show them on the page, after they were put back."""
        put_stored_keys_in_force(self._services)
        self.show_letters(self._services.settings.letter_keys)
        if self._editor is not None:
            self._editor.set_keys(IN_FORCE.keymap, letters=self._shortcuts.letters)

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._editor, title)
        dialog.setNameFilters([self.tr("Keys (*.toml)"), self.tr("All files (*)")])
        return dialog

    def _ask_where_to(self) -> None:
        dialog = self._file_dialog(self.tr("Export keys"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(FILE)
        dialog.fileSelected.connect(lambda path: self._scope.replace(self._export(Path(path)), name="export keys"))
        dialog.open()

    async def _export(self, path: Path) -> None:
        text = write_keys(IN_FORCE.keymap, letters=self._shortcuts.letters)
        try:
            await asyncio.to_thread(durable.write_whole, path, text.encode())
        except OSError as problem:
            said = self.tr("{name} was not written: {why}.")
            self._status.show_message(said.format(name=path.name, why=problem.strerror or type(problem).__name__))
            return
        self._status.show_message(self.tr("Saved as {name}.").format(name=path.name))

    def _ask_where_from(self) -> None:
        dialog = self._file_dialog(self.tr("Import keys"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._scope.replace(self._import(Path(path)), name="import keys"))
        dialog.open()

    async def _import(self, path: Path) -> None:
        """Take over what a file says, or say all that is wrong with it and change nothing."""
        said: KeyFile | NoKeyFile
        try:
            text = await read_text(path, MAX_BYTES)
        except Invalid as problem:
            said = NoKeyFile([problem.detail])
        else:
            said = read_keys(text, with_keys())
        if isinstance(said, NoKeyFile):
            TextDialog(self.tr("No keys were changed"), "\n".join(said.problems), self._editor).open()
            return
        self.show_letters(said.letters)
        IN_FORCE.put(said.keymap)
        self._keep(self.tr("Took over keys from a file"), self._store(said))
        if self._editor is not None:
            self._editor.set_keys(said.keymap, letters=said.letters)
        self._status.show_message(self.tr("The keys of {name} hold now.").format(name=path.name))

    async def _store(self, file: KeyFile) -> None:
        settings = self._services.settings
        await settings.set_letter_keys(on=file.letters)
        await settings.set_keys(file.keymap.key_set.name, stored(file.keymap))
