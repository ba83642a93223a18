"""Asks the vendors for what is looked for here: after a moment of quiet or at Enter, and never for a text that is no longer there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from deskhand.domain.filters.hit_marks import hit_terms
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import Sort, TicketQuery
from deskhand.domain.tickets import RemoteTicket
from deskhand.services.search import NamedTicket, Progress, VendorAnswer, VendorQuestion
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit import times
from deskhand.ui.kit.figures import counted
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.search.vendor_results import AccountLine, FoundTicket, VendorResults

QUIET_MS = 400
"""So long nothing is typed before the vendors are asked."""

_ASKING = "ask vendors"


class VendorsPresenter(QObject):
    """Shows what the vendors found beneath the hits of this computer.

    Signals:
        opened: a ticket (TicketKey) that was just read in.
    """

    opened = Signal(object)

    def __init__(self, results: VendorResults, lists: ListPresenter, services: Services, scope: TaskScope) -> None:
        super().__init__(results)
        self._results = results
        self._lists = lists
        self._services = services
        self._scope = scope
        self._question: VendorQuestion | None = None
        self._named: NamedTicket | None = None
        self._named_note = ""
        self._answers: dict[AccountId, VendorAnswer] = {}
        self._found_here: int | None = None
        self._is_asked = False
        self._quiet = QTimer(self, interval=QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self.ask)
        results.again_requested.connect(self.ask)
        results.more_requested.connect(self._more)
        results.open_requested.connect(self._open)
        lists.query_changed.connect(self._query_changed)
        lists.counted.connect(self._counted)

    def _query_changed(self) -> None:
        query = self._lists.query
        question = _question(query)
        if question == self._question:
            return
        self._scope.cancel(_ASKING)
        self._question, self._answers, self._is_asked = question, {}, False
        self._named, self._named_note = (self._services.search.named(query.text) if question else None), ""
        if question is None:
            self._quiet.stop()
            self._results.hide()
            return
        self._show()
        self._results.show()
        self._quiet.start()

    def _counted(self, count: int | None) -> None:
        self._found_here = count
        if self._is_asked and count == 0:
            self._ask_by_name()

    @property
    def results(self) -> VendorResults:
        """What is shown."""
        return self._results

    def why_not(self) -> str:
        """Return why the vendors cannot be asked now; empty where they can."""
        return self.tr("Nothing is being searched for.") if self._question is None else ""

    def focus_results(self) -> None:
        """Give the keyboard to the first ticket that they found."""
        self._results.focus_first()

    def submit(self) -> None:
        """Ask now: Enter was pressed."""
        if self._quiet.isActive():
            self.ask()

    def ask(self) -> None:
        """Ask the vendors, once more if they were asked."""
        self._quiet.stop()
        if self._question is None:
            return
        self._answers, self._is_asked = {}, True
        self._scope.replace(self._ask(self._question), name=_ASKING)
        if self._found_here == 0:
            self._ask_by_name()
        self._show()

    async def _ask(self, question: VendorQuestion) -> None:
        def tell(answer: VendorAnswer) -> None:
            if question == self._question:
                self._answers[answer.account.id] = answer
                self._show()

        await self._services.search.ask(question, tell)

    def _more(self, account: AccountId) -> None:
        before = self._answers.get(account)
        if before is not None and self._question is not None:
            self._answers[account] = replace(before, progress=Progress.LOOKING)
            self._show()
            self._scope.replace(self._ask_more(self._question, before), name=f"more {account}")

    async def _ask_more(self, question: VendorQuestion, before: VendorAnswer) -> None:
        answer = await self._services.search.more(question, before)
        if question == self._question:
            self._answers[answer.account.id] = answer
            self._show()

    def _ask_by_name(self) -> None:
        """Ask for the ticket that the text names, where nothing here is it."""
        if self._named is not None and not self._named_note:
            self._named_note = self.tr("Asking for this ticket by its id…")
            self._scope.replace(self._read_named(self._named, self._question), name="read named")

    async def _read_named(self, named: NamedTicket, question: VendorQuestion | None) -> None:
        answer = await self._services.search.read_named(named)
        if question != self._question:
            return
        if answer.key is not None:
            self._named_note = ""
            self.opened.emit(answer.key)
        else:
            self._named_note = " ".join((self._not_named(named), *answer.problems))
        self._show()

    def _not_named(self, named: NamedTicket) -> str:
        if not named.accounts:
            return self.tr("No account here can be asked for a ticket by its id.")
        asked = ", ".join(account.label for account in named.accounts)
        said = self.tr("No ticket of this id at {accounts}.").format(accounts=asked)
        if named.unable:
            others = ", ".join(account.label for account in named.unable)
            said += " " + self.tr("{accounts} cannot be asked for one.").format(accounts=others)
        return said

    def _open(self, key: TicketKey) -> None:
        found = (one for answer in self._answers.values() for one in answer.tickets)
        remote = next((one for one in found if one.ticket.key == key), None)
        if remote is not None:
            self._scope.replace(self._take_in(remote), name="take in")

    async def _take_in(self, remote: RemoteTicket) -> None:
        key = await self._services.search.take_in(remote)
        answer = self._answers.get(key.account)
        if answer is not None:
            rest = tuple(one for one in answer.tickets if one.ticket.key != key)
            self._answers[key.account] = replace(answer, tickets=rest, here=answer.here + 1)
            self._show()
        self.opened.emit(key)

    # what is shown

    def _show(self) -> None:
        question = self._question
        if question is None:
            return
        lines = [
            self._line(self._answers[one.id])
            for one in self._services.search.asked(question)
            if one.id in self._answers
        ]
        looking = any(answer.progress is Progress.LOOKING for answer in self._answers.values())
        if not self._is_asked:
            when = self.tr("asked in a moment")
        elif not lines:
            when = ""
        else:
            when = self.tr("asking…") if looking else self.tr("asked just now")
        terms = hit_terms(question.text, question.filter)
        can_ask = self._is_asked and not looking and bool(lines)
        self._results.show_answers(lines, terms, when, self._notes(question), can_ask=can_ask)

    def _line(self, answer: VendorAnswer) -> AccountLine:
        account = answer.account
        vendor = self._services.accounts.vendor(account).name
        now = times.now_utc()
        return AccountLine(
            account.id,
            account.shown_mark,
            f"{vendor}, {account.label}",
            self._said(answer),
            is_looking=answer.progress is Progress.LOOKING,
            is_wrong=answer.progress is Progress.FAILED,
            tickets=tuple(_found(remote, now) for remote in answer.tickets),
            has_more=answer.progress is Progress.DONE and bool(answer.cursor),
        )

    def _said(self, answer: VendorAnswer) -> str:
        match answer.progress:
            case Progress.LOOKING:
                return self.tr("still looking…")
            case Progress.OFFLINE:
                return self.tr("cannot be reached; what is on this computer was searched")
            case Progress.FAILED:
                return answer.problem
            case _:
                pass
        count = len(answer.tickets)
        if not count and not answer.here:
            return self.tr("nothing found")
        if not count:
            return self.tr("nothing more")
        said = counted(count, self.tr("1 more, not on this computer"), self.tr("{count} more, not on this computer"))
        if answer.total is not None and answer.total > count + answer.here:
            said = self.tr("{said} (of {total} found)").format(said=said, total=f"{answer.total:,}")
        return said

    def _notes(self, question: VendorQuestion) -> str:
        search = self._services.search
        notes = [self._named_note]
        if names := search.without_search(question):
            notes.append(
                _no_search(
                    names,
                    self.tr("{vendors} has no search of its own."),
                    self.tr("{vendors} have no search of their own."),
                    self.tr("and"),
                )
            )
        if paused := search.paused(question):
            labels = ", ".join(account.label for account in paused)
            notes.append(self.tr("Paused, so not asked: {accounts}.").format(accounts=labels))
        return " ".join(note for note in notes if note)


def _no_search(names: Sequence[str], one: str, several: str, joined: str) -> str:
    if len(names) == 1:
        return one.format(vendors=names[0])
    return several.format(vendors=f"{', '.join(names[:-1])} {joined} {names[-1]}")


def _question(query: TicketQuery) -> VendorQuestion | None:
    """Return what the vendors are asked for a list; None outside a search for words."""
    if not query.text.strip():
        return None
    return VendorQuestion(query.text, query.filter, query.account, newest_first=query.sort is Sort.NEWEST)


def _found(remote: RemoteTicket, now: datetime) -> FoundTicket:
    ticket = remote.ticket
    who = ticket.requester.shown if ticket.requester is not None else ""
    at = ticket.updated_at or ticket.created_at
    return FoundTicket(ticket.key, who, ticket.subject, times.age(at, now) if at is not None else "")
