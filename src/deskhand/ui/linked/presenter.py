"""What is done about links in the window: the other ticket is chosen, linked here or at the vendor, shown, and parted again."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import undo_wording
from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import TicketKey
from deskhand.domain.ticket_links import LinkKind, TicketLink
from deskhand.domain.tickets import TicketRow
from deskhand.services.linked_tickets import LinkedTicket
from deskhand.services.services import Services
from deskhand.services.ticket_commands import Refused
from deskhand.services.tickets import TicketView
from deskhand.services.undo_steps import ChangePart, LinkPart, step
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.linked.link_popup import LinkPopup
from deskhand.ui.linked.linked_box import LinkedBox
from deskhand.ui.list.row_text import state_label
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.offers import account_mark
from deskhand.ui.undo.presenter import UndoPresenter


class LinkedPresenter(QObject):
    """Opens the chooser, links, shows and parts.

    Args:
        place: the chooser opens over its upper part.
        box: the part of the ticket's pane that shows the links.

    Signals:
        open_requested: a ticket (TicketKey).
    """

    open_requested = Signal(object)

    def __init__(
        self,
        place: QWidget,
        box: LinkedBox,
        undo: UndoPresenter,
        status: StatusLine,
        services: Services,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._place = place
        self._box = box
        self._undo = undo
        self._status = status
        self._services = services
        self._scope = scope
        self._window = window
        self._view: TicketView | None = None
        self._meant: TicketView | None = None  # what the chooser was opened for, whichever ticket is shown behind it
        self._kind = LinkKind.RELATED
        self._subjects: dict[TicketKey, str] = {}
        self._popup = LinkPopup(self.tr("Link with"), self.tr("Subject, number, name or word"), self._effect, window)
        self._popup.wanted.connect(self._look)
        self._popup.chosen.connect(self._chosen)
        box.open_requested.connect(self.open_requested)
        box.part_requested.connect(self._part)

    # --- what the open ticket shows ---

    def show(self, view: TicketView | None) -> None:
        """Show the links of the open ticket."""
        self._view = view
        self._scope.replace(self._load(), name="linked")

    def changed(self, changes: ChangeSet) -> None:
        """Look again where a ticket of a link may have changed."""
        if self._view is not None and (changes.tickets or changes.threads or changes.bulk or changes.accounts):
            self._scope.replace(self._load(), name="linked")

    async def _load(self) -> None:
        view = self._view
        self._box.set_ends(() if view is None else await self._services.linked.of(view.ticket.key))

    # --- by an action ---

    def choose(self, view: TicketView | None, kind: LinkKind = LinkKind.RELATED) -> None:
        """Let the agent choose the ticket that this one is linked with."""
        if view is None:
            return
        self._meant, self._kind = view, kind
        names = {
            LinkKind.RELATED: self.tr("Link with"),
            LinkKind.AT_VENDOR: self.tr("Link at {vendor} with").format(vendor=view.vendor.name),
            LinkKind.SUB_TICKET: self.tr("Make this its sub-ticket"),
        }
        self._popup.begin(names[kind])
        self._popup.open_over(self._place)

    def _look(self, text: str) -> None:
        self._scope.replace(self._find(text), name="link search")

    async def _find(self, text: str) -> None:
        view = self._meant
        if view is None:
            return
        rows = await self._services.linked.offered(view, text, at_vendor=self._kind is not LinkKind.RELATED)
        self._subjects = {row.key: row.subject for row in rows}
        self._popup.show_found(text, [(row.key, self._entry(row)) for row in rows])

    def _entry(self, row: TicketRow) -> Entry:
        account = self._services.accounts.get(row.key.account)
        parts = (row.who, state_label(row), account.label if account is not None else "", row.number)
        detail = " · ".join(part for part in parts if part)
        return Entry(row.subject or self.tr("No subject"), detail, id=str(row.key), mark=account_mark(account))

    def _name(self, key: TicketKey, subject: str) -> str:
        account = self._services.accounts.get(key.account)
        return undo_wording.ticket_at(subject, account.label if account is not None else "")

    def _effect(self, key: TicketKey) -> str:
        view = self._meant
        if view is None:
            return ""
        one, other = self._name(view.ticket.key, view.ticket.subject), self._name(key, self._subjects.get(key, ""))
        match self._kind:
            case LinkKind.RELATED:
                said = self.tr("Links {one} with {other}. Kept on this computer; no vendor is told.")
            case LinkKind.AT_VENDOR:
                said = self.tr("Links {one} with {other} at {vendor} too, for good: it documents no way back.")
            case _:
                said = self.tr("{other} becomes a sub-ticket of {one} at {vendor}, for good: it documents no way back.")
        return said.replace("{vendor}", view.vendor.name).replace("{one}", one).replace("{other}", other)

    def _chosen(self, other: TicketKey) -> None:
        """Link; what has no way back is asked about once, with both tickets named."""
        view, kind = self._meant, self._kind
        if view is None:
            return

        def link() -> None:
            self._undo.start(self._link(view, other, kind), name="link")

        if kind is LinkKind.RELATED:
            link()
            return
        title = self.tr("Link at {vendor}?") if kind is LinkKind.AT_VENDOR else self.tr("Make it a sub-ticket?")
        dialog = ConfirmDialog(
            title.replace("{vendor}", view.vendor.name),
            self._effect(other),
            self.tr("Link") if kind is LinkKind.AT_VENDOR else self.tr("Make sub-ticket"),
            self._window,
            danger=True,
        )
        dialog.confirmed.connect(link)
        dialog.open()

    async def _link(self, view: TicketView, other: TicketKey, kind: LinkKind) -> None:
        linked = self._services.linked
        if why := await linked.why_not(view.ticket.key, other):
            self._status.show_message(why)
            return
        made = TicketLink(view.ticket.key, other, kind)
        parts: list[ChangePart | LinkPart] = [LinkPart((made,), made=True)]
        final = ""
        action = linked.action(made, self._subjects.get(other, ""))
        if action is not None:
            outcome = await self._services.commands.change(view.ticket.key, action)
            if isinstance(outcome, Refused):
                self._status.show_message(outcome.message)
                return
            kept = linked.no_way_back(view.vendor.name)
            parts = [ChangePart(view.ticket.key, action, kept, outcome.command), *parts]
            final = kept.reason
        await linked.set([made], made=True)
        self._undo.did(step(linked.said_of([made], made=True), parts, final))

    def _part(self, end: LinkedTicket | None) -> None:
        if end is not None:
            self._undo.start(self._do_part(end.link), name="link")

    async def _do_part(self, link: TicketLink) -> None:
        linked = self._services.linked
        said = linked.said_of([link], made=False)
        await linked.set([link], made=False)
        self._undo.did(step(said, (LinkPart((link,), made=False),)))
