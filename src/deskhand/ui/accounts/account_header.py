"""The upper part of an account's card: mark, name, health in words, count, and what can be done."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.accounts import VendorInfo
from deskhand.ui.accounts.status_label import StatusLabel
from deskhand.ui.accounts.view_row import STEPS
from deskhand.ui.kit.avatar import Avatar
from deskhand.ui.kit.dot import Dot
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label, literal_tip
from deskhand.ui.kit.theme import GAP_SMALL, RADIUS_CARD, Tone, fonts_for, theme_of

_MARK = 22
_TOOL = 24
"""A smaller button is missed by a hand that shakes (WCAG 2.5.8)."""


class AccountHeader(QAbstractButton):
    """A button with the account's name; Left and Right fold, the menu key opens the menu.

    Signals:
        fold_wanted: fold (False) or unfold (True).
        menu_wanted: at a point on the screen.
        fix_wanted: the sign-in shall be mended.
        step: Up (-1) or Down (1).
    """

    fold_requested = Signal(bool)
    menu_requested = Signal(QPoint)
    fix_requested = Signal()
    step = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selected = False
        self._unfolded = False
        self._status = ""
        self._status_shown = ""
        self._last_status: tuple[str, StatusLabel, str] | None = None
        self._mark = Avatar(size=_MARK)
        self._name = ElidedLabel(role=Role.BOLD)
        self._status_label = ElidedLabel(role=Role.TINY, tone=Tone.PLAIN)
        light = self._status_label.font()
        light.setWeight(fonts_for(self.font()).body.weight())
        self._status_label.setFont(light)
        self._count = label(role=Role.SMALL, tone=Tone.PLAIN)
        self._fix = QPushButton(self.tr("Fix"))
        self._fix.setProperty("kind", "link")
        self._fix.setFont(fonts_for(self.font()).small_medium)
        self._fix.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fix.clicked.connect(self.fix_requested)
        self._fix.hide()
        self._dot = Dot()
        self._chevron = IconButton("chevron-right", self.tr("Unfold"), side=_TOOL, faded=True)
        self._chevron.clicked.connect(lambda: self.fold_requested.emit(not self._unfolded))
        self._chevron.hide()
        self._more = IconButton("ellipsis", self.tr("More"), side=_TOOL, faded=True)
        self._more.clicked.connect(lambda: self.menu_requested.emit(self.menu_point()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lay_out()

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(GAP_SMALL)
        upper.addWidget(self._name, 1)
        upper.addWidget(self._count)
        upper.addWidget(self._fix)
        upper.addWidget(self._dot)
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addWidget(self._status_label, 1)
        lower.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addLayout(upper)
        words.addLayout(lower)
        words.addStretch(1)
        # Below the mark: beside the words both buttons took so much of the line that it broke in three.
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addStrut(_TOOL)
        left.addStretch(1)
        left.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addWidget(self._chevron, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 5, GAP_SMALL, 3)
        row.setSpacing(7)
        row.addLayout(left)
        row.addLayout(words, 1)

    # what it is told

    def set_account(self, name: str, vendor: VendorInfo) -> None:
        """Show whose it is."""
        if name != self._name.text():
            self._name.setText(name)
            self.setText(name)
            self.setAccessibleName(name)
            self._fix.setAccessibleName(self.tr("Fix {account}").format(account=name))
            self._more.set_icon("ellipsis", self.tr("More about {account}").format(account=name))
            self._name_chevron()
        self._mark.set_mark(vendor.mark, vendor.colour)

    def set_status(self, vendor: str, status: StatusLabel, problem: str) -> None:
        """Say how it is; the problem's whole sentence stands in the tooltip and the description.

        One line of one height: a clock that ticks in it would move everything below. While all is well it is the vendor's name, and
        when it was synced is said where one asks for it; else it is what holds the account up.
        """
        if (vendor, status, problem) == self._last_status:
            return
        self._last_status = (vendor, status, problem)
        self._status_shown = vendor if status.is_ok else status.text
        if self._status_shown != self._status_label.text():
            self._status_label.setText(self._status_shown)
        self._dot.set_tone(status.tone, status.short_text)
        self._fix.setVisible(status.needs_agent)
        self._status = f"{vendor}, {status.text}" + (f". {problem}" if problem else "")
        tip = literal_tip(self._status)
        if tip != self.toolTip():
            self.setToolTip(tip)
            self._dot.setToolTip(tip)
        self._describe()

    def set_count(self, count: int | None) -> None:
        """Show how many open tickets it has."""
        text = "" if count is None else figure(count)
        if text != self._count.text():
            self._count.setText(text)
            self._count.setVisible(bool(text))
            self._count.setAccessibleName(self._counted())
            self._describe()

    def set_foldable(self, foldable: bool, *, unfolded: bool) -> None:
        """Offer to fold, or not."""
        self._unfolded = unfolded
        self._chevron.setVisible(foldable)
        self._name_chevron()

    def _name_chevron(self) -> None:
        words = self.tr("Fold {account}") if self._unfolded else self.tr("Unfold {account}")
        icon = "chevron-down" if self._unfolded else "chevron-right"
        self._chevron.set_icon(icon, words.format(account=self._name.text()))

    def set_selected(self, selected: bool) -> None:
        """Mark it as what the list shows."""
        if selected != self._selected:
            self._selected = selected
            self._describe()
            self.update()

    def _counted(self) -> str:
        count = self._count.text()
        return self.tr("1 open ticket") if count == "1" else self.tr("{count} open tickets").format(count=count)

    # what it tells

    @property
    def status_text(self) -> str:
        """The line under the name."""
        return self._status_shown

    @property
    def count_text(self) -> str:
        """The count."""
        return self._count.text()

    @property
    def dot(self) -> Dot:
        """The spot."""
        return self._dot

    @property
    def fix_button(self) -> QPushButton:
        """Mends the sign-in; hidden where nothing is to mend."""
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
        return self, self._chevron, self._fix, self._more

    @property
    def is_selected(self) -> bool:
        """Whether the list shows this account."""
        return self._selected

    def menu_point(self) -> QPoint:
        """Return where a menu of the keyboard opens, on the screen."""
        return self._more.mapToGlobal(QPoint(0, self._more.height()))

    def _describe(self) -> None:
        parts = [self._status]
        if self._count.text():
            parts.append(self._counted())
        if self._selected:
            parts.append(self.tr("shown now"))
        said = ", ".join(parts)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in STEPS:
            self.step.emit(STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold_requested.emit(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        ground = theme.soft if self._selected else theme.raised if self.underMouse() else None
        if ground is None and not self.hasFocus():
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
            place = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(place, RADIUS_CARD - 1, RADIUS_CARD - 1)
