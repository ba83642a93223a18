"""Drives the window as a person does: finds widgets by accessible name, clicks, types, and reads what is shown."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, overload

from PySide6.QtCore import QKeyCombination, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QHelpEvent, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QTextEdit,
    QToolTip,
    QWidget,
)
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.ui.search.filter_edit import FilterEdit

W = TypeVar("W", bound=QWidget)


def combinations(keys: str) -> list[QKeyCombination]:
    """Return what is pressed one after the other for keys as they stand in the key overview."""
    sequence = QKeySequence(keys)
    return [sequence[at] for at in range(sequence.count())]  # type: ignore[index]  # the stubs forget it


class UiDriver:
    """Finds what is shown by its name and does to it what a person does."""

    @property
    def window(self) -> QWidget:
        """What is in front where no dialog is open."""
        active = QApplication.activeWindow()
        assert active is not None, "no window is there"
        return active

    # --- looking ---

    def active_surface(self) -> QWidget:
        """What can be reached now: a dialog that is open keeps everything else away."""
        return QApplication.activeModalWidget() or self.window

    @overload
    def find(self, name: str, *, within: QWidget | None = None) -> QWidget: ...

    @overload
    def find(self, name: str, kind: type[W], *, within: QWidget | None = None) -> W: ...

    def find(self, name: str, kind: type[QWidget] = QWidget, *, within: QWidget | None = None) -> QWidget:
        """Return the one visible widget of this accessible name."""
        found = self.find_all(name, kind, within=within)
        assert len(found) == 1, f"{len(found)} visible of {kind.__name__} “{name}”; there are {self.names(kind)}"
        return found[0]

    @overload
    def find_all(self, name: str, *, within: QWidget | None = None) -> list[QWidget]: ...

    @overload
    def find_all(self, name: str, kind: type[W], *, within: QWidget | None = None) -> list[W]: ...

    def find_all(self, name: str, kind: type[Any] = QWidget, *, within: QWidget | None = None) -> list[Any]:
        """Return every visible widget of this name; a label only where no control is called so."""
        found = [widget for widget in visible(within or self.active_surface(), kind) if name_of(widget) == name]
        return [widget for widget in found if not isinstance(widget, QLabel)] or found

    def names(self, kind: type[QWidget] = QWidget) -> list[str]:
        return sorted({name for widget in visible(self.active_surface(), kind) if (name := name_of(widget))})

    @property
    def in_dialog(self) -> bool:
        """Whether a dialog keeps the window away."""
        return QApplication.activeModalWidget() is not None

    def visible_text(self, root: QWidget | None = None) -> str:
        """Everything that is written in the window or the dialog in front, as one text."""
        return "\n".join(
            said for widget in visible(root or self.active_surface(), QWidget) for said in visible_texts(widget)
        )

    @property
    def focused(self) -> str:
        """The name of what has the keyboard."""
        widget = QApplication.focusWidget()
        return name_of(widget) if widget is not None else ""

    # --- doing ---

    def click(self, widget: QWidget) -> None:
        """Press the left button on the middle of a widget, where a person could."""
        bring_into_view(widget)
        assert widget.isEnabled(), f"“{name_of(widget)}” is off: {widget.toolTip() or widget.accessibleDescription()}"
        area = widget.visibleRegion().boundingRect()
        assert not area.isEmpty(), f"“{name_of(widget)}” cannot be seen"
        at = area.center()
        top = widget.window()
        met = top.childAt(widget.mapTo(top, at))
        assert met is None or met is widget or widget.isAncestorOf(met), f"“{name_of(met)}” covers “{name_of(widget)}”"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def press(self, name: str, *, within: str = "") -> None:
        """Click the button of this name, in the part of the window that is called `within`."""
        part = self.find(within) if within else None
        self.click(self.find(name, QAbstractButton, within=part))

    def key(self, *keys: str) -> None:
        """Press keys one after the other, as they stand in the key overview: `Ctrl+Return`."""
        for text in keys:
            combination = combinations(text)[0]
            QTest.keyClick(self._key_target(), combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type into whatever has the keyboard; what no key gives comes as an input method would bring it."""
        for letter in text:
            widget = self._key_target()
            if letter == "\n":
                QTest.keyClick(widget, Qt.Key.Key_Return)
            elif letter.isascii():
                QTest.keyClicks(widget, letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(widget, event)

    def type_into(self, name: str, text: str) -> None:
        """Click a line or a text and type; what stood in a line goes."""
        widget = self.find(name)
        self.click(widget)
        assert QApplication.focusWidget() is widget, f"“{self.focused}” has the keyboard, not “{name}”"
        if isinstance(widget, QLineEdit | FilterEdit):
            widget.selectAll()
        self.type(text)

    def _key_target(self) -> QWidget:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        focus = QApplication.focusWidget()
        if modal is not None and (focus is None or focus.window() is not modal):
            # A popup went just now, and no window manager has given the dialog the keyboard yet.
            return modal.focusWidget() or modal
        return focus or self.active_surface()

    def choose(self, name: str, text: str) -> None:
        """Choose from a box by the keyboard: open it, go to the line, press Enter."""
        box = self.combo_box(name)
        assert box.isEnabled(), box.toolTip()
        lines = [box.itemText(i) for i in range(box.count())]
        assert text in lines, f"“{text}” is not among {lines}"
        box.setFocus()
        box.showPopup()
        steps = lines.index(text) - box.view().currentIndex().row()
        for _ in range(abs(steps)):
            QTest.keyClick(box.view(), Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
        QTest.keyClick(box.view(), Qt.Key.Key_Return)

    def combo_box(self, name: str) -> QComboBox:
        """A combo box says its value as its name; what it is called then stands in its object name (platform, 6)."""
        return next(
            box for box in visible(self.active_surface(), QComboBox) if name in (box.objectName(), box.accessibleName())
        )

    def menu_text(self) -> str:
        """What the menu that is open offers, and why not."""
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu), "no menu is open"
        return "\n".join(f"{action.text()} {action.toolTip()}" for action in popup.actions())

    def choose_from_menu(self, text: str) -> None:
        """Choose from the menu that is open."""
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu), "no menu is open"
        action = next((one for one in popup.actions() if one.text().replace("&", "").partition("\t")[0] == text), None)
        assert action is not None, f"“{text}” is not among {[one.text() for one in popup.actions()]}"
        QTest.mouseClick(popup, Qt.MouseButton.LeftButton, pos=popup.actionGeometry(action).center())

    # --- waiting ---

    async def wait_until(self, condition: Callable[[], object], what: str = "", seconds: float = WAIT_SECONDS) -> None:
        """Let the program go on until something holds."""
        ends = time.monotonic() + seconds
        while not (condition() and self._has_keyboard()):
            if time.monotonic() > ends:
                raise AssertionError(
                    f"not within {seconds:g} s: {what or condition}\nThe keyboard is in “{self.focused}”.\n{self.visible_text()[:3000]}"
                )
            await asyncio.sleep(0.01)

    async def wait_for_text(self, text: str, seconds: float = WAIT_SECONDS) -> None:
        """Let the program go on until this text stands in front."""
        await self.wait_until(lambda: text in self.visible_text(), f"“{text}” is shown", seconds)

    def _has_keyboard(self) -> bool:
        """Whether the window in front has the keyboard; if not, it gets it as by a window manager, when a popup or another one went."""
        active, modal = QApplication.activeWindow(), QApplication.activeModalWidget()
        if active is not None and active.isVisible() and modal in (None, active, active.parentWidget()):
            return True
        for window in [modal] if modal is not None else QApplication.topLevelWidgets():
            if window.isVisible():
                window.activateWindow()
        return False

    async def wait_for_dialog(self, name: str) -> QWidget:
        """Wait until a dialog of this name stands in front and has the keyboard; return it."""
        await self.wait_until(
            lambda: name_of(self.active_surface()) == name and self.active_surface().isActiveWindow(), f"{name} is open"
        )
        return self.active_surface()

    async def process_events(self) -> None:
        """Let everything that is due happen: paints, posted events, tasks that are ready."""
        for _ in range(5):
            await asyncio.sleep(0)
            QApplication.sendPostedEvents()
        await self.wait_until(lambda: True)


def visible(root: QWidget, kind: type[W]) -> Iterator[W]:
    """Yield what can be seen below a widget, and the widget itself."""
    if isinstance(root, kind) and root.isVisible():
        yield root
    for child in root.findChildren(kind):
        if child.isVisible():
            yield child


def interface_of(widget: QWidget) -> QAccessibleInterface | None:
    """Return what a screen reader asks about a widget; it may be None, which the stubs do not say."""
    return QAccessible.queryAccessibleInterface(widget)


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    interface = interface_of(widget)
    said = interface.text(QAccessible.Text.Name) if interface is not None else ""
    return said or widget.accessibleName()


def visible_texts(widget: QWidget) -> Iterator[str]:
    """Yield what is written on a widget, and how it is called."""
    if widget.accessibleName():
        yield widget.accessibleName()
    match widget:
        case QLabel() | QAbstractButton() | QLineEdit():
            yield widget.text()
        case QTextEdit():
            yield widget.toPlainText()
        case QAbstractItemView():
            model = widget.model()
            for row in range(min(model.rowCount(), 60)):
                yield str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        case _:
            pass


def bring_into_view(widget: QWidget) -> None:
    """Scroll as a person would until the widget can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            area = QRect(widget.mapTo(parent.viewport(), QPoint(0, 0)), widget.size())
            if not parent.viewport().rect().contains(area):
                parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def tool_tip_of(widget: QWidget, at: QPoint | None = None) -> str:
    """Return what is shown to who points at a widget, at its middle or at this point of it; empty where nothing is."""
    QToolTip.hideText()
    at = at or widget.rect().center()
    tip = QHelpEvent(QHelpEvent.Type.ToolTip, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, tip)
    return QToolTip.text() if QToolTip.isVisible() else ""
