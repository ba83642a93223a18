"""Fills the palette: with what can be done at once, and with tickets and people, which are looked for while the agent goes on typing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import ParamSpec

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import KnownCustomer, Scope, TicketQuery
from deskhand.domain.tickets import TicketRow
from deskhand.services.services import Services
from deskhand.services.settings import Snippet
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions import window_actions
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.shortcuts import Shortcuts
from deskhand.ui.actions.ticket_actions import TAGS
from deskhand.ui.actions.ticket_values import add_tag
from deskhand.ui.kit import times
from deskhand.ui.kit.avatar import initials
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.row_text import state_label
from deskhand.ui.palette import offers
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.command_palette import CommandPalette
from deskhand.ui.palette.context_chip import Context
from deskhand.ui.palette.entries import Entry, Mark, Section, fitting, narrowed

P = ParamSpec("P")

MAX_TICKETS = 8
"""Tickets that the palette shows."""

MAX_PEOPLE = 6

MIN_LETTERS = 3
"""Letters that tickets and people are looked for by: fewer are for commands, unless a prefix asks for them."""

MAX_TAGS = 200

MOST_REMEMBERED, SHOWN_RECENT = 30, 5
"""Entries that are remembered as used, and shown again while nothing is typed."""

_RECENT = "palette.recent"
_SEARCH, _TAGS, _REMEMBER = "palette search", "palette tags", "palette recent"


class PalettePresenter(QObject):
    """Opens the palette and fills it.

    Attributes:
        leads_away: called before the main window shows what was chosen.
    """

    def __init__(
        self,
        actions: Callable[[], Sequence[Action[Selection]]],
        shortcuts: Shortcuts[Selection],
        selection: Callable[[], Selection],
        lists: ListPresenter,
        services: Services,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._actions = actions
        self._shortcuts = shortcuts
        self._selection = selection
        self._lists = lists
        self._services = services
        self._scope = scope
        self._window = window
        self._tags: tuple[str, ...] = ()
        self.leads_away: Callable[[], object] = tuple

    def _away(self, go: Callable[P, object]) -> Callable[P, None]:
        """Return what shows something in the main window."""

        def run(*args: P.args, **named: P.kwargs) -> None:
            self.leads_away()
            go(*args, **named)

        return run

    def open(self) -> None:
        """Open the palette over the window."""
        selection = self._selection()
        self._tags = ()
        palette = CommandPalette(
            self._entries,
            self._window,
            search=lambda text: self._search(palette, text),
            context=self._context(selection),
        )
        palette.ran.connect(self._remember)
        palette.finished.connect(lambda _result: self._close())
        palette.open()
        if selection.several is None and selection.ticket is not None and not TAGS.is_refused(selection):
            self._scope.replace(self._load_tags(palette, selection.ticket.account.id), name=_TAGS)

    def _close(self) -> None:
        self._scope.cancel(_SEARCH)
        self._scope.cancel(_TAGS)

    async def _load_tags(self, palette: CommandPalette, account: AccountId) -> None:
        self._tags = (await self._services.accounts.tags(account))[:MAX_TAGS]
        palette.refresh()

    def _context(self, selection: Selection) -> Context | None:
        count = self._lists.tickets.selected_count if selection.several is not None else 0
        title = offers.context_title(selection.ticket, count)
        if not title:
            return None
        ticket = selection.ticket if count < 2 else None
        return Context(title, offers.account_mark(ticket.account if ticket else None), is_several=count > 1)

    def _entries(self) -> Sequence[Entry]:
        services, selection = self._services, self._selection()
        entries = offers.of_actions(self._actions(), selection, self._keys_of)
        if selection.several is None and selection.ticket is not None:
            known = frozenset(selection.ticket.ticket.tags)
            entries += offers.of_tags((add_tag(tag, selection) for tag in self._tags if tag not in known), selection)
        entries += self._own_views(selection)
        entries += offers.of_accounts(services.accounts, self._away(self._lists.choose_account))
        entries += offers.of_snippets(services.settings.snippets(), selection, partial(self._insert, selection))
        entries += self._recent(entries)
        order = {section: place for place, section in enumerate((None, *Section))}
        entries.sort(key=lambda entry: order[entry.section])
        return entries

    def _keys_of(self, action: Action[Selection]) -> Sequence[str]:
        """Return the keys of an action; before those of a built-in view the one of its place."""
        keys = self._shortcuts.active_keys(action)
        scope = window_actions.SCOPE_OF.get(action.id)
        by_place = self._selection().window.views.key_of(scope.value) if scope is not None else ""
        return (by_place, *keys) if by_place else keys

    def _own_views(self, selection: Selection) -> list[Entry]:
        views = selection.window.views
        listed = [each for each in self._services.view_list.all() if each.own is not None]
        return offers.of_views(listed, views.count_text, views.key_of, self._away(views.choose))

    def open_views(self) -> None:
        """Let the agent choose a view, built in or of their own, by its name."""
        selection = self._selection()
        views = selection.window.views
        listed = self._services.view_list.all()
        entries = offers.of_views(listed, views.count_text, views.key_of, views.choose)
        title, line = self.tr("Go to view"), self.tr("Name of a view")
        popup = ChoicePopup(title, line, lambda text: fitting(entries, text), lambda _entry: "", self._window)
        popup.closed.connect(popup.deleteLater)
        popup.open_over(self._window)

    # --- a moment ago ---

    def _remembered(self) -> list[str]:
        stored = self._services.settings.json_value(_RECENT)
        return [one for one in stored if isinstance(one, str)] if isinstance(stored, list) else []

    def _remember(self, entry: Entry) -> None:
        """Keep by id what was used: what it is called is looked up again, and nothing of a ticket's text is kept."""
        if entry.id and entry.section is not Section.TICKET:
            used = [entry.id, *(one for one in self._remembered() if one != entry.id)][:MOST_REMEMBERED]
            self._scope.start(self._services.settings.put(_RECENT, json.dumps(used)), name=_REMEMBER)

    def _recent(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return what was used last, as far as it is still there."""
        offered = {entry.id: entry for entry in entries if entry.id and entry.section is not Section.TICKET}
        found: list[Entry] = []
        for identifier in self._remembered():
            kind, _, rest = identifier.partition(" ")
            entry = offered.get(identifier)
            if kind == "ticket":
                account, _, remote = rest.partition(" ")
                rows = self._services.lists.rows([TicketKey(AccountId(account), remote)])
                entry = self._ticket_entry(rows[0], times.now_utc()) if rows else None
            elif kind == "customer":
                newest = self._services.lists.first_page(TicketQuery(Scope.ALL, requester=rest), 1)
                entry = self._recent_customer(rest, newest[0]) if newest else None
            if entry is not None:
                found.append(replace(entry, section=Section.RECENT))
            if len(found) == SHOWN_RECENT:
                break
        return found

    def _recent_customer(self, email: str, row: TicketRow) -> Entry:
        return self._customer_entry(KnownCustomer(row.who, email, 0, 0, row.key.account))

    def _insert(self, selection: Selection, snippet: Snippet) -> None:
        selection.here.ticket.keys.insert_snippet(snippet)

    # --- what is looked for ---

    def _search(self, palette: CommandPalette, text: str) -> bool:
        """Look for tickets and people on another thread; the newest text is the one that is answered."""
        self._scope.cancel(_SEARCH)
        sections, words = narrowed(text)
        wanted = frozenset({Section.TICKETS, Section.PEOPLE}) & (sections or frozenset(Section))
        if not wanted or len(words) < (MIN_LETTERS if sections is None else 1):
            return False
        self._scope.replace(self._find(palette, text, words, wanted), name=_SEARCH)
        return True

    async def _find(self, palette: CommandPalette, text: str, words: str, wanted: frozenset[Section]) -> None:
        """Show the tickets as soon as they are found, then the people below them."""
        lists, entries, meant = self._services.lists, list[Entry](), ""
        if Section.TICKETS in wanted:
            now = times.now_utc()
            hits = await lists.search(words, MAX_TICKETS)
            entries += [self._ticket_entry(hit.row, now) for hit in hits]
            if entries:
                meant = hits[0].meant
                palette.show_found(text, entries, meant)
        if Section.PEOPLE in wanted:
            entries += [self._customer_entry(one) for one in await lists.customers(words, MAX_PEOPLE)]
        palette.show_found(text, entries, meant)

    def _ticket_entry(self, row: TicketRow, now: datetime) -> Entry:
        account = self._services.accounts.get(row.key.account)
        when = times.moment(row.updated_at, now) if row.updated_at is not None else ""
        parts = (row.who, state_label(row), when, account.label if account else "", row.number)
        return Entry(
            row.subject or self.tr("No subject"),
            " · ".join(part for part in parts if part),
            run=partial(self._open_ticket, row.key),
            section=Section.TICKETS,
            id=f"ticket {row.key.account} {row.key.remote}",
            mark=offers.account_mark(account),
        )

    def _customer_entry(self, customer: KnownCustomer) -> Entry:
        account = self._services.accounts.get(customer.account)
        counted = self.tr("{count} open").format(count=customer.open) if customer.open else ""
        if customer.tickets and not counted:
            counted = wording.tickets(customer.tickets)
        parts = (customer.email if customer.email != customer.name else "", counted, account.label if account else "")
        return Entry(
            customer.name or customer.email,
            " · ".join(part for part in parts if part),
            run=partial(self._show_customer, customer),
            section=Section.PEOPLE,
            id=f"customer {customer.email}" if customer.email else "",
            mark=Mark(letters=initials(customer.name or customer.email)),
        )

    def _open_ticket(self, key: TicketKey) -> None:
        self.leads_away()
        self._lists.open(key)

    def _show_customer(self, customer: KnownCustomer) -> None:
        self.leads_away()
        if customer.email:
            self._lists.show_customer(customer.email)
        else:
            self._lists.search_asked.emit(f'"{customer.name}"')
