"""The question before something is done to many, or cannot be undone: what happens at each account."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from deskhand.domain import wording
from deskhand.domain.ids import AccountId
from deskhand.services.bulk_plan import CONFIRM_ABOVE, BulkPlan, PlannedPart
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_icon
from deskhand.ui.kit.icon_label import IconLabel
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, Tone, tone_text
from deskhand.ui.list.row_text import AccountTag

_MARK = 22


class PlanSheet(Sheet):
    """Lists what happens per account; the safe answer has the focus.

    Args:
        verb: what the change is called ("Close").
        tags: how the accounts are marked.

    Signals:
        confirmed: what is to be carried out (`BulkPlan`): all of it, or what can be undone.
    """

    confirmed = Signal(object)

    def __init__(self, plan: BulkPlan, verb: str, tags: Mapping[AccountId, AccountTag], parent: QWidget) -> None:
        self._plan, self._tags = plan, tags
        tickets = wording.tickets(plan.changing)
        super().__init__(
            self.tr("{verb} {tickets}?").format(verb=verb, tickets=tickets), parent, width=560, scrolls=True
        )
        why = self._why()
        self.body.addWidget(label(why, tone=Tone.PLAIN, wrap=True))
        said = [why]
        for part in plan.parts:
            self.body.addWidget(self._row(part))
            said.append(f"{part.label}, {wording.tickets(part.count)}: {self._becomes(part)}")
        for line in plan.left_lines:
            self.body.addWidget(label(line, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        self.setAccessibleDescription(". ".join((*said, *plan.left_lines)))
        self._add_answers(verb)

    def _why(self) -> str:
        if self._plan.final == 1:
            return self.tr("Asked because one of them cannot be undone from here.")
        if self._plan.final:
            return self.tr("Asked because {count} of them cannot be undone from here.").format(count=self._plan.final)
        if self._plan.changing <= CONFIRM_ABOVE and self._plan.left_out:
            return self.tr("Asked because some of it is left out.")
        if self._plan.answers:
            return self.tr("Asked because customers get a reply.")
        return self.tr("Asked because it changes more than {count} tickets.").format(count=CONFIRM_ABOVE)

    def _becomes(self, part: PlannedPart) -> str:
        if part.no_way_back:
            return self.tr("{done} for good: {reason}").format(done=part.done, reason=part.no_way_back)
        if part.answers:
            return self.tr("{done}; the reply can be taken back until it leaves").format(done=part.done)
        return self.tr("{done}, can be undone").format(done=part.done)

    def _row(self, part: PlannedPart) -> QFrame:
        row = QFrame()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(0)
        tag = self._tags.get(part.account)
        tile = IconLabel(QIcon() if tag is None else account_icon(tag.mark), size=_MARK)
        grid.addWidget(tile, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        whose = self.tr("{count} {account}").format(count=part.count, account=part.label)
        grid.addWidget(label(whose, role=Role.MEDIUM, wrap=True), 0, 1)
        grid.addWidget(label(part.vendor, role=Role.SMALL, tone=Tone.PLAIN), 1, 1)
        becomes = self._becomes(part)
        grid.addWidget(label(becomes[:1].upper() + becomes[1:], wrap=True), 0, 2, 2, 1)
        name, tone = ("triangle-alert", Tone.WAITING) if part.no_way_back else ("undo-2", Tone.GOOD)
        sign = IconLabel(icons.icon(name, ink=lambda theme: tone_text(theme, tone)))
        grid.addWidget(sign, 0, 3, 2, 1)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        return row

    def _add_answers(self, verb: str) -> None:
        plan = self._plan
        kept = plan.changing - plan.final
        everything = f"{verb} {wording.tickets(plan.changing)}"
        if not plan.final:
            self.add_button(self.tr("Cancel"), self.reject)
            self.add_button(everything, lambda: self._confirm(plan), kind="primary", default=True).setFocus()
            return
        cancel = self.add_button(self.tr("Cancel"), self.reject, default=not kept)
        if not kept:
            self.add_button(everything, lambda: self._confirm(plan), kind="danger")
            cancel.setFocus()
            return
        all_of_it = self.tr("{verb} all {count}").format(verb=verb, count=plan.changing)
        self.add_button(all_of_it, lambda: self._confirm(plan), kind="danger")
        safe = self.tr("{verb} {count}, leave {left} open").format(verb=verb, count=kept, left=plan.final)
        button: QPushButton = self.add_button(
            safe, lambda: self._confirm(plan.without_final()), kind="primary", default=True
        )
        button.setFocus()

    def _confirm(self, plan: BulkPlan) -> None:
        self.accept()
        self.confirmed.emit(plan)
