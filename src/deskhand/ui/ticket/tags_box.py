"""Tags of a ticket: chips, each with a way to take it off, and a line for another."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.content.ticket_tags import check_tags, read_tags
from deskhand.ui.composer.composition import Composition
from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import ToolButton
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.focus_ring import leave_ring
from deskhand.ui.kit.labels import Role, label, literal_tip
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.removable_chips import RemovableChips
from deskhand.ui.kit.theme import RADIUS_CONTROL, Tone, fonts_for, theme_of


class TagsBox(QWidget):
    """A box of the ticket header.

    Signals:
        edited: tags to add, tags to remove.
        half_typed_changed: something is typed, taken or given up.
    """

    edited = Signal(tuple, tuple)
    half_typed_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips = RemovableChips(self.tr("All tags"), self.tr("Find a tag"), self)
        self._chips.removed.connect(lambda tag: self.edited.emit((), (tag,)))
        self._possible = True
        self._reason = ""
        self.setObjectName("Tags")
        self._title = label(self.tr("Tags"), self, role=Role.SMALL, tone=Tone.PLAIN)
        self._none = label(self.tr("none"), self, role=Role.SMALL, tone=Tone.PLAIN)
        self._add = ToolButton(self)
        self._add.setIcon(icons.icon("plus"))
        self._add.setIconSize(QSize(12, 12))
        self._add.setStyleSheet("QToolButton { padding: 2px; border-radius: 4px; }")
        self._add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add.setAccessibleName(self.tr("Add a tag"))
        self._add.clicked.connect(self._add_or_ask)
        self._line = QLineEdit(self)
        self._line.setObjectName("Add tag")
        self._line.setAccessibleName(self.tr("New tag"))
        self._line.setPlaceholderText(self.tr("New tag"))
        self._line.setFont(fonts_for(self.font()).small)
        self._line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0 2px; }")
        leave_ring(self._line, self)
        self._line.setFixedWidth(110)
        self._line.hide()
        self._line.returnPressed.connect(self._add_typed)
        self._line.textChanged.connect(lambda: self._show_message(""))
        self._line.textChanged.connect(lambda _text: self.half_typed_changed.emit())
        self._message = label("", self, role=Role.SMALL, tone=Tone.WAITING, wrap=True)
        self._message.hide()
        self._line.installEventFilter(self)
        self._composition = Composition(self._line)
        self._flow = FlowLayout(self, gap=6, line_gap=2)
        set_margins(self._flow, 8, 3, 6, 3)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._lay_out()

    @property
    def tags(self) -> tuple[str, ...]:
        """What is shown."""
        return self._chips.values

    @property
    def line(self) -> QLineEdit:
        """Where another tag is typed."""
        return self._line

    @property
    def can_be_typed(self) -> bool:
        """Whether a tag can be typed now."""
        return self._possible

    @property
    def is_edited(self) -> bool:
        """Whether the agent is typing a tag."""
        return not self._line.isHidden()

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show these; a chip that stays is not made anew, and a tag being typed is left alone."""
        if self._chips.set_values(tags):
            self._lay_out()

    def set_possible(self, possible: bool, reason: str) -> None:
        """Let tags be edited, or say why not."""
        self._possible, self._reason = possible, reason
        self._add.setVisible(possible)
        if possible and self._line.text():
            self._line.show()
        self._chips.set_removable(possible)
        self.setToolTip(literal_tip("" if possible else reason))
        self.setAccessibleDescription("" if possible else reason)

    def start_typing(self) -> None:
        """Ask for a tag."""
        if self._possible:
            self._line.show()
            self._flow.invalidate()
            self.updateGeometry()
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def half_typed(self) -> str:
        """What stands in the line; empty while there is none."""
        return self._line.text() if self.is_edited else ""

    def set_half_typed(self, text: str) -> None:
        """Put back what stood in the line, without its undo steps and without the keyboard; with nothing the line goes."""
        self._chips.more.close_list()
        self._composition.drop()
        self._line.setVisible(
            bool(text) and self._possible
        )  # first: the row that is folded goes by it when the text changes
        self._line.setText(text)
        self._flow.invalidate()
        self.updateGeometry()

    def _add_or_ask(self) -> None:
        """Add what is typed, so that a tag needs no key that is no letter of it; ask for one while nothing is."""
        self._composition.finish()
        if self.half_typed.strip():
            self._add_typed()
        else:
            self.start_typing()

    def _add_typed(self) -> None:
        found = read_tags(self._line.text())
        new = tuple(tag for tag in found.tags if tag not in self.tags)
        # `clear` could be undone, and would bring the tag back in another ticket
        self._line.setText(", ".join(found.refused))
        self._show_message(check_tags(found.refused))
        if not found.refused:
            self._end_typing()
        if new:
            self.edited.emit(new, ())

    def _show_message(self, message: str) -> None:
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self._line.setAccessibleDescription(message)
        self._flow.invalidate()
        self.updateGeometry()

    def _end_typing(self) -> None:
        self._line.hide()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow.invalidate()
        self.updateGeometry()

    def _lay_out(self) -> None:
        while self._flow.count():
            self._flow.takeAt(0)
        for part in (
            self._title,
            *self._chips.chips,
            self._chips.more,
            self._none,
            self._line,
            self._message,
            self._add,
        ):
            self._flow.addWidget(part)
        self._none.setVisible(not self.tags)
        self._chips.keep_tab_order(self._line)
        QWidget.setTabOrder(self._line, self._add)
        self.setAccessibleName(self.tr("Tags: {tags}").format(tags=self._chips.spoken or self.tr("none")))
        self.updateGeometry()
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()  # the line has no frame of its own that could show where the keyboard is
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self._line.text():
                self._line.setText("")  # `clear` could be undone, and would bring the tag back in another ticket
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
            painter.setPen(QColor(theme.edge))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL - 1, RADIUS_CONTROL - 1
            )
