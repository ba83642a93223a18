"""The table of actions: whatever a key or a menu does stands in it, and nowhere else."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut

import deskhand.ui
from deskhand.ui.actions.action import Action, Group, Takes
from deskhand.ui.actions.message_actions import MESSAGE
from deskhand.ui.actions.reply_box_actions import REPLY_BOX
from deskhand.ui.actions.table import ACCOUNT, MENUS_ONLY, VIEW, WINDOW, ids
from deskhand.ui.composer.composer import Composer

UI = Path(deskhand.ui.__file__).parent
EVERY: tuple[Action[Any], ...] = (*WINDOW, *MENUS_ONLY, *ACCOUNT, *VIEW, *REPLY_BOX, *MESSAGE)

BINDS_KEYS = {
    "actions/shortcuts.py": "binds keys to actions: the one place",
    "actions/menu.py": "shows them beside titles",
    "bulk/reply_all_sheet.py": "goes through the answers that it previews",
    "settings/undo_key.py": "takes back a choice in a window whose choices hold at once",
}
"""Who has to do with keys, and how."""

FILLS_MENUS = {
    "actions/menu.py": "draws the actions",
    "composer/send_button.py": "the vendor's states to choose from",
    "list/order_menu.py": "orders and groups to choose from",
    "list/filter_button.py": "values to filter by, and the ways to more of them",
    "list/filter_menu.py": "values to filter by",
    "list/selection.py": "states and priorities to choose from",
    "notifications/tray.py": "views and accounts with their counts, outside of the window",
}
"""Who else puts entries into menus, and what they are: values that are chosen, not actions."""


def calls(names: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the modules of the window that call something of these names, and the name."""
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                if name in names:
                    yield path.relative_to(UI).as_posix(), name


def test_keys_are_bound_in_one_place() -> None:
    assert {module for module, _ in calls({"QShortcut", "setShortcut", "setShortcuts"})} == set(BINDS_KEYS)


def test_menus_are_filled_from_the_table_or_with_values_to_choose() -> None:
    assert {module for module, _ in calls({"QAction", "addAction"})} == set(FILLS_MENUS)


def test_every_action_has_an_id_and_every_key_means_one_thing_in_its_place() -> None:
    every = [one.id for one in EVERY]
    assert Counter(every).most_common(1)[0][1] == 1
    assert ids() == set(every)
    for keys in ([key for one in WINDOW for key in one.keys], [key for one in REPLY_BOX for key in one.keys]):
        assert Counter(keys).most_common(1)[0][1] == 1


def test_every_action_has_a_title_that_is_whole() -> None:
    titles = [one.title for one in EVERY]
    assert all(title and "{" not in title for title in titles)


def test_what_is_done_to_an_account_a_message_or_in_the_reply_box_says_so() -> None:
    assert {one.group for one in ACCOUNT} == {Group.ACCOUNT}
    assert {one.group for one in MESSAGE} == {Group.MESSAGE}
    assert {one.group for one in REPLY_BOX} == {Group.REPLY_BOX}
    assert {one.takes for one in ACCOUNT} == {Takes.NONE}


def test_no_key_is_one_that_altgr_types_letters_with() -> None:
    pressed = [key for one in WINDOW for key in one.keys] + [key for one in REPLY_BOX for key in one.keys]
    assert not [keys for keys in pressed if "Ctrl+Alt" in keys]


def test_the_reply_box_binds_the_keys_of_its_actions_and_no_others(qtbot) -> None:
    box = Composer()
    qtbot.addWidget(box)
    bound = {shortcut.key().toString() for shortcut in box.findChildren(QShortcut)}
    assert bound == {QKeySequence(keys).toString() for one in REPLY_BOX for keys in one.keys}
