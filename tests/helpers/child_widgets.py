"""Finds the parts of a widget that a test needs."""

from typing import TypeVar

from PySide6.QtCore import QObject

C = TypeVar("C", bound=QObject)


def child(parent: QObject | None, kind: type[C]) -> C:
    """Return the first child of this kind at any depth, or fail."""
    assert parent is not None, f"no parent to find a {kind.__name__} in"
    found = parent.findChild(kind)
    assert found is not None, f"no {kind.__name__} in this {type(parent).__name__}"
    return found
