"""Above the conversation: the subject, the vendor's own labels for everything about the ticket, and what is still on its way."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.content import ticket_link
from deskhand.domain import wording
from deskhand.domain.capabilities import Feature, PriorityChoice, StateChoice
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import NO_VALUES
from deskhand.domain.tickets import Ticket
from deskhand.services.tickets import TicketView
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.later_actions import LATER
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_actions import ASSIGN, CLOSE, COPY_NUMBER, PRIORITY, STATE, TAGS
from deskhand.ui.actions.window_actions import CUSTOMER
from deskhand.ui.composer.send_button import state_icon
from deskhand.ui.kit.account_mark import AccountMarkView
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import GAP, GAP_SMALL, fonts_for, theme_of
from deskhand.ui.ticket.field_box import FieldButton, FieldCombo
from deskhand.ui.ticket.header_fields import TagsWord, icon_of, person_mark, priority_mark, state_mark
from deskhand.ui.ticket.header_line import HeaderLine, Part, Rule, Step, fixed
from deskhand.ui.ticket.pending_line import PendingLines
from deskhand.ui.ticket.person_picker import PersonPicker
from deskhand.ui.ticket.subject_edit import SubjectEdit
from deskhand.ui.ticket.tags_box import TagsBox
from deskhand.ui.ticket.tags_row import TagsRow
from deskhand.ui.ticket.ticket_menu import TicketMenu

_MARK, _BUTTON, _AROUND = 24, 28, 5


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
        undo_requested: a command's id.
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
        self._line = line = HeaderLine(self)
        self.back = self._button("arrow-left", self.tr("Back to the list"))
        self._mark = AccountMarkView(line, size=_MARK)
        self._subject = SubjectEdit(line)
        self._ref = FieldButton(self.tr("Copy"), "Ref", line)
        self._state = FieldCombo(STATE.title, "State", line)
        self._priority = FieldCombo(PRIORITY.title, "Priority", line)
        self._assignee = FieldButton(ASSIGN.title, "Assignee", line)
        self._tags_word = TagsWord(TAGS.title, "Tags", line)
        self._rule = Rule(line)
        self._later = self._button("alarm-clock", LATER.title)
        self._close = self._button("check", CLOSE.title)
        self.menu = TicketMenu(line)
        self.customer = self._button("panel-right", CUSTOMER.title)
        self.customer.setCheckable(True)
        self._tags_row = TagsRow(self)
        self._tags = self._tags_row.box
        self._picker = PersonPicker(self)
        self._pending = PendingLines(self)
        self._lay_out()
        self._connect()
        show_keys(self, self._show_keys)

    def _button(self, icon: str, name: str) -> IconButton:
        return IconButton(icon, name, self._line, side=_BUTTON, around=_AROUND)

    def _lay_out(self) -> None:
        def worded(field: FieldButton | FieldCombo, gone: Step) -> Part:
            def width(step: Step) -> int:
                return field.look.width_of(field.look.value if step < gone or field.look.glyph is None else "")

            return Part(field, width, lambda step: field.set_worded(step < gone))

        tags = Part(
            self._tags_word,
            lambda step: self._tags_word.width_if(counted=step >= Step.TAGS_COUNTED),
            lambda step: self._tags_word.set_counted(step >= Step.TAGS_COUNTED),
            Step.NO_TAGS,
        )
        self._ref.look.is_quiet = True
        behind = (
            worded(self._state, Step.NO_STATE_WORD),
            worded(self._priority, Step.NO_PRIORITY_WORD),
            worded(self._assignee, Step.NO_PRIORITY_WORD),
            tags,
            fixed(self._rule, Step.NO_TAGS),
            fixed(self._later, Step.NO_BUTTONS),
            fixed(self._close, Step.NO_BUTTONS),
            fixed(self.menu),
            fixed(self.customer),
        )
        number = fixed(self._ref, Step.NO_NUMBER)
        before = (fixed(self.back), fixed(self._mark))
        self._line.place(before, self._subject, self._subject.wished_width, number, behind)
        self._line.set_wanted(self.back, wanted=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 1)
        column.setSpacing(0)
        column.addWidget(self._line)
        column.addWidget(self._tags_row)
        column.addWidget(self._pending)
        self._pending.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _show_keys(self) -> None:
        """Say which keys do the same as the words and pictures."""
        for field, action in ((self._state, STATE), (self._priority, PRIORITY)):
            field.set_key(IN_FORCE.first_key(action))
        for field_button, action in ((self._assignee, ASSIGN), (self._tags_word, TAGS), (self._ref, COPY_NUMBER)):
            field_button.set_key(IN_FORCE.first_key(action))
        for button, action in ((self._later, LATER), (self._close, CLOSE), (self.customer, CUSTOMER)):
            name_and_keys(button, action.title, IN_FORCE.first_key(action))

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
        self._tags_word.clicked.connect(self._toggle_tags)
        self._tags_row.left.connect(self._tags_word.setFocus)
        self._ref.clicked.connect(self.copy_number)
        for button, action in ((self._later, LATER), (self._close, CLOSE)):
            button.clicked.connect(lambda _checked=False, action=action: self.action_chosen.emit(action))
        self.menu.chosen.connect(self.action_chosen)
        self._pending.undo_requested.connect(self.undo_requested)
        self._pending.resolved.connect(self.resolved)

    # --- told ---

    def set_most_for_tags(self, height: int) -> None:
        """Say how high the line of the tags may be."""
        self._tags_row.set_most(height)

    def show_back(self, wanted: bool) -> None:
        """Show the way back to the list."""
        self._line.set_wanted(self.back, wanted)

    def show_customer(self, shown: bool) -> None:
        """Show whether the customer stands beside the conversation."""
        self.customer.setChecked(shown)

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
        self._tags_row.fold()
        self._state.hidePopup()
        self._priority.hidePopup()
        self._picker.close()
        self.menu.close_menu()

    def _show(self) -> None:
        view = self._view
        if view is None:
            return
        ticket = view.ticket
        self.menu.set_view(view)
        self._mark.set_mark(view.account.shown_mark)
        account = f"{view.vendor.name} · {view.account.label}"
        self._mark.setToolTip(literal_tip(account))
        self._mark.setAccessibleName(f"{self.tr('Account')} {account}")
        self._subject.set_subject(ticket.subject)
        self._subject.set_possible(*_possible(view, Feature.SUBJECT))
        self._show_state(view)
        self._show_priority(view)
        self._show_assignee(view)
        self._tags.set_tags(ticket.tags)
        self._tags.set_possible(*_possible(view, Feature.TAGS))
        self._tags_word.set_tags(ticket.tags)
        self._tags_word.set_possible(bool(ticket.tags) or not view.why_not(Feature.TAGS), view.why_not(Feature.TAGS))
        self._line.set_wanted(self._tags_word, bool(ticket.tags) or view.obstacle(Feature.TAGS) is None)
        self._ref.set_value(_ref(ticket) or self.tr("not named yet"))
        self._close.setEnabled(not CLOSE.is_refused(Selection(view)))
        self._close.setToolTip(literal_tip(CLOSE.reason(Selection(view))))
        self._pending.set_items(view.pending)

    def _show_state(self, view: TicketView) -> None:
        ticket, combo = view.ticket, self._state
        label = wording.vendor_title(ticket.vendor_state) or wording.state(ticket.state)
        combo.show_value(label, state_mark(ticket.state, label), ticket.vendor_state)
        combo.set_possible(*_possible(view, Feature.STATE))
        if combo.is_open:
            return
        choices = view.states
        index = next((i for i, c in enumerate(choices) if c.id == ticket.state_id), -1)
        if self._filled.get("state") != choices:
            self._filled["state"] = choices
            self._states = choices
            with QSignalBlocker(combo):
                combo.clear()
                for choice in choices:
                    combo.addItem(state_icon(choice), wording.vendor_title(choice.label))
        if combo.currentIndex() != index:
            combo.setCurrentIndex(index)

    def _show_priority(self, view: TicketView) -> None:
        ticket, combo = view.ticket, self._priority
        label = wording.vendor_title(ticket.vendor_priority) or self.tr("No priority")
        combo.show_value(label, priority_mark(ticket.priority, self._body_font), ticket.vendor_priority)
        combo.set_possible(*_possible(view, Feature.PRIORITY))
        self._line.set_wanted(combo, bool(ticket.vendor_priority) or view.obstacle(Feature.PRIORITY) is None)
        if combo.is_open:
            return
        choices = view.capabilities.priorities
        if self._filled.get("priority") != choices:
            self._filled["priority"] = choices
            self._priorities = choices
            with QSignalBlocker(combo):
                combo.clear()
                combo.addItems([wording.vendor_title(choice.label) for choice in choices])
        index = next((i for i, c in enumerate(choices) if c.id == ticket.priority_id), -1)
        if combo.currentIndex() != index:
            combo.setCurrentIndex(index)

    def _show_assignee(self, view: TicketView) -> None:
        ticket, field = view.ticket, self._assignee
        person = ticket.assignee
        if person is None:
            field.set_glyph(icon_of("user-round-x" if ticket.assignee_told else "user-round"))
            field.set_value(self.tr("Nobody") if ticket.assignee_told else self.tr("Not known yet"))
        else:
            is_me = view.is_mine
            field.set_glyph(person_mark(person.shown, self._body_font, is_me=is_me))
            field.set_value(self.tr("You") if is_me else person.shown, spoken=person.shown)
        field.set_possible(*_possible(view, Feature.ASSIGN))
        self._line.set_wanted(field, person is not None or view.obstacle(Feature.ASSIGN) is None)

    @property
    def _body_font(self) -> str:
        return fonts_for(self.font()).body.toString()

    # --- done by the agent, or by a key ---

    def open_state(self) -> None:
        """Show the states."""
        self._open_combo(self._state)

    def open_priority(self) -> None:
        """Show the priorities."""
        self._open_combo(self._priority)

    def _open_combo(self, combo: FieldCombo) -> None:
        if combo.isEnabled() and combo.isVisible():
            combo.showPopup()  # the keyboard comes back to where it was when the list is put away

    def open_assignee(self) -> None:
        """Show who a ticket may belong to."""
        view = self._view
        if view is None or not self._assignee.isEnabled():
            return
        self._picker.set_choices(view.assignees)
        self._picker.open_at(self._assignee)

    def edit_tags(self) -> None:
        """Ask for a tag."""
        if self._tags.can_be_typed:
            self._tags_row.start()

    def _toggle_tags(self) -> None:
        if self._tags_row.isHidden():
            self._tags_row.start()
        else:
            self._tags_row.fold()

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
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme_of(self.palette()).hair))


def _possible(view: TicketView, feature: Feature) -> tuple[bool, str]:
    reason = view.why_not(feature)
    return not reason, reason


def _ref(ticket: Ticket) -> str:
    return ticket.number or ("" if ticket.key.is_local else ticket.key.remote)
