"""The conversation: a thousand messages of which only those in view exist as cards.

A card that
leaves the view is hidden and kept among the last 64, so a screen reader and the Tab key meet what is on screen, and N and P go on
from there. The scroll area is named "Conversation", each message is a label that speaks it whole.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from deskhand.domain.filters.syntax import Named
from deskhand.domain.threads import Delivery, HistoryEntry, Message, Resolution
from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.empty_state import EmptyState
from deskhand.ui.kit.focus_ring import FocusRing
from deskhand.ui.kit.theme import GAP, GAP_LARGE, theme_of
from deskhand.ui.kit.times import now_utc
from deskhand.ui.ticket.conversation_cards import Shown
from deskhand.ui.ticket.conversation_find import Finder, Needle
from deskhand.ui.ticket.conversation_scroll import ConversationScroll
from deskhand.ui.ticket.message_card import MessageCard
from deskhand.ui.ticket.message_lines import DayLine, HistoryLine
from deskhand.ui.ticket.message_text import MessageAction
from deskhand.ui.ticket.thread_model import DayMark, Entry, ThreadView, announcement, entries, identity, wrote


class Conversation(ConversationScroll):
    """Shows a `ThreadView`.

    Signals:
        link_activated: address and shown text of a link; nothing is opened here.
        pictures_requested: id of a message whose remote images the agent wants to see.
        text_requested: id of a message that is too long to be shown whole and that the agent wants to read.
        inline_requested: id of a message in view whose own images (`cid`, `data`) were not given yet.
        attachment_open_requested, attachment_save_requested: ids of message and attachment.
        undo_requested: a command.
        resolved: a command and the agent's `Resolution`.
        found: how many places were found, and which one is shown (1 = the first, 0 = none).
    """

    link_activated = Signal(str, str)
    pictures_requested = Signal(str)
    text_requested = Signal(str)
    inline_requested = Signal(str)
    attachment_open_requested = Signal(str, str)
    attachment_save_requested = Signal(str, str)
    undo_requested = Signal(str)
    resolved = Signal(str, object)
    found = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, now: Callable[[], datetime] = now_utc) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self.setAccessibleName(self.tr("Conversation"))
        self.setObjectName("conversation")
        self._now = now
        self._view: ThreadView | None = None
        self._finder = Finder()
        self._pictures: dict[str, Mapping[int, QImage]] = {}
        self._pictures_requested: set[str] = set()
        self._quotes: set[str] = set()
        self._empty = EmptyState(self.viewport(), icon="message-square")
        self._ask_for_ticket()
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self._ages = QTimer(self, interval=30_000, timerType=Qt.TimerType.VeryCoarseTimer)
        self._ages.timeout.connect(self._tick)
        self._show_empty()

    def set_thread(self, view: ThreadView | None) -> None:
        """Show a conversation.

        The same ticket again keeps its place, or its end where that is in view; what was just written here is shown. Another one opens
        at its end; an unread one at its first unread message as long as the newest one is in view as well, whole or at least from its
        beginning.
        """
        before, self._view = self._view, view
        same = before is not None and view is not None and before.key == view.key
        held = self._hold() if same else None
        follow = same and (self.is_at_end or wrote(before, view))
        if not same:
            self._reset()
        if view is None:
            self._ask_for_ticket()
        fresh = entries(view) if view is not None else []
        changed = before is not None and view is not None and before.download_reason != view.download_reason
        self._set_entries(fresh, keep_cards=same and not changed)
        self._show_empty()
        if follow:
            self.to_end()
        elif held is not None:
            self._arrange(held)
        else:
            self._open()
        self._tick_where_needed()
        if same and self._finder.needle:
            self._look_again()
        if same and before is not None and view is not None and (said := announcement(before, view)):
            announce(self, said)

    def _ask_for_ticket(self) -> None:
        self.set_empty(self.tr("Choose a ticket"), self.tr("Its conversation appears here."))

    def set_empty(self, title: str, sentence: str = "", action: str = "", *, icon: str = "message-square") -> None:
        """Say what belongs here, for when there is no message."""
        self._empty.set_texts(title, sentence, action, icon=icon)

    @property
    def shown(self) -> ThreadView | None:
        """The conversation on screen."""
        return self._view

    @property
    def empty(self) -> EmptyState:
        """What stands here without a message; its button's signal is the caller's."""
        return self._empty

    def set_pictures(self, message_id: str, pictures: Mapping[int, QImage]) -> None:
        """Show these images of a message, in addition to what was given before. They are forgotten with the ticket."""
        self._pictures[message_id] = {**self._pictures.get(message_id, {}), **pictures}
        held = self._hold()
        for entry in self._entries:
            if isinstance(entry, Message) and entry.id == message_id:
                self._cards.drop(identity(entry))
        self._arrange(held)

    def to_message(self, message_id: str) -> bool:
        """Bring the beginning of a message to the top; tell whether there is one."""
        for index, entry in enumerate(self._entries):
            if isinstance(entry, Message) and entry.id == message_id:
                self._to(index)
                return True
        return False

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) message, where there is one, and give it the keyboard."""
        if not self._entries:
            return
        at = self._index_of_focus()
        if at is None:
            at = self._column.at(self.verticalScrollBar().value() + GAP)
            at -= by if isinstance(self._entries[at], Message) and by > 0 else 0
        index = at + by
        while 0 <= index < len(self._entries):
            if isinstance(self._entries[index], Message):
                self._to(index)
                if isinstance(card := self._cards.get(identity(self._entries[index])), MessageCard):
                    card.body.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            index += by

    def toggle_quotes(self) -> None:
        """Unfold the quoted text of all messages, or fold it where some is open."""
        quoted = {entry.id for entry in self._entries if isinstance(entry, Message) and entry.quote}
        self._fold_all(quoted, opened=not quoted & self._quotes)

    def look_for(self, needle: str) -> int:
        """Mark words in all messages and show the first place at or below what is read; return how many messages hold them."""
        bottom = self._column.at(self.verticalScrollBar().value())
        count = self._finder.look(needle, self._entries, max(0, bottom))
        for card in self._cards.messages():
            card.highlight(needle)
        self._show_found()
        return count

    def look_for_terms(self, terms: tuple[Named, ...], message: str) -> int:
        """Mark the terms of a search and show a message that holds them, else the last one that does; return how many do."""
        count = self._finder.look_for_terms(terms, self._entries, message)
        for card in self._cards.messages():
            card.highlight(terms)
        self._show_found()
        return count

    @property
    def needle(self) -> Needle:
        """What is looked for; empty = nothing."""
        return self._finder.needle

    def _look_again(self) -> None:
        """Count anew after a change, and leave what is read where it is; what is found for the first time is shown."""
        before = self._finder.count
        self._finder.look_again(self._entries)
        if not before and self._finder.count and not isinstance(self._finder.needle, str):
            self._show_found()
        else:
            self.found.emit(self._finder.count, self._finder.number)

    def look_on(self, by: int = 1) -> None:
        """Go on to the next (1) or previous (-1) found message."""
        self._finder.step(by)
        self._show_found()

    def _show_found(self) -> None:
        index = self._finder.current
        if index is not None:
            entry = self._entries[index]
            if isinstance(entry, Message) and self._finder.only_in_quote(entry):
                self._fold(entry.id, opened=True)
            self._to(index)
            card = self._cards.get(identity(entry))
            if isinstance(card, MessageCard) and card.highlight(self._finder.needle):
                self._reveal(index, card.found_rect(0).bottom())
        self.found.emit(self._finder.count, self._finder.number)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Bring what the keyboard has just reached into view; what the mouse has reached is there."""
        view = self.viewport()
        if new is None or not view.isAncestorOf(new) or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        top = new.mapTo(view, QPoint(0, 0)).y()
        bottom = top + min(new.height(), view.height() // 2)  # of a long message its beginning
        bar = self.verticalScrollBar()
        if top < 0:
            bar.setValue(bar.value() + top - GAP)
        elif bottom > view.height():
            bar.setValue(bar.value() + bottom - view.height() + GAP)

    def _reveal(self, index: int, below: int) -> None:
        bar = self.verticalScrollBar()
        lowest = self._column.top(index) + below + GAP_LARGE - self.viewport().height()
        if bar.value() < lowest:
            bar.setValue(lowest)

    def _reset(self) -> None:
        self._pictures.clear()
        self._pictures_requested.clear()
        self._quotes.clear()
        self._finder.look("", [], 0)

    def _show_empty(self) -> None:
        self._empty.setVisible(not self._entries)
        self._empty.setGeometry(self.viewport().rect())

    @override
    def make_card(self, entry: Entry) -> Shown:
        """Return a card, a line of history or a day."""
        viewport = self.viewport()
        match entry:
            case DayMark():
                return DayLine(entry, self._now(), viewport)
            case HistoryEntry():
                return HistoryLine(entry, viewport)
            case Message():
                return self._message_card(entry)
        assert_never(entry)

    def _message_card(self, message: Message) -> MessageCard:
        assert self._view is not None
        card = MessageCard(
            message,
            self._view,
            self.viewport(),
            theme=theme_of(self.palette()),
            now=self._now,
            first=self._view.messages[0] is message,
            pictures=self._pictures.get(message.id),
            quote_open=message.id in self._quotes,
        )
        card.link_activated.connect(self.link_activated)
        card.pictures_requested.connect(lambda: self.pictures_requested.emit(message.id))
        card.text_requested.connect(lambda: self.text_requested.emit(message.id))
        card.open_requested.connect(lambda file: self.attachment_open_requested.emit(message.id, file))
        card.save_requested.connect(lambda file: self.attachment_save_requested.emit(message.id, file))
        card.decided.connect(lambda action: self._decide(message, action))
        card.quote_toggled.connect(lambda opened: self._fold(message.id, opened=opened))
        card.reached.connect(lambda: self._reached(message))
        if self._finder.needle:
            card.highlight(self._finder.needle)
        if message.id not in self._pictures_requested and any(not p.blocked for p in message.pictures):
            self._pictures_requested.add(message.id)
            QTimer.singleShot(0, self, lambda: self.inline_requested.emit(message.id))
        return card

    def _decide(self, message: Message, action: MessageAction | Resolution) -> None:
        if message.command is None:
            return
        match action:
            case MessageAction.UNDO:
                self.undo_requested.emit(message.command)
            case MessageAction.SHOW:
                self.to_message(message.stopped_by)
            case Resolution():
                self.resolved.emit(message.command, action)
            case _:
                assert_never(action)

    def _fold(self, message_id: str, *, opened: bool) -> None:
        self._fold_all({message_id}, opened=opened)

    def _fold_all(self, ids: set[str], *, opened: bool) -> None:
        held = self._hold()
        self._quotes = self._quotes | ids if opened else self._quotes - ids
        for entry in self._entries:
            if isinstance(entry, Message) and entry.id in ids:
                self._cards.drop(identity(entry))
        self._arrange(held)

    def _open(self) -> None:
        unread = self._view.first_unread if self._view is not None else None
        messages = [(index, entry.id) for index, entry in enumerate(self._entries) if isinstance(entry, Message)]
        first = next((index for index, name in messages if name == unread), None)
        if first is None:
            self.to_end()
        else:
            self._to_with(first, messages[-1][0])

    def _index_of_focus(self) -> int | None:
        for index, entry in enumerate(self._entries):
            card = self._cards.get(identity(entry))
            if isinstance(card, MessageCard) and any(body.hasFocus() for body in card.bodies):
                return index
        return None

    def _reached(self, message: Message) -> None:
        """Bring a message that the Tab key came to into view."""
        index = next((i for i, e in enumerate(self._entries) if e is message), None)
        if index is None:
            return
        top, value = self._column.top(index), self.verticalScrollBar().value()
        if not value <= top <= value + self.viewport().height() - 60:
            self._to(index)

    def _tick_where_needed(self) -> None:
        held = any(isinstance(e, Message) and e.delivery is Delivery.HELD and e.undo_until for e in self._entries)
        if held and not self._clock.isActive():
            self._clock.start()
        elif not held:
            self._clock.stop()
        if self._entries and not self._ages.isActive():
            self._ages.start()
        elif not self._entries:
            self._ages.stop()

    def _tick(self) -> None:
        for card in self._cards.messages():
            if card.isVisible():
                card.tick()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._empty.setGeometry(self.viewport().rect())
        super().resizeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height() - 40
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        match Qt.Key(event.key()):
            case Qt.Key.Key_Home if plain:
                bar.setValue(0)
            case Qt.Key.Key_End if plain:
                self.to_end()
            case Qt.Key.Key_Space:
                bar.setValue(bar.value() + (-page if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else page))
            case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp | Qt.Key.Key_Down | Qt.Key.Key_Up:
                super().keyPressEvent(event)
            case _:
                event.ignore()
