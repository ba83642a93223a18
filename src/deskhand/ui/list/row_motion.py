"""Rows go to their new places in 120 ms when others leave, fold or come in; at once where no motion is wanted."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QVariantAnimation
from PySide6.QtWidgets import QTableView

from deskhand.domain.ids import TicketKey
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.list.painted_rows import PaintedRows
from deskhand.ui.list.row_model import RowModel


class RowMotion(QObject):
    """Tells how far each row still is from its place."""

    def __init__(self, view: QTableView, painted: PaintedRows) -> None:
        super().__init__(view)
        self._view = view
        self._painted = painted
        self._from: dict[TicketKey, int] = {}
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(lambda _value: view.viewport().update())
        self._animation.finished.connect(self._from.clear)

    def places(self) -> dict[TicketKey, int]:
        """Return where rows were when they were painted last, from the top of the viewport."""
        return self._painted.places(self._view.verticalHeader().defaultSectionSize())

    def move_from(self, before: Mapping[TicketKey, int], visible: range) -> None:
        """Let rows go from where they were (`places`) to where they are.

        Args:
            visible: the rows on screen.
        """
        model = self._view.model()
        if before and isinstance(model, RowModel):
            now = PaintedRows()
            now.note(self._view, model, visible)
            self.begin(before, now.places(self._view.verticalHeader().defaultSectionSize()))

    def begin(self, before: Mapping[TicketKey, int], after: Mapping[TicketKey, int]) -> None:
        """Move the rows that stand elsewhere now.

        Args:
            before, after: where rows are on screen, from the top.
        """
        milliseconds, height = MOTION.milliseconds(), self._view.viewport().height()
        moved = {key: before[key] - y for key, y in after.items() if key in before and before[key] != y}
        self._animation.stop()
        self._from.clear()
        if not milliseconds or not moved or any(abs(by) > height for by in moved.values()):
            return
        self._from.update(moved)
        self._animation.setDuration(milliseconds)
        self._animation.start()

    @property
    def is_moving(self) -> bool:
        """Whether any row is on its way."""
        return self._animation.state() is QAbstractAnimation.State.Running

    def offset(self, key: TicketKey) -> int:
        """Return by how many of Qt's pixels a row is painted below its place."""
        by = self._from.get(key)
        return 0 if by is None else round(by * float(self._animation.currentValue() or 0.0))
