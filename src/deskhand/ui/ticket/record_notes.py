"""Notes of a record: a calm sentence why there is no conversation, a line for a note of one's own, and the notes kept so far."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.threads import Draft, Message
from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.composer.message_edit import MessageEdit
from deskhand.ui.kit import times
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.enter_key import is_ctrl_enter
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone

NOTE = "note"


class RecordNotes(QWidget):
    """The notes that are kept, and a line for another one.

    Signals:
        requested: what is typed is to be kept as a note.
        changed: what is typed and not kept yet.
    """

    requested = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = Draft(NOTE, "")
        self._setting = False
        self._notes: list[tuple[str, QFrame]] = []
        self._explanation = label("", self, role=Role.BOLD, wrap=True)
        self._explained = label(
            self.tr(
                "Its API has no messages, notes or files, so there is nothing to reply to here. Notes below stay on this computer."
            ),
            self,
            role=Role.SMALL,
            tone=Tone.PLAIN,
            wrap=True,
        )
        self._edit = MessageEdit("Note", self.tr("Write a note for yourself …"), self)
        self._edit.set_fewest_lines(1)
        self._edit.textChanged.connect(self._typed)
        self._edit.installEventFilter(self)
        self._add_button = PushButton(self.tr("Keep note"), self)
        self._add_button.setEnabled(False)
        self._add_button.clicked.connect(self._request_note)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self._box())
        self.setFocusProxy(self._edit)

    def _box(self) -> QFrame:
        box = QFrame(self)
        box.setProperty("kind", "raised")
        frame = QFrame(box)
        frame.setProperty("kind", "card")
        inner = QHBoxLayout(frame)
        set_margins(inner, 9, 6, 6, 6)
        inner.addWidget(self._edit, 1)
        inner.addWidget(self._add_button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(6)
        column.addWidget(self._explanation)
        column.addWidget(self._explained)
        column.addSpacing(2)
        column.addWidget(frame)
        return box

    def set_vendor(self, name: str) -> None:
        """Say whose API has no conversations."""
        self._explanation.setText(self.tr("{vendor} keeps records, not conversations.").format(vendor=name))

    def begin(self) -> None:
        """Another record is written about from now on."""
        self._setting = True
        self._edit.reset()
        self._setting = False
        self.set_draft(Draft(NOTE, ""))

    def set_draft(self, draft: Draft) -> None:
        """Show the note that is being written."""
        self._setting = True
        self._draft = draft
        self._edit.set_content(draft.text, "", draft.cursor)
        self._setting = False
        self._add_button.setEnabled(bool(draft.text.strip()))

    def draft(self) -> Draft:
        """Return the note as it is typed now."""
        d, edit = self._draft, self._edit
        return Draft(NOTE, edit.text(), cursor=edit.caret(), seen=d.seen, changed_at=d.changed_at, extra=d.extra)

    def set_notes(self, notes: Sequence[Message]) -> None:
        """Show the notes that are kept."""
        if [note.id for note in notes] == [identifier for identifier, _ in self._notes]:
            return
        for _, frame in self._notes:
            self._column.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self._notes = [(note.id, self._made(note)) for note in notes]
        for _, frame in self._notes:
            self._column.addWidget(frame)

    def _made(self, note: Message) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("kind", "note")
        when = times.moment(note.created_at, times.now_utc()) if note.created_at else ""
        about = " · ".join(part for part in (when, self.tr("note on this computer, not sent")) if part)
        column = QVBoxLayout(frame)
        column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        column.setSpacing(4)
        column.addWidget(label(about, frame, role=Role.SMALL, tone=Tone.PLAIN))
        column.addWidget(label(note.text, frame, wrap=True, selectable=True, longest=len(note.text)))
        return frame

    def _typed(self) -> None:
        self._add_button.setEnabled(bool(self._edit.text().strip()))
        if not self._setting:
            self.changed.emit()

    def _request_note(self) -> None:
        finish_composition()
        if self._add_button.isEnabled():
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.requested.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._edit
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and is_ctrl_enter(event)
        ):
            self._request_note()
            return True
        return super().eventFilter(watched, event)
