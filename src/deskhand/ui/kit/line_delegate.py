"""Rows of Qt's own lists and tables whose texts are somebody else's: each keeps its own direction, and is cut at its own end."""

from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QStyledItemDelegate
from typing_extensions import override

_ISOLATE, _END, _LINE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}", "\N{LINE SEPARATOR}"


class LineDelegate(QStyledItemDelegate):
    """Isolates every line for the eye; what a screen reader hears stays as it is."""

    @override
    def displayText(self, value: Any, locale: QLocale | QLocale.Language, /) -> str:
        shown = super().displayText(value, locale)
        return _LINE.join(f"{_ISOLATE}{line}{_END}" for line in shown.split(_LINE)) if shown else ""
