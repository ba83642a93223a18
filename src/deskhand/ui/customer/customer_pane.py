"""The right pane: who the customer is, what is known of the ticket, what else they wrote about, and what happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature, FormField
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import NO_VALUES, HistoryEntry, Message, Side, Visibility
from deskhand.domain.tickets import FieldValue, TicketRow
from deskhand.services.tickets import TicketView
from deskhand.ui.customer.facts import Facts, when_text
from deskhand.ui.customer.ticket_line import TicketLine
from deskhand.ui.kit import times
from deskhand.ui.kit.avatar import Avatar
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, ToneLabel, label, literal_tip
from deskhand.ui.kit.scroll_bar import use_thin_bars
from deskhand.ui.kit.tall_content import TallContent, scrolled
from deskhand.ui.kit.theme import GAP, Tone
from deskhand.ui.linked.linked_box import LinkedBox
from deskhand.ui.ticket.field_editor import FieldEditor, editor_name, field_name, half_typed_in

WIDTH = 268
_EDGE = 14
_LONGEST_NAME = 64
_LONGEST_VALUE = 50
"""Parts of one value that are shown."""
_LONGEST_HISTORY = 60
"""Entries that are shown; the last ones."""


class CustomerPane(QWidget):
    """Shows a `TicketView`; a field that the agent is changing is left alone, and the place scrolled to stays.

    Attributes:
        linked: what the ticket is linked with.

    Signals:
        open_requested: the `TicketKey` of another ticket.
        field_edited: the vendor's name of a field, and its new value.
        half_typed_changed: what stands half typed is another text.
    """

    open_requested = Signal(object)
    field_edited = Signal(str, object)
    half_typed_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Customer and ticket"))
        self._form: tuple[FormField, ...] = ()
        self._editors: dict[str, FieldEditor] = {}
        self._key: TicketKey | None = None
        self._not_shown: dict[str, str] = {}
        self._others: list[TicketLine] = []
        self._avatar = Avatar("", self, size=30)
        self._name = label("", self, role=Role.BOLD, wrap=True, selectable=True)
        self._email = ElidedLabel("", self, role=Role.SMALL, tone=Tone.PLAIN, mode=Qt.TextElideMode.ElideMiddle)
        self._email.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = Facts(self)
        self._fields = QVBoxLayout()
        self.linked = LinkedBox(self)
        self._also_title = self._heading(self.tr("Also from this customer"))
        self._also = QVBoxLayout()
        self._history_title = self._heading(self.tr("History"))
        self._history = Facts(self)
        self._scroll = QScrollArea(self)
        use_thin_bars(self._scroll)
        self._lay_out()
        self.setMinimumWidth(200)

    def _heading(self, text: str) -> ToneLabel:
        made = label(text, self, role=Role.SMALL)
        bold = made.font()
        bold.setWeight(bold.Weight.DemiBold)
        made.setFont(bold)
        return made

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(1)
        who.addWidget(self._name)
        who.addWidget(self._email)
        person = QHBoxLayout()
        person.setSpacing(10)
        person.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignVCenter)
        person.addLayout(who, 1)
        content = TallContent(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(_EDGE, 14, _EDGE, GAP)
        column.setSpacing(7)
        column.addLayout(person)
        column.addSpacing(8)
        column.addWidget(self._heading(self.tr("Ticket")))
        column.addWidget(self._facts)
        self._fields.setSpacing(6)
        column.addLayout(self._fields)
        column.addWidget(self.linked)
        column.addSpacing(6)
        column.addWidget(self._also_title)
        self._also.setSpacing(1)
        column.addLayout(self._also)
        column.addSpacing(6)
        column.addWidget(self._history_title)
        column.addWidget(self._history)
        column.addStretch(1)
        scrolled(content, self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        for part in (self._also_title, self._history_title):
            part.hide()

    # --- told ---

    def set_view(self, view: TicketView, half_typed: Mapping[str, str] = NO_VALUES) -> None:
        """Show a ticket and its customer.

        Args:
            half_typed: what stood in its editors before, where it is shown anew.
        """
        requester = view.ticket.requester
        name = requester.shown if requester else self.tr("No customer")
        short = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME].rstrip() + "…"
        if short != self._name.text():
            self._name.setText(short)
            self._name.setAccessibleName(name)
            self._name.setToolTip("" if short == name else literal_tip(name))
            self._avatar.set_person(name)
        email = requester.email if requester and requester.email != name else ""
        if email != self._email.text():
            self._email.setText(email)
        self._email.setVisible(bool(email))
        self._facts.set_rows(self._known(view))
        self._show_fields(view, half_typed)
        self._show_history(view.history)

    def reset_editors(self) -> None:
        """Another ticket will be shown: nothing that is half typed stays."""
        if self._key is not None:
            self._key = None
            for editor in self._editors.values():
                editor.reset()

    @property
    def half_typed(self) -> dict[str, str]:
        """What stands in the editors and is no value yet, by their names; empty texts are of those that hold nothing."""
        return half_typed_in(self._editors) if self._key is not None else {}

    def set_key(self, key: TicketKey) -> None:
        """The same ticket is known by another key from now on; what is typed goes on."""
        if self._key is not None:
            self._key = key

    def set_also(self, rows: Sequence[tuple[TicketRow, str, str]]) -> None:
        """Show other tickets of this customer: row, the account's label, the vendor's name."""
        while len(self._others) < len(rows):
            other = TicketLine(self, ruled=True)
            other.clicked.connect(lambda _on=False, one=other: self.open_requested.emit(one.key))
            self._others.append(other)
            self._also.addWidget(other)
        for index, other in enumerate(self._others):
            other.setVisible(index < len(rows))
            if index < len(rows):
                row, account, vendor = rows[index]
                state = wording.vendor_title(row.vendor_state or wording.state(row.state))
                when = times.age(row.updated_at, times.now_utc()) if row.updated_at else ""
                other.show_ticket(row.key, row.subject, " · ".join(filter(None, (vendor, account, state, when))))
        self._also_title.setVisible(bool(rows))

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what is said of the ticket."""
        return self._facts.rows()

    # --- inside ---

    def _known(self, view: TicketView) -> list[tuple[str, str]]:
        ticket, now = view.ticket, times.now_utc()
        group_label = view.capabilities.group_label.capitalize() or self.tr("Group")
        in_card = not view.has_conversation  # a record's card holds its fields
        rows = [
            (self.tr("Source"), ticket.source),
            (self.tr("Created"), when_text(ticket.created_at) if ticket.created_at else ""),
            (self.tr("Updated"), when_text(ticket.updated_at) if ticket.updated_at else ""),
            (self.tr("Due"), f"{when_text(ticket.due_at)}, {times.due(ticket.due_at, now)}" if ticket.due_at else ""),
            (self.tr("Customer"), ticket.requester.id if ticket.requester else ""),
            (self.tr("First reply"), _first_reply(ticket.created_at, view.messages)),
            (group_label, ticket.group.name if ticket.group and not in_card else ""),
            (self.tr("Stage"), "" if in_card else wording.vendor_title(ticket.stage)),
            (self.tr("Sentiment"), ticket.sentiment),
        ]
        editable = {field.name for field in _editable(view)}
        below = {
            wording.vendor_title(field.label).casefold() for field in _editable(view)
        }  # its editor says it already
        labels = {field.name: field.label for field in view.capabilities.custom_fields}
        shown = {value for _, value in rows}
        for name, value in ticket.fields.items():
            text = self._display_text(value)
            if not in_card and name not in editable and text and text not in shown:
                rows.append((wording.vendor_title(labels.get(name) or name), text))
        return [(name, value) for name, value in rows if value and name.casefold() not in below]

    def _display_text(self, value: FieldValue) -> str:
        match value:
            case None:
                return ""
            case bool():
                return self.tr("yes") if value else self.tr("no")
            case tuple():
                rest = len(value) - _LONGEST_VALUE
                values = ", ".join(value[:_LONGEST_VALUE])
                return self.tr("{values} and {count} more").format(values=values, count=rest) if rest > 0 else values
            case _:
                return str(value)

    def _show_fields(self, view: TicketView, half_typed: Mapping[str, str]) -> None:
        form = _editable(view)
        begins = view.ticket.key != self._key
        if begins:
            self.reset_editors()
            self._key, self._not_shown = view.ticket.key, dict(half_typed)
        if form != self._form and (begins or not any(editor.is_being_edited for editor in self._editors.values())):
            self._form = form
            while (item := self._fields.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            self._editors = {}
            for field in form:
                editor = FieldEditor(field, self)
                editor.committed.connect(lambda value, one=field.name: self.field_edited.emit(one, value))
                editor.half_typed_changed.connect(self.half_typed_changed)
                self._fields.addWidget(field_name(field, self, role=Role.SMALL, tone=Tone.PLAIN))
                self._fields.addWidget(editor)
                self._editors[field.name] = editor
        for name, editor in self._editors.items():
            value = view.ticket.fields.get(name)
            typed = self._not_shown.pop(editor_name(name), "")
            if begins or typed:
                editor.begin(value, typed)
            else:
                editor.set_value(value)

    def _show_history(self, history: Sequence[HistoryEntry]) -> None:
        rows = []
        for entry in history[-_LONGEST_HISTORY:]:
            when = times.moment(entry.at, times.now_utc()) if entry.at else ""
            rows.append((when, f"{entry.what}, {entry.who}" if entry.who else entry.what))
        self._history.set_rows(rows)
        self._history_title.setVisible(bool(rows))


def _editable(view: TicketView) -> tuple[FormField, ...]:
    return (
        ()
        if not view.has_conversation or view.obstacle(Feature.FIELDS) is not None
        else view.capabilities.custom_fields
    )


def _first_reply(created: datetime | None, messages: Sequence[Message]) -> str:
    # What is still on its way has answered nobody.
    sent = (
        m for m in messages if m.side is Side.AGENT and m.visibility is Visibility.PUBLIC and not m.delivery.is_open
    )
    answered = next((m.created_at for m in sent if m.created_at), None)
    if created is None or answered is None or answered < created:
        return ""
    return times.span((answered - created).total_seconds())
