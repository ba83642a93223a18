"""What Later does in the window: to the open ticket, after which the list goes on, or to all that are selected."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.ids import TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.tickets import State
from deskhand.services.later import Before, LaterPlan
from deskhand.services.services import Services
from deskhand.services.ticket_actions import choice_for_state, to_state
from deskhand.services.tickets import TicketView
from deskhand.services.undo_steps import LaterPart, pin_step, step
from deskhand.ui.actions.keymap import IN_FORCE
from deskhand.ui.actions.later_actions import LATER
from deskhand.ui.actions.selection import Selection
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.figures import counted
from deskhand.ui.kit.strip import Offer
from deskhand.ui.kit.theme import Tone
from deskhand.ui.later.popup import LaterPopup
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.palette.entries import Entry
from deskhand.ui.ticket.changes import Changes
from deskhand.ui.undo.presenter import UndoPresenter

_SETTING = "later"
"""The name of the tasks that change it."""


class LaterPresenter(QObject):
    """Opens the popup, puts away, reminds, brings back, pins.

    Args:
        place: the popup opens over its upper part.
        banner: says at the open ticket that it is away or back.
    """

    def __init__(
        self,
        place: QWidget,
        banner: Banner,
        changes: Changes,
        undo: UndoPresenter,
        status: StatusLine,
        services: Services,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._place = place
        self._banner = banner
        self._changes = changes
        self._undo = undo
        self._status = status
        self._services = services
        later = services.later
        self._popup = LaterPopup(later.read, later.effect, later.at_day, later.today, window)
        self._popup.chosen.connect(self._chosen)
        self._keys: tuple[TicketKey, ...] = ()
        self._goes_on = False
        self._shown: TicketView | None = None
        banner.acted.connect(self._take_shown_back)

    # --- by an action ---

    def open(self, meant: Selection, *, stays: bool = False) -> None:
        """Let the agent type or choose a time for what is meant."""
        later, view = self._services.later, meant.ticket if meant.several is None else None
        self._keys, self._goes_on = _keys(meant), view is not None and not stays
        if not self._keys:
            return
        more = () if stays or view is None else self._vendor_entry(view)
        mark = view.later if view is not None else None
        reason = None if view is None else mark.reason if mark is not None else ""
        self._popup.set_up(
            later.choices(self._keys), later.where(view), more, keep=later.keep, stays=stays, reason=reason
        )
        self._popup.open_over(self._place)

    def as_last_time(self, meant: Selection) -> None:
        """Put away what is meant until the time that was chosen last."""
        self._keys, self._goes_on = _keys(meant), meant.several is None
        if why := self._services.later.why_not_as_last_time(self._keys):
            self._status.show_message(why)
        elif (last := self._services.later.last) is not None and self._keys:
            self._chosen(last)

    def take_back(self, meant: Selection) -> None:
        """Let what is meant be in its lists again, without a mark."""
        self._start(self._services.later.take_back, _keys(meant), self.tr("Taken out of Later"))

    def for_an_hour(self, key: TicketKey) -> None:
        """Put a ticket away for an hour, or until its customer writes again: what a notification's button does."""
        plan = self._services.later.for_an_hour()
        self._start(lambda keys: self._services.later.put_away(keys, plan), (key,), self._services.later.effect(plan))

    def toggle_pin(self, meant: Selection) -> None:
        """Pin what is meant; where all of it is pinned, take the pins away."""
        keys = _keys(meant)
        was = {row.key: row.is_pinned for row in self._services.lists.rows(keys)}
        self._undo.start(self._pin(was, pinned=not all(was.values())), name=_SETTING)

    async def _pin(self, was: Mapping[TicketKey, bool], *, pinned: bool) -> None:
        await self._services.later.set_pinned(tuple(was), pinned=pinned)
        self._undo.did(pin_step(was, pinned=pinned))

    # --- what the open ticket says ---

    def show_mark(self, view: TicketView) -> None:
        """Say that the open ticket is away, or that it is back and why it was away."""
        self._shown = view
        mark = view.later
        if mark is None or (mark.back_at is not None and _is_done_here(view)):
            self._banner.clear()
            return
        is_back = mark.back_at is not None
        more = (
            Offer(self.tr("Tomorrow"), self._until_tomorrow),
            Offer(self.tr("Later …"), lambda: self.open(Selection(view)), IN_FORCE.first_key(LATER)),
        )
        self._banner.show_notice(
            self._mark_text(mark),
            Tone.ACCENT if is_back else Tone.PLAIN,
            action=self.tr("Take out of Later"),
            more=more if is_back else (),
            icon="alarm-clock",
        )

    def _mark_text(self, mark: LaterMark) -> str:
        later = self._services.later
        if mark.back_at is not None:
            said = self.tr("Back since {when}.").format(when=later.in_full(mark.back_at))
        else:
            said = later.effect(LaterPlan(mark.until, keep=mark.keep, stays=mark.stays))
        if mark.replies:
            said += f" {wording.replies(mark.replies)}."
        return said + (" " + self.tr("You wrote: “{reason}”").format(reason=mark.reason) if mark.reason else "")

    def _take_shown_back(self) -> None:
        if self._shown is not None:
            self.take_back(Selection(self._shown))

    def _until_tomorrow(self) -> None:
        if self._shown is not None:
            later = self._services.later
            self._keys, self._goes_on = (self._shown.ticket.key,), True
            self._chosen(LaterPlan(later.at_day(later.today() + timedelta(days=1)), keep=later.keep))

    # --- what is done ---

    def _vendor_entry(self, view: TicketView) -> Sequence[Entry]:
        """Return the vendor's own snoozed state, as what it is, where it has one."""
        if choice_for_state(view.ticket, view.capabilities, State.SNOOZED) is None:
            return ()
        title = self.tr("“Snoozed” at {vendor}").format(vendor=view.vendor.name)
        detail = self.tr("a state there, without a time; colleagues see it")
        return (Entry(title, detail, run=lambda: self._changes.apply(to_state(State.SNOOZED).decide)),)

    def _chosen(self, plan: LaterPlan) -> None:
        said = self._services.later.effect(plan)
        if len(self._keys) > 1:
            said = f"{counted(len(self._keys), '', self.tr('{count} tickets.'))} {said}"
        self._start(lambda keys: self._services.later.put_away(keys, plan), self._keys, said)
        if self._goes_on and not plan.stays:
            self._changes.closed.emit(self._keys[0])

    def _start(self, do: Callable[..., object], keys: tuple[TicketKey, ...], said: str) -> None:
        async def run() -> None:
            before: Before = await do(keys)  # type: ignore[misc]
            after = await self._services.later.before(keys)
            self._undo.did(step(said.removesuffix("."), (LaterPart(before, after),)))

        self._undo.start(run(), name=_SETTING)


def _keys(meant: Selection) -> tuple[TicketKey, ...]:
    if meant.several is not None:
        return meant.several.meant
    return (meant.ticket.ticket.key,) if meant.ticket is not None else ()


def _is_done_here(view: TicketView) -> bool:
    """Tell whether the agent has just closed it: the mark goes with that (`store.rows.project_row`)."""
    return view.ticket.state.is_done and not view.confirmed.state.is_done
