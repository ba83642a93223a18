"""A change that is on its way: what it is, how far it has got, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskhand.domain import resolutions, wording
from deskhand.domain.commands import (
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    DispatchTicket,
    EditField,
    EditTags,
    OutboxItem,
    is_message,
)
from deskhand.domain.threads import Delivery, Resolution
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP_TINY, Tone

_UNDOABLE = (Delivery.HELD, Delivery.QUEUED)
"""Where taking it back is possible; about what needs a decision the `options` say what is."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Pending", text)


def slot_of(item: OutboxItem) -> str:
    """Return which control an item belongs to: `state`, `priority`, `assignee`, `tags`, `field:<name>` or nothing."""
    action = item.command.action
    match action:
        case ChangeState():
            return "state"
        case ChangePriority():
            return "priority"
        case Assign():
            return "assignee"
        case EditTags():
            return "tags"
        case EditField(name=name):
            return f"field:{name}"
        case _:
            return ""


def subject_of(item: OutboxItem) -> str:
    """Return what is changed, as a word."""
    action = item.command.action
    match action:
        case ChangeState():
            return _tr("State")
        case ChangePriority():
            return _tr("Priority")
        case Assign():
            return _tr("Assignee")
        case EditTags():
            return _tr("Tags")
        case EditField(label=name):
            return name
        case ArchiveTicket():
            return _tr("Archiving")
        case DispatchTicket(name=name):
            return _tr("Dispatch to {router}").format(router=name)
        case _:
            return wording.item(item).capitalize()


def status_text(item: OutboxItem) -> str:
    """Return how far it has got: "changed, waiting to be sent"."""
    match item.delivery:
        case Delivery.HELD | Delivery.QUEUED:
            text = _tr("changed, waiting to be sent")
            return f"{text}. {item.problem}" if item.problem else text
        case Delivery.SENDING:
            return _tr("changed, being sent")
        case Delivery.UNKNOWN:
            return _tr("changed, checking whether it arrived")
        case Delivery.FAILED:
            return item.problem or _tr("not changed: the vendor refused it")
        case Delivery.NEEDS_DECISION:
            return item.problem or _tr("needs your decision")
        case Delivery.SENT:
            return _tr("changed")


class PendingLine(QWidget):
    """One change.

    Signals:
        undo_requested: the command's id.
        resolved: the command's id and a `Resolution`'s value.
    """

    undo_requested = Signal(str)
    resolved = Signal(str, str)

    def __init__(self, item: OutboxItem, parent: QWidget, *, named: bool = True) -> None:
        super().__init__(parent)
        self._named = named
        self._item = item
        self._label = label("", self, role=Role.SMALL, tone=Tone.WAITING)
        self._decisions = {how: self._link("") for how in Resolution}
        self._undo = self._link(self.tr("Undo"))
        for how, button in self._decisions.items():
            button.clicked.connect(lambda _=False, how=how: self.resolved.emit(self._item.command.id, how.value))
        self._undo.clicked.connect(lambda: self.undo_requested.emit(self._item.command.id))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_TINY)
        row.addWidget(self._label)
        for button in self._decisions.values():
            row.addWidget(button)
        row.addWidget(self._undo)
        row.addStretch(1)
        self.set_item(item)

    def _link(self, text: str) -> QPushButton:
        made = PushButton(text, self)
        made.setProperty("kind", "link")
        made.setFont(label(role=Role.SMALL).font())
        return made

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def set_item(self, item: OutboxItem) -> None:
        """Show how far it is now."""
        self._item = item
        what = subject_of(item)
        text = f"{what}: {status_text(item)}" if self._named else status_text(item)
        labels = {option.how: option.label for option in resolutions.options(item)}
        self._label.setText(f"{text} ·" if item.delivery in _UNDOABLE or labels else text)
        bad = item.delivery.needs_agent
        self._label.set_tone(Tone.WRONG if bad else Tone.WAITING)
        self._label.setWordWrap(bad)  # a vendor's own words may be long; ours fit
        self._row.setStretch(0, 8 if bad else 0)
        for how, button in self._decisions.items():
            button.setText(labels.get(how, ""))
            button.setVisible(how in labels)
            button.setAccessibleName(self.tr("{label}: {what}").format(label=labels.get(how, ""), what=what))
        self._undo.setVisible(item.delivery in _UNDOABLE)
        self._undo.setAccessibleName(self.tr("Undo: {what}").format(what=what))


class PendingLines(QWidget):
    """All changes of a ticket on their way; takes no room while there are none.

    Signals:
        undo_requested, resolved: as `PendingLine`.
    """

    undo_requested = Signal(str)
    resolved = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, PendingLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def texts(self) -> tuple[str, ...]:
        """Return what is said."""
        return tuple(line.text for line in self._lines.values())

    def set_items(self, items: Sequence[OutboxItem]) -> None:
        """Show these; messages stand in the conversation instead."""
        wanted = {str(i.command.id): i for i in items if not is_message(i.command.action) and i.delivery.is_open}
        for gone in self._lines.keys() - wanted.keys():
            line = self._lines.pop(gone)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for key, item in wanted.items():
            if key in self._lines:
                self._lines[key].set_item(item)
                continue
            line = PendingLine(item, self)
            line.undo_requested.connect(self.undo_requested)
            line.resolved.connect(self.resolved)
            self._lines[key] = line
            self._column.addWidget(line)
        self.setVisible(bool(self._lines))
