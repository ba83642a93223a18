"""Tags of a ticket: chips, each with a way to take it off, and a line for another."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from deskhand.ui import icons
from deskhand.ui.panes.cc_field import RemovableChip
from deskhand.ui.theme import RADIUS_CONTROL, Tone, fonts_for, theme_of
from deskhand.ui.widgets.flow_layout import FlowLayout
from deskhand.ui.widgets.labels import Role, label, literal_tip


class TagsBox(QWidget):
    """A box of the ticket header.

    Signals:
        edited: tags to add, tags to remove.
    """

    edited = Signal(tuple, tuple)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips: list[RemovableChip] = []
        self._possible = True
        self._reason = ""
        self.setObjectName("Tags")
        self._title = label(self.tr("Tags"), self, role=Role.SMALL, tone=Tone.PLAIN)
        self._none = label(self.tr("none"), self, role=Role.SMALL, tone=Tone.PLAIN)
        self._add = QToolButton(self)
        self._add.setIcon(icons.icon("plus"))
        self._add.setIconSize(QSize(12, 12))
        self._add.setStyleSheet("QToolButton { padding: 2px; border-radius: 4px; }")
        self._add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add.setAccessibleName(self.tr("Add a tag"))
        self._add.clicked.connect(self.start_typing)
        self._line = QLineEdit(self)
        self._line.setObjectName("Add tag")
        self._line.setAccessibleName(self.tr("New tag"))
        self._line.setPlaceholderText(self.tr("New tag"))
        self._line.setFont(fonts_for(self.font()).small)
        self._line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0 2px; }")
        self._line.setFixedWidth(110)
        self._line.hide()
        self._line.returnPressed.connect(self._take)
        self._line.installEventFilter(self)
        self._flow = FlowLayout(self, gap=6, line_gap=2)
        self._flow.setContentsMargins(8, 3, 6, 3)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay_out()

    @property
    def tags(self) -> tuple[str, ...]:
        """What is shown."""
        return tuple(chip.word for chip in self._chips)

    @property
    def is_edited(self) -> bool:
        """Whether the agent is typing a tag."""
        return not self._line.isHidden()

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show these; a chip that stays is not made anew, and a tag being typed is left alone."""
        if tuple(tags) == self.tags:
            return
        old = {chip.word: chip for chip in self._chips}
        self._chips = [old.pop(tag) if tag in old else self._made(tag) for tag in dict.fromkeys(tags)]
        for chip in old.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._lay_out()

    def set_possible(self, possible: bool, reason: str) -> None:
        """Let tags be edited, or say why not."""
        self._possible, self._reason = possible, reason
        self._add.setVisible(possible)
        for chip in self._chips:
            chip.set_removable(possible)
        self.setToolTip(literal_tip("" if possible else reason))
        self.setAccessibleDescription("" if possible else reason)

    def start_typing(self) -> None:
        """Ask for a tag."""
        if self._possible:
            self._line.show()
            self._flow.invalidate()
            self.updateGeometry()
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, tag: str) -> RemovableChip:
        chip = RemovableChip(tag, self)
        chip.set_removable(self._possible)
        chip.removed.connect(lambda word: self.edited.emit((), (word,)))
        chip.show()
        return chip

    def _take(self) -> None:
        wanted = tuple(dict.fromkeys(word.strip() for word in self._line.text().split(",") if word.strip()))
        new = tuple(word for word in wanted if word not in self.tags)
        self._line.clear()
        self._end_typing()
        if new:
            self.edited.emit(new, ())

    def _end_typing(self) -> None:
        self._line.hide()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow.invalidate()
        self.updateGeometry()

    def _lay_out(self) -> None:
        while self._flow.count():
            self._flow.takeAt(0)
        for part in (self._title, *self._chips, self._none, self._line, self._add):
            self._flow.addWidget(part)
        self._none.setVisible(not self._chips)
        before: QWidget = self._add  # Qt orders only what takes the focus: the first of these that always stands
        for chip in self._chips:
            QWidget.setTabOrder(before, chip.remove_button)
            before = chip.remove_button
        self.setAccessibleName(self.tr("Tags: {tags}").format(tags=", ".join(self.tags) or self.tr("none")))
        self.updateGeometry()
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._line.clear()
                self._end_typing()
                return True
        elif watched is self._line and event.type() is QEvent.Type.FocusOut and not self._line.text().strip():
            self._line.hide()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.line))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL - 1, RADIUS_CONTROL - 1
            )
