"""The reply box while it is not used: one line that says who would be answered from which account, and the note beside it."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.accounts import AccountMark
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.ticket_actions import NOTE, REPLY
from deskhand.ui.composer.composer_state import ComposerState
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.one_line import elided, on_one_line, paint_line
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.quiet_tip import set_quiet_tip
from deskhand.ui.kit.theme import GAP_SMALL, RADIUS_CONTROL, fonts_for
from deskhand.ui.kit.tokens import Theme

_PAD, _ICON, _MARK = 12, 16, 16
_SHORT = 300
"""Below this width the account is its mark alone."""


class _Entry(PaintedButton):
    """Begins a text: an icon, words, perhaps the account, and the key that does the same."""

    radius = RADIUS_CONTROL

    def __init__(self, icon: str, parent: QWidget, *, framed: bool) -> None:
        super().__init__(parent)
        self.setFont(fonts_for(self.font()).body)
        self._small = fonts_for(self.font()).tiny
        self._icon, self._framed = icon, framed
        self.key = ""
        self.account = ""
        self.mark: AccountMark | None = None
        wide = QSizePolicy.Policy.Expanding if framed else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        wide = 2 * _PAD + _ICON + GAP_SMALL + self.fontMetrics().horizontalAdvance(on_one_line(self.text()))
        if self.key:
            wide += GAP_SMALL + keycap_size(self.key, self._small).width()
        return QSize(wide, self.fontMetrics().height() + 20)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height()) if self._framed else self.sizeHint()

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(rest=theme.page, lit=theme.hover, border=theme.edge) if self._framed else Ground(lit=theme.hover)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        metrics, height = self.fontMetrics(), self.height()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.setFont(self.font())
        left, right = _PAD, self.width() - _PAD

        def area(at: int, wide: int) -> QRect:
            return QRect(self.width() - at - wide if mirrored else at, 0, wide, height)

        def square(at: int, side: int) -> QRect:
            made = area(at, side)
            return QRect(made.left(), (height - side) // 2, side, side)

        icons.paint(painter, square(left, _ICON), self._icon, theme.second)
        left += _ICON + GAP_SMALL
        if self.key and self.isEnabled():
            size = keycap_size(self.key, self._small)
            right -= size.width()
            cap = area(right, size.width())
            cap.setTop((height - size.height()) // 2)
            cap.setHeight(size.height())
            paint_keycap(painter, cap, self.key, self._small, theme)
            painter.setFont(self.font())
            right -= GAP_SMALL
        if self.mark is not None:
            if self.width() >= _SHORT and self.account:
                words = metrics.horizontalAdvance(on_one_line(self.text())) + _MARK + 2 * GAP_SMALL
                account = elided(self.account, metrics, max((right - left) // 2, right - left - words - 1))
                wide = metrics.horizontalAdvance(account) + 1
                right -= wide
                painter.setPen(QColor(theme.second))
                paint_line(painter, area(right, wide), account, mirrored=mirrored)
                right -= GAP_SMALL
            right -= _MARK
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(square(right, _MARK).topLeft(), account_pixmap(self.mark, _MARK, theme, ratio))
            right -= GAP_SMALL
        painter.setPen(QColor(theme.quiet if self._framed or not self.isEnabled() else theme.text))
        paint_line(painter, area(left, right - left), elided(self.text(), metrics, right - left), mirrored=mirrored)


class ComposerLine(QWidget):
    """Two buttons.

    Signals:
        reply_requested, note_requested: the agent wants to write.
    """

    reply_requested = Signal()
    note_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = ComposerState()
        self._begun = ""
        self.reply = _Entry("reply", self, framed=True)
        self.note = _Entry("sticky-note", self, framed=False)
        self.reply.clicked.connect(self.reply_requested)
        self.note.clicked.connect(self.note_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.reply, 1)
        row.addWidget(self.note)
        show_keys(self, self._show)

    def set_state(self, state: ComposerState) -> None:
        """Say who is answered, and from where."""
        self._state = state
        self._show()

    def set_begun(self, text: str) -> None:
        """Say what stands in the text that is folded; empty = nothing."""
        if text != self._begun:
            self._begun = text
            self._show()

    def _show(self) -> None:
        state, reply = self._state, self.reply
        if self._begun:
            words = self.tr("Draft: {text}").format(text=" ".join(self._begun.split())[:200])
        elif not state.can_reply and state.reply_reason:
            words = state.reply_reason
        else:
            who = state.to.partition(" <")[0] or self.tr("the customer")
            words = self.tr("Reply to {name}").format(name=who)
        reply.setText(words)
        reply.setEnabled(state.can_reply or bool(self._begun))
        reply.mark = state.mark if state.can_reply else None
        reply.account = " · ".join(part for part in (state.account_label, state.group) if part)
        reply.key = IN_FORCE.first_key(REPLY)
        reply.setAccessibleName(self.tr("Write a reply"))
        said = ", ".join(part for part in (words, reply.account, reply.key) if part)
        whole = " · ".join(part for part in (words, reply.account) if part)
        reply.setAccessibleDescription(said if state.can_reply else state.reply_reason)
        reply.setToolTip("" if state.can_reply else literal_tip(state.reply_reason))
        set_quiet_tip(reply, f"{whole} ({reply.key})" if reply.key else whole)  # the line cuts what is long
        self.note.setText(self.tr("Note"))
        self.note.key = IN_FORCE.first_key(NOTE)
        self.note.setAccessibleName(NOTE.title)
        self.note.setAccessibleDescription(self.note.key)
        set_quiet_tip(self.note, f"{NOTE.title} ({self.note.key})" if self.note.key else NOTE.title)
        for one in (reply, self.note):
            one.updateGeometry()
            one.update()
