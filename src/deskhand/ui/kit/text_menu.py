"""The menu of a text that is typed into (Copy, Paste …), in the frame of all popups. What stands in it is Qt's."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from deskhand.ui.kit.menu import Menu

_TEXTS = (QLineEdit, QTextEdit, QPlainTextEdit)


class TextMenus(QObject):
    """Gives it to every text in any window of the program, once the text has the keyboard; a press of the right button gives it that."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.focusChanged.connect(self._moved)

    def stop(self) -> None:
        """Give it to no more texts: the window has ended, and the application may have another one."""
        self._app.focusChanged.disconnect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, _TEXTS) and new.contextMenuPolicy() is Qt.ContextMenuPolicy.DefaultContextMenu:
            new.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            new.customContextMenuRequested.connect(partial(_open, new))


def _open(text: QLineEdit | QTextEdit | QPlainTextEdit, at: QPoint) -> None:
    made = text.createStandardContextMenu()
    menu = Menu(text)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(text.accessibleName())
    menu.addActions(made.actions())
    menu.aboutToHide.connect(made.deleteLater)  # it holds the actions until one of them has been run
    area = text if isinstance(text, QLineEdit) else text.viewport()
    menu.popup(area.mapToGlobal(at))
