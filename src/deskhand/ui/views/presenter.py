"""Shows, makes, changes and removes the agent's views; orders and pins those that are built in."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import asdict, replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskhand.domain.accounts import AccountColour
from deskhand.domain.changes import ChangeSet
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.problems import DeskProblem, Invalid
from deskhand.domain.queries import Overview, Scope, TicketQuery
from deskhand.services.own_views import OwnView
from deskhand.services.services import Services
from deskhand.services.undo_steps import view_step
from deskhand.services.views import FIRST
from deskhand.sync.tasks import TaskScope
from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.actions.keymap import IN_FORCE
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.titles import title_of
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.search.line_offers import LineOffers
from deskhand.ui.views.changed_line import ChangedLine
from deskhand.ui.views.counts import CountsPresenter
from deskhand.ui.views.exchange import ViewExchange
from deskhand.ui.views.own_views_part import OwnViewLine, look_of
from deskhand.ui.views.tab_keys import TabKeys
from deskhand.ui.views.typed_views import TypedViews

UNDO_SECONDS = 10
_KEEP, _COUNT, _OFFERS, _SUBMIT = "keep view", "count view", "offers of a view", "save view"


class ViewsPresenter(QObject):
    """Drives the views of the left pane, the form of a view, and the line above the list.

    Attributes:
        exchange: writes views to a file and reads them from one.
        set_overview: takes over the counts of the built-in views.
    """

    exchange: ViewExchange
    set_overview: Callable[[Overview], None]

    def __init__(
        self,
        pane: AccountsPane,
        list_pane: ListPane,
        lists: ListPresenter,
        status: StatusLine,
        services: Services,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._pane = pane
        self._lists = lists
        self._status = status
        self._services = services
        self._scope = scope
        self._window = window
        self._turn = asyncio.Lock()
        self._line = ChangedLine()
        list_pane.place_line(self._line)
        list_pane.save_view_requested.connect(lambda: self.save_as_view(self._lists.query))
        self._counts = CountsPresenter(pane, services, scope, self)
        self._typed = TypedViews(services.settings, scope, self)
        self.set_overview = self._counts.set_overview
        self.exchange = ViewExchange(services, scope, status, window)
        self.exchange.taken.connect(self.show)
        TabKeys(lists.tickets.view, self.step, self)
        lists.query_changed.connect(self._query_changed)
        lists.edit_view_requested.connect(self.edit)
        self._line.save_requested.connect(self.save_changed)
        self._line.back_requested.connect(lambda: self.choose(self._lists.query.view))
        self._line.edit_requested.connect(lambda: self.edit(self._lists.query.view))
        self._connect_pane()

    def _connect_pane(self) -> None:
        own = self._pane.own_views
        own.chosen.connect(self.choose)
        own.new_requested.connect(self.new)
        own.edit_requested.connect(self.edit)
        own.remove_requested.connect(self.remove)
        own.moved.connect(self.move)
        self._pane.view_moved.connect(self.move)

    # --- showing ---

    def show(self) -> None:
        """Show all views as they are kept now."""
        listed = self._services.view_list
        self._pane.set_views(listed.built_in())
        own = [each.own for each in listed.all() if each.own is not None]
        self._pane.set_own_views([OwnViewLine(view, listed.problem(view)) for view in own])
        for each in listed.all():
            row = self._pane.view(Scope(each.id)) if each.own is None else self._pane.own_views.row(each.id)
            if row is not None:
                row.set_key_source(partial(self.key_of, each.id))
        self._counts.request()
        self._show_line()

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit may have touched."""
        if changes.settings or changes.accounts:
            self.show()
        self._counts.changed(changes)

    def count_text(self, view: str) -> str:
        """Return what stands beside a view, for the palette: "14", or nothing."""
        return self._counts.text(view)

    def key_of(self, view: str) -> str:
        """Return the key that opens a view by its place, as people read it; empty where it has none."""
        from deskhand.ui.actions.view_actions import BY_PLACE

        place = self._services.view_list.place_of(view)
        return IN_FORCE.first_key(BY_PLACE[place - 1]) if 0 < place <= len(BY_PLACE) else ""

    def _query_changed(self) -> None:
        """Keep order and groups of a view of one's own as they were chosen last; what is filtered is kept by "Save" only."""
        query = self._lists.query
        view = self._services.views.get(query.view)
        if view is not None and _arranged(view, query) != view:
            kept = _arranged(view, query)
            values = {"sort": kept.sort, "then": kept.then, "group_by": kept.group_by}
            self._start(self._services.views.change(view.id, **values))
        self._show_line()

    def _show_line(self) -> None:
        query = self._lists.query
        view = self._services.views.get(query.view)
        problem = self._services.view_list.problem(view) if view is not None else ""
        self._line.show_state(is_changed=view is not None and _is_narrowed(view, query), problem=problem)

    # --- going there ---

    def choose(self, view: str) -> None:
        """Show a view."""
        if (listed := self._services.view_list.get(view)) is not None:
            self._lists.choose_view(listed)

    def choose_at(self, number: int) -> None:
        """Show the view at a place of the left pane, counted from 1; nothing where there are fewer."""
        if (listed := self._services.view_list.at(number)) is not None:
            self._lists.choose_view(listed)

    def step(self, by: int) -> bool:
        """Show the next (1) or the previous (-1) pinned view; tell whether there is another one."""
        listed = self._services.view_list.pinned_beside(self._lists.query, by)
        if listed is None:
            return False
        self._lists.choose_view(listed)
        return True

    def why_not_step(self) -> str:
        """Return why there is no next pinned view, in a sentence; empty where there is one."""
        found = self._services.view_list.pinned_beside(self._lists.query, 1)
        return "" if found is not None else self.tr("No other view is pinned: a view's menu pins it.")

    # --- the form ---

    def save_as_view(self, query: TicketQuery) -> None:
        """Let the agent keep what a list shows as a view: its filters, its place, its words, its order."""
        listed = self._services.view_list
        said = listed.filter_text(query)
        own = self._services.views.get(query.view)
        title = title_of(query, self._services.accounts, typed=self._lists.typed, views=self._services.views)
        view = replace(own or OwnView("", ""), id="", name=listed.name_for(query, title), query=said.text, pinned=False)
        note = self.tr("Not part of the view: {what}").format(what=" ".join(said.left_out)) if said.left_out else ""
        self._open_sheet(self.tr("Save as view"), _arranged(self._coloured(view), query), note)

    def new(self) -> None:
        """Let the agent make a view from nothing."""
        name = self._services.views.free_name(self.tr("New view"))
        self._open_sheet(self.tr("New view"), self._coloured(OwnView("", name, "is:open")))

    def _coloured(self, view: OwnView) -> OwnView:
        """Return a new view in the first colour that no other one has."""
        taken = [look_of(each)[0] for each in self._services.views.all()]
        free = next((one.value for one in AccountColour if one.value not in taken), AccountColour.INDIGO.value)
        return replace(view, colour=free)

    def edit(self, view: str, field: str = "") -> None:
        """Open the form of a view.

        Args:
            field: the name of the one that gets the keyboard.
        """
        if (own := self._services.views.get(view)) is not None:
            error = own.error is not None
            self._open_sheet(
                self.tr("Edit view"),
                own,
                field=field or ("query" if error or self._services.view_list.problem(own) else "name"),
            )

    def _open_sheet(self, title: str, view: OwnView, note: str = "", field: str = "name") -> None:
        from deskhand.ui.views.view_sheet import ViewSheet

        kept = self._typed.get(view)
        others = [each.name for each in self._services.views.all() if each.id != view.id]
        key = self.key_of(view.id) if view.id else self._key_of_next()
        sheet = ViewSheet(title, kept or view, others, key, note, self._window)
        if kept is not None:
            sheet.set_kept()
        sheet.edited.connect(lambda typed: self._typed.keep(typed, view))
        sheet.count_requested.connect(lambda text: self._scope.replace(self._count(text, sheet.set_count), name=_COUNT))
        sheet.offers_wanted.connect(
            lambda text, at: self._scope.replace(self._offer(text, at, sheet.offers), name=_OFFERS)
        )
        for name in (_COUNT, _OFFERS):
            sheet.finished.connect(lambda _result, name=name: self._scope.cancel(name))

        def start_over() -> None:
            self._typed.forget(view)
            sheet.set_values(view)

        def submit(typed: OwnView) -> None:
            self._scope.replace(self._submit(view, typed, sheet.accept, sheet.show_problem), name=_SUBMIT)

        sheet.fresh_requested.connect(start_over)
        sheet.submitted.connect(submit)
        sheet.open()
        sheet.focus_on(field)

    def _key_of_next(self) -> str:
        from deskhand.ui.actions.view_actions import BY_PLACE

        place = len(self._services.view_list.all())
        return IN_FORCE.first_key(BY_PLACE[place]) if place < len(BY_PLACE) else ""

    async def _count(self, text: str, answer: Callable[[str, int], None]) -> None:
        found = parse(text)
        if not isinstance(found, FilterError):
            answer(text, await self._services.lists.count(TicketQuery(filter=found)))

    async def _offer(self, text: str, cursor: int, offers: LineOffers) -> None:
        offers.set_offers(text, cursor, await self._services.filters.suggestions(text, cursor))

    async def _submit(
        self, begun_as: OwnView, typed: OwnView, done: Callable[[], None], refused: Callable[[str], None]
    ) -> None:
        views = self._services.views
        values = {name: value for name, value in asdict(typed).items() if name not in ("id", "name", "query")}
        before = views.get(typed.id)
        try:
            if typed.id:
                kept = await views.change(typed.id, name=typed.name, query=typed.query, **values)
            else:
                kept = await views.create(typed.name, typed.query, **values)
        except Invalid as wrong:
            refused(wrong.detail)
            return
        self._services.undo.record(view_step(before, kept, views.all().index(kept)))
        done()
        self._typed.forget(begun_as)
        self.show()
        if not typed.id or self._lists.query.view == kept.id:
            self.choose(kept.id)

    async def save_typed(self) -> None:
        """Put what is typed into a form on disk."""
        await self._typed.save()

    # --- what is done to a view ---

    def save_changed(self) -> None:
        """Let the view that is shown be as it is shown."""
        query = self._lists.query
        own = self._services.views.get(query.view)
        if own is None:
            return
        text = self._services.view_list.filter_text(query).text

        async def keep() -> None:
            said = self.tr("Saved what the view “{name}” shows").format(name=own.name)
            await self._services.undo.keep(said, self._services.views.change(query.view, query=text))
            self.show()
            self.choose(query.view)

        self._start(keep())

    def why_not_edit(self) -> str:
        """Return why the list's view cannot be edited, in a sentence; empty where it can."""
        known = self._services.views.get(self._lists.query.view)
        return "" if known is not None else self.tr("The list shows no view of your own.")

    def duplicate(self, view: str) -> None:
        """Make a view like this one, and let the agent name it."""

        async def run() -> None:
            views = self._services.views
            made = await views.duplicate(view)
            self._services.undo.record(view_step(None, made, views.all().index(made)))
            self.show()
            self.edit(made.id)

        self._start(run())

    def remove(self, view: str) -> None:
        """Remove a view, and say how to get it back."""
        own = self._services.views.get(view)
        if own is None:
            return
        place = self._services.views.all().index(own)
        was_shown = self._lists.query.view == view

        async def put_back() -> None:
            if not (await self._services.undo.undo(step)).is_done:  # another view has its name by now
                await put_back_renamed()
            self.show()
            if was_shown:
                self.choose(view)

        async def put_back_renamed() -> None:
            name = self._services.views.free_name(own.name)
            await self._services.views.put_back(view, replace(own, name=name), place)

        step = view_step(own, None, place)

        async def run() -> None:
            await self._services.views.remove(view)
            self._services.undo.record(step)
            self.show()
            if was_shown:
                self._lists.show(FIRST)
            said = self.tr("The view “{name}” was removed.").format(name=own.name)
            self._status.show_message(said, self.tr("Undo"), UNDO_SECONDS, run=lambda: self._start(put_back()))

        self._start(run())

    def set_counter(self, view: str, shown: bool) -> None:
        """Show how many tickets a view has, or not."""
        done = self.tr("Showed the number of") if shown else self.tr("Hid the number of")
        self._change(done, view, self._services.views.change(view, counter=shown))

    def set_pinned(self, view: str, pinned: bool) -> None:
        """Let Tab go to a view, or pass over it."""
        done = self.tr("Pinned") if pinned else self.tr("Took the pin off")
        self._change(done, view, self._services.view_list.set_pinned(view, pinned=pinned))

    def move(self, view: str, by: int) -> None:
        """Put a view so many places down (or up)."""
        if self._services.view_list.can_move(view, by):
            self._change(self.tr("Moved"), view, self._services.view_list.move(view, by))
        else:
            self.show()

    def can_move(self, view: str, by: int) -> bool:
        """Tell whether there is a place so far down (or up)."""
        return self._services.view_list.can_move(view, by)

    def _change(self, done: str, view: str, work: Coroutine[object, object, object]) -> None:
        """Change how a view stands in the left pane, as a step that can be undone."""
        listed = self._services.view_list.get(view)
        said = self.tr("{done} the view “{name}”").format(done=done, name=listed.name if listed is not None else "")
        self._start(self._services.undo.keep(said, work))

    def _start(self, work: Coroutine[object, object, object]) -> None:
        async def run() -> None:
            try:
                async with self._turn:  # each reads what the one before it kept
                    await work
            except DeskProblem as problem:
                self._status.show_message(problem.detail or str(problem))
            self.show()

        self._scope.start(run(), name=_KEEP)


def _arranged(view: OwnView, query: TicketQuery) -> OwnView:
    """Return a view in the order and the groups of a list."""
    return replace(
        view, sort=query.sort.value, then=query.then.value if query.then else "", group_by=query.group_by.value
    )


def _is_narrowed(view: OwnView, query: TicketQuery) -> bool:
    """Tell whether a list shows other tickets than its view."""
    kept = view.ticket_query
    return replace(query, sort=kept.sort, then=kept.then, group_by=kept.group_by) != kept
