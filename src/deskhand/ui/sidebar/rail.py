"""The sidebar as icons: every line of the pane of accounts and views as a button with its counter, and the way to the whole pane."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QStyle, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from deskhand.domain.accounts import AccountColour, AccountMark
from deskhand.ui.accounts.account_header import AccountHeader
from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.accounts.new_ticket_button import NewTicketButton
from deskhand.ui.accounts.view_row import STEPS, ViewRow
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.painted_button import Ground, PaintedButton, paint_ground
from deskhand.ui.kit.quiet_tip import set_quiet_tip
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.spinner import Spinner
from deskhand.ui.kit.theme import Tone, fonts_for, theme_of
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.notifications.status_line import StatusLine

WIDTH = 52
_SIDE, _ICON, _MARK, _BAR, _SQUARE, _PROGRESS = 40, 18, 24, 3, 12, 2
_MANY = 99
"""A larger number would cover the icon; the tooltip says it."""


class RailButton(PaintedButton):
    """Stands for one line of the pane: shows its icon or mark and its counter, and presses it.

    Signals:
        step: Up (-1) or Down (1).
    """

    step = Signal(int)

    def __init__(self, line: ViewRow | AccountHeader, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = line
        # Kept, because a line that is gone may be painted once more before its button goes.
        self._is_on = self._needs_agent = False
        self._counter, self._look = "", ("", "")
        self._mark: AccountMark | None = None
        self.clicked.connect(line.click)
        self.refresh()

    @override
    def event(self, event: QEvent, /) -> bool:
        if not isinstance(event, QHelpEvent) or event.type() is not QEvent.Type.ToolTip:
            return super().event(event)
        # A line each: a name may run the other way.
        keys = self._line.keys if isValid(self._line) else ""
        said = "\n".join(filter(None, (self.accessibleName(), self.accessibleDescription(), keys)))
        QToolTip.showText(event.globalPos(), literal_tip(said), self)
        return True

    @property
    @override
    def is_on(self) -> bool:
        return self._is_on

    @property
    def counter(self) -> str:
        """What stands in the corner: of a view its number, of an account nothing; `!` where it needs the agent, without a number."""
        return self._counter

    @property
    def needs_agent(self) -> bool:
        """Whether something there waits for the agent to mend it."""
        return self._needs_agent

    def refresh(self) -> None:
        """Say what the line says now."""
        line = self._line
        name = line.accessibleName() or line.text()
        said = line.accessibleDescription()
        if (name, said) != (self.accessibleName(), self.accessibleDescription()):
            self.setAccessibleName(name)
            self.setAccessibleDescription(said)
        self._is_on, self._needs_agent = line.is_on, line.needs_agent
        if isinstance(line, AccountHeader):
            self._mark, number = line.mark, ""
        else:
            self._look, number = line.look, _short(line.count_text)
        self._counter = number or ("!" if self._needs_agent else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE - 4)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.step.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(lit=theme.hover, on=theme.selected)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        if self.is_on:
            at = self.width() - _BAR if self.isRightToLeft() else 0
            painter.fillRect(at, 6, _BAR, self.height() - 12, QColor(theme.accent))
        middle = self.rect().center()
        place = QRect(middle.x() - _ICON // 2, middle.y() - _ICON // 2 + 1, _ICON, _ICON)
        self._paint_mark(painter, theme, place)
        if counter := self.counter:
            _paint_counter(self, painter, theme, counter, place, alarming=self.needs_agent)

    def _paint_mark(self, painter: QPainter, theme: Theme, place: QRect) -> None:
        if self._mark is not None:
            ratio = painter.device().devicePixelRatio()
            more = (_MARK - _ICON) // 2
            corner = place.topLeft() - QPoint(more, more)
            painter.drawPixmap(corner, account_pixmap(self._mark, _MARK, theme, ratio))
            return
        colour, icon = self._look
        ink = theme.accounts[AccountColour(colour)].text if colour else ""
        if icon:
            icons.paint(painter, place, icon, ink or (theme.accent if self.is_on else theme.second))
        else:
            edge = (_ICON - _SQUARE) / 2
            square = QRectF(place).adjusted(edge, edge, -edge, -edge)
            paint_ground(painter, square, ink or theme.second, "", _SQUARE / 3.5)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self._line.menu_requested.emit(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().bottomLeft()))


class _Hair(QWidget):
    """Parts the views from the accounts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(24, 9)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, 4, self.width(), 1, QColor(theme_of(self.window().palette()).hair))


class RailHealth(IconButton):
    """How the accounts are, as a picture: how many things need the agent; the foot's whole sentence is its description and tooltip."""

    def __init__(self, foot: StatusLine) -> None:
        super().__init__("heart-pulse", QCoreApplication.translate("Rail", "How the accounts are"), side=36, around=9)
        self._foot = foot
        self.clicked.connect(foot.show_what_needs)
        foot.changed.connect(self.refresh)
        self.refresh()

    @property
    def counter(self) -> str:
        """How many accounts and messages need the agent; empty if none."""
        return figure(self._foot.need_agent) if self._foot.need_agent else ""

    def refresh(self) -> None:
        """Say what the foot says now."""
        said = self._foot.all_said
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
            set_quiet_tip(self, f"{self.accessibleName()}: {said}")
        self.update()

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        super().paint(painter, theme)
        if counter := self.counter:
            _paint_counter(self, painter, theme, counter, self.rect().adjusted(9, 9, -9, -9), alarming=True)
        elif self._foot.tone is Tone.WAITING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.warn_mark))
            painter.drawEllipse(QRectF(9 if self.isRightToLeft() else self.width() - 15, 7, 6, 6))


def _short(text: str) -> str:
    """Return the number of a counter, no longer than has room in the corner."""
    number = text.partition(" ")[0]
    digits = "".join(one for one in number if one.isdigit())
    if not digits:
        return ""
    return number if int(digits) <= _MANY else f"{figure(_MANY)}+"


def _paint_counter(
    widget: QWidget, painter: QPainter, theme: Theme, counter: str, place: QRect, *, alarming: bool
) -> None:
    """Paint a number over the upper corner of a picture."""
    font = fonts_for(widget.font()).tiny
    metrics = QFontMetrics(font)
    size = QSize(max(metrics.horizontalAdvance(counter) + 8, metrics.height()), metrics.height())
    corner = QPoint(min(place.right() - 4, widget.width() - size.width()), max(0, place.top() - size.height() // 2))
    if widget.isRightToLeft():
        corner.setX(max(0, place.left() + 4 - size.width()))
    pill = QRect(corner, size)
    painter.setPen(QColor(theme.wrong if alarming else theme.edge_soft))
    painter.setBrush(QColor(theme.wrong if alarming else theme.page))
    painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), size.height() / 2, size.height() / 2)
    painter.setFont(font)
    painter.setPen(QColor(theme.page if alarming else theme.text))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, counter)


class Rail(QFrame):
    """Follows a pane of accounts and views, whatever lines that has.

    Signals:
        whole_requested: the agent wants the whole pane.
        search_requested: the agent wants to search.
    """

    whole_requested = Signal()
    search_requested = Signal()

    def __init__(self, pane: AccountsPane, foot: StatusLine) -> None:
        super().__init__()
        self._pane = pane
        self._foot = foot
        self._buttons: dict[QAbstractButton, RailButton] = {}
        self.setProperty("kind", "side")
        self.setAccessibleName(self.tr("Accounts"))
        self.setFixedWidth(WIDTH)
        self.whole = IconButton("menu", self.tr("Show the whole sidebar"), self, side=36, around=9)
        self.whole.clicked.connect(self.whole_requested)
        self.search = IconButton("search", self.tr("Search tickets"), self, side=36, around=9)
        self.search.clicked.connect(self.search_requested)
        self.new = NewTicketButton(self, side=36, around=9)
        self.new.clicked.connect(pane.new_ticket_requested)
        self._scroll = ScrollColumn(self)
        column = self._scroll.column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch(1)
        self._line = _Hair()
        column.insertWidget(0, self._line, 0, Qt.AlignmentFlag.AlignHCenter)
        self._spinner = Spinner(size=14)
        self.health = RailHealth(foot)
        self.settings = IconButton("settings", self.tr("Settings"), self, side=36, around=9)
        self.settings.clicked.connect(foot.settings_requested)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 4)
        whole.setSpacing(2)
        for one in (self.whole, self.search, self.new):
            whole.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(self._scroll, 1)
        for lower in (self._spinner, self.health, self.settings):
            whole.addWidget(lower, 0, Qt.AlignmentFlag.AlignHCenter)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._follow)
        pane.changed.connect(self._timer.start)
        foot.changed.connect(self._follow_foot)
        self._follow_foot()

    def entry(self) -> QWidget:
        """Return the button of what the list shows, for the keyboard when it comes here."""
        self._follow()
        return next((one for one in self._buttons.values() if one.is_on), self.whole)

    def buttons(self) -> tuple[RailButton, ...]:
        """Return them from top to bottom."""
        return tuple(self._buttons.values())

    @property
    def share(self) -> float | None:
        """How much of a long work is painted as done, from 0 to 1; None while nothing is, or nobody knows how much it is."""
        return self._foot.share

    def _follow_foot(self) -> None:
        self._spinner.setVisible(bool(self._foot.progress_text) and self.share is None)
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if (share := self.share) is not None:
            theme = theme_of(self.window().palette())
            with QPainter(self) as painter:
                whole = self.rect().adjusted(0, self.height() - _PROGRESS, 0, 0)
                painter.fillRect(whole, QColor(theme.idle))
                whole.setWidth(round(self.width() * share))
                painter.fillRect(QStyle.visualRect(self.layoutDirection(), self.rect(), whole), QColor(theme.accent))

    def _follow(self) -> None:
        lines = self._pane.rail_lines()
        if list(self._buttons) != lines:
            self._rebuild(lines)
        for button in self._buttons.values():
            button.refresh()

    def _rebuild(self, lines: list[ViewRow | AccountHeader]) -> None:
        column = self._scroll.column
        for gone in set(self._buttons) - set(lines):
            button = self._buttons.pop(gone)
            column.removeWidget(button)
            button.hide()
            button.deleteLater()
        ordered: dict[QAbstractButton, RailButton] = {}
        for place, line in enumerate(lines):
            button = self._buttons.get(line) or self._made(line)
            column.removeWidget(button)
            column.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignHCenter)
            ordered[line] = button
        self._buttons = ordered
        views = sum(not isinstance(line, AccountHeader) for line in lines)
        column.removeWidget(self._line)
        column.insertWidget(views, self._line, 0, Qt.AlignmentFlag.AlignHCenter)
        self._line.setVisible(0 < views < len(lines))
        before: QWidget = self.new
        for button in ordered.values():
            QWidget.setTabOrder(before, button)
            before = button

    def _made(self, line: ViewRow | AccountHeader) -> RailButton:
        button = RailButton(line, self._scroll.inner)
        button.step.connect(lambda by: self._step(button, by))
        return button

    def _step(self, button: RailButton, by: int) -> None:
        buttons = list(self._buttons.values())
        at = buttons.index(button) + by
        if 0 <= at < len(buttons):
            buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(buttons[at], 0, 8)
        elif at < 0:
            self.new.setFocus(Qt.FocusReason.BacktabFocusReason)
