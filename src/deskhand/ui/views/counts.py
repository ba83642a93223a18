"""What stands beside and below the names of the views: kept counts, and how long the first one has waited."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from deskhand.domain import waits
from deskhand.domain.changes import ChangeSet
from deskhand.domain.queries import Overview, Scope
from deskhand.domain.waits import Level, Unit
from deskhand.services.services import Services
from deskhand.services.views import FIRST
from deskhand.sync.tasks import TaskScope
from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.pacing import Throttle
from deskhand.ui.kit.theme import Tone

_MINUTE_MS = 60_000


class CountsPresenter(QObject):
    """Counts on the store's thread, after changes and once a minute: filters with times find other tickets by then."""

    def __init__(self, pane: AccountsPane, services: Services, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._pane = pane
        self._services = services
        self._counts: Mapping[str, int] = {}
        self._overview = Overview({}, {}, {})
        self._throttle = Throttle(self._refresh, scope, "view counts", self)
        minute = QTimer(self, interval=_MINUTE_MS)
        minute.timeout.connect(self._throttle.request)
        minute.start()

    def request(self) -> None:
        """Count again, as far as anything may have changed."""
        self._pane.own_views.set_counts(self._counts)
        self._throttle.request()

    def changed(self, changes: ChangeSet) -> None:
        """Count again after a commit."""
        if changes.tickets or changes.bulk or changes.accounts or changes.threads or changes.outbox or changes.drafts:
            self._throttle.request()

    def set_overview(self, overview: Overview) -> None:
        """Take over the counts of the built-in views."""
        self._overview = overview

    def text(self, view: str) -> str:
        """Return the count of a view as it is shown; empty where there is none."""
        count = self._counts.get(view)
        if count is None and view in tuple(Scope):
            count = self._overview.scopes.get(Scope(view))
        return figure(count) if count else ""

    async def _refresh(self) -> None:
        self._show_oldest()
        self._counts = await self._services.view_counts.refresh()
        self._pane.own_views.set_counts(self._counts)

    def _show_oldest(self) -> None:
        """Say how long the customer has waited who waits the longest: the first row of that view."""
        rows = self._services.lists.first_page(FIRST, 1)
        now, since = self._services.clock.now(), rows[0].waiting_since if rows else None
        if since is None:
            self._pane.set_oldest("", "", Tone.PLAIN)
            return
        level = waits.level(since, now, self._services.settings.wait_rules)
        tones = {Level.CALM: Tone.PLAIN, Level.WARM: Tone.WAITING, Level.HOT: Tone.WRONG}
        self._pane.set_oldest(self._oldest(since, now), self._oldest(since, now, spoken=True), tones[level])

    def _oldest(self, since: datetime, now: datetime, *, spoken: bool = False) -> str:
        number, unit = waits.in_unit(waits.waited(since, now))
        if not spoken:
            said = {
                Unit.MINUTES: self.tr("oldest {n} min"),
                Unit.HOURS: self.tr("oldest {n} h"),
                Unit.DAYS: self.tr("oldest {n} d"),
            }
        elif number == 1:
            said = {
                Unit.MINUTES: self.tr("oldest 1 minute"),
                Unit.HOURS: self.tr("oldest 1 hour"),
                Unit.DAYS: self.tr("oldest 1 day"),
            }
        else:
            said = {
                Unit.MINUTES: self.tr("oldest {n} minutes"),
                Unit.HOURS: self.tr("oldest {n} hours"),
                Unit.DAYS: self.tr("oldest {n} days"),
            }
        return said[unit].format(n=number)
