"""An account's row: its mark, its name and how many open tickets it has; below the name what holds it up, with one button where it needs the agent."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from deskhand.domain.accounts import AccountMark
from deskhand.ui.accounts.status_label import StatusLabel
from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for
from deskhand.ui.kit.tokens import Theme

_MARK, _EDGE = 20, 8
_TOOL = 24
"""A smaller button is missed by a hand that shakes (WCAG 2.5.8)."""

NAME_AT = _EDGE + _MARK + GAP_SMALL
"""Where the name begins, and those of the groups below it."""


class _Tool(IconButton):
    """A button in the place of the count: seen while the pointer is on the row, or the keyboard on one of them."""

    def __init__(self, icon: str, name: str, row: "AccountHeader") -> None:
        super().__init__(icon, name, row, side=_TOOL, around=4)
        self._row = row

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        if self._row.shows_tools:
            super().paint(painter, theme)


class AccountHeader(ViewRow):
    """A row with the account's name; Left and Right fold, the menu key opens the menu.

    Signals:
        fold_requested: fold (False) or unfold (True).
        fix_requested: what only the agent can mend shall be mended.
    """

    fold_requested = Signal(bool)
    fix_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._last_status: tuple[str, StatusLabel, str] | None = None
        self._status = ""
        self._mark = AccountMark()
        self._unfolded = False
        super().__init__("", parent)
        self._fix = PushButton(self)
        self._fix.setFont(fonts_for(self.font()).small_medium)
        self._fix.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fix.setStyleSheet("QPushButton { padding: 1px 8px; min-height: 20px; }")
        self._fix.clicked.connect(self.fix_requested)
        self._fix.hide()
        self._chevron = _Tool("chevron-right", self.tr("Unfold"), self)
        self._chevron.clicked.connect(lambda: self.fold_requested.emit(not self._unfolded))
        self._chevron.hide()
        self._more = _Tool("ellipsis", self.tr("More"), self)
        self._more.clicked.connect(lambda: self.menu_requested.emit(self.menu_point()))
        for tool in self._tools:
            tool.installEventFilter(self)

    @property
    def _tools(self) -> tuple[_Tool, ...]:
        return self._chevron, self._more

    # what it is told

    def set_account(self, name: str, mark: AccountMark) -> None:
        """Show whose it is."""
        if name != self.text():
            self.set_name(name)
            self._name_fix()
            self._more.set_icon("ellipsis", self.tr("More about {account}").format(account=name))
            self._name_chevron()
        if mark != self._mark:
            self._mark = mark
            self.update()

    def set_status(self, vendor: str, status: StatusLabel, problem: str) -> None:
        """Say how it is; the problem's whole sentence stands in the tooltip and the description.

        Nothing is said in the row while all is well: a line that comes and goes, or a clock that ticks in it, would move everything below.
        """
        if (vendor, status, problem) == self._last_status:
            return
        self._last_status = (vendor, status, problem)
        self._status = f"{vendor}, {status.text}" + (f". {problem}" if problem else "")
        tone = Tone.WRONG if status.needs_agent else Tone.PLAIN
        self.set_note("" if status.is_ok else status.text, tone, icon="circle-alert" if status.needs_agent else "")
        if status.fix and status.fix != self._fix.text():
            self._fix.setText(status.fix)
            self._name_fix()
        self._fix.setVisible(bool(status.fix))
        self._place_tools()
        self._update_description()
        self.update()

    def set_foldable(self, foldable: bool, *, unfolded: bool) -> None:
        """Offer to fold, or not."""
        self._unfolded = unfolded
        self._chevron.setVisible(foldable)
        self._name_chevron()
        self._place_tools()

    def _name_chevron(self) -> None:
        tip = self.tr("Fold {account}") if self._unfolded else self.tr("Unfold {account}")
        icon = "chevron-down" if self._unfolded else "chevron-right"
        self._chevron.set_icon(icon, tip.format(account=self.text()))

    def _name_fix(self) -> None:
        self._fix.setAccessibleName(self.tr("{account}: {what}").format(account=self.text(), what=self._fix.text()))

    # what it tells

    @property
    def mark(self) -> AccountMark:
        """The account's icon and colour."""
        return self._mark

    @property
    @override
    def needs_agent(self) -> bool:
        return self._last_status is not None and self._last_status[1].needs_agent

    @property
    def shows_tools(self) -> bool:
        """Whether its buttons stand in the place of the count."""
        return self.underMouse() or any(tool.hasFocus() for tool in self._tools)

    @property
    def fix_button(self) -> QPushButton:
        """Mends what only the agent can; hidden where nothing is to mend."""
        return self._fix

    @property
    def more_button(self) -> IconButton:
        """Opens the menu."""
        return self._more

    @property
    def fold_button(self) -> IconButton:
        """Folds and unfolds."""
        return self._chevron

    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops, in the order of reading."""
        return self, self._fix, self._chevron, self._more

    def menu_point(self) -> QPoint:
        """Return where a menu of the keyboard opens, on the screen."""
        return self._more.mapToGlobal(QPoint(0, self._more.height()))

    # inside

    @override
    def counted(self, count: str) -> str:
        return self.tr("1 open ticket") if count == "1" else self.tr("{count} open tickets").format(count=count)

    @override
    def description_parts(self, *, spoken_note: bool = False) -> list[str]:
        return [self._status, *super().description_parts(spoken_note=spoken_note)]

    @override
    def tip(self, *, is_whole: bool) -> str:
        return literal_tip(self._status)

    @override
    def name_at(self) -> int:
        return NAME_AT

    @override
    def room_at_end(self) -> int:
        fix = self._fix.sizeHint().width() + GAP_SMALL if not self._fix.isHidden() else 0
        return fix + (_TOOL * sum(not tool.isHidden() for tool in self._tools) if self.shows_tools else 0)

    @property
    @override
    def shows_count(self) -> bool:
        return self._fix.isHidden() and not self.shows_tools

    @override
    def paint_mark(self, painter: QPainter, theme: Theme, line: QRect) -> None:
        place = self.placed(QRect(_EDGE, line.center().y() - _MARK // 2 + 1, _MARK, _MARK))
        painter.drawPixmap(
            place.topLeft(), account_pixmap(self._mark, _MARK, theme, painter.device().devicePixelRatio())
        )

    def _place_tools(self) -> None:
        at = self.width() - 4
        if not self._fix.isHidden():
            size = self._fix.sizeHint()
            at -= size.width() + 2
            self._fix.setGeometry(
                self.placed(QRect(at, (self.height() - size.height()) // 2, size.width(), size.height()))
            )
        for tool in reversed(self._tools):
            if not tool.isHidden():
                at -= _TOOL
                tool.setGeometry(self.placed(QRect(at, (self.height() - _TOOL) // 2, _TOOL, _TOOL)))

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        least = self._fix.sizeHint().height() + 6 if not self._fix.isHidden() else _TOOL
        return QSize(hint.width(), max(hint.height(), least))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tools()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_tools()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_tools()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_tools()
        return super().eventFilter(watched, event)

    def _show_tools(self) -> None:
        for each in (self, *self._tools):
            each.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold_requested.emit(event.key() == forward)
        else:
            super().keyPressEvent(event)
