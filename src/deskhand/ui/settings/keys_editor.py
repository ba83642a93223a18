"""All keys, to be found by name or by pressing one, and to be changed. A change holds at once."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from deskhand.ui.actions.action import Action, translate
from deskhand.ui.actions.key_sets import SETS
from deskhand.ui.actions.keymap import Keymap, clashes, normalized, shown, why_no_key, with_set
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.settings.key_capture import KeyCapture
from deskhand.ui.settings.key_row import HELD_WIDTH, LETTERS_WIDTH, KeyRow

_OFF = "off"
_BEHIND_KEYS = 48
"""Room of the pencil and the scroll bar."""


class KeysEditor(Sheet):
    """The page "Keys" of the settings.

    Args:
        sections: the actions whose keys can be changed, by where they act ("" = in the whole window).
        keymap: the keys that hold.
        letters: whether single letters act.

    Signals:
        changed: a Keymap, to hold from now on.
        letters_chosen: whether single letters act.
        export_requested, import_requested: to a file, or from one.
    """

    changed = Signal(object)
    letters_chosen = Signal(bool)
    export_requested = Signal()
    import_requested = Signal()

    def __init__(
        self,
        sections: Sequence[tuple[str, Sequence[Action[Any]]]],
        keymap: Keymap,
        parent: QWidget | None = None,
        *,
        letters: bool = True,
    ) -> None:
        super().__init__(self.tr("Keys"), parent, width=720)
        self._keymap = keymap
        self._every = tuple(one for _place, actions in sections for one in actions)
        self._wanted = ""
        self._set = ChoiceBox(self)
        self._set.setObjectName("key set")
        self._set.setAccessibleName(self.tr("Set of keys"))
        for one in SETS:
            self._set.addItem(translate(one.title), one.name)
        self._set.addItem(self.tr("No single letters"), _OFF)
        self._letters = TickBox(self.tr("Single letters act while no text is being typed"), self)
        self._letters.setChecked(letters)
        self._search = QLineEdit(self)
        self._search.setAccessibleName(self.tr("Search keys"))
        self._search.setPlaceholderText(self.tr("Name or key, e.g. “reply” or “R”"))
        self._search.setClearButtonEnabled(True)
        self._search.installEventFilter(self)
        self._pressed = KeyCapture(self.tr("Find what a key does"), self)
        self._pressed.setFixedWidth(150)
        self._none = label("", self, tone=Tone.PLAIN)
        self._none.hide()
        self._rows: list[KeyRow] = []
        self._headings: list[tuple[QWidget, list[KeyRow]]] = []
        self._lay_out(sections)
        self._show_set()
        self._connect()
        self._search.setFocus()

    def _lay_out(self, sections: Sequence[tuple[str, Sequence[Action[Any]]]]) -> None:
        top, find = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._set)
        top.addSpacing(GAP)
        top.addWidget(self._letters)
        top.addStretch(1)
        find.setSpacing(GAP_SMALL)
        find.addWidget(self._search, 1)
        find.addWidget(self._pressed)
        self._list = column = ScrollColumn(self)
        column.column.setSpacing(0)
        for place, actions in sections:
            self._add_section(column, place, actions)
        column.column.addWidget(self._none)
        column.column.addStretch(1)
        column.setAccessibleName(self.tr("Keys"))
        self.body.addLayout(top)
        self.body.addLayout(find)
        self.body.addLayout(self._captions())
        self.add_scrolling(column, 420)
        said = self.tr(
            "Never taken: AltGr, Ctrl+Alt, and the keys of texts and of the system. Every action is in the palette too."
        )
        self.body.addWidget(label(said, self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        export = self.add_button(self.tr("Export…"), self.export_requested.emit)
        take = self.add_button(self.tr("Import…"), self.import_requested.emit)
        for at, button in enumerate((export, take)):
            self.footer.removeWidget(button)
            self.footer.insertWidget(at, button)
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True)

    def _captions(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP_SMALL)
        line.addWidget(label(self.tr("Action"), self, role=Role.SMALL, tone=Tone.PLAIN), 1)
        for caption, width in ((self.tr("Key"), LETTERS_WIDTH), (self.tr("Also while writing"), HELD_WIDTH)):
            made = label(caption, self, role=Role.SMALL, tone=Tone.PLAIN)
            made.setFixedWidth(width)
            line.addWidget(made)
        line.addSpacing(_BEHIND_KEYS)
        return line

    def _add_section(self, column: ScrollColumn, place: str, actions: Sequence[Action[Any]]) -> None:
        rows: list[KeyRow] = []
        if place:
            heading = label(place, column.inner, role=Role.BOLD)
            heading.setContentsMargins(0, GAP, 0, GAP_SMALL)
            column.column.addWidget(heading)
            self._headings.append((heading, rows))
        for action in actions:
            row = KeyRow(action, column.inner)
            row.show_keys(self._keymap, letters=self._letters.isChecked())
            row.edit_requested.connect(lambda row=row: self._edit(row))
            row.grown.connect(lambda row=row: self._bring_into_view(row))
            row.closed.connect(row.close_editor)
            row.added.connect(lambda keys, row=row: self._add(row, keys))
            row.removed.connect(lambda said, row=row: self._remove(row, said))
            row.reset.connect(lambda row=row: self._reset(row))
            row.taken.connect(lambda keys, row=row: self._take(row, keys))
            row.swapped.connect(lambda keys, row=row: self._swap(row, keys))
            column.column.addWidget(row)
            rows.append(row)
        self._rows += rows

    def _connect(self) -> None:
        self._search.textChanged.connect(self._typed)
        self._pressed.captured.connect(self._find_pressed)
        self._pressed.cancelled.connect(self._search.setFocus)
        self._set.activated.connect(lambda _index: self._choose_set())
        self._letters.toggled.connect(self._choose_letters)

    @property
    def keymap(self) -> Keymap:
        """The keys as they are now."""
        return self._keymap

    def set_keys(self, keymap: Keymap, *, letters: bool) -> None:
        """Show other keys: they were read from a file."""
        self._keymap = keymap
        self._letters.setChecked(letters)
        self._show()

    def shown(self) -> tuple[str, ...]:
        """Return the names that are in view."""
        return tuple(row.action.title for row in self._rows if not row.isHidden())

    # --- changes ---

    def _edit(self, row: KeyRow) -> None:
        for other in self._rows:
            if other is not row:
                other.close_editor()
        row.open()

    def _bring_into_view(self, row: KeyRow) -> None:
        """Scroll to it, once it is laid out."""
        QTimer.singleShot(0, row, lambda: self._list.ensureWidgetVisible(row))

    def _add(self, row: KeyRow, keys: str) -> None:
        action = row.action
        if why := why_no_key(keys, action):
            row.show_refused(why)
        elif (other := self._keymap.holder(keys, self._every, action)) is not None:
            row.show_clash(keys, other)
        else:
            # Of its own keys the one that would stand in the way gives way: "G" for "G, I".
            mine = [one for one in self._keymap.keys_of(action) if not clashes(one, keys)]
            self._change(self._keymap.with_keys(action, [*mine, *_both_enters(keys)]))
            row.show_clash_solved()

    def _remove(self, row: KeyRow, said: str) -> None:
        held = self._keymap.keys_of(row.action)
        self._change(self._keymap.with_keys(row.action, [one for one in held if shown([one])[0] != said]))

    def _reset(self, row: KeyRow) -> None:
        wanted = self._keymap.of_set(row.action)
        free = [one for one in wanted if self._keymap.holder(one, self._every, row.action) is None]
        self._change(self._keymap.with_keys(row.action, free))
        row.show_clash_solved()
        taken = next((one for one in wanted if one not in free), None)
        if taken is not None and (other := self._keymap.holder(taken, self._every, row.action)) is not None:
            row.show_clash(taken, other)

    def _without_holders(self, action: Action[Any], keys: str) -> Keymap:
        keymap = self._keymap
        while (other := keymap.holder(keys, self._every, action)) is not None:
            keymap = keymap.without(other, keys)
        return keymap

    def _take(self, row: KeyRow, keys: str) -> None:
        keymap = self._without_holders(row.action, keys)
        mine = [one for one in keymap.keys_of(row.action) if not clashes(one, keys)]
        self._change(keymap.with_keys(row.action, [*mine, *_both_enters(keys)]))
        row.show_clash_solved()

    def _swap(self, row: KeyRow, keys: str) -> None:
        """Give the keys to this action, and its own first to the one that had them."""
        other = self._keymap.holder(keys, self._every, row.action)
        held = self._keymap.keys_of(row.action)
        given = [one for one in held if shown([one]) == shown(held[:1])]  # both that say Enter
        rest = [one for one in held if one not in given]
        keymap = self._without_holders(row.action, keys).with_keys(row.action, [*_both_enters(keys), *rest])
        if other is not None:
            if why := why_no_key(given[0], other):
                row.show_refused(why)
                return
            keymap = keymap.with_keys(other, [*given, *keymap.keys_of(other)])
        self._change(keymap)
        row.show_clash_solved()

    def _change(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self._show()
        self.changed.emit(keymap)

    def _choose_set(self) -> None:
        name = self._set.currentData()
        if name == _OFF:
            self._letters.setChecked(False)
            return
        self._letters.setChecked(True)
        chosen = next(one for one in SETS if one.name == name)
        if chosen is not self._keymap.key_set:
            self._change(with_set(chosen, self._keymap, self._every))

    def _choose_letters(self, on: bool) -> None:
        self._show()
        self.letters_chosen.emit(on)

    def _show(self) -> None:
        self._show_set()
        for row in self._rows:
            row.show_keys(self._keymap, letters=self._letters.isChecked())
        self._filter()

    def _show_set(self) -> None:
        name = self._keymap.key_set.name if self._letters.isChecked() else _OFF
        self._set.setCurrentIndex(self._set.findData(name))

    # --- finding ---

    def _typed(self) -> None:
        self._wanted = ""
        self._filter()

    def _find_pressed(self, keys: str) -> None:
        self._search.blockSignals(True)
        self._search.setText(shown([keys])[0])
        self._search.blockSignals(False)
        self._wanted = keys
        self._filter()

    def _filter(self) -> None:
        text = self._search.text().strip()
        as_keys = self._wanted or (normalized(text) if len(text) == 1 or "+" in text else "")
        words = text.casefold().split()
        for row in self._rows:
            held = self._keymap.keys_of(row.action)
            by_key = bool(as_keys) and any(clashes(as_keys, one) for one in held)
            by_name = not self._wanted and all(word in row.action.title.casefold() for word in words)
            row.setVisible(by_key or (by_name and (len(text) != 1 or not words)) or not text or row.is_edited)
        for heading, rows in self._headings:
            heading.setVisible(any(not row.isHidden() for row in rows))
        nothing = all(row.isHidden() for row in self._rows)
        said = self.tr("{key} is free.") if as_keys else self.tr("No action is called so.")
        self._none.setText(said.format(key=text))
        self._none.setVisible(nothing)
        if nothing:
            self.announce(self._none.text())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter in the search edit the first that was found: the dialog would close by it."""
        is_press = watched is self._search and event.type() is QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and is_enter(event):
            row = next((one for one in self._rows if not one.isHidden()), None)
            if row is not None and self._search.text().strip():
                self._edit(row)
            return True
        return super().eventFilter(watched, event)


def _both_enters(keys: str) -> tuple[str, ...]:
    """Return keys with Enter twice: beside the letters and on the keypad."""
    plain = keys.replace("Enter", "Return")
    return (plain, plain.replace("Return", "Enter")) if "Return" in plain else (keys,)
