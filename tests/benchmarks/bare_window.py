"""A window of Qt's with nothing in it, measured as the program is: `python -m tests.benchmarks.bare_window JOB`."""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstPaint(QObject):
    """Notices when the first paint is through, as the program itself does."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.painted = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint and not self.painted:
            QTimer.singleShot(0, self._through)
        return super().eventFilter(watched, event)

    def _through(self) -> None:
        if not self.painted:
            self.painted = time.monotonic()
            QTimer.singleShot(0, QApplication.quit)


def main() -> None:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setWindowTitle("Bare")
    window.resize(1440, 900)
    watch = FirstPaint(window)
    window.show()
    app.exec()
    _print_figures(watch.painted)


def _print_figures(painted: float) -> None:
    # Only now: a bare window needs none of this.
    import json
    import os

    from tests.benchmarks import processes

    job = json.loads(sys.argv[1])
    told = {
        "painted": (painted - job["spawned"]) * 1000,
        "cpu": time.process_time() * 1000,
        **processes.memory(os.getpid()),
    }
    processes.print_figures(told)
    if job.get("ends_at_paint"):
        os._exit(0)


if __name__ == "__main__":
    main()
