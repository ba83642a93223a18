"""The button of the list's header that says what hides tickets, and its menu: states, priorities, tags, unread, and the ways to more."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QInputDialog, QWidget
from typing_extensions import override

from deskhand.domain import wording
from deskhand.domain.queries import Sort
from deskhand.domain.tickets import Priority, State
from deskhand.ui.actions.action import translate
from deskhand.ui.actions.keymap import IN_FORCE
from deskhand.ui.actions.view_actions import SAVE_VIEW
from deskhand.ui.actions.window_actions import FILTER
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.labels import literal_tip, name_choice
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.one_line import LONGEST
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.list.filter_menu import ChoiceMenu
from deskhand.ui.list.header_button import HeaderButton

_SHOWN_TAGS = 25
"""More do not fit a menu; the rest is typed."""

_LONGEST_WORD = 16


class FilterButton(HeaderButton):
    """Is on while something hides tickets, and says what: the one filter, or how many there are.

    Signals:
        changed: Sort, tuple of State, tuple of Priority, tag or "", unread only.
        more_requested: other conditions are to be chosen.
        save_requested: what is shown becomes a view.
    """

    changed = Signal(object, tuple, tuple, str, bool)
    more_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("list-filter", parent)
        self._sort = Sort.NEWEST
        self._tag = ""
        self._tags: tuple[str, ...] = ()
        self._menu = menu = Menu(self)
        menu.setAccessibleName(self.tr("Filter the list"))
        self._states = self._part(self.tr("State"))
        self._priorities = self._part(self.tr("Priority"))
        self._tag_menu = self._part(self.tr("Tag"), one=True)
        self._unread = self._line(self.tr("Unread only"), self._emit_changed)
        self._unread.setCheckable(True)
        menu.addSeparator()
        self._clear = self._line(self.tr("Clear filters"), self._reset)
        self._more = self._line(translate(FILTER.title), self.more_requested.emit)
        self._save = self._line(translate(SAVE_VIEW.title), self.save_requested.emit)
        self.set_states(State)
        self._priorities.set_choices((priority, wording.priority(priority)) for priority in Priority)
        self._other_tag = QAction(self.tr("Another tag…"), self._tag_menu)
        self._other_tag.triggered.connect(self._ask_tag)
        self._tag_menu.addAction(self._other_tag)
        self.clicked.connect(self.open_menu)
        self.set_choices(())
        self._say()

    def _line(self, text: str, run: Callable[[], object]) -> QAction:
        """Add a line. Made here: of an action that the menu makes itself PySide loses hold when another widget is deleted."""
        made = QAction(text, self._menu)
        made.triggered.connect(lambda _on=False: run())
        self._menu.addAction(made)
        return made

    def _part(self, title: str, *, one: bool = False) -> ChoiceMenu:
        made = ChoiceMenu(title, self._menu, one=one)
        made.setTitle(title)
        made.chosen.connect(self._menu_chosen)
        self._menu.addMenu(made)
        return made

    # what it is told

    def set_filters(
        self, sort: Sort, states: Sequence[State], priorities: Sequence[Priority], tag: str, unread: bool
    ) -> None:
        """Show what is in force, without telling."""
        self._sort = sort
        self._states.set_ticked(states)
        self._priorities.set_ticked(priorities)
        self._tag = tag
        self._fill_tag_menu()
        if self._unread.isChecked() != unread:
            self._unread.setChecked(unread)
        self._say()

    def set_states(self, states: Iterable[State]) -> None:
        """Offer these states; one that no ticket of the view can have is not asked for."""
        self._states.set_choices((state, wording.state(state)) for state in states)

    def set_choices(self, tags: Sequence[str]) -> None:
        """Offer these tags, the most used first."""
        self._tags = tuple(tags)
        self._fill_tag_menu()

    def open_menu(self) -> None:
        """Let the agent choose."""
        for action, record in ((self._more, FILTER), (self._save, SAVE_VIEW)):
            keys = QKeySequence(IN_FORCE.first_key(record)).toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(f"{translate(record.title)}\t{keys}" if keys else translate(record.title))
        self._clear.setEnabled(self.is_on)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    # what it tells

    @property
    @override
    def is_on(self) -> bool:
        return bool(self._said())

    @property
    def menu(self) -> Menu:
        """What it opens."""
        return self._menu

    # inside

    def _said(self) -> list[str]:
        """Return what hides tickets, each in a word or two."""
        return [
            *(self._states.label(value) for value in self._states.ticked),
            *(self._priorities.label(value) for value in self._priorities.ticked),
            *([self._tag] if self._tag else ()),
            *([self.tr("Unread")] if self._unread.isChecked() else ()),
        ]

    def _say(self) -> None:
        said = self._said()
        text = ""
        if len(said) == 1:
            text = said[0] if len(said[0]) <= _LONGEST_WORD else said[0][: _LONGEST_WORD - 1] + "…"
        elif said:
            text = self.tr("{count} filters").format(count=figure(len(said)))
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        name_and_keys(self, self.tr("Filter the list"), "")
        self.setAccessibleDescription(", ".join(said))
        self.setToolTip(literal_tip(self.tr("Only: {filters}").format(filters=", ".join(said))) if said else "")
        self.update()

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
        self.set_filters(self._sort, (), (), "", False)
        self._emit_changed()

    def _emit_changed(self) -> None:
        self._say()
        self.changed.emit(
            self._sort,
            tuple(State(value) for value in self._states.ticked),
            tuple(Priority(value) for value in self._priorities.ticked),
            self._tag,
            self._unread.isChecked(),
        )
