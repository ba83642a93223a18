"""Runs macros on the open ticket or on all that is selected, records them, and opens what edits them."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from deskhand import durable
from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import Invalid
from deskhand.services.file_reading import read_text
from deskhand.services.macro_recording import Recording
from deskhand.services.macros import KEY, Macro
from deskhand.services.settings import recorded
from deskhand.services.undo_steps import setting_step
from deskhand.ui.actions.keymap import IN_FORCE, why_no_key
from deskhand.ui.actions.own_actions import OWN, macro_action
from deskhand.ui.actions.selection import Selection
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.text_dialog import TextDialog
from deskhand.ui.kit.theme import Tone
from deskhand.ui.macros.macro_form import MacroForm
from deskhand.ui.macros.macro_popup import MacroPopup
from deskhand.ui.macros.macros_sheet import MacrosSheet
from deskhand.ui.palette.entries import Entry, Mark
from deskhand.ui.settings.undo_key import add_undo_key
from deskhand.ui.undo.presenter import UndoPresenter

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell

FILE = "deskhand-macros.toml"
MOST_BYTES = 2_000_000


class MacrosPresenter(QObject):
    """Keeps the actions of the macros true, and does what they are for.

    Args:
        place: the popup opens over its upper part.
        banner: says that a macro is being recorded.
    """

    def __init__(self, shell: "Shell", place: QWidget, banner: Banner) -> None:
        super().__init__(shell)
        self._banner = banner
        banner.acted.connect(self.toggle_recording)
        self._shell = shell
        self._place = place
        self._services = shell.services
        self._popup = MacroPopup(shell.window)
        self._sheet: MacrosSheet | None = None
        self._recording: Recording | None = None
        self._show_actions()

    def changed(self, changes: ChangeSet) -> None:
        """Show what another process or an import made of the macros."""
        if KEY in changes.settings:
            self._show_actions()

    def _show_actions(self) -> None:
        OWN.put([macro_action(one, self._services.macro_runs) for one in self._services.macros.all()])
        if self._sheet is not None:
            self._sheet.set_macros(self._services.macros.all())

    # --- run ---

    def run(self, macro: str, meant: Selection) -> None:
        """Run a macro, by its id, on what is meant: at once, or after a question where it asks for one."""
        found = self._services.macros.get(macro)
        keys = _keys(meant)
        if found is not None and keys:
            self._shell.scope.replace(self._plan(found, keys, meant.here.ticket.undo), name="macro plan")

    async def _plan(self, macro: Macro, keys: Sequence[TicketKey], undo: UndoPresenter) -> None:
        plan = await self._services.macro_runs.plan(macro, keys)
        name = macro.name.replace("{", "(").replace("}", ")")
        verb = self.tr("Run “{name}” on").format(name=name)
        done = self.tr("Ran “{name}” on {tickets}").replace("{name}", name)
        self._shell.selection.run_plan(plan, verb, done, undo=undo)

    def choose(self, meant: Selection) -> None:
        """Let the agent choose which macro to run on what is meant."""
        entries = [
            Entry(
                action.values["name"],
                action.now(meant),
                "/".join(IN_FORCE.keymap.shown_keys(action)),
                action.reason(meant),
                lambda action=action: action.run(meant),  # type: ignore[misc]
                mark=Mark(action.icon),
            )
            for action in OWN.actions
        ]
        if meant.several is None and meant.ticket is not None and meant.own is None:
            entries.append(
                Entry(
                    self.tr("Record a macro"),
                    self.tr("what you do to this ticket next"),
                    run=self.toggle_recording,
                    mark=Mark("circle-dot"),
                )
            )
        entries.append(
            Entry(self.tr("Macros…"), self.tr("make, edit, take along"), run=self.open, mark=Mark("settings"))
        )
        self._popup.set_entries(entries)
        anchor = self._shell.selection.anchor("macro") if meant.several is not None else None
        if anchor is None:
            self._popup.open_over(self._place if meant.own is None else meant.own.pane)
        else:
            self._popup.open_at(anchor, above=True)

    # --- record ---

    @property
    def is_recording(self) -> bool:
        """Whether what is done to a ticket becomes a macro."""
        return self._recording is not None

    def toggle_recording(self) -> None:
        """Begin to record what is done to the open ticket; or end it, and show the steps."""
        self._shell.scope.replace(self._end() if self._recording is not None else self._begin(), name="macro record")

    async def _begin(self) -> None:
        view = self._shell.ticket.current()
        if view is None:
            self._shell.status.show_message(self.tr("Open the ticket first that you want to record a macro on."))
            return
        self._recording = await self._services.macro_recorder.begin(view)
        said = self.tr("Recording on “{subject}”. What you do to it becomes a macro.").format(
            subject=view.ticket.subject
        )
        self._banner.show_notice(said, Tone.ACCENT, action=self.tr("Stop"))

    async def _end(self) -> None:
        recording, self._recording = self._recording, None
        if recording is None:
            return
        self._banner.clear()
        steps = await self._services.macro_recorder.end(recording)
        if not steps:
            said = self.tr("Nothing was done to “{subject}” that a macro could do.")
            self._shell.status.show_message(said.format(subject=recording.subject))
            return
        self._open_form(Macro("", "", steps))

    # --- edit ---

    def open(self) -> None:
        """Show the macros."""
        macros = self._services.macros
        why = "" if self._shell.ticket.current() is not None else self.tr("No ticket is open.")
        sheet = self._sheet = MacrosSheet(macros.all(), self._shell.window, why_not_record=why)
        sheet.edit_requested.connect(self.edit)
        sheet.record_requested.connect(sheet.accept)
        sheet.record_requested.connect(self.toggle_recording)
        sheet.removed.connect(lambda one: self._change(self.tr("Removed the macro “{name}”"), one, macros.remove(one)))
        sheet.moved.connect(
            lambda one, to: self._change(self.tr("Moved the macro “{name}”"), one, macros.move(one, to))
        )
        add_undo_key(sheet, self._shell.actions.settings.undo)
        sheet.export_requested.connect(self._ask_where_to)
        sheet.import_requested.connect(self._ask_where_from)
        sheet.finished.connect(self._closed)
        sheet.open()

    def _change(self, said: str, macro: str, work: Coroutine[Any, Any, object]) -> None:
        """Change the list of macros, as a step that can be undone."""
        found = self._services.macros.get(macro)
        what = said.format(name=found.name if found is not None else "")
        self._shell.ticket.undo.start(self._then_show(self._services.undo.keep(what, work)), name="macro")

    def _closed(self) -> None:
        self._sheet = None

    async def _then_show(self, work: object) -> None:
        try:
            await work  # type: ignore[misc]
        except Invalid as wrong:
            self._shell.status.show_message(wrong.detail)
        self._show_actions()

    def edit(self, macro: str) -> None:
        """Edit a macro, by its id; empty = a new one."""
        self._open_form(self._services.macros.get(macro) or Macro("", "", ()))

    def _open_form(self, macro: Macro) -> None:
        services = self._services
        form = MacroForm(
            macro,
            self._sheet or self._shell.window,
            accounts={account.id: account.label for account in services.accounts.all()},
            snippets=services.settings.snippets(),
            lacking=services.macro_runs.lacking,
            why_not=services.macros.why_not,
            why_no_key=lambda key: self._why_no_key(key, macro),
            meant=self._meant,
        )
        said = self.tr("Changed the macro “{name}”") if macro.id else self.tr("Made the macro “{name}”")
        form.saved.connect(
            lambda made: self._shell.scope.start(
                self._then_show(services.undo.keep(said.format(name=made.name), self._save(made))), name="macro"
            )
        )
        form.open()

    def _meant(self, text: str) -> str:
        answer = self._services.later.read(text)
        return answer.only.text if answer.only is not None else answer.problem or self.tr("This is no time.")

    def _why_no_key(self, key: str, macro: Macro) -> str:
        """Return why a key cannot be this macro's: it is none, or another action has it."""
        from deskhand.ui.actions.table import with_keys

        action = macro_action(replace(macro, id=macro.id or "new", key=key), self._services.macro_runs)
        if why := why_no_key(key, action):
            return why
        others = [one for one in with_keys() if one.id != action.id]
        holder = IN_FORCE.keymap.holder(key, others)
        return self.tr("It is the key of “{name}”.").format(name=holder.title) if holder is not None else ""

    async def _save(self, macro: Macro) -> None:
        macros = self._services.macros
        if macro.id:
            values = {
                name: getattr(macro, name) for name in ("name", "steps", "icon", "colour", "key", "lacking", "accounts")
            }
            saved = await macros.change(macro.id, **values)
        else:
            look = {name: getattr(macro, name) for name in ("icon", "colour", "key", "lacking", "accounts")}
            saved = await macros.create(macro.name, macro.steps, **look)
        await self._forget_changed_key(saved)
        self._shell.status.show_message(self.tr("The macro “{name}” is kept.").format(name=saved.name))

    async def _forget_changed_key(self, macro: Macro) -> None:
        """Let the key of the form hold, also where another was given it on the page of the keys."""
        keymap, identifier = IN_FORCE.keymap, f"macro {macro.id}"
        if identifier in keymap.changes:
            kept = {known: keys for known, keys in keymap.changes.items() if known != identifier}
            IN_FORCE.put(replace(keymap, changes=kept))
            await self._services.settings.set_keys(keymap.key_set.name, kept)

    # --- files ---

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._sheet or self._shell.window, title)
        dialog.setNameFilters([self.tr("Macros (*.toml)"), self.tr("All files (*)")])
        return dialog

    def _ask_where_to(self) -> None:
        dialog = self._file_dialog(self.tr("Export macros"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(FILE)
        dialog.fileSelected.connect(lambda path: self._shell.scope.replace(self.export(Path(path)), name="macros out"))
        dialog.open()

    async def export(self, path: Path) -> None:
        """Write the macros to a file."""
        try:
            await asyncio.to_thread(durable.write_whole, path, self._services.macros.export().encode())
        except OSError as problem:
            said = self.tr("{name} was not written: {why}.")
            self._shell.status.show_message(said.format(name=path.name, why=problem.strerror or type(problem).__name__))
            return
        self._shell.status.show_message(self.tr("Saved as {name}.").format(name=path.name))

    def _ask_where_from(self) -> None:
        dialog = self._file_dialog(self.tr("Import macros"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._shell.scope.replace(self.take(Path(path)), name="macros in"))
        dialog.open()

    async def take(self, path: Path) -> None:
        """Take over the macros of a file, and say what became of each."""
        try:
            text = await read_text(path, MOST_BYTES)
            with recorded() as changes:
                done = await self._services.macros.take(
                    text, beside=True, why_no_key=lambda one: self._why_no_key(one.key, one)
                )
            self._services.undo.record(setting_step(self.tr("Took over macros from a file"), changes))
        except Invalid as problem:
            TextDialog(self.tr("No macro was taken over"), problem.detail, self._sheet or self._shell.window).open()
            return
        self._show_actions()
        lines = [self.tr("Added: {name}").format(name=name) for name in done.added]
        said = self.tr("Renamed: “{name}” is called “{new}” here, because another macro has that name")
        lines += [said.format(name=name, new=new) for name, new in done.renamed]
        lines += [self.tr("Here already: {name}").format(name=name) for name in done.unchanged]
        lines += done.left_out
        TextDialog(
            self.tr("Macros of {name}").format(name=path.name), "\n".join(lines), self._sheet or self._shell.window
        ).open()


def _keys(meant: Selection) -> tuple[TicketKey, ...]:
    if meant.several is not None:
        return meant.several.meant
    return (meant.ticket.ticket.key,) if meant.ticket is not None else ()
