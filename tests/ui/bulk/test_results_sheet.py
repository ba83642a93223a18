"""The results of a change of several, as they are told."""

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskhand.domain.bulk_runs import BulkOutcome
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.ui.bulk.results_sheet import ResultLine, ResultsSheet


def sheet_of(qtbot: QtBot, outcomes: Sequence[BulkOutcome]) -> ResultsSheet:
    made = ResultsSheet("Closing", None, aside=False)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.set_lines(
        [
            ResultLine(TicketKey(AccountId("a"), f"t{n}"), f"Ticket {n}", outcome, "Said.")
            for n, outcome in enumerate(outcomes)
        ]
    )
    return made


def test_one_of_a_kind_is_told_as_one(qtbot: QtBot) -> None:
    once = sheet_of(qtbot, tuple(BulkOutcome))
    assert once.counts == "1 done · 1 on the way · 1 paused · 1 needs you · 1 left as it is · 1 skipped"
    twice = sheet_of(qtbot, (*BulkOutcome, *BulkOutcome))
    assert twice.counts == "2 done · 2 on the way · 2 paused · 2 need you · 2 left as they are · 2 skipped"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [(BulkOutcome.UNDERWAY, "it goes on"), (BulkOutcome.PAUSED, "Nothing more leaves until you go on.")],
)
def test_what_happens_when_it_is_closed_is_told_as_it_is(qtbot: QtBot, outcome: BulkOutcome, said: str) -> None:
    texts = " ".join(one.text() for one in sheet_of(qtbot, (BulkOutcome.DONE, outcome)).findChildren(QLabel))
    assert said in texts
    assert ("it goes on" in texts) is (outcome is BulkOutcome.UNDERWAY)
