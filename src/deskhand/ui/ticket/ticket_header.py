"""Above the conversation: the subject, the vendor's own words for everything about the ticket, and what is still on its way."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.content import ticket_link
from deskhand.domain import wording
from deskhand.domain.capabilities import Feature, PriorityChoice, StateChoice
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import NO_VALUES
from deskhand.domain.tickets import Ticket
from deskhand.services.tickets import TicketView
from deskhand.ui.composer.send_button import state_icon
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.theme import GAP_LARGE, GAP_SMALL, theme_of, tone_of_priority, tone_of_state
from deskhand.ui.ticket.field_box import FieldButton, FieldCombo
from deskhand.ui.ticket.pending_line import PendingLines
from deskhand.ui.ticket.person_picker import PersonPicker
from deskhand.ui.ticket.subject_edit import SubjectEdit
from deskhand.ui.ticket.tags_box import TagsBox
from deskhand.ui.ticket.ticket_menu import TicketMenu

_UNLIMITED = 10_000
_AROUND = (10, 11)


class _Boxes(ScrollColumn):
    """As high as its boxes need, up to a limit: beyond that they scroll, so that a low window has room to read and to write."""

    _followed: QWidget | None = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._boxes = boxes = FlowLayout(gap=GAP_SMALL, line_gap=GAP_SMALL)
        self._most = _UNLIMITED
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(boxes)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def add(self, box: QWidget) -> None:
        """Put one behind the others."""
        self._boxes.addWidget(box)

    def set_most(self, height: int) -> None:
        """Limit the height; one line is always shown."""
        if height != self._most:
            self._most = height
            self.updateGeometry()

    def show_whole(self, part: QWidget) -> None:
        """Scroll to a part; Qt leaves its last row of pixels out where no margin is asked for."""
        self.ensureWidgetVisible(part, 0, 3)

    def follow(self, line: QWidget, box: QWidget) -> None:
        """Keep a line in view while it has the keyboard, wherever it and its box are laid."""
        self._followed = line
        for one in (line, box):
            one.installEventFilter(self)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()  # what is inside changed, which no layout outside hears of
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        line = self._followed
        moved = event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.FocusIn)
        if moved and line is not None and watched is not self.inner and line.hasFocus():
            self.show_whole(line)
        return super().eventFilter(watched, event)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        line = self._boxes.minimumSize().height()
        return min(self._boxes.heightForWidth(width), max(line, self._most))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 1)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._boxes.minimumSize().height())


class TicketHeader(QWidget):
    """Shows a `TicketView`, tells what the agent chose. A list that is open and a line that is typed in are never taken away.

    Signals:
        state_chosen: a `StateChoice`.
        priority_chosen: a `PriorityChoice`.
        assignee_chosen: a `Person`, or None for nobody.
        tags_edited: tags to add, tags to remove.
        subject_edited: the new subject.
        action_chosen: an `Action` of the menu.
        copied: what was put on the clipboard.
        undo_wanted: a command's id.
        resolved: a command's id and a `Resolution`'s value.
        half_typed_changed: what stands half typed is another text.
    """

    state_chosen = Signal(object)
    priority_chosen = Signal(object)
    assignee_chosen = Signal(object)
    tags_edited = Signal(tuple, tuple)
    subject_edited = Signal(str)
    action_chosen = Signal(object)
    copied = Signal(str)
    undo_requested = Signal(str)
    resolved = Signal(str, str)
    half_typed_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Ticket"))
        self._view: TicketView | None = None
        self._states: tuple[StateChoice, ...] = ()
        self._priorities: tuple[PriorityChoice, ...] = ()
        self._filled: dict[str, object] = {}
        self._subject = SubjectEdit(self)
        self._boxes = _Boxes(self)
        inside = self._boxes.inner
        self._account = FieldButton(self.tr("Account"), "Account", inside, arrow=False)
        self._account.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._account.setCursor(Qt.CursorShape.ArrowCursor)
        self._state = FieldCombo(self.tr("State"), "State", inside)
        self._priority = FieldCombo(self.tr("Priority"), "Priority", inside)
        self._assignee = FieldButton(self.tr("Assignee"), "Assignee", inside)
        self._tags = TagsBox(inside)
        self._ref = FieldButton(self.tr("Ref"), "Ref", inside, arrow=False)
        self._menu = TicketMenu(self)
        self._picker = PersonPicker(self)
        self._pending = PendingLines(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for box in (self._account, self._state, self._priority, self._assignee, self._tags, self._ref):
            self._boxes.add(box)
        self._boxes.follow(self._tags.line, self._tags)
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._boxes, 1)
        row.addWidget(self._menu, 0, Qt.AlignmentFlag.AlignBottom)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, _AROUND[0], GAP_LARGE, _AROUND[1])
        column.setSpacing(6)
        column.addWidget(self._subject)
        column.addLayout(row)
        column.addWidget(self._pending)

    def _connect(self) -> None:
        self._subject.edited.connect(self.subject_edited)
        self._state.activated.connect(self._state_activated)
        self._priority.activated.connect(self._priority_activated)
        for combo in (self._state, self._priority):
            combo.closed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._assignee.clicked.connect(self.open_assignee)
        self._picker.chosen.connect(self._assigned)
        self._tags.edited.connect(self.tags_edited)
        for editor in (self._subject, self._tags):
            editor.half_typed_changed.connect(self.half_typed_changed)
        self._ref.clicked.connect(self.copy_number)
        self._menu.chosen.connect(self.action_chosen)
        self._pending.undo_requested.connect(self.undo_requested)
        self._pending.resolved.connect(self.resolved)

    # --- told ---

    def set_most_for_boxes(self, height: int) -> None:
        """Say how high the boxes may be together; where that is not even one line, the header stands closer too."""
        self._boxes.set_most(height)
        close = height < self._boxes.minimumSizeHint().height()
        above, below = (4, 4) if close else _AROUND
        self._column.setContentsMargins(GAP_LARGE, above, GAP_LARGE, below)

    def set_view(self, view: TicketView, half_typed: Mapping[str, str] = NO_VALUES) -> None:
        """Show a ticket; what is the same as before is left alone.

        Args:
            half_typed: what stood in its editors before, where it is shown anew.
        """
        if self._view is not None and view.ticket.key == self._view.ticket.key:
            self._view = view
            self._show()
            return
        self.reset_editors()
        self._view = view
        self._show()
        self._subject.set_half_typed(half_typed.get("subject", ""))
        self._tags.set_half_typed(half_typed.get("tag", ""))

    @property
    def half_typed(self) -> dict[str, str]:
        """What stands in the editors and is not kept yet, by their names; empty texts are of those that hold nothing."""
        if self._view is None:
            return {}
        editors: tuple[tuple[str, SubjectEdit | TagsBox], ...] = (("subject", self._subject), ("tag", self._tags))
        return {name: one.half_typed for name, one in editors if one.can_be_typed}

    def set_key(self, key: TicketKey) -> None:
        """The same ticket is known by another key from now on; what is typed goes on."""
        if self._view is not None:
            self._view = replace(self._view, ticket=replace(self._view.ticket, key=key))

    def reset_editors(self) -> None:
        """Another ticket will be shown: lists close, and nothing that is half typed stays."""
        if self._view is None:
            return
        self._view = None
        self._subject.stop()
        self._tags.set_half_typed("")
        self._state.hidePopup()
        self._priority.hidePopup()
        self._picker.close()
        self._menu.close_menu()

    def _show(self) -> None:
        view = self._view
        if view is None:
            return
        ticket = view.ticket
        self._menu.set_view(view)
        self._subject.set_subject(ticket.subject)
        self._subject.set_possible(*_possible(view, Feature.SUBJECT))
        self._account.set_value(f"{view.vendor.name} · {view.account.label}")
        self._show_state(view)
        self._show_priority(view)
        nobody = self.tr("nobody") if ticket.assignee_told else self.tr("not known yet")
        self._assignee.set_value(ticket.assignee.shown if ticket.assignee else nobody)
        self._assignee.set_possible(*_possible(view, Feature.ASSIGN))
        self._assignee.setVisible(ticket.assignee is not None or view.obstacle(Feature.ASSIGN) is None)
        self._tags.set_tags(ticket.tags)
        self._tags.set_possible(*_possible(view, Feature.TAGS))
        self._tags.setVisible(bool(ticket.tags) or view.obstacle(Feature.TAGS) is None)
        self._ref.set_value(_ref(ticket) or self.tr("not named yet"), self.tr("Copy"))
        self._pending.set_items(view.pending)

    def _show_state(self, view: TicketView) -> None:
        ticket, combo = view.ticket, self._state
        combo.show_value(
            wording.vendor_label(ticket.vendor_state) or wording.state(ticket.state), tone_of_state(ticket.state)
        )
        combo.set_possible(*_possible(view, Feature.STATE))
        if combo.is_open:
            return
        choices = view.capabilities.states_for(ticket.group.id if ticket.group else None)
        index = next((i for i, c in enumerate(choices) if c.id == ticket.state_id), -1)
        theme = theme_of(self.palette())
        if self._filled.get("state") != (choices, theme.name):
            self._filled["state"] = (choices, theme.name)
            self._states = choices
            with QSignalBlocker(combo):
                combo.clear()
                for choice in choices:
                    combo.addItem(state_icon(choice, theme), wording.vendor_label(choice.label))
        if combo.currentIndex() != index:
            combo.setCurrentIndex(index)

    def _show_priority(self, view: TicketView) -> None:
        ticket, combo = view.ticket, self._priority
        word = wording.vendor_label(ticket.vendor_priority) or self.tr("none")
        combo.show_value(word, tone_of_priority(ticket.priority))
        combo.set_possible(*_possible(view, Feature.PRIORITY))
        combo.setVisible(bool(ticket.vendor_priority) or view.obstacle(Feature.PRIORITY) is None)
        if combo.is_open:
            return
        choices = view.capabilities.priorities
        if self._filled.get("priority") != choices:
            self._filled["priority"] = choices
            self._priorities = choices
            with QSignalBlocker(combo):
                combo.clear()
                combo.addItems([wording.vendor_label(choice.label) for choice in choices])
        index = next((i for i, c in enumerate(choices) if c.id == ticket.priority_id), -1)
        if combo.currentIndex() != index:
            combo.setCurrentIndex(index)

    # --- done by the agent, or by a key ---

    def open_state(self) -> None:
        """Show the states."""
        self._open_combo(self._state)

    def open_priority(self) -> None:
        """Show the priorities."""
        self._open_combo(self._priority)

    def _open_combo(self, combo: FieldCombo) -> None:
        if combo.isEnabled() and combo.isVisible():
            self._boxes.show_whole(combo)
            combo.setFocus(Qt.FocusReason.ShortcutFocusReason)
            combo.showPopup()

    def open_assignee(self) -> None:
        """Show who a ticket may belong to."""
        view = self._view
        if view is None or not self._assignee.isEnabled():
            return
        self._picker.set_people(view.capabilities.agents, view.account.me, nobody=view.capabilities.unassign)
        self._boxes.show_whole(self._assignee)
        self._picker.open_at(self._assignee)

    def edit_tags(self) -> None:
        """Ask for a tag."""
        self._tags.start_typing()

    def copy_number(self) -> None:
        """Put the ticket's number on the clipboard."""
        if self._view is not None:
            self._copy(_ref(self._view.ticket))

    def copy_link(self) -> None:
        """Put the ticket's address at its vendor on the clipboard."""
        if self._view is not None:
            self._copy(self._view.ticket.web_url)

    def copy_deskhand_link(self) -> None:
        """Put a link on the clipboard that opens the ticket in a colleague's Deskhand."""
        view = self._view
        if view is not None and not view.ticket.key.is_local:
            self._copy(ticket_link.write(view.vendor.id, view.ticket.key.remote))

    def _copy(self, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _state_activated(self, index: int) -> None:
        if self._view is not None and 0 <= index < len(self._states):
            choice = self._states[index]
            if choice.id != self._view.ticket.state_id:
                self.state_chosen.emit(choice)

    def _priority_activated(self, index: int) -> None:
        if self._view is not None and 0 <= index < len(self._priorities):
            choice = self._priorities[index]
            if choice.id != self._view.ticket.priority_id:
                self.priority_chosen.emit(choice)

    def _assigned(self, person: object) -> None:
        self.assignee_chosen.emit(person)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme_of(self.palette()).line))


def _possible(view: TicketView, feature: Feature) -> tuple[bool, str]:
    reason = view.why_not(feature)
    return not reason, reason


def _ref(ticket: Ticket) -> str:
    return ticket.number or ("" if ticket.key.is_local else ticket.key.remote)
