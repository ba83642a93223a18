"""One action in the list of keys, and below it, while it is edited, its keys one by one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.actions.action import Action
from deskhand.ui.actions.keymap import Keymap, is_letter, shown
from deskhand.ui.actions.keys_dialog import Keys
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.removable_chips import RemovableChip
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone
from deskhand.ui.settings.key_capture import KeyCapture

LETTERS_WIDTH, HELD_WIDTH = 110, 180
"""Of the columns of keys: letters, and keys that act while something is typed too."""

_PENCIL = 20


class _Caps(QWidget):
    """The keys of one column."""

    def __init__(self, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(width)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self._keys: Keys | None = None

    def set_keys(self, keys: Sequence[str]) -> None:
        if self._keys is not None:
            self._row.removeWidget(self._keys)
            self._keys.hide()
            self._keys.deleteLater()
        self._keys = Keys(" / ".join(keys), self) if keys else None
        if self._keys is not None:
            self._row.insertWidget(0, self._keys)


class KeyRow(QWidget):
    """Shows the keys of an action; a click or the pencil edits them.

    Signals:
        edit_requested: the agent wants to edit this one.
        grown: there is more to see of it.
        closed: the agent is done with it.
        added: keys to add.
        removed: keys to take away.
        reset: the keys of the set are wanted.
        taken, swapped: how the agent solved a clash: these keys are this action's, and the other loses them; or gets the first of
            this action's in exchange.
    """

    edit_requested = Signal()
    grown = Signal()
    closed = Signal()
    added = Signal(str)
    removed = Signal(str)
    reset = Signal()
    taken = Signal(str)
    swapped = Signal(str)

    def __init__(self, action: Action[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.action = action
        self._wanted = ""
        self._name = ElidedLabel(action.title, self)
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._mark = label("", self, role=Role.SMALL, tone=Tone.PLAIN)
        self._letters, self._held = _Caps(LETTERS_WIDTH, self), _Caps(HELD_WIDTH, self)
        self._pencil = IconButton(
            "pencil", self.tr("Change the keys of “{name}”").format(name=action.title), self, side=_PENCIL
        )
        self._pencil.clicked.connect(self._toggle)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._name, 1)
        head.addWidget(self._mark)
        for part in (self._letters, self._held, self._pencil):
            head.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 2)
        self._column.setSpacing(GAP_SMALL)
        self._column.addLayout(head)
        self._editor: QWidget | None = None
        self._chips: list[RemovableChip] = []
        self._keys: tuple[str, ...] = ()

    @property
    def is_edited(self) -> bool:
        """Whether its keys can be changed now."""
        return self._editor is not None

    def show_keys(self, keymap: Keymap, *, letters: bool) -> None:
        """Show the keys that hold.

        Args:
            letters: whether single letters act; if not, they are no keys now.
        """
        self._keys = keymap.keys_of(self.action)
        typed = [one for one in self._keys if is_letter(one)] if letters or self.action.acts_in_texts else []
        self._letters.set_keys(shown(typed))
        self._held.set_keys(shown(one for one in self._keys if not is_letter(one)))
        self._mark.setText(self.tr("changed") if keymap.is_changed(self.action) else "")
        if self._editor is not None:
            self._show_chips()
            self.grown.emit()

    def open(self) -> None:
        """Let the keys be edited."""
        if self._editor is not None:
            return
        self._editor = editor = QWidget(self)
        box = QVBoxLayout(editor)
        set_margins(box, GAP, 0, 0, GAP_SMALL)
        box.setSpacing(GAP_SMALL)
        self._box = line = QWidget(editor)
        self._line = FlowLayout(line, gap=GAP_SMALL, line_gap=GAP_SMALL)
        self._capture = KeyCapture(self.tr("New key of “{name}”").format(name=self.action.title), line)
        self._capture.setFixedWidth(150)
        self._capture.captured.connect(self.added)
        self._capture.cancelled.connect(self.closed)
        self._reset = self._button(self.tr("As in the set"), line)
        self._reset.clicked.connect(self.reset)
        self._done = self._button(self.tr("Done"), line)
        self._done.clicked.connect(self.closed)
        self._banner = Banner(editor)
        self._answers = QWidget(editor)
        answers = FlowLayout(self._answers, gap=GAP_SMALL, line_gap=GAP_SMALL)
        self._use = self._button("", self._answers)
        self._use.setProperty("kind", "primary")
        self._use.clicked.connect(lambda: self.taken.emit(self._wanted))
        self._swap = self._button(self.tr("Swap"), self._answers)
        self._swap.clicked.connect(lambda: self.swapped.emit(self._wanted))
        self._keep = self._button(self.tr("Keep as it was"), self._answers)
        self._keep.clicked.connect(self.show_clash_solved)
        for button in (self._use, self._swap, self._keep):
            answers.addWidget(button)
        self._answers.hide()
        for part in (line, self._banner, self._answers):
            box.addWidget(part)
        self._column.addWidget(editor)
        self._show_chips()
        editor.show()
        self.grown.emit()
        self._capture.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        """Show the keys alone again."""
        if self._editor is not None:
            focus = QApplication.focusWidget()
            had = focus is not None and self._editor.isAncestorOf(focus)
            self._chips.clear()
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None
            if had:
                self._pencil.setFocus()

    def show_refused(self, why: str) -> None:
        """Say why these keys cannot be had."""
        self._answers.hide()
        self._banner.show_notice(why, Tone.WRONG)
        self.grown.emit()
        self._capture.setFocus()

    def show_clash(self, keys: str, other: Action[Any]) -> None:
        """Say whose keys these are, and ask what is to become of them."""
        self._wanted = keys
        key, name = shown([keys])[0], other.title
        self._banner.show_notice(self.tr("{key} is “{name}”. Take it?").format(key=key, name=name), Tone.WAITING)
        self._use.setText(self.tr("Use {key} here").format(key=key))
        self._use.setAccessibleDescription(self.tr("“{name}” loses it").format(name=name))
        self._swap.setVisible(bool(self._keys))
        self._answers.show()
        self.grown.emit()
        self._use.setFocus()

    def show_clash_solved(self) -> None:
        """Ask no more."""
        self._answers.hide()
        self._banner.clear()
        self._capture.setFocus()

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        behind: tuple[QWidget, ...] = (self._capture, self._reset, self._done)
        for one in behind:
            self._line.removeWidget(one)
        for key in self._keys:
            if key.replace("Return", "Enter") in [one.value for one in self._chips]:
                continue
            chip = RemovableChip(key.replace("Return", "Enter"), self._box)
            chip.removed.connect(self._remove)
            chip.show()
            self._chips.append(chip)
        for one in (*self._chips, *behind):
            self._line.addWidget(one)

    def _remove(self, said: str) -> None:
        self._capture.setFocus()
        self.removed.emit(said)

    def _toggle(self) -> None:
        if self._editor is None:
            self.edit_requested.emit()
        else:
            self.closed.emit()

    @staticmethod
    def _button(text: str, parent: QWidget) -> QPushButton:
        button = PushButton(text, parent)
        set_enter_presses(button, presses=False)
        return button

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        event.accept()  # so that the release comes here

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        if (
            self._editor is None
            and event.button() is Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.edit_requested.emit()
