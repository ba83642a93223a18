"""A ticket of a vendor that keeps records, not conversations: its fields, and notes that stay on this computer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature, FieldKind, FormField
from deskhand.domain.commands import DispatchTicket, OutboxItem
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import NO_VALUES, Draft, Visibility
from deskhand.domain.tickets import FieldValue
from deskhand.services.tickets import TicketView
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_menus import DISPATCH
from deskhand.ui.customer.facts import when_text
from deskhand.ui.kit.account_mark import AccountMarkView
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, label, literal_tip
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.scroll_bar import use_thin_bars
from deskhand.ui.kit.tall_content import TallContent, scrolled
from deskhand.ui.kit.theme import GAP, GAP_LARGE, GAP_SMALL, Tone
from deskhand.ui.ticket.field_editor import FieldEditor, editor_name, field_name, half_typed_in
from deskhand.ui.ticket.pending_line import PendingLine, PendingLines, slot_of
from deskhand.ui.ticket.record_notes import NOTE, RecordNotes
from deskhand.ui.ticket.ticket_menu import TicketMenu

_NAMES, _FIELDS, _NARROWEST = 140, 480, 220
"""Widths of the column of names, and of that of values: the widest, and the narrowest."""


class RecordCard(QWidget):
    """Shows a record, tells what the agent changed.

    Signals:
        state_chosen: a `StateChoice`.
        assignee_chosen: a `Person`, or None for nobody.
        field_edited: the vendor's name of a field, and its new value.
        action_chosen: an `Action` of the menu.
        undo_requested: a command's id.
        resolved: a command's id and a `Resolution`'s value.
        note_requested: what is typed in the line for notes is to be kept.
        draft_changed: `note`: what is typed and not kept yet.
    """

    state_chosen = Signal(object)
    assignee_chosen = Signal(object)
    field_edited = Signal(str, object)
    action_chosen = Signal(object)
    undo_requested = Signal(str)
    resolved = Signal(str, str)
    draft_changed = Signal(str)
    note_requested = Signal()
    half_typed_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Record"))
        self._view: TicketView | None = None
        self._form: tuple[FormField, ...] = ()
        self._editors: dict[str, FieldEditor] = {}
        self._not_shown: dict[str, str] = {}
        self._lines: dict[str, PendingLine] = {}
        self._mark = AccountMarkView(self, size=30)
        self._title = label("", self, role=Role.SUBJECT, wrap=True, selectable=True)
        self._where = ElidedLabel("", self, role=Role.SMALL, tone=Tone.PLAIN)
        self._dispatch = PushButton(self.tr("Dispatch to a router …"), self)
        self._routers = Menu(self._dispatch)
        self.menu = TicketMenu(self)
        self._grid = QGridLayout()
        self._others = PendingLines(self)
        self._updated = label("", self, selectable=True)
        self._notes = RecordNotes(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self._title)
        heading.addWidget(self._where)
        top = QHBoxLayout()
        top.setSpacing(GAP_SMALL + 2)
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(heading, 1)
        top.addWidget(self._dispatch, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.menu, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(GAP_SMALL)
        self._grid.setColumnMinimumWidth(0, _NAMES)
        content = TallContent(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(GAP_LARGE + 4, GAP_LARGE, GAP_LARGE + 4, GAP_LARGE)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self._others)
        column.addSpacing(4)
        column.addWidget(self._notes)
        column.addStretch(1)
        scroll = QScrollArea(self)
        use_thin_bars(scroll)
        scrolled(content, scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self._notes.changed.connect(lambda: self.draft_changed.emit(NOTE))
        self._notes.requested.connect(self.note_requested)
        self._dispatch.setMenu(self._routers)
        self._dispatch.setStyleSheet("QPushButton::menu-indicator { width: 0; }")
        for signal, passed in (
            (self.menu.chosen, self.action_chosen),
            (self._others.undo_requested, self.undo_requested),
            (self._others.resolved, self.resolved),
        ):
            signal.connect(passed)

    # --- told ---

    def set_view(self, view: TicketView, half_typed: Mapping[str, str] = NO_VALUES) -> None:
        """Show a record; a field that the agent is changing is left alone, and so is the note that is being written.

        Args:
            half_typed: what stood in its editors before, where it is shown anew.
        """
        begins = self._view is None or self._view.ticket.key != view.ticket.key
        if begins:
            self.reset_editors()
            self._form = ()
            self._editors.clear()
            self._not_shown = dict(half_typed)
        self._view = view
        ticket, vendor = view.ticket, view.vendor
        self._mark.set_mark(view.account.shown_mark)
        self._title.setText(" ".join(ticket.subject.split()) or self.tr("No name"))
        self._where.setText(
            " · ".join(p for p in (vendor.name, view.account.label, ticket.number or ticket.key.remote) if p)
        )
        self.menu.set_view(view)
        self._show_routers(view)
        self._show_fields(view)
        for name, editor in self._editors.items():
            if text := self._not_shown.pop(editor_name(name), ""):
                editor.begin(_value(view, name), text)
        self._show_pending(view.pending)
        at = ticket.updated_at
        self._updated.setText(when_text(at) if at else self.tr("unknown"))
        self._notes.set_vendor(vendor.name)
        self._notes.set_notes([m for m in view.messages if m.visibility is Visibility.LOCAL])

    def reset_editors(self) -> None:
        """Another ticket will be shown: nothing that is half typed stays, and menus close."""
        if self._view is None:
            return
        self._view = None
        for editor in self._editors.values():
            editor.reset()
        self._routers.close()
        self.menu.close_menu()

    @property
    def half_typed(self) -> dict[str, str]:
        """What stands in the editors and is no value yet, by their names; empty texts are of those that hold nothing."""
        return half_typed_in(self._editors) if self._view is not None else {}

    def set_key(self, key: TicketKey) -> None:
        """The same record is known by another key from now on; what is typed goes on."""
        if self._view is not None:
            self._view = replace(self._view, ticket=replace(self._view.ticket, key=key))

    def begin(self) -> None:
        """Another record is written about from now on: nothing that was typed for the one before stays."""
        self._notes.begin()

    def set_draft(self, kind: str, draft: Draft) -> None:
        """Show the note that is being written; another kind has no place here."""
        if kind != NOTE:
            return
        self._notes.set_draft(draft)

    def draft(self, kind: str) -> Draft:
        """Return the note as it is typed now."""
        return self._notes.draft() if kind == NOTE else Draft(kind, "")

    def focus_text(self) -> None:
        """Give the keyboard to the note."""
        self._notes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_state(self) -> None:
        """Give the keyboard to the stage."""
        if "state" in self._editors:
            self._editors["state"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_assignee(self) -> None:
        """Give the keyboard to the owner."""
        if "assignee" in self._editors:
            self._editors["assignee"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- fields ---

    def _show_fields(self, view: TicketView) -> None:
        form = _form(view, self.tr("Stage"), self.tr("Owner"))
        bare = tuple(_without_choices(field) for field in form)
        if bare != self._form and not any(editor.is_being_edited for editor in self._editors.values()):
            self._form = bare
            self._build(form)
        for field in form:
            if (editor := self._editors.get(field.name)) is None:
                continue
            editor.set_choices(field.choices)
            editor.set_value(_value(view, field.name))
            feature = {"state": Feature.STATE, "assignee": Feature.ASSIGN}.get(field.name, Feature.FIELDS)
            reason = view.why_not(feature)
            editor.set_possible(not reason, reason)

    def _build(self, form: Sequence[FormField]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._updated:
                widget.hide()
                widget.deleteLater()
        self._editors.clear()
        self._lines.clear()
        for row, field in enumerate(form):
            name = field_name(field, self, tone=Tone.PLAIN)
            editor = FieldEditor(field, self)
            editor.setMaximumWidth(_FIELDS)
            if field.name == "state":
                editor.control.setObjectName("State")
            editor.committed.connect(lambda value, one=field.name: self._edited(one, value))
            editor.half_typed_changed.connect(self.half_typed_changed)
            self._editors[field.name] = editor
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(editor, row, 1)
            name.setMinimumHeight(editor.control.sizeHint().height())
        self._grid.setColumnMinimumWidth(1, _NARROWEST)
        self._share_room()
        self._grid.addWidget(label(self.tr("Updated"), self, tone=Tone.PLAIN), len(form), 0)
        self._updated.setMaximumWidth(_FIELDS)
        self._grid.addWidget(self._updated, len(form), 1)
        self._grid.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding), len(form), 2)

    def _edited(self, name: str, value: FieldValue) -> None:
        view = self._view
        if view is None:
            return
        text = str(value or "")
        match name:
            case "state":
                if text:
                    self.state_chosen.emit(view.state_named(text))
            case "assignee":
                self.assignee_chosen.emit(view.assignees.named(text) if text else None)
            case _:
                self.field_edited.emit(name, value)

    def _show_pending(self, items: Sequence[OutboxItem]) -> None:
        by_slot = {slot_of(item).removeprefix("field:"): item for item in items if item.delivery.is_open}
        for slot in [one for one in self._lines if one not in by_slot]:
            line = self._lines.pop(slot)
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        for slot, item in by_slot.items():
            if slot not in self._editors:
                continue
            if slot in self._lines:
                self._lines[slot].set_item(item)
                continue
            line = PendingLine(item, self, named=False)
            set_margins(line, GAP, 0, 0, 0)
            line.undo_requested.connect(self.undo_requested)
            line.resolved.connect(self.resolved)
            self._lines[slot] = line
            self._grid.addWidget(line, list(self._editors).index(slot), 2)
        self._share_room()
        self._others.set_items([i for i in items if slot_of(i).removeprefix("field:") not in self._editors])

    def _share_room(self) -> None:
        """Leave the values the room there is, unless something waits beside one of them."""
        self._grid.setColumnStretch(1, 0 if self._lines else 1)
        self._grid.setColumnStretch(2, 1 if self._lines else 0)

    def _show_routers(self, view: TicketView) -> None:
        reason = view.why_not(Feature.DISPATCH)
        routers = view.capabilities.routers
        if not routers and not reason:
            reason = self.tr("{vendor} lists no router.").format(vendor=view.vendor.name)
        busy = any(isinstance(i.command.action, DispatchTicket) and i.delivery.is_open for i in view.pending)
        self._dispatch.setEnabled(not reason and not busy)
        self._dispatch.setToolTip(literal_tip(reason))
        if [(a.data(), a.text()) for a in self._routers.actions()] != [(f"{DISPATCH.id} {r}", n) for r, n in routers]:
            self._routers.clear()
            selection = Selection(view)
            fill_menu(self._routers, DISPATCH.choices(selection), selection, self.action_chosen.emit)


def _form(view: TicketView, stage: str, owner: str) -> tuple[FormField, ...]:
    """Return the fields in the order of the card: the drawer, the stage, the owner, the rest."""
    own = view.capabilities.custom_fields
    drawer = tuple(field for field in own if field.name == view.capabilities.group_label)
    states = tuple({c.id: wording.vendor_title(c.label) for c in view.states}.items())
    people = tuple((p.email or p.id, p.shown) for p in view.capabilities.agents)
    return (
        *drawer,
        FormField("state", stage, FieldKind.CHOICE, choices=states, open_ended=True),
        FormField("assignee", owner, FieldKind.CHOICE, choices=people, open_ended=True),
        *(field for field in own if field not in drawer),
    )


def _value(view: TicketView, name: str) -> FieldValue:
    ticket = view.ticket
    match name:
        case "state":
            return ticket.state_id or None
        case "assignee":
            return ticket.assignee.reference if ticket.assignee else None
        case _ if name not in ticket.fields and name == view.capabilities.group_label:
            return ticket.group.id if ticket.group else None
        case _:
            return ticket.fields.get(name)


def _without_choices(field: FormField) -> FormField:
    return FormField(field.name, field.label, field.kind, field.required, (), field.open_ended)
