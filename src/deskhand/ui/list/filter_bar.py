"""The pills above the ticket list: order and filters, each visibly on while it is."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QInputDialog, QPushButton, QWidget

from deskhand.domain import wording
from deskhand.domain.queries import Sort
from deskhand.domain.tickets import Priority, State
from deskhand.ui.kit.labels import literal_tip, name_choice
from deskhand.ui.kit.one_line import LONGEST
from deskhand.ui.kit.pill_button import PillButton
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.wrapping_layout import FlowLayout
from deskhand.ui.list.filter_menu import ChoiceMenu

_SHOWN_TAGS = 25
"""More do not fit a menu; the rest is typed."""


class FilterBar(QWidget):
    """Newest first · State · Priority · Tag · Unread · Clear filters.

    Signals:
        changed: Sort, tuple of State, tuple of Priority, tag or "", unread only.
    """

    changed = Signal(object, tuple, tuple, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = ""
        self._tags: tuple[str, ...] = ()
        self._sort_pill, self._sort = self._pill(self.tr("Sort"), self.tr("Newest first"), one=True)
        self._sort.set_choices(
            (
                (Sort.NEWEST, self.tr("Newest first")),
                (Sort.OLDEST, self.tr("Oldest first")),
                (Sort.PRIORITY, self.tr("Most urgent first")),
            )
        )
        self._sort.set_ticked((Sort.NEWEST,))
        self._state_pill, self._states = self._pill(self.tr("Filter by state"), self.tr("State"))
        self.set_states(State)
        self._priority_pill, self._priorities = self._pill(self.tr("Filter by priority"), self.tr("Priority"))
        self._priorities.set_choices((priority, wording.priority(priority)) for priority in Priority)
        self._tag_pill, self._tag_menu = self._pill(self.tr("Filter by tag"), self.tr("Tag"), one=True)
        self._other_tag = QAction(self.tr("Another tag…"), self._tag_menu)
        self._other_tag.triggered.connect(self._ask_tag)
        self._tag_menu.addAction(self._other_tag)
        self._unread = PillButton(self.tr("Unread"))
        self._unread.setAccessibleName(self.tr("Unread only"))
        self._unread.clicked.connect(self._emit_changed)
        self._clear = QPushButton(self.tr("Clear filters"))
        self._clear.setProperty("kind", "link")
        self._clear.setFont(fonts_for(self.font()).small)
        self._clear.clicked.connect(self._reset)
        self._clear.hide()
        flow = FlowLayout(self, gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for part in (
            self._sort_pill,
            self._state_pill,
            self._priority_pill,
            self._tag_pill,
            self._unread,
            self._clear,
        ):
            flow.addWidget(part)
        self.set_choices(())
        self._update_pills()

    def _pill(self, name: str, text: str, *, one: bool = False) -> tuple[PillButton, ChoiceMenu]:
        pill = PillButton(text)
        pill.setAccessibleName(name)
        menu = ChoiceMenu(name, pill, one=one)
        menu.chosen.connect(self._menu_chosen)
        pill.clicked.connect(lambda: self._open(pill, menu))
        return pill, menu

    # what it is told

    def set_filters(
        self,
        sort: Sort,
        states: Sequence[State],
        priorities: Sequence[Priority],
        tag: str,
        unread: bool,
    ) -> None:
        """Show what is in force, without telling."""
        self._sort.set_ticked((sort,))
        self._states.set_ticked(states)
        self._priorities.set_ticked(priorities)
        self._tag = tag
        self._fill_tag_menu()
        if self._unread.isChecked() != unread:
            self._unread.setChecked(unread)
        self._update_pills()

    def set_states(self, states: Iterable[State]) -> None:
        """Offer these states; one that no ticket of the view can have is not asked for."""
        self._states.set_choices((state, wording.state(state)) for state in states)

    def set_choices(self, tags: Sequence[str]) -> None:
        """Offer these tags, the most used first."""
        self._tags = tuple(tags)
        self._fill_tag_menu()

    # what it tells

    @property
    def is_filtered(self) -> bool:
        """Whether something hides tickets."""
        return bool(self._states.ticked or self._priorities.ticked or self._tag or self._unread.isChecked())

    # inside

    def _open(self, pill: PillButton, menu: ChoiceMenu) -> None:
        self._update_pills()  # a click has toggled the pill; it is on only while it filters
        menu.popup(pill.mapToGlobal(QPoint(0, pill.height() + 2)))

    def _fill_tag_menu(self) -> None:
        shown = self._tags[:_SHOWN_TAGS]
        if self._tag and self._tag not in shown:
            shown = (self._tag, *shown)
        self._tag_menu.set_choices((("", self.tr("Any tag")), *((tag, tag) for tag in shown)))
        self._tag_menu.set_ticked((self._tag,))

    def _ask_tag(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Filter by tag"))
        dialog.setLabelText(self.tr("Only tickets with this tag:"))
        dialog.setComboBoxItems([tag for tag in self._tags if len(tag) <= LONGEST])  # a box measures all of each
        dialog.setComboBoxEditable(True)
        dialog.setTextValue(self._tag)
        for box in dialog.findChildren(QComboBox):
            box.setObjectName("tag")
            name_choice(box, self.tr("Tag"))
        dialog.textValueSelected.connect(self._set_tag)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_tag(self, tag: str) -> None:
        self._tag = tag.strip()
        self._fill_tag_menu()
        self._emit_changed()

    def _menu_chosen(self) -> None:
        self._tag = next(iter(self._tag_menu.ticked), "")
        self._emit_changed()

    def _reset(self) -> None:
        self.set_filters(self._chosen_sort, (), (), "", False)
        self._emit_changed()

    @property
    def _chosen_sort(self) -> Sort:
        return Sort(next(iter(self._sort.ticked), Sort.NEWEST))

    def _emit_changed(self) -> None:
        self._update_pills()
        self.changed.emit(
            self._chosen_sort,
            tuple(State(value) for value in self._states.ticked),
            tuple(Priority(value) for value in self._priorities.ticked),
            self._tag,
            self._unread.isChecked(),
        )

    def _update_pills(self) -> None:
        sort = self._sort.label(self._chosen_sort)
        _show(self._sort_pill, sort, sort, on=True)
        for pill, menu, name in (
            (self._state_pill, self._states, self.tr("State")),
            (self._priority_pill, self._priorities, self.tr("Priority")),
        ):
            words = [menu.label(value) for value in menu.ticked]
            text = name if not words else words[0] if len(words) == 1 else f"{name} · {len(words)}"
            _show(pill, text, ", ".join(words), on=bool(words))
        _show(self._tag_pill, _short(self._tag) or self.tr("Tag"), self._tag, on=bool(self._tag))
        self._clear.setVisible(self.is_filtered)


def _show(pill: PillButton, text: str, detail: str, *, on: bool) -> None:
    if text != pill.text():
        pill.setText(text)
        pill.updateGeometry()
    if detail != pill.accessibleDescription():
        pill.setAccessibleDescription(detail)
        pill.setToolTip(literal_tip(detail if detail != text else ""))
    if pill.isChecked() != on:
        pill.setChecked(on)


def _short(tag: str) -> str:
    return tag if len(tag) <= 16 else tag[:15] + "…"
