"""Which widgets turn keys into text: while one of them has the keyboard, a letter is a letter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_WRITTEN = "written"

_SENDS_KEYS_ON = 16
"""Focus proxies in a row that are followed; Qt itself allows no circle."""


def treat_as_text(widget: QWidget) -> None:
    """Let letters be no commands in a text for as long as it has the keyboard, also while it can only be read.

    That begins under the agent's hands, when the vendor takes no reply any more: the rest of the word must not run commands.
    """
    widget.setProperty(_WRITTEN, True)


def takes_text(widget: QWidget | None) -> bool:
    """Tell whether what is typed into a widget that has the keyboard becomes text.

    A text that can only be read takes none, unless it is one that is written at other times (`treat_as_text`). A widget of another kind counts where it asks for an input method, as every editor
    does; item views ask for one as well, for their search by typing, and are not meant.
    """
    for _ in range(_SENDS_KEYS_ON):
        if widget is None or widget.focusProxy() is None:
            break
        widget = widget.focusProxy()
    match widget:
        case None | QAbstractItemView():
            return False
        case QLineEdit() | QTextEdit() | QPlainTextEdit() | QAbstractSpinBox():
            return not widget.isReadOnly() or widget.property(_WRITTEN) is True
        case QComboBox():  # an editable box has the keyboard itself and hands keys on to its line
            line = widget.lineEdit()
            return line is not None and not line.isReadOnly()
        case QKeySequenceEdit():
            return True
        case _:
            return widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def is_typing() -> bool:
    """Tell whether what is typed now becomes text."""
    return takes_text(QApplication.focusWidget())
