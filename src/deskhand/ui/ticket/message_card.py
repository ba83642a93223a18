"""One message as a card: a customer's plain with a border, an agent's tinted, a note amber and named as one."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QToolTip, QWidget
from typing_extensions import override

from deskhand.content.safehtml import SafeHtml
from deskhand.domain.threads import Message, Side
from deskhand.ui.kit.avatar import initials, mark, person_pixmap
from deskhand.ui.kit.labels import Role, label, literal_tip
from deskhand.ui.kit.one_line import elided, on_one_line
from deskhand.ui.kit.theme import GAP, GAP_SMALL, RADIUS_CARD, Tone, fonts_for, theme_of, tone_text
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.ticket import message_text
from deskhand.ui.ticket.conversation_find import Needle
from deskhand.ui.ticket.message_attachments import Attachments
from deskhand.ui.ticket.message_body import MessageBody
from deskhand.ui.ticket.message_document import MessageDocument
from deskhand.ui.ticket.message_lines import DeliveryLine, NotShownLine, link_button
from deskhand.ui.ticket.message_text import MessageAction
from deskhand.ui.ticket.thread_model import ThreadView

_AVATAR = 30
_LEFT = GAP + _AVATAR + 10
_TOP = 9


class MessageCard(QWidget):
    """A message with everything that belongs to it.

    Signals:
        link_activated: address and shown text.
        pictures_requested: the agent wants the remote images.
        text_requested: the agent wants to read what is too long for here.
        open_requested, save_requested: id of an attachment.
        decided: what to do about a message on its way (MessageAction or Resolution).
        quote_toggled: the folded quote was opened (True) or closed.
        reached: the keyboard came to it.

    Args:
        theme: for links and quotes, whose colours are part of a document; all else follows the palette.
        first: it opens the conversation.
        pictures: images that may be shown, by index.
        quote_open: the quote is not folded.
    """

    link_activated = Signal(str, str)
    pictures_requested = Signal()
    text_requested = Signal()
    open_requested = Signal(str)
    save_requested = Signal(str)
    decided = Signal(object)
    quote_toggled = Signal(bool)
    reached = Signal()

    def __init__(
        self,
        message: Message,
        view: ThreadView,
        parent: QWidget,
        *,
        theme: Theme,
        now: Callable[[], datetime],
        first: bool = False,
        pictures: Mapping[int, QImage] | None = None,
        quote_open: bool = False,
    ) -> None:
        super().__init__(parent)
        self.message = message
        self._view = view
        self._theme = theme
        self._now = now
        self._first = first
        self._pictures = pictures or {}
        self._fonts = fonts_for(self.font())
        self._delivery_status = message_text.delivery_status(message, now())
        self._about = message_text.about(message, view, first=first)
        self._cut = ""  # what the head has no room for as a whole
        self._about_below = _Wrapped(self._about, self, tone=Tone.PLAIN) if message_text.tells_more(message) else None
        spoken = message_text.spoken(message, view, now(), first=first)
        self.setAccessibleName(spoken.partition(": ")[0])
        self._body = self._make_body(message.html, message.text, spoken)
        self._signature: MessageBody | None = None
        self._quote: MessageBody | None = None
        self._fold: QPushButton | None = None
        self._undo: QPushButton | None = None
        self._decision: DeliveryLine | None = None
        self._decision_at = 0
        self._under: list[Part] = []
        self._make_parts(quote_open=quote_open)

    def _make_parts(self, *, quote_open: bool) -> None:
        message = self.message
        if message.signature:
            self._signature = self._make_body(message.signature, "", self.tr("Signature"), quiet=True)
            self._under.append(self._signature)
        if message.quote:
            self._fold = link_button("", self)
            self._fold.clicked.connect(lambda: self.quote_toggled.emit(self._quote is None))
            self._fold.setText(self.tr("Hide quoted text") if quote_open else self.tr("Show quoted text"))
            self._under.append(self._fold)
            if quote_open:
                self._quote = self._make_body(message.quote, "", self.tr("Quoted text"))
                self._under.append(self._quote)
        missing = message_text.omitted_text(message)
        if message.truncated:
            self._add_not_shown(missing, self.tr("Open it all as text"), self.text_requested)
        elif missing:
            self._under.append(_Wrapped(missing, self))
        if message.attachments:
            files = Attachments(message.attachments, self._view.download_reason, self)
            files.open_requested.connect(self.open_requested)
            files.save_requested.connect(self.save_requested)
            self._under.append(files)
        if not any(p.blocked and p.index in self._pictures for p in message.pictures) and (
            blocked := message_text.blocked_pictures(message)
        ):
            self._add_not_shown(blocked, self.tr("Show once"), self.pictures_requested)
        self._make_delivery_line()

    def _add_not_shown(self, missing: str, button_text: str, wanted: SignalInstance) -> None:
        line = NotShownLine(missing, button_text, self)
        line.requested.connect(wanted)
        self._under.append(line)

    def _make_delivery_line(self) -> None:
        if self._delivery_status is None:
            return
        buttons = self._delivery_status.buttons
        for button in buttons:
            if button.action is MessageAction.UNDO:
                self._undo = link_button(button.label, self)
                self._undo.clicked.connect(lambda: self.decided.emit(MessageAction.UNDO))
        rest = tuple(button for button in buttons if button.action is not MessageAction.UNDO)
        if self._delivery_status.problem or rest:
            line = DeliveryLine(self._delivery_status.problem, rest, self, tone=self._delivery_status.tone)
            line.done.connect(self.decided)
            self._under.append(line)
            self._decision = line if rest else None

    def _make_body(self, html: str, text: str, spoken: str, *, quiet: bool = False) -> MessageBody:
        document = MessageDocument(self._fonts.body, self._theme, self._pictures)
        if html:
            document.show_html(SafeHtml(html))
        else:
            document.show_text(text)
        body = MessageBody(document, spoken, self, quiet=quiet)
        body.link_activated.connect(self.link_activated)
        body.reached.connect(self.reached)
        return body

    @property
    def body(self) -> MessageBody:
        """The message's own text."""
        return self._body

    @property
    def bodies(self) -> list[MessageBody]:
        """The words, the signature, and the quote where it is open."""
        return [body for body in (self._body, self._signature, self._quote) if body is not None]

    def highlight(self, needle: Needle) -> int:
        """Mark found words; return how many."""
        return sum(body.highlight(needle) for body in self.bodies)

    def found_rect(self, number: int) -> QRect:
        """Return where the found place lies in this card."""
        for body in self.bodies:
            rect = body.found_rect(number)
            if rect.isValid():
                return rect.translated(body.pos())
        return QRect()

    def tick(self) -> None:
        """Say the time that is left, or that has passed, anew."""
        before, self._delivery_status = self._delivery_status, message_text.delivery_status(self.message, self._now())
        if before is not None and self._delivery_status is not None and before.label != self._delivery_status.label:
            self._place_undo()
        self.update(0, 0, self.width(), _LEFT)

    def lay_out(self, width: int) -> int:
        """Place everything for a width and return the height."""
        self.resize(width, self.height())  # parts are mirrored in it
        inner = max(40, width - _LEFT - GAP)
        y = _TOP + QFontMetrics(self._fonts.bold).height() + 7
        if self._about_below is not None:
            self._about_below.setVisible(not self._about_fits(width))
            if not self._about_below.isHidden():
                y += self._place(self._about_below, y - 4, inner)
        y += self._place(self._body, y, inner)
        for part in self._under:
            y += 2 if part is self._fold else GAP_SMALL
            if part is self._decision:
                self._decision_at = y
                part.lie_on("")
            y += self._place(part, y, inner)
        y = max(y + GAP, _TOP + _AVATAR + GAP)
        self.resize(width, y)
        self._place_undo()
        return y

    def _about_fits(self, width: int) -> bool:
        """Tell whether the words behind the name have room beside it, also when the time at the right becomes longer."""
        bold, small = QFontMetrics(self._fonts.bold), QFontMetrics(self._fonts.small)
        button = self._undo.sizeHint().width() if self._undo is not None else 0
        beside = bold.horizontalAdvance(message_text.author(self.message)) + GAP_SMALL + button + 2 * GAP
        right = small.horizontalAdvance(f"{self._right()[0]} · 00")
        return beside + right + small.horizontalAdvance(self._about) <= width - _LEFT

    def show_decision_above(self, bottom: int) -> None:
        """Keep the buttons of a decision in view where the card goes on below it.

        Args:
            bottom: where the view ends, from the top of the card.
        """
        if (line := self._decision) is None:
            return
        lowest = max(self._body.y(), bottom - line.height_on_ground)
        stuck = lowest < self._decision_at
        line.move(line.x(), lowest if stuck else self._decision_at)
        line.lie_on(self._colours(theme_of(self.palette()))[0] if stuck else "")
        line.raise_()

    def _place(self, part: "Part", y: int, width: int) -> int:
        if isinstance(part, QPushButton):
            size = part.sizeHint()
            part.setGeometry(self._placed(QRect(QPoint(_LEFT - 4, y), size)))
            return size.height()
        height = part.lay_out(width)
        part.setGeometry(self._placed(QRect(_LEFT, y, width, height)))
        return height

    def _placed(self, rect: QRect) -> QRect:
        """Return where a place that is told from the left lies in this reading direction."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def _place_undo(self) -> None:
        if self._undo is not None:
            size = self._undo.sizeHint()
            top = _TOP + (QFontMetrics(self._fonts.bold).height() - size.height()) // 2
            self._undo.setGeometry(self._placed(QRect(QPoint(self.width() - GAP - size.width() + 4, top), size)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground, border = self._colours(theme)
            ringed = any(body.is_ringed for body in self.bodies)
            is_dashed = message_text.is_note(self.message) and not ringed  # seen without colours too
            style = Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(theme.accent if ringed else border), 2 if ringed else 1, style))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1)
                if ringed
                else QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5),
                RADIUS_CARD,
                RADIUS_CARD,
            )
            self._paint_head(painter, theme)

    def _colours(self, theme: Theme) -> tuple[str, str]:
        if message_text.is_note(self.message):
            return theme.note, theme.note_edge
        if self.message.side is Side.AGENT:
            return theme.agent, theme.accent if theme.is_high_contrast else theme.agent
        return (theme.page if self.message.side is Side.CUSTOMER else theme.sunken), theme.hair

    def _paint_head(self, painter: QPainter, theme: Theme) -> None:
        message, fonts = self.message, self._fonts
        name = message_text.author(message)
        ratio, font = painter.device().devicePixelRatio(), fonts.body.toString()
        if message.mine:
            own = theme.note_edge if message_text.is_note(message) else theme.accent
            face = mark(self.tr("ME"), own, _AVATAR, ratio, font)
        else:
            face = person_pixmap(initials(name), _AVATAR, ratio, font, theme)
        painter.drawPixmap(self._placed(QRect(GAP, _TOP, _AVATAR, _AVATAR)).topLeft(), face)
        bold, small = QFontMetrics(fonts.bold), QFontMetrics(fonts.small)
        base = _TOP + bold.ascent()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text has its own
        end = self.width() - GAP - self._paint_right(painter, theme, base, small)
        shown = elided(name, bold, end - _LEFT)
        painter.setFont(fonts.bold)
        painter.setPen(QColor(theme.text))
        x = self._paint_words(painter, _LEFT, base, shown, bold) + GAP_SMALL
        about = self._about
        if self._about_below is None or self._about_below.isHidden():
            painter.setFont(fonts.small)
            painter.setPen(QColor(theme.quiet))
            about = elided(self._about, small, end - x)
            self._paint_words(painter, x, base, about, small)
        is_whole = (shown, about) == (on_one_line(name), on_one_line(self._about))
        self._cut = "" if is_whole else " · ".join(filter(None, (name, self._about)))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ToolTip or not self._cut:
            return super().event(event)
        assert isinstance(event, QHelpEvent)
        if event.pos().y() >= _TOP + _AVATAR:
            return super().event(event)
        QToolTip.showText(event.globalPos(), literal_tip(self._cut), self)
        return True

    def _paint_words(self, painter: QPainter, x: int, base: int, words: str, metrics: QFontMetrics) -> int:
        """Paint words that begin at a place told from the left, and return where they end."""
        wide = metrics.horizontalAdvance(words)
        painter.drawText(self.width() - x - wide if self.isRightToLeft() else x, base, words)
        return x + wide

    def _paint_right(self, painter: QPainter, theme: Theme, base: int, small: QFontMetrics) -> int:
        """Paint time or delivery at the right and return the room it took."""
        text, tone = self._right()
        colour = theme.quiet if tone is None else tone_text(theme, tone)
        button = self._undo.width() - 2 if self._undo is not None else 0
        dot = "·" if button and text else ""
        gap = small.horizontalAdvance(" ") if dot else 0
        wide = small.horizontalAdvance(text) + gap + small.horizontalAdvance(dot)
        painter.setFont(self._fonts.small)
        painter.setPen(QColor(colour))
        x = self._paint_words(painter, self.width() - GAP - button - wide, base, text, small)
        self._paint_words(painter, x + gap, base, dot, small)
        return wide + button + GAP

    def _right(self) -> tuple[str, Tone | None]:
        """Return what stands at the right, and its tone: how far it has got, else when it was written, which is quiet."""
        if self._delivery_status is not None:
            return self._delivery_status.label, self._delivery_status.tone
        return message_text.when(self.message, self._now()), None


class _Wrapped(QWidget):
    """A quiet sentence in as many lines as it needs."""

    def __init__(self, text: str, parent: QWidget, *, tone: Tone | None = None) -> None:
        super().__init__(parent)
        self._label = label(text, self, role=Role.SMALL, tone=tone, wrap=True)

    def lay_out(self, width: int) -> int:
        """Take the width and return the height."""
        height = self._label.heightForWidth(width)
        self._label.setGeometry(0, 0, width, height)
        return height


Part = MessageBody | NotShownLine | Attachments | DeliveryLine | _Wrapped | QPushButton
"""What may stand below each other in a card."""
