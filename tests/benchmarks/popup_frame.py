"""What the frame of a popup costs each time it is painted: `python -m tests.benchmarks.popup_frame JOB`.

Compared with the ground alone, one filled rectangle of the same size. CPU time of the thread, on an image in memory.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from tests.benchmarks.figures import summary
from tests.benchmarks.processes import print_figures

from deskhand.ui.kit import popup_frame
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.kit.tokens import LIGHT

SIZES = {"menu": QSize(240, 400), "sheet": QSize(584, 724)}
RATIOS = (1.0, 1.25, 2.0)


class _Window(QWidget):
    """A window on a screen with a ratio of its own."""

    ratio = 1.0

    def devicePixelRatioF(self) -> float:  # noqa: N802 - Qt's
        return self.ratio


def measure(rounds: int) -> dict[str, Any]:
    """Return milliseconds by size and ratio: the frame, the ground alone, and the picture that is made once."""
    app = QApplication(["popup_frame"])
    Appearance(app, Choice.LIGHT)
    window = _Window()
    found: dict[str, Any] = {"made": {}}
    for ratio in RATIOS:
        window.ratio = ratio
        popup_frame._picture.cache_clear()
        found["made"][f"{ratio:g}"] = _timed(partial(popup_frame._picture, LIGHT, ratio), 1)["p50"]
        for name, size in SIZES.items():
            window.resize(size)
            image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            with QPainter(image) as painter:
                frame = _timed(partial(popup_frame.paint_frame, window, painter), rounds)
                ground = _timed(partial(painter.fillRect, window.rect(), QColor(LIGHT.raised)), rounds)
            found[f"{name} {ratio:g}"] = {"frame": frame, "ground": ground}
    return found


def _timed(work: Callable[[], object], rounds: int) -> dict[str, float]:
    taken = []
    for _ in range(rounds):
        began = time.thread_time()
        work()
        taken.append(time.thread_time() - began)
    return summary(taken)


if __name__ == "__main__":
    print_figures(measure(json.loads(sys.argv[1])["rounds"]))
