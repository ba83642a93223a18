"""Parts of the open ticket that an action gives the keyboard to."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from deskhand.services.settings import Snippet
from deskhand.services.ticket_commands import NOTE, REPLY
from deskhand.services.tickets import TicketView
from deskhand.ui.composer.composition import composed_in
from deskhand.ui.composer.presenter import ComposePresenter
from deskhand.ui.ticket.ticket_pane import TicketPane


class TicketKeys(QObject):
    """Gives the keyboard to a part of the ticket.

    Args:
        current: the ticket on screen, None while none is.

    Signals:
        requested: this ticket (TicketKey) has to be seen now, also where it takes turns with the list.
    """

    requested = Signal(object)

    def __init__(
        self,
        current: Callable[[], TicketView | None],
        pane: TicketPane,
        compose: ComposePresenter,
    ) -> None:
        super().__init__(pane)
        self._current = current
        self._pane = pane
        self._compose = compose

    def leaves_undo(self, editor: QWidget) -> bool:
        """Tell whether Undo, pressed in an empty text, is meant for what was done last.

        It is while a message that was just sent can still be taken back, wherever the keyboard went since; and in the reply box
        and the line for notes of a record always, where nothing that was typed can be undone.
        """
        match editor:
            case QTextEdit():
                empty, undoes = editor.document().isEmpty(), editor.document().isUndoAvailable()
            case QLineEdit():
                empty, undoes = not editor.text(), editor.isUndoAvailable()
            case _:
                return False
        is_message = self._pane.composer.isAncestorOf(editor) or (
            isinstance(editor, QTextEdit) and self._pane.card.isAncestorOf(editor)
        )
        return empty and not composed_in(editor) and (self._compose.can_undo_send or (not undoes and is_message))

    def _show(self) -> None:
        if (view := self._current()) is not None:
            self.requested.emit(view.ticket.key)

    def start_reply(self) -> None:
        """Write to the customer."""
        self._show()
        self._compose.write(REPLY)

    def start_note(self) -> None:
        """Write a note."""
        self._show()
        self._compose.write(NOTE)

    def insert_snippet(self, snippet: Snippet) -> None:
        """Put a canned reply into the reply."""
        self._show()
        self._compose.insert(snippet)

    def focus_conversation(self) -> None:
        """Give the keyboard to what is read."""
        self._show()
        self._pane.focus_reading()

    @property
    def _is_record(self) -> bool:
        view = self._current()
        return view is not None and not view.has_conversation

    def focus_state(self) -> None:
        """Choose a state."""
        self._show()
        if self._is_record:
            self._pane.card.focus_state()
        else:
            self._pane.header.open_state()

    def focus_priority(self) -> None:
        """Choose a priority."""
        self._show()
        self._pane.header.open_priority()

    def focus_assignee(self) -> None:
        """Choose an assignee."""
        self._show()
        if self._is_record:
            self._pane.card.focus_assignee()
        else:
            self._pane.header.open_assignee()

    def focus_tags(self) -> None:
        """Edit tags."""
        self._show()
        self._pane.header.edit_tags()

    def toggle_quotes(self) -> None:
        """Fold or unfold quoted text in all messages."""
        self._show()
        self._pane.conversation.toggle_quotes()

    def step_message(self, by: int) -> None:
        """Go to the next or the previous message."""
        self._show()
        self._pane.conversation.step(by)

    def copy_number(self) -> None:
        """Copy the ticket's number."""
        if self._current() is not None:
            self._pane.header.copy_number()

    def copy_link(self) -> None:
        """Copy the ticket's address at its vendor."""
        if self._current() is not None:
            self._pane.header.copy_link()

    def copy_deskhand_link(self) -> None:
        """Copy a link that opens the ticket in a colleague's Deskhand."""
        if self._current() is not None:
            self._pane.header.copy_deskhand_link()
