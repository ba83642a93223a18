"""A row of a search marks what was found and shows it in sight, in every density and direction of writing, and says it to a screen reader."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.ui_rows import NOW, Source, key, now, row
from typing_extensions import override

from deskhand.domain.excerpts import Excerpt, HitPlace
from deskhand.domain.filters.hit_marks import hit_terms
from deskhand.ui.kit.theme import Appearance, theme_of
from deskhand.ui.list.row_metrics import Density
from deskhand.ui.list.ticket_list import TicketList

MESSAGE = Excerpt(HitPlace.MESSAGE, "the refund was ordered the same day", True, "You", True, NOW - timedelta(days=9), "m1")  # fmt: skip
ARABIC = Excerpt(HitPlace.MESSAGE, "قالت العميلة إن refund لم يصل بعد إلى الحساب", False, "ليلى", False, NOW)


@pytest.fixture
def tickets(qtbot: QtBot, light: Appearance) -> TicketList:
    made = TicketList(now=now)
    made.resize(400, 300)
    made.show_source(Source([row(1, "Refund of the lamp"), row(2, "Two parcels", who="Refund Desk"), row(3, "Other")]))
    made.set_outline(
        Source([row(1, "Refund of the lamp"), row(2, "Two parcels", who="Refund Desk"), row(3, "Other")]).outline()
    )
    qtbot.addWidget(made)
    made.show()
    return made


def look_for(tickets: TicketList, text: str, **found: Excerpt) -> None:
    hits = tickets.model.hits
    hits.begin(hit_terms(text))
    hits.put([key(1), key(2), key(3)], {key(int(name[1:])): one for name, one in found.items()})
    tickets.draw_again()


def marked_places(tickets: TicketList, number: int) -> int:
    """Return how many pixels of a row have the ground of a found term."""
    image: QImage = tickets.grab().toImage()
    ground = QColor(theme_of(tickets.palette()).hit)
    height = tickets.view.rowHeight(0)
    top = tickets.view.mapTo(tickets, tickets.view.viewport().pos()).y() + number * height
    return sum(
        image.pixelColor(x, y) == ground
        for y in range(top, min(top + height, image.height()))
        for x in range(image.width())
    )


@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("excerpt", [MESSAGE, ARABIC])
def test_what_was_found_is_marked_in_each_row(
    tickets: TicketList, density: Density, direction: Qt.LayoutDirection, excerpt: Excerpt
) -> None:
    tickets.resize(900 if density is Density.COLUMNS else 400, 300)
    tickets.setLayoutDirection(direction)
    tickets.table.set_density(density)
    look_for(tickets, "refund", r3=excerpt)
    assert all(marked_places(tickets, n) > 20 for n in range(3))
    look_for(tickets, "")
    assert not any(marked_places(tickets, n) for n in range(3))


def test_the_found_term_is_seen_however_narrow_the_row_is(tickets: TicketList) -> None:
    far = Excerpt(
        HitPlace.MESSAGE,
        "everything that came on the same Monday refund and more",
        True,
        "A Very Long Name Of Somebody",
    )
    tickets.resize(290, 300)
    look_for(tickets, "refund", r3=far)
    assert marked_places(tickets, 2) > 20


def test_nothing_stands_in_an_excerpts_place_until_it_is_read(tickets: TicketList) -> None:
    tickets.model.hits.begin(hit_terms("refund"))
    tickets.draw_again()
    assert not tickets.model.hits.is_read(key(3))
    assert "Found in" not in said(tickets, 2)


def said(tickets: TicketList, number: int) -> str:
    model = tickets.model
    return str(model.data(model.index(number, 0), Qt.ItemDataRole.AccessibleTextRole))


def test_a_screen_reader_hears_where_it_is(tickets: TicketList) -> None:
    look_for(
        tickets,
        "refund",
        r1=MESSAGE,
        r2=Excerpt(HitPlace.ATTACHMENT, "refund-form 0312.pdf"),
        r3=Excerpt(HitPlace.NOTE, "no refund here", by="Piotr Z."),
    )
    assert "Found in You, " in said(tickets, 0)
    assert ": …the refund was ordered the same day" in said(tickets, 0)
    assert "Found in attachment's name: refund-form 0312.pdf" in said(tickets, 1)
    assert "Found in note, Piotr Z.: no refund here" in said(tickets, 2)


class Painted(QObject):
    """Which parts of a widget are painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.rows: list[QRect] = []
        widget.installEventFilter(self)

    def is_through(self) -> bool:
        """Tell whether nothing was painted since this was asked last."""
        before, self.rows = self.rows, []
        QApplication.processEvents()
        return bool(before) and not self.rows

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.rows.append(event.region().boundingRect())
        return super().eventFilter(watched, event)


def test_only_rows_whose_excerpts_came_are_painted_again(tickets: TicketList, qtbot: QtBot) -> None:
    source = Source([row(number, "Refund") for number in range(100)])
    tickets.show_source(source)
    tickets.set_outline(source.outline())
    look_for(tickets, "refund")
    painted = Painted(tickets.view.viewport())
    qtbot.waitUntil(painted.is_through)
    hits, far = tickets.model.hits, key(90)
    hits.put([key(1), far], {key(1): MESSAGE, far: MESSAGE})
    tickets.draw_again({far})
    tickets.draw_again({key(1)})
    qtbot.waitUntil(lambda: bool(painted.rows))
    height = tickets.view.rowHeight(0)
    assert all(place.top() >= height and place.bottom() < 2 * height for place in painted.rows)
    assert marked_places(tickets, 1) > marked_places(tickets, 0)
    tickets.view.go_to(90)
    assert marked_places(tickets, 90 - tickets.view.visible_rows().start) > 20
