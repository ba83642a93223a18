"""One canned reply: its title, and the text that it puts into a reply."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from deskhand.services.settings import Snippet
from deskhand.ui.composer.composition import Composition, finish_composition
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.kit.form_field import FormField
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Tone


class SnippetDialog(Sheet):
    """Adds one, or changes one; what was typed is not discarded without a question.

    Signals:
        saved: title and text.
    """

    saved = Signal(str, str)

    def __init__(self, snippet: Snippet | None, parent: QWidget | None = None) -> None:
        super().__init__("", parent, width=520)
        self.set_title(self.tr("Edit the canned reply") if snippet else self.tr("New canned reply"))
        self._title = FormField("title", self.tr("Title"), QLineEdit(snippet.title if snippet else ""))
        self._text = QPlainTextEdit(snippet.text if snippet else "")
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("Text"))
        self._text.setObjectName("text")
        help_text = self.tr(
            "{name} becomes the customer's name and {number} the ticket's number when it is put into a reply."
        )
        self._text.setAccessibleDescription(help_text)
        self._problem = label(role=Role.SMALL, tone=Tone.WRONG, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._title)
        self.add_scrolling(self._text, 190)
        self.body.addWidget(self._problem)
        self.body.addWidget(label(help_text, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        self.add_button(self.tr("Cancel"), self.reject)
        self.add_button(self.tr("Save"), self._save, kind="primary", default=True)
        self._title.control.setFocus()
        for editor in (self._title.control, self._text):
            Composition(editor)
        self._before = self._typed

    @property
    def _typed(self) -> tuple[str, str]:
        return self._title.text, self._text.toPlainText().strip()

    @override
    def reject(self) -> None:
        finish_composition()
        if self._typed == self._before:
            super().reject()
            return
        question = ConfirmDialog(self.tr("Discard what you typed?"), "", self.tr("Discard"), self, danger=True)
        question.confirmed.connect(lambda: self.done(self.DialogCode.Rejected.value))
        question.open()

    @property
    def title_field(self) -> FormField:
        """Its title."""
        return self._title

    @property
    def text_edit(self) -> QPlainTextEdit:
        """Its text."""
        return self._text

    def _save(self) -> None:
        text = self._text.toPlainText().strip()
        self._problem.setVisible(not text)
        if not self._title.text:
            self._title.show_problem(self.tr("The title is missing."))
        elif not text:
            self._problem.setText(self.tr("The text is missing."))
            self._text.setFocus()
        else:
            self.accept()
            self.saved.emit(self._title.text, text)
