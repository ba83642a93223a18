"""A program with nothing but Deskhand's tray: says what its menu asked for, and sets the number on the task bar."""

import sys

from PySide6.QtCore import QTimer

from deskhand.domain.queries import Scope
from deskhand.ui.app import get_application
from deskhand.ui.notifications.tray import Tray, TrayState


def main() -> None:
    app = get_application()
    tray = Tray(app)
    tray.set_state(
        TrayState(count=14, counted="My open", views=((Scope.MINE_OPEN, "My open", 14),), outbox_decisions=1, waiting=2)
    )
    tray.set_wanted(True)
    tray.quit_requested.connect(app.quit)
    tray.open_requested.connect(lambda: print("open", flush=True))
    tray.pause_requested.connect(lambda how: print(how, flush=True))
    QTimer.singleShot(0, app, lambda: print("there" if tray.is_there else "no tray", flush=True))
    QTimer.singleShot(0, app, lambda: app.setBadgeNumber(14))
    sys.exit(app.exec())


if __name__ == "__main__":
    main()
