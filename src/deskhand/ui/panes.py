"""Windows and their panes: which one comes to the front, which one has the keyboard, and how that goes from one to the next."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


@runtime_checkable
class HasEntry(Protocol):
    """A pane that says what the keyboard goes to when it comes to it."""

    def entry(self) -> QWidget:
        """Return it."""
        ...


def enter(pane: QWidget) -> bool:
    """Give the keyboard to what a pane names, or to the first thing in it that takes it; tell whether there is one."""
    named = pane.entry() if isinstance(pane, HasEntry) else pane
    target: QWidget | None = named.focusProxy() or named
    if target is None or not _takes_keyboard(target):
        inside = (one for one in _chain(pane) if pane.isAncestorOf(one) and one.focusProxy() is None)
        target = next((one for one in inside if _takes_keyboard(one)), None)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return True


def has_keyboard(pane: QWidget) -> bool:
    """Tell whether the keyboard is in a pane."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))


def step(panes: Sequence[QWidget], by: int) -> None:
    """Give the keyboard to the next (1) or the previous (-1) of the panes that takes it."""
    at = next((i for i, pane in enumerate(panes) if has_keyboard(pane)), -1)
    for count in range(1, len(panes) + 1):
        if enter(panes[(at + by * count) % len(panes)]):
            return


def come_up(window: QWidget) -> None:
    """Bring a window to the front."""
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()


def _chain(start: QWidget) -> Iterator[QWidget]:
    one = start.nextInFocusChain()
    while one is not None and one is not start:
        yield one
        one = one.nextInFocusChain()


def _takes_keyboard(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
