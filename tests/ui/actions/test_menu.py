"""Menus as they are drawn from the records of actions: lines only between entries."""

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from tests.helpers.narrowing import instance
from tests.helpers.ticket_views import EVERYTHING, capable, view_of

from deskhand.domain.capabilities import Feature
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_menus import TICKET_MENU
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.popup_frame import frame_rect
from deskhand.ui.kit.theme import Appearance

LINE = "-"


def record(name: str, *, shown: bool = True, **more: Any) -> Action[str]:
    return Action(name.casefold(), name, (), lambda _subject: None, shown=lambda _subject: shown, **more)


A, B, HIDDEN = record("A"), record("B"), record("Hidden", shown=False)


@pytest.fixture
def menu(qtbot) -> Menu:
    made = Menu()
    qtbot.addWidget(made)
    return made


def entries(menu: Menu) -> list[str]:
    return [LINE if one.isSeparator() else one.text() for one in menu.actions()]


@pytest.mark.parametrize(
    ("records", "shown"),
    [
        ((A, None, B), ["A", LINE, "B"]),
        ((None, A), ["A"]),
        ((A, None), ["A"]),
        ((A, None, None, B), ["A", LINE, "B"]),
        ((HIDDEN, None, A), ["A"]),
        ((A, None, HIDDEN), ["A"]),
        ((A, None, HIDDEN, None, B), ["A", LINE, "B"]),
        ((None,), []),
        ((HIDDEN, None, HIDDEN), []),
    ],
)
def test_a_line_stands_only_between_two_entries(
    menu: Menu, records: Sequence[Action[str] | None], shown: list[str]
) -> None:
    fill_menu(menu, records, "", lambda _chosen: None)
    assert entries(menu) == shown


def test_a_menu_of_choices_below_an_entry_follows_the_same_rule(menu: Menu) -> None:
    below = record("Below", icon="route", has_choices=True, choices=lambda _subject: (HIDDEN, None, A))
    fill_menu(menu, (below,), "", lambda _chosen: None)
    assert entries(instance(menu.actions()[0].menu(), Menu)) == ["A"]


ROUTERS = (("r1", "Tier 2"),)


@pytest.mark.parametrize(
    ("can", "behind_the_links"),
    [
        (EVERYTHING, [LINE, "Dispatch to a router", "Archive …"]),
        (EVERYTHING - {Feature.DISPATCH}, [LINE, "Archive …"]),
        (EVERYTHING - {Feature.ARCHIVE}, [LINE, "Dispatch to a router"]),
        (EVERYTHING - {Feature.DISPATCH, Feature.ARCHIVE}, []),
    ],
)
def test_what_only_some_vendors_can_stands_below_a_line_in_the_menu_of_a_ticket(
    menu: Menu, can: frozenset[Feature], behind_the_links: list[str]
) -> None:
    fill_menu(menu, TICKET_MENU, Selection(view_of(capabilities=capable(can, routers=ROUTERS))), lambda _chosen: None)
    shown = entries(menu)
    assert shown[shown.index("Open in the browser") + 1 :] == behind_the_links


def test_names_of_vendors_are_shown_as_they_are(menu: Menu) -> None:
    named = record("{name}", values={"name": "Tools & {more}"})
    fill_menu(menu, (named,), "", lambda _chosen: None)
    (entry,) = menu.actions()
    assert instance(entry, QAction).text() == "Tools && {more}"


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_an_icon_stands_off_the_edge_of_the_menu(menu: Menu, light: Appearance, direction: Qt.LayoutDirection) -> None:
    menu.setLayoutDirection(direction)
    fill_menu(menu, (record("A", icon="mail"),), "", lambda _chosen: None)
    menu.resize(menu.sizeHint())
    shot = menu.grab().toImage()
    is_mirrored = direction is Qt.LayoutDirection.RightToLeft
    inside = frame_rect(menu)
    rows = range(inside.top() + 6, inside.bottom() - 6)

    def is_inked(off_edge: int) -> bool:
        x = inside.right() - off_edge if is_mirrored else inside.left() + off_edge
        return any(shot.pixelColor(x, y).lightness() < 200 for y in rows)

    inked = (off_edge for off_edge in range(3, inside.width() - 3) if is_inked(off_edge))
    assert 10 <= next(inked) <= 16
