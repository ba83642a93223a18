"""What is done to the selected tickets, by menu or by key: one or many, of one vendor or of several."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from deskhand.content import ticket_link
from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import Person, Priority, State
from deskhand.services.bulk import MAX_TICKETS, BulkResult, Choices
from deskhand.services.bulk_plan import BulkPlan
from deskhand.services.decisions import TicketChange
from deskhand.services.services import Services
from deskhand.services.ticket_actions import to_assignee, to_priority, to_state, to_tags
from deskhand.services.undo_steps import bulk_step
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions.action import Action, translate
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_menus import LIST_MENU
from deskhand.ui.bulk.plan_sheet import PlanSheet
from deskhand.ui.bulk.tags_picker import TagsPicker
from deskhand.ui.kit.figures import counted
from deskhand.ui.kit.menu import Menu
from deskhand.ui.list.ticket_list import TicketList
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.ticket.person_picker import PersonPicker
from deskhand.ui.undo.presenter import UndoPresenter

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell


def _no_anchor(_name: str) -> QWidget | None:
    return None


def _no_note(_feature: Feature) -> str:
    return ""


MARKED = 10_000
"""Tickets that are marked as read or copied at once: nothing leaves this computer by it."""


class SelectionPresenter(QObject):
    """Does things to what is selected in the list.

    Args:
        undo: told what was done, as a step that can be undone.

    Attributes:
        run_started: results of a bulk change are kept (`BulkRun`).
        anchor: returns the button of an action, by its id, at which its choices open; None = at the list.
        note: returns whom a choice of a feature does not reach, in a sentence; empty = it reaches all.
        shell: the window, for what the menu offers; None where there is none.
    """

    run_started = Signal(object)
    shell: "Shell | None" = None

    def __init__(
        self,
        tickets: TicketList,
        status: StatusLine,
        services: Services,
        scope: TaskScope,
        undo: UndoPresenter,
    ) -> None:
        super().__init__(tickets)
        self._list = tickets
        self._status = status
        self._services = services
        self._scope = scope
        self._undo = undo
        self._selected_message = ""
        self._selected_count = 0
        self._meant: tuple[TicketKey, ...] | None = None
        self._asked: tuple[TicketKey, ...] = ()  # what the choice that is open is about, whatever is selected by now
        self._picker = PersonPicker(tickets)
        self._picker.chosen.connect(self._assign)
        self._tags = TagsPicker(tickets)
        self._tags.chosen.connect(lambda add, remove: self.apply(to_tags(add, remove), self._asked))
        self.anchor: Callable[[str], QWidget | None] = _no_anchor
        self.note: Callable[[Feature], str] = _no_note
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
            menu = Menu(self._list)
            for meaning in self.choices.states:
                if meaning is not State.OTHER:
                    self._add(menu, wording.state(meaning), to_state(meaning))
            self._popup(menu, "state", Feature.STATE)

    def choose_priority(self) -> None:
        """Let the agent choose a priority for what is selected, by its meaning."""
        if not self._refused(Feature.PRIORITY):
            menu = Menu(self._list)
            for meaning in self.choices.priorities:
                if meaning is not Priority.OTHER:
                    self._add(menu, wording.priority(meaning), to_priority(meaning))
            self._popup(menu, "priority", Feature.PRIORITY)

    def choose_assignee(self) -> None:
        """Let the agent choose whom to give what is selected."""
        if not self._refused(Feature.ASSIGN):
            self._asked = self.meant
            self._picker.set_choices(self.choices.assignees, self.note(Feature.ASSIGN))
            self._open(self._picker, "assign")

    def choose_tags(self) -> None:
        """Let the agent choose a tag to add to what is selected, or to remove from it."""
        if not self._refused(Feature.TAGS):
            self._asked = self.meant
            self._scope.replace(self._choose_tags(self._asked), name="bulk tags")

    def reply_to_all(self) -> None:
        """Let the agent write one reply per ticket that is selected."""
        if self.shell is not None and not self._refused(Feature.REPLY):
            self.shell.reply_all.open(Selection(several=self, shell=self.shell))

    def choose_macro(self) -> None:
        """Let the agent choose a macro for what is selected."""
        if self.shell is not None and self._is_few(MAX_TICKETS):
            self.shell.macros.choose(Selection(several=self, shell=self.shell))

    async def _choose_tags(self, keys: Sequence[TicketKey]) -> None:
        self._tags.set_choices(await self._services.bulk.tag_choices(keys), self.note(Feature.TAGS))
        self._open(self._tags, "tags")

    def _open(self, popup: ChoicePopup, name: str) -> None:
        anchor = self.anchor(name)
        if anchor is None:
            popup.open_over(self._list)
        else:
            popup.open_at(anchor, above=True)

    def _assign(self, person: Person | None) -> None:
        self.apply(to_assignee(person), self._asked)

    @property
    def choices(self) -> Choices:
        """What can be chosen for all that is selected."""
        return self._services.bulk.choices(self._selected(MAX_TICKETS))

    def _popup(self, menu: Menu, name: str, feature: Feature) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first = menu.actions()[0] if menu.actions() else None
        if note := self.note(feature):
            menu.addSeparator()
            menu.addAction(note.split(". ")[0]).setEnabled(False)
        anchor = self.anchor(name)
        if anchor is not None:
            menu.open_above(anchor.mapToGlobal(QPoint(0, -4)))
        else:
            menu.popup(self._list.point_of_current())
        if first is not None:
            menu.setActiveAction(first)

    def mark_read(self) -> None:
        """Mark what is selected as read."""
        if self._is_few(MARKED):
            self._undo.mark(self._selected(MARKED), unread=False)

    def mark_unread(self) -> None:
        """Make what is selected new again."""
        if self._is_few(MARKED):
            self._undo.mark(self._selected(MARKED), unread=True)

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
        """Return why this can be done to nothing that is selected; empty where it can to some of it."""
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

    @property
    def meant(self) -> tuple[TicketKey, ...]:
        """The tickets that a change is done to."""
        return tuple(self._selected(MAX_TICKETS))

    def why_not_changed(self) -> str:
        """Return why what is selected cannot be changed at once, also where no vendor is told; empty where it can."""
        return self._too_many(MAX_TICKETS)

    def why_too_many(self) -> str:
        """Return why something that leaves this computer as it is cannot be done to all that is selected."""
        return self._too_many(MARKED)

    def _refused(self, feature: Feature) -> bool:
        """Say why this can be done to nothing that is selected, and tell whether there is a reason."""
        if why := self.why_not(feature):
            self._status.show_message(why)
        return bool(why)

    def apply(self, change: TicketChange, keys: tuple[TicketKey, ...] = ()) -> None:
        """Change these tickets, or all that is selected, or say why not."""
        if keys or not self._refused(change.feature):
            self._scope.replace(self._plan(keys or self.meant, change), name="bulk plan")

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

    def menu_for(self, keys: Sequence[TicketKey]) -> Menu:
        """Return the menu for these tickets; what none of them can do is greyed with its reason."""
        menu = Menu(self._list)
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
            chosen.run(Selection(several=self, shell=self.shell))
        finally:
            self._meant = None

    def _selected(self, most: int) -> Sequence[TicketKey]:
        return self._list.selected(most) if self._meant is None else self._meant[:most]

    def _add(self, menu: Menu, text: str, change: TicketChange) -> None:
        action = QAction(text, menu)
        keys = self.meant
        action.triggered.connect(lambda: self.apply(change, keys))
        menu.addAction(action)

    def _copy(self, keys: Sequence[TicketKey]) -> None:
        known = {row.key: row.number for row in self._services.lists.rows(keys)}
        numbers = [known.get(key) or key.remote for key in keys]
        QGuiApplication.clipboard().setText("\n".join(numbers))
        many = self.tr("{count} numbers copied.").format(count=f"{len(numbers):,}")
        self._status.show_message(many if len(numbers) > 1 else self.tr("Copied."))

    async def _plan(self, keys: Sequence[TicketKey], change: TicketChange) -> None:
        plan = await self._services.bulk.plan(keys, change.decide)
        self.run_plan(plan, translate(change.verb), translate(change.done))

    def run_plan(
        self,
        plan: BulkPlan,
        verb: str,
        done: str,
        *,
        asks: bool = False,
        then: Callable[[BulkResult], object] | None = None,
        undo: UndoPresenter | None = None,
    ) -> PlanSheet | None:
        """Do what is planned at once to a few tickets; ask first where it is done to many, or has no way back.

        Args:
            verb: what the question calls it. `done`: what was done to how many, with a place for `{tickets}`.
            asks: ask in any case.
            then: called with what became of it once it is in the outbox.
            undo: says what was done; None = that of the list's window.

        Returns:
            The question; None where nothing is asked.
        """
        undo = undo or self._undo
        if not plan.changing:
            self._status.show_message(" ".join(plan.left_lines))
        elif not (asks or plan.needs_confirmation):
            self._execute(plan, verb, done, then, undo)
        else:
            tags = {part.account: self._list.model.account(part.account) for part in plan.parts}
            dialog = PlanSheet(plan, verb, tags, QApplication.activeModalWidget() or undo.window)
            dialog.confirmed.connect(lambda agreed: self._execute(agreed, verb, done, then, undo))
            dialog.open()
            return dialog
        return None

    def _execute(
        self, plan: BulkPlan, verb: str, done: str, then: Callable[[BulkResult], object] | None, undo: UndoPresenter
    ) -> None:
        undo.start(self._show_result(plan, verb, done, then, undo), name="bulk")

    async def _show_result(
        self, plan: BulkPlan, verb: str, done: str, then: Callable[[BulkResult], object] | None, undo: UndoPresenter
    ) -> None:
        title = self.tr("{verb} {tickets}").format(verb=verb, tickets=wording.tickets(plan.changing))
        result = await self._services.bulk.execute(plan, title)
        if then is not None:
            then(result)
        said = [done.format(tickets=wording.tickets(len(result.tickets)))]
        if result.unchanged:
            one, more = self.tr("1 was so already"), self.tr("{count} were so already")
            said.append(counted(result.unchanged, one, more))
        if result.left:
            said.append(counted(result.left, self.tr("1 left as it is"), self.tr("{count} left as they are")))
        away = await self._services.later.before(tuple(result.before)) if result.before else None
        step = bulk_step(result, ", ".join(said), away)
        if not step.final and (for_good := sum(part.is_final for part in result.changes)):
            step = replace(step, what=f"{step.what}, {self.tr('{count} for good').format(count=for_good)}")
        undo.did(step, " ".join((*result.refused, *result.left_out)))
        if result.run is not None:
            self.run_started.emit(result.run)
