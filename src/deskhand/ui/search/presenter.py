"""What is typed into the search box: what it means, what the list shows for it, and what may stand at the cursor."""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence

from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.slices import Span, split_terms
from deskhand.domain.filters.syntax import All, Filter
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.services.recent_searches import RecentSearches
from deskhand.services.search_scopes import search_query
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.window_actions import FILTER
from deskhand.ui.kit.figures import counted
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.titles import title_of
from deskhand.ui.search.placing import BarPlace
from deskhand.ui.search.search_bar import SearchBar
from deskhand.ui.search.suggesting import RECENT, Suggesting

ANNOUNCE_AFTER = 400
"""Milliseconds of quiet after which a screen reader is told how much was found."""

PAUSE_AFTER = 120
"""Milliseconds for which one letter leaves the list as it is: most often the next letter is there by then, and finds something."""


class Hits(Protocol):
    """Where Down and Enter lead."""

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        ...


def everywhere(_before: TicketQuery) -> TicketQuery:
    """Return where a search looks: in all tickets."""
    return TicketQuery(Scope.ALL)


class SearchPresenter(QObject):
    """Drives the search box.

    Attributes:
        text_changed: another text stands in the box. closed: the box is not shown any more.
        hit_marked: the first hit is marked for who goes on from it; the hits stay in sight.
        is_built: the builder is shown, so that the box stays also without a text.
        base: returns where is looked, for the list that was shown before the search; the words and the filter come on top of it.
    """

    text_changed = Signal(str)
    closed = Signal()
    hit_marked = Signal()

    def __init__(
        self,
        bar: SearchBar,
        place: BarPlace,
        pane: AccountsPane,
        hits: Hits,
        lists: ListPresenter,
        services: Services,
        scope: TaskScope,
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._place = place
        self._pane = pane
        self._hits = hits
        self._lists = lists
        self._accounts = services.accounts
        self._recent = RecentSearches(services.settings)
        self._scope = scope
        self.is_built = False
        self.base: Callable[[TicketQuery], TicketQuery] = everywhere
        self._suggesting = Suggesting(bar, services.filters, self._recent, scope)
        self._kept = ""
        self._began = 0.0
        self._took: float | None = None
        self._count: int | None = None
        self._marks_first = False
        self._announce = QTimer(self)
        self._announce.setSingleShot(True)
        self._announce.setInterval(ANNOUNCE_AFTER)
        self._announce.timeout.connect(self._say)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_AFTER)
        self._pause.timeout.connect(self._lists.pause_search)
        self._sort: Sort | None = None
        self._connect()
        show_keys(bar, self._show_keys)

    def _connect(self) -> None:
        bar, lists, pane = self._bar, self._lists, self._pane
        bar.edited.connect(self._edited)
        bar.entered.connect(self._entered)
        bar.left.connect(self._left)
        bar.submitted.connect(self._submit)
        bar.down.connect(self._go_down)
        bar.escaped.connect(self.step_back)
        bar.emptied.connect(self._empty)
        lists.counted.connect(self._counted)
        lists.search_ended.connect(self._ended)
        lists.search_resumed.connect(self._resumed)
        lists.search_asked.connect(self.look_for)
        lists.opened.connect(self._remember_opened)
        pane.search_requested.connect(self.open)
        pane.back_requested.connect(self.end)

    # what is asked of it

    @property
    def bar(self) -> SearchBar:
        """The box with its strip."""
        return self._bar

    @property
    def text(self) -> str:
        """What is typed."""
        return self._bar.text

    @property
    def count(self) -> int | None:
        """How many tickets were found for what is typed; None while that is not known."""
        return self._count if self._lists.typed == self.text else None

    @property
    def is_open(self) -> bool:
        """Whether the box is shown."""
        return not self._bar.isHidden()

    def open(self) -> None:
        """Show the box and give it the keyboard; what was typed when the search was left by Esc is there again, selected."""
        self._show()
        if not self.text and self._kept:
            self._bar.set_text(self._kept)
            self._read(self._kept)
        self._bar.focus_all()
        self._suggesting.suggest()

    def look_for(self, text: str) -> None:
        """Put a text into the box and look for it; the keyboard stays where it is."""
        self._show()
        self._bar.set_text(text)
        self._read(text)

    def open_with(self, text: str) -> None:
        """Show the box with a text, and what it finds."""
        self._show()
        if text != self.text:
            self._bar.set_text(text)
            self._read(text)
        self._bar.focus_text()
        self._suggesting.suggest()

    def take_text(self, text: str) -> None:
        """Take a text that was chosen with the mouse; the keyboard stays where it is."""
        self._show()
        self._bar.set_text(text)
        self._read(text)
        self._suggesting.suggest()

    def set_sort(self, sort: Sort) -> None:
        """Sort what is found otherwise, for as long as this search lasts."""
        if sort is not self._lists.query.sort:
            self._sort = sort

    def step_back(self) -> None:
        """Go one step back: the suggestions, the text, the view before. What was typed is kept for the next time."""
        if self._suggesting.dismiss():
            return
        if self.text:
            self._empty()
        else:
            self.end()

    def end(self) -> None:
        """Go back to the view before, in one step; what was typed is kept for the next time."""
        self._keep()
        kept = self._kept
        self._bar.set_text("")
        self._pause.stop()
        self._close()
        self._lists.end_search()
        self._kept = kept
        self._hits.focus_list()

    def step_out(self) -> None:
        """Leave the search from its hits, where the keyboard is in the list."""
        if self._bar.has_keyboard:
            self._bar.focus_text()
        elif self.is_open:
            self.end()

    # what the box tells

    def _edited(self, text: str) -> None:
        self._marks_first = False
        self._kept = ""
        self._read(text)
        self._suggesting.typed()

    def _read(self, text: str) -> None:
        """Show what a text asks for; where it cannot be read, what it asked for last stays."""
        found = parse(text)
        self._suggesting.error = found if isinstance(found, FilterError) else None
        self.text_changed.emit(text)
        if not isinstance(found, FilterError):
            self._look(text, found)
        else:
            self._announce.start()
        self._suggesting.show_mistake()

    def _look(self, text: str, found: Filter) -> None:
        words, rest = split_terms(found)
        self._pause.stop()
        if found == All() or (rest is None and len(words) < 2 and words.isascii()):
            self._took, self._count = None, None  # one letter finds nothing yet
            if text.strip():
                self._pause.start()
            else:
                self._lists.pause_search()
            self._show_count()
            return
        base = self.base(self._lists.before_search)
        sort = self._sort or (Sort.BEST if words else self._lists.before_search.sort)
        query = search_query(base, words, rest, sort)
        if query != self._lists.query or self._lists.typed is None:
            self._began, self._took, self._count = time.perf_counter(), None, None
        self._lists.find(query, text)

    def look_again(self) -> None:
        """Look for the same in another place."""
        self._read(self.text)

    def query_of(self, base: TicketQuery, sort: Sort) -> TicketQuery | None:
        """Return what is typed as a question to another place; None where it cannot be read."""
        found = parse(self.text)
        return None if isinstance(found, FilterError) else search_query(base, *split_terms(found), sort)

    def _submit(self) -> None:
        if self._suggesting.error is None and self.text.strip():
            self._enter_hits()

    def _enter_hits(self) -> None:
        """Give the keyboard to what was found, the first of it marked; what is still looked for is marked when it is there."""
        self._remember()
        self._pause_now()
        self._hits.focus_list()
        self._marks_first = self.count is None
        if not self._marks_first:
            self._mark_first()

    def _pause_now(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._lists.pause_search()

    def _mark_first(self) -> None:
        tickets = self._lists.tickets
        if self._lists.typed is not None and (tickets.current is None or not tickets.is_shown(tickets.current)):
            tickets.step(1)
            self.hit_marked.emit()

    def _go_down(self) -> None:
        if not self.text.strip():
            if not self._bar.strip.enter():
                self._hits.focus_list()
            return
        self._enter_hits()

    def _entered(self) -> None:
        self._show()
        self._suggesting.suggest()

    def _left(self) -> None:
        if self.is_open and not self.text.strip() and not self.is_built:
            self._lists.end_search()
            self._close()

    def _empty(self) -> None:
        self._keep()
        self._bar.set_text("")
        kept = self._kept
        self._read("")
        self._kept = kept
        self._bar.focus_text()
        self._suggesting.suggest()

    def _remember(self) -> None:
        if self._suggesting.error is None and self.text.strip():
            self._scope.start(self._recent.add(self.text), name=RECENT)

    def _remember_opened(self, key: object) -> None:
        if key is not None and self._lists.typed is not None and self.is_open:
            self._remember()

    def _keep(self) -> None:
        """Keep what is typed for the next time the box is opened, and among the recent ones where it can be read."""
        if self.text.strip():
            self._remember()
            self._kept = self.text

    # what the list tells

    def _counted(self, count: int | None) -> None:
        if self._lists.typed is None:
            self._count = None
        elif count is not None:
            if self._took is None:
                self._took = time.perf_counter() - self._began
            self._count = count
            self._announce.start()
            if self._marks_first:
                self._marks_first = False
                self._mark_first()
        self._show_count()

    def _show_count(self) -> None:
        if self._count is None or self._lists.typed is None:
            self._bar.show_count("")
            return
        here = counted(self._count, self.tr("1 here"), self.tr("{count} here"))
        took = max(1, round((self._took or 0.0) * 1000))
        self._bar.show_count(self.tr("{here} · {time} ms").format(here=here, time=took))

    def _say(self) -> None:
        """Tell a screen reader, once the typing has paused."""
        if not self.is_open:
            return
        if self._suggesting.is_mistake_said:
            self._bar.announce(str(self._suggesting.error))
        elif self._count is not None:
            self._bar.announce(counted(self._count, self.tr("1 result"), self.tr("{count} results")))

    def _ended(self) -> None:
        """Another list is shown: what was typed goes with the search, and the way back leads to it."""
        self._pause.stop()
        if self.text and self._lists.typed is not None:
            self._remember()
        self._kept = ""
        self._suggesting.error = self._sort = None
        self._bar.set_text("")
        self._bar.show_mistake(Span(0, 0))
        self._bar.show_count("")
        if not self._bar.has_keyboard:
            self._close()

    def _resumed(self, text: str) -> None:
        self._pause.stop()
        self._show()
        self._bar.set_text(text)
        self._suggesting.error = None
        self.text_changed.emit(text)
        self._suggesting.show_mistake()
        self._began = time.perf_counter()

    # showing

    def _show(self) -> None:
        self._pane.set_back_to(title_of(self._lists.before_search, self._accounts))
        self._place.show()

    def _close(self) -> None:
        self._announce.stop()
        self.closed.emit()
        self._place.hide()
        self._pane.set_back_to("")

    def _show_keys(self) -> None:
        keys = IN_FORCE.keymap.keys_of(FILTER)
        self._bar.set_keys(QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else "")
