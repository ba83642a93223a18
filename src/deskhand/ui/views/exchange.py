"""Views to a file and from one, with a report of what became of each."""

import asyncio
from collections.abc import Container
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from deskhand import durable
from deskhand.domain.problems import DeskProblem
from deskhand.services.file_reading import read_text
from deskhand.services.services import Services
from deskhand.services.undo_steps import import_step
from deskhand.services.views_exchange import Taken
from deskhand.services.views_file import LONGEST_BYTES
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.figures import counted
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.views.export_sheet import ExportSheet

FILE = "deskhand-views.toml"


class ViewExchange(QObject):
    """Asks for the file, writes or reads it.

    Signals:
        taken: views came from a file.
    """

    taken = Signal()

    def __init__(self, services: Services, scope: TaskScope, status: StatusLine, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._scope = scope
        self._status = status
        self._window = window

    def export(self, chosen: Container[str] | None = None) -> None:
        """Let the agent choose where views go.

        Args:
            chosen: ids; None = all, and what was noted about tickets where the agent wants that.
        """
        if chosen is not None:
            self._ask_file(chosen, with_layer=False)
        else:
            self._scope.replace(self._ask_what(), name="export views")

    async def _ask_what(self) -> None:
        counts = await self._services.views_exchange.counts()
        if not counts.total:
            if self._services.views.all():
                self._ask_file(None, with_layer=False)
            else:
                self._status.show_message(self.tr("There is no view of your own yet, and nothing noted about tickets."))
            return
        sheet = ExportSheet(counts, self._window)
        sheet.chosen.connect(lambda with_layer: self._ask_file(None, with_layer=with_layer))
        sheet.open()

    def _ask_file(self, chosen: Container[str] | None, *, with_layer: bool) -> None:
        dialog = self._file_dialog(self.tr("Export views"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(FILE)
        dialog.fileSelected.connect(
            lambda path: self._scope.replace(
                self._export(Path(path), chosen, with_layer=with_layer), name="export views"
            )
        )
        dialog.open()

    def take(self) -> None:
        """Let the agent choose a file whose views come beside those that are here."""
        dialog = self._file_dialog(self.tr("Import views"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._scope.replace(self._take(Path(path)), name="import views"))
        dialog.open()

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setNameFilters([self.tr("Views (*.toml)"), self.tr("All files (*)")])
        return dialog

    async def _export(self, path: Path, chosen: Container[str] | None, *, with_layer: bool = False) -> None:
        text = await self._services.views_exchange.text(chosen, with_layer=with_layer)
        try:
            await asyncio.to_thread(durable.write_whole, path, text.encode())
        except OSError as problem:
            said = self.tr("{name} was not written: {why}.")
            self._status.show_message(said.format(name=path.name, why=problem.strerror or type(problem).__name__))
            return
        self._status.show_message(self.tr("Saved as {name}.").format(name=path.name))

    async def _take(self, path: Path) -> None:
        from deskhand.ui.kit.text_dialog import TextDialog

        try:
            found = await self._services.views_exchange.take(await read_text(path, LONGEST_BYTES), beside=True)
        except DeskProblem as problem:
            TextDialog(self.tr("No views were imported"), problem.detail, self._window).open()
            return
        self._services.undo.record(import_step(found))
        self.taken.emit()
        count = len(found.views.added) + len(found.views.renamed)
        title = counted(count, self.tr("1 view was imported"), self.tr("{count} views were imported"))
        if not count:
            has_more = found.layer.counts.total
            title = self.tr("The file was imported") if has_more else self.tr("No views were imported")
        TextDialog(title, self._report(found), self._window).open()

    def _report(self, taken: Taken) -> str:
        found = taken.views
        lines = [self.tr("Taken: {name}").format(name=name) for name in found.added]
        lines += [
            self.tr("Renamed: “{name}” is called “{new}” here, because another view has that name").format(
                name=name, new=new
            )
            for name, new in found.renamed
        ]
        lines += [self.tr("Here already: {name}").format(name=name) for name in found.unchanged]
        lines += [self.tr("Refused: {name}. {why}").format(name=name, why=why) for name, why in found.refused]
        lines += [*taken.layer_said, *taken.left_out]
        return "\n".join(lines) or self.tr("The file holds no views.")
