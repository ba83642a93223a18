"""How long a body takes to lay out: the window's own document, without a window."""

import time
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from deskhand.content.safehtml import SafeHtml
from deskhand.domain.problems import NoDisplay
from deskhand.ui import display
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import LIGHT
from deskhand.ui.ticket import message_pictures
from deskhand.ui.ticket.message_document import MessageDocument

WIDTH = 620
"""Pixels of the column."""


def lay_out(
    html: SafeHtml, pictures: Mapping[int, bytes], blind: Callable[[NoDisplay], None]
) -> tuple[Iterable[int], float]:
    """Lay a body out. Starts Qt where nobody has.

    Args:
        pictures: the bytes of those that come with the body.
        blind: told why Qt cannot start; the process ends then.

    Returns:
        The indexes of the pictures that could be shown, and the seconds that parsing and layout took.
    """
    app = QCoreApplication.instance() or display.report_fatal_qt_messages(lambda: QGuiApplication(["deskhand"]), blind)
    assert isinstance(app, QGuiApplication)
    font = fonts_for(app.font()).body
    decoded = message_pictures.decode_all(dict(pictures))
    first = MessageDocument(font, LIGHT)  # fonts are opened at their first use; the window has them open
    first.show_text("a")
    first.lay_out(WIDTH)
    began = time.perf_counter()
    document = MessageDocument(font, LIGHT, decoded)
    document.show_html(html)
    document.lay_out(WIDTH)
    return list(decoded), time.perf_counter() - began
