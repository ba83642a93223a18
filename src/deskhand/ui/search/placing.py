"""Where the search bar lies: over the list and the conversation, which make room for it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class BarPlace(QObject):
    """Keeps a bar over the panes that are shown, from the first to the last of them.

    A part of its own beside the splitter would move the panes into another one, and what is stored of their widths would be lost.

    Args:
        host: the widget that the bar is put into.
        panes: gives the panes that it lies over, as far as they exist.
    """

    def __init__(self, bar: QWidget, host: QWidget, panes: Callable[[], Sequence[QWidget]]) -> None:
        super().__init__(bar)
        self._bar = bar
        self._host = host
        self._panes = panes
        self._watched: list[QWidget] = []
        bar.setParent(host)
        bar.hide()
        bar.installEventFilter(self)
        host.installEventFilter(self)

    @property
    def area(self) -> QRect:
        """What the panes that are shown fill, in the host."""
        area = QRect()
        for pane in self._panes():
            if pane.isVisible():
                area = area.united(QRect(pane.mapTo(self._host, QPoint(0, 0)), pane.size()))
        return area

    @property
    def last(self) -> QRect:
        """What the last of these panes fills, in the host: the conversation, or the list where that has all the room."""
        shown = [pane for pane in self._panes() if pane.isVisible()]
        return QRect(shown[-1].mapTo(self._host, QPoint(0, 0)), shown[-1].size()) if shown else QRect()

    def show(self) -> None:
        """Show the bar."""
        if self._bar.isHidden():
            for pane in self._panes():
                if pane not in self._watched:
                    pane.installEventFilter(self)
                    self._watched.append(pane)
            self._bar.show()
            self.fit()

    def hide(self) -> None:
        """Hide it; the panes take its room again."""
        if not self._bar.isHidden():
            self._bar.hide()
            for pane in self._panes():
                pane.setContentsMargins(QMargins())

    def fit(self) -> None:
        """Lie where the panes are now."""
        area = self.area
        if self._bar.isHidden() or area.isEmpty():
            return
        height = self._bar.sizeHint().height()
        for pane in self._panes():
            if pane.contentsMargins().top() != height:
                pane.setContentsMargins(0, height, 0, 0)
        place = QRect(area.x(), area.y(), area.width(), height)
        if self._bar.geometry() != place:
            self._bar.setGeometry(place)
        self._bar.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar:
            if event.type() is QEvent.Type.LayoutRequest:
                self.fit()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self.fit()
        return False
