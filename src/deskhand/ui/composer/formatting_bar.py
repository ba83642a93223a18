"""Bold, italic, list and link below the text; off with their reason where a vendor takes plain text."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextListFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from deskhand.ui.actions.action import Action, S
from deskhand.ui.actions.reply_box_actions import BOLD, ITALIC, LINK, LIST, NUMBERED_LIST
from deskhand.ui.composer.message_edit import MessageEdit
from deskhand.ui.kit import icons
from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import fonts_for, theme_of

_ICON = 15
_DISC, _DECIMAL = QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListDecimal


class ToolButton(QToolButton):
    """A tool that is visibly off when it is off: icons alone keep their colour."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        with painter:
            if not self.isEnabled():
                painter.setOpacity(0.4)
            painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)


class CannedButton(QPushButton):
    """The button of the canned replies, with the key that opens them."""

    @override
    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + keycap_size("/", fonts_for(self.font()).tiny).width() + 2, size.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        fonts = fonts_for(self.font())
        painter = QStylePainter(self)
        with painter:
            painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme = theme_of(self.window().palette())  # a style sheet puts its own ground into a button's palette
            size = keycap_size("/", fonts.tiny)
            text_rect = self.rect().adjusted(6, 0, -size.width() - 8, 0)
            painter.setFont(self.font())
            painter.setPen(QColor(theme.text if self.underMouse() else theme.quiet))
            painter.drawText(text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
            cap = QRect(
                self.width() - size.width() - 6, (self.height() - size.height()) // 2, size.width(), size.height()
            )
            paint_keycap(painter, cap, "/", fonts.tiny, theme)


def tool(parent: QWidget, action: Action[S], act: Callable[[], object]) -> QToolButton:
    """Return a small button for an action, named for a screen reader; the keyboard reaches it by Tab."""
    made = ToolButton(parent)
    keys = action.keys[0]
    made.setIcon(icons.icon(action.icon))
    made.setIconSize(QSize(_ICON, _ICON))
    made.setStyleSheet("QToolButton { padding: 3px; }")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setProperty("keys", keys)
    name_and_keys(made, action.title, keys)
    made.clicked.connect(lambda _on=False: act())
    return made


def set_button_possible(button: QToolButton, possible: bool, reason: str) -> None:
    """Switch a tool on, or off with its reason."""
    button.setEnabled(possible)
    button.setToolTip("" if possible else literal_tip(reason))
    button.setAccessibleDescription(str(button.property("keys")) if possible else reason)


class FormattingBar(QWidget):
    """Tools of one editor.

    Signals:
        link_wanted: the agent wants to make a link.
    """

    link_requested = Signal()

    def __init__(self, edit: MessageEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._bold = tool(self, BOLD, edit.toggle_bold)
        self._italic = tool(self, ITALIC, edit.toggle_italic)
        self._list = tool(self, LIST, lambda: edit.toggle_list(_DISC))
        self._numbers = tool(self, NUMBERED_LIST, lambda: edit.toggle_list(_DECIMAL))
        self._link = tool(self, LINK, self.link_requested.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        for button in self._buttons():
            button.setCheckable(button is not self._link)
            row.addWidget(button)
        edit.currentCharFormatChanged.connect(self._show_state)
        edit.cursorPositionChanged.connect(self._show_state)
        for button in self._buttons():
            button.clicked.connect(self._show_state)

    def _buttons(self) -> tuple[QToolButton, ...]:
        return self._bold, self._italic, self._list, self._numbers, self._link

    def set_possible(self, possible: bool, reason: str) -> None:
        """Take formatting, or say why not."""
        for button in self._buttons():
            set_button_possible(button, possible, reason)

    def _show_state(self) -> None:
        style = self._edit.list_style()
        self._bold.setChecked(self._edit.is_bold())
        self._italic.setChecked(self._edit.fontItalic())
        self._list.setChecked(style is _DISC)
        self._numbers.setChecked(style is _DECIMAL)
