"""Opens a ticket of a search at the message with the hit, and leads through the others."""

from PySide6.QtCore import QObject

from deskhand.domain.ids import TicketKey
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.ticket.presenter import TicketPresenter
from deskhand.ui.ticket.ticket_pane import TicketPane


class TicketHits(QObject):
    """Marks what was looked for in the conversation that is opened from a search, as long as that lasts."""

    def __init__(self, lists: ListPresenter, ticket: TicketPresenter, pane: TicketPane) -> None:
        super().__init__(pane)
        self._lists = lists
        self._ticket = ticket
        self._pane = pane
        ticket.settled.connect(self._settled)
        lists.query_changed.connect(self._query_changed)
        pane.hits.step.connect(self.step)
        pane.hits.ended.connect(self.end)
        pane.conversation.found.connect(self._found)

    def why_not_step(self) -> str:
        """Return why there is no other hit in the conversation; empty where there is one."""
        return "" if not self._pane.hits.isHidden() else self.tr("The open conversation shows no hits of a search.")

    def step(self, by: int) -> None:
        """Go on to the next (1) or the previous (-1) message with a hit."""
        if not self.why_not_step():
            self._pane.conversation.look_on(by)

    def end(self) -> None:
        """Mark nothing any more."""
        if not isinstance(self._pane.conversation.needle, str):
            self._pane.conversation.look_for("")

    def _settled(self) -> None:
        view = self._ticket.current()
        hits = self._lists.tickets.model.hits
        if view is not None and hits and view.has_conversation and self._is_of_list(view.ticket.key):
            excerpt = hits.excerpt(view.ticket.key)
            self._pane.conversation.look_for_terms(hits.terms.text, excerpt.message if excerpt is not None else "")
        else:
            self._pane.hits.hide()

    def _is_of_list(self, key: TicketKey) -> bool:
        return self._lists.tickets.current == key

    def _query_changed(self) -> None:
        if not self._lists.tickets.model.hits and not self._lists.query.text:
            self.end()

    def _found(self, count: int, number: int) -> None:
        is_search = not isinstance(self._pane.conversation.needle, str)
        self._pane.hits.show_hits(count if is_search else 0, number)
