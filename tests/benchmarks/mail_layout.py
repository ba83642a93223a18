"""How long the window's thread is busy with mail made to stop it: `python -m tests.benchmarks.mail_layout JOB`.

Every document is sanitized, shown at 620 px, shown again at 500 px, and looked through, each with painting what is in view. Fonts are
opened before: that happens once in a process, whoever writes. The figures are CPU time of the thread, which waits for nothing.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from tests.benchmarks.processes import print_figures
from tests.helpers.expensive_mail import Document, documents

from deskhand.content.sanitize import Sanitized, sanitize, sanitize_plain
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import LIGHT
from deskhand.ui.ticket.message_body import MessageBody
from deskhand.ui.ticket.message_document import MessageDocument

WIDTH, NARROW, VIEW = 620, 500, 900


class Viewer:
    """Shows one body after the other, as a card does."""

    def __init__(self) -> None:
        self._app = QApplication.instance() or QApplication(["mail_layout"])
        assert isinstance(self._app, QApplication)
        self._font = fonts_for(self._app.font()).body
        self._host = QWidget()
        self._screen = QImage(WIDTH, VIEW, QImage.Format.Format_ARGB32_Premultiplied)

    def times(self, document: Document) -> dict[str, float]:
        """Return the milliseconds of each step."""
        found: dict[str, float] = {}
        sanitized = _timed(
            found, "sanitized", lambda: sanitize(document.body) if document.html else sanitize_plain(document.body)
        )
        body = _timed(found, "shown", lambda: self._show(sanitized))
        _timed(found, "resized", lambda: self._paint(body, NARROW))
        _timed(found, "searched", lambda: self._search(body, sanitized))
        body.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return found

    def _show(self, sanitized: Sanitized) -> MessageBody:
        document = MessageDocument(self._font, LIGHT)
        document.show_html(sanitized.html)
        body = MessageBody(document, "", self._host)
        self._paint(body, WIDTH)
        return body

    def _search(self, body: MessageBody, sanitized: Sanitized) -> None:
        body.highlight(next((letter for letter in sanitized.text[:2_000] if letter.isalnum()), "x"))
        body.found_rect(0)
        self._paint(body, NARROW)

    def _paint(self, body: MessageBody, width: int) -> None:
        body.resize(width, min(VIEW, max(1, body.lay_out(width))))
        body.render(self._screen)


def _timed(found: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    began = time.thread_time()
    result = work()
    found[name] = (time.thread_time() - began) * 1_000
    return result


def _run(job: dict[str, Any]) -> None:
    viewer = Viewer()
    chosen = list(documents())[:: job["every"]]
    for document in chosen:
        viewer.times(Document("fonts", document.body[-400:], html=False))
    worst = dict.fromkeys(("sanitized", "shown", "resized", "searched"), (0.0, ""))
    for document in chosen:
        best = viewer.times(document)
        for _ in range(job["rounds"] - 1):  # the best of a few: what else the machine does is not the document's doing
            best = {name: min(best[name], value) for name, value in viewer.times(document).items()}
        for name, value in best.items():
            worst[name] = max(worst[name], (value, document.name))
    print_figures({"documents": len(chosen), "worst": worst})


if __name__ == "__main__":
    _run(json.loads(sys.argv[1]))
