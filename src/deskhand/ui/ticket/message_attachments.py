"""Files of a message: name and size, to open or to save."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStyle, QWidget
from typing_extensions import override

from deskhand.content.names import judge
from deskhand.domain.threads import Attachment
from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton, ToolButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, label, literal_tip
from deskhand.ui.kit.one_line import on_one_line
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import GAP_SMALL, RADIUS_CONTROL, Tone, theme_of
from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.rest_list import RestButton
from deskhand.ui.ticket.message_text import save_only_reason, size_text

MOST = 20
"""Files that are drawn: 2,000 held the window for five seconds."""

_HEIGHT = 30
_WIDEST = 320
_ICON = 14
_MIDDLE = Qt.TextElideMode.ElideMiddle


class AttachmentChip(QWidget):
    """One file.

    Signals:
        open_requested, save_requested: the file's id.

    Args:
        download_reason: why it cannot be fetched; empty = it can.
    """

    open_requested = Signal(str)
    save_requested = Signal(str)

    def __init__(self, attachment: Attachment, download_reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        verdict = judge(attachment.name, attachment.mime, b"")
        name = on_one_line(verdict.shown_name, middle=True) or self.tr("Unnamed file")
        self._name = ElidedLabel(name, self, role=Role.MEDIUM, mode=_MIDDLE)
        size = label(size_text(attachment.size), self, role=Role.SMALL, tone=Tone.PLAIN)
        open_it = PushButton(self.tr("Open"), self)
        open_it.setProperty("kind", "link")
        open_it.setAccessibleName(self.tr("Open {name}").format(name=name))
        open_it.clicked.connect(lambda: self.open_requested.emit(attachment.id))
        save = ToolButton(self)
        save.setIcon(icons.icon("download"))
        save.setIconSize(QSize(_ICON, _ICON))
        name_and_keys(save, self.tr("Save {name}").format(name=name), "")
        save.clicked.connect(lambda: self.save_requested.emit(attachment.id))
        for button in (open_it, save):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setVisible(not download_reason)
        # By its name alone; its content is looked at before it is opened.
        open_it.setVisible(not download_reason and verdict.opens)
        saved_only = save_only_reason(verdict.reason).format(name=name)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(GAP_SMALL - 2)
        row.addSpacing(_ICON + 12)  # the layout turns it with the reading direction, unlike a margin
        row.addWidget(self._name, 1)
        row.addWidget(size)
        row.addWidget(open_it)
        row.addWidget(save)
        self.setAccessibleName(f"{name} {size.text()}".strip())
        self.setAccessibleDescription(saved_only)
        self.setToolTip(literal_tip(download_reason or saved_only))

    @override
    def sizeHint(self) -> QSize:
        # The name asks the layout for no room, so that it may be cut.
        return QSize(min(_WIDEST, self._row.sizeHint().width() + self._name.sizeHint().width()), _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.edge_soft))
            painter.setBrush(QColor(theme.page))
            painter.drawRoundedRect(
                self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL
            )
            place = self.rect().adjusted(10, (self.height() - _ICON) // 2, 0, 0)
            place.setSize(QSize(_ICON, _ICON))
            place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
            icons.paint(painter, place, "file", theme.quiet)


class Attachments(QWidget):
    """The files of one message, in as many lines as they need.

    Signals:
        open_requested, save_requested: a file's id.
    """

    open_requested = Signal(str)
    save_requested = Signal(str)

    def __init__(self, attachments: tuple[Attachment, ...], download_reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._attachments, self._download_reason = attachments, download_reason
        self._more = RestButton(self.tr("All files"), self.tr("Find a file"), self._entries, self)
        self._more.set_rest(len(attachments) - MOST)
        self._chips = [AttachmentChip(attachment, download_reason, self) for attachment in attachments[:MOST]]
        for chip in self._chips:
            chip.open_requested.connect(self.open_requested)
            chip.save_requested.connect(self.save_requested)

    def lay_out(self, width: int) -> int:
        """Place the files and return the height."""
        x = y = 0
        for chip in (*self._chips, self._more) if len(self._attachments) > MOST else self._chips:
            size = chip.sizeHint()
            wide = min(size.width(), width)
            if x and x + wide > width:
                x, y = 0, y + _HEIGHT + 6
            at = QRect(x, y, wide, _HEIGHT)
            chip.setGeometry(QStyle.visualRect(self.layoutDirection(), QRect(0, 0, width, 0), at))
            x += wide + GAP_SMALL
        return y + _HEIGHT

    def _entries(self) -> Iterator[Entry]:
        """Yield all files; choosing one saves it."""
        for one in self._attachments:
            name = on_one_line(judge(one.name, one.mime, b"").shown_name, middle=True) or self.tr("Unnamed file")
            yield Entry(
                name, size_text(one.size), reason=self._download_reason, run=partial(self.save_requested.emit, one.id)
            )
