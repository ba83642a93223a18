"""A record that can only be written: contact, organization, status, category, agent or queue, sent again whenever it changes."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskhand.domain.capabilities import FormField, RecordForm
from deskhand.domain.tickets import FieldValue
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, Tone
from deskhand.ui.ticket.field_editor import ChoiceCombo
from deskhand.ui.ticket.vendor_form import SCROLL_ROOM, VendorForm

_EXTERNAL_ID = "external_id"


class RecordDialog(Sheet):
    """Asks which kind, then for its fields. What was typed for one kind is still there after looking at another.

    Closing it loses nothing: every change is told, and given back the next time.

    Signals:
        draft_changed: the kind, what is filled in by the vendor's names.
        submitted: the kind, the record's own id, and the other fields by the vendor's names.

    Args:
        typed: what was typed before, by kind.
    """

    draft_changed = Signal(str, dict)
    submitted = Signal(str, str, dict)

    def __init__(
        self,
        records: Sequence[RecordForm],
        account_label: str,
        *,
        typed: Mapping[str, Mapping[str, FieldValue]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Push a record to {account}").format(account=account_label), parent, width=560)
        self._records = {record.kind: record for record in records}
        self._texts = {kind: dict(values) for kind, values in (typed or {}).items()}
        self._kind = ""
        self._picker = ChoiceCombo(self)
        self._picker.setObjectName("Kind")
        self._picker.setAccessibleName(self.tr("Kind"))
        for record in records:
            self._picker.addItem(record.title, record.kind)
        self._form = VendorForm(self)
        self._problem = Banner(self)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        set_margins(row, 0, 0, SCROLL_ROOM, 0)
        name = label(self.tr("Kind"), self)
        name.setFixedWidth(132)
        name.setBuddy(self._picker)
        row.addWidget(name)
        row.addWidget(self._picker, 1)
        said = self.tr("It goes into the outbox, which shows whether it was confirmed. Nothing can be read back.")
        self.body.addLayout(row)
        self.body.addWidget(label(said, self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        self.body.addWidget(self._problem)
        self.body.addWidget(self._form, 1)
        self.footer.insertWidget(0, label(self.tr("* needed"), self, role=Role.SMALL, tone=Tone.PLAIN))
        self.add_button(self.tr("Cancel"), self.reject)
        self._push = self.add_button(self.tr("Push"), self._submit, kind="primary", default=True)
        self._push.setEnabled(bool(records))
        self._picker.currentIndexChanged.connect(self._kind_chosen)
        self._form.changed.connect(self._typed)
        self._kind_chosen()

    @property
    def form(self) -> VendorForm:
        """The form of the kind that is chosen."""
        return self._form

    def choose(self, kind: str) -> None:
        """Ask for this kind."""
        self._picker.setCurrentIndex(self._picker.findData(kind))

    def show_problem(self, message: str) -> None:
        """It was not taken: say why; everything typed is still there."""
        self._working(on=False)
        self._problem.show_notice(message, Tone.WRONG)
        self.announce(message)
        self.refit()

    def _kind_chosen(self) -> None:
        kind = str(self._picker.currentData() or "")
        if not kind or kind == self._kind:
            return
        self._kind = kind
        self._problem.clear()
        fields = self._records[kind].fields
        if not any(field.name == _EXTERNAL_ID for field in fields):
            fields = (FormField(_EXTERNAL_ID, self.tr("Its id"), required=True), *fields)
        self._form.set_form(fields)
        self._form.set_values(self._texts.get(kind, {}))
        self.refit()

    def _typed(self) -> None:
        if self._kind:
            self._texts[self._kind] = self._form.values()
            self.draft_changed.emit(self._kind, self._texts[self._kind])

    def _submit(self) -> None:
        if not self._kind or not self._form.is_complete():
            return
        values = self._form.values()
        external = str(values.pop(_EXTERNAL_ID, ""))
        self._problem.clear()
        self._working(on=True)
        self.submitted.emit(self._kind, external, values)

    def _working(self, *, on: bool) -> None:
        self._push.setEnabled(not on)
        self._form.hold(on=on)
        self._picker.setEnabled(not on)
