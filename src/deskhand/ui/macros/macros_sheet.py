"""The macros as a list: add, record, edit, move, remove, take along."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from deskhand.domain.accounts import AccountColour, AccountMark
from deskhand.services.macros import Macro
from deskhand.ui.actions.keymap import shown
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_icon
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.labels import label, literal_tip
from deskhand.ui.kit.line_delegate import LineDelegate
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP_SMALL, Tone


def macro_mark(macro: Macro) -> AccountMark | None:
    """Return the tile that a macro with a colour is marked by; None where it has no colour."""
    return AccountMark(AccountColour(macro.colour), macro.icon or "list-ordered") if macro.colour else None


class MacrosSheet(Sheet):
    """Enter or a double click edits; removing asks first.

    Signals:
        edit_requested: an id; empty = a new one.
        record_requested: record one on the open ticket.
        removed: an id.
        moved: an id, and its new place.
        export_requested, import_requested: to and from a text file.
    """

    edit_requested = Signal(str)
    record_requested = Signal()
    removed = Signal(str)
    moved = Signal(str, int)
    export_requested = Signal()
    import_requested = Signal()

    def __init__(self, macros: Sequence[Macro], parent: QWidget, *, why_not_record: str = "") -> None:
        super().__init__("", parent, width=720)
        self.set_title(self.tr("Macros"))
        self._macros: tuple[Macro, ...] = ()
        said = self.tr("Several changes and an answer in one go, at every helpdesk. They are kept on this computer.")
        self.body.addWidget(label(said, tone=Tone.PLAIN, wrap=True))
        self._list = QListWidget()
        self._list.setItemDelegate(LineDelegate(self._list))
        self._list.setObjectName("macros")
        self._list.setProperty("kind", "framed-rows")
        self._list.setAccessibleName(self.tr("Macros"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setTabKeyNavigation(False)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemActivated.connect(self._edit)
        self._list.currentRowChanged.connect(self._fit)
        none_yet = self.tr("There is no macro yet. New makes one; Record makes one of what you do to the open ticket.")
        self._empty = label(none_yet, tone=Tone.PLAIN, wrap=True)
        self.body.addWidget(self._empty)
        self.add_scrolling(self._list, 240)
        buttons = QVBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        self._new = self._button(self.tr("New…"), lambda: self.edit_requested.emit(""))
        self._record = self._button(self.tr("Record…"), self.record_requested.emit)
        self._record.setEnabled(not why_not_record)
        self._record.setToolTip(literal_tip(why_not_record))
        self._change = self._button(self.tr("Edit…"), self._edit)
        self._up = self._button(self.tr("Up"), lambda: self._move(-1))
        self._down = self._button(self.tr("Down"), lambda: self._move(1))
        self._remove = self._button(self.tr("Remove…"), self._ask_removal)
        from deskhand.ui.kit.flow_layout import FlowLayout

        bar = QWidget()
        row = FlowLayout(bar, gap=GAP_SMALL, line_gap=GAP_SMALL)
        for button in (self._new, self._record, self._change, self._up, self._down, self._remove):
            row.addWidget(button)
        row.addWidget(self._button(self.tr("Import…"), self.import_requested.emit))
        self._export = self._button(self.tr("Export…"), self.export_requested.emit)
        row.addWidget(self._export)
        self.body.addWidget(bar)
        self.add_button(self.tr("Close"), self.accept, kind="primary")
        self.set_macros(macros)
        (self._list if macros else self._new).setFocus()

    def _button(self, text: str, pressed: object) -> QPushButton:
        button = PushButton(text)
        set_enter_presses(button, presses=False)
        button.clicked.connect(lambda _checked=False: pressed())  # type: ignore[operator]
        return button

    def set_macros(self, macros: Sequence[Macro]) -> None:
        """Show these; the one that was chosen stays so."""
        chosen, row = self.current, max(0, self._list.currentRow())
        self._macros = tuple(macros)
        self._list.clear()
        for one in macros:
            key = f"  [{shown([one.key])[0]}]" if one.key else ""
            item = QListWidgetItem(f"{one.name}{key}\n{', '.join(step.title for step in one.steps)}")
            mark = macro_mark(one)
            if mark is None:
                item.setIcon(icons.icon(one.icon or "list-ordered"))
            else:
                item.setIcon(account_icon(mark))
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{one.name}{key}, {', '.join(step.title for step in one.steps)}"
            )
            self._list.addItem(item)
        ids = [one.id for one in macros]
        if ids:
            self._list.setCurrentRow(ids.index(chosen.id) if chosen and chosen.id in ids else min(row, len(ids) - 1))
        self._fit()

    @property
    def current(self) -> Macro | None:
        """The one that is chosen."""
        row = self._list.currentRow()
        return self._macros[row] if 0 <= row < len(self._macros) else None

    def _fit(self) -> None:
        row, last = self._list.currentRow(), len(self._macros) - 1
        chosen = self.current is not None
        self._empty.setVisible(not self._macros)
        self._list.setVisible(bool(self._macros))
        self.refit()
        self._export.setEnabled(bool(self._macros))
        self._change.setEnabled(chosen)
        self._remove.setEnabled(chosen)
        self._up.setEnabled(chosen and row > 0)
        self._down.setEnabled(chosen and row < last)

    def _edit(self) -> None:
        if (macro := self.current) is not None:
            self.edit_requested.emit(macro.id)

    def _move(self, by: int) -> None:
        if (macro := self.current) is not None:
            self.moved.emit(macro.id, self._list.currentRow() + by)

    def _ask_removal(self) -> None:
        if (macro := self.current) is None:
            return
        question = self.tr("Remove “{name}”?").format(name=macro.name)
        detail = self.tr("Tickets that it was run on stay as they are.")
        dialog = ConfirmDialog(question, detail, self.tr("Remove"), self, danger=True)
        dialog.confirmed.connect(lambda: self.removed.emit(macro.id))
        dialog.open()
