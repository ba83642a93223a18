"""Opens the ticket at its vendor's web page: at once where the host is known, else after it was shown."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from deskhand.domain.accounts import Account
from deskhand.domain.ids import AccountId
from deskhand.domain.tickets import Ticket
from deskhand.services import web_pages
from deskhand.services.services import Services
from deskhand.services.tickets import TicketView
from deskhand.services.web_pages import NoPage, WebPage
from deskhand.sync.tasks import TaskScope
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.web_page_dialog import WebPageDialog


class WebPagePresenter(QObject):
    """Opens pages, and asks once for each account how their addresses are made."""

    def __init__(self, status: StatusLine, services: Services, scope: TaskScope, window: QWidget) -> None:
        super().__init__(window)
        self._status = status
        self._settings = services.settings
        self._accounts = services.accounts
        self._undo = services.undo
        self._scope = scope
        self._window = window

    def open(self, view: TicketView) -> None:
        """Open the page of a ticket, or ask first where that is."""
        page = web_pages.page_of(self._settings, view.ticket)
        match page:
            case WebPage(known=True):
                self._open(view.account, page)
            case NoPage(reason=reason) if reason:
                self._status.show_message(reason)
            case _:
                self._ask(view.account, view.ticket)

    def edit(self, account: str) -> None:
        """Let the agent change how the addresses of an account are made."""
        if (found := self._accounts.get(AccountId(account))) is not None:
            self._ask(found, None)

    def _ask(self, account: Account, ticket: Ticket | None) -> None:
        settings = self._settings
        own = ticket is not None and bool(ticket.web_url)

        def page(pattern: str) -> WebPage | NoPage:
            assert ticket is not None
            return web_pages.page_from(settings, ticket, pattern) if pattern else web_pages.page_of(settings, ticket)

        dialog = WebPageDialog(
            account.label,
            None if own else web_pages.pattern_of(settings, account.id),
            page if ticket is not None else None,
            web_pages.why_no_pattern,
            self._window,
        )
        said = self.tr("Changed the addresses of the web pages of {account}").format(account=account.label)
        dialog.chosen.connect(
            lambda pattern: self._scope.start(
                self._undo.keep(said, web_pages.set_pattern(settings, account.id, pattern)), name="web pattern"
            )
        )
        dialog.opened.connect(lambda found: self._open(account, found))
        dialog.open()

    def _open(self, account: Account, page: WebPage) -> None:
        if not page.known:
            self._scope.start(web_pages.remember_host(self._settings, account.id, page.host), name="web host")
        if QDesktopServices.openUrl(QUrl(page.url)):
            self._status.show_message(self.tr("Opened in the browser: {host}.").format(host=page.host))
        else:
            self._status.show_message(self.tr("No browser opened {url}.").format(url=page.url))
