"""Follows links to tickets. Any web page can hold one: it shows a ticket, and does not take one away that is being written to."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from deskhand.content import ticket_link
from deskhand.content.ticket_link import TicketLink
from deskhand.domain import wording
from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import DeskProblem, Invalid
from deskhand.services.services import Services
from deskhand.services.ticket_actions import read_ticket_name
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.text_focus import is_typing
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.notifications.status_line import StatusLine

OPEN_NAMED = "open named"
"""Task that opens a ticket which was named from outside: the newest wish counts."""

OFFERED_SECONDS = 60
"""How long a ticket is offered that was not opened at once."""


class LinkPresenter(QObject):
    """Opens what a link names, or says in one sentence why not."""

    def __init__(
        self, lists: ListPresenter, status: StatusLine, services: Services, scope: TaskScope, window: QWidget
    ) -> None:
        super().__init__(window)
        self._lists = lists
        self._status = status
        self._services = services
        self._scope = scope
        self._window = window

    def follow(self, text: str) -> None:
        """Open what a link names."""
        link = ticket_link.read(text)
        if link is None:
            self._status.show_message(self.tr("This link names no ticket, so nothing was opened."))
            return
        self._scope.replace(self._follow(link, occupied=self._is_occupied()), name=OPEN_NAMED)

    def open_named(self, text: str) -> None:
        """Open ACCOUNT/ID, or what a link names."""
        if ticket_link.is_one(text):
            self.follow(text)
        else:
            self._scope.replace(self._open_named(text), name=OPEN_NAMED)

    async def _open_named(self, text: str) -> None:
        named = read_ticket_name(self._services.accounts.all(), text)
        if named is None:
            self._status.show_message(self.tr("No account fits {text}.").format(text=text))
            return
        owner, name = named
        try:
            try:
                key = await self._services.tickets.find(owner, name)
            except DeskProblem:
                # A number is known only once the account was read: on a first start that is a moment later.
                await self._services.engine.wait_synced(owner.id)
                key = await self._services.tickets.find(owner, name)
        except Invalid as problem:
            self._status.show_message(wording.problem(problem, "Deskhand", goes_on=False))
            return
        except DeskProblem:
            self._status.show_message(self.tr("{text} is not known here.").format(text=text))
            return
        self._lists.open(key)

    async def _follow(self, link: TicketLink, *, occupied: bool) -> None:
        links, shown = self._services.links, link.shown
        if not links.accounts(link):
            self._status.show_message(self.tr("No account fits “{text}”.").format(text=link.shown_name))
            return
        found, asking = await links.here(link), self.tr("Asking for “{text}”.").format(text=shown)
        if not found:
            self._status.show_message(asking)
            asked = await links.ask(link)
            found, occupied = asked.tickets, occupied or self._is_occupied()
            if not found:
                unknown = self.tr("“{text}” is not known here.").format(text=shown)
                self._status.show_message(" ".join((unknown, *asked.problems)))
                return
        if occupied:
            said = self.tr("A link leads to “{text}”.").format(text=shown)
            self._status.show_message(said, self.tr("Open it"), OFFERED_SECONDS, run=lambda: self._open(found))
            return
        if self._status.message == asking:
            self._status.clear_message()
        self._open(found)

    def _open(self, found: Sequence[TicketKey]) -> None:
        """Open the first, and say where else there is a ticket of that name."""
        first, *others = found
        self._lists.open(first)
        if not others:
            return
        said = self.tr("This is the ticket of {account}; {others} has one of this name too.").format(
            account=self._label(first), others=", ".join(map(self._label, others))
        )
        self._status.show_message(
            said, self.tr("Show that one"), OFFERED_SECONDS, run=lambda: self._open((*others, first))
        )

    def _label(self, key: TicketKey) -> str:
        account = self._services.accounts.get(key.account)
        return account.label if account is not None else ""

    def _is_occupied(self) -> bool:
        """Whether the agent is in the midst of something here: a text, a menu, a dialog."""
        if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
            return True
        return is_typing() and self._window.isActiveWindow()
