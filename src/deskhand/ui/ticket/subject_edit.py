"""A ticket's subject: a heading that turns into a line to type in, where the vendor takes another subject."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.content.characters import one_line
from deskhand.ui.composer.composition import Composition
from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import ToolButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, literal_tip
from deskhand.ui.kit.quiet_tip import name_and_keys


class _Pencil(ToolButton):
    """Not painted before the subject is pointed at, or it has the keyboard: agents read far more subjects than they change."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        beside = self.parentWidget()
        if self.hasFocus() or (beside is not None and beside.underMouse()):
            super().paintEvent(event)


class SubjectEdit(QWidget):
    """Double click, or the pencil, begins; Enter keeps, Esc leaves it as it was. What cannot be changed can be marked and copied so.

    Signals:
        edited: the new subject.
        half_typed_changed: something is typed, kept or given up.
    """

    edited = Signal(str)
    half_typed_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._later = ""
        self._shown = ElidedLabel("", self, role=Role.TITLE)
        self._shown.setObjectName("Subject")
        self._shown.installEventFilter(self)
        self._line = QLineEdit(self)
        self._line.setObjectName("Edit subject")
        self._line.setAccessibleName(self.tr("Subject"))
        self._line.setFont(self._shown.font())
        self._line.hide()
        self._line.textEdited.connect(lambda _text: self.half_typed_changed.emit())
        self._line.editingFinished.connect(self._commit)
        self._line.installEventFilter(self)
        self._composition = Composition(self._line)
        self._pencil = _Pencil(self)
        self._pencil.setIcon(icons.icon("pencil"))
        self._pencil.setIconSize(QSize(14, 14))
        self._pencil.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        name_and_keys(self._pencil, self.tr("Edit the subject"), "")
        self._pencil.clicked.connect(self.start)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._shown, 1)
        row.addWidget(self._line, 1)
        row.addWidget(self._pencil)
        self._shown.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def wished_width(self) -> int:
        """Return how wide it would like to be."""
        return self._shown.sizeHint().width() + 4 + self._pencil.sizeHint().width()

    @property
    def can_be_typed(self) -> bool:
        """Whether another subject can be typed now."""
        return self._pencil.isEnabled()

    @property
    def is_edited(self) -> bool:
        """Whether the agent is typing."""
        return not self._line.isHidden()

    @property
    def text(self) -> str:
        """The subject that is shown."""
        return self._shown.text()

    def set_subject(self, subject: str) -> None:
        """Show another subject; what is being typed is left alone."""
        subject = " ".join(subject.split()) or self.tr("No subject")
        if subject != self._shown.text():
            self._shown.setText(subject)
            self._shown.setAccessibleName(subject)

    def set_possible(self, possible: bool, reason: str) -> None:
        """Let it be edited, or say why not."""
        self._pencil.setVisible(possible and not self.is_edited)
        self._pencil.setEnabled(possible)
        if possible and self._later:
            self.set_half_typed(self._later)
        self._pencil.setToolTip("" if possible else literal_tip(reason))

    def start(self) -> None:
        """Begin to type."""
        if not self._pencil.isEnabled():
            return
        self._line.setReadOnly(False)
        self._line.setText(self._shown.text())
        self._switch(typing=True)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()

    def _show_whole(self) -> None:
        """Let a subject that cannot be changed be marked and copied."""
        self._line.setText(self._shown.text())
        self._line.setReadOnly(True)
        self._switch(typing=True)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()

    def stop(self) -> None:
        """End without a change."""
        self._composition.drop()
        self._later = ""
        if self.is_edited:
            self._line.setText(self._shown.text())
            self._switch(typing=False)

    @property
    def half_typed(self) -> str:
        """Another subject that is being typed; empty while none is."""
        return self._line.text() if self.is_edited and self._line.text() != self._shown.text() else ""

    def set_half_typed(self, text: str) -> None:
        """Put back what was being typed, without its undo steps and without the keyboard; as soon as it can be edited."""
        self.stop()
        if not text:
            return
        if self._pencil.isEnabled():
            self._line.setReadOnly(False)
            self._line.setText(text)
            self._switch(typing=True)
        else:
            self._later = text

    def _commit(self) -> None:
        if not self.is_edited:
            return
        typed = one_line(self._line.text())
        changed = bool(typed) and typed != self._shown.text()
        self._switch(typing=False)
        if changed:
            self._shown.setText(typed)
            self.edited.emit(typed)

    def _switch(self, *, typing: bool) -> None:
        self._line.setVisible(typing)
        self._shown.setVisible(not typing)
        self._pencil.setVisible(not typing and self._pencil.isEnabled())
        wide = QSizePolicy.Policy.Expanding if typing else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.half_typed_changed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._shown and isinstance(event, QMouseEvent):
            if event.type() is QEvent.Type.MouseButtonDblClick:
                self.start() if self._pencil.isEnabled() else self._show_whole()
                return True
        elif (
            watched is self._line
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.stop()
            self._pencil.setFocus()
            return True
        return super().eventFilter(watched, event)
