"""The two tabs of the reply box; the note's is amber."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget
from typing_extensions import override

from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.theme import RADIUS_CONTROL, fonts_for, theme_of

KINDS = ("reply", "note")


class ComposerTabs(QTabBar):
    """Reply and note.

    Signals:
        kind_chosen: `reply` or `note`, by the agent.
    """

    kind_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts = [False, False]
        for title, name in ((self.tr("Reply"), self.tr("Write a reply")), (self.tr("Note"), self.tr("Write a note"))):
            self.setAccessibleTabName(self.addTab(title), name)
        self.setAccessibleName(self.tr("Reply or note"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFont(fonts_for(self.font()).medium)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(lambda index: self.kind_chosen.emit(KINDS[index]))

    @property
    def kind(self) -> str:
        """Which is chosen."""
        return KINDS[max(0, self.currentIndex())]

    def choose(self, kind: str) -> None:
        """Switch, unless that one is not possible."""
        index = KINDS.index(kind)
        if self.isTabEnabled(index):
            self.setCurrentIndex(index)

    def set_possible(self, kind: str, possible: bool, reason: str) -> None:
        """Offer a tab, or say why not."""
        index = KINDS.index(kind)
        if self.isTabEnabled(index) != possible:
            self.setTabEnabled(index, possible)
        self.setTabToolTip(index, literal_tip("" if possible else reason))

    def set_has_draft(self, kind: str, has: bool) -> None:
        """Mark a tab that holds something typed, so that it is not forgotten while the other is shown."""
        index = KINDS.index(kind)
        if self._drafts[index] != has:
            self._drafts[index] = has
            name = (self.tr("Write a reply"), self.tr("Write a note"))[index]
            self.setAccessibleTabName(index, self.tr("{name}, has a draft").format(name=name) if has else name)
            self.update()

    @override
    def tabSizeHint(self, index: int) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.tabText(index)) + 24, metrics.height() + 10)

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            for index in range(self.count()):
                rect = QRectF(self.tabRect(index)).adjusted(0.5, 0.5, -3.5, -0.5)
                on = index == self.currentIndex()
                amber = index == 1
                ground = (theme.note if amber else theme.selected) if on else theme.page
                ring = theme.accent if on and self.hasFocus() else theme.note_edge if on and amber else ground
                painter.setPen(QPen(QColor(ring), 2 if on and self.hasFocus() else 1))
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(rect, RADIUS_CONTROL, RADIUS_CONTROL)
                enabled = self.isTabEnabled(index)
                text_colour = (theme.note_text if amber else theme.link) if on else theme.quiet
                colour = QColor(text_colour)
                if not enabled:
                    colour.setAlpha(140)
                painter.setPen(colour)
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
                if self._drafts[index] and not on:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(theme.note_edge if amber else theme.accent))
                    painter.drawEllipse(QRectF(rect.right() - 9, rect.top() + 5, 5, 5))
