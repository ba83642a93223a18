"""A form made of a vendor's own fields: labels beside the editors, what is needed marked, problems below each."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.capabilities import FieldKind, FormField
from deskhand.domain.tickets import FieldValue
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.tall_content import TallContent, scrolled
from deskhand.ui.kit.theme import GAP, Tone
from deskhand.ui.ticket.field_editor import FieldEditor, field_name

_NAMES = 132
_LEAST = 120
"""It is never lower, and as high as what it asks for where there is room."""
SCROLL_ROOM = 6
"""Beside the editors, for the bar where the form scrolls; what stands above the form keeps it too."""
_SUBJECTS = ("subject", "title", "ticket_name", "name", "label")


class VendorForm(QScrollArea):
    """Scrolls where it is longer than the dialog.

    Signals:
        changed: the agent typed or chose.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: dict[str, FieldEditor] = {}
        self._form: tuple[FormField, ...] = ()
        self._held: QWidget | None = None

    @property
    def editors(self) -> Mapping[str, FieldEditor]:
        """The editors by the vendor's names."""
        return self._editors

    def set_form(self, form: Sequence[FormField]) -> None:
        """Ask for these; what was typed into the form before goes."""
        self._form = tuple(form)
        self._editors = {}
        content = TallContent()
        grid = QGridLayout(content)
        set_margins(grid, 0, 0, SCROLL_ROOM, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP - 2)
        grid.setColumnMinimumWidth(0, _NAMES)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(form):
            self._add(grid, row, field, content)
        grid.setRowStretch(len(form), 1)
        scrolled(content, self)
        self.setMinimumHeight(min(content.sizeHint().height(), _LEAST) if form else 0)
        self.updateGeometry()

    def _add(self, grid: QGridLayout, row: int, field: FormField, content: QWidget) -> None:
        editor = FieldEditor(field, content)
        needed = field.required and field.kind is not FieldKind.CHECK
        name = field_name(field, content, wrap=True, needed=needed)
        name.setMaximumWidth(_NAMES)
        beside = (editor.control.sizeHint().height() - name.fontMetrics().height()) // 2
        name.setContentsMargins(0, min(6, beside), 0, 0)
        if needed:
            spoken = self.tr("{name}, needed").format(name=editor.control.accessibleName())
            editor.control.setAccessibleName(spoken)
        editor.control.setAccessibleDescription(field.help)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(editor)
        if field.help:
            column.addWidget(label(field.help, content, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        editor.changed.connect(self.changed)
        self._editors[field.name] = editor
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(column, row, 1)

    @override
    def sizeHint(self) -> QSize:
        content = self.widget()
        tall = content.sizeHint().height() if content is not None else 0
        return QSize(super().sizeHint().width(), tall + 2)

    def values(self) -> dict[str, FieldValue]:
        """Return what is filled in, by the vendor's names."""
        found = {name: editor.value() for name, editor in self._editors.items()}
        return {name: value for name, value in found.items() if value not in (None, "", ())}

    def set_values(self, values: Mapping[str, FieldValue]) -> None:
        """Fill in; a name that the form does not have is passed over."""
        for name, value in values.items():
            if name in self._editors:
                self._editors[name].set_value(value)

    def is_complete(self) -> bool:
        """Say at each field what is wrong with it, and give the keyboard to the first; True where nothing is."""
        first: FieldEditor | None = None
        for editor in self._editors.values():
            obstacle = editor.obstacle()
            editor.show_problem(obstacle)
            if obstacle and first is None:
                first = editor
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(first)
        return first is None

    def hold(self, *, on: bool) -> None:
        """Take nothing while what is filled in is on its way: it would be in nothing that leaves; or take it again."""
        if on:
            held: QWidget | None = self.window().focusWidget()
            self._held = held if held is not None and self.isAncestorOf(held) else None
            self.window().setFocus()  # no button: a space that is typed on would press it
        self.setEnabled(not on)
        if not on and self._held is not None:
            self._held.setFocus(Qt.FocusReason.OtherFocusReason)
            self._held = None

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        for editor in self._editors.values():
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def subject(self) -> str:
        """Return what a list would call it: the field that every vendor names a little otherwise."""
        values = self.values()
        for name in _SUBJECTS:
            if name in values:
                return str(values[name])
        line = next((f.name for f in self._form if f.kind is FieldKind.LINE and f.name in values), "")
        return str(values.get(line, ""))
