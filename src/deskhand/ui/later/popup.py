"""Where a time is typed or chosen: the first line says in full what Enter does."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from deskhand.services.later import LONGEST_REASON, LaterChoice, LaterPlan
from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.popup_frame import frame_rect
from deskhand.ui.kit.theme import Tone
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.later.calendar_popup import CalendarPopup
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.entries import Entry

if TYPE_CHECKING:
    from deskhand.content.typed_time import Answer

_WIDTH, _HEIGHT = 400, 440


def _tr(text: str) -> str:
    return QCoreApplication.translate("LaterPopup", text)


class LaterPopup(ChoicePopup):
    """A line for a time over a list of times; a reason; whether a reply brings the tickets back.

    What is typed wins over the list. Where it can be read in two ways, has passed or is not understood, that is said, nothing is
    marked, and Enter does nothing until the arrows or the pointer have chosen.

    Signals:
        chosen: what is wished for (LaterPlan).

    Args:
        read: returns what a typed time means.
        effect: returns what a plan does, as a sentence.
        at_day: returns when the working day begins on a day.
        today: returns the day that it is.
    """

    chosen = Signal(object)

    def __init__(
        self,
        read: Callable[[str], "Answer"],
        effect: Callable[[LaterPlan], str],
        at_day: Callable[[date], datetime],
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        self._read, self._effect, self._at_day, self._today = read, effect, at_day, today
        self._calendar: CalendarPopup | None = None
        self._choices: tuple[LaterChoice, ...] = ()
        self._more: tuple[Entry, ...] = ()
        self._moments: dict[str, datetime | None] = {}
        self._stays = False
        self._keeps_reasons = True
        self._problem = ""
        super().__init__(_tr("Later"), _tr("When: tue 9, in 3h, volgende week"), self._fitting, self._sentence, parent)
        self._keep = TickBox(_tr("Keep it away even if they reply"), self)
        self._keep.toggled.connect(lambda _on: self._show_hint())
        self._reason = QLineEdit(self)
        self._reason.setAccessibleName(_tr("Reason"))
        self._reason.setMaxLength(LONGEST_REASON)
        self._reason.setPlaceholderText(_tr("Why, for yourself (shown when it comes back)"))
        self._where = label("", self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._where.setContentsMargins(4, 0, 4, 2)
        column = self.layout()
        assert column is not None
        for part in (self._reason, self._keep, self._where):
            column.addWidget(part)
        QWidget.setTabOrder(self._line, self._reason)
        QWidget.setTabOrder(self._reason, self._keep)
        self.set_frame_size(_WIDTH, _HEIGHT)

    def set_up(
        self,
        choices: Sequence[LaterChoice],
        where: str,
        more: Sequence[Entry],
        *,
        keep: bool,
        stays: bool,
        reason: str | None = None,
    ) -> None:
        """Offer these times, before it opens.

        Args:
            where: who will know of it.
            more: what else is offered, behind the times.
            keep: whether a reply is not to bring them back, as long as the agent does not say otherwise.
            stays: it is for a reminder: the tickets stay in their lists.
            reason: why the ticket is away now; None = there are several, each keeps its own unless another one is typed.
        """
        self._stays = stays
        self._choices = tuple(one for one in choices if one.until is not None or not stays)
        self._more = tuple(more)
        name = _tr("Remind me") if stays else _tr("Later")
        self.setAccessibleName(name)
        self.setWindowTitle(name)
        self._keep.setVisible(not stays)
        self._keep.setChecked(keep)
        self._keeps_reasons = reason is None
        self._reason.setText(reason or "")
        self._where.setText(where)

    def _fitting(self, text: str) -> list[Entry]:
        self._problem = ""
        self._moments = {}
        if not text:
            another = Entry(_tr("Another day…"), _tr("choose it in a calendar"), run=self._open_calendar)
            return [*map(self._choice, self._choices), another, *self._more]
        answer = self._read(text)
        self._problem = answer.problem
        return [self._entry(one.text, "", one.when) for one in answer.readings]

    def _choice(self, one: LaterChoice) -> Entry:
        return self._entry(one.title, one.detail, one.until, one.problem)

    def _entry(self, title: str, detail: str, until: datetime | None, problem: str = "") -> Entry:
        self._moments[title] = until
        run: Callable[[], object] = partial(self._take, until)
        return Entry(title, detail, reason=problem, run=run)

    def _open_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = CalendarPopup(_tr("Another day"), self)
            self._calendar.picked.connect(lambda day: self._take(self._at_day(day)))
        self._calendar.open_from(self._today(), self.mapToGlobal(frame_rect(self).topLeft()))

    def _take(self, until: datetime | None) -> None:
        self.chosen.emit(self._plan(until))

    def _plan(self, until: datetime | None) -> LaterPlan:
        keep = self._keep.isChecked() and until is not None and not self._stays
        reason = self._reason.text()
        return LaterPlan(until, None if self._keeps_reasons and not reason else reason, keep=keep, stays=self._stays)

    def _fill(self) -> None:
        super()._fill()
        if self._problem:
            self._list.mark_none()

    def _sentence(self, entry: Entry | None) -> str:
        """Return what Enter does, or why it does nothing."""
        if entry is None:
            return f"{self._problem} {_tr('Down chooses one.')}" if self._list.entries else self._problem
        if entry.reason or entry.title not in self._moments:
            return entry.reason or entry.detail
        return self._effect(self._plan(self._moments[entry.title]))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):  # also in the reason, and at the box
            self._choose()
        else:
            super().keyPressEvent(event)
