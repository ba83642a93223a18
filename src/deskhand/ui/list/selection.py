"""What is done to the selected tickets, by menu or by key: one or many, of one vendor or of several."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from deskhand.content import ticket_link
from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import Person, Priority, State
from deskhand.services.bulk import (
    MAX_TICKETS,
    BulkPlan,
    Choices,
)
from deskhand.services.services import Services
from deskhand.services.ticket_actions import (
    DecideAction,
    Irreversible,
    assign_to,
    change_to_priority,
    change_to_state,
)
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_actions import LIST_MENU
from deskhand.ui.actions.undo import Part
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.list.ticket_list import TicketList
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.changes import UNDO_SECONDS
from deskhand.ui.ticket.person_picker import PersonPicker

MARKED = 10_000
"""Tickets that are marked as read or copied at once: nothing leaves this computer by it."""


class SelectionPresenter(QObject):
    """Does things to what is selected in the list.

    Args:
        done: told the parts of a bulk change; returns what takes all of them back.
    """

    def __init__(
        self,
        tickets: TicketList,
        status: StatusLine,
        services: Services,
        scope: TaskScope,
        done: Callable[[Sequence[Part]], Callable[[], None]],
    ) -> None:
        super().__init__(tickets)
        self._list = tickets
        self._status = status
        self._services = services
        self._scope = scope
        self._done = done
        self._selected_message = ""
        self._selected_count = 0
        self._meant: tuple[TicketKey, ...] | None = None
        self._picker = PersonPicker(tickets)
        self._picker.chosen.connect(self._assign)
        tickets.context_menu_requested.connect(self.open_menu)
        tickets.selection_changed.connect(lambda _count: self._selection_changed())

    # --- keys ---

    @property
    def is_several(self) -> bool:
        """Whether a key is meant for what is selected and not for the ticket that is open."""
        return self._list.is_several

    def pick(self) -> None:
        """Take the current ticket into the selection, or out of it, and say how many there are."""
        self._list.pick()
        if self._list.is_several:
            said = self.tr("{count} selected. X adds or removes a ticket, Esc ends.")
            self._show_selected(said.format(count=self._list.selected_count))

    def select_all(self) -> None:
        """Select everything in the list, and say how many there are."""
        self._list.select_all()
        if self._list.is_several:
            self._show_selected(self.tr("{count} selected.").format(count=f"{self._list.selected_count:,}"))

    def _show_selected(self, message: str) -> None:
        """Say it in the status line for as long as it is so; the list itself tells a screen reader."""
        self._selected_message, self._selected_count = message, self._list.selected_count
        self._status.show_message(message, aloud=False)

    def _selection_changed(self) -> None:
        is_so = self._list.is_several and self._list.selected_count == self._selected_count
        if self._selected_message and not is_so:
            if self._status.message == self._selected_message:
                self._status.clear_message()
            self._selected_message = ""

    def choose_state(self) -> None:
        """Let the agent choose a state for what is selected, by its meaning: each vendor has its own words."""
        if not self._refused(Feature.STATE):
            menu = QMenu(self._list)
            for meaning in self._choices.states:
                if meaning is not State.OTHER:
                    self._add(menu, wording.state(meaning), self._set_state(meaning))
            self._popup(menu)

    def choose_priority(self) -> None:
        """Let the agent choose a priority for what is selected, by its meaning."""
        if not self._refused(Feature.PRIORITY):
            menu = QMenu(self._list)
            for meaning in self._choices.priorities:
                if meaning is not Priority.OTHER:
                    self._add(menu, wording.priority(meaning), self._set_priority(meaning))
            self._popup(menu)

    def choose_assignee(self) -> None:
        """Let the agent choose whom to give what is selected."""
        if not self._refused(Feature.ASSIGN):
            choices = self._choices
            self._picker.set_people(choices.people, choices.me, nobody=choices.nobody)
            self._picker.open_over(self._list)

    def _assign(self, person: Person | None) -> None:
        self.change(Feature.ASSIGN, assign_to(person), self.tr("Assign"))

    @property
    def _choices(self) -> Choices:
        return self._services.bulk.choices(self._selected(MAX_TICKETS))

    def _popup(self, menu: QMenu) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
        menu.popup(self._list.point_of_current())

    def mark_read(self) -> None:
        """Mark what is selected as read."""
        if self._is_few(MARKED):
            self._read(self._selected(MARKED), unread=False)

    def mark_unread(self) -> None:
        """Make what is selected new again."""
        if self._is_few(MARKED):
            count = self._list.selected_count
            self._read(self._selected(MARKED), unread=True)
            if self._meant is None:  # who chose it in a menu sees that it was done
                self._status.show_message(self.tr("{count} marked as unread.").format(count=f"{count:,}"))

    def copy_numbers(self) -> None:
        """Copy the numbers of what is selected, one to a line."""
        if self._is_few(MARKED):
            self._copy(self._selected(MARKED))

    def copy_deskhand_links(self) -> None:
        """Copy links that open what is selected in a colleague's Deskhand, one to a line."""
        if not self._is_few(MARKED):
            return
        links = []
        for key in self._selected(MARKED):
            account = self._services.accounts.get(key.account)
            if account is not None and not key.is_local:
                links.append(ticket_link.write(account.vendor, key.remote))
        QGuiApplication.clipboard().setText("\n".join(links))
        self._status.show_message(self.tr("{count} links copied.").format(count=f"{len(links):,}"))

    def why_not(self, feature: Feature) -> str:
        """Return why this cannot be done to all that is selected; empty where it can."""
        return self._too_many(MAX_TICKETS) or self._services.bulk.obstacle(self._selected(MAX_TICKETS), feature)

    def why_one(self, what: str) -> str:
        """Return why something is done to one ticket only, while several are selected; empty while they are not.

        Args:
            what: that something, as the beginning of a sentence.
        """
        if not self._list.is_several:
            return ""
        said = self.tr("{what}; {count} are selected. Esc in the list ends that.")
        return said.format(what=what, count=f"{self._list.selected_count:,}")

    def why_too_many(self) -> str:
        """Return why something that leaves this computer as it is cannot be done to all that is selected."""
        return self._too_many(MARKED)

    def _refused(self, feature: Feature) -> bool:
        """Say why this cannot be done to all that is selected, and tell whether there is a reason."""
        if why := self.why_not(feature):
            self._status.show_message(why)
        return bool(why)

    def change(self, feature: Feature, wish: DecideAction, verb: str) -> None:
        """Change all that is selected, or say why not.

        Args:
            feature: what the vendors have to offer.
            wish: decides what is done to each ticket.
            verb: what it is called where a question has to be asked first.
        """
        if not self._refused(feature):
            self._wish(self._selected(MAX_TICKETS), wish, verb)

    def _is_few(self, most: int) -> bool:
        if why := self._too_many(most):
            self._status.show_message(why)
        return not why

    def _too_many(self, most: int) -> str:
        count = self._list.selected_count if self._meant is None else len(self._meant)
        if count <= most:
            return ""
        message = self.tr("{count} are selected; at most {most} can be changed at once.")
        return message.format(count=f"{count:,}", most=f"{most:,}")

    # --- menu ---

    def open_menu(self, at: QPoint) -> None:
        """Show what can be done to the selected tickets."""
        keys = self._selected(MARKED)
        if keys:
            menu = self.menu_for(keys)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def menu_for(self, keys: Sequence[TicketKey]) -> QMenu:
        """Return the menu for these tickets; what not all of them can do is greyed with its reason."""
        menu = QMenu(self._list)
        menu.setToolTipsVisible(True)
        meant = Selection(several=self)
        fill_menu(
            menu,
            LIST_MENU,
            meant,
            lambda chosen: self._run_on(tuple(keys), chosen),
            several=len(keys) > 1,
            with_icons=False,
        )
        return menu

    def _run_on(self, keys: tuple[TicketKey, ...], chosen: Action[Selection]) -> None:
        """Run what a menu offered on the tickets that were selected when it opened, whatever the list shows since."""
        self._meant = keys
        try:
            chosen.run(Selection(several=self))
        finally:
            self._meant = None

    def _selected(self, most: int) -> Sequence[TicketKey]:
        return self._list.selected(most) if self._meant is None else self._meant[:most]

    def _add(self, menu: QMenu, text: str, run: Callable[[], None]) -> None:
        action = QAction(text, menu)
        action.triggered.connect(run)
        menu.addAction(action)

    def _set_state(self, meaning: State) -> Callable[[], None]:
        verb = self.tr("Close") if meaning.is_done else self.tr("Change")
        return lambda: self.change(Feature.STATE, change_to_state(meaning), verb)

    def _set_priority(self, meaning: Priority) -> Callable[[], None]:
        return lambda: self.change(Feature.PRIORITY, change_to_priority(meaning), self.tr("Change"))

    def _read(self, keys: Sequence[TicketKey], *, unread: bool) -> None:
        self._scope.start(self._services.tickets.set_read(keys, unread=unread), name="read")

    def _copy(self, keys: Sequence[TicketKey]) -> None:
        known = {row.key: row.number for row in self._services.views.rows(keys)}
        numbers = [known.get(key) or key.remote for key in keys]
        QGuiApplication.clipboard().setText("\n".join(numbers))
        many = self.tr("{count} numbers copied.").format(count=f"{len(numbers):,}")
        self._status.show_message(many if len(numbers) > 1 else self.tr("Copied."))

    def _wish(self, keys: Sequence[TicketKey], wish: DecideAction, verb: str) -> None:
        self._scope.replace(self._plan(tuple(keys), wish, verb), name="bulk plan")

    async def _plan(self, keys: Sequence[TicketKey], wish: DecideAction, verb: str) -> None:
        """Do it at once to a few tickets; ask first where it is done to many, or has no way back."""
        plan = await self._services.bulk.plan(keys, wish)
        if not plan.needs_confirmation:
            self._apply(plan)
            return
        question = self.tr("{verb} {tickets}?").format(verb=verb, tickets=wording.tickets(plan.changing))
        detail = "\n".join(plan.lines)
        dialog = ConfirmDialog(question, detail, verb, self._list.window(), danger=plan.final > 0)
        dialog.confirmed.connect(lambda: self._apply(plan))
        dialog.open()

    def _apply(self, plan: BulkPlan) -> None:
        self._scope.start(self._show_result(plan), name="bulk")

    async def _show_result(self, plan: BulkPlan) -> None:
        result = await self._services.bulk.execute(plan)
        parts = [Part(one.command, one.before.key, one.inverse) for one in result.changes]
        undo = self._done(parts)
        for_good = sum(isinstance(part.inverse, Irreversible) for part in parts)
        said = [self.tr("{count} changed").format(count=len(parts))]
        if result.unchanged:
            said.append(self.tr("{count} were so already").format(count=result.unchanged))
        if for_good:
            said.append(self.tr("{count} for good").format(count=for_good))
        message = ", ".join(said) + ". " + " ".join(result.refused)
        offered = for_good < len(parts)
        self._status.show_message(
            message, self.tr("Undo") if offered else "", UNDO_SECONDS, run=undo if offered else None
        )
