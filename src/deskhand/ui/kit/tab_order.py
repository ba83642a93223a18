"""Tab goes through a dialog as its layouts stand, whenever its parts were made: Qt goes by when they came."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def reading_order(root: QWidget) -> Iterator[QWidget]:
    """Yield what Tab can stop at below a widget, in the order of the layouts."""
    if root.focusPolicy() & Qt.FocusPolicy.TabFocus and root.focusProxy() is None:
        yield root
    layout = root.layout()
    if layout is not None:
        yield from _laid_out(layout)
    elif isinstance(root, QScrollArea) and (content := root.widget()) is not None:
        yield from reading_order(content)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from reading_order(widget)
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)


def order_tabs(root: QWidget) -> None:
    """Let Tab go through what stands in the layouts of a window, in their order; nothing is done where it does already."""
    stops = list(reading_order(root))
    wanted = {id(stop) for stop in stops}
    if [one for one in _chain(root) if id(one) in wanted] == stops:
        return
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _chain(root: QWidget) -> Iterator[QWidget]:
    """Yield what Qt's own order holds, from the window on."""
    one = root.nextInFocusChain()
    while one is not None and one is not root:
        yield one
        one = one.nextInFocusChain()
