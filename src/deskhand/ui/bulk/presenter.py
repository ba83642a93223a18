"""Shows what is selected in the list while it is more than the open ticket, and what can be done to it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import TicketRow
from deskhand.services.bulk import MAX_TICKETS
from deskhand.services.bulk_overview import Overview, Reach, SelectedPart
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_menus import BULK_BAR
from deskhand.ui.bulk.bulk_bar import BulkBar
from deskhand.ui.bulk.bulk_panel import BulkPanel
from deskhand.ui.bulk.selected_part import PartLine, PartText
from deskhand.ui.kit.figures import counted, figure
from deskhand.ui.kit.pacing import Throttle
from deskhand.ui.list import row_text
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.row_text import AccountTag
from deskhand.ui.list.selection import SelectionPresenter
from deskhand.ui.list.ticket_list import TicketList
from deskhand.ui.ticket.ticket_pane import TicketPane

_LISTED = 8
"""Tickets of a vendor that are listed; the others are counted."""


class BulkPresenter(QObject):
    """Drives the panel in the ticket's place and the line above the list; where the panel has no room, the bar below the list."""

    def __init__(
        self,
        tickets: TicketList,
        pane: ListPane,
        ticket_pane: TicketPane,
        selection: SelectionPresenter,
        services: Services,
        scope: TaskScope,
    ) -> None:
        super().__init__(tickets)
        self._list = tickets
        self._pane = pane
        self._ticket_pane = ticket_pane
        self._selection = selection
        self._services = services
        self._panel = BulkPanel()
        # Two lines of buttons below the list; what else there is stands in the menu beside them.
        self._bar = BulkBar([action for action in BULK_BAR if action.reach is not None])
        self._overview: Overview | None = None
        self._keys: tuple[TicketKey, ...] = ()
        self._again = Throttle(self._read, scope, "selected", self)
        ticket_pane.place_panel(self._panel)
        pane.place_bar(self._bar)
        pane.all_requested.connect(selection.select_all)
        pane.none_requested.connect(self._end)
        tickets.selection_changed.connect(lambda _count: self._selection_changed())
        for bar in (self._panel.bar, self._bar):
            bar.chosen.connect(self._run)
            bar.more_requested.connect(selection.open_menu)
        selection.anchor = self._anchor
        selection.note = self._note
        self._panel.installEventFilter(self)

    def changed(self, changes: ChangeSet) -> None:
        """Look again where a commit may have touched what is selected."""
        if self._keys and (changes.tickets or changes.bulk or changes.outbox or changes.accounts):
            self._again.request()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the bar over to the list where the panel is out of sight."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._place_bar()
        return super().eventFilter(watched, event)

    def _place_bar(self) -> None:
        self._bar.setVisible(self._list.is_several and not self._panel.isVisible())

    def _selection_changed(self) -> None:
        several = self._list.is_several
        if not several:
            self._keys = ()
            self._overview = None
            if (
                self._list.view.isVisible()
            ):  # where list and conversation take turns, the selection goes on behind the panel
                self._pane.set_selected("", "")
                self._ticket_pane.show_panel(False)
                self._place_bar()
            return
        count = self._list.selected_count
        total = self._list.model.rowCount()
        everything = self.tr("Select all {count}").format(count=figure(total)) if count < total else ""
        self._pane.set_selected(self.tr("{count} selected").format(count=figure(count)), everything)
        keys = tuple(self._list.selected(MAX_TICKETS))
        if keys != self._keys:
            self._keys = keys
            self._overview = None
            self._show_title(count)
            self._show_reaches()
            self._again.request()
        if self._ticket_pane.has_keyboard and not self._panel.isVisible():
            self._list.setFocus()
        self._ticket_pane.show_panel(True)
        self._place_bar()

    def _show_title(self, count: int) -> None:
        vendors = {account.vendor for key in self._keys if (account := self._services.accounts.get(key.account))}
        tickets = counted(count, self.tr("1 ticket"), self.tr("{count} tickets"))
        if len(vendors) > 1 and count <= MAX_TICKETS:
            tickets = self.tr("{tickets}, {count} vendors").format(tickets=tickets, count=len(vendors))
        limit = self.tr("At most {most} can be changed at once; more can be marked as read or unread, and copied.")
        self._panel.set_title(tickets, limit.format(most=MAX_TICKETS) if count > MAX_TICKETS else "")

    async def _read(self) -> None:
        keys = self._keys
        if not keys:
            return
        overview = await self._services.bulk.overview(keys)
        if keys != self._keys:
            return
        self._overview = overview
        listed = [key for part in overview.parts for key in part.tickets[:_LISTED]]
        rows = {row.key: row for row in self._services.lists.rows(listed)}
        self._panel.set_parts([self._part(part, rows) for part in overview.parts])
        self._show_reaches()

    def _part(self, part: SelectedPart, rows: dict[TicketKey, TicketRow]) -> PartText:
        detail = counted(len(part.tickets), self.tr("1 ticket"), self.tr("{count} tickets"))
        if len(part.accounts) > 1:
            detail = self.tr("{tickets}, {count} accounts").format(tickets=detail, count=len(part.accounts))
        lines = [self._line(rows[key]) for key in part.tickets[:_LISTED] if key in rows]
        more = len(part.tickets) - _LISTED
        return PartText(
            vendor=part.vendor,
            detail=detail,
            ability=wording.lacking(tuple(part.lacking)) or self.tr("everything"),
            is_whole=not part.lacking,
            reasons="\n".join(dict.fromkeys(part.lacking.values())),
            lines=tuple(lines),
            more=self.tr("and {count} more").format(count=figure(more)) if more > 0 else "",
            warning=self.tr(
                "A ticket closed there is opened again only by a reply to the customer. Closing it asks you first."
            )
            if part.final
            else "",
        )

    def _line(self, row: TicketRow) -> PartLine:
        account = self._services.accounts.get(row.key.account)
        tag = AccountTag(account.shown_mark, account.label) if account is not None else AccountTag()
        said = row_text.wait_or_age(row, tag, self._services.clock.now())
        return PartLine(
            tag.mark, tag.label, row_text.who(row), row.subject or self.tr("No subject"), said.label if said else ""
        )

    def _show_reaches(self) -> None:
        meant = Selection(several=self._selection)
        reaches = {action.id: self._reach(action, meant) for action in BULK_BAR}
        for bar in (self._panel.bar, self._bar):
            bar.set_reaches(reaches)

    def _reach(self, action: Action[Selection], meant: Selection) -> tuple[str, str]:
        """Return what a button says of its reach, and why it reaches nothing."""
        count = self._list.selected_count
        if why := action.reason(meant):
            return self.tr("0 of {count}").format(count=figure(count)), why
        if action.reach is None:
            return self.tr("all {count}").format(count=figure(count)), ""
        if self._overview is None:
            return "…", ""
        reach = action.reach(self._overview)
        return self._reach_text(reach), "" if reach.able else " ".join(reach.reasons) or self.tr("Nothing to change.")

    def _reach_text(self, reach: Reach) -> str:
        able, total = figure(reach.able), figure(reach.total)
        if reach.able < reach.total:
            said = self.tr("{able} of {total}").format(able=able, total=total)
        else:
            said = self.tr("all {total}").format(total=total)
        if reach.final:
            return self.tr("{reach}, {count} for good").format(reach=said, count=figure(reach.final))
        return said

    def _note(self, feature: Feature) -> str:
        """Return whom a choice does not reach, for its list; empty where it reaches all."""
        reach = self._overview.reach.get(feature) if self._overview is not None else None
        if reach is None or reach.able == reach.total:
            return ""
        goes = self.tr("Goes to {able} of {total}.").format(able=figure(reach.able), total=figure(reach.total))
        return " ".join((goes, *reach.reasons))

    def _anchor(self, name: str) -> QWidget | None:
        """Return the button of an action, by its id, where it can be seen."""
        shown = (bar.button(name) for bar in (self._panel.bar, self._bar))
        return next((button for button in shown if button is not None and button.isVisible()), None)

    def _run(self, action: Action[Selection]) -> None:
        action.run(Selection(several=self._selection))

    def _end(self) -> None:
        self._list.narrow_selection()
        self._list.setFocus()
