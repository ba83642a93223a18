"""An outbox that has more in it than is shown says so."""

from deskhand.domain.ids import CommandId
from deskhand.ui.outbox.outbox_dialog import OutboxDialog, OutboxLine

WAITS = OutboxLine(CommandId("1"), "state change: Closed", "Retail EU · t1", "waiting to be sent", "now")


def test_how_many_more_wait_is_said_while_there_are_more(qtbot):
    dialog = OutboxDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_lines([WAITS], more=312)
    assert dialog.more == "312 more wait for their turn."
    dialog.set_lines([WAITS], more=1)
    assert dialog.more == "One more waits for its turn."
    dialog.set_lines([WAITS])
    assert dialog.more == ""
