"""One step of a macro in its form: what it does, and the value that it sets."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from deskhand.domain import wording
from deskhand.services.macro_steps import ME, NOBODY, ON_REPLY, PRIORITIES, STATES, MacroStep, StepKind
from deskhand.services.settings import Snippet
from deskhand.ui.composer.composition import Composition
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP_SMALL, Tone

_TEXT_HEIGHT, _KIND_WIDTH, _BUTTON = 96, 190, 26


def _tr(text: str) -> str:
    return QCoreApplication.translate("StepRow", text)


def kind_name(kind: StepKind) -> str:
    """Return what a kind of step is called."""
    return {
        StepKind.REPLY: _tr("Reply to the customer"),
        StepKind.NOTE: _tr("Write a note"),
        StepKind.STATE: _tr("Set the state"),
        StepKind.VENDOR_STATE: _tr("Set a vendor's own state"),
        StepKind.PRIORITY: _tr("Set the priority"),
        StepKind.ASSIGN: _tr("Assign to"),
        StepKind.ADD_TAGS: _tr("Add tags"),
        StepKind.REMOVE_TAGS: _tr("Remove tags"),
        StepKind.LATER: _tr("Put away until"),
        StepKind.LATER_KEEP: _tr("Put away, even if they reply"),
        StepKind.READ: _tr("Mark as read"),
    }[kind]


def _placeholder(kind: StepKind) -> str:
    return {
        StepKind.VENDOR_STATE: _tr("the vendor's word, as In progress"),
        StepKind.ASSIGN: _tr("me, nobody or an e-mail address"),
        StepKind.ADD_TAGS: _tr("refund, done"),
        StepKind.REMOVE_TAGS: _tr("refund, done"),
        StepKind.LATER: _tr("tue 9, in 3h, volgende week; reply = until they reply"),
        StepKind.LATER_KEEP: _tr("tue 9, in 3h, volgende week"),
    }.get(kind, "")


class StepRow(QWidget):
    """A choice of what is done, a control for the value, and buttons that move and remove it.

    Args:
        meant: returns what a typed time means now, as a sentence.

    Signals:
        changed: it says something else now.
        moved: by so many places (-1 or 1).
        removed: it is to go.
    """

    changed = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(
        self, step: MacroStep, snippets: Sequence[Snippet], meant: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._meant = meant
        self._snippets = tuple(snippets)
        self._kind = ChoiceBox()
        self._kind.setFixedWidth(_KIND_WIDTH)
        self._kind.setMinimumHeight(32)
        for kind in StepKind:
            self._kind.addItem(kind_name(kind), kind.value)
        self._kind.setCurrentIndex(list(StepKind).index(step.kind))
        self._kind.currentIndexChanged.connect(lambda _index: self._show_control(""))
        self._value: QWidget | None = None
        self._place = QVBoxLayout()
        self._place.setSpacing(3)
        self._said = label(role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._up = IconButton("arrow-up", self.tr("Move this step up"), side=_BUTTON)
        self._down = IconButton("arrow-down", self.tr("Move this step down"), side=_BUTTON)
        self._remove = IconButton("trash-2", self.tr("Remove this step"), side=_BUTTON)
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self._remove.clicked.connect(self.removed)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addLayout(self._place)
        column.addWidget(self._said)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._kind)
        row.addLayout(column, 1)
        for button in (self._up, self._down, self._remove):
            row.addWidget(button)
        self._show_control(step.value)

    def set_place(self, number: int, last: int) -> None:
        """Say which step it is, counted from 1; the reply stays the first."""
        self._kind.setAccessibleName(self.tr("Step {number}").format(number=number))
        if self._value is not None:
            self._value.setAccessibleName(self.tr("Value of step {number}").format(number=number))
        self._up.setEnabled(number > 1)
        self._down.setEnabled(number < last)

    @property
    def step(self) -> MacroStep:
        """What it says."""
        kind = StepKind(self._kind.currentData())
        match self._value:
            case QPlainTextEdit():
                return MacroStep(kind, self._value.toPlainText())
            case QLineEdit():
                return MacroStep(kind, self._value.text().strip())
            case ChoiceBox():
                return MacroStep(kind, str(self._value.currentData()))
            case _:
                return MacroStep(kind)

    def focus(self) -> None:
        """Give it the keyboard."""
        self._kind.setFocus()

    def _show_control(self, value: str) -> None:
        while self._place.count():
            item = self._place.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        kind = StepKind(self._kind.currentData())
        self._value = self._control(kind, value)
        if self._value is not None:
            self._value.setObjectName("value")
            self._value.setAccessibleName(kind_name(kind))
            self._place.addWidget(self._value)
        if kind is StepKind.REPLY and self._snippets:
            self._place.addWidget(self._canned())
        self._tell()

    def _control(self, kind: StepKind, value: str) -> QWidget | None:
        match kind:
            case StepKind.REPLY | StepKind.NOTE:
                text = QPlainTextEdit(value)
                text.setTabChangesFocus(True)
                text.setFixedHeight(_TEXT_HEIGHT)
                text.setPlaceholderText(self.tr("Hello {name}, …"))
                text.textChanged.connect(self._tell)
                Composition(text)
                return text
            case StepKind.STATE:
                return self._choice([(state, wording.state(state)) for state in STATES], value or "closed")
            case StepKind.PRIORITY:
                return self._choice([(one, wording.priority(one)) for one in PRIORITIES], value or "high")
            case StepKind.READ:
                return None
            case _:
                line = QLineEdit(value)
                line.setMinimumHeight(32)
                line.setPlaceholderText(_placeholder(kind))
                line.textChanged.connect(self._tell)
                Composition(line)
                return line

    def _choice(self, values: Sequence[tuple[str, str]], value: str) -> ChoiceBox:
        box = ChoiceBox()
        box.setMinimumHeight(32)
        for one, name in values:
            box.addItem(name, str(one))
        box.setCurrentIndex(max(0, box.findData(value)))
        box.currentIndexChanged.connect(lambda _index: self._tell())
        return box

    def _canned(self) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(self.tr("Take a canned reply"))
        box.addItem(self.tr("Take a canned reply…"), "")
        for one in self._snippets:
            box.addItem(" ".join(one.title.split()), one.text)
        box.activated.connect(lambda index: self._take(str(box.itemData(index))))
        return box

    def _take(self, text: str) -> None:
        if text and isinstance(self._value, QPlainTextEdit):
            self._value.setPlainText(text)

    def _tell(self) -> None:
        """Say what a typed time means, or what is wrong with what is typed."""
        step = self.step
        is_time = step.kind in (StepKind.LATER, StepKind.LATER_KEEP) and step.value and step.value != ON_REPLY
        said = self._meant(step.value) if is_time else (step.problem if step.value else "")
        if step.kind is StepKind.ASSIGN and step.value not in (ME, NOBODY) and "@" not in step.value:
            said = ""  # it is still being typed
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.changed.emit()
