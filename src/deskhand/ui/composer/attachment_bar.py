"""Files that will go with a message: name, size, and a way to take each out again."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.threads import OutgoingFile
from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton, ToolButton
from deskhand.ui.kit.chip import shortened
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.tall_content import TallContent, scrolled
from deskhand.ui.kit.theme import GAP_SMALL, RADIUS_CONTROL, Tone, theme_of
from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.rest_list import RestButton
from deskhand.ui.ticket.message_text import size_text

_ICON = 14
_WIDEST = 320
MOST = 24
"""Files that are drawn: 500 held the window for five seconds."""
_COPIES = 6
"""Files that are being copied and said one by one; the others wait for them."""
_LINES, _BETWEEN = 2, 6
"""Lines of files in view, and the gap between them."""


class FileChip(QWidget):
    """One file of a draft.

    Signals:
        removed: the agent takes it out.
    """

    removed = Signal()

    def __init__(self, file: OutgoingFile, parent: QWidget) -> None:
        super().__init__(parent)
        self.file = file
        name = ElidedLabel(file.name, self, role=Role.MEDIUM, mode=Qt.TextElideMode.ElideMiddle)
        size = label(size_text(file.size), self, role=Role.SMALL, tone=Tone.PLAIN)
        remove = ToolButton(self)
        remove.setIcon(icons.icon("x"))
        remove.setIconSize(QSize(_ICON, _ICON))
        remove.setAccessibleName(self.tr("Remove {name}").format(name=file.name))
        remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        set_margins(row, 10 + _ICON + 6, 1, 2, 1)
        row.setSpacing(GAP_SMALL - 2)
        row.addWidget(name, 1)
        row.addWidget(size)
        row.addWidget(remove)
        wanted = 10 + _ICON + 6 + name.sizeHint().width() + size.sizeHint().width() + remove.sizeHint().width() + 28
        self._size = QSize(min(wanted, _WIDEST), remove.sizeHint().height() + 4)
        self.setAccessibleName(f"{file.name} {size.text()}")

    @override
    def sizeHint(self) -> QSize:
        return self._size

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.edge_soft))
            painter.setBrush(QColor(theme.page))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
            place = self.rect().adjusted(10, (self.height() - _ICON) // 2, 0, 0)
            place.setSize(QSize(_ICON, _ICON))
            icons.paint(painter, place, "paperclip", theme.quiet)


class CopyChip(QWidget):
    """A file that is being copied into our own store.

    Signals:
        cancelled: the agent does not want it any more.
    """

    cancelled = Signal()

    def __init__(self, copy: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.copy = copy
        name_label = label(
            self.tr("Copying {name}").format(name=shortened(name)), self, role=Role.SMALL, tone=Tone.PLAIN
        )
        cancel = PushButton(self.tr("Cancel"), self)
        cancel.setProperty("kind", "link")
        cancel.setAccessibleName(self.tr("Cancel copying {name}").format(name=name))
        cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        set_margins(row, 10, 1, 2, 1)
        row.setSpacing(GAP_SMALL - 2)
        row.addWidget(name_label)
        row.addWidget(cancel)
        self.setAccessibleName(name_label.text())


class AttachmentBar(QScrollArea):
    """The files of one draft; takes no room while there are none, and scrolls where there are many.

    Signals:
        changed: the agent took a file out.
        copy_cancelled: the agent does not wait for a file any more: the name of its copy.
    """

    changed = Signal()
    copy_cancelled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[FileChip] = []
        self._copies: list[CopyChip] = []
        self._content = TallContent(self)
        self._files: tuple[OutgoingFile, ...] = ()
        self._more = RestButton(self.tr("All files"), self.tr("Find a file"), self._entries, self._content)
        self._flow = FlowLayout(self._content, line_gap=_BETWEEN)
        scrolled(self._content, self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Files"))
        self.hide()

    @property
    def files(self) -> tuple[OutgoingFile, ...]:
        """What will be sent along, in order."""
        return self._files

    def set_files(self, files: Sequence[OutgoingFile]) -> None:
        """Show these; chips that stay are not made anew."""
        if tuple(files) == self.files:
            return
        self._files = tuple(files)
        self._flow.removeWidget(self._more)
        reusable: dict[OutgoingFile, list[FileChip]] = {}
        for chip in self._chips:
            self._flow.removeWidget(chip)
            reusable.setdefault(chip.file, []).append(chip)
        self._chips = []
        for file in self._files[:MOST]:
            old = reusable.get(file)
            chip = old.pop() if old else self._made(file)
            self._chips.append(chip)
            self._flow.addWidget(chip)
        for leftover in (chip for chips in reusable.values() for chip in chips):
            leftover.hide()
            leftover.deleteLater()
        self._flow.addWidget(self._more)
        self._more.set_rest(len(self._files) - MOST)
        self._fit()

    def set_copies(self, copies: Mapping[str, str]) -> None:
        """Say which files are being copied, by the names of their copies; each can be given up."""
        wanted = dict(copies)
        for chip in self._copies:
            if chip.copy in wanted:
                del wanted[chip.copy]
            else:
                self._flow.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
        self._copies = [chip for chip in self._copies if chip.copy in copies]
        for copy, name in list(wanted.items())[: max(0, _COPIES - len(self._copies))]:
            made = CopyChip(copy, name, self._content)
            made.cancelled.connect(partial(self.copy_cancelled.emit, copy))
            made.show()
            self._copies.append(made)
            self._flow.addWidget(made)
        self._fit()

    def _fit(self) -> None:
        self.setVisible(bool(self._chips or self._copies))
        self.updateGeometry()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        line = max((chip.sizeHint().height() for chip in (*self._chips[:1], *self._copies[:1])), default=0)
        return min(self._flow.heightForWidth(width), _LINES * line + _BETWEEN)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.heightForWidth(max(self.width(), 200)))

    def _made(self, file: OutgoingFile) -> FileChip:
        chip = FileChip(file, self._content)
        chip.removed.connect(lambda: self._remove(chip.file))
        chip.show()
        return chip

    def _entries(self) -> Iterator[Entry]:
        return (Entry(one.name, self.tr("take out"), run=partial(self._remove, one)) for one in self._files)

    def _remove(self, file: OutgoingFile) -> None:
        self.set_files([other for other in self._files if other.blob != file.blob])
        self.changed.emit()
