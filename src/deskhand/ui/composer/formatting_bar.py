"""Bold, italic, list and link below the text; off with their reason where a vendor takes plain text."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextListFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyle,
    QStyleOptionButton,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from deskhand.ui.actions.action import Action, S
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.reply_box_actions import BOLD, ITALIC, LINK, LIST, NUMBERED_LIST
from deskhand.ui.composer.message_edit import MessageEdit
from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton, ToolButton
from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.one_line import paint_line
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import fonts_for, theme_of

_ICON = 15
_DISC, _DECIMAL = QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListDecimal


class _Tool(ToolButton):
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


class CannedButton(PushButton):
    """The button of the canned replies, with the key that opens them."""

    @override
    def sizeHint(self) -> QSize:
        size, cap = super().sizeHint(), keycap_size("/", fonts_for(self.font()).tiny).width()
        return QSize(size.width() + cap + 2 if self.text() else cap + 12, size.height())

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
            direction, right_to_left = self.layoutDirection(), self.isRightToLeft()
            text_rect = QStyle.visualRect(direction, self.rect(), text_rect)
            paint_line(painter, text_rect, text, mirrored=right_to_left)
            top, left = (self.height() - size.height()) // 2, self.width() - size.width() - 6
            cap = QStyle.visualRect(direction, self.rect(), QRect(left, top, size.width(), size.height()))
            paint_keycap(painter, cap, "/", fonts.tiny, theme)


def tool(parent: QWidget, action: Action[S], act: Callable[[], object]) -> QToolButton:
    """Return a small button for an action, named for a screen reader; the keyboard reaches it by Tab."""
    made = _Tool(parent)
    made.setIcon(icons.icon(action.icon))
    made.setIconSize(QSize(_ICON, _ICON))
    made.setStyleSheet("QToolButton { padding: 3px; }")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    show_keys(made, lambda: _show_keys(made, action))
    made.clicked.connect(lambda _on=False: act())
    return made


def _show_keys(button: QToolButton, action: Action[S]) -> None:
    keys = IN_FORCE.first_key(action)
    reason = "" if button.isEnabled() else button.accessibleDescription()
    button.setProperty("keys", keys)
    name_and_keys(button, action.title, keys)
    if reason:
        button.setAccessibleDescription(reason)


def set_button_possible(button: QToolButton, possible: bool, reason: str) -> None:
    """Switch a tool on, or off with its reason."""
    button.setEnabled(possible)
    button.setToolTip("" if possible else literal_tip(reason))
    button.setAccessibleDescription(str(button.property("keys")) if possible else reason)


class FormattingBar(QWidget):
    """Tools of one editor.

    Signals:
        link_requested: the agent wants to make a link.
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
        row.setSpacing(0)
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
